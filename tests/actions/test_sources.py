"""The annex that says where each printed number comes from."""

import docx

from tests.actions.workspace import FILES, FIRST, INDICATORS, NAME, PLAN, Desk, changed, write


def annex(desk: Desk, *flags: str, name: str = NAME) -> list[list[str]]:
    """The rows of the last table of the draft."""
    assert desk.run("build", "--sources", *flags) == 0, desk.err
    table = docx.Document(str(desk.root / "build" / name)).tables[-1]
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_each_number_in_the_text_has_its_place_key_and_source(desk: Desk) -> None:
    text = FILES[INDICATORS].replace("  growth: 年均增速\n", "  growth: 年均增速\n  source: 市统计年鉴\n")
    write(desk.root, {INDICATORS: text})
    head, beds, share, *_ = annex(desk)
    assert head == ["序号", "位置", "数值", "数据", "来源"]
    assert beds == ["1", "第一章第一节 1.1-2", "800张", "指标.养老床位[2025]", "市统计年鉴"]
    formula = "设施.机构.护理型 / 设施.机构.床位 * 100"
    assert share == ["2", "第一章第一节 1.1-2", "40.0%", "指标.护理型占比[2020]", formula]


def test_a_row_of_a_table_has_one_line_and_its_own_number(desk: Desk) -> None:
    assert [row[1:] for row in annex(desk)[3:]] == [
        ["第一章第二节 1.2-3/1", "300", "设施.机构.港城区.床位", "设施"],
        ["第一章第二节 1.2-3/2", "100", "设施.机构.滨海区.床位", "设施"],
    ]


def test_a_number_in_a_footnote_is_found(desk: Desk) -> None:
    write(desk.root, changed(FIRST, "名单见附表。", "共{{ 设施.机构.床位 }}。"))
    places = [row[1:4] for row in annex(desk)]
    assert ["第一章第一节 1.1-2 脚注", "400张", "设施.机构.床位"] in places


def test_no_file_is_named_and_the_draft_without_it_is_as_before(desk: Desk) -> None:
    before = desk.built().read_bytes()
    whole = "".join(cell for row in annex(desk) for cell in row)
    assert not any(word in whole for word in (".yaml", ".md", "data/", "sections/"))
    assert desk.built().read_bytes() == before


def test_it_stands_behind_the_other_annexes_and_counts_with_them(desk: Desk) -> None:
    fragment = FILES[FIRST].replace("p1/a\n", "p1/x\n").replace("指导思想", "附表")
    write(desk.root, {PLAN: FILES[PLAN] + "annexes:\n- p1/x\n", "sections/p1/02/01.md": fragment})
    rows = annex(desk)
    assert [row[1] for row in rows if row[1].startswith("附件")] == ["附件1 附1.0-2", "附件1 附1.0-2"]


def test_an_untouched_copy_with_the_annex_comes_home_without_a_remark(desk: Desk) -> None:
    annex(desk)
    document = desk.json("collect", str(desk.root / "build" / NAME))
    assert document["remarks"] == []


def test_the_annex_is_no_use_of_a_datum(desk: Desk) -> None:
    annex(desk)
    assert len(desk.json("trace", "指标.养老床位[2025]")["uses"]) == 1


def test_a_public_draft_has_it_too(desk: Desk) -> None:
    assert annex(desk, "--public", name=NAME.replace("）.docx", "）（公开）.docx"))[0][0] == "序号"
