"""`drafter collect`: what reviewers did in returned Word files, each remark with its place, and on request the safe ones applied.

A file is held against the record of exactly what was issued, found by the opaque id in it. What cannot be read is refused with its reason; the
other files are collected all the same. With `--apply` each file sees the workspace as the ones before it have left it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from drafter.actions import held
from drafter.actions.build import QUIET
from drafter.actions.desk import Desk
from drafter.actions.others import Others
from drafter.actions.places import Issued, Line
from drafter.picture.reading import read
from drafter.review import remarks as found
from drafter.review.apply import Plan as Planned
from drafter.review.apply import plan_edits
from drafter.review.candidates import weighed
from drafter.review.match import match
from drafter.source.edits import write_sources
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Outcome, Place, Refused
from drafter.source.listed import listed
from drafter.source.messages import os_reason
from drafter.word.anchors import Record


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


@dataclass(frozen=True, slots=True)
class Row:
    """What became of a remark under `--apply`: `applied`, or `open` with the reason."""

    id: str
    result: str
    reason: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Account:
    """What came in and what became of it."""

    received: int
    read: int
    evidence: int
    refused: int
    remarks: int
    rows: int


@dataclass(frozen=True, slots=True)
class Collected:
    """All that was found."""

    remarks: tuple[Remark, ...]
    rows: tuple[Row, ...]
    account: Account


@dataclass(frozen=True, slots=True)
class _Returned:
    """One file that was read."""

    name: str
    record: Record
    remarks: tuple[found.Remark, ...]


Told = tuple[tuple[found.Remark, ...], tuple[Row, ...]]
"""The remarks of a file with their obstacles, and with `--apply` what became of them."""


def collect(root: Path, files: Iterable[Path], apply: bool = False) -> Outcome[Collected]:  # noqa: FBT001, FBT002 -- a flag
    """Read returned files; with `apply`, write the edits that are safe into the sources."""
    wanted = tuple(files)
    desk, records = Desk(root), held.Records(root)
    others = Others(desk)
    issues = [issue for issue in desk.problems if apply and issue.code not in QUIET]
    remarks: list[Remark] = []
    rows: list[Row] = []
    seen: dict[str, str] = {}
    refused = 0
    for path in wanted:
        try:
            data = _bytes(path, seen)
            returned = _returned(records, path.as_posix(), data, issues, first=len(remarks) + 1)
        except Refused as error:
            issues += error.issues
            refused += 1
            continue
        weighed, own = (
            _applied(desk, returned, others, issues) if apply else _weighed(desk, returned, others, issues)
        )
        places = Issued(returned.record.texts, desk.workspace.sources)
        remarks += [_shown(remark, places) for remark in weighed]
        rows += own
    account = Account(len(wanted), len(wanted) - refused, 0, refused, len(remarks), len(rows))
    return Outcome(Collected(tuple(remarks), tuple(rows), account), tuple(issues))


def _bytes(path: Path, seen: dict[str, str]) -> bytes:
    """What a file holds; refused where it cannot be read, or is another one over again: nobody's opinion counts twice."""
    name = path.as_posix()
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refused(Issue("source.unreadable", Place(name), {"reason": os_reason(error)})) from error
    digest = hashlib.sha256(data).hexdigest()
    if digest in seen:
        raise Refused(Issue("collect.twice", Place(name), {"first": seen[digest]}))
    seen[digest] = name
    return data


def _returned(records: held.Records, name: str, data: bytes, issues: list[Issue], first: int) -> _Returned:
    outcome = read(data, name)
    if outcome.value is None:
        raise Refused(*outcome.issues)
    record = records.find(outcome.value.release, name)
    matched = match(record, outcome.value, name, first)
    issues += [*outcome.issues, *matched.issues]
    return _Returned(name, record, matched.value or ())


def _weighed(desk: Desk, returned: _Returned, others: Others, issues: list[Issue]) -> Told:
    """The remarks of a file with what would keep each from being written back, as far as that is known without trying."""
    if not returned.remarks:
        return (), ()
    record = returned.record
    remarks = weighed(record, returned.remarks, desk.workspace.sources, desk.changed(record))
    issues += _other_plans(record.plan, remarks, others, Issued(record.texts, desk.workspace.sources))
    return remarks, ()


