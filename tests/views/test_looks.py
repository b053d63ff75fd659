"""What a view can ask for: filters, order, groups, sub-totals, pivots, numbers within groups, other datasets by the row's key."""

from pathlib import Path

import pytest

from drafter.document.tree import Line, Row, Table, Text
from drafter.source.origins import DataValue
from drafter.views.tables import table
from drafter.workspace.loading import load
from drafter.workspace.model import Workspace

DATA = {
    "data/workspace.yaml": "workspace: {name: 工作区, bureau: 民政局}\nstages: [讨论稿]\nplans: [p145]\n",
    "data/plans/p145.yaml": """plan: {id: p145, title: 规划, period: [2021, 2025], base_year: 2020, target_year: 2025, numbering: 章节, frame: plan, unit: 民政局}
outline: []
""",
    "data/counties.yaml": """dataset: {name: counties, title: 县区, kind: records, short: 县区表, key: 名称}
columns:
- {name: 名称, type: text}
- {name: 老年人口, type: number, unit: 人, decimals: 0}
rows:
- {名称: 港城区, 老年人口: 2000}
- {名称: 滨海区, 老年人口: 1000}
""",
    "data/homes.yaml": """dataset: {name: homes, title: 设施, kind: records, short: 设施, key: [类型, 县区], year: 2020}
columns:
- {name: 类型, type: choice, of: [养老机构, 服务中心, 救助站]}
- {name: 县区, type: ref, of: counties}
- {name: 数量, type: number, unit: 个, decimals: 0}
- {name: 床位, type: number, unit: 张, decimals: 0}
- {name: 入住, type: number, unit: 人, decimals: 0}
- {name: 投资, type: number, unit: 万元, decimals: 1}
- {name: 配合, type: list}
rows:
- {类型: 服务中心, 县区: 滨海区, 数量: 1, 床位: 30, 入住: 15, 投资: 1.26}
- {类型: 养老机构, 县区: 滨海区, 数量: 2, 床位: 100, 入住: 80, 投资: 1.26, 配合: [甲科, 乙科]}
- {类型: 养老机构, 县区: 港城区, 数量: 3, 床位: 300, 入住: 150, 投资: 2, 配合: [乙科]}
- {类型: 救助站, 县区: 港城区, 数量: 1, 床位: 20, 入住: 5}
""",
    "data/near.yaml": """dataset: {name: near, title: 指标, kind: indicators, short: 指标}
rows:
- {id: I1, name: 床位, unit: 张, decimals: 0, group: 养老, values: {2020: {value: 400, status: 实际}, 2025: {value: 500, status: 目标}}, growth: 年均增速, operator: "≥"}
""",
    "data/far.yaml": """dataset: {name: far, title: 设施指标, kind: indicators, short: 设施指标}
rows:
- {id: F1, name: 救助床位, unit: 张, decimals: 0, group: 救助, values: {2025: {value: 30, status: 目标}}, growth: none, operator: "≥"}
""",
}


def loaded(root: Path, view: str, **changed: str) -> tuple[Workspace, list[str]]:
    """A workspace with one view, `表`, whose keys are given as YAML lines; and the codes of what is wrong."""
    lines = "".join(f"  {line}\n" for line in view.strip().splitlines())
    files = {**DATA, **changed, "data/tables.yaml": f"tables:\n- name: 表\n  caption: 表题\n{lines}"}
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    outcome = load(root)
    assert outcome.value is not None
    return outcome.value, [issue.code for issue in outcome.issues]


def made(root: Path, view: str) -> Table:
    workspace, codes = loaded(root, view)
    assert codes == []
    outcome = table(workspace.views["表"], workspace, workspace.plans["p145"], "f#1")
    assert outcome.value is not None
    assert outcome.issues == ()
    return outcome.value


def text(line: Line) -> str:
    return "".join(inline.mapped.text for inline in line.inlines if isinstance(inline, Text))


def texts(row: Row) -> list[str]:
    return [text(cell.line) for cell in row.cells]


def column(found: Table, at: int = 0) -> list[str]:
    return [texts(row)[at] for row in found.rows]


BEDS = "from: homes\ncolumns:\n- {head: 床位, value: 床位}\n"


@pytest.mark.parametrize(
    ("where", "beds"),
    [
        ("{类型: 养老机构}", ["100", "300"]),
        ("{类型: [养老机构, 救助站]}", ["100", "300", "20"]),
        ('{床位: ">= 100"}', ["100", "300"]),
        ('{床位: "≥100", 县区: 港城区}', ["300"]),
        ('{床位: ["> 20", "< 300"]}', ["30", "100"]),
        ('{类型: "!= 养老机构"}', ["30", "20"]),
        ("{床位: [30, 20]}", ["30", "20"]),
        ("{配合: 乙科}", ["100", "300"]),
        ('{投资: ">= 0"}', ["30", "100", "300"]),
    ],
)
def test_rows_are_chosen_by_words_lists_and_comparisons(tmp_path: Path, where: str, beds: list[str]) -> None:
    assert column(made(tmp_path, f"{BEDS}where: {where}")) == beds


