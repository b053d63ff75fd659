"""The quick way home: what is safe of a returned file is written into the sources at once, without a register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from drafter.actions.desk import Desk
from drafter.actions.others import Others
from drafter.actions.places import Issued
from drafter.actions.shown import Unlocated, target_of
from drafter.review.apply import Plan as Planned
from drafter.review.apply import plan_edits
from drafter.review.candidates import weighed
from drafter.review.remarks import Remark
from drafter.source.edits import write_sources
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Place, Refused
from drafter.source.listed import listed
from drafter.word.anchors import Record


@dataclass(frozen=True, slots=True)
class Row:
    """What became of a remark: under `--apply` it was `applied` or is `open` with the reason, and in a round it is `new` in the register, was `known` there, is now `withdrawn`, was `removed` or is `restored`."""

    id: str
    result: str
    reason: str
    file: str
    line: int


Told = tuple[tuple[Remark, ...], tuple[Row, ...]]
"""The remarks of a file with their obstacles, and with `--apply` what became of them."""


def judged(
    desk: Desk, record: Record, remarks: tuple[Remark, ...], others: Others, issues: list[Issue]
) -> tuple[Remark, ...]:
    """The remarks of a file with what would keep each from being written back, as far as that is known without trying."""
    if not remarks:
        return ()
    found = weighed(record, remarks, desk.workspace.sources, desk.changed(record))
    issues += other_plans(record.plan, found, others, Issued(record.texts, desk.workspace.sources))
    return found


def applied(
    desk: Desk, record: Record, remarks: tuple[Remark, ...], others: Others, issues: list[Issue]
) -> Told:
    """Write what is safe of a file; each of its remarks gets a row that says what became of it."""
    if not remarks:
        return (), ()
    sources = desk.workspace.sources
    changed = desk.changed(record)
    planned = plan_edits(record, remarks, sources, desk.rebuilding(record), changed)
    now = {remark.id: remark for remark in (*planned.applied, *planned.refused)}
    shared = list(other_plans(record.plan, now.values(), others, Issued(record.texts, sources)))
    try:
        write_sources(desk.root, [sources[path] for path in planned.patched], planned.patched)
    except Refused as refused:
        issues += refused.issues
        now |= {remark.id: replace(remark, obstacle="collect.not-written") for remark in planned.applied}
    if planned.patched:
        desk.renew()
    found = tuple(now[remark.id] for remark in remarks)
    rows = _rows(found, Issued(record.texts, desk.workspace.sources))
    issues += [*_places(planned, rows), *shared]
    issues += [Issue("collect.source-changed", Place(path)) for path in sorted(_blamed(rows, changed))]
    return found, rows


def other_plans(plan: str, remarks: Iterable[Remark], others: Others, lines: Issued) -> Iterator[Issue]:
    """The places in other plans that print what a remark changes: they change with it."""
    for remark in remarks:
        for other, places in others.printing(plan, remark):
            target = target_of(remark.target, lines)
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


def _rows(remarks: Iterable[Remark], places: Issued) -> tuple[Row, ...]:
    """A row for each remark, in their order; a comment has nothing to apply and stays open."""
    rows = []
    for remark in remarks:
        target = target_of(remark.target, places)
        file, line = ("", 0) if isinstance(target, Unlocated) else (target.file, target.line)
        result = "open" if remark.obstacle else "applied"
        rows.append(Row(remark.id, result, remark.obstacle, file, line))
    return tuple(rows)
