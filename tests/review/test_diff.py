import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.review.diff import Op, changes


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("床位达到24000张，其中", "床位达到24500张，其中", [(4, 10, "24500张")]),
        ("占55.0%以上", "占56%以上", [(1, 6, "56%")]),
        ("甲乙丙丁", "甲子丙丑", [(1, 4, "子丙丑")]),
        ("甲9丙", "子9丑", [(0, 1, "子"), (2, 3, "丑")]),
        ("用WPS打开", "用Word打开", [(1, 4, "Word")]),
        ("第一段文字", "第一\u2029段文字", [(2, 2, "\u2029")]),
    ],
)
def test_changes_are_words(old: str, new: str, wanted: list[tuple[int, int, str]]) -> None:
    assert changes(old, new) == tuple(Op(*each) for each in wanted)


@given(st.text("甲乙1２3.%张aB，\ufffc", max_size=30), st.text("甲乙1２3.%张aB，\ufffc", max_size=30))
def test_the_changes_make_the_new_text_of_the_old(old: str, new: str) -> None:
    out, at = "", 0
    for op in changes(old, new):
        out += old[at : op.start] + op.new
        at = op.end
    assert out + old[at:] == new
