"""None is said only where none is meant, and what follows is never lost."""

import pytest

from drafter.opinions.conclusions import concluded
from drafter.opinions.model import Conclusion


@pytest.mark.parametrize(
    "text",
    [
        "无意见",
        "无意见。",
        "  无意见  ",
        "无修改意见",
        "没有意见",
        "没有修改意见。",
        "无不同意见",
        "无异议",
        "暂无意见",
        "无修改意见和建议",
        "无意见、建议",
        "无意见和建议",
        "没有不同意见和建议。",
        "我局无意见",
        "我单位没有修改意见。",
        "我县对此无意见",
        "本单位无意见。",
        "市财政局无意见",
        "经研究，无意见",
        "经研究，无意见。",
        "经认真研究，我局无意见。",
        "经研究，我委对《临港市民政事业发展“十四五”规划（征求意见稿）》无意见。",
        "经研究，我局对《临港市民政事业发展“十四五”规划》（征求意见稿）没有修改意见。",
        "对《规划（征求意见稿）》无意见",
        "对征求意见稿无修改意见",
        "对该规划无不同意见。",
        "来函收悉，经研究，我局无意见。",
        "来函收悉。经研究，我局无意见。",
        "经局党组会议研究，我局无不同意见。",
        "经集体研究讨论，对规划内容没有意见",
        "同意",
        "同意。",
        "我局同意",
        "我局同意该规划。",
        "同意《临港市民政事业发展“十四五”规划（征求意见稿）》。",
        "完全同意",
        "同意，无意见",
        "无意见，同意",
        "我办同意，无修改意见。",
        "☑无意见 □有意见",
        "□有意见　√无意见",
        "无意见（√）　有意见（ ）",
        "■ 同意  □ 不同意",
        "经我局研究，没有修改意见。",
        "经我局班子会研究，同意该规划，没有修改意见。",
        "经征求各科室意见，我局暂无意见。",
        "已阅，无意见。",
        "未提出意见。",
        "零意见",
        "拟同意。",
        "同意贵局意见。",
        "无。",
        "反馈意见：无",
        "同意，没有补充。",
    ],
)
def test_none_is_none(text: str) -> None:
    found = concluded(text)
    assert (found.conclusion, found.rest) == (Conclusion.NONE, "")


@pytest.mark.parametrize(
    "text",
    [
        "原则同意",
        "原则同意。",
        "原则上同意",
        "我局原则同意。",
        "总体同意该规划。",
        "基本同意",
        "经研究，我局原则同意《临港市民政事业发展“十四五”规划（征求意见稿）》。",
        "原则同意规划内容。",
        "经研究，原则同意征求意见稿。",
        "☑原则同意 □无意见 □有意见",
    ],
)
def test_agreed_in_principle_is_that(text: str) -> None:
    found = concluded(text)
    assert (found.conclusion, found.rest) == (Conclusion.AGREED, "")


@pytest.mark.parametrize(
    ("text", "conclusion", "rest"),
    [
        ("原则同意。建议第三章增加医养结合内容。", Conclusion.AGREED, "建议第三章增加医养结合内容。"),
        ("原则同意，建议第三章增加医养结合内容", Conclusion.AGREED, "建议第三章增加医养结合内容"),
        ("我局原则同意，但第三章需要核实。", Conclusion.AGREED, "但第三章需要核实。"),
        ("无意见，但建议统一口径。", Conclusion.HAS, "但建议统一口径。"),
        ("无意见。\n另：第5页数据请核实", Conclusion.HAS, "另：第5页数据请核实"),
        ("经研究，我局无意见，仅对第二章表述提出建议。", Conclusion.HAS, "仅对第二章表述提出建议。"),
        ("同意。建议尽快印发。", Conclusion.HAS, "建议尽快印发。"),
    ],
)
def test_what_follows_is_an_opinion(text: str, conclusion: Conclusion, rest: str) -> None:
    found = concluded(text)
    assert (found.conclusion, found.rest) == (conclusion, rest)


@pytest.mark.parametrize(
    "text",
    [
        "我局对此有意见",
        "有意见",
        "不同意",
        "我局不同意第三章的表述",
        "同意将第三章并入第四章",
        "同意在第三章增加内容",
        "意见如下",
        "如无意见，请于2月5日前反馈",
        "若无不同意见，视为同意。",
        "逾期未反馈的，视为无意见。",
        "请各单位提出意见，无意见也请书面回复",
        "对第三章无意见的理由是口径一致",
        "第三章中没有意见征集的内容",
        "建议增加没有意见渠道的说明",
        "该处表述无意见领袖参与",
        "对财政部门的意见不同意",
        "未征求各县意见",
        "群众对此意见很大",
        "原则同意的表述不妥",
        "建议将“无意见”改为“没有意见”",
        "经济社会发展部分内容单薄。",
        "没有提出考核办法",
        "未提出意见箱设置",
        "没有补充资金来源",
        "拟同意的项目要公示",
        "无障碍设施建议加强",
        "无障碍改造内容偏少",
        "没有建议书的项目不应列入",
        "同意见第三条",
        "□无意见 □有意见",
    ],
)
def test_what_is_not_meant_as_none_is_not_taken_for_it(text: str) -> None:
    assert concluded(text).conclusion is Conclusion.UNSAID


def test_of_words_nothing_is_lost_where_no_conclusion_stands() -> None:
    text = "我局对此有意见。\n建议将第三章并入第四章；数据请核实。"
    assert concluded(text).rest == text


@pytest.mark.parametrize(
    "text",
    [
        "意见已在稿中标注。",
        "修改意见已在文中标注",
        "具体修改意见见附件。",
        "我局意见已在征求意见稿中以修订方式标出。",
        "修改意见详见文中批注",
        "相关建议已直接在文稿中修改",
    ],
)
def test_opinions_that_stand_in_the_draft_are_told(text: str) -> None:
    found = concluded(text)
    assert (found.marked, found.rest) == (True, "")


@pytest.mark.parametrize(
    "text",
    ["建议在附件中增加专栏", "建议在文中增加批注说明的内容要求", "意见见下表。建议在附件3中增加责任单位"],
)
def test_an_opinion_on_an_annex_is_not_a_mark(text: str) -> None:
    assert concluded(text).rest == text


def test_words_beside_a_tick_are_kept() -> None:
    found = concluded("□无意见 ☑有意见：建议核实第三章数据")
    assert (found.conclusion, found.rest) == (Conclusion.HAS, "建议核实第三章数据")


def test_of_the_rest_there_is_none() -> None:
    found = concluded("建议核实第三章数据。其他无意见。")
    assert (found.conclusion, found.rest) == (Conclusion.UNSAID, "建议核实第三章数据。")
