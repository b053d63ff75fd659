import pytest

from drafter.picture.model import Formatting, Look, Picture, Position
from tests.picture.making import A, B, W, ends, field, ins, p, picture, r, section, text

WHO = {A: ("王", "2026-03-01T09:00:00Z"), B: ("李", "2026-03-02T09:00:00Z")}


def was(kind: str, old: str = "", who: str = A, tag: str = "") -> str:
    return f"<w:{tag or kind}Change {who}><w:{kind}>{old}</w:{kind}></w:{tag or kind}Change>"


def told(whole: Picture) -> list[tuple[str, tuple[int, int], tuple[int, int], list[tuple[str, str, str]]]]:
    return [
        (
            each.of,
            (each.start.paragraph, each.start.offset),
            (each.end.paragraph, each.end.offset),
            [(look.name, look.before, look.after) for look in each.looks],
        )
        for each in whole.formats
    ]


def test_a_run_says_who_changed_what_of_its_looks() -> None:
    looks = '<w:b/><w:sz w:val="36"/>' + was("rPr", '<w:sz w:val="32"/><w:i/>', B)
    (found,) = picture(p(r("前"), r("加粗", looks), r("后"))).formats
    assert found == Formatting(
        "2",
        "characters",
        *WHO[B],
        Position(0, 1),
        Position(0, 3),
        (Look("sz", "32", "36"), Look("i", "1", ""), Look("b", "", "1")),
    )


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (f'<w:jc w:val="center"/>{was("pPr", "<w:jc w:val=" + chr(34) + "both" + chr(34) + "/>")}', ("paragraph", [("jc", "both", "center")])),
        (f'<w:ind w:left="20" w:firstLine="640"/>{was("pPr")}', ("paragraph", [("ind", "", "firstLine=640 left=20")])),
        (f'<w:pStyle w:val="2"/>{was("pPr")}', ("paragraph", [("pStyle", "", "2")])),
        (f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/><w:ins {A}/></w:numPr>', ("numbering", [("numPr", "", "ilvl=0 numId=3")])),
        (f'<w:numPr><w:numId w:val="3"/><w:numberingChange {A} w:original="一、"/></w:numPr>', ("numbering", [("numPr", "一、", "numId=3")])),
        (f'<w:sectPr><w:cols w:num="2"/>{was("sectPr")}</w:sectPr>', ("section", [("cols", "", "num=2")])),
        (was("pPr"), ("paragraph", [])),
    ],
)  # fmt: skip
def test_a_paragraph_says_it_too(inner: str, expected: object) -> None:
    ((of, start, end, looks),) = told(picture(f"<w:p><w:pPr>{inner}</w:pPr>{r('段落')}</w:p>"))
    assert ((of, looks), start, end) == (expected, (0, 0), (0, 2))


def test_the_looks_of_a_paragraph_mark_stand_at_its_end() -> None:
    whole = picture(p(r("段落"), mark="<w:b/>" + was("rPr")))
    assert told(whole) == [("characters", (0, 2), (0, 2), [("b", "", "1")])]


def test_tables_rows_and_cells_and_cells_that_were_joined() -> None:
    cell = f"<w:tc><w:tcPr>{{}}</w:tcPr>{p(r('甲'))}</w:tc>"
    merged = cell.format(f'<w:cellMerge {A} w:vMerge="rest"/>')
    shaded = cell.format('<w:shd w:fill="FFFF00"/>' + was("tcPr"))
    body = (
        f'<w:tbl><w:tblPr><w:tblW w:w="9"/>{was("tblPr")}</w:tblPr><w:tblGrid><w:gridCol w:w="4"/><w:gridCol w:w="5"/>'
        f'<w:tblGridChange w:id="9"><w:tblGrid><w:gridCol w:w="9"/></w:tblGrid></w:tblGridChange></w:tblGrid>'
        f"<w:tr><w:trPr><w:cantSplit/>{was('trPr')}</w:trPr>{merged}{shaded}</w:tr><w:tr>{cell.format('')}</w:tr></w:tbl>"
    )
    assert told(picture(p(r("前")) + body)) == [
        ("cell", (1, 0), (1, 1), [("cellMerge", "", "rest")]),
        ("row", (1, 0), (2, 1), [("cantSplit", "", "1")]),
        ("table", (1, 0), (3, 1), [("tblW", "", "w=9")]),
        ("table", (1, 0), (3, 1), [("gridCol", "w=9", "w=4 w=5")]),
        ("cell", (2, 0), (2, 1), [("shd", "", "fill=FFFF00")]),
    ]
    assert [(each.author, each.date) for each in picture(body).formats if each.id == "9"] == [("", "")]


