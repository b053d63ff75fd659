"""A Word file as the harness sees it: parts as XML, paragraphs in reading order, and the text once every change is accepted.

Independent of drafter on purpose, and simpler: it knows the files that drafter writes and what the harness or LibreOffice does to them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT, NOTES = "word/document.xml", "word/footnotes.xml"
OBJECT = "\ufffc"
LINE_BREAK = "\v"
"""A break inside a paragraph, as Word itself shows it; a line feed parts paragraphs in the harness's texts."""

GONE = (f"{W}del", f"{W}moveFrom")
SIGNS = {f"{W}tab": "\t", f"{W}br": LINE_BREAK, f"{W}footnoteReference": OBJECT, f"{W}drawing": OBJECT}


@dataclass
class Package:
    """Parts of a .docx; the two stories are kept as trees."""

    parts: dict[str, bytes]
    trees: dict[str, etree._Element] = field(default_factory=dict)

    @classmethod
    def read(cls, data: bytes) -> Package:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        trees = {name: etree.fromstring(parts[name]) for name in (DOCUMENT, NOTES) if name in parts}
        return cls(parts, trees)

    def data(self) -> bytes:
        """The file with the trees as they are now."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.parts.items():
                tree = self.trees.get(name)
                archive.writestr(name, content if tree is None else serialised(tree))
        return out.getvalue()

    def paragraphs(self) -> Iterator[etree._Element]:
        """Paragraphs of the body, then of the footnotes that are not separators."""
        yield from self.trees[DOCUMENT].iter(f"{W}p")
        if NOTES in self.trees:
            for note in self.trees[NOTES].iter(f"{W}footnote"):
                if note.get(f"{W}type") in {None, "normal"}:
                    yield from note.iter(f"{W}p")


def serialised(tree: etree._Element) -> bytes:
    """A part as bytes."""
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


@dataclass(frozen=True)
class Character:
    """One visible character: the element that shows it (`w:t`, or what stands for an object) and its offset in that element's text."""

    text: str
    element: etree._Element
    offset: int

    @property
    def run(self) -> etree._Element:
        """The run it is in."""
        run = self.element.getparent()
        assert run is not None
        return run


def characters(paragraph: etree._Element) -> list[Character]:
    """The characters a reader of the accepted file sees; a field with its result is one object."""
    out: list[Character] = []
    depth = 0
    for element in paragraph.iter(f"{W}fldChar", f"{W}fldSimple", f"{W}t", *SIGNS):
        above = [parent.tag for parent in _above(element, paragraph)]
        if any(tag in GONE for tag in above):
            continue
        if element.tag == f"{W}fldChar":
            kind = element.get(f"{W}fldCharType")
            depth += {"begin": 1, "end": -1}.get(kind or "", 0)
            if kind == "end" and depth == 0:
                out.append(Character(OBJECT, element, 0))
        elif element.tag == f"{W}fldSimple":
            out.append(Character(OBJECT, element, 0))
        elif depth == 0 and f"{W}fldSimple" not in above:
            out += _shown(element)
    return out


def _shown(element: etree._Element) -> list[Character]:
    parent = element.getparent()
    if parent is None or parent.tag != f"{W}r":
        return []  # a tab stop in the properties
    if element.tag == f"{W}t":
        return [Character(character, element, n) for n, character in enumerate(element.text or "")]
    if element.tag == f"{W}tab" and _is_note_lead(element):
        return []
    return [Character(SIGNS[str(element.tag)], element, 0)]


def _is_note_lead(tab: etree._Element) -> bool:
    """Whether a tab only parts a footnote's number from its text: nothing visible stands before it. LibreOffice may put both into an insertion."""
    paragraph = next(tab.iterancestors(f"{W}p"))
    seen = list(paragraph.iter(f"{W}footnoteRef", f"{W}t", f"{W}tab"))
    before = [each.tag for each in seen[: seen.index(tab)] if next(each.iterancestors()).tag == f"{W}r"]
    return before == [f"{W}footnoteRef"]  # tab stops stand in the properties, not in a run


def _above(element: etree._Element, stop: etree._Element) -> Iterator[etree._Element]:
    parent = element.getparent()
    while parent is not None and parent is not stop:
        yield parent
        parent = parent.getparent()


def text(paragraph: etree._Element) -> str:
    """The accepted text of one paragraph element, its mark aside."""
    return "".join(character.text for character in characters(paragraph))


def accepted(data: bytes) -> list[str]:
    """Texts of all paragraphs once every change is accepted; contents entries and empty paragraphs are left out."""
    out: list[str] = []
    carried = ""
    for paragraph in Package.read(data).paragraphs():
        if in_deleted_row(paragraph) or is_contents(paragraph):
            continue
        said = carried + text(paragraph)
        carried = ""
        if _joins_the_next(paragraph):
            carried = said
        elif said:
            out.append(said)
    return out


def _joins_the_next(paragraph: etree._Element) -> bool:
    """Whether the mark is deleted, and there is a paragraph in the same place for the rest to join."""
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    if mark is None or all(mark.find(tag) is None for tag in GONE):
        return False
    following = paragraph.getnext()
    while following is not None and following.tag not in {f"{W}p", f"{W}tbl"}:
        following = following.getnext()
    return following is not None and following.tag == f"{W}p"


def in_deleted_row(paragraph: etree._Element) -> bool:
    """Whether the paragraph stands in a table row that a tracked change removes."""
    return any(row.find(f"{W}trPr/{W}del") is not None for row in paragraph.iterancestors(f"{W}tr"))


def style_of(paragraph: etree._Element) -> str:
    """The id of the paragraph's style, empty for the default."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val") or ""


def is_contents(paragraph: etree._Element) -> bool:
    """Whether the paragraph is an entry of the table of contents; LibreOffice renames the styles."""
    return style_of(paragraph).upper().startswith(("TOC", "CONTENTS"))
