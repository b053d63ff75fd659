"""`drafter apply --undo`: applied rows taken back. The words that were put are replaced by what stood there before, and the rows are open again.

While a file is as it was left the place is known. In one that was changed since, the words must stand there still, and only once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from drafter.actions.apply import Wanted, diffs, holding, ids_of, opened, write
from drafter.actions.desk import Desk
from drafter.actions.registers import FOLDER, Held, Registers
from drafter.actions.rowstates import APPLIED, OPEN, Brought
from drafter.actions.rowstates import Row as Shown
from drafter.review.guard import confined
from drafter.review.remarks import SliceEdit
from drafter.rounds.footprints import Back, Mark, back, marks
from drafter.rounds.model import Applied, Register, Row
from drafter.source.edits import retexted
from drafter.source.files import Source
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Outcome, Place, Refused
from drafter.source.listed import listed
from drafter.source.origins import SourceSlice
from drafter.word.anchors import Record


@dataclass(frozen=True, slots=True)
class _Group:
    """Rows that stand or fall together, because they share what they have left in the files; how that is taken back."""

    rows: tuple[Row, ...]
    backs: tuple[Back, ...]

    @property
    def obstacle(self) -> str:
        """Why it cannot be."""
        return next((each.obstacle for each in self.backs if each.obstacle), "")


def undo(root: Path, plan: str, wanted: Wanted) -> Outcome[Brought]:
    """Take back the rows that were named, or those of the last run. Raises `Misnamed` and `Refused` as `apply` does."""
    desk, registers = Desk(root), Registers(root)
    with holding(registers, dry=wanted.dry):
        rounds = opened(registers, plan)
        groups = list(_groups(_chosen(rounds, plan, wanted.rows), desk.workspace.sources))
        record = registers.record(plan, rounds[-1].register.round.version)
        good = _held_against(desk, record, groups)
        after = _after(desk, good)
        gone = {row.id for group in good for row in group.rows}
        if not wanted.dry:
            write(desk, registers, [(held, _reopened(held.register, gone)) for held in rounds], after)
    shown = tuple(_shown(row, group, done=row.id in gone) for group in groups for row in group.rows)
    made = tuple(diffs(desk, after)) if wanted.dry else ()
    return Outcome(Brought(shown, (), tuple(sorted(after)), made, written=not wanted.dry))


def _chosen(rounds: Sequence[Held], plan: str, words: Sequence[str]) -> list[Row]:
    """The rows to take back, with those that share a place with one of them."""
    rows = [row for held in rounds for row in held.register.rows]
    applied = [row for row in rows if row.applied]
    ids = ids_of(rows, plan, words)
    missing = [id_ for id_ in ids if not any(row.id == id_ for row in applied)]
    if missing or not applied:
        facts = {"rows": listed(missing), "plan": plan}
        code = "apply.not-applied" if missing else "apply.nothing-applied"
        raise Refused(Issue(code, Place(f"{FOLDER}/{plan}"), facts))
    last = max(each.at for row in applied for each in row.applied)
    chosen = {row.id for row in applied if (row.id in ids if words else _at(row) == last)}
    shared = {each for row in applied if row.id in chosen for each in row.applied if each.was != each.now}
    return [row for row in applied if row.id in chosen or shared & set(row.applied)]


def _at(row: Row) -> str:
    return max(each.at for each in row.applied)


def _groups(rows: Iterable[Row], sources: Mapping[str, Source]) -> Iterator[_Group]:
    left = list(rows)
    while left:
        group, places = [left.pop(0)], set[Applied]()
        grown = True
        while grown:
            places |= {each for row in group for each in row.applied if each.was != each.now}
            more = [row for row in left if places & set(row.applied)]
            group += more
            left = [row for row in left if row not in more]
            grown = bool(more)
        yield _Group(
            tuple(group),
            tuple(back(each, sources.get(each.file)) for each in sorted(places, key=lambda each: each.line)),
        )


def _held_against(desk: Desk, record: Record, groups: Sequence[_Group]) -> list[_Group]:
    """Those that can be taken back: all together, and where that is not right one by one."""
    ready = [group for group in groups if not group.obstacle]
    if _right(desk, record, ready):
        return ready
    good: list[_Group] = []
    for group in ready:
        if _right(desk, record, [*good, group]):
            good.append(group)
    return good


def _right(desk: Desk, record: Record, groups: Sequence[_Group]) -> bool:
    """Whether the plan can be built without these, and, where a file was changed since, prints nothing else otherwise."""
    found = _marks(desk.workspace.sources, groups)
    if found is None:
        return False
    if not found:
        return True
    tried = desk.tried(record)
    made = desk.rebuilding(record)({path: text for path, (text, _) in found.items()})
    if made is None or tried.file is None:
        return False
    if all(each.exact for group in groups for each in group.backs):
        return True
    every = [(path, mark) for path, (_, each) in found.items() for mark in each]
    old = [mark.edit.slice for _, mark in every]
    new = [SourceSlice(path, mark.start, mark.end) for path, mark in every]
    return confined(tried.file.anchors.paragraphs, made.paragraphs, old, new)


def _marks(
    sources: Mapping[str, Source], groups: Iterable[_Group]
) -> Mapping[str, tuple[str, tuple[Mark, ...]]] | None:
    """The texts without what these have left, by path; None where two of them want the same characters."""
    edits = sorted({each.edit for group in groups for each in group.backs if each.edit})
    out: dict[str, tuple[str, tuple[Mark, ...]]] = {}
    for path in dict.fromkeys(edit[0] for edit in edits):
        own = [edit for edit in edits if edit[0] == path]
        if any(two[1] < one[2] for one, two in pairwise(own)):
            return None
        made = [SliceEdit(SourceSlice(path, start, end), text) for _, start, end, text in own]
        out[path] = marks(sources[path].text, made)
    return out


def _after(desk: Desk, groups: Sequence[_Group]) -> Mapping[str, Source]:
    sources = desk.workspace.sources
    found = _marks(sources, groups) or {}
    return {path: retexted(sources[path], text) for path, (text, _) in found.items()}


def _reopened(register: Register, gone: set[str]) -> Register:
    """A register in which these rows are not applied."""
    rows = tuple(replace(row, applied=()) if row.id in gone else row for row in register.rows)
    return replace(register, rows=rows)


def _shown(row: Row, group: _Group, *, done: bool) -> Shown:
    place = row.applied[0]
    reason = "" if done else group.obstacle or "review.guard"
    return Shown(row.id, OPEN if done else APPLIED, reason, place.file, place.line)
