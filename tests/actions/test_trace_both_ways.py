"""From a place to its origins, and from an origin to every place: prose, tables, boxes, derived values."""

import pytest

from drafter.actions.branches import governed
from tests.actions.workspace import FILES, FIRST, NAME, SECOND, Desk, write

BOX = """
::: 专栏 养老工程 {#box:care}
1. 到2025年达到{{ 指标.养老床位[2025] }}，年均增长{{ 指标.养老床位.增幅 }}，港城区占{{ share(设施.机构.港城区.床位, 设施.机构.床位) }}。
:::
"""
FACILITIES = "data/facilities.yaml"
VIEWS = "data/tables.yaml"


@pytest.fixture
def traced(desk: Desk) -> Desk:
    write(desk.root, {SECOND: FILES[SECOND] + BOX})
    desk.built()
    return desk


def uses(desk: Desk, where: str) -> list[str]:
    """`段号 file:line` of every use."""
    found = desk.json("trace", where)["uses"]
    return [f"{str(use['place']).split()[-1]} {use['file']}:{use['line']}" for use in found]


def origins(desk: Desk, where: str) -> dict[object, object]:
    """key → formula of every datum that is named, and `file:line` of what is text."""
    found = desk.json("trace", where)["origins"]
    return {each["key"] or f"{each['file']}:{each['line']}": each["formula"] for each in found}


def test_a_datum_printed_only_in_a_table_is_found_by_its_row(desk: Desk) -> None:
    text = FILES[FACILITIES].replace("床位: 100, 护理型: 60", "床位: 100, 护理型: 60, 地址: 海滨路")
    text = text.replace("rows:", "- {name: 地址, type: text}\nrows:")
    table = FILES["data/tables.yaml"] + "  - {head: 地址, value: 地址}\n"
    write(desk.root, {FACILITIES: text, "data/tables.yaml": table})
    assert uses(desk, "设施.机构.滨海区.地址") == [f"1.2-3/2 {VIEWS}:8"]


def test_a_number_is_found_in_prose_table_and_box_also_where_it_is_derived_from(traced: Desk) -> None:
    assert uses(traced, "设施.机构.港城区.床位") == [
        f"1.1-2 {FIRST}:9",
        f"1.2-3/1 {VIEWS}:7",
        f"1.2-5 {SECOND}:14",
    ]


def test_a_growth_is_traced_to_its_formula_and_through_its_inputs(traced: Desk) -> None:
    found = origins(traced, "指标.养老床位.增幅")
    assert found["指标.养老床位.增幅"] == "cagr(指标.养老床位[2020], 指标.养老床位[2025], 5)"
    assert found["指标.养老床位[2020]"] == "设施.机构.床位"
    assert "设施.机构.滨海区.床位" in found
    assert uses(traced, "指标.养老床位.增幅") == [f"1.2-5 {SECOND}:14"]


def test_a_line_of_data_names_what_is_derived_from_it_too(traced: Desk) -> None:
    assert uses(traced, f"{FACILITIES}:8") == [
        f"1.1-2 {FIRST}:9",
        f"1.2-3/1 {VIEWS}:6",
        f"1.2-3/1 {VIEWS}:7",
        f"1.2-5 {SECOND}:14",
    ]
    # and is itself the origin of what it holds, not of what others make of it
    assert set(origins(traced, f"{FACILITIES}:8")) == {
        f"{FACILITIES}:8",
        "设施.机构.港城区.县区",
        "设施.机构.港城区.床位",
    }


def test_the_line_that_opens_a_table_or_box_is_traced_to_it(traced: Desk) -> None:
    assert uses(traced, f"{SECOND}:10") == [f"1.2-3 {SECOND}:10"]
    assert uses(traced, f"{SECOND}:13") == [f"1.2-4 {SECOND}:13"]


def test_the_number_of_a_table_row_is_a_place(traced: Desk) -> None:
    file = traced.root / "build" / NAME
    assert set(origins(traced, f"{file}#1.2-3/2")) == {
        "设施.机构.滨海区.县区",
        "设施.机构.滨海区.床位",
        f"{VIEWS}:6",
        f"{VIEWS}:7",
    }


def test_a_place_in_a_box_names_its_data(traced: Desk) -> None:
    found = origins(traced, f"{traced.root / 'build' / NAME}#1.2-5")
    assert (
        found["share(设施.机构.港城区.床位, 设施.机构.床位)"]
        == "share(设施.机构.港城区.床位, 设施.机构.床位)"
    )
    assert f"{SECOND}:14" in found


def test_there_and_back_again(traced: Desk) -> None:
    file = traced.root / "build" / NAME
    for number in ("1.1-2", "1.2-3/1", "1.2-5"):
        for key in origins(traced, f"{file}#{number}"):
            if not str(key).endswith((":9", ":14")):
                assert any(use.startswith(f"{number} ") for use in uses(traced, str(key))), key


