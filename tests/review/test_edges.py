"""What a reviewer did to headers and footers: found whether tracked or not, and nothing where a word processor only saved the file again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from drafter.picture.model import (
    Change,
    Edge,
    Formatting,
    Look,
    Paragraph,
    Picture,
    Position,
    Revision,
    Run,
    Thing,
)
from drafter.review.account import account
from drafter.review.match import match
from drafter.review.remarks import InFile, InSource, Kind, Remark
from drafter.word.anchors import OBJECT, Edges, Record
from tests.review.rig import Desk, drafts, picture

Maker = Callable[[str], Desk]
PAGE = Run(OBJECT, field="PAGE", result="1")
NUMBER = ("footer", "default")
KNOWN = Edges(
    ("word/header1.xml", "word/header2.xml", "word/footer1.xml", "word/footer2.xml"),
    (("密级", "试验规划征求意见稿"), ("试验规划",), (f"— {OBJECT} —",), (f"— {OBJECT} —",)),
    (
        (("header", "first", 0), ("header", "default", -1), ("header", "even", -1), ("footer", "first", -1),
         ("footer", "default", -1), ("footer", "even", -1)),
        (("header", "default", 1), ("header", "even", 1), ("footer", "default", 2), ("footer", "even", 3)),
        (("header", "default", 1), ("header", "even", 1), ("footer", "default", 2), ("footer", "even", 3)),
    ),
)  # fmt: skip


@dataclass
class Sheet:
    """A returned file's headers and footers in the making: lines of runs by story, and what each section shows."""

    lines: dict[str, list[list[Run]]] = field(default_factory=dict)
    sections: list[list[Edge]] = field(default_factory=list)

    @classmethod
    def of(cls, edges: Edges) -> Sheet:
        """As they were issued."""
        made = cls()
        for section in edges.sections:
            shown = []
            for side, page, part in section:
                story = f"{side}:{part}" if part >= 0 else ""
                if story:
                    made.lines[story] = [[*_runs(line)] for line in edges.parts[part]]
                shown.append(Edge(side, page, story))
            made.sections.append(shown)
        return made

    def put(
        self, section: int, side: str, page: str, story: str, lines: list[list[Run]] | None = None
    ) -> None:
        """Another story on some pages of a section."""
        if lines is not None:
            self.lines[story] = lines
        kept = [each for each in self.sections[section] if (each.side, each.page) != (side, page)]
        self.sections[section] = [*kept, Edge(side, page, story)]

    def on(self, whole: Picture) -> Picture:
        """The picture with them."""
        edges = [
            Paragraph(index, tuple(runs), "", story=story)
            for index, (story, runs) in enumerate(
                (s, runs) for s, lines in self.lines.items() for runs in lines
            )
        ]
        return replace(whole, edges=tuple(edges), sections=tuple(map(tuple, self.sections)))


def _runs(line: str) -> list[Run]:
    head, sign, tail = line.partition(OBJECT)
    return [Run(head), PAGE, Run(tail)] if sign else [Run(head)]


def held(made: Desk, sheet: Sheet, known: Edges = KNOWN) -> list[Remark]:
    record = replace(made.record, edges=known)
    whole = sheet.on(picture(drafts(made.issued)))
    remarks = list(match(record, whole).value or ())
    balance = account(whole, remarks)
    assert (balance.missing, balance.repeated) == (frozenset(), frozenset())
    assert all((each.kind, each.obstacle) == (Kind.HEADER, "review.edge") for each in remarks)
    return remarks


def told(remarks: list[Remark]) -> list[tuple[str, str, str]]:
    return [(each.place, each.original, each.proposed) for each in remarks]


def by(who: str, change: Change, number: int = 7) -> tuple[Revision, ...]:
    return (Revision(str(number), change, who, "2021-01-20T09:00:00Z"),)


def test_what_was_issued_is_no_remark(desk: Maker) -> None:
    made = desk("甲段。\n")
    assert held(made, Sheet.of(KNOWN)) == []
    assert held(made, Sheet.of(made.record.edges), made.record.edges) == []


def test_parts_that_are_copied_reordered_moved_to_other_pages_and_boxed_are_no_remark(desk: Maker) -> None:
    sheet = Sheet.of(KNOWN)
    lines = sheet.lines
    # LibreOffice shows on all pages of the cover what only its first page had, each section gets parts of its own, and a framed line a box.
    sheet.sections[0] = [
        Edge("header", "default", "header:0"),
        Edge("header", "even", ""),
        Edge("footer", "default", ""),
    ]
    lines["header:0"] = [[Run(OBJECT, result="密级")], [Run(" 试验规划征求意见稿\t")], [Run("密级")], []]
    for section in (1, 2):
        sheet.put(section, "header", "default", f"header:1{section}", lines["header:1"])
        sheet.put(section, "header", "even", f"header:2{section}", lines["header:1"])
        sheet.put(
            section,
            "footer",
            "even",
            f"footer:1{section}",
            [[Run("— "), Run(OBJECT, field="PAGE", result="17"), Run(" —")]],
        )
    sheet.sections.append(sheet.sections[2])
    assert held(desk("甲段。\n"), sheet) == []


