"""What the frames of tables have in common: a title, the place of the table, page numbers, on a page upright or across."""

from __future__ import annotations

from drafter.ooxml.xml import DECLARATION, R, W
from drafter.word.frames.plan import FOOTNOTE_LOOK, packed
from drafter.word.styles import STANDARD
from drafter.workspace.profile import Profile

ACROSS = (
    '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="1418" w:right="1134" w:bottom="1134" w:left="1134" w:header="851" w:footer="567" w:gutter="0"/>'
)
"""A page to work with: the type area of GB/T 9704 would leave a third of it white."""

UPRIGHT = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="1417" w:gutter="0"/>'
)
_FOOTERS = '<w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>'


def line(style: str, text: str, look: str = "") -> str:
    """A paragraph of the frame; `look` are its properties behind the style."""
    run = f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>{text}</w:t></w:r>'
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{look}</w:pPr>{run}</w:p>'


def table_frame(title: str, page: str, profile: Profile = STANDARD) -> bytes:
    """The frame with these paragraphs of a title above the place of the table."""
    section = (
        f'<w:sectPr>{_FOOTERS}<w:footnotePr>{FOOTNOTE_LOOK}</w:footnotePr><w:type w:val="nextPage"/>{page}'
        '<w:pgNumType w:fmt="decimal" w:start="1"/></w:sectPr>'
    )
    root = f'<w:document xmlns:w="{W}" xmlns:r="{R}">'
    text = f"{title}{line('GwBody', '{{ 正文 }}')}"
    return packed(f"{DECLARATION}{root}<w:body>{text}{section}</w:body></w:document>".encode(), profile)
