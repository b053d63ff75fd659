"""What keeps a reader out who cannot see the file: one fault, one finding."""

from __future__ import annotations

import pytest

from drafter.ooxml.lint import lint
from drafter.ooxml.package import unzipped, zipped
from drafter.word.frames import plan_frame
from tests.ooxml.test_lint import _file

_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_ADEC = "http://schemas.microsoft.com/office/drawing/2017/decorative"
ROW = "<w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr>"
HEAD = ROW.replace("<w:tr>", "<w:tr><w:trPr><w:tblHeader/></w:trPr>")
GRID = "<w:tblGrid><w:gridCol/></w:tblGrid>"


def drawing(said: str, number: int = 1, inside: str = "") -> str:
    return f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{_WP}"><wp:docPr id="{number}" name="图" {said}>{inside}</wp:docPr></wp:inline></w:drawing></w:r></w:p>'


def table(look: str, rows: str) -> str:
    return f"<w:tbl><w:tblPr>{look}</w:tblPr>{GRID}{rows}</w:tbl>"


CAPTION = '<w:tblCaption w:val="表1"/>'
STYLED = '<w:tblStyle w:val="GwTable"/>'


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        (drawing('descr="布局图"'), []),
        (drawing('descr=" "'), ["access.no-words"]),
        (drawing("", inside=f'<x xmlns:adec="{_ADEC}"><adec:decorative val="1"/></x>'), []),
        (drawing('descr="甲"') + drawing('descr="乙"'), ["drawing.doubled-id"]),
        (table(STYLED + CAPTION, HEAD + ROW), []),
        (table(STYLED + CAPTION, ROW + ROW), ["access.no-head"]),
        (table(STYLED, HEAD + ROW), ["access.no-words"]),
        (table("", ROW + ROW), []),
        ('<w:p><w:hyperlink w:anchor="_Toc1"/></w:p>', ["access.empty-link"]),
    ],
)
def test_a_fault_is_found_and_what_is_none_is_not(body: str, kinds: list[str]) -> None:
    found = [each.kind for each in lint(_file(body)) if each.kind.startswith(("access", "drawing"))]
    assert found == kinds


def test_a_file_without_title_or_language_and_one_that_names_a_person_are_found() -> None:
    parts = unzipped(_file(""))
    core = parts["docProps/core.xml"]
    for name, old, new, kind in (
        ("docProps/core.xml", "规划", "", "access.no-title"),
        ("word/styles.xml", ' w:eastAsia="zh-CN"', "", "access.no-language"),
        ("docProps/core.xml", "</dc:title>", "</dc:title><dc:creator>张三</dc:creator>", "access.person"),
    ):
        changed = parts[name].decode().replace(old, new).encode()
        assert changed != parts[name]
        assert kind in [each.kind for each in lint(zipped({**parts, name: changed}))]
    assert core == parts["docProps/core.xml"]


def test_the_frame_itself_keeps_nobody_out() -> None:
    assert [each for each in lint(plan_frame()) if each.kind.startswith("access")] == []
