"""Drafts that follow their files."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drafter.actions import watch as module
from drafter.actions.watch import Rebuilt, Watcher, stamps, watch
from drafter.source.issues import Issue, Misnamed, Place, Refused
from tests.actions.workspace import FILES, FIRST, NAME, SECOND, WORKSPACE, write


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "w")


def replace(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text
    put(root, path, text.replace(old, new))


def put(root: Path, path: str, text: str) -> None:
    (root / path).write_text(text, "utf-8")


def watched(root: Path, *steps: Callable[[], None]) -> list[Rebuilt]:
    """What is told while somebody does this, one step at each pause."""
    told: list[Rebuilt] = []
    doing: Iterator[Callable[[], None]] = iter(steps)

    def sleep(seconds: float) -> None:
        if seconds == module.PAUSE:
            step = next(doing, None)
            if step is None:
                raise KeyboardInterrupt
            step()

    watch(root, (), told.append, sleep)
    return told


def test_a_saved_fragment_is_in_the_draft_at_once(root: Path) -> None:
    first, second = watched(root, lambda: None, lambda: replace(root, FIRST, "基本民生", "基本生活"))
    assert (first.changed, second.changed) == ((), (FIRST,))
    assert [file.path for file in second.files] == [(root / "build" / NAME).as_posix()]


def test_the_draft_is_that_of_a_cold_build(root: Path, tmp_path: Path) -> None:
    watched(
        root,
        lambda: replace(root, FIRST, "基本民生", "基本生活"),
        lambda: replace(root, SECOND, "市场", "社会"),
    )
    cold = write(tmp_path / "cold")
    replace(cold, FIRST, "基本民生", "基本生活")
    replace(cold, SECOND, "市场", "社会")
    Watcher(cold).rebuild()
    assert (root / "build" / NAME).read_bytes() == (cold / "build" / NAME).read_bytes()


def test_a_problem_is_told_with_its_place_once_and_hides_nothing(root: Path) -> None:
    told = watched(
        root,
        lambda: replace(root, FIRST, "指标.养老床位[2025]", "指标.没有"),
        lambda: replace(root, SECOND, "市场", "社会"),
        lambda: replace(root, FIRST, "指标.没有", "指标.养老床位[2025]"),
    )
    _, broken, other, mended = told
    assert [(issue.code, issue.place.file, issue.place.line) for issue in broken.new] == [
        ("merge.undefined", FIRST, 9)
    ]
    assert broken.files
    assert (other.new, len(other.issues)) == ((), 1)
    assert (mended.issues, mended.solved) == ((), 1)


def test_an_unreadable_workspace_ends_nothing(root: Path) -> None:
    told = watched(
        root,
        lambda: put(root, WORKSPACE, "workspace: {"),
        lambda: put(root, WORKSPACE, FILES[WORKSPACE]),
    )
    assert told[1].files == ()
    assert told[1].issues
    assert told[2].files
    assert told[2].issues == ()


def test_a_plan_that_is_none_is_wrong_usage(root: Path) -> None:
    with pytest.raises(Misnamed):
        watch(root, ("p9",), lambda _: None)


def test_a_draft_open_in_word_is_written_when_word_lets_go(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = [True, True]
    from drafter.source.edits import write_atomically as really

    def write_when_free(path: Path, data: bytes, *, durable: bool = True) -> None:
        if held and held.pop():
            raise Refused(Issue("source.unwritable", Place(str(path)), {"reason": "没有权限"}))
        really(path, data, durable=durable)

    monkeypatch.setattr(module, "write_atomically", write_when_free)
    told = watched(root, lambda: None, lambda: None, lambda: None)
    assert [[issue.code for issue in each.issues] for each in told] == [["watch.held"], []]
    assert [len(each.files) for each in told] == [0, 1]
    assert (root / "build" / NAME).exists()


def test_a_file_held_for_a_moment_is_tried_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really, held = Path.read_bytes, [True]

    def read(path: Path) -> bytes:
        if path == root / FIRST and held and held.pop():
            raise PermissionError(13, "Permission denied", str(path))
        return really(path)

    monkeypatch.setattr(Path, "read_bytes", read)
    told = watched(root, lambda: None, lambda: None)
    assert "source.unreadable" in {issue.code for issue in told[0].issues}
    assert told[1].issues == ()
    assert len(told) == 2


def test_what_editors_leave_beside_a_file_is_no_change(root: Path) -> None:
    before = stamps(root)
    for name in ("sections/p1/01/.01.md.swp", "sections/p1/01/01.md~", "templates/~$plan.docx"):
        (root / name).write_text("x", "utf-8")
    assert stamps(root) == before


def test_a_rebuild_reads_and_writes_only_what_changed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watcher = Watcher(root)
    watcher.rebuild()
    seen: list[str] = []
    from drafter.document.reader import read_fragment as really

    def read(fragment: str, *rest: object) -> object:
        seen.append(fragment)
        return really(fragment, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("drafter.actions.composing.read_fragment", read)
    replace(root, FIRST, "基本民生", "基本生活")
    watcher.rebuild()
    assert seen == ["p1/a"]


@pytest.mark.skipif(os.name == "nt", reason="sends a signal")
def test_control_c_ends_the_program_without_a_trace(root: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "drafter", "watch", "--json"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )
    assert process.stdout is not None
    line = json.loads(process.stdout.readline())
    assert set(line) == {"changed", "files", "issues", "new", "solved", "seconds"}
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert (process.returncode, said) == (0, b"")
    assert not list((root / "build").glob(".*"))
