"""What an official paper has beside its text, as the slots of its frame: head, title, receivers, attachments, signature, date and imprint.

GB/T 9704-2012, 7.2 to 7.4 and 10.1. Each character keeps its place in the plan's file, so that what a reviewer changes comes home.
Widths are counted in 字, the advance of a Chinese character; a digit takes half of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from drafter.ooxml.xml import printable
from drafter.source.origins import Generated, MappedText, Piece, generated, joined, sliced
from drafter.word.anchors import Anchor, Slot
from drafter.word.body import properties
from drafter.word.lines import text_xml
from drafter.word.titles import title_lines, width
from drafter.workspace.papers import Paper
from drafter.workspace.profile import Profile

_HEIGHT = (
    3  # lines that the head keeps free for 份号, 密级 and 紧急程度, so that the mark stands where it should
)
_BROKEN = 16.0  # characters of a line of a title that takes several, where three lines hold it
_TITLE = 20.0  # characters of 二号 in a line of 156 mm
_ZI = 320  # twips of a character in 三号
_BROAD = 8845  # twips of the type area
_EMPTY = MappedText("", ())
_THICK, _THIN = 8, 6  # eighths of a point: 0.35 mm is 8, 0.25 mm is 5.7

Part = tuple[MappedText, str]
"""A text and its character style, empty for that of the paragraph."""


class Attachment(NamedTuple):
    """An attachment as the paper lists it: its number, 0 for one alone, and its name."""

    number: int
    name: MappedText


def shown_day(day: date | None) -> str:
    """A date as papers write it (7.3.5.4): Arabic, the year in full, no zero before month and day."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def paper_slots(
    paper: Paper, title: MappedText, attachments: Sequence[Attachment], day: date | None, profile: Profile
) -> Mapping[str, Slot]:
    """The slots of a paper but its text and its annexes."""
    return {
        "版头": _head(paper),
        "函头": _letter_head(paper),
        "发文字号": _number(paper),
        "标题": _slot([_paragraph("GwDocTitle", (_broken(title), ""))]),
        "主送机关": _slot(
            [_paragraph("GwMainTo", (_with(paper.to, behind="："), ""))] if paper.to.text else []
        ),
        "附件说明": _slot(list(_attachments(attachments, profile))),
        "落款": _slot(list(_signed(paper, day, profile))),
        "附注": _slot(
            [_paragraph("GwPaperNote", (_with(paper.note, "（", "）"), ""))] if paper.note.text else []
        ),
        "版记": _imprint(paper),
    }


# -- paragraphs --------------------------------------------------------------------------------------------------------


def _slot(paragraphs: Iterable[Slot]) -> Slot:
    found = list(paragraphs)
    return Slot("".join(each.xml for each in found), tuple(each for slot in found for each in slot.anchors))


def _paragraph(style: str, *parts: Part, look: str = "") -> Slot:
    """A paragraph of the frame, whose characters have their places."""
    whole = joined(text for text, _ in parts)
    runs = "".join(_run(text.text, character) for text, character in parts)
    anchor = Anchor("", "frame", "", printable(whole.text), whole.pieces)
    return Slot(f"<w:p>{properties(style, look)}{runs}</w:p>", (anchor,))


def _run(text: str, style: str) -> str:
    if not text:
        return ""
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    hint = "" if text.isascii() else '<w:rFonts w:hint="eastAsia"/>'
    look = f"<w:rPr>{named}{hint}</w:rPr>" if named or hint else ""
    return f"<w:r>{look}{text_xml(text)}</w:r>"


def _made(text: str) -> MappedText:
    return generated(text, "frame")


def _with(text: MappedText, before: str = "", behind: str = "") -> MappedText:
    return joined((_made(before), text, _made(behind)))


def _broken(title: MappedText) -> MappedText:
    """A title in lines, where it does not fit into one."""
    parts, at = [], 0
    for line in lines_of(title.text):
        if at:
            parts.append(MappedText("\n", (Piece(0, 1, Generated("break")),)))
        parts.append(sliced(title, at, at + len(line)))
        at += len(line)
    return joined(parts)


def lines_of(title: str) -> tuple[str, ...]:
    """The lines of the title of a notice or letter, none broader than the page (7.3.1)."""
    most = min(max(_BROKEN, width(title) / 3 + 2), _TITLE)
    return title_lines(title, most, one=_TITLE)


# -- the head ----------------------------------------------------------------------------------------------------------


def _lines(paper: Paper) -> list[Part]:
    """份号, 密级 and 紧急程度 in this order, from the first line on (7.2.1 to 7.2.3)."""
    found = ((paper.copy, ""), (paper.secrecy, "GwHeiti"), (paper.urgency, "GwHeiti"))
    return [part for part in found if part[0].text]


def _head(paper: Paper) -> Slot:
    lines = _lines(paper)
    lines += [(_EMPTY, "")] * (_HEIGHT - len(lines))
    return _slot(_paragraph("GwPaperLine", line) for line in lines)


_BELOW_RULE = '<w:spacing w:before="860"/>'
"""From the top of the type area to a line whose characters stand 7/8 of one (14 pt) below the first rule of a letter."""


def _letter_head(paper: Paper) -> Slot:
    """Below the first rule of a letter: the number at the right edge, what else there is at the left from the same line on (10.1)."""
    first, *rest = _lines(paper) or [(_EMPTY, "")]
    tab: Part = (_made("\t"), "")
    return _slot(
        [
            _paragraph("GwLetterLine", first, tab, (paper.number, ""), look=_BELOW_RULE),
            *(_paragraph("GwLetterLine", line) for line in rest),
        ]
    )


