"""The linter: one fault put into a clean file, one kind of finding."""

from __future__ import annotations

import pytest

from drafter.ooxml.lint import lint
from drafter.ooxml.package import (
    INDEX,
    Relationship,
    content_types_part,
    relations_part,
    relationship_type,
    unzipped,
    zipped,
)
from drafter.ooxml.xml import CORE, TYPE_OF_PART, W

MAIN = "word/document.xml"


CORE_PART = f'<cp:coreProperties xmlns:cp="{CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>规划</dc:title></cp:coreProperties>'
STYLES = f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>'


def _file(body: str, **others: bytes) -> bytes:
    """A file with a title and a language, and this body."""
    others = {"docProps/core.xml": CORE_PART.encode(), "word/styles.xml": STYLES.encode(), **others}
    types = {
        ".rels": "application/vnd.openxmlformats-package.relationships+xml",
        f"/{MAIN}": TYPE_OF_PART["document"],
        "/docProps/core.xml": TYPE_OF_PART["core"],
        "/word/styles.xml": TYPE_OF_PART["styles"],
    }
    outer = relations_part((Relationship("rId1", relationship_type("officeDocument"), MAIN),))
    xml = f'<w:document xmlns:w="{W}" xmlns:r="urn:x"><w:body>{body}</w:body></w:document>'
    return zipped({INDEX: content_types_part(types), "_rels/.rels": outer, MAIN: xml.encode(), **others})


def _kinds(body: str) -> list[str]:
    return [finding.kind for finding in lint(_file(body))]


def _mark(kind: str, id: int, name: str = "") -> str:
    named = f' w:name="{name}"' if name else ""
    return f'<w:bookmark{kind} w:id="{id}"{named}/>'


def _char(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def test_a_plain_paragraph_is_clean() -> None:
    assert _kinds("<w:p><w:r><w:t>甲</w:t></w:r></w:p>") == []


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (_mark("Start", 1, "a"), "bookmark.unclosed"),
        (_mark("End", 1), "bookmark.unopened"),
        (_mark("End", 1) + _mark("Start", 1, "a"), "bookmark.unopened"),
        ((_mark("Start", 1, "a") + _mark("End", 1)) * 2, "bookmark.doubled-id"),
        (_mark("Start", 1, "a") + _mark("End", 1) + _mark("Start", 2, "A") + _mark("End", 2), "bookmark.doubled-name"),
        (_mark("Start", 1, "a" * 41) + _mark("End", 1), "bookmark.long-name"),
        ('<w:del w:id="1"><w:r><w:t>x</w:t></w:r></w:del>', "revision.text-in-deletion"),
        ("<w:r><w:delText>x</w:delText></w:r>", "revision.deleted-text-outside"),
        ('<w:ins w:id="1"/><w:del w:id="1"/>', "revision.doubled-id"),
        (_char("begin") + _char("separate"), "field.unclosed"),
        (_char("end"), "field.unopened"),
        (_char("begin") + _char("separate") * 2 + _char("end"), "field.separated-twice"),
        ('<w:p><w:pPr><w:pStyle w:val="None"/></w:pPr></w:p>', "style.missing"),
        ('<w:p><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:p>', "list.missing"),
        ('<w:r><w:footnoteReference w:id="3"/></w:r>', "footnote.missing"),
        ("<w:r><w:instrText> REF nothing \\h </w:instrText></w:r>", "bookmark.missing"),
        ("<w:p><w:pPr><w:jc/><w:keepNext/></w:pPr></w:p>", "order"),
        ("<w:r><w:rPr><w:sz/><w:b/></w:rPr></w:r>", "order"),
        ("<w:tbl><w:tblPr><w:tblLayout/><w:tblW/></w:tblPr></w:tbl>", "order"),
        ("<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr/></w:tc></w:tr></w:tbl>", "table.cell-without-end"),
        ("<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>", "table.row-width"),
    ],
)  # fmt: skip
def test_each_fault_is_found(body: str, kind: str) -> None:
    assert kind in _kinds(body)


def test_a_field_inside_a_field_is_no_fault() -> None:
    inner = _char("begin") + _char("separate") + _char("end")
    assert _kinds(_char("begin") + inner + _char("separate") + inner + _char("end")) == []


def test_parts_that_nobody_can_find_are_found() -> None:
    lost = relations_part(
        (Relationship("rId1", "t", "gone.xml"), Relationship("rId1", "t", "../_rels/.rels"))
    )
    findings = lint(_file("", **{"word/_rels/document.xml.rels": lost, "word/media/a.png": b""}))
    assert sorted(finding.kind for finding in findings) == [
        "package.no-type", "relationship.dangling", "relationship.doubled",
    ]  # fmt: skip


def test_a_type_without_its_part_is_found() -> None:
    parts = unzipped(_file(""))
    types = content_types_part({".rels": "x", ".xml": "y", "/word/gone.xml": "z"})
    assert [finding.kind for finding in lint(zipped({**parts, INDEX: types}))] == ["package.missing-part"]


def test_what_is_no_package_is_said() -> None:
    assert [finding.kind for finding in lint(b"nothing")] == ["package.unreadable"]
