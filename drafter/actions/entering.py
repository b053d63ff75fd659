"""A remark as a row of a register: whose it is, where it stands today, who deals with it."""

from __future__ import annotations

from collections.abc import Iterable

from drafter.actions.places import Issued
from drafter.review.remarks import InData, InFile, InSource, Remark, Target, Unlocated
from drafter.rounds.model import Row, Spot
from drafter.source.files import Source
from drafter.source.frozen import dataclass
from drafter.source.origins import SourceSlice
from drafter.source.yaml import Mapping, Node, Scalar, Sequence, parse
from drafter.word.anchors import Record
from drafter.workspace.consistency import units
from drafter.workspace.fields import day_of
from drafter.workspace.model import Workspace
from drafter.workspace.names import Names

_OWNERS = ("owner", "责任单位", "责任科室", "承办科室")
"""The keys and columns by which a row of data names who answers for it."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent a file: the unit (a person for nobody's), how it came, and the first figures of the file's hash."""

    unit: str
    channel: str
    file: str


class Entering:
    """The remarks of files of one issued version as rows."""

    def __init__(self, record: Record, workspace: Workspace) -> None:
        self.record = record
        self.places = Issued(record.texts, workspace.sources)
        self._issued = record.anchors.paragraphs
        self._by_path = {each.path: each.owner for each in workspace.fragments.values()}
        self._by_id = {each.id: each.owner for each in workspace.fragments.values()}
        self._offices = frozenset(units(workspace.names)) if isinstance(workspace.names, Names) else None

    def rows(self, remarks: Iterable[Remark], sender: Sender, obstacle: str = "") -> tuple[Row, ...]:
        """A row for each remark, with the remark's own id; with an `obstacle` none of them has a spot or a change in the round's text."""
        return tuple(self._row(remark, sender, obstacle) for remark in remarks)

    def _row(self, remark: Remark, sender: Sender, obstacle: str) -> Row:
        key, unlocated = "", ""
        if isinstance(remark.target, InData):
            key = remark.target.key
        elif isinstance(remark.target, Unlocated):
            unlocated = remark.target.reason
        return Row(
            id=remark.id,
            unit=sender.unit,
            person="" if remark.author == sender.unit else remark.author,
            date=iso_day(remark.date),
            channel=sender.channel,
            kind=remark.kind.value,
            tracked=remark.tracked,
            chapter=remark.place,
            number=remark.number,
            where=self._where(remark.target),
            key=key,
            unlocated=unlocated,
            confidence=remark.confidence,
            original=remark.original,
            proposed=remark.proposed,
            comment=remark.comment,
            reply_to=remark.parent,
            spot=None if obstacle else self._spot(remark),
            change=None if obstacle else remark.change,
            obstacle=obstacle or remark.obstacle,
            file=sender.file,
            marks=remark.marks,
            office=self._office(remark),
        )

    def _where(self, target: Target) -> str:
        """`file:line:column`, as it is today."""
        if isinstance(target, InFile):
            return target.path
        part = target.slice if isinstance(target, InSource | InData) else None
        if part is None:
            return ""
        line = self.places.line(part)
        return f"{line.file}:{line.line}:{line.column}"

    def _spot(self, remark: Remark) -> Spot | None:
        """The issued words that it speaks of: those that it changes, else those that a comment stands at, else the paragraph."""
        if remark.change is not None:
            return Spot(remark.change.anchor, remark.change.start, remark.change.end)
        if not 0 <= remark.anchor < len(self._issued):
            return None
        start, end = remark.span or (0, len(self._issued[remark.anchor].text))
        return Spot(remark.anchor, start, end)

    def _office(self, remark: Remark) -> str:
        """Who answers for it: the row of the datum says it, where that is an office, else the fragment in which it stands or is printed."""
        target = remark.target
        if isinstance(target, InData) and target.slice is not None:
            found = self._of_datum(target.slice)
            if found and (not self._offices or found in self._offices):
                return found
        if isinstance(target, InSource) and target.slice.path in self._by_path:
            return self._by_path[target.slice.path]
        if 0 <= remark.anchor < len(self._issued):
            fragment = str(self._issued[remark.anchor].node).partition("#")[0]
            return self._by_id.get(fragment, "")
        return ""

    def _of_datum(self, part: SourceSlice) -> str:
        """The owner that the row around a scalar names; empty where it names none."""
        text = self.record.texts.get(part.path)
        root = parse(Source(part.path, text)).value if text is not None else None
        found = ""
        node: Node | None = root
        while node is not None and not isinstance(node, Scalar):
            if isinstance(node, Mapping):
                found = next(
                    (v.text for k, v in node.entries if k.text in _OWNERS and isinstance(v, Scalar)), found
                )
            inner = node.items if isinstance(node, Sequence) else [value for _, value in node.entries]
            node = next(
                (each for each in inner if each.start <= part.start < max(each.end, each.start + 1)), None
            )
        return found


def iso_day(moment: str) -> str:
    """The day of a moment as a word processor writes it (ISO), empty where it is none."""
    day = day_of(moment[:10])
    return day.isoformat() if day else ""