def test_content_controls_put_in_and_taken_away() -> None:
    body = (
        p(
            r("甲"),
            f"<w:customXmlInsRangeStart {A}/>",
            f"<w:sdt><w:sdtContent>{r('乙')}</w:sdtContent></w:sdt>",
        )
        + f"<w:customXmlDelRangeStart {B}/>"
        + p(r("丙"))
    )
    assert told(picture(body)) == [
        ("control", (0, 1), (0, 1), [("sdt", "", "1")]),
        ("control", (1, 0), (1, 0), [("sdt", "1", "")]),
    ]


def test_the_last_section_and_changes_in_notes_and_headers() -> None:
    note = f'<w:footnote w:id="5">{p(r("注", "<w:b/>" + was("rPr")))}</w:footnote>'
    whole = picture(
        p(r("文")) + ends(section("header1:default")),
        footnotes=note,
        header1=p(r("眉", "<w:i/>" + was("rPr"))),
    )
    assert [(each.of, each.start.paragraph) for each in whole.formats] == [("characters", 2)]
    assert [(each.id, text(whole.edges[each.start.paragraph])) for each in whole.edge_formats] == [
        ("1~2", "眉")
    ]


def test_words_of_a_field_that_shrinks_to_its_sign() -> None:
    result = r("第三", "<w:b/>" + was("rPr"))
    whole = picture(p(r("见"), field("REF a", result), r("章", "<w:b/>" + was("rPr"))))
    assert [each[1:3] for each in told(whole)] == [((0, 1), (0, 2)), ((0, 2), (0, 3))]


def test_changes_of_one_id_are_each_counted() -> None:
    looks = "<w:b/>" + was("rPr")
    assert [each.id for each in picture(p(r("甲", looks), ins("乙"), r("丙", looks))).formats] == ["1", "1~2"]


@pytest.mark.parametrize(
    ("looks", "expected"),
    [
        ("<w:strike/>", {"strike"}),
        ('<w:dstrike w:val="1"/>', {"strike"}),
        ('<w:strike w:val="0"/>', set()),
        ('<w:highlight w:val="yellow"/>', {"highlight"}),
        ('<w:highlight w:val="none"/>', set()),
        ('<w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/>', {"highlight"}),
        ('<w:shd w:val="clear" w:color="auto" w:fill="auto"/>', set()),
        ('<w:shd w:val="clear" w:fill="FFFFFF"/>', set()),
        ('<w:color w:val="FF0000"/>', {"color"}),
        ('<w:color w:val="595959"/>', set()),
        ('<w:color w:val="auto"/>', set()),
        ('<w:u w:val="single"/>', {"underline"}),
        ('<w:u w:val="none"/>', set()),
        ('<w:u w:color="0000FF"/>', set()),
        ("<w:b/><w:i/>", {"bold", "italic"}),
    ],
)
def test_the_looks_that_count(looks: str, expected: set[str]) -> None:
    (paragraph,) = picture(p(r("字", looks))).paragraphs[:1]
    assert paragraph.runs[0].marks == expected


def test_only_a_file_with_such_changes_is_read_for_them() -> None:
    from lxml import etree

    from drafter.picture.formats import has_formats

    numbered = f"<w:numPr xmlns:w='{W}'><w:ins w:id='1'/></w:numPr>"
    elsewhere = f"<w:p xmlns:w='{W}'><w:numPr/><w:ins w:id='1'/></w:p>"
    for body, expected in (
        ("<w:rPr><w:b/></w:rPr>", False),
        ("<w:commentRangeStart/><w:moveFromRangeStart/>", False),
        ("<w:rPrChange w:id='1'/>", True),
        ("<w:cellMerge/>", True),
        ("<w:customXmlInsRangeStart/>", True),
        (f"<w:body xmlns:w='{W}'>{numbered}</w:body>", True),
        (elsewhere, False),
    ):
        assert has_formats(body.encode(), lambda body=body: etree.fromstring(body)) is expected  # type: ignore[misc]
