"""The table that is handed out to be filled in, as Excel and as Word."""

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest

from drafter.ooxml.package import unzipped
from drafter.ooxml.parts import parsed
from drafter.ooxml.xml import w
from drafter.rounds import sheet
from drafter.rounds.excel import COLUMNS
from drafter.rounds.filled import filled
from drafter.rounds.sheet import FILLED, Head
from tests.rounds.handing import HEADS, as_excel, as_word, column, page, row_of
from tests.rounds.making import ROWS, UNITS, register
from tests.word.audit import audited

LONG = replace(ROWS[0], original="_x0041_\n" + "很长的原文" * 8000)


def book() -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(as_excel()))


def test_the_same_table_gives_the_same_bytes() -> None:
    assert as_excel() == as_excel()
    assert as_word() == as_word()


def test_what_counts_stands_in_the_table_and_what_was_withdrawn_or_answers_does_not() -> None:
    made = page(book())
    ids = [made.cell(row, 1).value for row in range(HEADS + 1, made.max_row + 1)]
    assert ids == ["R2-001", "R2-002", "R2-003", "R2-005", "R2-007", "R2-008"]
    assert (
        made.cell(row_of(made, "R2-005"), column(Head.SAID)).value == "口径请核。（市财政局张三答：同意。）"
    )
    assert made.cell(row_of(made, "R2-003"), column(Head.BESIDE)).value == "与R2-001相同\n与R2-002要求不同"
    assert made["A2"].value == "共6条意见：采纳1条、部分采纳0条、未采纳1条、未定4条。"


def test_nothing_in_excel_is_a_formula_whatever_it_begins_with() -> None:
    made = page(book())
    cells = [cell for row in made.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    formula = made.cell(row_of(made, "R2-008"), column(Head.ORIGINAL))
    assert (formula.value, formula.quotePrefix) == ("=1+1", True)
    assert {cell.number_format for row in made.iter_rows(min_row=HEADS + 1) for cell in row} == {"@"}


def test_only_what_is_to_be_filled_in_is_open_and_results_are_chosen_from_a_list() -> None:
    made = page(book())
    assert made.protection.sheet
    assert made.protection.password is None
    for head in COLUMNS:
        assert made.cell(HEADS + 1, column(head)).protection.locked is (head not in FILLED)
    rules = {str(rule.sqref): rule.formula1 for rule in made.data_validations.dataValidation}
    assert rules == {"H5:H10": '"采纳,部分采纳,未采纳"', "G5:G10": "单位!$A$1:$A$3"}
    assert [cell.value for cell in book()["单位"]["A"]] == list(UNITS)
    assert book()["单位"].sheet_state == "hidden"


def test_it_can_be_printed_filtered_and_read_on_a_screen() -> None:
    made = page(book())
    assert (made.page_setup.orientation, str(made.page_setup.paperSize)) == ("landscape", "8")
    assert (made.freeze_panes, made.print_title_rows) == ("B5", "$4:$4")
    assert made.auto_filter.ref == "A4:M10"
    assert made.column_dimensions["N"].hidden
    assert made.cell(HEADS + 1, column(Head.SAID)).alignment.wrap_text
    rows = parsed(unzipped(as_excel())["xl/worksheets/sheet1.xml"]).iter("{*}row")
    heights = {int(row.get("r", "")): (row.get("ht"), row.get("customHeight")) for row in rows}
    assert heights[1] == ("32", "1")
    assert heights[HEADS + 1] == ("30", None), "as high as it needs, until somebody types more"


def test_what_is_too_long_for_a_cell_is_cut_and_known_again_all_the_same() -> None:
    data = as_excel(register(LONG))
    (entry, *_) = filled(data, "a.xlsx").value.entries  # type: ignore[union-attr]
    assert entry.cells[Head.ORIGINAL].text.endswith("……（过长，全文见登记簿）")
    assert entry.cells[Head.ORIGINAL].text.startswith("_x0041_\n很长")
    value = filled(data, "a.xlsx").value
    assert value is not None
    stamp = value.stamps["R2-001"]
    assert sheet.fixed_hash({head: cell.text for head, cell in entry.cells.items()}) == stamp.fixed


def test_word_readers_open_the_word_file_and_its_results_are_chosen_from_lists() -> None:
    data = as_word()
    assert audited(data) == []
    root = parsed(unzipped(data)["word/document.xml"])
    lists = list(root.iter(w("dropDownList")))
    assert len(lists) == 6
    assert [item.get(w("value")) for item in lists[0]] == ["采纳", "部分采纳", "未采纳"]
    assert len(list(root.iter(w("showingPlcHdr")))) == 4
    page_size = next(root.iter(w("pgSz")))
    assert page_size.get(w("orient")) == "landscape"


def test_a_long_row_may_go_over_the_end_of_a_page_and_a_short_one_does_not() -> None:
    root = parsed(unzipped(as_word(register(LONG)))["word/document.xml"])
    rows = list(root.iter(w("tr")))
    assert [row.find(f"{w('trPr')}/{w('cantSplit')}") is not None for row in rows[:3]] == [True, False, True]


@pytest.mark.parametrize(("data", "name"), [(as_excel(), "a.xlsx"), (as_word(), "a.docx")])
def test_what_was_handed_out_is_read_again_cell_by_cell(data: bytes, name: str) -> None:
    outcome = filled(data, name)
    assert outcome.issues == ()
    value = outcome.value
    assert value is not None
    assert [entry.id for entry in value.entries] == list(value.stamps)
    assert value.handed_out(f"R2-{n:03d}" for n in range(1, 20)) == tuple(value.stamps)
    last = value.entries[-1]
    assert last.cells[Head.DECISION].text == "未采纳"
    assert last.cells[Head.REASON].text == "没有依据"
    assert value.entries[0].cells[Head.DECISION].text == ""
    for entry in value.entries:
        texts = {head: cell.text for head, cell in entry.cells.items()}
        assert sheet.fixed_hash(texts) == value.stamps[entry.id].fixed


def test_what_rows_a_table_was_handed_out_with_is_told_in_short() -> None:
    made = sheet.Handout(
        "p1", "R2", "", (), tuple(sheet.Line(f"R2-{n:03d}", {}) for n in (1, 2, 3, 7, 9, 10))
    )
    assert sheet.contents(made) == "{p1/R2 1-3,7,9-10}"
    ids = [f"R{r}-{n:03d}" for r in (2, 3) for n in range(1, 12)]
    assert sheet.contents_in(f"编号 {sheet.contents(made)}", ids) == tuple(line.id for line in made.lines)
    assert sheet.contents_in("编号", ids) == ()
