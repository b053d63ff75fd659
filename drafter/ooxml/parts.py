"""A part of a trusted package as a tree, and a tree as a part. What comes from outside goes through `reading`."""

from __future__ import annotations

from drafter.ooxml.normal import Element


def parsed(body: bytes) -> Element:
    """The root of a part."""
    from lxml import etree

    return etree.fromstring(body)


def serialised(root: Element) -> bytes:
    """A part as Word writes it: with a declaration, in UTF-8; the same tree gives the same bytes."""
    from lxml import etree

    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
