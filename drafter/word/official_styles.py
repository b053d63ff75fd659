"""The styles that only an official paper has: GB/T 9704-2012, 7.2 to 7.4 and 10.1. Sizes in half-points, distances in twips.

A blank line of the standard is space before the paragraph that stands below it, so that nobody can lose it. What is larger than
the text leaves the grid of the page alone: LibreOffice would give each of its lines two of the grid's.
"""

from __future__ import annotations

from dataclasses import replace

from drafter.word.styles import EXACT, FANGSONG, HEITI, KAITI, KEEP, NONE, OFF, TITLE, Look, Style, spaced
from drafter.workspace.profile import LINE

MARK_SIZES = {"GwMark": 104, "GwLetterMark": 92}
"""Styles of the office's name in red, with their half-points."""

_RED = '<w:color w:val="FF0000"/>'
_ACROSS = '<w:ind w:left="-454" w:right="-340"/>'
"""A rule of 170 mm in the middle of the sheet: 20 mm from either edge, where the margins are 28 and 26."""


def _rule(kind: str, size: int, space: int) -> str:
    """A red rule below a paragraph: eighths of a point, and points between it and the text."""
    return f'<w:pBdr><w:bottom w:val="{kind}" w:sz="{size}" w:space="{space}" w:color="FF0000"/></w:pBdr>'


_LINE = Look(FANGSONG, 32, "", EXACT, NONE, "left")
_TITLE = Look(TITLE, 44, KEEP + OFF, spaced(0, 0, 700), NONE, "center")
_MARK = Look(TITLE, MARK_SIZES["GwMark"], OFF, spaced(0, 0, 1040), NONE, "center", run=_RED)
_ABOVE_MARK = 3 * LINE + 290
"""From the top of the type area to the line of the mark, whose characters then begin 35 mm below it, measured."""


def paper_styles(line: int = LINE) -> tuple[Style, ...]:
    """Of the head, the text and the foot of a paper, in this order; `line` are the twips of a blank line."""
    return (*_of_heads(line), *_of_text(line), *_of_foot())


def _of_heads(blank: int) -> tuple[Style, ...]:
    mark = replace(_MARK, spacing=spaced(_ABOVE_MARK - 3 * blank, 0, 1040))
    number = replace(_LINE, align="center", spacing=spaced(blank * 2, 0), border=_rule("single", 12, 5))
    letter = replace(
        _MARK,
        size=MARK_SIZES["GwLetterMark"],
        spacing=spaced(0, 0, 920),
        border=_rule("thickThinSmallGap", 24, 3),
    )
    line = replace(_LINE, tabs='<w:tabs><w:tab w:val="right" w:pos="8845"/></w:tabs>')
    rule = Look("", 4, "", spaced(0, 0, 20), _ACROSS, "center", border=_rule("thinThickSmallGap", 24, 0))
    return (
        Style("GwPaperLine", "公文版头行", _LINE),
        Style("GwMark", "公文发文机关标志", mark),
        Style("GwDocNumber", "公文发文字号", number),
        Style("GwLetterMark", "公文信函标志", letter),
        Style("GwLetterLine", "公文信函版头", line),
        Style("GwLetterRule", "公文信函下线", rule),
    )


def _of_text(blank: int) -> tuple[Style, ...]:
    note = replace(_LINE, indent='<w:ind w:firstLineChars="200" w:firstLine="640"/>')
    annex = Look(HEITI, 32, f"{KEEP}<w:pageBreakBefore/>", EXACT, NONE, "left", latin=HEITI)
    title = replace(_TITLE, spacing=spaced(blank * 2, 0, 700))
    below = replace(_TITLE, spacing=spaced(blank, blank, 700), outline=0)
    return (
        Style("GwDocTitle", "公文标题", title, following="GwMainTo"),
        Style("GwMainTo", "公文主送机关", replace(_LINE, spacing=spaced(blank, 0)), following="GwBody"),
        Style("GwAttach", "公文附件说明", replace(_LINE, align="both")),
        Style("GwSign", "公文署名和日期", replace(_LINE, keep="<w:keepLines/>", align="right")),
        Style("GwPaperNote", "公文附注", note),
        Style("GwAnnexMark", "公文附件序号", annex, following="GwAnnexTitle"),
        Style("GwAnnexTitle", "公文附件标题", below, following="GwBody"),
    )


def _of_foot() -> tuple[Style, ...]:
    indent = '<w:ind w:leftChars="100" w:left="280" w:rightChars="100" w:right="280"/>'
    tabs = '<w:tabs><w:tab w:val="right" w:pos="8565"/></w:tabs>'
    imprint = Look(FANGSONG, 28, OFF, spaced(0, 0, 500), indent, "left", tabs=tabs)
    return (
        Style("GwImprint", "公文版记", imprint),
        Style("GwHeiti", "公文黑体字", Look(HEITI), "", kind="character"),
        Style("GwKaiti", "公文楷体字", Look(KAITI), "", kind="character"),
    )
