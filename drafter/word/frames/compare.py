"""The frame of the table of changes (修改对照表): A4 across, a title, the place of the table, page numbers. An office may edit it in Word."""

from __future__ import annotations

from functools import cache

from drafter.ooxml.xml import DECLARATION, R, W
from drafter.word.frames.plan import FOOTNOTE_LOOK, packed

# A table to work with: the type area of GB/T 9704 would leave a third of the page white.
_PAGE = (
    '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="1418" w:right="1134" w:bottom="1134" w:left="1134" w:header="851" w:footer="567" w:gutter="0"/>'
)
_FOOTERS = '<w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>'


def _paragraph(style: str, text: str) -> str:
    run = f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>{text}</w:t></w:r>'
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


@cache
def compare_frame() -> bytes:
    """`templates/compare.docx`; the same bytes every time."""
    text = (
        _paragraph("GwTitle", "{{ 名称 }}")
        + _paragraph("GwTitle", "修改对照表")
        + _paragraph("GwBody", "{{ 正文 }}")
    )
    section = (
        f'<w:sectPr>{_FOOTERS}<w:footnotePr>{FOOTNOTE_LOOK}</w:footnotePr><w:type w:val="nextPage"/>{_PAGE}'
        '<w:pgNumType w:fmt="decimal" w:start="1"/></w:sectPr>'
    )
    root = f'<w:document xmlns:w="{W}" xmlns:r="{R}">'
    return packed(f"{DECLARATION}{root}<w:body>{text}{section}</w:body></w:document>".encode())
