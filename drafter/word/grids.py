"""A table to be printed as the XML of a Word file, and a frame filled with what stands for its slots, for papers that are no plan's text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from drafter.ooxml.grid import Cell, Column, Grid, Look, Row, Words, lines, plain, shown
from drafter.ooxml.xml import attribute, escaped
from drafter.source.frozen import dataclass
from drafter.source.issues import Outcome, Refused
from drafter.word.assembling import Texts, assembled, first_numbers
from drafter.word.facts import BODY, tag_values
from drafter.word.frame import RenderedFrame, render
from drafter.word.lines import Asides
from drafter.word.lists import Lists
from drafter.word.public import stripped
from drafter.word.styles import STANDARD
from drafter.workspace.profile import Profile

_LOOKS = {
    Look.PLAIN: "",
    Look.STRUCK: '<w:strike/><w:color w:val="FF0000"/>',
    Look.ADDED: '<w:b/><w:bCs/><w:u w:val="single"/>',
}
_LEFT = '<w:jc w:val="left"/>'
_HEAD, _WHOLE = "<w:cantSplit/><w:tblHeader/>", "<w:cantSplit/>"
_CHARACTER = 210
"""Twips of a character of 五号, in which tables are set."""
_MARGIN = 216
"""Twips that a cell keeps free at both sides together."""
_PITCH = 320
"""Twips of a line of a table."""
_MOST_LINES = 15
"""Lines of a row that is kept on one page: a longer one would leave most of a page white, and none may be longer than a page."""


@dataclass(frozen=True, slots=True)
class Framed:
    """The frame that a paper is put into: its bytes, its file for messages, the facts that it prints, and what its text is set in."""

    frame: bytes
    name: str
    facts: Mapping[str, str]
    profile: Profile = STANDARD


Slots = Callable[[RenderedFrame], Mapping[str, str]]
"""The XML of each slot, once it is known how broad the frame's text is."""


def document(framed: Framed, title: str, grid: Grid) -> Outcome[bytes]:
    """A table in a frame: the sentences, the table, the sentences below. None where the frame cannot be used; `title` is the file's own."""

    def slots(rendered: RenderedFrame) -> Mapping[str, str]:
        return {BODY: body(grid, rendered.section.width)}

    return filled(framed, title, slots)


def filled(framed: Framed, title: str, slots: Slots) -> Outcome[bytes]:
    """A frame with the XML of its slots; those that `slots` does not name are left empty. It carries no id, so that nobody collects it as a copy."""
    facts = framed.facts
    try:
        rendered = render(framed.frame, tag_values(facts, facts.get("名称", "")), framed.name)
    except Refused as refused:
        return Outcome(None, refused.issues)
    given = slots(rendered)
    between = (*(given.get(slot, "") for slot in rendered.slots), "")
    main = "".join(part for pair in zip(rendered.segments, between, strict=True) for part in pair)
    first_list, first_note = first_numbers(rendered.parts)
    texts = Texts((main,), [], title, facts.get("稿次", ""), facts.get("编制单位", ""), facts.get("日期", ""))
    data, _, _ = assembled(rendered, texts, Lists(framed.profile, first_list), Asides(first_note))
    return Outcome(stripped(data), rendered.issues)


def body(grid: Grid, width: int) -> str:
    """The sentences, the table of `width` twips, the sentences below it."""
    above = "".join(paragraph("GwBody", plain(each)) for each in grid.above)
    below = "".join(paragraph("GwNote", plain(each)) for each in grid.below)
    gap = paragraph("GwGap", ())
    return f"{above}{gap if above else ''}{table(grid, width)}{below}{gap}"


def table(grid: Grid, width: int) -> str:
    """The table alone."""
    widths = [width * column.share // 100 for column in grid.columns]
    widths[-1] += width - sum(widths)
    cells = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths)
    heads = [paragraph("GwTblHead", plain(column.head)) for column in grid.columns]
    rows = "".join(_row(row, grid, widths) for row in grid.rows)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="GwTable"/><w:tblW w:w="{width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblCaption w:val="{attribute(grid.title)}"/></w:tblPr>'
        f"<w:tblGrid>{cells}</w:tblGrid>{_written(heads, widths, _HEAD)}{rows}</w:tbl>"
    )


def _row(row: Row, grid: Grid, widths: Sequence[int]) -> str:
    if len(row.cells) == 1 < len(widths):
        # With the head of the next row, so that no page ends in it.
        text = paragraph("GwTblHead", shown(row.cells[0]), _LEFT)
        span = f'<w:tcW w:w="{sum(widths)}" w:type="dxa"/><w:gridSpan w:val="{len(widths)}"/>'
        return f"<w:tr><w:trPr>{_WHOLE}</w:trPr><w:tc><w:tcPr>{span}</w:tcPr>{text}</w:tc></w:tr>"
    look = _WHOLE if grid.unbroken and _height(row.cells, widths) <= _MOST_LINES else ""
    if grid.blank:
        look += f'<w:trHeight w:val="{grid.blank * _PITCH}" w:hRule="atLeast"/>'
    cells = (_cell(cell, column) for cell, column in zip(row.cells, grid.columns, strict=True))
    return _written(cells, widths, look)


def _written(cells: Iterable[str], widths: Sequence[int], look: str) -> str:
    written = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        for width, cell in zip(widths, cells, strict=True)
    )
    return f"<w:tr>{f'<w:trPr>{look}</w:trPr>' if look else ''}{written}</w:tr>"


def _cell(cell: Cell, column: Column) -> str:
    look = "" if column.centred else _LEFT
    return "".join(paragraph("GwTbl", line, look) for line in lines(shown(cell)))


def _height(cells: Sequence[Cell], widths: Sequence[int]) -> int:
    """About how many lines a row takes."""
    return max(
        sum(-(-max(_length(line), 1) * _CHARACTER // (width - _MARGIN)) for line in lines(shown(cell)))
        for cell, width in zip(cells, widths, strict=True)
    )


def _length(line: Iterable[Words]) -> int:
    return sum(len(words.text) for words in line)


def paragraph(style: str, words: Iterable[Words], look: str = "") -> str:
    """A paragraph of a style; `look` are its properties behind it."""
    runs = "".join(_run(each) for each in words if each.text)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{look}</w:pPr>{runs}</w:p>'


def _run(words: Words) -> str:
    look = f'<w:rFonts w:hint="eastAsia"/>{_LOOKS[words.look]}'
    text = escaped(words.text).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
