"""Objects in an untouched place that are not what was issued, and what was put in or taken away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from drafter.picture.model import Change, Picture, Revision, Run, Thing
from drafter.review.account import account
from drafter.review.match import match
from drafter.review.remarks import Kind, Remark
from drafter.word.anchors import OBJECT, Extra
from tests.review.rig import Desk, Draft, drafts, picture

Maker = Callable[[str], Desk]
BODY = "甲段的话。\n\n乙段文字在这里。[^1]\n\n[^1]: 注。\n"
WHEN = "2021-01-20T09:00:00Z"
SHOWN = Thing("picture", "0000abcd-100", "png", 3_600_000, 1_800_000, (400, 200))
WHAT = "0000abcd-100 3600000 1800000 400 200 png"


def with_object(made: Desk, kind: str, what: str) -> tuple[Desk, int]:
    """The desk with an object in its first paragraph, as if it had been issued so."""
    index = next(i for i, a in enumerate(made.issued) if a.text.startswith("甲段"))
    anchor = made.issued[index]
    extras: tuple[Extra, ...] = ((2, 3, kind, what),) if kind else ()
    pieces = tuple(replace(piece, end=piece.end + 1) for piece in anchor.pieces[-1:])
    changed = replace(
        anchor, text=f"甲段{OBJECT}的话。", extras=extras, pieces=(*anchor.pieces[:-1], *pieces)
    )
    paragraphs = (*made.issued[:index], changed, *made.issued[index + 1 :])
    made.record = replace(made.record, anchors=replace(made.record.anchors, paragraphs=paragraphs))
    return made, index


def returned(made: Desk, index: int, run: Run) -> list[Draft]:
    out = drafts(made.issued)
    out[index].runs = [Run("甲段"), run, Run("的话。")]
    return out


def found(made: Desk, whole: Picture) -> list[Remark]:
    outcome = match(made.record, whole)
    assert outcome.issues == ()
    remarks = list(outcome.value or ())
    balance = account(whole, remarks)
    assert (balance.missing, balance.repeated) == (frozenset(), frozenset())
    return remarks


def told(made: Desk, index: int, thing: Thing | None) -> list[tuple[str, str, str, str]]:
    remarks = found(made, picture(returned(made, index, Run(OBJECT, thing=thing))))
    assert {(each.obstacle, each.anchor, each.tracked) for each in remarks} <= {
        ("review.object", index, False)
    }
    return [(each.kind, each.original, each.proposed, each.comment) for each in remarks]


@pytest.mark.parametrize(
    ("change", "comment"),
    [
        ({}, ""),
        ({"id": "0000beef-99"}, "换了图片"),
        ({"id": "0000beef-99", "pixels": (300, 200)}, "换了图片"),
        ({"id": "0000beef-99", "pixels": (800, 400)}, "换了图片"),
        ({"id": "0000beef-99", "pixels": (0, 0), "form": ""}, "换了图片"),
        # Word shrinks large pictures when it saves, others turn them into another form.
        ({"id": "0000beef-99", "pixels": (200, 100), "form": "jpeg"}, ""),
        ({"id": "0000beef-99", "form": "gif"}, ""),
        ({"across": 3_601_000, "down": 1_799_000}, ""),
        ({"across": 7_200_000, "down": 3_600_000}, "改了大小：10.0×5.0厘米→20.0×10.0厘米"),
        ({"across": 0, "down": 0}, ""),
        ({"cropped": True}, "裁剪了"),
        ({"id": "0000beef-99", "down": 900_000}, "换了图片；改了大小：10.0×5.0厘米→10.0×2.5厘米"),
    ],
)  # fmt: skip
def test_a_picture_that_was_replaced_resized_or_cropped(
    desk: Maker, change: dict[str, object], comment: str
) -> None:
    made, index = with_object(desk(BODY), "picture", WHAT)
    expected = [(Kind.PICTURE, "", "", comment)] if comment else []
    assert told(made, index, replace(SHOWN, **change)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "what", "thing", "expected"),
    [
        ("formula", "a2+b2=c2", Thing("formula", words="x", before="a2 + b2 ＝ c2"), []),
        ("formula", "a2+b2=c2", Thing("formula", words="a3", before="a3"), [(Kind.OBJECT, "a2+b2=c2", "a3", "")]),
        ("formula", "f(x)=01\u200b y\u2223z", Thing("formula", before="fx=01y|z"), []),
        ("formula", "a2", SHOWN, [(Kind.PICTURE, "a2", "", "公式换成了图片")]),
        ("formula", "a2", None, [(Kind.OBJECT, "a2", "", "公式换成了别的")]),
        ("picture", WHAT, Thing("formula", words="a", before="a"), [(Kind.OBJECT, "", "a", "图片换成了公式")]),
        ("picture", WHAT, None, [(Kind.OBJECT, "", "", "图片换成了别的")]),
        ("box", "内部\n资料", Thing("box", words="内部\n资料", before="内部\n资料"), []),
        ("box", "内部", Thing("box", words="机密", before="机密"), [(Kind.OBJECT, "内部", "机密", "")]),
        # What was tracked inside a box is told as such: before it the words were the same.
        ("box", "内部", Thing("box", words="机密", before="内部"), []),
        ("drawing", "", Thing("drawing"), []),
        ("drawing", "", SHOWN, []),
        ("diagram", "甲 乙", SHOWN, []),
        ("chart", "1 2", Thing("chart", words="1 3", before="1 3"), [(Kind.OBJECT, "1 2", "1 3", "")]),
        ("embedded", "Excel.Sheet.12", Thing("embedded", "x", words="Excel.Sheet.12", before="Excel.Sheet.12"), []),
        ("", "", None, []),
        ("", "", SHOWN, [(Kind.PICTURE, "", "", "换成了图片")]),
        ("", "", Thing("ink"), [(Kind.OBJECT, "", "", "换成了墨迹")]),
    ],
)  # fmt: skip
def test_other_objects(
    desk: Maker, kind: str, what: str, thing: Thing | None, expected: list[tuple[str, str, str, str]]
) -> None:
    made, index = with_object(desk(BODY), kind, what)
    assert told(made, index, thing) == expected


def test_of_an_older_record_that_knows_no_objects_nothing_is_said(desk: Maker) -> None:
    from drafter.word.anchors import Edges

    made, index = with_object(desk(BODY), "", "")
    made.record = replace(made.record, edges=Edges())
    assert told(made, index, SHOWN) == []


def test_what_was_tracked_inside_a_field_or_formula_says_who_and_what(desk: Maker) -> None:
    made, index = with_object(desk(BODY), "formula", "a2")
    gone = Revision("5", Change.DELETED, "李四", WHEN)
    come = Revision("6", Change.INSERTED, "李四", WHEN)
    thing = Thing("formula", words="a3", before="a2", revisions=(gone, come))
    (remark,) = found(made, picture(returned(made, index, Run(OBJECT, thing=thing))))
    assert (remark.kind, remark.tracked, remark.author, remark.date) == (Kind.OBJECT, True, "李四", WHEN)
    assert (remark.original, remark.proposed, remark.anchor) == ("a2", "a3", index)
    assert remark.marks == ("del:5", "ins:6")

    made, index = with_object(desk(BODY), "", "")
    field = Thing("field", words="表4", before="表3", revisions=(gone, come))
    (remark,) = found(
        made, picture(returned(made, index, Run(OBJECT, field="REF a", result="表4", thing=field)))
    )
    assert (remark.original, remark.proposed) == ("表3", "表4")


def test_inside_something_new_it_is_told_too(desk: Maker) -> None:
    made = desk(BODY)
    index = next(i for i, a in enumerate(made.issued) if a.text.startswith("甲段"))
    new = Revision("4", Change.INSERTED, "王五", WHEN)
    come = Revision("6", Change.INSERTED, "李四", WHEN)
    thing = Thing("formula", words="ab", before="a", revisions=(come,))
    out = drafts(made.issued)
    out[index].runs = [Run("甲段的话。"), Run(OBJECT, (new,), thing=thing)]
    assert [(each.kind, each.proposed) for each in found(made, picture(out))] == [
        (Kind.INSERTION, "\ufffc\n［公式］ab"),
        (Kind.OBJECT, "ab"),
    ]


@pytest.mark.parametrize(
    ("thing", "words"),
    [
        (SHOWN, "［图片］"),
        (Thing("formula", words="a2", before="a2"), "［公式］a2"),
        (Thing("chart", words="1 2"), "［图表］1 2"),
        (Thing("diagram", words="甲 乙"), "［SmartArt 图］甲 乙"),
        (Thing("embedded", "x", words="Excel.Sheet.12"), "［嵌入对象］Excel.Sheet.12"),
        (Thing("ink"), "［墨迹］"),
        (Thing("chunk", "x"), "［嵌入的文档］"),
        (Thing("drawing"), "［图形］"),
    ],
)
def test_an_object_that_was_put_in_says_what_it_is(desk: Maker, thing: Thing, words: str) -> None:
    made = desk(BODY)
    index = next(i for i, a in enumerate(made.issued) if a.text.startswith("甲段"))
    for revisions in ((), (Revision("4", Change.INSERTED, "王五", WHEN),)):
        out = drafts(made.issued)
        out[index].runs = [Run("甲段"), Run(OBJECT, revisions, thing=thing), Run("的话。")]
        (remark,) = found(made, picture(out))
        assert (remark.kind, remark.original, remark.proposed) == (Kind.INSERTION, "", f"{OBJECT}\n{words}")
        assert remark.tracked is bool(revisions)


def test_a_document_put_in_as_a_whole_is_a_new_paragraph(desk: Maker) -> None:
    made = desk(BODY)
    out = drafts(made.issued)
    index = next(i for i, a in enumerate(made.issued) if a.text.startswith("甲段"))
    out.insert(index + 1, Draft([Run(OBJECT, thing=Thing("chunk", "x"))], ""))
    (remark,) = found(made, picture(out))
    assert (remark.kind, remark.proposed) == (Kind.PARAGRAPH_INSERTION, f"{OBJECT}\n［嵌入的文档］")


def test_a_box_put_in_with_tracking_is_told_with_its_words_and_each_change_once(desk: Maker) -> None:
    made = desk(BODY)
    index = next(i for i, a in enumerate(made.issued) if a.text.startswith("甲段"))
    new = (Revision("4", Change.INSERTED, "王五", WHEN),)
    out = drafts(made.issued)
    box = Run(OBJECT, new, result="建议补充", thing=Thing("box", words="建议补充", boxes=("textbox:1",)))
    out[index].runs = [Run("甲段"), box, Run("的话。")]
    out.append(Draft([Run("建议补充", new)], "", story="textbox:1", mark=new))
    (remark,) = found(made, picture(out))
    assert (remark.proposed, remark.marks) == (f"{OBJECT}\n建议补充", ("ins:4",))
    # What somebody else struck out of it is a change of its own.
    gone = (*new, Revision("5", Change.DELETED, "李四", WHEN))
    out[-1].runs = [Run("建议", new), Run("补充", gone)]
    assert [(each.author, each.original, each.proposed) for each in found(made, picture(out))] == [
        ("王五", "", f"{OBJECT}\n建议补充"),
        ("李四", "补充", ""),
    ]


def test_what_was_done_inside_a_row_that_went_is_part_of_that(desk: Maker) -> None:
    made = desk("甲段的话。\n\n| 名称 | 床位 |\n|---|---|\n| 子项 | 丑项 |\n| 寅项 | 卯项 |\n")
    row = (Revision("1", Change.DELETED, "王五", WHEN),)
    come, again = Revision("2", Change.INSERTED, "李四", WHEN), Revision("3", Change.DELETED, "王五", WHEN)
    out = drafts(made.issued)
    first = next(i for i, a in enumerate(made.issued) if a.text == "子项")
    for draft in out[first : first + 2]:
        draft.row = row
    out[first].runs = [Run("子"), Run("新", (come, again)), Run("项", (again,))]
    (remark,) = found(made, picture(out))
    assert (remark.kind, remark.author, remark.original) == (Kind.PARAGRAPH_DELETION, "王五", "子项\n丑项")
    assert set(remark.marks) == {"del:1", "ins:2", "del:3"}


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_note_put_in_with_tracking_is_one_remark_with_its_words(desk: Maker, kind: str, own: bool) -> None:
    made = desk(BODY)
    index = next(i for i, a in enumerate(made.issued) if a.text.startswith("甲段"))
    new = (Revision("4", Change.INSERTED, "王五", WHEN),)
    inner = (*new, Revision("5", Change.INSERTED, "王五", WHEN)) if own else new
    out = drafts(made.issued)
    note = "9" if kind == "footnote" else "endnote:9"
    out[index].runs = [Run("甲段"), Run(OBJECT, new, note=note), Run("的话。")]
    out.append(Draft([Run("新的注", inner)], "", story=f"{kind}:9", mark=new))
    (remark,) = found(made, picture(out))
    assert (remark.kind, remark.proposed) == (Kind.INSERTION, f"{OBJECT}\n新的注")
    assert remark.marks == (("ins:4", "ins:5") if own else ("ins:4",))


def test_what_another_struck_out_of_a_new_note_is_told_too(desk: Maker) -> None:
    made = desk(BODY)
    index = next(i for i, a in enumerate(made.issued) if a.text.startswith("甲段"))
    new = (Revision("4", Change.INSERTED, "王五", WHEN),)
    gone = (*new, Revision("5", Change.DELETED, "李四", WHEN))
    out = drafts(made.issued)
    out[index].runs = [Run("甲段"), Run(OBJECT, new, note="9"), Run("的话。")]
    out.append(Draft([Run("新的", new), Run("注", gone)], "", story="footnote:9", mark=new))
    remarks = list(match(made.record, picture(out)).value or ())
    assert {"ins:4", "del:5"} <= {mark for each in remarks for mark in each.marks}
    assert "注" in [each.original for each in remarks]


def test_what_was_tracked_in_a_box_that_was_issued_is_at_its_object(desk: Maker) -> None:
    made, index = with_object(desk(BODY), "box", "内部资料")
    gone = (Revision("5", Change.DELETED, "李四", WHEN),)
    box = Run(
        OBJECT, result="内部", thing=Thing("box", words="内部", before="内部资料", boxes=("textbox:1",))
    )
    out = returned(made, index, box)
    out.append(Draft([Run("内部"), Run("资料", gone)], "", story="textbox:1"))
    (remark,) = found(made, picture(out))
    assert (remark.original, remark.author, remark.anchor, remark.obstacle) == (
        "资料",
        "李四",
        index,
        "review.object",
    )
