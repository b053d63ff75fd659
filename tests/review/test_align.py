"""Which returned paragraph is which issued one, by each rule; paragraphs are texts, a bookmark stands in brackets before its text."""

import re
import tracemalloc

import pytest

from drafter.picture.model import CellPlace, ViewParagraph
from drafter.review.align import align
from drafter.review.units import returned_units
from drafter.word.anchors import Anchor

LONG = [
    "第一段说的是养老服务设施。",
    "第二段说的是社会救助制度。",
    "第三段说的是基层治理能力。",
    "第四段说的是殡葬服务改革。",
]


def issued(*texts: str) -> tuple[Anchor, ...]:
    return tuple(Anchor(f"_pf_{n}", "body", f"f#{n}", text, ()) for n, text in enumerate(texts))


def returned(*texts: str) -> tuple[ViewParagraph, ...]:
    out = []
    for index, text in enumerate(texts):
        names = tuple(f"_pf_{name}" for name in re.findall(r"\[(.*?)\]", text))
        plain = re.sub(r"\[.*?\]", "", text)
        out.append(ViewParagraph(plain, (), (index,), names, (), None, "", "body", toc=False))
    return tuple(out)


def pairs(
    mine: tuple[Anchor, ...], other: tuple[ViewParagraph, ...]
) -> list[tuple[tuple[int, ...], tuple[int, ...], str, bool]]:
    return [(pair.issued, pair.returned, pair.how, pair.moved) for pair in align(mine, other).pairs]


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (LONG, [((n,), (n,), "exact", False) for n in range(4)]),
        ([LONG[0], "[1]完全另写的句子，没有一个字相同", *LONG[2:]], [((1,), (1,), "bookmark", False)]),
        ([LONG[0], "第二段说的是社会救助体系。", *LONG[2:]], [((1,), (1,), "alike", False)]),
        ([LONG[0], "[1]第二段说的是", "[1]社会救助制度。", *LONG[2:]], [((1,), (1, 2), "split", False)]),
        ([LONG[0], "第二段说的是社", "会救助制度。", *LONG[2:]], [((1,), (1, 2), "split", False)]),
        ([LONG[0], "[1][2]" + LONG[1] + LONG[2], LONG[3]], [((1, 2), (1,), "merge", False)]),
        ([LONG[0], LONG[1] + LONG[2], LONG[3]], [((1, 2), (1,), "merge", False)]),
        ([LONG[0], *LONG[2:]], [((1,), (), "deleted", False)]),
        ([LONG[0], LONG[1], "新写一段话放在此处。", *LONG[2:]], [((), (2,), "inserted", False)]),
        ([*LONG, "[1_Copy_1]" + LONG[1]], [((1,), (1,), "alike", False), ((1,), (4,), "copy", False)]),
        ([LONG[0], LONG[2], LONG[3], LONG[1]], [((1,), (3,), "exact", True)]),
        ([LONG[0], "另写的话，一字不同", *LONG[2:]], [((1,), (1,), "rewritten", False)]),
    ],
)  # fmt: skip
def test_each_rule(
    texts: list[str], wanted: list[tuple[tuple[int, ...], tuple[int, ...], str, bool]]
) -> None:
    found = pairs(issued(*LONG), returned(*texts))
    assert [each for each in found if each in wanted or each[2] != "exact" or each[3]] == wanted


def test_empty_paragraphs_that_a_word_processor_adds_are_nothing() -> None:
    found = pairs(issued(*LONG), returned(LONG[0], "", *LONG[1:], ""))
    assert [each[2] for each in found] == ["exact"] * 4


def test_a_stripped_file_of_many_paragraphs_is_aligned_in_bounded_time() -> None:
    texts = [f"第{n}段，说的是第{n * 7 % 911}项工作。" for n in range(3000)]
    changed = [text.replace("工作", "事情") for text in texts]
    found = pairs(issued(*texts), returned(*changed))
    assert sum(each[0] == each[1] for each in found) > 2900


def test_a_long_paragraph_split_near_its_beginning_is_split_though_words_were_put_before_it() -> None:
    whole = "慈善力量联合完善邻里互助。主管单位规范补齐老旧小区探访制度，社会组织持续巩固新建社区应急预案，明确责任分工，志愿队伍统筹公开新建社区登记流程，服务站点逐级优化。"
    mine = issued(LONG[0], whole, LONG[1])
    other = returned(
        "[0]" + LONG[0], "有范捷妥便慈善力量联合完善邻里互助。", "[1]" + whole[13:], "[2]" + LONG[1]
    )
    assert pairs(mine, other)[1][:3] == ((1,), (1, 2), "split")


def test_a_new_paragraph_beside_another_is_no_part_of_it() -> None:
    mine = issued(LONG[0], LONG[1])
    other = returned("[0]" + LONG[0], "新加的一段讲志愿服务怎样开展。", "[1]" + LONG[1])
    assert ((), (1,)) in [pair[:2] for pair in pairs(mine, other)]


HEAD = ["序号", "名称", "隐患", "状况"]
ROW = ["1", "东渚市中心敬老院", "未取得消防验收手续", "需改造"]
LAST = ["2", "西泽县光荣院", "无", "在用"]


@pytest.mark.parametrize(
    ("now", "same"),
    [
        (["1", "南塬县福利院", "电梯老化", "需改造"], False),
        (["9", "南塬县福利院", "电梯老化", "停用"], False),
        (["1", "东渚市中心养老院", "电梯老化", "停用"], True),
        (["1", "南塬县福利院", "未取得消防验收手续", "需改造"], True),
    ],
)
def test_a_row_that_says_other_things_and_has_no_bookmark_is_another_row(
    now: list[str], *, same: bool
) -> None:
    mine = tuple(
        Anchor(f"_pf_{n}", "cell", f"f#{n}", text, (), column=column)
        for n, row in enumerate((HEAD, ROW, LAST))
        for column, text in enumerate(row)
    )

    def back(names: tuple[int, ...]) -> list[tuple[tuple[int, ...], tuple[int, ...], str, bool]]:
        rows = ((0, HEAD), (1, now), (2, LAST))
        cells = tuple(
            ViewParagraph(
                text,
                (),
                (n,),
                (f"_pf_{n}",) if n in names and column == 0 else (),
                (),
                CellPlace(0, n, column),
                "",
                "cell",
                toc=False,
            )
            for n, row in rows
            for column, text in enumerate(row)
        )
        return [pair for pair in pairs(mine, cells) if pair[0] != pair[1] or 4 in pair[0]]

    paired = [((4,), (4,), "cell", False)]
    apart = [((4, 5, 6, 7), (), "deleted", False), ((), (4, 5, 6, 7), "inserted", False)]
    assert sorted(back((0, 2)), key=str) == sorted(paired if same else apart, key=str)
    assert back((0, 1, 2)) == paired


def test_a_long_table_takes_as_much_memory_as_it_has_cells() -> None:
    anchors, paragraphs = [], []
    for row in range(1000):
        for column in range(3):
            anchors.append(Anchor(f"_pf_{row}", "cell", f"f#{row}", "300", (), column=column))
            names = (f"_pf_{row}",) if column == 0 else ()
            place = CellPlace(0, row, column)
            paragraphs.append(ViewParagraph("300", (), (row,), names, (), place, "", "body", toc=False))
    tracemalloc.start()
    units = returned_units(paragraphs, anchors, notes=False)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [unit.row for unit in units] == [True] * 1000
    assert peak < 12_000_000
