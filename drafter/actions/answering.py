"""What the papers about opinions rest on: the rounds as they are told, what speaks against writing of them, what was adopted and not done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from drafter.actions.registers import FOLDER, Registers
from drafter.actions.shelf import Shelf
from drafter.actions.versions import Asked, sides
from drafter.papers.counts import silent
from drafter.papers.speaking import Told, became, told
from drafter.papers.unchanged import asked_of, unchanged
from drafter.rounds.counting import is_opinion, is_unread
from drafter.rounds.deciding import unreasoned
from drafter.rounds.model import Decision, Register
from drafter.rounds.words import Issued
from drafter.source.issues import Issue, Outcome, Place, Refused
from drafter.source.listed import listed


def heard(root: Path, plan: str, round_: str = "") -> Outcome[tuple[Told, ...]]:
    """The round of this id, else all of a plan. Raises `Misnamed` for an unknown round, `Refused` where there is none or what it is on is not there."""
    registers, shelf = Registers(root), Shelf(root)
    outcome = Outcome((registers.named(plan, round_),)) if round_ else registers.of_plan(plan)
    found, issues = outcome.value or (), outcome.issues
    if not found and not issues:
        raise Refused(Issue("answer.no-rounds", Place(f"{FOLDER}/{plan}"), {"plan": plan}))
    issued: dict[str, Issued] = {}
    rounds = []
    for register in (held.register for held in found):
        version = register.round.version
        if version not in issued:
            issued[version] = Issued(registers.record(plan, version).anchors.paragraphs)
        stage = shelf.named(plan, version).manifest.issuance.label
        rounds.append(told(register, stage, issued[version]))
    return Outcome(tuple(rounds), issues)


def place_of(register: Register) -> Place:
    """The file of a round."""
    return Place(f"{FOLDER}/{register.round.plan}/{register.round.id}.yaml")


def against(rounds: Iterable[Told], *, draft: bool) -> Iterator[Issue]:
    """What a final paper must not leave open; of a draft it is said how much there is."""
    for register in (each.register for each in rounds):
        place = place_of(register)
        left = [row.id for row in register.rows if is_opinion(row) and row.decision is Decision.OPEN]
        unread = [row.id for row in register.rows if is_unread(row)]
        if not draft:
            yield from unreasoned(filter(is_opinion, register.rows), place)
            yield from _unsaid(register)
        for rows, final, drafted in (
            (left, "answer.open", "answer.open-draft"),
            (unread, "answer.unread", "answer.unread-draft"),
        ):
            if rows:
                facts = {"count": str(len(rows)), "rows": listed(rows)}
                yield Issue(drafted if draft else final, place, facts)


def _unsaid(register: Register) -> Iterator[Issue]:
    """Adopted opinions of which the papers can say nothing more: no reason, and nothing was applied."""
    adopted = (row for row in register.rows if is_opinion(row) and row.decision is Decision.ADOPTED)
    found = [row.id for row in adopted if not became(row)]
    if found:
        yield Issue("answer.unsaid", place_of(register), {"rows": listed(found)})


def late(told: Told, day: date) -> tuple[str, ...]:
    """Who was asked until a day before this one, and has not answered."""
    last = told.round.until
    missing = silent(told.register)
    return tuple(
        asked.unit for asked in missing if (asked.until or last) and (asked.until or last) < day.isoformat()
    )


def early(rounds: Iterable[Told], day: date) -> Iterator[Issue]:
    """Who has still time is not taken for 无意见, and it is said."""
    for each in rounds:
        overdue = late(each, day)
        waiting = [asked.unit for asked in silent(each.register) if asked.unit not in overdue]
        if waiting:
            yield Issue("answer.not-late", place_of(each.register), {"units": listed(waiting)})


def not_done(root: Path, plan: str, rounds: Iterable[Told]) -> Iterator[tuple[Told, tuple[str, ...]]]:
    """Each round with the adopted opinions whose paragraphs read, in the workspace as it stands, as they were issued.

    Nothing is said where the workspace cannot be built: that is for `drafter check`.
    """
    by_version: dict[str, list[Told]] = {}
    for each in rounds:
        if asked_of(each.register.rows):
            by_version.setdefault(each.round.version, []).append(each)
    for version, found in by_version.items():
        try:
            both = sides(root, Asked(plan, version)).value
        except Refused:
            both = None
        if both is None:
            continue
        issued, now = (side.record.anchors.paragraphs for side in both)
        for each in found:
            rows = unchanged(each.register.rows, issued, now)
            if rows:
                yield each, tuple(row.id for row in rows)
