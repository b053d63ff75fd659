"""`drafter decide`: what people decide on rows of a plan's register, set in the files of its rounds, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from drafter.actions import git
from drafter.actions.composing import loaded
from drafter.actions.registers import Held, Registers
from drafter.actions.words import refuse_unwritable
from drafter.rounds.counting import is_opinion
from drafter.rounds.deciding import Decided as Set
from drafter.rounds.deciding import Wanted, decided
from drafter.rounds.model import Row
from drafter.rounds.naming import named, round_of
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Misnamed, Outcome, Place, Refused, has_errors
from drafter.workspace.consistency import units
from drafter.workspace.names import Names


@dataclass(frozen=True, slots=True)
class Setting:
    """What a row says now of what was decided, and what it said `before`."""

    id: str
    unit: str
    before: str
    decision: str
    adopted: str
    reason: str
    office: str
    contact: str
    by: str
    on: str


@dataclass(frozen=True, slots=True)
class Decided:
    """The rows that were named, and the files in which anything was changed."""

    rows: tuple[Setting, ...]
    files: tuple[str, ...]


def decide(
    root: Path, plan: str, words: Iterable[str], wanted: Wanted, today: date | None = None
) -> Outcome[Decided]:
    """Set what is wanted on the rows that these words mean. Raises `Misnamed` for unknown ones, `Refused` where a file cannot be read or written.

    `wanted.by` and `wanted.on` are the user's and today's where they are not said.
    """
    refuse_unwritable(
        {
            f"--{name}": getattr(wanted, name) or ""
            for name in ("reason", "adopted", "office", "contact", "by")
        }
    )
    asked = replace(
        wanted,
        by=wanted.by or git.user(root),
        on=wanted.on or (today or date.today()).isoformat(),  # noqa: DTZ011 -- the day where the user is
    )
    known = offices(root) if wanted.office else ()
    registers = Registers(root)
    with registers.held():
        rounds = rounds_of(registers, plan)
        ids, told = _chosen(registers, plan, rounds, words, results=asked.result is not None)
        outcomes = [
            (held, decided(held.register, own, asked, known))
            for held in rounds
            if (own := [id_ for id_ in ids if held.register.row(id_)])
        ]
        issues = (*told, *(issue for _, outcome in outcomes for issue in outcome.issues))
        done = [(held, outcome.value) for held, outcome in outcomes if outcome.value is not None]
        if len(done) < len(outcomes):
            return Outcome(None, issues)
        registers.save_all((held, each.register) for held, each in done)
    rows = tuple(setting for held, each in done for setting in _settings(held, each))
    changed = [held.source.path for held, each in done if each.register != held.register]
    return Outcome(Decided(rows, tuple(changed)), issues)


def offices(root: Path) -> tuple[str, ...]:
    """The offices that there are; none where the workspace has no list of them."""
    workspace, _ = loaded(root)
    return units(workspace.names) if isinstance(workspace.names, Names) else ()


def rounds_of(registers: Registers, plan: str) -> tuple[Held, ...]:
    """The rounds of a plan that can be read. Raises `Misnamed` where it has none, `Refused` where none can be read."""
    registers.refuse_unasked(plan)
    found = registers.of_plan(plan)
    if not found.value:
        raise Refused(*found.issues)
    return found.value


def _chosen(
    registers: Registers, plan: str, rounds: Iterable[Held], words: Iterable[str], *, results: bool
) -> tuple[tuple[str, ...], tuple[Issue, ...]]:
    """The ids that were named, and what is to be told of that. A row of a round that cannot be read is no unknown one: then it is said what is wrong with that file.

    Where `results` are set, a range means the opinions in it: not what was withdrawn, answers a comment, or waits to be typed up.
    """
    rounds, words = tuple(rounds), tuple(words)
    rows = [row for held in rounds for row in held.register.rows]
    chosen = named(
        [row.id for row in rows], words, {row.id for row in rows if results and not is_opinion(row)}
    )
    read = {held.register.round.id for held in rounds}
    unread = [id_ for id_ in registers.ids(plan) if id_ not in read]
    missing = {round_of(issue.facts["row"].upper()) for issue in chosen.issues if "row" in issue.facts}
    wrong = tuple(
        issue for id_ in unread if id_.upper() in missing for issue in registers.round(plan, id_).issues
    )
    if wrong:
        raise Refused(*wrong)
    if has_errors(chosen.issues):
        raise Misnamed(*chosen.issues)
    if not chosen.value:
        raise Misnamed(*chosen.issues, Issue("decide.no-rows", Place("")))
    return chosen.value, chosen.issues


def _settings(held: Held, done: Set) -> Iterator[Setting]:
    for row in done.rows:
        before = held.register.row(row.id)
        yield setting(row, before)


def setting(row: Row, before: Row | None) -> Setting:
    """A row as it is shown after it was set."""
    return Setting(
        row.id,
        row.unit or row.person,
        before.decision.value if before else "",
        row.decision.value,
        row.adopted,
        row.reason,
        row.office,
        row.contact,
        row.by,
        row.on,
    )
