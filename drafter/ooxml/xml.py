"""Names of the parts and namespaces of a Word package, and text as XML. XML is built here as text: it is the fastest way by far."""

from __future__ import annotations

import re

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
VARIANT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
CUSTOM_XML = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
TYPE_OF_PART = {
    "document": f"{_WORD}document.main+xml",
    "styles": f"{_WORD}styles+xml",
    "settings": f"{_WORD}settings+xml",
    "fontTable": f"{_WORD}fontTable+xml",
    "numbering": f"{_WORD}numbering+xml",
    "footnotes": f"{_WORD}footnotes+xml",
    "endnotes": f"{_WORD}endnotes+xml",
    "comments": f"{_WORD}comments+xml",
    "footer": f"{_WORD}footer+xml",
    "header": f"{_WORD}header+xml",
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
    "core": "application/vnd.openxmlformats-package.core-properties+xml",
    "app": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    "custom": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    "itemProps": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
}
"""Content types by the plain name of the part."""

_SPECIAL = re.compile("[&<>]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_DELICATE = re.compile("[\x00-\x1f&<>\ud800-\udfff\ufffe\uffff]")
_EITHER = re.compile("[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def unwritable(text: str) -> bool:
    """Whether a text has characters that no XML can hold (XML 1.0, 2.2)."""
    return _FORBIDDEN.search(text) is not None


def w(local: str) -> str:
    """The full name of a WordprocessingML element or attribute."""
    return f"{{{W}}}{local}"


def r(local: str) -> str:
    """The full name of a relationship attribute."""
    return f"{{{R}}}{local}"


def delicate(text: str) -> bool:
    """Whether `text`, which is not empty, needs escapes, elements or `xml:space` to stand in a `w:t`."""
    return bool(_DELICATE.search(text)) or text[0] == " " or text[-1] == " " or "  " in text


def printable(text: str) -> str:
    """`text` with U+FFFD for each character that XML cannot carry; never longer or shorter."""
    return _FORBIDDEN.sub("\ufffd", text) if _FORBIDDEN.search(text) else text


def escaped(text: str) -> str:
    """`text` as the content of an element."""
    if not _EITHER.search(text):
        return text
    text = printable(text)
    if not _SPECIAL.search(text):
        return text
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """`text` as the value of an attribute in double quotes."""
    return escaped(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
