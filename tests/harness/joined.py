"""The sources of a workspace as one text, cut into blocks, in which the stretches of a printed paragraph are looked for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.harness.package import OBJECT
from tests.harness.truth import File, Spot

GRAM = 2
REFERENCE = re.compile(r"@[a-z]+:[\w-]+$", re.ASCII)


@dataclass(frozen=True)
class Match:
    """Characters `start:end` of a paragraph stand in the joined sources at `at`."""

    start: int
    end: int
    at: int


class Joined:
    """All sources as one text, cut into blocks."""

    def __init__(self, files: Sequence[File]) -> None:
        self.files = files
        self.starts: list[int] = []
        self.blocks: list[int] = []
        text = ""
        self.borders: frozenset[int]
        for file in files:
            self.starts.append(len(text))
            self.blocks += [len(text) + at for at in _borders(file)]
            text += file.printed + "\0"
        self.text = text
        self.borders = frozenset(self.blocks)
        self.grams: dict[str, list[int]] = defaultdict(list)
        for at in range(len(text) - GRAM + 1):
            self.grams[text[at : at + GRAM]].append(at)

    def file(self, at: int) -> File:
        """The file of a character."""
        return self.files[bisect_right(self.starts, at) - 1]

    def spot(self, at: int) -> Spot:
        """The line of a character."""
        file = self.file(at)
        return Spot(file.path, file.line(at - self.starts[bisect_right(self.starts, at) - 1]))

    def raw(self, at: int) -> int:
        """The offset of a character in its file."""
        number = bisect_right(self.starts, at) - 1
        return self.files[number].offsets[at - self.starts[number]]

    def block(self, at: int) -> int:
        """The block of a character."""
        return bisect_right(self.blocks, at) - 1

    def said(self, block: int) -> str:
        """The text of a block."""
        end = self.blocks[block + 1] if block + 1 < len(self.blocks) else len(self.text)
        return self.text[self.blocks[block] : end]

    def is_text(self, at: int) -> bool:
        """Whether a character stands in running text or in what makes tables, not in data."""
        return not is_data(self.file(at).path)

    def is_whole(self, start: int, end: int) -> bool:
        """Whether these characters of data are a whole value."""
        before, after = self.text[max(start - 2, 0) : start], self.text[end : end + 1]
        return (before.endswith(('"', "[", "'")) or before in {": ", ", ", "- "}) and after in ",}]\"'\n\0"

    def _stands(self, said: str, match: Match) -> bool:
        """Whether a stretch ends on both sides where the source has something that prints otherwise: of data, a whole value."""
        end = match.at + match.end - match.start
        if not self.file(match.at).path.endswith((".md", ".j2")):
            return self.is_whole(match.at, end)
        before, after = self.text[max(match.at - 2, 0) : match.at], self.text[end : end + 2]
        left = match.at in self.borders or before[-1:] in {"}", "|", "\n", "\0"} or before in {": ", "| "}
        right = end in self.borders or after[:1] in {"{", "|", "@", "\n", "\0"} or after in {" |", " {"}
        left = (
            left
            or said[match.start - 1 : match.start] == OBJECT
            or self._gap(match.at)
            or (said[match.start - 1 : match.start] in {"", "\u3000"} and before[-1:] == " ")
        )
        left = left or bool(REFERENCE.search(self.text[max(match.at - 40, 0) : match.at]))
        return left and (right or said[match.end : match.end + 1] == OBJECT or self._gap(end))

    def _gap(self, at: int) -> bool:
        """Whether markup was taken out before a character."""
        return self.file(at - 1) is self.file(at) and self.raw(at) - self.raw(at - 1) > 1

    def is_cell(self, match: Match) -> bool:
        """Whether it is a whole value of the data, a head of a table, or a cell that somebody wrote."""
        if self.file(match.at).path.endswith(".yaml"):
            return self.is_whole(match.at, match.at + match.end)
        return self.is_alone(match)

    def is_alone(self, match: Match) -> bool:
        """Whether it is all that a line, a value or a cell says."""
        end = match.at + match.end - match.start
        before, after = self.text[max(match.at - 2, 0) : match.at], self.text[end : end + 2]
        starts = match.at in self.borders or before[-1:] in {"\n", "\0", '"', "|", "["}
        return (starts or before in {": ", "| ", ", ", "- "}) and (
            end in self.borders or after[:1] in '\n\0",]}' or after == " |"
        )

    def matches(self, said: str) -> list[Match]:
        """All stretches that can be made no longer on either side."""
        out = []
        for start in range(len(said) - GRAM + 1):
            for at in self.grams.get(said[start : start + GRAM], ()):
                if start and at and said[start - 1] == self.text[at - 1]:
                    continue
                length = GRAM
                while start + length < len(said) and said[start + length] == self.text[at + length]:
                    length += 1
                match = Match(start, start + length, at)
                if self._stands(said, match):
                    out.append(match)
        return out


def _borders(file: File) -> Iterator[int]:
    """Where blocks begin: lines of a fragment, rows of a dataset."""
    before = -1
    for at, offset in enumerate(file.offsets):
        gap = file.raw[max(before, 0) : offset]
        line = file.raw.rfind("\n", 0, offset) + 1
        starts = not gap or "\n" in gap or before < line
        if starts and (file.path.endswith((".md", ".j2")) or file.raw[line : line + 1] != " "):
            yield at
        before = offset


def is_data(path: str) -> bool:
    """Whether a file holds data: not what makes plans, tables or the workspace."""
    return path.startswith("data/") and not path.startswith(("data/plans/", "data/tables", "data/workspace"))
