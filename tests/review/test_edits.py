"""A reviewer makes a paragraph read otherwise; what becomes of the fragment, or why not. Tracked and silent alike."""

from collections.abc import Callable

import pytest

from drafter.review.diff import Op
from drafter.review.remarks import InData, Kind
from drafter.review.values import take_apart
from tests.review.rig import Desk, drafts, picture

PATH = "sections/p/01/01.md"
Maker = Callable[[str], Desk]

EDITS = [
    ("甲乙丙丁戊己。", "甲乙新丁戊己。", "甲乙新丁戊己。"),
    ("**甲乙。**丙丁戊己", "甲乙。新丙丁戊己", "**甲乙。**新丙丁戊己"),
    ("**甲乙。**丙丁戊己", "新甲乙。丙丁戊己", "新**甲乙。**丙丁戊己"),
    ("**甲乙。**丙丁戊己", "丙丁戊己", "丙丁戊己"),
    ("丙丁**甲乙**戊己", "丙丁己", "丙丁己"),
    ("丙丁戊己", "丙丁a*b_c戊己", "丙丁a\\*b\\_c戊己"),
    ("丙丁戊己", "1. 丙丁戊己", "1\\. 丙丁戊己"),
    ("丙丁戊己", "# 丙丁戊己", "\\# 丙丁戊己"),
    ("丙丁戊己", "丙丁{{ x }}戊己", "丙丁&#123;&#123; x }}戊己"),
    ("丙丁戊己", "丙丁@tbl:x戊己", "丙丁\\@tbl:x戊己"),
    ("丙丁戊己", "丙丁<b>戊己", "丙丁&lt;b>戊己"),
    ("甲乙丙，\n丁戊己。", "甲乙丙，己。", "甲乙丙，\n己。"),
    ("甲乙丙，\n丁戊己，\n庚辛壬。", "甲乙丙，庚辛壬。", "甲乙丙，\n庚辛壬。"),
    ("甲乙丙，\n丁戊己。", "甲乙丙，AB丁戊己。", "甲乙丙，AB丁戊己。"),
    ("达{{ 县区.东岭县.床位|数 }}张床", "达新24000张床", "达新{{ 县区.东岭县.床位|数 }}张床"),
    ("一\\*二三四五", "一*二新四五", "一\\*二新四五"),
    ("甲乙[丙丁](https://example.org)戊", "甲乙戊", "甲乙戊"),
]


@pytest.mark.parametrize("tracked", [False, True])
@pytest.mark.parametrize(("source", "says", "wanted"), EDITS)
def test_words_are_changed_where_they_stand(
    desk: Maker, source: str, says: str, wanted: str, tracked: bool
) -> None:
    made = desk(f"开头一段不动。\n\n{source}\n\n末尾一段不动。\n")
    assert _applied(made, 1, says, tracked) == f"开头一段不动。\n\n{wanted}\n\n末尾一段不动。\n"


BLOCKS = [
    ("1. 甲乙丙丁\n2. 戊己庚辛\n", "item", "甲乙丙", "1. 甲乙丙\n2. 戊己庚辛\n"),
    ("# 甲乙丙丁 {#sec:x}\n\n文字。\n", "heading", "甲乙丙丁戊", "# 甲乙丙丁戊 {#sec:x}\n\n文字。\n"),
    (
        "| 甲 | 乙 |\n|---|---|\n| 丙丁 | 戊己 |\n",
        "cell",
        "丙|丁",
        "| 甲 | 乙 |\n|---|---|\n| 丙\\|丁 | 戊己 |\n",
    ),
    ("见注[^1]。\n\n[^1]: 甲乙丙丁。\n", "footnote", "甲乙丁。", "见注[^1]。\n\n[^1]: 甲乙丁。\n"),
    ("::: 专栏 标题\n甲乙丙丁\n:::\n", "box", "甲乙新丁", "::: 专栏 标题\n甲乙新丁\n:::\n"),
]


@pytest.mark.parametrize(("source", "kind", "says", "wanted"), BLOCKS)
def test_every_kind_of_place_is_edited(desk: Maker, source: str, kind: str, says: str, wanted: str) -> None:
    made = desk(source)
    index = [i for i, anchor in enumerate(made.issued) if anchor.kind == kind][
        -2 if kind in ("item", "cell") else -1
    ]
    returned = drafts(made.issued)
    returned[index].say(says)
    _, plan = made.collect(picture(returned))
    assert plan.obstacles == {}
    assert plan.patched[PATH].endswith(wanted)


