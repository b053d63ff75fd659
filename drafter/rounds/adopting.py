"""Which rows of a register are to be brought into the text, and what exactly each of them is to do there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from drafter.review.remarks import BREAK, Change, Kind, Remark, Unlocated
from drafter.rounds.deciding import put
from drafter.rounds.model import EVIDENCE, Decision, Row, Spot
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Place
from drafter.source.listed import listed
from drafter.word.anchors import Anchor

_ADOPTED = frozenset((Decision.ADOPTED, Decision.PARTLY))
_WORDS_ONLY = frozenset((Kind.COMMENT.value, Kind.OPINION.value, EVIDENCE))
_BY_WORDS = frozenset(
    ("opinions.words", "opinions.misquoted", "opinions.gap", "opinions.extent", "opinions.same")
)
"""Obstacles of an opinion that there are none of any more once somebody has said which words to put."""

_INHERENT = frozenset(("review.move", "review.copy", "review.question", "review.two-values"))
"""What stays for a person whatever the text says today. Other obstacles of changes are looked for anew."""

_UNSURE = "review.unsure"

_BESIDE = 2
"""So many characters written once more are no coincidence."""


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


def adopted(rows: Sequence[Row], issued: Sequence[Anchor], named: Collection[str] = ()) -> Adopted:
    """Rows that are to be brought in, on the issued paragraphs from which they count; `named` are the ids of those that a person asked for."""
    refused: dict[str, str] = {}
    remarks: list[Remark] = []
    clashing = _clashing(rows)
    for row in rows:
        made = _remark(row, issued, asked=row.id in named)
        if isinstance(made, str):
            refused[row.id] = made
        else:
            remarks.append(replace(made, obstacle="apply.both-adopted") if row.id in clashing else made)
    files = {row.id: row.file for row in rows}
    return Adopted(tuple(remarks), MappingProxyType(refused), MappingProxyType(files))


def change_of(row: Row, issued: Sequence[Anchor]) -> Change | None:
    """What a row did to the issued paragraphs, or would do; None where that was for a person."""
    made = _remark(row, issued, asked=True)
    return None if isinstance(made, str) else made.change


def _clashing(rows: Sequence[Row]) -> frozenset[str]:
    """Rows that want other words in the same place than another one which is to be brought in as well."""
    by_id = {row.id: row for row in rows}
    pairs = ((row, by_id[other]) for row in rows for other in row.conflicts if other in by_id)
    return frozenset(id_ for one, two in pairs if put(one) != put(two) for id_ in (one.id, two.id))


def _remark(row: Row, issued: Sequence[Anchor], *, asked: bool) -> Remark | str:
    """What a row is to do, or why that is for a person."""
    if row.withdrawn and not asked:
        return "apply.withdrawn"
    if row.decision is Decision.PARTLY and not row.adopted:
        return "apply.no-words"
    if row.change is None and not row.adopted:
        return row.obstacle or ("apply.by-hand" if row.kind in _WORDS_ONLY else "review.no-place")
    stays = _stays(row, asked=asked)
    if row.change is None and stays:
        return row.obstacle
    change = _change(row, issued)
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
        obstacle=row.obstacle if stays else "",
    )


def _stays(row: Row, *, asked: bool) -> bool:
    """Whether what stood against a row when it came in does so still."""
    if row.obstacle.startswith("opinions."):
        return not row.adopted or row.obstacle not in _BY_WORDS
    if row.change and not row.adopted and not row.change.new and row.change.start == row.change.end:
        return bool(
            row.obstacle
        )  # words that one put in and another took out again: of the issued text nothing changes
    return row.obstacle in _INHERENT or (row.obstacle == _UNSURE and not asked)


def _change(row: Row, issued: Sequence[Anchor]) -> Change | str:
    """The change of a row with the words that were adopted; the words of a remark without one take the place of those it speaks of."""
    words = row.adopted.rstrip("\n")
    change = row.change
    if change is None:
        spot = row.spot
        if spot is None or spot.start >= spot.end or not _quoted(row, spot, issued):
            return "apply.no-range"
        made = Change(spot.paragraph, spot.start, spot.end, words)
        return "apply.doubled" if _doubles(made, issued) else made
    if not words:
        return change
    if change.row:
        return "apply.row-words"
    if change.new.startswith(BREAK):
        return replace(change, new=BREAK + words.replace("\n", BREAK))
    if change.new.endswith(BREAK):
        return replace(change, new=words.replace("\n", BREAK) + BREAK)
    if BREAK in change.new:
        return replace(change, new=words.replace("\n", BREAK))
    made = replace(change, new=words)
    return "apply.doubled" if _doubles(made, issued) and not _doubles(change, issued) else made


def _doubles(change: Change, issued: Sequence[Anchor]) -> bool:
    """Whether new words begin or end with those that stand beside them and stay: who writes a whole phrase for a few of its words means the phrase."""
    if not 0 <= change.anchor < len(issued) or len(change.new) < _BESIDE:
        return False
    text = issued[change.anchor].text
    before, after = text[: change.start], text[change.end :]
    return any(
        before.endswith(change.new[:length]) or after.startswith(change.new[-length:])
        for length in range(_BESIDE, len(change.new) + 1)
    )


def _quoted(row: Row, spot: Spot, issued: Sequence[Anchor]) -> bool:
    """Whether the words at its spot are what a remark speaks of; of one that quotes none the spot is the whole paragraph that it is somewhere in."""
    if not 0 <= spot.paragraph < len(issued):
        return True  # it is said to be miscounted
    text = issued[spot.paragraph].text
    whole = spot.start == 0 and spot.end >= len(text)
    return not whole or len(row.original.strip()) * 2 > len(text.strip())


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
