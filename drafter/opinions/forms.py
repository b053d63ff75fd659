"""A filled-in form → an answer, or the answers of several who share one (意见录入).

Rows are read by the heads over them. Each row with words is an opinion; what belongs to no row goes into the preface.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from drafter.opinions.channels import channel_of
from drafter.opinions.citing import place_words
from drafter.opinions.columns import Columns, Role, columns_of
from drafter.opinions.conclusions import concluded
from drafter.opinions.labels import iso_day, labels_of
from drafter.opinions.lines import Line
from drafter.opinions.model import Channel, Conclusion, Opinion, Reply
from drafter.opinions.normal import plain
from drafter.opinions.wishes import Wish, says_nothing, wish
from drafter.source.issues import Issue, Outcome

_OURS = re.compile(
    r"填表说明.*|请对《.+》.*提出意见.*|.*(?:意见表|意见录入|意见反馈表|征求意见表)", re.DOTALL
)
"""Lines that a form has before anybody fills it in."""
_COUNTED = re.compile(r"[0-9０-９一二三四五六七八九十]+[、.．)）]?|[①-⑳]")


def is_form(lines: Sequence[Line]) -> bool:
    """Whether there is a table whose heads are those of a form."""
    return any(columns_of(lines, at) for at, line in enumerate(lines) if line.table >= 0)


def read_form(lines: Sequence[Line], channel: Channel = Channel.FORM) -> Outcome[tuple[Reply, ...]]:
    """The answers of a form: one, or one for each unit where a column says who."""
    reading = _Reading(channel)
    at = 0
    while at < len(lines):
        line = lines[at]
        found = columns_of(lines, at) if line.table >= 0 else None
        if found:
            reading.columns, taken = found[0], found[1]
            reading.table = line.table
            at += taken
            continue
        reading.line(line)
        at += 1
    return Outcome(tuple(reading.replies()), tuple(reading.issues))


@dataclass
class _Reading:
    """A form while it is read."""

    channel: Channel
    columns: Columns | None = None
    table: int = -1
    fields: dict[str, str] = field(default_factory=dict)
    conclusion: Conclusion = Conclusion.UNSAID
    marked: bool = False
    opinions: list[Opinion] = field(default_factory=list)
    preface: list[str] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    _conclusions: dict[tuple[str, str], tuple[Opinion, Conclusion]] = field(default_factory=dict)

    def line(self, line: Line) -> None:
        """A row below its heads, or what stands around the table."""
        if self.columns is None or not self._is_row(line, self.columns):
            self._around(line)
        else:
            self._row(line, self.columns)

    def _is_row(self, line: Line, columns: Columns) -> bool:
        """A row of this table, or of one that goes on with it; fields of the form and sentences across are none."""
        if line.table < 0 or any(label.name in ("unit", "contact") for label in labels_of(line)):
            return False
        if line.table != self.table and not set(line.cells) <= set(columns.roles):
            return False
        alone = len(line.cells) == 1 and columns.cells(line, Role.NUMBER)
        return not (alone and not _COUNTED.fullmatch(alone.strip()))

    def _around(self, line: Line) -> None:
        found = labels_of(line)
        for label in found:
            if label.value and not self.fields.get(label.name):
                self.fields[label.name] = label.value
        if found or _OURS.fullmatch(line.text):
            return
        said = concluded(line.text)
        self.conclusion = said.conclusion or self.conclusion
        self.marked = self.marked or said.marked
        self.preface.append(line.text)

    # rows

    def _row(self, line: Line, columns: Columns) -> None:
        opinion = self._opinion(line, columns)
        if opinion is None:
            return
        counted = bool(columns.cells(line, Role.NUMBER))
        last = self.opinions[-1] if self.opinions else None
        goes_on = (
            last is not None
            and not counted
            and not (opinion.place or opinion.quote)
            and opinion.unit == last.unit
        )
        if last is not None and goes_on and not opinion.words and opinion.instead is None:
            self.opinions[-1] = replace(last, reason="\n".join(filter(None, (last.reason, opinion.reason))))
            return
        if last is not None and goes_on:
            opinion = replace(opinion, place=last.place)
        self.opinions.append(opinion)

    def _opinion(self, line: Line, columns: Columns) -> Opinion | None:
        """What a row says; None where it says nothing, or only that there is nothing to say."""
        who = self._who(line, columns)
        place, quote = self._place(line, columns)
        meant = _meant(line, columns, quote)
        note = columns.cells(line, Role.NOTE)
        reason, evidence = columns.cells(line, Role.REASON), columns.cells(line, Role.EVIDENCE)
        reason = "" if says_nothing(reason) else reason
        words = "\n".join(
            filter(None, (meant.words, "" if says_nothing(note) else note, columns.others(line)))
        )
        instead = meant.instead
        if not meant.quote:
            said = concluded(words or instead or "")
            if said.conclusion or said.marked:
                self._conclude(who, said.conclusion)
                self.marked = self.marked or said.marked
                words, instead = said.rest, instead if words else None
        if not (meant.quote or instead is not None or words or reason):
            return None
        return replace(
            who,
            place=place,
            quote=meant.quote,
            instead=instead,
            words=words,
            reason=reason,
            evidence=evidence,
        )

    def _who(self, line: Line, columns: Columns) -> Opinion:
        """An opinion of nothing yet: whose it is. Where a column says who, a cell without words means the one above it, but not beside another name."""
        unit, person = columns.cells(line, Role.UNIT), columns.cells(line, Role.PERSON)
        told, day = columns.cells(line, Role.CHANNEL), columns.cells(line, Role.DATE)
        last = self.opinions[-1] if self.opinions else None
        above = last is not None and last.unit and person in ("", last.person)
        if Role.UNIT in columns.roles.values() and not unit and last is not None and above:
            unit, person = last.unit, last.person
            if len(line.cells) > 1:
                self.issues.append(Issue("opinions.unit-above", line.where, {"unit": unit}))
        channel = channel_of(told) if told else self.channel
        if told and channel is None:
            self.issues.append(Issue("opinions.channel", line.where, {"channel": told}))
        return Opinion(line.where, unit, person, channel or Channel.OTHER, iso_day(day) or day)

    def _place(self, line: Line, columns: Columns) -> tuple[str, str]:
        """The part that a row cites, and the words that it quotes; in one column, whichever it is."""
        place, quote = columns.cells(line, Role.PLACE), columns.cells(line, Role.QUOTE)
        spot = columns.cells(line, Role.SPOT)
        cited = place_words(spot)
        if spot and cited and len(plain(cited).text) * 2 >= len(plain(spot).text):
            place = " ".join(filter(None, (place, spot)))
        elif spot:
            quote = quote or spot
        return "" if says_nothing(place) else place, "" if says_nothing(quote) else quote

    def _conclude(self, who: Opinion, conclusion: Conclusion) -> None:
        self._conclusions[who.unit, who.person] = (who, conclusion)
        if not who.unit:
            self.conclusion = conclusion or self.conclusion

    # answers

    def replies(self) -> Iterator[Reply]:
        """The answer of the form's own unit, or of each person who names none, and one for each other unit that a row names."""
        unit, day = self.fields.get("unit", ""), self.fields.get("date", "")
        day = iso_day(day) or day
        nobodys = not unit
        own = [each for each in self.opinions if not (each.unit or (nobodys and each.person))]
        owned = tuple(replace(each, unit=unit, date=each.date or day) for each in own)
        keys = ((each.unit, each.person) for each in self.opinions)
        others = list(dict.fromkeys(key for key in keys if key[0] or (nobodys and key[1])))
        others += [key for key in self._conclusions if (key[0] or (nobodys and key[1])) and key not in others]
        if owned or not others:
            yield Reply(
                unit,
                self.fields.get("contact", ""),
                self.fields.get("telephone", ""),
                day,
                self.channel,
                _overall(self.conclusion, owned),
                owned,
                "\n".join(self.preface),
                self.marked,
            )
        for each, person in others:
            theirs = tuple(
                opinion for opinion in self.opinions if (opinion.unit, opinion.person) == (each, person)
            )
            who, conclusion = self._conclusions.get((each, person)) or (theirs[0], Conclusion.UNSAID)
            yield Reply(each, person, "", who.date, who.channel, _overall(conclusion, theirs), theirs)


def _meant(line: Line, columns: Columns, quote: str) -> Wish:
    """The words of the draft, those wanted instead and those that are only said, of all columns that have any."""
    instead: str | None = None
    words: list[str] = []
    for role in (Role.INSTEAD, Role.WISH, Role.WORDS):
        text = columns.cells(line, role)
        if not text:
            continue
        meant = wish(quote, text, literal=role is Role.INSTEAD)
        if instead is None and (meant.instead is not None or not quote):
            quote, instead = meant.quote or quote, meant.instead
            words.append(meant.words)
        elif not says_nothing(text):
            words.append(text)
    return Wish(quote, instead, "\n".join(filter(None, words)))


def _overall(said: Conclusion, opinions: Sequence[Opinion]) -> Conclusion:
    """Who has opinions has opinions, whatever the first line says; agreed in principle is both."""
    if opinions and said is not Conclusion.AGREED:
        return Conclusion.HAS
    return said
