"""`drafter apply ROW --done`: rows that a person has written into the text, noted with the place of the change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from drafter.actions.apply import Wanted, chosen, holding, opened, write
from drafter.actions.applying import place_of
from drafter.actions.desk import Desk
from drafter.actions.places import Issued, slice_of
from drafter.actions.registers import Held, Registers
from drafter.actions.rowstates import APPLIED, Brought
from drafter.actions.rowstates import Row as Shown
from drafter.review.diff import changes
from drafter.review.since import Since
from drafter.rounds.model import Applied, Row
from drafter.source.issues import Issue, Misnamed, Outcome, Place, Refused
from drafter.source.listed import listed

_LINE = re.compile(r"(?P<path>.+?):(?P<line>\d{1,9})(?::\d+)?")


def done(root: Path, plan: str, wanted: Wanted, at: str = "") -> Outcome[Brought]:
    """Note the named rows as written by hand, at `at` (`file:line`) or where the text differs from what was issued.

    Raises `Misnamed` for an unknown row or place, `Refused` where a row is not adopted or its text is as it was issued.
    """
    desk, registers = Desk(root), Registers(root)
    with holding(registers, dry=wanted.dry):
        rounds = opened(registers, plan)
        named = chosen(rounds, plan, wanted.rows)
        kept, shown, same = [], [], list[str]()
        for held in rounds:
            rows = {row.id: row for row in held.register.rows if row.id in named}
            places = _places(desk, registers, held, tuple(rows.values()), at) if rows else {}
            same += [id_ for id_ in rows if id_ not in places]
            noted = {id_: _noted(desk, place, wanted.moment) for id_, place in places.items()}
            shown += [Shown(id_, APPLIED, "apply.done", each.file, each.line) for id_, each in noted.items()]
            after = tuple(
                replace(row, applied=(noted[row.id],)) if row.id in noted else row
                for row in held.register.rows
            )
            kept.append((held, replace(held.register, rows=after)))
        if same:
            raise Refused(Issue("apply.no-change", Place(""), {"rows": listed(same)}))
        if not wanted.dry:
            write(desk, registers, kept, {})
    return Outcome(Brought(tuple(shown), (), (), (), written=not wanted.dry))


def _noted(desk: Desk, place: tuple[str, int], moment: str) -> Applied:
    path, line = place
    return Applied(path, line, desk.workspace.sources[path].sha256, at=moment)


def _places(
    desk: Desk, registers: Registers, held: Held, rows: Sequence[Row], at: str
) -> dict[str, tuple[str, int]]:
    """Where each row was written, by its id; those of which nothing can be seen are left out."""
    if at:
        return dict.fromkeys((row.id for row in rows), _said(desk, at))
    round_ = held.register.round
    record = registers.record(round_.plan, round_.version)
    tried = desk.tried(record)
    if tried.file is None:
        raise Refused(*tried.issues)
    since = Since.of(record.anchors.paragraphs, tried.file.anchors.paragraphs)
    issued = Issued(record.texts, desk.workspace.sources)
    found = ((row.id, _changed(since, row, issued, desk)) for row in rows)
    return {id_: place for id_, place in found if place is not None}


def _said(desk: Desk, at: str) -> tuple[str, int]:
    """The place that a person named. Raises `Misnamed`."""
    found = _LINE.fullmatch(at)
    if found is None:
        raise Misnamed(Issue("trace.which-line", Place(at)))
    path, line = found["path"], int(found["line"])
    source = desk.workspace.sources.get(path)
    if source is None:
        raise Misnamed(Issue("trace.no-source", Place(path)))
    if not 1 <= line <= source.text.count("\n") + 1:
        raise Misnamed(Issue("trace.no-line", Place(path), {"line": str(line)}))
    return path, line


def _changed(since: Since, row: Row, issued: Issued, desk: Desk) -> tuple[str, int] | None:
    """Where the text differs from what was issued, in the paragraph of a row or beside it; of one that is gone the line where it stood."""
    index = row.change.anchor if row.change else row.spot.paragraph if row.spot else -1
    if not 0 <= index < len(since.issued):
        return None
    here = since.now.get(index)
    if here is None:
        slices = [slice_of(piece.origin) for piece in since.issued[index].pieces]
        lines = [issued.line(each) for each in slices if each is not None]
        return next(((each.file, each.line) for each in lines if each.file in desk.workspace.sources), None)
    a, b = since.issued[index].text, since.today[here].text
    near = [each for each in (here + 1, here - 1) if each in since.new]
    if a != b:
        place = place_of(since.today, here, changes(a, b)[0].start)
    else:
        place = place_of(since.today, near[0], 0) if near else None
    return (place.path, desk.workspace.sources[place.path].position(place.start)[0]) if place else None
