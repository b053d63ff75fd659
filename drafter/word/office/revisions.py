"""Tracked changes in an office's file: found, and accepted or rejected when somebody has said which.

Only what was decided is done: a frame must not hold changes, and which of two wordings stands is not for a program to guess.
"""

from __future__ import annotations

from collections.abc import Iterable

from drafter.ooxml.normal import Element
from drafter.ooxml.xml import w

ACCEPT, REJECT = "accept", "reject"
_COME, _GO = tuple(map(w, ("ins", "moveTo"))), tuple(map(w, ("del", "moveFrom")))
_CHANGES = tuple(
    w(f"{name}Change")
    for name in ("rPr", "pPr", "sectPr", "tblPr", "trPr", "tcPr", "tblGrid", "tblPrEx", "numbering")
)
_RANGES = tuple(
    w(f"{name}Range{end}")
    for name in ("moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo")
    for end in ("Start", "End")
)
_CELLS = tuple(map(w, ("cellIns", "cellDel", "cellMerge")))
_DELETED = {w("delText"): w("t"), w("delInstrText"): w("instrText")}


def tracked(roots: Iterable[Element]) -> list[Element]:
    """Every mark of a tracked change."""
    return [each for root in roots for each in root.iter(*_COME, *_GO, *_CHANGES, *_CELLS)]


def decide(root: Element, decision: str) -> None:
    """Accept or reject every tracked change of a part."""
    stay, go = (_COME, _GO) if decision == ACCEPT else (_GO, _COME)
    _rows(root, go)
    _joined(root, go)
    for mark in list(root.iter(*go)):
        _remove(mark)
    for mark in list(root.iter(*stay)):
        _unwrap(mark)
    for change in list(root.iter(*_CHANGES)):
        if decision == REJECT:
            _restore(change)
        else:
            _remove(change)
    for mark in list(root.iter(*_RANGES, *_CELLS)):
        _remove(mark)
    for text in root.iter(*_DELETED):
        text.tag = _DELETED[str(text.tag)]


def _rows(root: Element, go: tuple[str, ...]) -> None:
    """Rows that go as a whole; a table without rows goes with them."""
    for row in list(root.iter(w("tr"))):
        mark = row.find(w("trPr"))
        if mark is not None and any(mark.find(tag) is not None for tag in go):
            table = row.getparent()
            _remove(row)
            if table is not None and table.find(w("tr")) is None:
                _remove(table)


def _joined(root: Element, go: tuple[str, ...]) -> None:
    """A paragraph whose end goes takes in the next one's words, and looks as that one does."""
    for paragraph in reversed(list(root.iter(w("p")))):
        mark = paragraph.find(f"{w('pPr')}/{w('rPr')}")
        if mark is None or all(mark.find(tag) is None for tag in go):
            continue
        following = paragraph.getnext()
        if following is None or following.tag != w("p"):
            continue
        at = 1 if following.find(w("pPr")) is not None else 0
        for child in [child for child in paragraph if child.tag != w("pPr")]:
            following.insert(at, child)
            at += 1
        section = paragraph.find(f"{w('pPr')}/{w('sectPr')}")
        if section is None:
            _remove(paragraph)


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: Element) -> None:
    """Its children in its place; an empty one is a mark in properties."""
    for child in list(element):
        element.addprevious(child)
    _remove(element)


def _restore(change: Element) -> None:
    """What a property was before the change."""
    owner = change.getparent()
    old = None if change is None or not len(change) else change[0]
    if owner is None:
        return
    kept = [
        child
        for child in owner
        if child.tag in {w("sectPr"), w("headerReference"), w("footerReference"), w("rPr")}
    ]
    for child in list(owner):
        if child not in kept:
            owner.remove(child)
    for at, child in enumerate(() if old is None else list(old)):
        owner.insert(at, child)
