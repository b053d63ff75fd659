"""Which blocks stand on turned pages."""

from __future__ import annotations

from drafter.document.tree import Block, Row
from drafter.word.turning import turned
from tests.word.reading_back import W, found
from tests.word.trees import Plan

LONG = "加强设施建设改善服务条件提高服务质量保障基本需求统筹城乡资源" * 12


def _broad(plan: Plan) -> Block:
    return plan.table((), (plan.row("甲"),), 1, landscape=True)


def test_in_the_chapters_only_the_table_turns() -> None:
    plan = Plan()
    assert turned((plan.paragraph("见下表。"), _broad(plan), plan.paragraph("另见。"))) == (
        False,
        True,
        False,
    )


def test_the_little_text_of_an_annex_turns_with_its_table() -> None:
    plan = Plan()
    blocks = (
        plan.paragraph("正文。"),
        plan.heading(1, "附件1", "项目表", annex=True),
        plan.paragraph("项目共12项。"),
        _broad(plan),
        plan.items("甲", "乙"),
        plan.heading(1, "附件2", "名词解释", annex=True),
        plan.paragraph("下列名词。"),
    )
    assert turned(blocks) == (False, True, True, True, True, False, False)


def test_much_text_or_an_upright_table_stays_upright() -> None:
    plan = Plan()
    upright = plan.table((), (plan.row("甲"),), 1)
    blocks = (
        plan.heading(1, "附件1", "设施", annex=True),
        plan.paragraph(LONG),
        _broad(plan),
        plan.paragraph("另见。"),
        upright,
        _broad(plan),
        plan.paragraph("以上。"),
    )
    assert turned(blocks) == (False, False, True, False, False, True, True)


def test_a_box_that_holds_a_broad_table_alone_turns() -> None:
    plan = Plan()
    assert turned(
        (plan.box(1, "指标", _broad(plan)), plan.box(2, "两样", _broad(plan), plan.paragraph("注。")))
    ) == (
        True,
        False,
    )


def _kept(plan: Plan, table: Block) -> list[bool]:
    """For each row below the head, whether it stays with the next."""
    file = plan.written(table).value
    assert file
    rows = found(file.data, "//w:tr[not(w:trPr/w:tblHeader)]")
    return [len(row.findall(f".//{W}keepNext")) == len(row.findall(f".//{W}p")) for row in rows]


def test_few_rows_beside_one_merged_cell_stay_together_of_many_none_is_alone_at_either_end() -> None:
    plan = Plan()

    def group(count: int) -> list[Row]:
        return [plan.row(plan.cell("类", rows=count), "1"), *(plan.row("1") for _ in range(count - 1))]

    rows = (plan.row("甲", "1"), plan.row("乙", "1"), *group(5), plan.row("丙", "1"), *group(7))
    table = plan.table((plan.row("类别", "数"),), rows, 2)
    first = [True, False]
    assert _kept(plan, table) == [*first, *[True] * 4, False, False, True, *[False] * 4, True, False]


def test_rows_that_say_nothing_alone_stay_with_the_next() -> None:
    plan = Plan()
    rows = (*(plan.row(f"{n}", "1") for n in range(4)), plan.row("合计", "4", kind="total"))
    for notes, wanted in ((("注：无。",), [1, 0, 0, 1, 1]), ((), [1, 0, 0, 1, 0])):
        table = plan.table((plan.row("甲", "乙"),), rows, 2, notes=notes)
        file = plan.written(table).value
        assert file
        kept = [
            len(row.findall(f".//{W}keepNext")) for row in found(file.data, "//w:tr[not(w:trPr/w:tblHeader)]")
        ]
        assert [count // 2 for count in kept] == wanted
