"""Paired units as pairs of paragraphs: rows taken apart into cells, moves told from what kept its order."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import field

from drafter.picture.model import ViewParagraph
from drafter.review.units import Unit
from drafter.source.frozen import dataclass
from drafter.word.anchors import Anchor


@dataclass(frozen=True, slots=True)
class Pair:
    """Issued paragraphs and the returned ones that they became, as indexes.

    `how`: exact, bookmark, alike, split, merge, moved, rewritten, cell; `border` has neighbours between which words went over, `copy` the
    issued paragraph that was copied and `inserted` none; `deleted` has no returned one. `row`: a whole table row.
    """

    issued: tuple[int, ...]
    returned: tuple[int, ...]
    how: str
    moved: bool = False
    row: bool = False


@dataclass(frozen=True, slots=True)
class Odd:
    """What no paragraph of a table says: an issued row that has other columns now, `before` and `now`, or a row without words behind it (`now` 0)."""

    issued: int
    before: int
    now: int


@dataclass
class Matched:
    """Units of one story, paired: `of[j]` are the issued units of returned unit j, `used[k]` the returned units of issued unit k."""

    ours: Sequence[Unit]
    theirs: Sequence[Unit]
    of: dict[int, list[int]] = field(default_factory=dict)
    used: dict[int, list[int]] = field(default_factory=dict)
    how: dict[int, str] = field(default_factory=dict)
    copies: dict[int, int] = field(default_factory=dict)
    odd: list[Odd] = field(default_factory=list)


@dataclass(frozen=True)
class Paired:
    """Paired units as pairs of paragraphs."""

    matching: Matched
    issued: Sequence[Anchor]
    returned: Sequence[ViewParagraph]

    def pairs(self) -> Iterator[Pair]:
        """In the order of the returned file, deletions where they were."""
        work = self.matching
        order = [(min(ks), j) for j, ks in sorted(work.of.items())]
        kept = {j for _, j in longest(order)}
        waiting = [k for k, unit in enumerate(work.ours) if k not in work.used and unit.text]
        seen: set[int] = set()
        last = -1
        for j in range(len(work.theirs)):
            ks = work.of.get(j)
            last = ks[-1] if ks else last
            in_order = ks is not None and not kept.isdisjoint(work.used[ks[0]])
            if ks and in_order:
                while waiting and waiting[0] < ks[0]:
                    yield self._deleted(waiting.pop(0))
            if ks and not seen & set(ks):
                seen.update(ks)
                yield from self._paired(ks, work.used[ks[0]] if len(ks) == 1 else [j], moved=not in_order)
            elif not ks and work.theirs[j].text.strip("\x1f"):
                yield self._inserted(j)
            elif not ks and work.theirs[j].row and last >= 0:
                work.odd.append(Odd(work.ours[last].members[0], 0, 0))
        yield from map(self._deleted, waiting)

    def _deleted(self, k: int) -> Pair:
        return Pair(self.matching.ours[k].members, (), "deleted", row=self.matching.ours[k].row)

    def _inserted(self, j: int) -> Pair:
        unit = self.matching.theirs[j]
        k = self.matching.copies.get(j)
        if k is None:
            return Pair((), unit.members, "inserted", row=unit.row)
        return Pair(self.matching.ours[k].members, unit.members, "copy", row=unit.row)

    def _paired(self, ks: Sequence[int], js: Sequence[int], *, moved: bool) -> Iterator[Pair]:
        work = self.matching
        if len(ks) == 1 == len(js) and work.ours[ks[0]].row:
            yield from self._cells(work.ours[ks[0]], work.theirs[js[0]], moved=moved)
            return
        mine = tuple(member for k in ks for member in work.ours[k].members)
        other = tuple(member for j in js for member in work.theirs[j].members)
        how = "split" if len(js) > 1 else "merge" if len(ks) > 1 else work.how[js[0]]
        yield Pair(mine, other, how, moved=moved)

    def _cells(self, mine: Unit, other: Unit, *, moved: bool) -> Iterator[Pair]:
        """Cells of a paired row: by position; by text where a column came or went."""
        ours = _by_cell((self.issued[index].column, index) for index in mine.members)
        theirs = _by_cell(
            (cell.cell, index) for index in other.members if (cell := self.returned[index].cell) is not None
        )
        if max(ours) != max(theirs):
            self.matching.odd.append(Odd(mine.members[0], max(ours) + 1, max(theirs) + 1))
            yield from self._moved_cells(ours, theirs)
            return
        for column in sorted({*ours, *theirs}):
            yield from self._cell(ours.get(column, []), theirs.get(column, []), moved=moved)

    def _cell(self, mine: list[int], other: list[int], *, moved: bool) -> Iterator[Pair]:
        if len(mine) == len(other):
            for a, b in zip(mine, other, strict=True):
                yield Pair((a,), (b,), "cell", moved=moved)
            return
        filled = [index for index in other if self.returned[index].text]
        if mine and (filled or other):
            yield Pair(tuple(mine), tuple(filled or other[:1]), "cell", moved=moved)
        elif filled:
            yield Pair((), tuple(filled), "inserted")

    def _moved_cells(self, ours: dict[int, list[int]], theirs: dict[int, list[int]]) -> Iterator[Pair]:
        left = [index for column in sorted(theirs) for index in theirs[column]]
        for column in sorted(ours):
            for index in ours[column]:
                same = [other for other in left if self.returned[other].text == self.issued[index].text]
                if same:
                    left.remove(same[0])
                    yield Pair((index,), (same[0],), "cell")
                elif self.issued[index].text:
                    yield Pair((index,), (), "deleted")
        for other in left:
            if self.returned[other].text:
                yield Pair((), (other,), "inserted")


def _by_cell(places: Iterator[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for column, index in places:
        found[column].append(index)
    return found


def longest(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the pairs, given in the order of their second number, in which the first number rises."""
    tails: list[int] = []
    tail_values: list[int] = []
    before: list[int | None] = []
    for index, (value, _) in enumerate(pairs):
        at = bisect_left(tail_values, value)
        before.append(tails[at - 1] if at else None)
        tails[at:at] = [] if at < len(tails) else [index]
        tail_values[at:at] = [] if at < len(tail_values) else [value]
        tails[at], tail_values[at] = index, value
    chain = []
    index_or_none = tails[-1] if tails else None
    while index_or_none is not None:
        chain.append(pairs[index_or_none])
        index_or_none = before[index_or_none]
    return chain[::-1]
