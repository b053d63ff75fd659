"""A returned file held against its record: every change and every comment as a remark with its place.

What is tracked is read from the marks; what differs between the issued text and the file as it was before its tracked changes was
changed silently; each comment is a remark, and so is each change of looks and what was done to headers and footers. Nothing is decided
here and nothing is edited.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from drafter.picture.model import Picture, View
from drafter.picture.views import view
from drafter.review.account import account
from drafter.review.align import align
from drafter.review.comments import comment_remarks
from drafter.review.diff import Op
from drafter.review.doubts import IN_TEXT, doubted
from drafter.review.edges import edge_remarks
from drafter.review.found import Found, silent, styles_of
from drafter.review.grids import grid_remarks
from drafter.review.locate import in_data, stands_there, target, touched
from drafter.review.looks import by_hand, format_remarks
from drafter.review.margins import without_margins
from drafter.review.notes import with_their_marks, without_leads
from drafter.review.own import Own
from drafter.review.places import Places
from drafter.review.remarks import BREAK, Confidence, Kind, Remark, Target, Unlocated
from drafter.review.spots import Spots, nearby
from drafter.review.things import inside_remarks, insides, thing_remarks
from drafter.review.tracked import Tracked
from drafter.review.values import take_apart
from drafter.source.issues import Issue, Outcome, Place
from drafter.source.origins import DataValue
from drafter.word.anchors import NO_EDGES, READING, Anchor, Record

_DATE = re.compile(r"[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T|$)")
"""What LibreOffice writes for no date at all, `0-00-00T00:00:00Z`, is none."""
_OF_VALUES = frozenset(("review.unit", "review.two-values", "review.value-removed", "review.unsure"))


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
    hands, inside = by_hand(picture), insides(picture.paragraphs)
    asked = chain(
        ((each.start, each.end) for each in picture.comments),
        ((each.start, each.end) for each in picture.formats),
        ((each.start, each.end) for each in hands),
        ((each.start, each.end) for each in inside),
    )
    spots = Spots.of(picture, places, issued, asked)
    remarks += comment_remarks(picture, spots, issued, own)
    remarks += inside_remarks(inside, spots, issued)
    remarks += thing_remarks(original, places, issued, complete=record.edges != NO_EDGES)
    remarks += grid_remarks(issued, alignment.odd)
    remarks += format_remarks(picture, hands, spots, issued)
    remarks += edge_remarks(record, picture, own)
    last = len(issued)
    remarks.sort(key=lambda remark: remark.anchor if remark.anchor >= 0 else last)
    numbered = _numbered(remarks, first)
    lost = account(picture, numbered, own).missing
    facts = {"marks": ", ".join(sorted(lost))}
    return Outcome(numbered, (Issue("review.mark-lost", Place(name), facts),) if lost else ())


def _numbered(remarks: Sequence[Remark], first: int) -> tuple[Remark, ...]:
    """Ids by order; an answer names the remark that it answers, and a date that is none is left out."""
    ids = {remark.marks: f"r{number}" for number, remark in enumerate(remarks, start=first)}
    return tuple(
        replace(
            remark,
            id=f"r{number}",
            parent=ids.get((remark.parent,), ""),
            date=remark.date if _DATE.match(remark.date) else "",
        )
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
    start, end = min(op.start, length), min(op.end, length)
    spot, stands = target(anchor, start, end), stands_there(anchor, start, end)
    if not stands and op.end > length:
        row = _further(issued, remark.anchor, op.end)
        if row is not None:
            return replace(remark, target=row)
    if not stands and remark.kind is Kind.PARAGRAPH_INSERTION and anchor.kind == "cell":
        row = _before(issued, remark.anchor)
        if row is not None:
            return replace(remark, target=row, confidence=Confidence.LIKELY)
    if isinstance(spot, Unlocated):
        beside, own = nearby(issued, remark.anchor)
        own = own or remark.kind not in IN_TEXT
        return replace(
            remark, target=beside or spot, confidence=remark.confidence if own else Confidence.LIKELY
        )
    known = stands or remark.confidence is not Confidence.SURE
    return replace(remark, target=spot, confidence=remark.confidence if known else Confidence.LIKELY)


def _further(issued: Sequence[Anchor], index: int, end: int) -> Target | None:
    """The first place in the cells after one whose words stand nowhere (a counted or merged one), where a whole row is changed."""
    end -= len(issued[index].text) + 1
    for anchor in issued[index + 1 :]:
        if end <= 0:
            break
        if stands_there(anchor, 0, len(anchor.text)):
            return target(anchor, 0, len(anchor.text))
        end -= len(anchor.text) + 1
    return None


def _before(issued: Sequence[Anchor], index: int) -> Target | None:
    """The last place in the cells before one whose words stand nowhere, in the row that a new one was put in behind."""
    row = issued[index]
    while index and row.column >= 0 and issued[index - 1].name == row.name and issued[index - 1].column >= 0:
        index -= 1
        if stands_there(issued[index], 0, len(issued[index].text)):
            return target(issued[index], 0, len(issued[index].text))
    return None
