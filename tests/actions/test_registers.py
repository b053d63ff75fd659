"""Rounds on disk: found, read, written, and what `check` and `schema` have to do with them."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from drafter.actions.registers import Registers
from drafter.review.remarks import Kind
from drafter.rounds.model import Decision, Register, Round, RoundKind, Row
from drafter.source.issues import Misnamed, Refused
from tests.actions.workspace import Desk

PATH = "data/rounds/p1/R1.yaml"


def register(id_: str = "R1", rows: int = 2) -> Register:
    round_ = Round(id_, "p1", "v1", RoundKind.EXPERTS, "专家论证", "2021-02-26", "2021-02-26", ())
    numbers = range(1, rows + 1)
    return Register(
        round_,
        rows=tuple(Row(f"{id_}-{n:03d}", "专家甲", "", "2021-02-26", "来函", Kind.COMMENT) for n in numbers),
    )


def decided(before: Register, decision: Decision = Decision.ADOPTED) -> Register:
    first, *others = before.rows
    return replace(before, rows=(replace(first, decision=decision), *others))


def codes(error: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [issue.code for issue in error.value.issues]


def test_rounds_are_found_in_order_and_their_rows_by_id(tmp_path: Path) -> None:
    registers = Registers(tmp_path)
    assert (registers.plans(), registers.ids("p1"), registers.of_plan("p1").value) == ((), (), ())
    for number in (2, 10, 1):
        registers.put(register(f"R{number}"))
    assert registers.ids("p1") == ("R1", "R2", "R10")
    held, row = registers.row("p1", "R10-002")
    assert (held.register, row) == (register("R10"), register("R10").rows[1])


@pytest.mark.parametrize("id_", ["R2", "../R1", ""])
def test_what_is_not_there_is_wrong_usage_with_the_nearest_name(tmp_path: Path, id_: str) -> None:
    registers = Registers(tmp_path)
    registers.put(register())
    with pytest.raises(Misnamed) as error:
        registers.named("p1", id_)
    assert codes(error) == ["rounds.unknown-round"]
    with pytest.raises(Misnamed) as error:
        registers.row("p1", f"{id_}-009")
    assert codes(error) == ["rounds.no-such-row"]


@pytest.mark.parametrize("id_", ["r1", "Ｒ1", " R1 "])
def test_a_round_is_known_however_its_letter_is_typed(tmp_path: Path, id_: str) -> None:
    registers = Registers(tmp_path)
    registers.put(register())
    assert registers.named("p1", id_).register == register()


def test_what_is_saved_is_read_again_and_comments_stay(tmp_path: Path) -> None:
    registers = Registers(tmp_path)
    registers.put(register())
    path = tmp_path / PATH
    path.write_bytes(
        path.read_bytes().replace(b"rows:", "rows:  # 张三来定".encode()).replace(b"\n", b"\r\n")
    )
    held = registers.named("p1", "R1")
    saved = registers.save(held, decided(held.register))
    assert registers.named("p1", "R1") == saved
    body = path.read_bytes()
    assert "# 张三来定".encode() in body
    assert body.count(b"\n") == body.count(b"\r\n")


def test_a_file_that_changed_meanwhile_is_left_as_it_is_and_the_others_too(tmp_path: Path) -> None:
    registers = Registers(tmp_path)
    registers.put(register())
    registers.put(register("R2"))
    one, two = registers.of_plan("p1").value or ()
    path = tmp_path / PATH
    path.write_bytes(path.read_bytes() + "# 又改了\n".encode())
    before = path.read_bytes(), (tmp_path / two.source.path).read_bytes()
    with pytest.raises(Refused) as error:
        registers.save_all(((two, decided(two.register)), (one, decided(one.register))))
    assert codes(error) == ["source.changed-meanwhile"]
    assert (path.read_bytes(), (tmp_path / two.source.path).read_bytes()) == before


def test_what_would_not_be_read_again_is_not_written(tmp_path: Path) -> None:
    registers = Registers(tmp_path)
    held = registers.put(register())
    before = (tmp_path / PATH).read_bytes()
    wrong = replace(held.register, rows=(*held.register.rows, replace(held.register.rows[0], id="R9-001")))
    with pytest.raises(Refused) as error:
        registers.save(held, wrong)
    assert codes(error) == ["rounds.foreign-row"]
    with pytest.raises(Refused) as error:
        registers.put(register())
    assert codes(error) == ["source.changed-meanwhile"]
    assert (tmp_path / PATH).read_bytes() == before


def test_only_one_process_holds_the_rounds(tmp_path: Path) -> None:
    registers = Registers(tmp_path)
    with registers.held(), pytest.raises(Refused) as error, Registers(tmp_path).held():
        pass
    assert codes(error) == ["source.locked"]


def test_one_wrong_round_does_not_hide_the_others_and_check_tells_it(desk: Desk) -> None:
    registers = Registers(desk.root)
    registers.put(register())
    registers.put(register("R2"))
    before = desk.said("check", code=0)
    path = desk.root / PATH
    path.write_text(path.read_text("utf-8").replace("kind: comment", "kind: 批注", 1), "utf-8")
    said = "data/rounds/p1/R1.yaml:17:11 workspace.choice"
    assert desk.said("check") == desk.said("check", "p1") == [*before, said]
    assert desk.said("check", PATH) == [said]
    assert [held.register.round.id for held in registers.of_plan("p1").value or ()] == ["R2"]


def test_the_file_has_a_schema(desk: Desk) -> None:
    assert desk.run("schema") == 0
    schema = json.loads((desk.root / "build/schema/round.schema.json").read_text("utf-8"))
    assert schema["title"] == "data/rounds/*/*.yaml"
    assert schema["required"] == ["round"]
