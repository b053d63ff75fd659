"""Tables handed out and filled in, in memory."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import openpyxl
from docx import Document
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from drafter.rounds import excel, word
from drafter.rounds.counting import counted, is_opinion
from drafter.rounds.model import Register
from drafter.rounds.sheet import Handout, Head, lines, sentences
from drafter.word.frames import register_frame
from drafter.word.grids import Framed
from tests.rounds.making import UNITS, register


def handout(of: Register | None = None) -> Handout:
    made = of or register()
    rows = [row for row in made.rows if is_opinion(row)]
    name = "临港市规划意见办理表（R2 书面征求意见）"
    return Handout(made.round.plan, made.round.id, name, sentences(counted(rows)), lines(made, rows))


def as_excel(of: Register | None = None) -> bytes:
    return excel.workbook(handout(of), UNITS, "2021-01-16")


def as_word(of: Register | None = None) -> bytes:
    made = word.document(
        handout(of), Framed(register_frame(), "templates/register.docx", {"名称": "临港市规划"})
    )
    assert made.value is not None
    assert made.issues == ()
    return made.value


HEADS = 4
"""The row of the heads in Excel."""


def column(head: Head) -> int:
    return list(excel.COLUMNS).index(head) + 1


def page(book: openpyxl.Workbook) -> Worksheet:
    found = book.worksheets[0]
    assert isinstance(found, Worksheet)
    return found


def row_of(sheet: Worksheet, id_: str) -> int:
    return next(row for row in range(HEADS + 1, sheet.max_row + 1) if sheet.cell(row, 1).value == id_)


def typed(data: bytes, cells: Mapping[tuple[str, Head], object]) -> bytes:
    """The workbook with what somebody typed."""
    book = openpyxl.load_workbook(BytesIO(data))
    for (id_, head), value in cells.items():
        cell = page(book).cell(row_of(page(book), id_), column(head))
        assert isinstance(cell, Cell)
        cell.value = value  # type: ignore[assignment]
    return saved(book)


def put(sheet: Worksheet, row: int, column: int, value: object) -> None:
    """Put words into a cell as people do: what looks like a formula stays words in a cell of text."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    cell.value = value  # type: ignore[assignment]
    if isinstance(value, str):
        cell.data_type = "s"


def saved(book: openpyxl.Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def written(data: bytes, cells: Mapping[tuple[str, Head], str]) -> bytes:
    """The Word file with what somebody typed; a result is chosen from its list."""
    document = Document(BytesIO(data))
    (table,) = document.tables
    heads = list(word.SHARES)
    for row in table.rows:
        for head, cell in zip(heads, row.cells, strict=True):
            wanted = next(
                (v for (id_, h), v in cells.items() if h is head and row.cells[0].text.startswith(id_)), None
            )
            if wanted is None:
                continue
            if head is Head.DECISION:
                text = cell._tc.xpath(".//w:sdtContent//w:t")[0]
                text.text = wanted
                for mark in cell._tc.xpath(".//w:showingPlcHdr"):
                    mark.getparent().remove(mark)
            else:
                cell.paragraphs[0].add_run(wanted)
    out = BytesIO()
    document.save(out)
    return out.getvalue()
