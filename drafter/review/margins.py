"""The numbers in the margin of a reading copy, taken away before anybody looks for changes: they are nobody's text.

Beside a paragraph a number is a text box at its beginning, beside the row of a table a cell of its own. What a reviewer wrote in one stays:
a box with other words is told like any that was put in, words in a cell go with the first cell of the row. A comment on a number is one on
what it numbers. A number that was changed or struck out says nothing: the 段号 of the issued copy stand in its record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from drafter.picture.model import CellPlace, Comment, Formatting, Paragraph, Picture, Position
from drafter.word.anchors import OBJECT, Anchor
from drafter.word.reading import LEGEND

_ROW = re.compile(r"/\d{1,4}(?!\d)")
_LABEL = re.compile(r"[^\s/]{1,12}")
_BLANK = " \t\u3000"
_SHORTEST = 5  # 1.1-1


class _Went(NamedTuple):
    """Where a paragraph of the file went: its new index, or that of the next one kept where it is gone, and what it lost, from and to."""

    place: int
    gone: bool
    lost: tuple[tuple[int, int], ...] = ()


def without_margins(picture: Picture, issued: Iterable[Anchor]) -> Picture:
    """The picture of a reading copy as that of the ordinary copy would be."""
    numbers = frozenset(anchor.number.partition("/")[0] for anchor in issued) - {""}
    margins = _Margins(numbers, _numbered_tables(picture.paragraphs, numbers))
    for paragraph in picture.paragraphs:
        margins.take(paragraph)
    comments = tuple(margins.comment(each) for each in picture.comments)
    formats = tuple(margins.formatting(each) for each in picture.formats)
    return replace(picture, paragraphs=tuple(margins.kept), comments=comments, formats=formats)


def _numbered_tables(paragraphs: Sequence[Paragraph], numbers: frozenset[str]) -> frozenset[int]:
    """Tables whose first column says numbers; one whose numbers a reviewer took away is like any other."""
    return frozenset(
        paragraph.cell.table
        for paragraph in paragraphs
        if paragraph.cell is not None and paragraph.cell.cell == 0 and _label(_text(paragraph), numbers)
    )


@dataclass(slots=True)
class _Margins:
    """The paragraphs of the text as they are gathered, and where each of the file's went."""

    numbers: frozenset[str]
    tables: frozenset[int]
    kept: list[Paragraph] = field(default_factory=list)
    went: dict[int, _Went] = field(default_factory=dict)
    _beside: dict[str, int] = field(default_factory=dict)  # number → paragraph that it stood beside
    _names: tuple[str, ...] = ()

    def take(self, paragraph: Paragraph) -> None:
        """Keep a paragraph, without its number where it has one, or leave it out."""
        text, cell = _text(paragraph), paragraph.cell
        inside = cell is not None and cell.table in self.tables
        if paragraph.story.startswith("textbox:") and self._is_number(text):
            self.went[paragraph.index] = _Went(self._beside.get(text.strip(), len(self.kept)), gone=True)
        elif inside and cell is not None and cell.cell == 0:
            self._take_label(paragraph, len(_label(text, self.numbers)))
        else:
            self._keep(paragraph, _moved(cell) if inside and cell is not None else cell)

    def _is_number(self, words: str) -> bool:
        return words.strip() in self.numbers or words.strip() == LEGEND

    def _take_label(self, paragraph: Paragraph, length: int) -> None:
        """A cell of numbers is left out unless somebody wrote there."""
        if _text(paragraph)[length:].strip(_BLANK):
            self._keep(paragraph, paragraph.cell, length)
            return
        self._names += paragraph.bookmarks
        self.went[paragraph.index] = _Went(len(self.kept), gone=True)

    def _keep(self, paragraph: Paragraph, cell: CellPlace | None, length: int = 0) -> None:
        lost = [(0, length)] if length else []
        runs, at = [], 0
        for run in paragraph.runs:
            end = at + len(run.text)
            if run.text == OBJECT and not run.field and not run.note and self._is_number(run.result):
                lost.append((at, end))
                self._beside[run.result.strip()] = len(self.kept)
            elif end > length or not run.text:
                runs.append(replace(run, text=run.text[length - at :]) if at < length else run)
            at = end
        names = (*self._names, *paragraph.bookmarks)
        self._names = ()
        self.went[paragraph.index] = _Went(len(self.kept), gone=False, lost=tuple(lost))
        self.kept.append(
            replace(paragraph, index=len(self.kept), runs=tuple(runs), bookmarks=names, cell=cell)
        )

    def comment(self, comment: Comment) -> Comment:
        """A comment where its words are now; one on a number alone is on the whole of what that numbers."""
        start, end = self._place(comment.start), self._place(comment.end)
        if start is not None and end is not None and start == end and comment.start != comment.end:
            end = Position(end.paragraph, len(_text(self.kept[end.paragraph])))
        return replace(comment, start=start, end=end)

    def formatting(self, formatting: Formatting) -> Formatting:
        """A change of looks where its words are now."""
        if not self.kept:
            return formatting
        return replace(formatting, start=self._went(formatting.start), end=self._went(formatting.end))

    def _place(self, position: Position | None) -> Position | None:
        return None if position is None or not self.kept else self._went(position)

    def _went(self, position: Position) -> Position:
        went = self.went[position.paragraph]
        index = min(went.place, len(self.kept) - 1)
        if went.gone:
            return Position(index, 0)
        less = sum(max(min(position.offset, end) - start, 0) for start, end in went.lost)
        return Position(index, position.offset - less)


def _text(paragraph: Paragraph) -> str:
    return "".join(run.text for run in paragraph.runs)


def _label(text: str, numbers: frozenset[str]) -> str:
    """The number that a cell begins with."""
    found = _ROW.match(text)
    if found:
        return found.group()
    # The longest first: 3.2-1 begins 3.2-14 too.
    word = _LABEL.match(text)
    for end in range(word.end() if word else 0, _SHORTEST - 1, -1):
        if text[:end] in numbers:
            return text[:end]
    return ""


def _moved(cell: CellPlace) -> CellPlace:
    return replace(cell, cell=max(cell.cell - 1, 0))
