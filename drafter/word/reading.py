"""A reading copy: the same text with its 段号 in the margin, room for notes on the right and larger type.

Made from the finished document.xml of the ordinary copy, so that both say the same and have the same bookmarks and 段号. A number is a
text box at the beginning of its paragraph, or a cell of its own before a table's row: never a part of anybody's text. `review.margins` takes
both away again from a copy that comes back. Distances in twips, sizes in half-points.
"""

from __future__ import annotations

from collections.abc import Iterable

from drafter.ooxml.normal import Element
from drafter.ooxml.xml import R, W, escaped, w
from drafter.source.frozen import dataclass
from drafter.word.anchors import PREFIX, Anchor
from drafter.word.annexes import stops
from drafter.word.larger import NUMBER_STYLE, larger, larger_indent
from drafter.word.styles import MIDDLE

LEGEND = (
    "段号：3.2-14是第三章第二节第14段，表的第3行写3.2-14/3，附件1写附1.0-2。打电话、写意见，说段号就能找到。"
)
"""Stands beside the first paragraph of the text, for those who never saw a 段号."""

NUMBER = 1134  # breadth of a number in the margin, 20 mm: 附10.0-12
_GAP = 142  # between a number and the text
_LEFT, _RIGHT = 1814, 3118  # margins of an upright page: 32 mm for numbers, 55 mm for notes
_BINDING = 400  # what notes leave free at the edge of the sheet
_BORDER = 'w:val="single" w:sz="8" w:space="4" w:color="auto"'
_EMU = 635
_FIRST_BOX = 100_000  # ids of text boxes, far from those of pictures
_HIGH = 2400  # of the legend, where nothing else stands
_SMALL = 400  # a line in a box
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def reading_copy(main: str, anchors: Iterable[Anchor], line: int) -> str:
    """document.xml as a reading copy has it; `main` is that of the ordinary copy, `anchors` what was written there, `line` its line in twips."""
    from lxml import etree

    root = etree.fromstring(main.encode())
    body = root.find(w("body"))
    if body is not None:
        _Copy(body, anchors, line).make()
    return etree.tostring(root, encoding="unicode")


@dataclass(frozen=True, slots=True)
class _Page:
    """The section that a paragraph stands in: where its text begins on the sheet, and how broad it is."""

    left: int
    width: int
    sheet: int


@dataclass(frozen=True, slots=True)
class _Beside:
    """Words beside a paragraph: how far from the edge of the sheet, how broad, and how high their line is, 0 for several of their own height."""

    text: str
    across: int
    width: int
    line: int = 0


