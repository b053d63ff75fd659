"""A Word file as the harness sees it: parts as XML, paragraphs in reading order, and the text of each view.

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
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.parts.items():
                if name in self.trees:
                    content = etree.tostring(
                        self.trees[name], xml_declaration=True, encoding="UTF-8", standalone=True
                    )
                archive.writestr(name, content)
        return out.getvalue()

    def paragraphs(self) -> Iterator[etree._Element]:
        """Paragraphs of the body, then of the footnotes that are not separators."""
        yield from self.trees[DOCUMENT].iter(f"{W}p")
        if NOTES in self.trees:
            for note in self.trees[NOTES].iter(f"{W}footnote"):
                if note.get(f"{W}type") in (None, "normal"):
                    yield from note.iter(f"{W}p")


@dataclass(frozen=True)
class Character:
    """One visible character: the run it is in, and its offset in that run's text element."""

    text: str
    element: etree._Element  # w:t, or the element that stands for an object
    offset: int


def characters(paragraph: etree._Element) -> list[Character]:
    """The characters a reader of the accepted file sees; a field's result is one object."""
    out: list[Character] = []
    depth, shown = 0, False
    for element in paragraph.iter():
        if any(parent.tag in (f"{W}del", f"{W}moveFrom") for parent in _above(element, paragraph)):
            continue
        if element.tag == f"{W}fldChar":
            kind = element.get(f"{W}fldCharType")
            if kind == "begin":
                depth += 1
                shown = False
            elif kind == "end":
                depth -= 1
                if depth == 0:
                    out.append(Character(OBJECT, element, 0))
        elif element.tag == f"{W}fldSimple":
            out.append(Character(OBJECT, element, 0))
        elif depth or any(parent.tag == f"{W}fldSimple" for parent in _above(element, paragraph)):
            continue
        elif element.tag == f"{W}t":
            out += [Character(character, element, n) for n, character in enumerate(element.text or "")]
        elif element.tag in (f"{W}tab", f"{W}br") and element.getparent().tag == f"{W}r":
            out.append(Character("\t" if element.tag == f"{W}tab" else "\n", element, 0))
        elif element.tag in (f"{W}footnoteReference", f"{W}drawing"):
            out.append(Character(OBJECT, element, 0))
        elif element.tag == f"{W}footnoteRef":
            continue
    del shown
    return out


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
    package = Package.read(data)
    out: list[str] = []
    carried = ""
    for paragraph in package.paragraphs():
        if _in_deleted_row(paragraph) or _is_contents(paragraph):
            continue
        said = carried + text(paragraph)
        if paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            carried = said
            continue
        carried = ""
        if said:
            out.append(said)
    return out


def _in_deleted_row(paragraph: etree._Element) -> bool:
    return any(
        parent.tag == f"{W}tr" and parent.find(f"{W}trPr/{W}del") is not None
        for parent in paragraph.iterancestors()
    )


def _is_contents(paragraph: etree._Element) -> bool:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style is not None and (style.get(f"{W}val") or "").upper().startswith("TOC")
