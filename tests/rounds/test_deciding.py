"""What people decide on rows."""

from dataclasses import replace

import pytest

from drafter.rounds.counting import Counts, counted
from drafter.rounds.deciding import Decided, Wanted, decided
from drafter.rounds.model import EVIDENCE, Decision, Row
from drafter.rounds.naming import named
from drafter.source.issues import Outcome
from tests.rounds.making import ROWS, TEXT, UNITS, register

BY, ON = "李四", "2021-02-08"
IDS = [row.id for row in ROWS]


def decide(*ids: str, wanted: Wanted, rows: tuple[Row, ...] = ()) -> Outcome[Decided]:
    return decided(register(*rows), ids, replace(wanted, by=BY, on=ON), UNITS)


def codes(outcome: Outcome[Decided]) -> list[tuple[str, str]]:
    return [(issue.code, issue.facts.get("rows", "")) for issue in outcome.issues]


def row(outcome: Outcome[Decided], id_: str) -> Row:
    assert outcome.value is not None
    found = outcome.value.register.row(id_)
    assert found is not None
    return found


def test_what_is_decided_stands_in_the_row_with_who_and_when() -> None:
    outcome = decide("R2-005", wanted=Wanted(Decision.ADOPTED, contact="已电话沟通", office="养老服务科"))
    found = row(outcome, "R2-005")
    assert (found.decision, found.contact, found.office) == (Decision.ADOPTED, "已电话沟通", "养老服务科")
    assert (found.by, found.on) == ("李四", "2021-02-08")
    assert outcome.issues == ()
    assert outcome.value is not None
    assert [each.id for each in outcome.value.rows] == ["R2-005"]


def test_an_office_alone_decides_nothing() -> None:
    found = row(decide("R2-005", wanted=Wanted(office="养老服务科")), "R2-005")
    assert (found.decision, found.by, found.on, found.office) == (Decision.OPEN, "", "", "养老服务科")


@pytest.mark.parametrize("result", [Decision.PARTLY, Decision.REJECTED])
def test_without_a_reason_nothing_at_all_is_set(result: Decision) -> None:
    outcome = decide("R2-001", "R2-002", "R2-005", wanted=Wanted(result))
    assert outcome.value is None
    assert codes(outcome) == [("decide.no-reason", "R2-001、R2-002、R2-005")]
    blank = decide("R2-001", wanted=Wanted(result, reason=" 　"))
    assert codes(blank) == [("decide.no-reason", "R2-001")]
    assert row(decide("R2-001", wanted=Wanted(result, reason="无依据")), "R2-001").decision is result


def test_a_reason_cannot_be_taken_from_what_needs_one() -> None:
    assert codes(decide("R2-008", wanted=Wanted(reason=""))) == [("decide.no-reason", "R2-008")]


def test_the_reason_of_another_result_is_not_the_reason_of_this_one() -> None:
    adopted = replace(ROWS[0], decision=Decision.ADOPTED, reason="已改")
    outcome = decide("R2-001", wanted=Wanted(Decision.REJECTED), rows=(adopted,))
    assert codes(outcome) == [("decide.no-reason", "R2-001")]
    noted = replace(ROWS[0], reason="没有依据")
    found = row(decide("R2-001", wanted=Wanted(Decision.REJECTED), rows=(noted,)), "R2-001")
    assert found.reason == "没有依据"


def test_what_is_opened_again_loses_what_was_decided_and_keeps_who_deals_with_it() -> None:
    before = replace(
        ROWS[0],
        decision=Decision.PARTLY,
        reason="从",
        adopted="甲",
        office="养老服务科",
        contact="电话",
        by=BY,
        on=ON,
    )
    found = row(decide("R2-001", wanted=Wanted(Decision.OPEN), rows=(before,)), "R2-001")
    assert found == replace(ROWS[0], office="养老服务科", contact="电话")


def test_what_stands_in_the_text_already_is_not_decided_again() -> None:
    outcome = decide("R2-001", "R2-007", wanted=Wanted(Decision.REJECTED, reason="无依据"))
    assert outcome.value is None
    assert codes(outcome) == [("decide.applied", "R2-007")]
    other_words = decide("R2-007", wanted=Wanted(adopted="七成"))
    assert codes(other_words) == [("decide.applied", "R2-007")]


def test_an_applied_row_may_be_said_again_and_told_more_of() -> None:
    same = row(decide("R2-007", wanted=Wanted(Decision.ADOPTED, contact="已告知")), "R2-007")
    assert (same.contact, same.by, same.on) == ("已告知", "", "")


def test_words_to_put_are_for_what_is_adopted() -> None:
    assert codes(decide("R2-001", wanted=Wanted(adopted="甲"))) == [("decide.adopted-words", "R2-001")]
    rejected = Wanted(Decision.REJECTED, reason="无依据", adopted="甲")
    assert codes(decide("R2-001", wanted=rejected)) == [("decide.adopted-words", "R2-001")]
    partly = Wanted(Decision.PARTLY, reason="从简", adopted="甲")
    assert row(decide("R2-001", wanted=partly), "R2-001").adopted == "甲"


