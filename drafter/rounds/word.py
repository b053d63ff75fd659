"""The table to be filled in as a Word file, in a frame that an office may edit: results are chosen from a list, stamps are hidden words behind the ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from drafter.ooxml.grid import Words, lines, plain
from drafter.ooxml.xml import attribute, escaped
from drafter.rounds.sheet import RESULTS, Handout, Head, Line, contents, stamp
from drafter.source.issues import Outcome
from drafter.word.facts import BODY
from drafter.word.frame import RenderedFrame
from drafter.word.grids import Framed, filled, paragraph

SHARES: Mapping[Head, int] = MappingProxyType(
    {
        Head.ID: 6, Head.WHO: 8, Head.PLACE: 10, Head.ORIGINAL: 11, Head.SAID: 19, Head.OFFICE: 8, Head.DECISION: 7, Head.ADOPTED: 10,
        Head.REASON: 10, Head.CONTACT: 6, Head.BY: 5,
    }
)  # fmt: skip
"""The columns with their shares of the breadth, in parts of a hundred."""

CHOOSE = "请选"
"""Stands where a result is to be chosen."""

_SHORT = 8  # characters of a hundredth of the breadth in a dozen lines
_WHOLE = "<w:trPr><w:cantSplit/></w:trPr>"
_LEFT = '<w:jc w:val="left"/>'
_HIDDEN = '<w:r><w:rPr><w:vanish/></w:rPr><w:t xml:space="preserve"> {}</w:t></w:r>'


def document(handout: Handout, framed: Framed) -> Outcome[bytes]:
    """The bytes of the Word file; none where the frame cannot be used."""

    def slots(rendered: RenderedFrame) -> Mapping[str, str]:
        above = "".join(paragraph("GwBody", plain(each)) for each in handout.above)
        return {BODY: f"{above}{_table(handout, rendered.section.width)}{paragraph('GwGap', ())}"}

    return filled(framed, handout.title, slots)


def _table(handout: Handout, width: int) -> str:
    widths = [width * share // 100 for share in SHARES.values()]
    widths[-1] += width - sum(widths)
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths)
    heads = [
        _stamped(paragraph("GwTblHead", plain(head)), contents(handout) if head is Head.ID else "")
        for head in SHARES
    ]
    told = (_told(line) for line in handout.lines)
    rows = "".join(
        _row(_cells(handout.plan, line, number), widths, _WHOLE if _is_short(line) else "")
        for number, line in enumerate(told, 1)
    )
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="GwTable"/><w:tblW w:w="{width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblCaption w:val="{attribute(handout.title)}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{_row(heads, widths, '<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>')}{rows}</w:tbl>"
    )


def _is_short(line: Line) -> bool:
    """Whether a row is kept on one page: a long one would leave most of a page white, and none may be longer than a page."""
    return all(
        len(line.cells[head]) + 12 * line.cells[head].count("\n") <= _SHORT * share
        for head, share in SHARES.items()
    )


def _row(cells: Iterable[str], widths: Iterable[int], look: str = "") -> str:
    written = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        for width, cell in zip(widths, cells, strict=True)
    )
    return f"<w:tr>{look}{written}</w:tr>"


def _told(line: Line) -> Line:
    """A line with one column less: what stands beside an opinion is told below it."""
    beside = line.cells[Head.BESIDE].replace("\n", "，")
    said = f"{line.cells[Head.SAID]}\n（{beside}）" if beside else line.cells[Head.SAID]
    return Line(line.id, MappingProxyType({**line.cells, Head.SAID: said}))


def _cells(plan: str, line: Line, number: int) -> Iterable[str]:
    for head in SHARES:
        if head is Head.DECISION:
            yield _chosen(line.cells[head], number)
            continue
        look = "" if head is Head.ID else _LEFT
        first, *others = (paragraph("GwTbl", each, look) for each in lines((Words(line.cells[head]),)))
        mark = stamp(plan, line, tuple(SHARES)) if head is Head.ID else ""
        yield "".join((_stamped(first, mark), *others))


def _stamped(text: str, mark: str) -> str:
    """A paragraph with hidden words at its end."""
    return text.removesuffix("</w:p>") + _HIDDEN.format(escaped(mark)) + "</w:p>" if mark else text


def _chosen(result: str, number: int) -> str:
    """The cell of a result: a list to choose from."""
    items = "".join(f'<w:listItem w:displayText="{each}" w:value="{each}"/>' for each in RESULTS)
    empty = "" if result else "<w:showingPlcHdr/>"
    properties = (
        f'<w:alias w:val="{Head.DECISION}"/><w:tag w:val="decision"/><w:id w:val="{number}"/>{empty}'
        f"<w:dropDownList>{items}</w:dropDownList>"
    )
    run = f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>{escaped(result or CHOOSE)}</w:t></w:r>'
    control = f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{run}</w:sdtContent></w:sdt>"
    return f'<w:p><w:pPr><w:pStyle w:val="GwTbl"/></w:pPr>{control}</w:p>'
