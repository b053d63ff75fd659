"""Footnotes: what stands between a note's own mark and its words, and notes that went with their marks.

A note that went with its mark is one thing that was done, not two: Word and LibreOffice take the text of a footnote away when its mark is struck out. Which text belongs to which mark is read from the
sources as they were issued: `[^a]` in a paragraph, `[^a]:` before the note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from drafter.picture.model import Change, Paragraph, Picture, Position, Run
from drafter.review.found import Found
from drafter.review.ground import line_start
from drafter.review.locate import touched
from drafter.review.remarks import Kind
from drafter.source.origins import SourceSlice
from drafter.word.anchors import OBJECT, Anchor

_LABEL = re.compile(r"\[\^[^\]\n]+\]")
_NEAR = 40  # characters that a reviewer may have typed before the tab
Note = tuple[str, str]


def without_leads(picture: Picture) -> Picture:
    """The picture without the tab behind the own mark of a note, where words were put in between the two."""
    paragraphs = list(picture.paragraphs)
    cut: dict[int, int] = {}
    seen: set[str] = set()
    for index, paragraph in enumerate(paragraphs):
        if paragraph.story.startswith("footnote:") and paragraph.story not in seen:
            seen.add(paragraph.story)
            at = _lead(paragraph)
            if at >= 0:
                cut[paragraph.index] = at
                paragraphs[index] = replace(paragraph, runs=tuple(_without(paragraph.runs, at)))
    if not cut:
        return picture
    comments = tuple(
        replace(each, start=_shifted(each.start, cut), end=_shifted(each.end, cut))
        for each in picture.comments
    )
    formats = tuple(
        replace(each, start=_back(each.start, cut), end=_back(each.end, cut)) for each in picture.formats
    )
    return replace(picture, paragraphs=tuple(paragraphs), comments=comments, formats=formats)


def _lead(paragraph: Paragraph) -> int:
    """The offset of a tab that stood there from the beginning, with only new words before it; -1 for none."""
    at = 0
    for run in paragraph.runs:
        new = any(revision.change in (Change.INSERTED, Change.MOVED_TO) for revision in run.revisions)
        if not new:
            return at + run.text.index("\t") if "\t" in run.text[:_NEAR] and not run.revisions else -1
        at += len(run.text)
    return -1


def _without(runs: Sequence[Run], at: int) -> Iterator[Run]:
    for run in runs:
        if 0 <= at < len(run.text):
            yield replace(run, text=run.text[:at] + run.text[at + 1 :])
        else:
            yield run
        at -= len(run.text)


def _shifted(position: Position | None, cut: Mapping[int, int]) -> Position | None:
    return None if position is None else _back(position, cut)


def _back(position: Position, cut: Mapping[int, int]) -> Position:
    if position.offset <= cut.get(position.paragraph, position.offset):
        return position
    return Position(position.paragraph, position.offset - 1)


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
