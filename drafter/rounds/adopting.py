"""Which rows of a register are to be brought into the text, and what exactly each of them is to do there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from drafter.review.remarks import BREAK, Change, Kind, Remark, Unlocated
from drafter.rounds.deciding import put
from drafter.rounds.model import EVIDENCE, Decision, Row
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Place
from drafter.source.listed import listed
from drafter.word.anchors import Anchor

_ADOPTED = frozenset((Decision.ADOPTED, Decision.PARTLY))
_WORDS_ONLY = frozenset((Kind.COMMENT.value, Kind.OPINION.value, EVIDENCE))
_BY_WORDS = frozenset(
    (
        "review.comment",
        "review.no-place",
        "opinions.words",
        "opinions.misquoted",
        "opinions.gap",
        "opinions.extent",
        "opinions.same",
    )
)
"""Obstacles that there are none of any more once somebody has said which words to put."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """Rows to be brought in, as remarks, those that a person has to with their obstacle; `refused` says why of those that change nothing (a code), by their ids."""

    remarks: tuple[Remark, ...]
    refused: Mapping[str, str]
    files: Mapping[str, str]


def waiting(row: Row) -> bool:
    """Whether a row is adopted and not yet in the text."""
    return row.decision in _ADOPTED and not row.applied


def against(rows: Sequence[Row], named: Collection[str]) -> Iterator[Issue]:
    """Why rows that a person named are not to be brought in: nothing was decided, they were rejected, they stand there already."""
    asked = [row for row in rows if row.id in named]
    groups = {
        "apply.undecided": [row for row in asked if row.decision is Decision.OPEN],
        "apply.rejected": [row for row in asked if row.decision is Decision.REJECTED],
        "apply.applied": [row for row in asked if row.decision in _ADOPTED and row.applied],
    }
    for code, found in groups.items():
        if found:
            yield Issue(code, Place(""), {"rows": listed(row.id for row in found)})


def adopted(rows: Sequence[Row], issued: Sequence[Anchor]) -> Adopted:
    """Rows that are to be brought in, on the issued paragraphs from which they count."""
    refused: dict[str, str] = {}
    remarks: list[Remark] = []
    clashing = _clashing(rows)
    for row in rows:
        made = _remark(row, issued)
        if isinstance(made, str):
            refused[row.id] = made
        else:
            remarks.append(replace(made, obstacle="apply.both-adopted") if row.id in clashing else made)
    files = {row.id: row.file for row in rows}
    return Adopted(tuple(remarks), MappingProxyType(refused), MappingProxyType(files))


def _clashing(rows: Sequence[Row]) -> frozenset[str]:
    """Rows that want other words in the same place than another one which is to be brought in as well."""
    by_id = {row.id: row for row in rows}
    pairs = ((row, by_id[other]) for row in rows for other in row.conflicts if other in by_id)
    return frozenset(id_ for one, two in pairs if put(one) != put(two) for id_ in (one.id, two.id))


def _remark(row: Row, issued: Sequence[Anchor]) -> Remark | str:
    """What a row is to do, or why that is for a person."""
    if row.decision is Decision.PARTLY and not row.adopted:
        return "apply.no-words"
    if row.change is None and not row.adopted:
        return row.obstacle or ("apply.by-hand" if row.kind in _WORDS_ONLY else "review.no-place")
    change = _change(row)
    if isinstance(change, str):
        return change
    if not _counts(change, issued):
        return "apply.miscounted"
    kind = Kind.REPLACEMENT if row.kind in _WORDS_ONLY else Kind(row.kind)
    return Remark(
        id=row.id,
        kind=kind,
        tracked=row.tracked,
        author=f"{row.unit}\n{row.person}",
        date=row.date,
        original=row.original,
        proposed=put(row),
        comment="",
        confidence=row.confidence,
        target=Unlocated(row.unlocated),
        anchor=change.anchor,
        change=change,
        obstacle="" if row.adopted and row.obstacle in _BY_WORDS else row.obstacle,
    )


def _change(row: Row) -> Change | str:
    """The change of a row with the words that were adopted; the words of a remark without one take the place of those it speaks of."""
    words = row.adopted.rstrip("\n")
    change = row.change
    if change is None:
        spot = row.spot
        if spot is None or spot.start >= spot.end:
            return "apply.no-range"
        return Change(spot.paragraph, spot.start, spot.end, words)
    if not words:
        return change
    if change.row:
        return "apply.row-words"
    if change.new.startswith(BREAK):
        return replace(change, new=BREAK + words.replace("\n", BREAK))
    if change.new.endswith(BREAK):
        return replace(change, new=words.replace("\n", BREAK) + BREAK)
    return replace(change, new=words.replace("\n", BREAK) if BREAK in change.new else words)


def _counts(change: Change, issued: Sequence[Anchor]) -> bool:
    """Whether a change lies inside the issued text; a register is a file that people edit."""
    size = len(issued)
    if not 0 <= change.anchor < size or not 0 <= change.start <= change.end:
        return False
    left, index = change.end, change.anchor
    while index < size and left > len(issued[index].text):
        left -= len(issued[index].text) + 1
        index += 1
    inside = index < size or left == 0
    return (
        inside
        and change.start <= len(issued[change.anchor].text)
        and all(0 <= each < size for each in change.notes)
        and -1 <= change.like < size
    )
