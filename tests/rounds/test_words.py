"""An opinion in the sentence that papers print."""

from dataclasses import replace

import pytest

from drafter.review.remarks import BREAK, Change, Kind
from drafter.rounds.model import Row
from drafter.rounds.words import Issued, answered, quoted, said
from drafter.word.anchors import OBJECT, Anchor

ROW = Row("R2-001", "市财政局", "张三", "2021-01-28", "修订稿", Kind.REPLACEMENT)
PARAGRAPHS = (
    Anchor("_pf_1", "body", "a#1", "坚持以人民为中心。到2025年，养老床位达到300张，其中护理型占五成。", ()),
    Anchor("_pf_2", "body", "a#2", "落实各级责任。", ()),
    Anchor("", "caption", "a#3", "各县区设施", ()),
    Anchor("_pf_3", "head", "a#3/h", "县区", (), column=0),
    Anchor("_pf_3", "head", "a#3/h", "床位", (), column=1),
    Anchor("_pf_4", "cell", "a#3/1", "港城区", (), column=0),
    Anchor("_pf_4", "cell", "a#3/1", "300", (), column=1),
)
ISSUED = Issued(PARAGRAPHS)


def of(kind: str, original: str = "", proposed: str = "", change: Change | None = None) -> Row:
    return replace(ROW, kind=kind, original=original, proposed=proposed, change=change)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (of(Kind.REPLACEMENT, "落实责任", "压实责任"), "建议将“落实责任”改为“压实责任”"),
        (of(Kind.VALUE, "63.0%", "65%"), "建议将“63.0%”改为“65%”"),
        (of(Kind.DELETION, "显著"), "建议删除“显著”"),
        (of(Kind.INSERTION, "", "和社区"), "建议增加“和社区”"),
        (of(Kind.PARAGRAPH_INSERTION, "", "甲。\n乙。"), "建议增加2段：“甲。”“乙。”"),
        (of(Kind.PARAGRAPH_DELETION, "甲。"), "建议删除一段：“甲。”"),
        (of(Kind.SPLIT, "", "\n"), "建议此处另起一段"),
        (of(Kind.SPLIT, "，", "。\n其中"), "建议将“，”改为“。”，另起一段，写“其中”"),
        (of(Kind.MERGE, "\n", ""), "建议与后一段合为一段"),
        (of(Kind.MERGE, "。\n其中", "，"), "建议将“。”“其中”改为“，”，前后合为一段"),
        (of(Kind.MOVE, "甲。", "甲。"), "建议将“甲。”移到别处"),
        (of(Kind.MOVE, "", "甲。"), "建议将“甲。”移到此处"),
        (of(Kind.COPY, "甲。", "甲。"), "建议在此处重复“甲。”"),
        (of(Kind.OPINION, "甲", "乙"), "建议将“甲”改为“乙”"),
        (of(Kind.OPINION, "", "篇幅偏长"), "篇幅偏长"),
        (of(Kind.HEADER, "甲", "乙"), "页眉页脚中，建议将“甲”改为“乙”"),
        (replace(of(Kind.HEADER), comment="加粗"), "加粗"),
        (replace(of(Kind.FORMAT, "甲"), comment="加粗"), "“甲”上作了标记（加粗），没有写字"),
        (of("from-a-later-version", "甲", "乙"), "建议将“甲”改为“乙”"),
    ],
)
def test_a_change_is_said_as_what_it_asks_for(row: Row, words: str) -> None:
    assert said(row) == words


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (of(Kind.INSERTION, "", "以上", Change(0, 26, 26, "以上")), "建议在“养老床位达到300张”后增加“以上”"),
        (of(Kind.INSERTION, "", "共", Change(0, 20, 20, "共")), "建议在“到2025年，养老床位”后增加“共”"),
        (of(Kind.INSERTION, "", "始终", Change(0, 0, 0, "始终")), "建议增加“始终”"),
        (of(Kind.REPLACEMENT, "3", "5", Change(0, 22, 23, "5")), "建议将“养老床位达到300张”中的“3”改为“5”"),
        (of(Kind.DELETION, "五", "", Change(0, 33, 34, "")), "建议删除“其中护理型占五成”中的“五”"),
        (of(Kind.REPLACEMENT, "300", "320", Change(6, 0, 3, "320")), "在《各县区设施》“港城区”行“床位”列，建议将“300”改为“320”"),
        (of(Kind.SPLIT, "", "\n", Change(0, 9, 9, BREAK)), "建议在“坚持以人民为中心。”后另起一段"),
        (of(Kind.MERGE, "\n", "", Change(1, 7, 8, "")), "建议将“落实各级责任。”一段与后一段合为一段"),
        (of(Kind.MOVE, "", "甲。", Change(1, 7, 7, "甲。")), "建议将“甲。”移到“落实各级责任。”之后"),
        (
            of(Kind.PARAGRAPH_INSERTION, "", "甲。", Change(1, 7, 7, BREAK + "甲。")),
            "建议在“落实各级责任。”一段后增加一段：“甲。”",
        ),
        (
            of(Kind.PARAGRAPH_INSERTION, "", "滨海区\n", Change(6, 3, 3, "滨海区", row=True)),
            "在《各县区设施》“港城区”行之后，建议增加一行：“滨海区”、（空）",
        ),
        (
            of(Kind.PARAGRAPH_DELETION, "港城区\n300", "", Change(5, 0, 8, "", row=True)),
            "在《各县区设施》“港城区”行，建议删除一行：“港城区”、“300”",
        ),
        (of(Kind.REPLACEMENT, "甲", "乙", Change(99, 0, 1, "乙")), "建议将“甲”改为“乙”"),
    ],
)  # fmt: skip
def test_the_issued_text_says_where(row: Row, words: str) -> None:
    assert said(row, ISSUED) == words


