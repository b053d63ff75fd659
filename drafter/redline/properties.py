"""Properties of runs, paragraphs, tables and sections: compared, and changed in a way that can be taken back."""

from __future__ import annotations

from collections.abc import Collection
from copy import deepcopy

from lxml import etree

from drafter.ooxml.normal import Element
from drafter.ooxml.xml import w
from drafter.redline.names import DEL, INS, PPR, RPR, SECT
from drafter.redline.stamp import Stamp

_ELSEWHERE = frozenset((RPR, SECT, w("headerReference"), w("footerReference"), w("tblGridChange"), INS, DEL))
"""What a record of former properties does not hold: it is compared on its own, or cannot be taken back."""

_MARKED_WITHOUT_AUTHOR = frozenset((w("tblGrid"),))


def key(properties: Element | None, leave_out: Collection[str] = _ELSEWHERE) -> bytes:
    """What must be equal for two sets of properties to say the same; none and empty ones do."""
    if properties is None or not len(properties):
        return b""
    return b"".join(canonical(child) for child in properties if child.tag not in leave_out)


def canonical(element: Element) -> bytes:
    """An element as bytes that hang neither on prefixes nor on the order of attributes."""
    return bytes(etree.tostring(element, method="c14n", exclusive=True, with_tail=False))


def changed(new: Element | None, old: Element | None, tag: str, stamp: Stamp) -> Element | None:
    """The new properties with a record of the old ones, where they differ; the new ones themselves where not."""
    if key(new) == key(old):
        return new
    made = etree.Element(tag) if new is None else new
    local = tag.rpartition("}")[2] + "Change"
    record = stamp.element(local)
    if tag in _MARKED_WITHOUT_AUTHOR:
        for name in ("author", "date"):
            del record.attrib[w(name)]
    former = etree.SubElement(record, tag)
    if old is not None:
        former.extend(deepcopy(child) for child in old if child.tag not in _ELSEWHERE)
    made.append(record)
    return made


def looks_changed(new: Element | None, old: Element | None, stamp: Stamp) -> Element | None:
    """The same for the looks of a run, given fresh: the source's own are used by other runs too."""
    copy = None if new is None else deepcopy(new)
    return changed(copy, old, RPR, stamp)


def marked(properties: Element | None, stamp: Stamp, change: str) -> Element:
    """Paragraph properties whose mark was inserted or deleted (`ins`, `del`)."""
    made = etree.Element(PPR) if properties is None else properties
    looks = made.find(RPR)
    if looks is None:
        looks = etree.Element(RPR)
        behind = next((child for child in made if child.tag in (SECT, w("pPrChange"))), None)
        if behind is None:
            made.append(looks)
        else:
            behind.addprevious(looks)
    looks.insert(0, stamp.element(change))
    return made