def test_what_is_rejected_after_all_has_no_words_to_put() -> None:
    before = replace(ROWS[0], decision=Decision.PARTLY, reason="从简", adopted="甲")
    outcome = decide("R2-001", wanted=Wanted(Decision.REJECTED, reason="无依据"), rows=(before,))
    assert row(outcome, "R2-001").adopted == ""


def test_an_office_is_one_of_the_units() -> None:
    outcome = decide("R2-001", wanted=Wanted(office="养老科"))
    assert outcome.value is None
    assert [(each.code, each.facts["nearest"]) for each in outcome.issues] == [
        ("decide.unknown-office", "养老服务科")
    ]
    assert decided(register(), ["R2-001"], Wanted(office="养老科"), ()).value is not None
    assert row(decide("R2-001", wanted=Wanted(office="")), "R2-001").office == ""


def test_two_that_want_something_else_are_not_both_adopted_without_a_word() -> None:
    outcome = decide("R2-001", "R2-002", wanted=Wanted(Decision.ADOPTED))
    assert [(each.code, each.facts) for each in outcome.issues if each.code == "decide.conflict"] == [
        ("decide.conflict", {"first": "R2-001", "second": "R2-002"})
    ]
    one_text = Wanted(Decision.ADOPTED, adopted="护理型养老床位")
    assert "decide.conflict" not in dict(codes(decide("R2-001", "R2-002", wanted=one_text)))


def test_a_conflict_with_what_was_adopted_earlier_is_told() -> None:
    earlier = replace(ROWS[1], decision=Decision.ADOPTED)
    outcome = decide("R2-003", wanted=Wanted(Decision.ADOPTED), rows=(earlier,))
    assert ("decide.conflict", "") in codes(outcome)


def test_those_that_say_the_same_are_decided_on_request_only() -> None:
    alone = decide("R2-003", wanted=Wanted(Decision.ADOPTED))
    assert row(alone, "R2-001").decision is Decision.OPEN
    assert codes(alone) == [("decide.alike-left", "R2-001")]
    together = decide("R2-003", wanted=Wanted(Decision.ADOPTED, alike=True))
    assert together.issues == ()
    assert together.value is not None
    assert [each.id for each in together.value.rows] == ["R2-001", "R2-003"], "what was withdrawn stays"


def test_those_that_say_the_same_and_are_decided_otherwise_are_told() -> None:
    earlier = replace(ROWS[0], decision=Decision.ADOPTED)
    outcome = decide("R2-003", wanted=Wanted(Decision.REJECTED, reason="无依据"), rows=(earlier,))
    assert codes(outcome) == [("decide.alike-differs", "R2-001 采纳、R2-003 未采纳")]


def test_rows_are_named_one_by_one_in_ranges_and_several_in_a_word() -> None:
    assert named(IDS, ["R2-003..R2-005", "R2-001、R2-004", "r2-8"]).value == (
        "R2-003", "R2-004", "R2-005", "R2-001", "R2-008",
    )  # fmt: skip
    assert named(IDS, ["R2-003..004", "R2-6…7"]).value == ("R2-003", "R2-004", "R2-006", "R2-007")


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("R2-099", "decide.unknown-row"),
        ("R2-001..R2-099", "decide.unknown-row"),
        ("R2-001..", "decide.range"),
        ("..R2-001", "decide.range"),
        ("R2-005..R2-003", "decide.range"),
        ("甲", "decide.unknown-row"),
    ],
)
def test_a_word_that_means_no_row_is_told(word: str, code: str) -> None:
    assert [issue.code for issue in named(IDS, [word, "R2-001"]).issues] == [code]


def test_a_range_leaves_out_what_is_to_be_named_alone() -> None:
    outcome = named(IDS, ["R2-003..R2-005", "R2-008"], {"R2-004", "R2-008"})
    assert outcome.value == ("R2-003", "R2-005", "R2-008")
    assert [(issue.code, issue.facts["rows"]) for issue in outcome.issues] == [("decide.left-out", "R2-004")]
    assert named(IDS, ["R2-003..R2-005", "R2-004"], {"R2-004"}).issues == ()


def test_what_no_paper_counts_is_told_when_it_is_decided() -> None:
    waiting = replace(TEXT, id="R2-009", kind=EVIDENCE, comment="待录入：a.pdf")
    outcome = decide("R2-004", "R2-006", "R2-009", wanted=Wanted(Decision.ADOPTED), rows=(waiting,))
    assert codes(outcome) == [
        ("decide.not-counted", "R2-004、R2-006"),
        ("decide.not-typed-up", "R2-009"),
        ("decide.alike-left", "R2-001、R2-003"),
    ]
    assert "decide.not-counted" not in [
        code for code, _ in codes(decide("R2-004", wanted=Wanted(Decision.OPEN)))
    ]


def test_a_range_stays_in_its_round() -> None:
    assert [issue.code for issue in named(["R1-001", "R2-001"], ["R1-001..R2-001"]).issues] == [
        "decide.range"
    ]


def test_opinions_are_those_decided_and_those_open() -> None:
    counts = counted(ROWS)
    assert counts == Counts(opinions=6, adopted=1, partly=0, rejected=1, open=4, withdrawn=1, answers=1)
    assert counts.opinions == counts.adopted + counts.partly + counts.rejected + counts.open
