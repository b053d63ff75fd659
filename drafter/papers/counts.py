"""How many were asked, how many answered, what they concluded; with what `drafter.rounds.counting` says of the opinions. Nothing is counted elsewhere.

An answer is somebody who answered, however many files they sent; a file that could not be read is none. 无意见 counts answers and never
opinions: somebody who says so and gives none. Who agrees in principle (原则同意) has not said 无意见.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from drafter.opinions.model import Conclusion
from drafter.rounds import counting
from drafter.rounds.counting import is_opinion
from drafter.rounds.masking import ANYBODY
from drafter.rounds.model import Asked, Register, Reply, Round, RoundKind, Row, State
from drafter.rounds.standing import same
from drafter.source.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """Somebody who answered: the unit, the person where persons answer, what they concluded last, the opinions that count."""

    unit: str
    person: str
    conclusion: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures of one round or several.

    `asked` units and `experts` (each once, in however many rounds), `public` whether everybody was asked; `replies` who answered, of whom `none`
    said 无意见 and `agreed` 原则同意 without an opinion; `opinions` are `adopted`, `partly`, `rejected` or still `open`; `withdrawn` are
    none of them, nor `unread` files that a person has yet to read. `silent` are those who were asked and have not answered, `unasked` counts the
    replies of those whom nobody asked (the public is always asked).
    """

    asked: int
    experts: int
    public: bool
    replies: int
    none: int
    agreed: int
    opinions: int
    adopted: int
    partly: int
    rejected: int
    open: int
    withdrawn: int
    unread: int
    silent: tuple[str, ...]
    unasked: int = 0


def answers(register: Register) -> tuple[Answer, ...]:
    """Who answered, in the order in which they came: whoever sent a file that was kept, or gave an opinion."""
    replies = [reply for reply in register.replies if reply.file.state is not State.REFUSED]
    keys = [_key(register.round, each, f"reply {number}") for number, each in enumerate(replies)]
    sent: dict[str, list[Reply]] = {}
    of_file: dict[str, list[tuple[str, Reply]]] = {}
    for key, reply in zip(keys, replies, strict=True):
        sent.setdefault(key, []).append(reply)
        of_file.setdefault(reply.file.short, []).append((key, reply))
    own: dict[str, list[Row]] = {}
    for row in filter(is_opinion, register.rows):
        own.setdefault(_of(register.round, row, of_file.get(row.file, ())), []).append(row)
    return tuple(_answer(sent.get(key, ()), tuple(own.get(key, ()))) for key in dict.fromkeys((*sent, *own)))


def by_person(round_: Round, unit: str, person: str) -> bool:
    """Whether it is the person who answers, not the unit: one of the public, or an expert who was not asked by that very name."""
    if round_.kind is RoundKind.EXPERTS:
        return bool(person) and same(unit) not in {same(asked.unit) for asked in round_.asked}
    return round_.kind is RoundKind.PUBLIC and (bool(person) or not unit or unit in ANYBODY)


def _key(round_: Round, each: Reply | Row, number: str) -> str:
    """What tells one who answers from others: a unit's name, a person's; the file of who gave none, or is one of several 李**."""
    if by_person(round_, each.unit, each.person):
        known = same(each.person) if "*" not in each.person else ""
        return f"{same(each.unit)} {known or number}"
    return same(each.unit) or same(each.person) or f" {number}"


def _of(round_: Round, row: Row, came: Sequence[tuple[str, Reply]]) -> str:
    """The answer that an opinion belongs to, of those that came in the same file; a draft that several persons marked is one answer."""
    mine = [key for key, reply in came if (reply.unit, reply.person) == (row.unit, row.person)]
    if mine:
        return mine[0]
    if len(came) == 1 and (not row.unit or by_person(round_, row.unit, row.person)):
        return came[0][0]
    return _key(round_, row, f"file {row.file} {row.person}")


def _answer(replies: Sequence[Reply], rows: tuple[Row, ...]) -> Answer:
    if not replies:
        return Answer(rows[0].unit, rows[0].person, "", rows)
    first_to_last = sorted(replies, key=lambda reply: (reply.date, reply.collected))
    concluded = [reply.conclusion for reply in first_to_last if reply.conclusion]
    last = first_to_last.pop()
    return Answer(last.unit, last.person, concluded[-1] if concluded else "", rows)


def silent(register: Register) -> tuple[Asked, ...]:
    """Who was asked and has not answered; of the public nobody is expected."""
    if register.round.kind is RoundKind.PUBLIC:
        return ()
    came = {same(name) for answer in answers(register) for name in (answer.unit, answer.person) if name}
    return tuple(asked for asked in register.round.asked if same(asked.unit) not in came)


def counts(registers: Iterable[Register]) -> Counts:
    """The figures of these rounds together."""
    registers = tuple(registers)
    of_rows = counting.counted(row for register in registers for row in register.rows)
    everyone = [answer for register in registers for answer in answers(register)]
    mute = [answer.conclusion for answer in everyone if not answer.rows]
    return Counts(
        asked=len(set(_asked(registers, RoundKind.DEPARTMENTS, RoundKind.SYSTEM))),
        experts=len(set(_asked(registers, RoundKind.EXPERTS))),
        public=any(register.round.kind is RoundKind.PUBLIC for register in registers),
        replies=len(everyone),
        none=mute.count(Conclusion.NONE.value),
        agreed=mute.count(Conclusion.AGREED.value),
        opinions=of_rows.opinions,
        adopted=of_rows.adopted,
        partly=of_rows.partly,
        rejected=of_rows.rejected,
        open=of_rows.open,
        withdrawn=of_rows.withdrawn,
        unread=of_rows.unread,
        silent=tuple(dict.fromkeys(asked.unit for each in registers for asked in silent(each))),
        unasked=sum(map(_unasked, registers)),
    )


def _unasked(register: Register) -> int:
    """How many answered a round that did not ask them."""
    if register.round.kind is RoundKind.PUBLIC or not register.round.asked:
        return 0
    asked = {same(each.unit) for each in register.round.asked}
    return sum(not asked & {same(each.unit), same(each.person)} for each in answers(register))


def _asked(registers: Iterable[Register], *kinds: RoundKind) -> Iterator[str]:
    for register in registers:
        if register.round.kind in kinds:
            yield from (same(asked.unit) for asked in register.round.asked)
