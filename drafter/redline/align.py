"""Which blocks of the old text became which of the new one: a list of groups that covers both in order.

On each what the ones before have left over: (0) the same id, where ids are given; (1) identical text, first where it stands once on each
side, then at both ends of every hole; (2) in large holes, texts that share rare stretches of characters; (3) the pairing of a hole that
keeps the most characters: one to one, one to two (split), two to one (merge). Only pairs that keep their order count: what moved is
deleted and inserted. Two blocks less alike than half are not the same one changed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rapidfuzz.distance import Indel, LCSseq

from drafter.redline.chains import heaviest
from drafter.source.frozen import dataclass

ALIKE = 0.5
"""Two blocks less alike than this share of their characters are deleted and inserted."""

_SHINGLE, _RARE = 6, 3
_WINDOW = 4_000  # pairs of blocks of a hole that are weighed at once
_PART = 0.7  # of a part must be found in the whole for it to be a part of it
_SHORT = 4  # characters


@dataclass(frozen=True, slots=True)
class Unit:
    """A block as it is aligned: only blocks of one kind are paired. `name` stands for it like an id where it is the only one (a row's head)."""

    kind: str
    text: str
    id: str = ""
    name: str = ""
    joins: bool = False  # a paragraph, which can be split and merged


@dataclass(frozen=True, slots=True)
class Group:
    """Old blocks `a:b` became new blocks `c:d`; one of the two may be empty."""

    a: int
    b: int
    c: int
    d: int

    @property
    def paired(self) -> bool:
        """Whether both have blocks in it."""
        return self.b > self.a and self.d > self.c


def align(old: Sequence[Unit], new: Sequence[Unit]) -> list[Group]:
    """Groups in order; between two pairs, what was deleted stands before what was inserted, each block a group of its own."""
    groups = _absorbed(list(_Alignment(old, new).groups()), old, new)
    out: list[Group] = []
    a = c = 0
    for group in (*groups, Group(len(old), len(old), len(new), len(new))):
        out += (Group(k, k + 1, c, c) for k in range(a, group.a))
        out += (Group(group.a, group.a, k, k + 1) for k in range(c, group.c))
        out += [group] if group.paired else []
        a, c = group.b, group.d
    return out


def _absorbed(groups: list[Group], old: Sequence[Unit], new: Sequence[Unit]) -> list[Group]:
    """Pairs that take in a neighbour without a partner which completes them: a split or a merge that an id or a hole's edge hid."""
    out: list[Group] = []
    for n, group in enumerate(groups):
        a, c = (out[-1].b, out[-1].d) if out else (0, 0)
        after = groups[n + 1] if n + 1 < len(groups) else None
        b, d = (after.a, after.c) if after else (len(old), len(new))
        grown = group
        for wider in (
            Group(group.a, group.b, group.c - 1, group.d),
            Group(group.a, group.b, group.c, group.d + 1),
            Group(group.a - 1, group.b, group.c, group.d),
            Group(group.a, group.b + 1, group.c, group.d),
        ):
            if a <= wider.a and wider.b <= b and c <= wider.c and wider.d <= d and grown is group:
                grown = wider if _completes(group, wider, old, new) else grown
        out.append(grown)
    return out


def _completes(group: Group, wider: Group, old: Sequence[Unit], new: Sequence[Unit]) -> bool:
    if (group.b - group.a, group.d - group.c) != (1, 1) or old[group.a].text == new[group.c].text:
        return False
    if wider.b - wider.a == 1:
        return bool(_whole(old[wider.a], (new[wider.c], new[wider.c + 1]), 0))
    return bool(_whole(new[wider.c], (old[wider.a], old[wider.a + 1]), 0))


class _Alignment:
    """The work on one pair of sequences; a hole is `(a, b, c, d)` like a group."""

    def __init__(self, old: Sequence[Unit], new: Sequence[Unit]) -> None:
        self.old, self.new = old, new
        again = (self._same_once, self._ends)
        self._steps = (self._identified, *again, *again, self._named, self._rare)

    def groups(self) -> Iterator[Group]:
        """The pairs, in order."""
        whole = (0, len(self.old), 0, len(self.new))
        yield from self._through(whole, 0)

    def _through(self, hole: tuple[int, int, int, int], step: int) -> Iterator[Group]:
        """The pairs of one step, and those of the next steps in the holes between them."""
        a, b, c, d = hole
        if a == b or c == d:
            return
        if step == len(self._steps):
            yield from self._weighed(hole)
            return
        found = self._steps[step](hole)
        ends = [(a - 1, c - 1), *found, (b, d)]
        for (i, j), (k, m) in pairwise(ends):
            yield from self._through((i + 1, k, j + 1, m), step + 1)
            if (k, m) != (b, d):
                yield Group(k, k + 1, m, m + 1)

    def _identified(self, hole: tuple[int, int, int, int]) -> list[tuple[int, int]]:
        return self._once(hole, [unit.id for unit in self.old], [unit.id for unit in self.new])

    def _same_once(self, hole: tuple[int, int, int, int]) -> list[tuple[int, int]]:
        return self._once(hole, [unit.text for unit in self.old], [unit.text for unit in self.new])

    def _named(self, hole: tuple[int, int, int, int]) -> list[tuple[int, int]]:
        return self._once(hole, [unit.name for unit in self.old], [unit.name for unit in self.new])

    def _once(
        self, hole: tuple[int, int, int, int], ours: Sequence[str], theirs: Sequence[str]
    ) -> list[tuple[int, int]]:
        """What is said once on each side, as far as the order is kept; longer texts weigh more."""
        a, b, c, d = hole
        mine = Counter((self.old[k].kind, ours[k]) for k in range(a, b))
        other = {(self.new[k].kind, theirs[k]): k for k in range(c, d)}
        counts = Counter((self.new[k].kind, theirs[k]) for k in range(c, d))
        pairs = []
        for k in range(a, b):
            key = (self.old[k].kind, ours[k])
            if ours[k] and mine[key] == 1 == counts[key] and not self._elsewhere(k, other[key]):
                pairs.append((k, other[key], len(self.old[k].text) + 1))
        return heaviest(pairs)

    def _elsewhere(self, k: int, m: int) -> bool:
        """Both have ids, and not the same: they are not one block, whatever they say."""
        return bool(self.old[k].id and self.new[m].id) and self.old[k].id != self.new[m].id

    def _ends(self, hole: tuple[int, int, int, int]) -> list[tuple[int, int]]:
        """Identical blocks at both ends of a hole."""
        a, b, c, d = hole
        head, tail = [], []
        while a < b and c < d and self._equal(a, c):
            head.append((a, c))
            a, c = a + 1, c + 1
        while a < b and c < d and self._equal(b - 1, d - 1):
            b, d = b - 1, d - 1
            tail.append((b, d))
        return head + tail[::-1]

    def _equal(self, k: int, m: int) -> bool:
        mine, other = self.old[k], self.new[m]
        return (mine.kind, mine.text) == (other.kind, other.text) and not self._elsewhere(k, m)

    def _rare(self, hole: tuple[int, int, int, int]) -> list[tuple[int, int]]:
        """In a hole too large to weigh every pair: those that share stretches of characters which stand nearly nowhere else."""
        a, b, c, d = hole
        if (b - a) * (d - c) <= _WINDOW:
            return []
        mine, other = _shingles(self.old, a, b), _shingles(self.new, c, d)
        votes: Counter[tuple[int, int]] = Counter()
        for shingle, ks in mine.items():
            ms = other.get(shingle, ())
            if len(ks) <= _RARE and 0 < len(ms) <= _RARE:
                votes.update((k, m) for k in ks for m in ms if self._fits(k, m))
        first: dict[int, int] = {}
        second: dict[int, int] = {}
        for (k, m), _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
            if k not in first and m not in second and self._likeness(k, m) >= ALIKE:
                first[k], second[m] = m, k
        return heaviest([(k, m, len(self.old[k].text)) for k, m in first.items()])

    def _fits(self, k: int, m: int) -> bool:
        return self.old[k].kind == self.new[m].kind and not self._elsewhere(k, m)

    def _likeness(self, k: int, m: int) -> float:
        return Indel.normalized_similarity(self.old[k].text, self.new[m].text, score_cutoff=ALIKE)

    # -- the last step: the pairing that keeps the most

    def _weighed(self, hole: tuple[int, int, int, int]) -> Iterator[Group]:
        for a, b, c, d in _windows(hole):
            steps = self._best_steps(a, b, c, d)
            found = []
            k, m = b, d
            while k > a and m > c:
                down, right = steps[k - a][m - c]
                if down and right:
                    found.append(Group(k - down, k, m - right, m))
                k, m = k - down, m - right
            yield from found[::-1]

    def _best_steps(self, a: int, b: int, c: int, d: int) -> list[list[tuple[int, int]]]:
        score = [[0] * (d - c + 1) for _ in range(b - a + 1)]
        steps = [[(1, 0)] * (d - c + 1) for _ in range(b - a + 1)]
        kept: dict[tuple[int, int], int] = {}
        for k in range(1, b - a + 1):
            for m in range(1, d - c + 1):
                # of equal ones the pair, then the deletion: so the choice never hangs on anything but the texts
                options = [(score[k - 1][m], 0, (1, 0)), (score[k][m - 1], 0, (0, 1))]
                gain = kept[k, m] = self._kept(a + k - 1, c + m - 1)
                if gain:
                    options.append((score[k - 1][m - 1] + gain, 2, (1, 1)))
                if m > 1 and (both := self._split(a + k - 1, c + m - 2, gain, kept.get((k, m - 1), 0))):
                    options.append((score[k - 1][m - 2] + both, 1, (1, 2)))
                if k > 1 and (both := self._merged(a + k - 2, c + m - 1, gain, kept.get((k - 1, m), 0))):
                    options.append((score[k - 2][m - 1] + both, 1, (2, 1)))
                score[k][m], _, steps[k][m] = max(options)
        return steps

    def _kept(self, k: int, m: int) -> int:
        """How many characters a pair keeps, twice and one more so that two empty blocks are worth a pair; 0 where it is none."""
        if not self._fits(k, m):
            return 0
        one, other = self.old[k].text, self.new[m].text
        if not one or not other:
            return int(one == other)
        return round(self._likeness(k, m) * (len(one) + len(other))) + 1 if self._likeness(k, m) else 0

    def _split(self, k: int, m: int, second: int, first: int) -> int:
        """What old block k keeps as the two new blocks from m on."""
        parts = (self.new[m], self.new[m + 1])
        fits = self._fits(k, m) or self._fits(k, m + 1)
        return _whole(self.old[k], parts, max(first, second)) if fits else 0

    def _merged(self, k: int, m: int, second: int, first: int) -> int:
        """What the two old blocks from k on keep as new block m."""
        parts = (self.old[k], self.old[k + 1])
        fits = self._fits(k, m) or self._fits(k + 1, m)
        return _whole(self.new[m], parts, max(first, second)) if fits else 0


def _whole(whole: Unit, parts: tuple[Unit, Unit], alone: int) -> int:
    """What a whole keeps as two parts, in the measure of `_kept`; 0 where one of them is no part of it."""
    if not (whole.joins and parts[0].joins and parts[1].joins):
        return 0
    texts = [part.text for part in parts]
    if min(map(len, texts)) < _SHORT:
        return 0
    joined = texts[0] + texts[1]
    likeness = Indel.normalized_similarity(whole.text, joined, score_cutoff=0.65)
    if not likeness:
        return 0
    found = LCSseq.similarity(whole.text, joined)
    for text in texts:
        if found - LCSseq.similarity(whole.text, joined.replace(text, "", 1)) < _PART * len(text):
            return 0
    gain = round(likeness * (len(whole.text) + len(joined)))
    return gain if gain > alone else 0


def _shingles(units: Sequence[Unit], start: int, end: int) -> dict[str, list[int]]:
    out: dict[str, list[int]] = defaultdict(list)
    for k in range(start, end):
        text = units[k].text
        for shingle in {text[at : at + _SHINGLE] for at in range(len(text) - _SHINGLE + 1)}:
            out[shingle].append(k)
    return out


def _windows(hole: tuple[int, int, int, int]) -> Iterator[tuple[int, int, int, int]]:
    """A hole that is too large to weigh at once, cut in proportion."""
    a, b, c, d = hole
    if (b - a) * (d - c) <= _WINDOW or min(b - a, d - c) == 1:
        yield hole
        return
    middle, other = (a + b) // 2, (c + d) // 2
    yield from _windows((a, middle, c, other))
    yield from _windows((middle, b, other, d))
