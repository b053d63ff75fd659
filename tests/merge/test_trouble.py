"""What is wrong in a fragment: all of it at once, each at its line and column."""

import pytest

from drafter.merge import Merger, Settings
from drafter.source.issues import Issue
from drafter.source.messages import text as message
from drafter.source.origins import Generated
from tests.merge.world import FRAGMENT, PLAN, merge, told, workspace


def sentence(issue: Issue) -> str:
    return message(issue.code, **issue.facts) + " " + message(f"{issue.code}.hint", **issue.facts)


def test_all_undefined_values_of_a_fragment_are_told_with_the_nearest_names() -> None:
    text = "{{ 指标.养老床味[2025] }}和{{ 指标.养老床位[2030] }}\n{{ 指桶.护理 }}{% if 规划.目标 %}是{% endif %}\n"
    outcome = merge(text)
    assert told(outcome.issues) == [
        ("merge.undefined", "1:7"),
        ("formula.missing-year", "1:32"),
        ("merge.undefined", "2:4"),
        ("merge.undefined", "2:21"),
    ]
    near = [each.facts["nearest"] for each in outcome.issues if each.code == "merge.undefined"]
    assert near == ["养老床位", "指标", "目标年"]


def test_a_year_without_a_value_reads_as_in_a_formula() -> None:
    missing, dateless = merge("{{ 指标.养老床位[2030] }}{{ 规划.名称[2030] }}").issues
    assert sentence(missing) == (
        "指标.养老床位 没有2030年的数。 有数的年份：2020、2025；要用别的年份，写成 指标.养老床位[年份]"
    )
    assert dateless.code == "formula.no-years"


def test_what_is_missing_leaves_a_placeholder_that_is_seen() -> None:
    outcome = merge("床位{{ 指标.养老床味[2025]|数 }}张")
    assert outcome.value is not None
    assert outcome.value.text == "床位〔？养老床味〕张"
    assert isinstance(outcome.value.pieces[1].origin, Generated)


def test_the_same_name_missing_twice_is_told_twice_and_in_a_loop_once() -> None:
    text = "{{ 甲 }}{{ 甲 }}{% for i in [1, 2] %}{{ 乙 }}{% endfor %}"
    assert told(merge(text).issues) == [
        ("merge.undefined", "1:4"),
        ("merge.undefined", "1:11"),
        ("merge.undefined", "1:39"),
    ]


def test_a_value_missing_in_an_argument_of_a_macro_is_told_where_it_is_named() -> None:
    macros = "{% macro 强调(x) %}**{{ x }}**{% endmacro %}"
    text = '{% from "m.md.j2" import 强调 %}\n{{ 强调(指标.养老床位[2030]) }}'
    issue = merge(text, {"m.md.j2": macros}).issues[0]
    assert (issue.code, issue.place.file, issue.place.line) == ("formula.missing-year", FRAGMENT, 2)


def test_a_tag_that_is_open_at_the_end_is_said_without_a_word_of_jinja() -> None:
    (issue,) = merge("甲{{ 5|亿元").issues
    assert sentence(issue).startswith("模板语法有误：到末尾也没有“}}”")


