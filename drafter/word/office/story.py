"""The text of any Word file as blocks in order: paragraphs with their looks, tables with their rows; nothing is changed in it.

A content control counts as what stands in it. Deleted text is no text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from drafter.ooxml.normal import Element
from drafter.ooxml.xml import w
from drafter.source.frozen import dataclass
from drafter.word.looks import Appearance, Properties, Stylesheet, own_properties, own_text, whole

_WRAPPERS = frozenset(map(w, ("sdt", "sdtContent", "smartTag", "customXml", "ins", "moveTo")))
_CHINESE = ("chinese", "japanese", "taiwanese", "ideograph")


class Paragraph:
    """A paragraph: its text, the number that a list puts before it, and how it looks."""

    def __init__(self, element: Element, file: File) -> None:
        self.element, self.file = element, file

    @cached_property
    def text(self) -> str:
        """Its words, blanks at the ends left out."""
        return own_text(self.element).strip()

    @cached_property
    def style(self) -> str:
        """The id of its style."""
        mark = self.element.find(f"{w('pPr')}/{w('pStyle')}")
        style = "" if mark is None else mark.get(w("val"), "")
        return style if style in self.file.sheet.entries else self.file.sheet.normal

    @cached_property
    def style_name(self) -> str:
        """What Word calls its style."""
        entry = self.file.sheet.entries.get(self.style)
        return entry.name if entry else ""

    @cached_property
    def by_hand(self) -> Properties:
        """What is set in it beside its style: in the paragraph, and in the run with most of its words."""
        runs = [run for run in self.element.iter(w("r")) if _owner(run) is self.element]
        longest = max(runs, key=_length, default=None)
        out = dict(own_properties(self.element))
        if longest is not None:
            mark = longest.find(f"{w('rPr')}/{w('rStyle')}")
            entry = None if mark is None else self.file.sheet.entries.get(mark.get(w("val"), ""))
            out |= {**(entry.own if entry else {}), **own_properties(longest)}
        return out

    @cached_property
    def look(self) -> Appearance:
        """How it looks."""
        return self.file.sheet.appearance(self.style, self.by_hand)

    @cached_property
    def label(self) -> str:
        """The shape of the number that its list puts before it (`第一章`), empty where it has none."""
        number, level = self._list()
        return self.file.numbers.get((number, level), "")

    def _list(self) -> tuple[str, int]:
        own = self.element.find(f"{w('pPr')}/{w('numPr')}")
        level = 0
        if own is not None:
            id, depth = own.find(w("numId")), own.find(w("ilvl"))
            level = 0 if depth is None else whole(depth.get(w("val"), "0"))
            if id is not None:
                return id.get(w("val"), ""), level
        linked = self.file.sheet.numbered(self.style)
        return linked, self.file.levels.get((linked, self.style), level)

    @property
    def ends_section(self) -> Element | None:
        """The properties of the section that ends in it."""
        return self.element.find(f"{w('pPr')}/{w('sectPr')}")

    @property
    def breaks_page(self) -> bool:
        """Whether a new page begins in it or before it."""
        return self.file.sheet.effective(self.style, own_properties(self.element)).get(
            "p.pageBreakBefore"
        ) == "1" or any(each.get(w("type")) == "page" for each in self.element.iter(w("br")))


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its rows of cells of paragraphs."""

    element: Element
    rows: tuple[tuple[tuple[Paragraph, ...], ...], ...]

    @property
    def text(self) -> str:
        """What stands in its first cell."""
        cell = self.rows[0][0] if self.rows and self.rows[0] else ()
        return "".join(paragraph.text for paragraph in cell)

    @property
    def columns(self) -> int:
        """The cells of its widest row."""
        return max((len(row) for row in self.rows), default=0)


Block = Paragraph | Table


class File:
    """One Word file: its styles, lists and blocks. `numbers` are the shapes of labels by list and level."""

    def __init__(
        self, main: Element, styles: Element | None, numbering: Element | None, theme: Element | None
    ) -> None:
        self.main = main
        self.sheet = Stylesheet(styles, theme)
        self.numbers, self.levels = _lists(numbering)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The paragraphs and tables of the document itself, in order."""
        body = self.main.find(w("body"))
        return () if body is None else tuple(self._blocks(body))

    def _blocks(self, owner: Element) -> Iterator[Block]:
        for child in owner:
            if child.tag == w("p"):
                yield Paragraph(child, self)
            elif child.tag == w("tbl"):
                yield self._table(child)
            elif child.tag in _WRAPPERS:
                yield from self._blocks(child)

    def _table(self, element: Element) -> Table:
        rows = []
        for row in element.iterfind(f".//{w('tr')}"):
            if next(row.iterancestors(w("tbl")), None) is element:
                cells = [
                    cell
                    for cell in row.iterfind(f".//{w('tc')}")
                    if next(cell.iterancestors(w("tr")), None) is row
                ]
                rows.append(tuple(tuple(self.paragraphs(cell)) for cell in cells))
        return Table(element, tuple(rows))

    def paragraphs(self, owner: Element) -> Iterator[Paragraph]:
        """Every paragraph below an element, those of its text boxes too."""
        yield from (Paragraph(each, self) for each in owner.iter(w("p")))


def _owner(run: Element) -> Element | None:
    return next(run.iterancestors(w("p")), None)


def _length(run: Element) -> int:
    return sum(len(text.text or "") for text in run.iterfind(w("t")))


def _lists(numbering: Element | None) -> tuple[Mapping[tuple[str, int], str], Mapping[tuple[str, str], int]]:
    """Shapes of labels by list and level, and levels by list and style."""
    shapes: dict[tuple[str, int], str] = {}
    levels: dict[tuple[str, str], int] = {}
    if numbering is None:
        return shapes, levels
    abstract = {each.get(w("abstractNumId"), ""): each for each in numbering.findall(w("abstractNum"))}
    for number in numbering.findall(w("num")):
        id, target = number.get(w("numId"), ""), number.find(w("abstractNumId"))
        owner = abstract.get("" if target is None else target.get(w("val"), ""))
        for level in () if owner is None else owner.findall(w("lvl")):
            depth = whole(level.get(w("ilvl"), "0"))
            shapes[id, depth] = _shape(level, depth)
            style = level.find(w("pStyle"))
            if style is not None:
                levels[id, style.get(w("val"), "")] = depth
    return shapes, levels


def _shape(level: Element, depth: int) -> str:
    text, form = level.find(w("lvlText")), level.find(w("numFmt"))
    pattern = "" if text is None else text.get(w("val"), "")
    kind = "" if form is None else form.get(w("val"), "")
    if kind in {"bullet", "none"}:
        return ""
    one = "一" if kind.startswith(_CHINESE) else "1"
    return pattern.replace(f"%{depth + 1}", one).replace("%", "")
