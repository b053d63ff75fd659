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
