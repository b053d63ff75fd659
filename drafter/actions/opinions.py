"""The opinions that changes between two versions of a plan may answer: of the rounds on the old version, on earlier ones and on those between the two."""

from __future__ import annotations

from pathlib import Path

from drafter.actions.differences import Differences
from drafter.actions.registers import Registers
from drafter.actions.versions import Side
from drafter.papers.causes import ANSWERED, Causes, Considered
from drafter.release.stages import number_of
from drafter.source.issues import Outcome, Refused


def causes(root: Path, plan: str, old: Side, new: Side) -> Outcome[Causes]:
    """What tells the opinions behind the changes; None where nobody was asked about the plan. A round that cannot be used is told, and left out."""
    registers = Registers(root)
    if not registers.ids(plan):
        return Outcome(None)
    found = registers.of_plan(plan)
    issues = list(found.issues)
    rounds: list[Considered] = []
    before, after = (number_of(side.version.name) for side in (old, new))
    for register in (held.register for held in found.value or ()):
        number = number_of(register.round.version)
        if after and number >= after:
            continue  # what is said of the new version has changed nothing in it yet
        if not any(row.decision in ANSWERED for row in register.rows):
            continue
        try:
            record = old.record if number == before else registers.record(plan, register.round.version)
        except Refused as refused:
            issues += refused.issues
            continue
        rounds.append(Considered(register, record, due=number >= before))
    public = any(side.record.settings.get("public") for side in (old, new))
    return Outcome(Causes(old.record, new.record, rounds, public=public), tuple(issues))


def unmade(made: Differences, opinions: Causes | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The rounds that were looked through, and the ids of their adopted opinions that no change answers."""
    if opinions is None:
        return (), ()
    left = opinions.unmade(change for change, _ in made.told)
    return tuple(each.register.round.id for each in opinions.rounds), tuple(row.id for row in left)
