"""What applied rows leave in the files: where it stands now, what stood there before. By this they are found again, and taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from drafter.review.remarks import SliceEdit
from drafter.rounds.model import Applied
from drafter.source.files import Source
from drafter.source.frozen import dataclass

_STOPS = frozenset("，。；：！？…,;!?")
_TELLING = 6
"""Characters below which words are told with those beside them, so that they are found again."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An edit that was made: characters `start:end` of the text after it, and what stood there."""

    start: int
    end: int
    was: str
    edit: SliceEdit


def marks(text: str, edits: Iterable[SliceEdit]) -> tuple[str, tuple[Mark, ...]]:
    """The text of one file after edits of it, and where each of them stands in it. The same replacement given twice is made once."""
    out: list[str] = []
    found: list[Mark] = []
    at = length = 0
    seen: set[SliceEdit] = set()
    numbered = sorted(enumerate(edits), key=lambda each: (each[1].slice.start, each[1].slice.end, each[0]))
    for _, edit in numbered:
        start, end = max(at, edit.slice.start), max(at, edit.slice.end)
        if edit in seen and edit.slice.start < edit.slice.end:
            continue
        seen.add(edit)
        out += [text[at:start], edit.text]
        length += start - at
        found.append(Mark(length, length + len(edit.text), text[start:end], edit))
        length += len(edit.text)
        at = end
    out.append(text[at:])
    return "".join(out), tuple(found)


def moved(found: Sequence[Mark], later: Sequence[Mark]) -> tuple[Mark, ...]:
    """Marks of a text in that text after later edits."""
    return tuple(
        Mark(_after(each.start, later), _after(each.end, later), each.was, each.edit) for each in found
    )


def _after(at: int, later: Sequence[Mark]) -> int:
    grown = 0
    for mark in later:
        if mark.edit.slice.end <= at and mark.edit.slice.start < at:
            grown += mark.end - mark.start - len(mark.was)
        elif mark.edit.slice.end <= at and not mark.was and mark.edit.slice.start == at:
            grown += mark.end - mark.start
    return at + grown


def footprints(source: Source, found: Sequence[Mark], moment: str) -> tuple[Applied, ...]:
    """What a register keeps of each edit of a file, `source` as it is after them, made at `moment` (ISO). No two share a character."""
    text = source.text
    ordered = sorted(found, key=lambda each: (each.start, each.end))
    starts = [*(each.start for each in ordered[1:]), len(text)]
    told: dict[int, tuple[int, int]] = {}
    floor = 0
    for mark, ceiling in zip(ordered, starts, strict=False):
        told[id(mark)] = _told(text, mark, floor, ceiling)
        floor = told[id(mark)][1]
    return tuple(_footprint(source, each, told[id(each)], moment) for each in found)


def _footprint(source: Source, mark: Mark, told: tuple[int, int], moment: str) -> Applied:
    text, (start, end) = source.text, told
    line, column = source.position(start)
    was = text[start : mark.start] + mark.was + text[mark.end : end]
    return Applied(source.path, line, source.sha256, column, was, text[start:end], moment)


def _told(text: str, mark: Mark, floor: int, ceiling: int) -> tuple[int, int]:
    """An edit with as many words around it, in its line and up to the next edits, as it takes to find it again."""
    first = max(text.rfind("\n", 0, mark.start) + 1, min(floor, mark.start))
    stop = text.find("\n", mark.end)
    last = min(len(text) if stop < 0 else stop, max(ceiling, mark.end))
    start, end = mark.start, mark.end
    while (start, end) != (first, last) and (end - start < _TELLING or text.count(text[start:end]) > 1):
        start, end = _left(text, start, first), _right(text, end, last)
    return start, end


def _left(text: str, at: int, first: int) -> int:
    at = max(at - 1, first)
    while at > first and text[at - 1] not in _STOPS:
        at -= 1
    return at


def _right(text: str, at: int, last: int) -> int:
    at = min(at + 1, last)
    while at < last and text[at - 1] not in _STOPS:
        at += 1
    return at


@dataclass(frozen=True, slots=True)
class Back:
    """How a footprint is taken back: an edit of its file, or why it cannot be (a code); nothing where nothing was written.

    `exact`: the file is as it was left.
    """

    edit: tuple[str, int, int, str] | None = None
    obstacle: str = ""
    exact: bool = True


def back(applied: Applied, source: Source | None) -> Back:
    """What was there before, in place of what was put: where it was put, or where the same words stand alone in a file that was changed since."""
    if applied.was == applied.now:
        return Back()
    if source is None:
        return Back(obstacle="apply.file-gone")
    if source.sha256 == applied.sha256:
        at = _offset(source, applied.line, applied.column)
        if at >= 0 and source.text.startswith(applied.now, at):
            return Back((source.path, at, at + len(applied.now), applied.was))
    found = list(_found(source.text, applied.now))
    if len(found) != 1:
        return Back(obstacle="apply.not-there" if not found else "apply.not-alone")
    return Back((source.path, found[0], found[0] + len(applied.now), applied.was), exact=False)


def _found(text: str, words: str) -> Iterator[int]:
    at = text.find(words) if words else -1
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _offset(source: Source, line: int, column: int) -> int:
    """The offset of a place, -1 where there is none."""
    lines = source.text.split("\n")
    if not 1 <= line <= len(lines) or not 1 <= column <= len(lines[line - 1]) + 1:
        return -1
    return sum(len(each) + 1 for each in lines[: line - 1]) + column - 1
