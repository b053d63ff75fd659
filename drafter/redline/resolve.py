"""All tracked changes of a part accepted or rejected, as Word does it: on the XML, so that everything else stays as it is.

Rows and cells first, then the properties, then words, then the marks of paragraphs: one whose mark goes runs into the next paragraph, which
gives the properties; before a table or at the end of a cell there is none to run into, so that an empty one vanishes and another stays.
"""

from __future__ import annotations

from enum import StrEnum

from drafter.ooxml.normal import Element
from drafter.ooxml.xml import w
from drafter.redline.names import (
    CODE,
    DEL,
    DEL_CODE,
    DEL_TEXT,
    FILLER,
    INS,
    MATHS,
    PPR,
    RPR,
    SDT,
    SDT_CONTENT,
    SECT,
    SIMPLE_FIELD,
    TBL,
    TC,
    TR,
    VAL,
    WRAPS,
    P,
    R,
    T,
)


class Revisions(StrEnum):
    """How tracked changes are read."""

    ACCEPT = "accept"
    REJECT = "reject"


_MOVED_FROM, _MOVED_TO = w("moveFrom"), w("moveTo")
_CAME, _WENT = frozenset((INS, _MOVED_TO)), frozenset((DEL, _MOVED_FROM))
_CELL_CAME, _CELL_WENT, _CELL_MERGED = w("cellIns"), w("cellDel"), w("cellMerge")
_FORMATTED = ("rPr", "pPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "sectPr")
_FORMER = {w(f"{local}Change"): w(local) for local in _FORMATTED}
_KEPT_ALONG = frozenset(
    (RPR, SECT, w("headerReference"), w("footerReference"), *_CAME, *_WENT, _CELL_CAME, _CELL_WENT)
)
"""What a record of former properties says nothing of."""

_CONTROL_RANGES = {
    Revisions.ACCEPT: w("customXmlDelRangeStart"),
    Revisions.REJECT: w("customXmlInsRangeStart"),
}
_RANGE_ENDS = frozenset(
    w(f"{name}Range{end}")
    for name in ("moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo")
    for end in ("Start", "End")
)
TRACKED = frozenset(
    (*_CAME, *_WENT, *_FORMER, *_RANGE_ENDS, _CELL_CAME, _CELL_WENT, _CELL_MERGED, w("numberingChange"))
)
"""Every element that is a tracked change, or a part of one."""


_SHOWN = MATHS | {R, SDT, SDT_CONTENT, SIMPLE_FIELD}


def has_revisions(root: Element) -> bool:
    """Whether there is any tracked change in a part."""
    return next(root.iter(*TRACKED), None) is not None


def resolve(root: Element, how: Revisions) -> None:
    """Accept or reject everything in a part, in place."""
    gone = _WENT if how is Revisions.ACCEPT else _CAME
    _tables(root, how, gone)
    _controls(root, how)
    _properties(root, how)
    marks = [p for p in root.iter(P) if any(p.find(f"{PPR}/{RPR}/{tag}") is not None for tag in gone)]
    _words(root, gone)
    for paragraph in marks:
        _run_on(paragraph)
    _tidy(root)


def _tables(root: Element, how: Revisions, gone: frozenset[str]) -> None:
    for row in list(root.iter(TR)):
        properties = row.find(w("trPr"))
        if properties is not None and any(properties.find(tag) is not None for tag in gone):
            _remove(row)
    cell_gone = _CELL_WENT if how is Revisions.ACCEPT else _CELL_CAME
    for mark in list(root.iter(cell_gone)):
        cell = next(mark.iterancestors(TC), None)
        if cell is not None:
            _remove(cell)
    for row in list(root.iter(TR)):
        if next(row.iter(TC), None) is None:
            _remove(row)
    for table in list(root.iter(TBL)):
        if next(table.iter(TR), None) is None:
            _remove(table)


def _controls(root: Element, how: Revisions) -> None:
    """Content controls whose begin and end were inserted or deleted: their content goes on without them."""
    for start in list(root.iter(_CONTROL_RANGES[how])):
        control = start.getnext()
        if control is not None and control.tag == SDT:
            content = control.find(SDT_CONTENT)
            for child in list(content) if content is not None else ():
                control.addprevious(child)
            _remove(control)


def _properties(root: Element, how: Revisions) -> None:
    for record in list(root.iter(*_FORMER)):
        properties = record.getparent()
        if properties is None:
            continue
        properties.remove(record)
        if how is Revisions.REJECT and properties.tag == _FORMER[str(record.tag)]:
            former = record.find(properties.tag)
            _restore(properties, former)
    for tag in (w("numberingChange"), _CELL_MERGED, _CELL_CAME, _CELL_WENT):
        for element in list(root.iter(tag)):
            _remove(element)


def _restore(properties: Element, former: Element | None) -> None:
    """Properties as they were; what their record says nothing of stays, at its place in the order of the schema."""
    along = [child for child in properties if child.tag in _KEPT_ALONG]
    first = [child for child in along if child.tag not in (RPR, SECT)]
    last = [child for child in along if child.tag in (RPR, SECT)]
    properties[:] = [*first, *(() if former is None else list(former)), *last]


def _words(root: Element, gone: frozenset[str]) -> None:
    for element in list(root.iter(*gone)):
        parent = element.getparent()
        if parent is None:
            continue
        parent.remove(element)  # of a mark, a row or a run: what stood in it goes along
    for element in list(root.iter(*(_CAME | _WENT))):
        for child in list(element):
            element.addprevious(child)
        _remove(element)
    for tag, plain in ((DEL_TEXT, T), (DEL_CODE, CODE)):
        for element in list(root.iter(tag)):
            element.tag = plain
    for element in list(root.iter(*_RANGE_ENDS)):
        _remove(element)


def _run_on(paragraph: Element) -> None:
    """A paragraph whose mark has gone: its content stands before that of the next one."""
    parent = paragraph.getparent()
    if parent is None:
        return
    content = [child for child in paragraph if child.tag != PPR]
    following = _next_block(paragraph)
    if following is not None and following.tag == P:
        first = following.find(PPR)
        at = 0 if first is None else 1
        following[at:at] = content
        parent.remove(paragraph)
    elif not _shows(paragraph) and not _alone(paragraph):
        for child in content:  # bookmarks and their like
            paragraph.addprevious(child)
        parent.remove(paragraph)


def _next_block(paragraph: Element) -> Element | None:
    following = paragraph.getnext()
    while following is not None and following.tag not in (P, TBL, SDT, SECT):
        following = following.getnext()
    return following


def _shows(paragraph: Element) -> bool:
    return any(child.tag in _SHOWN or (child.tag in WRAPS and _shows(child)) for child in paragraph)


def _alone(paragraph: Element) -> bool:
    """Whether it is the last paragraph of a cell, note or text box, which must have one."""
    parent = paragraph.getparent()
    if parent is None or parent.tag == w("body"):
        return False
    return sum(child.tag == P for child in parent) == 1


def _tidy(root: Element) -> None:
    """Wraps and properties that nothing stands in any more."""
    for tag in WRAPS - {SDT}:
        for element in list(root.iter(tag)):
            if not len(element):
                _remove(element)
    for element in list(root.iter(RPR, PPR, w("trPr"))):
        if not len(element) or (element.tag != RPR and all(map(_says_nothing, element))):
            _remove(element)


def _says_nothing(element: Element) -> bool:
    return element.tag == FILLER and not element.get(VAL, "").strip("0")


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
