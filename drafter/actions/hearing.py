"""What was said without marking the draft: the opinions of forms, letters and entry sheets, located in what was issued, as answers with their rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from drafter.actions.entering import Entering, Sender, iso_day
from drafter.actions.incoming import Incoming
from drafter.actions.registering import Entered, Registering
from drafter.actions.routing import Key
from drafter.opinions.files import FileKind, Found, replies_of
from drafter.opinions.locate import Locator
from drafter.opinions.model import Conclusion, Opinion
from drafter.opinions.model import Reply as Said
from drafter.review.remarks import Remark
from drafter.rounds.collecting import Brought
from drafter.rounds.model import Received, Reply, Row, State
from drafter.source.frozen import dataclass
from drafter.source.issues import Outcome
from drafter.word.anchors import Record

Goal = tuple[Key, str]
"""Where an answer goes: its round, and who sent it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer that was entered: its rows, and its remarks with the record that they are located in; `typed` are the rows of kept files whose words are here now."""

    entered: Entered
    record: Record
    remarks: tuple[Remark, ...]
    typed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Ready:
    """A version made ready for opinions."""

    record: Record
    locator: Locator
    entering: Entering


class Hearing:
    """The way from files of opinions into the registers."""

    def __init__(self, registering: Registering) -> None:
        self.registering = registering
        self._ready: dict[tuple[str, str], _Ready] = {}

    def answers(self, found: Found) -> Outcome[tuple[Said, ...]]:
        """The answers in a file that say anything; None where a person has to read it."""
        outcome = replies_of(found)
        asked = {each.unit for register in self.registering.now.values() for each in register.round.asked}
        said = tuple(
            each
            for each in (_signed(reply, asked) for reply in outcome.value or ())
            if each.opinions or each.conclusion or each.marked
        )
        return Outcome(said or None, outcome.issues)

    def goals(self, item: Incoming, found: Found, said: Sequence[Said]) -> tuple[Goal, ...]:
        """The round and the sender of each answer of a file. Raises `Refused` where one of them has none, or its round cannot be used."""
        text = found.text or "\n".join(line.text for line in found.lines)
        routing = self.registering.routing
        goals: list[Goal] = []
        for each in said:
            key = routing.of_words(item, each.unit, text)
            goals.append((key, routing.sender(key, item, stated=each.unit)))
            self._of(key)
        return tuple(goals)

    def heard(
        self, item: Incoming, found: Found, said: Sequence[Said], goals: Sequence[Goal]
    ) -> Iterator[Heard]:
        """Enter the answers of a file. Raises `Refused` where it cannot be kept."""
        sheet = found.kind is FileKind.ENTRY
        first = 1
        for each, (key, sender) in zip(said, goals, strict=True):
            yield self._heard(item, each, key, sender, first, sheet=sheet)
            first += len(each.opinions)

    def _heard(self, item: Incoming, said: Said, key: Key, sender: str, first: int, *, sheet: bool) -> Heard:
        ready = self._of(key)
        remarks = ready.locator.remarks(said.opinions, first)
        unit, person = self.registering.called(key, sender)
        origin = Sender(unit, said.channel.value, item.short)
        plain = ready.entering.rows(remarks, origin)
        rows = tuple(
            _told(row, opinion, said, person) for row, opinion in zip(plain, said.opinions, strict=True)
        )
        day = self.registering.wanted.day or iso_day(said.date)
        file = Received("", "", State.READ)
        reply = Reply(unit, person or said.contact, day, said.channel.value, said.conclusion.value, file, "")
        entered = self.registering.answer(key, item, Brought(reply, rows, by_author=False))
        names = {opinion.evidence for opinion in said.opinions if opinion.evidence} if sheet else set()
        typed = self.registering.typed_up(key, names) if names else ()
        return Heard(entered, ready.record, remarks, typed)

    def _of(self, key: Key) -> _Ready:
        plan, version = key[0], self.registering.now[key].round.version
        if (plan, version) not in self._ready:
            record = self.registering.registers.record(plan, version)
            entering = Entering(record, self.registering.workspace)
            self._ready[plan, version] = _Ready(record, Locator(record), entering)
        return self._ready[plan, version]


def _signed(said: Said, asked: Collection[str]) -> Said:
    """The answer, of which a last line that is but the name of somebody who is asked is the signature."""
    last = said.opinions[-1] if said.opinions else None
    if last is None or last.words not in asked or last.quote or last.instead is not None or last.reason:
        return said
    left = said.opinions[:-1]
    gone = not left and said.conclusion is Conclusion.HAS
    return replace(
        said,
        unit=said.unit or last.words,
        opinions=left,
        conclusion=Conclusion.UNSAID if gone else said.conclusion,
        preface="\n".join(filter(None, (said.preface, last.words))),
    )


def _told(row: Row, opinion: Opinion, said: Said, person: str) -> Row:
    """The row of an opinion, by whom and how it says; a day that is none, and the file that shows it, stand behind its words."""
    day = iso_day(opinion.date or said.date)
    written = f"（日期：{opinion.date}）" if opinion.date and not iso_day(opinion.date) else ""
    shown = f"（见：{opinion.evidence}）" if opinion.evidence else ""
    more = "\n".join(filter(None, (row.comment, written + shown)))
    return replace(
        row,
        person=opinion.person or person or said.contact,
        date=day,
        channel=opinion.channel.value,
        comment=more,
    )
