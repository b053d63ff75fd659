"""Which paragraph of today is which issued one: writers have gone on since a version was issued.

Both sides are ours, so that more is known than of a returned file: the fragment of each paragraph, by its id and not by the name of its file,
and in a table made from data the row of the data. Within a fragment what reads the same keeps its order; what reads the same and is there only
once may have gone anywhere; what is left between two pairs is paired by likeness.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from itertools import pairwise
from types import MappingProxyType

from rapidfuzz.distance import Indel

from drafter.review.pairs import longest
from drafter.review.remarks import Change
from drafter.review.units import Unit, issued_units
from drafter.source.frozen import dataclass
from drafter.source.origins import DataValue
from drafter.word.anchors import Anchor

FLOOR = 0.45
"""Two paragraphs less alike than this are not the same one changed, unless nothing else is left between their neighbours."""

_SHORT = 4  # identical texts shorter than this prove nothing far from their place
_WEIGHED = 10_000  # pairs that one stretch may weigh

_CELL = re.compile(r"\[\d+\]$|\.[^.]*$")
"""What a key names in its row: a year or a column."""

_Key = tuple[bool, str]
_Group = tuple[str, bool]


@dataclass(frozen=True)
class Since:
    """What became of issued paragraphs, all by index.

    `now` has the paragraph today of an issued one; `doubtful` are issued ones whose partner may be another one that reads the same; `new` are
    those of today that nobody issued. `made` are the changes of issued paragraphs that have been brought in since, by what they change.
    """

    issued: Sequence[Anchor]
    today: Sequence[Anchor]
    now: Mapping[int, int]
    doubtful: frozenset[int]
    new: frozenset[int]
    made: Mapping[int, tuple[Change, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, issued: Sequence[Anchor], today: Sequence[Anchor]) -> Since:
        """The issued paragraphs held against those of today."""
        if [_identity(each) for each in issued] == [_identity(each) for each in today]:
            return cls(
                issued, today, {index: index for index in range(len(issued))}, frozenset(), frozenset()
            )
        work = _Pairing(_units(issued), _units(today), issued, today)
        work.same()
        work.moved()
        work.alike()
        now = dict(work.members())
        counted = {index for unit in work.theirs for index in unit.members}
        return cls(issued, today, now, work.doubtful(), frozenset(counted - set(now.values())))


def _identity(anchor: Anchor) -> tuple[str, str, str, int]:
    return anchor.node, anchor.kind, anchor.text, anchor.column


def _units(anchors: Sequence[Anchor]) -> list[Unit]:
    return [*issued_units(anchors, notes=False), *issued_units(anchors, notes=True)]


@dataclass
class _Pairing:
    """The work: `of` are the pairs so far, by their place among the issued units and among those of today."""

    ours: Sequence[Unit]
    theirs: Sequence[Unit]
    issued: Sequence[Anchor]
    today: Sequence[Anchor]
    of: dict[int, int] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    unsettled: set[int] = field(default_factory=set)

    def _pair(self, k: int, j: int) -> None:
        self.of[k] = j
        self.taken.add(j)

    def _groups(self) -> Iterator[tuple[list[int], list[int]]]:
        """The units of each fragment, its footnotes apart; those of no fragment by what they belong to."""
        mine, other = _grouped(self.ours, self.issued), _grouped(self.theirs, self.today)
        yield from ((found, other.get(group, [])) for group, found in mine.items())

    def same(self) -> None:
        """What reads the same in its fragment, in order. Where some of several that read alike are gone, nobody can tell which."""
        for ks, js in self._groups():
            a, b = [_key(self.ours[k]) for k in ks], [_key(self.theirs[j]) for j in js]
            before, after = Counter(a), Counter(b)
            for op in Indel.opcodes(a, b):
                if op.tag != "equal":
                    continue
                for step in range(op.src_end - op.src_start):
                    k, j = ks[op.src_start + step], js[op.dest_start + step]
                    self._pair(k, j)
                    if before[_key(self.ours[k])] != after[_key(self.ours[k])]:
                        self.unsettled.add(k)

    def moved(self) -> None:
        """What is there once, before and after, wherever it stands now."""
        before, after = Counter(map(_key, self.ours)), Counter(map(_key, self.theirs))
        places = {_key(unit): j for j, unit in enumerate(self.theirs)}
        for k, unit in enumerate(self.ours):
            key = _key(unit)
            once = before[key] == 1 == after[key] and len(unit.text) >= _SHORT
            if k not in self.of and once and places[key] not in self.taken:
                self._pair(k, places[key])

    def alike(self) -> None:
        """Between two neighbours that are paired in order: rows of the same row of the data, then what is most alike."""
        for ks, js in self._groups():
            for left_k, left_j in self._stretches(ks, js):
                self._rows(left_k, left_j)
                self._best(
                    [k for k in left_k if k not in self.of], [j for j in left_j if j not in self.taken]
                )

    def _stretches(self, ks: Sequence[int], js: Sequence[int]) -> Iterator[tuple[list[int], list[int]]]:
        """What is unpaired between two neighbours of the longest chain of pairs of one fragment that keep their order."""
        inside = set(js)
        pairs = sorted((self.of[k], k) for k in ks if self.of.get(k) in inside)
        chain = [(-1, -1), *longest([(k, j) for j, k in pairs]), (len(self.ours), len(self.theirs))]
        for (k0, j0), (k1, j1) in pairwise(chain):
            yield (
                [k for k in ks if k0 < k < k1 and k not in self.of],
                [j for j in js if j0 < j < j1 and j not in self.taken],
            )

    def _rows(self, ks: Sequence[int], js: Sequence[int]) -> None:
        known = {name: j for j in js if (name := _row_of(self.theirs[j], self.today))}
        for k in ks:
            j = known.get(_row_of(self.ours[k], self.issued))
            if j is not None and j not in self.taken:
                self._pair(k, j)

    def _best(self, ks: Sequence[int], js: Sequence[int]) -> None:
        """The best pairing that keeps the order; one that is alone on both sides is the same, rewritten."""
        if len(ks) * len(js) > _WEIGHED:
            return
        if len(ks) == 1 == len(js) and self._fits(ks[0], js[0]):
            self._pair(ks[0], js[0])
            return
        score: dict[tuple[int, int], float] = defaultdict(float)
        for a in range(1, len(ks) + 1):
            for b in range(1, len(js) + 1):
                likeness = self._likeness(ks[a - 1], js[b - 1])
                joined = score[a - 1, b - 1] + likeness if likeness else 0.0
                score[a, b] = max(score[a - 1, b], score[a, b - 1], joined)
        a, b = len(ks), len(js)
        while a and b:
            if score[a, b] == score[a - 1, b]:
                a -= 1
            elif score[a, b] == score[a, b - 1]:
                b -= 1
            else:
                self._pair(ks[a - 1], js[b - 1])
                a, b = a - 1, b - 1

    def _fits(self, k: int, j: int) -> bool:
        mine, other = self.ours[k], self.theirs[j]
        rows = _row_of(mine, self.issued), _row_of(other, self.today)
        return mine.row is other.row and (rows[0] == rows[1] or not all(rows))

    def _likeness(self, k: int, j: int) -> float:
        a, b = self.ours[k].text, self.theirs[j].text
        if not a or not b or not self._fits(k, j):
            return 0.0
        return Indel.normalized_similarity(a, b, score_cutoff=FLOOR)

    def members(self) -> Iterator[tuple[int, int]]:
        """The paragraphs of the pairs: cells of a row by their columns, by their words where a column came or went."""
        for k, j in self.of.items():
            mine, other = self.ours[k].members, self.theirs[j].members
            columns = [self.issued[each].column for each in mine], [self.today[each].column for each in other]
            if columns[0] == columns[1]:
                yield from zip(mine, other, strict=True)
                continue
            before = Counter(self.issued[each].text for each in mine)
            after = Counter(self.today[each].text for each in other)
            places = {self.today[each].text: each for each in other}
            for each in mine:
                text = self.issued[each].text
                if before[text] == 1 == after[text]:
                    yield each, places[text]

    def doubtful(self) -> frozenset[int]:
        """The issued paragraphs of pairs that may be others."""
        return frozenset(index for k in self.unsettled for index in self.ours[k].members)


def _key(unit: Unit) -> _Key:
    return unit.row, unit.text


def _grouped(units: Sequence[Unit], anchors: Sequence[Anchor]) -> dict[_Group, list[int]]:
    found: dict[_Group, list[int]] = defaultdict(list)
    for place, unit in enumerate(units):
        first = anchors[unit.members[0]]
        found[first.node.partition("#")[0], first.kind == "footnote"].append(place)
    return found


def _row_of(unit: Unit, anchors: Sequence[Anchor]) -> str:
    """The row of the data that a table row was made from; empty for any other."""
    for index in unit.members if unit.row else ():
        for piece in anchors[index].pieces:
            value = piece.origin
            if isinstance(value, DataValue) and value.expression is None and value.datum.place is not None:
                return _CELL.sub("", value.datum.key)
    return ""
