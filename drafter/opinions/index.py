"""The words of an issued file, to be searched many times: exactly, and nearly for what was copied with a slip.

All paragraphs but those of the contents stand in one string of plain characters without anything between them, so that a quotation over the end of
a paragraph, or over the cells of a table row, is found as well. Pairs of characters point into it; what is nearly there has many of them on one line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from rapidfuzz.distance import Levenshtein

from drafter.opinions.normal import plain
from drafter.source.frozen import dataclass
from drafter.word.anchors import Anchor

_LEAST = 5  # plain characters; less than these are never looked for nearly
_ACROSS = 8  # as many characters over an end of paragraph are no coincidence
_LINE = 8  # plain characters: how far the pairs of one place may stray
_TRIED = 8  # places that are looked at closely
_SLACK = 6  # characters that a place may begin earlier or later than its pairs say
_BEGINNINGS = 4  # of one place
_COMMON = 400  # a pair that stands oftener says nothing
ALIKE = 0.6
"""Words less alike than this are other words."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Words found: plain characters `start:end` of the index, and how alike they are, 1 where they are the same."""

    start: int
    end: int
    alike: float = 1.0


class Index:
    """The plain words of all issued paragraphs."""

    def __init__(self, issued: Sequence[Anchor]) -> None:
        self.issued = issued
        self.starts: list[int] = []
        self.paragraphs: list[int] = []
        texts: list[str] = []
        self._at: list[tuple[int, ...]] = []
        length = 0
        for number, anchor in enumerate(issued):
            words = plain(anchor.text) if anchor.kind != "toc" else None
            if words is not None and words.text:
                self.starts.append(length)
                self.paragraphs.append(number)
                texts.append(words.text)
                self._at.append(words.at)
                length += len(words.text)
        self.text = "".join(texts)

    def _entry(self, at: int) -> int:
        return bisect_right(self.starts, at) - 1

    def paragraph(self, at: int) -> int:
        """The issued paragraph of a plain character."""
        return self.paragraphs[self._entry(at)]

    def offset(self, at: int) -> int:
        """Where a plain character stands in the text of its paragraph."""
        entry = self._entry(at)
        return self._at[entry][at - self.starts[entry]]

    def within(self, hit: Hit) -> bool:
        """Whether a hit is in one paragraph."""
        return self._entry(hit.start) == self._entry(hit.end - 1)

    def home(self, hit: Hit) -> int:
        """The issued paragraph that has most of a hit."""
        first, last = self._entry(hit.start), self._entry(hit.end - 1)
        ends = [*self.starts, len(self.text)]

        def share(entry: int) -> int:
            return min(hit.end, ends[entry + 1]) - max(hit.start, ends[entry])

        return self.paragraphs[max(range(first, last + 1), key=share)]

    def inside(self, hit: Hit) -> tuple[int, int, int]:
        """Home of a hit, and its characters there as written."""
        home = self.home(hit)
        places = [at for at in range(hit.start, hit.end) if self.paragraph(at) == home]
        return home, self.offset(places[0]), self.offset(places[-1]) + 1

    def exact(self, words: str, among: Collection[int] | None = None) -> list[Hit]:
        """Every place where plain words stand, those in one paragraph if there are any; `among` are the paragraphs that count."""
        hits = [hit for hit in self._all(words) if among is None or self.home(hit) in among]
        inside = [hit for hit in hits if self.within(hit)]
        return inside or (hits if len(words) >= _ACROSS else [])

    def _all(self, words: str) -> Iterator[Hit]:
        at = self.text.find(words) if words else -1
        while at >= 0:
            if not self.cuts_number(at, at + len(words)):
                yield Hit(at, at + len(words))
            at = self.text.find(words, at + 1)

    def cuts_number(self, start: int, end: int) -> bool:
        """`132` does not stand in `1320`, nor in another cell's `132` next to a `0`."""
        return self._same_number(start) or self._same_number(end)

    def _same_number(self, at: int) -> bool:
        if not 0 < at < len(self.text) or self._entry(at) != self._entry(at - 1):
            return False
        before, behind = self.text[at - 1], self.text[at]
        if before.isdigit() and behind.isdigit():
            return True
        points = ".,"
        return (before.isdigit() and behind in points and self.text[at + 1 : at + 2].isdigit()) or (
            before in points and behind.isdigit() and self.text[at - 2 : at - 1].isdigit()
        )

    def near(self, words: str, among: Collection[int] | None = None) -> list[Hit]:
        """The places whose words are much like these, the most alike first; no two of them overlap."""
        if len(words) < _LEAST:
            return []
        found = list({hit for line in self._lines(words, among) for hit in self._fitted(words, line)})
        found.sort(key=lambda hit: (-hit.alike, hit.start))
        kept: list[Hit] = []
        for hit in found:
            if (among is None or self.home(hit) in among) and not any(
                hit.start < each.end and each.start < hit.end for each in kept
            ):
                kept.append(hit)
        return kept

    @cached_property
    def _pairs(self) -> dict[str, list[int]]:
        pairs: dict[str, list[int]] = defaultdict(list)
        for at in range(len(self.text) - 1):
            pairs[self.text[at : at + 2]].append(at)
        return pairs

    def _lines(self, words: str, among: Collection[int] | None) -> list[int]:
        """Where words like these may begin, by how many of their pairs stand there in their order."""
        votes: Counter[int] = Counter()
        near = self._near(among, len(words)) if among is not None else None
        for offset in range(len(words) - 1):
            places = self._pairs.get(words[offset : offset + 2], ())
            if near is not None:
                votes.update({(place - offset) // _LINE for place in places} & near)
            elif len(places) <= _COMMON:
                votes.update({(place - offset) // _LINE for place in places})
        both = {line: count + votes.get(line + 1, 0) for line, count in votes.items()}
        best = sorted(both, key=lambda line: (-both[line], line))[:_TRIED]
        return [line * _LINE for line in best]

    def _near(self, among: Collection[int], length: int) -> set[int]:
        """The lines on which words of this length stand in one of these paragraphs, if only in a part of it."""
        out: set[int] = set()
        ends = [*self.starts[1:], len(self.text)]
        for start, end, paragraph in zip(self.starts, ends, self.paragraphs, strict=True):
            if paragraph in among:
                out.update(range((start - length) // _LINE - 1, end // _LINE + 1))
        return out

    def _fitted(self, words: str, line: int) -> Iterator[Hit]:
        """The characters around a place that are most like these words; of several that are alike each, for none of them is then meant alone."""
        size, end = len(words), len(self.text)
        starts = [at for at in range(line - _SLACK, line + 2 * _LINE + _SLACK) if 0 <= at < end]
        most = int((1 - ALIKE) * size) + _SLACK  # what is further off becomes nothing by another end
        rough = {
            at: Levenshtein.distance(words, self.text[at : at + size], score_cutoff=most) for at in starts
        }
        rough = {at: distance for at, distance in rough.items() if distance <= most}
        for start in sorted(rough, key=lambda at: (rough[at], at))[:_BEGINNINGS]:
            span = self._best(words, [(start, at) for at in _about(start + size)])
            span = self._best(words, [(at, span[1]) for at in _about(start)])
            distance = Levenshtein.distance(words, self.text[slice(*span)])
            alike = 1 - distance / max(size, span[1] - span[0], 1)
            if alike >= ALIKE:
                yield Hit(*span, alike)

    def _best(self, words: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
        size = len(self.text)
        fitting = [(max(a, 0), min(b, size)) for a, b in spans if a < size and b > max(a, 0)]
        return min(
            fitting or [(0, size)],
            key=lambda span: (
                Levenshtein.distance(words, self.text[span[0] : span[1]]),
                abs(span[1] - span[0] - len(words)),
                span,
            ),
        )


def _about(at: int) -> range:
    return range(at - _SLACK, at + _SLACK + 1)
