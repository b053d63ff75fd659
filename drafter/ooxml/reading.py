"""A Word file from outside, opened with suspicion: bytes → parts, parts → XML.

Whatever comes in is hostile until it has passed here. Refused: what is no Word package, is encrypted, broken, larger than the limits,
names parts outside itself or twice, or declares a DTD in any XML part. Relationships that point outside are never followed. XML is
normalised once at the door: UTF-16 becomes UTF-8, Strict namespaces become Transitional, `mc:AlternateContent` is decided.

Not here: what the parts mean.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import field
from io import BytesIO
from itertools import chain
from types import MappingProxyType
from urllib.parse import unquote

from lxml import etree

from drafter.ooxml.entries import at_most, overlapping
from drafter.ooxml.images import NoPicture, measured
from drafter.ooxml.normal import Element, decide_alternatives, make_transitional, utf8
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Place, Refused


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may hold, in bytes, in parts, and in unpacked bytes for each packed one (of a part larger than `small`).

    `xml` are the bytes of all XML parts, `marks` their tags: what is read becomes objects, a kilobyte for each tag. The plan of
    a city, of 270,000 characters with 180 tables, has a megabyte and 60,000 of them.
    """

    file: int = 200_000_000
    part: int = 100_000_000
    total: int = 500_000_000
    parts: int = 20_000
    ratio: int = 200
    small: int = 1_000_000
    xml: int = 50_000_000
    marks: int = 1_000_000


LIMITS = Limits()

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError, RuntimeError)
"""What `zipfile` raises for what it cannot read."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship inside the package: `kind` is the last word of its type, `target` the name of a part that is there, `id` what parts call it."""

    kind: str
    target: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Binary:
    """A part that is no XML, known by `id`: checksum and length of its bytes. Of a picture form and pixels, where its first bytes say them."""

    id: str
    form: str = ""
    pixels: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Package:
    """The XML parts of a Word file by name, as UTF-8; `main` is the name of its document part.

    `damaged` are parts that could not be unpacked and the reason. Of pictures and other `binaries` only the beginning is unpacked.
    """

    name: str
    main: str
    parts: Mapping[str, bytes]
    damaged: Mapping[str, str]
    binaries: Mapping[str, Binary] = field(default_factory=dict)


def open_package(data: bytes, name: str, limits: Limits = LIMITS) -> Package:
    """The package in `data`; `name` is the file's name for messages. Raises `Refused` with the reason."""
    parts, damaged, binaries = opened(data, name, limits)
    return Package(name, _main_part(parts, damaged, name), parts, damaged, binaries)


def opened(
    data: bytes, name: str, limits: Limits
) -> tuple[Mapping[str, bytes], Mapping[str, str], Mapping[str, Binary]]:
    """The XML parts of any Office file, of those that could not be unpacked the reasons, and its other parts. Raises `Refused`."""
    _refuse_other_formats(data, name, limits)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            # `is_dir` fails on an entry without a name
            entries = [
                each for each in archive.infolist() if each.filename and not each.filename.endswith("/")
            ]
            _refuse_entries(entries, name, limits)
            binaries = {_name(entry): _binary(archive, entry) for entry in entries if not _is_xml(entry)}
            return *_unpack(archive, entries, name, limits), MappingProxyType(binaries)
    except _BROKEN as error:
        raise _refused("ooxml.damaged", name, reason=str(error)) from error


def weighed(data: bytes, name: str, limits: Limits = LIMITS) -> None:
    """Whether a package of any office may be given to a program that unpacks it. Raises `Refused` for one that is broken or larger than the limits."""
    _refuse_other_formats(data, name, limits)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _refuse_entries(archive.infolist(), name, limits)
    except _BROKEN as error:
        raise _refused("ooxml.damaged", name, reason=str(error)) from error


def _refused(code: str, name: str, **facts: str) -> Refused:
    return Refused(Issue(code, Place(name), facts))


