"""The head rows of a table made from data.

Columns name their heads from top to bottom. Neighbours with the same head, and the same heads above it, share one cell, as long as
something stands below it; a head with nothing below it reaches down to the last head row.
"""

from __future__ import annotations

from collections.abc import Sequence

from drafter.document.tree import Cell, Line, NodeId, Row, Text
from drafter.source.frozen import dataclass
from drafter.source.origins import MappedText


@dataclass(frozen=True, slots=True)
class Head:
    """The heads of one column, from top to bottom."""

    texts: tuple[MappedText, ...]

    def down_to(self, level: int) -> list[str]:
        """What the heads say, down to a level."""
        return [each.text for each in self.texts[: level + 1]]


def head_rows(table: NodeId, heads: Sequence[Head]) -> tuple[Row, ...]:
    """The head rows: ids `<table>/h1`, cells `<table>/h1/c2`."""
    depth = max((len(head.texts) for head in heads), default=0)
    return tuple(_row(table, heads, level, depth) for level in range(depth))


def _row(table: NodeId, heads: Sequence[Head], level: int, depth: int) -> Row:
    node = f"{table}/h{level + 1}"
    cells: list[Cell] = []
    at = 0
    while at < len(heads):
        head = heads[at]
        if level >= len(head.texts):
            at += 1
            continue
        last = level == len(head.texts) - 1
        span = 1 if last else _alike(heads, at, level)
        line = Line((Text(head.texts[level]),))
        rows = depth - level if last else 1
        cells.append(Cell(f"{node}/c{at + 1}", line, "center", span, rows))
        at += span
    return Row(node, tuple(cells), "head")


def _alike(heads: Sequence[Head], at: int, level: int) -> int:
    """How many columns from here on share the head of this level and those above."""
    shared = heads[at].down_to(level)
    count = 1
    for head in heads[at + 1 :]:
        if len(head.texts) <= level + 1 or head.down_to(level) != shared:
            break
        count += 1
    return count
