"""A form is read by its heads, whoever made it and with whatever it was filled in."""

from collections.abc import Callable, Sequence
from io import BytesIO

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import load_workbook

from drafter.opinions.blanks import Occasion, entry_as_excel, form_as_excel, form_as_word
from drafter.opinions.forms import is_form, read_form
from drafter.opinions.lines import Line
from drafter.opinions.model import Channel, Conclusion, Opinion, Reply
from drafter.word.frames import feedback_frame
from drafter.word.grids import Framed
from tests.opinions.papers import excel_lines, lines_of_excel, lines_of_word, saved, word, word_lines

OCCASION = Occasion("试验市养老“十四五”规划", "征求意见稿", "v2", "2021-02-05")
HEADS = ("序号", "段号或章节", "原文", "建议改为", "理由")
OURS = (HEADS, ("1", "3.2-14", "床位达到24000张", "床位达到25000张", "口径一致"), ("2", "", "", "", ""))
Made = Callable[..., tuple[Line, ...]]
BOTH = pytest.mark.parametrize("made", [lambda *rows: word_lines(rows), excel_lines], ids=["Word", "Excel"])


def read(lines: Sequence[Line]) -> Reply:
    assert is_form(lines)
    replies = read_form(lines).value
    assert replies is not None
    (reply,) = replies
    return reply


def said(opinion: Opinion) -> tuple[str, str, str | None, str, str]:
    return opinion.place, opinion.quote, opinion.instead, opinion.words, opinion.reason


def blank_word() -> bytes:
    facts = {"名称": OCCASION.plan, "稿次": OCCASION.stage}
    made = form_as_word(OCCASION, Framed(feedback_frame(), "feedback.docx", facts))
    assert made.value is not None, made.issues
    return made.value


# our own


@pytest.mark.parametrize(
    "lines",
    [
        lines_of_word(blank_word()),
        lines_of_excel(form_as_excel(OCCASION, "2021-01-15")),
        lines_of_excel(entry_as_excel(OCCASION, "2021-01-15")),
    ],
    ids=["Word", "Excel", "entry sheet"],
)
def test_a_blank_form_says_nothing(lines: tuple[Line, ...]) -> None:
    reply = read(lines)
    assert (reply.opinions, reply.conclusion, reply.unit) == ((), Conclusion.UNSAID, "")


def test_blanks_say_what_is_asked_and_until_when() -> None:
    for lines in (lines_of_word(blank_word()), lines_of_excel(form_as_excel(OCCASION, ""))):
        text = "\n".join(line.text for line in lines)
        assert "试验市养老“十四五”规划" in text
        assert "（征求意见稿，v2）" in text
        assert "2021年2月5日前" in text


def test_the_same_blank_has_the_same_bytes() -> None:
    assert blank_word() == blank_word()
    assert form_as_excel(OCCASION, "2021-01-15") == form_as_excel(OCCASION, "2021-01-15")


def test_our_word_form_filled_in_gives_everything() -> None:
    document = Document(BytesIO(blank_word()))
    (fields,) = [each for each in document.paragraphs if each.text.startswith("单位（盖章）")]
    fields.text = "单位（盖章）：市财政局　　联系人：张三　　电话：0510-12345678"
    (table,) = document.tables
    for row in range(1, 13):
        for column, text in enumerate(
            (f"3.1-{row}", f"第{row}条原文内容", f"第{row}条原文的内容", "更通顺"), 1
        ):
            table.cell(row, column).text = text
    reply = read(lines_of_word(saved(document)))
    assert (reply.unit, reply.contact, reply.telephone) == ("市财政局", "张三", "0510-12345678")
    assert [said(each) for each in reply.opinions] == [
        (f"3.1-{row}", f"第{row}条原文内容", f"第{row}条原文的内容", "", "更通顺") for row in range(1, 13)
    ]
    assert {(each.unit, each.person, each.channel) for each in reply.opinions} == {
        ("市财政局", "", Channel.FORM)
    }


