"""Looks that a reviewer changed: tracked ones and marks by hand, each told once, none of what was issued so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from drafter.picture.model import Change, Formatting, Look, Picture, Position, Revision, Run
from drafter.review.account import account
from drafter.review.match import match
from drafter.review.remarks import Confidence, InData, InSource, Kind, Remark
from drafter.review.wording import told
from tests.review.rig import Desk, Draft, drafts, picture

Maker = Callable[[str], Desk]
BODY = "甲段**粗体**有{{ 县区.东岭县.床位 }}，文字。\n\n乙段文字在这里。\n\n| 名称 | 床位 |\n|---|---|\n| 子项 | 丑项 |\n| 寅项 | 卯项 |\n"
BOLD = (Look("b", "", "1"),)
WHEN = "2021-01-20T09:00:00Z"


def at(made: Desk, words: str) -> int:
    return next(i for i, anchor in enumerate(made.issued) if anchor.text.startswith(words))


def change(  # noqa: PLR0913 -- all that a change is made of
    number: int, index: int, start: int, end: int, *, of: str = "characters", looks: tuple[Look, ...] = BOLD, who: str = "王五",
    date: str = WHEN, last: int = -1,
) -> Formatting:  # fmt: skip
    return Formatting(
        str(number), of, who, date, Position(index, start), Position(index if last < 0 else last, end), looks
    )


def found(made: Desk, whole: Picture) -> list[Remark]:
    outcome = match(made.record, whole)
    assert outcome.issues == ()
    remarks = list(outcome.value or ())
    balance = account(whole, remarks)
    assert (balance.missing, balance.repeated) == (frozenset(), frozenset())
    return remarks


def test_a_tracked_change_of_looks_is_a_remark_for_a_person_at_its_words(desk: Maker) -> None:
    made = desk(BODY)
    index = at(made, "乙段")
    whole = replace(picture(drafts(made.issued)), formats=(change(3, index, 2, 4),))
    (remark,) = found(made, whole)
    assert (remark.kind, remark.tracked, remark.author, remark.date) == (Kind.FORMAT, True, "王五", WHEN)
    assert (remark.original, remark.proposed, remark.comment) == ("文字", "", "加粗")
    assert isinstance(remark.target, InSource)
    assert (
        made.sources[remark.target.slice.path].text[remark.target.slice.start : remark.target.slice.end]
        == "文字"
    )
    assert (remark.anchor, remark.confidence, remark.obstacle) == (index, Confidence.SURE, "review.format")
    assert made.collect(whole)[1].obstacles == {remark.id: "review.format"}


def test_runs_beside_one_another_are_one_and_others_are_not(desk: Maker) -> None:
    made = desk(BODY)
    index, other = at(made, "乙段"), at(made, "甲段")
    sizes = (Look("sz", "32", "36"),)
    whole = replace(
        picture(drafts(made.issued)),
        formats=(
            change(1, other, 0, 2),
            change(2, other, 3, 4),
            change(3, index, 0, 2),
            change(4, index, 2, 4, looks=sizes),
            change(5, index, 4, 6, who="李四"),
            change(6, index, 6, 8, who="李四", date=""),
            change(7, index, 0, 8, of="paragraph", looks=(Look("jc", "both", "center"),)),
        ),
    )
    assert [(each.original, each.comment, each.author, each.marks) for each in found(made, whole)] == [
        ("甲段", "加粗", "王五", ("format:1",)),
        ("体", "加粗", "王五", ("format:2",)),
        ("乙段文字", "加粗；字号：16磅→18磅", "王五", ("format:3", "format:4")),
        ("在这", "加粗", "李四", ("format:5",)),
        ("里。", "加粗", "李四", ("format:6",)),
        ("乙段文字在这里。", "对齐：两端对齐→居中", "王五", ("format:7",)),
    ]


def test_what_was_done_to_a_table_at_once_is_one(desk: Maker) -> None:
    made = desk(BODY)
    first = at(made, "子项")
    borders = (Look("tblBorders", "", "top=val=single"),)
    cells = tuple(
        change(n, first + n, 0, 2, of="cell", looks=(Look("shd", "", "fill=FFFF00"),)) for n in range(4)
    )
    table = change(9, first - 2, 0, 2, of="table", looks=borders, last=first + 3)
    (remark,) = found(made, replace(picture(drafts(made.issued)), formats=(table, *cells)))
    assert (remark.comment, len(remark.marks)) == ("表格边框；底纹", 5)
    assert remark.original.startswith("名称\n床位\n子项")


def test_a_change_on_a_value_is_at_the_datum_and_one_on_new_words_where_they_were_put_in(desk: Maker) -> None:
    made = desk(BODY)
    index, other = at(made, "甲段"), at(made, "乙段")
    returned = drafts(made.issued)
    returned[other].track(2, 2, "新增", "李四", 1)
    whole = replace(picture(returned), formats=(change(1, index, 5, 11), change(2, other, 2, 4)))
    remarks = [each for each in found(made, whole) if each.kind is Kind.FORMAT]
    assert isinstance(remarks[0].target, InData)
    assert [(each.original, each.anchor, each.confidence) for each in remarks] == [
        ("24000张", index, Confidence.SURE),
        ("新增", other, Confidence.LIKELY),
    ]


@pytest.mark.parametrize("what", ["strike", "highlight", "underline", "color"])
def test_words_marked_by_hand_are_remarks_each_stretch_once(desk: Maker, what: str) -> None:
    made = desk(BODY)
    index = at(made, "乙段")
    returned = drafts(made.issued)
    mark = frozenset((what,))
    returned[index].runs = [
        Run("乙"), Run("段", marks=mark), Run("文", marks=mark | {"bold"}), Run("字在"), Run("这里", marks=mark), Run("。"), Run(" ", marks=mark)
    ]  # fmt: skip
    words = {"strike": "删除线", "highlight": "突出显示", "underline": "下划线", "color": "彩色字"}[what]
    remarks = [each for each in found(made, picture(returned)) if each.kind is Kind.FORMAT]
    assert [(each.original, each.comment, each.tracked, each.author) for each in remarks] == [
        ("段文", words, False, ""),
        ("这里", words, False, ""),
    ]
    assert {each.obstacle for each in remarks} == {"review.format"}


def test_what_a_source_strikes_through_or_marks_is_no_remark_but_what_is_marked_beside_it_is(
    desk: Maker,
) -> None:
    made = desk("乙段~~文字~~在{==这里==}的话。\n")
    index = at(made, "乙段")
    assert [(start, end, kind) for start, end, kind, _ in made.issued[index].extras] == [
        (2, 4, "strike"),
        (5, 7, "highlight"),
    ]
    returned = drafts(made.issued)
    strike, yellow = frozenset(("strike",)), frozenset(("highlight",))
    returned[index].runs = [
        Run("乙段"),
        Run("文字", marks=strike),
        Run("在"),
        Run("这里", marks=yellow),
        Run("的话。"),
    ]
    assert found(made, picture(returned)) == []
    returned[index].runs = [
        Run("乙"),
        Run("段文字在", marks=strike),
        Run("这里的", marks=yellow),
        Run("话。"),
    ]
    assert [(each.original, each.comment) for each in found(made, picture(returned))] == [
        ("段", "删除线"),
        ("在", "删除线"),
        ("的", "突出显示"),
    ]


def test_a_mark_that_a_tracked_change_made_and_one_on_new_or_struck_words_are_told_once(desk: Maker) -> None:
    made = desk(BODY)
    index = at(made, "乙段")
    yellow = frozenset(("highlight",))
    new = (Revision("1", Change.INSERTED, "李四", WHEN),)
    gone = (Revision("2", Change.DELETED, "李四", WHEN),)
    returned = drafts(made.issued)
    returned[index].runs = [
        Run("乙段", marks=yellow), Run("新", new, yellow), Run("文字", gone, yellow), Run("在这里。")
    ]  # fmt: skip
    returned.append(Draft([Run("悄悄加的一整段话，标了黄", marks=yellow)], ""))
    whole = replace(
        picture(returned), formats=(change(5, index, 0, 2, looks=(Look("highlight", "", "yellow"),)),)
    )
    kinds = [(each.kind, each.comment) for each in found(made, whole)]
    assert [each for each in kinds if each[0] is Kind.FORMAT] == [(Kind.FORMAT, "突出显示：黄色")]


def test_marks_in_the_contents_are_nobodys(desk: Maker) -> None:
    made = desk("# 一节\n\n文。\n")
    returned = drafts(made.issued)
    for draft in returned:
        if draft.toc:
            draft.runs = [replace(run, marks=frozenset(("color", "underline"))) for run in draft.runs]
    assert found(made, picture(returned)) == []


@pytest.mark.parametrize(
    ("look", "words"),
    [
        (Look("b", "", "1"), "加粗"),
        (Look("b", "1", "0"), "取消加粗"),
        (Look("sz", "", "44"), "字号：22磅"),
        (Look("sz", "21", "24"), "字号：10.5磅→12磅"),
        (
            Look("rFonts", "eastAsia=仿宋_GB2312", "ascii=Times New Roman eastAsia=黑体"),
            "字体：仿宋_GB2312→黑体",
        ),
        (Look("rFonts", "", "ascii=Times New Roman"), "字体：Times New Roman"),
        (Look("color", "", "FF0000"), "字体颜色：红色"),
        (Look("color", "", "themeColor=accent1 val=123456"), "字体颜色"),
        (Look("highlight", "yellow", ""), "取消突出显示"),
        (Look("jc", "", "distribute"), "对齐：分散对齐"),
        (Look("pStyle", "2", "3"), "样式"),
        (Look("numPr", "ilvl=0 numId=3", ""), "取消编号"),
        (Look("cellMerge", "", "rest"), "合并单元格"),
        (Look("sdt", "", "1"), "内容控件"),
        (Look("bCs", "", "1"), "格式"),
        (Look("spacing", "-6", ""), "格式"),
        (Look("spacing", "", "20"), "间距"),
        (Look("glow", "", "x"), "格式（glow）"),
    ],
)
def test_looks_are_told_in_words(look: Look, words: str) -> None:
    assert told([look]) == words


def test_nothing_told_twice_and_nothing_said_is_said() -> None:
    assert (
        told([Look("gridSpan", "", "2"), Look("vMerge", "", "restart"), Look("szCs", "", "36")])
        == "合并单元格"
    )
    assert told([]) == "格式"


def test_thousands_of_changes_of_looks_and_of_sections_stay_cheap(desk: Maker) -> None:
    from time import process_time

    from drafter.picture.model import Edge, Paragraph

    made = desk(BODY + "\n" + "很长的一段文字，" * 1000 + "\n")
    index = max(range(len(made.issued)), key=lambda i: len(made.issued[i].text))
    mark = frozenset(("highlight",))
    returned = drafts(made.issued)
    text = made.issued[index].text
    returned[index].runs = [
        Run(text[at : at + 2], marks=mark if at % 4 else frozenset()) for at in range(0, 8000, 2)
    ]
    formats = tuple(change(n, index, 2 * n, 2 * n + 1, looks=(Look("b", "", "1"),)) for n in range(4000))
    edges = tuple(Paragraph(n, (Run(f"第{n}节"),), "", story=f"header:{n}") for n in range(2000))
    sections = tuple((Edge("header", "default", f"header:{n}"),) for n in range(2000))
    whole = replace(picture(returned), formats=formats, edges=edges, sections=sections)
    began = process_time()
    remarks = found(made, whole)
    assert process_time() - began < 30
    assert sum(each.tracked for each in remarks) == 4000
    assert sum(each.comment == "突出显示" for each in remarks) == 2000
    assert sum(each.kind is Kind.HEADER for each in remarks) >= 2000
