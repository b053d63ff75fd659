"""The columns and lines that a view prints: of a plain one its own columns and a line for each row, of a pivot those of each value."""

from __future__ import annotations

from collections.abc import Iterable

from drafter.source.frozen import dataclass
from drafter.source.origins import MappedText, Piece, generated
from drafter.views.heads import Head
from drafter.views.selection import Selection, values_of, word
from drafter.workspace.model import View, ViewColumn
from drafter.workspace.values import Scope


@dataclass(frozen=True, slots=True)
class Printed:
    """A column as printed; `only` is the value of the pivot's column that it is for, None for all rows."""

    column: ViewColumn
    head: Head
    only: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the table: one row of the dataset, or all rows that a pivot puts in one line."""

    rows: tuple[Scope, ...]


def printed_columns(view: View, selection: Selection, names: Scope) -> tuple[Printed, ...]:
    """The columns from left to right, those of groups not among them."""
    pivot = view.pivot
    columns = view.columns or (() if pivot is None else (pivot.lead,))
    own = tuple(Printed(column, head_of(column)) for column in columns)
    if pivot is None:
        return own
    values = pivot.of or values_of(pivot.by, selection.rows, names)
    named = dict(zip(pivot.of, pivot.of_places, strict=True))
    across = [
        _under(generated(value, "head", named.get(value, metric.place)), value, metric)
        for value in values
        for metric in pivot.metrics
        if not metric.of or value in metric.of
    ]
    sums = [_under(pivot.total, None, metric) for metric in pivot.metrics if pivot.total.text]
    return (*own, *across, *sums)


def head_of(column: ViewColumn) -> Head:
    """The heads of a column, each with its place."""
    return Head(
        tuple(
            MappedText(text, (Piece(0, len(text), place),) if text else ())
            for text, place in zip(column.heads, column.head_places, strict=True)
        )
    )


def _under(head: MappedText, only: str | None, metric: ViewColumn) -> Printed:
    return Printed(metric, Head((head, *head_of(metric).texts)), only)


def items(view: View, selection: Selection) -> tuple[Item, ...]:
    """The lines in order; of a pivot only rows that one of its columns shows."""
    pivot = view.pivot
    if pivot is None:
        return tuple(Item((row,)) for row in selection.rows)
    lines: dict[tuple[str, ...], list[Scope]] = {}
    for row in selection.rows:
        if pivot.of and not is_of(row, pivot.by, pivot.of):
            continue
        key = tuple(
            "" if (each := word(row, name)) is None else each.text for name in (*view.group, pivot.rows)
        )
        lines.setdefault(key, []).append(row)
    return tuple(Item(tuple(rows)) for rows in lines.values())


def is_of(row: Scope, name: str, values: Iterable[str]) -> bool:
    """Whether a row has one of these words in a column."""
    found = word(row, name)
    return found is not None and found.text in values


def rows_for(printed: Printed, rows: Iterable[Scope], view: View) -> tuple[Scope, ...]:
    """Those of some rows that a column is about."""
    if printed.only is None or view.pivot is None:
        return tuple(rows)
    return tuple(row for row in rows if is_of(row, view.pivot.by, (printed.only,)))
