"""Edits made directly in WordprocessingML, tracked or not, as Word or LibreOffice would leave them.

Where programs differ in what they write for one and the same act, a `variant` chooses the form.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from tests.harness.package import Package, W, characters, serialised
from tests.harness.runs import (
    blank_like,
    element,
    mark_at,
    mark_properties,
    mark_revisions,
    new_run,
    put,
    remove,
    row_properties,
    run_ending,
    run_starting,
    runs,
    wrap,
)

DATE = "2021-01-20T09:00:00Z"
COMMENTS = "word/comments.xml"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
THREADS = "word/commentsExtended.xml"
THREADS_RELATION = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
THREADS_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml"
RELS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


@dataclass
class Surgeon:
    """Edits one package; ids of revisions and bookmarks count from a number that the file does not use."""

    package: Package
    next_id: int = 900000
    comments: list[etree._Element] = field(default_factory=list)
    answers: dict[int, int] = field(
        default_factory=dict
    )  # number of an answer → number of the comment it answers

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
        before = run_ending(paragraph, start)
        gone = runs(paragraph, start, end)
        after = run_starting(paragraph, end)
        if new:
            made = self._inserted(
                new_run(before if before is not None else (gone[0] if gone else after), new), author
            )
            put(paragraph, made, before, gone[0] if gone else after, outside=outside)
        for run in gone:
            if author:
                wrap(run, self.mark("del", author))
                for said in run.findall(f"{W}t"):
                    said.tag = f"{W}delText"
            else:
                remove(run)

    def contested(
        self, paragraph: etree._Element, at: int, new: str, cut: tuple[int, int], authors: tuple[str, str]
    ) -> None:
        """A tracked insertion of the first author, of which the second deletes the characters `cut`."""
        before, after = run_ending(paragraph, at), run_starting(paragraph, at)
        like = before if before is not None else after
        pieces = [new[: cut[0]], new[cut[0] : cut[1]], new[cut[1] :]]
        for n in (2, 1, 0):
            made = self._inserted(new_run(like, pieces[n]), authors[0])
            if n == 1:
                wrap(made[0], self.mark("del", authors[1]))
                for said in made.iter(f"{W}t"):
                    said.tag = f"{W}delText"
            put(paragraph, made, before, after, outside=False)
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
            remove(paragraph)
            return
        self.replace(paragraph, (0, len(characters(paragraph))), "", author)
        mark_properties(paragraph).insert(0, self.mark("del", author))

    def insert_paragraph(self, after: etree._Element, new: str, author: str = "", variant: int = 0) -> None:
        """A new paragraph of the same style after another.

        Tracked, variant 0 is Enter at the end of the old paragraph: the old one's mark is the inserted one, the new paragraph ends with the mark
        that was there before. Variant 1 is a paragraph pasted, or typed at the beginning of the next one: its own mark is the inserted one.
        """
        made = blank_like(after)
        made.append(self._inserted(new_run(None, new), author))
        after.addnext(made)
        if author:
            mark_properties(made if variant else after).insert(0, self.mark("ins", author))

    def split(self, paragraph: etree._Element, offset: int, author: str = "", variant: int = 0) -> None:
        """Press Enter inside a paragraph. Variant 1: the bookmark's name is on both halves and once unclosed, as LibreOffice writes it."""
        run_ending(paragraph, offset)
        top = run_starting(paragraph, offset)
        while top is not None and top.getparent() is not paragraph:
            top = top.getparent()
        assert top is not None
        second = blank_like(paragraph)
        if variant:
            for mark in paragraph.findall(f"{W}bookmarkStart"):
                second.append(element("bookmarkStart", id=self.number(), name=mark.get(f"{W}name") or ""))
        for node in [top, *top.itersiblings()]:
            second.append(node)
        paragraph.addnext(second)
        # The old mark goes with the second half, and with it what was done to the mark.
        for revision in mark_revisions(paragraph):
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
        remove(following)

    def move(
        self, paragraph: etree._Element, after: etree._Element, author: str = "", variant: int = 0
    ) -> None:
        """Cut a paragraph and paste it elsewhere; tracked, variant 1 is Word's pair of moveFrom and moveTo, variant 0 a deletion and an insertion."""
        if not author:
            after.addnext(paragraph)
            return
        twin = self._twin(paragraph)
        gone, come = ("moveFrom", "moveTo") if variant else ("del", "ins")
        for run in runs(paragraph, 0, len(characters(paragraph))):
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
            remove(mark)
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
            remove(mark)
        for cell, said in zip(made.findall(f"{W}tc"), texts, strict=True):
            first, *rest = cell.findall(f"{W}p")
            for paragraph in rest:
                remove(paragraph)
            for node in [node for node in first if node.tag != f"{W}pPr"]:
                first.remove(node)
            first.append(self._inserted(new_run(None, said), author))
            if author:
                mark_properties(first).insert(0, self.mark("ins", author))
        if author:
            row_properties(made).append(self.mark("ins", author))
        row.addnext(made)

    def delete_row(self, row: etree._Element, author: str = "") -> None:
        """Remove a row."""
        if not author:
            remove(row)
            return
        for paragraph in row.iter(f"{W}p"):
            self.replace(paragraph, (0, len(characters(paragraph))), "", author)
            mark_properties(paragraph).insert(0, self.mark("del", author))
        row_properties(row).append(self.mark("del", author))

    # Comments ----------------------------------------------------------------------------------------------------------------------

    def comment(
        self,
        first: tuple[etree._Element, int],
        last: tuple[etree._Element, int],
        said: str,
        author: str,
        *,
        reply: bool = False,
    ) -> None:
        """A comment from a character of one paragraph to a character of the same or a later one; on a point where both are the same.

        `reply`: it answers the comment made before it, and has a range of its own at the same place, as Word writes it.
        """
        if reply:
            self.answers[len(self.comments)] = len(self.comments) - 1
        number = str(len(self.comments))
        begin, finish = element("commentRangeStart", id=number), element("commentRangeEnd", id=number)
        mark_at(*first, begin)
        if first == last:
            begin.addnext(finish)
        else:
            mark_at(*last, finish)
        reference = element("r")
        reference.append(element("commentReference", id=number))
        finish.addnext(reference)
        body = element("comment", id=number, author=author, date=DATE, initials="审")
        paragraph = element("p")
        paragraph.set(f"{W14}paraId", _para_id(len(self.comments)))
        paragraph.append(new_run(None, said))
        body.append(paragraph)
        self.comments.append(body)

    def data(self) -> bytes:
        """The edited file."""
        if self.comments:
            _add_comments(self.package, self.comments, self.answers)
        return self.package.data()


