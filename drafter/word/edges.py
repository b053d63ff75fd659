"""What stands in the headers and footers of a file, read from the frame that gives them: the text changes none of it.

The lines are those that `picture` reads in a returned file; a test holds that both read alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from drafter.ooxml.normal import Element
from drafter.ooxml.package import relations, resolved
from drafter.ooxml.xml import R, w
from drafter.source.frozen import dataclass
from drafter.word.anchors import NO_EDGES, Edges, Shown
from drafter.word.signs import text_of

_ID = f"{{{R}}}id"
_SECTION, _PARAGRAPH = w("sectPr"), w("p")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OFF = ("0", "false", "off")


@dataclass(frozen=True, slots=True)
class FrameEdges:
    """The parts that a frame's sections show, by name, what each section shows of them, and the number of the section with the text."""

    names: tuple[str, ...]
    sections: tuple[tuple[Shown, ...], ...]
    text: int


def frame_edges(root: Element, parts: Mapping[str, bytes], slot: Element) -> FrameEdges:
    """The headers and footers of a frame; `root` is its document, `slot` the paragraph where the text goes."""
    targets = {
        each.id: resolved("word/document.xml", each.target) for each in relations(parts, "word/document.xml")
    }
    both = _both_sides(parts.get("word/settings.xml", b""))
    names: dict[str, int] = {}
    last: dict[tuple[str, str], int] = {}
    sections: list[tuple[Shown, ...]] = []
    text = 0
    for element in root.iter(_SECTION, _PARAGRAPH):
        if element is slot:
            text = len(sections)
        elif element.tag == _SECTION and not _is_past(element):
            for reference in element.iter(w("headerReference"), w("footerReference")):
                name = targets.get(reference.get(_ID, ""), "")
                if name in parts:
                    side = str(reference.tag).rpartition("}")[2].removesuffix("Reference")
                    last[side, reference.get(w("type"), "default")] = names.setdefault(name, len(names))
            sections.append(_shown(last, first=_is_on(element.find(w("titlePg"))), even=both))
    return FrameEdges(tuple(names), tuple(sections), text)


def _shown(last: Mapping[tuple[str, str], int], *, first: bool, even: bool) -> tuple[Shown, ...]:
    pages = (*(["first"] if first else []), "default", *(["even"] if even else []))
    return tuple((side, page, last.get((side, page), -1)) for side in ("header", "footer") for page in pages)


def _is_past(section: Element) -> bool:
    parent = section.getparent()
    return parent is not None and parent.tag == w("sectPrChange")


def _is_on(element: Element | None) -> bool:
    return element is not None and element.get(w("val"), "") not in _OFF


def _both_sides(settings: bytes) -> bool:
    if b"evenAndOddHeaders" not in settings:
        return False
    from lxml import etree

    return _is_on(etree.fromstring(settings).find(w("evenAndOddHeaders")))


def written_edges(frame: FrameEdges, parts: Mapping[str, bytes], more: int) -> Edges:
    """Those of a finished file; `more` are the sections that the text made of its own, each of which shows what the first of them does."""
    if not frame.sections:
        return NO_EDGES
    own = frame.sections[frame.text]
    later = tuple(each for each in own if each[1] != "first")
    made = (*frame.sections[: frame.text + 1], *(later,) * more, *frame.sections[frame.text + 1 :])
    lines = tuple(_lines(parts[name]) for name in frame.names)
    return Edges(frame.names, lines, made, tuple(_pictures(frame, parts)))


def _pictures(frame: FrameEdges, parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """The pictures of each side of the page, each once."""
    from drafter.word.extras import pictures_of

    shown = dict.fromkeys(
        (side, part) for section in frame.sections for side, _, part in section if part >= 0
    )
    found = ((side, what) for side, part in shown for what in pictures_of(frame.names[part], parts))
    yield from dict.fromkeys(found)


def copied_lines(edges: Edges, parts: Mapping[str, bytes]) -> tuple[tuple[str, ...], ...]:
    """The lines of the parts, where `parts` are those that a copy has of its own."""
    known = zip(edges.names, edges.parts, strict=True)
    return tuple(_lines(parts[name]) if name in parts else lines for name, lines in known)


@lru_cache(maxsize=256)
def _lines(body: bytes) -> tuple[str, ...]:
    from lxml import etree

    root = etree.fromstring(body)
    for fallback in list(root.iter(_FALLBACK)):
        fallback.clear()
    texts = (text_of(paragraph, drawings=False) for paragraph in root.iter(_PARAGRAPH))
    return tuple(line for line in map(str.strip, texts) if line)