def test_our_excel_form_keeps_a_number_that_looks_like_a_day_as_text() -> None:
    book = load_workbook(BytesIO(form_as_excel(OCCASION, "")))
    page = book.worksheets[0]
    page["A3"] = "单位（盖章）：市财政局"
    page["B7"], page["C7"], page["D7"] = "3.2-14", "原来的一句话", "=改成的一句话"
    assert page["B8"].number_format == "@"
    out = BytesIO()
    book.save(out)
    reply = read(lines_of_excel(out.getvalue()))
    assert reply.unit == "市财政局"
    assert [each.place for each in reply.opinions] == ["3.2-14"]


def test_the_entry_sheet_offers_channels_and_gives_each_row_its_unit() -> None:
    book = load_workbook(BytesIO(entry_as_excel(OCCASION, "")))
    page = book.worksheets[0]
    (offered,) = page.data_validations.dataValidation
    assert "电话" in str(offered.formula1)
    rows = [
        ("市财政局", "张三 科长", "电话", "3.2-14", "床位数请核实", "", "", ""),
        ("市医保局", "李四", "会议", "床位达到24000张", "", "床位达到25000张", "口径", "录音1.mp3"),
        ("市残联", "", "飞鸽传书", "第三章", "无意见", "", "", ""),
    ]
    for number, row in enumerate(rows, 4):
        for column, text in enumerate(row, 1):
            page.cell(number, column).value = text or None
    out = BytesIO()
    book.save(out)
    outcome = read_form(lines_of_excel(out.getvalue()))
    first, second, third = outcome.value or ()
    assert (first.unit, first.channel, first.opinions[0].person) == ("市财政局", Channel.CALL, "张三 科长")
    assert said(first.opinions[0]) == ("3.2-14", "", None, "床位数请核实", "")
    assert said(second.opinions[0]) == ("", "床位达到24000张", "床位达到25000张", "", "口径")
    assert second.opinions[0].evidence == "录音1.mp3"
    assert (third.unit, third.conclusion, third.opinions) == ("市残联", Conclusion.NONE, ())
    assert [issue.code for issue in outcome.issues] == ["opinions.channel"]
    assert outcome.issues[0].place.line == 6


# others'


@BOTH
@pytest.mark.parametrize(
    "heads",
    [
        HEADS,
        ("序 号", "段号／章节", "原　文", "建议修改为", "修改理由"),
        ("编号", "章节（页码）", "原文内容", "修改为", "理由及依据"),
        ("序号", "所在章节", "征求意见稿内容", "修改建议", "修改依据"),
        ("序号", "页码、行数", "原表述", "建议修改后表述", "理由（依据）"),
        ("序号", "条款", "原条文", "修改意见", "说明"),
        ("No.", "位置", "规划原文", "修改意见和建议", "依据"),
    ],
)
def test_heads_may_say_it_in_their_own_words(made: Made, heads: Sequence[str]) -> None:
    row = ("1", "3.2-14", "床位达到24000张", "床位达到25000张", "口径一致")
    (opinion,) = read(made(heads, row)).opinions
    assert said(opinion) == ("3.2-14", "床位达到24000张", "床位达到25000张", "", "口径一致")


@BOTH
def test_columns_may_stand_in_any_order_and_more_than_ours(made: Made) -> None:
    heads = ("理由", "改为", "原文", "备注", "页码", "采纳情况", "紧急程度", "序号")
    row = ("口径", "床位达到25000张", "床位达到24000张", "急", "第12页", "待定", "加急", "1")
    blank = ("", "", "", "", "", "采纳□ 不采纳□", "", "2")
    (opinion,) = read(made(heads, row, blank)).opinions
    assert said(opinion) == ("第12页", "床位达到24000张", "床位达到25000张", "急\n加急", "口径")