REFUSED = [
    ("{% for 行 in 县区 %}\n{{ 行.名称 }}循环里的话。\n\n{% endfor %}", "东岭县循环里新的话。", "review.printed-elsewhere"),
    ("{% from 'macros.md.j2' import 说明 %}\n甲乙{{ 说明('词') }}丙丁", "甲乙（词另外说明）丙丁", "review.template"),
    ("共{{ sum(县区.床位) }}，", "共37000张，", "review.derived"),
    ("从{{ 县区.东岭县.床位 }}到{{ 县区.西泽县.床位 }}", "从1张到2张", "review.two-values"),
    (
        "甲{{ 县区.东岭县.床位 }}，这两句话之间隔着许多没有改动的字，乙{{ 县区.西泽县.床位 }}",
        "甲13111张，这两句话之间隔着许多没有改动的字，乙24000张",
        "review.two-values",
    ),
    ("在{{ 县区.东岭县.简介 }}地方", "在沿海平原片方", "review.value-neighbour"),
    ("有{{ 县区.东岭县.床位 }}，", "有24000个，", "review.unit"),
    ("有{{ 县区.东岭县.床位 }}，又有{{ 县区.东岭县.床位 }}，", "有25000张，又有24000张，", "review.printed-elsewhere"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "says", "obstacle"), REFUSED)
def test_what_is_never_edited_automatically_says_why(
    desk: Maker, source: str, says: str, obstacle: str
) -> None:
    made = desk(source + "\n")
    returned = drafts(made.issued)
    index = next(i for i, anchor in enumerate(made.issued) if anchor.kind == "body")
    returned[index].say(says)
    remarks, plan = made.collect(picture(returned))
    assert plan.patched == {}
    assert obstacle in plan.obstacles.values()
    assert all(remark.target for remark in remarks)


@pytest.mark.parametrize(
    ("source", "says", "was", "scalar"),
    [
        ("有{{ 县区.东岭县.床位 }}，", "有24500张，", "24000", "24500"),
        ("有{{ 县区.东岭县.床位|数 }}张，", "有24500张，", "24000", "24500"),
        (
            "有{{ 县区.东岭县.床位 }}，又有{{ 县区.东岭县.床位 }}，",
            "有25000张，又有25000张，",
            "24000",
            "25000",
        ),
        ("在{{ 县区.东岭县.简介 }}一带", "在沿海平地一带", "沿海山地", "沿海平地"),
    ],
)
def test_a_printed_value_is_changed_in_the_data(
    desk: Maker, source: str, says: str, was: str, scalar: str
) -> None:
    made = desk(source + "\n")
    returned = drafts(made.issued)
    index = next(i for i, anchor in enumerate(made.issued) if anchor.kind == "body")
    returned[index].say(says)
    remarks, plan = made.collect(picture(returned))
    assert plan.obstacles == {}
    assert {remark.kind for remark in remarks} == {Kind.VALUE}
    assert all(isinstance(remark.target, InData) for remark in remarks)
    path = "data/counties.yaml"
    assert plan.patched == {path: made.sources[path].text.replace(was, scalar)}


def _applied(made: Desk, which: int, says: str, tracked: bool) -> str:
    index = [i for i, anchor in enumerate(made.issued) if anchor.kind == "body"][which]
    returned = drafts(made.issued)
    if tracked:
        old = made.issued[index].text
        head = next(
            (n for n, (a, b) in enumerate(zip(old, says, strict=False)) if a != b), min(len(old), len(says))
        )
        tail = 0
        while tail < min(len(old), len(says)) - head and old[-1 - tail] == says[-1 - tail]:
            tail += 1
        returned[index].track(head, len(old) - tail, says[head : len(says) - tail])
    else:
        returned[index].say(says)
    remarks, plan = made.collect(picture(returned))
    assert plan.obstacles == {}, remarks
    assert says in made.texts(plan)
    return plan.patched[PATH].partition("---\n")[2].partition("---\n")[2]


def test_words_that_read_like_a_value_are_not_taken_for_it(desk: Maker) -> None:
    made = desk("从{{ 县区.东岭县.床位|数 }}，限24000，到{{ 县区.西泽县.床位|数 }}人\n")
    anchor = next(each for each in made.issued if each.kind == "body")
    end = anchor.text.index("人")
    both = take_apart(anchor, Op(1, end, "257，限24000，到999"))
    assert (both.value, both.obstacle) == (None, "review.unsure")
    one = take_apart(anchor, Op(1, end, anchor.text[1:end].replace("，到", "；到")))
    assert (one.obstacle, one.removed) == ("", ())
