"""The true place of printed words in a real workspace, found by searching its sources: no use is made of the engine's own map.

In a real plan a few words stand in many places, so the window is widened to the whole paragraph, or to the table row: its home is the block of a
source (a line of a fragment, a row of a dataset) that covers more of it than any other does. What the home has is there; a number is looked for
by the names in the tag that stands at its place. Where two homes are as good, searching cannot tell, and says so.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import groupby
from pathlib import Path

from tests.harness.joined import GRAM, Joined, Match, is_data
from tests.harness.package import OBJECT
from tests.harness.truth import Ground, Nature, Spot, read_sources

TOKEN = re.compile(r"\d+(?:\.\d+)?")
TAG = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
NAMES = re.compile(r"[\u3400-\u9fff“”]+|\d{4}")
SPAN = 4
"""A stretch of so many characters tells something where it stands outside the home."""
MOST = 400
TELLING = 4
NEAR = 12
"""So many lines at most lie between a paragraph and the one before it, where both stand in one fragment."""


@dataclass
class Unit:
    """A paragraph, or the cells of a table row, with where they stand."""

    numbers: Sequence[int]
    home: int = -1
    matches: dict[int, list[Match]] = field(default_factory=dict)
    covered: float = 0.0


class Search:
    """What each printed character is, by paragraph number."""

    def __init__(self, root: Path, texts: Sequence[str], units: Sequence[Sequence[int]], plan: str) -> None:
        self.texts = texts
        self.joined = Joined(
            [
                f
                for f in read_sources(root)
                if not f.path.startswith("sections/") or f.path.split("/")[1] == plan
            ]
        )
        data = [file for file in self.joined.files if is_data(file.path)]
        self.names = {"规划", *(name for f in data for name in re.findall(r"short: ([^,}\s]+)", f.raw))}
        self.values = [file for file in self.joined.files if file.path.startswith("data/")]
        self.units = sorted(
            {u for f in data for u in re.findall(r"unit: ([^,}\n]+)", f.raw)}, key=len, reverse=True
        )
        self.of: dict[int, Unit] = {}
        before: Unit | None = None
        for numbers in units:
            unit = self._unit(numbers, before)
            self.of |= dict.fromkeys(numbers, unit)
            before = unit if unit.home >= 0 and not self._in_data(unit) else before
        self._values = cache(self._whole)
        self._known: dict[int, list[Ground]] = {}

    def at(self, number: int, index: int) -> Ground:
        """What a character of a paragraph is."""
        if number not in self._known:
            self._known[number] = self._grounds(number)
        return self._known[number][index]

    def beside(self, number: int, index: int) -> Spot | None:
        """Nothing: in a real plan what stands between words of one line may be a value that stands elsewhere."""
        return None

    def _in_data(self, unit: Unit) -> bool:
        return is_data(self.joined.file(self.joined.blocks[unit.home]).path)

    # The home of a paragraph -------------------------------------------------------------------------------------------------------

    def _unit(self, numbers: Sequence[int], before: Unit | None) -> Unit:
        unit = Unit(numbers)
        score: Counter[int] = Counter()
        bonus: Counter[int] = Counter()
        found: dict[int, dict[int, list[Match]]] = defaultdict(lambda: defaultdict(list))
        for number in numbers:
            seen: dict[int, set[int]] = defaultdict(set)
            for match in self.joined.matches(self.texts[number]):
                block = self.joined.block(match.at)
                found[block][number].append(match)
                whole = match.end - match.start == len(self.texts[number])
                if match.end - match.start >= SPAN or whole:
                    seen[block].update(range(match.start, match.end))
                    bonus[block] = max(
                        bonus[block], (whole and self.joined.is_alone(match)) + self.joined.is_text(match.at)
                    )
            for block, covered in seen.items():
                score[block] += len(covered)
        if not score:
            return unit
        best = max(score.values())
        close = {block for block, count in score.items() if 10 * count >= 9 * best}
        score = Counter({block: 3 * count + bonus[block] for block, count in score.items()})
        top = max(score.values())
        length = sum(len(self.texts[number].replace(OBJECT, "")) for number in numbers)
        tied = [block for block, count in score.items() if count == top]
        unit.home = self._chosen(tied if len(numbers) == 1 else sorted(close), before)
        if unit.home >= 0 and best * 3 >= length:
            unit.matches, unit.covered = found[unit.home], best / max(length, 1)
        else:
            unit.home = -1
        return unit

    def _chosen(self, blocks: list[int], before: Unit | None) -> int:
        """The only one, or the only one that follows closely on the paragraph before."""
        if len(blocks) > 1 and before is not None:
            last = self.joined.spot(self.joined.blocks[before.home])
            spots = {block: self.joined.spot(self.joined.blocks[block]) for block in blocks}
            blocks = [b for b, s in spots.items() if s.file == last.file and 0 < s.line - last.line <= NEAR]
        return blocks[0] if len(blocks) == 1 else -1

    # The characters of a paragraph -------------------------------------------------------------------------------------------------

    @cached_property
    def _times(self) -> Counter[int]:
        """How often each character of the sources is printed."""
        times: Counter[int] = Counter()
        for number in self.of:
            literal = self._literal(number)
            if 2 * sum(at >= 0 for at in literal) < len(literal) or not self._certain(number):
                continue
            times.update({at for at in literal if at >= 0})
        return times

    def _certain(self, number: int) -> bool:
        """Whether no two stretches of the home are the same characters of the paragraph."""
        spans = Counter((match.start, match.end) for match in self.of[number].matches.get(number, ()))
        return all(
            count == 1
            for (start, end), count in spans.items()
            if end - start >= SPAN or end - start == len(self.texts[number])
        )

    def _literal(self, number: int) -> list[int]:
        """For each character where it stands in the home, -1 where it does not."""
        said = self.texts[number]
        out = [-1] * len(said)
        matches = self.of[number].matches.get(number, [])
        for match in sorted(matches, key=lambda m: m.end - m.start):
            if match.end - match.start >= min(SPAN, len(said)) or self._fits(said, match, matches):
                out[match.start : match.end] = range(match.at, match.at + match.end - match.start)
        for token in TOKEN.finditer(said):
            cut = {out[at] >= 0 for at in range(*token.span())}
            alone = all(at < 0 or at >= len(out) or out[at] < 0 for at in (token.start() - 1, token.end()))
            if len(cut) > 1 or (alone and token.group() != said):
                out[token.start() : token.end()] = [-1] * (token.end() - token.start())
        return out

    def _fits(self, said: str, match: Match, others: Sequence[Match]) -> bool:
        """Whether a short stretch stands between its neighbours in the home as it does in the paragraph."""
        long = [m for m in others if m.end - m.start >= SPAN]
        before = max((m.at for m in long if m.start < match.start), default=-1)
        after = min((m.at for m in long if m.start > match.start), default=len(self.joined.text))
        return bool(long) and before < match.at < after

    def _grounds(self, number: int) -> list[Ground]:
        said = self.texts[number]
        out: list[Ground | None] = [None] * len(said)
        if number not in self.of:
            return [Ground(Nature.UNKNOWN)] * len(said)
        literal = self._literal(number)
        row = len(self.of[number].numbers) > 1
        twins: dict[int, frozenset[Spot]] = defaultdict(frozenset)
        known = {literal[index] - index for index in range(len(said)) if literal[index] >= 0}
        spans = {(m.start, m.end) for m in self.of[number].matches.get(number, ()) if m.at - m.start in known}
        for match in self.of[number].matches.get(number, ()):
            if (match.start, match.end) in spans:
                for index in range(match.start, match.end):
                    twins[index] |= {self.joined.spot(match.at)}
        if row and any(at < 0 for at in literal):
            literal = [-1] * len(said)  # the words of a cell are all one value, or they are not told
        for index, at in enumerate(literal):
            if said[index] == OBJECT:
                out[index] = Ground(Nature.UNKNOWN)
            elif at >= 0:
                ground = self._stands(said, index, at)
                out[index] = replace(ground, also=ground.also | (twins[index] - {ground.spot}))
        self._elsewhere(number, said, out)
        for token in TOKEN.finditer(said):
            if out[token.start()] is None:
                end = token.end() + self._unit_after(said, token.end())
                while end > token.end() and out[end - 1] is not None:
                    end -= 1
                out[token.start() : end] = [self._number(number, token, literal)] * (end - token.start())
        self._shown(said, out)
        return [ground or Ground(Nature.UNKNOWN) for ground in out]

    def _stands(self, said: str, index: int, at: int) -> Ground:
        file, spot = self.joined.file(at), self.joined.spot(at)
        if not is_data(file.path):
            return Ground(Nature.REPEATED if self._times[at] > 1 else Nature.TEXT, spot)
        if TOKEN.fullmatch(said):
            # A short number may stand in the row by chance, and be looked up or calculated all the same.
            places = frozenset(spot for spot, _, _ in self._holding(said))
            alone = len(said) >= TELLING and len(places) == 1
            return Ground(
                Nature.NUMBER, spot if alone else None, said, frozenset() if alone else places | {spot}
            )
        start, end = at, at
        while not self.joined.is_whole(start, end) and start > at - MOST:
            start, end = (
                (start, end + 1)
                if end < at + MOST and self.joined.text[end] not in ",}\n"
                else (start - 1, end)
            )
        return Ground(Nature.STRING, spot, also=self._values(self.joined.text[start:end]) - {spot})

    def _whole(self, words: str) -> frozenset[Spot]:
        """Where in the data these words are a whole value."""
        hits = self.joined.grams.get(words[:GRAM], ())
        length = len(words)
        return frozenset(
            self.joined.spot(at)
            for at in hits
            if self.joined.text.startswith(words, at) and self.joined.is_cell(Match(0, length, at))
        )

    def _unit_after(self, said: str, end: int) -> int:
        return next((len(unit) for unit in self.units if said.startswith(unit, end)), 0)

    def _number(self, number: int, token: re.Match[str], literal: Sequence[int]) -> Ground:
        """A number that does not stand in the home: by the tag at its place, or by its being in one place only."""
        name = f"{number}:{token.group()}@{token.start()}"
        tag = self._tag(literal, token)
        unit = self.of[number]
        if len(unit.numbers) > 1 and tag is None:
            cells = frozenset(spot for spot, _, _ in self._holding(token.group()))
            return Ground(Nature.NUMBER if cells else Nature.DERIVED, token=name, also=cells)
        if tag is not None and re.search(r"[(+*/]|\bif\b", tag):
            return Ground(Nature.DERIVED, token=name)
        if tag is None:
            literal_too = frozenset(
                Spot(file.path, file.raw.count("\n", 0, hit.start()) + 1)
                for file in self.joined.files if file.path.endswith(".j2")
                for hit in re.finditer(rf"(?<!\d){re.escape(token.group())}(?!\d)", file.raw)
            )  # fmt: skip
            if literal_too:
                others = frozenset(spot for spot, _, _ in self._holding(token.group()))
                return Ground(Nature.NUMBER, token=name, also=literal_too | others)
        parts = NAMES.findall(tag or "")[1:]
        hits = {spot for spot, row, line in self._holding(token.group()) if self._says(parts, row, line)}
        if not hits:
            # A plan's years have other names in the text than in its file.
            hits = {s for s, _, _ in self._holding(token.group()) if not is_data(s.file)}
        if not hits:
            return Ground(Nature.DERIVED, token=name)
        first = re.match(r"\W*([\u3400-\u9fff]+)", tag or "")
        if len(hits) == 1 and first and first.group(1) in self.names:
            return Ground(Nature.NUMBER, hits.pop(), name)
        return Ground(Nature.NUMBER, token=name, also=frozenset(hits))

    def _says(self, parts: Sequence[str], row: str, line: str) -> bool:
        return all(part in (line if part.isdigit() else row) for part in parts)

    def _holding(self, digits: str) -> Iterator[tuple[Spot, str, str]]:
        """Rows of data in which this number is a value."""
        short = digits.rstrip("0").rstrip(".") if "." in digits else digits
        known = re.compile(rf"(?:: |, |\[)(?:{re.escape(digits)}|{re.escape(short)})(?=[,}}\]\s])")
        for file in self.values:
            for hit in known.finditer(file.raw):
                line = file.raw.count("\n", 0, hit.start()) + 1
                block = self.joined.block(self.joined.starts[self.joined.files.index(file)] + hit.start())
                text = file.raw.split("\n")[line - 1]
                yield Spot(file.path, line), self.joined.said(block), text

    def _tag(self, literal: Sequence[int], token: re.Match[str]) -> str | None:
        before = literal[token.start() - 1] if token.start() else -1
        if before < 0:
            return None
        file, at = self.joined.file(before), self.joined.raw(before) + 1
        found = re.compile(r"(?:\*|\[\^[^\]]*\])*\{\{(.*?)\}\}", re.DOTALL).match(file.raw, at)
        return found.group(1) if found else None

    def _elsewhere(self, number: int, said: str, out: list[Ground | None]) -> None:
        """Words that the home has not: a whole value, or words of a macro or a loop, where few places have them."""
        for missing, group in groupby(range(len(said)), lambda index: out[index] is None):
            span = list(group)
            if missing and (len(self.of[number].numbers) == 1 or len(span) == len(said)):
                words = said[span[0] : span[-1] + 1]
                if whole := self._value(words):
                    out[span[0] : span[-1] + 1] = [whole] * len(span)
                    continue
                inner = [
                    m
                    for m in self.joined.matches(words)
                    if m.end - m.start >= 2 * SPAN and not self.joined.is_text(m.at)
                ]
                for match in sorted(inner, key=lambda m: m.end - m.start):
                    value = self._value(words[match.start : match.end])
                    out[span[0] + match.start : span[0] + match.end] = [value] * (match.end - match.start)

    def _value(self, words: str) -> Ground | None:
        places = self._values(words)
        if not places or TOKEN.fullmatch(words) or len(words) < GRAM:
            return None
        first = min(places) if len(places) == 1 else None
        return Ground(Nature.STRING, first, also=places - {first})

    def _shown(self, said: str, out: list[Ground | None]) -> None:
        """Words between and beside tags: in which lines they stand so."""
        for missing, group in groupby(range(len(said)), lambda index: out[index] is None):
            span = list(group)
            if not missing:
                continue
            words = said[span[0] : span[-1] + 1]
            known = re.compile(rf"(?:\}}\}}\**{re.escape(words)})|(?:{re.escape(words)}\**\{{\{{)")
            places = frozenset(
                Spot(file.path, file.raw.count("\n", 0, hit.start()) + 1)
                for file in self.joined.files if not is_data(file.path) for hit in known.finditer(file.raw)
            )  # fmt: skip
            if places:
                first = min(places) if len(places) == 1 else None
                out[span[0] : span[-1] + 1] = [Ground(Nature.UNKNOWN, first, also=places - {first})] * len(
                    span
                )
