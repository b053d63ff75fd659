"""Where a point of a returned file stands in the issued text, and the place in the sources that it speaks of."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from drafter.picture.model import Picture, Position
from drafter.review.locate import asked_there, stands_there, target
from drafter.review.places import Places, Point
from drafter.review.remarks import BREAK, Confidence, InData, Remark, Target, Unlocated
from drafter.review.tracked import Atom, atoms
from drafter.source.frozen import dataclass
from drafter.word.anchors import Anchor

_WORDS, _MORE = 2000, "…"
"""So many characters of what is spoken of are told: it may be the whole text."""


@dataclass(frozen=True, slots=True)
class Spot:
    """The issued paragraph and its characters `start:stop` that are spoken of, the place of these, and how sure it is."""

    anchor: int
    start: int
    stop: int
    target: Target
    confidence: Confidence


@dataclass(frozen=True)
class Spots:
    """The way from ranges of a picture to the issued text; the ranges that will be asked for are given beforehand."""

    places: Places
    issued: Sequence[Anchor]
    lines: Mapping[int, Line]

    @classmethod
    def of(
        cls,
        picture: Picture,
        places: Places,
        issued: Sequence[Anchor],
        ranges: Iterable[tuple[Position | None, Position | None]],
    ) -> Spots:
        """Spots for these ranges."""
        asked: set[int] = set()
        for start, end in ranges:
            if start is not None and end is not None:
                asked.update(range(start.paragraph, end.paragraph + 1))
        found: dict[int, list[Atom]] = {}
        for atom in atoms(picture, places.original) if asked else ():
            if atom.paragraph in asked:
                found.setdefault(atom.paragraph, []).append(atom)
        return cls(places, issued, {index: Line.of(each) for index, each in found.items()})

    def spot(self, start: Position, end: Position) -> Spot | None:
        """Where a range stands; None where nothing near it was issued."""
        first, certain = self.point(start, last=False)
        last, _ = self.point(end, last=True)
        if first is None:
            return None
        length = len(self.issued[first.anchor].text)
        stop = last.offset if last is not None and last.anchor == first.anchor else length
        sure = Confidence.SURE if certain and first.exact else Confidence.LIKELY
        stop = max(stop, first.offset)
        place, own = _target(self.issued, first, stop)
        return Spot(first.anchor, first.offset, stop, place, sure if own else Confidence.LIKELY)

    def part(self, spot: Spot, start: int, stop: int) -> Spot:
        """A part of a spot."""
        place, own = _target(self.issued, Point(spot.anchor, start), stop)
        sure = spot.confidence if own else Confidence.LIKELY
        return Spot(spot.anchor, start, stop, place, sure)

    def words(self, start: Position, end: Position) -> str:
        """What stands there, revisions included; the ends of paragraphs are line ends."""
        lines: list[str] = []
        size = 0
        for index in range(start.paragraph, end.paragraph + 1):
            text = self.lines[index].text if index in self.lines else ""
            stop = end.offset if index == end.paragraph else len(text)
            lines.append(text[start.offset if index == start.paragraph else 0 : stop])
            size += len(lines[-1]) + 1
            if size > _WORDS + 1:
                return "\n".join(lines)[:_WORDS] + _MORE
        return "\n".join(lines)

    def point(self, position: Position, *, last: bool) -> tuple[Point | None, bool]:
        """The issued place of a point of the picture, and whether it stands in issued words."""
        line = self.lines.get(position.paragraph)
        if line is None:
            return None, False
        atom, shift = line.at(position.offset, last=last)
        place, before = atom.at
        point = self.places.point(place, before + (0 if atom.new else shift))
        if point is None and place:
            return self.places.point(place - 1, len(self.places.original[place - 1].text)), False
        return point, not atom.new


@dataclass(frozen=True, slots=True)
class Line:
    """The atoms of a paragraph, the last of them its end, and where each ends in its text."""

    atoms: Sequence[Atom]
    ends: Sequence[int]
    text: str

    @classmethod
    def of(cls, atoms: Sequence[Atom]) -> Line:
        """The line of these atoms."""
        texts = ["" if atom.text == BREAK else atom.text for atom in atoms]
        return cls(atoms, tuple(accumulate(map(len, texts))), "".join(texts))

    def at(self, offset: int, *, last: bool) -> tuple[Atom, int]:
        """The atom in which an offset falls, and how far into it; between two it is the first where it is the `last` of a range."""
        find = bisect_left if last and offset else bisect_right
        index = min(find(self.ends, offset), len(self.atoms) - 1)
        begin = self.ends[index - 1] if index else 0
        return self.atoms[index], min(max(offset - begin, 0), self.ends[index] - begin)


def nearby(issued: Sequence[Anchor], index: int) -> tuple[Target | None, bool]:
    """The place of the rest of the paragraph where the very spot has none, else that of its neighbour; and whether it is the paragraph's own.

    A neighbour shows where to look, it is not the place of the words.
    """
    for near in (index, index + 1):
        if near < len(issued) and issued[near].text:
            length = len(issued[near].text)
            spot = target(issued[near], 0, length)
            own = near == index or (issued[near].kind != "frame" and stands_there(issued[near], 0, length))
            if own and not isinstance(spot, Unlocated | InData):
                return spot, near == index
    return None, True


def _target(issued: Sequence[Anchor], start: Point, stop: int) -> tuple[Target, bool]:
    """The place of issued characters, and whether it is their own."""
    spot = target(issued[start.anchor], start.offset, stop)
    if not isinstance(spot, Unlocated):
        return spot, asked_there(issued[start.anchor], start.offset, stop)
    beside, own = nearby(issued, start.anchor)
    return beside or spot, own


def placed(issued: Sequence[Anchor], anchor: int, start: int, stop: int) -> Spot:
    """The spot of issued characters."""
    place, own = _target(issued, Point(anchor, start), stop)
    return Spot(anchor, start, stop, place, Confidence.SURE if own else Confidence.LIKELY)


def at_spot(remark: Remark, spot: Spot, issued: Sequence[Anchor]) -> Remark:
    """The remark with its place."""
    anchor = issued[spot.anchor]
    return replace(
        remark,
        target=spot.target,
        confidence=spot.confidence,
        place=anchor.place,
        number=anchor.number,
        context=anchor.text,
        anchor=spot.anchor,
        span=(spot.start, spot.stop),
    )