def _applied(desk: Desk, returned: _Returned, others: Others, issues: list[Issue]) -> Told:
    """Write what is safe of a file; each of its remarks gets a row that says what became of it."""
    if not returned.remarks:
        return (), ()
    record, sources = returned.record, desk.workspace.sources
    changed = desk.changed(record)
    planned = plan_edits(record, returned.remarks, sources, desk.rebuilding(record), changed)
    now = {remark.id: remark for remark in (*planned.applied, *planned.refused)}
    shared = list(_other_plans(record.plan, now.values(), others, Issued(record.texts, sources)))
    try:
        write_sources(desk.root, [sources[path] for path in planned.patched], planned.patched)
    except Refused as refused:
        issues += refused.issues
        now |= {remark.id: replace(remark, obstacle="collect.not-written") for remark in planned.applied}
    if planned.patched:
        desk.renew()
    remarks = tuple(now[remark.id] for remark in returned.remarks)
    rows = _rows(remarks, Issued(record.texts, desk.workspace.sources))
    issues += [*_places(planned, rows), *shared]
    issues += [Issue("collect.source-changed", Place(path)) for path in sorted(_blamed(rows, changed))]
    return remarks, rows


def _other_plans(
    plan: str, remarks: Iterable[found.Remark], others: Others, lines: Issued
) -> Iterator[Issue]:
    """The places in other plans that print what a remark changes: they change with it."""
    for remark in remarks:
        for other, places in others.printing(plan, remark):
            target = _target(remark.target, lines)
            at = Place("") if isinstance(target, Unlocated) else Place(target.file, target.line)
            facts = {"id": remark.id, "plan": other, "places": listed(places)}
            yield Issue("collect.other-plan", at, facts)


def _blamed(rows: Iterable[Row], changed: set[str]) -> set[str]:
    """Of the changed files those that kept an edit from being applied; all of them where it is not the edit's own."""
    files = {row.file for row in rows if row.reason == "review.source-changed"}
    return changed if files - changed else files


def _places(planned: Planned, rows: Iterable[Row]) -> Iterator[Issue]:
    """The calculated cells that say something else since a remark was applied, and the places that keep one open."""
    elsewhere = {remark.id: remark.elsewhere for remark in planned.refused}
    for row in rows:
        at = Place(row.file, row.line)
        for cell in planned.follows.get(row.id, ()) if row.result == "applied" else ():
            facts = {"id": row.id, "place": cell.place, "was": cell.was, "now": cell.now}
            yield Issue("collect.follows", at, facts)
        if row.result != "applied" and elsewhere.get(row.id):
            yield Issue("collect.elsewhere", at, {"id": row.id, "places": listed(elsewhere[row.id])})


def _rows(remarks: Iterable[found.Remark], places: Issued) -> tuple[Row, ...]:
    """A row for each remark, in their order; a comment has nothing to apply and stays open."""
    rows = []
    for remark in remarks:
        target = _target(remark.target, places)
        file, line = ("", 0) if isinstance(target, Unlocated) else (target.file, target.line)
        result = "open" if remark.obstacle else "applied"
        rows.append(Row(remark.id, result, remark.obstacle, file, line))
    return tuple(rows)


def _shown(remark: found.Remark, places: Issued) -> Remark:
    return Remark(
        remark.id, remark.kind, remark.tracked, remark.author, remark.date, remark.original, remark.proposed,
        remark.comment, remark.confidence, _target(remark.target, places), remark.place, remark.number, remark.context,
        remark.parent, remark.obstacle, remark.elsewhere, remark.resolved,
    )  # fmt: skip


def _target(target: found.Target, places: Issued) -> Target:
    if isinstance(target, found.Unlocated):
        return Unlocated(target.reason)
    if isinstance(target, found.InFile):
        return Line(target.path, 0, 0)
    if isinstance(target, found.InSource):
        return places.line(target.slice)
    line = places.line(target.slice) if target.slice else Line("", 0, 0)
    return InData(target.key, line.file, line.line, line.column, target.formula, target.inputs)
