"""A notice and a letter as LibreOffice prints them, measured against GB/T 9704-2012 in millimetres.

The places of characters are those of their ink: its upper edge is up to half a millimetre inside the square of a character.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from drafter.document.numbering import number
from drafter.document.tree import Block, Document, Heading
from drafter.source.origins import MappedText, literal
from drafter.word.frames import letter_frame, notice_frame
from drafter.word.writing import write
from drafter.workspace.papers import Paper
from drafter.workspace.profile import Profile
from tests.word.ink import Band, bands
from tests.word.page.rendering import Page, missing, pages_of, pdf_of
from tests.word.trees import LONG, Plan

pytestmark = [
    pytest.mark.office,
    pytest.mark.slow,
    pytest.mark.skipif(bool(missing()), reason=missing() or "everything is here"),
]

TOP, LEFT, RIGHT, BOTTOM = 37.0, 28.0, 184.0, 262.0
"""The type area: 156 mm by 225 mm (5.2.1)."""
ZI, LINE = 16 / 72 * 25.4, 28.95 / 72 * 25.4
"""A character of 三号, and a line."""
NEAR = 1.0


def _said(text: str) -> MappedText:
    return literal("data/plans/notice.yaml", text, 0)


PAPER = Paper(
    mark=_said("临港市民政局文件"),
    signature=_said("临港市民政局"),
    number=_said("临民发〔2021〕5号"),
    to=_said("各县民政局"),
    note=_said("此件公开发布"),
    cc=_said("市委办公室，市政府办公室，市发展和改革委员会，市财政局，市自然资源和规划局"),
    printer=_said("临港市民政局办公室"),
    printed=date(2021, 4, 30),
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper in print."""

    pdf: Path
    pages: Sequence[Page]

    def red(self, page: int = 1) -> tuple[Band, ...]:
        return bands(self.pdf, page, red=True)

    def black(self, page: int = 1) -> tuple[Band, ...]:
        return bands(self.pdf, page, red=False)


def _printed(frame: bytes, paper: Paper, folder: Path, paragraphs: int = 2) -> Printed:
    plan = Plan()
    blocks: list[Block] = [plan.paragraph(LONG) for _ in range(paragraphs)]
    blocks += [Heading("notice#1", 1, plan.line("意见反馈表"), annex=True), plan.paragraph(LONG)]
    document = Document("notice", _said("临港市民政局关于印发有关规划的通知"), tuple(blocks), {})
    numbering = number(document, "公文", paper=True)
    profile = Profile("公文", kind="gongwen")
    file = write(document, numbering, frame, {"日期": "2021-04-29"}, profile=profile, paper=paper).value
    assert file
    pdf = pdf_of(file.data, folder)
    return Printed(pdf, pages_of(pdf))


