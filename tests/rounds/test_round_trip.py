"""Whatever a register says: handed out and taken back untouched, nothing changes; filled in, it says what was filled in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafter.ooxml.xml import unwritable
from drafter.rounds import excel, word
from drafter.rounds.becoming import Who
from drafter.rounds.filled import filled
from drafter.rounds.model import Decision, Register, Row
from drafter.rounds.sheet import Handout, lines, same
from drafter.rounds.taking import Taken, taken
from drafter.word.frames import register_frame
from drafter.word.grids import Framed
from tests.rounds.registers import ROWS, TEXTS, numbered, rounds

WHO = Who("李四", "2021-02-08")
FORMS = pytest.mark.parametrize("form", ["xlsx", "docx"])
EXAMPLES = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def registers(draw: st.DrawFn) -> Register:
    rows = [replace(row, applied=()) for row in draw(st.lists(ROWS, min_size=1, max_size=3))]
    return Register(draw(rounds()), rows=numbered(rows, list(range(1, len(rows) + 1))))


def handed_out(register: Register, form: str) -> bytes:
    handout = Handout("p1", "R2", "意见办理表", ("共几条。",), lines(register, register.rows))
    if form == "xlsx":
        return excel.workbook(handout, (), "")
    made = word.document(handout, Framed(register_frame(), "templates/register.docx", {"名称": "规划"})).value
    assert made is not None
    return made


def taken_back(data: bytes, form: str, rows: tuple[Row, ...]) -> Taken:
    outcome = filled(data, f"a.{form}")
    assert outcome.issues == ()
    assert outcome.value is not None
    return taken("p1", rows, [outcome.value], (), WHO)


@FORMS
@EXAMPLES
@given(register=registers())
def test_untouched_nothing_changes(form: str, register: Register) -> None:
    found = taken_back(handed_out(register, form), form, register.rows)
    assert found.issues == ()
    assert dict(found.rows) == {}
    assert found.same == len(register.rows)


SAYABLE = TEXTS.filter(lambda text: bool(same(text)) and not unwritable(text) and "{" not in text)


@FORMS
@EXAMPLES
@given(register=registers(), reason=SAYABLE, contact=SAYABLE)
def test_filled_in_it_says_what_was_filled_in(
    form: str, register: Register, reason: str, contact: str
) -> None:
    """The same file as the register would be handed out with after it was decided, but with the stamps of before."""
    before = tuple(replace(row, decision=Decision.OPEN, adopted="", reason="", contact="", by="", on="") for row in register.rows)  # fmt: skip
    after = tuple(replace(row, decision=Decision.REJECTED, reason=reason, contact=contact, by="王五") for row in before)  # fmt: skip
    data = handed_out(replace(register, rows=after), form)
    outcome = filled(data, f"a.{form}")
    old = filled(handed_out(replace(register, rows=before), form), f"a.{form}")
    assert outcome.value is not None
    assert old.value is not None
    found = taken("p1", before, [replace(outcome.value, stamps=old.value.stamps)], (), WHO)
    assert found.issues == ()
    for row in after:
        new = found.rows[row.id]
        assert (new.decision, new.by, new.on) == (Decision.REJECTED, "王五", "2021-02-08")
        assert same(new.reason) == same(reason)
        assert same(new.contact) == same(contact)
