"""A marked output → text whose every character has an origin."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from drafter.merge import marks
from drafter.merge.figures import Figure, Missing
from drafter.merge.functions import Marked
from drafter.source.origins import DataValue, Generated, MappedText, Origin, Piece, SourceSlice

Printed = tuple[str, Figure | Missing | Marked | None]
"""What a plain tag prints, and the value that it is."""


class Tracer:
    """Builds the pieces of one merge, left to right."""

    def __init__(
        self,
        paths: Sequence[str],
        values: Sequence[Figure | Missing | Marked],
        plain: Callable[[int], tuple[int, Printed]],
    ) -> None:
        """`plain` answers the offset of a stand-in with the end of its tag and what it prints."""
        self.paths, self.values, self.plain = paths, values, plain
        self.texts: list[str] = []
        self.pieces: list[Piece] = []
        self.length = 0

    def traced(self, marked: str) -> MappedText:
        """The mapped text of a marked output."""
        parts = marks.SPLIT.split(marked)
        opened: list[SourceSlice] = []
        value: Figure | Missing | Marked | None = None
        self._add(parts[0], Generated("expression"))
        for mark, text in zip(parts[1::2], parts[2::2], strict=True):
            kind = mark[0]
            if kind == marks.LITERAL:
                template, _, offset = mark[1:].partition(",")
                self.literal(int(template), int(offset), text)
                continue
            if kind == marks.OPEN:
                template, start, end = mark[1:].split(",")
                opened.append(SourceSlice(self.paths[int(template)], int(start), int(end)))
            elif kind == marks.CLOSE:
                opened.pop()
            value = self.values[int(mark[1:])] if kind == marks.DATUM else None
            if text:
                self._add(text, origin(value, opened[-1] if opened else None))
        return self.finished()

    def finished(self) -> MappedText:
        """What has been built."""
        return MappedText(marks.restored("".join(self.texts)), tuple(self.pieces))

    def literal(self, template: int, offset: int, text: str) -> None:
        """Characters that stand at `offset` of a template, with stand-ins of plain tags among them."""
        path = self.paths[template]
        at = 0
        while (found := text.find(marks.VALUE, at)) >= 0:
            self._slice(path, offset + at, text[at:found])
            end, (printed, value) = self.plain(offset + found)
            self._add(printed, origin(value, SourceSlice(path, offset + found, end)))
            at = end - offset
        self._slice(path, offset + at, text[at:] if at else text)

    def _slice(self, path: str, start: int, text: str) -> None:
        if not text:
            return
        end = start + len(text)
        if self.pieces:
            last = self.pieces[-1]
            before = last.origin
            if isinstance(before, SourceSlice) and before.end == start and before.path == path:
                self.texts.append(text)
                self.length += len(text)
                self.pieces[-1] = Piece(last.start, self.length, SourceSlice(path, before.start, end))
                return
        self._add(text, SourceSlice(path, start, end))

    def _add(self, text: str, origin: Origin) -> None:
        if text:
            self.texts.append(text)
            end = self.length + len(text)
            self.pieces.append(Piece(self.length, end, origin))
            self.length = end


def origin(value: Figure | Missing | Marked | None, tag: SourceSlice | None) -> Origin:
    """The origin of what a tag printed."""
    if isinstance(value, Figure):
        return DataValue(value.value.datum, tag, value.form)
    if isinstance(value, Marked):
        return Generated("markup", tag)
    return Generated("missing" if isinstance(value, Missing) else "expression", tag)
