"""Adopted rows in changed sources, on fewer copies than `python -m tests.harness.applying` makes."""

from pathlib import Path

import pytest

from tests.harness.applying import Case, Tally, changed, suggested, unchanged


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return Case.of(tmp_path_factory.mktemp("applying") / "workspace")


def test_with_unchanged_sources_it_is_as_collecting_applies(case: Case, tmp_path: Path) -> None:
    tally = Tally()
    for edits in case.copies(4, 7):
        unchanged(case, edits, tmp_path / "scratch", tally)
    assert tally.wrong == []
    assert tally.counts["applied"] > 30


def test_while_writers_write_nothing_is_lost_and_nothing_wrong_is_written(case: Case, tmp_path: Path) -> None:
    tally = Tally()
    for number, edits in enumerate(case.copies(6, 8)):
        changed(case, edits, tmp_path / "scratch", number, tally)
    assert tally.wrong == []
    assert tally.counts["applied"] > 40
    assert tally.counts["git: the same"] >= 2


def test_a_suggestion_that_is_accepted_is_what_would_have_been_written(case: Case, tmp_path: Path) -> None:
    tally = Tally()
    for edits in case.copies(4, 21):
        suggested(case, edits, tmp_path / "scratch", tally)
    assert tally.wrong == []
    assert tally.counts["suggested"] > 20
