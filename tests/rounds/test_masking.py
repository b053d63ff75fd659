"""What a text for the public may not say of a person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.rounds.masking import called, in_clear, masked_name, masked_words


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("朱大海", "朱**"),
        ("李某", "李*"),
        ("王某某", "王**"),
        ("欧阳修", "欧阳*"),
        ("欧阳", "欧*"),
        ("司马相如", "司马**"),
        ("朱**", "朱**"),
        ("朱大海先生", "朱**"),
        ("陈思远（退休教师）", "陈**"),
        ("阿里木·买买提", "阿****"),
        ("Smith", "S****"),
        ("李", "李*"),
        ("李先生", "李*"),
        ("", ""),
    ],
)
def test_a_name_keeps_its_surname_alone(name: str, masked: str) -> None:
    assert masked_name(name) == masked


@pytest.mark.parametrize(
    ("unit", "person", "shown"),
    [
        ("市民", "朱大海", "市民朱**"),
        ("市民朱大海", "", "市民朱**"),
        ("市民李某", "", "市民李*"),
        ("市民", "", "市民"),
        ("网友", "", "网友"),
        ("", "朱大海", "朱**"),
        ("朱大海", "", "朱**"),
        ("张建中", "", "张**"),
        ("王志学", "", "王**"),
        ("李知行", "", "李**"),
        ("赵科", "", "赵*"),
        ("王局", "", "王*"),
        ("水务局", "", "水务局"),
        ("安居集团", "", "安居集团"),
        ("文联", "", "文联"),
        ("市财政局", "张三", "市财政局"),
        ("海晏社会工作服务中心", "林晓", "海晏社会工作服务中心"),
        ("某社会组织", "", "某社会组织"),
        ("高新区管委会", "", "高新区管委会"),
        ("金山街道", "", "金山街道"),
        ("", "", ""),
    ],
)
def test_units_stay_whole_and_persons_do_not(unit: str, person: str, shown: str) -> None:
    assert called(unit, person) == shown


@pytest.mark.parametrize(
    ("words", "masked"),
    [
        ("联系电话13812345678。", "联系电话***********。"),
        ("138-1234-5678", "***-****-****"),
        ("138 1234 5678", "*** **** ****"),
        ("１３８１２３４５６７８", "***********"),
        ("+8613812345678", "+*************"),
        ("电话：0534-1234567转801", "电话：****-*******转***"),
        ("（0534）12345678", "（****）********"),
        ("电话8765432", "电话*******"),
        ("身份证37010219900307123X", "身份证******************"),
        ("身份证370102199003071234，住临港", "身份证******************，住临港"),
        ("旧证370102900307123", "旧证***************"),
        ("邮箱zhu.dahai@example.org", "邮箱***.*****@*******.***"),
        ("QQ：12345678", "QQ：********"),
        ("微信号zhu_dahai88", "微信号***_*******"),
        ("400-123-4567", "***-***-****"),
    ],
)
def test_numbers_and_addresses_of_persons_are_stars(words: str, masked: str) -> None:
    assert masked_words(words) == masked


@pytest.mark.parametrize(
    "words",
    [
        "到2025年床位达到24000张，总投资223000万元",
        "2020年12月31日前20210115批次",
        "临民函〔2021〕3号，GB/T 9704-2012",
        "指标由12345.67万元调到1234567元",
        "每千名老年人34.5张，占55%",
    ],
)
def test_figures_of_a_plan_stay(words: str) -> None:
    assert masked_words(words) == words


def test_the_names_of_who_spoke_are_masked_in_the_words_too() -> None:
    assert masked_words("我叫朱大海，住港城区。", ["朱大海"]) == "我叫朱**，住港城区。"
    assert masked_words("朱大海", ["朱**", "市民", "大", ""]) == "朱大海"


@pytest.mark.parametrize(
    ("words", "masked"),
    [
        ("我是港城区居民朱大明，建议增加食堂。", "我是港城区居民朱**，建议增加食堂。"),
        ("我叫王小红。希望加装电梯", "我叫王**。希望加装电梯"),
        ("姓名：李建国\n建议：加座椅", "姓名：李**\n建议：加座椅"),
        ("我是退休教师，建议完善居民健康档案。", "我是退休教师，建议完善居民健康档案。"),
        ("居民委员会应当公开。", "居民委员会应当公开。"),
    ],
)
def test_who_says_in_the_words_who_they_are_is_masked(words: str, masked: str) -> None:
    assert masked_words(words) == masked


def test_names_in_clear_are_known_and_masked_ones_are_none() -> None:
    assert in_clear("市民", "朱大海") == ("朱大海",)
    assert in_clear("市民朱大海", "") == ("朱大海",)
    assert in_clear("市财政局", "张三（处长）") == ("张三",)
    assert in_clear("市民", "朱**") == ()
    assert in_clear("市财政局", "") == ()


@given(st.text("朱大海市民李某13812345678 ‐-（）0534１２３QQ微信@a.b电话转*", max_size=40))
def test_what_is_masked_stays_so_and_is_as_long(words: str) -> None:
    once = masked_words(words)
    assert len(once) == len(words)
    assert masked_words(once) == once


@given(st.text("朱大海欧阳某先生（）*·", max_size=8))
def test_a_masked_name_is_masked_the_same_again(name: str) -> None:
    assert masked_name(masked_name(name)) == masked_name(name)
