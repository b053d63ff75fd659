"""What was put into a file is found again, and taking all of it back gives the file as it was."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from drafter.review.remarks import SliceEdit
from drafter.rounds.footprints import back, footprints, marks, moved
from drafter.source.edits import patched
from drafter.source.files import Source
from drafter.source.origins import SourceSlice

PATH = "sections/a.md"
TEXTS = st.text("甲乙丙丁，。\n- ", max_size=40)


def source(text: str) -> Source:
    return Source(PATH, text, hashlib.sha256(text.encode()).hexdigest())


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[SliceEdit]]:
    text = draw(TEXTS)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    edits = [SliceEdit(SourceSlice(PATH, a, b), draw(st.text("新旧，。\n", max_size=4))) for a, b in pairs]
    return text, edits


@given(edited())
def test_taking_everything_back_restores_the_file(case: tuple[str, list[SliceEdit]]) -> None:
    text, edits = case
    after, found = marks(text, edits)
    assert after == patched(source(text), [(PATH, e.slice.start, e.slice.end, e.text) for e in edits]).text
    kept = footprints(source(after), found, "2021-09-01T09:00:00Z")
    assert all(
        mark.was == text[edit.slice.start : edit.slice.end] for mark, edit in zip(found, edits, strict=True)
    )
    backs = [back(each, source(after)) for each in kept]
    assert not any(each.obstacle for each in backs)
    restored = patched(source(after), [each.edit for each in backs if each.edit])
    assert restored.text == text


@given(edited(), st.text("子丑寅卯\n", min_size=1, max_size=6))
def test_in_a_changed_file_the_words_are_found_where_they_stand_alone(
    case: tuple[str, list[SliceEdit]], more: str
) -> None:
    text, edits = case
    after, found = marks(text, edits)
    kept = footprints(source(after), found, "")
    now = source(f"{more}\n{after}")
    for each, mark in zip(kept, found, strict=True):
        told = back(each, now)
        if told.edit is None:
            assert told.obstacle in {"apply.not-there", "apply.not-alone"} or each.was == each.now
            continue
        start, end = told.edit[1], told.edit[2]
        assert now.text[start:end] == each.now
        assert start <= mark.start + len(more) + 1 <= end


@given(edited(), st.integers(0, 60), st.text("后来", min_size=1, max_size=3))
def test_marks_move_with_later_edits_before_them(
    case: tuple[str, list[SliceEdit]], at: int, words: str
) -> None:
    text, edits = case
    after, found = marks(text, edits)
    at = min(at, len(after))
    if any(mark.start < at < mark.end for mark in found):
        return
    final, later = marks(after, [SliceEdit(SourceSlice(PATH, at, at), words)])
    for old, new in zip(found, moved(found, later), strict=True):
        assert final[new.start : new.end].replace(words, "") == after[old.start : old.end]


def test_a_file_that_is_gone_and_words_that_are_gone_are_told() -> None:
    after, found = marks("甲乙丙丁戊己。", [SliceEdit(SourceSlice(PATH, 2, 4), "新新")])
    (kept,) = footprints(source(after), found, "")
    assert (kept.line, kept.column, kept.was, kept.now) == (1, 1, "甲乙丙丁戊己。", "甲乙新新戊己。")
    assert back(kept, None).obstacle == "apply.file-gone"
    assert back(kept, source("别的话。")).obstacle == "apply.not-there"
    assert back(kept, source(f"{after}\n{after}")).obstacle == "apply.not-alone"
