"""The true place of printed words, found by searching the source files: no use is made of the engine's own map.

A character's place is the one spot in all sources where the smallest telling stretch of words around it stands. A printed number of five or
more digits is a datum; where no data file has it, it is derived.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from pathlib import Path
from typing import Protocol

from tests.harness.package import OBJECT

NUMBER = re.compile(r"(\d{5,})(?:张|万元)?")
SKIPPED = re.compile(
    r"(?P<link>\]\([^)]*\))|(?P<entity>&amp;)|(?P<escape>\\(?=[^\w\s]))|(?P<note>\[\^[^\]]+\](?!:))"
    r"|(?P<front>(?<=\n)[ \t>]*(?:#+ |\d+\. |- |\[\^[^\]]+\]: )?)|(?P<mark>\*+|\[|\n)"
)
REACH = (3, 4, 5, 6, 8, 10, 14, 20)


@dataclass(frozen=True, order=True)
class Spot:
    """A line of a file."""

    file: str
    line: int


class Nature(Enum):
    """What a printed character is."""

    TEXT = auto()  # words of a fragment, a template or the outline
    REPEATED = auto()  # such words, standing once and printed several times
    STRING = auto()  # words of a datum
    NUMBER = auto()  # a datum's number
    DERIVED = auto()  # a number that no data file has
    UNKNOWN = auto()  # not told by searching


@dataclass(frozen=True)
class Ground:
    """Where a printed character stands in the sources, as far as searching tells, and what it is."""

    nature: Nature
    spot: Spot | None = None
    token: str = ""  # the number it belongs to
    also: frozenset[Spot] = frozenset()  # other places where the same value stands


@dataclass(frozen=True)
class File:
    """A source as it prints: markup taken out, each character with its offset in the file."""

    path: str
    raw: str
    printed: str
    offsets: tuple[int, ...]

    def line(self, index: int) -> int:
        """The line of a printed character."""
        return self.raw.count("\n", 0, self.offsets[index]) + 1


class Sources:
    """All text sources of a workspace, and the texts that were printed from them."""

    def __init__(self, root: Path, printed: Sequence[str]) -> None:
        self.files = read_sources(root)
        self.printed = "\n".join(printed)
        self.ground = cache(self._ground)

    def strings(self) -> set[str]:
        """The texts in the data that are printed as values."""
        return {
            said
            for file in self.files
            if file.path.startswith("data/")
            for said in re.findall(r"(?:简介|要点): ([^,}]+)", file.raw)
        }

    def _ground(self, said: str, index: int) -> Ground:
        """What the character `index` of a printed paragraph is."""
        if said[index] == OBJECT:
            return Ground(Nature.UNKNOWN)
        low, high = 0, len(said)
        for match in re.finditer(rf"{NUMBER.pattern}|{OBJECT}", said):
            if match.start() <= index < match.end():
                return self._number(match.group(1))
            low = max(low, match.end() if match.end() <= index else 0)
            high = min(high, match.start() if match.start() > index else high)
        return self._words(said, index, low, high)

    def _words(self, said: str, index: int, low: int, high: int) -> Ground:
        for reach in REACH:
            for a, b in (
                (index - reach, index + 1),
                (index, index + reach + 1),
                (index - reach, index + reach + 1),
            ):
                start, end = max(a, low), min(b, high)
                if end - start < min(4, high - low):
                    continue
                hits = list(self._hits(said[start:end]))
                if len(hits) == 1:
                    file, at = hits[0]
                    spot = Spot(file.path, file.line(at + index - start))
                    return Ground(self._nature(file, self._grown(said, start, end, (low, high))), spot)
        return Ground(Nature.UNKNOWN)

    def _grown(self, said: str, start: int, end: int, bounds: tuple[int, int]) -> str:
        """The longest stretch around these words that still stands in the sources: a short one may be printed twice by chance."""
        while start > bounds[0] and any(True for _ in self._hits(said[start - 1 : end])):
            start -= 1
        while end < bounds[1] and any(True for _ in self._hits(said[start : end + 1])):
            end += 1
        return said[start:end]

    def beside(self, said: str, index: int) -> Spot | None:
        """The line of the nearest words on both sides, where it is the same: the place of words that are too common to be found."""
        spots = []
        for way in (range(index, -1, -1), range(index, len(said))):
            known = (self.ground(said, each) for each in way)
            spots.append(next((each.spot for each in known if each.nature is Nature.TEXT), None))
        found = {spot for spot in spots if spot}
        return found.pop() if len(found) == 1 else None

    def _nature(self, file: File, words: str) -> Nature:
        if file.path.startswith("data/") and file.path not in {"data/plans/probe.yaml", "data/tables.yaml"}:
            return Nature.STRING
        return Nature.REPEATED if self.printed.count(words) > 1 else Nature.TEXT

    def _number(self, digits: str) -> Ground:
        hits = [
            (file, match.start())
            for file in self.files
            for match in re.finditer(rf"(?<!\d){digits}(?!\d)", file.raw)
        ]
        if not hits:
            return Ground(Nature.DERIVED, token=digits)
        if len(hits) > 1:
            return Ground(Nature.UNKNOWN)
        file, at = hits[0]
        nature = Nature.NUMBER if file.path.startswith("data/") else Nature.TEXT
        return Ground(nature, Spot(file.path, file.raw.count("\n", 0, at) + 1), digits)

    def _hits(self, said: str) -> Iterator[tuple[File, int]]:
        for file in self.files:
            at = file.printed.find(said)
            while at >= 0:
                yield file, at
                at = file.printed.find(said, at + 1)


def read_sources(root: Path) -> list[File]:
    """All text sources of a workspace, as they print."""
    paths = [*root.glob("sections/**/*.md"), *root.glob("data/**/*.yaml"), *root.glob("templates/*.j2")]
    return [_file(path, path.relative_to(root).as_posix()) for path in sorted(paths)]


class Truth(Protocol):
    """What printed characters are, by paragraph number and offset in the paragraph."""

    def at(self, number: int, index: int) -> Ground:
        """What a character is."""
        ...

    def beside(self, number: int, index: int) -> Spot | None:
        """The line of the nearest words on both sides, where it is the same."""
        ...


@dataclass(frozen=True)
class Unique:
    """The truth about the harness's own workspace, where every sentence stands once."""

    sources: Sources
    texts: Sequence[str]

    def at(self, number: int, index: int) -> Ground:
        """What a character is."""
        return self.sources.ground(self.texts[number], index)

    def beside(self, number: int, index: int) -> Spot | None:
        """The line of the nearest words on both sides, where it is the same."""
        return self.sources.beside(self.texts[number], index)


def totals(root: Path) -> list[str]:
    """The sums that the fixture prints, added up here from the data files, in a fixed order."""
    return [
        str(
            sum(
                int(number)
                for number in re.findall(rf"{column}: (\d+)", (root / "data" / name).read_text("utf-8"))
            )
        )
        for name, column in (("counties.yaml", "床位"), ("topics.yaml", "经费"))
    ]


def _file(path: Path, name: str) -> File:
    raw = path.read_bytes().decode().replace("\r\n", "\n")
    if not name.endswith(".md"):
        return File(name, raw, raw, tuple(range(len(raw))))
    printed: list[str] = []
    offsets: list[int] = []
    at = 0
    for match in SKIPPED.finditer(raw):
        printed.append(raw[at : match.start()])
        offsets += range(at, match.start())
        sign = {"entity": "&", "note": OBJECT}.get(match.lastgroup or "")
        if sign:
            printed.append(sign)
            offsets.append(match.start())
        at = match.end()
    printed.append(raw[at:])
    offsets += range(at, len(raw))
    return File(name, raw, "".join(printed), tuple(offsets))
