"""Table cells that are calculated from a datum follow it when it is corrected: totals, shares, growths.

A word processor does not add up. Whoever corrects a cell of a table sends back the old total beside it, or has corrected the total as well. Such
a cell is no second place of the datum, it says what the formula says, so it keeps no correction out; but each one is named with what it said and
says now. Sentences are different: their words may hang on the calculated number, so that a person must read them first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from drafter.review.points import Ground
from drafter.review.remarks import Remark
from drafter.source.frozen import dataclass
from drafter.source.origins import SourceSlice


@dataclass(frozen=True, slots=True)
class Followed:
    """A calculated cell that changed with a datum: where a reader finds it (段号, else 章节), what it said and says now."""

    place: str
    was: str
    now: str


def followers(ground: Ground, places: Iterable[SourceSlice]) -> frozenset[int]:
    """The issued cells that are calculated from the data at these scalars and print none of them itself."""
    return frozenset(
        index
        for place in places
        for index in ground.printed.datum(place)
        if ground.issued[index].kind == "cell" and index not in ground.printed.itself(place)
    )


def followed(ground: Ground, remark: Remark, rebuilt: Mapping[int, str]) -> tuple[Followed, ...]:
    """The cells that say something else since the edits of a remark; `rebuilt` are the new texts by issued paragraph."""
    cells = sorted(followers(ground, (edit.slice for edit in remark.edits)))
    changed = (
        index for index in cells if rebuilt.get(index, ground.issued[index].text) != ground.issued[index].text
    )
    return tuple(
        Followed(anchor.number or anchor.place, anchor.text, rebuilt[index])
        for index in changed
        if (anchor := ground.issued[index])
    )


def foreseen(ground: Ground, remarks: Mapping[int, Remark], rebuilt: Mapping[int, str]) -> frozenset[int]:
    """The remarks on calculated cells that say what these cells say now anyway: the reviewer corrected the total as well."""
    by_cell: dict[int, list[int]] = {}
    for index, remark in remarks.items():
        if remark.change is not None and ground.issued[remark.change.anchor].kind == "cell":
            by_cell.setdefault(remark.change.anchor, []).append(index)
    return frozenset(
        index
        for cell, found in by_cell.items()
        if cell in rebuilt and rebuilt[cell] == _wished(ground, cell, [remarks[each] for each in found])
        for index in found
        if remarks[index].obstacle == "review.derived"
    )


def _wished(ground: Ground, cell: int, remarks: Iterable[Remark]) -> str:
    """A cell as the reviewer wrote it."""
    text = ground.issued[cell].text
    changes = [remark.change for remark in remarks if remark.change is not None]
    for change in sorted(changes, key=lambda each: each.start, reverse=True):
        text = text[: change.start] + change.new + text[change.end :]
    return text
