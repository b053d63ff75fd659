"""What a returned file says: remarks with author, place and certainty; nothing lost, nothing twice."""

from collections.abc import Callable
from dataclasses import replace
from time import process_time

from drafter.picture.model import Change, Comment, Position, Revision, Run
from drafter.review.account import account
from drafter.review.match import match
from drafter.review.remarks import Confidence, InData, InSource, Kind, Remark
from tests.review.rig import Desk, Draft, drafts, picture

PATH = "sections/p/01/01.md"
BODY = "甲段**粗体**有{{ 县区.东岭县.床位 }}，文字。\n\n乙段文字在这里。\n\n1. 丙项文字。\n"
Maker = Callable[[str], Desk]


def where(made: Desk, remark: Remark) -> str:
    assert isinstance(remark.target, InSource)
    place = remark.target.slice
    return made.sources[place.path].text[place.start : place.end]


def test_an_untouched_file_has_no_remarks_with_or_without_bookmarks(desk: Maker) -> None:
    made = desk(BODY + "\n| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n")
    for names in (True, False):
        assert match(made.record, picture(drafts(made.issued, names=names))).value == ()


def test_a_tracked_change_has_its_author_and_a_silent_one_beside_it_has_none(desk: Maker) -> None:
    made = desk(BODY)
    returned = drafts(made.issued)
    index = next(i for i, a in enumerate(made.issued) if a.text.startswith("乙段"))
    returned[index].say("乙段话语在这里。")
    returned[index].track(5, 6, "那", "王五", 3)
    remarks, plan = made.collect(picture(returned))
    assert [(r.kind, r.tracked, r.author, r.original, r.proposed, where(made, r)) for r in remarks] == [
        (Kind.REPLACEMENT, False, "", "文字", "话语", "文字"),
        (Kind.REPLACEMENT, True, "王五", "这", "那", "这"),
    ]
    assert "乙段话语在那里。" in plan.patched[PATH]


def test_words_struck_out_with_silent_ones_among_them_are_not_sure(desk: Maker) -> None:
    made = desk(BODY)
    returned = drafts(made.issued)
    index = next(i for i, a in enumerate(made.issued) if a.text.startswith("乙段"))
    returned[index].say("乙段文另外的字在这里。")
    returned[index].track(2, 7, "", "王五", 3)
    remarks, plan = made.collect(picture(returned))
    told = {remark.original: remark for remark in remarks}
    assert told["文另外的字"].confidence is Confidence.UNSURE
    assert plan.obstacles[told["文另外的字"].id] == "review.unaligned"
    assert plan.patched == {}


def test_what_one_inserted_and_another_struck_out_is_two_remarks_for_a_person(desk: Maker) -> None:
    made = desk(BODY)
    returned = drafts(made.issued)
    index = next(i for i, a in enumerate(made.issued) if a.text.startswith("乙段"))
    one = Revision("1", Change.INSERTED, "张三", "")
    two = Revision("2", Change.DELETED, "李四", "")
    returned[index].runs = [Run("乙段"), Run("新", (one,)), Run("增", (one, two)), Run("文字在这里。")]
    remarks, plan = made.collect(picture(returned))
    assert [(r.author, r.original, r.proposed) for r in remarks] == [("张三", "", "新增"), ("李四", "增", "")]
    assert set(plan.obstacles.values()) == {"review.conflict"}
    balance = account(picture(returned), remarks)
    assert (balance.missing, balance.repeated) == (frozenset(), frozenset())


def test_changes_of_two_people_are_decided_apart(desk: Maker) -> None:
    made = desk(BODY)
    returned = drafts(made.issued)
    index = next(i for i, a in enumerate(made.issued) if a.text.startswith("乙段"))
    one = Revision("1", Change.DELETED, "张三", "")
    two = Revision("2", Change.INSERTED, "李四", "")
    returned[index].runs = [Run("乙段"), Run("文字", (one,)), Run("在这里。"), Run("\ufffc", (two,))]
    remarks, plan = made.collect(picture(returned))
    assert [plan.obstacles.get(r.id, "") for r in remarks] == ["", "review.object"]


def test_comments_stand_at_words_at_data_and_at_points(desk: Maker) -> None:
    made = desk(BODY)
    returned = drafts(made.issued)
    index = next(i for i, a in enumerate(made.issued) if a.text.startswith("甲段"))
    comments = (
        Comment("1", "张三", "", "说得太粗", Position(index, 2), Position(index, 4)),
        Comment("2", "张三", "", "数不对", Position(index, 5), Position(index, 11)),
        Comment("3", "李四", "", "同意", Position(index, 5), Position(index, 11), parent="2"),
        Comment("4", "张三", "", "两段合并", Position(index, 12), Position(index + 1, 2)),
        Comment("5", "张三", "", "没有范围", None, None),
        Comment("6", "张三", "", "一点", Position(index + 1, 2), Position(index + 1, 2)),
    )
    held = replace(picture(returned), comments=comments)
    remarks, plan = made.collect(held)
    by_text = {remark.comment: remark for remark in remarks}
    assert where(made, by_text["说得太粗"]) == "粗体"
    assert isinstance(by_text["数不对"].target, InData)
    assert by_text["数不对"].original == "24000张"
    assert by_text["同意"].parent == by_text["数不对"].id
    assert by_text["两段合并"].original == "文字。\n乙段"
    assert by_text["一点"].anchor == index + 1
    assert len(remarks) == 6
    assert plan.patched == {}
    assert account(held, remarks).missing == account(held, remarks).repeated == frozenset()