@pytest.mark.parametrize(
    ("sort", "beds"),
    [
        ("床位", ["20", "30", "100", "300"]),
        ("[-床位]", ["300", "100", "30", "20"]),
        ("[类型, -床位]", ["300", "100", "30", "20"]),
        ("[县区, 床位]", ["20", "300", "30", "100"]),
        ("[投资, 床位]", ["30", "100", "300", "20"]),
        ("[-投资]", ["300", "30", "100", "20"]),
    ],
)
def test_rows_are_sorted_by_size_or_by_the_order_declared_and_nothing_comes_last(
    tmp_path: Path, sort: str, beds: list[str]
) -> None:
    assert column(made(tmp_path, f"{BEDS}sort: {sort}")) == beds


GROUPED = """from: homes
sort: [县区, 类型]
columns:
- {head: 序号, value: 序号}
- {head: 组内, value: 组内序号}
- {head: 床位, value: 床位}
- {head: 入住率, value: "share(入住, 床位)", decimals: 1}
"""


def test_a_group_has_its_sub_total_inside_its_merged_cell(tmp_path: Path) -> None:
    found = made(tmp_path, f"{GROUPED}group: 县区\nsubtotal: 小计\ntotal: 合计")
    assert [(row.kind, texts(row)) for row in found.rows] == [
        ("body", ["港城区", "1", "1", "300", "50.0"]),
        ("body", ["2", "2", "20", "25.0"]),
        ("subtotal", ["小计", "320", "48.4"]),
        ("body", ["滨海区", "3", "1", "100", "80.0"]),
        ("body", ["4", "2", "30", "50.0"]),
        ("subtotal", ["小计", "130", "73.1"]),
        ("total", ["合计", "450", "55.6"]),
    ]
    assert [row.cells[0].rows for row in found.rows] == [3, 1, 1, 3, 1, 1, 1]
    assert (found.rows[2].cells[0].id, found.rows[2].cells[0].columns) == ("f#1/r3/c2", 2)
    assert found.rows[-1].cells[0].columns == 3


def test_two_columns_group_as_two_merged_cells(tmp_path: Path) -> None:
    found = made(tmp_path, f"{BEDS}group: [县区, 类型]\nsubtotal: 小计")
    assert [texts(row) for row in found.rows] == [
        ["滨海区", "服务中心", "30"],
        ["养老机构", "100"],
        ["小计", "130"],
        ["港城区", "养老机构", "300"],
        ["救助站", "20"],
        ["小计", "320"],
    ]
    assert [text(cell.line) for cell in found.heads[0].cells] == ["县区", "类型", "床位"]


def test_groups_can_be_rows_of_their_own(tmp_path: Path) -> None:
    found = made(tmp_path, f"{BEDS}group: 县区\ngroup_rows: true\nsubtotal: 小计\ntotal: 合计")
    assert found.columns == 1
    assert [(row.kind, texts(row)) for row in found.rows][:4] == [
        ("group", ["滨海区"]),
        ("body", ["30"]),
        ("body", ["100"]),
        ("subtotal", ["小计"]),
    ]
    (piece,) = (
        p for i in found.rows[0].cells[0].line.inlines if isinstance(i, Text) for p in i.mapped.pieces
    )
    assert isinstance(piece.origin, DataValue)


PIVOT = """from: homes
pivot:
  rows: 县区
  columns: 类型
  metrics:
  - {head: 数量, value: 数量}
  - {head: 床位, value: 床位}
  sum: 合计
total: 全市
"""


def test_a_pivot_has_a_row_for_each_county_and_columns_for_each_type(tmp_path: Path) -> None:
    found = made(tmp_path, PIVOT)
    assert [texts(row) for row in found.heads] == [
        ["县区", "养老机构", "服务中心", "救助站", "合计"],
        ["数量", "床位", "数量", "床位", "数量", "床位", "数量", "床位"],
    ]
    assert [texts(row) for row in found.rows] == [
        ["滨海区", "2", "100", "1", "30", "—", "—", "3", "130"],
        ["港城区", "3", "300", "—", "—", "1", "20", "4", "320"],
        ["全市", "5", "400", "1", "30", "1", "20", "7", "450"],
    ]


