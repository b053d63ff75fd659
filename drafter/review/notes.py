"""Footnotes that went with their marks: one thing that was done, not two.

Word and LibreOffice take the text of a footnote away when its mark is struck out. Which text belongs to which mark is read from the
sources as they were issued: `[^a]` in a paragraph, `[^a]:` before the note.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from drafter.review.found import Found
from drafter.review.ground import line_start
from drafter.review.locate import touched
from drafter.review.remarks import Kind
from drafter.source.origins import SourceSlice
from drafter.word.anchors import OBJECT, Anchor

_LABEL = re.compile(r"\[\^[^\]\n]+\]")
Note = tuple[str, str]


def with_their_marks(
    issued: Sequence[Anchor], texts: Mapping[str, str], found: Sequence[Found]
) -> list[Found]:
    """The changes, those of footnotes' texts put into those of their marks."""
    gone = {each.change.anchor: each for each in found if each.change is not None and _is_note(issued, each)}
    if not gone:
        return list(found)
    note_of = {note: index for index in gone if (note := _defined(issued[index], texts)) is not None}
    out: list[Found] = []
    taken: set[int] = set()
    for each in found:
        notes = [note_of[note] for note in _marked(issued, texts, each) if note in note_of]
        if not notes or each.change is None:
            out.append(each)
            continue
        taken.update(id(gone[index]) for index in notes)
        marks = dict.fromkeys(mark for index in notes for mark in gone[index].marks)
        out.append(
            replace(
                each,
                change=replace(each.change, notes=tuple(notes)),
                marks=tuple(dict.fromkeys((*each.marks, *marks))),
            )
        )
    return [each for each in out if id(each) not in taken]


def _is_note(issued: Sequence[Anchor], found: Found) -> bool:
    change = found.change
    return (
        found.kind is Kind.PARAGRAPH_DELETION
        and change is not None
        and issued[change.anchor].kind == "footnote"
    )


def _defined(anchor: Anchor, texts: Mapping[str, str]) -> Note | None:
    """The label of the note that this paragraph is the first of."""
    for piece in anchor.pieces:
        origin = piece.origin
        if isinstance(origin, SourceSlice) and origin.path in texts:
            text = texts[origin.path]
            label = _LABEL.match(text, line_start(text, origin.start))
            return (origin.path, label.group()) if label else None
    return None


def _marked(issued: Sequence[Anchor], texts: Mapping[str, str], found: Found) -> list[Note]:
    """The labels of the note marks that a change struck out."""
    change = found.change
    if change is None or OBJECT in change.new or issued[change.anchor].kind == "footnote":
        return []
    anchor = issued[change.anchor]
    end = min(change.end, len(anchor.text))
    notes = []
    for piece in touched(anchor, change.start, end):
        origin = piece.origin
        if isinstance(origin, SourceSlice) and anchor.text[piece.start : piece.end] == OBJECT:
            label = texts.get(origin.path, "")[origin.start : origin.end]
            if _LABEL.fullmatch(label):
                notes.append((origin.path, label))
    return notes
