"""The page and the styles of the frame, value by value (GB/T 9704-2012 and the practice of published plans)."""

from __future__ import annotations

import pytest

from drafter.word.frames import plan_frame
from tests.word.reading_back import W, found, part


def _values(element: object) -> dict[str, str]:
    assert hasattr(element, "attrib")
    return {str(key).removeprefix(W): str(value) for key, value in element.attrib.items()}


def test_the_page_is_that_of_the_standard() -> None:
    for section in found(plan_frame(), "//w:sectPr"):
        assert _values(section.find(f"{W}pgSz")) == {"w": "11906", "h": "16838"}
        margins = _values(section.find(f"{W}pgMar"))
        assert (margins["top"], margins["left"], margins["right"], margins["bottom"]) == (
            "2098",
            "1587",
            "1474",
            "1984",
        )
        assert _values(section.find(f"{W}docGrid")) == {"type": "lines", "linePitch": "579"}


def test_odd_and_even_pages_have_their_number_outside() -> None:
    assert len(found(plan_frame(), "//w:evenAndOddHeaders", "word/settings.xml")) == 1
    for name, side in (("word/footer1.xml", "right"), ("word/footer2.xml", "left")):
        assert "".join(part(plan_frame(), name).itertext(f"{W}t")) == "— 1 —"
        indent = _values(found(plan_frame(), "//w:ind", name)[0])
        assert indent == {f"{side}Chars": "100", side: "280"}


@pytest.mark.parametrize(
    ("style", "font", "size", "line", "align"),
    [
        ("GwBody", None, None, "579", "both"),
        ("Heading1", "黑体", "32", "579", "center"),
        ("Heading2", "楷体_GB2312", "32", "579", "center"),
        ("Heading3", "黑体", "32", "579", "both"),
        ("Heading4", "楷体_GB2312", "32", "579", "both"),
        ("Heading5", "仿宋_GB2312", "32", "579", "both"),
        ("GwBoxTitle", "黑体", "24", "400", "center"),
        ("GwCaption", "黑体", "24", "240", "center"),
        ("GwTbl", "仿宋_GB2312", "21", "320", "center"),
        ("FootnoteText", "宋体", "18", "240", "left"),
        ("Footer", "宋体", "28", "240", "right"),
    ],
)
def test_a_style_has_its_values(
    style: str, font: str | None, size: str | None, line: str, align: str
) -> None:
    element = found(plan_frame(), f"//w:style[@w:styleId='{style}']", "word/styles.xml")[0]
    fonts, sizes = element.find(f"{W}rPr/{W}rFonts"), element.find(f"{W}rPr/{W}sz")
    assert (None if fonts is None else fonts.get(f"{W}eastAsia")) == font
    assert (None if sizes is None else sizes.get(f"{W}val")) == size
    assert element.find(f"{W}pPr/{W}spacing").get(f"{W}line") == line
    assert element.find(f"{W}pPr/{W}jc").get(f"{W}val") == align


def test_every_indent_in_characters_stands_in_twips_too() -> None:
    for name in ("word/styles.xml", "word/footer1.xml"):
        for indent in found(plan_frame(), "//w:ind", name):
            values = _values(indent)
            for key in [key for key in values if key.endswith("Chars")]:
                assert key.removesuffix("Chars") in values


def test_every_chinese_font_has_another_name() -> None:
    fonts = found(plan_frame(), "//w:font[w:altName]/@w:name", "word/fontTable.xml")
    used = set(found(plan_frame(), "//w:rFonts/@w:eastAsia", "word/styles.xml"))
    assert used <= set(fonts)
