"""Printed characters → their place in the sources; and how often a place is printed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from operator import itemgetter

from drafter.review.remarks import InData, InSource, Target, Unlocated
from drafter.source.origins import DataValue, Generated, Piece, SourceSlice, lineage
from drafter.word.anchors import Anchor


def target(anchor: Anchor, start: int, end: int) -> Target:
    """The place of characters `start:end` of an issued paragraph; of the characters beside it for a point."""
    pieces = touched(anchor, start, end) if start < end else beside(anchor, start)
    slices = [piece for piece in pieces if isinstance(piece.origin, SourceSlice)]
    if slices:
        return InSource(_union(slices, start, end))
    for piece in pieces:
        if isinstance(piece.origin, DataValue):
            return in_data(piece.origin)
    made = [piece.origin for piece in pieces if isinstance(piece.origin, Generated)]
    for place in (*(each.expression for each in made), *(each.column for each in made)):
        if place is not None:
            return InSource(place)
    return Unlocated("review.generated")


def stands_there(anchor: Anchor, start: int, end: int) -> bool:
    """Whether the words themselves stand at their `target`, not an expression that printed them from elsewhere."""
    pieces = touched(anchor, start, end) if start < end else beside(anchor, start)
    return any(not isinstance(piece.origin, Generated) for piece in pieces)


def asked_there(anchor: Anchor, start: int, end: int) -> bool:
    """Whether the words stand at their `target`, or an expression there prints them; what a table makes of itself is only asked for by its data."""
    pieces = touched(anchor, start, end) if start < end else beside(anchor, start)
    return any(not isinstance(piece.origin, Generated) or piece.origin.expression for piece in pieces)


def in_data(value: DataValue) -> InData:
    """The target of a printed value; of a derived one the place of its formula, with its inputs."""
    datum = value.datum
    if datum.formula:
        place = datum.place or value.expression or value.column
        return InData(datum.key, place, datum.formula, tuple(each.key for each in datum.inputs))
    return InData(datum.key, datum.place)


def touched(anchor: Anchor, start: int, end: int) -> list[Piece]:
    """The pieces that the characters `start:end` are part of."""
    return [piece for piece in anchor.pieces if piece.start < end and piece.end > start]


def beside(anchor: Anchor, at: int) -> list[Piece]:
    """The piece around a point, else the one before and the one after it."""
    inside = [piece for piece in anchor.pieces if piece.start < at < piece.end]
    before = [piece for piece in anchor.pieces if piece.end == at]
    after = [piece for piece in anchor.pieces if piece.start == at]
    return inside or [*before[-1:], *after[:1]]


def exact(piece: Piece) -> bool:
    """Whether a piece maps character by character."""
    origin = piece.origin
    return isinstance(origin, SourceSlice) and origin.end - origin.start == piece.end - piece.start


def part(piece: Piece, start: int, end: int) -> SourceSlice | None:
    """The slice of the characters `start:end` of a literal piece; None where it maps as a whole and they are not the whole."""
    origin = piece.origin
    if not isinstance(origin, SourceSlice):
        return None
    a, b = max(start, piece.start), min(end, piece.end)
    if exact(piece):
        return SourceSlice(origin.path, origin.start + a - piece.start, origin.start + b - piece.start)
    return origin if (a, b) == (piece.start, piece.end) else None


def _union(pieces: Sequence[Piece], start: int, end: int) -> SourceSlice:
    found = []
    for piece in pieces:
        origin = piece.origin
        if isinstance(origin, SourceSlice):
            whole = part(piece, start, end) or origin
            found.append(whole if start < end else _point(piece, origin, start))
    same = [each for each in found if each.path == found[0].path]
    if start == end:
        return same[0]
    return SourceSlice(found[0].path, min(each.start for each in same), max(each.end for each in same))


def _point(piece: Piece, origin: SourceSlice, at: int) -> SourceSlice:
    offset = origin.start if at <= piece.start else origin.end
    if exact(piece) and piece.start < at < piece.end:
        offset = origin.start + at - piece.start
    return SourceSlice(origin.path, offset, offset)


@dataclass(frozen=True)
class Printed:
    """How often each source character and each datum is printed in an issued file; contents tables do not count."""

    issued: Sequence[Anchor]

    def _pieces(self) -> Iterator[tuple[int, Piece]]:
        for index, anchor in enumerate(self.issued):
            if anchor.kind != "toc":
                for piece in anchor.pieces:
                    yield index, piece

    @cached_property
    def _literals(self) -> dict[str, list[tuple[int, int, int, int]]]:
        """By path: start, end, paragraph, offset in it; expressions under `=` and their path."""
        found: dict[str, list[tuple[int, int, int, int]]] = defaultdict(list)
        for index, piece in self._pieces():
            origin = piece.origin
            if isinstance(origin, SourceSlice):
                found[origin.path].append((origin.start, origin.end, index, piece.start))
            elif origin.expression is not None:
                place = origin.expression
                found["=" + place.path].append((place.start, place.end, index, piece.start))
        for entries in found.values():
            entries.sort()
        return found

    @cached_property
    def _reaches(self) -> dict[str, list[int]]:
        """By path: how far the entries up to each one reach, so that the ones at a place are found without asking all."""
        return {
            path: list(accumulate((end for _, end, *_ in entries), max))
            for path, entries in self._literals.items()
        }

    def _touching(self, path: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Start, end and paragraph of the entries of a path that share characters `start:end`, in order."""
        entries = self._literals.get(path, [])
        first = bisect_right(self._reaches.get(path, []), start)
        last = bisect_left(entries, end, key=itemgetter(0))
        yield from ((begin, stop, index) for begin, stop, index, _ in entries[first:last] if stop > start)

    @cached_property
    def _data(self) -> dict[SourceSlice, list[int]]:
        found: dict[SourceSlice, list[int]] = defaultdict(list)
        for index, piece in self._pieces():
            if isinstance(piece.origin, DataValue):
                for datum in lineage(piece.origin.datum):
                    if datum.place is not None and not datum.formula:
                        found[datum.place].append(index)
        return found

    @cached_property
    def _own(self) -> dict[SourceSlice, set[int]]:
        found: dict[SourceSlice, set[int]] = defaultdict(set)
        for index, piece in self._pieces():
            datum = piece.origin.datum if isinstance(piece.origin, DataValue) else None
            if datum is not None and datum.place is not None and not datum.formula:
                found[datum.place].add(index)
        return found

    def literal(self, place: SourceSlice) -> list[int]:
        """The issued paragraphs that print any of these characters, once for each time."""
        return [index for *_, index in self._touching(place.path, place.start, place.end)]

    def expression(self, place: SourceSlice) -> list[int]:
        """The issued paragraphs that print this expression's value, once for each time."""
        found = self._touching("=" + place.path, place.start, place.end)
        return [index for start, end, index in found if (start, end) == (place.start, place.end)]

    def datum(self, place: SourceSlice) -> list[int]:
        """The issued paragraphs that print the datum at this scalar, or something derived from it, once for each time."""
        return self._data.get(place, [])

    def itself(self, place: SourceSlice) -> frozenset[int]:
        """The issued paragraphs that print the datum at this scalar as it is."""
        return frozenset(self._own.get(place, ()))
