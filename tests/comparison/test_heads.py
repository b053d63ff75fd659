"""Cells named as people name them."""

from drafter.comparison.heads import Heads
from drafter.word.anchors import Anchor


def cell(kind: str, row: str, column: int, text: str) -> Anchor:
    node = f"p/a#2/{row}/c{column}" if text else f"p/a#2/{row}"
    return Anchor(f"_pf_{row}", kind, node, text, (), (), column - 1)


ANCHORS = [
    Anchor("_pf_c", "caption", "p/a#2", "表\ufffc\u3000重大项目", ()),
    Anchor("_pf_u", "note", "p/a#2", "单位：万元", ()),
    *(
        cell("head", "h1", column, text)
        for column, text in ((1, "类型"), (2, "项目"), (3, "投资"), (5, "年限"))
    ),
    *(cell("head", "h2", column, text) for column, text in ((3, "总额"), (4, "市级"))),
    *(
        cell("cell", "r1", column, text)
        for column, text in ((1, "养老"), (2, "护理楼"), (3, "900"), (4, "100"))
    ),
    *(cell("cell", "r2", column, text) for column, text in ((2, "改造"), (3, "800"), (4, "90"), (5, "2021"))),
]


def test_a_cell_has_the_title_of_its_table_the_name_of_its_row_and_its_heads() -> None:
    heads = Heads(ANCHORS)
    amount = next(each for each in ANCHORS if each.text == "100")
    assert (heads.caption(amount), heads.row(amount), heads.column(amount)) == (
        "重大项目",
        "护理楼",
        "投资·市级",
    )


def test_a_row_is_not_named_by_its_group() -> None:
    heads = Heads(ANCHORS)
    assert [heads.row(each) for each in ANCHORS if each.text in ("养老", "800")] == ["护理楼", "改造"]


def test_a_head_over_two_rows_is_said_once() -> None:
    heads = Heads(ANCHORS)
    year = next(each for each in ANCHORS if each.text == "2021")
    assert heads.column(year) == "年限"
