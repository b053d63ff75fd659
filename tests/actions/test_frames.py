"""What `check` and `build` say of a workspace's frame."""

from __future__ import annotations

from drafter.ooxml.package import unzipped, zipped
from drafter.word.frames import plan_frame
from tests.actions.workspace import FRAME, NAME, Desk, write

STYLES, MAIN = "word/styles.xml", "word/document.xml"


def frame(part: str, *changes: tuple[str, str]) -> bytes:
    """The plan's frame with other words in one part."""
    parts = unzipped(plan_frame())
    xml = parts[part].decode()
    for old, new in changes:
        assert old in xml, old
        xml = xml.replace(old, new)
    return zipped({**parts, part: xml.encode()})


def test_an_offices_own_looks_are_kept_and_noted_each_in_check_and_all_in_one_line_in_build(
    desk: Desk,
) -> None:
    write(desk.root, {FRAME: frame(STYLES, ('w:line="579"', 'w:line="560"'))})
    issues = desk.json("check")["issues"]
    said = {issue["message"] for issue in issues if issue["code"] == "frame.style-changed"}
    assert any("“规划正文”" in text and "坚持以人民为中心" in text for text in said)
    assert any("“标题 1”" in text and "总体要求" in text for text in said)
    assert not [issue for issue in issues if issue["code"] == "frame.styles-changed"]
    built = desk.json("build")["issues"]
    assert [(issue["code"], issue["severity"]) for issue in built] == [("frame.styles-changed", "info")]
    assert (desk.root / "build" / NAME).is_file()


def test_every_fault_of_a_frame_is_said_at_once_with_its_paragraph(desk: Desk) -> None:
    changes = (
        ("{{ 编制单位 }}", "编制：{{ 编制单 }}"),
        ("{{ 目录 }}", "见{{ 目录 }}"),
        ("{{ 稿次行 }}", "｛｛ 稿次行 ｝｝"),
    )
    write(desk.root, {FRAME: frame(MAIN, *changes)})
    for command in ("check", "build"):
        assert desk.run(command) == 1
        for code, text in (
            ("frame.unknown-tag", "编制：{{ 编制单 }}"),
            ("frame.slot-not-alone", "见{{ 目录 }}"),
            ("frame.braces", "｛｛ 稿次行 ｝｝"),
        ):
            assert f"{FRAME}: {code}" in desk.err
            assert text in desk.err
