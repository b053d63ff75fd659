"""What stands in and around the text as it is printed: boxes, footnotes, 名词解释, turned pages, what belongs to tables and figures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from drafter.document.tree import Block, Definition, Figure, Label, Picture
from drafter.word.frames import plan_frame
from drafter.word.writing import write
from drafter.workspace.pictures import PictureFile
from tests.word.ink import Band, bands, ground
from tests.word.page.conftest import PLAIN
from tests.word.page.rendering import MM, Page, PrintedLine, missing, pages_of, pdf_of
from tests.word.pictures import png
from tests.word.trees import FACTS, Plan

WHY = missing()
pytestmark = [pytest.mark.office, pytest.mark.skipif(bool(WHY), reason=WHY)]

LEFT, RIGHT, BOTTOM = 28.0, 184.0, 262.0
"""The type area in millimetres (GB/T 9704-2012, 5.2.1)."""
ZI = 16 * MM
BOX_TITLE = "养老服务设施建设工程"
LONG = "临港市各县（市、区）养老服务设施现状和二〇二五年建设需求汇总表"
MAP = Picture("sections/p1/01.md", "map.png", "布局", None, None)
FILES = {
    MAP.key: PictureFile("sections/p1/map.png", png(60, 60, dpi=30, colour=0), "0" * 64, "png", 2.0, 2.0)
}
"""A black square of two inches."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A plan in print: the file and the pages of its body."""

    pdf: Path
    pages: tuple[Page, ...]

    def black(self, page: Page) -> tuple[Band, ...]:
        """The black ink of a page."""
        return bands(self.pdf, page.place, red=False)


def printed(folder: Path, plan: Plan, *blocks: Block) -> Printed:
    file = write(plan.document(*blocks), plan.numbering(), plan_frame(), FACTS, pictures=FILES).value
    assert file
    pdf = pdf_of(file.data, folder)
    return Printed(pdf, tuple(page for page in pages_of(pdf) if page.number))


def line(page: Page, start: str) -> PrintedLine:
    return next(each for each in page.body if each.text.startswith(start))


def advance(line: PrintedLine) -> float:
    """Points from one character of a line of pure Chinese to the next."""
    return (line.right - line.left) / MM / len(line.text)


@pytest.fixture(scope="module")
def boxed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """A box that begins below some text and goes on over two more pages; four notes on three pages around it."""
    plan = Plan()
    items = [plan.paragraph(f"第{number:02}项。{PLAIN * 2}完") for number in range(14)]
    return printed(
        tmp_path_factory.mktemp("boxed"),
        plan,
        plan.heading(1, "第一章", "总则"),
        plan.paragraph(PLAIN * 6),
        plan.paragraph("甲", plan.note(PLAIN * 2), "，乙", plan.note("注乙"), "。"),
        plan.box(1, BOX_TITLE, *items),
        plan.paragraph("丙", plan.note("注丙"), "。"),
        *(plan.paragraph(PLAIN * 3) for _ in range(4)),
        plan.paragraph("丁", plan.note("注丁"), "。"),
    )


def with_box(boxed: Printed) -> list[Page]:
    return [page for page in boxed.pages if BOX_TITLE in page.text]


def test_the_title_of_a_box_is_repeated_on_every_page_that_it_goes_on_to(boxed: Printed) -> None:
    first, *rest = with_box(boxed)
    assert len(rest) == 2
    assert [page.text.startswith(f"专栏1{BOX_TITLE}") for page in (first, *rest)] == [False, True, True]
    assert [page.text.count(BOX_TITLE) for page in (first, *rest)] == [1, 1, 1]


def test_the_text_of_a_box_goes_on_in_the_middle_of_a_paragraph_and_nothing_is_lost(boxed: Printed) -> None:
    box = [
        each for page in with_box(boxed) for each in page.body if advance(each) == pytest.approx(12, abs=0.3)
    ]
    words = "".join(each.text for each in box).replace("专栏1", "").replace(BOX_TITLE, "")
    assert words == "".join(f"第{number:02}项。{PLAIN * 2}完" for number in range(14))
    _, second, third = with_box(boxed)
    assert not second.body[2].text.startswith("第")
    assert not third.body[2].text.startswith("第")
    # No more than a line of the box could have stood below.
    assert second.body[-1].bottom > BOTTOM - 2 * 20 * MM


