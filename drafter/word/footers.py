"""The page number at the foot: GB/T 9704-2012, 7.5, and what offices do otherwise.

The standard sets `— 1 —` in 四号 半角宋体 below the type area, at the right of odd pages and the left of even ones, 一字 from the edge.
"""

from __future__ import annotations

from drafter.ooxml.xml import DECLARATION, R, W
from drafter.workspace.profile import Profile

_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    "<w:r><w:t>1</w:t></w:r>"
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
_DASH = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'


LETTER_BELOW = 283
"""Twips below the number of a letter, whose footer begins lower: its first page has a rule 20 mm from the edge."""


def footer(profile: Profile, *, even: bool, below: int = 0) -> bytes:
    """The footer of odd or even pages, with twips of space below it."""
    if profile.page_number == "居中":
        look = '<w:jc w:val="center"/>'
    else:
        side = "left" if even else "right"
        look = f'<w:ind w:{side}Chars="100" w:{side}="280"/><w:jc w:val="{side}"/>'
    if below:
        look = f'<w:spacing w:after="{below}"/>{look}'
    number = f"{_DASH.format('— ')}{_FIELD}{_DASH.format(' —')}" if profile.dashes else _FIELD
    paragraph = f'<w:p><w:pPr><w:pStyle w:val="Footer"/>{look}</w:pPr>{number}</w:p>'
    return f'{DECLARATION}<w:ftr xmlns:w="{W}" xmlns:r="{R}">{paragraph}</w:ftr>'.encode()
