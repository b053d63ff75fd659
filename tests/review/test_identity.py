"""Names, ids, authors and dates that a file should not have but has: no traceback, and the right remarks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

import pytest

from drafter.picture.model import Change, Comment, Picture, Position, Revision, Run
from drafter.review.account import account
from drafter.review.match import match
from drafter.review.remarks import Kind, Remark
from tests.review.rig import Desk, Draft, drafts, picture

Maker = Callable[[str], Desk]
BODY = (
    "甲段的文字很长，说的是总体要求。\n\n乙段的文字也很长，说的是主要目标。\n\n丙段的文字同样长，说的是重点任务。\n\n"
    "| 名称 | 床位 |\n|---|---|\n| 子项 | 丑项 |\n| 寅项 | 卯项 |\n"
)
WHEN = "2021-01-20T09:00:00Z"


def found(made: Desk, whole: Picture) -> list[Remark]:
    outcome = match(made.record, whole)
    assert outcome.issues == ()
    remarks = list(outcome.value or ())
    balance = account(whole, remarks)
    assert (balance.missing, balance.repeated) == (frozenset(), frozenset())
    return remarks


def at(made: Desk, words: str) -> int:
    return next(i for i, anchor in enumerate(made.issued) if anchor.text.startswith(words))


# -- bookmarks ------------------------------------------------------------------------------------------------------------


def doubled(out: list[Draft]) -> None:
    """Each name a second time on the paragraph after it, as LibreOffice does where one was split."""
    for before, after in reversed(list(pairwise(out))):
        after.names += before.names


def gone(out: list[Draft]) -> None:
    for draft in out:
        draft.names = ()


def renamed(out: list[Draft]) -> None:
    """As LibreOffice names those of a pasted copy."""
    for draft in out:
        draft.names = tuple(f"{name}_Copy_1_Copy_2" for name in draft.names)


def shifted(out: list[Draft]) -> None:
    """Each name on the next paragraph: somebody typed before the bookmarks."""
    names = [draft.names for draft in out]
    for draft, other in zip(out, [(), *names], strict=False):
        draft.names = other


def heaped(out: list[Draft]) -> None:
    """All names on one paragraph."""
    every = tuple(name for draft in out for name in draft.names)
    gone(out)
    out[len(out) // 2].names = every


def strange(out: list[Draft]) -> None:
    for number, draft in enumerate(out):
        draft.names = (f"_pf_{number}zzz", "_GoBack", "", "OLE_LINK1", "_pf_", "_pf__Copy_1")


MESSES = (doubled, gone, renamed, shifted, heaped, strange)


@pytest.mark.parametrize("mess", MESSES)
def test_bookmarks_that_are_doubled_lost_renamed_or_moved_are_no_remark(
    desk: Maker, mess: Callable[[list[Draft]], None]
) -> None:
    made = desk(BODY)
    out = drafts(made.issued)
    mess(out)
    assert found(made, picture(out)) == []


@pytest.mark.parametrize("mess", MESSES)
def test_an_edit_beside_them_is_one_remark_at_its_words(
    desk: Maker, mess: Callable[[list[Draft]], None]
) -> None:
    made = desk(BODY)
    out = drafts(made.issued)
    index = at(made, "乙段")
    out[index].say("乙段的文字也很长，说的是发展目标。")
    mess(out)
    (remark,) = found(made, picture(out))
    assert (remark.kind, remark.original, remark.proposed, remark.anchor) == (
        Kind.REPLACEMENT,
        "主要",
        "发展",
        index,
    )


# -- ids ------------------------------------------------------------------------------------------------------------------


def test_revisions_that_all_have_one_id_are_each_told_when_a_file_is_read() -> None:
    from tests.picture.making import dele, ins, p, r
    from tests.picture.making import picture as read

    who = 'w:id="0" w:author="王" w:date="2021-01-20T09:00:00Z"'
    whole = read(
        p(r("甲"), ins("乙", who), dele("丙", who), r("丁"), ins("戊", who))
        + p(dele("己", who), mark=f"<w:ins {who}/>")
    )
    marks = account(whole, ()).marks
    assert marks == {"ins:0", "ins:0~2", "ins:0~3", "del:0", "del:0~2"}


# -- people and dates -------------------------------------------------------------------------------------------------------


def by(number: int, author: str, date: str = WHEN, change: Change = Change.INSERTED) -> tuple[Revision, ...]:
    return (Revision(str(number), change, author, date),)


def two_changes(made: Desk, one: tuple[Revision, ...], two: tuple[Revision, ...]) -> list[Remark]:
    out = drafts(made.issued)
    index = at(made, "乙段")
    out[index].runs = [
        Run("乙段"),
        Run("一", one),
        Run("的文字也"),
        Run("二", two),
        Run("很长，说的是主要目标。"),
    ]
    return found(made, picture(out))


def test_two_people_of_one_name_cannot_be_told_apart_but_what_each_did_can(desk: Maker) -> None:
    remarks = two_changes(desk(BODY), by(1, "李伟"), by(2, "李伟", "2021-01-22T09:00:00Z"))
    assert [(each.author, each.date, each.proposed) for each in remarks] == [
        ("李伟", WHEN, "一"),
        ("李伟", "2021-01-22T09:00:00Z", "二"),
    ]


@pytest.mark.parametrize(("author", "date"), [("", ""), ("Author", "0-00-00T00:00:00Z"), ("  ", "不知道")])
def test_authors_and_dates_that_are_none_are_left_out(desk: Maker, author: str, date: str) -> None:
    remarks = two_changes(desk(BODY), by(1, author, date), by(2, author, ""))
    assert [(each.author, each.date, each.proposed) for each in remarks] == [
        (author, "", "一"),
        (author, "", "二"),
    ]


def test_one_name_in_comments_changes_and_looks_is_kept_as_it_is(desk: Maker) -> None:
    made = desk(BODY)
    index = at(made, "丙段")
    out = drafts(made.issued)
    out[index].track(0, 2, "丁段", "王 五（财政局）")
    comment = Comment("1", "王 五（财政局）", WHEN, "请核", Position(index, 3), Position(index, 5))
    remarks = found(made, replace(picture(out), comments=(comment,)))
    assert {each.author for each in remarks} == {"王 五（财政局）"}
    assert len(remarks) == 2


# -- all of it at once ------------------------------------------------------------------------------------------------------


def mixtures() -> Iterator[tuple[str, str]]:
    for author in ("", "王五"):
        for date in ("", WHEN, "0-00-00T00:00:00Z"):
            yield author, date


@pytest.mark.parametrize("mess", MESSES)
def test_everything_odd_at_once_loses_nothing(desk: Maker, mess: Callable[[list[Draft]], None]) -> None:
    made = desk(BODY)
    out = drafts(made.issued)
    index = at(made, "甲段")
    text = out[index].text
    runs: list[Run] = []
    for number, (author, date) in enumerate(mixtures(), 1):
        piece = text[(number - 1) * 2 : number * 2]
        revision = Revision(f"0~{number}", Change.DELETED if number % 2 else Change.INSERTED, author, date)
        runs += [
            Run(piece, (revision,) if number % 2 else ()),
            Run("新", (revision,)) if number % 2 == 0 else Run(""),
        ]
    out[index].runs = [run for run in (*runs, Run(text[12:])) if run.text]
    mess(out)
    remarks = found(made, picture(out))
    assert {mark for each in remarks for mark in each.marks} == {
        "del:0~1", "ins:0~2", "del:0~3", "ins:0~4", "del:0~5", "ins:0~6",
    }  # fmt: skip
    assert {each.anchor for each in remarks} == {index}
