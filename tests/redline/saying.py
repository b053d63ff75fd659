"""What a Word file says, as plain nested tuples: words with their looks, paragraphs with their properties, tables, notes, headers.

Two files that say the same differ only in what nobody sees: ids, how runs are cut, bookmarks, comments, what fields have computed. Styles
and lists are named by what they are, pictures by their bytes. With `how`, tracked changes are accepted or rejected first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from lxml import etree

from drafter.ooxml.normal import Element
from drafter.ooxml.package import relations, resolved
from drafter.ooxml.xml import R, w
from drafter.redline.resolve import Revisions, resolve

COMPUTED_APART = ("HYPERLINK", "INCLUDETEXT", "ADDIN", "FORMTEXT", "QUOTE", "FILLIN", "ASK", "SET")
CONTENTS = ("TOC", "INDEX", "BIBLIOGRAPHY", "TOA")
_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_SILENT = {
    w(name)
    for name in (
        "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference", "proofErr",
        "permStart", "permEnd", "lastRenderedPageBreak",
    )
}  # fmt: skip
Said = tuple[Any, ...]


class File:
    """A Word file read for what it says."""

    def __init__(self, data: bytes, how: Revisions | None = None) -> None:
        with ZipFile(BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.how = how
        self.trees: dict[str, Element] = {}
        types = {each.id: each for each in relations(self.parts, "")}
        self.main = next(
            resolved("", each.target) for each in types.values() if each.type.endswith("/officeDocument")
        )
        self.styles = self._styles()
        self.lists = self._lists()

    def tree(self, part: str) -> Element:
        if part not in self.trees:
            root = etree.fromstring(self.parts[part])
            if self.how is not None:
                resolve(root, self.how)
            etree.strip_attributes(
                root,
                *(w(f"rsid{end}") for end in ("R", "RPr", "RDefault", "P", "Tr", "Del", "Sect")),
                "{http://schemas.microsoft.com/office/word/2010/wordml}paraId",
                "{http://schemas.microsoft.com/office/word/2010/wordml}textId",
            )
            etree.strip_elements(root, w("smartTagPr"), w("customXmlPr"), with_tail=False)
            etree.strip_tags(root, w("smartTag"), w("customXml"))
            for each in root.iter():
                if len(each) and (each.text or "").isspace():
                    each.text = None
                each.tail = None
            self.trees[part] = root
        return self.trees[part]

    def related(self, kind: str) -> str:
        found = (each for each in relations(self.parts, self.main) if each.type.endswith(f"/{kind}"))
        return next((resolved(self.main, each.target) for each in found), "")

    def _styles(self) -> dict[str, str]:
        part = self.related("styles")
        if part not in self.parts:
            return {}
        return {
            style.get(w("styleId"), ""): f"{style.get(w('type'))}:{name.get(w('val'), '').lower()}"
            for style in etree.fromstring(self.parts[part]).iter(w("style"))
            if (name := style.find(w("name"))) is not None
        }

    def _lists(self) -> dict[str, str]:
        part = self.related("numbering")
        if part not in self.parts:
            return {}
        root = etree.fromstring(self.parts[part])
        abstracts = {each.get(w("abstractNumId")): each for each in root.iter(w("abstractNum"))}
        out = {}
        for num in root.iter(w("num")):
            (reference,) = num.findall(w("abstractNumId"))
            abstract = abstracts.get(reference.get(w("val")))
            kept = (
                [] if abstract is None else [c for c in abstract if c.tag in (w("lvl"), w("multiLevelType"))]
            )
            for each in kept:
                self._name(each, {})
            said = [_c14n(each) for each in (*kept, *num.findall(w("lvlOverride")))]
            out[num.get(w("numId"), "")] = hashlib.sha256(b"".join(said)).hexdigest()[:8]
        return out

    # -- the whole

    def says(self) -> Said:
        root = self.tree(self.main)
        body = root.find(w("body"))
        assert body is not None
        headers = sorted(
            {
                str(self.story(self.tree(part), part))
                for each in relations(self.parts, self.main)
                if each.type.endswith(("/header", "/footer")) and (part := resolved(self.main, each.target))
            }
        )
        return (tuple(self.story(body, self.main)), tuple(headers))

    def story(self, parent: Element, part: str) -> list[Said]:
        out: list[Said] = []
        depth = 0
        contents = False
        for child in parent:
            if child.tag == w("p"):
                before = depth
                kinds = [each.get(w("fldCharType")) for each in child.iter(w("fldChar"))]
                depth = max(0, depth + kinds.count("begin") - kinds.count("end"))
                if not before and depth:
                    code = "".join(each.text or "" for each in child.iter(w("instrText"))).split()
                    contents = bool(code) and code[0] in CONTENTS
                    if contents:
                        out.append(("contents", code[0]))
                if not (contents and (before or depth)):
                    out.append(self.paragraph(child, part))
            elif child.tag == w("tbl"):
                out.append(self.table(child, part))
            elif child.tag == w("sdt"):
                content = child.find(w("sdtContent"))
                inner = [] if content is None else self.story(content, part)
                out.append(("control", tuple(inner)))
            elif child.tag == w("sectPr"):
                out.append(("section", self.properties(child, part)))
            elif child.tag not in _SILENT:
                out.append((self.object(child, part),))
        return out

    def table(self, table: Element, part: str) -> Said:
        rows = []
        for row in table.iter(w("tr")):
            if next(row.iterancestors(w("tbl"))) is not table:
                continue
            cells = [
                (self.properties(cell.find(w("tcPr")), part), *self.story_of_cell(cell, part))
                for cell in row.iter(w("tc"))
                if next(cell.iterancestors(w("tr"))) is row
            ]
            heads = [self.properties(row.find(w(tag)), part) for tag in ("trPr", "tblPrEx")]
            rows.append((*heads, *cells))
        heads = [self.properties(table.find(w(tag)), part) for tag in ("tblPr", "tblGrid")]
        return ("table", *heads, *rows)

    def story_of_cell(self, cell: Element, part: str) -> list[Said]:
        bare = etree.Element("cell")
        bare.extend([child for child in list(cell) if child.tag != w("tcPr")])
        return self.story(bare, part)

    def paragraph(self, paragraph: Element, part: str) -> Said:
        properties = paragraph.find(w("pPr"))
        looks = None if properties is None else properties.find(w("rPr"))
        section = None if properties is None else properties.find(w("sectPr"))
        runs: list[list[Any]] = []
        for what, look, around in self.inlines(paragraph, part, ()):
            if runs and what[0] == "t" == runs[-1][0][0] and [look, around] == runs[-1][1:]:
                runs[-1][0] = ("t", runs[-1][0][1] + what[1])
            else:
                runs.append([what, look, around])
        return (
            "p", self.properties(properties, part), self.properties(looks, part),
            None if section is None else self.properties(section, part), tuple(map(tuple, runs)),
        )  # fmt: skip

    # -- words

    def inlines(self, parent: Element, part: str, around: Said) -> Iterator[tuple[Said, str, Said]]:
        found = list(self._items(parent, part, around))
        at = 0
        while at < len(found):
            what, look, wraps = found[at]
            if what == ("fld", "begin"):
                end = self._field_end(found, at)
                if end is not None:
                    yield self._field(found[at : end + 1], look), "", wraps
                    at = end + 1
                    continue
            yield what, look, wraps
            at += 1

    def _field_end(self, found: list[tuple[Said, str, Said]], at: int) -> int | None:
        depth = 0
        for number in range(at, len(found)):
            depth += {("fld", "begin"): 1, ("fld", "end"): -1}.get(found[number][0][:2], 0)
            if not depth:
                return number
        return None

    def _field(self, found: list[tuple[Said, str, Said]], look: str) -> Said:
        code = " ".join("".join(what[1] for what, _, _ in found if what[0] == "code").split())
        separated = False
        shown = []
        for what, its, _ in found:
            if separated and what[0] not in ("fld", "code"):
                shown.append((what, its))
            separated = separated or what == ("fld", "separate")
        if code.partition(" ")[0].upper() in COMPUTED_APART:
            joined: list[Any] = []
            for what, its in shown:
                if joined and what[0] == "t" == joined[-1][0][0] and joined[-1][1] == its:
                    joined[-1] = (("t", joined[-1][0][1] + what[1]), its)
                else:
                    joined.append((what, its))
            return ("field", code, tuple(joined))
        return ("field", code, shown[0][1] if shown else look)

    def _items(self, parent: Element, part: str, around: Said) -> Iterator[tuple[Said, str, Said]]:
        for child in parent:
            tag = child.tag
            if tag == w("r"):
                look = self.properties(child.find(w("rPr")), part)
                for inner in child:
                    if inner.tag != w("rPr") and inner.tag not in _SILENT:
                        what = self.thing(inner, part)
                        if what != ("t", ""):
                            yield what, look, around
            elif tag == w("fldSimple"):
                inners = list(self._items(child, part, around))
                look = inners[0][1] if inners else ""
                yield ("fld", "begin"), look, around
                yield ("code", child.get(w("instr"), "")), look, around
                yield ("fld", "separate"), look, around
                yield from inners
                yield ("fld", "end"), look, around
            elif tag == w("sdt"):
                content = child.find(w("sdtContent"))
                if content is not None:
                    properties = self.properties(child.find(w("sdtPr")), part)
                    yield from self._items(content, part, (*around, properties))
            elif tag in (w("hyperlink"), w("bdo"), w("dir")):
                target = self.target(part, child.get(f"{{{R}}}id", ""))
                attributes = {k: v for k, v in child.attrib.items() if k != f"{{{R}}}id"}
                yield from self._items(child, part, (*around, (tag, target, str(sorted(attributes.items())))))
            elif tag != w("pPr") and tag not in _SILENT and isinstance(tag, str):
                yield (self.object(child, part),), "", around

    def thing(self, element: Element, part: str) -> Said:
        tag = element.tag
        if tag == w("t"):
            text = element.text or ""
            if element.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
                text = text.strip(" \t\r\n")
            return ("t", text.replace("\n", " "))
        if tag == w("fldChar"):
            return ("fld", element.get(w("fldCharType")))
        if tag == w("instrText"):
            return ("code", element.text or "")
        if tag in (w("footnoteReference"), w("endnoteReference")):
            kind = "footnote" if tag == w("footnoteReference") else "endnote"
            root = self.tree(self.related(f"{kind}s"))
            (note,) = [each for each in root.iter(w(kind)) if each.get(w("id")) == element.get(w("id"))]
            story = self.story(note, self.related(f"{kind}s"))
            empty = all(each[0] == "p" and not each[4] for each in story)
            return (
                (kind,) if empty else (kind, *story)
            )  # without words it shows nothing, with a paragraph or without
        return (self.object(element, part),)

    def object(self, element: Element, part: str) -> Any:
        boxes = [
            b for b in element.iter(w("txbxContent")) if next(b.iterancestors(w("txbxContent")), None) is None
        ]
        words = tuple(tuple(self.story(box, part)) for box in boxes)
        copy = etree.fromstring(etree.tostring(element))
        for box in list(copy.iter(w("txbxContent"))):
            del box[:]
        for each in copy.iter(_DOC_PR):
            each.attrib.pop("id", "")
            each.attrib.pop("name", "")
        for each in copy.iter():
            for name in list(each.attrib):
                if str(name).startswith(f"{{{R}}}"):
                    each.set(name, self.target(part, each.get(name, "")))
                if str(name).endswith(("}anchorId", "}editId")):
                    del each.attrib[name]
        return (_c14n(copy).decode(), words)

    # -- what is meant by ids

    def target(self, part: str, id: str) -> str:
        for each in relations(self.parts, part):
            if each.id == id:
                name = resolved(part, each.target)
                if each.external or name not in self.parts:
                    return each.target
                return hashlib.sha256(self.parts[name]).hexdigest()[:12]
        return ""

    def properties(self, properties: Element | None, part: str) -> str:
        if properties is None:
            return ""
        copy = etree.fromstring(etree.tostring(properties))
        headers = {w("headerReference"), w("footerReference")}
        for child in list(copy):
            if (child.tag in (w("rPr"), w("sectPr")) and copy.tag == w("pPr")) or child.tag in headers:
                copy.remove(child)
        self._name(copy, self.lists)
        return b"".join(_c14n(child) for child in copy).decode()

    def _name(self, root: Element, lists: dict[str, str]) -> None:
        for tag in ("pStyle", "rStyle", "tblStyle"):
            for each in root.iter(w(tag)):
                each.set(w("val"), self.styles.get(each.get(w("val"), ""), each.get(w("val"), "")))
        for each in root.iter(w("numId")):
            each.set(w("val"), lists.get(each.get(w("val"), ""), each.get(w("val"), "")))


def _c14n(element: Element) -> bytes:
    return bytes(etree.tostring(element, method="c14n", exclusive=True, with_tail=False))


def said(data: bytes, how: Revisions | None = None) -> Said:
    """What a file says; with `how`, after its changes have been accepted or rejected."""
    return File(data, how).says()
