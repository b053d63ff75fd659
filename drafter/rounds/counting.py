"""How many opinions a round brought, and what was decided on them: m = a + b + c and those still open (FORMAT B8)."""

from __future__ import annotations

from collections.abc import Iterable

from drafter.rounds.model import EVIDENCE, Decision, Row
from drafter.source.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    """Opinions and what was decided on them.

    `withdrawn` are not among them, nor `answers` inside a thread of comments, nor files that a person has yet to read (`unread`).
    """

    opinions: int = 0
    adopted: int = 0
    partly: int = 0
    rejected: int = 0
    open: int = 0
    withdrawn: int = 0
    answers: int = 0
    unread: int = 0


def is_opinion(row: Row) -> bool:
    """Whether a row counts: not what its author took back, nor an answer to another comment, which is told with that one, nor a file to be read."""
    return not row.withdrawn and _is_said(row)


def is_unread(row: Row) -> bool:
    """Whether a row stands for a file that nobody has typed up: until somebody decides on it, or types its opinions and closes it."""
    return row.kind == EVIDENCE and not row.withdrawn and row.decision is Decision.OPEN


def _is_said(row: Row) -> bool:
    return not row.reply_to and row.kind != EVIDENCE


def counted(rows: Iterable[Row]) -> Counts:
    """The counts of these rows."""
    everything = tuple(rows)
    shown = [row.decision for row in everything if is_opinion(row)]
    return Counts(
        opinions=len(shown),
        adopted=shown.count(Decision.ADOPTED),
        partly=shown.count(Decision.PARTLY),
        rejected=shown.count(Decision.REJECTED),
        open=shown.count(Decision.OPEN),
        withdrawn=sum(bool(row.withdrawn) and _is_said(row) for row in everything),
        answers=sum(bool(row.reply_to) and not row.withdrawn for row in everything),
        unread=sum(map(is_unread, everything)),
    )
