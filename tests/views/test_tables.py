"""Tables made from data: heads, groups, totals, signs, and the origin of every character."""

from pathlib import Path

import pytest

from drafter.document.tree import Box, Cell, Line, Paragraph, Row, Table, Text, ViewBlock
from drafter.source.origins import DataValue, Generated, Origin, SourceSlice, literal
from drafter.views import filled
from drafter.views.tables import table
from drafter.workspace.loading import load
from drafter.workspace.model import Workspace

FILES = {
    "data/workspace.yaml": """workspace: {name: 临港市工作区, bureau: 临港市民政局}
stages: [讨论稿]
plans: [p145]
""",
    "data/plans/p145.yaml": """plan:
  id: p145
  title: 规划
  period: [2021, 2025]
  base_year: 2020
  target_year: 2025
  numbering: 章节
  frame: plan
  unit: 临港市民政局
outline: []
""",
    "data/indicators.yaml": """dataset: {name: indicators, title: 指标, kind: indicators, short: 指标}
rows:
- {id: I1, name: 床位, unit: 张, decimals: 0, group: 养老, values: {2020: {value: 18800, status: 实际}, 2025: {value: 24000, status: 目标}}, growth: 年均增速, operator: "≥", attribute: 预期性}
- {id: I2, name: 护理型占比, unit: "%", decimals: 1, group: 养老, values: {2020: {value: 37.2, status: 实际}, 2025: {value: 55, status: 目标}}, growth: 累计, operator: "=", attribute: 约束性}
- {id: I3, name: 公益金, unit: 亿元, decimals: 1, group: 支撑, values: {2020: {value: 9.6, status: 实际}, 2025: {value: 10.8, status: 目标}}, growth: 五年累计, attribute: 预期性}
- {id: I4, name: 站点, unit: 个, decimals: 0, group: 支撑, values: {2025: {value: 0, status: 目标}}, growth: none, attribute: 预期性}
""",
    "data/facilities.yaml": """dataset: {name: homes, title: 养老机构, kind: records, short: 机构, key: [类型, 县区], year: 2020}
columns:
- {name: 类型, type: text}
- {name: 县区, type: text}
- {name: 床位, type: number, unit: 张, decimals: 0}
- {name: 护理型, type: number, unit: 张, decimals: 0}
- {name: 投资, type: number, unit: 万元, decimals: 0}
- {name: 说明, type: text}
rows:
- {类型: 养老, 县区: 港城区, 床位: 300, 护理型: 150, 投资: 12344, 说明: 甲*乙}
- {类型: 养老, 县区: 滨海区, 床位: 100, 护理型: 0, 投资: 12344, 说明: 丙}
- {类型: 救助, 县区: 港城区, 床位: 50, 投资: 10}
""",
    "data/tables.yaml": """tables:
- name: 主要指标
  caption: 主要指标表
  from: indicators
  group: 类别
  columns:
  - {head: 序号, value: 序号}
  - {head: 指标, value: name, width: 4, align: left}
  - {head: [2020年, 基期值], value: "[2020]", width: 2}
  - {head: [2025年, 目标值], value: "[2025]"}
  - {head: 增幅, value: 增幅}
  notes: [〔〕内为累计数。]
- name: 台账
  caption: 机构台账
  from: homes
  where: {类型: 养老}
  columns:
  - {head: 县区, value: 县区}
  - {head: [床位, 合计, 总数], value: 床位}
  - {head: [床位, 合计, 护理型], value: 护理型}
  - {head: [床位, 占比（%）], value: "share(护理型, 床位)", decimals: 1}
  - {head: 投资（亿元）, value: 投资, format: 亿元, decimals: 1}
  - {head: 投资, value: 投资, bare: false}
  - {head: 说明, value: 说明}
  total: 合计
  unit_line: 单位：张
  orientation: landscape
- name: 全部
  caption: 全部机构
  from: homes
  group: 类型
  columns:
  - {head: 县区, value: 县区}
  - {head: 护理型, value: 护理型}
  - {head: 占比, value: "share(护理型, 床位)"}
  - {head: 投资, value: 投资, format: 公顷}
  total: 合计
""",
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("workspace")
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    outcome = load(root)
    assert outcome.value is not None
    return outcome.value


def made(workspace: Workspace, name: str) -> Table:
    outcome = table(workspace.views[name], workspace, workspace.plans["p145"], "p145/c1s1#7", "tbl:x")
    assert outcome.value is not None
    assert not outcome.issues
    return outcome.value


def text(line: Line) -> str:
    return "".join(inline.mapped.text for inline in line.inlines if isinstance(inline, Text))


def texts(row: Row) -> list[str]:
    return [text(cell.line) for cell in row.cells]


def origins(cell: Cell) -> list[Origin]:
    return [
        piece.origin
        for inline in cell.line.inlines
        if isinstance(inline, Text)
        for piece in inline.mapped.pieces
    ]


def test_indicators_print_bare_with_their_operators_and_brackets(workspace: Workspace) -> None:
    rows = made(workspace, "主要指标").rows
    assert [texts(row) for row in rows] == [
        ["养老", "1", "床位", "18800", "≥24000", "5.0"],
        ["2", "护理型占比", "37.2", "55.0", "〔17.8〕"],
        ["支撑", "3", "公益金", "〔9.6〕", "〔10.8〕", "12.5"],
        ["4", "站点", "—", "0", "—"],
    ]


def test_a_group_is_a_cell_over_its_rows(workspace: Workspace) -> None:
    rows = made(workspace, "主要指标").rows
    assert [(row.cells[0].id, row.cells[0].rows) for row in rows] == [
        ("p145/c1s1#7/r1/c1", 2),
        ("p145/c1s1#7/r2/c2", 1),
        ("p145/c1s1#7/r3/c1", 2),
        ("p145/c1s1#7/r4/c2", 1),
    ]


def test_a_cell_knows_its_datum_and_a_sign_is_generated(workspace: Workspace) -> None:
    cell = made(workspace, "主要指标").rows[0].cells[4]
    sign, value = origins(cell)
    assert isinstance(value, DataValue)
    assert isinstance(sign, Generated)
    assert sign.column is not None
    assert workspace.sources[sign.column.path].text[sign.column.start : sign.column.end] == "≥"
    assert value.column is not None
    assert workspace.sources[value.column.path].text[value.column.start : value.column.end] == "[2025]"
    assert value.datum.key.endswith("[2025]")
    assert (value.expression, value.form) == (None, "数")
    place = value.datum.place
    assert place is not None
    assert workspace.sources[place.path].text[place.start : place.end] == "24000"


def test_equal_neighbours_of_the_head_merge_and_short_heads_reach_down(workspace: Workspace) -> None:
    heads = made(workspace, "台账").heads
    assert [[(text(cell.line), cell.columns, cell.rows) for cell in row.cells] for row in heads] == [
        [("县区", 1, 3), ("床位", 3, 1), ("投资（亿元）", 1, 3), ("投资", 1, 3), ("说明", 1, 3)],
        [("合计", 2, 1), ("占比（%）", 1, 2)],
        [("总数", 1, 1), ("护理型", 1, 1)],
    ]
    assert [cell.id for cell in heads[1].cells] == ["p145/c1s1#7/h2/c2", "p145/c1s1#7/h2/c4"]


def test_heads_captions_and_notes_stand_in_the_file_of_views(workspace: Workspace) -> None:
    found = made(workspace, "主要指标")
    source = workspace.sources["data/tables.yaml"].text
    assert found.caption is not None
    for line in (found.caption, found.notes[0], found.heads[1].cells[0].line):
        inline = line.inlines[0]
        assert isinstance(inline, Text)
        *lead, own = inline.mapped.pieces
        assert isinstance(own.origin, SourceSlice)
        assert source[own.origin.start : own.origin.end] == inline.mapped.text[own.start :]
        assert [inline.mapped.text[each.start : each.end] for each in lead] in ([], ["注："])


def test_the_total_has_sums_and_formulas_over_the_sums(workspace: Workspace) -> None:
    found = made(workspace, "台账")
    assert [texts(row) for row in found.rows] == [
        ["港城区", "300", "150", "50.0", "1.2", "12344万元", "甲*乙"],
        ["滨海区", "100", "0", "0", "1.2", "12344万元", "丙"],
        ["合计", "400", "150", "37.5", "2.5", "24688万元", "—"],
    ]
    assert found.rows[-1].kind == "total"
    value = origins(found.rows[-1].cells[3])[0]
    assert isinstance(value, DataValue)
    assert value.datum.formula.startswith("share(")
    assert value.datum.inputs


def test_parts_that_do_not_add_up_when_rounded_are_noted(workspace: Workspace) -> None:
    assert [text(note) for note in made(workspace, "台账").notes] == [
        "注：因四舍五入，各行之和与合计略有出入。"
    ]


def test_an_empty_cell_is_not_applicable_also_in_a_formula(workspace: Workspace) -> None:
    outcome = table(workspace.views["全部"], workspace, workspace.plans["p145"], "f#1")
    assert outcome.value is not None
    assert [texts(row)[:-1] for row in outcome.value.rows] == [
        ["养老", "港城区", "150", "50.0"],
        ["滨海区", "0", "0"],
        ["救助", "港城区", "—", "—"],
        ["合计", "150", "33.3"],
    ]
    assert outcome.value.rows[-1].cells[0].columns == 2


def test_a_unit_that_does_not_convert_is_told_at_the_column_of_the_view(workspace: Workspace) -> None:
    outcome = table(workspace.views["全部"], workspace, workspace.plans["p145"], "f#1")
    assert outcome.value is not None
    assert texts(outcome.value.rows[0])[-1] == "〔？〕"
    assert [(issue.code, issue.place.line) for issue in outcome.issues] == [("formula.unit", 36)]


def test_widths_orientation_and_unit_line_are_those_of_the_view(workspace: Workspace) -> None:
    found = made(workspace, "台账")
    assert found.unit_line is not None
    assert (found.landscape, text(found.unit_line), found.widths, found.columns, found.name) == (
        True,
        "单位：张",
        (),
        7,
        "tbl:x",
    )
    assert made(workspace, "主要指标").widths == (3, 3, 4, 2, 3, 3)


def test_view_blocks_become_tables_also_in_boxes(workspace: Workspace) -> None:
    place = SourceSlice("data/tables.yaml", 0, 6)
    paragraph = Paragraph("f#1", Line((Text(literal("a.md", "文", 0)),)))
    box = Box("f#2", Line(()), (ViewBlock("f#3", "台账", "", place),), "box:x")
    outcome = filled((paragraph, box), workspace, workspace.plans["p145"])
    assert outcome.value is not None
    assert outcome.value[0] is paragraph
    inside = outcome.value[1]
    assert isinstance(inside, Box)
    assert isinstance(inside.table, Table)
    assert inside.table.id == "f#3"


def test_an_unknown_view_is_told_at_its_place_with_the_nearest_name(workspace: Workspace) -> None:
    block = ViewBlock("f#1", "主要指针", "", SourceSlice("data/tables.yaml", 8, 12))
    outcome = filled((block,), workspace, workspace.plans["p145"])
    assert outcome.value == (block,)
    issue = outcome.issues[0]
    assert (issue.code, issue.place.line, dict(issue.facts)) == (
        "views.unknown-view",
        2,
        {"name": "主要指针", "nearest": "主要指标"},
    )


def test_the_tables_of_the_sample_are_whole() -> None:
    sample = load(Path(__file__).parents[2]).value
    assert sample is not None
    for view in sample.views.values():
        outcome = table(view, sample, sample.plans["p145"], "x#1")
        assert outcome.value is not None
        assert not outcome.issues
        assert outcome.value.rows
        for row in outcome.value.rows:
            assert all(text(cell.line) for cell in row.cells)
