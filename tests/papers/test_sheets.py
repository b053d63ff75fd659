"""The papers before anybody writes them: which rows stand where, and what their cells say."""

from __future__ import annotations

from dataclasses import replace

from drafter.ooxml.grid import Grid, shown
from drafter.papers.letters import letters
from drafter.papers.public import persons, result
from drafter.papers.speaking import Told, told
from drafter.papers.summary import summary
from drafter.review.remarks import Kind
from drafter.rounds.model import Applied, Decision, Register, Row
from tests.papers import city

STAGES = {"v1": "讨论稿", "v2": "征求意见稿", "v3": "论证稿"}
PLAN = "临港市民政事业发展“十四五”规划"


def one(id_: str) -> Told:
    register = city.register(id_)
    return told(register, STAGES[register.round.version])


def everything() -> list[Told]:
    return [one(each[0]) for each in city.ROUNDS]


def cells(grid: Grid) -> list[tuple[str, ...]]:
    return [tuple("".join(words.text for words in shown(cell)) for cell in row.cells) for row in grid.rows]


def with_row(id_: str, **fields: object) -> Told:
    """The second round with another first row."""
    register = city.register(id_)
    first = replace(register.rows[0], **fields)  # type: ignore[arg-type]
    return told(replace(register, rows=(first, *register.rows[1:])), "征求意见稿")


# -- the summary


def test_the_summary_of_a_round_says_who_what_where_and_what_became_of_it() -> None:
    grid = summary(PLAN, [one("R2")])
    assert [column.head for column in grid.columns] == [
        "序号", "提出单位（个人）", "章节（页码）", "意见建议", "采纳情况", "修改情况或未采纳理由", "承办科室",
    ]  # fmt: skip
    assert grid.title == f"{PLAN}意见采纳情况汇总表"
    assert cells(grid)[1] == (
        "2", "市财政局", "第七章第二节", "建议将“加大财政投入”改为“按照财政事权和支出责任落实经费”", "采纳", "已修改", "规划财务科",
    )  # fmt: skip
    assert len(grid.rows) == 5


def test_who_did_not_answer_is_named_and_only_taken_for_no_opinion_where_it_is_asked() -> None:
    assert summary(PLAN, [one("R2")]).above[0].endswith("未反馈的有2个：市教育局、市统计局。")
    late = summary(PLAN, [one("R2")], {"R2": city.SILENT}).above[0]
    assert late.endswith("逾期未反馈的有2个，视为无意见：市教育局、市统计局。")
    assert "其中无意见1份" in late
    some = summary(PLAN, [one("R2")], {"R2": ["市统计局"], "R1": city.SILENT}).above[0]
    assert some.endswith("逾期未反馈的有1个，视为无意见：市统计局。未反馈的有1个：市教育局。")


def test_all_rounds_stand_in_groups_by_who_was_asked_and_are_numbered_through() -> None:
    found = cells(summary(PLAN, everything()))
    heads = [row[0] for row in found if len(row) == 1]
    assert [head.partition("　")[0] for head in heads] == ["R2", "R1", "R3", "R4"]
    assert heads[0] == (
        "R2　书面征求市直部门意见（部门，征求意见稿v2，2020年12月1日至12月18日）：征求8个单位意见，收到反馈6份（其中无意见1份），"
        "提出意见5条，采纳4条、部分采纳1条、未采纳0条。未反馈的有2个：市教育局、市统计局。"
    )
    assert [row[0] for row in found if len(row) > 1] == [str(number) for number in range(1, 15)]


def test_the_sentence_counts_what_the_table_lists() -> None:
    grid = summary(PLAN, everything())
    results = [row[4] for row in cells(grid) if len(row) > 1]
    assert [results.count(each) for each in ("采纳", "部分采纳", "未采纳")] == [8, 3, 3]
    assert "提出意见14条，采纳8条、部分采纳3条、未采纳3条。" in grid.above[0]


def test_opinions_that_say_the_same_stand_together_and_count_each() -> None:
    register = city.register("R2")
    last = replace(register.rows[4], alike="R2-001")
    grid = summary(PLAN, [told(replace(register, rows=(*register.rows[:4], last)), "征求意见稿")])
    assert [row[1] for row in cells(grid)][:2] == ["市发展和改革委员会", "市人力资源和社会保障局"]
    assert "提出意见5条" in grid.above[0]


def test_answers_in_a_thread_go_with_their_comment() -> None:
    register = city.register("R2")
    comment = replace(register.rows[0], kind=Kind.COMMENT.value, comment="口径请核。")
    answer = replace(
        register.rows[1], id="R2-009", kind=Kind.COMMENT.value, comment="已核。", reply_to="R2-001"
    )
    grid = summary(PLAN, [told(replace(register, rows=(comment, answer)), "征求意见稿")])
    assert [row[3] for row in cells(grid)] == ["口径请核。（市财政局张三答：已核。）"]
    assert "提出意见1条" in grid.above[0]


def test_what_was_withdrawn_is_not_listed_and_said() -> None:
    grid = summary(PLAN, [with_row("R2", withdrawn="2021-02-01T09:00:00")])
    assert len(grid.rows) == 4
    assert grid.above[0].endswith("另有1条意见由提出者撤回，未计入。")


