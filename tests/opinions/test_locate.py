"""An opinion finds its words, or says why it does not."""

from collections.abc import Callable

import pytest

from drafter.opinions.locate import Locator
from drafter.opinions.model import Opinion
from drafter.review.apply import Plan, plan_edits
from drafter.review.remarks import Confidence, InData, InSource, Kind, Remark, Unlocated
from drafter.source.issues import Place
from drafter.word.anchors import Record
from tests.opinions.misquoting import ALL, TEXT, measured
from tests.review.rig import Desk

WHERE = Place("反馈意见表.docx")
BODY = (
    "## 健全服务\n\n到2025年，全市各类养老机构床位达到{{ 县区.东岭县.床位 }}。推进机构改造，提升照护能力。\n\n"
    "### 推进改造\n\n1. 建设护理院。\n2. 加强队伍建设，提高护理员待遇。\n\n加强队伍建设，完善“市县乡”三级网络。\n\n"
    "::: table 县区床位\n| 县区 | 床位 |\n|---|---|\n| 东岭县 | 老县 |\n| 西泽县 | 新县 |\n:::\n\n::: 专栏 重点工程\n新建福利院一所。\n:::\n"
)
Issued = Callable[[str], Desk]


def said(quote: str = "", instead: str | None = None, place: str = "", words: str = "") -> Opinion:
    return Opinion(WHERE, unit="市财政局", place=place, quote=quote, instead=instead, words=words)


def found(desk: Desk, opinion: Opinion) -> Remark:
    return Locator(desk.record).remarks([opinion])[0]


def brought_home(desk: Desk, *opinions: Opinion) -> Plan:
    return plan_edits(desk.record, Locator(desk.record).remarks(opinions), desk.sources, desk.rebuild)


def becomes(desk: Desk, opinion: Opinion) -> list[str]:
    """The paragraphs that the opinion changes, after it."""
    plan = brought_home(desk, opinion)
    assert not plan.refused, plan.obstacles
    before = [anchor.text for anchor in desk.issued if anchor.kind != "toc"]
    return [now for was, now in zip(before, desk.texts(plan), strict=True) if was != now]


# found and brought home


def test_a_whole_row_changes_what_it_says_and_nothing_else(issued: Issued) -> None:
    desk = issued(BODY)
    opinion = said("推进机构改造，提升照护能力", "推进机构提质改造，提升照护能力")
    assert found(desk, opinion).confidence is Confidence.SURE
    assert found(desk, opinion).kind is Kind.INSERTION
    assert becomes(desk, opinion) == [
        "到2025年，全市各类养老机构床位达到24000张。推进机构提质改造，提升照护能力。"
    ]


def test_a_printed_number_is_changed_in_its_data(issued: Issued) -> None:
    desk = issued(BODY)
    remark = found(desk, said("床位达到24000张", "床位达到25000张"))
    assert remark.kind is Kind.VALUE
    assert isinstance(remark.target, InData)
    assert (remark.original, remark.proposed) == ("24000张", "25000张")


@pytest.mark.parametrize(
    ("quote", "instead", "after"),
    [
        ("推进机构改造", "", "到2025年，全市各类养老机构床位达到24000张。，提升照护能力。"),
        ("提升照护能力。", "提升照护能力和水平", "提升照护能力和水平。"),
        ("提升照护能力", "提升照护能力和水平。", "提升照护能力和水平。"),
        ("“推进机构改造”", "“推进机构新一轮改造”", "推进机构新一轮改造，"),
        ("原文：推进机构改造", "推进机构新一轮改造", "推进机构新一轮改造，"),
        ("推进 机构 改造,提升", "推进 机构 新改造,提升", "推进机构新改造，提升"),
        ("到２０２５年，全市各类", "到２０２５年年底，全市各类", "到2025年年底，全市各类"),
        (
            "机构改造",
            "机构改造，提升医养结合水平，提升照护能力",
            "推进机构改造，提升医养结合水平，提升照护能力。",
        ),
        ("推进……照护能力", "推进……照护服务能力", "推进机构改造，提升照护服务能力。"),
        ("……推进机构改造……", "……推进机构大改造……", "推进机构大改造，"),
        ("护理院", "到2025年护理院", "建设到2025年护理院。"),
        ("第12页第3行：推进机构改造", "推进机构新改造", "推进机构新改造，"),
        ("P12，推进机构改造", "推进机构新改造", "推进机构新改造，"),
        ("1.1-2：推进机构改造", "推进机构新改造", "推进机构新改造，"),
    ],
)
def test_habits_of_those_who_fill_in_forms_change_no_more_than_they_mean(
    issued: Issued, quote: str, instead: str, after: str
) -> None:
    (changed,) = becomes(issued(BODY), said(quote, instead))
    assert after in changed