def test_a_default_stands_in_for_what_is_missing() -> None:
    outcome = merge(
        '{{ 没有|default("—") }}{{ 项目.P01.空格|default("—") }}{% if 没有 is defined %}有{% endif %}'
    )
    assert outcome.value is not None
    assert outcome.value.text == "——"
    assert not outcome.issues


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("甲\n{{ 指标.养老床位[2025] / 0 }}", "formula.division-by-zero", "2:18"),
        ("{{ 指标.养老床位[2025] + 项目.P01.总投资 }}", "formula.units", "1:18"),
        ("{{ 指标.养老床位[2025]|亿元 }}", "formula.unit", "1:18"),
        ("{{ (指标.养老床位[2025])|亿元 }}", "formula.unit", "1:20"),
        ("{{ 指标.养老床位 }}", "merge.no-value", "1:4"),
        ("{{ 项目.P01.空格 }}", "merge.empty", "1:11"),
        ("{{ 规划.名称 * 2 }}", "merge.argument", "1:1"),
        ("{{ 规划.名称|日期 }}", "merge.form", "1:10"),
        ("{{ [1] }}", "merge.unprintable", "1:1"),
        ("{{ ''.__class__ }}", "merge.no-member", "1:7"),
    ],
)
def test_a_value_that_cannot_be_had_is_told_and_the_rest_is_merged(text: str, code: str, place: str) -> None:
    outcome = merge(text)
    assert outcome.value is not None
    assert [each.code for each in outcome.issues] == [code]
    assert told(outcome.issues) == [(code, place)]
    if code.startswith("merge."):
        assert sentence(outcome.issues[0])


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("甲\n{{ 1 + }}", "merge.syntax", "2:8"),
        ("甲\n{% if 内部 %}\n{% if 公开 %}{% endif %}\n乙", "merge.unclosed", "2:1"),
        ("{{ 指标.养老床位【2025】 }}", "merge.sign", "1:11"),
        ("{{ 指标.养老\u200b床位[2025] }}", "merge.sign", "1:9"),
        ("{{ 指标.养老床位[2025] }张。", "merge.syntax", "1:18"),
        ("甲{% endif %}", "merge.tag", "1:5"),
        ("{{ 'a }}", "merge.syntax", "1:4"),
        ("甲{{ 5|亿元", "merge.syntax", "1:7"),
        ('甲 {% from "n.j2" import x %}', "merge.template", "1:12"),
        ("{{ 5|亿无 }}", "merge.filter", "1:6"),
        ("{{ 规划.名称|亿无 }}", "merge.filter", "1:10"),
        ("{% filter upper %}a{% endfilter %}", "merge.captured", "1:4"),
        ("{% set x | upper %}a{% endset %}", "merge.captured", "1:4"),
        ("{% set x %}a{% endset %}{{ x|length }}", "merge.captured", "1:30"),
        ("{% set x %}a{% endset %}\n{% if x == 'a' %}b{% endif %}", "merge.captured", "2:4"),
        ("{% set x %}a{% endset %}{% if x %}b{% endif %}", "merge.captured", "1:28"),
        ("{% set x %}a{% endset %}{{ x ~ 'b' }}", "merge.captured", "1:28"),
        ("{% set x %}a{% endset %}{{ x.upper() }}", "merge.captured", "1:35"),
        ("{% set x %}a{% endset %}{{ x is string }}", "merge.captured", "1:30"),
        ("{% macro f() %}a{% endmacro %}{{ f()|upper }}", "merge.captured", "1:38"),
        ("{% for i in range(10000000) %}{% endfor %}", "merge.endless", "1:4"),
        (
            "{% for i in range(90000) %}{% for j in range(90000) %}{% endfor %}{% endfor %}",
            "merge.endless",
            "1:31",
        ),
        ("{% for i in range(90000) %}" + "长" * 100 + "{% endfor %}", "merge.endless", ""),
        ("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "merge.endless", "1:20"),
        ("{{ 10 ** 10 ** 10 }}", "merge.endless", "1:13"),
        ("{{ 'a' * 1000000000 }}", "merge.endless", "1:4"),
        ("{{ cycler() }}", "merge.failed", "1:10"),
        ("甲{{ 1e999 }}", "merge.failed", "1:5"),
        ("甲{{ 'a'|truncate(-1) }}", "merge.failed", "1:9"),
        ("甲\ufdd0", "merge.private-use", "1:2"),
    ],
)
def test_a_fragment_that_cannot_be_rendered_says_where_and_has_no_value(
    text: str, code: str, place: str
) -> None:
    outcome = merge(text)
    assert outcome.value is None
    assert len(outcome.issues) == 1
    assert outcome.issues[0].code == code
    if place:
        assert told(outcome.issues) == [(code, place)]
    assert sentence(outcome.issues[0])


def test_a_problem_in_a_macro_is_told_in_its_template() -> None:
    macros = "{# kein #}\n{% macro f() %}\n{{ 没有 }}{% endmacro %}"
    issue = merge('{% from "m.md.j2" import f %}{{ f() }}', {"m.md.j2": macros}).issues[0]
    assert (issue.place.file, issue.place.line, issue.place.column) == ("templates/m.md.j2", 3, 4)


def test_a_macro_file_that_does_not_parse_is_told_in_its_template() -> None:
    issue = merge('{% from "m.md.j2" import f %}', {"m.md.j2": "\n{% macro f() %}"}).issues[0]
    assert (issue.code, issue.place.file, issue.place.line) == ("merge.unclosed", "templates/m.md.j2", 2)


def test_a_broken_fragment_leaves_the_next_one_as_it_is() -> None:
    merger = Merger(workspace("{% for i in [1] %}{{ i.x }}{{ 规划.基期 }}{% endfor %}{{ 1 + }}"))
    assert merger.merge(FRAGMENT, PLAN, Settings()).value is None
    good = workspace("{{ 规划.基期 }}")
    outcome = merger.merge(good.sources[FRAGMENT], PLAN, Settings())
    assert outcome.value is not None
    assert outcome.value.text == "2020"
    assert not outcome.issues


def test_a_fragment_whose_tracing_changed_its_output_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    # no template is known that gets so far: the marks are made to show in the plain render
    monkeypatch.setattr("drafter.merge.marks.unmarked", lambda code: code)
    outcome = merge("甲{% if not 内部 %}乙{% endif %}")
    assert outcome.value is None
    assert [issue.code for issue in outcome.issues] == ["merge.guard"]
    assert sentence(outcome.issues[0])


def test_a_name_missing_for_each_row_of_a_loop_is_told_once() -> None:
    outcome = merge("{% for 行 in 项目 %}{{ 行.名 }}{% endfor %}")
    assert told(outcome.issues) == [("merge.undefined", "1:23")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ 1 } }}", "“}”不该在这里"),
        ("{{ (1 }}", "这里应当是“)”，写的却是“}”"),
        ("{{ 1 + }}", "这里少了一个数或名称"),
    ],
)
def test_what_jinja_says_is_said_in_the_language_of_the_user(
    text: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DRAFTER_LANG", "zh_CN")
    assert merge(text).issues[0].facts["reason"] == said
