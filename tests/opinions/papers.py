"""Word and Excel files as other offices make them, built in the test that reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from docx import Document
from openpyxl import Workbook

from drafter.ooxml.sheets import open_workbook
from drafter.opinions.lines import Line, of_picture, of_sheets
from drafter.picture.reading import read

if TYPE_CHECKING:
    from docx.document import Document as Word

Rows = Sequence[Sequence[str]]


def saved(document: Word) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def word(*parts: str | Rows) -> Word:
    """A Word file: a text is a paragraph, rows are a table; `^` takes a cell together with the one above it, `<` with the one before it."""
    document = Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(len(part), max(map(len, part)))
        for row, cells in enumerate(part):
            for column, text in enumerate(cells):
                if text == "^":
                    table.cell(row - 1, column).merge(table.cell(row, column))
                elif text == "<":
                    table.cell(row, column - 1).merge(table.cell(row, column))
                elif text:
                    table.cell(row, column).text = text
    return document


def word_lines(*parts: str | Rows) -> tuple[Line, ...]:
    return lines_of_word(saved(word(*parts)))


def lines_of_word(data: bytes) -> tuple[Line, ...]:
    picture = read(data, "表.docx").value
    assert picture is not None
    return of_picture(picture, "表.docx")


def excel(sheets: Mapping[str, Iterable[Sequence[str | int | float | None]]]) -> bytes:
    """An Excel file of these sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def excel_lines(*rows: Sequence[str | int | float | None]) -> tuple[Line, ...]:
    return lines_of_excel(excel({"Sheet1": rows}))


def lines_of_excel(data: bytes) -> tuple[Line, ...]:
    return of_sheets(open_workbook(data, "表.xlsx"), "表.xlsx")
