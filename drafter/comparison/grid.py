"""The table of changes as a table to be printed."""

from __future__ import annotations

from collections.abc import Iterable

from drafter.comparison.model import Segment, State
from drafter.comparison.sheet import Row, Sheet
from drafter.ooxml.grid import Cell, Column, Grid, Look, Words, plain
from drafter.ooxml.grid import Row as GridRow

SHARES = (5, 16, 32, 32, 15)
"""The widths of the columns on paper, in parts of a hundred."""

WIDTHS = (6, 24, 60, 60, 24)
"""In Excel, in characters."""

_LOOKS = {State.KEPT: Look.PLAIN, State.DELETED: Look.STRUCK, State.INSERTED: Look.ADDED}


def grid(sheet: Sheet) -> Grid:
    """The table of these rows."""
    columns = zip(sheet.heads, SHARES, WIDTHS, strict=True)
    return Grid(
        sheet.title,
        (sheet.sentence,),
        tuple(Column(*each, centred=number == 0) for number, each in enumerate(columns)),
        tuple(GridRow(_cells(row)) for row in sheet.rows),
        sheet.below,
    )


def _cells(row: Row) -> tuple[Cell, ...]:
    return row.number, plain("\n".join(row.place)), _words(row.old), _words(row.new), plain(row.reason)


def _words(segments: Iterable[Segment]) -> tuple[Words, ...]:
    return tuple(Words(each.text, _LOOKS[each.state]) for each in segments)
