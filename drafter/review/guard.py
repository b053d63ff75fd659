"""The guard: what the issued text must read like after some changes, and whether rebuilt sources read so."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate

from drafter.review.remarks import BREAK, Change
from drafter.source.frozen import dataclass
from drafter.source.origins import DataValue, SourceSlice, lineage
from drafter.word.anchors import Anchor


@dataclass(frozen=True, slots=True)
class Expected:
    """A paragraph as it must read: `kind` empty for a new one, `touched` the numbers of the changes that made it so."""

    text: str
    kind: str
    issued: int
    touched: frozenset[int]


def expected(issued: Sequence[Anchor], changes: Sequence[tuple[int, Change]]) -> list[Expected]:
    """The issued paragraphs (contents left out) after the changes, each with the numbers of those that touched it."""
    out: list[Expected] = []
    texts: list[str] = []
    owner = -1
    touched: set[int] = set()
    for text, index, number in _stream(issued, changes):
        for place, part in enumerate(text.split(BREAK)):
            if place:
                if owner < 0 and not any(texts):
                    owner = index
                kind = issued[owner].kind if owner >= 0 else ""
                out.append(Expected("".join(texts), kind, owner, frozenset(touched)))
                texts, owner, touched = [], -1, set()
            texts.append(part)
            owner = index if owner < 0 and part else owner
            if number >= 0:
                touched.add(number)
    return out


def _stream(
    issued: Sequence[Anchor], changes: Sequence[tuple[int, Change]]
) -> Iterator[tuple[str, int, int]]:
    """Kept texts with their paragraph, and new texts with their change; -1 for the one that is not."""
    starts = [0, *accumulate(len(anchor.text) + 1 for anchor in issued)]
    ordered = sorted(
        (starts[change.anchor] + change.start, starts[change.anchor] + change.end, place, number, change.new)
        for place, (number, change) in enumerate(changes)
    )
    at = 0
    for start, end, _, number, new in ordered:
        yield from _kept(issued, starts, at, start)
        yield new, -1, number
        at = max(at, end)
    yield from _kept(issued, starts, at, starts[-1])


def _kept(
    issued: Sequence[Anchor], starts: Sequence[int], start: int, end: int
) -> Iterator[tuple[str, int, int]]:
    index = bisect_right(starts, start) - 1
    while start < end:
        stop = min(end, starts[index + 1])
        yield (issued[index].text + BREAK)[start - starts[index] : stop - starts[index]], index, -1
        start = stop
        index += 1


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a rebuilt text is as expected; else the changes that stand where it is not, and the untouched paragraphs that differ."""

    right: bool
    suspects: frozenset[int] = frozenset()
    elsewhere: tuple[int, ...] = ()


def compare(
    wanted: Sequence[Expected], rebuilt: Sequence[Anchor], free: Collection[int] = frozenset()
) -> Verdict:
    """Hold rebuilt paragraphs (contents left out) against what they must be; the issued ones of `free`, where untouched, may say what they like."""
    if len(wanted) != len(rebuilt):
        return Verdict(right=False)
    wrong = [
        each
        for each, made in zip(wanted, rebuilt, strict=True)
        if (each.text != made.text and (each.touched or each.issued not in free))
        or (each.kind and each.kind != made.kind)
    ]
    if not wrong:
        return Verdict(right=True)
    suspects = frozenset(number for each in wrong for number in each.touched)
    elsewhere = tuple(each.issued for each in wrong if not each.touched and each.issued >= 0)
    return Verdict(right=False, suspects=suspects, elsewhere=elsewhere)


def confined(
    before: Sequence[Anchor],
    after: Sequence[Anchor],
    old: Collection[SourceSlice],
    new: Collection[SourceSlice],
) -> bool:
    """Whether two states of a plan print the same but for what comes from these places: `old` in the sources before, `new` after."""
    return _apart(before, old) == _apart(after, new)


def _apart(anchors: Sequence[Anchor], places: Collection[SourceSlice]) -> list[tuple[str, str]]:
    """What is printed from elsewhere."""
    return [
        (anchor.kind, anchor.text)
        for anchor in anchors
        if anchor.kind != "toc" and not any(_meets(each, places) for each in _grounds(anchor))
    ]


def _grounds(anchor: Anchor) -> Iterator[SourceSlice]:
    """Every place that a paragraph rests on."""
    for piece in anchor.pieces:
        origin = piece.origin
        if isinstance(origin, SourceSlice):
            yield origin
            continue
        yield from (each for each in (origin.expression, origin.column) if each is not None)
        if isinstance(origin, DataValue):
            yield from (each.place for each in lineage(origin.datum) if each.place is not None)


def _meets(place: SourceSlice, others: Collection[SourceSlice]) -> bool:
    return any(
        place.path == other.path and place.start <= other.end and other.start <= place.end for other in others
    )