def _para_id(number: int) -> str:
    return f"{0x10000000 + number:08X}"


def _add_comments(package: Package, comments: list[etree._Element], answers: dict[int, int]) -> None:
    root = etree.Element(f"{W}comments", nsmap={"w": W[1:-1], "w14": W14[1:-1]})
    root.extend(comments)
    package.parts[COMMENTS] = serialised(root)
    _add_part(package, COMMENTS, "rIdHarness", RELATION, CONTENT)
    if answers:
        threads = etree.Element(f"{W15}commentsEx", nsmap={"w15": W15[1:-1]})
        for number in range(len(comments)):
            entry = etree.SubElement(threads, f"{W15}commentEx")
            entry.set(f"{W15}paraId", _para_id(number))
            entry.set(f"{W15}done", "0")
            if number in answers:
                entry.set(f"{W15}paraIdParent", _para_id(answers[number]))
        package.parts[THREADS] = serialised(threads)
        _add_part(package, THREADS, "rIdHarnessThreads", THREADS_RELATION, THREADS_CONTENT)


def _add_part(package: Package, name: str, id_: str, relation: str, content: str) -> None:
    """Name a part in the relations of the document and in the list of types, where it is not named yet."""
    rels = etree.fromstring(package.parts[RELS])
    if all(rel.get("Type") != relation for rel in rels):
        place = {"Id": id_, "Type": relation, "Target": name.removeprefix("word/")}
        etree.SubElement(rels, f"{{{rels.nsmap[None]}}}Relationship", place)
    package.parts[RELS] = serialised(rels)
    types = etree.fromstring(package.parts[TYPES])
    if all(each.get("PartName") != f"/{name}" for each in types):
        kind = {"PartName": f"/{name}", "ContentType": content}
        etree.SubElement(types, f"{{{types.nsmap[None]}}}Override", kind)
    package.parts[TYPES] = serialised(types)
