"""Relations that a dataset declares: said at the row that breaks them, with both values, and silent where they hold."""

from pathlib import Path

import pytest

from drafter.checks import run
from drafter.source.issues import Issue
from drafter.workspace.loading import load
from tests.checks.world import INDICATOR, PROJECTS, codes, workspace, write


@pytest.mark.parametrize(
    "check",
    [
        "sum(项目.总投资) >= sum(项目.中央) + sum(项目.地方)",
        "中央 <= 总投资",
        "总投资 * 2 / 2 = 总投资",
        "总投资 / 3 * 3 = 总投资",
        "sum(项目.床位, 编号=P1) = 300",
        "count(项目) = 3",
        "床位 > 0",
    ],
)
def test_a_relation_that_holds_says_nothing_and_an_empty_cell_is_no_row(tmp_path: Path, check: str) -> None:
    found = workspace(tmp_path, projects=PROJECTS % f'- "{check}"')
    assert run(found, ()) == ()


def test_a_relation_of_each_row_is_told_at_the_row_that_fails_with_both_values(tmp_path: Path) -> None:
    found = workspace(tmp_path, projects=PROJECTS % '- "入住 <= 床位"')
    (issue,) = run(found, ())
    assert (issue.code, issue.place.file, issue.place.line) == ("checks.failed", "data/projects.yaml", 14)
    assert dict(issue.facts) == {"check": "入住 <= 床位", "row": "项目.P2", "left": "120人", "right": "100张"}


def test_a_relation_of_rows_converts_units(tmp_path: Path) -> None:
    found = workspace(tmp_path, projects=PROJECTS % '- "总投资 = 中央 + 地方"')
    assert codes(run(found, ())) == []
    wrong = (PROJECTS % '- "总投资 = 中央 + 地方"').replace("地方: 0.5", "地方: 0.6")
    (issue,) = run(workspace(tmp_path, projects=wrong), ())
    assert (issue.facts["left"], issue.facts["right"]) == ("6000万元", "7000.00万元")


def test_a_relation_of_sums_is_told_once_at_the_relation(tmp_path: Path) -> None:
    found = workspace(tmp_path, projects=PROJECTS % "- sum(项目.总投资) = sum(项目.中央)")
    (issue,) = run(found, ())
    assert (issue.code, issue.place.line, issue.place.column) == ("checks.failed", 3, 3)
    assert (issue.facts["left"], issue.facts["right"], issue.facts["row"]) == (
        "36100万元",
        "11100万元",
        "项目表",
    )


@pytest.mark.parametrize(
    ("check", "code"),
    [
        ("总投资", "checks.broken"),
        ("中央 <= 总投资 <= 地方", "checks.broken"),
        ("总投资 = 投资", "formula.unknown-name"),
        ("总投资 = 床位", "formula.units"),
        ("地方 <= 入住", "formula.units"),
        ("总投资 = (中央", "formula.unfinished"),
    ],
)
def test_what_is_no_relation_is_told_where_it_stands(tmp_path: Path, check: str, code: str) -> None:
    found = workspace(tmp_path, projects=PROJECTS % f'- "{check}"')
    issues = run(found, ())
    assert [(each.code, each.place.line) for each in issues] == [(code, 3)]


def test_indicators_declare_relations_by_year(tmp_path: Path) -> None:
    held = INDICATOR.replace("rows:", "checks: ['指标.床位数[2025] > 指标.床位数[2020]']\nrows:")
    assert codes(run(workspace(tmp_path, indicators=held), ())) == []
    failed = held.replace(" > ", " < ")
    assert codes(run(workspace(tmp_path, indicators=failed), ())) == [("checks.failed", 2)]


# -- conditions, words, rounding ---------------------------------------------------------------------------------------

FACILITIES = """dataset: {name: facilities, title: 设施台账, kind: records, short: 设施, key: 编号}
checks:
- %s
columns:
- {name: 编号, type: text}
- {name: 类型, type: choice, of: [养老机构, 殡仪馆]}
- {name: 建成, type: text}
- {name: 验收, type: date}
- {name: 消防, type: choice, of: [是, 否]}
- {name: 隐患, type: text}
- {name: 服务, type: list}
- {name: 床位, type: number, unit: 张, decimals: 0}
- {name: 面积, type: number, unit: 平方米, decimals: 0}
- {name: 占比, type: number, unit: "%%", decimals: 1}
rows:
- {编号: F1, 类型: 养老机构, 建成: 2008, 验收: 2009-05-20, 消防: 是, 服务: [供养, 托养], 床位: 300, 面积: 9000, 占比: 33.3}
- {编号: F2, 类型: 养老机构, 建成: 2016, 验收: 2016-11-01, 消防: 否, 隐患: 没有喷淋, 床位: 200, 面积: 7000, 占比: 66.7}
- {编号: F3, 类型: 殡仪馆, 建成: 1996, 消防: 否, 服务: [火化]}
"""


