"""What a frame may print: the facts of a plan and the dates written as Chinese documents write them. A closed list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from drafter.word.titles import title_lines
from drafter.workspace.shapes import COVER_DATES

FACTS = (
    "名称", "简称", "稿次", "日期", "编制单位", "规划期", "发文机关标志", "份号", "密级", "保密期限", "提示", "收件单位",
)  # fmt: skip
"""What the caller may give; `日期` as ISO (`2021-01-15`). `份号` and `收件单位` are those of one copy, and stand in headers. What is not given
is empty; `名称` is then the document's title."""

BODY, CONTENTS = "正文", "目录"
"""The slots of a plan: a paragraph with `{{ 正文 }}` becomes the text, one with `{{ 目录 }}` the table of contents."""

PAPER_SLOTS = ("版头", "函头", "发文字号", "标题", "主送机关", "附件说明", "落款", "附注", "附件", "版记")
"""The slots of an official paper: each becomes as many paragraphs as it takes, none where the paper has no such thing. `附件` are the annexes'
texts, which stand behind `落款`; in a frame without it they follow the text."""

ANNEXES = "附件"
SLOTS = (BODY, CONTENTS, *PAPER_SLOTS)

DERIVED = ("封面标题", "稿次行", "年月", "汉字年月", "封面年月", "密级行", "收件行")
"""`封面标题` is the title in lines as a cover shows it, `稿次行` the stage in brackets or nothing, `封面年月` the month in the form that is asked
for, `密级行` the secrecy with its term."""

DATE_FORM = "日期写法"
"""A fact that is not printed: how `封面年月` is written, one of `COVER_DATES`, the first where it is not said."""

TAGS = (*FACTS, *DERIVED, *SLOTS)
"""Every name that may stand in a tag of a frame."""

_DIGITS = "〇一二三四五六七八九"
_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


class UnknownFact(ValueError):
    """A caller's fact that no frame can print."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}: one of {', '.join(FACTS)}")


def tag_values(facts: Mapping[str, str], title: str) -> dict[str, str]:
    """The value of every tag but the slots."""
    for name in facts:
        if name not in FACTS and name != DATE_FORM:
            raise UnknownFact(name)
    out = dict.fromkeys((*FACTS, *DERIVED), "") | {"名称": title} | dict(facts)
    chinese = out.pop(DATE_FORM, "") != COVER_DATES[1]
    out["封面标题"] = "\n".join(title_lines(out["名称"]))
    if out["稿次"]:
        out["稿次行"] = f"（{out['稿次']}）"
    if facts.get("日期"):
        day = date.fromisoformat(facts["日期"])
        out["日期"] = f"{day.year}年{day.month}月{day.day}日"
        out["年月"] = f"{day.year}年{day.month}月"
        out["汉字年月"] = (
            "".join(_DIGITS[int(digit)] for digit in str(day.year)) + f"年{_MONTHS[day.month - 1]}月"
        )
        out["封面年月"] = out["汉字年月"] if chinese else out["年月"]
    return out | _in_the_corner(out)


def _in_the_corner(values: Mapping[str, str]) -> dict[str, str]:
    """The lines in the upper left corner of a cover (GB/T 9704-2012, 7.2.1 and 7.2.2)."""
    number, term = values["份号"], values["保密期限"]
    secrecy = f"{values['密级']}★{term}" if values["密级"] and term else values["密级"]
    return {
        "份号": number.zfill(_COPY_DIGITS) if number.isdecimal() else number,
        "密级行": secrecy,
        "收件行": f"收件单位：{values['收件单位']}" if values["收件单位"] else "",
    }


_COPY_DIGITS = 6
