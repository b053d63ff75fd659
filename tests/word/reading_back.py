"""A reader of our own files that shares nothing with the writer: parts, paragraphs as a reader sees them, elements by path."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NS = {"w": W[1:-1], "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships"}


def part(data: bytes, name: str = "word/document.xml") -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


def found(data: bytes, path: str, name: str = "word/document.xml") -> list[Any]:
    result = part(data, name).xpath(path, namespaces=NS)
    assert isinstance(result, list)
    return result


def paragraphs(data: bytes) -> list[tuple[str, str]]:
    """Bookmark (or empty) and text of every paragraph, those of the footnotes after those of the document."""
    out = [_read(each) for each in part(data).iter(f"{W}p")]
    notes = [each for each in part(data, "word/footnotes.xml") if int(each.get(f"{W}id")) > 0]
    return out + [_read(each) for note in notes for each in note.iter(f"{W}p")]


def _read(paragraph: Any) -> tuple[str, str]:
    name, out, depth = "", [], 0
    contents = False
    results: list[bool] = []
    for element in paragraph.iter():
        tag = element.tag.removeprefix(W) if isinstance(element.tag, str) else ""
        if tag == "bookmarkStart" and element.get(f"{W}name").startswith("_pf_"):
            name = element.get(f"{W}name")
        elif tag == "fldChar":
            kind = element.get(f"{W}fldCharType")
            if kind == "begin":
                results.append(False)
            elif kind == "separate" and results:
                contents = contents or (not depth and " TOC " in "".join(paragraph.itertext())[:6])
            elif kind == "end" and results:
                results.pop()
                if not (contents and not results):
                    out.append("\ufffc")
        elif tag == "t" and (not results or (contents and len(results) == 1)):
            out.append(element.text or "")
        elif element.getparent() is not None and element.getparent().tag == f"{W}r":
            if tag == "tab" and _follows_note_mark(element):
                continue
            out.append({"tab": "\t", "br": "\n", "footnoteReference": "\ufffc"}.get(tag, ""))
    return name, "".join(out)


def _follows_note_mark(tab: Any) -> bool:
    """The tab between a note's own number and its text is none of its text."""
    before = tab.getparent().getprevious()
    while before is not None and before.tag == f"{W}bookmarkStart":
        before = before.getprevious()
    return before is not None and before.find(f"{W}footnoteRef") is not None
