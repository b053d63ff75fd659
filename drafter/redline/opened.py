"""A Word file opened to be woven: its parts as they are, those with text as trees that are changed in place.

What marks nothing is taken out on the way in: numbers of editing sessions, spelling marks, tags that Word itself has given up. Tracked changes
are accepted or rejected as told.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from lxml import etree

from drafter.ooxml.normal import Element, transitional
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
)
from drafter.ooxml.parts import serialised
from drafter.ooxml.reading import Package, open_package, parse
from drafter.ooxml.xml import TYPE_OF_PART, w
from drafter.redline.names import COMMENT, COMMENT_MARKS
from drafter.redline.resolve import Revisions, has_revisions, resolve
from drafter.source.issues import Issue, Place, Refused

_SESSIONS = ("rsidR", "rsidRPr", "rsidRDefault", "rsidP", "rsidTr", "rsidDel", "rsidSect")
_WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_ATTRIBUTES = (*map(w, _SESSIONS), f"{_WORD_2010}paraId", f"{_WORD_2010}textId")
_ELEMENTS = (w("proofErr"), w("lastRenderedPageBreak"), w("smartTagPr"), w("customXmlPr"))
_TAGS = (w("smartTag"), w("customXml"))
_STORIES = ("footnotes", "endnotes", "header", "footer")


class Opened:
    """A package with its trees. `main` is the name of its document part."""

    def __init__(self, data: bytes, name: str) -> None:
        package = open_package(data, name)
        self.name, self.main = name, package.main
        self.parts = {part.replace("\\", "/"): body for part, body in unzipped(data).items()}
        for part, body in package.parts.items():
            self.parts[part] = transitional(body)
        self._package = Package(name, package.main, self.parts, package.damaged)
        self._trees: dict[str, Element] = {}
        root = self.tree(self.main)
        if root.tag != w("document"):
            raise Refused(Issue("ooxml.no-document", Place(name)))
        root.attrib.pop(w("conformance"), "")
        self.notes = {kind: self.related(kind) for kind in ("footnotes", "endnotes")}

    def related(self, kind: str) -> str:
        """The name of the first part of a kind that hangs on the document; empty where there is none."""
        return next(iter(self.all_related(kind)), "")

    def all_related(self, kind: str) -> list[str]:
        """The names of all parts of a kind that hang on the document."""
        return [
            target
            for each in self.relations(self.main)
            if each.type.rsplit("/", 1)[-1] == kind
            and not each.external
            and (target := resolved(self.main, each.target)) in self.parts
        ]

    def relations(self, part: str) -> tuple[Relationship, ...]:
        """The relationships of a part."""
        return relations(self.parts, part)

    def tree(self, part: str) -> Element:
        """The root of a part, parsed once; what is done to it is written by `stored`."""
        if part not in self._trees:
            self._trees[part] = _cleaned(parse(self._package, part, alternatives=True))
        return self._trees[part]

    def put(self, part: str, root: Element) -> None:
        """A new tree for a part."""
        self._trees[part] = root
        self.parts.setdefault(part, b"")

    def add(self, kind: str, root: Element) -> str:
        """A new part that hangs on the document, with its type and relationship; its name."""
        part, number = f"word/{kind}.xml", 1
        while part in self.parts:
            part, number = f"word/{kind}{number}.xml", number + 1
        self.put(part, root)
        known = list(self.relations(self.main))
        id = f"{kind}-{len(known)}"
        target = posixpath.relpath(part, posixpath.dirname(self.main) or ".")
        known.append(Relationship(id, relationship_type(kind), target))
        self.parts[relations_name(self.main)] = relations_part(known)
        types = {**content_types(self.parts), f"/{part}": TYPE_OF_PART[kind]}
        self.parts[INDEX] = content_types_part(types)
        return part

    def stories(self) -> list[str]:
        """The parts with text: the document, notes, headers and footers."""
        return [self.main, *dict.fromkeys(part for kind in _STORIES for part in self.all_related(kind))]

    def stored(self) -> dict[str, bytes]:
        """All parts, the trees as they are now."""
        out = dict(self.parts)
        for part, root in self._trees.items():
            out[part] = serialised(root)
        return {INDEX: out[INDEX], **out}

    def revised(self, how: Revisions | None) -> None:
        """Tracked changes read as told. Raises `Refused` where there are some and nothing was told."""
        for part in self.stories():
            root = self.tree(part)
            if not has_revisions(root):
                continue
            if how is None:
                raise Refused(Issue("redline.revisions", Place(self.name)))
            resolve(root, how)

    def without_comments(self) -> int:
        """Take out the marks of comments; how many there were."""
        count = 0
        for part in self.stories():
            root = self.tree(part)
            count += sum(1 for _ in root.iter(COMMENT))
            etree.strip_elements(root, *COMMENT_MARKS, COMMENT, with_tail=False)
        return count


def _cleaned(root: Element) -> Element:
    etree.strip_attributes(root, *_ATTRIBUTES)
    etree.strip_elements(root, *_ELEMENTS, with_tail=False)
    etree.strip_tags(root, *_TAGS)
    _unspaced(root)
    return root


def _unspaced(root: Element) -> None:
    """Take out the line ends and blanks that only lay out the XML."""
    if root.text is None and not any(child.tail for child in root.iter()):
        return
    for element in root.iter(etree.Element):
        if len(element) and element.text and element.text.isspace():
            element.text = None
        if element.tail and element.tail.isspace():
            element.tail = None


def highest(roots: Iterable[Element], tag: str, attribute: str) -> int:
    """The largest number that elements of a kind have; 0 where there is none."""
    found = (each.get(attribute, "") for root in roots for each in root.iter(tag))
    return max((int(value) for value in found if value.lstrip("-").isdigit()), default=0)
