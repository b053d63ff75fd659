from decimal import Decimal
from pathlib import Path

import pytest

from drafter.workspace.formulas import FormulaError, Setting, applied, calculated, value_of
from drafter.workspace.loading import for_plan
from drafter.workspace.model import Workspace
from drafter.workspace.values import Absent, Quantity, Scope, UnknownName, Value, Words
from tests.workspace.world import FILES, loaded, replaced

INDICATORS, FACILITIES = "data/indicators.yaml", "data/facilities.yaml"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    found = loaded(tmp_path).value
    assert found is not None
    return found


@pytest.fixture
def names(workspace: Workspace) -> Scope:
    return for_plan(workspace, workspace.plans["p145"])


def asked(names: Scope, expression: str, year: int | None = None) -> Value:
    return calculated(expression, Setting(names, year=year))


def printed(value: Value) -> str:
    return value.text if isinstance(value, Words) else f"{value.number.normalize():f}{value.unit}"


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("指标.养老床位[2025]", "800张"),
        ("指标.I01[2025]", "800张"),
        ('指标["养老床位"][2025]', "800张"),
        ("指标.养老机构护理型床位占比[2025]", "55%"),
        ("指标.养老床位[2020]", "400张"),
        ("指标.护理型占比[2020]", "40%"),
        ("指标.护理型占比.名称", "养老机构护理型床位占比"),
        ("指标.护理型占比.单位", "%"),
        ("指标.护理型占比.属性", "约束性"),
        ("指标.护理型占比.责任单位", "养老服务科"),
        ("指标.护理型占比.增幅", "15个百分点"),
        ("设施.养老机构.港城区.床位", "300张"),
        ("设施.养老机构.床位", "400张"),
        ("设施.养老机构.床位[2020]", "400张"),
        ("设施.养老机构.港城区.县区", "港城区"),
        ("设施.养老机构.滨海区.占比", "60%"),
        ("facilities.养老机构.床位", "400张"),
        ("单位.规划财务科.成员", "甲、乙"),
        ("sum(设施.床位)", "400张"),
        ("sum(设施.床位, 县区=港城区)", "300张"),
        ("sum(设施.投资, 类型=中心)", "10000万元"),
        ("sum(设施.床位, 类型=中心)", "0张"),
        ("count(设施)", "3"),
        ("count(设施, 类型=养老机构)", "2"),
        ("count(设施.养老机构, 床位=300)", "1"),
        ("count(设施.投资)", "2"),
        ("min(设施.床位)", "100张"),
        ("max(设施.床位, 类型=养老机构)", "300张"),
        ("share(设施.养老机构.护理型, 设施.养老机构.床位)", "40%"),
        ("growth(指标.养老床位[2020], 指标.养老床位[2025])", "100%"),
        ("per(设施.养老机构.护理型, 设施.养老机构.床位 * 10, 1000)", "40"),
        ("(1 + 2) * 3 - -1", "10"),
        ("设施.养老机构.护理型 / 设施.养老机构.床位", "0.4"),
    ],
)
def test_a_name_or_a_formula_is_its_value(names: Scope, expression: str, expected: str) -> None:
    assert printed(asked(names, expression)) == expected


def test_a_formula_without_a_year_takes_that_of_its_cell(names: Scope) -> None:
    assert printed(asked(names, "指标.养老床位 * 2", 2025)) == "1600张"


def test_growth_follows_the_way_of_the_row(tmp_path: Path) -> None:
    for way, expected in (
        ("年均增速", "14.8698"),
        ("累计", "400.0000"),
        ("五年累计", "100.0000"),
    ):
        changes = replaced(INDICATORS, "growth: 年均增速", f"growth: {way}")
        workspace = loaded(tmp_path, changes).value
        assert workspace is not None
        grown = asked(for_plan(workspace, workspace.plans["p145"]), "指标.养老床位.增幅")
        assert isinstance(grown, Quantity)
        assert f"{grown.number:.4f}" == expected


def test_an_indicator_that_does_not_grow_says_so(tmp_path: Path) -> None:
    workspace = loaded(tmp_path, replaced(INDICATORS, "growth: 年均增速", "growth: none")).value
    assert workspace is not None
    assert printed(asked(for_plan(workspace, workspace.plans["p145"]), "指标.养老床位.增幅")) == "—"


def test_without_a_plan_there_is_no_growth(workspace: Workspace) -> None:
    with pytest.raises(FormulaError) as failed:
        asked(workspace.names, "指标.养老床位.增幅")
    assert failed.value.issue.code == "formula.unknown-name"


def test_a_value_knows_its_key_and_its_scalar(workspace: Workspace, names: Scope) -> None:
    for expression, stands in (
        ("指标.养老床位[2025]", "800"),
        ("设施.养老机构.港城区.床位", "300"),
        ("指标.护理型占比.单位", "%"),
        ("设施.养老机构.港城区.县区", "港城区"),
    ):
        datum = asked(names, expression).datum
        assert datum.key == expression
        assert datum.place is not None
        assert workspace.sources[datum.place.path].text[datum.place.start : datum.place.end] == stands


