"""A title in lines: real titles of plans and papers, and what must hold for every title."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.word.titles import MOST, title_lines, width

TITLES = (
    "临港市民政事业发展/“十四五”规划",
    "临港市福利设施专项规划/（2019—2035）",
    "拟纳入国民经济和社会发展/“十四五”规划纲要/基本思路的重点内容",
    "临港市国民经济和社会发展/第十四个五年规划和/二〇三五年远景目标纲要",
    "中华人民共和国/国民经济和社会发展/第十四个五年规划和/2035年远景目标纲要",
    "沧州市国民经济和社会发展/第十四个五年规划纲要",
    "“十四五”/民政事业发展规划",
    "滁州市“十四五”/民政事业发展规划",
    "蚌埠市“十四五”/养老服务体系建设规划",
    "湖州市民政事业发展/“十四五”规划",
    "“十四五”国家老龄事业发展/和养老服务体系规划",
    "“十四五”积极应对/人口老龄化工程和/托育建设实施方案",
    "“十四五”残疾人/保障和发展规划",
    "“十四五”国家/应急体系规划",
    "上海市老龄事业发展/“十四五”规划",
    "上海市养老服务设施布局/专项规划（2022—2035年）",
    "北京市养老服务专项规划/（2021年—2035年）",
    "广东省养老服务体系建设/“十四五”规划",
    "关于推进基本养老服务/体系建设的实施意见",
    "临港市殡葬设施专项规划/（2021—2035年）",
    "临港市“十四五”城乡/社区服务体系建设规划",
    "临港市养老服务三年行动计划/（2021—2023年）",
    "临港市综合防灾减灾/“十四五”规划",
    "临港市基本公共服务均等化/“十四五”规划",
    "黄河流域生态保护和/高质量发展规划纲要",
    "临港市民政局关于印发/《临港市民政事业发展/“十四五”规划》的通知",
    "关于进一步加强全市困境儿童/和农村留守儿童关爱服务/保障工作的实施意见",
    "临港市规划",
    "规划",
)


@pytest.mark.parametrize("lines", TITLES)
def test_a_title_breaks_at_word_sense(lines: str) -> None:
    wanted = lines.split("/")
    assert list(title_lines("".join(wanted))) == wanted


@pytest.mark.parametrize("title", ["".join(lines.split("/")) for lines in TITLES])
def test_no_line_is_a_single_character_or_breaks_what_belongs_together(title: str) -> None:
    lines = title_lines(title)
    assert all(width(line) <= MOST for line in lines)
    assert len(lines) == 1 or min(width(line) for line in lines) > 2
    for whole in ("“十四五”", "2035年", "2019—2035", "第十四个五年", "（2021—2023年）"):
        if whole in title:
            assert any(whole in line for line in lines)


@pytest.mark.parametrize("title", ["".join(lines.split("/")) for lines in TITLES if lines.count("/") > 1])
def test_three_lines_are_no_hourglass(title: str) -> None:
    lengths = [width(line) for line in title_lines(title)]
    middle = lengths[1:-1]
    if len(lengths) == 3 and "国民经济" not in title:
        assert middle[0] >= min(lengths[0], lengths[-1])


@given(st.text(alphabet="临港市民政的和与关于发展规划“”《》（）0123456789年—、，ABc ", max_size=60))
def test_any_title_is_its_lines_joined_and_the_same_every_time(title: str) -> None:
    lines = title_lines(title)
    assert "".join(lines) == title
    assert title_lines(title) == lines
    assert all(lines) or not title


@given(st.text(alphabet="临港市民政和与关于发展规划加强2035年", min_size=14, max_size=48))
def test_no_line_is_broader_than_the_page(title: str) -> None:
    assert all(width(line) <= MOST for line in title_lines(title))


def test_what_is_longer_than_a_line_in_brackets_breaks_inside_them() -> None:
    lines = title_lines("关于《临港市民政事业发展和社会治理“十四五”规划》的编制说明")
    assert lines[0].startswith("关于《临港市")
    assert all("《" not in line[-1] and "》" not in line[0] for line in lines)


def test_a_narrower_line_takes_more_lines() -> None:
    assert title_lines("临港市民政事业发展“十四五”规划", 8) == ("临港市", "民政事业发展", "“十四五”规划")
