"""Who has answered and who has not: read off a register and a day. Being late follows from days and is noted nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from drafter.rounds.counting import is_opinion, is_unread
from drafter.rounds.model import Asked, Decision, Register, Reply, Row, State
from drafter.source.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with one who is asked, or who answered unasked (`asked` false, without a day until which).

    `answered` is the ISO day of the first answer, empty for none; `conclusion` what the last one that says anything concludes. `remarks` are the
    opinions that still hold, `decided` those of them that are decided, `waiting` kept files that nobody has typed up. `late`: answered after `until`, or
    not yet on a later day.
    """

    unit: str
    copy: int
    until: str
    asked: bool
    answered: str
    conclusion: str
    remarks: int
    decided: int
    waiting: int
    late: bool


def standings(register: Register, today: str) -> tuple[Standing, ...]:
    """Everybody who is asked, in order, then who answered unasked; `today` is an ISO day."""
    asked = register.round.asked
    names = {each.unit for each in asked}
    others = dict.fromkeys(name for name in _names(register) if name not in names)
    everybody = [*((each, True) for each in asked), *((Asked(name), False) for name in others)]
    return tuple(_standing(register, each, today, asked=known) for each, known in everybody)


def answered_on(reply: Reply) -> str:
    """The ISO day of an answer: its own, else the day on which it was collected."""
    return reply.date or reply.collected[:10]


def _names(register: Register) -> Iterator[str]:
    """Who answered, by unit, else by name."""
    yield from (each.unit or each.person for each in _read(register.replies))
    yield from (each.unit or each.person for each in register.rows)


def _read(replies: Iterable[Reply]) -> list[Reply]:
    return [reply for reply in replies if reply.file.state is not State.REFUSED]


def _standing(register: Register, who: Asked, today: str, *, asked: bool) -> Standing:
    replies = [each for each in _read(register.replies) if _is(each, who)]
    rows = [row for row in register.rows if _is(row, who)]
    remarks = [row for row in rows if is_opinion(row)]
    first = min((answered_on(each) for each in replies), default="")
    until = (who.until or register.round.until) if asked else ""
    concluded = [each.conclusion for each in replies if each.conclusion]
    return Standing(
        unit=who.unit,
        copy=who.copy,
        until=until,
        asked=asked,
        answered=first,
        conclusion=concluded[-1] if concluded else "",
        remarks=len(remarks),
        decided=sum(row.decision is not Decision.OPEN for row in remarks),
        waiting=sum(map(is_unread, rows)),
        late=bool(until) and (first or today) > until,
    )


def _is(each: Reply | Row, who: Asked) -> bool:
    return (each.unit or each.person) == who.unit
