"""A letter gives its points as opinions, and loses nothing."""

import random
import re
import time
from collections import Counter

import pytest

from drafter.opinions.letters import read_letter
from drafter.opinions.model import Conclusion, Opinion, Reply
from drafter.opinions.normal import plain
from drafter.opinions.points import Paragraph

_SIGNS = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．，,]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,3}[、.．)）](?!\d)|[①-⑳]|[一二三四五六七八九]是|(?:修改)?理由[:：]|依据[:：])+"
)


def read(text: str) -> Reply:
    """The answer of a letter, of which every clause must be somewhere in it."""
    paragraphs = [Paragraph(line.strip(), number) for number, line in enumerate(text.strip().split("\n"), 1)]
    reply = read_letter(paragraphs, "函.docx")
    assert lost(text, reply) == []
    return reply


def lost(text: str, reply: Reply) -> list[str]:
    kept = [reply.preface]
    for opinion in reply.opinions:
        kept += [opinion.section, opinion.words, opinion.reason]
    blob = plain("".join(kept)).text
    clauses = [_SIGNS.sub("", clause.strip()) for clause in re.split(r"[。；;：:，,\n\t]", text)]
    return [
        clause
        for clause in clauses
        if plain(clause).text not in ("", "理由", "依据") and plain(clause).text not in blob
    ]


def proposed(opinion: Opinion) -> tuple[str, str | None]:
    return opinion.quote, opinion.instead


FULL = """
临港市财政局（函）
临财函〔2021〕12号
关于《临港市民政事业发展“十四五”规划（征求意见稿）》的反馈意见
市民政局：
来函收悉。经研究，我局原则同意《临港市民政事业发展“十四五”规划（征求意见稿）》，现提出以下修改意见：
一、关于第三章
1.建议将“城乡低保标准”改为“城乡居民低保标准”。理由：与上级文件一致。
2、第三章第二节“完善补贴制度”一句建议删除。
二、关于第六章第一节
（一）建议在“发展养老服务”后增加“，完善医养结合机制”。
（二）专栏4中的投资数与表2不一致，请核实。
三、建议补充资金保障渠道。
妥否，请酌。
联系人：张三，电话：0510-12345678
临港市财政局
2021年2月3日
"""


def test_a_whole_letter() -> None:
    reply = read(FULL)
    assert (reply.unit, reply.date, reply.contact, reply.telephone) == (
        "临港市财政局", "2021-02-03", "张三", "0510-12345678",
    )  # fmt: skip
    assert reply.conclusion is Conclusion.AGREED
    first, second, third, fourth, fifth = reply.opinions
    assert proposed(first) == ("城乡低保标准", "城乡居民低保标准")
    assert (first.section, first.place, first.reason) == ("关于第三章", "第三章", "与上级文件一致。")
    assert proposed(second) == ("完善补贴制度", "")
    assert second.place == "第三章第二节"
    assert proposed(third) == ("发展养老服务", "发展养老服务，完善医养结合机制")
    assert third.section == "关于第六章第一节"
    assert (fourth.place, fourth.quote) == ("专栏4", "")
    assert (fifth.words, fifth.section, fifth.place) == ("建议补充资金保障渠道。", "", "")
    assert {(each.unit, each.person) for each in reply.opinions} == {("临港市财政局", "")}


def test_where_a_point_stands_is_its_paragraph() -> None:
    assert [each.where.line for each in read(FULL).opinions] == [7, 8, 10, 11, 12]


@pytest.mark.parametrize(
    "signs",
    [("一、", "二、"), ("（一）", "（二）"), ("1.", "2."), ("1、", "2、"), ("（1）", "（2）"), ("①", "②"), ("1）", "2）"), ("一是", "二是")],
)  # fmt: skip
def test_points_have_signs_of_many_kinds(signs: tuple[str, str]) -> None:
    reply = read(
        f"市民政局：\n{signs[0]}建议核实第三章数据。\n{signs[1]}建议补充第四章责任单位。\n市水利局\n2021年2月1日"
    )
    assert [each.words for each in reply.opinions] == ["建议核实第三章数据。", "建议补充第四章责任单位。"]
    assert [each.place for each in reply.opinions] == ["第三章", "第四章"]


@pytest.mark.parametrize(
    "text",
    [
        "经研究，提出以下意见：1.建议核实第三章数据；2.建议补充第四章责任单位；3.第1.5万张床位口径请说明。",
        "经研究，提出以下意见：一是建议核实第三章数据；二是建议补充第四章责任单位；三是第1.5万张床位口径请说明。",
        "我局意见如下：（1）建议核实第三章数据。（2）建议补充第四章责任单位。（3）第1.5万张床位口径请说明。",
    ],
)
def test_points_in_one_paragraph_are_taken_apart(text: str) -> None:
    reply = read(text)
    assert len(reply.opinions) == 3
    assert reply.opinions[1].words.startswith("建议补充第四章责任单位")


