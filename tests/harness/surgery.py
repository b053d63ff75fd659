"""Edits made directly in WordprocessingML, tracked or not, as Word or LibreOffice would leave them.

Where programs differ in what they write for one and the same act, a `variant` chooses the form.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from tests.harness.package import OBJECT, Package, W, characters, serialised

XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
DATE = "2021-01-20T09:00:00Z"
COMMENTS = "word/comments.xml"
RELS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


class ObjectInTheWay(ValueError):
    """The harness does not cut through footnote marks and fields."""

    def __init__(self) -> None:
        super().__init__("the stretch holds an object")


def element(name: str, /, **attributes: str) -> etree._Element:
    """A WordprocessingML element."""
    made = etree.Element(f"{W}{name}")
    for key, value in attributes.items():
        made.set(f"{W}{key}", value)
    return made


@dataclass
class Surgeon:
    """Edits one package; ids of revisions and bookmarks count from a number that the file does not use."""

    package: Package
    next_id: int = 900000
    comments: list[etree._Element] = field(default_factory=list)

    def number(self) -> str:
        """A new id."""
        self.next_id += 1
        return str(self.next_id)

    def mark(self, name: str, author: str) -> etree._Element:
        """A revision element."""
        return element(name, id=self.number(), author=author, date=DATE)

    # Inside a paragraph ------------------------------------------------------------------------------------------------------------

    def replace(
        self,
        paragraph: etree._Element,
        span: tuple[int, int],
        new: str,
        author: str = "",
        *,
        outside: bool = False,
    ) -> None:
        """Put `new` in place of these characters; tracked where an author is given.

        `outside`: words at the very beginning or end stand outside the paragraph's bookmark, as LibreOffice leaves them.
        """
        start, end = span
        before = _run_ending(paragraph, start)
        gone = _runs(paragraph, start, end)
        after = _run_starting(paragraph, end)
        if new:
            made = self._inserted(
                _new_run(before if before is not None else (gone[0] if gone else after), new), author
            )
            _put(paragraph, made, before, gone[0] if gone else after, outside=outside)
        for run in gone:
            if author:
                wrap(run, self.mark("del", author))
                for said in run.findall(f"{W}t"):
                    said.tag = f"{W}delText"
            else:
                _remove(run)

    def contested(
        self, paragraph: etree._Element, at: int, new: str, cut: tuple[int, int], authors: tuple[str, str]
    ) -> None:
        """A tracked insertion of the first author, of which the second deletes the characters `cut`."""
        before, after = _run_ending(paragraph, at), _run_starting(paragraph, at)
        like = before if before is not None else after
        pieces = [new[: cut[0]], new[cut[0] : cut[1]], new[cut[1] :]]
        for n in (2, 1, 0):
            made = self._inserted(_new_run(like, pieces[n]), authors[0])
            if n == 1:
                wrap(made[0], self.mark("del", authors[1]))
                for said in made.iter(f"{W}t"):
                    said.tag = f"{W}delText"
            _put(paragraph, made, before, after, outside=False)
            after = made

    def _inserted(self, run: etree._Element, author: str) -> etree._Element:
        if not author:
            return run
        wrapper = self.mark("ins", author)
        wrapper.append(run)
        return wrapper

    # Paragraphs --------------------------------------------------------------------------------------------------------------------

    def delete_paragraph(self, paragraph: etree._Element, author: str = "") -> None:
        """Remove a paragraph with its mark."""
        if not author:
            _remove(paragraph)
            return
        self.replace(paragraph, (0, len(characters(paragraph))), "", author)
        mark_properties(paragraph).insert(0, self.mark("del", author))

    def insert_paragraph(self, after: etree._Element, new: str, author: str = "", variant: int = 0) -> None:
        """A new paragraph of the same style after another.

        Tracked, variant 0 is Enter at the end of the old paragraph: the old one's mark is the inserted one, the new paragraph ends with the mark
        that was there before. Variant 1 is a paragraph pasted, or typed at the beginning of the next one: its own mark is the inserted one.
        """
        made = _blank_like(after)
        made.append(self._inserted(_new_run(None, new), author))
        after.addnext(made)
        if author:
            mark_properties(made if variant else after).insert(0, self.mark("ins", author))

    def split(self, paragraph: etree._Element, offset: int, author: str = "", variant: int = 0) -> None:
        """Press Enter inside a paragraph. Variant 1: the bookmark's name is on both halves and once unclosed, as LibreOffice writes it."""
        _run_ending(paragraph, offset)
        top = _run_starting(paragraph, offset)
        while top is not None and top.getparent() is not paragraph:
            top = top.getparent()
        assert top is not None
        second = _blank_like(paragraph)
        if variant:
            for mark in paragraph.findall(f"{W}bookmarkStart"):
                second.append(element("bookmarkStart", id=self.number(), name=mark.get(f"{W}name") or ""))
        for node in [top, *top.itersiblings()]:
            second.append(node)
        paragraph.addnext(second)
        # The old mark goes with the second half, and with it what was done to the mark.
        for revision in _mark_revisions(paragraph):
            mark_properties(second).insert(0, revision)
        if author:
            mark_properties(paragraph).insert(0, self.mark("ins", author))

    def merge(self, paragraph: etree._Element, author: str = "") -> None:
        """Press Delete at the end of a paragraph: the next one joins it."""
        if author:
            mark_properties(paragraph).insert(0, self.mark("del", author))
            return
        following = paragraph.getnext()
        assert following is not None
        for node in list(following):
            if node.tag != f"{W}pPr":
                paragraph.append(node)
        _remove(following)

    def move(
        self, paragraph: etree._Element, after: etree._Element, author: str = "", variant: int = 0
    ) -> None:
        """Cut a paragraph and paste it elsewhere; tracked, variant 1 is Word's pair of moveFrom and moveTo, variant 0 a deletion and an insertion."""
        if not author:
            after.addnext(paragraph)
            return
        twin = self._twin(paragraph)
        gone, come = ("moveFrom", "moveTo") if variant else ("del", "ins")
        for run in _runs(paragraph, 0, len(characters(paragraph))):
            wrap(run, self.mark(gone, author))
            if not variant:
                for said in run.findall(f"{W}t"):
                    said.tag = f"{W}delText"
        for run in list(twin.iter(f"{W}r")):
            wrap(run, self.mark(come, author))
        mark_properties(paragraph).insert(0, self.mark(gone, author))
        mark_properties(twin).insert(0, self.mark(come, author))
        if variant:
            self._move_range(paragraph, "moveFromRange", author)
            self._move_range(twin, "moveToRange", author)
        after.addnext(twin)

    def copy(
        self, paragraph: etree._Element, after: etree._Element, author: str = "", variant: int = 0
    ) -> None:
        """Paste a copy of a paragraph elsewhere. Variant 1: LibreOffice's renamed bookmark is on it."""
        twin = self._twin(paragraph)
        names = [mark.get(f"{W}name") or "" for mark in paragraph.findall(f"{W}bookmarkStart")]
        for name in names if variant else ():
            number = self.number()
            at = 0 if twin.find(f"{W}pPr") is None else 1
            twin.insert(at, element("bookmarkStart", id=number, name=f"{name}_Copy_1"))
            twin.append(element("bookmarkEnd", id=number))
        if author:
            for run in list(twin.iter(f"{W}r")):
                wrap(run, self.mark("ins", author))
            mark_properties(twin).insert(0, self.mark("ins", author))
        after.addnext(twin)

    def _twin(self, paragraph: etree._Element) -> etree._Element:
        """A copy of a paragraph without its bookmarks."""
        twin = copy.deepcopy(paragraph)
        for mark in list(twin.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
            _remove(mark)
        return twin

    def _move_range(self, paragraph: etree._Element, name: str, author: str) -> None:
        number = self.number()
        start = element(f"{name}Start", id=number, author=author, date=DATE, name=f"move{self.next_id}")
        paragraph.insert(0 if paragraph.find(f"{W}pPr") is None else 1, start)
        paragraph.append(element(f"{name}End", id=number))

    # Table rows --------------------------------------------------------------------------------------------------------------------

    def insert_row(self, row: etree._Element, texts: Sequence[str], author: str = "") -> None:
        """A new row below, one paragraph in each cell."""
        made = copy.deepcopy(row)
        for mark in list(made.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
            _remove(mark)
        for cell, said in zip(made.findall(f"{W}tc"), texts, strict=True):
            first, *rest = cell.findall(f"{W}p")
            for paragraph in rest:
                _remove(paragraph)
            for node in [node for node in first if node.tag != f"{W}pPr"]:
                first.remove(node)
            first.append(self._inserted(_new_run(None, said), author))
            if author:
                mark_properties(first).insert(0, self.mark("ins", author))
        if author:
            _row_properties(made).append(self.mark("ins", author))
        row.addnext(made)

    def delete_row(self, row: etree._Element, author: str = "") -> None:
        """Remove a row."""
        if not author:
            _remove(row)
            return
        for paragraph in row.iter(f"{W}p"):
            self.replace(paragraph, (0, len(characters(paragraph))), "", author)
            mark_properties(paragraph).insert(0, self.mark("del", author))
        _row_properties(row).append(self.mark("del", author))

    # Comments ----------------------------------------------------------------------------------------------------------------------

    def comment(
        self, first: tuple[etree._Element, int], last: tuple[etree._Element, int], said: str, author: str
    ) -> None:
        """A comment from a character of one paragraph to a character of the same or a later one; on a point where both are the same."""
        number = str(len(self.comments))
        begin, finish = element("commentRangeStart", id=number), element("commentRangeEnd", id=number)
        _mark_at(*first, begin)
        if first == last:
            begin.addnext(finish)
        else:
            _mark_at(*last, finish)
        reference = element("r")
        reference.append(element("commentReference", id=number))
        finish.addnext(reference)
        body = element("comment", id=number, author=author, date=DATE, initials="审")
        paragraph = element("p")
        paragraph.append(_new_run(None, said))
        body.append(paragraph)
        self.comments.append(body)

    def data(self) -> bytes:
        """The edited file."""
        if self.comments:
            _add_comments(self.package, self.comments)
        return self.package.data()


def _add_comments(package: Package, comments: list[etree._Element]) -> None:
    root = etree.Element(f"{W}comments", nsmap={"w": W[1:-1]})
    root.extend(comments)
    package.parts[COMMENTS] = serialised(root)
    rels = etree.fromstring(package.parts[RELS])
    if all(rel.get("Type") != RELATION for rel in rels):
        place = {"Id": "rIdHarness", "Type": RELATION, "Target": "comments.xml"}
        etree.SubElement(rels, f"{{{rels.nsmap[None]}}}Relationship", place)
    package.parts[RELS] = serialised(rels)
    types = etree.fromstring(package.parts[TYPES])
    if all(each.get("PartName") != f"/{COMMENTS}" for each in types):
        kind = {"PartName": f"/{COMMENTS}", "ContentType": CONTENT}
        etree.SubElement(types, f"{{{types.nsmap[None]}}}Override", kind)
    package.parts[TYPES] = serialised(types)


def _mark_at(paragraph: etree._Element, offset: int, mark: etree._Element) -> None:
    """Put an empty element before the character `offset`."""
    before, after = _run_ending(paragraph, offset), _run_starting(paragraph, offset)
    if after is not None:
        after.addprevious(mark)
    elif before is not None:
        before.addnext(mark)
    else:
        paragraph.append(mark)


def _border(paragraph: etree._Element, offset: int) -> None:
    """Make sure that a run begins at this character."""
    shown = characters(paragraph)
    if not 0 < offset < len(shown):
        return
    here, before = shown[offset], shown[offset - 1]
    if here.text != OBJECT and here.run is before.run:
        _split_run(here.run, here.element, here.offset)


def _split_run(run: etree._Element, at: etree._Element, offset: int) -> None:
    """Make a run border inside the text element `at` of a run, before its character `offset` (0: before the element)."""
    twin = element("r")
    properties = run.find(f"{W}rPr")
    if properties is not None:
        twin.append(copy.deepcopy(properties))
    moved = list(at.itersiblings())
    if offset:
        rest = element("t")
        said = at.text or ""
        at.text, rest.text = said[:offset], said[offset:]
        for each in (at, rest):
            each.set(XML_SPACE, "preserve")
        moved.insert(0, rest)
    else:
        moved.insert(0, at)
    for node in moved:
        twin.append(node)
    run.addnext(twin)


def _run_ending(paragraph: etree._Element, offset: int) -> etree._Element | None:
    """The run whose last character is before `offset`."""
    _border(paragraph, offset)
    shown = characters(paragraph)
    return shown[offset - 1].run if 0 < offset <= len(shown) else None


def _run_starting(paragraph: etree._Element, offset: int) -> etree._Element | None:
    """The run that begins with the character `offset`; for a field its first run."""
    _border(paragraph, offset)
    shown = characters(paragraph)
    if offset >= len(shown):
        return None
    run = shown[offset].run
    return _field_start(run) if shown[offset].element.tag == f"{W}fldChar" else run


def _field_start(run: etree._Element) -> etree._Element:
    depth = 0
    node = run
    while True:
        for char in reversed(node.findall(f"{W}fldChar")):
            depth += {"end": 1, "begin": -1}.get(char.get(f"{W}fldCharType") or "", 0)
        if depth == 0:
            return node
        previous = node.getprevious()
        assert previous is not None
        node = previous


def _runs(paragraph: etree._Element, start: int, end: int) -> list[etree._Element]:
    """The runs of exactly these characters, none of which may be an object."""
    _border(paragraph, start)
    _border(paragraph, end)
    out: list[etree._Element] = []
    for character in characters(paragraph)[start:end]:
        if character.text == OBJECT:
            raise ObjectInTheWay
        if not out or out[-1] is not character.run:
            out.append(character.run)
    return out


def _new_run(like: etree._Element | None, new: str) -> etree._Element:
    run = element("r")
    # Typing beside a footnote mark or a field does not take over its look.
    if like is not None and like.find(f".//{W}t") is not None:
        properties = like.find(f".//{W}rPr")
        if properties is not None:
            run.append(copy.deepcopy(properties))
    said = element("t")
    said.text = new
    said.set(XML_SPACE, "preserve")
    run.append(said)
    return run


def wrap(run: etree._Element, wrapper: etree._Element) -> None:
    """Put a run into a revision element at its place."""
    run.addprevious(wrapper)
    wrapper.append(run)


def _remove(node: etree._Element) -> None:
    parent = node.getparent()
    assert parent is not None
    parent.remove(node)


def _put(
    paragraph: etree._Element,
    made: etree._Element,
    before: etree._Element | None,
    after: etree._Element | None,
    *,
    outside: bool,
) -> None:
    """Put new words between two runs. Beside a revision or a link they stand beside it, not in it, where the other side allows that."""
    if before is None and outside and paragraph.find(f".//{W}footnoteRef") is None:
        properties = paragraph.find(f"{W}pPr")
        paragraph.insert(0 if properties is None else 1, made)
    elif after is None and outside:
        paragraph.append(made)
    elif before is not None and (before.getparent() is paragraph or after is None):
        _outermost(before).addnext(made)
    elif after is not None:
        inside = before is not None and before.getparent() is after.getparent()
        (after if inside and made.tag == f"{W}r" else _outermost(after)).addprevious(made)
    else:
        paragraph.append(made)


def _outermost(run: etree._Element) -> etree._Element:
    """The revision around a run, or the run: words that are put beside another author's do not become that author's."""
    parent = run.getparent()
    return parent if parent is not None and parent.tag in {f"{W}ins", f"{W}del"} else run


def _blank_like(paragraph: etree._Element) -> etree._Element:
    made = element("p")
    properties = paragraph.find(f"{W}pPr")
    if properties is not None:
        properties = copy.deepcopy(properties)
        made.append(properties)
        for revision in _mark_revisions(made):
            _remove(revision)
    return made


def _mark_revisions(paragraph: etree._Element) -> list[etree._Element]:
    """What was done to the paragraph's mark."""
    return [each for name in ("ins", "del") for each in paragraph.findall(f"{W}pPr/{W}rPr/{W}{name}")]


def mark_properties(paragraph: etree._Element) -> etree._Element:
    """The properties of the paragraph mark, made where they are missing, at their place in the schema's order."""
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = element("pPr")
        paragraph.insert(0, properties)
    mark = properties.find(f"{W}rPr")
    if mark is None:
        mark = element("rPr")
        later = [node for node in properties if node.tag in {f"{W}sectPr", f"{W}pPrChange"}]
        if later:
            later[0].addprevious(mark)
        else:
            properties.append(mark)
    return mark


def _row_properties(row: etree._Element) -> etree._Element:
    properties = row.find(f"{W}trPr")
    if properties is None:
        properties = element("trPr")
        later = row.find(f"{W}tc")
        assert later is not None
        later.addprevious(properties)
    return properties
