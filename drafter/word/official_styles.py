"""The styles that only an official paper has: GB/T 9704-2012, 7.2 to 7.4 and 10.1. Sizes in half-points, distances in twips.

A blank line of the standard is space before the paragraph that stands below it, so that nobody can lose it.
"""

from __future__ import annotations

from dataclasses import replace

from drafter.word.styles import (
    EXACT,
    FANGSONG,
    HEITI,
    KAITI,
    KEEP,
    NONE,
    OFF,
    TITLE,
    Look,
    Style,
    spaced,
)
from drafter.workspace.profile import LINE

MARK_SIZES = {"GwMark": 104, "GwLetterMark": 92}
"""Styles of the office's name in red, with their half-points."""

_RED = '<w:color w:val="FF0000"/>'
_LETTER = '<w:ind w:left="-454" w:right="-340"/>'
"""A rule of 170 mm in the middle of the sheet: 20 mm from either edge, where the margins are 28 and 26."""


def _rule(side: str, kind: str, size: int, space: int) -> str:
    return f'<w:pBdr><w:{side} w:val="{kind}" w:sz="{size}" w:space="{space}" w:color="FF0000"/></w:pBdr>'


def paper_styles() -> tuple[Style, ...]:
    """Of the head, the text and the foot of a paper, in this order."""
    line = Look(FANGSONG, 32, "", EXACT, NONE, "left")
    title = Look(TITLE, 44, KEEP + OFF, spaced(LINE * 2, 0, 700), NONE, "center")
    mark = Look(TITLE, MARK_SIZES["GwMark"], OFF, spaced(290, 0, 1040), NONE, "center", run=_RED)
    return (
        Style("GwPaperLine", "公文版头", line),
        Style("GwMark", "公文发文机关标志", mark),
        Style(
            "GwDocNumber",
            "公文发文字号",
            replace(
                line, align="center", spacing=spaced(LINE * 2, 0), border=_rule("bottom", "single", 12, 6)
            ),
        ),
        Style(
            "GwLetterMark",
            "公文信函标志",
            replace(
                mark,
                size=MARK_SIZES["GwLetterMark"],
                spacing=spaced(0, 0, 920),
                indent=NONE,
                border=_rule("bottom", "thickThinSmallGap", 24, 3),
            ),
        ),
        Style(
            "GwLetterLine",
            "公文信函版头",
            replace(line, tabs='<w:tabs><w:tab w:val="right" w:pos="8845"/></w:tabs>'),
        ),
        Style(
            "GwLetterRule",
            "公文信函下线",
            Look(
                "",
                4,
                "",
                spaced(0, 0, 20),
                _LETTER,
                "center",
                border=_rule("bottom", "thinThickSmallGap", 24, 0),
            ),
        ),
        Style("GwDocTitle", "公文标题", title, following="GwMainTo"),
        Style("GwMainTo", "公文主送机关", replace(line, spacing=spaced(LINE, 0)), following="GwBody"),
        Style("GwAttach", "公文附件说明", replace(line, align="both")),
        Style("GwSign", "公文署名和日期", replace(line, keep="<w:keepLines/>", align="right")),
        Style(
            "GwPaperNote",
            "公文附注",
            replace(line, indent='<w:ind w:firstLineChars="200" w:firstLine="640"/>'),
        ),
        Style(
            "GwAnnexMark",
            "公文附件序号",
            Look(HEITI, 32, f"{KEEP}<w:pageBreakBefore/>", EXACT, NONE, "left", latin=HEITI),
            following="GwAnnexTitle",
        ),
        Style(
            "GwAnnexTitle",
            "公文附件标题",
            replace(title, spacing=spaced(LINE, LINE, 700), outline=0),
            following="GwBody",
        ),
        Style(
            "GwImprint",
            "公文版记",
            Look(
                FANGSONG,
                28,
                OFF,
                spaced(0, 0, 500),
                '<w:ind w:leftChars="100" w:left="280" w:rightChars="100" w:right="280"/>',
                "left",
                tabs='<w:tabs><w:tab w:val="right" w:pos="8565"/></w:tabs>',
            ),
        ),
        Style("GwHeiti", "公文黑体字", Look(HEITI), "", kind="character"),
        Style("GwKaiti", "公文楷体字", Look(KAITI), "", kind="character"),
    )
