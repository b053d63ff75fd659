"""`drafter collect`: what reviewers did in returned Word files, each remark with its place, and on request the safe ones applied.

A file is held against the record of exactly what was issued, found by the opaque id in it. What cannot be read is refused with its reason; the
other files are collected all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from drafter.actions import store
from drafter.actions.composing import Composer, Trees, loaded, noted_settings
from drafter.actions.places import Issued
from drafter.picture.reading import read
from drafter.review import remarks as found
from drafter.review.apply import Plan, Rebuild, plan_edits
from drafter.review.match import match
from drafter.source.edits import write_sources
from drafter.source.issues import Issue, Outcome, Place, Refused, has_errors
from drafter.word.anchors import AnchorMap, Record
from drafter.workspace.model import Workspace


@dataclass(frozen=True, slots=True)
class Target:
    """Where a remark belongs: file, line, column, and the key where it is a datum; or `unlocated`, the reason."""

    file: str = ""
    line: int = 0
    column: int = 0
    key: str = ""
    formula: str = ""
    inputs: tuple[str, ...] = ()
    unlocated: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark as it is shown; `context` is the issued paragraph, `place` and `number` how a reader cites it."""

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


def collect(root: Path, files: Iterable[Path], apply: bool = False) -> Outcome[Collected]:  # noqa: FBT001, FBT002 -- a flag
    """Read returned files; with `apply`, write the edits that are safe into the sources."""
    wanted = tuple(files)
    workspace, problems = loaded(root)
    issues = list(problems) if apply else []
    remarks: list[Remark] = []
    rows: list[Row] = []
    refused = 0
    for path in wanted:
        try:
            returned = _returned(root, path, issues, first=len(remarks) + 1)
        except Refused as error:
            issues += error.issues
            refused += 1
            continue
        # Each file sees the workspace as the ones before it have left it.
        if apply and rows:
            workspace, _ = loaded(root)
        rows += _applied(root, workspace, returned, issues) if apply else ()
        remarks += [
            _shown(remark, Issued(returned.record.texts, workspace.sources)) for remark in returned.remarks
        ]
    account = Account(len(wanted), len(wanted) - refused, 0, refused, len(remarks), len(rows))
    return Outcome(Collected(tuple(remarks), tuple(rows), account), tuple(issues))


def _returned(root: Path, path: Path, issues: list[Issue], first: int) -> _Returned:
    name = path.as_posix()
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refused(
            Issue("source.unreadable", Place(name), {"reason": error.strerror or str(error)})
        ) from error
    outcome = read(data, name)
    if outcome.value is None:
        raise Refused(*outcome.issues)
    issues += outcome.issues
    record = store.find(root, outcome.value.release, name)
    matched = match(record, outcome.value, name, first)
    issues += matched.issues
    return _Returned(name, record, matched.value or ())


def _applied(root: Path, workspace: Workspace, returned: _Returned, issues: list[Issue]) -> list[Row]:
    """Write what is safe; each remark gets a row that says what became of it."""
    record = returned.record
    changed = {
        path
        for path, digest in record.sources.items()
        if path not in workspace.sources or workspace.sources[path].sha256 != digest
    }
    issues += [Issue("collect.source-changed", Place(path)) for path in sorted(changed)]
    planned = plan_edits(record, returned.remarks, workspace.sources, _rebuilding(root, record), changed)
    write_sources(root, [workspace.sources[path] for path in planned.patched], planned.patched)
    places = Issued(record.texts, workspace.sources)
    return _rows(returned.remarks, planned, places)


def _rebuilding(root: Path, record: Record) -> Rebuild:
    """How an edit is tried: the plan built from the sources with it, None where it makes an error that was not there before."""
    trees: Trees = {}
    before: set[tuple[str, str]] = set()

    def rebuild(overlay: Mapping[str, str]) -> AnchorMap | None:
        workspace, problems = loaded(root, overlay)
        plan = workspace.plans.get(record.plan)
        if plan is None:
            return None
        made = Composer(workspace, trees).written(plan, noted_settings(record))
        errors = {(each.code, each.place.file) for each in (*problems, *made.issues) if has_errors((each,))}
        if not overlay:
            before.update(errors)
        return made.value.anchors if made.value and errors <= before else None

    rebuild({})
    return rebuild


def _rows(remarks: Iterable[found.Remark], planned: Plan, places: Issued) -> list[Row]:
    """A row for each remark, in their order; a comment has nothing to apply and stays open."""
    rows = []
    for remark in remarks:
        target = _target(remark.target, places)
        is_open = remark.id in planned.obstacles
        rows.append(
            Row(
                remark.id,
                "open" if is_open else "applied",
                planned.obstacles.get(remark.id, ""),
                target.file,
                target.line,
            )
        )
    return rows


def _shown(remark: found.Remark, places: Issued) -> Remark:
    return Remark(
        remark.id, remark.kind, remark.tracked, remark.author, remark.date, remark.original, remark.proposed,
        remark.comment, remark.confidence, _target(remark.target, places), remark.place, remark.number, remark.context,
        remark.parent,
    )  # fmt: skip


def _target(target: found.Target, places: Issued) -> Target:
    if isinstance(target, found.Unlocated):
        return Target(unlocated=target.reason)
    if isinstance(target, found.InSource):
        line = places.line(target.slice)
        return Target(line.file, line.line, line.column)
    if target.slice is None:
        return Target(key=target.key, formula=target.formula, inputs=target.inputs)
    line = places.line(target.slice)
    return Target(line.file, line.line, line.column, target.key, target.formula, target.inputs)
