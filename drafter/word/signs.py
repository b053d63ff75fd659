"""What a paragraph of a frame shows, sign by sign, as `picture` reads it in a file that came back.

Not read with it, because a build has no other use for that room; a test holds that both read alike. A computed field is one U+FFFC, and so
is a drawing; the words of a box that hangs on it belong to the box.
"""

from __future__ import annotations

from collections.abc import Iterator

from drafter.ooxml.normal import Element
from drafter.ooxml.xml import w
from drafter.source.frozen import dataclass
from drafter.word.anchors import OBJECT

_RUN, _BOX, _FIELD, _TEXT = w("r"), w("txbxContent"), w("fldSimple"), w("t")
_ALTERNATIVE, _FALLBACK = (
    f"{{http://schemas.openxmlformats.org/markup-compatibility/2006}}{name}"
    for name in ("AlternateContent", "Fallback")
)
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_SIGNS = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("cr"): "\n",
    w("noBreakHyphen"): "\u2011",
    w("softHyphen"): "\xad",
}
_ART = "{urn:schemas-microsoft-com:vml}textpath"
_DRAWN = frozenset(map(w, ("drawing", "pict", "object")))
_READABLE = frozenset(("TOC", "HYPERLINK", "INDEX", "BIBLIOGRAPHY", "INCLUDETEXT", "ADDIN", "FORMTEXT"))
_HIDDEN = frozenset(("XE", "TC", "TA", "RD", "PRIVATE"))
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def text_of(paragraph: Element, *, drawings: bool = True) -> str:
    """The text of a paragraph, with the signs of its drawings or, without them, the words of a watermark."""
    if paragraph.find(f".//{w('fldChar')}") is None and paragraph.find(f".//{_FIELD}") is None:
        return "".join(_signs(paragraph, drawings=drawings))
    return _Reading(drawings=drawings).whole(paragraph)


def _signs(paragraph: Element, *, drawings: bool) -> Iterator[str]:
    return (_sign(element, drawings=drawings) for element in _shown(paragraph))


def _shown(element: Element) -> Iterator[Element]:
    """What stands in the runs of a paragraph, and its simple fields as wholes."""
    for child in element:
        if child.tag == _RUN:
            yield from _inside(child)
        elif child.tag in (_FIELD, _MATH):
            yield child
        elif child.tag not in (w("pPr"), _BOX, _FALLBACK):
            yield from _shown(child)


def _inside(run: Element) -> Iterator[Element]:
    for child in run:
        if child.tag == _ALTERNATIVE:
            branch = child[0] if len(child) else child
            yield from branch
        else:
            yield child


def _sign(element: Element, *, drawings: bool) -> str:
    if element.tag == _TEXT:
        text = element.text or ""
        return text if element.get(_SPACE) == "preserve" else text.strip(" \t\r\n")
    if element.tag == w("br"):
        return "" if element.get(w("type"), "textWrapping") in ("page", "column") else "\n"
    if element.tag in _DRAWN or element.tag == _MATH:
        return OBJECT if drawings else _art(element)
    return _SIGNS.get(str(element.tag), "")


def _art(element: Element) -> str:
    """The words of a watermark."""
    return next((each.get("string", "") for each in element.iter(_ART) if each.get("string")), "")


@dataclass(slots=True, eq=False)
class _Field:
    """A field that has begun: how much stood before it, its code, and whether its result has begun."""

    start: int
    code: str = ""
    separated: bool = False

    @property
    def kind(self) -> str:
        """The first word of its code."""
        return " ".join(self.code.split()).partition(" ")[0].partition("\\")[0].upper()


class _Reading:
    """A paragraph with fields while it is read."""

    def __init__(self, *, drawings: bool) -> None:
        self.drawings = drawings
        self.out: list[str] = []
        self.open: list[_Field] = []

    def whole(self, paragraph: Element) -> str:
        """Its text."""
        for element in _shown(paragraph):
            if element.tag == w("fldChar"):
                self._mark(element.get(w("fldCharType")) or "")
            elif element.tag == w("instrText"):
                if self.open and not self.open[-1].separated:
                    self.open[-1].code += element.text or ""
            elif element.tag == _FIELD:
                self.open.append(_Field(len(self.out), element.get(w("instr"), ""), separated=True))
                self.out += _signs(element, drawings=self.drawings)
                self._mark("end")
            else:
                self.out.append(_sign(element, drawings=self.drawings))
        return "".join(self.out)

    def _mark(self, kind: str) -> None:
        if kind == "begin":
            self.open.append(_Field(len(self.out)))
        elif self.open and kind == "separate":
            self.open[-1].separated = True
            del self.out[self.open[-1].start :]  # results of fields inside the code are not shown
        elif self.open and kind == "end":
            field = self.open.pop()
            if field.kind in _READABLE and field.separated:
                return
            del self.out[field.start :]
            if field.kind not in _READABLE | _HIDDEN:
                self.out.append(OBJECT)