def test_a_comment_is_its_words_and_its_answers_follow() -> None:
    comment = replace(ROW, kind=Kind.COMMENT, original="养老床位", comment=" 口径不一致。\n请核。 ")
    first = replace(
        ROW, id="R2-002", unit="市统计局", person="", kind=Kind.COMMENT, comment="同意", reply_to=ROW.id
    )
    second = replace(first, id="R2-003", unit="", person="李四", comment="")
    found = answered((comment, first, second))
    assert said(comment) == "口径不一致。\n请核。"
    assert said(comment, answers=found["R2-001"]) == (
        "口径不一致。\n请核。（市统计局答：同意）（李四答：（批注没有文字））"
    )
    assert said(replace(comment, comment="")) == "（批注没有文字）"


def test_an_opinion_of_a_form_is_its_words_with_those_that_it_speaks_of() -> None:
    opinion = replace(ROW, kind=Kind.OPINION, original="养老床位", comment="数据偏高")
    assert said(opinion) == "对“养老床位”：数据偏高"
    assert said(replace(opinion, original="")) == "数据偏高"
    assert said(replace(opinion, proposed="养老服务床位")) == "建议将“养老床位”改为“养老服务床位”。数据偏高"
    struck = replace(opinion, comment="", change=Change(0, 16, 20, ""))
    assert said(struck) == "建议删除“养老床位”"


def test_a_letter_that_says_all_of_it_is_told_in_its_own_words() -> None:
    words = "建议将“督促外出务工父母”改为“督促外出务工父母依法”"
    row = replace(ROW, channel="来函", original="", proposed="依法", comment=words)
    assert said(row) == words
    assert said(replace(row, comment="理由：于法有据")) != "理由：于法有据"
    assert said(replace(row, channel="反馈意见表")) != words


def test_looks_are_told_in_words_and_marks_by_hand_as_marks() -> None:
    looks = replace(ROW, kind=Kind.FORMAT, tracked=True, original="养老床位", comment="加粗，字号：16磅→18磅")
    assert said(looks) == "建议改变“养老床位”的格式：加粗，字号：16磅→18磅"
    assert said(replace(looks, original="")) == "建议改变此处的格式：加粗，字号：16磅→18磅"
    assert said(replace(looks, tracked=False, comment="删除线")) == "“养老床位”上作了标记（删除线），没有写字"
    header = of(Kind.HEADER, "讨论稿", "送审稿")
    assert said(header) == "页眉页脚中，建议将“讨论稿”改为“送审稿”"


def test_quotation_marks_inside_are_turned_and_things_are_named() -> None:
    assert quoted("“十四五”规划") == "“‘十四五’规划”"
    assert quoted(f"甲{OBJECT}") == "“甲［图或注］”"


def test_long_words_are_never_shortened() -> None:
    long = "很长的话" * 4000
    assert said(of(Kind.REPLACEMENT, long, long + "。")) == f"建议将“{long}”改为“{long}。”"
    assert said(replace(ROW, kind=Kind.COMMENT, comment=long)) == long
