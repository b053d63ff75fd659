"""A few of the cases that `python -m tests.fuzz` makes by the thousand; and each kind of fault, made on purpose, is found."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from drafter.actions.registering import Registering
from drafter.opinions import files
from tests.fuzz import running as runs
from tests.fuzz.material import collections, copies
from tests.fuzz.registers import Registers
from tests.fuzz.running import Running

FAULTS = 40


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DRAFTER_MESSAGES", "strict")
        yield Running(tmp_path_factory.mktemp("fuzz"), 5)


def test_spoilt_files_are_read_or_refused_and_nothing_is_lost(running: Running) -> None:
    cases = [running.case(number) for number in range(FAULTS)]
    assert [(case.number, case.name, case.faults) for case in cases if case.faults] == []
    assert len({case.data for case in cases}) > FAULTS * 0.9


def test_files_as_they_came_have_no_faults(running: Running) -> None:
    for name, data in running.material.items():
        assert tuple(running.judged(name, data, after=name in {"很多.docx", "表.xlsx"})) == (), name


def test_a_case_is_the_same_again(running: Running) -> None:
    assert running.case(3).data == running.case(3).data


def broken(name: str) -> Callable[..., object]:
    def fail(*_: object, **__: object) -> object:
        raise KeyError(name)

    return fail


def test_an_exception_is_found(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "open_workbook", broken("甲"))
    (fault,) = running.judged("表.xlsx", running.material["表.xlsx"])
    assert "KeyError" in fault


def test_what_takes_too_long_is_found(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "LIMIT", 1)
    monkeypatch.setattr(files, "open_workbook", lambda *_: time.sleep(5))
    (fault,) = running.judged("表.xlsx", running.material["表.xlsx"])
    assert "TooLong" in fault


def test_what_takes_too_much_room_is_found(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "open_workbook", lambda *_: bytes(runs.ROOM + 1))
    (fault,) = running.judged("表.xlsx", running.material["表.xlsx"])
    assert "MemoryError" in fault


def test_a_comment_that_is_in_no_row_is_found(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Registering.answer

    def forgetful(self: Registering, key: Any, item: Any, brought: Any, how: str = "") -> object:
        rows = tuple(replace(row, comment=row.comment.replace("怎么落实？", "")) for row in brought.rows)
        return real(self, key, item, replace(brought, rows=rows), how)

    monkeypatch.setattr(Registering, "answer", forgetful)
    assert any("lost comment" in each for each in running.judged("批注.docx", running.material["批注.docx"]))


def test_a_file_that_is_written_where_it_does_not_belong_is_found(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Registering.finish

    def untidy(self: Registering) -> None:
        (self.root / "data/甲.txt").write_text("甲", "utf-8")
        real(self)

    monkeypatch.setattr(Registering, "finish", untidy)
    assert "changed: data/甲.txt" in tuple(running.judged("稿.docx", running.material["稿.docx"]))


def test_word_files_below_a_folder_are_taken_as_they_are(running: Running, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/稿.docx").write_bytes(copies(running.root)["市财政局"])
    (tmp_path / "a/稿.txt").write_bytes(b"1")
    assert list(collections(tmp_path)) == ["a_稿.docx"]


def test_registers_edited_wrong_by_hand_break_no_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DRAFTER_MESSAGES", "strict")
    registers = Registers(tmp_path, 5)
    assert tuple(registers.judged(registers.text)) == ()
    assert [found for found in map(registers.case, range(FAULTS)) if found[1]] == []


def test_a_register_that_breaks_a_command_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    registers = Registers(tmp_path, 5)
    monkeypatch.setattr("drafter.rounds.reading.RegisterFile.RECORD", None)
    assert any("Traceback" in fault for fault in registers.judged(registers.text))
