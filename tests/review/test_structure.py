"""Paragraphs and rows put in, struck out, split and joined: the lines of the fragment afterwards."""

import dataclasses
from collections.abc import Callable

import pytest

from drafter.picture.model import Change, Revision, Run
from drafter.review.remarks import Confidence
from tests.review.rig import Desk, Draft, drafts, picture

PATH = "sections/p/01/01.md"
Maker = Callable[[str], Desk]
INSERTED = Revision("7", Change.INSERTED, "李四", "2021-01-20T09:00:00Z")
DELETED = Revision("8", Change.DELETED, "李四", "2021-01-20T09:00:00Z")

THREE = "甲段文字在这里。\n\n乙段文字在这里。\n\n丙段文字在这里。\n"
ITEMS = "1. 甲项文字在这里。\n2. 乙项文字在这里。\n3. 丙项文字在这里。\n"


def body(made: Desk, texts: dict[str, str]) -> str:
    return texts.get(PATH, made.sources[PATH].text).partition("---\n")[2].partition("---\n")[2]


def place(made: Desk, says: str) -> int:
    return next(i for i, anchor in enumerate(made.issued) if anchor.text == says and anchor.kind != "toc")


def after(made: Desk, returned: list[Draft]) -> str:
    _, plan = made.collect(picture(returned))
    assert plan.obstacles == {}
    return body(made, dict(plan.patched))


@pytest.mark.parametrize("tracked", [False, True])
@pytest.mark.parametrize(
    ("source", "behind", "wanted"),
    [
        (THREE, "乙段文字在这里。", THREE.replace("丙段", "新的一段。\n\n丙段")),
        (ITEMS, "乙项文字在这里。", ITEMS.replace("3. 丙", "3. 新的一段。\n3. 丙")),
        ("# 小标题文字\n\n甲段。\n", "小标题文字", "# 小标题文字\n\n新的一段。\n\n甲段。\n"),
        ("> 引文一段文字。\n", "引文一段文字。", "> 引文一段文字。\n>\n> 新的一段。\n"),
    ],
)
def test_a_new_paragraph_stands_behind_the_one_it_was_put_behind(
    desk: Maker, source: str, behind: str, wanted: str, tracked: bool
) -> None:
    made = desk(source)
    returned = drafts(made.issued)
    index = place(made, behind)
    style = returned[index].style if "小标题" not in behind else "body"
    marks = (INSERTED,) if tracked else ()
    returned.insert(index + 1, Draft([Run("新的一段。", marks)], style, mark=marks))
    assert after(made, returned) == wanted


@pytest.mark.parametrize("tracked", [False, True])
@pytest.mark.parametrize(
    ("source", "gone", "wanted"),
    [
        (THREE, "乙段文字在这里。", "甲段文字在这里。\n\n丙段文字在这里。\n"),
        (THREE, "丙段文字在这里。", "甲段文字在这里。\n\n乙段文字在这里。\n"),
        (ITEMS, "甲项文字在这里。", "1. 乙项文字在这里。\n3. 丙项文字在这里。\n"),
        (ITEMS, "乙项文字在这里。", "1. 甲项文字在这里。\n3. 丙项文字在这里。\n"),
    ],
)
def test_a_paragraph_that_was_struck_out_goes_with_its_lines(
    desk: Maker, source: str, gone: str, wanted: str, tracked: bool
) -> None:
    made = desk(source)
    returned = drafts(made.issued)
    index = place(made, gone)
    if tracked:
        returned[index].runs = [Run(gone, (DELETED,))]
        returned[index].mark = (DELETED,)
    else:
        del returned[index]
    assert after(made, returned) == wanted


@pytest.mark.parametrize("tracked", [False, True])
@pytest.mark.parametrize(
    ("source", "at", "wanted"),
    [
        (THREE, "乙段文字在这里。", THREE.replace("乙段文字", "乙段文字\n\n")),
        (ITEMS, "乙项文字在这里。", ITEMS.replace("乙项文字", "乙项文字\n3. ")),
        ("**乙段文字在这里。**后面\n", "乙段文字在这里。后面", "**乙段文字**\n\n**在这里。**后面\n"),
    ],
)
def test_a_paragraph_is_split_by_a_blank_line_and_an_item_by_a_mark(
    desk: Maker, source: str, at: str, wanted: str, tracked: bool
) -> None:
    made = desk(source)
    returned = drafts(made.issued)
    index = place(made, at)
    first = returned[index]
    second = Draft([Run(at[4:])], first.style)
    first.runs = [Run(at[:4])]
    first.mark = (INSERTED,) if tracked else ()
    returned.insert(index + 1, second)
    assert after(made, returned) == wanted


