"""A Word package as a plain mapping of part names to bytes: zipped always the same way, and its two indexes kept in order."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO

from drafter.ooxml.xml import CONTENT_TYPES, DECLARATION, RELATIONSHIPS, R, attribute
from drafter.source.frozen import dataclass

INDEX = "[Content_Types].xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LEVEL = 1  # what a higher level saves in size it costs five times over in time


@dataclass(frozen=True, slots=True)
class Relationship:
    """A line of a `.rels` part; `type` is whole, `target` as written there."""

    id: str
    type: str
    target: str
    external: bool = False


def relationship_type(name: str) -> str:
    """The type of an ordinary relationship (`styles`, `hyperlink`)."""
    return f"{R}/{name}"


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a zip: content types first, the rest by name, no clock, no trace of the machine."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(parts, key=lambda name: (name != INDEX, name)):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system = 0
            archive.writestr(info, parts[name], zipfile.ZIP_DEFLATED, _LEVEL)
    return out.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """All parts of a package that is trusted: one of ours, or a frame. A returned file goes through `reading`."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}


def relations_name(part: str) -> str:
    """Where the relationships of a part stand; `""` is the package itself."""
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def relations(parts: Mapping[str, bytes], part: str) -> tuple[Relationship, ...]:
    """The relationships of a part, in order."""
    from lxml import etree

    body = parts.get(relations_name(part))
    if body is None:
        return ()
    return tuple(
        Relationship(
            child.get("Id", ""),
            child.get("Type", ""),
            child.get("Target", ""),
            child.get("TargetMode") == "External",
        )
        for child in etree.fromstring(body)
        if isinstance(child.tag, str)
    )


def resolved(part: str, target: str) -> str:
    """The name of the part that a relationship of `part` points to."""
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def relations_part(relationships: Iterable[Relationship]) -> bytes:
    """A `.rels` part."""
    lines = [
        f'<Relationship Id="{attribute(each.id)}" Type="{attribute(each.type)}" Target="{attribute(each.target)}"'
        + (' TargetMode="External"/>' if each.external else "/>")
        for each in relationships
    ]
    return f'{DECLARATION}<Relationships xmlns="{RELATIONSHIPS}">{"".join(lines)}</Relationships>'.encode()


def content_types(parts: Mapping[str, bytes]) -> dict[str, str]:
    """What `[Content_Types].xml` says: `.xml` → default of an extension, `/word/x.xml` → override of a part."""
    from lxml import etree

    out = {}
    for child in etree.fromstring(parts[INDEX]):
        if isinstance(child.tag, str):
            key = child.get("PartName") or f".{child.get('Extension', '')}"
            out[key] = child.get("ContentType", "")
    return out


def content_types_part(types: Mapping[str, str]) -> bytes:
    """`[Content_Types].xml`, in order of names."""
    lines = []
    for key in sorted(types):
        where = f'Override PartName="{attribute(key)}"'
        if key.startswith("."):
            where = f'Default Extension="{attribute(key[1:])}"'
        lines.append(f'<{where} ContentType="{attribute(types[key])}"/>')
    return f'{DECLARATION}<Types xmlns="{CONTENT_TYPES}">{"".join(lines)}</Types>'.encode()
