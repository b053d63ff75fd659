"""The true place of printed words and numbers, found by experiment: what is printed otherwise once a source is changed comes from there.

No use is made of the engine's own map; of the builder only what it prints. What no experiment can change (a name that others refer to, a year)
is told by its neighbours: the table row or paragraph that it is printed in, where all else of it comes from one item of the data.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from tests.harness.engine import Engine
from tests.harness.laboratory import Laboratory, Prints
from tests.harness.package import OBJECT
from tests.harness.sources import NUMBER, YEAR, Scalar, Source, Spot, read
from tests.harness.truth import Ground, Nature

Item = tuple[str, int]
LABEL = re.compile(f"(?:附?[图表]|专栏){OBJECT}?\u3000")
REFERENCE = re.compile(r"[^{@]*@[a-z]+:[a-z0-9_-]+[^{@]*")
WORD = re.compile(r"\w")
PROSE = re.compile(r"[\w，。、；：]")
UNKNOWN = Ground(Nature.UNKNOWN)


@dataclass(frozen=True)
class Value:
    """A scalar of a source."""

    source: Source
    scalar: Scalar

    @property
    def item(self) -> Item:
        """The item of a list that it belongs to."""
        return self.source.path, self.scalar.item

    @property
    def spot(self) -> Spot:
        """Its line."""
        return self.source.spot(self.scalar.start)


class Experiment:
    """What each printed character is, by paragraph number."""

    def __init__(self, root: Path, scratch: Path, engine: Engine, data: bytes, plan: str) -> None:
        self.sources = sources = read(root, plan)
        laboratory = Laboratory(root, scratch, engine, sources)
        self.prints = Prints.of(data)
        self.unit_of = {number: unit for unit in self.prints.units for number in unit}
        marked = laboratory.origins(self.prints)
        self.origins = [_grown(said, known) for said, known in zip(self.prints.texts, marked, strict=True)]
        self.times = Counter(origin for number in self.unit_of for origin in self.origins[number].values())
        self.numbers = laboratory.numbers()
        self.reactions = laboratory.followed(self.prints, self.numbers)
        values = [Value(source, scalar) for source in sources for scalar in source.scalars]
        self.values: dict[str, list[Value]] = defaultdict(list)
        for value in values:
            self.values[value.scalar.said].append(value)
        self.lines: dict[Item, tuple[int, int]] = {}
        for value in values:
            first, last = self.lines.get(value.item, (value.spot.line, value.spot.line))
            self.lines[value.item] = min(first, value.spot.line), max(last, value.spot.line)
        self.measures = sorted(
            {v.scalar.said for v in values if v.scalar.key == "unit"}, key=len, reverse=True
        )
        self.known: dict[int, list[Ground]] = {}
        for unit in self.prints.units:
            self._tell(unit)

    def at(self, number: int, index: int) -> Ground:
        """What a character of a paragraph is."""
        return self.known[number][index] if number in self.known else UNKNOWN

    def _tell(self, unit: Sequence[int]) -> None:
        out: dict[int, list[Ground | None]] = {n: [None] * len(self.prints.texts[n]) for n in unit}
        items: Counter[Item] = Counter()
        for number in unit:
            items.update(self._shown(number, out[number]))
            items.update(self._reacted(number, out[number]))
        items = items + self._naming(unit, items) if items else self._shared(unit)
        for number in unit:
            self._looked_up(number, out[number], items)
            self._made(number, out[number], items)
            self.known[number] = [self._narrowed(ground, items) or UNKNOWN for ground in out[number]]

    # By experiment -----------------------------------------------------------------------------------------------------------------

    def _shown(self, number: int, out: list[Ground | None]) -> Iterator[Item]:
        """Characters whose origin was seen."""
        for index, origin in self.origins[number].items():
            source, offset = origin
            nature = Nature.REPEATED if self.times[origin] > 1 else Nature.TEXT
            out[index] = Ground(Nature.STRING if source.is_data else nature, source.spot(offset))
            if (scalar := source.scalar_at(offset)) is not None:
                yield source.path, scalar.item

    def _reacted(self, number: int, out: list[Ground | None]) -> Iterator[Item]:
        """Numbers that changed with the data, and the unit of measure after them."""
        said = self.prints.texts[number]
        for token in NUMBER.finditer(said):
            changed = self.reactions.of(number, token.start())
            if not changed or any(out[at] for at in range(*token.span())):
                continue
            found = self.reactions.found[number]
            reacting = [each for each in self.numbers if each.builds & found == changed]
            same = [each for each in reacting if _equal(each.scalar.said, token.group())]
            values = [Value(each.source, each.scalar) for each in same or reacting]
            if len(values) == 1 and values[0].scalar.item >= 0:
                yield values[0].item
            written = Nature.NUMBER if all(value.source.is_data for value in values) else Nature.TEXT
            ground = _one(values, written if same else Nature.DERIVED, f"{number}:{token.start()}")
            end = token.end() + next((len(u) for u in self.measures if said.startswith(u, token.end())), 0)
            while end > token.end() and out[end - 1] is not None:
                end -= 1
            out[token.start() : end] = [ground] * (end - token.start())

    # By the neighbours -------------------------------------------------------------------------------------------------------------

    def _shared(self, unit: Sequence[int]) -> Counter[Item]:
        """The only item that has more of these texts than any other, and two at least."""
        items = Counter(
            item
            for said in {self.prints.texts[n] for n in unit}
            for item in {v.item for v in self.values.get(said, ())}
        )
        (first, most), (_, next_most) = (*items.most_common(2), (("", 0), 0), (("", 0), 0))[:2]
        return Counter({first: most}) if most > max(next_most, 1) else Counter()

    def _naming(self, unit: Sequence[int], items: Counter[Item]) -> Counter[Item]:
        """Items that take their numbers by formula from one that is called the same: a row of theirs says either's name."""
        values = {value for n in unit for value in self.values.get(self.prints.texts[n], ())}
        return Counter(value.item for value in values if value.item not in items and self._names_again(value))

    def _names_again(self, value: Value) -> bool:
        """Whether the item of a value has its words in a formula as well."""
        first, last = self.lines[value.item]
        lines = value.source.raw.split("\n")[first - 1 : last]
        return value.scalar.item >= 0 and any(
            "formula" in line and value.scalar.said in line for line in lines
        )

    def _looked_up(self, number: int, out: list[Ground | None], items: Counter[Item]) -> None:
        """What is left, where it is a whole value or a list of some: of the items that the rest comes from, before all others."""
        said = self.prints.texts[number]
        label = LABEL.match(said)  # nobody wrote it, though a plan's setting may be the same word
        for left, end in _left(out, said):
            start = max(left, label.end() if label else 0)
            for first, last in ((start, end), *_parts(said, start, end)) if start < end else ():
                values = self.values.get(said[first:last], [])
                near = [value for value in values if value.item in items]
                values = near if len({value.spot for value in near}) == 1 else values
                figure = NUMBER.fullmatch(said[first:last])
                if not values or out[first] is not None or (figure and not YEAR.fullmatch(said[first:last])):
                    continue  # a number of the data would have changed with it
                data = all(value.source.is_data for value in values)
                nature = Nature.NUMBER if figure else Nature.STRING if data else Nature.TEXT
                token = f"{number}:{first}" if figure else ""
                out[first:last] = [_one(values, nature, token)] * (last - first)
                if first > start and said[first - 1] == "、" and out[first - 2] == out[first]:
                    out[first - 1] = out[first]

    def _made(self, number: int, out: list[Ground | None], items: Counter[Item]) -> None:
        """What nobody wrote: numbers that are counted, the signs around a number, references in words, the label of a caption."""
        said = self.prints.texts[number]
        for token in NUMBER.finditer(said):
            if all(out[at] is None for at in range(*token.span())):
                name = f"{number}:{token.start()}"
                made = Ground(Nature.DERIVED, token=name)
                if YEAR.fullmatch(token.group()):
                    near = [value for value in self.values.get(token.group(), ()) if value.item in items]
                    made = _one(near, Nature.NUMBER, name) if near else Ground(Nature.UNKNOWN, token=name)
                out[token.start() : token.end()] = [made] * len(token.group())
        if said == "—":
            out[0] = Ground(Nature.DERIVED, token=f"{number}:0")
        for start, end in _left(out, said):
            if said[start:end] != said and not PROSE.search(said, start, end):
                beside = [out[at] for at in (start - 1, end) if 0 <= at < len(said) and said[at] != OBJECT]
                if near_one := next((each for each in beside if each and each.token), None):
                    out[start:end] = [near_one] * (end - start)
        self._referred(number, out)
        label = LABEL.match(said)
        if label and label.end() < len(said) and (first := out[label.end()]) is not None:
            out[: label.end()] = [Ground(Nature.UNKNOWN, first.spot, also=first.also)] * label.end()

    def _referred(self, number: int, out: list[Ground | None]) -> None:
        """Where nothing but a reference or the mark of a note stands between two characters of a source, that is what is printed there."""
        said, origins = self.prints.texts[number], self.origins[number]
        for missing, group in groupby(range(len(said)), lambda at: out[at] is None):
            span = list(group)
            before, after = origins.get(span[0] - 1), origins.get(span[-1] + 1)
            if missing and before and after and before[0] is after[0]:
                source = before[0]
                if REFERENCE.fullmatch(source.raw, before[1] + 1, after[1]):
                    words = any(WORD.search(said[at]) for at in span)
                    made = Ground(Nature.DERIVED if words else Nature.UNKNOWN, source.spot(before[1] + 1))
                    out[span[0] : span[-1] + 1] = [made] * len(span)

    def _narrowed(self, ground: Ground | None, items: Counter[Item]) -> Ground | None:
        """Of several likely places the only one in the items that the rest comes from."""
        if ground is None or not ground.also:
            return ground
        near = {spot for spot in ground.also if any(self._in_item(spot, item) for item in items)}
        return replace(ground, spot=near.pop(), also=frozenset()) if len(near) == 1 else ground

    def _in_item(self, spot: Spot, item: Item) -> bool:
        path, start = item
        if start < 0 or spot.file != path:
            return False
        lines = self.lines[item]
        return lines[0] <= spot.line <= lines[1]


