"""What a row of the register becomes by the cells that were filled in for it, and what speaks against that: then it stays as it was."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

from drafter.rounds import sheet
from drafter.rounds.deciding import REASONED, put, unknown_office
from drafter.rounds.filled import Cell
from drafter.rounds.model import Decision, Row
from drafter.rounds.sheet import RESULTS, Head, same
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, has_errors
from drafter.source.listed import listed
from drafter.source.nearest import nearest

_LIKE = MappingProxyType(
    {"不采纳": Decision.REJECTED.value, "不予采纳": Decision.REJECTED.value, "已采纳": Decision.ADOPTED.value}
)
_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?(?:\s+[\d:]+)?\Z")
_SERIAL = re.compile(r"[2-6]\d{4}(?:\.\d+)?\Z")
_FIRST_DAY = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Who:
    """Who takes the files back and on which day (ISO): who decided where the file does not say it."""

    by: str
    on: str


def became(
    row: Row, cells: Mapping[Head, Cell], units: Collection[str], who: Who
) -> tuple[Row, tuple[Issue, ...]]:
    """The row with what the cells say, and what speaks against it; then the row is as it was."""
    said = {**sheet.values(row), **{head: cell.text for head, cell in cells.items()}}
    wrong = list(_unreadable(row.id, cells, units))
    if wrong:
        return row, tuple(wrong)
    decision = Decision(said[Head.DECISION]) if said[Head.DECISION] else Decision.OPEN
    acted = bool(cells.keys() & {Head.DECISION, Head.ADOPTED, Head.REASON}) and decision is not Decision.OPEN
    rejected = decision is Decision.REJECTED and Head.ADOPTED not in cells
    other = decision is not row.decision
    new = replace(
        row,
        office=said[Head.OFFICE],
        decision=decision,
        adopted="" if rejected else said[Head.ADOPTED],
        reason=said[Head.REASON],
        contact=said[Head.CONTACT],
        by=said[Head.BY] if Head.BY in cells or not (acted and (other or not row.by)) else who.by,
        on=said[Head.ON] if Head.ON in cells or not acted else who.on,
    )
    against = tuple(_speaks(row, new, cells))
    return (row if has_errors(against) else new), against


def _speaks(row: Row, new: Row, cells: Mapping[Head, Cell]) -> Iterator[Issue]:
    at = next(iter(cells.values()))
    facts = {"id": row.id, "result": new.decision.value}
    if row.applied and (row.decision, put(row)) != (new.decision, put(new)):
        yield Issue("register.applied", at.place, {**facts, "cell": at.name})
    if new.decision in REASONED and not new.reason.strip():
        cell = cells.get(Head.DECISION, at)
        yield Issue("register.no-reason", cell.place, {**facts, "cell": cell.name})
    if new.adopted and new.decision not in {Decision.ADOPTED, Decision.PARTLY} and Head.ADOPTED in cells:
        cell = cells[Head.ADOPTED]
        yield Issue("register.adopted-words", cell.place, {**facts, "cell": cell.name})
    if new.decision is Decision.OPEN and Head.REASON in cells:
        cell = cells[Head.REASON]
        yield Issue("register.undecided", cell.place, {**facts, "cell": cell.name})


def _unreadable(id_: str, cells: Mapping[Head, Cell], units: Collection[str]) -> Iterator[Issue]:
    """Cells that say what cannot be: no result, no office, no day."""
    for head, cell in cells.items():
        facts = {"id": id_, "cell": cell.name, "words": cell.text}
        if head is Head.DECISION and cell.text not in RESULTS:
            near = _LIKE.get(cell.text) or nearest(cell.text, RESULTS) or listed(RESULTS)
            yield Issue("register.not-result", cell.place, {**facts, "nearest": near})
        if head is Head.OFFICE:
            unknown = unknown_office(cell.text, units)
            if unknown is not None:
                yield Issue("register.not-office", cell.place, {**facts, "nearest": unknown.facts["nearest"]})
        if head is Head.ON and not _is_day(cell.text):
            yield Issue("register.not-day", cell.place, facts)


def plain(head: Head, text: str) -> str:
    """Words as the register has them: results and offices without blanks, a day as ISO where it can be read as one."""
    if head in {Head.DECISION, Head.OFFICE}:
        return same(text)
    return _day(text) if head is Head.ON else text.strip()


def _day(text: str) -> str:
    found = _DAY.match(text.strip())
    if found:
        try:
            return date(*map(int, found.groups())).isoformat()
        except ValueError:
            return text
    if _SERIAL.match(text):  # a day that was typed where cells are numbers
        return (_FIRST_DAY + timedelta(days=int(float(text)))).isoformat()
    return text.strip()


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2021-02-08")
