"""A table that comes back filled in, as Excel or Word: which cell says what of which row, wherever the columns and rows stand now.

Nothing is decided here. What was added beside the columns that we know is nobody's; what cannot be told to belong to a row is an issue.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from drafter.ooxml.normal import Element
from drafter.ooxml.reading import open_package, parse
from drafter.ooxml.sheets import address, open_workbook
from drafter.ooxml.xml import w
from drafter.picture import read
from drafter.picture.model import View
from drafter.picture.views import view
from drafter.rounds.sheet import FILLED, Head, Stamp, contents_in, same, stamp_in, unstamped
from drafter.rounds.word import CHOOSE
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Outcome, Place

_NEEDED = frozenset((Head.ID, Head.DECISION))
"""The heads by which a table is known."""

_HEADS = MappingProxyType({same(head): head for head in Head})


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its words, where it is, and what people call it (`意见办理表R2!H5`, `第1个表第5行第7格`)."""

    text: str
    place: Place
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the file: the id that it says it is, and its cells by their heads; those of columns that are not there are missing.

    `broken`: its cells are not those of the heads, so that nobody can tell which is which.
    """

    id: str
    cells: Mapping[Head, Cell]
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """All rows of a file, the stamps in it by their ids, and the words that say which rows it was handed out with (none where they are gone)."""

    file: str
    entries: tuple[Entry, ...]
    stamps: Mapping[str, Stamp]
    contents: tuple[str, ...] = ()

    def handed_out(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Those of the ids that the file was handed out with."""
        known = tuple(ids)
        return tuple(dict.fromkeys(id_ for each in self.contents for id_ in contents_in(each, known)))


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of any file: its cells by row and column, and those that are empty; `merged` are cells that are one, by their first one.

    `whole`: every cell of a row is there, so that as many as heads must be.
    """

    rows: Mapping[int, Mapping[int, Cell]]
    empty: Callable[[int, int], Cell]
    merged: Sequence[tuple[int, int, int, int]] = ()
    whole: bool = False


def filled(data: bytes, file: str) -> Outcome[Filled]:
    """The rows of a file. Raises `Refused` where it is neither a workbook nor a Word file that can be read."""
    is_word = file.lower().endswith(".docx")
    tables = _of_word(data, file) if is_word else _of_excel(data, file)
    issues: list[Issue] = []
    entries: list[Entry] = []
    stamps: dict[str, Stamp] = {}
    told: list[str] = []
    heads = False
    for table in tables:
        reading = _Reading(issues)
        entries += reading.entries(table)
        heads = heads or reading.known
        stamps.update(reading.stamps)
        told += reading.contents
    if not heads:
        return Outcome(None, (*issues, Issue("register.no-table", Place(file))))
    issues += _odd(data, file) if is_word else ()
    return Outcome(Filled(file, tuple(entries), MappingProxyType(stamps), tuple(told)), tuple(issues))


class _Reading:
    """One table, read from the top: a row of heads holds until the next one."""

    def __init__(self, issues: list[Issue]) -> None:
        self.issues = issues
        self.columns: Mapping[int, Head] = MappingProxyType({})
        self.stamps: dict[str, Stamp] = {}
        self.contents: list[str] = []
        self.known = False
        self.breadth = 0

    def entries(self, table: _Table) -> Iterator[Entry]:
        for number, row in sorted(table.rows.items()):
            self._stamps(row.values())
            found = _heads(row)
            if set(found.values()) >= _NEEDED:
                self._begin(found, row)
            elif self.columns:
                yield from self._entry(table, number, row)
                self._merged(table, number)

    def _merged(self, table: _Table, number: int) -> None:
        """Of cells that are one only the first says anything: whoever meant all of them must know."""
        for top, bottom, left, right in table.merged:
            heads = [self.columns[at] for at in range(left, right + 1) if at in self.columns]
            if top == number and (bottom > top or len(heads) > 1) and any(head in FILLED for head in heads):
                cell = table.rows[number].get(left) or table.empty(number, left)
                facts = {"cell": cell.name, "words": cell.text}
                self.issues += [Issue("register.merged", cell.place, facts)] if cell.text else []

    def _stamps(self, cells: Iterable[Cell]) -> None:
        for cell in cells:
            stamp = stamp_in(cell.text)
            if stamp is not None:
                self.stamps[stamp.id] = stamp

    def _begin(self, found: Mapping[int, Head], row: Mapping[int, Cell]) -> None:
        self.known, self.breadth = True, len(row)
        self.contents += [cell.text for cell in row.values() if "{" in cell.text]
        seen: dict[Head, str] = {}
        columns: dict[int, Head] = {}
        for column, head in sorted(found.items()):
            if head in seen:
                facts = {"head": head, "cell": row[column].name, "first": seen[head]}
                self.issues.append(Issue("register.head-twice", row[column].place, facts))
                continue
            seen[head] = row[column].name
            columns[column] = head
        self.columns = columns

    def _entry(self, table: _Table, number: int, row: Mapping[int, Cell]) -> Iterator[Entry]:
        cells: dict[Head, Cell] = {}
        for column, head in self.columns.items():
            cell = row.get(column) or table.empty(number, column)
            cells[head] = Cell(_said(head, cell.text), cell.place, cell.name)
        id_ = _id(cells[Head.ID].text)
        broken = table.whole and len(row) != self.breadth
        if broken and any(cell.text for cell in row.values()):
            facts = {"cell": cells[Head.ID].name, "cells": str(len(row)), "heads": str(self.breadth)}
            self.issues.append(Issue("register.cells", cells[Head.ID].place, facts))
        if id_:
            yield Entry(id_, MappingProxyType(cells), broken)
        if id_ or broken:
            return
        lost = next((cells[head] for head in FILLED if head in cells and cells[head].text), None)
        if lost is not None:
            facts = {"cell": lost.name, "words": lost.text}
            self.issues.append(Issue("register.no-id", lost.place, facts))


def _heads(row: Mapping[int, Cell]) -> dict[int, Head]:
    """Which columns have heads that we know; brackets and blanks may have been typed anew."""
    out = {}
    for column, cell in row.items():
        text = same(unstamped(cell.text)).replace("(", "（").replace(")", "）")
        if text in _HEADS:
            out[column] = _HEADS[text]
    return out


def _said(head: Head, text: str) -> str:
    said = unstamped(text) if head is Head.ID else text.strip()
    return "" if head is Head.DECISION and said == CHOOSE else said


def _id(text: str) -> str:
    """An id as it is in registers, however wide its signs were typed."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    return re.sub("[‐-―−]", "-", plain)  # hyphens and dashes