class _Copy:
    """One document being turned into a reading copy."""

    def __init__(self, body: Element, anchors: Iterable[Anchor], line: int) -> None:
        self.body = body
        self.line = line
        self.named: dict[str, Anchor] = {}
        for anchor in anchors:
            if anchor.name:
                self.named.setdefault(anchor.name, anchor)
        self.told: set[str] = set()
        self.pages: dict[Element, _Page] = {}
        self.legend = False
        self.boxes = _FIRST_BOX

    def make(self) -> None:
        """Boxes opened, pages widened, numbers put beside what they number."""
        for table in list(self.body.iter(w("tbl"))):
            if _style(table.find(w("tblPr")), "tblStyle") == "GwBoxTable":
                _open_box(table)
        self._sections()
        for child, page in list(self.pages.items()):
            if child.tag == w("tbl"):
                self._rows(child)
            elif child.tag == w("p"):
                self._paragraph(child, page)

    def _sections(self) -> None:
        """The page of each block of the text; the frame's own sections, which have none of it, stay as they are."""
        waiting: list[Element] = []
        for child in self.body:
            waiting.append(child)
            section = child if child.tag == w("sectPr") else child.find(f"{w('pPr')}/{w('sectPr')}")
            if section is not None:
                if any(self._names(each) for each in waiting):
                    page = _widened(section)
                    self.pages |= dict.fromkeys(waiting, page)
                waiting = []

    def _names(self, element: Element) -> list[str]:
        found = (mark.get(w("name"), "") for mark in element.iter(w("bookmarkStart")))
        return [name for name in found if name.startswith(PREFIX) and name in self.named]

    def _paragraph(self, paragraph: Element, page: _Page) -> None:
        _larger_indents(paragraph)
        if _style(paragraph.find(w("pPr")), "pStyle") == "GwAnnex":
            _middle(paragraph, page.width)
        _smaller_pictures(paragraph, page.width)
        number = next((self.named[name].number for name in self._names(paragraph)), "")
        kind = next((self.named[name].kind for name in self._names(paragraph)), "")
        # A chapter or 节 says itself what it is; the number of a table stands beside its first row.
        if not number or number.endswith("-0") or kind in {"caption", "note"} or number in self.told:
            return
        self.told.add(number)
        if not self.legend:
            self.legend = True
            beside = page.left + page.width + 2 * _GAP
            room = max(page.sheet - beside - _BINDING, 0)
            if room >= NUMBER:
                self._beside(paragraph, _Beside(LEGEND, beside, room))
        line = _SMALL if kind in {"box", "title"} else self.line
        self._beside(paragraph, _Beside(number, page.left - _GAP - NUMBER, NUMBER, larger(line)))

    def _beside(self, paragraph: Element, words: _Beside) -> None:
        """A text box at the height of the paragraph's first line, before anything else of it."""
        self.boxes += 1
        paragraph.insert(int(paragraph.find(w("pPr")) is not None), _boxed(words, self.boxes))

    def _rows(self, table: Element) -> None:
        """A column of numbers in the margin before a table: its own beside the first row, `/r` beside row r."""
        rows = table.findall(w("tr"))
        numbers = [next((self.named[name].number for name in self._names(row)), "") for row in rows]
        whole = next((number.partition("/")[0] for number in numbers if number), "")
        if not whole:
            return
        self.told.add(whole)
        for place, (row, number) in enumerate(zip(rows, numbers, strict=True)):
            own = whole if place == 0 else number.removeprefix(whole) if "/" in number else ""
            first = next(iter(row.iterchildren(w("tc"))), None)
            if first is not None:
                first.addprevious(_number_cell(own))
        _with_column(table)


def _middle(paragraph: Element, width: int) -> None:
    """The title of an annex stays in the middle of narrower text."""
    look = paragraph.find(w("pPr"))
    tabs = stops(MIDDLE, width)
    if look is not None and tabs and look.find(w("tabs")) is None:
        before = sum(child.tag in {w("pStyle"), w("numPr")} for child in look)
        look.insert(before, _made(tabs))


# -- pages -------------------------------------------------------------------------------------------------------------


def _widened(section: Element) -> _Page:
    """An upright page gets its margins; a turned one needs its breadth for the table."""
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    if size is None or margins is None:
        return _Page(_LEFT, 6974, 11906)
    if size.get(w("orient")) != "landscape":
        margins.set(w("left"), str(_LEFT))
        margins.set(w("right"), str(_RIGHT))
    sheet = int(size.get(w("w"), "11906"))
    left, right = (int(margins.get(w(side), "0")) for side in ("left", "right"))
    return _Page(left, sheet - left - right, sheet)


