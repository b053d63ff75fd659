"""Which returned paragraph is which issued one.

In the order of ROUNDTRIP's rules, each on what the ones before left over: (0) identical text that is unique on both sides; (1) our
bookmarks, where the text does not speak against them; (2) between the longest chain of pairs in the same order, the best pairing by
likeness; (3) neighbours that complete a split or a merge; (4) moved paragraphs; (5) copies; (6) a hole with one paragraph on each
side is that paragraph, rewritten; (7) neighbours between which words went over. A bookmark names a paragraph and nothing else; its extent
is never read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from drafter.picture.model import ViewParagraph
from drafter.review.borders import bordered
from drafter.review.likeness import FLOOR, GAIN, SHORT, completed, rows_alike, similar
from drafter.review.pairs import Matched, Odd, Pair, Paired, longest
from drafter.review.units import issued_units, returned_units
from drafter.source.frozen import dataclass
from drafter.word.anchors import Anchor

_MOVED, _COPIED = 0.6, 0.9
_WINDOW = 10_000  # pairs that one window of the pairing may weigh
_PAIRS = 250_000  # pairs that may be weighed for moves and copies


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs in the order of the returned file, deletions where they were; empty paragraphs without a partner are left out.

    `odd` is what the pairs of tables do not say.
    """

    pairs: tuple[Pair, ...]
    odd: tuple[Odd, ...] = ()


def align(issued: tuple[Anchor, ...], returned: tuple[ViewParagraph, ...]) -> Alignment:
    """Pair the issued paragraphs with the returned ones, main story and footnotes apart."""
    pairs: list[Pair] = []
    odd: list[Odd] = []
    for notes in (False, True):
        ours = issued_units(issued, notes=notes)
        theirs = returned_units(returned, issued, notes=notes)
        matching = _Matching(ours, theirs)
        pairs += matching.pairs(issued, returned)
        odd += matching.odd
    return Alignment(tuple(pairs), tuple(odd))


