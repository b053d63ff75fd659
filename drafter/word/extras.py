"""What of a frame's paragraph is more than words: where the office's own frame has marked letters, a reviewer has not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from drafter.ooxml.normal import Element
from drafter.ooxml.xml import w
from drafter.word.anchors import Extra
from drafter.word.signs import text_of

_SIGNS = tuple(f"<w:{name}".encode() for name in ("strike", "dstrike", "highlight", "shd", "color", "u "))
_HANDS = ("strike", "highlight", "underline", "color")


def has_extras(body: bytes) -> bool:
    """Whether a frame's document may have any."""
    return any(sign in body for sign in _SIGNS)


def extras_of(paragraph: Element) -> tuple[Extra, ...]:
    """The marked stretches of a paragraph, kind by kind; none of one with fields, whose signs stand for more than their runs."""
    from drafter.picture.looks import marks

    if any(paragraph.find(f".//{w(name)}") is not None for name in ("fldChar", "fldSimple")):
        return ()
    at = 0
    runs: list[tuple[int, int, frozenset[str]]] = []
    for run in paragraph.iter(w("r")):
        if next(run.iterancestors(w("txbxContent")), None) is None:
            look = run.find(w("rPr"))
            length = len(text_of(_alone(run)))
            runs.append((at, at + length, frozenset() if look is None else marks(look)))
            at += length
    return tuple(each for what in _HANDS for each in _stretches(runs, what))


def _alone(run: Element) -> Element:
    from copy import deepcopy

    paragraph = run.makeelement(w("p"), {})
    paragraph.append(deepcopy(run))
    return paragraph


def _stretches(runs: list[tuple[int, int, frozenset[str]]], what: str) -> Iterator[Extra]:
    for marked, group in groupby(runs, key=lambda run: what in run[2]):
        found = list(group)
        if marked and found[-1][1] > found[0][0]:
            yield found[0][0], found[-1][1], what, ""
