"""Which opinions a change between two versions answers: the reason that stands at it, before anything that git knows.

An opinion is adopted at a change where the change touches the issued words that it speaks of; where it prints the datum that the opinion is on;
where it was written from the line that applying the opinion changed; or where it is the very paragraph that the opinion puts in. Whoever
proposed no exact words is answered by any change of the paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from rapidfuzz.distance import Indel

from drafter.comparison.model import Change
from drafter.papers.following import followed
from drafter.papers.footing import footing, printed_from
from drafter.papers.speaking import who
from drafter.papers.unchanged import at
from drafter.review.remarks import BREAK
from drafter.rounds.counting import is_opinion
from drafter.rounds.deciding import put
from drafter.rounds.masking import called
from drafter.rounds.model import Decision, Register, RoundKind, Row
from drafter.rounds.naming import round_of
from drafter.source.frozen import dataclass
from drafter.source.origins import DataValue, SourceSlice, lineage
from drafter.word.anchors import Anchor, Record

ANSWERED = frozenset((Decision.ADOPTED, Decision.PARTLY))
_EXPERT, _SOMEBODY = "专家", "公众"


@dataclass(frozen=True, slots=True)
class Considered:
    """A round whose opinions may be answered, and the record of the version that it is on. `due`: its opinions are to be done between these two versions."""

    register: Register
    record: Record
    due: bool


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of an old paragraph, by its number, that a change touches."""

    paragraph: int
    start: int
    end: int


class Causes:
    """Tells the opinions that a change answers. `public`: for a version that strangers read, which names no person."""

    def __init__(self, old: Record, new: Record, rounds: Sequence[Considered], *, public: bool) -> None:
        self.old, self.new, self.rounds, self.public = old, new, rounds, public
        self._numbers = {id(anchor): number for number, anchor in enumerate(old.anchors.paragraphs)}
        self._known: dict[
            int, tuple[Change, tuple[Row, ...]]
        ] = {}  # by object: to compare changes is to compare their words
        self._rounds = {each.register.round.id: each.register.round for each in rounds}

    def __call__(self, change: Change) -> str:
        """`R2-017 市财政局：采纳`, several with `；` between them; empty where it answers none."""
        return "；".join(self.told(row) for row in self.rows(change))

    def told(self, row: Row) -> str:
        """An opinion as a reason."""
        return f"{' '.join(filter(None, (row.id, self._whom(row))))}：{row.decision.value}"

    def _whom(self, row: Row) -> str:
        round_ = self._rounds[round_of(row.id)]
        if round_.kind is RoundKind.PUBLIC:
            shown = called(row.unit, row.person)
            return shown if not self.public or ("*" not in shown and shown) else _SOMEBODY
        if not self.public:
            return who(round_, row.unit, row.person)
        return _EXPERT if round_.kind is RoundKind.EXPERTS else row.unit

    def rows(self, change: Change) -> tuple[Row, ...]:
        """The opinions that a change answers, in the order of the registers."""
        if id(change) not in self._known:
            self._known[id(change)] = change, tuple(self._found(change))
        return self._known[id(change)][1]

    def _found(self, change: Change) -> Iterator[Row]:
        touched, keys = tuple(self._touched(change)), _keys(change)
        found = (row for each in self._places for row in each.answered(touched))
        meant = {
            *(row.id for row in found),
            *(row.id for row in self._adopted if row.key in keys or _puts(row, change)),
            *(row.id for row, places in self._written if printed_from(change, places)),
        }
        return (row for row in self._adopted if row.id in meant)

    def unmade(self, changes: Iterable[Change]) -> tuple[Row, ...]:
        """The adopted opinions of rounds that are due which no change answers."""
        done = {row.id for change in changes for row in self.rows(change)}
        due = [row for each in self.rounds if each.due for row in _adopted(each.register)]
        return tuple(row for row in due if row.id not in done)

    # what is looked in

    @cached_property
    def _adopted(self) -> tuple[Row, ...]:
        return tuple(row for each in self.rounds for row in _adopted(each.register))

    @cached_property
    def _places(self) -> tuple[_Places, ...]:
        return tuple(_Places(each, self.old) for each in self.rounds)

    @cached_property
    def _written(self) -> tuple[tuple[Row, tuple[SourceSlice, ...]], ...]:
        """The opinions that were applied, and where."""
        found = ((row, footing(row, self.new)) for row in self._adopted if row.applied)
        return tuple((row, places) for row, places in found if places)

    # what a change touches

    def _touched(self, change: Change) -> Iterator[Span]:
        """The words of the old paragraphs that went, and the points where new ones came."""
        numbers = [self._numbers[id(anchor)] for anchor in change.olds if id(anchor) in self._numbers]
        if not numbers:
            return
        before, after = (BREAK.join(each.text for each in side) for side in (change.olds, change.news))
        starts = _starts(change.olds)
        for step in Indel.opcodes(before, after):
            if step.tag == "equal":
                continue
            for number, (start, end) in zip(numbers, starts, strict=False):
                if step.src_start <= end and step.src_end >= start:
                    yield Span(number, max(step.src_start - start, 0), min(step.src_end, end) - start)


