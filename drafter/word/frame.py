"""A Word frame: its tags filled through docxtpl, and the places where the text and the contents go found in what comes out.

The text never passes through docxtpl: the rendered document is cut at its slots, and the writer puts its XML between the cuts.
The only module that imports docxtpl, and only when a frame is rendered.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from io import BytesIO

from drafter.ooxml.normal import Element
from drafter.ooxml.package import relations, relationship_type, resolved, unzipped, zipped
from drafter.ooxml.xml import w
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Place, Refused, has_errors
from drafter.word.anchors import Extra
from drafter.word.annexes import stop_of
from drafter.word.checking import Changed, checked
from drafter.word.checking.tags import environment
from drafter.word.edges import FrameEdges, frame_edges
from drafter.word.extras import reader
from drafter.word.facts import BODY, SLOTS
from drafter.word.fitting import fitted
from drafter.word.signs import text_of
from drafter.word.styleids import with_our_ids
from drafter.word.tags import filled_plainly, vacated

MAIN = "word/document.xml"
_MARKS = {slot: chr(0xE020 + place) for place, slot in enumerate(SLOTS)}
_PARAGRAPH, _SECTION = w("p"), w("sectPr")


@dataclass(frozen=True, slots=True)
class FrameParagraph:
    """A paragraph of the frame as a reader sees it, and what of it is more than words; `slot` is the name of the slot that it is."""

    text: str
    slot: str = ""
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """The section that a slot stands in: its `w:sectPr` as XML, and twips between its margins upright and turned."""

    xml: str
    width: int
    turned_width: int
    _turned: str = ""
    _start: str = ""

    def upright(self, *, first: bool) -> str:
        """Its properties; only the first of the sections it falls into starts the page numbers."""
        return self.xml if first else self._again(self.xml)

    def turned(self, *, first: bool) -> str:
        """The same with the page turned: what was at the binding is at the top."""
        return self._turned if first else self._again(self._turned)

    def _again(self, xml: str) -> str:
        """Without what only the first of several sections has: a start of the numbers, a first page of its own, a right page to begin on."""
        return xml.replace(self._start, "").replace("<w:titlePg/>", "").replace(*_NO_LEAP)


_NO_LEAP = ('w:type w:val="oddPage"', 'w:type w:val="nextPage"')


@dataclass(frozen=True, slots=True)
class RenderedFrame:
    """A frame with its facts in place.

    `segments` are document.xml cut at the slots, whose names stand in `slots` (one less). `ends`: nothing follows the text.
    `edges` are its headers and footers. `issues` are what is odd about the frame without keeping it from being used, `changed` the styles that do not look as ours do,
    `annex_stop` the twips to the middle where titles of annexes stand below their numbers, else 0.
    """

    parts: Mapping[str, bytes]
    segments: tuple[str, ...]
    slots: tuple[str, ...]
    paragraphs: tuple[FrameParagraph, ...]
    section: Section
    ends: bool
    edges: FrameEdges
    issues: tuple[Issue, ...] = ()
    changed: tuple[Changed, ...] = ()
    annex_stop: int = 0


def render(frame: bytes, values: Mapping[str, str], name: str) -> RenderedFrame:
    """The frame with `values` in its tags; `name` is the frame's file for messages. Raises `Refused`."""
    return _render(frame, tuple(sorted({**values, **_MARKS}.items())), name)