def _boxed(beside: _Beside, number: int) -> Element:
    """A run with a text box without lines."""
    # In a line as high as that of the text a number stands on the same line as the words beside it.
    look = (
        f'<w:spacing w:line="{beside.line}" w:lineRule="exact"/>' if beside.line else '<w:jc w:val="left"/>'
    )
    text, across = escaped(beside.text), max(beside.across, 1)
    words = f'<w:p><w:pPr><w:pStyle w:val="{NUMBER_STYLE}"/>{look}</w:pPr>{_run(beside.text)}</w:p>'
    size = f'cx="{beside.width * _EMU}" cy="{(beside.line or _HIGH) * _EMU}"'
    return _made(
        f'<w:r><mc:AlternateContent xmlns:mc="{_MC}"><mc:Choice Requires="wps" xmlns:wps="{_WPS}"><w:drawing>'
        f'<wp:anchor xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{number}" behindDoc="0" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{across * _EMU}</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        f'<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/><wp:docPr id="{number}" name="段号 {number}" '
        f'descr="{text}"/><wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_A}"><a:graphicData uri="{_WPS}"><wps:wsp>'
        f'<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{words}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0"><a:noAutofit/></wps:bodyPr></wps:wsp>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )


def _run(text: str) -> str:
    hint = "" if text.isascii() else '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
    return f"<w:r>{hint}<w:t>{escaped(text)}</w:t></w:r>" if text else ""


def _larger_indents(paragraph: Element) -> None:
    for indent in paragraph.iterfind(f"{w('pPr')}/{w('ind')}"):
        larger_indent(indent)


_EXTENTS = (f"{{{_WP}}}extent", f"{{{_A}}}ext")


def _smaller_pictures(paragraph: Element, width: int) -> None:
    for drawing in paragraph.iter(w("drawing")):
        across = next((int(each.get("cx", "0")) for each in drawing.iter(_EXTENTS[0])), 0)
        if across > width * _EMU:
            for each in drawing.iter(*_EXTENTS):
                for side in ("cx", "cy"):
                    each.set(side, str(int(each.get(side, "0")) * width * _EMU // across))


# -- tables and boxes --------------------------------------------------------------------------------------------------


def _number_cell(text: str) -> Element:
    nothing = "".join(f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom"))
    edge = '<w:right w:val="single" w:sz="8" w:space="0" w:color="auto"/>'
    return _made(
        f'<w:tc><w:tcPr><w:tcW w:w="{NUMBER}" w:type="dxa"/><w:tcBorders>{nothing}{edge}</w:tcBorders>'
        '<w:tcMar><w:left w:w="0" w:type="dxa"/></w:tcMar></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{NUMBER_STYLE}"/></w:pPr>{_run(text)}</w:p></w:tc>'
    )


def _with_column(table: Element) -> None:
    """The grid and breadth of a table that has got a column before its first, which stands in the margin."""
    grid = table.find(w("tblGrid"))
    if grid is not None:
        grid.insert(0, _made(f'<w:gridCol w:w="{NUMBER}"/>'))
    width = table.find(f"{w('tblPr')}/{w('tblW')}")
    if width is not None:
        width.set(w("w"), str(int(width.get(w("w"), "0")) + NUMBER))
        indent = table.find(f"{w('tblPr')}/{w('tblInd')}")
        if indent is None:
            indent = _made('<w:tblInd w:w="0" w:type="dxa"/>')
            align = table.find(f"{w('tblPr')}/{w('jc')}")
            (width if align is None else align).addnext(indent)
        indent.set(w("w"), str(int(indent.get(w("w"), "0")) - NUMBER))


def _open_box(table: Element) -> None:
    """A box as bordered paragraphs, because what is anchored in a cell may not leave it: a heading line, sides, and an end."""
    blocks = [
        block
        for cell in table.iter(w("tc"))
        if _nearest(cell) is table
        for block in cell
        if block.tag != w("tcPr")
    ]
    paragraphs = [block for block in blocks if block.tag == w("p")]
    for block in blocks:
        table.addprevious(block)
    for paragraph in paragraphs:
        edges = ["left", "right"]
        if paragraph is paragraphs[0]:
            edges = ["top", "left", "bottom", "right"]
        elif paragraph is paragraphs[-1]:
            edges = ["left", "bottom", "right"]
        _bordered(paragraph, edges, shaded=paragraph is paragraphs[0])
    parent = table.getparent()
    if parent is not None:
        parent.remove(table)


def _nearest(cell: Element) -> Element | None:
    return next(cell.iterancestors(w("tbl")), None)


_BEFORE_BORDERS = frozenset(
    map(w, ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr"))
)


def _bordered(paragraph: Element, edges: Iterable[str], *, shaded: bool) -> None:
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = _made("<w:pPr/>")
        paragraph.insert(0, properties)
    at = sum(child.tag in _BEFORE_BORDERS for child in properties)
    borders = "".join(f"<w:{edge} {_BORDER}/>" for edge in edges)
    properties.insert(at, _made(f"<w:pBdr>{borders}</w:pBdr>"))
    if shaded:
        properties.insert(at + 1, _made('<w:shd w:val="clear" w:color="auto" w:fill="E7E6E6"/>'))


def _style(properties: Element | None, name: str) -> str:
    found = None if properties is None else properties.find(w(name))
    return "" if found is None else found.get(w("val"), "")


def _made(xml: str) -> Element:
    from lxml import etree

    return etree.fromstring(f'<x xmlns:w="{W}" xmlns:r="{R}">{xml}</x>'.encode())[0]
