"""The papers as Word and Excel files: clean, read back as they were meant, heads on every page, rows in one piece."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from lxml import etree

from drafter.ooxml.package import unzipped
from drafter.ooxml.workbook import workbook
from drafter.papers import word
from drafter.papers.letters import letters
from drafter.papers.public import result
from drafter.papers.speaking import told
from drafter.papers.summary import summary
from drafter.word.frames import letter_frame, result_frame, summary_frame
from drafter.word.grids import Framed, document
from drafter.word.styles import PAPER
from tests.papers import city
from tests.papers.test_sheets import PLAN, cells, everything, one
from tests.word.audit import audited
from tests.word.reading_back import W, paragraphs

FACTS = {"名称": PLAN, "编制单位": "临港市民政局", "日期": "2021-03-01"}


def summary_file() -> bytes:
    framed = Framed(summary_frame(), "templates/summary.docx", FACTS, PAPER)
    data = document(framed, PLAN, summary(PLAN, everything())).value
    assert data is not None
    return data


def result_file() -> bytes:
    framed = Framed(result_frame(), "templates/result.docx", FACTS, PAPER)
    data = document(framed, PLAN, result(PLAN, [one("R3")])).value
    assert data is not None
    return data


def letter_file() -> bytes:
    framed = Framed(letter_frame(), "templates/letter.docx", {**FACTS, "发文机关标志": "临港市民政局"}, PAPER)
    first = letters(one("R2"), PLAN, "临港市民政局")[0]
    data = word.letter(framed, first, "临港市民政局", date(2021, 3, 1)).value
    assert data is not None
    return data


def texts(data: bytes) -> list[str]:
    return [text for _, text in paragraphs(data)]


def rows(data: bytes) -> list[etree._Element]:
    return list(etree.fromstring(unzipped(data)["word/document.xml"]).iter(f"{W}tr"))


@pytest.mark.parametrize("made", [summary_file, result_file, letter_file])
def test_each_paper_is_clean_carries_no_id_and_has_the_same_bytes_again(made: object) -> None:
    assert callable(made)
    data = made()
    assert audited(data) == []
    assert not [name for name in unzipped(data) if name.startswith(("customXml/", "docProps/custom"))]
    assert made() == data


def test_a_summary_reads_as_it_was_meant() -> None:
    found = texts(summary_file())
    assert found[:2] == [PLAN, "意见采纳情况汇总表"]
    assert found[2].startswith("先后4轮征求意见：征求11个单位、3位专家意见")
    assert found[4:11] == [column.head for column in summary(PLAN, []).columns]


@pytest.mark.parametrize("made", [summary_file, result_file])
def test_heads_are_on_every_page_and_no_row_is_broken(made: object) -> None:
    assert callable(made)
    first, *others = rows(made())
    assert first.find(f"{W}trPr/{W}tblHeader") is not None
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in (first, *others))


def test_a_row_that_would_fill_a_page_may_go_over_its_end() -> None:
    register = city.register("R2")
    long = replace(register.rows[0], comment="建议明确责任。" * 100)
    grid = summary(PLAN, [told(replace(register, rows=(long,)), "征求意见稿")])
    data = document(Framed(summary_frame(), "summary.docx", FACTS, PAPER), PLAN, grid).value
    assert data is not None
    assert rows(data)[1].find(f"{W}trPr") is None
    assert audited(data) == []


def test_a_letter_says_everything_in_the_order_of_the_standard() -> None:
    found = [text for text in texts(letter_file()) if text.strip()]
    assert found == [
        "临港市民政局关于反馈《临港市\n民政事业发展“十四五”规划\n（征求意见稿）》意见采纳情况的函",
        "市发展和改革委员会：",
        f"你单位对《{PLAN}（征求意见稿）》提出的意见收悉。我局逐条作了研究：意见共1条，采纳1条。现将采纳情况反馈如下。",
        *("序号", "章节", "意见建议", "采纳情况", "修改情况或未采纳理由"),
        *("1", "专栏1", "约束性指标应与规划纲要保持一致", "采纳", "已逐项核对"),
        "感谢你单位对规划编制工作的支持。",
        "临港市民政局",
        "2021年3月1日",
    ]


def test_excel_says_the_same_under_one_head_and_with_its_groups_across() -> None:
    grid = summary(PLAN, everything())
    data = workbook(grid, "汇总表", "2021-03-01")
    assert workbook(grid, "汇总表", "2021-03-01") == data
    page = openpyxl.load_workbook(BytesIO(data)).worksheets[0]
    assert page["A1"].value == grid.title
    assert page["A2"].value == grid.above[0]
    assert [page.cell(3, column).value for column in range(1, 8)] == [each.head for each in grid.columns]
    shown = [
        tuple(str(page.cell(row, column).value or "") for column in range(1, 8))
        for row in range(4, page.max_row + 1)
    ]
    assert [tuple(filter(None, row)) for row in shown] == [tuple(filter(None, row)) for row in cells(grid)]
    assert "A4:G4" in {str(each) for each in page.merged_cells.ranges}
    assert page.print_title_rows == "$3:$3"


def test_an_opinion_that_looks_like_a_formula_is_text() -> None:
    register = city.register("R2")
    grid = summary(PLAN, [told(replace(register, rows=(replace(register.rows[0], comment="=1+1"),)), "稿")])
    page = openpyxl.load_workbook(BytesIO(workbook(grid, "表", ""))).worksheets[0]
    assert (page["D4"].value, page["D4"].data_type, page["D4"].quotePrefix) == ("=1+1", "s", True)
