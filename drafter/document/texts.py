"""The texts of a line in the making: ranges of a content are gathered, and cut out of the ground once."""

from __future__ import annotations

from drafter.document.ground import Ground, Runs, merged_offset, part
from drafter.document.tree import Inline, Mark, Proposed, Text
from drafter.source.origins import MappedText, Origin, Piece, SourceSlice

NO_MARKS: frozenset[Mark] = frozenset()


class Texts:
    """Inlines of one content. `exact` and `whole` add to the text of the present look, `flush` ends it."""

    def __init__(self, ground: Ground, content: str, runs: Runs) -> None:
        self.ground, self.content, self.runs = ground, content, runs
        # most contents are one run: content and merged text differ by a constant
        a, b, c, d = runs[0]
        self._base = c - a if len(runs) == 1 and b - a == d - c else None
        self.inlines: list[Inline] = []
        self.marks = NO_MARKS
        self.link = ""
        self.proposed: Proposed | None = None
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self._length = 0
        self._from = self._to = -1

    def merged(self, start: int, end: int) -> tuple[int, int]:
        """Content `start:end` in the merged text, with whatever stands between its lines there."""
        if self._base is not None:
            return start + self._base, end + self._base
        if start >= end:
            at = merged_offset(self.runs, start)
            return at, at
        inner = part(self.runs, start, end)
        return inner[0][2], inner[-1][3]

    def slice(self, start: int, end: int) -> SourceSlice | None:
        """The slice of a file that content `start:end` is, if it is one."""
        return self.ground.slice(*self.merged(start, end))

    def exact(self, start: int, end: int) -> None:
        """Characters that print as they stand."""
        base = self._base
        if base is not None:
            self._range(start + base, end + base)
            return
        for a, b, c, d in part(self.runs, start, end):
            if b - a != d - c:
                self.whole(self.content[start + a : start + b], start + a, start + b)
            else:
                self._range(c, d)

    def whole(self, text: str, start: int, end: int) -> None:
        """Characters that print as something else."""
        self.made(text, self.ground.whole(*self.merged(start, end)))

    def made(self, text: str, origin: Origin) -> None:
        """Characters of any one origin."""
        self._cut()
        self._add(text, [Piece(self._length, self._length + len(text), origin)])

    def flush(self) -> None:
        """End the text of one look."""
        if not self._length and self._from >= 0:
            if self._from < self._to:
                self._done(self.ground.mapped(self._from, self._to))
            self._from = self._to = -1
            return
        self._cut()
        if self._length:
            self._done(MappedText("".join(self._parts), tuple(self._pieces)))
            self._parts, self._pieces, self._length = [], [], 0

    def _done(self, mapped: MappedText) -> None:
        base = self.ground.path if self.proposed else ""
        self.inlines.append(Text(mapped, self.marks, self.link, self.proposed, base))

    def _range(self, start: int, end: int) -> None:
        """Merged characters, which continue those before them or not."""
        if self._to == start:
            self._to = end
        else:
            self._cut()
            self._from, self._to = start, end

    def _cut(self) -> None:
        if self._from >= 0:
            start, end = self._from, self._to
            self._from = self._to = -1
            self._add(self.ground.text[start:end], self.ground.pieces(start, end, self._length))

    def _add(self, text: str, pieces: list[Piece]) -> None:
        self._parts.append(text)
        self._pieces += pieces
        self._length += len(text)
