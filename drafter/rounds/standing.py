"""Who has answered and who has not: read off a register and a day. Being late follows from days and is noted nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from drafter.opinions.model import Conclusion
from drafter.rounds.counting import is_opinion, is_unread
from drafter.rounds.model import Asked, Decision, Register, Reply, Row, State
from drafter.source.frozen import dataclass

_BRACKETS = str.maketrans("()", "（）")


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

    @property
    def none(self) -> bool:
        """Whether they said that they have no opinion, and wrote none."""
        return self.conclusion == Conclusion.NONE and not self.remarks


def standings(register: Register, today: str) -> tuple[Standing, ...]:
    """Everybody who is asked, in order, then who answered unasked; `today` is an ISO day."""
    asked = register.round.asked
    names = {same(each.unit) for each in asked}
    others: dict[str, str] = {}
    for name in _names(register):
        if same(name) not in names:
            others.setdefault(same(name), name)
    everybody = [*((each, True) for each in asked), *((Asked(name), False) for name in others.values())]
    return tuple(_standing(register, each, today, asked=known) for each, known in everybody)


def same(name: str) -> str:
    """A name as it is compared: without blanks, with brackets of one kind."""
    return "".join(name.split()).translate(_BRACKETS)


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
    return same(each.unit or each.person) == same(who.unit)
