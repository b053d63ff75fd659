"""Short names of units mean somebody only where they can mean nobody else."""

import pytest

from drafter.rounds.shortnames import full_name, named_at_start

NAMES = (
    "市发展和改革委员会", "市公安局", "市财政局", "市人力资源和社会保障局", "市自然资源和规划局", "市住房和城乡建设局",
    "市农业农村局", "市卫生健康委员会", "市残疾人联合会", "市教育局", "港城区民政局", "滨海区民政局", "专家甲",
)  # fmt: skip


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("市残联", "市残疾人联合会"),
        ("发改委", "市发展和改革委员会"),
        ("市卫健委", "市卫生健康委员会"),
        ("人社局", "市人力资源和社会保障局"),
        ("自规局", "市自然资源和规划局"),
        ("住建局", "市住房和城乡建设局"),
        ("财政局", "市财政局"),
        ("市 财政局", "市财政局"),
        ("港城民政局", "港城区民政局"),
        ("民政局", ""),  # of several counties
        ("区财政局", ""),
        ("县教育局", ""),
        ("市政府", ""),
        ("局", ""),
        ("规划局", ""),
        ("王局长", ""),
        ("", ""),
    ],
)
def test_a_short_name_is_one_unit_or_none(said: str, name: str) -> None:
    assert full_name(said, NAMES) == name


def test_two_that_it_shortens_are_nobody() -> None:
    assert full_name("人社局", ("市人力资源和社会保障局", "市人民社会局")) == ""


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("卫健委电话记录.png", "市卫生健康委员会"),
        ("03 公安局（无意见）.pdf", "市公安局"),
        ("市残联手写意见.png", "市残疾人联合会"),
        ("自规局复函.doc", "市自然资源和规划局"),
        ("公安局交警支队意见.pdf", ""),
        ("滨海区公安局意见.pdf", ""),
        ("关于残联意见.pdf", ""),
        ("扫描件.pdf", ""),
        ("1.pdf", ""),
    ],
)
def test_the_name_of_a_file_begins_with_a_short_name_and_nothing_of_a_longer_one(
    words: str, name: str
) -> None:
    assert named_at_start(words, NAMES) == name