@BOTH
def test_rows_without_words_or_numbers_and_rows_that_go_on(made: Made) -> None:
    reply = read(
        made(
            HEADS,
            ("1", "3.2-1", "甲句子在这里", "甲句子改在这里", "理由甲"),
            ("2", "", "", "", ""),
            ("", "3.2-2", "乙句子在这里", "乙句子改在这里", "理由乙"),
            ("", "", "", "", "理由乙续"),
            ("", "", "丙句子在这里", "丙句子改在这里", ""),
            ("3", "", "", "无", ""),
            ("4", "/", "—", "建议补充责任单位", ""),
            ("5", "全文", "", "统一“护理员”的说法", ""),
            ("6", "3.2-9", "", "床位达到25000张", ""),
        )
    )
    assert [said(each) for each in reply.opinions] == [
        ("3.2-1", "甲句子在这里", "甲句子改在这里", "", "理由甲"),
        ("3.2-2", "乙句子在这里", "乙句子改在这里", "", "理由乙\n理由乙续"),
        ("", "丙句子在这里", "丙句子改在这里", "", ""),
        ("", "", None, "建议补充责任单位", ""),
        ("全文", "", None, "统一“护理员”的说法", ""),
        ("3.2-9", "", "床位达到25000张", "", ""),
    ]


def test_heads_in_two_rows_are_taken_together_in_word() -> None:
    lines = word_lines(
        (
            ("序号", "章节", "修改意见", "<", "理由"),
            ("^", "^", "原文", "改为", "^"),
            ("1", "第三章", "甲句子在这里", "甲句子改在这里", "顺"),
        )
    )
    assert [said(each) for each in read(lines).opinions] == [
        ("第三章", "甲句子在这里", "甲句子改在这里", "", "顺")
    ]


def test_heads_in_two_rows_are_taken_together_in_excel() -> None:
    lines = excel_lines(
        ("序号", "章节", "修改意见", None, "理由"),
        (None, None, "原文", "改为", None),
        (1, "第三章", "甲句子在这里", "甲句子改在这里", "顺"),
    )
    assert [said(each) for each in read(lines).opinions] == [
        ("第三章", "甲句子在这里", "甲句子改在这里", "", "顺")
    ]


def test_several_tables_and_one_that_goes_on_without_heads() -> None:
    first = (HEADS, ("1", "1.1-1", "甲句子在这里", "甲句子改了", ""))
    other = (("原文", "修改建议"), ("乙句子在这里", "乙句子改了"))
    more = (("丙句子在这里", "丙句子改了"), ("丁句子在这里", "丁句子改了"))
    reply = read(word_lines("一、正文", first, "二、附件", other, more))
    assert [each.quote[0] for each in reply.opinions] == ["甲", "乙", "丙", "丁"]
    assert reply.preface == "一、正文\n二、附件"


def test_fields_stand_in_cells_too() -> None:
    lines = word_lines(
        (
            ("单位（盖章）", "市财政局", "联系人", "张三", ""),
            ("联系电话", "12345678", "填表日期", "2021年2月3日", ""),
            HEADS,
            ("1", "1.1-1", "甲句子在这里", "甲句子改了", ""),
        )
    )
    reply = read(lines)
    assert (reply.unit, reply.contact, reply.telephone, reply.date) == (
        "市财政局", "张三", "12345678", "2021-02-03",
    )  # fmt: skip
    assert len(reply.opinions) == 1


@BOTH
def test_advice_is_words_and_new_words_are_a_change(made: Made) -> None:
    heads = ("序号", "原文", "修改意见", "理由")
    rows = [
        ("1", "床位达到24000张", "床位达到25000张", ""),
        ("2", "床位达到24000张", "建议核实床位数", ""),
        ("3", "床位达到24000张", "删除此句", ""),
        ("4", "床位达到24000张", "改为“床位达到25000张”", ""),
        ("5", "床位达到24000张", "建议将“24000”改为“25000”", ""),
        ("6", "", "建议将“床位达到24000张”改为“床位达到25000张”", ""),
        ("7", "", "删除", ""),
        ("8", "", "“十四五”期间统一为“十四五”时期", ""),
    ]
    opinions = read(made(heads, *rows)).opinions
    assert [each.instead for each in opinions] == [
        "床位达到25000张", None, "", "床位达到25000张", "床位达到25000张", "床位达到25000张", None, None,
    ]  # fmt: skip
    assert opinions[1].words == "建议核实床位数"
    assert [each.words for each in opinions[6:]] == ["删除", "“十四五”期间统一为“十四五”时期"]
    assert opinions[5].quote == "床位达到24000张"


