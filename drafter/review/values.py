"""Which part of a change is a printed value, and what the value became.

A change that touches a value is widened to the whole of it. Its new number is the one with the same text, else the one with the same
character behind it, else the only one there is; digits glued to a value belong to it. Words of the data are only read where nothing
beside them was changed: where they end cannot be told otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from drafter.review.diff import Op, changes
from drafter.source.frozen import dataclass
from drafter.source.origins import DataValue, Piece
from drafter.word.anchors import Anchor

_NUMBER = re.compile(r"[-+−－–]?\d[\d,，]*(?:\.\d+)?")
_DIGITS = re.compile(r"[\d.,，]+")
_SEPARATES = re.compile(r"[\s，。；：、！？（）“”《》,.;:!?()]")


@dataclass(frozen=True, slots=True)
class NewValue:
    """A printed value and how the reviewer wants it printed."""

    value: DataValue
    start: int
    end: int
    was: str
    text: str


@dataclass(frozen=True, slots=True)
class Sorted:
    """A change taken apart: words, a value that became another, values that were struck out; or why it cannot be."""

    words: tuple[Op, ...] = ()
    value: NewValue | None = None
    removed: tuple[Piece, ...] = ()
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class _Hit:
    piece: Piece
    value: DataValue
    text: str

    @property
    def number(self) -> re.Match[str] | None:
        return _NUMBER.match(self.text)


def take_apart(anchor: Anchor, op: Op) -> Sorted:
    """What a change of an issued paragraph says of its words and of its values."""
    hits = _hits(anchor, op)
    if not hits:
        beside = _word_value_beside(anchor, op)
        return Sorted(obstacle="review.value-neighbour") if beside else Sorted(words=(op,))
    start = min(op.start, hits[0].piece.start)
    end = max(op.end, hits[-1].piece.end)
    new = anchor.text[start : op.start] + op.new + anchor.text[op.end : end]
    return _matched(anchor, op, hits, start, end, new)


def _hits(anchor: Anchor, op: Op) -> list[_Hit]:
    hits = []
    for piece in _whole_values(anchor):
        text = anchor.text[piece.start : piece.end]
        inside = piece.start < op.end and piece.end > op.start
        glued = op.start == op.end and (
            (piece.start == op.start and text[:1].isdigit() and _DIGITS.fullmatch(op.new))
            or (piece.end == op.start and text[-1:].isdigit() and _DIGITS.fullmatch(op.new))
        )
        alone = piece.start == 0 and piece.end == len(anchor.text) and not text[:1].isdigit()
        if (inside or glued or alone) and isinstance(piece.origin, DataValue):
            hits.append(_Hit(piece, piece.origin, text))
    return hits


def _whole_values(anchor: Anchor) -> list[Piece]:
    """The values of a paragraph; one that lies in several pieces is one again."""
    found: list[Piece] = []
    for piece in anchor.pieces:
        if not isinstance(piece.origin, DataValue):
            continue
        if found and found[-1].end == piece.start and found[-1].origin is piece.origin:
            found[-1] = Piece(found[-1].start, piece.end, piece.origin)
        else:
            found.append(piece)
    return found


def _word_value_beside(anchor: Anchor, op: Op) -> bool:
    """Words were put in right beside a word of the data, without a sign between: they may be meant for it."""
    for piece in _whole_values(anchor):
        text = anchor.text[piece.start : piece.end]
        if _NUMBER.match(text) or op.start != op.end:
            continue
        if piece.end == op.start and not _SEPARATES.match(op.new):
            return True
        if piece.start == op.start and not _SEPARATES.match(op.new[-1:]):
            return True
    return False


def _matched(anchor: Anchor, op: Op, hits: Sequence[_Hit], start: int, end: int, new: str) -> Sorted:
    """Each touched value against the new words `new` of `start:end`."""
    found: list[tuple[int, int] | None] = []
    for hit in hits:
        known, places = (standing(hit.text, said) for said in (anchor.text[start:end], new))
        own = [at for at, (first, _) in enumerate(known) if first == hit.piece.start - start]
        if places and (not own or len(places) != len(known)):
            return Sorted(
                obstacle="review.unsure"
            )  # words beside it read like the value: which of them is left?
        found.append(places[own[0]] if places else None)
    missing = [index for index, place in enumerate(found) if place is None]
    if not missing:
        return _sorted(anchor, hits, found, (start, end, new), None)
    if all(_struck(op, hits[index], new) for index in missing):
        if any(hits[index].value.expression is None for index in missing):
            return Sorted(obstacle="review.value-removed")
        return _sorted(anchor, hits, found, (start, end, new), None)
    if len(missing) > 1:
        return Sorted(obstacle="review.two-values")
    return _one_changed(anchor, op, hits, found, missing[0], (start, end, new))


def standing(value: str, said: str) -> list[tuple[int, int]]:
    """Where a value, or words that read like it, stands in a text; `1320` is not found in `13200` or `1320.5`."""
    before = r"(?<![\d.,])" if value[:1].isdigit() else ""
    behind = r"(?!\d|[.,]\d)" if value[-1:].isdigit() else ""
    return [found.span() for found in re.compile(before + re.escape(value) + behind).finditer(said)]


def _struck(op: Op, hit: _Hit, new: str) -> bool:
    """The value was struck out with all of its characters, and nothing stands there that could be its new text."""
    return (
        op.start <= hit.piece.start
        and hit.piece.end <= op.end
        and not op.new.strip()
        and not _NUMBER.search(new)
    )


def _one_changed(
    anchor: Anchor,
    op: Op,
    hits: Sequence[_Hit],
    found: list[tuple[int, int] | None],
    which: int,
    span: tuple[int, int, str],
) -> Sorted:
    hit, new = hits[which], span[2]
    left = max((place[1] for place in found[:which] if place), default=0)
    right = min((place[0] for place in found[which + 1 :] if place), default=len(new))
    if hit.number is None:
        return _words_changed(anchor, op, hit)
    choice = _new_number(anchor, hit, new, left, right)
    if isinstance(choice, str):
        return Sorted(obstacle=choice)
    found[which] = choice
    value = NewValue(hit.value, hit.piece.start, hit.piece.end, hit.text, new[choice[0] : choice[1]])
    return _sorted(anchor, hits, found, span, value)


def _new_number(anchor: Anchor, hit: _Hit, new: str, left: int, right: int) -> tuple[int, int] | str:
    """Where the value's new number stands in the new words, unit included; or why that cannot be told."""
    number = hit.number
    unit = hit.text[number.end() :] if number else ""
    options = [(match.start(), match.end()) for match in _NUMBER.finditer(new, left, right)]
    if not options:
        return "review.value-removed"
    fitting = [(a, b + len(unit)) for a, b in options if new.startswith(unit, b)]
    if not fitting:
        return "review.unit"
    behind = anchor.text[hit.piece.end : hit.piece.end + 1]
    same = [each for each in fitting if new[each[1] : each[1] + 1] == behind]
    if len(same or fitting) > 1:
        return "review.unsure"
    return (same or fitting)[0]