def test_a_box_is_as_broad_as_the_text_and_its_title_is_grey(boxed: Printed) -> None:
    page = with_box(boxed)[1]
    frame = next(band for band in boxed.black(page) if band.right - band.left > 100)
    assert frame.left == pytest.approx(LEFT, abs=0.5)
    assert frame.right == pytest.approx(RIGHT, abs=0.5)
    title = line(page, BOX_TITLE)
    assert ground(boxed.pdf, page.place, LEFT + 5, (title.top + title.bottom) / 2) == pytest.approx(
        0xE7, abs=2
    )


def test_notes_count_from_one_on_each_page_in_small_type_at_its_foot(boxed: Printed) -> None:
    signs = [[each.text for each in page.body if each.text in {"①", "②", "③"}] for page in boxed.pages]
    assert [each for each in signs if each] == [["①", "②"], ["①"], ["①"]]
    words = [each for page in boxed.pages for each in page.body if each.text in {"注乙", "注丙", "注丁"}]
    assert len(words) == 3
    for note in words:
        assert note.bottom == pytest.approx(BOTTOM, abs=1.5)
        assert advance(note) == pytest.approx(9, abs=0.2)  # 小五
        assert note.left - LEFT == pytest.approx(1.5 * 9 * MM, abs=0.3)
    long = next(
        each for each in boxed.pages[0].body if each.text.startswith(PLAIN[:20]) and advance(each) < 10
    )
    after = [each for each in boxed.pages[0].body if long.top < each.top < words[0].top - 1]
    assert [round(each.left - long.left, 1) for each in after if each.text not in {"①", "②"}] == [0, 0]


def test_a_term_stands_two_characters_in_and_its_meaning_fills_the_lines(tmp_path: Path) -> None:
    plan = Plan()
    term = Definition(
        plan.id(), plan.line("护理型床位"), (plan.paragraph(f"指{PLAIN}"), plan.paragraph("又一段"))
    )
    (page,) = printed(tmp_path, plan, term).pages
    first, second, third, fourth = page.body
    assert first.text.startswith("护理型床位：指全市")
    assert [round((each.left - LEFT) / ZI) for each in (first, second, third, fourth)] == [2, 0, 0, 2]
    assert fourth.text == "又一段"
    assert second.top - first.top == pytest.approx(28.95 * MM, abs=0.1)


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """Three annexes: one upright with a long title, two turned, one of which is a table of two pages."""
    plan = Plan()
    rows = tuple(plan.row(f"项目{number:02}", "1") for number in range(30))
    return printed(
        tmp_path_factory.mktemp("turned"),
        plan,
        plan.heading(1, "第一章", "总则"),
        plan.heading(1, "附件1", LONG, annex=True),
        plan.paragraph(PLAIN),
        plan.heading(1, "附件2", "重大项目表", annex=True),
        plan.table((plan.row("名称", "数量"),), rows, 2, "项目", 1, landscape=True),
        plan.heading(1, "附件3", "名词解释", annex=True),
        plan.paragraph(PLAIN),
    )


def test_numbers_go_on_through_turned_pages_as_far_below_the_text_as_elsewhere(turned: Printed) -> None:
    assert [page.turned for page in turned.pages] == [False, False, True, True, False]
    numbers = [page.number for page in turned.pages]
    assert [number.text for number in numbers if number] == [f"—{count}—" for count in range(1, 6)]
    for page, number in zip(turned.pages, numbers, strict=True):
        assert number is not None
        foot = page.height - (26 if page.turned else 35)
        assert (number.top + number.bottom) / 2 - foot == pytest.approx(7, abs=1)
        assert max(each.bottom for each in page.body) < foot + 0.5
        # What is at the binding of an upright page is at the top of a turned one: 37 mm are at its right, 35 at its left.
        if int(number.text.strip("—")) % 2:
            assert number.right == pytest.approx(page.width - (37 if page.turned else 26) - 14 * MM, abs=1)
        else:
            assert number.left == pytest.approx((35 if page.turned else 28) + 14 * MM, abs=1)


