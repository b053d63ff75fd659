"""The cover as it is printed: one page whatever the title, and the title in its place whatever stands in the corner."""

from __future__ import annotations

from pathlib import Path

import pytest

from drafter.word.frames import plan_frame
from drafter.word.titles import title_lines
from drafter.word.writing import write
from tests.word.page.rendering import Page, PrintedLine, missing, rendered
from tests.word.trees import FACTS, Plan

WHY = missing()
pytestmark = [pytest.mark.office, pytest.mark.skipif(bool(WHY), reason=WHY)]

CORNER = {
    "份号": "12",
    "密级": "秘密",
    "保密期限": "1年",
    "提示": "内部资料　注意保存",
    "收件单位": "市财政局",
}
SHORT = "临港市民政事业发展“十四五”规划"
LONG = "中华人民共和国国民经济和社会发展第十四个五年规划和2035年远景目标纲要"


def _cover(title: str, facts: dict[str, str], folder: Path) -> tuple[Page, int]:
    plan = Plan()
    document = plan.document(plan.heading(1, "第一章", "总则"), plan.paragraph("为了……"), title=title)
    file = write(document, plan.numbering(), plan_frame(), {**FACTS, **facts}).value
    assert file
    pages = rendered(file.data, folder)
    return pages[0], len(pages)


def _line(page: Page, text: str) -> PrintedLine:
    return next(line for line in page.lines if line.text == text)


def test_the_lines_of_the_title_stand_in_the_middle_as_they_were_broken(tmp_path: Path) -> None:
    page, count = _cover(SHORT, {}, tmp_path)
    assert [line.text for line in page.lines] == [
        *title_lines(SHORT), "（征求意见稿）", "临港市民政局", "二〇二一年一月",
    ]  # fmt: skip
    # The type area reaches from 28 mm to 184 mm.
    assert all((line.left + line.right) / 2 == pytest.approx(106, abs=0.5) for line in page.lines)
    assert count == 3


def test_the_corner_begins_with_the_first_line_and_does_not_move_the_title(tmp_path: Path) -> None:
    plain, _ = _cover(SHORT, {}, tmp_path / "plain")
    page, count = _cover(SHORT, CORNER, tmp_path / "corner")
    assert _line(page, "000012").top == pytest.approx(39.6, abs=0.7)
    assert _line(page, "000012").left == pytest.approx(28, abs=0.3)
    assert page.text.startswith("000012秘密★1年内部资料")
    assert _line(page, "收件单位：市财政局").bottom < _line(page, "临港市民政事业发展").top
    for text in ("临港市民政事业发展", "二〇二一年一月"):
        assert _line(page, text).top == pytest.approx(_line(plain, text).top, abs=0.1)
    assert count == 3


def test_the_longest_title_leaves_the_cover_on_one_page(tmp_path: Path) -> None:
    page, count = _cover(LONG, CORNER, tmp_path)
    assert len(title_lines(LONG)) == 4
    assert page.lines[-1].text == "二〇二一年一月"
    assert page.lines[-1].bottom < 262
    assert count == 3


def test_the_month_in_figures(tmp_path: Path) -> None:
    page, _ = _cover(SHORT, {"日期写法": "数字"}, tmp_path)
    assert page.lines[-1].text == "2021年1月"