class _Places:
    """The adopted opinions of a round by the old paragraph that they speak of."""

    def __init__(self, considered: Considered, old: Record) -> None:
        issued, before = considered.record.anchors.paragraphs, old.anchors.paragraphs
        rows = [row for row in _adopted(considered.register) if at(row) >= 0]
        self._rows: dict[int, list[tuple[Row, tuple[int, int] | None]]] = {}
        same = considered.record.release == old.release
        where = {} if same or not rows else followed(issued, before)
        for row in rows:
            for number, span in _spans(row, issued):
                place = number if same else where.get(number, -1)
                if place < 0:
                    continue
                # in words that were changed since, nobody can count
                kept = same or issued[number].text == before[place].text
                self._rows.setdefault(place, []).append((row, span if kept else None))

    def answered(self, touched: Iterable[Span]) -> Iterator[Row]:
        """Those whose words are touched."""
        for each in touched:
            for row, span in self._rows.get(each.paragraph, ()):
                if span is None or (each.start <= span[1] and each.end >= span[0]):
                    yield row


def _spans(row: Row, issued: Sequence[Anchor]) -> Iterator[tuple[int, tuple[int, int] | None]]:
    """The issued paragraphs that a row speaks of, each with the characters that it changes there; None for any of them."""
    if row.change is None:
        yield at(row), None
        return
    start, end = row.change.start, row.change.end
    for number in range(row.change.anchor, len(issued)):
        length = len(issued[number].text)
        if start <= length:
            yield number, (start, min(end, length))
        start, end = max(start - length - 1, 0), end - length - 1
        if end < 0:
            return


def _adopted(register: Register) -> tuple[Row, ...]:
    return tuple(row for row in register.rows if row.decision in ANSWERED and is_opinion(row))


def _starts(anchors: Sequence[Anchor]) -> list[tuple[int, int]]:
    """From where to where each paragraph goes in all of them, a sign between two."""
    out, start = [], 0
    for anchor in anchors:
        out.append((start, start + len(anchor.text)))
        start += len(anchor.text) + 1
    return out


def _keys(change: Change) -> frozenset[str]:
    """The data that it prints, now otherwise than before, and those that these are calculated from."""
    before, after = (_printed(side) for side in (change.olds, change.news))
    return frozenset(key for key in before.keys() & after.keys() if before[key] != after[key])


def _printed(anchors: Iterable[Anchor]) -> Mapping[str, frozenset[str]]:
    """What each datum reads as in these paragraphs."""
    found: dict[str, frozenset[str]] = {}
    for anchor in anchors:
        for piece in anchor.pieces:
            if isinstance(piece.origin, DataValue):
                text = anchor.text[piece.start : piece.end]
                for datum in lineage(piece.origin.datum):
                    found[datum.key] = found.get(datum.key, frozenset()) | {text}
    return found


def _puts(row: Row, change: Change) -> bool:
    """Whether a change is nothing but paragraphs, or the cells of a row, that an opinion puts in."""
    if change.olds or not change.news:
        return False
    lines = {line for line in put(row).split("\n") if line.strip()}
    shown = [anchor.text for anchor in change.news if anchor.text.strip()]
    return bool(shown) and bool(lines) and set(shown) <= lines
