"""What a person should know of how a file was taken into its round."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.actions.registering import Entered
from drafter.actions.registers import FOLDER
from drafter.rounds.model import Round, RoundKind
from drafter.rounds.standing import same
from drafter.source.issues import Issue, Place
from drafter.source.listed import listed
from drafter.source.nearest import suggestion


def told(entered: Entered, round_: Round, at: Place, *, apply: bool) -> Iterator[Issue]:
    """Whose it is was not asked, what was taken back, what it stands beside; `apply`: that nothing was applied."""
    asked = [each.unit for each in round_.asked]
    if round_.kind is not RoundKind.PUBLIC and asked and _is_stranger(entered.unit, asked):
        facts = {"unit": entered.unit, "round": round_.id, "nearest": suggestion(entered.unit, asked)}
        yield Issue("collect.unasked", at, facts)
    if entered.withdrawn:
        yield Issue("collect.withdrawn", at, {"unit": entered.unit, "rows": listed(entered.withdrawn)})
    if entered.beside:
        yield Issue("collect.beside", at, {"unit": entered.unit, "files": listed(entered.beside)})
    if apply:
        yield Issue("collect.apply-later", at, {"plan": round_.plan, "round": round_.id})


def untouched(entered: Entered, round_: Round, at: Place) -> Issue:
    """A copy that came back as it was issued."""
    facts = {"unit": entered.unit, "file": f"{FOLDER}/{round_.plan}/{round_.id}.yaml"}
    return Issue("collect.untouched", at, facts)


def _is_stranger(unit: str, asked: list[str]) -> bool:
    """Whether none of those who sent it was asked; several who marked one copy are joined in its name."""
    return not {same(each) for each in unit.split("、")} & {same(each) for each in asked}
