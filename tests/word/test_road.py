"""Macros that fragments share, and text that depends on whom and which stage a draft is for: built, returned, brought home."""

from __future__ import annotations

import pytest

from drafter.document.tree import ListBlock, Paragraph
from tests.actions.workspace import silently
from tests.document.reading import read
from tests.word.road import Road, shown

MACROS = "{% macro 目标(名称) %}到2025年，{{ 名称 }}取得明显进展{% endmacro %}\n"
TEXT = """\
{% from "共用.md.j2" import 目标 %}
{{ 目标("社会救助") }}，{{ 目标("养老服务") }}。

{% if 内部 %}
测算过程仅供内部研究。

{% endif %}
{% if not 公开 %}
联系科室为养老科。

{% endif %}
{% if 稿次 == "讨论稿" %}
请各科室讨论。

{% else %}
请各部门提出意见。

{% endif %}
见@tbl:facilities。

::: table 设施表 {#tbl:facilities}
:::
"""
GOALS = "到2025年，社会救助取得明显进展，到2025年，养老服务取得明显进展。"


@pytest.mark.parametrize(
    ("options", "printed"),
    [
        ((), ["联系科室为养老科。", "请各科室讨论。"]),
        (("--internal",), ["测算过程仅供内部研究。", "联系科室为养老科。", "请各科室讨论。"]),
        (("--public",), ["请各科室讨论。"]),
        (("--stage", "征求意见稿"), ["联系科室为养老科。", "请各部门提出意见。"]),
    ],
)
def test_a_draft_says_what_is_meant_for_its_readers(
    road: Road, options: tuple[str, ...], printed: list[str]
) -> None:
    road.put(TEXT, {"templates/共用.md.j2": MACROS})
    assert shown(road.built(*options))[: len(printed) + 2] == [GOALS, *printed, "见\ufffc。"]


@pytest.mark.parametrize("options", [("--internal",), ("--stage", "征求意见稿")])
def test_an_edit_comes_home_to_the_text_of_that_draft(road: Road, options: tuple[str, ...]) -> None:
    old, new = ("内部研究", "内部参考") if "--internal" in options else ("各部门", "有关部门")
    road.put(TEXT, {"templates/共用.md.j2": MACROS})
    assert road.applied(silently(road.built(*options), old, new)) == [("applied", "")]
    assert road.text == TEXT.replace(old, new)


def test_the_words_of_a_macro_are_left_to_a_person(road: Road) -> None:
    road.put(TEXT, {"templates/共用.md.j2": MACROS})
    (result,) = road.applied(silently(road.built(), "取得明显进展，", "取得进展，"))
    assert result[0] == "open"
    assert road.text == TEXT


def test_what_an_extract_takes_is_known_by_paragraph_and_item() -> None:
    paragraph, items = read("甲乙。{.纲要}\n\n- 丙 {.纲要 .要点}\n- 丁\n").blocks
    assert isinstance(paragraph, Paragraph)
    assert isinstance(items, ListBlock)
    assert paragraph.classes == ("纲要",)
    assert [item.classes for item in items.items] == [("纲要", "要点"), ()]
