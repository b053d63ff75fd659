"""`drafter collect --undo`: the last collection taken back, out of all registers, with what was kept of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from drafter.actions.collected import Account, Collected
from drafter.actions.quick import Row
from drafter.actions.registers import FOLDER, Held, Registers
from drafter.actions.secrets import Secrets
from drafter.rounds.model import Register, RoundKind
from drafter.rounds.taking_back import against, last_moment, taken_back
from drafter.source.issues import Issue, Outcome, Place, Refused
from drafter.source.listed import listed


def take_back(root: Path) -> Outcome[Collected]:
    """Take the last collection back. Raises `Refused` where there is none, where one of its rows was dealt with since, or a register cannot be read."""
    registers = Registers(root)
    if not registers.plans():
        raise Refused(Issue("collect.nothing-to-undo", Place(FOLDER)))
    with registers.held():
        every = list(_every(registers))
        moment = max((last_moment(each.register) for each in every), default="")
        if not moment:
            raise Refused(Issue("collect.nothing-to-undo", Place(FOLDER)))
        settled = [row.id for each in every for row in against(each.register, moment)]
        if settled:
            raise Refused(Issue("collect.decided-since", Place(FOLDER), {"rows": listed(settled)}))
        after = [(each, taken_back(each.register, moment)) for each in every]
        changed = [(held, register) for held, register in after if register != held.register]
        registers.save_all(changed)
        _forgotten(root, changed)
    rows = tuple(row for held, register in changed for row in _rows(held.register, register))
    return Outcome(Collected((), rows, (), Account(0, 0, 0, 0, 0, 0)))


def _every(registers: Registers) -> Iterator[Held]:
    for plan in registers.plans():
        found = registers.of_plan(plan)
        if len(found.value or ()) < len(registers.ids(plan)):
            raise Refused(*found.issues)
        yield from found.value or ()


def _forgotten(root: Path, changed: list[tuple[Held, Register]]) -> None:
    """What was kept of it goes, after the registers do not speak of it any more."""
    secrets = Secrets(root)
    for held, register in changed:
        left = {reply.file.kept for reply in register.replies}
        for reply in held.register.replies:
            if reply.file.kept and reply.file.kept not in left:
                (root / reply.file.kept).unlink(missing_ok=True)
        round_ = register.round
        if round_.kind is RoundKind.PUBLIC:
            ids = {row.id for row in held.register.rows} - {row.id for row in register.rows}
            secrets.forget((round_.plan, round_.id), ids)


def _rows(before: Register, after: Register) -> Iterator[Row]:
    for row in before.rows:
        now = after.row(row.id)
        if now is None:
            yield Row(row.id, "removed", "", "", 0)
        elif row.withdrawn and not now.withdrawn:
            yield Row(row.id, "restored", "", "", 0)
