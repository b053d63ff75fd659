"""The frames of official papers: a notice and a letter (信函格式), after GB/T 9704-2012, 7 and 10.1. An office may edit them in Word."""

from __future__ import annotations

from functools import cache

from drafter.ooxml.xml import DECLARATION, R, W
from drafter.word.footers import LETTER_BELOW
from drafter.word.frames.plan import FOOTNOTE_LOOK, packed
from drafter.word.styles import PAPER

_PAGE = '<w:pgSz w:w="11906" w:h="16838"/>'
_GRID = '<w:docGrid w:type="lines" w:linePitch="579"/>'
_FOOTERS = '<w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>'
_FIRST = '<w:headerReference w:type="first" r:id="rId8"/><w:footerReference w:type="first" r:id="rId9"/>'


def _paragraph(style: str, text: str, look: str = "") -> str:
    run = f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>{text}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{look}</w:pPr>{run}</w:p>'


def _section(references: str, header: int, footer: int, title: str = "") -> str:
    margins = f'<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="{header}" w:footer="{footer}" w:gutter="0"/>'
    return (
        f'<w:sectPr>{references}<w:footnotePr>{FOOTNOTE_LOOK}</w:footnotePr><w:type w:val="nextPage"/>{_PAGE}{margins}'
        f'<w:pgNumType w:fmt="decimal" w:start="1"/>{title}{_GRID}</w:sectPr>'
    )


_AT = '<w:framePr w:w="9638" w:wrap="around" w:vAnchor="page" w:hAnchor="page" w:x="1134" w:y="1735"/>'
_TEXT = (
    ("GwDocTitle", "{{ 标题 }}"),
    ("GwMainTo", "{{ 主送机关 }}"),
    ("GwBody", "{{ 正文 }}"),
    ("GwAttach", "{{ 附件说明 }}"),
    ("GwSign", "{{ 落款 }}"),
    ("GwPaperNote", "{{ 附注 }}"),
    ("GwAnnexTitle", "{{ 附件 }}"),
    ("GwImprint", "{{ 版记 }}"),
)


def _document(head: tuple[tuple[str, str], ...], section: str) -> bytes:
    body = "".join(_paragraph(style, text) for style, text in (*head, *_TEXT))
    root = f'<w:document xmlns:w="{W}" xmlns:r="{R}">'
    return f"{DECLARATION}{root}<w:body>{body}{section}</w:body></w:document>".encode()


@cache
def notice_frame() -> bytes:
    """`templates/notice.docx`: red head, number, rule, title, text and imprint."""
    head = (
        ("GwPaperLine", "{{ 版头 }}"),
        ("GwMark", "{{ 发文机关标志 }}"),
        ("GwDocNumber", "{{ 发文字号 }}"),
    )
    return packed(_document(head, _section(_FOOTERS, 851, 1417)), PAPER)


@cache
def letter_frame() -> bytes:
    """`templates/letter.docx`: the office's name and the rules of the first page stand in its header and footer."""
    header = f'{DECLARATION}<w:hdr xmlns:w="{W}" xmlns:r="{R}">{_paragraph("GwLetterMark", "{{ 发文机关标志 }}", _AT)}{_paragraph("GwGap", "")}</w:hdr>'
    footer = f'{DECLARATION}<w:ftr xmlns:w="{W}" xmlns:r="{R}">{_paragraph("GwLetterRule", "")}</w:ftr>'
    more = {"header1.xml": header.encode(), "footer3.xml": footer.encode()}
    section = _section(f"{_FIRST}{_FOOTERS}", 851, 1417 - LETTER_BELOW, "<w:titlePg/>")
    return packed(_document((("GwLetterLine", "{{ 函头 }}"),), section), PAPER, LETTER_BELOW, more)
