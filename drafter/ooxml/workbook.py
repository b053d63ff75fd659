"""A table as an Excel workbook: one sheet, ready to be printed on A4 across, in which nothing is a formula.

The same table gives the same bytes: the clock that openpyxl writes into a file is put back to the day that is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from drafter.ooxml.grid import Grid, Look, Row, Words
from drafter.ooxml.package import unzipped, zipped
from drafter.ooxml.parts import serialised
from drafter.ooxml.xml import printable

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell as ExcelCell
    from openpyxl.cell.rich_text import CellRichText
    from openpyxl.cell.text import InlineFont
    from openpyxl.styles import Border
    from openpyxl.worksheet.worksheet import Worksheet

_LONGEST = 32_000  # characters; Excel holds 32,767 in a cell
_CUT = "……（过长，下略）"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CORE = "docProps/core.xml"
_RED = "FFC00000"
_TEXT = "@"  # the format of cells whose content is text, whatever it looks like
_PITCH = 18  # points of a line of a sentence


def workbook(grid: Grid, name: str, day: str, creator: str = "drafter", cut: str = _CUT) -> bytes:
    """The bytes of the workbook. `name` is that of its sheet, `day` as ISO (empty for none); `cut` ends what is too long for a cell."""
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    if page is None:  # a new workbook has one sheet
        raise RuntimeError
    page.title = name
    first = _heads(page, grid)
    for number, row in enumerate(grid.rows, first + 1):
        _row(page, number, row, grid, cut)
    if grid.rows:
        _choices(page, grid, first + 1, first + len(grid.rows))
    for number, sentence in enumerate(grid.below, first + 1 + len(grid.rows)):
        _sentence(page, number, sentence, grid)
    _paper(page, first)
    return saved(book, grid.title, day, creator)


def saved(book: Workbook, title: str, day: str, creator: str = "drafter") -> bytes:
    """A workbook as a file: the same cells give the same bytes. `day` as ISO, empty for none."""
    moment = datetime.combine(date.fromisoformat(day), datetime.min.time()) if day else datetime(2000, 1, 1)  # noqa: DTZ001 -- a file without a day says some day
    book.properties.creator, book.properties.title = creator or None, title
    book.properties.created = moment
    out = BytesIO()
    book.save(out)
    parts = unzipped(out.getvalue())
    parts[_CORE] = _timed(parts[_CORE], moment)
    return zipped(parts)


def _heads(page: Worksheet, grid: Grid) -> int:
    """The title, the sentences and the heads; gives the row of the heads."""
    from openpyxl.styles import Alignment, Font

    _sentence(page, 1, grid.title, grid)
    title = _cell(page, 1, 1)
    title.font = Font(name="宋体", size=18, bold=True)
    title.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    page.row_dimensions[1].height = 32
    for number, sentence in enumerate(grid.above, 2):
        _sentence(page, number, sentence, grid)
    row = 2 + len(grid.above)
    for column, each in enumerate(grid.columns, 1):
        cell = _cell(page, row, column)
        cell.value = _said(each.head)
        cell.font = Font(name="黑体", size=11)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = _border()
        page.column_dimensions[cell.column_letter].width = each.width
    return row


def _sentence(page: Worksheet, row: int, text: str, grid: Grid) -> None:
    """A sentence across the table, as high as it needs: Excel fits no merged cells."""
    from openpyxl.styles import Alignment, Font

    cell = _cell(page, row, 1)
    cell.value = _said(text)
    cell.font = Font(name="宋体", size=11)
    cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True)
    page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(grid.columns))
    breadth = sum(column.width for column in grid.columns)
    page.row_dimensions[row].height = _PITCH * max(-(-2 * len(text) // breadth), 2)


def _row(page: Worksheet, number: int, row: Row, grid: Grid, cut: str) -> None:
    from openpyxl.styles import Alignment, Font

    alone = len(row.cells) == 1 < len(grid.columns)
    for column, each in enumerate(row.cells, 1):
        cell = _cell(page, number, column)
        if isinstance(each, int):
            cell.value = each
            continue
        text = "".join(words.text for words in each)
        if grid.blank and not text:
            continue
        cell.value = _said(text) if alone else _rich(each, cut)
        # typed into again, what looks like a formula would become one
        cell.quotePrefix = text.startswith(_FORMULA)
    for column, wanted in enumerate(grid.columns, 1):
        cell = _cell(page, number, column)
        cell.font = Font(name="黑体" if alone else "宋体", size=11)
        cell.border = _border()
        cell.alignment = Alignment(
            horizontal="center" if wanted.centred and not alone else "left", vertical="top", wrap_text=True
        )
        if grid.blank and cell.value is None:
            cell.number_format = _TEXT
    if alone:
        page.merge_cells(start_row=number, start_column=1, end_row=number, end_column=len(grid.columns))


def _choices(page: Worksheet, grid: Grid, first: int, last: int) -> None:
    """What cells offer in a list; nobody is kept from typing something else."""
    from openpyxl.worksheet.datavalidation import DataValidation

    for column, each in enumerate(grid.columns, 1):
        if each.choices:
            offered = DataValidation(type="list", formula1=f'"{",".join(each.choices)}"', allow_blank=True)
            offered.showErrorMessage = False
            letter = _cell(page, first, column).column_letter
            offered.add(f"{letter}{first}:{letter}{last}")
            page.add_data_validation(offered)


def _cell(page: Worksheet, row: int, column: int) -> ExcelCell:
    """A cell that is not covered by a merged one."""
    from openpyxl.cell import Cell as Found

    cell = page.cell(row, column)
    if not isinstance(cell, Found):  # only the first cells of merged ones are asked for
        raise TypeError
    return cell


def _said(text: str) -> CellRichText:
    """A text in the font of its cell, whatever it begins with."""
    from openpyxl.cell.rich_text import CellRichText

    return CellRichText(printable(text))


def _rich(words: Sequence[Words], cut: str) -> CellRichText:
    """Words as text of a cell, whatever they begin with."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock

    return CellRichText(*(TextBlock(_font(each.look), each.text) for each in _fitting(words, cut)))