def _number(paper: Paper) -> Slot:
    """The number; in a paper to those above at the left, with who signs it at the right (7.2.5 and 7.2.6)."""
    if not paper.signer.text:
        return _paragraph("GwDocNumber", (paper.number, ""))
    look = '<w:tabs><w:tab w:val="right" w:pos="8525"/></w:tabs><w:ind w:firstLineChars="100" w:firstLine="320"/><w:jc w:val="left"/>'
    return _paragraph(
        "GwDocNumber", (paper.number, ""), (_made("\t签发人："), ""), (paper.signer, "GwKaiti"), look=look
    )


# -- below the text ----------------------------------------------------------------------------------------------------


def _width(text: str, profile: Profile) -> float:
    """The width of a text in 字: digits and Latin letters take half, a full stop of Times New Roman a quarter."""
    point = 0.25 if profile.latin else 0.5
    return sum(point if sign == "." else 0.5 if sign.isascii() else 1.0 for sign in text)


def _indent(**sides: float) -> str:
    """An indent in 字 and in twips."""
    values = "".join(
        f' w:{side}Chars="{round(width * 100)}" w:{side}="{round(width * _ZI)}"'
        for side, width in sides.items()
    )
    return f"<w:ind{values}/>"


def _spaced(lines: int, profile: Profile) -> str:
    return f'<w:spacing w:before="{profile.line * lines}"/>'


def _attachments(attachments: Sequence[Attachment], profile: Profile) -> Iterable[Slot]:
    """One blank line below the text, 二字 in; a name that needs a second line goes on below its first character (7.3.4)."""
    lead = _width("附件：", profile)
    for place, (number, name) in enumerate(attachments):
        count = f"{number}." if number else ""
        hanging = _width(count, profile) + (0 if place else lead)
        left = 2 + lead + _width(count, profile)
        look = ("" if place else _spaced(1, profile)) + _indent(left=left, hanging=hanging)
        before = _made(f"附件：{count}" if place == 0 else count)
        yield _paragraph("GwAttach", (before, ""), (name, ""), look=look)


def _signed(paper: Paper, day: date | None, profile: Profile) -> Iterable[Slot]:
    """The office's name and the date below it (7.3.5)."""
    shown = shown_day(day)
    name, dated = _width(paper.signature.text, profile), _width(shown, profile)
    if paper.seal:
        # The date 四字 from the right, the name over its middle; both further in where the name would leave the type area.
        at = max(4.0, (name - dated) / 2)
        above, below, lines = at + (dated - name) / 2, at, 2
    elif dated > name:
        above, below, lines = 4 + dated - name, 2.0, 1
    else:
        # The name 二字 from the right, the date begins 二字 right of where the name begins.
        above, below, lines = 2.0, name - dated, 1
    if paper.signature.text:
        look = f"<w:keepNext/>{_spaced(lines, profile)}{_indent(right=above)}"
        yield _paragraph("GwSign", (paper.signature, ""), look=look)
    if shown:
        yield _paragraph("GwSign", (_made(shown), ""), look=_indent(right=below))


# -- the imprint -------------------------------------------------------------------------------------------------------

_PLACE = (
    '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="page" '
    'w:tblpX="1587" w:tblpYSpec="bottom"/>'
)
"""On the last line of the page. From the edge of the sheet, because LibreOffice lets no table float that fills the type area otherwise."""
_HANGING = '<w:ind w:leftChars="400" w:left="1120" w:hangingChars="300" w:hanging="840"/>'
"""What follows the first line stands below its first character behind 抄送： (7.4.2), in 四号."""


def _imprint(paper: Paper) -> Slot:
    """版记 on the last line of the last page (7.4): 抄送, and where it is not a letter who printed it and when, between rules."""
    rows = []
    if paper.cc.text:
        rows.append(_paragraph("GwImprint", (_with(paper.cc, "抄送：", "。"), ""), look=_HANGING))
    ruled = bool(paper.printer.text or paper.printed)
    if ruled:
        printed = f"\t{shown_day(paper.printed)}印发" if paper.printed else ""
        rows.append(_paragraph("GwImprint", (paper.printer, ""), (_made(printed), "")))
    if not rows:
        return Slot("", ())
    anchors = tuple(anchor for row in rows for anchor in row.anchors)
    return _slot([Slot(_table(rows, ruled=ruled), anchors), _paragraph("GwGap")])


def _table(rows: Sequence[Slot], *, ruled: bool) -> str:
    borders = ""
    if ruled:
        sizes = (("top", _THICK), ("bottom", _THICK), ("insideH", _THIN))
        lines = (
            f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>' for side, size in sizes
        )
        borders = f"<w:tblBorders>{''.join(lines)}</w:tblBorders>"
    cell = f'<w:tc><w:tcPr><w:tcW w:w="{_BROAD}" w:type="dxa"/></w:tcPr>'
    body = "".join(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell}{row.xml}</w:tc></w:tr>" for row in rows)
    margins = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableNormal"/>{_PLACE}<w:tblW w:w="{_BROAD}" w:type="dxa"/>{borders}'
        f'<w:tblLayout w:type="fixed"/>{margins}</w:tblPr><w:tblGrid><w:gridCol w:w="{_BROAD}"/></w:tblGrid>{body}</w:tbl>'
    )
