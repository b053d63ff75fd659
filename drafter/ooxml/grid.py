"""A table to be printed, before anybody writes it as Word (`drafter.word.grids`) or as Excel (`drafter.ooxml.workbook`): words in cells, no meaning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from drafter.source.frozen import dataclass


class Look(StrEnum):
    """How words are shown."""

    PLAIN = ""
    STRUCK = "struck"  # struck out and red: words that went
    ADDED = "added"  # bold and underlined: words that came


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one look; each `\\n` begins a new paragraph of the cell."""

    text: str
    look: Look = Look.PLAIN


Cell = int | tuple[Words, ...]
"""A number that counts the rows, or words."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its share of the breadth of a page in parts of a hundred, its width in Excel in characters.

    `choices` are what a cell offers to be chosen; anything else may be typed.
    """

    head: str
    share: int
    width: int
    centred: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row; one cell alone goes across the whole table and heads the rows below it."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A whole table: its title, the sentences above it, its columns and rows, the sentences below it.

    `unbroken`: no row goes over the end of a page, unless it would fill most of one. `blank`: a form, whose empty cells are to be filled in: in
    Word as high as so many lines, in Excel text whatever is typed (`3.2-14` is no day).
    """

    title: str
    above: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    below: tuple[str, ...] = ()
    unbroken: bool = False
    blank: int = 0


def plain(text: str) -> tuple[Words, ...]:
    """Words without a look; no words where there is no text."""
    return (Words(text),) if text else ()


def shown(cell: Cell) -> tuple[Words, ...]:
    """What a cell shows."""
    return plain(str(cell)) if isinstance(cell, int) else cell


def lines(words: Sequence[Words]) -> Iterator[tuple[Words, ...]]:
    """The words cut at the ends of paragraphs; one without words where there are none."""
    line: list[Words] = []
    for each in words:
        first, *rest = each.text.split("\n")
        line.append(Words(first, each.look))
        for text in rest:
            yield tuple(line)
            line = [Words(text, each.look)]
    yield tuple(line)
