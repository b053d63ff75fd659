"""The true place of printed words, found by searching the source files: no use is made of the engine's own map."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

WINDOW = 12
NUMBER = re.compile(r"\d[\d.]*")
SKIPPED = re.compile(
    r"(?P<link>\]\([^)]*\))|(?P<entity>&amp;)|(?P<escape>\\(?=[^\w\s]))|(?P<front>(?<=\n)[ \t>]*(?:#+ |\d+\. |- |\[\^\d+\]: )?)"
    r"|(?P<note>\[\^\d+\])|(?P<mark>\*+|\[|\n)"
)


@dataclass(frozen=True)
class Spot:
    """A line of a file."""

    file: str
    line: int


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
    """All text sources of a workspace."""

    def __init__(self, root: Path) -> None:
        paths = [*root.glob("sections/**/*.md"), *root.glob("data/**/*.yaml"), *root.glob("templates/*.j2")]
        self.files = [_file(path, path.relative_to(root).as_posix()) for path in sorted(paths)]

    def spots(self, said: str, start: int, end: int) -> set[Spot]:
        """Lines where the characters `start:end` of a printed text stand, or where they border for a point; empty where not unique."""
        found: set[Spot] = set()
        for a, b in _windows(said, start, end):
            hits = list(self._hits(said[a:b]))
            if len(hits) == 1:
                file, at = hits[0]
                edges = {
                    max(start - a - 1, 0),
                    min(start - a, b - a - 1),
                    max(min(end - a, b - a) - 1, 0),
                    min(end - a, b - a - 1),
                }
                found |= {Spot(file.path, file.line(at + edge)) for edge in edges}
                break
        return found

    def number(self, said: str, start: int, end: int) -> Spot | None:
        """The line of the datum whose printed number these characters touch, if exactly one file has that number once."""
        touched = [
            m
            for m in NUMBER.finditer(said)
            if m.start() <= end and m.end() >= start and m.end() - m.start() >= 4
        ]
        if len(touched) != 1:
            return None
        hits = [
            Spot(file.path, file.raw.count("\n", 0, m.start()) + 1)
            for file in self.files
            if file.path.startswith("data/")
            for m in re.finditer(rf"(?<!\d){re.escape(touched[0].group())}(?!\d)", file.raw)
        ]
        return hits[0] if len(hits) == 1 else None

    def count(self, said: str) -> int:
        """How often a text stands in the sources."""
        return sum(1 for _ in self._hits(said))

    def _hits(self, said: str) -> Iterator[tuple[File, int]]:
        for file in self.files:
            at = file.printed.find(said)
            while at >= 0:
                yield file, at
                at = file.printed.find(said, at + 1)


def _windows(said: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches of the text around an edit, best first, that hold no object character."""
    for before, after in ((WINDOW, WINDOW), (WINDOW, 0), (0, WINDOW), (6, 6), (6, 0), (0, 6)):
        a, b = max(start - before, 0), min(end + after, len(said))
        if b - a >= 5 and "\ufffc" not in said[a:b] and not NUMBER.search(said[a:b]):
            yield a, b


def _file(path: Path, name: str) -> File:
    raw = path.read_bytes().decode().replace("\r\n", "\n")
    if not name.endswith(".md"):
        return File(name, raw, raw, tuple(range(len(raw))))
    printed, offsets, at = [], [], 0
    for match in SKIPPED.finditer(raw):
        printed.append(raw[at : match.start()])
        offsets += range(at, match.start())
        if match.lastgroup == "entity":
            printed.append("&")
            offsets.append(match.start())
        elif match.lastgroup == "note":
            printed.append("\ufffc")
            offsets.append(match.start())
        at = match.end()
    printed.append(raw[at:])
    offsets += range(at, len(raw))
    return File(name, raw, "".join(printed), tuple(offsets))
