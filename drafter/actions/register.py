"""`drafter register`: the opinions on a plan with what was decided on them, and how many there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from drafter.actions.decide import rounds_of
from drafter.actions.registers import Held, Registers
from drafter.rounds.counting import Counts, counted
from drafter.rounds.model import Decision, Register, Row
from drafter.rounds.words import Issued, answered, said
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Misnamed, Outcome, Place, Refused
from drafter.source.nearest import suggestion


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which rows: those of a round, those still open, those of an office (承办科室), those of a unit or person; empty for all."""

    round: str = ""
    open: bool = False
    office: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it is shown. `said` is the opinion in one sentence, `file`, `line` and `column` where it was when it was collected.

    `applied` are the files that it changed; `answers` the rows that answer it.
    """

    id: str
    unit: str
    person: str
    date: str
    channel: str
    kind: str
    said: str
    chapter: str
    number: str
    file: str
    line: int
    column: int
    key: str
    unlocated: str
    confidence: str
    original: str
    proposed: str
    comment: str
    reply_to: str
    answers: tuple[str, ...]
    alike: str
    conflicts: tuple[str, ...]
    obstacle: str
    office: str
    decision: str
    adopted: str
    reason: str
    contact: str
    by: str
    on: str
    applied: tuple[str, ...]
    withdrawn: str


@dataclass(frozen=True, slots=True)
class Of:
    """The round that rows are of."""

    id: str
    version: str
    kind: str
    name: str
    opened: str
    until: str
    file: str


@dataclass(frozen=True, slots=True)
class Listed:
    """The rounds that were looked at, the rows that were chosen, and the counts of these rows."""

    plan: str
    rounds: tuple[Of, ...]
    rows: tuple[Line, ...]
    counts: Counts


def register(root: Path, plan: str, chosen: Chosen) -> Outcome[Listed]:
    """The rows of a plan's register. Raises `Misnamed` for a plan, round, office or unit that is not there, `Refused` where no file can be read."""
    registers = Registers(root)
    if chosen.round:
        rounds: tuple[Held, ...] = (registers.named(plan, chosen.round),)
        issues = registers.round(plan, chosen.round).issues
    else:
        rounds = rounds_of(registers, plan)
        issues = registers.of_plan(plan).issues
    everything = tuple(row for held in rounds for row in held.register.rows)
    refuse_strangers(everything, chosen)
    shown = tuple(
        line for held in rounds for line in _lines(held.register, chosen, issued(registers, held.register))
    )
    rows = tuple(row for row in everything if is_chosen(row, chosen))
    return Outcome(Listed(plan, tuple(map(_of, rounds)), shown, counted(rows)), issues)


def issued(registers: Registers, of: Register) -> Issued | None:
    """The issued text that rows speak of; None where it is not there or was altered: then they are told without it."""
    try:
        return Issued(registers.record(of.round.plan, of.round.version).anchors.paragraphs)
    except Refused:
        return None


def is_chosen(row: Row, chosen: Chosen) -> bool:
    """Whether a row is one of those."""
    return (
        (not chosen.open or (row.decision is Decision.OPEN and not row.withdrawn))
        and (not chosen.office or row.office == chosen.office)
        and (not chosen.unit or chosen.unit in {row.unit, row.person})
    )


def refuse_strangers(rows: Iterable[Row], chosen: Chosen) -> None:
    """Raises `Misnamed` for an office or a unit of which no row is."""
    rows = tuple(rows)
    offices = {row.office for row in rows if row.office}
    units = {name: None for row in rows for name in (row.unit, row.person) if name}
    for option, name, known in (("--office", chosen.office, sorted(offices)), ("--unit", chosen.unit, units)):
        if name and name not in known:
            facts = {"option": option, "name": name, "nearest": suggestion(name, known)}
            raise Misnamed(Issue("register.nobody", Place(""), facts))


def _of(held: Held) -> Of:
    of = held.register.round
    return Of(of.id, of.version, of.kind.value, of.name, of.opened, of.until, held.source.path)


def _lines(of: Register, chosen: Chosen, text: Issued | None) -> Iterator[Line]:
    answers = answered(of.rows)
    for row in of.rows:
        if is_chosen(row, chosen):
            yield _line(row, text, answers)


def _line(row: Row, text: Issued | None, answers: Mapping[str, tuple[Row, ...]]) -> Line:
    file, line, column = row.place
    return Line(
        row.id, row.unit, row.person, row.date, row.channel, row.kind, said(row, text), row.chapter, row.number, file, line, column,
        row.key, row.unlocated, row.confidence.value, row.original, row.proposed, row.comment, row.reply_to,
        tuple(each.id for each in answers.get(row.id, ())), row.alike, row.conflicts, row.obstacle, row.office,
        row.decision.value, row.adopted, row.reason, row.contact, row.by, row.on,
        tuple(each.file for each in row.applied), row.withdrawn,
    )  # fmt: skip