def test_a_derived_value_knows_its_formula_and_its_inputs(workspace: Workspace, names: Scope) -> None:
    datum = asked(names, "指标.护理型占比[2020]").datum
    assert datum.key == "指标.护理型占比[2020]"
    assert datum.place is not None
    assert workspace.sources[datum.place.path].text[datum.place.start : datum.place.end] == datum.formula
    assert datum.formula == "设施.养老机构.护理型 / 设施.养老机构.床位 * 100"
    assert [each.key for each in datum.inputs] == ["设施.养老机构.护理型", "设施.养老机构.床位"]
    assert [each.key for each in datum.inputs[1].inputs] == [
        "设施.养老机构.港城区.床位",
        "设施.养老机构.滨海区.床位",
    ]


def test_a_cell_that_is_one_name_has_that_as_its_input(names: Scope) -> None:
    datum = asked(names, "指标.养老床位[2020]").datum
    assert (datum.formula, [each.key for each in datum.inputs]) == (
        "设施.养老机构.床位",
        ["设施.养老机构.床位"],
    )


def test_a_name_with_signs_is_said_in_brackets(tmp_path: Path) -> None:
    changes = {
        path: FILES[path].replace("滨海区", "滨海（新）区") for path in ("data/counties.yaml", FACILITIES)
    }
    workspace = loaded(tmp_path, changes).value
    assert workspace is not None
    expression = '设施.养老机构["滨海（新）区"].床位'
    assert asked(workspace.names, expression).datum.key == expression


def test_an_empty_cell_is_absent_and_not_zero(names: Scope) -> None:
    row = names.member("设施")
    assert not isinstance(row, Quantity | Words)
    with pytest.raises(FormulaError) as failed:
        asked(names, "设施.养老机构.滨海区.投资")
    assert failed.value.issue.code == "formula.absent"
    with pytest.raises(FormulaError) as failed:
        asked(names, "设施.中心.床位")
    assert failed.value.issue.code == "formula.absent"


def test_a_calculated_column_is_empty_where_what_it_needs_is(names: Scope) -> None:
    rows = list(_scope(names, "设施").rows())
    assert printed(value_of("占比", rows[1], names)) == "60%"
    with pytest.raises(Absent):
        value_of("占比", rows[2], names)


def _scope(names: Scope, name: str) -> Scope:
    found = names.member(name)
    assert not isinstance(found, Quantity | Words)
    return found


def test_a_view_asks_a_row_by_name_year_or_formula(names: Scope) -> None:
    indicator = next(_scope(names, "指标").rows())
    assert printed(value_of("name", indicator, names)) == "养老床位"
    assert printed(value_of("[2025]", indicator, names)) == "800张"
    facility = next(_scope(names, "设施").rows())
    assert round(_number(value_of("share(护理型, 床位)", facility, names)), 1) == Decimal("33.3")
    assert printed(value_of("床位 - 护理型", facility, names)) == "200张"


def _number(value: Value) -> Decimal:
    assert isinstance(value, Quantity)
    return value.number


def test_a_selection_of_rows_answers_with_sums(names: Scope) -> None:
    selected = _scope(names, "设施").selected({"类型": "养老机构"})  # type: ignore[attr-defined]
    assert len(list(selected.rows())) == 2
    assert printed(value_of("share(护理型, 床位)", selected, names)) == "40%"


def test_an_unknown_name_says_the_nearest(names: Scope) -> None:
    for expression, nearest in (
        ("指标.护理型占", "护理型占比"),
        ("设拖.床位", "设施"),
        ("设施.养老机枃", "养老机构"),
    ):
        with pytest.raises(FormulaError) as failed:
            asked(names, expression)
        assert failed.value.issue.facts["nearest"] == nearest


def test_functions_serve_fragments_with_values_in_hand(names: Scope) -> None:
    column = _scope(names, "设施").member("床位")
    assert printed(applied("sum", [column], {"县区": "滨海区"})) == "100张"
    with pytest.raises(UnknownName):
        applied("sum", [column], {"县": "滨海区"})


def test_rows_with_a_year_column_are_added_up_by_year(tmp_path: Path) -> None:
    money = """\
dataset: {name: money, title: 资金, kind: records, short: 资金, key: [来源, 年度]}
columns:
- {name: 来源, type: text}
- {name: 年度, type: year}
- {name: 金额, type: number, unit: 万元}
rows:
- {来源: 市级, 年度: 2021, 金额: 10}
- {来源: 市级, 年度: 2022, 金额: 20}
- {来源: 县级, 年度: 2022, 金额: 5}
"""
    workspace = loaded(tmp_path, {"data/money.yaml": money}).value
    assert workspace is not None
    names = workspace.names
    assert printed(asked(names, "sum(资金.金额)")) == "35万元"
    assert printed(asked(names, "sum(资金.金额)", 2022)) == "25万元"
    assert printed(asked(names, "资金.市级.金额", 2021)) == "10万元"
    assert printed(asked(names, "资金.市级.金额[2022]")) == "20万元"
    assert printed(asked(names, '资金.市级["2022"].金额')) == "20万元"
