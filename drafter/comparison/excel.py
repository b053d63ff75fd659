"""The table of changes as an Excel workbook: one sheet, ready to be printed on A4 across, in which nothing is a formula.

The same table gives the same bytes: the clock that openpyxl writes into a file is put back to the day of the version.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from drafter.comparison.model import Segment, State
from drafter.comparison.sheet import Row, Sheet
from drafter.ooxml.package import unzipped, zipped
from drafter.ooxml.parts import serialised
from drafter.ooxml.xml import printable

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.cell.rich_text import CellRichText
    from openpyxl.cell.text import InlineFont
    from openpyxl.styles import Border
    from openpyxl.worksheet.worksheet import Worksheet

WIDTHS = (6, 24, 60, 60, 24)
"""In characters."""

_LONGEST = 32_000  # characters; Excel holds 32,767 in a cell
_CUT = "……（过长，全文见花脸稿）"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CORE = "docProps/core.xml"
_RED = "FFC00000"
_FIRST = 3  # the row of the heads: a title and a sentence stand above


def workbook(sheet: Sheet, day: str) -> bytes:
    """The bytes of the workbook; `day` as ISO, empty where the version has none."""
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    if page is None:  # a new workbook has one sheet
        raise RuntimeError
    page.title = sheet.title[-len("修改对照表") :]
    _heads(page, sheet)
    for number, row in enumerate(sheet.rows, _FIRST + 1):
        _row(page, number, row)
    _paper(page)
    moment = datetime.combine(date.fromisoformat(day), datetime.min.time()) if day else datetime(2000, 1, 1)  # noqa: DTZ001 -- a file without a day says some day
    book.properties.creator, book.properties.title = "drafter", sheet.title
    book.properties.created = moment
    out = BytesIO()
    book.save(out)
    parts = unzipped(out.getvalue())
    parts[_CORE] = _timed(parts[_CORE], moment)
    return zipped(parts)


def _heads(page: Worksheet, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font

    columns = len(sheet.heads)
    for row, text, size in ((1, sheet.title, 18), (2, sheet.sentence, 11)):
        cell = _cell(page, row, 1)
        cell.value = _rich([Segment(State.KEPT, text)])
        cell.font = Font(name="宋体", size=size, bold=row == 1)
        cell.alignment = Alignment(
            horizontal="center" if row == 1 else "left", vertical="center", wrap_text=True
        )
        page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
    page.row_dimensions[1].height, page.row_dimensions[2].height = 32, 36
    for column, head in enumerate(sheet.heads, 1):
        cell = _cell(page, _FIRST, column)
        cell.value = _rich([Segment(State.KEPT, head)])
        cell.font = Font(name="黑体", size=11)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = _border()
        page.column_dimensions[cell.column_letter].width = WIDTHS[column - 1]


def _row(page: Worksheet, number: int, row: Row) -> None:
    from openpyxl.styles import Alignment, Font

    where, reason = (
        (Segment(State.KEPT, said),) if said else () for said in ("\n".join(row.place), row.reason)
    )
    _cell(page, number, 1).value = row.number
    for column, segments in enumerate((where, row.old, row.new, reason), 2):
        cell = _cell(page, number, column)
        cell.value = _rich(segments)
        # typed into again, what looks like a formula would become one
        cell.quotePrefix = "".join(each.text for each in segments).startswith(_FORMULA)
    for column in range(1, len(WIDTHS) + 1):
        cell = _cell(page, number, column)
        cell.font = Font(name="宋体", size=11)
        cell.border = _border()
        cell.alignment = Alignment(
            horizontal="center" if column == 1 else "left", vertical="top", wrap_text=True
        )


def _cell(page: Worksheet, row: int, column: int) -> Cell:
    """A cell that is not covered by a merged one."""
    from openpyxl.cell import Cell

    cell = page.cell(row, column)
    if not isinstance(cell, Cell):  # only the first cells of merged ones are asked for
        raise TypeError
    return cell


def _rich(segments: Sequence[Segment]) -> CellRichText:
    """Words as text of a cell, whatever they begin with."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock

    return CellRichText(*(TextBlock(_font(each.state), each.text) for each in _fitting(segments)))


def _fitting(segments: Iterable[Segment]) -> Iterable[Segment]:
    room = _LONGEST
    for each in segments:
        text = printable(each.text)
        if text and len(text) > room:
            yield Segment(each.state, text[:room])
            yield Segment(State.KEPT, _CUT)
            return
        room -= len(text)
        if text:
            yield Segment(each.state, text)


def _font(state: State) -> InlineFont:
    from openpyxl.cell.text import InlineFont
    from openpyxl.styles.colors import Color

    match state:
        case State.DELETED:
            return InlineFont(rFont="宋体", sz=11, strike=True, color=Color(rgb=_RED))
        case State.INSERTED:
            return InlineFont(rFont="宋体", sz=11, b=True, u="single")
        case State.KEPT:
            return InlineFont(rFont="宋体", sz=11)


def _border() -> Border:
    from openpyxl.styles import Border, Side

    thin = Side(style="thin")
    return Border(left=thin, right=thin, top=thin, bottom=thin)


def _paper(page: Worksheet) -> None:
    """A4 across, as wide as the page, the heads on every page."""
    from openpyxl.worksheet.header_footer import HeaderFooterItem
    from openpyxl.worksheet.header_footer import _HeaderFooterPart as HeaderFooterPart
    from openpyxl.worksheet.properties import PageSetupProperties

    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"{_FIRST}:{_FIRST}"
    page.oddFooter = HeaderFooterItem(center=HeaderFooterPart("第 &P 页，共 &N 页"))
    page.freeze_panes = f"A{_FIRST + 1}"


def _timed(core: bytes, moment: datetime) -> bytes:
    from lxml import etree

    root = etree.fromstring(core)
    for child in root:
        if etree.QName(child).localname == "modified":
            child.text = f"{moment.isoformat()}Z"
    return serialised(root)
