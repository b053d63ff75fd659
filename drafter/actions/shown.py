"""Remarks as they are shown, to people and as JSON."""

from __future__ import annotations

from drafter.actions.places import Issued, Line
from drafter.review import remarks as found
from drafter.source.frozen import dataclass


@dataclass(frozen=True, slots=True)
class InData:
    """A remark on a datum, by its key; of a derived one the place is that of its formula, without a file where that stands nowhere."""

    key: str
    file: str
    line: int
    column: int
    formula: str = ""
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unlocated:
    """A remark without a place, and why: a code of the catalogue."""

    unlocated: str


Target = Line | InData | Unlocated


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark as it is shown; `context` is the issued paragraph, `place` and `number` how a reader cites it.

    `obstacle` is why it is not written back (a code of the catalogue), empty where it was or may be; without `--apply` only what is known without
    trying. `elsewhere` are the other places of the plan that print the same, `parent` the comment that one answers, `resolved` whether it is marked
    as done.
    """

    id: str
    kind: str
    tracked: bool
    author: str
    date: str
    original: str
    proposed: str
    comment: str
    confidence: str
    target: Target
    place: str
    number: str
    context: str
    parent: str
    obstacle: str
    elsewhere: tuple[str, ...]
    resolved: bool


def shown(remark: found.Remark, places: Issued) -> Remark:
    """A remark with its place as it is today."""
    return Remark(
        remark.id, remark.kind, remark.tracked, remark.author, remark.date, remark.original, remark.proposed,
        remark.comment, remark.confidence, target_of(remark.target, places), remark.place, remark.number, remark.context,
        remark.parent, remark.obstacle, remark.elsewhere, remark.resolved,
    )  # fmt: skip


def target_of(target: found.Target, places: Issued) -> Target:
    """A target as a line of a file."""
    if isinstance(target, found.Unlocated):
        return Unlocated(target.reason)
    if isinstance(target, found.InFile):
        return Line(target.path, 0, 0)
    if isinstance(target, found.InSource):
        return places.line(target.slice)
    line = places.line(target.slice) if target.slice else Line("", 0, 0)
    return InData(target.key, line.file, line.line, line.column, target.formula, target.inputs)
