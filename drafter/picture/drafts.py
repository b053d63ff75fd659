"""Paragraphs in the making: the only mutable things of this room, turned into the model's types at the end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from drafter.picture.model import CellPlace, Change, Paragraph, Revision, Run

OBJECT = "\ufffc"
NO_REVISIONS: tuple[Revision, ...] = ()
NO_MARKS: frozenset[str] = frozenset()
GONE = frozenset((Change.DELETED, Change.MOVED_FROM))
NEW = frozenset((Change.INSERTED, Change.MOVED_TO))


@dataclass(slots=True, eq=False)
class Point:
    """One end of a comment's range; it moves when a field behind it shrinks to its object."""

    paragraph: int
    offset: int
    closes: bool = False


@dataclass(slots=True, eq=False)
class Draft:
    """A paragraph while it is read. Text of one look and one state gathers until either changes."""

    index: int
    story: str
    style: str = ""
    bookmarks: list[str] = field(default_factory=list)
    open: tuple[str, ...] = ()
    mark: tuple[Revision, ...] = NO_REVISIONS
    cell: CellPlace | None = None
    row: tuple[Revision, ...] = NO_REVISIONS
    column: tuple[Revision, ...] = NO_REVISIONS
    length: int = 0
    in_contents: bool = False
    outside_contents: bool = False
    points: list[Point] = field(default_factory=list)
    _runs: list[Run] = field(default_factory=list)
    _texts: list[str] = field(default_factory=list)
    _revisions: tuple[Revision, ...] = NO_REVISIONS
    _marks: frozenset[str] = NO_MARKS
    _parted: bool = False

    def add(self, text: str, revisions: tuple[Revision, ...], marks: frozenset[str]) -> None:
        """Append text of one look and state."""
        if self._texts and (revisions is not self._revisions or marks != self._marks):
            self.settle()
        self._revisions, self._marks = revisions, marks
        self._texts.append(text)
        self.length += len(text)

    def add_object(self, run: Run) -> None:
        """Append an object, which stays a run of its own."""
        self.settle()
        self._runs.append(run)
        self.length += len(run.text)

    def settle(self) -> int:
        """Close the run in the making; the number of runs so far."""
        if self._texts:
            self._runs.append(Run("".join(self._texts), self._revisions, self._marks))
            self._texts.clear()
        return len(self._runs)

    def part(self) -> int:
        """Begin a new run, so that what follows can be cut; the number of runs so far."""
        self._parted = True
        return self.settle()

    def cut(self, runs: int, length: int) -> list[Run]:
        """Take away everything after the first `runs` runs; what stood there."""
        self.settle()
        gone = self._runs[runs:]
        del self._runs[runs:]
        self.length = length
        for point in reversed(self.points):
            if point.offset <= length:
                break
            point.offset = length + point.closes
        return gone

    def point(self, *, closes: bool) -> Point:
        """The place where the paragraph has got to."""
        point = Point(self.index, self.length, closes)
        self.points.append(point)
        return point

    def finished(self) -> Paragraph:
        """The paragraph."""
        self.settle()
        return Paragraph(
            self.index,
            tuple(_merged(self._runs) if self._parted else self._runs),
            self.style,
            tuple(self.bookmarks),
            self.open,
            self.mark,
            self.cell,
            self.row,
            self.story,
            self.in_contents and not self.outside_contents,
            self.column,
        )


def _merged(runs: list[Run]) -> list[Run]:
    """Runs of one look and state as one again, where a field began or ended between them."""
    out: list[Run] = []
    for run in runs:
        last = out[-1] if out else None
        plain = last is not None and _is_text(last) and _is_text(run)
        if last is not None and plain and (last.revisions, last.marks) == (run.revisions, run.marks):
            out[-1] = Run(last.text + run.text, run.revisions, run.marks)
        else:
            out.append(run)
    return out


def _is_text(run: Run) -> bool:
    return not (run.field or run.note or run.text == OBJECT)


def read_without(runs: Iterable[Run], dropped: frozenset[Change]) -> str:
    """What runs show without those that such a change says are not there."""
    kept = (run for run in runs if not any(revision.change in dropped for revision in run.revisions))
    return "".join(run.result if run.field else run.text for run in kept)