@pytest.mark.parametrize("tracked", [False, True])
def test_two_paragraphs_are_joined(desk: Maker, tracked: bool) -> None:
    made = desk(THREE)
    returned = drafts(made.issued)
    index = place(made, "甲段文字在这里。")
    if tracked:
        returned[index].mark = (DELETED,)
    else:
        returned[index].runs += returned[index + 1].runs
        returned[index].names += returned[index + 1].names
        del returned[index + 1]
    assert after(made, returned) == "甲段文字在这里。乙段文字在这里。\n\n丙段文字在这里。\n"


TABLE = "| 事项 | 说明 |\n|---|---|\n| 甲事 | 甲说明 |\n| 乙事 | 乙说明 |\n"


def test_a_row_is_put_in_and_struck_out(desk: Maker) -> None:
    made = desk(TABLE)
    returned = drafts(made.issued)
    index = place(made, "甲事")
    row = returned[index].cell
    assert row is not None
    for column, text in enumerate(("新|事", "新说明")):
        cell = dataclasses.replace(row, row=99, cell=column)
        returned.insert(index + 2 + column, Draft([Run(text)], "cell", (), cell))
    for each in returned[index + 4 : index + 6]:
        each.row = (DELETED,)
    assert after(made, returned) == "| 事项 | 说明 |\n|---|---|\n| 甲事 | 甲说明 |\n| 新\\|事 | 新说明 |\n"


@pytest.mark.parametrize("tracked", [False, True])
def test_a_footnote_goes_with_its_mark_as_one_remark(desk: Maker, tracked: bool) -> None:
    made = desk("见注[^1]。其他文字。\n\n[^1]: 注的文字。\n\n末段。\n")
    returned = drafts(made.issued)
    index, note = place(made, "见注\ufffc。其他文字。"), place(made, "注的文字。")
    if tracked:
        returned[index].runs = [Run("见注"), Run("\ufffc", (DELETED,)), Run("。其他文字。")]
        returned[note].runs = [Run("注的文字。", (DELETED,))]
        returned[note].mark = (DELETED,)
    else:
        returned[index].say("见注。其他文字。")
        del returned[note]
    remarks, plan = made.collect(picture(returned))
    assert len(remarks) == 1
    assert body(made, dict(plan.patched)) == "见注。其他文字。\n\n末段。\n"


def test_moves_and_copies_are_for_a_person(desk: Maker) -> None:
    made = desk(THREE)
    returned = drafts(made.issued)
    index = place(made, "甲段文字在这里。")
    returned.insert(index + 2, returned.pop(index))
    remarks, plan = made.collect(picture(returned))
    assert [remark.obstacle for remark in remarks] == ["review.move"]
    assert plan.patched == {}


def test_a_short_paragraph_struck_out_here_and_put_in_there_is_one_thing(desk: Maker) -> None:
    made = desk("{% for 行 in 县区 %}\n- {{ 行.简介 }}\n{% endfor %}\n\n丙段文字在这里。\n")
    returned = drafts(made.issued)
    index = place(made, "沿海山地")
    returned[index].runs, returned[index].mark = [Run("沿海山地", (DELETED,))], (DELETED,)
    end = place(made, "丙段文字在这里。") + 1
    returned.insert(end, Draft([Run("沿海山地", (INSERTED,))], "body", mark=(INSERTED,)))
    _, plan = made.collect(picture(returned))
    assert list(plan.obstacles.values()) == ["review.printed-elsewhere", "review.together"]
    assert plan.patched == {}


@pytest.mark.parametrize(("style", "open_"), [("item", ["review.printed-elsewhere"]), ("body", [])])
def test_a_new_item_behind_those_that_a_loop_prints_is_for_a_person(
    desk: Maker, style: str, open_: list[str]
) -> None:
    made = desk("{% for 行 in 县区 %}\n- {{ 行.名称 }}循环文字\n{% endfor %}\n\n丙段文字在这里。\n")
    returned = drafts(made.issued)
    returned.insert(place(made, "西泽县循环文字") + 1, Draft([Run("新的一段。")], style))
    _, plan = made.collect(picture(returned))
    assert list(plan.obstacles.values()) == open_
    assert ("新的一段" in "".join(plan.patched.values())) is not bool(open_)


def test_a_row_made_from_data_is_not_struck_out_of_a_fragment(desk: Maker) -> None:
    made = desk("甲段文字。\n\n{% for 行 in 县区 %}\n- {{ 行.名称 }}有床位。\n{% endfor %}\n")
    returned = drafts(made.issued)
    del returned[place(made, "东岭县有床位。")]
    _, plan = made.collect(picture(returned))
    assert list(plan.obstacles.values()) == ["review.printed-elsewhere"]