def test_a_slip_in_the_quotation_is_not_carried_into_the_text(issued: Issued) -> None:
    desk = issued(BODY)
    opinion = said("推进机够改造，提升照护能力", "推进机够改造，全面提升照护能力")
    remark = found(desk, opinion)
    assert (remark.confidence, remark.obstacle) == (Confidence.LIKELY, "")
    assert "推进机构改造，全面提升照护能力。" in becomes(desk, opinion)[0]


@pytest.mark.parametrize(
    ("quote", "instead", "obstacle"),
    [
        ("各类养老机构床位达到2400张", "各类养老机构床位达到25000张", "opinions.misquoted"),
        ("推进机够改造，提升照护能力", "推进机关改造，提升照护能力", "opinions.misquoted"),
        ("推进机构改造，提升照护能力", "推进机构改造，提升照护能力", "opinions.same"),
        ("到2025年，全市各类养老机构床位", "到2030年", "opinions.extent"),
        ("推进……照护能力", "大力推进", "opinions.gap"),
        ("加强队伍建设", "加强人才队伍建设", "opinions.several"),
        ("照护能力。推进改造", "照护水平。推行改造", "opinions.paragraphs"),
        ("完全没有写过的一句话在这里", "另一句话", "opinions.not-found"),
        ("", "另一句话", "opinions.no-quote"),
    ],
)
def test_what_is_not_clear_is_left_to_a_person(
    issued: Issued, quote: str, instead: str, obstacle: str
) -> None:
    desk = issued(BODY)
    opinion = said(quote, instead, place="1.1-2")
    assert found(desk, opinion).obstacle == obstacle
    plan = brought_home(desk, opinion)
    assert plan.patched == {}


def test_an_opinion_that_was_written_where_the_quotation_goes_is_what_they_say(issued: Issued) -> None:
    remark = found(issued(BODY), said("建议增加退役军人就业的内容", place="第一章"))
    assert (remark.original, remark.comment) == ("", "建议增加退役军人就业的内容")
    assert remark.obstacle == "opinions.words"
    quoted = found(issued(BODY), said("推进机构改造，提升照护能力"))
    assert (quoted.original, quoted.comment) == ("推进机构改造，提升照护能力", "")


def test_words_that_stand_twice_are_told_with_the_other_place(issued: Issued) -> None:
    remark = found(issued(BODY), said("加强队伍建设", "加强人才队伍建设"))
    assert remark.confidence is Confidence.UNSURE
    assert remark.elsewhere == ("1.1-6",)


def test_the_number_says_which_of_two_is_meant(issued: Issued) -> None:
    desk = issued(BODY)
    remark = found(desk, said("加强队伍建设", "加强人才队伍建设", place="第１．１－６段"))
    assert (remark.number, remark.confidence, remark.obstacle) == ("1.1-6", Confidence.SURE, "")


def test_words_quoted_from_elsewhere_than_the_number_says_are_not_sure(issued: Issued) -> None:
    remark = found(issued(BODY), said("完善“市县乡”三级网络", "完善四级网络", place="1.1-1"))
    assert (remark.number, remark.confidence) == ("1.1-6", Confidence.LIKELY)


def test_an_opinion_in_words_keeps_them_and_shows_where(issued: Issued) -> None:
    remark = found(issued(BODY), said("推进机构改造", words="请明确责任单位"))
    assert (remark.kind, remark.comment, remark.obstacle) == (
        Kind.OPINION,
        "请明确责任单位",
        "opinions.words",
    )
    assert isinstance(remark.target, InSource)
    assert remark.author == "市财政局"
    assert remark.span is not None
    assert remark.context[slice(*remark.span)] == "推进机构改造"


def test_an_opinion_on_a_part_speaks_of_no_words_of_its_title(issued: Issued) -> None:
    assert found(issued(BODY), said(place="第一章", words="请精简")).span == (0, 0)


def test_of_words_that_were_left_out_the_whole_is_spoken_of(issued: Issued) -> None:
    remark = found(issued(BODY), said("推进……照护能力", words="请明确责任单位"))
    assert remark.span is not None
    assert remark.context[slice(*remark.span)] == "推进机构改造，提升照护能力"


def test_opinions_in_words_do_not_keep_a_change_of_the_same_paragraph_out(issued: Issued) -> None:
    desk = issued(BODY)
    plan = brought_home(
        desk, said("推进机构改造", "推进机构新改造"), said("推进机构改造", words="请明确责任单位")
    )
    assert [remark.id for remark in plan.applied] == ["r1"]


