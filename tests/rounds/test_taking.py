"""Filled-in tables taken back: three ways, nothing overwritten silently."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from docx import Document
from docx.table import Table

from drafter.rounds.becoming import Who
from drafter.rounds.filled import Filled, filled
from drafter.rounds.model import Decision, Register, Row
from drafter.rounds.sheet import Head
from drafter.rounds.taking import Taken, taken
from drafter.source.issues import Outcome
from tests.rounds.handing import HEADS, as_excel, as_word, column, page, put, row_of, saved, typed, written
from tests.rounds.making import ROWS, UNITS, register

WHO = Who("李四", "2021-02-08")


def read(data: bytes, name: str = "a.xlsx") -> Filled:
    outcome = filled(data, name)
    assert outcome.value is not None
    assert outcome.issues == ()
    return outcome.value


def take(*data: bytes, of: Register | None = None, name: str = "{}.xlsx") -> Taken:
    files = [read(each, name.format(chr(ord("a") + n))) for n, each in enumerate(data)]
    return taken("p145", (of or register()).rows, files, UNITS, WHO)


def codes(found: Taken) -> list[tuple[str, str]]:
    return [(issue.code, issue.facts.get("cell", issue.facts.get("rows", ""))) for issue in found.issues]


def with_row(id_: str, **values: object) -> Register:
    (row,) = (each for each in ROWS if each.id == id_)
    return register(replace(row, **values))  # type: ignore[arg-type]


FILLED = {
    ("R2-001", Head.DECISION): "采纳",
    ("R2-002", Head.DECISION): "未采纳",
    ("R2-002", Head.REASON): "没有依据",
    ("R2-003", Head.OFFICE): "养老服务科",
    ("R2-005", Head.DECISION): "部分采纳",
    ("R2-005", Head.REASON): "从简",
    ("R2-005", Head.ADOPTED): "养老床位",
    ("R2-005", Head.CONTACT): "已电话沟通",
    ("R2-005", Head.BY): "王五",
}


@pytest.mark.parametrize(
    ("data", "name"),
    [(typed(as_excel(), FILLED), "{}.xlsx"), (written(as_word(), FILLED), "{}.docx")],
    ids=["excel", "word"],
)
def test_what_was_filled_in_is_what_the_register_says(data: bytes, name: str) -> None:
    found = take(data, name=name)
    assert found.issues == ()
    assert list(found.rows) == ["R2-001", "R2-002", "R2-003", "R2-005"]
    assert found.rows["R2-001"] == replace(ROWS[0], decision=Decision.ADOPTED, by="李四", on="2021-02-08")
    assert found.rows["R2-002"] == replace(
        ROWS[1], decision=Decision.REJECTED, reason="没有依据", by="李四", on="2021-02-08"
    )
    assert found.rows["R2-003"] == replace(ROWS[2], office="养老服务科")
    assert found.rows["R2-005"] == replace(
        ROWS[4], decision=Decision.PARTLY, reason="从简", adopted="养老床位", contact="已电话沟通", by="王五", on="2021-02-08",
    )  # fmt: skip
    assert (found.same, found.refused, found.conflicts) == (2, 0, ())


@pytest.mark.parametrize(("data", "name"), [(as_excel(), "{}.xlsx"), (as_word(), "{}.docx")])
def test_what_was_not_touched_changes_nothing(data: bytes, name: str) -> None:
    found = take(data, name=name)
    assert (dict(found.rows), found.issues, found.same) == ({}, (), 6)


def test_what_the_register_says_since_stays_where_the_file_was_not_touched() -> None:
    later = with_row("R2-001", decision=Decision.ADOPTED, office="社会救助科")
    found = take(as_excel(), of=later)
    assert (dict(found.rows), found.issues) == ({}, ())


# -- moved, sorted, added ----------------------------------------------------------------------------------------------


def test_columns_and_rows_may_be_moved_and_others_added() -> None:
    book = openpyxl.load_workbook(BytesIO(typed(as_excel(), FILLED)))
    made = page(book)
    rows = [[cell.value for cell in row] for row in made.iter_rows(min_row=HEADS)]
    other = openpyxl.Workbook()
    sheet = page(other)
    heads, *body = rows
    order = [*range(5, len(heads)), 2, 0, 1, 3, 4]
    sheet.append(["我们科的意见"])
    sheet.append([heads[at] for at in order] + ["备注"])
    for number, row in enumerate(reversed(body), 3):
        for at, value in enumerate([*(row[each] for each in order), "看过"], 1):
            put(sheet, number, at, value)
    found = take(saved(other))
    assert found.issues == ()
    assert sorted(found.rows) == ["R2-001", "R2-002", "R2-003", "R2-005"]


def test_only_the_columns_that_were_seen_may_have_been_sorted() -> None:
    """Excel sorts what is selected: the hidden column may stay where it was."""
    book = openpyxl.load_workbook(BytesIO(typed(as_excel(), FILLED)))
    made = page(book)
    stamp = column(Head.STAMP)
    body = [
        [made.cell(row, at).value for at in range(1, stamp)] for row in range(HEADS + 1, made.max_row + 1)
    ]
    for row, values in enumerate(reversed(body), HEADS + 1):
        for at, value in enumerate(values, 1):
            put(made, row, at, value)
    found = take(saved(book))
    assert found.issues == ()
    assert sorted(found.rows) == ["R2-001", "R2-002", "R2-003", "R2-005"]


def test_without_its_stamps_a_table_fills_in_what_is_empty_and_overwrites_nothing() -> None:
    book = openpyxl.load_workbook(BytesIO(typed(as_excel(), FILLED)))
    page(book).delete_cols(column(Head.STAMP))
    later = with_row("R2-001", decision=Decision.REJECTED, reason="不妥")
    found = take(saved(book), of=later)
    assert codes(found) == [("register.unstamped", ""), ("register.conflict", "意见办理表R2!H5")]
    assert sorted(found.rows) == ["R2-002", "R2-003", "R2-005"]


def test_columns_that_are_not_there_say_nothing() -> None:
    book = openpyxl.load_workbook(BytesIO(typed(as_excel(with_row("R2-005", contact="电话")), FILLED)))
    page(book).delete_cols(column(Head.CONTACT))
    found = take(saved(book), of=with_row("R2-005", contact="电话"))
    assert found.issues == ()
    assert found.rows["R2-005"].contact == "电话"


def test_what_several_offices_filled_in_is_taken_together() -> None:
    one = {key: value for key, value in FILLED.items() if key[0] == "R2-001"}
    other = {key: value for key, value in FILLED.items() if key[0] != "R2-001"}
    found = take(typed(as_excel(), one), typed(as_excel(), other))
    assert found.issues == ()
    assert sorted(found.rows) == ["R2-001", "R2-002", "R2-003", "R2-005"]


# -- contradictions ----------------------------------------------------------------------------------------------------


def test_what_was_decided_otherwise_meanwhile_stays_and_the_others_are_taken() -> None:
    later = with_row("R2-001", decision=Decision.REJECTED, reason="不妥")
    found = take(typed(as_excel(), FILLED), of=later)
    assert sorted(found.rows) == ["R2-002", "R2-003", "R2-005"]
    assert [(each.id, each.head, [one.words for one in each.said]) for each in found.conflicts] == [
        ("R2-001", "采纳情况", ["未采纳", "采纳"]),
        ("R2-001", "修改情况或未采纳理由", ["不妥"]),
    ]
    (issue,) = found.issues
    assert issue.code == "register.conflict"
    assert (issue.facts["ours"], issue.facts["words"]) == (
        "采纳情况“未采纳”，修改情况或未采纳理由“不妥”",
        "采纳情况“采纳”",
    )


def test_what_was_decided_the_same_meanwhile_is_no_contradiction() -> None:
    later = with_row("R2-001", decision=Decision.ADOPTED)
    found = take(typed(as_excel(), {("R2-001", Head.DECISION): "采纳"}), of=later)
    assert (dict(found.rows), found.issues, found.same) == ({}, (), 6)


def test_an_office_given_meanwhile_does_not_contradict_a_decision() -> None:
    later = with_row("R2-001", office="社会救助科", contact="已约谈")
    found = take(typed(as_excel(), {("R2-001", Head.DECISION): "采纳"}), of=later)
    assert found.issues == ()
    row = found.rows["R2-001"]
    assert (row.decision, row.office, row.contact) == (Decision.ADOPTED, "社会救助科", "已约谈")


def test_two_files_that_say_otherwise_leave_the_row_as_it_is() -> None:
    one = typed(as_excel(), {("R2-001", Head.DECISION): "采纳", ("R2-002", Head.DECISION): "采纳"})
    other = typed(as_excel(), {("R2-001", Head.DECISION): "未采纳", ("R2-001", Head.REASON): "不妥", ("R2-002", Head.DECISION): "采纳"})  # fmt: skip
    found = take(one, other)
    assert list(found.rows) == ["R2-002"]
    (issue,) = found.issues
    assert (issue.code, issue.facts["words"], issue.facts["other"], issue.facts["file"]) == (
        "register.files-differ", "采纳情况“采纳”", "采纳情况“未采纳”，修改情况或未采纳理由“不妥”", "b.xlsx",
    )  # fmt: skip
    assert {(one.file, one.cell, one.words) for each in found.conflicts for one in each.said} == {
        ("a.xlsx", "意见办理表R2!H5", "采纳"), ("b.xlsx", "意见办理表R2!H5", "未采纳"), ("b.xlsx", "意见办理表R2!J5", "不妥"),
    }  # fmt: skip


def test_half_a_decision_in_each_of_two_files_is_not_put_together() -> None:
    one = typed(as_excel(), {("R2-001", Head.DECISION): "采纳"})
    other = typed(as_excel(), {("R2-001", Head.REASON): "不同意，没有依据"})
    found = take(one, other)
    assert dict(found.rows) == {}
    assert codes(found) == [("register.files-differ", "意见办理表R2!H5")]


def test_different_parts_of_a_row_in_two_files_are_put_together() -> None:
    one = typed(as_excel(), {("R2-001", Head.DECISION): "采纳"})
    other = typed(as_excel(), {("R2-001", Head.CONTACT): "已电话沟通"})
    row = take(one, other).rows["R2-001"]
    assert (row.decision, row.contact) == (Decision.ADOPTED, "已电话沟通")


# -- empty cells -------------------------------------------------------------------------------------------------------


def test_an_empty_cell_takes_nothing_away_and_is_told() -> None:
    found = take(typed(as_excel(), {("R2-008", Head.DECISION): None, ("R2-008", Head.REASON): None}))
    assert dict(found.rows) == {}
    assert [(i.code, i.facts["id"], i.facts["head"], i.facts["row"]) for i in found.issues] == [
        ("register.not-erased", "R2-008", "采纳情况", "10"),
        ("register.not-erased", "R2-008", "修改情况或未采纳理由", "10"),
    ]


# -- wrong rows --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({("R2-001", Head.ORIGINAL): "别的"}, [("register.changed", "意见办理表R2!D5")]),
        ({("R2-001", Head.WHO): "市审计局"}, [("register.changed", "意见办理表R2!B5")]),
        ({("R2-001", Head.SAID): "别的"}, [("register.changed", "意见办理表R2!E5")]),
        ({("R2-001", Head.ID): "R2-077"}, [("register.unknown-id", "意见办理表R2!A5"), ("register.lost", "R2-001")]),
        ({("R2-001", Head.ID): "R2-002"}, [("register.id-twice", "意见办理表R2!A6"), ("register.lost", "R2-001")]),
    ],
)  # fmt: skip
def test_a_row_that_is_not_what_was_handed_out_is_told_by_its_cell_and_left(
    cells: dict[tuple[str, Head], object], expected: list[tuple[str, str]]
) -> None:
    decided = {("R2-001", Head.DECISION): "采纳", ("R2-005", Head.DECISION): "采纳"}
    found = take(typed(typed(as_excel(), decided), cells))
    assert codes(found) == expected
    assert list(found.rows) == ["R2-005"]


def test_only_the_ids_moved_is_found_by_what_they_speak_of() -> None:
    book = openpyxl.load_workbook(BytesIO(typed(as_excel(), FILLED)))
    made = page(book)
    first, second = row_of(made, "R2-005"), row_of(made, "R2-008")
    made.cell(first, 1).value, made.cell(second, 1).value = "R2-008", "R2-005"
    found = take(saved(book))
    assert {code for code, _ in codes(found)} == {"register.changed"}
    assert found.refused == 2


def test_a_table_of_another_plan_is_told() -> None:
    found = taken("pfac", register().rows, [read(typed(as_excel(), FILLED))], UNITS, WHO)
    assert {code for code, _ in codes(found)} == {"register.other-plan"}
    assert found.issues[0].facts["plan"] == "p145"


def test_rows_that_are_gone_are_told_by_their_ids() -> None:
    book = openpyxl.load_workbook(BytesIO(as_excel()))
    made = page(book)
    made.delete_rows(row_of(made, "R2-002"), 2)
    assert codes(take(saved(book))) == [("register.lost", "R2-002、R2-003")]


def test_words_in_a_row_without_an_id_are_not_lost_silently() -> None:
    outcome = filled(typed(as_excel(), {("R2-001", Head.ID): None}), "a.xlsx")
    assert outcome.issues == ()
    outcome = filled(typed(typed(as_excel(), {("R2-001", Head.DECISION): "采纳"}), {("R2-001", Head.ID): None}), "a.xlsx")  # fmt: skip
    assert [(i.code, i.facts["cell"], i.facts["words"]) for i in outcome.issues] == [
        ("register.no-id", "意见办理表R2!H5", "采纳")
    ]


@pytest.mark.parametrize("id_", ["r2-001", "R2—001", "Ｒ２－００１", " R2-001\n"])
def test_an_id_typed_otherwise_is_the_same_id(id_: str) -> None:
    found = take(typed(typed(as_excel(), {("R2-001", Head.DECISION): "采纳"}), {("R2-001", Head.ID): id_}))
    assert list(found.rows) == ["R2-001"]


# -- what cannot be ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "code", "near"),
    [
        ({Head.DECISION: "不采纳"}, "register.not-result", "未采纳"),
        ({Head.DECISION: "部份采纳", Head.REASON: "略"}, "register.not-result", "部分采纳"),
        ({Head.DECISION: "同意"}, "register.not-result", "采纳、部分采纳、未采纳"),
        ({Head.DECISION: "未采纳"}, "register.no-reason", None),
        ({Head.DECISION: "部分采纳", Head.REASON: " "}, "register.no-reason", None),
        ({Head.DECISION: "未采纳", Head.REASON: "略", Head.ADOPTED: "甲"}, "register.adopted-words", None),
        ({Head.OFFICE: "养老科"}, "register.not-office", "养老服务科"),
        ({Head.DECISION: "采纳", Head.ON: "上周"}, "register.not-day", None),
        ({Head.DECISION: "采纳", Head.ON: "2021-02-31"}, "register.not-day", None),
    ],
)
def test_what_cannot_be_is_refused_for_its_row_alone(
    cells: dict[Head, str], code: str, near: str | None
) -> None:
    own = {("R2-001", head): text for head, text in cells.items()}
    found = take(typed(as_excel(), {**own, ("R2-005", Head.DECISION): "采纳"}))
    assert [(i.code, i.facts.get("nearest")) for i in found.issues] == [(code, near)]
    assert found.issues[0].place.line == HEADS + 1
    assert (list(found.rows), found.refused) == (["R2-005"], 1)


def test_what_stands_in_the_text_is_not_decided_again() -> None:
    found = take(typed(as_excel(), {("R2-007", Head.DECISION): "未采纳", ("R2-007", Head.REASON): "略"}))
    assert codes(found) == [("register.applied", "意见办理表R2!H9")]
    assert dict(found.rows) == {}


def test_a_reason_without_a_result_is_taken_and_told() -> None:
    found = take(typed(as_excel(), {("R2-001", Head.REASON): "待会商"}))
    assert codes(found) == [("register.undecided", "意见办理表R2!J5")]
    assert (found.rows["R2-001"].reason, found.rows["R2-001"].decision) == ("待会商", Decision.OPEN)


@pytest.mark.parametrize(
    "day",
    [
        "2021-02-05",
        "2021/2/5",
        "2021.2.5",
        "2021年2月5日",
        date(2021, 2, 5),
        datetime(2021, 2, 5, 9, 30),  # noqa: DTZ001 -- a cell knows no zone
        "44232",
    ],
)
def test_a_day_is_read_however_it_was_typed(day: object) -> None:
    found = take(typed(as_excel(), {("R2-001", Head.DECISION): "采纳", ("R2-001", Head.ON): day}))
    assert found.rows["R2-001"].on == "2021-02-05"


def test_words_that_look_like_formulas_stay_words() -> None:
    found = take(written(as_word(), {("R2-001", Head.CONTACT): "=1+1"}), name="{}.docx")
    assert found.rows["R2-001"].contact == "=1+1"


def test_who_decided_earlier_is_not_who_decides_anew() -> None:
    before = with_row("R2-001", decision=Decision.ADOPTED, by="赵六", on="2021-01-20")
    found = take(typed(as_excel(before), {("R2-001", Head.DECISION): "未采纳", ("R2-001", Head.REASON): "不妥"}), of=before)  # fmt: skip
    row: Row = found.rows["R2-001"]
    assert (row.by, row.on, row.reason) == ("李四", "2021-02-08", "不妥")


# -- odd files ---------------------------------------------------------------------------------------------------------


def outcome_codes(outcome: Outcome[Filled]) -> list[str]:
    return [issue.code for issue in outcome.issues]


def test_a_file_without_the_table_is_told() -> None:
    assert outcome_codes(filled(saved(openpyxl.Workbook()), "a.xlsx")) == ["register.no-table"]
    out = BytesIO()
    Document().save(out)
    assert outcome_codes(filled(out.getvalue(), "a.docx")) == ["register.no-table"]


def test_a_head_that_stands_twice_is_read_once_and_told() -> None:
    book = openpyxl.load_workbook(BytesIO(typed(as_excel(), FILLED)))
    page(book).cell(HEADS, 20).value = "采纳情况"
    outcome = filled(saved(book), "a.xlsx")
    assert [(i.code, i.facts["cell"], i.facts["first"]) for i in outcome.issues] == [
        ("register.head-twice", "意见办理表R2!T4", "意见办理表R2!H4")
    ]


def test_a_result_put_in_by_a_tracked_change_is_read_as_accepted() -> None:
    document = Document(BytesIO(as_word()))
    row = document.tables[0].rows[1]
    paragraph = row.cells[5].paragraphs[0]._p
    ins = paragraph.makeelement(f"{{{W}}}ins", {f"{{{W}}}id": "9", f"{{{W}}}author": "王五"})
    run = paragraph.makeelement(f"{{{W}}}r", {})
    text = paragraph.makeelement(f"{{{W}}}t", {})
    text.text = "养老服务科"
    run.append(text)
    ins.append(run)
    paragraph.append(ins)
    out = BytesIO()
    document.save(out)
    assert take(out.getvalue(), name="{}.docx").rows["R2-001"].office == "养老服务科"


def changed_word(change: Callable[[Table], None]) -> bytes:
    document = Document(BytesIO(written(as_word(), {("R2-001", Head.OFFICE): "养老服务科", ("R2-005", Head.CONTACT): "电话"})))  # fmt: skip
    change(document.tables[0])
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_cells_that_were_merged_in_word_are_never_read_as_others() -> None:
    outcome = filled(changed_word(lambda table: table.cell(1, 7).merge(table.cell(1, 8))), "a.docx")
    assert [(i.code, i.facts["cell"], i.facts["cells"]) for i in outcome.issues] == [
        ("register.cells", "第1个表第2行第1格", "10")
    ]
    assert outcome.value is not None
    found = taken("p145", register().rows, [outcome.value], UNITS, WHO)
    assert (list(found.rows), found.refused, found.issues) == (["R2-005"], 1, ())


def test_cells_that_are_one_with_those_above_are_told() -> None:
    outcome = filled(changed_word(lambda table: table.cell(1, 5).merge(table.cell(2, 5))), "a.docx")
    assert [(i.code, i.facts["cell"]) for i in outcome.issues] == [
        ("register.merged-above", "第1个表第3行第6格")
    ]
    book = openpyxl.load_workbook(BytesIO(typed(as_excel(), {("R2-001", Head.DECISION): "采纳"})))
    page(book).merge_cells("H5:H7")
    outcome = filled(saved(book), "a.xlsx")
    assert [(i.code, i.facts["cell"]) for i in outcome.issues] == [("register.merged", "意见办理表R2!H5")]


def test_a_table_pasted_into_a_cell_is_told() -> None:
    def pasted(table: Table) -> None:
        table.cell(1, 8).add_table(1, 1).cell(0, 0).text = "贴来的理由"

    outcome = filled(changed_word(pasted), "a.docx")
    assert [(i.code, i.facts["cell"]) for i in outcome.issues] == [("register.pasted", "第1个表第2行第9格")]


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