def told(tmp_path: Path, check: str, changed: tuple[str, str] = ("", "")) -> list[tuple[str, str, str, str]]:
    """What is told of a relation of the facilities: code, row, and both values."""
    issues = run(workspace(tmp_path, facilities=(FACILITIES % check).replace(*changed)), ())
    facts = [dict(each.facts) for each in issues]
    return [
        (issue.code, each.get("row", ""), each.get("left", ""), each.get("right", ""))
        for issue, each in zip(issues, facts, strict=True)
    ]


@pytest.mark.parametrize(
    "check",
    [
        '消防 = "是" => 床位 > 250',
        '类型 = "养老机构" => 消防 = "否" => 隐患 != ""',
        '类型 = "殡仪馆" ⇒ 床位 = ""',
        '服务 = "" => 隐患 != ""',
        "建成 >= 1996",
        "建成 ≤ 2016",
        '验收 >= "2009-05-20"',
        '验收 = "2009-05-20" => 编号 = "F1"',
        "面积 / 床位 >= 30",
        '床位 != ""  =>  面积 != 500',
        "占比 ~= share(床位 * 100, 300 * 300)",
        "sum(设施.占比) ≈ 100",
        "count(设施, 编号=[编号]) = 1",
        "count(设施, 服务=供养) = 1",
        '编号 = "F1" => count(设施, 服务=托养, 编号=[编号]) = 1',
        '类型 = "殡仪馆" => count(设施, 类型=[类型], 消防=[消防]) = 1',
        '类型 = "殡仪馆" => sum(设施.床位, 类型=[类型]) = 0',
        "床位 <= max(设施.床位, 类型=[类型])",
    ],
)
def test_what_holds_under_its_conditions_says_nothing(tmp_path: Path, check: str) -> None:
    changed = ("占比: 33.3", "占比: 33.3") if "300 * 300" not in check else ("占比: 66.7", "占比: 22.2")
    assert told(tmp_path, check, changed) == []


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        ('消防 = "否" => 隐患 != ""', ("checks.not-filled", "设施.F3", "", "")),
        ('消防 = "否" => 类型 = "养老机构"', ("checks.failed", "设施.F3", "殡仪馆", "养老机构")),
        ('隐患 = ""', ("checks.failed", "设施.F2", "没有喷淋", '""')),
        ("建成 >= 2000", ("checks.failed", "设施.F3", "1996", "2000")),
        ('验收 <= "2010-12-31"', ("checks.failed", "设施.F2", "2016-11-01", "2010-12-31")),
        ("床位 != 200", ("checks.failed", "设施.F2", "200张", "200")),
        ("占比 ~= 66.66", ("checks.failed", "设施.F1", "33.3%", "66.66")),
        (
            '类型 = "养老机构" => count(设施, 类型=[类型], 消防=[消防]) = count(设施, 消防=[消防])',
            ("checks.failed", "设施.F2", "1", "2"),
        ),
        ("sum(设施.床位) = 501", ("checks.failed", "设施台账", "500张", "501")),
    ],
)
def test_what_does_not_hold_is_told_with_its_row_and_both_values(
    tmp_path: Path, check: str, expected: tuple[str, str, str, str]
) -> None:
    assert told(tmp_path, check) == [expected]


def test_values_that_would_print_alike_are_told_with_the_decimals_that_differ(tmp_path: Path) -> None:
    assert told(tmp_path, '编号 = "F2" => 占比 = share(200, 300)') == [
        ("checks.failed", "设施.F2", "66.70%", "66.67%")
    ]
    assert told(tmp_path, '编号 = "F2" => 占比 ~= share(200, 300)') == []


def test_it_is_told_at_the_first_cell_that_it_names(tmp_path: Path) -> None:
    (issue,) = run(workspace(tmp_path, facilities=FACILITIES % "面积 / 床位 <= 30"), ())
    assert (issue.place.line, issue.place.excerpt[issue.place.column - 1 :][:4]) == (17, "7000")


