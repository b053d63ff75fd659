"""Clauses: the stretch of a sentence that a change stands in, and where it stands in another state of the paragraph.

What was said in one clause by two people at a time is for a third to read; what was said in two of them is not.
"""

from __future__ import annotations

from drafter.review.diff import changes

_STOPS = frozenset("，。；：！？…,;!?\n")
_LEAST = 6  # characters of a clause that say where it is


def window(text: str, start: int, end: int, new: str) -> tuple[int, int]:
    """The clauses that a change of `start:end` to `new` stands in, as offsets, without the stop behind them; more of them where they say too little.

    New clauses stand between two others, and are where they are only as long as these are neighbours.
    """
    if start == end and not _STOPS.isdisjoint(new):
        first, last = _left(text, start - 1), _right(text, end + (text[end : end + 1] in _STOPS))
    else:
        first, last = _left(text, start), _right(text, end)
    if start < end and text[end - 1] in _STOPS:
        last = end
    while last - first < _LEAST and (first > 0 or last < len(text)):
        first, last = wider(text, first, last)
    return first, last


def telling(text: str, start: int, end: int, new: str) -> tuple[int, int]:
    """The clauses by which a change is known once it is made: what stays of them says something."""
    first, last = window(text, start, end, new)
    while not (text[first:start] + new + text[end:last]).strip() and (first > 0 or last < len(text)):
        first, last = wider(text, first, last)
    return first, last


def wider(text: str, first: int, last: int) -> tuple[int, int]:
    """One clause more on both sides."""
    return _left(text, first - 1), _right(text, last + 1)


def _left(text: str, at: int) -> int:
    """Where the clause begins in which an offset stands."""
    at = max(at, 0)
    while at > 0 and text[at - 1] not in _STOPS:
        at -= 1
    return at


def _right(text: str, at: int) -> int:
    """Where the stop behind that clause stands."""
    at = min(at, len(text))
    while at < len(text) and text[at] not in _STOPS:
        at += 1
    return at


def found(text: str, clauses: str) -> list[int]:
    """Where these clauses stand in a text, whole: nothing belongs to them before or behind."""
    out: list[int] = []
    at = text.find(clauses) if clauses else -1
    while at >= 0:
        end = at + len(clauses)
        begins = at == 0 or text[at - 1] in _STOPS
        ends = end == len(text) or text[end] in _STOPS or text[end - 1] in _STOPS
        if begins and ends:
            out.append(at)
        at = text.find(clauses, at + 1)
    return out


def region(old: str, new: str, start: int, end: int) -> tuple[int, int]:
    """What the characters `start:end` of one state of a text are in another one, with all that was changed at their borders."""
    first, last = start, end
    shift = 0
    for op in changes(old, new):
        grown = len(op.new) - (op.end - op.start)
        if op.end < start:
            first += grown
        elif op.start <= start:
            first = op.start + shift
        if op.end < end:
            last += grown
        elif op.start <= end:
            last = op.end + shift + grown
        shift += grown
    return first, last
