"""Remarks that together may be another act than each tells alone: neither is sure, and what would lose a value is left to a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from drafter.review.diff import Op
from drafter.review.remarks import BREAK, Confidence, Kind, Remark
from drafter.review.values import standing, take_apart
from drafter.word.anchors import Anchor

IN_TEXT = frozenset((Kind.INSERTION, Kind.DELETION, Kind.REPLACEMENT))
"""Changes of words inside a paragraph."""
_MOVED, _ALIKE = 8, 0.6  # words of this length, as like as this, are the same words
_NEAR = 2  # a beginning may share a character or two by chance


def doubted(issued: Sequence[Anchor], remarks: Sequence[Remark]) -> list[Remark]:
    """The remarks, less sure where several are one act: a border between paragraphs that moved, a value that changed its place."""
    out = _borders(remarks)
    for n in _carried(issued, remarks):
        out[n] = replace(
            out[n], confidence=Confidence.LIKELY, obstacle=out[n].obstacle or "review.two-values"
        )
    return out


def _carried(issued: Sequence[Anchor], remarks: Sequence[Remark]) -> set[int]:
    """Remarks that strike a value out and put it in elsewhere in its paragraph: written as words it would follow its datum no more."""
    places: dict[int, list[int]] = {}
    for n, remark in enumerate(remarks):
        if remark.change is not None and remark.kind in IN_TEXT:
            places.setdefault(remark.change.anchor, []).append(n)
    found: set[int] = set()
    for index, near in places.items():
        for n in near if len(near) > 1 else ():
            for text in _struck(issued[index], remarks[n]):
                found |= {
                    each for m in near if m != n and standing(text, remarks[m].proposed) for each in (n, m)
                }
    return found


def _struck(anchor: Anchor, remark: Remark) -> Iterator[str]:
    """The values that a remark strikes out."""
    change = remark.change
    if change is None or BREAK in change.new or change.end > len(anchor.text):
        return
    for piece in take_apart(anchor, Op(change.start, change.end, change.new)).removed:
        yield anchor.text[piece.start : piece.end]


def _borders(remarks: Sequence[Remark]) -> list[Remark]:
    """Remarks that together may be another act, of which nobody can tell: neither is sure.

    A paragraph put in right before one that lost its beginning may be that beginning, rewritten and split off. Words put in at a paragraph's
    beginning that are much like those which the one before lost at its end were not typed there: the border between the two was moved.
    """
    silent = [n for n, each in enumerate(remarks) if not each.tracked and each.change is not None]
    starts: dict[int, list[int]] = {}
    for n in silent:
        change = remarks[n].change
        if change is not None and change.start <= _NEAR and remarks[n].kind in IN_TEXT:
            starts.setdefault(change.anchor, []).append(n)
    out = list(remarks)
    for n in silent:
        change = remarks[n].change
        for other in starts.get(change.anchor + 1, ()) if change is not None else ():
            if remarks[n].kind is Kind.PARAGRAPH_INSERTION and remarks[other].original:
                for each in (n, other):
                    out[each] = replace(out[each], confidence=Confidence.LIKELY)
            elif _moved(remarks[n], remarks[other]):
                # Written back as words the values in them would be lost, and one without the other would say them twice or not at all.
                for each in (n, other, *_taken_from(remarks, silent, remarks[n])):
                    out[each] = replace(out[each], confidence=Confidence.LIKELY, obstacle="review.unsure")
    return out


def _moved(before: Remark, behind: Remark) -> bool:
    """Whether words that a paragraph lost stand at the beginning of the next one."""
    lost, come = before.original, behind.proposed
    if len(lost) < _MOVED or len(come) < _MOVED:
        return False
    return SequenceMatcher(None, lost, come, autojunk=False).ratio() > _ALIKE


def _taken_from(remarks: Sequence[Remark], silent: Sequence[int], lost: Remark) -> Iterator[int]:
    """New paragraphs that begin with words which the paragraph lost."""
    for n in silent:
        words = remarks[n].proposed[:_MOVED]
        if remarks[n].kind is Kind.PARAGRAPH_INSERTION and len(words) == _MOVED and words in lost.original:
            yield n
