"""Each check speaks where it should and is silent where it should."""

from datetime import date
from pathlib import Path

import pytest

from drafter.checks import Draft, run
from drafter.document.tree import Document, Line, Paragraph, Text
from drafter.source.issues import Issue, Severity
from drafter.source.messages import LANGUAGES, translate
from drafter.source.origins import MappedText, generated, joined, literal
from drafter.views import table
from drafter.workspace.loading import load
from drafter.workspace.model import Workspace

PLAN = """plan: {id: p145, title: 规划, period: [2021, 2025], base_year: 2020, target_year: 2025, numbering: 章节, frame: plan, unit: 民政局}
outline: []
"""
PROJECTS = """dataset: {name: projects, title: 项目表, kind: records, short: 项目, key: 编号}
checks:
%s
columns:
- {name: 编号, type: text}
- {name: 名称, type: text}
- {name: 总投资, type: number, unit: 万元, decimals: 0}
- {name: 中央, type: number, unit: 万元, decimals: 0}
- {name: 地方, type: number, unit: 亿元, decimals: 2}
- {name: 床位, type: number, unit: 张, decimals: 0}
- {name: 入住, type: number, unit: 人, decimals: 0}
rows:
- {编号: P1, 名称: 养老中心, 总投资: 30000, 中央: 10000, 地方: 2, 床位: 300, 入住: 200}
- {编号: P2, 名称: 康复中心, 总投资: 6000, 中央: 1000, 地方: 0.5, 床位: 100, 入住: 120}
- {编号: P3, 名称: 活动站, 总投资: 100, 中央: 100, 地方: 0}
"""
INDICATOR = """dataset: {name: indicators, title: 指标, kind: indicators, short: 指标}
rows:
- {id: I1, name: 养老床位, short: 床位数, unit: 张, decimals: 0, values: {2020: {value: 18800, status: 实际}, 2025: {value: 24000, status: 目标}}, direction: up}
"""


def workspace(root: Path, **data: str) -> Workspace:
    files = {
        "data/workspace.yaml": "workspace: {name: 工作区, bureau: 民政局}\nstages: [讨论稿, 征求意见稿, 送审稿]\nplans: [p145]\n",
        "data/plans/p145.yaml": PLAN,
        **{f"data/{name}.yaml": text for name, text in data.items()},
    }
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    outcome = load(root)
    assert outcome.value is not None
    assert [issue.code for issue in outcome.issues] == []
    return outcome.value


def draft(
    found: Workspace, text: str = "", stage: str = "征求意见稿", day: date | None = None, view: str = ""
) -> Draft:
    """A plan of one paragraph typed into `sections/a.md`, and the table of a view."""
    plan = found.plans["p145"]
    blocks = (Paragraph("f#1", Line((Text(literal("sections/a.md", text, 0)),))),)
    if view:
        made = table(found.views[view], found, plan, "f#2").value
        assert made is not None
        return Draft(plan, Document("p145", plan.title, (*blocks, made), {}), stage, day)
    return Draft(plan, Document("p145", plan.title, blocks, {}), stage, day)


def codes(issues: tuple[Issue, ...], code: str = "") -> list[tuple[str, int]]:
    return [(each.code, each.place.line) for each in issues if each.code.startswith(code or "checks.")]


# -- declared relations ------------------------------------------------------------------------------------------------


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

VIEW = """tables:
- name: 表
  caption: 表题
  from: %s
  columns:
  - {head: 数, value: "%s"}
"""


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
    assert codes(run(found, [draft(found, day=date(2020, 6, 1), view="表")])) == [("checks.later", 1)]
    assert codes(run(found, [draft(found, day=date(2021, 1, 1), view="表")])) == []


def test_a_dataset_that_no_plan_uses_is_told_unless_it_is_said_to_be_kept(tmp_path: Path) -> None:
    found = workspace(
        tmp_path,
        indicators=INDICATOR,
        projects=PROJECTS % '- "床位 > 0"',
        tables=VIEW % ("indicators", "[2025]"),
    )
    (issue,) = run(found, [draft(found, view="表")])
    assert (issue.code, issue.severity, issue.place.file) == (
        "checks.unused",
        Severity.INFO,
        "data/projects.yaml",
    )
    assert run(found, []) == ()  # not all plans were looked at
    kept = (PROJECTS % '- "床位 > 0"').replace("key: 编号", "key: 编号, unused: ok")
    found = workspace(tmp_path, indicators=INDICATOR, projects=kept, tables=VIEW % ("indicators", "[2025]"))
    assert run(found, [draft(found, view="表")]) == ()


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
