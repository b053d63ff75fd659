"""The styles of a frame under our ids. Word writes new ids whenever it saves (`GwBody` becomes `a5`), but keeps the names: they decide."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from drafter.ooxml.normal import Element
from drafter.ooxml.parts import serialised
from drafter.ooxml.xml import w
from drafter.word.looks import Stylesheet
from drafter.word.styles import PAPER, styles_part

STYLES = "word/styles.xml"
_NAMING = tuple(
    map(w, ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "numStyleLink", "styleLink"))
)


@cache
def profile_styles() -> Stylesheet:
    """The styles of a plan as the program makes them."""
    from lxml import etree

    return Stylesheet(etree.fromstring(styles_part()))


@cache
def _named() -> Stylesheet:
    """All styles that have our names: those of papers too."""
    from lxml import etree

    return Stylesheet(etree.fromstring(styles_part(PAPER)))


def with_our_ids(parts: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The same parts; where a style of ours has another id, it is renamed wherever it is used."""
    body = parts.get(STYLES)
    if body is None or body in {styles_part(), styles_part(PAPER)}:
        return parts
    from lxml import etree

    styles = etree.fromstring(body)
    renamed = renaming(Stylesheet(styles))
    if not renamed:
        return parts
    out = dict(parts)
    for name, part in parts.items():
        if name.startswith("word/") and name.endswith(".xml"):
            root = etree.fromstring(part)
            if rename(root, renamed):
                out[name] = serialised(root)
    return out


def renaming(sheet: Stylesheet) -> dict[str, str]:
    """What the styles of a file must be called so that ours have their own ids; who has one of ours by mistake gets another."""
    wanted = {(each.kind, each.name.casefold()): each.id for each in _named().entries.values()}
    out: dict[str, str] = {}
    for entry in sheet.entries.values():
        own = wanted.get((entry.kind, entry.name.casefold()))
        if own and own != entry.id and own not in out.values():
            out[entry.id] = own
    taken = {*sheet.entries, *out.values()}
    for own in tuple(out.values()):
        if own in sheet.entries and own not in out:
            other = next(name for number in range(1, 1000) if (name := f"{own}X{number}") not in taken)
            taken.add(other)
            out[own] = other
    return out


def rename(root: Element, names: Mapping[str, str]) -> bool:
    """Rename styles in a part; whether there was any."""
    found = False
    for element in root.iter(*_NAMING, w("style")):
        key = w("styleId") if element.tag == w("style") else w("val")
        new = names.get(element.get(key, ""))
        if new is not None:
            element.set(key, new)
            found = True
    return found