@pytest.mark.parametrize(
    ("number", "lines"),
    [(1, range(1, 6)), (2, range(2, 3)), (3, range(3, 6)), (4, range(0)), (6, range(0)), (7, range(7, 10))],
)
def test_a_tag_governs_the_lines_up_to_its_end_and_a_branch_those_up_to_the_next(
    number: int, lines: range
) -> None:
    text = """\
{% if a %}
{% for b in c %}{% set d = 1 %}{% endfor %}
{% else %}
e
{% endif %}
{% set f = 1 %}
{% set g %}
h
{% endset %}
"""
    assert governed(text, number) == lines


TAGS = """
{% if 内部 %}
只给内部看的话。
{% else %}
给大家看的话。
{% endif %}

{% for 行 in 设施.机构.rows %}
{{ 行.县区 }}有床位。

{% endfor %}
"""


def test_a_condition_and_a_loop_lead_to_what_they_print_and_an_internal_line_to_the_internal_draft(
    desk: Desk,
) -> None:
    text = FILES[SECOND] + TAGS.replace("设施.机构.rows", "设施.机构")
    write(desk.root, {SECOND: text})
    lines = text.splitlines()
    condition, other, loop = (
        lines.index(tag) + 1
        for tag in TAGS.replace(".rows", "").splitlines()
        if tag.startswith(("{% if", "{% else", "{% for"))
    )
    assert uses(desk, f"{SECOND}:{condition}") == [f"1.2-4 {SECOND}:{other + 1}"]
    assert uses(desk, f"{SECOND}:{other}") == [f"1.2-4 {SECOND}:{other + 1}"]
    assert {each.split()[0] for each in uses(desk, f"{SECOND}:{loop}")} == {"1.2-5", "1.2-6"}
    (inside,) = desk.json("trace", f"{SECOND}:{condition + 1}")["uses"]
    assert (inside["plan"], inside["text"]) == ("p1 --internal", "只给内部看的话。")


def test_a_line_of_a_view_leads_to_its_cells_and_one_that_chooses_rows_to_its_table(traced: Desk) -> None:
    assert uses(traced, f"{VIEWS}:7") == [f"1.2-3 {VIEWS}:7", f"1.2-3/1 {VIEWS}:7", f"1.2-3/2 {VIEWS}:7"]
    assert uses(traced, f"{VIEWS}:4") == [f"1.2-3 {VIEWS}:2"]


def test_a_calculated_cell_names_the_column_that_calculates_it_and_the_column_its_cells(desk: Desk) -> None:
    views = FILES[VIEWS] + '  - {head: 占比, value: "share(护理型, 床位)", decimals: 1}\n  total: 合计\n'
    write(desk.root, {VIEWS: views})
    file = desk.built()
    found = desk.json("trace", f"{file}#1.2-3/2")["origins"]
    share = "share(设施.机构.滨海区.护理型, 设施.机构.滨海区.床位)"
    (cell,) = [each for each in found if each["key"] == share]
    assert (f"{cell['file']}:{cell['line']}", cell["formula"]) == (f"{VIEWS}:8", share)
    assert cell["inputs"] == ["设施.机构.滨海区.护理型", "设施.机构.滨海区.床位"]
    assert {"设施.机构.滨海区.护理型", "设施.机构.滨海区.床位"} <= set(origins(desk, f"{file}#1.2-3/2"))
    assert f"1.2-3/3 {VIEWS}:8" in uses(desk, f"{VIEWS}:8")
    assert origins(desk, f"{VIEWS}:8")[share] == share
    # a datum leads to the share and to the total that are made of it
    assert f"1.2-3/3 {VIEWS}:8" in uses(desk, "设施.机构.滨海区.护理型")


def test_a_line_that_only_another_stage_prints_is_found_in_its_draft(desk: Desk) -> None:
    text = FILES[SECOND] + '\n{% if 稿次 == "征求意见稿" %}\n定下来的话。\n{% endif %}\n'
    write(desk.root, {SECOND: text})
    line = text.splitlines().index("定下来的话。") + 1
    (found,) = desk.json("trace", f"{SECOND}:{line}")["uses"]
    assert (found["plan"], found["text"]) == ("p1 --stage 征求意见稿", "定下来的话。")
    # an empty line is not looked for in every draft
    assert desk.json("trace", f"{SECOND}:{line - 2}")["uses"] == []


def test_a_footnote_is_cited_by_the_section_of_its_mark(desk: Desk) -> None:
    text = FILES[SECOND] + "\n有注的话[^a]。\n\n[^a]: 注的话。\n"
    write(desk.root, {SECOND: text})
    (found,) = desk.json("trace", str(desk.built()), "--text", "注的话。")["uses"]
    assert (found["place"], found["file"], found["text"]) == ("第一章第二节", SECOND, "注的话。")
    (again,) = desk.json("trace", f"{SECOND}:{len(text.splitlines())}")["uses"]
    assert again["place"] == "第一章第二节"
