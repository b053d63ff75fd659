"""On which page each heading of the contents stands, counted as its section counts, read from a PDF of the file.

The PDF is made of a copy of the file with names that survive (LibreOffice spells those with `_` its own way): one at each heading, one at the
beginning of each section, because the numbers start anew where a section says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from drafter.document.tree import NodeId
from drafter.ooxml.normal import Element
from drafter.ooxml.package import unzipped, zipped
from drafter.ooxml.xml import w
from drafter.source.frozen import dataclass
from drafter.word.anchors import WordFile
from drafter.word.destinations import Pdf

_MAIN = "word/document.xml"
_HEADING, _SECTION = "dfh", "dfs"
_FIRST_ID = 2_000_000  # of bookmarks, far from ours
_ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Probe:
    """A file to be made a PDF of: its headings by their name there, each with the section it stands in, and with what number a section starts."""

    data: bytes
    headings: Mapping[str, tuple[NodeId, int]]
    starts: tuple[int | None, ...]


def probe(file: WordFile) -> Probe:
    """The copy of a file that its pages are counted in."""
    from lxml import etree

    listed = {anchor.node for anchor in file.anchors.paragraphs if anchor.kind == "toc"}
    wanted = {
        anchor.name: anchor.node
        for anchor in file.anchors.paragraphs
        if anchor.kind == "heading" and anchor.name and anchor.node in listed
    }
    parts = unzipped(file.data)
    root = etree.fromstring(parts[_MAIN])
    body = root.find(w("body"))
    headings, starts = _marked(body, wanted) if body is not None else ({}, ())
    return Probe(zipped({**parts, _MAIN: etree.tostring(root)}), headings, starts)


def _marked(
    body: Element, wanted: Mapping[str, NodeId]
) -> tuple[Mapping[str, tuple[NodeId, int]], tuple[int | None, ...]]:
    headings: dict[str, tuple[NodeId, int]] = {}
    starts: list[int | None] = []
    fresh = True
    for child in body:
        paragraph = child if child.tag == w("p") else next(child.iter(w("p")), None)
        if fresh and paragraph is not None:
            _named(paragraph, f"{_SECTION}{len(starts)}", _FIRST_ID + len(starts))
            fresh = False
        for mark in [mark for mark in child.iter(w("bookmarkStart")) if mark.get(w("name")) in wanted]:
            home = next(mark.iterancestors(w("p")), None)
            if home is not None:
                name = f"{_HEADING}{len(headings)}"
                _named(home, name, _FIRST_ID * 2 + len(headings))
                headings[name] = (wanted[mark.get(w("name"), "")], len(starts))
        section = child if child.tag == w("sectPr") else child.find(f"{w('pPr')}/{w('sectPr')}")
        if section is not None:
            starts.append(_start(section))
            fresh = True
    return headings, tuple(starts)


def _named(paragraph: Element, name: str, number: int) -> None:
    """A bookmark around the words of a paragraph."""
    look = paragraph.find(w("pPr"))
    start = paragraph.makeelement(w("bookmarkStart"), {w("id"): str(number), w("name"): name})
    paragraph.insert(0 if look is None else 1, start)
    paragraph.append(paragraph.makeelement(w("bookmarkEnd"), {w("id"): str(number)}))


def _start(section: Element) -> int | None:
    numbers = section.find(w("pgNumType"))
    start = None if numbers is None else numbers.get(w("start"))
    return int(start) if start is not None else None


def pages(asked: Probe, pdf: Pdf) -> Mapping[NodeId, int]:
    """The page of each heading that the PDF shows, as its foot says."""
    places = pdf.places()
    out: dict[NodeId, int] = {}
    for name, (node, section) in asked.headings.items():
        if name in places:
            begins = [
                (places[first], start)
                for number, start in enumerate(asked.starts[: section + 1])
                if start is not None and (first := f"{_SECTION}{number}") in places
            ]
            sheet, start = begins[-1] if begins else (1, 1)
            out[node] = places[name] - sheet + start
    return out


def drawable(file: WordFile, pdf: Pdf) -> bool:
    """Whether the fonts that the PDF was made with have the Chinese characters of the text: without them lines are as long as they like."""
    used = _chinese(anchor.text for anchor in file.anchors.paragraphs)
    return not used or len(used & pdf.characters()) >= _ENOUGH * len(used)


def _chinese(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(character for text in texts for character in text if "\u4e00" <= character <= "\u9fff")
