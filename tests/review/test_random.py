"""Property: whatever is typed anywhere, what is applied reads as the reviewer wrote it, and what is not has its reason."""

import random
from collections.abc import Callable

import pytest

from tests.review.rig import Desk, drafts, picture, printed

BODY = """首段**粗体**文字，*斜体*和`代码`。

甲段有{{ 县区.东岭县.床位 }}，乙段在{{ 县区.西泽县.简介 }}，
换行以后的文字，
第三行\\*文字&amp;字符[链接文字](https://example.org)末尾。{.纲要}

# 小标题 {#sec:a}

1. **条目标题。**条目文字，见[^1]。
2. 第二条
   续行文字
   - 下层一
   - 下层二

> 引文第一段。

| 事项 | 说明 |
|:--|--|
| **甲**事 | 甲\\|说明 |
| 乙事 | {{ 县区.东岭县.床位 }} |

::: 专栏 专栏标题
专栏文字。

1. 专栏条目
:::

{% for 行 in 县区 %}
- {{ 行.名称 }}循环文字
{% endfor %}

[^1]: 注的文字。
"""
TYPED = "全市推进落实ABC，。*_[]{}|#1.-x<&$@:`~!\\“”（ 　"


@pytest.mark.parametrize("seed", range(25))
def test_applied_edits_read_as_the_reviewer_wrote(desk: Callable[[str], Desk], seed: int) -> None:
    made = desk(BODY)
    choose = random.Random(seed)
    returned = drafts(made.issued)
    says = [draft.text for draft in returned]
    places = [
        i for i, anchor in enumerate(made.issued) if anchor.kind not in ("toc", "frame") and anchor.text
    ]
    for index in choose.sample(places, 10):
        text = says[index]
        start = choose.randint(0, len(text))
        end = min(len(text), start + choose.choice((0, 0, 1, 2, 5)))
        new = "".join(choose.choice(TYPED) for _ in range(choose.randint(0 if end > start else 1, 5)))
        if choose.random() < 0.5:
            returned[index].say(text[:start] + new + text[end:])
        else:
            returned[index].track(start, end, new, number=index)
        says[index] = text[:start] + new + text[end:]
    remarks, plan = made.collect(picture(returned))
    open_ = {remark.anchor for remark in plan.refused}
    wanted = [
        made.issued[i].text if i in open_ else text
        for i, text in enumerate(says)
        if made.issued[i].kind != "toc"
    ]
    if not any(remark.anchor in open_ for remark in plan.applied):
        assert [text for text in made.texts(plan) if text] == [text for text in wanted if text]
    assert len(plan.applied) + len(plan.refused) == len(remarks)
    assert all(remark.obstacle for remark in plan.refused)


def test_nothing_is_found_in_what_is_as_it_was(desk: Callable[[str], Desk]) -> None:
    made = desk(BODY)
    remarks, plan = made.collect(picture(drafts(made.issued, names=False)))
    assert (remarks, plan.patched) == ((), {})
    assert made.texts(plan) == printed(made.issued)
