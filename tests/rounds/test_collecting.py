"""What files bring: rows once, what a later file no longer has withdrawn, the same and the opposite told, all of it taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drafter.review.remarks import Change, Kind
from drafter.rounds.collecting import Added, Brought, added
from drafter.rounds.model import Decision, Received, Register, Reply, Round, RoundKind, Row, Spot, State
from drafter.rounds.relating import related
from drafter.rounds.taking_back import against, last_moment, taken_back

ROUND = Round("R2", "p1", "v1", RoundKind.DEPARTMENTS, "", "2021-01-16", "2021-02-05", ())
FIRST, SECOND, THIRD = (f"2021-02-0{day}T09:00:00+08:00" for day in (1, 2, 3))


def reply(file: str, unit: str = "市财政局") -> Reply:
    return Reply(unit, "", "", "修订稿", "", Received(f"{file}.docx", file * 64, State.READ), "")


def change(id_: str, file: str, new: str, start: int = 4, person: str = "张三") -> Row:
    return Row(
        id_, "市财政局", person, "2021-01-28", "修订稿", Kind.REPLACEMENT, tracked=True, original="市场", proposed=new,
        change=Change(0, start, start + 2, new), file=file * 12,
    )  # fmt: skip


def comment(id_: str, file: str, words: str, person: str = "张三") -> Row:
    return Row(
        id_,
        "市财政局",
        person,
        "2021-01-28",
        "修订稿",
        Kind.COMMENT,
        comment=words,
        spot=Spot(0, 1, 3),
        file=file * 12,
    )


def brought(file: str, *rows: Row, unit: str = "市财政局") -> Brought:
    return Brought(reply(file, unit), tuple(replace(row, unit=unit) for row in rows))


def collected(register: Register, moment: str, *files: Brought) -> Added:
    for each in files:
        step = added(register, each, moment)
        register = step.register
    return step


def texts(register: Register) -> list[tuple[str, str, bool]]:
    return [(row.id, row.proposed or row.comment, bool(row.withdrawn)) for row in register.rows]


def test_each_remark_is_a_row_and_answers_name_the_row_that_they_answer() -> None:
    file = brought("a", comment("r1", "a", "不妥"), replace(comment("r2", "a", "同意"), reply_to="r1"))
    step = added(Register(ROUND), file, FIRST)
    assert step.new == ("R2-001", "R2-002")
    assert [(row.reply_to, row.collected) for row in step.register.rows] == [("", FIRST), ("R2-001", FIRST)]
    assert step.register.replies == (replace(file.reply, collected=FIRST),)


def test_a_file_that_goes_on_adds_what_is_new_and_withdraws_what_is_gone() -> None:
    first = added(Register(ROUND), brought("a", change("r1", "a", "社会"), comment("r2", "a", "不妥")), FIRST)
    later = brought("b", comment("r1", "b", "另一条"), change("r2", "b", "社会"))
    step = added(first.register, later, SECOND)
    assert (step.new, step.withdrawn, step.beside) == (("R2-003",), ("R2-002",), ())
    assert step.ids == {"r1": "R2-003", "r2": "R2-001"}
    assert texts(step.register) == [
        ("R2-001", "社会", False),
        ("R2-002", "不妥", True),
        ("R2-003", "另一条", False),
    ]


@pytest.mark.parametrize(
    ("later", "withdrawn"),
    [
        ((comment("r1", "b", "另一条"),), ("R2-001",)),  # the same author, nothing in common
        ((comment("r1", "b", "另一条", "李四"),), ()),  # somebody else in the same unit
        ((), ()),  # an untouched copy: nobody says that anything was taken back
        ((change("r1", "b", "社会", person="李四"),), ()),  # the same wish of somebody else is another one
    ],
)
def test_a_file_of_somebody_else_in_the_unit_withdraws_nothing(
    later: tuple[Row, ...], withdrawn: tuple[str, ...]
) -> None:
    first = added(Register(ROUND), brought("a", change("r1", "a", "社会")), FIRST)
    step = added(first.register, brought("b", *later), SECOND)
    assert step.withdrawn == withdrawn
    assert step.beside == (() if withdrawn else ("a" * 12,))
    assert len(step.new) == len(later)


def test_other_units_and_channels_have_nothing_to_do_with_it() -> None:
    first = added(Register(ROUND), brought("a", change("r1", "a", "社会")), FIRST)
    other = added(first.register, brought("b", change("r1", "b", "社会"), unit="市教育局"), SECOND)
    assert (other.new, other.withdrawn, other.beside) == (("R2-002",), (), ())
    letter = replace(brought("c"), reply=replace(reply("c"), channel="来函"))
    assert added(first.register, letter, SECOND).beside == ()


def test_two_of_the_public_with_one_name_in_the_register_are_two() -> None:
    public = Register(replace(ROUND, kind=RoundKind.PUBLIC))
    one = brought("a", comment("r1", "a", "增加助餐点", "朱小明"), unit="")
    first = added(public, one, FIRST)
    masked = tuple(replace(row, person="朱**") for row in first.register.rows)
    register = replace(first.register, rows=masked)
    other = added(
        register, brought("b", comment("r1", "b", "增加助餐点", "朱大伟"), unit=""), SECOND, first.names
    )
    assert (other.new, other.withdrawn) == (("R2-002",), ())
    again = added(
        register, brought("c", comment("r1", "c", "增加助餐点", "朱小明"), unit=""), SECOND, first.names
    )
    assert again.new == ()


def test_the_same_wish_and_the_opposite_one_are_told_both_ways() -> None:
    issued = ("支持市场主体发展，激发市场活力，扩大开放", "支持市场主体发展，激发市场活力，扩大开放")
    rows = [
        change("R2-001", "a", "社会"),
        change("R2-002", "b", "社会"),
        change("R2-003", "c", "公众", start=5),
        change("R2-004", "d", "公众", start=6),
        comment("R2-005", "a", "没有依据。"),
        comment("R2-006", "b", "没有依据"),
        replace(change("R2-007", "d", "没用"), withdrawn=FIRST),
    ]
    out = related(rows, {row.id for row in rows}, issued)
    assert [row.alike for row in out] == ["", "R2-001", "", "", "", "R2-005", ""]
    assert [row.conflicts for row in out] == [
        ("R2-003",), ("R2-003",), ("R2-001", "R2-002", "R2-004"), ("R2-003",), (), (), ()
    ]  # fmt: skip
    assert related(out, (), issued) == out


def test_a_change_inside_a_deleted_paragraph_and_another_value_of_a_datum_are_conflicts() -> None:
    issued = ("支持市场主体发展，激发市场活力，扩大开放", "支持市场主体发展，激发市场活力，扩大开放")
    gone = replace(change("R2-001", "a", ""), change=Change(0, 0, 21, ""))
    inside = replace(change("R2-002", "b", "新"), change=Change(0, 9, 9, "新"))
    after = replace(change("R2-003", "b", "新"), change=Change(1, 0, 0, "新"))
    value = replace(
        change("R2-004", "b", "850张"), kind=Kind.VALUE, key="指标.床位[2025]", change=Change(1, 5, 8, "850")
    )
    other = replace(value, id="R2-005", proposed="900张", change=Change(1, 15, 18, "900"))
    same = replace(value, id="R2-006", change=Change(1, 15, 18, "850"))
    out = related(
        [gone, inside, after, value, other, same], {"R2-006", "R2-005", "R2-004", "R2-002", "R2-003"}, issued
    )
    assert [row.conflicts for row in out] == [
        ("R2-002",), ("R2-001",), (), ("R2-005",), ("R2-004", "R2-006"), ("R2-005",)
    ]  # fmt: skip
    assert out[5].alike == "R2-004"


def test_what_is_taken_back_is_gone_but_its_numbers_are_not_given_again() -> None:
    first = added(Register(ROUND), brought("a", change("r1", "a", "社会"), comment("r2", "a", "不妥")), FIRST)
    second = added(
        first.register, brought("b", change("r1", "b", "公众"), comment("r2", "b", "另一条")), SECOND
    )
    rows = related(second.register.rows, second.new, ("支持市场主体发展，激发市场活力，扩大开放",))
    register = replace(second.register, rows=rows)
    assert [row.conflicts for row in rows][:1] == [()] or rows[0].withdrawn
    assert last_moment(register) == SECOND
    back = taken_back(register, SECOND)
    assert (back.rows, back.replies) == (first.register.rows, first.register.replies)
    again = added(back, brought("b", change("r1", "b", "公众")), THIRD)
    assert again.new == ("R2-005",)


def test_what_was_decided_since_is_not_taken_back() -> None:
    first = added(Register(ROUND), brought("a", change("r1", "a", "社会"), comment("r2", "a", "不妥")), FIRST)
    decided = replace(first.register.rows[0], decision=Decision.ADOPTED)
    register = replace(first.register, rows=(decided, *first.register.rows[1:]))
    assert [row.id for row in against(register, FIRST)] == ["R2-001"]
    assert list(against(first.register, FIRST)) == []