def test_a_comment_on_inserted_words_stands_where_they_were_put_in(desk: Maker) -> None:
    made = desk(BODY)
    returned = drafts(made.issued)
    index = next(i for i, a in enumerate(made.issued) if a.text.startswith("乙段"))
    returned[index].track(2, 2, "新增", "李四", 1)
    held = replace(
        picture(returned), comments=(Comment("1", "张三", "", "好", Position(index, 2), Position(index, 4)),)
    )
    remarks = match(made.record, held).value
    assert remarks is not None
    comment = next(remark for remark in remarks if remark.kind is Kind.COMMENT)
    assert (comment.original, comment.anchor, comment.confidence) == ("新增", index, "likely")
    assert comment.span == (2, 2)


def test_ids_go_on_from_the_file_before(desk: Maker) -> None:
    made = desk(BODY)
    returned = drafts(made.issued)
    returned[-1].say("丙项话语。")
    remarks = match(made.record, picture(returned), "a.docx", 7).value
    assert remarks is not None
    assert [remark.id for remark in remarks] == ["r7"]


def test_a_source_changed_since_is_located_but_not_applied(desk: Maker) -> None:
    from drafter.review.apply import plan_edits

    made = desk(BODY)
    returned = drafts(made.issued)
    returned[-1].say("丙项话语。")
    remarks = match(made.record, picture(returned)).value
    assert remarks is not None
    plan = plan_edits(made.record, remarks, made.sources, made.rebuild, {PATH})
    assert list(plan.obstacles.values()) == ["review.source-changed"]


def test_one_bad_edit_does_not_keep_the_others_out(desk: Maker) -> None:
    made = desk(BODY)
    returned = drafts(made.issued)
    index = next(i for i, a in enumerate(made.issued) if a.text.startswith("乙段"))
    returned[index].say("乙段文字在那里。")
    returned[-1].say("丙项话语。")
    remarks = match(made.record, picture(returned)).value
    assert remarks is not None
    from drafter.review.apply import plan_edits

    def rebuild(overlay: dict[str, str]) -> object:
        bad = {path: text.replace("在那里", "在哪里") for path, text in overlay.items()}
        return made.rebuild(bad)

    plan = plan_edits(made.record, remarks, made.sources, rebuild)  # type: ignore[arg-type]
    assert [remark.proposed for remark in plan.applied] == ["话语"]
    assert list(plan.obstacles.values()) == ["review.guard"]
    assert "乙段文字在这里。" in plan.patched[PATH]
    assert "丙项话语。" in plan.patched[PATH]


def test_the_words_of_a_new_text_box_and_of_a_new_endnote_stand_in_the_remark(desk: Maker) -> None:
    made = desk(BODY)
    returned = drafts(made.issued)
    index = next(i for i, a in enumerate(made.issued) if a.text.startswith("乙段"))
    returned[index].runs += [Run("\ufffc", result="建议补充照护"), Run("\ufffc", note="endnote:5")]
    returned.append(Draft([Run("尾注的话")], "", story="endnote:5"))
    returned.append(Draft([Run("建议补充照护")], "", story="textbox:1"))
    (remark,) = match(made.record, picture(returned)).value or ()
    assert (remark.kind, remark.original) == (Kind.INSERTION, "")
    assert remark.proposed == "\ufffc\ufffc\n建议补充照护\n尾注的话"


def test_a_text_box_that_the_frame_had_is_no_remark(desk: Maker) -> None:
    made = desk(BODY)
    first = made.issued[0]
    record = replace(
        made.record,
        anchors=replace(
            made.record.anchors, paragraphs=(replace(first, text=first.text + "\ufffc"), *made.issued[1:])
        ),
    )
    returned = drafts(record.anchors.paragraphs)
    returned[0].runs = [Run(first.text), Run("\ufffc", result="某市民政局印发")]
    assert match(record, picture(returned)).value == ()


def test_thousands_of_comments_on_the_whole_text_and_of_changes_in_one_paragraph_stay_cheap(
    desk: Maker,
) -> None:
    made = desk(BODY + "\n" + "很长的一段文字，" * 5000 + "\n")
    returned = drafts(made.issued)
    index = max(range(len(made.issued)), key=lambda i: len(made.issued[i].text))
    long = made.issued[index].text
    returned[index].runs = [
        run
        for n in range(5000)
        for run in (Run(long[n * 8 : n * 8 + 7]), Run("，", (Revision(f"{n}", Change.DELETED, "张三", ""),)))
    ]
    last = len(returned) - 1
    ends = (Position(0, 0), Position(last, len(returned[last].text)))
    whole = tuple(Comment(f"{n}", "李四", "", "请再看全文", *ends) for n in range(3000))
    began = process_time()
    remarks = match(made.record, replace(picture(returned), comments=whole)).value or ()
    assert process_time() - began < 30
    asked = [remark for remark in remarks if remark.kind is Kind.COMMENT]
    assert (len(asked), len(remarks)) == (3000, 8000)
    assert {len(remark.original) for remark in asked} == {2001}
    assert asked[0].original.endswith("\u2026")
