"""Each check speaks where it should and is silent where it should."""

from datetime import date
from pathlib import Path

import pytest

from drafter.checks import Draft, run
from drafter.document.tree import Document, Line, Paragraph, Text
from drafter.source.codes import Severity
from drafter.source.messages import LANGUAGES, translate
from drafter.source.origins import MappedText, generated, joined, literal
from tests.checks.world import INDICATOR, PROJECTS, VIEW, codes, draft, workspace

# -- sense -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "middle", "target", "direction", "lines"),
    [
        ("10", "11", "12", "up", []),
        ("10", "10", "10", "up", []),
        ("10", "9", "12", "up", [4]),
        ("10", "11", "9", "up", [5]),
        ("12", "11", "10", "down", []),
        ("10", "11", "9", "down", [4]),
        ("10", "9", "12", "none", []),
    ],
)
def test_targets_go_the_good_way(
    tmp_path: Path, base: str, middle: str, target: str, direction: str, lines: list[int]
) -> None:
    text = f"""dataset: {{name: indicators, title: 指标, kind: indicators, short: 指标}}
rows:
- {{id: I1, name: 甲, unit: 个, values: {{2019: {{value: 99, status: 实际}}, 2020: {{value: {base}, status: 预计}},
   2023: {{value: {middle}, status: 目标}},
   2025: {{value: {target}, status: 目标}}}}, direction: {direction}}}
"""
    found = run(workspace(tmp_path, indicators=text), ())
    assert codes(found) == [("checks.direction", line) for line in lines]


def test_what_binds_has_an_owner(tmp_path: Path) -> None:
    binding = INDICATOR.replace("direction: up", "direction: up, attribute: 约束性")
    assert codes(run(workspace(tmp_path, indicators=binding), ())) == [("checks.no-owner", 3)]
    owned = binding.replace("约束性", "约束性, owner: 养老科")
    assert codes(run(workspace(tmp_path, indicators=owned), ())) == []
    expected = INDICATOR.replace("direction: up", "direction: up, attribute: 预期性")
    assert codes(run(workspace(tmp_path, indicators=expected), ())) == []


@pytest.mark.parametrize(
    ("value", "more", "told"),
    [
        ("55", "growth: 累计", False),
        ("100", "growth: 累计", False),
        ("155", "growth: 累计", True),
        ("-1", "direction: up", True),
        ("155", "growth: none, direction: none", False),
    ],
)
def test_a_share_is_between_nothing_and_the_whole(tmp_path: Path, value: str, more: str, told: bool) -> None:
    text = f"""dataset: {{name: indicators, title: 指标, kind: indicators, short: 指标}}
rows:
- {{id: I1, name: 占比, unit: "%", values: {{2020: {{value: {value}, status: 实际}}}}, {more}}}
"""
    assert codes(run(workspace(tmp_path, indicators=text), ())) == ([("checks.percent", 3)] if told else [])


# -- what is printed ---------------------------------------------------------------------------------------------------


def test_an_actual_number_of_a_later_day_is_an_error_once_the_draft_goes_out(tmp_path: Path) -> None:
    found = workspace(tmp_path, indicators=INDICATOR, tables=VIEW % ("indicators", "[2020]"))
    early, late = date(2020, 12, 1), date(2021, 1, 15)
    assert codes(run(found, [draft(found, day=late, view="表")])) == []
    (issue,) = run(found, [draft(found, day=early, view="表")])
    assert (issue.code, issue.severity, issue.place.line) == ("checks.later", Severity.ERROR, 3)
    assert (issue.facts["name"], issue.facts["known"]) == ("指标.床位数[2020]", "2020-12-31")
    (issue,) = run(found, [draft(found, stage="讨论稿", day=early, view="表")])
    assert (issue.code, issue.severity) == ("checks.later-draft", Severity.WARNING)


def test_an_estimate_a_target_and_what_was_known_earlier_are_never_too_late(tmp_path: Path) -> None:
    early = date(2020, 12, 1)
    for changed in ("status: 预计", "status: 实际, date: 2020-11-30"):
        text = INDICATOR.replace("status: 实际", changed)
        found = workspace(tmp_path, indicators=text, tables=VIEW % ("indicators", "[2020]"))
        assert codes(run(found, [draft(found, day=early, view="表")])) == []
    found = workspace(tmp_path, indicators=INDICATOR, tables=VIEW % ("indicators", "[2025]"))
    assert codes(run(found, [draft(found, day=early, view="表")])) == []


def test_a_number_derived_from_a_later_one_is_too_late_as_well(tmp_path: Path) -> None:
    found = workspace(tmp_path, indicators=INDICATOR, tables=VIEW % ("indicators", "增幅"))
    assert codes(run(found, [draft(found, day=date(2020, 12, 1), view="表")]), "checks.later") == []
    growing = INDICATOR.replace("direction: up", "direction: up, growth: 年均增速")
    found = workspace(tmp_path, indicators=growing, tables=VIEW % ("indicators", "增幅"))
    assert codes(run(found, [draft(found, day=date(2020, 12, 1), view="表")])) == [("checks.later", 3)]


def test_a_ledger_of_a_later_year_is_told_once(tmp_path: Path) -> None:
    ledger = (PROJECTS % '- "床位 > 0"').replace("key: 编号", "key: 编号, year: 2020")
    found = workspace(tmp_path, projects=ledger, tables=VIEW % ("projects", "床位"))
    assert codes(run(found, [draft(found, day=date(2020, 6, 1), view="表")]), "checks.later") == [
        ("checks.later", 1)
    ]
    assert codes(run(found, [draft(found, day=date(2021, 1, 1), view="表")]), "checks.later") == []


# -- typed numbers -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("到2025年，养老床位达到24000张。", "指标.床位数[2025]"),
        ("床位数18800张。", "指标.床位数[2020]"),
        ("养老中心新增床位300张。", "项目.P1.床位"),
        ("养老床位达到24001张。", ""),
        ("到2024年，养老床位达到24000张。", ""),
        ("儿童床位达到24000张。", ""),
        ("养老床位不足。新增24000张。", ""),
        ("养老床位达到24000个。", ""),
        ("养老床位达到124000张。", ""),
        ("康复中心新增床位300张。", ""),
    ],
)
def test_a_number_typed_beside_the_name_of_its_datum_is_told_and_no_other(
    tmp_path: Path, text: str, key: str
) -> None:
    found = workspace(tmp_path, indicators=INDICATOR, projects=PROJECTS % '- "床位 > 0"')
    told = [each for each in run(found, [draft(found, text)]) if each.code == "checks.typed-number"]
    assert [each.facts["key"] for each in told] == ([key] if key else [])


def test_a_number_that_is_data_or_made_by_the_program_is_not_typed(tmp_path: Path) -> None:
    found = workspace(tmp_path, indicators=INDICATOR)
    words: MappedText = joined((literal("a.md", "养老床位", 0), generated("24000张", "loop")))
    document = Document("p145", words, (Paragraph("f#1", Line((Text(words),))),), {})
    issues = run(found, [Draft(found.plans["p145"], document, "讨论稿", None)])
    assert codes(issues, "checks.typed") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hint_shows_how_to_take_the_number_from_the_data(language: str) -> None:
    hint = translate("checks.typed-number.hint", {"key": "指标.床位数[2025]"}, language)
    assert "{{ 指标.床位数[2025] }}" in hint
