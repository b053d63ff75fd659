"""The page as it is printed, measured in the PDF (GB/T 9704-2012, 5.2.3 and 7.5): LibreOffice with stand-in fonts."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.word.page.rendering import MM, Page, missing

WHY = missing()
pytestmark = [pytest.mark.office, pytest.mark.skipif(bool(WHY), reason=WHY)]

LINES, CHARACTERS = 22, 28
PITCH = 28.95
FONT = 0.7  # mm by which fonts place their box differently in the same line


def full_pages(pages: tuple[Page, ...]) -> list[Page]:
    """Pages of nothing but text: those between the first of the body and the annex."""
    numbers = [page.number.text if page.number else "" for page in pages]
    first = numbers.index("—2—")
    annex = next(page.place for page in pages if page.place > first and page.text.startswith("附件1"))
    return list(pages[first : annex - 2])


def test_a_full_page_has_22_lines_of_28_characters(pages: tuple[Page, ...]) -> None:
    full = full_pages(pages)
    assert len(full) >= 3
    assert [len(page.body) for page in full] == [LINES] * len(full)
    lengths = [len(line.text) for page in full for line in page.body]
    assert max(lengths) == CHARACTERS
    # A paragraph of 183 characters: the first line gives two to its indent, the last is what is left.
    assert set(lengths) == {CHARACTERS, CHARACTERS - 2, (183 - 26) % CHARACTERS}


def test_lines_stand_28_95_points_apart(pages: tuple[Page, ...]) -> None:
    for page in full_pages(pages):
        tops = [line.top / MM for line in page.body]
        assert (tops[-1] - tops[0]) / (LINES - 1) == pytest.approx(PITCH, abs=0.05)
        assert all(after - before == pytest.approx(PITCH, abs=0.1) for before, after in pairwise(tops))


def test_the_text_fills_the_type_area(pages: tuple[Page, ...]) -> None:
    for page in full_pages(pages):
        assert page.body[0].top == pytest.approx(39.6, abs=FONT)
        assert page.body[-1].bottom == pytest.approx(261.5, abs=FONT)
        assert min(line.left for line in page.body) == pytest.approx(28, abs=0.3)
        assert max(line.right for line in page.body) == pytest.approx(184, abs=0.6)


def test_the_page_number_stands_outside_below_the_type_area(pages: tuple[Page, ...]) -> None:
    for page in pages:
        number = page.number
        if number is None or page.turned:
            continue
        assert (number.top + number.bottom) / 2 == pytest.approx(269, abs=1)
        # 宋体 4号: two dashes, two half spaces and half a character for each digit; the spaces of stand-ins are narrower.
        digits = number.text.strip("—")
        broad = 14 * MM * (3 + len(digits) / 2)
        assert number.right - number.left == pytest.approx(broad, abs=1.5)
        if int(digits) % 2:
            assert number.right == pytest.approx(179, abs=1)
        else:
            assert number.left == pytest.approx(33, abs=1)


def test_cover_and_contents_have_no_number_and_the_body_counts_from_one(pages: tuple[Page, ...]) -> None:
    numbers = [page.number.text.strip("—") if page.number else "" for page in pages]
    assert numbers[:2] == ["", ""]
    assert numbers[2:] == [str(count) for count in range(1, len(pages) - 1)]


def test_a_turned_page_goes_on_with_the_number_and_the_next_stands_upright_again(
    pages: tuple[Page, ...],
) -> None:
    shapes = [page.turned for page in pages]
    assert shapes.count(True) == 1
    assert not shapes[-1]
    turned = pages[shapes.index(True)]
    assert turned.width == pytest.approx(297, abs=0.5)
    assert turned.height == pytest.approx(210, abs=0.5)
    assert all(page.text for page in pages)
