"""An extract is built, checked, traced and collected like any plan; what is done to it comes home to its plan's own fragments."""

from collections.abc import Callable
from pathlib import Path

import pytest

from drafter.actions.watch import Watcher
from tests.actions.workspace import Desk, parts, silently, tracked
from tests.workspace.extracts import EXTRACT, FIRST, INDICATORS, SECOND, write

NAME = "重点内容（征求意见稿）.docx"
Change = Callable[[bytes, str, str], bytes]


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    def read() -> tuple[str, str]:
        captured = capsys.readouterr()
        return captured.out, captured.err

    return Desk(write(tmp_path / "w"), read)


def built(desk: Desk) -> bytes:
    assert desk.run("build", "x1") == 0, desk.err
    return (desk.root / "build" / NAME).read_bytes()


def returned(desk: Desk, data: bytes) -> str:
    path = desk.root.parent / "退回.docx"
    path.write_bytes(data)
    return str(path)


def test_an_untouched_extract_has_no_remarks(office: Desk) -> None:
    assert office.json("collect", returned(office, built(office)))["remarks"] == []


@pytest.mark.parametrize("change", [silently, tracked])
@pytest.mark.parametrize(
    ("old", "new", "file"),
    [
        ("一是保障", "一是兜底", FIRST),
        ("政府主导", "党政主导", SECOND),
        ("重点项目建设", "重点工程建设", SECOND),
        ("全市床位", "全市总床位", SECOND),
    ],
)
def test_an_edit_of_the_extract_is_written_into_the_plans_fragment(
    office: Desk, change: Change, old: str, new: str, file: str
) -> None:
    path = returned(office, change(built(office), old, new))
    before = (office.root / file).read_text("utf-8")
    (row,) = office.json("collect", path, "--apply")["rows"]
    assert (row["result"], row["file"]) == ("applied", file)
    assert (office.root / file).read_text("utf-8") == before.replace(old, new)
    assert new.encode() in parts(built(office))["word/document.xml"]


def test_a_datum_of_the_extract_comes_home_to_its_file(office: Desk) -> None:
    path = returned(office, tracked(built(office), "800张", "850张"))
    (row,) = office.json("collect", path, "--apply")["rows"]
    assert (row["result"], row["file"]) == ("applied", INDICATORS)
    assert "value: 850," in (office.root / INDICATORS).read_text("utf-8")


def test_an_edit_that_makes_the_extract_too_long_is_written_and_said_afterwards(office: Desk) -> None:
    path = returned(office, tracked(built(office), "政府主导", "政府主导" * 80))
    (row,) = office.json("collect", path, "--apply")["rows"]
    assert row["result"] == "applied"
    for command in ("build", "check"):
        errors = [each for each in office.json(command, code=1)["issues"] if each["severity"] == "error"]
        assert [(each["code"], each["file"]) for each in errors] == [("checks.extract-limit", EXTRACT)]


def test_words_that_stand_for_a_reference_are_no_text_to_be_changed(office: Desk) -> None:
    path = returned(office, tracked(built(office), "《规划》表1", "《规划》附表"))
    (row,) = office.json("collect", path, "--apply")["rows"]
    assert row["result"] == "open"


def test_where_a_datum_is_used_names_the_extract(office: Desk) -> None:
    uses = office.json("trace", "指标.养老床位[2025]")["uses"]
    assert [use["plan"] for use in uses] == ["p1", "x1"]


def test_a_passage_of_the_extract_is_traced_to_its_line(office: Desk) -> None:
    path = returned(office, built(office))
    (origin, *_) = office.json("trace", path, "--text", "重点项目建设")["origins"]
    line = (office.root / SECOND).read_text("utf-8").split("重点项目建设")[0].count("\n") + 1
    assert (origin["file"], origin["line"]) == (SECOND, line)


def test_watch_follows_what_is_marked_and_says_what_is_too_long(office: Desk) -> None:
    watcher = Watcher(office.root)
    first = watcher.rebuild()
    assert ([file.plan for file in first.files], first.issues) == (["p1", "x1"], ())
    path = office.root / SECOND
    path.write_text(
        path.read_text("utf-8").replace("2. 其他项目。", "2. 其他项目。 {.纲要}"), encoding="utf-8"
    )
    assert watcher.rebuild((SECOND,)).issues == ()
    text = (office.root / "build" / NAME).read_bytes()
    assert "其他项目".encode() in parts(text)["word/document.xml"]
    limit = office.root / EXTRACT
    limit.write_text(limit.read_text("utf-8").replace("400", "20"), encoding="utf-8")
    assert [issue.code for issue in watcher.rebuild((EXTRACT,)).new] == ["checks.extract-limit"]