@dataclass
class _Matching(Matched):
    """The work of one story."""

    def pairs(self, issued: Sequence[Anchor], returned: Sequence[ViewParagraph]) -> list[Pair]:
        self._identical()
        self._named()
        self._alike()
        self._splits()
        self._merges()
        self._moves()
        self._copies()
        self._holes()
        return list(bordered(Paired(self, issued, returned).pairs(), issued, returned))

    def _pair(self, k: int, j: int, how: str) -> None:
        self.of.setdefault(j, []).append(k)
        self.of[j].sort()
        self.used.setdefault(k, []).append(j)
        self.used[k].sort()
        self.how[j] = how

    def _fits(self, k: int, j: int) -> bool:
        """A row is a row, and what carries a bookmark of ours is no paragraph of the frame."""
        mine, other = self.ours[k], self.theirs[j]
        return mine.row is other.row and not (mine.frame and other.names)

    def _likeness(self, k: int, j: int, cutoff: float) -> float:
        if not self._fits(k, j):
            return 0.0
        return similar(self.ours[k].text, self.theirs[j].text, cutoff)

    def _kin(self, k: int, j: int) -> bool:
        """Whether a row may be another one rewritten: without a bookmark nothing tells a row that says other things from a new one."""
        mine, other = self.ours[k], self.theirs[j]
        return not mine.row or rows_alike(mine.text, other.text)

    def _identical(self) -> None:
        mine = Counter((unit.row, unit.text) for unit in self.ours)
        other = Counter((unit.row, unit.text) for unit in self.theirs)
        place = {(unit.row, unit.text): k for k, unit in enumerate(self.ours)}
        for j, unit in enumerate(self.theirs):
            key = (unit.row, unit.text)
            if len(unit.text) >= SHORT and mine[key] == 1 == other[key] and self._fits(place[key], j):
                self._pair(place[key], j, "exact")

    def _named(self) -> None:
        place = {name: k for k, unit in enumerate(self.ours) for name in unit.names}
        carriers: dict[int, list[int]] = defaultdict(list)
        renamed: dict[int, list[int]] = defaultdict(list)
        for j, unit in enumerate(self.theirs):
            for name in unit.names:
                if name in place and j not in self.of and self._fits(place[name], j):
                    carriers[place[name]].append(j)
            for name in unit.copies:
                if name in place and j not in self.of and self._fits(place[name], j):
                    renamed[place[name]].append(j)
        present = {place[name] for unit in self.theirs for name in unit.names if name in place and unit.text}
        for k, candidates in renamed.items():
            others = (unit for j, unit in enumerate(self.theirs) if j not in candidates)
            if k not in present and all(unit.text != self.ours[k].text for unit in others):
                carriers[k] += candidates
        self._settle_names(carriers)

    def _settle_names(self, carriers: dict[int, list[int]]) -> None:
        """Each name to its best carrier; a second carrier or a second name counts where it makes the texts more alike."""
        ranked = sorted(
            ((self._likeness(k, j, 0.0), k, j) for k, found in carriers.items() for j in found),
            key=lambda entry: (-entry[0], entry[1], entry[2]),
        )
        for likeness, k, j in ranked:
            mine, other = self.ours[k], self.theirs[j]
            if k in self.used or (bool(mine.text) and not other.text):
                continue
            if j in self.of:
                both = [self.ours[each].text for each in sorted([*self.of[j], k])]
                single = self._likeness(self.of[j][0], j, 0.0)
                if mine.row or similar("".join(both), other.text, 0.0) <= single + GAIN / 2:
                    continue
                self._pair(k, j, "merge")
            elif likeness > 0 or not mine.text or self._alone(k, j, carriers):
                self._pair(k, j, "bookmark")

    def _alone(self, k: int, j: int, carriers: dict[int, list[int]]) -> bool:
        """A text with nothing in common may still be the paragraph, where the name stands nowhere else."""
        return carriers[k] == [j] and sum(j in found for found in carriers.values()) == 1

    def _alike(self) -> None:
        for ks, js in self._gaps():
            for window_k, window_j in _windows(ks, js):
                self._pair_window(window_k, window_j)

    def _gaps(self) -> Iterator[tuple[list[int], list[int]]]:
        """What is unpaired between neighbours of the longest chain of pairs that keep their order."""
        fixed = [(self.of[j][0], j) for j in sorted(self.of)]
        chain = [(-1, -1), *longest(fixed), (len(self.ours), len(self.theirs))]
        for (k0, j0), (k1, j1) in pairwise(chain):
            ks = [k for k in range(k0 + 1, k1) if k not in self.used]
            js = [j for j in range(j0 + 1, j1) if j not in self.of]
            if ks and js:
                yield ks, js

    def _pair_window(self, ks: Sequence[int], js: Sequence[int]) -> None:
        steps = self._best_steps(ks, js)
        a, b = len(ks), len(js)
        while a or b:
            down, right = steps[a, b]
            for k in ks[a - down : a]:
                for j in js[b - right : b]:
                    self._pair(k, j, {(1, 1): "alike", (1, 2): "split", (2, 1): "merge"}[down, right])
            a, b = a - down, b - right

    def _best_steps(self, ks: Sequence[int], js: Sequence[int]) -> dict[tuple[int, int], tuple[int, int]]:
        score: dict[tuple[int, int], float] = {(0, 0): 0.0}
        steps: dict[tuple[int, int], tuple[int, int]] = {}
        for a in range(len(ks) + 1):
            for b in range(len(js) + 1):
                if not a and not b:
                    continue
                options = [(score[a - 1, b], (1, 0))] if a else []
                options += [(score[a, b - 1], (0, 1))] if b else []
                for step, gain in self._joins(ks, js, a, b):
                    options.append((score[a - step[0], b - step[1]] + gain, step))
                score[a, b], steps[a, b] = max(options)
        return steps

    def _joins(
        self, ks: Sequence[int], js: Sequence[int], a: int, b: int
    ) -> Iterator[tuple[tuple[int, int], float]]:
        if not a or not b:
            return
        k, j = ks[a - 1], js[b - 1]
        likeness = self._likeness(k, j, FLOOR)
        if (likeness >= FLOOR and self._kin(k, j)) or (
            not self.ours[k].text and not self.theirs[j].text and self._fits(k, j)
        ):
            yield (1, 1), likeness
        if b > 1 and js[b - 2] == j - 1 and self._plain(k, j, js[b - 2]):
            joined = similar(self.ours[k].text, self.theirs[j - 1].text + self.theirs[j].text, 0.75)
            if joined:
                yield (1, 2), joined + 0.05
        if a > 1 and ks[a - 2] == k - 1 and self._plain(k, j) and self._fits(k - 1, j):
            joined = similar(self.ours[k - 1].text + self.ours[k].text, self.theirs[j].text, 0.75)
            if joined and self.ours[k - 1].text and self.ours[k].text:
                yield (2, 1), joined + 0.3

    def _plain(self, k: int, *js: int) -> bool:
        return not self.ours[k].row and all(self._fits(k, j) and self.theirs[j].text for j in js)

    def _splits(self) -> None:
        """A returned paragraph that completes its neighbour's likeness to an issued one."""
        for j, unit in enumerate(self.theirs):
            if j in self.of or not unit.text:
                continue
            for neighbour in (j - 1, j + 1):
                if len(self.of.get(neighbour, ())) != 1 or self.how[neighbour] == "exact":
                    continue
                k = self.of[neighbour][0]
                if not self._plain(k, j):
                    continue
                parts = [self.theirs[each].text for each in sorted({*self.used[k], j})]
                before = "".join(parts[1:] if neighbour > j else parts[:-1])
                if completed(self.ours[k].text, before, "".join(parts)):
                    self._pair(k, j, "split")
                    self.how[neighbour] = "split"
                    break

    def _merges(self) -> None:
        """An issued paragraph that completes its neighbour's likeness to a returned one."""
        for k, unit in enumerate(self.ours):
            if k in self.used or len(unit.text) < SHORT:
                continue
            for neighbour in (k - 1, k + 1):
                js = self.used.get(neighbour, [])
                if len(js) != 1 or self.how[js[0]] == "exact" or not self._plain(k, js[0]):
                    continue
                texts = [self.ours[each].text for each in sorted({*self.of[js[0]], k})]
                before = "".join(texts[:-1] if k > neighbour else texts[1:])
                target = self.theirs[js[0]].text
                if completed(target, before, "".join(texts)):
                    self._pair(k, js[0], "merge")
                    break

    def _left(self) -> tuple[list[int], list[int]]:
        ks = [k for k, unit in enumerate(self.ours) if k not in self.used and unit.text]
        js = [j for j, unit in enumerate(self.theirs) if j not in self.of and unit.text]
        return ks, js

    def _moves(self) -> None:
        ks, js = self._left()
        if len(ks) * len(js) > _PAIRS:
            return
        found = [
            (self._likeness(k, j, _MOVED), k, j) for k in ks for j in js if len(self.ours[k].text) >= SHORT
        ]
        for likeness, k, j in sorted(found, key=lambda entry: (-entry[0], entry[1], entry[2])):
            if likeness >= _MOVED and k not in self.used and j not in self.of and self._kin(k, j):
                self._pair(k, j, "moved")

    def _copies(self) -> None:
        _, js = self._left()
        same = {(unit.row, unit.text): k for k, unit in reversed(list(enumerate(self.ours)))}
        wide = len(js) * len(self.ours) <= _PAIRS
        for j in js:
            unit = self.theirs[j]
            if len(unit.text) <= SHORT:
                continue
            k = same.get((unit.row, unit.text))
            if k is None and wide:
                found = ((self._likeness(each, j, _COPIED), -each) for each in range(len(self.ours)))
                likeness, nearest = max(found, default=(0.0, 0))
                k = -nearest if likeness > _COPIED else None
            if k is not None:
                self.copies[j] = k

    def _holes(self) -> None:
        """Between two pairs in order exactly one issued and one returned paragraph are left: the same one, rewritten."""
        for ks, js in self._gaps():
            ks_full = [k for k in ks if self.ours[k].text]
            js_full = [j for j in js if self.theirs[j].text and j not in self.copies]
            if len(ks_full) == 1 == len(js_full):
                k, j = ks_full[0], js_full[0]
                if self._fits(k, j) and self._kin(k, j):
                    self._pair(k, j, "rewritten")


def _windows(ks: Sequence[int], js: Sequence[int]) -> Iterator[tuple[Sequence[int], Sequence[int]]]:
    """Cut a pair of stretches that is too large to weigh at once, in proportion."""
    if len(ks) * len(js) <= _WINDOW:
        yield ks, js
        return
    a, b = (len(ks) + 1) // 2, (len(js) + 1) // 2
    yield from _windows(ks[:a], js[:b])
    if ks[a:] or js[b:]:
        yield from _windows(ks[a:], js[b:])