# cited


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("3.1-8", "建立低收入人口动态监测信息平台"),
        ("【３．１－８】", "建立低收入人口动态监测信息平台"),
        ("第3.1-8段", "建立低收入人口动态监测信息平台"),
        ("段号3.1—8", "建立低收入人口动态监测信息平台"),
        ("2.3-8/2", "农村最低生活保障标准"),
        ("2.3-8第2行", "农村最低生活保障标准"),
        ("附1.0-2", "城市最低生活保障标准。指"),
        ("第三章", "提升基本民生保障水平"),
        ("第三章第一节", "健全社会救助体系"),
        ("第3章第1节", "健全社会救助体系"),
        ("第三章 提升基本民生保障水平 第一节", "健全社会救助体系"),
        ("第三章第一节第二部分", "强化急难救助和综合服务"),
        ("第三章第一节二、", "强化急难救助和综合服务"),
        ("健全社会救助体系", "健全社会救助体系"),
        ("“健全社会救助体系”部分", "健全社会救助体系"),
        ("社会救助体系一节", "健全社会救助体系"),
        ("专栏2", "专栏\ufffc\u3000儿童福利和未成年人保护工程"),
        ("专栏二", "专栏\ufffc\u3000儿童福利和未成年人保护工程"),
        ("表2", "表\ufffc\u30002025年养老护理员供需平衡"),
        ("第六章表2", "表\ufffc\u30002025年养老护理员供需平衡"),
        ("附件2", "\n\n\t重大项目表"),
        ("附件二", "\n\n\t重大项目表"),
        ("附件10", "\n\n\t政策目录和前期研究"),
        ("附表1", "附表\ufffc\u3000“十四五”时期民政事业发展重大项目"),
        ("附表1第3行", "港城区养老服务中心建设项目"),
        ("专栏1中第2行", "农村最低生活保障标准"),
    ],
)
def test_parts_are_cited_in_many_ways(sample: Record, locator: Locator, place: str, text: str) -> None:
    remark = locator.remark(said(place=place, words="请再研究"))
    assert sample.anchors.paragraphs[remark.anchor].text.startswith(text)
    assert remark.confidence is Confidence.LIKELY


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("第十九章", "opinions.unknown-place"),
        ("3.1-99", "opinions.unknown-place"),
        ("专栏77", "opinions.unknown-place"),
        ("第12页第3行", "opinions.page"),
        ("P12", "opinions.page"),
        ("第一点", "opinions.unknown-place"),
        ("代表1人", "opinions.no-place"),
        ("全文", "opinions.whole"),
        ("总体意见", "opinions.whole"),
        ("", "opinions.no-place"),
        ("/", "opinions.no-place"),
    ],
)
def test_what_cites_nothing_says_why(locator: Locator, place: str, reason: str) -> None:
    remark = locator.remark(said(place=place, words="请再研究"))
    assert remark.target == Unlocated(reason)
    assert remark.obstacle == "opinions.words"


def test_what_is_said_of_the_whole_is_not_put_where_its_words_stand(locator: Locator) -> None:
    remark = locator.remark(said("养老护理员", place="全文", words="统一“养老护理员”和“护理员”的说法"))
    assert (remark.target, remark.obstacle) == (Unlocated("opinions.whole"), "opinions.words")


def test_a_number_in_the_quotation_is_the_place_unless_it_belongs_to_it(issued: Issued) -> None:
    desk = issued(BODY + "\n床位增长1.1-2倍，机构增加。\n")
    assert found(desk, said("1.1-6：加强队伍建设", "加强人才队伍建设")).number == "1.1-6"
    assert (
        found(desk, said("1.1-2倍，机构增加", "1.1-2倍，机构新增")).context == "床位增长1.1-2倍，机构增加。"
    )


def test_a_third_part_without_a_chapter_is_only_a_guess(locator: Locator) -> None:
    remark = locator.remark(said(place="三、（一）", words="请再研究"))
    assert (remark.number, remark.confidence) == ("3.1-0", Confidence.UNSURE)


def test_words_of_a_row_are_found_over_its_cells(locator: Locator) -> None:
    remark = locator.remark(said("全日托养型区域养老服务中心 长期照护、短期托养、日间照料"))
    assert remark.number == "6.1-18/1"


def test_a_number_is_not_found_inside_a_longer_one(locator: Locator) -> None:
    remark = locator.remark(said("床位达到2400", "床位达到2500"))
    assert remark.change is None


def test_a_reference_is_quoted_as_it_is_printed(locator: Locator) -> None:
    remark = locator.remark(
        said("总投资22.30亿元（见附表1），资金来源", "总投资22.30亿元（见附表1），主要资金来源")
    )
    assert (remark.number, remark.confidence) == ("7.2-3", Confidence.SURE)
    assert remark.change is not None
    assert remark.change.new == "主要"


# a form of three hundred rows


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("kinds", "numbered"), [(TEXT, False), (ALL, True)])
def test_of_three_hundred_rows_98_in_100_are_at_their_paragraph_and_none_is_falsely_sure(
    sample: Record, seed: int, kinds: tuple[str, ...], numbered: bool
) -> None:
    share = measured(sample, seed, kinds, numbered=numbered)
    assert share.right >= 0.98
    assert share.falsely_sure == 0
    assert share.seconds < 5
