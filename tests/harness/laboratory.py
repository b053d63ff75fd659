"""Builds of a workspace whose sources were changed on purpose, and how they differ from the issued file.

Two experiments. In one build each ideograph of the sources that may be changed is another sign, so that the printed sign tells which one it was.
In some builds each number of the data is changed or not, by a pattern of its own: a printed number that changed in just the builds of one pattern
is that number, one that changed in more is calculated from several.
"""

from __future__ import annotations

import math
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import combinations, islice
from pathlib import Path

from tests.harness.engine import Engine, NotBuilt
from tests.harness.package import Package, is_contents, text
from tests.harness.places import units
from tests.harness.sources import PRINTED, Scalar, Source, numbers, words

SIGNS = 0x20000
"""Signs from here on stand in no plan: CJK extension B and what follows it."""
Changes = Mapping[str, Sequence[tuple[int, int, str]]]


@dataclass(frozen=True)
class Prints:
    """The paragraphs of a built file (the contents empty), and the numbers of those that belong together."""

    texts: Sequence[str]
    units: Sequence[tuple[int, ...]]

    @classmethod
    def of(cls, data: bytes) -> Prints:
        """Read a built file."""
        package = Package.read(data)
        texts = ["" if is_contents(each) else text(each) for each in package.paragraphs()]
        return cls(texts, [tuple(unit) for unit in units(package)])

    def shapes(self) -> list[tuple[str, ...]]:
        """What the units say but for their numbers."""
        return [tuple(PRINTED.sub("#", self.texts[number]) for number in unit) for unit in self.units]


@dataclass(frozen=True)
class Number:
    """A number of the data, and the builds in which it is changed."""

    source: Source
    scalar: Scalar
    builds: frozenset[int]


class Laboratory:
    """A copy of a workspace in which sources are changed and built; the issued file is what it is compared with."""

    def __init__(self, root: Path, scratch: Path, engine: Engine, sources: Sequence[Source]) -> None:
        shutil.rmtree(scratch, ignore_errors=True)
        shutil.copytree(root, scratch, ignore=shutil.ignore_patterns("build"))
        self.root, self.engine, self.sources = scratch, engine, sources

    def built(self, changes: Changes) -> Prints | None:
        """The file with these changes; None where it cannot be built so."""
        for source in self.sources:
            pieces, at = [], 0
            for start, end, new in sorted(changes.get(source.path, ())):
                pieces += [source.raw[at:start], new]
                at = end
            (self.root / source.path).write_bytes("".join((*pieces, source.raw[at:])).encode())
        try:
            return Prints.of(self.engine.build(self.root).read_bytes())
        except NotBuilt:
            return None

    # Words -------------------------------------------------------------------------------------------------------------------------

    def origins(self, issued: Prints) -> list[dict[int, tuple[Source, int]]]:
        """For each paragraph: which of its characters stand where in which source."""
        known = list(words(self.sources))
        out: list[dict[int, tuple[Source, int]]] = [{} for _ in issued.texts]
        self._mark(issued, known, self.sources, out)
        return out

    def _mark(
        self,
        issued: Prints,
        known: Sequence[tuple[Source, int]],
        chosen: Sequence[Source],
        out: list[dict[int, tuple[Source, int]]],
    ) -> None:
        """Mark the words of these sources; where a name among them is missed, each half of the sources alone."""
        paths = {source.path for source in chosen}
        changes: dict[str, list[tuple[int, int, str]]] = {}
        for n, (source, at) in enumerate(known):
            if source.path in paths:
                changes.setdefault(source.path, []).append((at, at + 1, chr(SIGNS + n)))
        if not changes:
            return
        prints = self.built(changes)
        if prints is not None and len(prints.texts) == len(issued.texts):
            for number, (said, now) in enumerate(zip(issued.texts, prints.texts, strict=True)):
                if len(said) == len(now):
                    out[number] |= {
                        n: known[ord(sign) - SIGNS] for n, sign in enumerate(now) if ord(sign) >= SIGNS
                    }
        elif len(chosen) > 1:
            half = len(chosen) // 2
            self._mark(issued, known, chosen[:half], out)
            self._mark(issued, known, chosen[half:], out)

    # Numbers -----------------------------------------------------------------------------------------------------------------------

    def numbers(self) -> list[Number]:
        """The numbers of the data, each with a pattern of builds that is no part of another's."""
        found = list(numbers(self.sources))
        size = 1
        while math.comb(size, size // 2) < len(found):
            size += 1
        patterns = islice(combinations(range(size), size // 2), len(found))
        return [Number(*each, frozenset(pattern)) for each, pattern in zip(found, patterns, strict=True)]

    def followed(self, issued: Prints, known: Iterable[Number]) -> Reactions:
        """In which builds the printed numbers changed."""
        reactions = Reactions(issued)
        known = list(known)
        for build in sorted({build for number in known for build in number.builds}):
            changes: dict[str, list[tuple[int, int, str]]] = {}
            for number in known:
                if build in number.builds:
                    start, end = number.scalar.start, number.scalar.end
                    new = number.source.raw[start:end].replace(number.scalar.said, _other(number.scalar.said))
                    changes.setdefault(number.source.path, []).append((start, end, new))
            prints = self.built(changes)
            if prints is not None:
                reactions.add(build, prints)
        return reactions


class Reactions:
    """What became of printed numbers: the builds in which a unit was found again, and those in which a number of it had changed."""

    def __init__(self, issued: Prints) -> None:
        self.issued = issued
        self.found: dict[int, set[int]] = {number: set() for unit in issued.units for number in unit}
        self.changed: dict[tuple[int, int], set[int]] = {}

    def add(self, build: int, prints: Prints) -> None:
        """Compare one build."""
        before, after = self.issued.shapes(), prints.shapes()
        for a, b, size in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
            for n in range(size):
                for old, new in zip(self.issued.units[a + n], prints.units[b + n], strict=True):
                    self._compare(build, old, prints.texts[new])

    def of(self, number: int, start: int) -> set[int]:
        """The builds in which the number that begins here had changed; its sign may be counted to it."""
        return self.changed.get((number, start)) or self.changed.get((number, start - 1)) or set()

    def _compare(self, build: int, number: int, now: str) -> None:
        self.found[number].add(build)
        for old, new in zip(PRINTED.finditer(self.issued.texts[number]), PRINTED.findall(now), strict=True):
            if old.group() != new:
                self.changed.setdefault((number, old.start()), set()).add(build)


def _other(number: str) -> str:
    """A number that is larger by so much that every rounding shows it, with as many decimals."""
    exact = Decimal(number) * Decimal("1.37") + 1
    return f"{exact:.{len(number.partition('.')[2])}f}"
