"""Document properties and the opaque identity of an issued file. No clock, no file name, no owner, no key."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from drafter.ooxml.identity import NAMESPACE, PROPERTY
from drafter.ooxml.xml import CORE, CUSTOM, CUSTOM_XML, DECLARATION, EXTENDED, VARIANT, escaped

_TERMS = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
_INSTANCE = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # what [MS-OE376] demands of every custom property
_LENGTH = 20


def core(title: str, subject: str, day: str) -> bytes:
    """`docProps/core.xml`: what the draft is called and which draft it is; the dates are its own, or none; no person."""
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:{name}>'
        for name in ("created", "modified")
        if day
    )
    about = f"<dc:subject>{escaped(subject)}</dc:subject>" if subject else ""
    body = f"<dc:title>{escaped(title)}</dc:title>{about}<dc:language>zh-CN</dc:language>{dates}"
    return f'{DECLARATION}<cp:coreProperties xmlns:cp="{CORE}" {_TERMS} {_INSTANCE}>{body}</cp:coreProperties>'.encode()


def app(company: str) -> bytes:
    """`docProps/app.xml`: the program, and the unit that makes the plan."""
    unit = f"<Company>{escaped(company)}</Company>" if company else ""
    return f'{DECLARATION}<Properties xmlns="{EXTENDED}"><Application>drafter</Application>{unit}</Properties>'.encode()


def release_of(parts: Mapping[str, bytes]) -> str:
    """The id of a file, from all of its parts that do not hold it."""
    digest = hashlib.sha256()
    for name in sorted(parts):
        digest.update(f"{name}\0{len(parts[name])}\0".encode())
        digest.update(parts[name])
    return digest.hexdigest()[:_LENGTH]


def custom(release: str) -> bytes:
    """`docProps/custom.xml` with the id, or with what says that it is no issued copy."""
    value = (
        f'<property fmtid="{_FORMAT}" pid="2" name="{PROPERTY}"><vt:lpwstr>{release}</vt:lpwstr></property>'
    )
    return f'{DECLARATION}<Properties xmlns="{CUSTOM}" xmlns:vt="{VARIANT}">{value}</Properties>'.encode()


def item(release: str) -> bytes:
    """The customXml part with the id."""
    return f'{DECLARATION}<release xmlns="{NAMESPACE}">{release}</release>'.encode()


def item_properties() -> bytes:
    """What Word wants beside a customXml part."""
    refs = f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs>'
    identity = "{6B1F5A0E-3C57-4C0B-9D52-7A3E10D4F2C8}"
    return f'{DECLARATION}<ds:datastoreItem ds:itemID="{identity}" xmlns:ds="{CUSTOM_XML}">{refs}</ds:datastoreItem>'.encode()