def _of_excel(data: bytes, file: str) -> Iterator[_Table]:
    for sheet in open_workbook(data, file):

        def cell(row: int, column: int, text: str = "", sheet: str = sheet.name) -> Cell:
            return Cell(text, Place(file, row, column), f"{sheet}!{address(row, column)}")

        rows = {
            number: {column: cell(number, column, text) for column, text in cells.items()}
            for number, cells in sheet.rows.items()
        }
        yield _Table(rows, cell, sheet.merged)


def _of_word(data: bytes, file: str) -> Iterator[_Table]:
    """The tables of the text as they read with all tracked changes accepted."""
    picture = read(data, file).value
    paragraphs = view(picture, View.ACCEPTED) if picture else ()
    tables: dict[int, dict[int, dict[int, list[str]]]] = {}
    for paragraph in paragraphs:
        if paragraph.cell is not None and paragraph.story == "body":
            row = tables.setdefault(paragraph.cell.table, {}).setdefault(paragraph.cell.row, {})
            row.setdefault(paragraph.cell.cell + 1, []).append(paragraph.text)
    for number, found in enumerate(tables[key] for key in sorted(tables)):

        def cell(row: int, column: int, text: str = "", table: int = number + 1) -> Cell:
            return Cell(text, Place(file, row, column), f"第{table}个表第{row}行第{column}格")

        rows = {
            at: {column: cell(at, column, "\n".join(lines)) for column, lines in found[key].items()}
            for at, key in enumerate(sorted(found), 1)
        }
        yield _Table(rows, cell, whole=True)


def _odd(data: bytes, file: str) -> Iterator[Issue]:
    """Cells of a Word file that nobody can read as cells: those that are one with the cell above, and tables that were pasted into one."""
    package = open_package(data, file)
    outer = [each for each in parse(package, package.main).iter(w("tbl")) if _around(each) is None]
    for number, table in enumerate(outer, 1):
        rows = [each for each in table.iter(w("tr")) if _around(each) is table]
        for at, row in enumerate(rows, 1):
            for column, cell in enumerate((each for each in row.iter(w("tc")) if _around(each) is table), 1):
                facts = {"cell": f"第{number}个表第{at}行第{column}格"}
                merge = cell.find(f"{w('tcPr')}/{w('vMerge')}")
                if merge is not None and merge.get(w("val")) != "restart":
                    yield Issue("register.merged-above", Place(file, at, column), facts)
                if any(text.text for inner in cell.iter(w("tbl")) for text in inner.iter(w("t"))):
                    yield Issue("register.pasted", Place(file, at, column), facts)


def _around(element: Element) -> Element | None:
    """The table that an element stands in."""
    return next(element.iterancestors(w("tbl")), None)
