"""Edits made directly in WordprocessingML, tracked or not, as Word or LibreOffice would leave them."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

from lxml import etree

from tests.harness.package import DOCUMENT, OBJECT, Package, W, characters

XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
DATE = "2021-01-20T09:00:00Z"
COMMENTS = "word/comments.xml"
RELS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


def element(name: str, **attributes: str) -> etree._Element:
    """A WordprocessingML element."""
    made = etree.Element(f"{W}{name}")
    for key, value in attributes.items():
        made.set(f"{W}{key}", value)
    return made


@dataclass
class Surgeon:
    """Edits one package; revision ids count from a number that no bookmark uses."""

    package: Package
    next_id: int = 900000
    comments: list[etree._Element] = field(default_factory=list)

    def mark(self, name: str, author: str) -> etree._Element:
        """A revision element."""
        self.next_id += 1
        return element(name, id=str(self.next_id), author=author, date=DATE)

    def replace(self, paragraph: etree._Element, start: int, end: int, new: str, author: str = "") -> None:
        """Put `new` in place of the characters `start:end`; tracked where an author is given."""
        before = _run_ending(paragraph, start)
        gone = _runs(paragraph, start, end)
        after = gone[0] if gone else _run_starting(paragraph, start)
        anchor = gone[-1] if gone else before
        if author:
            for run in gone:
                _delete_run(run, self.mark("del", author))
        if new:
            made = _new_run(before if before is not None else after, new)
            if author:
                wrapper = self.mark("ins", author)
                wrapper.append(made)
                made = wrapper
            _place(paragraph, made, anchor, after, author)
        if not author:
            for run in gone:
                run.getparent().remove(run)

    def delete_paragraph(self, paragraph: etree._Element, author: str = "") -> None:
        """Remove a paragraph with its mark."""
        if not author:
            paragraph.getparent().remove(paragraph)
            return
        self.replace(paragraph, 0, len(characters(paragraph)), "", author)
        _mark_properties(paragraph).insert(0, self.mark("del", author))

    def insert_paragraph(self, after: etree._Element, new: str, author: str = "") -> None:
        """A new paragraph of the same style after another."""
        made = element("p")
        properties = after.find(f"{W}pPr")
        if properties is not None:
            made.append(copy.deepcopy(properties))
        run = _new_run(None, new)
        if author:
            wrapper = self.mark("ins", author)
            wrapper.append(run)
            made.append(wrapper)
            # Typed after a paragraph's end: the old mark moves to the new paragraph, the inserted mark stays with the old text.
            _mark_properties(after).insert(0, self.mark("ins", author))
        else:
            made.append(run)
        after.addnext(made)

    def split(self, paragraph: etree._Element, offset: int, author: str = "") -> None:
        """Press Enter inside a paragraph."""
        _run_ending(paragraph, offset)
        following = _run_starting(paragraph, offset)
        second = element("p")
        properties = paragraph.find(f"{W}pPr")
        if properties is not None:
            second.append(copy.deepcopy(properties))
        top = following
        while top.getparent() is not paragraph:
            top = top.getparent()
        for node in [top, *top.itersiblings()]:
            second.append(node)
        paragraph.addnext(second)
        if author:
            _mark_properties(paragraph).insert(0, self.mark("ins", author))

    def merge(self, paragraph: etree._Element, author: str = "") -> None:
        """Press Delete at the end of a paragraph: the next one joins it."""
        if author:
            _mark_properties(paragraph).insert(0, self.mark("del", author))
            return
        following = paragraph.getnext()
        for node in list(following):
            if node.tag != f"{W}pPr":
                paragraph.append(node)
        following.getparent().remove(following)

    def move(self, paragraph: etree._Element, after: etree._Element, author: str = "") -> None:
        """Cut a paragraph and paste it elsewhere."""
        twin = copy.deepcopy(paragraph)
        for name in ("bookmarkStart", "bookmarkEnd"):
            for mark in twin.findall(f".//{W}{name}"):
                mark.getparent().remove(mark)
        if author:
            self.delete_paragraph(paragraph, author)
            for run in list(twin.iter(f"{W}r")):
                wrapper = self.mark("ins", author)
                run.addprevious(wrapper)
                wrapper.append(run)
            _mark_properties(twin).insert(0, self.mark("ins", author))
            after.addnext(twin)
        else:
            after.addnext(paragraph)

    def comment(self, paragraph: etree._Element, start: int, end: int, said: str, author: str) -> None:
        """A comment on a range, or on a point where both ends are the same."""
        number = str(len(self.comments))
        _run_ending(paragraph, start)
        first, last = _run_starting(paragraph, start), _run_ending(paragraph, end)
        begin, finish = element("commentRangeStart", id=number), element("commentRangeEnd", id=number)
        reference = element("r")
        reference.append(element("commentReference", id=number))
        if first is not None:
            first.addprevious(begin)
        else:
            paragraph.append(begin)
        if last is not None and end > start:
            last.addnext(finish)
        else:
            begin.addnext(finish)
        finish.addnext(reference)
        body = element("comment", id=number, author=author, date=DATE, initials="审")
        body.append(element("p"))
        body[0].append(_new_run(None, said))
        self.comments.append(body)

    def data(self) -> bytes:
        """The edited file."""
        if self.comments:
            _add_comments(self.package, self.comments)
        return self.package.data()


def _add_comments(package: Package, comments: list[etree._Element]) -> None:
    root = etree.Element(f"{W}comments", nsmap={"w": W[1:-1]})
    root.extend(comments)
    package.parts[COMMENTS] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    rels = etree.fromstring(package.parts[RELS])
    if not any(rel.get("Type") == RELATION for rel in rels):
        etree.SubElement(
            rels, f"{{{rels.nsmap[None]}}}Relationship", Id="rIdHarness", Type=RELATION, Target="comments.xml"
        )
    package.parts[RELS] = etree.tostring(rels, xml_declaration=True, encoding="UTF-8", standalone=True)
    types = etree.fromstring(package.parts[TYPES])
    if not any(each.get("PartName") == f"/{COMMENTS}" for each in types):
        etree.SubElement(
            types, f"{{{types.nsmap[None]}}}Override", PartName=f"/{COMMENTS}", ContentType=CONTENT
        )
    package.parts[TYPES] = etree.tostring(types, xml_declaration=True, encoding="UTF-8", standalone=True)


def _split_run(run: etree._Element, at: etree._Element, offset: int) -> None:
    """Make a run border inside the text element `at` of a run, before its character `offset` (0: before the element)."""
    twin = element("r")
    properties = run.find(f"{W}rPr")
    if properties is not None:
        twin.append(copy.deepcopy(properties))
    moved = list(at.itersiblings())
    if offset:
        rest = element("t")
        rest.text = (at.text or "")[offset:]
        rest.set(XML_SPACE, "preserve")
        at.text = (at.text or "")[:offset]
        at.set(XML_SPACE, "preserve")
        moved.insert(0, rest)
    else:
        moved.insert(0, at)
    for node in moved:
        twin.append(node)
    run.addnext(twin)


def _border(paragraph: etree._Element, offset: int) -> None:
    """Make sure that a run begins at this character."""
    shown = characters(paragraph)
    if not 0 < offset < len(shown):
        return
    here, before = shown[offset], shown[offset - 1]
    if here.element.tag == f"{W}fldChar" or here.element.getparent() is not before.element.getparent():
        return
    _split_run(here.element.getparent(), here.element, here.offset)


def _run_ending(paragraph: etree._Element, offset: int) -> etree._Element | None:
    """The run whose last character is before `offset`."""
    _border(paragraph, offset)
    shown = characters(paragraph)
    return shown[offset - 1].element.getparent() if 0 < offset <= len(shown) else None


def _run_starting(paragraph: etree._Element, offset: int) -> etree._Element | None:
    _border(paragraph, offset)
    shown = characters(paragraph)
    return shown[offset].element.getparent() if offset < len(shown) else None


def _runs(paragraph: etree._Element, start: int, end: int) -> list[etree._Element]:
    """The runs of exactly these characters, none of which may be an object."""
    _border(paragraph, start)
    _border(paragraph, end)
    out: list[etree._Element] = []
    for character in characters(paragraph)[start:end]:
        if character.text == OBJECT:
            raise ValueError("the harness does not delete objects")
        run = character.element.getparent()
        if not out or out[-1] is not run:
            out.append(run)
    return out


def _new_run(like: etree._Element | None, new: str) -> etree._Element:
    run = element("r")
    properties = like.find(f"{W}rPr") if like is not None else None
    # Typing beside a footnote mark or a field does not take over its look.
    if like is not None and properties is not None and like.find(f"{W}t") is not None:
        run.append(copy.deepcopy(properties))
    said = element("t")
    said.text = new
    said.set(XML_SPACE, "preserve")
    run.append(said)
    return run


def _delete_run(run: etree._Element, wrapper: etree._Element) -> None:
    run.addprevious(wrapper)
    wrapper.append(run)
    for said in run.findall(f"{W}t"):
        said.tag = f"{W}delText"


def _place(
    paragraph: etree._Element,
    made: etree._Element,
    anchor: etree._Element | None,
    after: etree._Element | None,
    author: str,
) -> None:
    """Put a new run after `anchor`, or else before `after`, or at the end."""
    if anchor is not None:
        target = anchor.getparent() if author and anchor.getparent().tag == f"{W}del" else anchor
        target.addnext(made)
    elif after is not None:
        after.addprevious(made)
    else:
        paragraph.append(made)


def _mark_properties(paragraph: etree._Element) -> etree._Element:
    """The properties of the paragraph mark, made where they are missing, at their place in the schema's order."""
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = element("pPr")
        paragraph.insert(0, properties)
    mark = properties.find(f"{W}rPr")
    if mark is None:
        mark = element("rPr")
        later = [node for node in properties if node.tag in (f"{W}sectPr", f"{W}pPrChange")]
        if later:
            later[0].addprevious(mark)
        else:
            properties.append(mark)
    return mark


__all__ = ["DOCUMENT", "Surgeon"]
