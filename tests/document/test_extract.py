"""What an extract takes of a plan, and what it says of the rest."""

from pathlib import Path

import pytest

from drafter.actions.composing import Composed, Composer, loaded
from drafter.actions.settings import settings_for
from drafter.document.tree import Box, CrossReference, Document, Heading, ListBlock, NoteReference, Text
from drafter.document.walk import blocks, lines
from drafter.source.origins import Generated
from tests.workspace.extracts import EXTRACT, FIRST, SECOND, write


def composed(root: Path) -> tuple[Composed, list[str]]:
    workspace, found = loaded(root)
    plan = workspace.plans["x1"]
    settings = settings_for(workspace, plan, None, None, internal=False, public=False)
    made = Composer(workspace).composed(plan, settings)
    assert made.value is not None
    return made.value, [issue.code for issue in (*found, *made.issues)]


def said(document: Document, kind: type | None = None) -> list[str]:
    """What each line prints, `@` for a reference and `^` for a note."""
    out = []
    for block in blocks(document.blocks):
        for line in lines(block) if kind is None or isinstance(block, kind) else ():
            texts = [
                inline.mapped.text
                if isinstance(inline, Text)
                else f"@{inline.target}"
                if isinstance(inline, CrossReference)
                else "^"
                for inline in line.inlines
            ]
            out.append("".join(texts))
    return out


def test_a_whole_fragment_and_marked_passages_are_taken_under_their_titles(tmp_path: Path) -> None:
    made, codes = composed(write(tmp_path))
    assert codes == []
    assert said(made.document) == [
        "总体要求",
        "指导思想",
        "坚持以人民为中心（见@box:goals，分工见《规划》表1）。^",
        "具体目标",
        "一是保障。",
        "目标",
        "护理型占比达到55.0%。",
        "主要任务",
        "养老服务",
        "全市床位达到800张（见《规划》第二章第一节第一部分）。^",
        "政府主导。",
        "重点项目建设。",
        "社会参与。",
    ]


def test_titles_with_nothing_under_them_and_a_fragments_own_headings_are_left_out(tmp_path: Path) -> None:
    headings = said(composed(write(tmp_path))[0].document, Heading)
    assert headings == ["总体要求", "指导思想", "具体目标", "主要任务", "养老服务"]


def test_labels_are_those_of_the_extracts_own_scheme(tmp_path: Path) -> None:
    made, _ = composed(write(tmp_path))
    labels = [
        made.numbering.labels[block.id].label
        for block in blocks(made.document.blocks)
        if isinstance(block, Heading | Box)
    ]
    assert labels == ["一、", "（一）", "1.", "专栏1", "二、", "（一）"]


def test_items_that_have_come_together_are_one_list_from_one(tmp_path: Path) -> None:
    (found,) = [b for b in composed(write(tmp_path))[0].document.blocks[-2:] if isinstance(b, ListBlock)]
    assert (found.ordered, found.start, len(found.items)) == (True, 1, 3)


def test_only_the_footnotes_of_what_is_taken_are_there(tmp_path: Path) -> None:
    document = composed(write(tmp_path))[0].document
    marks = [
        inline.note
        for block in blocks(document.blocks)
        for line in lines(block)
        for inline in line.inlines
        if isinstance(inline, NoteReference)
    ]
    assert sorted(document.notes) == sorted(marks)
    assert len(marks) == 2


def test_a_reference_out_of_the_extract_keeps_the_place_that_made_it(tmp_path: Path) -> None:
    document = composed(write(tmp_path))[0].document
    (piece,) = [
        piece
        for block in blocks(document.blocks)
        for line in lines(block)
        for inline in line.inlines
        if isinstance(inline, Text) and inline.mapped.text == "《规划》表1"
        for piece in inline.mapped.pieces
    ]
    assert isinstance(piece.origin, Generated)
    assert piece.origin.expression is not None
    text = (tmp_path / FIRST).read_text("utf-8")
    assert text[piece.origin.expression.start : piece.origin.expression.end] == "@tbl:duties"


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("（见@sec:tasks）", "（见@sec:task）", ["refs.unknown-target"]),
        ("没有标记的一段。", "没有标记的一段{{ 指标.没有 }}。", ["merge.undefined"]),
    ],
)
def test_what_is_wrong_in_a_fragment_that_gives_something_is_said(
    tmp_path: Path, old: str, new: str, codes: list[str]
) -> None:
    assert composed(write(tmp_path, {SECOND: (old, new)}))[1] == codes


def test_what_is_wrong_elsewhere_is_no_matter_of_the_extract(tmp_path: Path) -> None:
    rest = "sections/p1/03.md"
    assert composed(write(tmp_path, {rest: ("尚未摘出。", "{{ 指标.没有 }}")}))[1] == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("of: p1", "of: p2", "workspace.extract-of"),
        ("of: p1", "of: x1", "workspace.extract-of"),
        ("limit: 400}", "limit: 400}\noutline: []", "workspace.extract-outline"),
        ("  extract: {of: p1, mark: 纲要, limit: 400}\n", "", "workspace.missing-key"),
        (", mark: 纲要", "", "workspace.missing-key"),
    ],
)
def test_a_plan_file_that_does_not_say_what_it_takes_is_wrong(
    tmp_path: Path, old: str, new: str, code: str
) -> None:
    _, found = loaded(write(tmp_path, {EXTRACT: (old, new)}))
    assert [issue.code for issue in found] == [code]


def test_an_extract_without_dates_goes_with_its_plan(tmp_path: Path) -> None:
    workspace, _ = loaded(write(tmp_path, {EXTRACT: ("  stage: 征求意见稿\n", "")}))
    plans = [workspace.plans[name] for name in ("p1", "x1")]
    first, second = (
        settings_for(workspace, plan, None, None, internal=False, public=False) for plan in plans
    )
    assert first == second
