"""Opinions that were adopted, and whose paragraph reads as it was issued (FORMAT C25: 采纳 means that the text was changed)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from drafter.rounds.counting import is_opinion
from drafter.rounds.deciding import put
from drafter.rounds.model import Decision, Row
from drafter.word.anchors import Anchor

Reading = tuple[str, ...]
"""A paragraph by its words, a cell by those of its row: a cell's alone may stand anywhere."""


def unchanged(rows: Iterable[Row], issued: Sequence[Anchor], now: Sequence[Anchor]) -> tuple[Row, ...]:
    """Those of the rows of a round on the version `issued` that nothing was done for in `now`; what was applied, and what has no place, is not asked."""
    doubtful = [
        row for row in rows if row.decision is Decision.ADOPTED and not row.applied and is_opinion(row)
    ]
    if not doubtful:
        return ()
    before, after = _readings(issued), frozenset(_readings(now))
    words = frozenset(anchor.text for anchor in now)
    return tuple(row for row in doubtful if _reads(row, before) in after and not _there(row, words))


def asked_of(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The adopted opinions with a place, of which nobody says that they are in the text."""
    adopted = (
        row for row in rows if row.decision is Decision.ADOPTED and not row.applied and is_opinion(row)
    )
    return tuple(row for row in adopted if at(row) >= 0)


def at(row: Row) -> int:
    """The issued paragraph that a row speaks of, -1 for none."""
    if row.spot is not None:
        return row.spot.paragraph
    return row.change.anchor if row.change is not None else -1


def _reads(row: Row, before: Sequence[Reading]) -> Reading | None:
    index = at(row)
    return before[index] if 0 <= index < len(before) else None


def _there(row: Row, words: frozenset[str]) -> bool:
    """Whether whole paragraphs that a row puts in stand there: the paragraph beside them still reads as it did."""
    lines = [line for line in put(row).split("\n") if line.strip()]
    return bool(lines) and all(line in words for line in lines)


def _readings(anchors: Sequence[Anchor]) -> tuple[Reading, ...]:
    of_row: dict[str, list[str]] = {}
    for anchor in anchors:
        if anchor.column >= 0:
            of_row.setdefault(anchor.name, []).append(anchor.text)
    whole = {name: tuple(texts) for name, texts in of_row.items()}
    return tuple(whole[each.name] if each.column >= 0 else (each.text,) for each in anchors)
