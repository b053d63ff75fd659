"""Slices of sources as places that people and machines read: file, line, column, in the file as it is today."""

from __future__ import annotations

from collections.abc import Mapping

from drafter.source.files import Source
from drafter.source.frozen import dataclass
from drafter.source.lines import changed
from drafter.source.origins import DataValue, Origin, SourceSlice


@dataclass(frozen=True, slots=True)
class Line:
    """A line and column of a file, both from 1."""

    file: str
    line: int
    column: int


class Issued:
    """The sources as they were when a file was built, and where their lines are today."""

    def __init__(self, texts: Mapping[str, str], today: Mapping[str, Source]) -> None:
        self._issued = {path: Source(path, text) for path, text in texts.items()}
        self._today = today
        self._moved: dict[str, dict[int, int]] = {}

    def line(self, part: SourceSlice) -> Line:
        """The place today of a slice of the issued text; for a line that has changed since, the line that stands there instead."""
        line, column = self._issued[part.path].position(part.start)
        today = self._today.get(part.path)
        if today is None or today.text == self._issued[part.path].text:
            return Line(part.path, line, column)
        if part.path not in self._moved:
            self._moved[part.path] = _line_moves(self._issued[part.path].text, today.text)
        number = self._moved[part.path][line]
        before, now = self._issued[part.path].line(line), today.line(number)
        return Line(part.path, number, column if before[: column - 1] == now[: column - 1] else 1)

    def last(self, part: SourceSlice) -> int:
        """The line today of the last character of a slice."""
        end = SourceSlice(part.path, max(part.end - 1, part.start), part.end)
        return self.line(end).line


def _line_moves(old: str, new: str) -> dict[int, int]:
    """For each line of the old text, by number from 1, the line that stands there in the new one."""
    before, after = old.split("\n"), new.split("\n")
    moved: dict[int, int] = {}
    at = to = 0
    for a, b, c, d in (*changed(before, after), (len(before), len(before), len(after), len(after))):
        moved.update({line + 1: to + line - at + 1 for line in range(at, a)})
        last = min(max(c, d - 1), len(after) - 1)
        moved.update({line + 1: min(c + line - a, last) + 1 for line in range(a, b)})
        at, to = b, d
    return moved


def slice_of(origin: Origin) -> SourceSlice | None:
    """Where an origin stands in a source: a slice itself, a value's scalar or else what printed it, what generated characters were made by."""
    if isinstance(origin, SourceSlice):
        return origin
    if isinstance(origin, DataValue):
        return origin.datum.place or origin.expression or origin.column
    return origin.expression or origin.column
