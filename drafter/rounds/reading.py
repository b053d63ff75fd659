"""The file of a round → its register. People edit that file: every wrong key and value is an issue with its line and column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from drafter.review.remarks import Change, Confidence
from drafter.rounds.deciding import REASONED
from drafter.rounds.model import (
    Applied,
    Asked,
    Decision,
    Received,
    Register,
    Reply,
    Round,
    RoundKind,
    Row,
    Spot,
    State,
)
from drafter.rounds.shape import (
    AppliedKeys,
    AskedKeys,
    ChangeKeys,
    ReceivedKeys,
    RegisterFile,
    ReplyKeys,
    RoundKeys,
    RowKeys,
    SpotKeys,
)
from drafter.source.files import Source
from drafter.source.issues import Issue, Outcome, has_errors
from drafter.source.yaml import Scalar, parse
from drafter.workspace.fields import Entries, Field, JsonSchema, Report

_STANDS = re.compile(r"data/rounds/([^/]+)/([^/]+)\.yaml\Z")


def loaded(source: Source) -> Outcome[Register]:
    """The register that a file holds; None where anything in it cannot be read, so that nothing can be written over what was not understood.

    What was decided without the reason that it needs is told and read all the same: only who can read it can put it right.
    `source.path` is `data/rounds/<plan>/<round>.yaml` as seen from the workspace: the file says which round it is, and must lie where that one belongs.
    """
    parsed = parse(source)
    if parsed.value is None:
        return Outcome(None, parsed.issues or (Issue("workspace.empty-file", source.place(0)),))
    report = Report(source)
    entries = RegisterFile.RECORD.read(parsed.value, "round", report)
    if entries is not None:
        _held_against(entries, report)
    issues = (*parsed.issues, *report.issues)
    if entries is None or has_errors(issues):
        return Outcome(None, issues)
    head = entries.get(RegisterFile.ROUND)
    asked = entries.get(RegisterFile.ASKED) or ()
    register = Register(
        _round(head, (_asked(each) for each in asked)) if head else _NEVER,
        tuple(_reply(each) for each in entries.get(RegisterFile.REPLIES) or ()),
        tuple(_row(each) for each in entries.get(RegisterFile.ROWS) or ()),
    )
    unreasoned = _unreasoned(entries.get(RegisterFile.ROWS) or (), source)
    return Outcome(register, (*issues, *unreasoned))


def _unreasoned(rows: Iterable[Entries], source: Source) -> Iterator[Issue]:
    """What was decided without a reason that it must have, each at its line."""
    for row in rows:
        decision = row.text(RowKeys.DECISION)
        if decision in REASONED and not row.text(RowKeys.REASON).strip():
            facts = {"id": row.text(RowKeys.ID), "result": decision}
            yield Issue("rounds.no-reason", source.place(row.place(RowKeys.DECISION.name).start), facts)


def schema() -> JsonSchema:
    """The JSON Schema of the file."""
    return RegisterFile.RECORD.schema()


_NEVER = Round("", "", "", RoundKind.DEPARTMENTS, "", "", "", ())


def _held_against(entries: Entries, report: Report) -> None:
    """What the file says twice: its place, the order of its days, its rows."""
    head = entries.get(RegisterFile.ROUND)
    if head is not None:
        id_, plan = head.text(RoundKeys.ID), head.text(RoundKeys.PLAN)
        stands = _STANDS.search(report.source.path)
        if stands and id_ and plan and stands.groups() != (plan, id_):
            report.add("rounds.misplaced", head.place("id").start, round=id_, plan=plan)
        opened, until = head.get(RoundKeys.OPENED), head.get(RoundKeys.UNTIL)
        if opened and until and until < opened:
            report.add("rounds.until-early", head.place("until").start, opened=opened.isoformat())
    rows = entries.get(RegisterFile.ROWS) or ()
    _ids(rows, head.text(RoundKeys.ID) if head else "", report)


def _ids(rows: Iterable[Entries], round_: str, report: Report) -> None:
    """Each row has an id of this round that no other has; ids of this round that are named elsewhere are there."""
    first: dict[str, int] = {}
    rows = tuple(rows)
    for row in rows:
        id_ = row.get(RowKeys.ID)
        if id_ is None:
            continue
        if round_ and id_.text.partition("-")[0] != round_:
            report.add("rounds.foreign-row", id_, id=id_.text, round=round_)
        elif id_.text in first:
            line = report.source.position(first[id_.text])[0]
            report.add("rounds.row-twice", id_, id=id_.text, line=str(line))
        first.setdefault(id_.text, id_.start)
    for row in rows:
        for key, named in _named(row):
            if named.text.partition("-")[0] == round_ and named.text not in first:
                report.add("rounds.unknown-row", named, key=key, id=named.text)


def _named(row: Entries) -> Iterator[tuple[str, Scalar]]:
    for field in (RowKeys.REPLY_TO, RowKeys.ALIKE):
        named = row.get(field)
        if named is not None:
            yield field.name, named
    for named in row.get(RowKeys.CONFLICTS) or ():
        yield RowKeys.CONFLICTS.name, named


def _round(keys: Entries, asked: Iterable[Asked]) -> Round:
    return Round(
        id=keys.text(RoundKeys.ID),
        plan=keys.text(RoundKeys.PLAN),
        version=keys.text(RoundKeys.VERSION),
        kind=RoundKind(keys.text(RoundKeys.KIND)),
        name=keys.text(RoundKeys.NAME),
        opened=_day(keys, RoundKeys.OPENED),
        until=_day(keys, RoundKeys.UNTIL),
        asked=tuple(asked),
        note=keys.text(RoundKeys.NOTE),
        used=keys.get(RoundKeys.USED) or 0,
    )


def _asked(keys: Entries) -> Asked:
    return Asked(keys.text(AskedKeys.UNIT), keys.get(AskedKeys.COPY) or 0, _day(keys, AskedKeys.UNTIL))


def _reply(keys: Entries) -> Reply:
    file = keys.get(ReplyKeys.FILE)
    return Reply(
        unit=keys.text(ReplyKeys.UNIT),
        person=keys.text(ReplyKeys.PERSON),
        date=_day(keys, ReplyKeys.DATE),
        channel=keys.text(ReplyKeys.CHANNEL),
        conclusion=keys.text(ReplyKeys.CONCLUSION),
        file=_received(file) if file else Received("", "", State.READ),
        collected=keys.text(ReplyKeys.COLLECTED),
    )


def _received(keys: Entries) -> Received:
    return Received(
        name=keys.text(ReceivedKeys.NAME),
        sha256=keys.text(ReceivedKeys.SHA256),
        state=State(keys.text(ReceivedKeys.STATE)),
        kept=keys.text(ReceivedKeys.KEPT),
        reason=keys.text(ReceivedKeys.REASON),
        known=keys.text(ReceivedKeys.KNOWN),
    )


def _row(keys: Entries) -> Row:
    spot, change = keys.get(RowKeys.SPOT), keys.get(RowKeys.CHANGE)
    return Row(
        id=keys.text(RowKeys.ID),
        unit=keys.text(RowKeys.UNIT),
        person=keys.text(RowKeys.PERSON),
        date=_day(keys, RowKeys.DATE),
        channel=keys.text(RowKeys.CHANNEL),
        kind=keys.text(RowKeys.KIND),
        tracked=keys.get(RowKeys.TRACKED) or False,
        chapter=keys.text(RowKeys.CHAPTER),
        number=keys.text(RowKeys.NUMBER),
        where=keys.text(RowKeys.WHERE),
        key=keys.text(RowKeys.KEY),
        unlocated=keys.text(RowKeys.UNLOCATED),
        confidence=Confidence(keys.text(RowKeys.CONFIDENCE, Confidence.UNSURE)),
        original=keys.text(RowKeys.ORIGINAL),
        proposed=keys.text(RowKeys.PROPOSED),
        comment=keys.text(RowKeys.COMMENT),
        reply_to=keys.text(RowKeys.REPLY_TO),
        spot=_spot(spot) if spot else None,
        change=_change(change) if change else None,
        obstacle=keys.text(RowKeys.OBSTACLE),
        file=keys.text(RowKeys.FILE),
        marks=_texts(keys.get(RowKeys.MARKS)),
        collected=keys.text(RowKeys.COLLECTED),
        withdrawn=keys.text(RowKeys.WITHDRAWN),
        alike=keys.text(RowKeys.ALIKE),
        conflicts=_texts(keys.get(RowKeys.CONFLICTS)),
        office=keys.text(RowKeys.OFFICE),
        decision=Decision(keys.text(RowKeys.DECISION, Decision.OPEN)),
        adopted=keys.text(RowKeys.ADOPTED),
        reason=keys.text(RowKeys.REASON),
        contact=keys.text(RowKeys.CONTACT),
        by=keys.text(RowKeys.BY),
        on=_day(keys, RowKeys.ON),
        applied=tuple(_applied(each) for each in keys.get(RowKeys.APPLIED) or ()),
    )


def _spot(keys: Entries) -> Spot:
    whole = (keys.get(SpotKeys.PARAGRAPH), keys.get(SpotKeys.START), keys.get(SpotKeys.END))
    return Spot(*(number or 0 for number in whole))


def _change(keys: Entries) -> Change:
    like = keys.get(ChangeKeys.LIKE)
    return Change(
        anchor=keys.get(ChangeKeys.ANCHOR) or 0,
        start=keys.get(ChangeKeys.START) or 0,
        end=keys.get(ChangeKeys.END) or 0,
        new=keys.text(ChangeKeys.NEW),
        like=-1 if like is None else like,
        row=keys.get(ChangeKeys.ROW) or False,
        notes=keys.get(ChangeKeys.NOTES) or (),
    )


def _applied(keys: Entries) -> Applied:
    return Applied(
        file=keys.text(AppliedKeys.FILE),
        line=keys.get(AppliedKeys.LINE) or 0,
        sha256=keys.text(AppliedKeys.SHA256),
        column=keys.get(AppliedKeys.COLUMN) or 0,
        was=keys.text(AppliedKeys.WAS),
        now=keys.text(AppliedKeys.NOW),
        at=keys.text(AppliedKeys.AT),
    )


def _texts(found: Iterable[Scalar] | None) -> tuple[str, ...]:
    return tuple(each.text for each in found or ())


def _day(keys: Entries, field: Field[date]) -> str:
    found = keys.get(field)
    return found.isoformat() if found else ""
