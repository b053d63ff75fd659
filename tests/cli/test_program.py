"""The program as a whole, with actions of the test's own in place of the real ones."""

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from drafter.cli.program import INTERRUPTED, run
from drafter.source.issues import Issue, Outcome, Place, Refused

Act = Callable[..., object]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/workspace.yaml").write_text("", "utf-8")
    return tmp_path


@pytest.fixture
def schema_does(monkeypatch: pytest.MonkeyPatch) -> Callable[[Act], None]:
    """Put an action in the place of `drafter.actions.schema.schema`."""

    def put(act: Act) -> None:
        module = ModuleType("drafter.actions.schema")
        module.schema = act  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "drafter.actions.schema", module)

    return put


def raising(error: BaseException) -> Act:
    def act(*_: object) -> object:
        raise error

    return act


def test_an_unreadable_file_is_a_sentence_in_the_users_language(
    workspace: Path, schema_does: Callable[[Act], None], capsys: pytest.CaptureFixture[str]
) -> None:
    schema_does(raising(PermissionError(errno.EACCES, "Permission denied", "build/x.docx")))
    assert run(["schema", "-w", str(workspace)]) == 1
    said = capsys.readouterr().err
    assert said.startswith("build/x.docx: cli.file: 文件读写不了：没有权限\n")
    assert "Traceback" not in said


def test_a_package_that_is_not_installed_is_named_with_what_installs_it(
    workspace: Path, schema_does: Callable[[Act], None], capsys: pytest.CaptureFixture[str]
) -> None:
    schema_does(raising(ModuleNotFoundError("No module named 'openpyxl'", name="openpyxl")))
    assert run(["schema", "-w", str(workspace)]) == 1
    said = capsys.readouterr().err
    assert "cli.package: 缺少软件包 openpyxl" in said
    assert "make draft" in said


def test_a_part_of_the_program_itself_that_is_missing_is_no_package_to_install(
    workspace: Path, schema_does: Callable[[Act], None]
) -> None:
    schema_does(raising(ModuleNotFoundError("No module named 'drafter.x'", name="drafter.x")))
    with pytest.raises(ModuleNotFoundError):
        run(["schema", "-w", str(workspace)])


def test_an_error_number_without_a_sentence_is_told_in_the_systems_words(
    workspace: Path, schema_does: Callable[[Act], None], capsys: pytest.CaptureFixture[str]
) -> None:
    schema_does(raising(OSError(errno.EXDEV, "Invalid cross-device link", "x")))
    assert run(["schema", "-w", str(workspace)]) == 1
    assert "Invalid cross-device link" in capsys.readouterr().err


def test_a_refusal_is_printed_with_all_its_issues(
    workspace: Path, schema_does: Callable[[Act], None], capsys: pytest.CaptureFixture[str]
) -> None:
    issues = [Issue("source.binary", Place(name)) for name in ("a.md", "b.md")]
    schema_does(raising(Refused(*issues)))
    assert run(["schema", "-w", str(workspace)]) == 1
    said = capsys.readouterr().err
    assert "a.md: source.binary" in said
    assert "b.md: source.binary" in said


def test_a_refusal_is_json_where_json_was_asked_for(
    workspace: Path, schema_does: Callable[[Act], None], capsys: pytest.CaptureFixture[str]
) -> None:
    schema_does(raising(Refused(Issue("source.binary", Place("a.md")))))
    assert run(["schema", "--json", "-w", str(workspace)]) == 1
    assert json.loads(capsys.readouterr().out)["issues"][0]["code"] == "source.binary"


def test_an_interrupt_ends_with_130_and_a_sentence(
    workspace: Path, schema_does: Callable[[Act], None], capsys: pytest.CaptureFixture[str]
) -> None:
    schema_does(raising(KeyboardInterrupt()))
    assert run(["schema", "-w", str(workspace)]) == INTERRUPTED
    assert capsys.readouterr().err == "已中断。没有留下写了一半的文件。\n"


def test_a_fault_of_ours_is_not_dressed_up_as_the_users(
    workspace: Path, schema_does: Callable[[Act], None]
) -> None:
    schema_does(raising(AssertionError("ours")))
    with pytest.raises(AssertionError):
        run(["schema", "-w", str(workspace)])


def test_the_workspace_is_the_nearest_one_upward(
    workspace: Path, schema_does: Callable[[Act], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Path] = []

    def act(root: Path) -> Outcome[None]:
        seen.append(root)
        return Outcome(None, (Issue("source.binary", Place("x")),))

    schema_does(act)
    below = workspace / "sections" / "p145"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    run(["schema"])
    assert [root.resolve() for root in seen] == [workspace.resolve()]


def test_no_workspace_is_told_with_what_to_do(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    schema_does: Callable[[Act], None],
) -> None:
    schema_does(raising(AssertionError("not reached")))
    monkeypatch.chdir(tmp_path)
    assert run(["schema"]) == 1
    assert "drafter init" in capsys.readouterr().err
    assert run(["schema", "-w", str(tmp_path)]) == 1
    assert "cli.not-a-workspace" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing"], "没有 nothing 这个命令。"),
        (["--nothing"], "没有 --nothing 这个选项。"),
        (["trace"], "缺少参数 WHERE。"),
        (["collect"], "缺少参数 FILE"),
        (["release", "p145"], "缺少参数 --stage。"),
        (["build", "--internal", "--public"], "--internal 和 --public 只能选一个"),
        (["build", "--date", "15.1.2021"], "15.1.2021"),
        (["build", "--stage"], "选项 --stage 后面缺少内容。"),
    ],
)
def test_wrong_usage_ends_with_2_and_a_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    assert said in capsys.readouterr().err


def test_every_command_has_help_and_json(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("init", "build", "check", "trace", "schema", "collect"):
        assert run([command, "--help"]) == 0
        page = capsys.readouterr().out
        assert page.startswith(f"用法： drafter {command} [选项]")
        assert "--json" in page
        assert command == "init" or "--workspace" in page


def test_the_help_says_the_default_in_the_users_language(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", "--help"]) == 0
    page = capsys.readouterr().out
    assert "[默认： docx]" in page
    assert "default" not in page


def process(arguments: list[str], **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "drafter", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_the_help_page_prints_on_any_console(encoding: str, lang: str) -> None:
    done = process(["build", "--help"], PYTHONIOENCODING=encoding, DRAFTER_LANG=lang)
    assert (done.returncode, done.stderr) == (0, b"")


def test_problems_print_on_any_console(tmp_path: Path) -> None:
    place = tmp_path / "😀"
    place.mkdir()
    done = process(["check", "-w", str(place)], PYTHONIOENCODING="gbk")
    assert done.returncode == 1
    assert "这个文件夹不是工作区" in done.stderr.decode("gbk")


def test_help_imports_neither_rich_nor_the_rooms_below() -> None:
    code = (
        "import sys; from drafter.cli.program import run; run(['--help']);"
        "print([n for n in ('rich', 'pydantic', 'jinja2', 'lxml', 'docx', 'yaml', 'drafter.actions') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.splitlines()[-1] == b"[]"
