"""The ground a fragment is read from: the merged text, and for any range of it the pieces, the slice and the place.

Three coordinates meet here: *content* (what an inline parser sees of one block), *merged* (the text that `merge` printed), and
*source* (the users' files). `Runs` lead from the first to the second, the pieces of the merged text from the second to the third.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from drafter.source.files import Source
from drafter.source.issues import Issue, Place
from drafter.source.origins import DataValue, Generated, MappedText, Origin, Piece, SourceSlice

Run = tuple[int, int, int, int]
"""Content start and end, merged start and end. Of equal length: character by character; else as a whole (`\\|`, a cut tab)."""

Runs = list[Run]


def one_run(length: int, start: int) -> Runs:
    """Content that stands in the merged text without interruption."""
    return [(0, length, start, start + length)]


def part(runs: Runs, start: int, end: int) -> Runs:
    """The runs of content `start:end`, counted from its own beginning."""
    out = []
    for index in range(_run_at(runs, start), len(runs)):
        a, b, c, d = runs[index]
        if a >= end:
            break
        first, last = max(a, start), min(b, end)
        if first < last:
            exact = b - a == d - c
            out.append(
                (first - start, last - start, c + first - a if exact else c, c + last - a if exact else d)
            )
    return out


def merged_offset(runs: Runs, at: int) -> int:
    """Where the content character `at` stands in the merged text; at the end of the content, where it ends."""
    if not runs:
        return 0
    a, b, c, d = runs[_run_at(runs, at)]
    if at >= b:
        return d
    return c + (at - a if b - a == d - c else 0)


def _run_at(runs: Runs, at: int) -> int:
    """The run that content character `at` is in, or the last before it. A paragraph in a quotation has one for each line."""
    return max(bisect_right(runs, at, key=_start) - 1, 0) if len(runs) > 1 else 0


def _start(run: Run) -> int:
    return run[0]


class Ground:
    """The merged text of a fragment and its pieces, ready to be cut."""

    def __init__(self, mapped: MappedText, path: str, sources: Mapping[str, Source]) -> None:
        self.text = mapped.text
        self._pieces = mapped.pieces
        self._starts = [piece.start for piece in mapped.pieces]
        self._exact = [_shift(piece) for piece in mapped.pieces]
        self.path = path
        self._sources = sources

    def pieces(self, start: int, end: int, at: int = 0) -> list[Piece]:
        """The pieces of merged `start:end`, counted from `at`."""
        index = bisect_right(self._starts, start) - 1
        out: list[Piece] = []
        while start < end:
            piece, shift = self._pieces[index], self._exact[index]
            stop = min(end, piece.end)
            origin = piece.origin
            if shift is not None and isinstance(origin, SourceSlice):
                origin = SourceSlice(origin.path, start + shift, stop + shift)
            out.append(Piece(at, at + stop - start, origin))
            at += stop - start
            start = stop
            index += 1
        return out

    def mapped(self, start: int, end: int) -> MappedText:
        """Merged `start:end` as a text of its own."""
        index = bisect_right(self._starts, start) - 1
        piece, shift = self._pieces[index], self._exact[index]
        if end <= piece.end and shift is not None and isinstance(piece.origin, SourceSlice):
            # nearly every text of a plan: one slice of the fragment's file
            origin = SourceSlice(piece.origin.path, start + shift, end + shift)
            return MappedText(self.text[start:end], (Piece(0, end - start, origin),))
        return MappedText(self.text[start:end], tuple(self.pieces(start, end)))

    def slice(self, start: int, end: int) -> SourceSlice | None:
        """The one slice of a file that merged `start:end` is, None where values, loops or tags interrupt it."""
        found: SourceSlice | None = None
        for piece in self.pieces(start, end):
            origin = piece.origin
            if not isinstance(origin, SourceSlice) or _shift(piece) is None:
                return None
            if found is None:
                found = origin
            elif found.path == origin.path and found.end == origin.start:
                found = SourceSlice(found.path, found.start, origin.end)
            else:
                return None
        return found

    def hull(self, start: int, end: int) -> SourceSlice | None:
        """From where to where a file must be cut to take out merged `start:end`, values and tags in it included."""
        while end > start and self.text[end - 1] in " \t\n":
            end -= 1
        if start >= end:
            return None
        first, last = self._outer(start), self._outer(end - 1)
        if first is None or last is None or first.path != last.path or first.start > last.end:
            return None
        return SourceSlice(first.path, first.start, last.end)

    def _outer(self, at: int) -> SourceSlice | None:
        """The slice that the merged character `at` is, or that of the expression which printed it."""
        index = bisect_right(self._starts, at) - 1
        origin, shift = self._pieces[index].origin, self._exact[index]
        if not isinstance(origin, SourceSlice):
            return origin.expression
        return origin if shift is None else SourceSlice(origin.path, at + shift, at + shift + 1)

    def origin(self, at: int) -> Origin:
        """The origin of the merged character `at`."""
        if not self._pieces:
            return Generated("empty")
        return self.pieces(at, at + 1)[0].origin if at < len(self.text) else self._pieces[-1].origin

    def whole(self, start: int, end: int) -> Origin:
        """One origin for merged `start:end` where it prints as something else: its slice, else that of its first character."""
        return self.slice(start, end) or self.origin(start)

    def place(self, at: int) -> Place:
        """The place of the merged character `at` in a user's file."""
        if at >= len(self.text) > 0:
            at = len(self.text) - 1
        origin = self.origin(at)
        where = origin.expression or _datum_place(origin) if not isinstance(origin, SourceSlice) else origin
        if where is None or where.path not in self._sources:
            return Place(self.path)
        return self._sources[where.path].place(where.start)

    def issue(self, code: str, at: int, **facts: str) -> Issue:
        """A problem at the merged character `at`."""
        return Issue(code, self.place(at), facts)


def _datum_place(origin: DataValue | Generated) -> SourceSlice | None:
    return origin.datum.place if isinstance(origin, DataValue) else None


def _shift(piece: Piece) -> int | None:
    """From the merged text to the file, where a piece maps character by character."""
    origin = piece.origin
    if isinstance(origin, SourceSlice) and origin.end - origin.start == piece.end - piece.start:
        return origin.start - piece.start
    return None
