"""How much two texts are alike: whole paragraphs, a whole and its parts, two rows of a table."""

from __future__ import annotations

import re

from rapidfuzz.distance import Indel, LCSseq

from drafter.review.units import CELL_END

FLOOR = 0.45
"""Two paragraphs less alike than this are not the same one changed, unless a bookmark or a hole says so."""
GAIN = 0.08
"""So much more alike two texts must be for a further one to belong to them."""
SHORT = 4
"""Identical texts shorter than this prove nothing."""

_JOINED = 0.7
_PART = 0.6  # of a part must be found in the whole for it to be a part of it
_WORD = re.compile(r"[^\W\d_]")


def similar(a: str, b: str, cutoff: float) -> float:
    """How alike two texts are, 0 below the cutoff and where there is nothing to compare."""
    return Indel.normalized_similarity(a, b, score_cutoff=cutoff) if a and b else 0.0


def completed(whole: str, before: str, joined: str) -> bool:
    """Whether what `joined` has more than `before` is a part of `whole`: most of it is found there, or the likeness gains by it."""
    likeness = similar(whole, joined, _JOINED)
    if not likeness:
        return False
    found = LCSseq.similarity(whole, joined) - LCSseq.similarity(whole, before)
    added = len(joined) - len(before)
    return found >= max(SHORT, added * _PART) or likeness > similar(whole, before, 0.0) + GAIN


def rows_alike(mine: str, other: str) -> bool:
    """Whether two rows have in common what tells one row from another: the first cell with words, or most of the cells.

    The number of a row or a cell like `新建` is found in many.
    """
    ours, theirs = mine.split(CELL_END), other.split(CELL_END)
    if len(ours) != len(theirs):  # a column came or went
        theirs = [text if text in theirs else "" for text in ours]
    cells = [(one, two) for one, two in zip(ours, theirs, strict=True) if one or two]
    first = next(((one, two) for one, two in cells if _WORD.search(one)), ("", ""))
    return _alike(*first) or sum(_alike(one, two) for one, two in cells) * 2 > len(cells)


def _alike(one: str, two: str) -> bool:
    """The same number, or words that are much the same."""
    return bool(one) and (one == two or (_WORD.search(one) is not None and similar(one, two, FLOOR) > 0))
