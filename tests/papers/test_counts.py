"""Figures of rounds: every answer and every opinion once, m = a + b + c + what is open."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafter.papers import sentences
from drafter.papers.counts import answers, counts, silent
from drafter.papers.speaking import ordered
from drafter.review.remarks import Kind
from drafter.rounds.model import (
    EVIDENCE,
    Asked,
    Decision,
    Received,
    Register,
    Reply,
    Round,
    RoundKind,
    Row,
    State,
)
from tests.papers import city
from tests.rounds.registers import registers as any_registers

ROUND = Round("R2", "p145", "v1", RoundKind.DEPARTMENTS, "征求意见", "2021-01-16", "2021-02-05", ())


def row(number: int, unit: str = "市财政局", **fields: object) -> Row:
    made = Row(f"R2-{number:03d}", unit, "", "2021-01-20", "来函", Kind.OPINION.value, comment="意见")
    return replace(made, **fields)  # type: ignore[arg-type]


def reply(unit: str, conclusion: str = "有意见", number: int = 1, **fields: object) -> Reply:
    file = Received(f"{number}.docx", city.digest(number), State.READ)
    made = Reply(unit, "", "2021-01-20", "来函", conclusion, file, "2021-02-01T09:00:00")
    return replace(made, **fields)  # type: ignore[arg-type]


def asked(*names: str) -> Round:
    return replace(ROUND, asked=tuple(Asked(name) for name in names))


# -- the fictional city


@pytest.mark.parametrize(
    ("id_", "said"),
    [
        (
            "R1",
            "征求3个单位意见，收到反馈3份（其中无意见0份），提出意见3条，采纳2条、部分采纳0条、未采纳1条。",
        ),
        (
            "R2",
            "征求8个单位意见，收到反馈6份（其中无意见1份），提出意见5条，采纳4条、部分采纳1条、未采纳0条。",
        ),
        ("R3", "向社会公开征求意见，收到反馈3份，提出意见3条，采纳0条、部分采纳1条、未采纳2条。"),
        ("R4", "征求3位专家意见，收到反馈3份，提出意见3条，采纳2条、部分采纳1条、未采纳0条。"),
    ],
)
def test_each_round_is_counted_in_a_sentence(id_: str, said: str) -> None:
    assert sentences.counted(counts((city.register(id_),))) == said


def test_all_rounds_are_counted_together() -> None:
    found = counts(city.registers())
    assert (found.replies, found.none) == (15, 1)
    assert (found.opinions, found.adopted, found.partly, found.rejected) == (14, 8, 3, 3)
    assert found.silent == city.SILENT
    assert sentences.counted(found) == (
        "征求11个单位、3位专家意见，并向社会公开征求意见，收到反馈15份（其中无意见1份），提出意见14条，采纳8条、部分采纳3条、未采纳3条。"
    )


def test_answers_of_those_whom_nobody_asked_are_told() -> None:
    register = Register(asked("市财政局"), (reply("市财政局", "无意见"), reply("市审计局", "无意见", 2)))
    assert counts((register,)).unasked == 1
    assert sentences.counted(counts((register,))) == (
        "征求1个单位意见，收到反馈2份（其中无意见2份，未列入征求范围的1份），没有提出意见。"
    )


def test_a_unit_that_is_asked_twice_is_one_unit() -> None:
    both = counts((Register(asked("市财政局", "市统计局")), Register(replace(asked("市财政局"), id="R3"))))
    assert both.asked == 2


# -- what counts


def test_no_opinion_is_counted_among_answers_and_agreement_is_not_among_them() -> None:
    found = counts(
        (Register(ROUND, (reply("甲", "无意见"), reply("乙", "原则同意", 2), reply("丙", "", 3))),)
    )
    assert (found.replies, found.none, found.agreed, found.opinions) == (3, 1, 1, 0)
    assert (
        sentences.counted(found) == "收到反馈3份（其中无意见1份，原则同意、未提具体意见1份），没有提出意见。"
    )


def test_who_agrees_and_says_more_has_opinions() -> None:
    found = counts((Register(ROUND, (reply("甲", "原则同意"),), (row(1, "甲"),)),))
    assert (found.replies, found.agreed, found.none, found.opinions) == (1, 0, 0, 1)


def test_two_files_of_a_unit_are_one_answer_and_the_last_one_concludes() -> None:
    first = reply("市财政局", "有意见", 1, date="2021-01-20")
    last = reply("市 财政局", "无意见", 2, date="2021-01-25")
    found = counts((Register(ROUND, (last, first)),))
    assert (found.replies, found.none) == (1, 1)


def test_a_file_that_was_refused_is_no_answer() -> None:
    refused = reply("甲", file=Received("a.docx", city.digest(9), State.REFUSED, reason="collect.no-id"))
    assert counts((Register(asked("甲"), (refused,)),)).replies == 0
    assert [each.unit for each in silent(Register(asked("甲"), (refused,)))] == ["甲"]


def test_withdrawn_opinions_and_answers_in_threads_do_not_count() -> None:
    rows = (row(1), row(2, withdrawn="2021-02-01T09:00:00"), row(3, reply_to="R2-001"))
    found = counts((Register(ROUND, rows=rows),))
    assert (found.opinions, found.withdrawn) == (1, 1)
    assert sentences.withdrawn(found) == "另有1条意见由提出者撤回，未计入。"


def test_a_file_that_nobody_has_read_yet_is_an_answer_and_no_opinion() -> None:
    register = Register(ROUND, (reply("甲", ""),), (row(1, "甲", kind=EVIDENCE),))
    found = counts((register,))
    assert (found.replies, found.opinions, found.unread) == (1, 0, 1)
    closed = replace(register, rows=(replace(register.rows[0], decision=Decision.ADOPTED),))
    assert (counts((closed,)).opinions, counts((closed,)).unread) == (0, 0)


def test_opinions_that_say_the_same_count_each() -> None:
    assert counts((Register(ROUND, rows=(row(1), row(2, "市统计局", alike="R2-001"))),)).opinions == 2


def test_who_gave_an_opinion_by_word_of_mouth_has_answered() -> None:
    register = Register(asked("市财政局", "市统计局"), rows=(row(1),))
    assert counts((register,)).replies == 1
    assert [each.unit for each in silent(register)] == ["市统计局"]


def test_names_are_the_same_with_either_brackets() -> None:
    register = Register(asked("机关党委（人事科）"), (reply("机关党委(人事科)", "无意见"),))
    assert silent(register) == ()


def test_people_of_the_public_are_told_apart_and_experts_by_their_names() -> None:
    public = replace(ROUND, kind=RoundKind.PUBLIC)
    replies = (
        reply("市民", number=1, person="李**"),
        reply("市民", number=2, person="王**"),
        reply("市民", number=3),
        reply("市民", number=4),
        reply("", number=5),
        reply("某协会", number=6),
        reply("某协会", number=7),
    )
    rows = (row(1, "市民", person="李**", file=city.digest(1)[:12]), row(2, "市民", file=city.digest(4)[:12]))
    found = answers(Register(public, replies, rows))
    assert [(each.unit or each.person, each.person, len(each.rows)) for each in found] == [
        ("市民", "李**", 1), ("市民", "王**", 0), ("市民", "", 0), ("市民", "", 1), ("", "", 0), ("某协会", "", 0),
    ]  # fmt: skip


def test_several_of_one_masked_name_are_several_and_a_draft_that_several_marked_is_one() -> None:
    public = replace(ROUND, kind=RoundKind.PUBLIC)
    replies = (
        reply("市民", number=1, person="王**"),
        reply("市民", number=2, person="王**"),
        reply("市民", number=3, person="王**"),
        reply("市民", number=3, person="王**"),
        reply("", number=4, person="李**、赵**"),
    )
    rows = (
        row(1, "市民", person="王**", file=city.digest(2)[:12]),
        row(2, "市民", person="王**", file=city.digest(3)[:12]),
        row(3, "", person="李**", file=city.digest(4)[:12]),
        row(4, "", person="赵**", file=city.digest(4)[:12]),
    )
    found = answers(Register(public, replies, rows))
    assert [(each.person, len(each.rows)) for each in found] == [
        ("王**", 0), ("王**", 1), ("王**", 1), ("王**", 0), ("李**、赵**", 2),
    ]  # fmt: skip


def test_an_expert_is_known_by_the_name_that_they_were_asked_by_or_by_their_own() -> None:
    experts = replace(asked("陈思远"), kind=RoundKind.EXPERTS)
    replies = (
        reply("陈思远", number=1, person="Administrator"),
        reply("陈思远", number=2),
        reply("临港大学", number=3, person="林晓"),
        reply("临港大学", number=4, person="周文"),
    )
    register = Register(
        experts, replies, (row(1, "陈思远", person="Administrator", file=city.digest(1)[:12]),)
    )
    found = answers(register)
    assert [(each.unit, each.person, len(each.rows)) for each in found] == [
        ("陈思远", "", 1), ("临港大学", "林晓", 0), ("临港大学", "周文", 0),
    ]  # fmt: skip
    assert silent(register) == ()


# -- any register


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(any_registers(), max_size=2))
def test_the_figures_of_any_registers_add_up(registers: list[Register]) -> None:
    found = counts(registers)
    assert found.opinions == found.adopted + found.partly + found.rejected + found.open
    assert found.none + found.agreed <= found.replies
    assert found.opinions == sum(len(answer.rows) for each in registers for answer in answers(each))
    whole = sum(len(each.rows) for each in registers)
    inside = sum(bool(row.reply_to) for each in registers for row in each.rows)
    files = sum(row.kind == EVIDENCE and not row.reply_to for each in registers for row in each.rows)
    assert whole == found.opinions + found.withdrawn + inside + files


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(any_registers())
def test_every_opinion_is_listed_once_whatever_is_alike(register: Register) -> None:
    alike = [replace(row, alike=register.rows[-1 - n].id) for n, row in enumerate(register.rows)]
    listed = ordered(replace(register, rows=tuple(alike)))
    assert len(listed) == counts((register,)).opinions
    assert len({row.id for row in listed}) == len(listed)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(any_registers())
def test_who_was_asked_has_answered_or_is_named(register: Register) -> None:
    there = {"".join(each.unit.split()) for each in silent(register)}
    came = {"".join(name.split()) for each in answers(register) for name in (each.unit, each.person)}
    for each in () if register.round.kind is RoundKind.PUBLIC else register.round.asked:
        name = "".join(each.unit.split())
        assert name in there or name.translate(str.maketrans("()", "（）")) in {
            one.translate(str.maketrans("()", "（）")) for one in came
        }


def test_open_opinions_are_told_as_such() -> None:
    rows = (row(1), row(2, decision=Decision.ADOPTED))
    assert sentences.counted(counts((Register(ROUND, rows=rows),))) == (
        "收到反馈1份，提出意见2条，采纳1条、部分采纳0条、未采纳0条、待研究1条。"
    )
