"""What objects are: pictures by the checksum of their bytes, formulas, charts and diagrams by their words, embedded files by their program."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from drafter.ooxml.normal import Element
from drafter.ooxml.reading import Binary
from drafter.picture.model import Change, Revision, Thing
from drafter.picture.names import RELATION, M, w

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_V, _O = "{urn:schemas-microsoft-com:vml}", "{urn:schemas-microsoft-com:office:office}"
_R = RELATION.removesuffix("id")
_BOX = w("txbxContent")
_GONE = frozenset((Change.DELETED, Change.MOVED_FROM))
_NEW = frozenset((Change.INSERTED, Change.MOVED_TO))
_CHANGES = {w(change.value): change for change in Change}
_POINT = 12700  # EMU
_LENGTH = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]+)\s*(pt|in|cm|mm|px)?")
_UNITS = {"pt": _POINT, "in": 914400, "cm": 360000, "mm": 36000, "px": 9525, "": 9525}


class Links:
    """Where the relationships of a part lead: to other XML, read when asked for, and to what is no XML."""

    def __init__(
        self,
        targets: Callable[[], Mapping[str, str]],
        binaries: Mapping[str, Binary],
        xml: Callable[[str], Element | None],
    ) -> None:
        self._targets = targets
        self._found: Mapping[str, str] | None = None
        self._binaries = binaries
        self._xml = xml

    def _target(self, id_: str | None) -> str:
        if self._found is None:
            self._found = self._targets()
        return self._found.get(id_ or "", "")

    def binary(self, id_: str | None) -> Binary | None:
        """What is no XML."""
        return self._binaries.get(self._target(id_))

    def words(self, id_: str | None) -> str:
        """The words of a chart or diagram."""
        name = self._target(id_)
        root = self._xml(name) if name else None
        if root is None:
            return ""
        return " ".join(
            filter(None, (str(each.text or "").strip() for each in root.iter(f"{_A}t", f"{_C}v")))
        )


NO_LINKS = Links(dict, {}, lambda _: None)


def thing_of(element: Element, links: Links, revised: Callable[[Element, Change], Revision]) -> Thing:
    """What the object is; `revised` makes a revision of the element of a tracked change."""
    if element.tag == f"{M}oMath":
        return _formula(element, revised)
    parts = list(_outside(element))
    boxes = [each for each in parts if each.tag == _BOX]
    words, before = ("\n".join(filter(None, (boxed(box, gone) for box in boxes))) for gone in (_GONE, _NEW))
    across, down = _extent(parts)
    kind, own, id_ = _other(parts, links)
    pictures = [_binary(each, links) for each in parts if each.tag in _SHOWN] if kind == "drawing" else []
    if pictures:
        first = pictures[0]
        cropped = any(_is_cropped(each) for each in parts if each.tag == f"{_A}srcRect")
        id_ = "+".join(each.id for each in pictures)
        return Thing("picture", id_, first.form, across, down, first.pixels, cropped, words, before)
    if kind == "drawing" and any(each.tag == _BOX for each in parts):
        return Thing("box", across=across, down=down, words=words, before=before)
    return Thing(kind, id_, across=across, down=down, words=own or words, before=own or before)


_SHOWN = (f"{_A}blip", f"{_V}imagedata")
_OLE = f"{_O}OLEObject"
_UNKNOWN = Binary("?")


def _outside(element: Element) -> Iterator[Element]:
    """The element and what stands in it, without what is inside a box: that hangs on the box's own paragraphs."""
    waiting = [element]
    while waiting:
        one = waiting.pop()
        if isinstance(one.tag, str):
            yield one
            if one.tag != _BOX:
                waiting += reversed(one)


def known_by(thing: Thing) -> str:
    """What is kept of an object to know it again: of a picture its bytes and sizes, else what it says."""
    if thing.kind != "picture":
        return thing.before
    return f"{thing.id} {thing.across} {thing.down} {thing.pixels[0]} {thing.pixels[1]} {thing.form}"


def boxed(box: Element, dropped: frozenset[Change]) -> str:
    """The words of a box and of those inside it, a line for each paragraph, without those that such changes say are not there."""
    lines = [""]
    waiting = [box]
    while waiting:
        one = waiting.pop()
        if one.tag in _TEXTS:
            lines[-1] += one.text or ""
        elif _CHANGES.get(one.tag) not in dropped:
            if one.tag == w("p"):
                lines.append("")
            waiting += reversed(one)
    return "\n".join(line for line in lines if line)


_TEXTS = (w("t"), w("delText"))


def _binary(shown: Element, links: Links) -> Binary:
    for name in ("embed", "id", "link"):
        found = links.binary(shown.get(f"{_R}{name}"))
        if found is not None:
            return found
    return _UNKNOWN


def _formula(element: Element, revised: Callable[[Element, Change], Revision]) -> Thing:
    changes = [(each, _CHANGES[each.tag]) for each in element.iter(*_CHANGES)]
    if not changes:
        words = _math(element, frozenset())
        return Thing("formula", words=words, before=words)
    before, after = _math(element, _NEW), _math(element, _GONE)
    revisions = tuple(revised(each, change) for each, change in changes)
    return Thing("formula", words=after, before=before, revisions=revisions)


def _math(element: Element, dropped: frozenset[Change]) -> str:
    """The signs of a formula in order, without how they are built."""
    kept = (child for child in element if _CHANGES.get(child.tag) not in dropped)
    return "".join(child.text or "" if child.tag == f"{M}t" else _math(child, dropped) for child in kept)


def _extent(parts: Sequence[Element]) -> tuple[int, int]:
    """Breadth and height in EMU."""
    for each in parts:
        if each.tag == f"{_WP}extent":
            return _number(each.get("cx")), _number(each.get("cy"))
    for each in parts:
        if each.get("style") and str(each.tag).startswith(_V):
            sizes = {
                side: float(size) * _UNITS[unit]
                for side, size, unit in _LENGTH.findall(each.get("style", ""))
            }
            return round(sizes.get("width", 0)), round(sizes.get("height", 0))
    return 0, 0


def _number(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdecimal() else 0


def _is_cropped(rectangle: Element) -> bool:
    return any(_number(str(value).lstrip("-")) for value in rectangle.attrib.values())


def _other(parts: Sequence[Element], links: Links) -> tuple[str, str, str]:
    """The kind, words and id of what is more than a picture, or none."""
    for each in parts:
        local = each.tag.rpartition("}")[2]
        if local == "contentPart":
            return "ink", "", ""
        if each.tag == f"{_C}chart":
            return "chart", links.words(each.get(RELATION)), ""
        if each.tag == f"{_DGM}relIds":
            return "diagram", links.words(each.get(f"{_R}dm")), ""
        if each.tag == _OLE:
            binary = links.binary(each.get(RELATION))
            return "embedded", each.get("ProgID", ""), binary.id if binary else ""
        if each.tag == w("control"):
            return "control", each.get(w("name"), ""), ""
        if each.tag == f"{_V}textpath" and each.get("string"):
            return "wordart", each.get("string", ""), ""
    return "drawing", "", ""


def tracked_field(before: str, words: str, revisions: tuple[Revision, ...]) -> Thing:
    """A field of which the result was changed with tracking."""
    return Thing("field", words=words, before=before, revisions=revisions)


def chunk_of(element: Element, links: Links) -> Thing:
    """A document that was put into this one as a whole."""
    binary = links.binary(element.get(RELATION))
    return Thing("chunk", binary.id if binary else "")
