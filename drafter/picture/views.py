"""A picture read three ways: as it was before the tracked changes, with all of them, and as if all were accepted.

How Word reads them: a run is dropped when any of its revisions says so, so what one inserted and another deleted is in neither
view. A dropped paragraph mark lets its paragraph run into the next one, which gives the style; before a table or at the end of
a cell there is none to run into, so that the paragraph stays, or vanishes if it is empty and not the last one of a cell. Dropped
rows and cells take their paragraphs along, and a table that lost all of them is gone before marks are joined.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from drafter.picture.collector import resting
from drafter.picture.model import (
    CellPlace,
    Change,
    Paragraph,
    Picture,
    Position,
    Revision,
    Stretch,
    View,
    ViewParagraph,
)

_DROPPED = {
    View.ORIGINAL: frozenset((Change.INSERTED, Change.MOVED_TO)),
    View.ALL: frozenset[Change](),
    View.ACCEPTED: frozenset((Change.DELETED, Change.MOVED_FROM)),
}
_Drops = Callable[[tuple[Revision, ...]], bool]


def view(picture: Picture, kind: View) -> tuple[ViewParagraph, ...]:
    """The paragraphs of one view, in the order of the picture."""
    with resting():
        return _view(picture, _DROPPED[kind])


def _view(picture: Picture, dropped: frozenset[Change]) -> tuple[ViewParagraph, ...]:
    def drops(revisions: tuple[Revision, ...]) -> bool:
        return any(revision.change in dropped for revision in revisions)

    kept = [p for p in picture.paragraphs if not ((p.row and drops(p.row)) or (p.column and drops(p.column)))]
    left: Counter[tuple[str, CellPlace | None]] = Counter()
    if any(paragraph.mark for paragraph in kept):
        left.update((paragraph.story, paragraph.cell) for paragraph in kept)
    out: list[ViewParagraph] = []
    chain: list[Paragraph] = []
    for paragraph, following in zip(kept, [*kept[1:], None][: len(kept)], strict=True):
        chain.append(paragraph)
        if paragraph.mark and drops(paragraph.mark):
            if following is not None and _neighbours(paragraph, following):
                left[paragraph.story, paragraph.cell] -= 1
                continue
            if _is_empty(chain, drops) and (
                paragraph.cell is None or left[paragraph.story, paragraph.cell] > 1
            ):
                left[paragraph.story, paragraph.cell] -= 1
                chain.clear()
                continue
        out.append(_joined(chain, drops) if len(chain) > 1 else _single(paragraph, drops))
        chain.clear()
    return tuple(out)


def _neighbours(paragraph: Paragraph, following: Paragraph) -> bool:
    """Whether a paragraph's words can run into the next: same story, same cell, no table between."""
    return paragraph.story == following.story and paragraph.cell == following.cell


def _is_empty(chain: list[Paragraph], drops: _Drops) -> bool:
    return all(drops(run.revisions) for paragraph in chain for run in paragraph.runs)


def _single(paragraph: Paragraph, drops: _Drops) -> ViewParagraph:
    text, stretches = _read((paragraph,), drops)
    return ViewParagraph(
        text,
        stretches,
        (paragraph.index,),
        tuple(dict.fromkeys(paragraph.bookmarks)),
        paragraph.open,
        paragraph.cell,
        paragraph.style,
        paragraph.story,
        paragraph.toc,
    )


def _joined(chain: list[Paragraph], drops: _Drops) -> ViewParagraph:
    last = chain[-1]
    gave = [paragraph for paragraph in chain if paragraph is last or _gives(paragraph, drops)]
    text, stretches = _read(gave, drops)
    names = dict.fromkeys(name for paragraph in gave for name in paragraph.bookmarks)
    before = dict.fromkeys(name for paragraph in gave for name in paragraph.open if name not in names)
    indexes = tuple(paragraph.index for paragraph in gave)
    return ViewParagraph(
        text, stretches, indexes, tuple(names), tuple(before), last.cell, last.style, last.story, last.toc
    )


def _gives(paragraph: Paragraph, drops: _Drops) -> bool:
    """Whether a paragraph that ran into another left words there, or had none and left its name."""
    if paragraph.runs:
        return any(not drops(run.revisions) for run in paragraph.runs)
    return bool(paragraph.bookmarks)


def _read(paragraphs: Iterable[Paragraph], drops: _Drops) -> tuple[str, tuple[Stretch, ...]]:
    texts: list[str] = []
    stretches: list[Stretch] = []
    length = 0
    for paragraph in paragraphs:
        offset = 0
        for run in paragraph.runs:
            size = len(run.text)
            if not (run.revisions and drops(run.revisions)):
                texts.append(run.text)
                stretches.append(Stretch(length, length + size, Position(paragraph.index, offset), run))
                length += size
            offset += size
    return "".join(texts), tuple(stretches)