def test_the_number_of_an_annex_is_its_first_line_and_the_title_the_middle_of_the_third(
    turned: Printed,
) -> None:
    annexes = [page for page in turned.pages if page.text.startswith("附件")]
    assert len(annexes) == 3
    for page in annexes:
        number, title = page.body[:2]
        left = 35 if page.turned else LEFT
        assert number.left == pytest.approx(left, abs=0.3)
        # Two characters of 三号 and a digit, which is half as broad or a little more.
        assert (number.right - number.left) / MM == pytest.approx(16 * 2.5, abs=2)
        pitch = (title.top + title.bottom - number.top - number.bottom) / 2
        assert pitch == pytest.approx(2 * 28.95 * MM, abs=2.5)  # the boxes of two fonts of two sizes
        assert advance(title) == pytest.approx(22, abs=0.3)
        middle = left + (225 if page.turned else 156) / 2
        assert (title.left + title.right) / 2 == pytest.approx(middle, abs=0.5)


def test_a_long_title_of_an_annex_stands_in_two_lines_each_in_the_middle(turned: Printed) -> None:
    first, second = turned.pages[1].body[1:3]
    assert first.text + second.text == LONG
    middles = [(each.left + each.right) / 2 for each in (first, second)]
    assert middles == [pytest.approx((LEFT + RIGHT) / 2, abs=0.5)] * 2


def test_what_stands_above_a_table_stays_with_it_and_right_above_it(tmp_path: Path) -> None:
    plan = Plan()
    blocks: list[Block] = []
    for number in range(1, 31):
        rows = tuple(plan.row(f"行{number:02}{row}", "1") for row in "甲乙")
        head = (plan.row(f"名称{number:02}", "数量"),)
        table = plan.table(
            head,
            rows,
            2,
            f"设施{number:02}",
            number,
            unit=f"单位：第{number:02}种",
            notes=(f"注：第{number:02}表。",),
        )
        # Fillers of one to four lines put the tables at every height of a page.
        blocks += [plan.paragraph(PLAIN[: 20 + number % 4 * 26]), table]
    pages = printed(tmp_path, plan, *blocks).pages
    heights: set[int] = set()
    for number in range(1, 31):
        (page,) = [each for each in pages if f"设施{number:02}" in each.text]
        caption, unit = line(page, f"设施{number:02}"), line(page, f"单位：第{number:02}种")
        top, first = line(page, f"名称{number:02}"), line(page, f"行{number:02}甲")
        assert caption.bottom < unit.top + 1 < unit.bottom <= top.top + 1 < first.top
        assert unit.right == pytest.approx(RIGHT, abs=0.5)
        assert top.top - unit.bottom < 2
        (after,) = [each for each in pages if f"注：第{number:02}表。" in each.text]
        note = line(after, f"注：第{number:02}表。")
        assert note.left == pytest.approx(LEFT, abs=0.3)
        for last in (each for each in page.body if after is page and each.text == f"行{number:02}乙"):
            assert 0 < note.top - last.bottom < 3
        heights.add(round(caption.top / 10))
    assert len(heights) > 8


def test_the_caption_of_a_figure_stands_below_it_on_its_page(tmp_path: Path) -> None:
    plan = Plan()
    blocks: list[Block] = []
    for number in range(1, 13):
        figure = Figure(
            plan.id(), MAP, plan.line(f"布局{number:02}"), notes=(plan.line(f"注：第{number:02}图。"),)
        )
        plan.labels[figure.id] = Label(f"图{number}", f"图{number}", "caption", number)
        blocks += [plan.paragraph(PLAIN[: 20 + number % 4 * 26]), figure]
    done = printed(tmp_path, plan, *blocks)
    counted = 0
    for page in done.pages:
        squares = [band for band in done.black(page) if band.bottom - band.top > 45]
        captions = [each for each in page.body if each.text.startswith("布局")]
        assert len(captions) == len(squares)
        for square, caption in zip(squares, captions, strict=True):
            assert 0 < caption.top - square.bottom < 5
            assert (square.left + square.right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=0.5)
            counted += 1
    assert counted == 12
