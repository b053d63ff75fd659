"""How a document is to look: its kind of paper, its numbering scheme, and the settings in which offices differ.

GB/T 9704-2012 fixes page, sizes and levels, but names no maker of fonts, no pitch in points and no bold third level: those are customs.
They are settings here, so that styles, lists and footers have one place to ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from drafter.source.frozen import dataclass

KINDS: Final = ("plan", "gongwen")
SCHEMES: Final = ("章节", "公文")
PAGE_NUMBERS: Final = ("外侧", "居中")
NUMBERED: Final = ("native", "literal")
SAME_AS_CHINESE: Final = "同汉字"

LINE = 579
"""Twips of a line: 22 of them fill the 225 mm of the type area."""

FONTS: Mapping[str, str] = MappingProxyType(
    {
        "仿宋": "仿宋_GB2312",
        "楷体": "楷体_GB2312",
        "黑体": "黑体",
        "宋体": "宋体",
        "小标宋": "方正小标宋简体",
    }
)
"""The five faces of an official paper, and the fonts that are written for them unless an office has others."""

SIZES: Mapping[str, int] = MappingProxyType(
    {
        "初号": 84,
        "小初": 72,
        "一号": 52,
        "小一": 48,
        "二号": 44,
        "小二": 36,
        "三号": 32,
        "小三": 30,
        "四号": 28,
        "小四": 24,
        "五号": 21,
        "小五": 18,
    }
)
"""字号 in half-points."""

HEADINGS: Final = ("章", "节", "一、", "（一）", "1.", "（1）")
"""The forms of headings; the scheme 公文 begins with the third."""


@dataclass(frozen=True, slots=True)
class HeadingForm:
    """What an office wants otherwise of a form of heading: a face of `FONTS`, half-points, bold; empty, 0 and None leave it."""

    font: str = ""
    size: int = 0
    bold: bool | None = None
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """The settings of one document.

    `kind`: `plan`, a book of chapters, or `gongwen`, an official paper. `line`: twips of a line of the text. `literal`: numbers are typed as text,
    for who pastes into systems that drop the numbers of lists. `latin`: the font of Latin letters and digits, empty for that of the Chinese around them.
    `fonts` and `headings` are pairs, so that profiles can be compared and be keys.
    """

    scheme: str = "章节"
    line: int = LINE
    latin: str = "Times New Roman"
    fonts: tuple[tuple[str, str], ...] = ()
    headings: tuple[tuple[str, HeadingForm], ...] = ()
    page_number: str = "外侧"
    dashes: bool = True
    kind: str = "plan"
    literal: bool = False

    def font(self, face: str) -> str:
        """The font that is written for a face."""
        return dict(self.fonts).get(face, FONTS[face])

    def heading(self, form: str) -> HeadingForm:
        """What is wanted of a form of heading."""
        return dict(self.headings).get(form, HeadingForm())