def _fitting(words: Iterable[Words], cut: str) -> Iterable[Words]:
    room = _LONGEST
    for each in words:
        text = printable(each.text)
        if text and len(text) > room:
            yield Words(text[:room], each.look)
            yield Words(cut)
            return
        room -= len(text)
        if text:
            yield Words(text, each.look)


def _font(look: Look) -> InlineFont:
    from openpyxl.cell.text import InlineFont
    from openpyxl.styles.colors import Color

    match look:
        case Look.STRUCK:
            return InlineFont(rFont="宋体", sz=11, strike=True, color=Color(rgb=_RED))
        case Look.ADDED:
            return InlineFont(rFont="宋体", sz=11, b=True, u="single")
        case Look.PLAIN:
            return InlineFont(rFont="宋体", sz=11)


def _border() -> Border:
    from openpyxl.styles import Border, Side

    thin = Side(style="thin")
    return Border(left=thin, right=thin, top=thin, bottom=thin)


def _paper(page: Worksheet, heads: int) -> None:
    """A4 across, as wide as the page, the heads on every page."""
    from openpyxl.worksheet.header_footer import HeaderFooterItem
    from openpyxl.worksheet.header_footer import _HeaderFooterPart as HeaderFooterPart
    from openpyxl.worksheet.properties import PageSetupProperties

    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"{heads}:{heads}"
    page.oddFooter = HeaderFooterItem(center=HeaderFooterPart("第 &P 页，共 &N 页"))
    page.freeze_panes = f"A{heads + 1}"


def _timed(core: bytes, moment: datetime) -> bytes:
    from lxml import etree

    root = etree.fromstring(core)
    for child in root:
        if etree.QName(child).localname == "modified":
            child.text = f"{moment.isoformat()}Z"
    return serialised(root)
