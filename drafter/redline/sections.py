"""Sections: their properties with a record of what they were, and which header of the old file is which of the new one.

A revision cannot record that a section has another header, so a header of both files (of the same section and kind) is woven inside; one that
only the new file has stays, and one that only the old file has is named.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from drafter.ooxml.normal import Element
from drafter.ooxml.package import resolved
from drafter.ooxml.xml import r, w
from drafter.redline.marks import section_changed
from drafter.redline.names import SECT
from drafter.redline.opened import Opened
from drafter.redline.stamp import Stamp

_REFERENCES = (w("headerReference"), w("footerReference"))


def last(old: Sequence[Element], new: Sequence[Element], stamp: Stamp) -> list[Element]:
    """The properties of the last section, where only one file has any as well: to have none and to say nothing is the same."""
    if not old and not new:
        return []
    before, after = (found[0] if found else etree.Element(SECT) for found in (old, new))
    section_changed(after, before, stamp)
    return [after]


def headers(old: Opened, new: Opened) -> list[tuple[str, str]]:
    """The headers and footers of both files by section (counted from the end and from the start) and kind, each new one once."""
    mine, other = _references(old), _references(new)
    if len(mine) != len(
        other
    ):  # the first and the last are the same section, of those between nothing is known
        mine, other = [mine[0], mine[-1]], [other[0], other[-1]]
    pairs: dict[str, str] = {}
    for one, two in zip(mine, other, strict=True):
        for kind, part in two.items():
            if kind in one and part not in pairs and one[kind] not in pairs.values():
                pairs[part] = one[kind]
    return [(source, part) for part, source in pairs.items()]


def only_old(old: Opened, new: Opened, pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Headers of the old file whose words are in no header of the new one."""
    paired = {part for part, _ in pairs}
    words = {_words(new.tree(part)) for kind in ("header", "footer") for part in new.all_related(kind)}
    found = dict.fromkeys(part for section in _references(old) for part in section.values())
    return [
        part
        for part in found
        if part not in paired and (said := _words(old.tree(part))) and said not in words
    ]


def _words(root: Element) -> str:
    return "".join(t.text or "" for t in root.iter(w("t"), w("delText")))


def _references(opened: Opened) -> list[dict[str, str]]:
    """For each section the parts of its headers and footers by kind."""
    targets = {each.id: resolved(opened.main, each.target) for each in opened.relations(opened.main)}
    out = []
    for section in opened.tree(opened.main).iter(SECT):
        found = {}
        for each in section:
            part = targets.get(each.get(r("id"), ""), "")
            if each.tag in _REFERENCES and part in opened.parts:
                found[f"{each.tag}{each.get(w('type'), 'default')}"] = part
        out.append(found)
    return out or [{}]
