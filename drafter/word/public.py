"""A finished Word file for the public: without our bookmarks, ids and properties. What a reader needs (contents, references) stays."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.ooxml.identity import MARKED
from drafter.ooxml.normal import Element
from drafter.ooxml.package import (
    INDEX,
    Relationship,
    content_types,
    content_types_part,
    relations,
    relations_name,
    relations_part,
    relationship_type,
    resolved,
    unzipped,
    zipped,
)
from drafter.ooxml.parts import serialised
from drafter.ooxml.xml import TYPE_OF_PART, w
from drafter.word.anchors import PREFIX
from drafter.word.properties import custom

_CUSTOM = "docProps/custom.xml"
_TOLD = ("customXml/", _CUSTOM, "word/people.xml")
"""Parts that tell a file or its authors apart; `people` is of use to comments and changes alone."""

_STORIES = ("word/document.xml", "word/footnotes.xml")


def marked(data: bytes) -> bytes:
    """The same for a marked copy, which says that it is one: by its words it would be taken for a returned copy."""
    parts = unzipped(stripped(data))
    parts[_CUSTOM] = custom(MARKED)
    relation = Relationship("rIdOfCustom", relationship_type("custom-properties"), _CUSTOM)
    parts[relations_name("")] = relations_part((*relations(parts, ""), relation))
    parts[INDEX] = content_types_part({**content_types(parts), f"/{_CUSTOM}": TYPE_OF_PART["custom"]})
    return zipped(parts)


def stripped(data: bytes) -> bytes:
    """The file without what tells it apart from others and leads back to its sources."""
    parts = {name: body for name, body in unzipped(data).items() if not name.startswith(_TOLD)}
    for name in _STORIES:
        if name in parts:
            parts[name] = _without_bookmarks(parts[name])
    for name in [each for each in parts if each.endswith(".rels")]:
        source = _source_of(name)
        kept = [
            each
            for each in relations(parts, source)
            if each.external or not resolved(source, each.target).startswith(_TOLD)
        ]
        parts[relations_name(source)] = relations_part(kept)
    types = {key: kind for key, kind in content_types(parts).items() if not key.lstrip("/").startswith(_TOLD)}
    parts[INDEX] = content_types_part(types)
    return zipped(parts)


def _source_of(name: str) -> str:
    """The part that a `.rels` part belongs to."""
    folder, _, base = name.rpartition("_rels/")
    return folder + base.removesuffix(".rels")


def _without_bookmarks(body: bytes) -> bytes:
    from lxml import etree

    root = etree.fromstring(body)
    for element in list(_ours(root)):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return serialised(root)


def _ours(root: Element) -> Iterator[Element]:
    """Start and end of every bookmark of ours."""
    ids = set()
    for start in root.iter(w("bookmarkStart")):
        if start.get(w("name"), "").startswith(PREFIX):
            ids.add(start.get(w("id")))
            yield start
    for end in root.iter(w("bookmarkEnd")):
        if end.get(w("id")) in ids:
            yield end
