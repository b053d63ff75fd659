"""XML made one kind at the door: UTF-16 → UTF-8, Strict → Transitional namespaces, `mc:AlternateContent` → what we understand.

Everything behind it may rely on Transitional names and never meets an alternative.
"""

from __future__ import annotations

import codecs

from lxml import etree

Element = etree._Element  # noqa: SLF001 -- lxml gives its elements no public name
"""An XML element; the only library object that crosses from this room into `picture` and `word`."""

_STRICT = "http://purl.oclc.org/ooxml/"
_OFFICE = "http://schemas.openxmlformats.org/"
_TRANSITIONAL = {
    f"{_STRICT}{strict}": f"{_OFFICE}{transitional}"
    for strict, transitional in (
        ("wordprocessingml/main", "wordprocessingml/2006/main"),
        ("spreadsheetml/main", "spreadsheetml/2006/main"),
        ("presentationml/main", "presentationml/2006/main"),
        ("drawingml/main", "drawingml/2006/main"),
        ("drawingml/picture", "drawingml/2006/picture"),
        ("drawingml/wordprocessingDrawing", "drawingml/2006/wordprocessingDrawing"),
        ("officeDocument/math", "officeDocument/2006/math"),
        ("officeDocument/relationships", "officeDocument/2006/relationships"),
        ("officeDocument/customProperties", "officeDocument/2006/custom-properties"),
        ("officeDocument/extendedProperties", "officeDocument/2006/extended-properties"),
        ("officeDocument/docPropsVTypes", "officeDocument/2006/docPropsVTypes"),
        ("officeDocument/customXml", "officeDocument/2006/customXml"),
    )
}

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_UNDERSTOOD = frozenset(
    f"http://schemas.microsoft.com/office/word/{name}"
    for name in (
        "2010/wordml",
        "2010/wordprocessingCanvas",
        "2010/wordprocessingDrawing",
        "2010/wordprocessingGroup",
        "2010/wordprocessingShape",
        "2012/wordml",
    )
)


def utf8(body: bytes) -> bytes:
    """A part as UTF-8. XML may be UTF-16, with a mark or without; its declaration then no longer says the truth, and is not asked."""
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body.decode("utf-16").encode("utf-8")
    if body.startswith(b"<\0"):
        return body.decode("utf-16-le").encode("utf-8")
    if body.startswith(b"\0<"):
        return body.decode("utf-16-be").encode("utf-8")
    return body


def make_transitional(root: Element) -> None:
    """Rename every element and attribute of a Strict namespace, in place."""
    for element in root.iter(etree.Element):
        element.tag = _renamed(str(element.tag))
        for key in [key for key in element.attrib if str(key).startswith("{" + _STRICT)]:
            element.set(_renamed(str(key)), str(element.attrib.pop(key)))


def transitional(body: bytes) -> bytes:
    """A Strict part, of relationships too, with the names of Transitional, for a file that is written again."""
    if _STRICT.encode() not in body:
        return body
    for strict in sorted(_TRANSITIONAL, key=len, reverse=True):
        body = body.replace(strict.encode(), _TRANSITIONAL[strict].encode())
    return body


def _renamed(name: str) -> str:
    space, brace, local = name[1:].partition("}")
    return f"{{{_TRANSITIONAL[space]}}}{local}" if brace and space in _TRANSITIONAL else name


def decide_alternatives(root: Element) -> None:
    """Put the first choice whose requirements are understood, else the fallback, in the place of each alternative."""
    # The innermost first: what stands in a branch is decided when the branch is.
    for alternative in reversed(list(root.iter(f"{_MC}AlternateContent"))):
        parent = alternative.getparent()
        if parent is None:
            continue
        branch = _branch(alternative)
        # Placed and removed by neighbours, never by number: counting up to each of a hundred thousand would take hours.
        for child in () if branch is None else list(branch):
            alternative.addprevious(child)
        parent.remove(alternative)


def _branch(alternative: Element) -> Element | None:
    for choice in alternative.findall(f"{_MC}Choice"):
        needed = choice.get("Requires", "").split()
        if needed and all(choice.nsmap.get(prefix) in _UNDERSTOOD for prefix in needed):
            return choice
    return alternative.find(f"{_MC}Fallback")
