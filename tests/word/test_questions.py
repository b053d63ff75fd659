"""Open questions of the writers: tracked changes and comments of the issued file, and no remark of anybody."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from lxml import etree

from drafter.picture.model import View
from tests.actions.workspace import W, commented, packed, parts, silently, tracked
from tests.word.reading_back import found
from tests.word.road import Road, shown

TEXT = """\
完善{++城乡**统筹**的++}社会{--救助--}制度，{~~推行~>实行~~}{>>哪个准？<<}分级管理{==，逐步==}{>>何时？<<}推开。

1. {++整项都是新的。++}
2. 到2025年{--达到{{ 指标.养老床位[2025] }}--}，全市建成。{>>再想想<<}

见@tbl:facilities。

::: table 设施表 {#tbl:facilities}
:::
"""
Change = Callable[[bytes, str, str], bytes]


def settled(data: bytes, *, accept: bool) -> bytes:
    """All tracked changes accepted, or all rejected, as Word does it."""
    files = parts(data)
    tree = etree.fromstring(files["word/document.xml"])
    for tag, keeps in (("ins", accept), ("del", not accept)):
        for mark in list(tree.iter(f"{{{W}}}{tag}")):
            parent = mark.getparent()
            assert parent is not None
            at = parent.index(mark)
            for run in list(mark) if keeps else ():
                for text in run.iter(f"{{{W}}}delText"):
                    text.tag = f"{{{W}}}t"
                parent.insert(at, run)
                at += 1
            parent.remove(mark)
    files["word/document.xml"] = etree.tostring(tree)
    return packed(files)


def test_questions_are_tracked_changes_and_comments(road: Road) -> None:
    road.put(TEXT)
    data = road.built()
    assert shown(data)[:3] == [
        "完善城乡统筹的社会制度，实行分级管理，逐步推开。",
        "整项都是新的。",
        "到2025年，全市建成。",
    ]
    assert shown(data, View.ORIGINAL)[:3] == [
        "完善社会救助制度，推行分级管理，逐步推开。",
        "",
        "到2025年达到800张，全市建成。",
    ]
    assert set(found(data, "//w:ins/@w:author | //w:del/@w:author")) == {"养老科"}
    assert set(found(data, "//w:ins/@w:date | //w:del/@w:date")) == {"2021-08-20T00:00:00Z"}
    comments = etree.fromstring(parts(data)["word/comments.xml"])
    assert ["".join(map(str, each.itertext())) for each in comments] == ["哪个准？", "何时？", "再想想"]


@pytest.mark.parametrize("change", [silently, tracked])
@pytest.mark.parametrize(("old", "new"), [("分级管理", "分类管理"), ("全市", "全县")])
def test_an_edit_beside_a_question_comes_home(road: Road, change: Change, old: str, new: str) -> None:
    road.put(TEXT)
    assert road.applied(change(road.built(), old, new)) == [("applied", "")]
    assert road.text == TEXT.replace(old, new)


def test_a_comment_of_a_reviewer_is_a_remark_and_ours_are_not(road: Road) -> None:
    road.put(TEXT.replace("{>>哪个准？<<}", "").replace("{>>何时？<<}", "").replace("{>>再想想<<}", ""))
    (remark,) = road.remarks(commented(road.built(), "分级管理", "建议细化"))
    assert (remark["comment"], remark["original"]) == ("建议细化", "分级管理")


def test_all_rejected_is_what_was_issued(road: Road) -> None:
    road.put(TEXT)
    assert road.remarks(settled(road.built(), accept=False)) == []


def test_what_a_reviewer_accepts_is_a_remark_and_written_back_only_where_it_is_certain(road: Road) -> None:
    road.put(TEXT)
    data = settled(road.built(), accept=True)
    remarks = road.remarks(data)
    assert {remark["proposed"] for remark in remarks} >= {"城乡统筹的", "整项都是新的。"}
    results = road.applied(data)
    assert ("open", "review.question") in results
    assert "{++城乡**统筹**的++}" in road.text
    assert "{++整项都是新的。++}" in road.text


def test_a_reviewer_who_strikes_out_what_we_propose_is_heard(road: Road) -> None:
    road.put("甲{++乙丙++}丁\n\n见@tbl:facilities。\n\n::: table 设施表 {#tbl:facilities}\n:::\n")
    files = parts(road.built())
    tree = etree.fromstring(files["word/document.xml"])
    (ours,) = tree.iter(f"{{{W}}}ins")
    (run,) = ours
    gone = etree.SubElement(ours, f"{{{W}}}del", {f"{{{W}}}id": "7", f"{{{W}}}author": "王五"})
    gone.append(run)
    for text in run.iter(f"{{{W}}}t"):
        text.tag = f"{{{W}}}delText"
    files["word/document.xml"] = etree.tostring(tree)
    (remark,) = road.remarks(packed(files))
    assert (remark["author"], remark["original"], remark["kind"]) == ("王五", "乙丙", "deletion")


def test_from_the_next_stage_on_each_question_is_warned_of(road: Road) -> None:
    road.put(TEXT)
    assert road.said(code=0) == []
    places = []
    for number, line in enumerate(TEXT.split("\n"), 1):
        # a comment on what is marked is no question of its own
        signs = re.finditer(r"\{(?:\+\+|--|~~|==)|(?<!\})\{>>", line)
        places += [f"{number}:{sign.start() + 1} document.critic-open" for sign in signs]
    assert road.said("--stage", "征求意见稿", code=0) == places


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("甲{++乙\n", "1:2 document.critic-unclosed"),
        ("甲{++乙@tbl:facilities++}\n", "1:2 document.critic-content"),
        ("甲[^1]\n\n[^1]: 乙{>>丙<<}\n", "3:8 document.critic-in-note"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(road: Road, text: str, said: str) -> None:
    road.put(text + "\n见@tbl:facilities。\n\n::: table 设施表 {#tbl:facilities}\n:::\n")
    assert said in road.said()
