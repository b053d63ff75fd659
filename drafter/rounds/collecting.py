"""What a file brought goes into the register: new rows for what is new, none for what is there, and what a later file no longer has is withdrawn.

A file of somebody who sent one before is either that one further on, or another person's beside it. It goes on where it has some of the same marks
or the same authors: then what it no longer has was taken back. Else nothing is withdrawn, and both stand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from drafter.rounds.model import EVIDENCE, Register, Reply, RoundKind, Row
from drafter.source.frozen import dataclass

Names = Mapping[str, str]
"""The full names of persons that the register has masked, by the id of their row."""

_NOBODY: Names = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Brought:
    """What one file brought: who sent it, and its rows with ids of their own (`r1`), by which they answer each other; persons by their full names.

    `by_author`: another file by the same persons goes on with this one. A second letter adds to the first. `others` are the answers of those who are asked
    themselves and marked the file of another.
    """

    reply: Reply
    rows: tuple[Row, ...]
    by_author: bool = True
    others: tuple[Reply, ...] = ()


@dataclass(frozen=True, slots=True)
class Added:
    """The register with what a file brought.

    `ids`: which row each of the file's became, new or there before. `new` and `withdrawn` are ids; `beside` the files (the first 12 of their hash) of the
    same sender that this one does not go on. `names` are the full names of the new rows.
    """

    register: Register
    ids: Mapping[str, str]
    new: tuple[str, ...]
    withdrawn: tuple[str, ...]
    beside: tuple[str, ...]
    names: Names


def added(register: Register, brought: Brought, moment: str, names: Names = _NOBODY) -> Added:
    """The register with what a file brought at a moment (ISO); `names` are the full names of the rows that are there."""
    channels = {brought.reply.channel, *(row.channel for row in brought.rows)}
    units = {brought.reply.unit, *(each.unit for each in brought.others)}
    before = [
        row
        for row in register.rows
        if row.unit in units and row.channel in channels and row.kind != EVIDENCE and not row.withdrawn
    ]
    waiting: dict[tuple[object, ...], list[Row]] = {}
    for row in before:
        waiting.setdefault(_print(row, names.get(row.id, row.person)), []).append(row)
    ids: dict[str, str] = {}
    new: list[Row] = []
    number = highest(register)
    for row in brought.rows:
        found = waiting.get(_print(row, row.person))
        if found:
            ids[row.id] = found.pop(0).id
            continue
        number += 1
        ids[row.id] = f"{register.round.id}-{number:03d}"
        new.append(row)
    gone, beside = _gone(register, before, brought, set(ids.values()), names)
    written = [
        replace(row, id=ids[row.id], reply_to=ids.get(row.reply_to, ""), collected=moment) for row in new
    ]
    rows = [replace(row, withdrawn=moment) if row.id in gone else row for row in register.rows]
    after = replace(
        register,
        round=replace(register.round, used=number),
        replies=(
            *register.replies,
            *(replace(each, collected=moment) for each in (brought.reply, *brought.others)),
        ),
        rows=(*rows, *written),
    )
    return Added(
        after,
        MappingProxyType(ids),
        tuple(row.id for row in written),
        tuple(row.id for row in register.rows if row.id in gone),
        beside,
        MappingProxyType({row.id: row.person for row in written}),
    )


def highest(register: Register) -> int:
    """The highest number that a row of the round ever had: no id comes twice, whatever was taken back since."""
    return max((register.round.used, *(int(row.id.rpartition("-")[2]) for row in register.rows)))


def _print(row: Row, person: str) -> tuple[object, ...]:
    """What is the same where somebody did the same thing: the ids that a word processor gives to marks are not."""
    return (
        row.unit,
        person,
        row.channel,
        row.date,
        row.kind,
        row.tracked,
        row.key,
        row.change,
        row.spot,
        row.original,
        row.proposed,
        row.comment,
    )


def _gone(
    register: Register, before: Sequence[Row], brought: Brought, there: Collection[str], names: Names
) -> tuple[set[str], tuple[str, ...]]:
    """The rows of earlier files that this one goes on and no longer has, and the files that it does not go on."""
    files: dict[str, list[Row]] = {}
    for row in before:
        if row.unit == brought.reply.unit:  # what another sent themselves is not taken back by this file
            files.setdefault(row.file, []).append(row)
    gone: set[str] = set()
    beside: list[str] = []
    persons = (row.person for row in brought.rows) if brought.by_author else ()
    authors = _authors(persons, register)
    for file, rows in files.items():
        kept = [row for row in rows if row.id in there]
        same = authors and authors == _authors((names.get(row.id, row.person) for row in rows), register)
        if same or any(row.tracked or row.comment for row in kept) or len(kept) * 2 > len(rows):
            gone.update(row.id for row in rows if row.id not in there)
        else:
            beside.append(file)
    return gone, tuple(beside)


def _authors(persons: Iterable[str], register: Register) -> frozenset[str]:
    """Who marked a file. Of the public nobody is known by a name: two may have the same."""
    if register.round.kind is RoundKind.PUBLIC:
        return frozenset()
    return frozenset(filter(None, persons))
