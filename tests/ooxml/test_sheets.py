"""Excel files from outside: read whoever wrote them, refused where they are none."""

import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from drafter.ooxml import sheets
from drafter.ooxml.package import unzipped, zipped
from drafter.ooxml.reading import Limits
from drafter.ooxml.sheets import address, open_workbook
from drafter.source.issues import Refused
from tests.picture.making import docx, p, r

S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def book(cells: Mapping[str, bool | float | str | date | CellRichText], **named: str) -> bytes:
    made = Workbook()
    page = made.active
    assert page is not None
    page.title = "意见"
    for place, value in cells.items():
        page[place] = value
    for place, form in named.items():
        page[place].number_format = form
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, body: str) -> bytes:
    return zipped({**unzipped(data), name: body.encode()})


def first(data: bytes) -> dict[str, str]:
    (page, *_) = open_workbook(data, "a.xlsx")
    return {address(row, column): text for row, cells in page.rows.items() for column, text in cells.items()}


def code(data: bytes, limits: Limits = sheets.LIMITS) -> str:
    with pytest.raises(Refused) as refused:
        open_workbook(data, "a.xlsx", limits)
    return refused.value.issues[0].code


def test_words_numbers_truths_and_dates_are_told_as_people_read_them() -> None:
    data = book(
        {
            "A1": "编号",
            "B2": 3,
            "C2": 0.25,
            "D2": True,
            "E2": date(2021, 2, 5),
            "F2": datetime(2021, 2, 5, 9, 30),  # noqa: DTZ001 -- a cell knows no zone
            "AA3": "第一行\n第二行",
            "G2": "",
            "H2": 44232,
            "I2": 44232,
        },
        H2='yyyy"年"m"月"d"日"',
        I2='0"d"',
    )
    assert first(data) == {
        "A1": "编号",
        "B2": "3",
        "C2": "0.25",
        "D2": "TRUE",
        "E2": "2021-02-05",
        "F2": "2021-02-05 09:30:00",
        "AA3": "第一行\n第二行",
        "H2": "2021-02-05",
        "I2": "44232",
    }


def test_words_of_several_looks_are_one_text() -> None:
    rich = CellRichText(TextBlock(InlineFont(b=True), "采"), "纳")
    assert first(book({"A1": rich})) == {"A1": "采纳"}


def test_a_formula_is_what_it_showed_and_nothing_where_nobody_has_seen_it() -> None:
    rows = '<row><c><f>1+1</f><v>2</v></c><c t="str"><f>A1&amp;"人"</f><v>2人</v></c><c><f>1+2</f></c><c t="e"><v>#N/A</v></c></row>'
    data = with_part(
        book({}),
        "xl/worksheets/sheet1.xml",
        f'<worksheet xmlns="{S}"><sheetData>{rows}</sheetData></worksheet>',
    )
    assert first(data) == {"A1": "2", "B1": "2人", "D1": "#N/A"}


def test_cells_that_do_not_say_where_they_stand_follow_one_another() -> None:
    rows = '<row r="2"><c r="B2"><v>1</v></c><c><v>2</v></c></row><row><c t="inlineStr"><is><t>甲_x000D_乙_xD800_</t></is></c></row>'
    data = with_part(
        book({}),
        "xl/worksheets/sheet1.xml",
        f'<worksheet xmlns="{S}"><sheetData>{rows}</sheetData></worksheet>',
    )
    assert first(data) == {"B2": "1", "C2": "2", "A3": "甲\n乙\ufffd"}


def test_hidden_sheets_are_told_and_the_strict_form_is_read() -> None:
    made = Workbook()
    made.create_sheet("另一张").sheet_state = "hidden"
    out = BytesIO()
    made.save(out)
    assert [(each.name, each.hidden) for each in open_workbook(out.getvalue(), "")] == [
        ("Sheet", False),
        ("另一张", True),
    ]
    parts = unzipped(book({"A1": "甲"}))
    strict = {
        name: body.replace(S.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main")
        for name, body in parts.items()
    }
    assert first(zipped(strict)) == {"A1": "甲"}


def test_cells_that_are_one_are_told() -> None:
    made = Workbook()
    page = made.active
    assert page is not None
    page["B2"] = "采纳"
    page.merge_cells("B2:C4")
    out = BytesIO()
    made.save(out)
    (sheet,) = open_workbook(out.getvalue(), "")
    assert sheet.merged == ((2, 4, 2, 3),)
    assert sheet.rows == {2: {2: "采纳"}}


ENTITIES = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">]>'
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "ooxml.empty"),
        ("编号,采纳情况".encode(), "sheets.not-excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "sheets.old-format"),
        (docx(p(r("甲"))), "sheets.not-excel"),
        (book({"A1": "甲"})[:700], "ooxml.truncated"),
        (with_part(book({}), SHEET, ENTITIES + f'<worksheet xmlns="{S}"/>'), "ooxml.entities"),
        (with_part(book({}), SHEET, "<worksheet"), "ooxml.malformed"),
        (with_part(book({}), SHEET, "<a>" * 400 + "</a>" * 400), "ooxml.too-deep"),
        (with_part(book({}), SHEET, "<a>" + " " * 5_000_000 + "</a>"), "ooxml.bomb"),
        (with_part(book({}), "../x.xml", "<a/>"), "ooxml.path"),
    ],
)
def test_what_is_no_workbook_or_a_hostile_one_is_refused(data: bytes, expected: str) -> None:
    assert code(data) == expected


def test_a_workbook_is_read_within_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    data = book({"A1": "甲", "A2": "乙"})
    assert code(data, Limits(file=100)) == "ooxml.too-large"
    monkeypatch.setattr(sheets, "CELLS", 1)
    assert code(data) == "sheets.too-many"


def test_odd_values_stay_words_and_nothing_breaks() -> None:
    rows = (
        '<row r="x"><c r="1A" t="s"><v>99</v></c><c t="s"><v>-1</v></c><c s="99"><v>1e999</v></c><c t="b"/>'
        '<c t="zzz"><v>甲</v></c></row>'
    )
    data = with_part(
        book({}),
        SHEET,
        f'<worksheet xmlns="{S}"><sheetData>{rows}</sheetData></worksheet>',
    )
    assert first(data) == {"C1": "1e999", "D1": "FALSE", "E1": "甲"}
    dated = book({"A1": date(2021, 2, 5)})
    with zipfile.ZipFile(BytesIO(dated)) as archive:
        body = archive.read(SHEET).decode()
    for wrong in ("-1", "nan", "1e9", "x"):
        assert first(with_part(dated, SHEET, body.replace("<v>44232</v>", f"<v>{wrong}</v>"))) == {
            "A1": wrong
        }