def test_in_a_draft_open_opinions_are_under_study() -> None:
    grid = summary(PLAN, [with_row("R2", decision=Decision.OPEN, reason="")])
    assert cells(grid)[0][4:6] == ("待研究", "")
    assert "采纳3条、部分采纳1条、未采纳0条、待研究1条" in grid.above[0]


def test_an_adopted_opinion_without_a_reason_says_what_was_done() -> None:
    done = (Applied("sections/a.md", 3, "0" * 64),)
    assert cells(summary(PLAN, [with_row("R2", reason="", applied=done)]))[0][5] == "已按意见修改。"
    other = with_row("R2", reason="", applied=done, proposed="养老床位", adopted="护理型床位")
    assert cells(summary(PLAN, [other]))[0][5] == "已修改为“护理型床位”。"
    assert cells(summary(PLAN, [with_row("R2", reason="")]))[0][5] == ""


def test_a_place_is_its_section_and_its_paragraph() -> None:
    assert cells(summary(PLAN, [with_row("R2", number="7.2-3")]))[0][2] == "专栏1\n段号7.2-3"
    assert cells(summary(PLAN, [with_row("R2", chapter="")]))[0][2] == "全文"


# -- the letters


def test_each_who_gave_opinions_gets_a_letter_of_their_own() -> None:
    found = letters(one("R2"), PLAN, "临港市民政局")
    assert [each.to for each in found] == [
        "市发展和改革委员会", "市财政局", "市自然资源和规划局", "市卫生健康委员会", "市人力资源和社会保障局",
    ]  # fmt: skip
    letter = found[3]
    assert letter.title == f"临港市民政局关于反馈《{PLAN}（征求意见稿）》意见采纳情况的函"
    assert letter.words == (
        f"你单位对《{PLAN}（征求意见稿）》提出的意见收悉。我局逐条作了研究：意见共1条，部分采纳1条。现将采纳情况反馈如下。"
    )
    assert cells(letter.grid) == [
        ("1", "第六章第一节", "建议增加医养结合签约率指标", "部分采纳", "作为任务表述，不列为指标")
    ]


def test_several_opinions_of_a_unit_stand_in_one_letter() -> None:
    register = city.register("R2")
    rows = tuple(
        replace(row, unit="市财政局", person=name)
        for row, name in zip(register.rows, "甲乙丙丁戊", strict=True)
    )
    (letter,) = letters(told(replace(register, rows=rows), "征求意见稿"), PLAN, "市民政中心")
    assert [row[0] for row in cells(letter.grid)] == ["1", "2", "3", "4", "5"]
    assert "我单位逐条作了研究：意见共5条，采纳4条、部分采纳1条。" in letter.words


def test_experts_are_written_to_by_name_and_the_public_is_not() -> None:
    found = letters(one("R4"), PLAN, "临港市民政局")
    assert [each.to for each in found] == ["陈思远", "林晓", "周文"]
    assert found[0].words.startswith("您对《")
    assert letters(one("R3"), PLAN, "临港市民政局") == ()


# -- the table for the public


def test_the_public_sees_masked_names_and_no_telephones() -> None:
    grid = result(PLAN, [one("R3")])
    assert [column.head for column in grid.columns] == ["序号", "反馈人", "意见内容", "是否采纳", "理由"]
    assert cells(grid)[0] == (
        "1", "市民李**", "希望增加老旧小区助餐点，联系电话***********", "部分采纳", "已在居家社区养老任务中体现",
    )  # fmt: skip
    assert [row[1] for row in cells(grid)] == ["市民李**", "市民王*", "海晏社会工作服务中心"]
    assert grid.above == (
        "2020年12月21日至2021年1月20日，向社会公开征求意见，收到反馈3份，提出意见3条，采纳0条、部分采纳1条、未采纳2条。",
    )


def test_who_spoke_is_not_named_in_the_words_or_the_reason_either() -> None:
    rounds = [with_row("R3", comment="我是李大明。", reason="已电话答复李大明，13812345678")]
    assert cells(result(PLAN, rounds))[0][2:] == ("我是李**。", "部分采纳", "已电话答复李**，***********")
    assert persons(rounds) == ("李大明", "王某")


def test_units_of_other_rounds_stay_whole_and_their_people_are_left_out() -> None:
    assert [row[1] for row in cells(result(PLAN, [one("R2")]))][1] == "市财政局"


def test_a_register_without_rows_gives_tables_without_rows() -> None:
    empty = told(Register(city.register("R2").round), "征求意见稿")
    assert cells(summary(PLAN, [empty])) == []
    assert (
        summary(PLAN, [empty])
        .above[0]
        .startswith("征求8个单位意见，收到反馈0份（其中无意见0份），没有提出意见。未反馈的有8个：")
    )
    assert letters(empty, PLAN, "局") == ()


def test_words_of_a_changed_text_are_told_as_a_sentence() -> None:
    row = Row(
        "R2-001", "市财政局", "", "", "修订稿", Kind.REPLACEMENT.value, original="床位", proposed="养老床位"
    )
    grid = summary(PLAN, [told(Register(city.register("R2").round, rows=(row,)), "征求意见稿")])
    assert cells(grid)[0][3] == "建议将“床位”改为“养老床位”"
