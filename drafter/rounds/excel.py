"""The table to be filled in as an Excel workbook: what may not change is protected, results and offices are chosen from lists, nothing is a formula.

The protection has no password: it keeps from mistakes, not from people. Taking the file back looks at every cell all the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from drafter.ooxml.package import unzipped, zipped
from drafter.ooxml.parts import parsed, serialised
from drafter.ooxml.workbook import saved
from drafter.rounds.sheet import FILLED, RESULTS, Handout, Head, Line, contents, stamp

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.styles import Border
    from openpyxl.worksheet.worksheet import Worksheet

COLUMNS: Mapping[Head, int] = MappingProxyType(
    {
        Head.ID: 10, Head.WHO: 16, Head.PLACE: 16, Head.ORIGINAL: 30, Head.SAID: 40, Head.BESIDE: 14, Head.OFFICE: 14, Head.DECISION: 11,
        Head.ADOPTED: 28, Head.REASON: 30, Head.CONTACT: 18, Head.BY: 10, Head.ON: 12, Head.STAMP: 20,
    }
)  # fmt: skip
"""The columns with their widths in characters."""

_LONGEST = 32_000  # characters; Excel holds 32,767 in a cell
_CUT = "……（过长，全文见登记簿）"
_TEXT = "@"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ESCAPED = re.compile("_x(?=[0-9A-Fa-f]{4}_)")
_GREY = "FFF2F2F2"
_A3 = 8
_PITCH = 18  # points of a line of a sentence
_LINE, _HIGHEST = 15, 400  # points of a line of a cell, and of the highest row that Excel can have
_SHEET = "xl/worksheets/sheet1.xml"
_UNITS = "单位"


def workbook(handout: Handout, units: Sequence[str], day: str) -> bytes:
    """The bytes of the workbook. `units` are the offices to choose from, `day` as ISO (empty for none)."""
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    if page is None:  # a new workbook has one sheet
        raise RuntimeError
    page.title = f"意见办理表{handout.round}"
    first = _heads(page, handout)
    for number, line in enumerate(handout.lines, first + 1):
        _line(page, number, handout.plan, _fitting(line))
    last = first + len(handout.lines)
    if units:
        _units(book, units)
    _choices(page, first + 1, max(last, first + 1), len(units))
    _protected(page)
    _paper(page, first, last)
    return _growing(saved(book, handout.title, day), first)


def _heads(page: Worksheet, handout: Handout) -> int:
    """The title, the sentences and the heads; gives the row of the heads."""
    from openpyxl.styles import Alignment, Font

    shown = len(COLUMNS) - 1
    breadth = sum(COLUMNS.values()) - COLUMNS[Head.STAMP]
    for row, sentence in enumerate((handout.title, *handout.above), 1):
        cell = _put(page, row, 1, sentence)
        cell.font = Font(name="宋体", size=18 if row == 1 else 11, bold=row == 1)
        cell.alignment = Alignment(
            horizontal="center" if row == 1 else "left", vertical="center", wrap_text=True
        )
        page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=shown)
        page.row_dimensions[row].height = 32 if row == 1 else _PITCH * -(-2 * len(sentence) // breadth)
    number = 2 + len(handout.above)
    for column, (head, width) in enumerate(COLUMNS.items(), 1):
        cell = _put(page, number, column, head if head is not Head.STAMP else f"{head} {contents(handout)}")
        cell.font = Font(name="黑体", size=11)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = _border()
        dimension = page.column_dimensions[cell.column_letter]
        dimension.width, dimension.hidden = width, head is Head.STAMP
    return number


def _line(page: Worksheet, number: int, plan: str, line: Line) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill, Protection

    page.row_dimensions[number].height = min(_LINE * _lines(line), _HIGHEST)
    for column, head in enumerate(COLUMNS, 1):
        cell = _put(
            page, number, column, stamp(plan, line, FILLED) if head is Head.STAMP else line.cells[head]
        )
        cell.font = Font(name="宋体", size=11)
        cell.border = _border()
        centred = head in {Head.ID, Head.DECISION, Head.ON}
        cell.alignment = Alignment(horizontal="center" if centred else "left", vertical="top", wrap_text=True)
        cell.protection = Protection(locked=head not in FILLED)
        if head not in FILLED:
            cell.fill = PatternFill("solid", fgColor=_GREY)


def _lines(line: Line) -> int:
    """About how many lines a row takes."""
    return max(
        sum(max(-(-_breadth(each) // (width - 1)), 1) for each in line.cells[head].split("\n"))
        for head, width in COLUMNS.items()
        if head is not Head.STAMP
    )


def _breadth(text: str) -> int:
    """How many characters of Latin a line is as broad as."""
    return sum(2 if ord(character) > ord("ÿ") else 1 for character in text)


def _growing(data: bytes, heads: int) -> bytes:
    """The rows below the heads are as high as we reckon until somebody types into them: then they are as high as they must be."""
    parts = unzipped(data)
    root = parsed(parts[_SHEET])
    for row in root.iter("{*}row"):
        if int(row.get("r", "0")) > heads:
            row.attrib.pop("customHeight", "")
    return zipped({**parts, _SHEET: serialised(root)})


def _fitting(line: Line) -> Line:
    """A line that fits into cells: what is longer is cut, and said to be."""
    cells = {
        head: text if len(text) <= _LONGEST else f"{text[:_LONGEST]}{_CUT}"
        for head, text in line.cells.items()
    }
    return Line(line.id, MappingProxyType(cells))


def _put(page: Worksheet, row: int, column: int, text: str) -> Cell:
    """Words as text of a cell, whatever they begin with, and what is typed there later as well."""
    from openpyxl.cell import Cell

    cell = page.cell(row, column)
    if not isinstance(cell, Cell):  # only the first cells of merged ones are asked for
        raise TypeError
    cell.number_format = _TEXT
    if text:
        # SpreadsheetML would read `_x0041_` as A
        cell.value = _ESCAPED.sub("_x005F_x", text)
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(_FORMULA)
    return cell


def _units(book: Workbook, units: Sequence[str]) -> None:
    """The offices on a sheet of their own, which nobody sees: a list to choose from that stands in the rule itself holds 255 characters."""
    page = book.create_sheet(_UNITS)
    page.sheet_state = "hidden"
    for number, unit in enumerate(units, 1):
        _put(page, number, 1, unit)


def _choices(page: Worksheet, first: int, last: int, units: int) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    results = DataValidation("list", formula1=f'"{",".join(RESULTS)}"', allow_blank=True)
    results.error, results.errorTitle = f"只能填{'、'.join(RESULTS)}", str(Head.DECISION)
    rules = [(Head.DECISION, results)]
    if units:
        offices = DataValidation("list", formula1=f"{_UNITS}!$A$1:$A${units}", allow_blank=True)
        offices.error, offices.errorTitle = "请从列表里选", str(Head.OFFICE)
        rules.append((Head.OFFICE, offices))
    for head, rule in rules:
        rule.showErrorMessage = True
        letter = _letter(head)
        rule.add(f"{letter}{first}:{letter}{last}")
        page.add_data_validation(rule)


def _protected(page: Worksheet) -> None:
    """Filled in, filtered, made wider and higher; what else there is is locked."""
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = False
    page.protection.autoFilter = page.protection.sort = False


def _paper(page: Worksheet, heads: int, last: int) -> None:
    """A3 across, as wide as the page (printed on A4 it is two thirds as large), the heads on every page."""
    from openpyxl.worksheet.header_footer import HeaderFooterItem
    from openpyxl.worksheet.header_footer import _HeaderFooterPart as HeaderFooterPart
    from openpyxl.worksheet.properties import PageSetupProperties

    page.page_setup.orientation, page.page_setup.paperSize = "landscape", _A3
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"{heads}:{heads}"
    page.oddFooter = HeaderFooterItem(center=HeaderFooterPart("第 &P 页，共 &N 页"))
    page.freeze_panes = f"B{heads + 1}"
    page.auto_filter.ref = f"A{heads}:{_letter(Head.ON)}{max(last, heads)}"


def _letter(head: Head) -> str:
    return chr(ord("A") + list(COLUMNS).index(head))


def _border() -> Border:
    from openpyxl.styles import Border, Side

    thin = Side(style="thin")
    return Border(left=thin, right=thin, top=thin, bottom=thin)