@pytest.mark.parametrize(
    ("check", "code", "column"),
    [
        ('类型 = "殡仪官" => 床位 = ""', "formula.unknown-value", 8),
        ("消防 = 否 => 隐患 != 无", "checks.quotes", 8),
        ("床位 > 类型", "checks.not-alike", 3),
        ("编号 < 类型", "checks.not-alike", 3),
        ('床位 < ""', "checks.not-alike", 3),
        ("床位 => 面积", "checks.broken", 3),
        ('床位 > 0 => "面积"', "checks.broken", 3),
        ("count(设施, 种类=[类型]) = 1", "formula.unknown-name", 3),
        ("count(设施, 类型=[种类]) = 床位", "formula.unknown-name", 17),
        ('消防 = "否', "formula.syntax", 8),
    ],
)
def test_a_relation_that_means_nothing_is_told_once_where_it_goes_wrong(
    tmp_path: Path, check: str, code: str, column: int
) -> None:
    issues = run(workspace(tmp_path, facilities=FACILITIES % check), ())
    assert [(each.code, each.place.line, each.place.column) for each in issues] == [(code, 3, column)]


MATTERS = """dataset: {name: matters, title: 事项, kind: records, short: 事项, key: 编号}
columns:
- {name: 编号, type: text}
- {name: 科室, type: text}
- {name: 相关指标, type: list, of: indicators}
rows:
- {编号: M1, 科室: 养老科, 相关指标: [I1, I2]}
- {编号: M2, 科室: 儿童科, 相关指标: %s}
"""
OWNED = """dataset: {name: indicators, title: 指标, kind: indicators, short: 指标}
checks:
- 属性 = "约束性" => 责任单位 != ""
- count(事项, 相关指标=[编号], 科室=[责任单位]) = 1
- 指标[编号][2025] >= 指标[编号][2020]
rows:
- {id: I1, name: 床位, unit: 张, values: {2020: {value: 10, status: 实际}, 2025: {value: 20, status: 目标}}, attribute: 约束性, owner: 养老科}
- {id: I2, name: 中心, unit: 个, values: {2020: {value: 1, status: 实际}, 2025: {value: 2, status: 目标}}, owner: 养老科}
- {id: I3, name: 儿童, unit: 人, values: {2020: {value: 5, status: 实际}, 2025: {value: 5, status: 目标}}, owner: 儿童科}
"""


def of_indicators(tmp_path: Path, listed: str = "[I3]", changed: tuple[str, str] = ("", "")) -> list[Issue]:
    found = workspace(tmp_path, matters=MATTERS % listed, indicators=OWNED.replace(*changed))
    return [each for each in run(found, ()) if each.code.startswith(("checks.failed", "checks.not-filled"))]


def test_indicators_are_checked_row_by_row_against_the_lists_that_name_them(tmp_path: Path) -> None:
    assert of_indicators(tmp_path) == []


@pytest.mark.parametrize(
    ("listed", "changed", "line", "facts"),
    [
        ("[I3, I2]", ("owner: 儿童科", "owner: 养老科"), 9, ("指标.儿童", "0", "1")),
        ("[]", ("", ""), 9, ("指标.儿童", "0", "1")),
        ("[I3]", ("{value: 2, ", "{value: 0, "), 8, ("指标.中心", "0个", "1个")),
        ("I3", ("unit: 人", "unit: 名"), 0, ("", "", "")),
    ],
)
def test_an_indicator_of_no_matter_or_below_its_base_is_told_at_its_row(
    tmp_path: Path, listed: str, changed: tuple[str, str], line: int, facts: tuple[str, str, str]
) -> None:
    issues = of_indicators(tmp_path, listed, changed)
    if line == 0:
        assert issues == []  # one word stands for a list of one
        return
    (issue,) = issues
    assert (issue.place.line, *(issue.facts[each] for each in ("row", "left", "right"))) == (line, *facts)


def test_a_word_of_a_list_that_is_no_row_of_its_dataset_is_told_by_loading(tmp_path: Path) -> None:
    write(tmp_path, matters=MATTERS % "[I3, I9]", indicators=OWNED)
    (issue,) = load(tmp_path).issues
    assert (issue.code, issue.place.line, issue.facts["value"]) == ("workspace.unknown-row", 8, "I9")
