"""Rows that say the same, and rows that want something else with the same words or the same datum."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from drafter.review.remarks import BREAK, Kind
from drafter.rounds.model import EVIDENCE, Row
from drafter.source.lines import common

_SAID = re.compile(r"[\s，。！？；：、“”‘’（）,.!?;:'\"()]+")
_VALUES = (Kind.VALUE.value, Kind.OPINION.value)


def related(rows: Sequence[Row], new: Collection[str], issued: Sequence[str]) -> tuple[Row, ...]:
    """The rows with what the `new` ones have to do with the others; `issued` are the issued paragraphs.

    A row is `alike` the first one that makes the same change or says the same words of the same place. It `conflicts` with each that changes some of the
    same characters, or the same datum, into something else; so does that one with it. What was withdrawn counts no more. A change is only what differs:
    a whole sentence typed anew with one other word is that word.
    """
    text, starts = BREAK.join((*issued, "")), _starts(issued)
    heads: dict[tuple[object, ...], str] = {}
    alike: dict[str, str] = {}
    standing = [row for row in rows if not row.withdrawn and row.kind != EVIDENCE]
    cores = {row.id: core for row in standing if (core := _core(row, text, starts)) is not None}
    for row in standing:
        key = _meaning(row, cores.get(row.id))
        head = heads.setdefault(key, row.alike or row.id) if key else row.id
        if row.id in new and head != row.id:
            alike[row.id] = head
    pairs: dict[str, set[str]] = {}
    for one, other in (*_crossing(standing, cores), *_same_datum(standing)):
        if one.id in new or other.id in new:
            pairs.setdefault(one.id, set()).add(other.id)
            pairs.setdefault(other.id, set()).add(one.id)
    order = {row.id: number for number, row in enumerate(rows)}
    out = []
    for row in rows:
        more = sorted(pairs.get(row.id, set()) - set(row.conflicts), key=order.__getitem__)
        row = replace(row, alike=alike[row.id]) if row.id in alike else row  # noqa: PLW2901 -- the same row
        out.append(replace(row, conflicts=(*row.conflicts, *more)) if more else row)
    return tuple(out)


Core = tuple[int, int, str]
"""The characters of the whole issued text that a change changes, and what they become."""


def _starts(issued: Sequence[str]) -> tuple[int, ...]:
    """Where each paragraph begins in the text of all of them, each with its end (see `review.remarks.Change`)."""
    return tuple(accumulate((len(each) + 1 for each in issued), initial=0))


def _core(row: Row, text: str, starts: Sequence[int]) -> Core | None:
    """What differs in the change of a row; None where it makes none."""
    change = row.change
    if change is None or not 0 <= change.anchor < len(starts):
        return None
    start, end, new = starts[change.anchor] + change.start, starts[change.anchor] + change.end, change.new
    old = text[start:end]
    head = common(old, new)
    tail = min(common(old[::-1], new[::-1]), len(old) - head, len(new) - head)
    return start + head, end - tail, new[head : len(new) - tail]


def _meaning(row: Row, core: Core | None) -> tuple[object, ...]:
    """What rows that say the same have in common; empty for one that says nothing which another could say too."""
    if row.reply_to:
        return ()
    if row.key and row.kind == Kind.VALUE:
        return "datum", row.key, row.proposed
    if core is not None:
        return "change", core
    said = _SAID.sub("", row.comment)
    place = row.spot.paragraph if row.spot else -1
    return ("words", said, place, row.number, row.proposed) if said else ()


def _crossing(rows: Sequence[Row], cores: Mapping[str, Core]) -> Iterator[tuple[Row, Row]]:
    """Pairs of changes that meet and are not the same."""
    spans = sorted((*cores[row.id][:2], number) for number, row in enumerate(rows) if row.id in cores)
    open_: list[tuple[int, int, int]] = []
    for start, end, number in spans:
        open_ = [each for each in open_ if each[1] > start]
        for begun, ended, other in open_:
            one, two = rows[other], rows[number]
            same = _meaning(one, cores[one.id]) == _meaning(two, cores[two.id])
            if _meet((begun, ended), (start, end)) and not same:
                yield one, two
        if end > start:
            open_.append((start, end, number))


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans share a character, or one puts something in between two of the other's; `one` is not empty and begins first."""
    if other[0] == other[1]:
        return one[0] < other[0] < one[1]
    return other[0] < one[1]


def _same_datum(rows: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Pairs that want one datum to be different things."""
    by_key: dict[str, list[Row]] = {}
    for row in rows:
        if row.key and row.kind in _VALUES and row.proposed:
            by_key.setdefault(row.key, []).append(row)
    for found in by_key.values():
        for number, row in enumerate(found):
            yield from ((other, row) for other in found[:number] if other.proposed != row.proposed)


def without(rows: Sequence[Row], taken: Mapping[str, Row]) -> tuple[Row, ...]:
    """The rows that are left when some are taken out, without a word of those."""
    left = (row for row in rows if row.id not in taken)
    return tuple(
        replace(
            row,
            alike="" if row.alike in taken else row.alike,
            reply_to="" if row.reply_to in taken else row.reply_to,
            conflicts=tuple(id_ for id_ in row.conflicts if id_ not in taken),
        )
        if row.alike in taken or row.reply_to in taken or any(id_ in taken for id_ in row.conflicts)
        else row
        for row in left
    )
