"""What an office's file says wrongly, put right: references to nothing, styles that are there twice, objects that are not taken over."""

from __future__ import annotations

from drafter.ooxml.normal import Element
from drafter.ooxml.xml import r, w
from drafter.word.office.package import MAIN, Taken
from drafter.word.styleids import STYLES

_REFERENCES = (w("headerReference"), w("footerReference"))
_STYLES = tuple(map(w, ("link", "basedOn", "next")))


def settle(taken: Taken) -> None:
    """Drop what points nowhere, and the second of two."""
    kinds = {tie.id: tie.type.rpartition("/")[2] for tie in taken.ties.get(MAIN, [])}
    for reference in list(taken.roots[MAIN].iter(*_REFERENCES)):
        if reference.tag != w(f"{kinds.get(reference.get(r('id'), ''), '')}Reference"):
            _drop(reference)
            taken.leave("references")
    styles = taken.roots.get(STYLES)
    if styles is not None:
        _settle_styles(styles, taken)


def _settle_styles(styles: Element, taken: Taken) -> None:
    seen: set[str] = set()
    for style in styles.findall(w("style")):
        id = style.get(w("styleId"), "")
        if id in seen:
            _drop(style)
            taken.leave("styles")
        seen.add(id)
    for mark in list(styles.iter(*_STYLES)):
        if mark.get(w("val"), "") not in seen:
            _drop(mark)


def let_go(taken: Taken) -> None:
    """Charts, embedded objects, linked pictures: what a frame does not take over goes whole, not only what it points to."""
    for name, root in taken.roots.items():
        known = {tie.id for tie in taken.ties.get(name, [])}
        for element in list(root.iter("{*}*")):
            lost = [
                key
                for key, value in element.attrib.items()
                if str(key).startswith(r("")) and value not in known
            ]
            if (
                not lost
                or next(element.iterancestors(w("body"), w("hdr"), w("ftr"), w("sectPr")), None) is None
            ):
                continue
            holder = next(element.iterancestors(*_OBJECTS), None)
            if holder is not None:
                _drop(holder)
                taken.leave("objects")
            elif element.tag == w("hyperlink"):
                for key in lost:
                    del element.attrib[key]
            else:
                _drop(element)


_OBJECTS = tuple(map(w, ("drawing", "pict", "object")))


def _drop(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
