"""What people decide on rows of a register: all of it or nothing, with a reason where one is due, never on what already stands in the text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from drafter.rounds.counting import is_opinion, is_unread
from drafter.rounds.model import Decision, Register, Row
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Outcome, Place, has_errors
from drafter.source.listed import listed
from drafter.source.nearest import suggestion

REASONED = frozenset((Decision.PARTLY, Decision.REJECTED))
"""What is never decided without a reason (FORMAT B8, C25)."""

_NOWHERE = Place("")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be set on rows; None leaves a field as it is, an empty text empties it.

    `by` and `on` (ISO day) are set where something is decided. `alike`: the rows that say the same as one of them are decided likewise.
    """

    result: Decision | None = None
    reason: str | None = None
    adopted: str | None = None
    office: str | None = None
    contact: str | None = None
    by: str = ""
    on: str = ""
    alike: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """The register with what was set, and the rows that were set, in its order."""

    register: Register
    rows: tuple[Row, ...]


def decided(
    register: Register, ids: Iterable[str], wanted: Wanted, units: Collection[str]
) -> Outcome[Decided]:
    """The register with what is wanted on these rows; `units` are the offices there are, none where nobody has listed them.

    Nothing is set where one of the rows speaks against it.
    """
    asked = tuple(dict.fromkeys(ids))
    chosen = {row.id for row in register.rows if row.id in asked}
    if wanted.alike:
        heads = {_head(row) for row in register.rows if row.id in chosen}
        chosen |= {row.id for row in register.rows if _head(row) in heads and not row.withdrawn}
    before = [row for row in register.rows if row.id in chosen]
    after = {row.id: with_wanted(row, wanted) for row in before}
    rows = tuple(after.get(row.id, row) for row in register.rows)
    against = [*_against(before, wanted, units), *unreasoned(after.values())]
    if has_errors(against):
        return Outcome(None, tuple(against))
    told = [*against, *contradictions(rows, chosen), *uneven(rows, chosen)]
    if wanted.result not in {None, Decision.OPEN}:
        told += _not_counted(before)
    if wanted.result is not None and not wanted.alike:
        told += _left(register.rows, chosen)
    return Outcome(Decided(replace(register, rows=rows), tuple(after.values())), tuple(told))


def with_wanted(row: Row, wanted: Wanted) -> Row:
    """A row with what is wanted. What is opened again loses what was decided, what is rejected has no words to put.

    The reason of another result is not the reason of this one: it goes where none is given.
    """
    result = row.decision if wanted.result is None else wanted.result
    opened = wanted.result is Decision.OPEN
    kept = row.reason if row.decision in (result, Decision.OPEN) and not opened else ""
    adopted = "" if opened or wanted.result is Decision.REJECTED else row.adopted
    acted = wanted.result is not None and not row.applied
    return replace(
        row,
        decision=result,
        adopted=adopted if wanted.adopted is None else wanted.adopted,
        reason=kept if wanted.reason is None else wanted.reason,
        office=row.office if wanted.office is None else wanted.office,
        contact=row.contact if wanted.contact is None else wanted.contact,
        by=("" if opened else wanted.by) if acted else row.by,
        on=("" if opened else wanted.on) if acted else row.on,
    )


def unreasoned(rows: Iterable[Row], place: Place = _NOWHERE) -> Iterator[Issue]:
    """What is decided without a reason that it must have: an issue for each of the results, with its rows."""
    everything = tuple(rows)
    for result in (Decision.PARTLY, Decision.REJECTED):
        found = [row.id for row in everything if row.decision is result and not row.reason.strip()]
        if found:
            yield Issue("decide.no-reason", place, {"rows": listed(found), "result": result.value})


def contradictions(rows: Sequence[Row], among: Collection[str]) -> Iterator[Issue]:
    """Pairs that want something else with the same words and are both adopted, one of them `among` these; each pair once."""
    at = {row.id: number for number, row in enumerate(rows)}
    pairs = {
        (min(at[row.id], at[other]), max(at[row.id], at[other]))
        for row in rows
        for other in row.conflicts
        if other in at and (row.id in among or other in among)
    }
    for first, second in ((rows[a], rows[b]) for a, b in sorted(pairs)):
        both = first.decision is second.decision is Decision.ADOPTED
        if both and put(first) != put(second):
            yield Issue("decide.conflict", _NOWHERE, {"first": first.id, "second": second.id})


def uneven(rows: Iterable[Row], among: Collection[str]) -> Iterator[Issue]:
    """Rows that say the same, one of them `among` these, and are not decided the same: an issue for each such group."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        if row.decision is not Decision.OPEN and not row.withdrawn:
            groups.setdefault(_head(row), []).append(row)
    for group in groups.values():
        if len({row.decision for row in group}) > 1 and any(row.id in among for row in group):
            told = [f"{row.id} {row.decision.value}" for row in group]
            yield Issue("decide.alike-differs", _NOWHERE, {"rows": listed(told)})


def put(row: Row) -> str:
    """The words that a row puts: those that were adopted, else those that were proposed."""
    return row.adopted or row.proposed


def unknown_office(office: str, units: Collection[str], place: Place = _NOWHERE) -> Issue | None:
    """What is wrong with the name of an office; nothing where there is no list of them."""
    if not office or not units or office in units:
        return None
    facts = {"office": office, "nearest": suggestion(office, units)}
    return Issue("decide.unknown-office", place, facts)


def _head(row: Row) -> str:
    """The first row that says the same."""
    return row.alike or row.id


def _against(before: Sequence[Row], wanted: Wanted, units: Collection[str]) -> Iterator[Issue]:
    after = [with_wanted(row, wanted) for row in before]
    applied = [
        row.id
        for row, new in zip(before, after, strict=True)
        if row.applied and (row.decision, put(row)) != (new.decision, put(new))
    ]
    if applied:
        yield Issue("decide.applied", _NOWHERE, {"rows": listed(applied)})
    if wanted.adopted:
        wrong = [row.id for row in before if (wanted.result or row.decision) not in _PUT]
        if wrong:
            yield Issue("decide.adopted-words", _NOWHERE, {"rows": listed(wrong)})
    unknown = unknown_office(wanted.office or "", units)
    if unknown is not None:
        yield unknown


def _not_counted(rows: Sequence[Row]) -> Iterator[Issue]:
    """What was decided though no paper counts it, and what nobody waits for any more."""
    waiting = [row.id for row in rows if is_unread(row)]
    others = [row.id for row in rows if not is_opinion(row) and row.id not in waiting]
    if others:
        yield Issue("decide.not-counted", _NOWHERE, {"rows": listed(others)})
    if waiting:
        yield Issue("decide.not-typed-up", _NOWHERE, {"rows": listed(waiting)})


_PUT = frozenset((Decision.ADOPTED, Decision.PARTLY))


def _left(rows: Iterable[Row], chosen: Collection[str]) -> Iterator[Issue]:
    """The rows that say the same as a decided one and are still open."""
    heads = {_head(row): row.id for row in rows if row.id in chosen}
    left: dict[str, list[str]] = {}
    for row in rows:
        if (
            row.id not in chosen
            and row.decision is Decision.OPEN
            and not row.withdrawn
            and _head(row) in heads
        ):
            left.setdefault(heads[_head(row)], []).append(row.id)
    for first, others in left.items():
        yield Issue("decide.alike-left", _NOWHERE, {"row": first, "rows": listed(others)})
