"""A text that was pasted into a new file: what differs only because of the pasting is nobody's opinion.

Pasted as plain text, numbers and references that the program prints become words, footnotes are gone, merged cells are filled or split, and the contents
are lines like any others. A remark that such a thing explains is left out; what somebody tracked or commented on never is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from drafter.picture.model import Picture, View
from drafter.picture.views import view
from drafter.review.remarks import Confidence, Kind, Remark
from drafter.source.frozen import dataclass
from drafter.word.anchors import OBJECT, PREFIX, Anchor, Record

WHOLE = 0.8
"""A file with fewer of the issued words than this is a part: what it does not have was not deleted."""

_NAMED = 0.3  # so many of the bookmarks are left where somebody only took the id away
_TEXT = frozenset(("heading", "body", "item", "box", "note"))
_NUMBER = re.compile(
    r"(?:第[一二三四五六七八九十百0-9]+[章节条款]|[（(]?[一二三四五六七八九十0-9]{1,3}[)）、.．]|[①-⑳]|(?:附件|附表|附图|专栏|图|表)\s?\d*)?[\s\u3000]*"
)
_DIGITS = re.compile(r"[\d\s\u3000" + OBJECT + r"]+")
_CHANGES = frozenset((Kind.INSERTION, Kind.DELETION, Kind.REPLACEMENT, Kind.VALUE, Kind.SPLIT))

_STRUCTURE = frozenset((Kind.MERGE, Kind.MOVE, Kind.COPY))


@dataclass(frozen=True, slots=True)
class Settled:
    """The remarks that stand, and how many were left out."""

    remarks: tuple[Remark, ...]
    left_out: int


def is_pasted(record: Record, picture: Picture) -> bool:
    """Whether a file has not even the bookmarks of the issued one."""
    issued = {anchor.name for anchor in record.anchors.paragraphs if anchor.name}
    there = {
        name for paragraph in picture.paragraphs for name in paragraph.bookmarks if name.startswith(PREFIX)
    }
    return len(issued & there) < _NAMED * len(issued)


def settled(record: Record, picture: Picture, remarks: Iterable[Remark], share: float) -> Settled:
    """The remarks of a pasted file that its pasting does not explain, none of them surer than likely; `share` of the issued words are in it."""
    there = {_bare(line) for each in view(picture, View.ORIGINAL) for line in each.text.split("\n")}
    issued = record.anchors.paragraphs
    known = {_bare(anchor.text) for anchor in issued if _bare(anchor.text)}
    kept, left = [], 0
    for remark in remarks:
        if (
            remark.tracked
            or remark.marks
            or not _explained(remark, issued, there, known, whole=share >= WHOLE)
        ):
            sure = remark.confidence is Confidence.SURE
            kept.append(replace(remark, confidence=Confidence.LIKELY) if sure else remark)
        else:
            left += 1
    return Settled(tuple(kept), left)


def _explained(
    remark: Remark, issued: Sequence[Anchor], there: set[str], known: set[str], *, whole: bool
) -> bool:
    anchor = issued[remark.anchor] if 0 <= remark.anchor < len(issued) else None
    if anchor is None:
        return True
    in_text = anchor.kind in _TEXT
    if remark.kind in _CHANGES:
        return _printed(remark, anchor) or not (
            in_text or (remark.original.strip() and remark.proposed.strip())
        )
    if remark.kind is Kind.PARAGRAPH_INSERTION:
        lines = [line for line in remark.proposed.split("\n") if line.strip()]
        return not (in_text or anchor.kind == "frame") or all(_stands(line, known) for line in lines)
    if remark.kind is Kind.PARAGRAPH_DELETION:
        lines = [line for line in remark.original.split("\n") if line.strip()]
        return not (whole and in_text) or all(_bare(line) in there for line in lines)
    return remark.kind in _STRUCTURE


def _printed(remark: Remark, anchor: Anchor) -> bool:
    """Whether the change puts into words what the program printed: a number, a reference, the mark of a note."""
    left = remark.original.replace(OBJECT, "").strip()
    if OBJECT in remark.original:
        return left in remark.proposed or anchor.kind not in _TEXT
    at_start = remark.change is not None and remark.change.start == 0
    return not left and (
        not remark.proposed.strip() or (at_start and bool(_NUMBER.fullmatch(remark.proposed)))
    )


def _stands(line: str, known: set[str]) -> bool:
    """Whether a line says what was issued, with its number in front or a page number behind."""
    bare = _bare(line)
    return not bare or bare in known or _bare(_NUMBER.sub("", line, count=1)) in known


def _bare(text: str) -> str:
    return _DIGITS.sub("", text)
