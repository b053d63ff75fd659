"""A returned file held against its record: every change and every comment as a remark with its place.

What is tracked is read from the marks; what differs between the issued text and the file as it was before its tracked changes was
changed silently; each comment is a remark. Nothing is decided here and nothing is edited.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from drafter.picture.model import Comment, Picture, Run, View, ViewParagraph
from drafter.picture.views import view
from drafter.review.align import align
from drafter.review.diff import Op
from drafter.review.doubts import IN_TEXT, doubted
from drafter.review.found import Found, silent, styles_of
from drafter.review.locate import in_data, stands_there, target, touched
from drafter.review.margins import without_margins
from drafter.review.notes import with_their_marks, without_leads
from drafter.review.own import NOBODYS, Own
from drafter.review.places import Places, Point
from drafter.review.remarks import BREAK, Confidence, InData, Kind, Remark, Target, Unlocated
from drafter.review.tracked import Atom, Tracked, atoms, mark_of
from drafter.review.values import take_apart
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Outcome, Place
from drafter.source.origins import DataValue
from drafter.word.anchors import READING, Anchor, Record

_OF_VALUES = frozenset(("review.unit", "review.two-values", "review.value-removed", "review.unsure"))
_WORDS, _MORE = (
    2000,
    "\u2026",
)  # so many characters of what a comment stands at are told: it may stand at the whole text
_STRUCK = re.compile(r"~~(.+?)~~", re.DOTALL)


def match(record: Record, picture: Picture, name: str = "", first: int = 1) -> Outcome[tuple[Remark, ...]]:
    """All remarks of the returned file `name`, in the order of the issued text, their ids counted from `first`."""
    own = Own.of(record)
    issued = record.anchors.paragraphs
    if record.settings.get(READING):
        picture = without_margins(picture, issued)
    picture = own.without(without_leads(picture))
    original = view(picture, View.ORIGINAL)
    alignment = align(issued, original)
    places = Places.of(issued, original, alignment)
    changes = [
        *silent(issued, original, alignment),
        *Tracked(picture, places, styles_of(alignment, original), own).found(),
    ]
    changes = own.settled(picture, changes)
    changes = with_their_marks(issued, record.texts, changes)
    changes.sort(key=lambda found: found.order)
    remarks = doubted(issued, [_remark(issued, found) for found in changes])
    remarks += _Comments(picture, places, issued, own).remarks()
    last = len(issued)
    remarks.sort(key=lambda remark: remark.anchor if remark.anchor >= 0 else last)
    numbered = _numbered(remarks, first)
    lost = account(picture, numbered, own).missing
    facts = {"marks": ", ".join(sorted(lost))}
    issues = [Issue("review.mark-lost", Place(name), facts)] if lost else []
    return Outcome(numbered, (*issues, *_looks(picture, original, record, name)))


def _looks(picture: Picture, original: Sequence[ViewParagraph], record: Record, name: str) -> Iterator[Issue]:
    """Words struck through by hand and tracked changes of looks: no remarks, but to be said. A frame or `~~` may have some."""
    frame = {anchor.text for anchor in record.anchors.paragraphs if anchor.kind == "frame"}
    ours = [words for text in record.texts.values() for words in _STRUCK.findall(text)]
    struck = sum(
        any(_by_hand(each.run, ours) for each in paragraph.stretches)
        for paragraph in original
        if not paragraph.toc and paragraph.text not in frame
    )
    if struck or picture.formats:
        facts = {"struck": str(struck), "formats": str(picture.formats)}
        yield Issue("review.looks-changed", Place(name), facts)


def _by_hand(run: Run, ours: Sequence[str]) -> bool:
    """Whether a run is struck through, and no source has it so (what an expression prints there is not known)."""
    words = run.text.strip()
    return "strike" in run.marks and bool(words) and not any(words in each or "{{" in each for each in ours)


def _numbered(remarks: Sequence[Remark], first: int) -> tuple[Remark, ...]:
    """Ids by order; an answer names the remark that it answers."""
    ids = {remark.marks: f"r{number}" for number, remark in enumerate(remarks, start=first)}
    return tuple(
        replace(remark, id=f"r{number}", parent=ids.get((remark.parent,), ""))
        for number, remark in enumerate(remarks, start=first)
    )


def _remark(issued: Sequence[Anchor], found: Found) -> Remark:
    change = found.change
    remark = Remark(
        id="",
        kind=found.kind,
        tracked=found.tracked,
        author=found.author,
        date=found.date,
        original=found.original,
        proposed=found.proposed,
        comment="",
        confidence=found.confidence,
        target=Unlocated(found.obstacle or "review.unaligned"),
        obstacle=found.obstacle,
        marks=found.marks,
        change=change,
    )
    index = change.anchor if change is not None else found.order[0]
    if not 0 <= index < len(issued):
        return remark
    anchor = issued[index]
    new = found.kind in {Kind.PARAGRAPH_INSERTION, Kind.COPY}
    remark = replace(
        remark, place=anchor.place, number=anchor.number, anchor=index, context="" if new else anchor.text
    )
    if change is None:
        return replace(remark, target=target(anchor, 0, len(anchor.text)))
    return aimed(issued, remark, Op(change.start, change.end, change.new))


def aimed(issued: Sequence[Anchor], remark: Remark, op: Op) -> Remark:
    """The remark with its target, which is the datum where a value was changed."""
    anchor = issued[remark.anchor]
    length = len(anchor.text)
    if remark.kind in IN_TEXT and BREAK not in op.new and op.end <= length:
        parts = take_apart(anchor, op)
        if parts.value is not None:
            kind = remark.kind if parts.words else Kind.VALUE
            return replace(remark, target=in_data(parts.value.value), kind=kind)
        if parts.obstacle in _OF_VALUES:
            values = [piece.origin for piece in touched(anchor, op.start, op.end)]
            first = next((origin for origin in values if isinstance(origin, DataValue)), None)
            if first is not None:
                return replace(remark, target=in_data(first))
    spot = target(anchor, min(op.start, length), min(op.end, length))
    if isinstance(spot, Unlocated):
        row = _further(issued, remark.anchor, op.end) if op.end > length else None
        if row is not None:
            return replace(remark, target=row)
        near, own = nearby(issued, remark.anchor)
        own = own or remark.kind not in IN_TEXT
        return replace(
            remark, target=near or spot, confidence=remark.confidence if own else Confidence.LIKELY
        )
    sure = remark.confidence is not Confidence.SURE or stands_there(
        anchor, min(op.start, length), min(op.end, length)
    )
    return replace(remark, target=spot, confidence=remark.confidence if sure else Confidence.LIKELY)


def _further(issued: Sequence[Anchor], index: int, end: int) -> Target | None:
    """The first place in the cells after one that has none (a counted or merged one), where a whole row is changed."""
    end -= len(issued[index].text) + 1
    for anchor in issued[index + 1 :]:
        if end <= 0:
            break
        spot = target(anchor, 0, len(anchor.text))
        if not isinstance(spot, Unlocated):
            return spot
        end -= len(anchor.text) + 1
    return None


def nearby(issued: Sequence[Anchor], index: int) -> tuple[Target | None, bool]:
    """The place of the rest of the paragraph where the very spot has none, else that of its neighbour; and whether it is the paragraph's own.

    A neighbour shows where to look, it is not the place of the words.
    """
    for near in (index, index + 1):
        if near < len(issued) and issued[near].text:
            spot = target(issued[near], 0, len(issued[near].text))
            if not isinstance(spot, Unlocated | InData) and (near == index or issued[near].kind != "frame"):
                return spot, near == index
    return None, True


@dataclass(frozen=True)
class _Comments:
    """The comments of a picture, each at the issued words that it stands at."""

    picture: Picture
    places: Places
    issued: Sequence[Anchor]
    own: Own

    def remarks(self) -> Iterator[Remark]:
        comments = self.picture.comments
        if not comments:
            return
        ranges = [(each.start, each.end) for each in comments if each.start and each.end]
        spoken_of = {at for start, end in ranges for at in range(start.paragraph, end.paragraph + 1)}
        by_paragraph: dict[int, list[Atom]] = {}
        for atom in atoms(self.picture, self.places.original):
            if atom.paragraph in spoken_of:
                by_paragraph.setdefault(atom.paragraph, []).append(atom)
        lines = {index: _Line.of(found) for index, found in by_paragraph.items()}
        for comment in comments:
            if self.own.comment(comment):
                continue
            yield self._remark(comment, lines)

    def _remark(self, comment: Comment, by_paragraph: Mapping[int, _Line]) -> Remark:
        remark = Remark(
            id="",
            kind=Kind.COMMENT,
            tracked=False,
            author=comment.author,
            date=comment.date,
            original=self._words(comment, by_paragraph),
            proposed="",
            comment=comment.text,
            confidence=Confidence.UNSURE,
            target=Unlocated("review.no-range"),
            obstacle="review.comment",
            marks=(comment_mark(comment.id),),
            parent=comment_mark(comment.parent) if comment.parent else "",
        )
        if comment.start is None or comment.end is None:
            return remark
        start, certain = self._point(comment.start.paragraph, comment.start.offset, by_paragraph, last=False)
        end, _ = self._point(comment.end.paragraph, comment.end.offset, by_paragraph, last=True)
        if start is None:
            return replace(remark, target=Unlocated("review.unaligned"))
        anchor = self.issued[start.anchor]
        stop = end.offset if end is not None and end.anchor == start.anchor else len(anchor.text)
        sure = Confidence.SURE if certain and start.exact else Confidence.LIKELY
        place, own = self._target(start, stop)
        return replace(
            remark,
            target=place,
            confidence=sure if own else Confidence.LIKELY,
            place=anchor.place,
            number=anchor.number,
            context=anchor.text,
            anchor=start.anchor,
        )

    def _target(self, start: Point, stop: int) -> tuple[Target, bool]:
        spot = target(self.issued[start.anchor], start.offset, max(stop, start.offset))
        if not isinstance(spot, Unlocated):
            return spot, True
        near, own = nearby(self.issued, start.anchor)
        return near or spot, own

    def _words(self, comment: Comment, by_paragraph: Mapping[int, _Line]) -> str:
        if comment.start is None or comment.end is None:
            return ""
        lines: list[str] = []
        size = 0
        for index in range(comment.start.paragraph, comment.end.paragraph + 1):
            text = by_paragraph[index].text if index in by_paragraph else ""
            stop = comment.end.offset if index == comment.end.paragraph else len(text)
            lines.append(text[comment.start.offset if index == comment.start.paragraph else 0 : stop])
            size += len(lines[-1]) + 1
            if size > _WORDS + 1:
                return "\n".join(lines)[:_WORDS] + _MORE
        return "\n".join(lines)

    def _point(
        self, paragraph: int, offset: int, by_paragraph: Mapping[int, _Line], *, last: bool
    ) -> tuple[Point | None, bool]:
        """The issued place of a point of the picture, and whether it stands in issued words."""
        line = by_paragraph.get(paragraph)
        if line is None:
            return None, False
        atom, shift = line.at(offset, last=last)
        place, before = atom.at
        point = self.places.point(place, before + (0 if atom.new else shift))
        if point is None and place:
            return self.places.point(place - 1, len(self.places.original[place - 1].text)), False
        return point, not atom.new


@dataclass(frozen=True, slots=True)
class _Line:
    """The atoms of a paragraph, the last of them its end, and where each ends in its text."""

    atoms: Sequence[Atom]
    ends: Sequence[int]
    text: str

    @classmethod
    def of(cls, atoms: Sequence[Atom]) -> _Line:
        """The line of these atoms."""
        texts = ["" if atom.text == BREAK else atom.text for atom in atoms]
        return cls(atoms, tuple(accumulate(map(len, texts))), "".join(texts))

    def at(self, offset: int, *, last: bool) -> tuple[Atom, int]:
        """The atom in which an offset falls, and how far into it; between two it is the first where it is the `last` of a range."""
        find = bisect_left if last and offset else bisect_right
        index = min(find(self.ends, offset), len(self.atoms) - 1)
        begin = self.ends[index - 1] if index else 0
        return self.atoms[index], min(max(offset - begin, 0), self.ends[index] - begin)


def comment_mark(comment: str) -> str:
    """How an account names a comment."""
    return f"comment:{comment}"


@dataclass(frozen=True, slots=True)
class Account:
    """What a file brought and what became of it: all `marks` must stand in the remarks, each in one only."""

    marks: frozenset[str]
    missing: frozenset[str]
    repeated: frozenset[str]


def account(picture: Picture, remarks: Sequence[Remark], own: Own | None = None) -> Account:
    """Every revision and every comment of the picture against the remarks made of it; `own` are nobody's."""
    own = own or NOBODYS
    marks = {comment_mark(comment.id) for comment in picture.comments if not own.comment(comment)}
    for paragraph in picture.paragraphs:
        revisions = [*paragraph.mark, *paragraph.row, *paragraph.column]
        revisions += [revision for run in paragraph.runs for revision in run.revisions]
        marks.update(mark_of(revision) for revision in revisions if not own.revision(revision))
    seen: dict[str, int] = {}
    for remark in remarks:
        for mark in remark.marks:
            seen[mark] = seen.get(mark, 0) + 1
    return Account(
        frozenset(marks),
        frozenset(marks - seen.keys()),
        frozenset(mark for mark, count in seen.items() if count > 1),
    )
