"""Columns and rows without words: nobody says them, and still they are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from drafter.picture.model import CellPlace, Change, Revision, Run
from drafter.review.match import match
from drafter.review.remarks import Kind, Remark
from tests.review.rig import Desk, Draft, drafts, picture

Maker = Callable[[str], Desk]
BODY = "甲段的话。\n\n| 名称 | 床位 |\n|---|---|\n| 子项 | 丑项 |\n| 寅项 | 卯项 |\n\n乙段的话。\n\n| 名称 | 人数 |\n|---|---|\n| 辰项 | 巳项 |\n"


def found(made: Desk, out: list[Draft]) -> list[Remark]:
    outcome = match(made.record, picture(out))
    assert outcome.issues == ()
    return list(outcome.value or ())


def told(remarks: list[Remark]) -> list[tuple[str, str]]:
    return [(each.comment, each.context) for each in remarks if each.kind is Kind.FORMAT]


def cells(out: list[Draft], table: int) -> list[Draft]:
    numbers = sorted({draft.cell.table for draft in out if draft.cell is not None})
    return [draft for draft in out if draft.cell is not None and draft.cell.table == numbers[table]]


def with_column(out: list[Draft], table: int, words: str = "") -> list[Draft]:
    """A new last column."""
    made: list[Draft] = []
    last = {id(draft) for draft in cells(out, table) if draft.cell is not None and draft.cell.cell == 1}
    for draft in out:
        made.append(draft)
        if id(draft) in last and draft.cell is not None:
            made.append(Draft([Run(words)] if words else [], "cell", cell=replace(draft.cell, cell=2)))
    return made


def with_row(out: list[Draft], table: int, words: str = "") -> list[Draft]:
    """A new row behind the last."""
    final = cells(out, table)[-1]
    at = next(i for i, draft in enumerate(out) if draft is final) + 1
    assert final.cell is not None
    place = CellPlace(final.cell.table, final.cell.row + 500, 0)
    new = [Draft([Run(words)] if words else [], "cell", cell=replace(place, cell=n)) for n in range(2)]
    return [*out[:at], *new, *out[at:]]


def test_tables_that_stayed_as_they_were_say_nothing(desk: Maker) -> None:
    made = desk(BODY)
    assert found(made, drafts(made.issued)) == []


def test_an_empty_column_is_told_once_at_its_table(desk: Maker) -> None:
    made = desk(BODY)
    (remark,) = found(made, with_column(drafts(made.issued), 1))
    assert (remark.kind, remark.tracked, remark.comment, remark.context) == (
        Kind.FORMAT,
        False,
        "列数：2→3",
        "名称",
    )
    assert made.issued[remark.anchor].text == "名称"
    assert remark.anchor > next(i for i, a in enumerate(made.issued) if a.text == "乙段的话。")
    assert remark.obstacle == "review.format"


def test_a_column_that_is_gone_is_told_with_its_words(desk: Maker) -> None:
    made = desk(
        BODY.replace("| 名称 | 床位 |\n|---|---|", "| 名称 | 床位 | 备注 |\n|---|---|---|")
        .replace("丑项 |", "丑项 | 甲 |")
        .replace("卯项 |", "卯项 | 乙 |")
    )
    out = [draft for draft in drafts(made.issued) if draft.cell is None or draft.cell.cell < 2]
    remarks = found(made, out)
    assert told(remarks) == [("列数：3→2", "名称")]
    assert [each.original for each in remarks if each.kind is Kind.PARAGRAPH_DELETION] == ["备注", "甲", "乙"]


def test_an_empty_row_is_told_and_one_with_words_is_told_by_these(desk: Maker) -> None:
    made = desk(BODY)
    assert told(found(made, with_row(drafts(made.issued), 0))) == [("加了1个空行", "名称")]
    remarks = found(made, with_row(drafts(made.issued), 0, "新项"))
    assert [(each.kind, each.proposed) for each in remarks] == [(Kind.PARAGRAPH_INSERTION, "新项\n新项")]


def test_an_empty_row_that_was_issued_is_missed(desk: Maker) -> None:
    made = desk(BODY.replace("| 寅项 | 卯项 |", "| 寅项 | 卯项 |\n|  |  |"))
    out = drafts(made.issued)
    assert found(made, out) == []
    last = {id(draft) for draft in cells(out, 0)[-2:]}
    (remark,) = found(made, [draft for draft in out if id(draft) not in last])
    assert (remark.kind, remark.original.strip(), remark.change and remark.change.row) == (
        Kind.PARAGRAPH_DELETION,
        "",
        True,
    )


def test_columns_and_rows_put_in_with_tracking_are_told_by_their_marks_alone(desk: Maker) -> None:
    made = desk(BODY)
    new = (Revision("1", Change.INSERTED, "王五", "2021-01-20T09:00:00Z"),)
    out = with_row(drafts(made.issued), 0, "新项")
    for draft in cells(out, 0)[-2:]:
        draft.row = new
    remarks = found(made, out)
    assert [(each.kind, each.tracked) for each in remarks] == [(Kind.PARAGRAPH_INSERTION, True)]
