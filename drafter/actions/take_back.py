"""`drafter register PLAN --import FILE…`: filled-in tables taken back into the register, three ways, nothing overwritten silently."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from drafter.actions import git
from drafter.actions.decide import Setting, offices, rounds_of, setting
from drafter.actions.registers import Registers
from drafter.rounds.becoming import Who
from drafter.rounds.deciding import contradictions, uneven
from drafter.rounds.filled import Filled, filled
from drafter.rounds.taking import Conflict, Taken, taken
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Outcome, Place, Refused
from drafter.source.messages import os_reason


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What became of files: the rows that were set, the contradictions, whose rows stay as they are.

    `read` are the files that could be read; `same` counts the rows that say what the register says, `refused` those that cannot be taken; `files` are the
    registers that changed, none where it was only tried (`dry`).
    """

    read: tuple[str, ...]
    rows: tuple[Setting, ...]
    conflicts: tuple[Conflict, ...]
    same: int
    refused: int
    files: tuple[str, ...]
    dry: bool


def take_back(
    root: Path, plan: str, paths: Iterable[Path], today: date | None = None, *, dry: bool = False
) -> Outcome[TakenBack]:
    """Take files back into the rounds of a plan; with `dry` only say what would be. Raises `Misnamed` for a plan without rounds, `Refused` where its files cannot be read or written.

    A file that cannot be read is said; the others are taken all the same.
    """
    registers = Registers(root)
    rounds_of(registers, plan)
    issues: list[Issue] = []
    files = [file for path in paths if (file := _read(path, issues)) is not None]
    day = (today or date.today()).isoformat()  # noqa: DTZ011 -- the day where the user is
    who = Who(git.user(root), day)
    known = offices(root)
    with registers.held():
        rounds = rounds_of(registers, plan)
        found = taken(plan, [row for held in rounds for row in held.register.rows], files, known, who)
        after = [
            (
                held,
                replace(held.register, rows=tuple(found.rows.get(row.id, row) for row in held.register.rows)),
            )
            for held in rounds
        ]
        changed = [(held, register) for held, register in after if register != held.register]
        if not dry:
            registers.save_all(changed)
    issues += found.issues
    for _, register in changed:
        issues += (*contradictions(register.rows, found.rows), *uneven(register.rows, found.rows))
    before = {row.id: row for held in rounds for row in held.register.rows}
    rows = tuple(setting(row, before[id_]) for id_, row in sorted(found.rows.items()))
    written = () if dry else tuple(held.source.path for held, _ in changed)
    return Outcome(_told(files, rows, found, written, dry=dry), tuple(issues))


def _told(
    files: Iterable[Filled], rows: tuple[Setting, ...], found: Taken, written: tuple[str, ...], *, dry: bool
) -> TakenBack:
    read = tuple(file.file for file in files)
    return TakenBack(read, rows, found.conflicts, found.same, found.refused, written, dry)


def _read(path: Path, issues: list[Issue]) -> Filled | None:
    """The rows of a file; None, and why, where it cannot be read."""
    name = path.as_posix()
    try:
        outcome = filled(path.read_bytes(), name)
    except OSError as error:
        issues.append(Issue("source.unreadable", Place(name), {"reason": os_reason(error)}))
        return None
    except Refused as refused:
        issues += refused.issues
        return None
    issues += outcome.issues
    return outcome.value
