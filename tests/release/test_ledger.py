from dataclasses import replace
from typing import Any

import pytest

from drafter.release.ledger import HEAD, Ledger, added, altered, entry_after, loaded, of_plan


def ledger(count: int = 3) -> Ledger:
    made = Ledger()
    for number in range(count):
        entry = entry_after(
            made,
            f"p{number % 2}",
            f"v{number}",
            "征求意见稿",
            "2021-01-15T09:30:00+08:00",
            b"manifest %d" % number,
        )
        made = added(made, entry)
    return made


def test_a_ledger_is_read_as_it_was_written_and_is_true() -> None:
    written = ledger()
    outcome = loaded(written.text.encode())
    assert outcome.issues == ()
    assert outcome.value == written
    assert list(altered(written.entries)) == []


def test_each_entry_carries_the_hash_of_the_one_before() -> None:
    entries = ledger().entries
    assert [entry.previous for entry in entries] == ["", entries[0].hash, entries[1].hash]
    assert ledger().head == entries[2].hash


def test_an_entry_that_is_added_leaves_what_was_there_to_the_letter() -> None:
    before = replace(ledger(1), text=ledger(1).text + "# 手写的注\n")
    after = added(before, entry_after(before, "p", "v9", "送审稿", "now", b""))
    assert after.text.startswith(before.text)
    assert loaded(after.text.encode()).value == after


@pytest.mark.parametrize("field", ["plan", "version", "stage", "issued", "manifest", "previous"])
def test_a_changed_field_is_found(field: str) -> None:
    entries = list(ledger().entries)
    fields: dict[str, Any] = {field: "x"}
    entries[1] = replace(entries[1], **fields)
    assert [(each.code, each.facts["number"]) for each in altered(entries)] == [
        ("release.ledger-altered", "2")
    ]


def test_an_entry_taken_out_or_put_in_elsewhere_breaks_the_chain() -> None:
    one, two, three = ledger().entries
    assert [each.code for each in altered([one, three])] == ["release.ledger-broken"]
    assert [each.code for each in altered([two, one, three])] == ["release.ledger-broken"] * 3


def test_an_entry_rewritten_with_its_hash_is_found_by_the_next() -> None:
    one, two, three = ledger().entries
    forged = entry_after(Ledger((one,)), two.plan, two.version, "送审稿", two.issued, b"other")
    assert [(each.code, each.facts["number"]) for each in altered([one, forged, three])] == [
        ("release.ledger-broken", "3")
    ]


def test_an_empty_ledger_and_a_broken_one() -> None:
    assert loaded(HEAD.encode()).value == Ledger()
    for data in (b"\xff", b"- [", b"plan: p145\n", b"- {number: 1}\n"):
        outcome = loaded(data)
        assert outcome.value is None
        assert outcome.issues


def test_the_entries_of_one_plan() -> None:
    assert [entry.version for entry in of_plan(ledger().entries, "p0")] == ["v0", "v2"]
