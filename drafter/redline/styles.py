"""Styles of the old file under the ids of the new one: the same name is the same style, whatever its id is."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from drafter.ooxml.normal import Element
from drafter.ooxml.xml import w
from drafter.redline.names import VAL
from drafter.redline.properties import canonical

_STYLE, _STYLE_ID, _TYPE = w("style"), w("styleId"), w("type")
_USES = tuple(map(w, ("pStyle", "rStyle", "tblStyle")))
_LINKS = tuple(map(w, ("basedOn", "next", "link")))


class Styles:
    """The styles of both files. `differing` are the names of those that both have and define otherwise."""

    def __init__(self, old: Element | None, new: Element | None) -> None:
        self.new = new
        self._old = {} if old is None else {each.get(_STYLE_ID, ""): each for each in old.iter(_STYLE)}
        ours = [] if new is None else list(new.iter(_STYLE))
        self.known = {each.get(_STYLE_ID, ""): each for each in ours}
        by_name = {_named(each): each.get(_STYLE_ID, "") for each in ours}
        self.ids: dict[str, str] = {}
        for id, style in self._old.items():
            self.ids[id] = by_name.get(_named(style)) or self._free(id)
        for style in self._old.values():
            self._link(style)
        self._differing = {
            id: _name(self.known[other])
            for id, style in self._old.items()
            if (other := self.ids[id]) in self.known and _said(style) != _said(self.known[other])
        }

    def _free(self, id: str) -> str:
        taken = {*self.known, *self.ids.values()}
        name, number = id, 1
        while name in taken:
            name, number = f"{id}-{number}", number + 1
        return name

    def _link(self, style: Element) -> None:
        style.set(_STYLE_ID, self.ids[style.get(_STYLE_ID, "")])
        for tag in _LINKS:
            for link in style.iter(tag):
                link.set(VAL, self.ids.get(link.get(VAL, ""), link.get(VAL, "")))

    def rename(self, root: Element) -> list[str]:
        """Use the new file's ids in a tree of the old one; the names of styles used there that the files define otherwise."""
        found: dict[str, None] = {}
        for use in root.iter(*_USES):
            id = use.get(VAL, "")
            if id in self._differing:
                found[self._differing[id]] = None
            if self.ids.get(id, id) != id:
                use.set(VAL, self.ids[id])
        return list(found)

    def used(self, roots: Iterable[Element]) -> bool:
        """Whether a style of the old file is used now."""
        return any(use.get(VAL, "") in self._old for root in roots for use in root.iter(*_USES))

    def take_over(self, roots: Iterable[Element]) -> None:
        """Add the old file's styles that are used now and that the new one has not, and those they build on."""
        missing = {self.ids[id]: style for id, style in self._old.items() if self.ids[id] not in self.known}
        if not missing or self.new is None:
            return
        wanted = [use.get(VAL, "") for root in roots for use in root.iter(*_USES)]
        while wanted:
            style = missing.pop(wanted.pop(), None)
            if style is None:
                continue
            style = deepcopy(style)
            style.attrib.pop(w("default"), "")
            self.new.append(style)
            self.known[style.get(_STYLE_ID, "")] = style
            wanted += [link.get(VAL, "") for tag in _LINKS for link in style.iter(tag)]


def _name(style: Element) -> str:
    found = style.find(w("name"))
    return "" if found is None else found.get(VAL, "")


def _named(style: Element) -> tuple[str, str]:
    return style.get(_TYPE, ""), _name(style).lower()


_UNSAID = frozenset(
    map(
        w,
        (
            "rsid",
            "uiPriority",
            "qFormat",
            "semiHidden",
            "unhideWhenUsed",
            "locked",
            "aliases",
            "next",
            "link",
            "name",
        ),
    )
)


def _said(style: Element) -> bytes:
    return b"".join(canonical(child) for child in style if child.tag not in _UNSAID)
