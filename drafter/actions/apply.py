"""`drafter apply`: the adopted rows of a plan's registers, written into its Markdown and YAML.

A row counts from the version that its round is on; the writers have gone on since. What each row wants is carried over to the text of today
(`review.today`), and all that holds is written in one go, the registers' own files with it. What does not hold stays open, with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from difflib import unified_diff
from pathlib import Path

from drafter.actions.applying import Applying
from drafter.actions.build import QUIET
from drafter.actions.desk import Desk
from drafter.actions.registers import FOLDER, Held, Registers
from drafter.actions.rowstates import Brought, Diff
from drafter.rounds.adopting import against, waiting
from drafter.rounds.model import Applied, Register, Row
from drafter.rounds.naming import named as meant
from drafter.source.files import Source
from drafter.source.frozen import dataclass
from drafter.source.issues import Misnamed, Outcome, Place, Refused, has_errors


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: `rows` by their ids, all that are adopted where none is named; `moment` (ISO) is noted with what is applied."""

    rows: tuple[str, ...] = ()
    moment: str = ""
    dry: bool = False
    suggestion: bool = False


def apply(root: Path, plan: str, wanted: Wanted) -> Outcome[Brought]:
    """Bring adopted rows into the text. Raises `Misnamed` for an unknown plan or row, `Refused` where a named row is not adopted or nothing can be written."""
    desk, registers = Desk(root), Registers(root)
    with holding(registers, dry=wanted.dry):
        rounds = opened(registers, plan)
        named = chosen(rounds, plan, wanted.rows)
        work = Applying(desk, registers, wanted.moment, wanted.suggestion)
        for held in rounds:
            rows = [row for row in held.register.rows if (row.id in named if wanted.rows else waiting(row))]
            if rows:
                work.bring(held, rows, named)
        after = work.sources()
        if not wanted.dry:
            kept = [(held, _marked(held.register, applied)) for held, applied in work.applied()]
            write(desk, registers, kept, after)
    found = tuple(issue for issue in desk.problems if issue.code not in QUIET)
    return Outcome(
        Brought(
            tuple(work.rows()),
            tuple(work.follows),
            tuple(sorted(after)),
            tuple(diffs(desk, after)) if wanted.dry else (),
            written=not wanted.dry,
        ),
        found,
    )


def holding(registers: Registers, *, dry: bool) -> AbstractContextManager[None]:
    """The rounds for this process alone, where something is going to be written."""
    return nullcontext() if dry else registers.held()


def opened(registers: Registers, plan: str) -> Sequence[Held]:
    """The rounds of a plan. Raises `Misnamed` where it has none, `Refused` where one of them cannot be read: it may say otherwise."""
    registers.refuse_unasked(plan)
    found = registers.of_plan(plan)
    if has_errors(found.issues):
        raise Refused(*found.issues)
    return found.value or ()


def ids_of(rows: Sequence[Row], plan: str, words: Sequence[str]) -> frozenset[str]:
    """The ids that words of the command line mean. Raises `Misnamed` for one that is not there."""
    found = meant((row.id for row in rows), words)
    if found.issues:
        raise Misnamed(*(replace(each, place=Place(f"{FOLDER}/{plan}")) for each in found.issues))
    return frozenset(found.value or ())


def chosen(rounds: Iterable[Held], plan: str, words: Sequence[str]) -> frozenset[str]:
    """The ids of the rows that a person named. Raises `Misnamed` for one that is not there, `Refused` for one that is not adopted."""
    rows = [row for held in rounds for row in held.register.rows]
    named = ids_of(rows, plan, words)
    refused = tuple(against(rows, named))
    if refused:
        raise Refused(*refused)
    return named


def _marked(register: Register, applied: Mapping[str, tuple[Applied, ...]]) -> Register:
    """A register with what is kept of its applied rows."""
    rows = tuple(replace(row, applied=applied.get(row.id, row.applied)) for row in register.rows)
    return replace(register, rows=rows)


def write(
    desk: Desk, registers: Registers, kept: Iterable[tuple[Held, Register]], after: Mapping[str, Source]
) -> None:
    """Sources and registers, all or none. Raises `Refused` as `Registers.save_all` does."""
    before = desk.workspace.sources
    registers.save_all(kept, {path: (before[path], source) for path, source in after.items()})


def diffs(desk: Desk, after: Mapping[str, Source]) -> Iterator[Diff]:
    """What would change in each file."""
    for path in sorted(after):
        old = desk.workspace.sources[path].text.splitlines(keepends=True)
        new = after[path].text.splitlines(keepends=True)
        # an empty line needs no mark before it: `patch` and people take it as it is
        lines = (line.rstrip("\n") for line in unified_diff(old, new, path, path))
        yield Diff(path, "".join(f"{'' if line == ' ' else line}\n" for line in lines))