def test_a_cell_of_a_pivot_is_the_datum_itself_and_a_sum_knows_its_parts(tmp_path: Path) -> None:
    workspace, _ = loaded(tmp_path, PIVOT)
    found = table(workspace.views["表"], workspace, workspace.plans["p145"], "f#1").value
    assert found is not None

    def datum(row: int, cell: int) -> DataValue:
        inline = found.rows[row].cells[cell].line.inlines[0]
        assert isinstance(inline, Text)
        origin = inline.mapped.pieces[0].origin
        assert isinstance(origin, DataValue)
        return origin

    own = datum(1, 2).datum
    assert own.key == "设施.养老机构.港城区.床位"
    assert own.place is not None
    assert workspace.sources[own.place.path].text[own.place.start : own.place.end] == "300"
    assert [each.key for each in datum(2, 2).datum.inputs] == [
        "设施.养老机构.滨海区.床位",
        "设施.养老机构.港城区.床位",
    ]


def test_a_pivot_shows_only_the_values_asked_for_in_that_order(tmp_path: Path) -> None:
    found = made(tmp_path, PIVOT.replace("  sum:", "  of: [救助站, 养老机构]\n  sum:"))
    assert texts(found.heads[0]) == ["县区", "救助站", "养老机构", "合计"]
    assert texts(found.rows[-1]) == ["全市", "1", "20", "5", "400", "6", "420"]


def test_a_column_looks_into_another_dataset_by_the_rows_own_words(tmp_path: Path) -> None:
    found = made(
        tmp_path,
        """from: homes
where: {类型: 养老机构}
columns:
- {head: 县区, value: 县区}
- {head: 老年人口, value: "县区表[县区].老年人口"}
- {head: 每千人床位, value: "per(床位, 县区表[县区].老年人口, 1000)", decimals: 1}
total: 合计
""",
    )
    assert [texts(row) for row in found.rows] == [
        ["滨海区", "1000", "100.0"],
        ["港城区", "2000", "150.0"],
        ["合计", "3000", "133.3"],
    ]
    inline = found.rows[0].cells[1].line.inlines[0]
    assert isinstance(inline, Text)
    origin = inline.mapped.pieces[0].origin
    assert isinstance(origin, DataValue)
    assert origin.datum.key == "县区表.滨海区.老年人口"


def test_indicators_of_several_datasets_stand_in_one_table(tmp_path: Path) -> None:
    view = "from: [near, far]\ngroup: 类别\ncolumns:\n- {head: 指标, value: name}\n- {head: 2020, value: '[2020]'}\n- {head: 2025, value: '[2025]'}"
    assert [texts(row) for row in made(tmp_path, view).rows] == [
        ["养老", "床位", "400", "≥500"],
        ["救助", "救助床位", "—", "≥30"],
    ]


def test_parts_of_a_group_that_do_not_add_up_when_rounded_are_noted(tmp_path: Path) -> None:
    view = "from: homes\ncolumns:\n- {head: 投资, value: 投资, decimals: 1}\ngroup: 县区\nsubtotal: 小计"
    assert [text(note) for note in made(tmp_path, view).notes] == ["注：因四舍五入，各行之和与合计略有出入。"]


@pytest.mark.parametrize(
    ("view", "code"),
    [
        ("from: homes", "workspace.missing-key"),
        (f"{BEDS}sort: [-床数]", "workspace.unknown-column"),
        (f"{BEDS}where: {{床位: '>= 很多'}}", "workspace.not-number"),
        (f"{BEDS}where: {{类型: [养老院]}}", "workspace.choice"),
        (f"{BEDS}group: [类型, 县区, 床位]", "workspace.view-groups"),
        (f"{BEDS}subtotal: 小计", "workspace.missing-key"),
        ("from: [near, homes]\ncolumns:\n- {head: 名, value: name}", "workspace.view-datasets"),
        (
            "from: near\npivot: {rows: name, columns: group, metrics: [{head: 数, value: name}]}",
            "workspace.only-records",
        ),
        (
            "from: homes\ncolumns:\n- {head: 数, value: '县区表[县].老年人口'}",
            "workspace.unknown-column",
        ),
    ],
)
def test_what_a_view_asks_for_wrongly_is_told(tmp_path: Path, view: str, code: str) -> None:
    assert loaded(tmp_path, view)[1] == [code]


def test_a_formula_that_fails_in_a_view_is_told_where_it_stands(tmp_path: Path) -> None:
    view = 'from: homes\ncolumns:\n- {head: 数, value: "床位 + 县区表[类型].老年人口"}'
    workspace, codes = loaded(tmp_path, view)
    assert codes == []
    issues = table(workspace.views["表"], workspace, workspace.plans["p145"], "f#1").issues
    assert {(issue.code, issue.place.file, issue.place.line) for issue in issues} == {
        ("formula.unknown-name", "data/tables.yaml", 6)
    }