def test_without_signs_each_paragraph_that_says_something_is_one() -> None:
    reply = read(
        "市民政局：\n你们好！\n规划写得很全面，建议第三章再精简一些。\n“完善救助体系”的表述不准确，请核实。\n"
        "以上意见供参考。\n市水利局\n二〇二一年二月三日"
    )
    assert [each.quote for each in reply.opinions] == ["", "完善救助体系"]
    assert (reply.unit, reply.date) == ("市水利局", "2021-02-03")


def test_headings_without_signs_lead_what_follows() -> None:
    first, second = read(
        "第三章提升基本民生保障水平\n建议核实低保数据。\n第六章\n建议增加护理员待遇的内容。"
    ).opinions
    assert (first.section, first.place) == ("第三章提升基本民生保障水平", "第三章")
    assert second.section == "第六章"


def test_a_heading_and_the_paragraphs_below_it() -> None:
    reply = read("一、关于第三章\n建议核实低保数据。\n建议补充责任单位。\n二、其他\n建议统一口径。")
    assert [(each.section, each.words) for each in reply.opinions] == [
        ("关于第三章", "建议核实低保数据。"),
        ("关于第三章", "建议补充责任单位。"),
        ("其他", "建议统一口径。"),
    ]


def test_a_point_with_others_below_it_may_say_something_itself() -> None:
    reply = read("一、第三章偏长。建议整体精简：\n1.删去“加快推进改革”。\n2.合并第二节。")
    assert [each.words for each in reply.opinions] == [
        "建议整体精简：",
        "删去“加快推进改革”。",
        "合并第二节。",
    ]
    assert reply.opinions[1].section == "第三章偏长"


def test_several_proposals_of_a_point_are_several_opinions_and_all_of_its_words() -> None:
    text = "第三章中，将“甲服务体系”改为“乙服务体系”，将“丙服务”改为“丁服务”；删去“戊机制”，理由是重复。"
    opinions = read(f"1.{text}\n2.其他无意见。").opinions
    assert [proposed(each) for each in opinions] == [
        ("甲服务体系", "乙服务体系"),
        ("丙服务", "丁服务"),
        ("戊机制", ""),
    ]
    assert "".join(each.words for each in opinions) == text
    assert {each.place for each in opinions} == {"第三章"}


def test_the_draft_and_the_new_words_one_below_the_other() -> None:
    (opinion,) = read(
        "1.第三章第一节\n原文：完善低保制度，提高标准。\n修改为：完善低保制度，稳步提高标准。\n理由：表述更准确。"
    ).opinions
    assert proposed(opinion) == ("完善低保制度，提高标准。", "完善低保制度，稳步提高标准。")
    assert (opinion.reason, opinion.place) == ("表述更准确。", "第三章第一节")


@pytest.mark.parametrize(
    ("text", "conclusion"),
    [
        ("市民政局：\n来函收悉。经研究，我局无意见。\n特此函复。\n市财政局\n2021年2月3日", Conclusion.NONE),
        (
            "市民政局：\n《规划（征求意见稿）》收悉，经研究，无修改意见。\n此复。\n市财政局\n2021年2月3日",
            Conclusion.NONE,
        ),
        ("无意见", Conclusion.NONE),
        ("市民政局：\n我局原则同意。\n市财政局", Conclusion.AGREED),
    ],
)
def test_a_letter_that_only_concludes_has_no_opinions(text: str, conclusion: Conclusion) -> None:
    reply = read(text)
    assert (reply.opinions, reply.conclusion) == ((), conclusion)


def test_what_follows_a_conclusion_is_an_opinion() -> None:
    (opinion,) = read("市民政局：\n经研究，我局原则同意。建议第三章增加医养结合内容。\n市卫健委").opinions
    assert (opinion.words, opinion.place) == ("建议第三章增加医养结合内容。", "第三章")


def test_opinions_in_the_draft_itself_are_told() -> None:
    reply = read("市民政局：\n我局修改意见已在文中标注。\n特此函复。\n市卫健委\n2021年2月3日")
    assert (reply.marked, reply.opinions, reply.unit) == (True, (), "市卫健委")


