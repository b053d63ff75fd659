"""The settings of a profile in a finished file: styles, fonts and footers, and what of a frame they leave alone."""

from __future__ import annotations

from typing import Any

import pytest

from drafter.ooxml.package import unzipped, zipped
from drafter.word.frames import plan_frame
from drafter.workspace.profile import HeadingForm, Profile
from tests.word.audit import audited
from tests.word.reading_back import W, found, part
from tests.word.trees import specimen

STYLES = "word/styles.xml"


def _written(profile: Profile, frame: bytes = b"") -> bytes:
    plan, blocks = specimen()
    file = plan.written(*blocks, profile=profile, frame=frame).value
    assert file
    assert audited(file.data) == []
    return file.data


def _style(data: bytes, name: str) -> Any:
    return found(data, f"//w:style[@w:styleId='{name}']", STYLES)[0]


def _values(element: Any) -> dict[str, str]:
    return {str(key).removeprefix(W): str(value) for key, value in element.attrib.items()}


def test_the_pitch_is_that_of_the_text_and_of_nothing_else() -> None:
    data = _written(Profile(line=560))
    pitch = {
        name: _style(data, name).find(f"{W}pPr/{W}spacing").get(f"{W}line")
        for name in ("GwBody", "Heading1", "Heading3", "GwSub", "GwTitle", "GwTbl", "GwBox", "GwFigure")
    }
    assert pitch == {
        "GwBody": "560", "Heading1": "560", "Heading3": "560", "GwSub": "560",
        "GwTitle": "1000", "GwTbl": "320", "GwBox": "400", "GwFigure": "240",
    }  # fmt: skip


@pytest.mark.parametrize(("bold", "value"), [(True, None), (False, "0"), (None, None)])
def test_the_third_level_is_bold_unless_the_office_says_no(bold: bool | None, value: str | None) -> None:
    data = _written(Profile("公文", headings=(("1.", HeadingForm(bold=bold)),)))
    assert _style(data, "Heading3").find(f"{W}rPr/{W}b").get(f"{W}val") == value


def test_a_form_of_heading_is_the_same_in_both_schemes() -> None:
    wanted = (("一、", HeadingForm(font="小标宋", size=36)),)
    for scheme, style in (("章节", "Heading3"), ("公文", "Heading1")):
        look = _style(_written(Profile(scheme, headings=wanted)), style).find(f"{W}rPr")
        assert look.find(f"{W}rFonts").get(f"{W}eastAsia") == "方正小标宋简体"
        assert look.find(f"{W}sz").get(f"{W}val") == "36"


def test_chapters_begin_a_page_where_the_office_wants_it() -> None:
    data = _written(Profile(headings=(("章", HeadingForm(new_page=True)),)))
    assert _style(data, "Heading1").find(f"{W}pPr/{W}pageBreakBefore") is not None
    assert _style(data, "Heading2").find(f"{W}pPr/{W}pageBreakBefore") is None


def test_the_offices_fonts_stand_everywhere_and_are_known_by_another_name() -> None:
    data = _written(Profile(fonts=(("仿宋", "方正仿宋_GBK"), ("楷体", "甲&乙"))))
    fonts = set(found(data, "//w:rFonts/@w:eastAsia", STYLES))
    assert {"方正仿宋_GBK", "甲&乙", "黑体"} <= fonts
    assert not {"仿宋_GB2312", "楷体_GB2312"} & fonts
    names = dict(
        zip(
            found(data, "//w:font[w:altName]/@w:name", "word/fontTable.xml"),
            found(data, "//w:altName/@w:val", "word/fontTable.xml"),
            strict=True,
        )
    )
    assert (names["方正仿宋_GBK"], names["甲&乙"]) == ("仿宋_GB2312", "楷体_GB2312")


def test_digits_go_with_the_chinese_around_them() -> None:
    data = _written(Profile(latin=""))
    for fonts in (
        found(data, "//w:docDefaults//w:rFonts", STYLES)[0],
        _style(data, "Heading3").find(f"{W}rPr/{W}rFonts"),
    ):
        values = _values(fonts)
        assert values["ascii"] == values["hAnsi"] == values["eastAsia"]
    assert _style(data, "GwCode").find(f"{W}rPr/{W}rFonts").get(f"{W}ascii") == "Courier New"


@pytest.mark.parametrize(
    ("profile", "text", "sides"),
    [
        (Profile(), "— 1 —", ["right", "left"]),
        (Profile(page_number="居中"), "— 1 —", ["center", "center"]),
        (Profile(dashes=False), "1", ["right", "left"]),
    ],
)
def test_the_page_number_stands_where_the_office_wants_it(
    profile: Profile, text: str, sides: list[str]
) -> None:
    data = _written(profile)
    names = ("word/footer1.xml", "word/footer2.xml")
    assert ["".join(part(data, name).itertext(f"{W}t")) for name in names] == [text, text]
    assert [found(data, "//w:jc/@w:val", name)[0] for name in names] == sides
    assert [len(found(data, "//w:ind", name)) for name in names] == [side != "center" for side in sides]


def test_what_somebody_has_changed_in_the_frame_stays() -> None:
    parts = unzipped(plan_frame())
    styles = (
        parts[STYLES]
        .decode()
        .replace('w:line="579" w:lineRule="exact"/><w:ind', 'w:line="600" w:lineRule="exact"/><w:ind')
    )
    footer = parts["word/footer1.xml"].decode().replace("— ", "第")
    frame = zipped({**parts, STYLES: styles.encode(), "word/footer1.xml": footer.encode()})
    data = _written(Profile(line=560, page_number="居中"), frame)
    assert _style(data, "GwBody").find(f"{W}pPr/{W}spacing").get(f"{W}line") == "600"
    assert _style(data, "GwSub").find(f"{W}pPr/{W}spacing").get(f"{W}line") == "560"
    assert found(data, "//w:jc/@w:val", "word/footer1.xml") == ["right"]
    assert found(data, "//w:jc/@w:val", "word/footer2.xml") == ["center"]
