"""The last collection taken back: all that came at its moment goes, and what it withdrew stands again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drafter.rounds.model import Decision, Register, Row
from drafter.rounds.relating import without


def last_moment(register: Register) -> str:
    """When something was collected last, as noted (ISO); empty for never."""
    moments = [reply.collected for reply in register.replies] + [row.collected for row in register.rows]
    return max((*moments, *(row.withdrawn for row in register.rows)), default="")


def against(register: Register, moment: str) -> Iterator[Row]:
    """The rows of a collection that speak against taking it back: decided, applied or dealt with since."""
    for row in register.rows:
        dealt = row.decision is not Decision.OPEN or row.applied or row.adopted or row.reason or row.contact
        if row.collected == moment and dealt:
            yield row


def taken_back(register: Register, moment: str) -> Register:
    """The register without what was collected at a moment; the numbers of its rows are not given again."""
    gone = {row.id: row for row in register.rows if row.collected == moment}
    rows = tuple(
        replace(row, withdrawn="") if row.withdrawn == moment else row for row in without(register.rows, gone)
    )
    replies = tuple(reply for reply in register.replies if reply.collected != moment)
    return replace(register, replies=replies, rows=rows)
