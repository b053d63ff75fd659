"""An office's Word file taken apart for a frame: only what a frame needs, under plain names, Strict made Transitional.

Everything is reached from the document by its relationships; what nothing points to, and what says who worked on the file, stays behind.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import unquote

from drafter.ooxml.normal import Element, make_transitional, utf8
from drafter.ooxml.package import Relationship, relations_name, relationship_type
from drafter.ooxml.reading import Package, open_package
from drafter.ooxml.xml import r
from drafter.source.issues import Issue, Place, Refused

SINGLE = {
    "styles": "word/styles.xml",
    "numbering": "word/numbering.xml",
    "settings": "word/settings.xml",
    "fontTable": "word/fontTable.xml",
    "theme": "word/theme/theme1.xml",
    "footnotes": "word/footnotes.xml",
    "endnotes": "word/endnotes.xml",
}
"""What every document may have one of, and where it stands in a frame."""

_MANY = {"header": "word/header{}.xml", "footer": "word/footer{}.xml"}
_PICTURES = frozenset({"png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "emf", "wmf", "svg"})
MAIN = "word/document.xml"


@dataclass(slots=True)
class Taken:
    """The parts of a frame in the making: XML by name, pictures as bytes, relationships by part; what was left behind, by kind."""

    roots: dict[str, Element] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    ties: dict[str, list[Relationship]] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)

    def leave(self, kind: str, count: int = 1) -> None:
        """Count something that is not taken over."""
        if count:
            self.left[kind] = self.left.get(kind, 0) + count


def taken(data: bytes, name: str) -> Taken:
    """The parts of the file `name`. Raises `Refused` where it is no Word file, is hostile or broken."""
    package = open_package(data, name)
    if package.damaged:
        part, reason = next(iter(package.damaged.items()))
        raise Refused(Issue("ooxml.damaged", Place(name), {"reason": f"{part}: {reason}"}))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        binary = {
            entry.filename.replace("\\", "/"): archive.read(entry)
            for entry in archive.infolist()
            if entry.filename.rpartition(".")[2].lower() in _PICTURES
        }
    return _Taking(package, binary).out


class _Taking:
    """One package in the taking."""

    def __init__(self, package: Package, binary: Mapping[str, bytes]) -> None:
        self.package, self.binary = package, binary
        self.known = {part.lower(): part for part in (*package.parts, *binary)}
        self.names: dict[str, str] = {package.main: MAIN}
        self.out = Taken()
        self._count_left()
        self._take(package.main, MAIN)

    def _count_left(self) -> None:
        parts = [part.lower() for part in self.package.parts]
        self.out.leave("comments", sum("/comments" in part for part in parts))
        self.out.leave(
            "customxml", sum(part.startswith("customxml/item") and "props" not in part for part in parts)
        )
        self.out.leave("macros", sum("vba" in part for part in parts) > 0)
        self.out.leave("properties", sum(part.startswith("docprops/") for part in parts))

    def _take(self, part: str, name: str) -> None:
        root = _root(self.package, part)
        self.out.roots[name] = root
        ties = [self._tie(part, tie) for tie in _ties(self.package, part)]
        used = {
            value for each in root.iter() for key, value in each.attrib.items() if str(key).startswith(r(""))
        }
        self.out.ties[name] = [tie for tie in ties if tie is not None and (tie.id in used or _implied(tie))]

    def _tie(self, part: str, tie: Relationship) -> Relationship | None:
        """A relationship under new names, None where it is not taken over."""
        kind = tie.type.rpartition("/")[2]
        if tie.external:
            return tie if kind == "hyperlink" else None
        target = unquote(tie.target)
        whole = (
            target.lstrip("/") if target.startswith("/") else posixpath.join(posixpath.dirname(part), target)
        )
        there = self.known.get(posixpath.normpath(whole).lower())
        if there is None:
            return None
        name = self._named(kind, there)
        if name is None:
            return None
        folder = posixpath.dirname(self.names.get(part, MAIN))
        return Relationship(tie.id, relationship_type(kind), posixpath.relpath(name, folder))

    def _named(self, kind: str, part: str) -> str | None:
        if part in self.names:
            return self.names[part]
        if kind == "image" and part in self.binary:
            number, form = len(self.out.pictures) + 1, part.rpartition(".")[2].lower()
            name = f"word/media/frame{number}.{form}"
            self.names[part] = name
            self.out.pictures[name] = self.binary[part]
            return name
        if part not in self.package.parts or kind not in {*SINGLE, *_MANY}:
            return None
        number = sum(name.startswith(f"word/{kind}") for name in self.names.values()) + 1
        name = SINGLE.get(kind) or _MANY[kind].format(number)
        if name in self.out.roots:
            return None
        self.names[part] = name
        self._take(part, name)
        return name


def _implied(tie: Relationship) -> bool:
    return tie.type.rpartition("/")[2] in SINGLE


def _root(package: Package, part: str) -> Element:
    """A part as XML; alternatives are left as they are, because a frame is for every program."""
    from lxml import etree

    body = utf8(package.parts[part])
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_pis=True,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        facts = {
            "part": part,
            "line": str(error.lineno or 1),
            "reason": (error.msg or "").split(" (<string>")[0],
        }
        raise Refused(Issue("ooxml.malformed", Place(package.name), facts)) from error
    if b"http://purl.oclc.org/ooxml/" in body:
        make_transitional(root)
        root = etree.fromstring(_plain_names(etree.tostring(root)))
    return root


def _plain_names(body: bytes) -> bytes:
    """Declarations of namespaces that nothing uses any more are dropped by writing and reading."""
    from lxml import etree

    root = etree.fromstring(body)
    ignored = root.get("{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable", "").split()
    etree.cleanup_namespaces(root, keep_ns_prefixes=ignored)
    return etree.tostring(root)


def _ties(package: Package, part: str) -> tuple[Relationship, ...]:
    from lxml import etree

    body = package.parts.get(relations_name(part))
    if body is None:
        return ()
    try:
        root = etree.fromstring(
            body, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        )
    except etree.XMLSyntaxError:
        return ()
    return tuple(
        Relationship(
            child.get("Id", ""),
            child.get("Type", ""),
            child.get("Target", ""),
            child.get("TargetMode") == "External",
        )
        for child in root
        if isinstance(child.tag, str)
    )