def test_the_envelope_is_kept_in_the_order_of_the_letter() -> None:
    reply = read(FULL)
    assert reply.preface.split("\n")[:4] == [
        "临港市财政局（函）",
        "临财函〔2021〕12号",
        "关于《临港市民政事业发展“十四五”规划（征求意见稿）》的反馈意见",
        "市民政局：",
    ]
    assert reply.preface.endswith("临港市财政局\n2021年2月3日")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("建议核实数据。\n市发展和改革委员会（盖章）\n2021年2月3日", "市发展和改革委员会"),
        ("建议核实数据。\n\u3000\u3000\u3000临港市港城区人民政府办公室\u30002021年2月3日", "临港市港城区人民政府办公室"),
        ("市残联关于规划征求意见的复函\n市民政局：\n建议核实数据。", "市残联"),
        ("市医保局关于规划征求意见的复函\n市民政局：\n建议核实数据。", "市医保局"),
        ("临港市卫生健康委员会文件\n市民政局：\n建议核实数据。", "临港市卫生健康委员会"),
        ("建议核实数据。", ""),
    ],
)  # fmt: skip
def test_who_wrote_is_read_where_it_is_plain(text: str, unit: str) -> None:
    assert read(text).unit == unit


def test_a_citizen_signs_with_a_name_above_the_day() -> None:
    reply = read("市民政局：\n建议增加老年食堂。\n朱大明\n2021年3月10日")
    assert ([each.words for each in reply.opinions], reply.contact) == (["建议增加老年食堂。"], "朱大明")


@pytest.mark.parametrize("last", ["安装电梯", "加装电梯", "高龄津贴"])
def test_what_may_be_an_opinion_is_no_signature(last: str) -> None:
    reply = read(f"市民政局：\n建议：\n{last}\n2021年3月10日")
    assert [each.words for each in reply.opinions] == [last]
    reply = read(f"市民政局：\n建议增加老年食堂。\n{last}")
    assert [each.words for each in reply.opinions] == ["建议增加老年食堂。", last]


def test_a_sentence_that_only_announces_opinions_is_none() -> None:
    reply = read("你局《关于征求〈规划〉意见的函》收悉。经研究，提出如下意见：\n一、建议补充资金来源。")
    assert [each.words for each in reply.opinions] == ["建议补充资金来源。"]


@pytest.mark.parametrize("size", [200, 20_000])
def test_a_long_letter_takes_no_long_time(size: int) -> None:
    line = "建议将“甲服务体系”改为“乙服务体系”，在第三章第一节中补充说明，经研究我局对该部分内容有意见并已在会上提出，"
    text = "\n".join(f"{number}.{line * (size // 4000 + 1)}" for number in range(1, 60))
    assert len(read(text).opinions) >= 59


_WORDS = (
    "建议", "将", "“甲服务”", "改为", "“乙服务”", "删除", "在", "后增加", "第三章", "一、", "（一）", "1.", "2.", "①", "②", "一是", "二是",
    "。", "；", "，", "\n", "：", "无意见", "原则同意", "经研究", "我局", "市财政局", "2021年2月3日", "理由：", "原文：", "修改为：",
    "妥否，请酌", "市民政局：", "意见已在稿中标注", "□", "√", "有意见", "“", "”", "3.2-14", "专栏4", "床位24000张", "25000张", "由", "调整为",
    "联系人：张三", "\ue100", "中的", "但", "以上意见供参考", "现提出以下意见：", "附件：", '"',
)  # fmt: skip
_OF_SIGNS = set("一二三四五六七八九十、.()0123456789是:理由建议。,;")


@pytest.mark.parametrize("seed", range(5))
def test_whatever_a_letter_says_no_word_of_it_is_lost(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(100):
        text = "".join(chance.choice(_WORDS) for _ in range(chance.randint(1, 40)))
        lines = [Paragraph(line.strip(), number) for number, line in enumerate(text.split("\n"), 1)]
        reply = read_letter(lines, "函.docx")
        kept = [reply.preface, *(each.section + each.words + each.reason for each in reply.opinions)]
        missing = Counter(plain(text).text) - Counter(plain("".join(kept)).text)
        assert set(missing) <= _OF_SIGNS, text


@pytest.mark.parametrize(
    "words",
    ["“", '"', "原文：", "，", "无意见，", "市财政局", "经研究讨论会议", "将“甲”", "将“甲”改为“乙”，", "第三章", "一、", "1.", "意见在文中", "“a”" * 3],
)  # fmt: skip
def test_no_letter_takes_for_ever(words: str) -> None:
    start = time.process_time()
    for text in (words * 20_000, "\n".join([words * 60] * 60)):
        lines = [Paragraph(line, number) for number, line in enumerate(text.split("\n"), 1)]
        read_letter(lines, "函.docx")
    assert time.process_time() - start < 20  # of its own, however busy the machine is