def test_a_silent_change_is_found_once_though_every_section_has_its_copy(desk: Maker) -> None:
    sheet = Sheet.of(KNOWN)
    for section in (1, 2):
        for page in ("default", "even"):
            sheet.put(section, "header", page, f"header:{section}{page}", [[Run("试验专项规划")]])
    (remark,) = held(desk("甲段。\n"), sheet)
    assert told([remark]) == [("页眉", "", "专项")]
    assert (remark.context, remark.tracked, remark.author) == ("试验规划", False, "")
    assert remark.target == InFile("templates/plan.docx")


def test_the_title_in_a_header_has_its_place(desk: Maker) -> None:
    made = desk("甲段。\n")
    sheet = Sheet.of(KNOWN)
    sheet.put(0, "header", "first", "header:0", [[Run("密级")], [Run("试点规划征求意见稿")]])
    (remark,) = held(made, sheet)
    assert told([remark]) == [("页眉（首页）", "验", "点")]
    assert isinstance(remark.target, InSource)
    assert remark.target.slice.path == "data/plans/p.yaml"


def test_tracked_changes_have_author_and_date_and_those_of_one_kind_in_several_sections_are_one(
    desk: Maker,
) -> None:
    sheet = Sheet.of(KNOWN)
    for number, section in enumerate((1, 2)):
        runs = [
            Run("试验"),
            Run("规划", by("王五", Change.DELETED, number)),
            Run("方案", by("王五", Change.INSERTED, number)),
        ]
        sheet.put(section, "header", "default", f"header:{section}0", [runs])
    (remark,) = held(desk("甲段。\n"), sheet)
    assert told([remark]) == [("页眉", "规划", "方案")]
    assert (remark.tracked, remark.author, remark.date) == (True, "王五", "2021-01-20T09:00:00Z")
    assert sorted(remark.marks) == ["del:0", "del:1", "ins:0", "ins:1"]


def test_a_silent_change_beside_a_tracked_one_is_a_remark_of_its_own(desk: Maker) -> None:
    sheet = Sheet.of(KNOWN)
    runs = [Run("试点规划"), Run("（送审）", by("王五", Change.INSERTED))]
    for section in (1, 2):
        for page in ("default", "even"):
            sheet.put(section, "header", page, "header:1", [runs])
    found = held(desk("甲段。\n"), sheet)
    assert [(each.tracked, each.original, each.proposed) for each in found] == [
        (False, "验", "点"),
        (True, "", "（送审）"),
    ]


def test_the_number_of_the_page_is_no_word_but_taking_it_away_is_a_change(desk: Maker) -> None:
    sheet = Sheet.of(KNOWN)
    sheet.lines["footer:2"] = [[Run("—  —")]]
    assert told(held(desk("甲段。\n"), sheet)) == [("页脚", "［页码］", "")]


def test_words_put_where_nothing_stood_are_found(desk: Maker) -> None:
    sheet = Sheet.of(KNOWN)
    sheet.put(0, "footer", "even", "footer:9", [[Run("请勿外传")]])
    (remark,) = held(desk("甲段。\n"), sheet)
    assert told([remark]) == [("页脚（偶数页）", "", "请勿外传")]


def test_a_text_that_is_gone_everywhere_is_found_also_where_sections_came(desk: Maker) -> None:
    sheet = Sheet.of(KNOWN)
    for section in (1, 2):
        for page in ("default", "even"):
            sheet.put(section, "header", page, "")
    sheet.sections.append(sheet.sections[2])
    del sheet.lines["header:1"]
    assert told(held(desk("甲段。\n"), sheet)) == [("页眉", "试验规划", "")]


def test_a_text_that_is_gone_from_one_section_is_found_where_the_sections_are_the_same(desk: Maker) -> None:
    sheet = Sheet.of(KNOWN)
    sheet.put(2, "footer", "default", "footer:9", [[]])
    sheet.put(2, "footer", "even", "footer:9")
    assert told(held(desk("甲段。\n"), sheet)) == [("页脚", "— ［页码］ —", "")]