@BOTH
@pytest.mark.parametrize("words", ["无意见", "无修改意见。", "我局无意见", "无"])
def test_a_form_may_say_that_there_is_nothing_to_say(made: Made, words: str) -> None:
    reply = read(made(HEADS, ("1", "", "", words, "")))
    assert reply.opinions == ()
    assert reply.conclusion in (Conclusion.NONE, Conclusion.UNSAID)
    assert (reply.conclusion is Conclusion.NONE) is (words != "无")


def test_a_tick_above_the_table_is_the_conclusion() -> None:
    assert read(word_lines("□有意见　☑无意见", (HEADS, ("", "", "", "", "")))).conclusion is Conclusion.NONE
    assert read(word_lines("□有意见　□无意见", OURS)).conclusion is Conclusion.HAS
    assert read(word_lines("☑原则同意", OURS)).conclusion is Conclusion.AGREED


def test_a_form_is_read_with_its_tracked_changes_accepted() -> None:
    document = word(OURS)
    (table,) = document.tables
    paragraph = table.cell(1, 3).paragraphs[0]._p
    paragraph.append(
        parse_xml(
            f'<w:ins {nsdecls("w")} w:id="9" w:author="甲" w:date="2021-02-01T00:00:00Z"><w:r><w:t>以上</w:t></w:r></w:ins>'
        )
    )
    assert read(lines_of_word(saved(document))).opinions[0].instead == "床位达到25000张以上"


def test_where_a_row_stands_is_known() -> None:
    (opinion,) = read(word_lines(OURS)).opinions
    assert (opinion.where.file, opinion.where.line) == ("表.docx", 2)
    (opinion,) = read(excel_lines(*OURS)).opinions
    assert (opinion.where.file, opinion.where.line) == ("表.xlsx（Sheet1）", 2)


def test_a_merged_unit_goes_for_the_rows_below_it() -> None:
    outcome = read_form(
        excel_lines(
            ("单位", "原文", "改为"),
            ("市财政局", "甲句子在这里", "甲句子改了"),
            (None, "乙句子在这里", "乙句子改了"),
        )
    )
    (reply,) = outcome.value or ()
    assert [each.unit for each in reply.opinions] == ["市财政局", "市财政局"]
    assert [issue.code for issue in outcome.issues] == ["opinions.unit-above"]


def test_another_name_without_a_unit_is_nobody_of_the_unit_above() -> None:
    outcome = read_form(
        excel_lines(
            ("单位", "姓名职务", "意见"),
            ("红星社区", "李建国", "加装电梯"),
            (None, "李建国", "多设座椅"),
            (None, "赵敏", "开办食堂"),
            (None, "钱多", "增设站点"),
            (None, "赵敏", "延长时间"),
        )
    )
    said = [(each.unit, each.contact, [o.words for o in each.opinions]) for each in outcome.value or ()]
    assert said == [
        ("红星社区", "李建国", ["加装电梯", "多设座椅"]),
        ("", "赵敏", ["开办食堂", "延长时间"]),
        ("", "钱多", ["增设站点"]),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        (("指标", "2020年", "2025年"), ("床位", "18800", "24000")),
        (("姓名", "职务"), ("张三", "科长")),
        (("序号", "名称", "内容"), ("1", "项目", "建设")),
    ],
)
def test_other_tables_are_no_forms(rows: Sequence[Sequence[str]]) -> None:
    assert not is_form(excel_lines(*rows))