def _words_changed(anchor: Anchor, op: Op, hit: _Hit) -> Sorted:
    """A text of the data: only where the change lies inside it."""
    piece = hit.piece
    if not (piece.start <= op.start and op.end <= piece.end):
        return Sorted(obstacle="review.value-neighbour")
    text = anchor.text[piece.start : op.start] + op.new + anchor.text[op.end : piece.end]
    if not text.strip():
        return Sorted(obstacle="review.value-removed")
    return Sorted(value=NewValue(hit.value, piece.start, piece.end, hit.text, text))


def _sorted(
    anchor: Anchor,
    hits: Sequence[_Hit],
    found: Sequence[tuple[int, int] | None],
    span: tuple[int, int, str],
    value: NewValue | None,
) -> Sorted:
    """The words between the values, compared; a value that is gone is removed with its expression."""
    start, end, new = span
    kept = [(hit.piece.start, hit.piece.end, *place) for hit, place in zip(hits, found, strict=True) if place]
    removed = tuple(hit.piece for hit, place in zip(hits, found, strict=True) if place is None)
    borders = [(start, start, 0, 0), *kept, (end, end, len(new), len(new))]
    words: list[Op] = []
    for (_, a, _, c), (b, _, d, _) in pairwise(borders):
        old, fresh = anchor.text[a:b], new[c:d]
        if any(a <= piece.start and piece.end <= b for piece in removed):
            words.append(Op(a, b, fresh))
        else:
            words += [Op(op.start + a, op.end + a, op.new) for op in changes(old, fresh)]
    return Sorted(tuple(words), value, removed)
