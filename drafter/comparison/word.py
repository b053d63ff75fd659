"""The table of changes as a Word file: rows written here, put into a frame that an office may edit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from drafter.comparison.model import Segment, State
from drafter.comparison.sheet import Row, Sheet
from drafter.ooxml.xml import attribute, escaped
from drafter.source.issues import Issue, Outcome, Refused
from drafter.word.assembling import Texts, assembled, first_numbers
from drafter.word.facts import BODY, tag_values
from drafter.word.frame import render
from drafter.word.lines import Asides
from drafter.word.lists import Lists
from drafter.word.public import stripped
from drafter.word.styles import STANDARD

SHARES = (5, 16, 32, 32, 15)
"""The widths of the columns, in parts of a hundred."""

_LOOKS = {
    State.KEPT: "",
    State.DELETED: '<w:strike/><w:color w:val="FF0000"/>',
    State.INSERTED: '<w:b/><w:bCs/><w:u w:val="single"/>',
}
_LEFT = '<w:jc w:val="left"/>'
_HEAD = "<w:trPr><w:tblHeader/></w:trPr>"


def document(sheet: Sheet, frame: bytes, frame_name: str, facts: Mapping[str, str]) -> Outcome[bytes]:
    """The bytes of the Word file; none where the frame cannot be used. `facts` are those of `drafter.word.facts.FACTS`."""
    try:
        rendered = render(frame, tag_values(facts, facts.get("名称", "")), frame_name)
    except Refused as refused:
        return Outcome(None, refused.issues)
    text = f"{_paragraph('GwBody', [Segment(State.KEPT, sheet.sentence)])}{_table(sheet, rendered.section.width)}{_paragraph('GwGap', [])}"
    filled = [text if slot == BODY else "" for slot in rendered.slots]
    main = "".join(part for pair in zip(rendered.segments, (*filled, ""), strict=True) for part in pair)
    first_list, first_note = first_numbers(rendered.parts)
    texts = Texts(
        main, [], sheet.title, facts.get("稿次", ""), facts.get("编制单位", ""), facts.get("日期", "")
    )
    data, _ = assembled(rendered.parts, texts, Lists(STANDARD, first_list), Asides(first_note))
    issues: tuple[Issue, ...] = rendered.issues
    return Outcome(stripped(data), issues)


def _table(sheet: Sheet, width: int) -> str:
    widths = [width * share // 100 for share in SHARES]
    widths[-1] += width - sum(widths)
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths)
    heads = [[_paragraph("GwTblHead", [Segment(State.KEPT, head)])] for head in sheet.heads]
    rows = "".join(_row(widths, _cells(row)) for row in sheet.rows)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="GwTable"/><w:tblW w:w="{width}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCaption w:val="{attribute(sheet.title)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{_row(widths, heads, _HEAD)}{rows}</w:tbl>"
    )


def _row(widths: Sequence[int], cells: Iterable[Sequence[str]], look: str = "") -> str:
    written = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{"".join(cell)}</w:tc>'
        for width, cell in zip(widths, cells, strict=True)
    )
    return f"<w:tr>{look}{written}</w:tr>"


def _cells(row: Row) -> list[list[str]]:
    plain = [[Segment(State.KEPT, line)] for line in row.place]
    return [
        [_paragraph("GwTbl", [Segment(State.KEPT, str(row.number))])],
        [_paragraph("GwTbl", line, _LEFT) for line in plain] or [_paragraph("GwTbl", [])],
        [_paragraph("GwTbl", line, _LEFT) for line in _lines(row.old)],
        [_paragraph("GwTbl", line, _LEFT) for line in _lines(row.new)],
        [_paragraph("GwTbl", [Segment(State.KEPT, row.reason)], _LEFT)],
    ]


def _lines(segments: Iterable[Segment]) -> list[list[Segment]]:
    """The words cut at the ends of lines."""
    out: list[list[Segment]] = [[]]
    for segment in segments:
        first, *rest = segment.text.split("\n")
        out[-1].append(Segment(segment.state, first))
        out += ([Segment(segment.state, line)] for line in rest)
    return out


def _paragraph(style: str, segments: Iterable[Segment], look: str = "") -> str:
    runs = "".join(_run(segment) for segment in segments if segment.text)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{look}</w:pPr>{runs}</w:p>'


def _run(segment: Segment) -> str:
    look = f'<w:rFonts w:hint="eastAsia"/>{_LOOKS[segment.state]}'
    text = escaped(segment.text).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
