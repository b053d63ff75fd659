"""Every kind of edit leaves a file whose accepted text is what the edit says, for the harness's reader and for pandoc."""

from pathlib import Path

import pypandoc
import pytest

from tests.harness.edits import COMMENTS, QUIET, STRUCTURES, Edit, expected, perform
from tests.harness.issued import Issued
from tests.harness.maker import Maker
from tests.harness.package import OBJECT, accepted

KINDS = {
    "insert",
    "delete",
    "replace",
    "rewrite",
    "value",
    "contested",
    "start",
    "end",
    *STRUCTURES,
    *QUIET,
}


@pytest.fixture(scope="module")
def made(issued: Issued) -> dict[tuple[str, bool, int], Edit]:
    """Some edit of each kind, tracked and not, in both forms."""
    maker = Maker(issued.sites, issued.text, seed=3)
    return {(edit.kind, edit.tracked, edit.variant): edit for copy in maker.copies(3000) for edit in copy}


def test_the_maker_makes_every_kind_tracked_and_untracked(made: dict[tuple[str, bool, int], Edit]) -> None:
    for kind in KINDS:
        assert {tracked for known, tracked, _ in made if known == kind} == (
            {False} if kind in COMMENTS else {True} if kind == "contested" else {False, True}
        ), kind


def test_the_accepted_text_is_what_each_edit_says(
    issued: Issued, made: dict[tuple[str, bool, int], Edit]
) -> None:
    for edit in made.values():
        assert accepted(perform(issued.data, [edit])) == [
            each.said for each in expected(issued.text, [edit])
        ], edit


def test_many_edits_in_one_file_read_as_all_of_them_together(issued: Issued) -> None:
    for copy in Maker(issued.sites, issued.text, seed=4).copies(200):
        assert accepted(perform(issued.data, copy)) == [each.said for each in expected(issued.text, copy)]


# pandoc does not read row revisions, and shows what stands in a content entry or a field: it is asked for words in running text.
@pytest.mark.parametrize("kind", ["insert", "delete", "replace", "rewrite", "contested", "insert-paragraph", "delete-paragraph", "split", "merge", "move", "copy"])  # fmt: skip
def test_pandoc_accepts_the_same_text(
    issued: Issued, made: dict[tuple[str, bool, int], Edit], kind: str, tmp_path: Path
) -> None:
    for edit in [edit for (known, _, _), edit in made.items() if known == kind]:
        file = tmp_path / "edited.docx"
        file.write_bytes(perform(issued.data, [edit]))
        shown = pypandoc.convert_file(
            str(file), "plain", format="docx", extra_args=["--wrap=none", "--track-changes=accept"]
        )
        flat = "".join(shown.split())
        before = set(issued.text.paragraphs)
        for each in expected(issued.text, [edit]):
            if each.edits and each.said not in before and OBJECT not in each.said:
                assert "".join(each.said.split()) in flat, edit
        gone = [edit.said[op.start : op.end] for op in edit.operations if not op.new]
        if edit.kind == "delete-paragraph":
            assert "".join(gone[0].split()) not in flat


def test_a_new_paragraph_is_tracked_in_both_of_words_forms(
    issued: Issued, made: dict[tuple[str, bool, int], Edit]
) -> None:
    forms = [perform(issued.data, [made["insert-paragraph", True, variant]]) for variant in (0, 1)]
    assert all(accepted(form) for form in forms)
    assert {("insert-paragraph", True, 0), ("insert-paragraph", True, 1)} <= set(made)