@pytest.fixture(scope="module")
def notice(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    return _printed(notice_frame(), PAPER, tmp_path_factory.mktemp("notice"))


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    paper = Paper(
        _said("临港市民政局"),
        _said("临港市民政局"),
        _said("临民函〔2021〕5号"),
        to=_said("各县民政局"),
        cc=_said("市委办公室"),
    )
    return _printed(letter_frame(), paper, tmp_path_factory.mktemp("letter"), 6)


def test_the_mark_begins_35_mm_below_the_type_area(notice: Printed) -> None:
    mark, _ = notice.red()
    assert mark.top == pytest.approx(TOP + 35, abs=0.5)
    assert (mark.left + mark.right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=NEAR)


def test_the_red_rule_is_4_mm_below_the_number_and_as_broad_as_the_type_area(notice: Printed) -> None:
    _, rule = notice.red()
    dated = max((band for band in notice.black() if band.bottom < rule.top), key=lambda band: band.bottom)
    # From the square of the characters; strokes end up to half a millimetre above its foot, brackets below.
    assert rule.top - dated.bottom == pytest.approx(4, abs=0.8)
    assert rule.left == pytest.approx(LEFT, abs=0.3)
    assert rule.right == pytest.approx(RIGHT, abs=0.3)


def test_two_lines_are_blank_between_rule_and_title_and_one_above_the_receivers(notice: Printed) -> None:
    _, rule = notice.red()
    title, receivers, first = [band for band in notice.black() if band.top > rule.bottom][:3]
    # Half of what a line has more than its character stands above the ink.
    slack = 35 / 72 * 25.4 - (title.bottom - title.top)
    assert title.top - rule.bottom == pytest.approx(2 * LINE + slack / 2, abs=NEAR)
    slack = LINE - (first.bottom - first.top)
    assert receivers.top - title.bottom == pytest.approx(LINE + slack, abs=1.5)
    assert first.top - receivers.top == pytest.approx(LINE, abs=0.5)


def test_the_date_ends_four_characters_from_the_right_with_the_office_over_its_middle(
    notice: Printed,
) -> None:
    lines = [line for page in notice.pages for line in page.body]
    dated = next(line for line in lines if line.text == "2021年4月29日")
    office = next(line for line in lines if line.text == "临港市民政局" and line.left > 100)
    assert RIGHT - dated.right == pytest.approx(4 * ZI, abs=0.3)
    # Of the date's own width, which is 6.5 characters: LibreOffice adds space beside digits whatever it is told.
    middle = RIGHT - (4 + 6.5 / 2) * ZI
    assert (office.left + office.right) / 2 == pytest.approx(middle, abs=0.5)


def test_an_annex_begins_a_page_with_its_title_in_the_third_line(notice: Printed) -> None:
    page = next(page for page in notice.pages if page.body and page.body[0].text == "附件")
    title = page.body[1]
    assert page.body[0].left == pytest.approx(LEFT, abs=0.3)
    assert title.text == "意见反馈表"
    assert (title.left + title.right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=NEAR)
    middle = (title.top + title.bottom) / 2
    assert TOP + 2 * LINE < middle < TOP + 3.3 * LINE


def test_the_last_rule_of_the_imprint_is_the_foot_of_the_type_area(notice: Printed) -> None:
    rules = [band for band in notice.black(len(notice.pages)) if band.is_rule]
    assert len(rules) == 3
    assert rules[-1].bottom == pytest.approx(BOTTOM, abs=0.3)
    assert {(round(rule.left), round(rule.right)) for rule in rules} == {(28, 184)}


def test_the_numbers_of_a_notice_stand_outside(notice: Printed) -> None:
    for page in notice.pages:
        found = page.number
        assert found is not None
        assert 266 < (found.top + found.bottom) / 2 < 272
        side = RIGHT - found.right if page.place % 2 else found.left - LEFT
        assert side == pytest.approx(14 / 72 * 25.4, abs=NEAR)


def test_the_mark_of_a_letter_begins_30_mm_below_the_edge(letter: Printed) -> None:
    mark = letter.red()[0]
    assert mark.top == pytest.approx(30, abs=0.5)
    assert (mark.left + mark.right) / 2 == pytest.approx(105, abs=NEAR)


def test_the_double_rules_of_a_letter_are_170_mm_broad_in_the_middle_of_the_sheet(letter: Printed) -> None:
    mark, *rules = letter.red()
    assert len(rules) == 4
    assert {(round(rule.left), round(rule.right)) for rule in rules} == {(20, 190)}
    assert rules[0].top - mark.bottom == pytest.approx(4, abs=0.6)
    assert rules[-1].bottom == pytest.approx(297 - 20, abs=0.5)
    thick = [rule.bottom - rule.top for rule in rules]
    assert thick[0] > thick[1]
    assert thick[2] < thick[3]


def test_the_number_of_a_letter_is_below_its_rule_at_the_right_edge(letter: Printed) -> None:
    rule = letter.red()[2]
    dated = letter.black()[0]
    assert dated.top - rule.bottom == pytest.approx(ZI * 7 / 8, abs=NEAR)
    assert dated.right == pytest.approx(RIGHT, abs=NEAR)


def test_the_first_page_of_a_letter_has_no_number_and_the_others_have(letter: Printed) -> None:
    assert [page.number is not None for page in letter.pages] == [False, *[True] * (len(letter.pages) - 1)]
    assert len(letter.pages) > 2
    second = letter.pages[1].number
    assert second is not None
    assert 266 < (second.top + second.bottom) / 2 < 272


def test_a_letter_ends_with_its_copies_and_without_rules(letter: Printed) -> None:
    last = letter.pages[-1]
    assert last.body[-1].text == "抄送：市委办公室。"
    assert last.body[-1].bottom == pytest.approx(BOTTOM, abs=3)
    assert not [band for band in letter.black(last.place) if band.is_rule]