def _refuse_other_formats(data: bytes, name: str, limits: Limits) -> None:
    if not data:
        raise _refused("ooxml.empty", name)
    if len(data) > limits.file:
        raise _refused("ooxml.too-large", name, part=name, limit=str(limits.file // 1_000_000))
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        secret = "EncryptedPackage".encode("utf-16-le") in data
        raise _refused("ooxml.encrypted" if secret else "ooxml.old-format", name)
    if not zipfile.is_zipfile(BytesIO(data)):
        raise _refused("ooxml.truncated" if data.startswith(b"PK\x03\x04") else "ooxml.not-zip", name)
    count = at_most(data)
    if count > limits.parts:
        raise _refused("ooxml.too-many-parts", name, count=str(count), limit=str(limits.parts))


def _refuse_entries(entries: list[zipfile.ZipInfo], name: str, limits: Limits) -> None:
    if overlapping(entries):
        raise _refused("ooxml.damaged", name, reason="overlapping entries")
    seen: set[str] = set()
    total = 0
    for entry in entries:
        part = _name(entry)
        if part.startswith("/") or ":" in part.split("/", 1)[0] or ".." in part.split("/"):
            raise _refused("ooxml.path", name, part=part)
        if part.lower() in seen:
            raise _refused("ooxml.doubled-part", name, part=part)
        seen.add(part.lower())
        if entry.flag_bits & 0x1:
            raise _refused("ooxml.encrypted", name)
        total += entry.file_size
        if entry.file_size > limits.part or total > limits.total:
            limit = limits.part if entry.file_size > limits.part else limits.total
            raise _refused("ooxml.too-large", name, part=part, limit=str(limit // 1_000_000))
        if entry.file_size > limits.small and entry.file_size > limits.ratio * max(entry.compress_size, 1):
            raise _refused(
                "ooxml.bomb", name, part=part, ratio=str(entry.file_size // max(entry.compress_size, 1))
            )


def _unpack(
    archive: zipfile.ZipFile, entries: Iterable[zipfile.ZipInfo], name: str, limits: Limits
) -> tuple[Mapping[str, bytes], Mapping[str, str]]:
    """The XML parts; zipfile reads no more bytes than the directory declares, so the limits hold for what is read too."""
    parts: dict[str, bytes] = {}
    damaged: dict[str, str] = {}
    marks = total = 0
    for entry in filter(_is_xml, entries):
        part = _name(entry)
        total += entry.file_size
        if total > limits.xml:
            raise _refused("ooxml.too-large", name, part=part, limit=str(limits.xml // 1_000_000))
        try:
            body = utf8(archive.read(entry))
        except (zipfile.BadZipFile, zlib.error, EOFError, UnicodeDecodeError, NotImplementedError) as error:
            damaged[part] = str(error)
            continue
        # `<` is escaped everywhere else, so this can only be a declaration (or a comment that nobody needs).
        if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
            raise _refused("ooxml.entities", name, part=part)
        marks += body.count(b"<")
        if marks > limits.marks:
            raise _refused("ooxml.too-much", name, part=part, limit=str(limits.marks))
        parts[part] = body
    return MappingProxyType(parts), MappingProxyType(damaged)


def _name(entry: zipfile.ZipInfo) -> str:
    return entry.filename.replace("\\", "/")


def _is_xml(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.lower().endswith((".xml", ".rels"))


def _binary(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Binary:
    """What the directory says of a part, and of a picture what its first bytes say."""
    id_ = f"{entry.CRC:08x}-{entry.file_size}"
    if not entry.filename.lower().endswith(_PICTURES):
        return Binary(id_)
    try:
        with archive.open(entry) as file:
            form, pixels, _ = measured(file.read(_HEAD))
    except (NoPicture, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        return Binary(id_)
    return Binary(id_, form, pixels)


_PICTURES = (".png", ".jpg", ".jpeg", ".jpe", ".gif")
_HEAD = 1 << 16  # bytes; before the size of a JPEG stands what its camera wrote
_OTHERS = (("xl/", "Excel"), ("ppt/", "PowerPoint"), ("content.xml", "OpenDocument"), ("visio/", "Visio"))


def _main_part(parts: Mapping[str, bytes], damaged: Mapping[str, str], name: str) -> str:
    """The part that the package calls its office document; where its relationships are gone, the usual name."""
    main = office_document(parts, name) or ("word/document.xml" if "word/document.xml" in parts else "")
    if "word/document.xml" in damaged and not main:
        raise _refused("ooxml.damaged", name, reason=f"word/document.xml: {damaged['word/document.xml']}")
    kind = next((kind for start, kind in _OTHERS if any(part.startswith(start) for part in parts)), "")
    if not main or (kind and not main.startswith("word/")):
        raise _refused("ooxml.not-word", name, kind=kind) if kind else _refused("ooxml.no-document", name)
    return main


def office_document(parts: Mapping[str, bytes], name: str) -> str:
    """The part that the package calls its office document; empty where it names none that is there."""
    found = _relations(parts, "_rels/.rels", "", name) if "_rels/.rels" in parts else ()
    return next((relation.target for relation in found if relation.kind == "officeDocument"), "")


def relations(package: Package, part: str) -> tuple[Relation, ...]:
    """The relationships of a part to parts that are in the package; what points outside is left out."""
    folder, base = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{base}.rels")
    if rels not in package.parts:
        return ()
    return _relations(package.parts, rels, folder, package.name, package.binaries)


def _relations(
    parts: Mapping[str, bytes], rels: str, folder: str, name: str, more: Iterable[str] = ()
) -> tuple[Relation, ...]:
    known = {part.lower(): part for part in chain(parts, more)}
    try:
        root = _parsed(parts[rels], rels, name)
    except Refused:
        # What stands there cannot be known; the usual names still work.
        return ()
    out = []
    for child in root:
        if not isinstance(child.tag, str) or child.get("TargetMode") == "External":
            continue
        path = unquote(child.get("Target", ""))
        whole = path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path)
        target = known.get(posixpath.normpath(whole).lower())
        if target is not None:
            out.append(Relation(child.get("Type", "").rsplit("/", 1)[-1], target, child.get("Id", "")))
    return tuple(out)


def parse(package: Package, part: str, *, alternatives: bool = False) -> Element:
    """The root of a part, normalised. Raises `Refused` (`ooxml.malformed`, `ooxml.too-deep`, `ooxml.damaged`).

    With `alternatives` they are left undecided: for a file that is written again.
    """
    if part in package.damaged:
        raise _refused("ooxml.damaged", package.name, reason=f"{part}: {package.damaged[part]}")
    return _parsed(package.parts[part], part, package.name, alternatives=alternatives)


def _parsed(body: bytes, part: str, name: str, *, alternatives: bool = False) -> Element:
    # The encoding is ours, so that a declared one cannot hide anything; no entities, no DTD, no network, no huge trees.
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_pis=True,
        # in the midst of words one would hide those behind it
        remove_comments=True,
    )
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        line, reason = str(error.lineno or 1), (error.msg or "").split(" (<string>")[0]
        code = "ooxml.too-deep" if "depth" in reason else "ooxml.malformed"
        raise _refused(code, name, part=part, line=line, reason=reason) from error
    if b"http://purl.oclc.org/ooxml/" in body:
        make_transitional(root)
    if b"AlternateContent" in body and not alternatives:
        decide_alternatives(root)
    return root
