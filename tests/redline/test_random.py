"""Random edits of random documents: accepted they are the new one, rejected the old one; read by us, by the picture, by the linter."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafter.picture.model import View
from drafter.redline import redline
from drafter.redline.tokens import steps, tokens
from tests.redline.making import SETTINGS, compared, faults, paragraphs
from tests.redline.randomly import DOCUMENTS, WORDS, Block, edited, written

_SLOW = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@given(edited())
@_SLOW
def test_accepting_gives_the_new_document_and_rejecting_the_old_one(
    pair: tuple[list[Block], list[Block]],
) -> None:
    old, new = map(written, pair)
    made = compared(old, new)
    assert paragraphs(made.data, View.ACCEPTED) == paragraphs(new, View.ACCEPTED)
    assert paragraphs(made.data, View.ORIGINAL) == paragraphs(old, View.ACCEPTED)
    assert faults(made.data, old, new) == []


@given(DOCUMENTS, DOCUMENTS)
@_SLOW
def test_documents_that_have_nothing_to_do_with_each_other_are_compared_all_the_same(
    one: list[Block], other: list[Block]
) -> None:
    compared(written(one), written(other))


@given(edited())
@settings(_SLOW, max_examples=20)
def test_the_same_files_give_the_same_bytes(pair: tuple[list[Block], list[Block]]) -> None:
    old, new = map(written, pair)
    assert redline(old, new, SETTINGS) == redline(old, new, SETTINGS)


@given(DOCUMENTS)
@settings(_SLOW, max_examples=30)
def test_a_file_and_itself_do_not_differ(blocks: list[Block]) -> None:
    made = compared(written(blocks), written(blocks))
    assert made.same
    assert made.changes == ()


@given(WORDS, WORDS)
@settings(max_examples=500)
def test_steps_cover_both_texts_and_keep_no_single_character_between_changes(old: str, new: str) -> None:
    found = steps(old, new, lambda _, token: token, lambda _, token: token)
    assert "".join(old[step.a : step.b] for step in found) == old
    assert "".join(new[step.c : step.d] for step in found) == new
    for number, step in enumerate(found):
        if step.kept:
            assert old[step.a : step.b] == new[step.c : step.d]
            assert step.b - step.a > 1 or number in (0, len(found) - 1)


@given(st.text())
def test_the_tokens_of_a_text_are_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text
