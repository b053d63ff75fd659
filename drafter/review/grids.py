"""Columns and rows without words that came to a table: no paragraph says them, so they are told of the table as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from drafter.review.pairs import Odd
from drafter.review.remarks import Confidence, Kind, Remark, Unlocated
from drafter.review.spots import at_spot, placed
from drafter.word.anchors import Anchor


def grid_remarks(issued: Sequence[Anchor], odd: Sequence[Odd]) -> Iterator[Remark]:
    """A remark for each table that has other columns, or rows without words that it had not."""
    tables: dict[int, list[Odd]] = {}
    for each in odd:
        tables.setdefault(_first(issued, each.issued), []).append(each)
    for first, found in tables.items():
        columns = [each for each in found if each.now]
        said = []
        if columns:
            before, now = max(each.before for each in columns), max(each.now for each in columns)
            said.append(f"列数：{before}→{now}")
        if len(columns) < len(found):
            said.append(f"加了{len(found) - len(columns)}个空行")
        yield at_spot(_remark("；".join(said)), placed(issued, first, 0, 0), issued)


def _first(issued: Sequence[Anchor], index: int) -> int:
    """The first cell of a cell's table; between two tables there is always a paragraph."""
    while index and issued[index].column >= 0 and issued[index - 1].column >= 0:
        index -= 1
    return index


def _remark(said: str) -> Remark:
    return Remark(
        id="",
        kind=Kind.FORMAT,
        tracked=False,
        author="",
        date="",
        original="",
        proposed="",
        comment=said,
        confidence=Confidence.SURE,
        target=Unlocated("review.unaligned"),
        obstacle="review.format",
    )
