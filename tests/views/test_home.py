"""A cell that a reviewer corrects in a returned copy is corrected in the data, whatever the view made of them."""

from pathlib import Path

import pytest

from tests.actions.workspace import FIRST, Desk, changed, silently, texts, write

FACILITIES = "data/facilities.yaml"
ROWS = """\
- {类型: 机构, 县区: 港城区, 床位: 311, 护理型: 100}
- {类型: 机构, 县区: 滨海区, 床位: 122, 护理型: 60}
- {类型: 中心, 县区: 港城区, 床位: 33, 护理型: 7}
"""
# the text around the table prints nothing that is derived from it
PLAIN = changed(FIRST, "2020年护理型占比为{{ 指标.护理型占比[2020] }}", "护理型占比提高")
VIEWS = {
    "pivot": """\
  pivot: {rows: 县区, columns: 类型, metrics: [{head: 床位, value: 床位}, {head: 护理型, value: 护理型}]}
""",
    "groups": """\
  sort: [-床位]
  group: 类型
  columns:
  - {head: 序号, value: 序号}
  - {head: 县区, value: 县区}
  - {head: 床位, value: 床位}
""",
    "rows of groups": """\
  where: {床位: "> 100"}
  group: 类型
  group_rows: true
  columns:
  - {head: 县区, value: 县区}
  - {head: 床位, value: 床位}
""",
    "another dataset by the row's key": """\
  where: {床位: "> 200"}
  columns:
  - {head: 县区, value: 县区}
  - {head: 机构床位, value: "设施.机构[县区].床位"}
""",
}

SUMMED = {
    "pivot with sums": """\
  pivot: {rows: 县区, columns: 类型, metrics: [{head: 床位, value: 床位}], sum: 合计}
  total: 全市
""",
    "groups with sub-totals": """\
  group: 类型
  subtotal: 小计
  total: 合计
  columns:
  - {head: 县区, value: 县区}
  - {head: 床位, value: 床位}
""",
}


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest) -> Desk:
    def read() -> tuple[str, str]:
        captured = capsys.readouterr()
        return captured.out, captured.err

    facilities = f"""\
dataset: {{name: facilities, title: 设施, kind: records, short: 设施, key: [类型, 县区], year: 2019}}
columns:
- {{name: 类型, type: choice, of: [机构, 中心]}}
- {{name: 县区, type: text}}
- {{name: 床位, type: number, unit: 张, decimals: 0}}
- {{name: 护理型, type: number, unit: 张, decimals: 0}}
rows:
{ROWS}"""
    views = f"tables:\n- name: 设施表\n  caption: 各县区设施\n  from: facilities\n{(VIEWS | SUMMED)[request.param]}"
    changes: dict[str, str | bytes] = {FACILITIES: facilities, "data/tables.yaml": views, **PLAIN}
    return Desk(write(tmp_path / "w", changes), read)


@pytest.mark.parametrize("desk", VIEWS, indirect=True)
def test_a_corrected_cell_comes_home_to_its_datum(desk: Desk) -> None:
    before = texts(desk.root)
    path = desk.root.parent / "退回.docx"
    path.write_bytes(silently(desk.built().read_bytes(), "311", "319"))
    document = desk.json("collect", str(path), "--apply")
    (remark,) = document["remarks"]
    assert (remark["kind"], remark["target"]["key"]) == ("value", "设施.机构.港城区.床位")
    assert texts(desk.root) == before | {FACILITIES: before[FACILITIES].replace(b"311", b"319")}


@pytest.mark.parametrize("desk", SUMMED, indirect=True)
def test_a_cell_that_sums_are_made_of_is_located_and_left_for_a_decision(desk: Desk) -> None:
    before = texts(desk.root)
    path = desk.root.parent / "退回.docx"
    path.write_bytes(silently(desk.built().read_bytes(), "311", "319"))
    document = desk.json("collect", str(path), "--apply")
    assert [remark["target"]["key"] for remark in document["remarks"]] == ["设施.机构.港城区.床位"]
    assert [row["reason"] for row in document["rows"]] == ["review.printed-elsewhere"]
    assert texts(desk.root) == before


@pytest.mark.parametrize("desk", SUMMED, indirect=True)
def test_a_corrected_total_changes_nothing_and_says_that_it_is_derived(desk: Desk) -> None:
    before = texts(desk.root)
    path = desk.root.parent / "退回.docx"
    path.write_bytes(silently(desk.built().read_bytes(), "466", "470"))
    document = desk.json("collect", str(path), "--apply")
    assert {row["reason"] for row in document["rows"]} == {"review.derived"}
    assert texts(desk.root) == before
