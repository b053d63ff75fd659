"""What the old file's text hangs on (pictures, links, headers, embedded files), under ids of the new file, and brought there where it is used.

Equal parts are one part: a picture that both files have under other ids is the same picture. What only the old file has gets an id that is
free in the new one, and comes along with its own parts when the woven text still uses it.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Callable

from drafter.ooxml.normal import Element
from drafter.ooxml.package import (
    INDEX,
    Relationship,
    content_types,
    content_types_part,
    relations_name,
    relations_part,
    resolved,
)
from drafter.ooxml.xml import R
from drafter.redline.opened import Opened

_USED = "//@*[namespace-uri()='" + R + "']"


class Guests:
    """The relationships of one part of the old file and of the part of the new one that its text goes to."""

    def __init__(self, old: Opened, new: Opened, parts: tuple[str, str]) -> None:
        self._old, self._new, self._parts = old, new, parts
        ours: dict[tuple[str, str], str] = {}
        self._same: dict[str, str] = {}  # ids of the new file that lead to what another id leads to
        for each in new.relations(parts[1]):
            first = ours.setdefault(_key(new, parts[1], each), each.id)
            if first != each.id:
                self._same[each.id] = first
        taken = {each.id for each in new.relations(parts[1])}
        self.ids: dict[str, str] = {}
        self._waiting: dict[str, Relationship] = {}
        for each in old.relations(parts[0]):
            known = ours.get(_key(old, parts[0], each))
            id = known or _free(f"old-{each.id}", taken)
            self.ids[each.id] = id
            if known is None:
                taken.add(id)
                self._waiting[id] = each

    def rename(self, old: Element, new: Element) -> None:
        """Use the new part's ids in both trees."""
        _renamed(old, self.ids)
        if self._same:
            _renamed(new, self._same)

    def take_over(self, root: Element, made: Callable[[str], None]) -> None:
        """Bring what the woven tree uses; `made` is told of every XML part that was brought."""
        part = self._parts[1]
        used = dict.fromkeys(str(value) for value in _values(root))
        wanted = [(id, self._waiting[id]) for id in used if id in self._waiting]
        if not wanted:
            return
        carrier = _Carrier(self._old, self._new, made)
        known = list(self._new.relations(part))
        for id, each in wanted:
            target = each.target
            if not each.external:
                place = carrier.bring(resolved(self._parts[0], each.target))
                target = posixpath.relpath(place, posixpath.dirname(part) or ".")
            known.append(Relationship(id, each.type, target, each.external))
        self._new.parts[relations_name(part)] = relations_part(known)
        carrier.note_types()


class _Carrier:
    """Copies parts with what hangs on them, each once."""

    def __init__(self, old: Opened, new: Opened, made: Callable[[str], None]) -> None:
        self._old, self._new, self._made = old, new, made
        self._places: dict[str, str] = {}
        self._types = content_types(old.parts)
        self._known = content_types(new.parts)

    def bring(self, part: str) -> str:
        """Copy a part under a name that is free; where it is now."""
        if part in self._places or part not in self._old.parts:
            return self._places.get(part, part)
        stem, extension = posixpath.splitext(part)
        place, number = f"{stem}-old{extension}", 1
        while place in self._new.parts:
            place, number = f"{stem}-old{number}{extension}", number + 1
        self._places[part] = place
        self._new.parts[place] = self._old.parts[part]
        self._type(part, place, extension)
        inner = []
        for each in self._old.relations(part):
            target = each.target
            if not each.external:
                target = posixpath.relpath(
                    self.bring(resolved(part, each.target)), posixpath.dirname(place) or "."
                )
            inner.append(Relationship(each.id, each.type, target, each.external))
        if inner:
            self._new.parts[relations_name(place)] = relations_part(inner)
        if extension == ".xml":
            self._made(place)
        return place

    def _type(self, part: str, place: str, extension: str) -> None:
        said = self._types.get(f"/{part}") or self._types.get(extension, "application/octet-stream")
        if self._known.get(extension) != said:
            self._known[f"/{place}"] = said

    def note_types(self) -> None:
        """Write the index of types."""
        self._new.parts[INDEX] = content_types_part(self._known)


def _renamed(root: Element, ids: dict[str, str]) -> None:
    for value in _values(root):
        holder = value.getparent()  # type: ignore[attr-defined]
        name = value.attrname  # type: ignore[attr-defined]
        if holder is not None and ids.get(str(value), value) != value:
            holder.set(name, ids[str(value)])


def _values(root: Element) -> list[str]:
    found = root.xpath(_USED)
    return found if isinstance(found, list) else []  # type: ignore[return-value]


def _free(id: str, taken: set[str]) -> str:
    name, number = id, 1
    while name in taken:
        name, number = f"{id}-{number}", number + 1
    return name


def _key(opened: Opened, part: str, each: Relationship) -> tuple[str, str]:
    """What a relationship leads to: an address, or what stands in a part and in those that hang on it."""
    if each.external:
        return each.type, each.target
    return each.type, _digest(opened, resolved(part, each.target), ())


def _digest(opened: Opened, part: str, above: tuple[str, ...]) -> str:
    if part not in opened.parts or part in above:
        return part
    said = hashlib.sha256(opened.parts[part])
    for each in opened.relations(part):
        inner = each.target if each.external else _digest(opened, resolved(part, each.target), (*above, part))
        said.update(f"{each.id} {each.type} {inner}".encode())
    return said.hexdigest()