@lru_cache(maxsize=8)
def _render(frame: bytes, values: tuple[tuple[str, str], ...], name: str) -> RenderedFrame:
    """Kept for the next build of a running process: a frame changes less often than a text."""
    from lxml import etree

    raw, issues, changed = checked_frame(frame, name)
    if has_errors(issues):
        raise Refused(*issues)
    parts = _filled(raw, dict(values), name)
    root = etree.fromstring(parts[MAIN])
    slots = _slot_paragraphs(root)
    if BODY not in slots:
        # A condition has left it out.
        raise Refused(Issue("frame.no-slot", Place(name)))
    extras = reader(MAIN, parts)
    paragraphs = tuple(
        FrameParagraph(
            text_of(paragraph),
            next((slot for slot, p in slots.items() if p is paragraph), ""),
            extras(paragraph),
        )
        for paragraph in story(root)
    )
    for paragraph in slots.values():
        _set_apart(paragraph)
    edges = frame_edges(root, parts, slots[BODY])
    section = _section_after(root, slots[BODY])
    ends = _ends(slots[BODY])
    for slot, paragraph in slots.items():
        mark = etree.ProcessingInstruction("drafter", slot)
        parent = paragraph.getparent()
        if parent is not None:
            parent.replace(paragraph, mark)
    segments, order = _cut(etree.tostring(root, encoding="unicode"))
    return RenderedFrame(
        parts, segments, order, paragraphs, section, ends, edges, issues, changed, stop_of(parts)
    )


def checked_frame(
    frame: bytes, name: str
) -> tuple[Mapping[str, bytes], tuple[Issue, ...], tuple[Changed, ...]]:
    """The parts of a frame with its styles under our ids, what is wrong with it, and its styles that do not look as ours do.

    Raises `Refused` where it cannot be opened.
    """
    if not zipfile.is_zipfile(BytesIO(frame)):
        raise Refused(Issue("frame.not-word", Place(name)))
    from lxml.etree import XMLSyntaxError

    try:
        parts = unzipped(frame)
        if MAIN not in parts:
            raise Refused(Issue("frame.unreadable", Place(name), {"reason": MAIN}))
        parts = dict(with_our_ids(parts))
        return parts, *checked(parts, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, XMLSyntaxError) as error:
        raise Refused(Issue("frame.unreadable", Place(name), {"reason": str(error)})) from error


def _filled(parts: Mapping[str, bytes], values: Mapping[str, str], name: str) -> Mapping[str, bytes]:
    parts = {**parts, **{each: vacated(parts[each], values) for each in _headers(parts)}}
    plain = filled_plainly(parts, values)
    return fitted(_rendered(zipped(parts), values, name) if plain is None else plain)


def filled_headers(parts: Mapping[str, bytes], values: Mapping[str, str], name: str) -> Mapping[str, bytes]:
    """The headers and footers of a frame's parts that have tags, filled as `render` fills them. Raises `Refused`."""
    few = {each: vacated(parts[each], values) for each in _headers(parts)}
    plain = filled_plainly(few, values)
    if plain is None:
        # A condition or a tag in pieces is docxtpl's, which renders the frame as a whole.
        whole = _filled(parts, {**values, **_MARKS}, name)
        return {each: whole[each] for each in few}
    return fitted(plain)


def _headers(parts: Mapping[str, bytes]) -> tuple[str, ...]:
    """The headers and footers that have tags."""
    kinds = {relationship_type("header"), relationship_type("footer")}
    names = {resolved(MAIN, each.target) for each in relations(parts, MAIN) if each.type in kinds}
    return tuple(sorted(name for name in names if b"{" in parts.get(name, b"")))


def _rendered(frame: bytes, values: Mapping[str, str], name: str) -> dict[str, bytes]:
    """The same through docxtpl, which knows conditions, loops and tags in pieces."""
    import jinja2
    from docx.opc.exceptions import PackageNotFoundError
    from docxtpl import DocxTemplate
    from lxml.etree import XMLSyntaxError

    out = BytesIO()
    try:
        template = DocxTemplate(BytesIO(frame))
        template.render(dict(values), jinja_env=environment())
        template.save(out)
    except (jinja2.TemplateError, ArithmeticError, AttributeError, TypeError, RecursionError) as error:
        # The tags have been read one by one before: what is left is how they work together.
        raise Refused(Issue("frame.together", Place(name))) from error
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, XMLSyntaxError) as error:
        raise Refused(Issue("frame.unreadable", Place(name), {"reason": str(error)})) from error
    return unzipped(out.getvalue())


