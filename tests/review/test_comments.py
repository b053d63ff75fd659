"""Comments as remarks: at their words wherever these stand, in threads, with what is known of who and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from drafter.picture.model import Change, Comment, Picture, Position, Revision, Run
from drafter.review.account import account
from drafter.review.match import match
from drafter.review.remarks import Confidence, InData, InSource, Remark, Unlocated
from tests.review.rig import Desk, drafts, picture

Maker = Callable[[str], Desk]
BODY = "甲段**粗体**有{{ 县区.东岭县.床位 }}，文字。[^1]\n\n乙段文字在这里。\n\n| 名称 | 床位 |\n|---|---|\n| 子项 | 丑项 |\n\n[^1]: 注的话。\n"
WHEN = "2021-01-20T09:00:00Z"


def at(made: Desk, words: str) -> int:
    return next(i for i, anchor in enumerate(made.issued) if anchor.text.startswith(words))


def on(
    number: str, start: tuple[int, int], end: tuple[int, int], words: str = "请核", **more: object
) -> Comment:
    made = Comment(number, "张三", WHEN, words, Position(*start), Position(*end))
    return replace(made, **more)  # type: ignore[arg-type]


def found(made: Desk, whole: Picture) -> list[Remark]:
    outcome = match(made.record, whole)
    assert outcome.issues == ()
    remarks = list(outcome.value or ())
    balance = account(whole, remarks)
    assert (balance.missing, balance.repeated) == (frozenset(), frozenset())
    return remarks


def source(made: Desk, remark: Remark) -> str:
    assert isinstance(remark.target, InSource)
    place = remark.target.slice
    return made.sources[place.path].text[place.start : place.end]


def test_a_comment_in_a_cell_in_a_note_and_on_several_cells(desk: Maker) -> None:
    made = desk(BODY)
    cell, note = at(made, "子项"), at(made, "注的话")
    comments = (
        on("1", (cell, 0), (cell, 1)),
        on("2", (note, 0), (note, 3)),
        on("3", (cell, 0), (cell + 1, 2)),
    )
    one, several, last = found(made, replace(picture(drafts(made.issued)), comments=comments))
    assert (one.original, source(made, one), one.anchor, one.confidence) == (
        "子",
        "子",
        cell,
        Confidence.SURE,
    )
    assert (several.original, source(made, several), several.anchor) == ("子项\n丑项", "子项", cell)
    assert (last.original, source(made, last), last.anchor) == ("注的话", "注的话", note)


def test_ranges_that_overlap_stand_within_one_another_or_are_points(desk: Maker) -> None:
    made = desk(BODY)
    index = at(made, "乙段")
    comments = (
        on("1", (index, 0), (index, 4)),
        on("2", (index, 2), (index, 6)),
        on("3", (index, 2), (index, 4)),
        on("4", (index, 3), (index, 3)),
        on("5", (index, 8), (index, 8)),
    )
    remarks = found(made, replace(picture(drafts(made.issued)), comments=comments))
    assert [(each.original, source(made, each)) for each in remarks] == [
        ("乙段文字", "乙段文字"),
        ("文字在这", "文字在这"),
        ("文字", "文字"),
        ("", ""),
        ("", ""),
    ]
    assert {(each.anchor, each.confidence) for each in remarks} == {(index, Confidence.SURE)}


def test_a_comment_across_paragraphs_is_at_its_first(desk: Maker) -> None:
    made = desk(BODY)
    first, last = at(made, "甲段"), at(made, "乙段")
    (remark,) = found(made, replace(picture(drafts(made.issued)), comments=(on("1", (first, 2), (last, 2)),)))
    assert remark.original.splitlines()[-1] == "乙段"
    assert (remark.anchor, source(made, remark).partition("\n")[0][:2]) == (first, "粗体")


def test_a_comment_inside_an_insertion_a_deletion_and_over_both(desk: Maker) -> None:
    made = desk(BODY)
    index = at(made, "乙段")
    new = (Revision("1", Change.INSERTED, "李四", WHEN),)
    gone = (Revision("2", Change.DELETED, "李四", WHEN),)
    returned = drafts(made.issued)
    returned[index].runs = [Run("乙段"), Run("新增的", new), Run("文字", gone), Run("在这里。")]
    comments = (
        on("1", (index, 3), (index, 4)),
        on("2", (index, 5), (index, 7)),
        on("3", (index, 1), (index, 8)),
    )
    remarks = [each for each in found(made, replace(picture(returned), comments=comments)) if each.comment]
    assert [(each.original, source(made, each), each.confidence) for each in remarks] == [
        ("增", "", Confidence.LIKELY),
        ("文字", "文字", Confidence.SURE),
        ("段新增的文字在", "段文字在", Confidence.SURE),
    ]


def test_threads_keep_their_order_and_their_state(desk: Maker) -> None:
    made = desk(BODY)
    index, first = at(made, "乙段"), at(made, "甲段")
    late, later = "2021-01-22T09:00:00Z", "2021-01-23T09:00:00Z"
    span = ((index, 0), (index, 2))
    comments = (
        on("9", *span, "再答", parent="3", date=later, resolved=True),
        on("8", (index, 1), (index, 2), "另一条"),
        on("3", *span, "问", resolved=True),
        on("5", *span, "答", parent="3", date=late, resolved=True),
        on("1", (first, 0), (first, 2), "前面的"),
        on("6", *span, "答谁", parent="77"),
    )
    remarks = found(made, replace(picture(drafts(made.issued)), comments=comments))
    assert [(each.id, each.comment, each.parent, each.resolved) for each in remarks] == [
        ("r1", "前面的", "", False),
        ("r2", "另一条", "", False),
        ("r3", "问", "", True),
        ("r4", "答", "r3", True),
        ("r5", "再答", "r3", True),
        ("r6", "答谁", "", False),
    ]


def test_comments_that_answer_one_another_in_a_ring_are_each_told(desk: Maker) -> None:
    made = desk(BODY)
    index = at(made, "乙段")
    comments = tuple(
        on(str(n), (index, 0), (index, 2), parent=str((n + 1) % 3000), date=f"2021-01-20T09:{n % 60:02}:00Z")
        for n in range(3000)
    )
    assert len(found(made, replace(picture(drafts(made.issued)), comments=comments))) == 3000


@pytest.mark.parametrize("date", ["", "0-00-00T00:00:00Z", "昨天", "2021-13-01T00:00:00Z", "2021-00-10"])
def test_absent_authors_and_dates_that_are_none(desk: Maker, date: str) -> None:
    made = desk(BODY)
    index = at(made, "乙段")
    returned = drafts(made.issued)
    returned[index].runs = [
        Run("乙段"),
        Run("文", (Revision("1", Change.DELETED, "", date),)),
        Run("字在这里。"),
    ]
    whole = replace(
        picture(returned), comments=(on("1", (index, 0), (index, 2), author="", date=date, text=""),)
    )
    deleted, comment = found(made, whole)
    assert (deleted.author, deleted.date, deleted.original) == ("", "", "文")
    assert (comment.author, comment.date, comment.comment, comment.original) == ("", "", "", "乙段")


def test_a_comment_without_a_range_or_far_from_anything_issued(desk: Maker) -> None:
    made = desk(BODY)
    whole = picture(drafts(made.issued))
    lost = Comment("1", "张三", WHEN, "范围没了", None, None)
    (remark,) = found(made, replace(whole, comments=(lost,)))
    assert remark.target == Unlocated("review.no-range")


def test_a_picture_in_a_comment_is_said(desk: Maker) -> None:
    made = desk(BODY)
    index = at(made, "甲段")
    comments = (on("1", (index, 5), (index, 11), "见图\ufffc"),)
    (remark,) = found(made, replace(picture(drafts(made.issued)), comments=comments))
    assert remark.comment == "见图［图］"
    assert isinstance(remark.target, InData)
