import pytest

from drafter.release.naming import copy_id, copy_name, public_name, refused_recipients
from drafter.release.stages import Issuance

V2 = Issuance("v2", "征求意见稿")


def test_a_copy_says_what_it_is_and_for_whom() -> None:
    name = copy_name("临港市民政事业发展“十四五”规划", V2, "2020-11-30", 3, "市财政局")
    assert name == "临港市民政事业发展“十四五”规划（征求意见稿 v2 2020-11-30）-03-市财政局.docx"


def test_a_draft_without_a_date_and_a_copy_for_nobody() -> None:
    assert copy_name("规划", V2, "", 1, "") == "规划（征求意见稿 v2）-01.docx"


def test_a_long_title_is_cut_where_a_file_system_would_refuse_it() -> None:
    name = copy_name("长" * 300, V2, "2020-11-30", 12, "市自然资源和规划局")
    assert len(name.encode()) <= 200
    assert name.endswith("（征求意见稿 v2 2020-11-30）-12-市自然资源和规划局.docx")


def test_nothing_makes_a_name_too_long_for_a_file_system() -> None:
    stage = Issuance("v9999", "长" * 90, 12)
    for name in (
        copy_name("长" * 90, stage, "2020-11-30", 100, "收" * 40, reading=True),
        public_name("长" * 90, stage, "2020-11-30"),
    ):
        assert len(name.encode()) <= 255


def test_characters_of_paths_are_replaced() -> None:
    assert copy_name("a/b:c", V2, "", 1, "甲") == "a_b_c（征求意见稿 v2）-01-甲.docx"


def test_the_ids_of_copies_differ_and_say_nothing() -> None:
    ids = {copy_id("7f3a", number) for number in range(1, 101)}
    assert len(ids) == 100
    assert copy_id("7f3a", 1) == copy_id("7f3a", 1)
    assert all(len(each) == 20 for each in ids)


@pytest.mark.parametrize(
    ("names", "codes"),
    [
        (["市财政局", "市教育局"], []),
        (["市财政局", "市财政局"], ["release.recipient-twice"]),
        (["市/财政局"], ["release.recipient-name"]),
        (["  "], ["release.recipient-name"]),
        (["市财政局."], ["release.recipient-name"]),
        (["a\nb"], ["release.recipient-name"]),
        (["长" * 40], []),
        (["长" * 41], ["release.recipient-long"]),
    ],
)
def test_recipients_that_no_file_name_can_hold_are_refused(names: list[str], codes: list[str]) -> None:
    assert [issue.code for issue in refused_recipients(names)] == codes
