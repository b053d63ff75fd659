"""A cell that a reviewer corrects in a returned copy is corrected in the data, whatever the view made of them."""

from pathlib import Path

import pytest

from tests.actions.workspace import FIRST, Desk, changed, commented, packed, parts, silently, texts, write

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


def applied(desk: Desk, returned: bytes) -> dict[str, object]:
    path = desk.root.parent / "退回.docx"
    path.write_bytes(returned)
    return desk.json("collect", str(path), "--apply")


def results(document: dict[str, object]) -> list[tuple[object, object, object]]:
    """What is said of each remark: the datum, what became of it, why."""
    remarks, rows = document["remarks"], document["rows"]
    assert isinstance(remarks, list)
    assert isinstance(rows, list)
    return [(a["target"]["key"], b["result"], b["reason"]) for a, b in zip(remarks, rows, strict=True)]


def told(document: dict[str, object], code: str) -> list[str]:
    issues = document["issues"]
    assert isinstance(issues, list)
    return [each["message"] for each in issues if each["code"] == code]


@pytest.mark.parametrize("desk", SUMMED, indirect=True)
def test_sums_follow_a_corrected_cell_and_each_of_them_is_named(desk: Desk) -> None:
    before = texts(desk.root)
    document = applied(desk, silently(desk.built().read_bytes(), "311", "319"))
    assert results(document) == [("设施.机构.港城区.床位", "applied", "")]
    assert texts(desk.root) == before | {FACILITIES: before[FACILITIES].replace(b"311", b"319")}
    found = told(document, "collect.follows")
    assert all("r1" in each and "1.2-3/" in each for each in found)
    # the row of the county and that of all, or the sub-total and the total
    assert len(found) in {2, 3}
    assert any("466" in each and "474" in each for each in found)


@pytest.mark.parametrize("desk", SUMMED, indirect=True)
def test_sums_that_the_reviewer_corrected_as_well_are_done_with_the_cell(desk: Desk) -> None:
    before = texts(desk.root)
    returned = silently(silently(desk.built().read_bytes(), "311", "319"), "466", "474")
    found = results(applied(desk, returned))
    assert {(result, reason) for _, result, reason in found} == {("applied", "")}
    assert len(found) > 1
    assert texts(desk.root) == before | {FACILITIES: before[FACILITIES].replace(b"311", b"319")}


@pytest.mark.parametrize("desk", SUMMED, indirect=True)
def test_a_sum_that_does_not_fit_the_corrected_cell_stays_open_alone(desk: Desk) -> None:
    before = texts(desk.root)
    returned = silently(silently(desk.built().read_bytes(), "311", "319"), "466", "475")
    found = results(applied(desk, returned))
    assert {reason for key, _, reason in found if key != "设施.机构.港城区.床位"} == {"review.derived"}
    assert ("设施.机构.港城区.床位", "applied", "") in found
    assert texts(desk.root) == before | {FACILITIES: before[FACILITIES].replace(b"311", b"319")}


@pytest.mark.parametrize("desk", ["pivot with sums"], indirect=True)
def test_a_sentence_that_calculates_with_the_cell_keeps_it_open_and_is_named(desk: Desk) -> None:
    share = "占{{ share(设施.机构.港城区.床位, 设施.机构.床位) }}"
    fragment = desk.root / FIRST
    fragment.write_text(fragment.read_text("utf-8").replace("护理型占比提高", share), "utf-8")
    before = texts(desk.root)
    document = applied(desk, silently(desk.built().read_bytes(), "311", "319"))
    assert results(document) == [("设施.机构.港城区.床位", "open", "review.printed-elsewhere")]
    (said,) = told(document, "collect.elsewhere")
    assert "1.1-2" in said
    assert "1.2-3" not in said
    assert texts(desk.root) == before


@pytest.mark.parametrize("desk", SUMMED, indirect=True)
def test_a_corrected_total_changes_nothing_and_says_where_it_is_calculated(desk: Desk) -> None:
    before = texts(desk.root)
    document = applied(desk, silently(desk.built().read_bytes(), "466", "470"))
    assert {reason for _, _, reason in results(document)} == {"review.derived"}
    remarks = document["remarks"]
    assert isinstance(remarks, list)
    for remark in remarks:
        target = remark["target"]
        line = texts(desk.root)["data/tables.yaml"].decode().splitlines()[target["line"] - 1]
        assert (target["file"], "value: 床位" in line) == ("data/tables.yaml", True)
        assert "设施.机构.港城区.床位" in target["inputs"]
    assert texts(desk.root) == before


MADE = """\
tables:
- name: 设施表
  caption: 各县区设施
  from: facilities
  pivot:
    rows: 县区
    columns: 类型
    of: [机构, 中心]
    metrics: [{head: 床位, value: 床位}]
  columns:
  - {head: 序号, value: 序号}
  - {head: 县区, value: 县区}
- name: 指标表
  caption: 主要指标
  from: indicators
  where: {id: I02}
  columns:
  - {head: 指标, value: 名称}
  - {head: 目标, value: "[2025]"}
"""
SIGNED = changed(
    "data/indicators.yaml", "value: 55.0, status: 目标}", "value: 55.0, status: 目标}\n  operator: ≥"
)
INDICATORS_TABLE = changed(FIRST, "[^1]: 名单", "::: table 指标表\n:::\n\n[^1]: 名单")


@pytest.mark.parametrize(
    ("old", "new", "file", "line"),
    [
        ("≥55.0", "≤55.0", "data/indicators.yaml", "operator: ≥"),
        ("机构", "养老院", "data/tables.yaml", "of: [机构, 中心]"),
        ("2", "3", "data/tables.yaml", "value: 序号"),
        ("—", "0", "data/tables.yaml", "metrics:"),
    ],
)
@pytest.mark.parametrize("desk", ["pivot"], indirect=True)
def test_what_a_table_makes_of_itself_is_told_at_the_place_that_asks_for_it(
    desk: Desk, old: str, new: str, file: str, line: str
) -> None:
    changes = {**SIGNED, "data/tables.yaml": MADE, FIRST: (PLAIN | INDICATORS_TABLE)[FIRST]}
    write(desk.root, {**changes, FACILITIES: (desk.root / FACILITIES).read_bytes()})
    before = texts(desk.root)
    files = parts(desk.built().read_bytes())
    head, _, tail = files["word/document.xml"].decode().rpartition(f">{old}<")
    document = applied(desk, packed({**files, "word/document.xml": f"{head}>{new}<{tail}".encode()}))
    remarks = document["remarks"]
    assert isinstance(remarks, list)
    (remark,) = remarks
    target = remark["target"]
    assert target["file"] == file
    assert line in before[file].decode().splitlines()[target["line"] - 1]
    assert (remark["confidence"], remark["obstacle"]) == ("likely", "review.generated")
    assert texts(desk.root) == before


@pytest.mark.parametrize("desk", ["pivot"], indirect=True)
def test_a_comment_on_what_a_table_makes_of_itself_is_surely_at_no_place(desk: Desk) -> None:
    table = changed(FIRST, "[^1]: 名单", "::: table 指标表\n:::\n\n[^1]: 名单")
    write(desk.root, {"data/tables.yaml": MADE, FACILITIES: (desk.root / FACILITIES).read_bytes(), **table})
    returned = desk.root / "退回.docx"
    returned.write_bytes(commented(desk.built().read_bytes(), "—", "没有数？"))
    (remark,) = desk.json("collect", str(returned))["remarks"]
    assert (remark["original"], remark["confidence"]) == ("—", "likely")