def _one(values: Sequence[Value], nature: Nature, token: str) -> Ground:
    spots = frozenset(value.spot for value in values)
    return Ground(nature, min(spots), token) if len(spots) == 1 else Ground(nature, None, token, spots)


def _left(out: Sequence[Ground | None], said: str) -> list[tuple[int, int]]:
    """Stretches that nothing is known of."""
    found, start = [], 0
    for missing, group in groupby(range(len(said)), lambda at: out[at] is None and said[at] != OBJECT):
        end = start + len(list(group))
        if missing:
            found.append((start, end))
        start = end
    return found


def _parts(said: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The members of a list in words."""
    for part in said[start:end].split("、"):
        yield start, start + len(part)
        start += len(part) + 1


def _equal(stands: str, printed: str) -> bool:
    """Whether a number is printed as it stands: rounded, if at all."""
    places = len(printed.partition(".")[2])
    return bool(abs(Decimal(stands) - Decimal(printed)) * 10**places <= Decimal("0.5"))


def _grown(said: str, known: dict[int, tuple[Source, int]]) -> dict[int, tuple[Source, int]]:
    """Also the punctuation, figures and letters beside marked words, where the source has the same there."""
    out = dict(known)
    for step, order in ((1, range(len(said))), (-1, range(len(said) - 1, -1, -1))):
        for index in order:
            if index in out or index - step not in out:
                continue
            source, offset = out[index - step]
            at = source.order.get(offset, -2) + step
            sign, place = source.visible[at] if 0 <= at < len(source.visible) else ("", 0)
            if sign == said[index] and source.stays(offset, place):
                out[index] = (source, place)
    return out
