"""What a person writes takes the place of the words that an opinion speaks of, where it is clear which those are."""

import pytest

from drafter.review.remarks import Change, Kind
from drafter.rounds.adopting import adopted
from drafter.rounds.model import Decision, Row, Spot
from drafter.word.anchors import Anchor

ISSUED = (Anchor("", "body", "p#1", "推进机构改造，提升照护能力。", ()),)


def row(obstacle: str, spot: Spot) -> Row:
    return Row(
        "R1-001", "市财政局", "", "", "来函", Kind.OPINION.value, obstacle=obstacle, spot=spot, adopted="推进机构大改造",
        decision=Decision.ADOPTED,
    )  # fmt: skip


@pytest.mark.parametrize(
    "obstacle", ["opinions.words", "opinions.misquoted", "opinions.gap", "opinions.extent"]
)
def test_words_of_a_person_do_what_an_opinion_did_not_make_clear(obstacle: str) -> None:
    (remark,) = adopted([row(obstacle, Spot(0, 0, 6))], ISSUED).remarks
    assert (remark.change, remark.obstacle) == (Change(0, 0, 6, "推进机构大改造"), "")


def test_they_do_not_where_it_is_not_known_which_words_are_meant() -> None:
    for obstacle, spot, reason in (
        ("opinions.several", Spot(0, 0, 6), "opinions.several"),
        ("opinions.words", Spot(0, 0, 0), "apply.no-range"),
    ):
        found = adopted([row(obstacle, spot)], ISSUED)
        assert (found.remarks, dict(found.refused)) == ((), {"R1-001": reason})


@pytest.mark.parametrize(
    ("change", "words", "refused"),
    [
        (Change(0, 2, 2, "各类"), "推进各类", True),  # the words before it once more
        (Change(0, 7, 9, "加强"), "加强照护", True),  # and those behind it
        (Change(0, 7, 9, "加强"), "增强", False),
        (Change(0, 2, 2, "各类"), "进各类", False),
        (Change(0, 0, 2, "推进推进"), "推进推进", False),
    ],
)
def test_a_phrase_written_for_a_few_of_its_words_is_not_put_in_twice(
    change: Change, words: str, refused: bool
) -> None:
    made = Row(
        "R1-001", "市财政局", "", "", "修订稿", Kind.REPLACEMENT.value, change=change, adopted=words, decision=Decision.PARTLY,
    )  # fmt: skip
    found = adopted([made], ISSUED)
    assert dict(found.refused) == ({"R1-001": "apply.doubled"} if refused else {})
    assert [each.change.new for each in found.remarks if each.change] == ([] if refused else [words])