def test_a_paragraph_before_one_that_lost_its_beginning_is_not_sure(desk: Maker) -> None:
    made = desk("前段文字在这里。\n\n节地生态安葬。指采取树葬和草坪葬等方式，不占或者少占土地的安葬方式。\n")
    returned = drafts(made.issued)
    index = place(made, "节地生态安葬。指采取树葬和草坪葬等方式，不占或者少占土地的安葬方式。")
    returned[index].say("指采取树葬和草坪葬等方式，不占或者少占土地的安葬方式。")
    returned.insert(index, Draft([Run("全面稳妥推进的做法。")], "body"))
    remarks, _ = made.collect(picture(returned))
    assert {remark.confidence for remark in remarks} == {Confidence.LIKELY}


BORDER = "前段的第一句话在这里。后面有{{ 县区.东岭县.床位 }}，到了下一段的前头去了。\n\n后段自己的话还在原处，没有改动过。\n"


@pytest.mark.parametrize("names", [True, False])
def test_a_border_of_two_paragraphs_that_was_moved_is_a_split_and_a_merge(
    desk: Maker, *, names: bool
) -> None:
    made = desk(BORDER)
    returned = drafts(made.issued, names=names)
    index = place(made, "前段的第一句话在这里。后面有24000张，到了下一段的前头去了。")
    returned[index].say("前段的第一句话在这里。")
    returned[index + 1].say("后面有24000张，到了下一段的前头。后段自己的话还在原处，没有改动过。")
    returned[index + 1].track(10, 11, "放在", number=7)  # inside the words that went over
    remarks, plan = made.collect(picture(returned))
    assert [(each.kind.value, each.original, each.proposed) for each in remarks] == [
        ("split", "", "\n"),
        ("replacement", "到", "放在"),
        ("deletion", "去了", ""),
        ("merge", "\n", ""),
    ]
    assert {remark.confidence for remark in remarks} == {Confidence.SURE}
    assert plan.obstacles == {}
    assert body(made, dict(plan.patched)) == (
        "前段的第一句话在这里。\n\n后面有{{ 县区.东岭县.床位 }}，放在了下一段的前头。后段自己的话还在原处，没有改动过。\n"
    )


JOINED = (
    "西泊市养老服务综合体建设项目。新建养老服务综合体一处，设置床位四百五十张，其中护理型四百张。总投资一万七千八百万元，建设年限二〇二五年。",
    "望潮县特困人员供养服务中心建设项目。改扩建特困人员供养服务中心一处，新增床位五百张，其中护理型四百六十张。总投资一万二千六百万元。",
)


def test_two_paragraphs_that_were_joined_are_so_though_half_of_the_one_went(desk: Maker) -> None:
    made = desk("\n\n".join(JOINED) + "\n")
    returned = drafts(made.issued)
    index = place(made, JOINED[0])
    returned[index].say(
        "先行建设的西泊市养老服务综合体工程。总投资一万七千八百万元，建设年限二〇二五年。" + JOINED[1]
    )
    returned[index].names += returned.pop(index + 1).names
    remarks, _ = made.collect(picture(returned))
    assert [remark.kind.value for remark in remarks] == ["insertion", "replacement", "merge"]


def test_words_like_those_that_the_paragraph_before_lost_are_not_sure(desk: Maker) -> None:
    made = desk("前段的第一句话在这里。后面的话到下段。\n\n后段自己的话还在原处，没有改动过。\n")
    returned = drafts(made.issued)
    index = place(made, "前段的第一句话在这里。后面的话到下段。")
    returned[index].say("前段的第一句话在这里。")
    returned[index + 1].say("后面的话去下段。后段自己的话还在原处，没有改动过。")
    remarks, plan = made.collect(picture(returned))
    assert {remark.confidence for remark in remarks} == {Confidence.LIKELY}
    assert plan.patched == {}


def test_values_that_changed_places_are_left_to_a_person(desk: Maker) -> None:
    made = desk("有{{ 县区.东岭县.床位 }}和{{ 县区.西泽县.床位 }}，文字在这里。\n")
    returned = drafts(made.issued)
    index = place(made, "有24000张和13111张，文字在这里。")
    returned[index].say("有13111张和24000张，文字在这里。")
    remarks, plan = made.collect(picture(returned))
    assert Confidence.SURE not in {remark.confidence for remark in remarks}, remarks
    assert set(plan.obstacles.values()) == {"review.two-values"}
    assert plan.patched == {}
