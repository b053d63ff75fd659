"""What a frame may print: the facts of a plan and the dates written as Chinese documents write them. A closed list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

FACTS = ("名称", "简称", "稿次", "日期", "编制单位", "规划期", "发文机关标志", "份号", "收件单位", "密级行")
"""What the caller may give; `日期` as ISO (`2021-01-15`). `份号`, `收件单位` and `密级行` (内部资料 注意保存) are those of one copy, and
stand in headers. What is not given is empty; `名称` is then the document's title."""

BODY, CONTENTS = "正文", "目录"
"""The slots of a plan: a paragraph with `{{ 正文 }}` becomes the text, one with `{{ 目录 }}` the table of contents."""

PAPER_SLOTS = ("版头", "函头", "发文字号", "标题", "主送机关", "附件说明", "落款", "附注", "附件", "版记")
"""The slots of an official paper: each becomes as many paragraphs as it takes, none where the paper has no such thing. `附件` are the annexes'
texts, which stand behind `落款`; in a frame without it they follow the text."""

ANNEXES = "附件"
SLOTS = (BODY, CONTENTS, *PAPER_SLOTS)

DERIVED = ("稿次行", "年月", "汉字年月")
"""`稿次行` is the stage in brackets, as a cover shows it, or nothing."""

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
        if name not in FACTS:
            raise UnknownFact(name)
    out = dict.fromkeys((*FACTS, *DERIVED), "") | {"名称": title} | dict(facts)
    if out["稿次"]:
        out["稿次行"] = f"（{out['稿次']}）"
    if facts.get("日期"):
        day = date.fromisoformat(facts["日期"])
        out["日期"] = f"{day.year}年{day.month}月{day.day}日"
        out["年月"] = f"{day.year}年{day.month}月"
        out["汉字年月"] = (
            "".join(_DIGITS[int(digit)] for digit in str(day.year)) + f"年{_MONTHS[day.month - 1]}月"
        )
    return out