def test_a_row_that_several_lines_look_up_counts_once_in_their_sum(tmp_path: Path) -> None:
    view = """from: homes
columns:
- {head: 类型, value: 类型}
- {head: 床位, value: 床位}
- {head: 老年人口, value: "县区表[县区].老年人口"}
total: 合计
"""
    assert texts(made(tmp_path, view).rows[-1]) == ["合计", "450", "3000"]


def test_a_row_that_another_dataset_says_nothing_of_has_a_dash_and_no_part_in_the_sum(tmp_path: Path) -> None:
    view = """from: homes
where: {类型: 养老机构}
columns:
- {head: 县区, value: 县区}
- {head: 两类床位, value: "床位 + 设施.服务中心[县区].床位"}
total: 合计
"""
    assert [texts(row) for row in made(tmp_path, view).rows] == [
        ["滨海区", "130"],
        ["港城区", "—"],
        ["合计", "430"],
    ]


def test_a_column_is_summed_that_each_row_names(tmp_path: Path) -> None:
    ways = """dataset: {name: ways, title: 渠道, kind: records, short: 渠道表, key: 渠道}
columns:
- {name: 渠道, type: text}
rows:
- {渠道: 床位}
- {渠道: 入住}
"""
    view = """from: ways
columns:
- {head: 渠道, value: 渠道}
- {head: 数, value: "sum(设施[渠道])"}
"""
    workspace, codes = loaded(tmp_path, view, **{"data/ways.yaml": ways})
    assert codes == []
    found = table(workspace.views["表"], workspace, workspace.plans["p145"], "f#1").value
    assert found is not None
    assert [texts(row) for row in found.rows] == [["床位", "450"], ["入住", "250"]]


def test_the_column_of_a_group_has_a_head_and_a_width_of_its_own(tmp_path: Path) -> None:
    view = """from: homes
group: 县区
columns:
- {head: 床位, value: 床位, width: 30}
- {head: [所在, 县区], value: 县区, width: 10, align: left}
"""
    found = made(tmp_path, view)
    assert [texts(row) for row in found.heads] == [["所在", "床位"], ["县区"]]
    assert list(found.widths) == [10, 30]
    assert texts(found.rows[0]) == ["滨海区", "30"]
    assert [(cell.align, cell.rows) for cell in found.rows[0].cells] == [("left", 2), ("right", 1)]


def test_equal_cells_of_a_group_merge_where_the_column_says_so(tmp_path: Path) -> None:
    view = """from: homes
sort: [县区, 类型]
group: 县区
columns:
- {head: 床位, value: 床位}
- {head: 投资, value: 投资, merged: true}
"""
    homes = (
        DATA["data/homes.yaml"]
        .replace("入住: 15, 投资: 1.26", "入住: 15, 投资: 1.26")
        .replace("入住: 5}", "入住: 5, 投资: 2}")
    )
    workspace, codes = loaded(tmp_path, view, **{"data/homes.yaml": homes})
    assert codes == []
    found = table(workspace.views["表"], workspace, workspace.plans["p145"], "f#1").value
    assert found is not None
    assert [texts(row) for row in found.rows] == [
        ["港城区", "300", "2.0"],
        ["20"],
        ["滨海区", "100", "1.3"],
        ["30"],
    ]
    assert [[cell.rows for cell in row.cells] for row in found.rows] == [[2, 1, 2], [1], [2, 1, 2], [1]]


def test_a_column_of_a_pivot_stands_below_some_values_only(tmp_path: Path) -> None:
    view = """from: homes
pivot:
  rows: 县区
  columns: 类型
  of: [养老机构, 救助站]
  metrics:
  - {head: 数量, value: 数量}
  - {head: 入住率, value: "share(入住, 床位)", decimals: 1, of: 养老机构}
total: 合计
"""
    found = made(tmp_path, view)
    assert [texts(row) for row in found.heads] == [["县区", "养老机构", "救助站"], ["数量", "入住率", "数量"]]
    assert texts(found.rows[-1]) == ["合计", "5", "57.5", "1"]


@pytest.mark.parametrize(
    ("notes", "printed"),
    [
        ("[年底数。]", ["注：年底数。"]),
        ("[甲。, 资料来源：台账。, 乙。]", ["注：1.甲。", "资料来源：台账。", "2.乙。"]),
        ("[注：甲。]", ["注：甲。"]),
    ],
)
def test_notes_say_that_they_are_notes(tmp_path: Path, notes: str, printed: list[str]) -> None:
    assert [text(note) for note in made(tmp_path, f"{BEDS}notes: {notes}").notes] == printed
