"""What the words of a paragraph say that it is: a chapter, a section, a caption, a unit line."""

from __future__ import annotations

import re

from drafter.word.office.story import Paragraph

_CHINESE = "一二三四五六七八九十百零〇○"
_KINDS = (
    ("章", re.compile(rf"^第\s*[{_CHINESE}\d]+\s*[章篇]")),
    ("节", re.compile(rf"^第\s*[{_CHINESE}\d]+\s*节")),
    ("一、", re.compile(rf"^[{_CHINESE}]+\s*、")),
    ("（一）", re.compile(rf"^[（(]\s*[{_CHINESE}]+\s*[)）]")),
    ("1.", re.compile(r"^\d{1,2}\s*[.．、](?!\d)")),
    ("（1）", re.compile(r"^[（(]\s*\d{1,2}\s*[)）]")),
    ("附件", re.compile(rf"^附\s*[件表图录]\s*[{_CHINESE}\d]*")),
)
LEVELS = {
    "章节": ("章", "节", "一、", "（一）", "1.", "（1）"),
    "公文": ("一、", "（一）", "1.", "（1）"),
}
"""The kinds of number by level, for each scheme."""

_HEADING = 50
"""Characters that a heading has at most."""
_ENDS = "。；;，,：:"


def kind_of(paragraph: Paragraph) -> str:
    """The kind of number before a paragraph, typed or of a list."""
    shown = f"{paragraph.label}{paragraph.text}" if paragraph.label else paragraph.text
    return next((kind for kind, pattern in _KINDS if pattern.match(shown)), "")


def is_line(paragraph: Paragraph) -> bool:
    """Whether a paragraph is one line of its own, as a heading is, and no sentence."""
    return 0 < len(paragraph.text) <= _HEADING and paragraph.text[-1] not in _ENDS


_NOTES = re.compile(r"^[（(]?(?:注|备注|说明|资料来源|数据来源|来源)\s*\d*\s*[：:]")
_UNIT = re.compile(r"^[（(]?\s*(?:计量)?单位\s*[：:]")
_TABLE = re.compile(rf"^(?:续?表|附表)\s*[\d{_CHINESE}]")
_FIGURE = re.compile(rf"^(?:图|附图)\s*[\d{_CHINESE}]")
_BOX = re.compile(rf"^专\s*栏\s*[\d{_CHINESE}]*")


def around_table(text: str) -> str:
    """The role of a line beside a table or a picture: the id of our style, or empty."""
    if len(text) <= _HEADING:
        for style, pattern in (
            ("GwUnit", _UNIT),
            ("GwBoxTitle", _BOX),
            ("GwCaption", _TABLE),
            ("GwFigureCaption", _FIGURE),
        ):
            if pattern.match(text):
                return style
    return "GwNote" if _NOTES.match(text) else ""


def opens_box(text: str) -> bool:
    """Whether the first cell of a table is the title of a 专栏."""
    return bool(_BOX.match(text))
