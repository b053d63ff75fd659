"""Opinions that came in a form or a letter, as a listing shows them: the change, what was said beside it, and why it stays open."""

from dataclasses import replace

from drafter.actions.places import Line
from drafter.actions.shown import Remark
from drafter.cli.results import shown_remark

CHANGE = Remark(
    "R1-001", "replacement", True, "市财政局", "", "24000张", "25000张", "口径一致", "sure", Line("a.md", 7, 3),
    "第三章", "3.1-2", "床位达到24000张。", "", "", (), False,
)  # fmt: skip


def lines(remark: Remark) -> list[str]:
    return [line.strip() for line in shown_remark(remark, tried=False).split("\n")][2:]


def test_a_change_shows_its_words_and_its_reason() -> None:
    assert lines(CHANGE) == ["- 24000张", "+ 25000张", "意见：口径一致"]


def test_words_show_what_they_are_about() -> None:
    words = replace(CHANGE, kind="opinion", proposed="", obstacle="opinions.words")
    assert lines(words) == ["文字：24000张", "意见：口径一致"]


def test_a_change_that_is_not_clear_says_why() -> None:
    unclear = replace(CHANGE, kind="opinion", obstacle="opinions.several", elsewhere=("3.1-5",))
    assert lines(unclear) == [
        "文字：24000张",
        "+ 25000张",
        "意见：口径一致",
        "不写回：引用的原文在稿子里不止一处，不知道说的是哪一处",
        "也印在：3.1-5",
    ]