def test_of_a_file_whose_record_knows_no_headers_only_tracked_changes_are_told(desk: Maker) -> None:
    sheet = Sheet.of(KNOWN)
    sheet.lines["header:1"] = [[Run("别的"), Run("话", by("李四", Change.INSERTED))]]
    assert told(held(desk("甲段。\n"), sheet, Edges())) == [("页眉", "", "话")]


def test_pages_that_nobody_sees_are_told_where_something_was_tracked_alone(desk: Maker) -> None:
    sheet = Sheet.of(KNOWN)
    sheet.lines["header:8"] = [[Run("旧话")]]
    sheet.sections[1].append(Edge("header", "first", "header:8", seen=False))
    assert held(desk("甲段。\n"), sheet) == []
    sheet.lines["header:8"] = [[Run("旧话", by("李四", Change.DELETED))]]
    assert told(held(desk("甲段。\n"), sheet)) == [("页眉（首页）", "旧话", "")]


def test_a_numbered_copy_is_held_against_its_own_number(desk: Maker) -> None:
    made = desk("甲段。\n")
    own = (("000003", *KNOWN.parts[0]), *KNOWN.parts[1:])
    record: Record = replace(made.record, edges=KNOWN, copies={"c3": own})
    sheet = Sheet.of(replace(KNOWN, parts=own))
    whole = sheet.on(replace(picture(drafts(made.issued)), release="c3"))
    assert match(record, whole).value == ()
    sheet.lines["header:0"][0] = [Run("000004")]
    remarks = match(record, sheet.on(whole)).value or ()
    assert told(list(remarks)) == [("页眉（首页）", "000003", "000004")]


# -- pictures, watermarks and looks ---------------------------------------------------------------------------------------

LOGO = "0000abcd-100 360000 360000 40 40 png"
SHOWN = Thing("picture", "0000abcd-100", "png", 360_000, 360_000, (40, 40))


def test_a_picture_in_a_header_that_was_replaced_taken_away_or_put_in(desk: Maker) -> None:
    known = replace(KNOWN, pictures=(("header", LOGO),))
    for thing, expected in (
        (SHOWN, []),
        (replace(SHOWN, id="0000beef-9", pixels=(20, 20)), []),  # made smaller when it was saved
        (replace(SHOWN, id="0000beef-9"), ["换了图片或加了图片", "少了图片"]),
        (None, ["少了图片"]),
    ):
        sheet = Sheet.of(known)
        if thing is not None:
            sheet.lines["header:1"][0].append(Run(OBJECT, thing=thing))
        assert [each.comment for each in held(desk("甲段。\n"), sheet, known)] == expected
    sheet = Sheet.of(KNOWN)
    sheet.lines["header:1"][0].append(Run(OBJECT, thing=SHOWN))
    (remark,) = held(desk("甲段。\n"), sheet)
    assert (remark.comment, remark.place) == ("换了图片或加了图片", "页眉")


def test_a_watermark_is_known_by_its_words(desk: Maker) -> None:
    known = replace(KNOWN, parts=(KNOWN.parts[0], ("试验规划征求意见稿",), *KNOWN.parts[2:]))
    sheet = Sheet.of(known)
    sheet.lines["header:1"] = [[Run("试验规划"), Run(OBJECT, thing=Thing("wordart", words="征求意见稿"))]]
    assert held(desk("甲段。\n"), sheet, known) == []
    sheet.lines["header:1"] = [[Run("试验规划"), Run(OBJECT, thing=Thing("wordart", words="送审稿"))]]
    assert told(held(desk("甲段。\n"), sheet, known)) == [("页眉", "征求意见", "送审")]


def test_tracked_changes_of_looks_and_inside_fields_are_told_too(desk: Maker) -> None:
    sheet = Sheet.of(KNOWN)
    inside = Thing("field", words="7", before="3", revisions=by("李四", Change.INSERTED))
    sheet.lines["footer:2"][0][1] = replace(PAGE, thing=inside)
    made = desk("甲段。\n")
    whole = sheet.on(picture(drafts(made.issued)))
    at = next(each.index for each in whole.edges if each.story == "header:1")
    bold = Formatting(
        "9",
        "characters",
        "王五",
        "2021-01-20T09:00:00Z",
        Position(at, 0),
        Position(at, 2),
        (Look("b", "", "1"),),
    )
    whole = replace(whole, edge_formats=(bold,))
    remarks = list(match(replace(made.record, edges=KNOWN), whole).value or ())
    assert [
        (each.kind, each.author, each.comment, each.original, each.proposed, each.place) for each in remarks
    ] == [
        (Kind.FORMAT, "王五", "加粗", "", "", "页眉"),
        (Kind.HEADER, "李四", "", "3", "7", "页脚"),
    ]
    assert account(whole, remarks).missing == frozenset()
