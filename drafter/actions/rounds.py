"""`drafter round`: a round is opened on an issued version, and who has answered it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from drafter.actions.blank_forms import write_forms
from drafter.actions.composing import chosen_plans, loaded
from drafter.actions.registers import FOLDER, Held, Registers
from drafter.actions.shelf import Shelf
from drafter.actions.words import refuse_unwritable
from drafter.papers.counts import counts
from drafter.release.manifest import Copy, Manifest
from drafter.release.recipients import chosen, known
from drafter.rounds.model import Asked, Register, Round, RoundKind
from drafter.rounds.standing import Standing, standings
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Misnamed, Outcome, Place, Refused
from drafter.source.listed import listed

MOST = 3
"""So many of those who are asked twice are named."""

PUBLIC_DAYS = 30
"""The public is asked for no fewer days, without a reason (国务院令第713号, 第15条; FORMAT B9)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a new round; empty where the release says it: its version (the last one), its recipients, its deadline."""

    kind: RoundKind
    version: str = ""
    to: tuple[str, ...] = ()
    until: date | None = None
    name: str = ""
    note: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A round that was opened: its id, its file, and the blank forms that were written."""

    plan: str
    round: str
    version: str
    kind: str
    opened: str
    until: str
    asked: tuple[str, ...]
    file: str
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A round as it stands on a day; `replies` are all answers, as papers count them, of which `none` said 无意见."""

    id: str
    version: str
    kind: str
    name: str
    note: str
    opened: str
    until: str
    file: str
    replies: int
    none: int
    units: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Rounds:
    """The rounds of a plan, the first one first, as they stand on `date`."""

    plan: str
    date: str
    rounds: tuple[Shown, ...]


def rounds(root: Path, plan: str, day: date | None = None) -> Outcome[Rounds]:
    """Show the rounds of a plan as they stand today, or on `day`. Raises `Misnamed` for an unknown plan."""
    registers = Registers(root)
    if plan not in registers.plans():
        _known(root, plan)
    today = (day or date.today()).isoformat()  # noqa: DTZ011 -- the day where the office is
    found = registers.of_plan(plan)
    shown = tuple(_shown(held, today) for held in found.value or ())
    return Outcome(Rounds(plan, today, shown), found.issues)


def _shown(held: Held, today: str) -> Shown:
    each, figures = held.register.round, counts((held.register,))
    return Shown(
        each.id, each.version, each.kind, each.name, each.note, each.opened, each.until, held.source.path,
        figures.replies, figures.none, standings(held.register, today),
    )  # fmt: skip


def _known(root: Path, plan: str) -> None:
    """Raises `Misnamed` for a plan that is not there and was never issued."""
    if plan not in Shelf(root).plans():
        workspace, found = loaded(root)
        chosen_plans(workspace, (plan,), found)


def open_round(root: Path, plan: str, wanted: Wanted) -> Outcome[Opened]:
    """Open a round on an issued version. Raises `Misnamed` for unknown names and words that no file can hold, `Refused` where nobody is asked or no day is given."""
    refuse_unwritable({"--name": wanted.name, "--note": wanted.note})
    _known(root, plan)
    shelf, registers = Shelf(root), Registers(root)
    versions = shelf.versions(plan)
    if not versions:
        raise Refused(Issue("rounds.nothing-issued", Place(f"data/releases/{plan}"), {"plan": plan}))
    manifest = shelf.named(plan, wanted.version or versions[-1]).manifest
    opened = wanted.day or date.today()  # noqa: DTZ011 -- the day where the office is
    with registers.held():
        before = registers.of_plan(plan)
        asked = _asked(root, manifest, wanted, before.value or ())
        until = _until(manifest, wanted, opened)
        id_ = _next(registers.ids(plan))
        made = Round(
            id_, plan, manifest.issuance.version, wanted.kind, wanted.name, opened.isoformat(), until.isoformat(), asked,
            wanted.note,
        )  # fmt: skip
        held = registers.put(Register(made))
    forms = write_forms(root, manifest, made)
    told = _told(made, (until - opened).days, before.value or ())
    return Outcome(_opened(held, forms.value or ()), (*before.issues, *told, *forms.issues))


def _opened(held: Held, forms: tuple[str, ...]) -> Opened:
    made = held.register.round
    names = tuple(each.unit for each in made.asked)
    days = (made.opened, made.until)
    return Opened(made.plan, made.id, made.version, made.kind, *days, names, held.source.path, forms)


def _next(ids: tuple[str, ...]) -> str:
    """The id of the next round: no number comes twice while the file of a later one is there."""
    numbers = [int(id_[1:]) for id_ in ids if id_[:1] == "R" and id_[1:].isdecimal()]
    return f"R{max(numbers, default=0) + 1}"


def _asked(root: Path, manifest: Manifest, wanted: Wanted, before: Iterable[Held]) -> tuple[Asked, ...]:
    """Who is asked, each with the number of their copy: the recipients whom no round on the version has asked, or all.

    Raises `Misnamed` for unknown names, `Refused` where nobody is asked, and where the public is asked by name.
    """
    place = Place(f"{FOLDER}/{manifest.plan}")
    if wanted.kind is RoundKind.PUBLIC:
        if wanted.to:
            raise Refused(Issue("rounds.public-to", place))
        return ()
    copies: dict[str, Copy] = {}
    for copy in manifest.copies:
        if copy.recipient:
            copies.setdefault(copy.recipient, copy)
    version = manifest.issuance.version
    rounds = [each.register.round for each in before if each.register.round.version == version]
    there = {each.unit for round_ in rounds for each in round_.asked}
    names = tuple(name for name in copies if name not in there) or tuple(copies)
    if wanted.to:
        workspace, _ = loaded(root)
        outcome = chosen(known(workspace), wanted.to)
        if outcome.issues or outcome.value is None:
            raise Misnamed(*outcome.issues)
        names = outcome.value
    if not names:
        raise Refused(Issue("rounds.nobody-asked", place, {"version": version}))
    return tuple(Asked(name, copies[name].number if name in copies else 0) for name in names)


def _until(manifest: Manifest, wanted: Wanted, opened: date) -> date:
    """The last day: as asked, else the deadline of the copies."""
    place = Place(f"{FOLDER}/{manifest.plan}")
    stated = max((copy.deadline for copy in manifest.copies), default="")
    until = wanted.until or (date.fromisoformat(stated) if stated else None)
    if until is None:
        raise Refused(Issue("rounds.no-deadline", place, {"version": manifest.issuance.version}))
    if until < opened:
        facts = {"opened": opened.isoformat(), "until": until.isoformat()}
        raise Refused(Issue("rounds.until-past", place, facts))
    return until


def _told(made: Round, days: int, before: tuple[Held, ...]) -> Iterator[Issue]:
    """What is to be said of a new round: too short for the public, or somebody asked twice on one version."""
    place = Place(f"{FOLDER}/{made.plan}/{made.id}.yaml")
    if made.kind is RoundKind.PUBLIC and days < PUBLIC_DAYS and not made.note:
        yield Issue("rounds.public-short", place, {"days": str(days), "least": str(PUBLIC_DAYS)})
    names = {each.unit for each in made.asked}
    for each in (held.register.round for held in before):
        twice = [one.unit for one in each.asked if one.unit in names]
        if each.version == made.version and twice:
            shown = twice if len(twice) <= MOST else twice[:MOST]
            facts = {
                "units": listed(shown),
                "count": str(len(twice)),
                "round": each.id,
                "version": each.version,
                "file": place.file,
            }
            yield Issue("rounds.asked-twice", place, facts)
