from drafter.rounds.model import Decision, Register, Round, RoundKind, Row


def _row(id_: str) -> Row:
    return Row(id_, "市财政局", "", "2021-01-28", "修订稿", "replacement")


def test_a_row_is_found_by_its_id_and_is_open_at_first() -> None:
    round_ = Round("R2", "p145", "v1", RoundKind.DEPARTMENTS, "书面征求意见", "2021-01-16", "2021-02-05", ())
    register = Register(round_, rows=(_row("R2-001"), _row("R2-002")))
    found = register.row("R2-002")
    assert found is not None
    assert found.decision is Decision.OPEN
    assert register.row("R2-003") is None
