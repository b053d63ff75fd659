"""Packages as mappings: zipped always the same way, indexes kept."""

from __future__ import annotations

import zipfile
from io import BytesIO

from drafter.ooxml.package import (
    INDEX,
    Relationship,
    content_types,
    content_types_part,
    relations,
    relations_name,
    relations_part,
    resolved,
    unzipped,
    zipped,
)
from drafter.ooxml.xml import attribute, escaped, printable


def test_the_order_of_the_mapping_does_not_matter() -> None:
    a = {"b.xml": b"<b/>", INDEX: b"<t/>", "a.xml": b"<a/>"}
    assert zipped(a) == zipped(dict(reversed(a.items())))
    assert list(unzipped(zipped(a))) == [INDEX, "a.xml", "b.xml"]


def test_a_zip_has_no_clock_and_no_machine() -> None:
    with zipfile.ZipFile(BytesIO(zipped({"a.xml": b"<a/>"}))) as archive:
        info = archive.infolist()[0]
    assert (info.date_time, info.create_system) == ((1980, 1, 1, 0, 0, 0), 0)


def test_relationships_come_back_as_written() -> None:
    lines = (
        Relationship("rId1", "t", "styles.xml"),
        Relationship("rId2", "t", 'http://a/?b="1"&c', external=True),
    )
    parts = {"word/_rels/document.xml.rels": relations_part(lines)}
    assert relations(parts, "word/document.xml") == lines
    assert relations(parts, "word/other.xml") == ()


def test_targets_are_resolved_from_their_part() -> None:
    assert resolved("word/document.xml", "../customXml/item1.xml") == "customXml/item1.xml"
    assert resolved("word/document.xml", "/docProps/core.xml") == "docProps/core.xml"
    assert (relations_name(""), relations_name("word/a.xml")) == ("_rels/.rels", "word/_rels/a.xml.rels")


def test_content_types_come_back_as_written() -> None:
    types = {".xml": "application/xml", "/word/document.xml": "main"}
    assert content_types({INDEX: content_types_part(types)}) == types


def test_text_is_escaped_once() -> None:
    assert escaped("<a> & \x00") == "&lt;a&gt; &amp; \ufffd"
    assert attribute('"a\n"') == "&quot;a&#10;&quot;"
    assert printable("甲\ud800\n") == "甲\ufffd\n"