def _set_apart(slot: Element) -> None:
    """A section that ends in a slot's own paragraph ends in one of its own behind it, because the slot's goes."""
    section = slot.find(f"{w('pPr')}/{_SECTION}")
    if section is None:
        return
    from lxml import etree

    paragraph = etree.Element(_PARAGRAPH)
    etree.SubElement(paragraph, w("pPr")).append(section)
    slot.addnext(paragraph)


def story(root: Element) -> Iterator[Element]:
    """The paragraphs of a part in order, those of text boxes left out: they stand inside a paragraph, not beside it."""
    for paragraph in root.iter(_PARAGRAPH):
        if next(paragraph.iterancestors(w("txbxContent")), None) is None:
            yield paragraph


def _slot_paragraphs(root: Element) -> dict[str, Element]:
    out: dict[str, Element] = {}
    for paragraph in root.iter(_PARAGRAPH):
        text = text_of(paragraph)
        for slot, mark in _MARKS.items():
            if mark in text:
                out[slot] = paragraph
    return out


def _section_after(root: Element, slot: Element) -> Section:
    """The properties of the section that `slot` stands in are the next that follow it."""
    seen = False
    for element in root.iter(_PARAGRAPH, _SECTION):
        if element is slot:
            seen = True
        elif seen and element.tag == _SECTION:
            return _section(root, element)
    return Section("<w:sectPr/>", 8845, 12756, "<w:sectPr/>", "\0")


def _section(root: Element, element: Element) -> Section:
    xml = _plain(root, element)
    size, margins, numbers = (element.find(w(name)) for name in ("pgSz", "pgMar", "pgNumType"))
    start = "" if numbers is None else numbers.get(w("start"), "")
    start = f' w:start="{start}"' if start else "\0"
    if size is None or margins is None:
        return Section(xml, 8845, 12756, xml, start)
    wide, high = size.get(w("w"), "11906"), size.get(w("h"), "16838")
    lies = size.get(w("orient"))
    sides = {side: margins.get(w(side), "0") for side in _TURNED}
    left, right, top, bottom = (abs(int(sides[side])) for side in ("left", "right", "top", "bottom"))
    size.set(w("w"), high)
    size.set(w("h"), wide)
    size.set(w("orient"), "landscape")
    for side, from_side in _TURNED.items():
        margins.set(w(side), sides[from_side])
    foot = margins.get(w("footer"))
    if foot is not None:
        margins.set(w("footer"), str(max(right - bottom + int(foot), _EDGE)))
    turned = _plain(root, element)
    if foot is not None:
        margins.set(w("footer"), foot)
    size.set(w("w"), wide)
    size.set(w("h"), high)
    if lies is None:
        del size.attrib[w("orient")]
    else:  # a frame that lies across already: without the word printers lay it on a sheet of that breadth
        size.set(w("orient"), lies)
    for side, value in sides.items():
        margins.set(w(side), value)
    return Section(xml, int(wide) - left - right, int(high) - top - bottom, turned, start)


_TURNED = {"top": "left", "right": "top", "bottom": "right", "left": "bottom"}
"""The margin of a turned page, and the one of the upright page that it is."""

_EDGE = 284
"""Twips below a footer that printers cannot do without. Elsewhere the number of a turned page stands as far below its text as that of an upright one."""


def _plain(root: Element, element: Element) -> str:
    from lxml import etree

    xml = etree.tostring(element, encoding="unicode", with_tail=False)
    # Every namespace is declared at the root, under which this is put back.
    for prefix, uri in root.nsmap.items():
        xml = xml.replace(f' xmlns:{prefix}="{uri}"' if prefix else f' xmlns="{uri}"', "")
    return xml


def _ends(slot: Element) -> bool:
    following = [each for each in slot.itersiblings() if isinstance(each.tag, str)]
    parent = slot.getparent()
    inside = parent is not None and parent.tag == w("body")
    return inside and [each.tag for each in following] == [_SECTION]


def _cut(xml: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    segments, order = [], []
    first, *rest = xml.split("<?drafter ")
    segments.append(first)
    for part in rest:
        slot, _, after = part.partition("?>")
        order.append(slot)
        segments.append(after)
    return tuple(segments), tuple(order)
