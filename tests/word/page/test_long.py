"""A draft of 60 pages with 40 tables, as it is printed: no heading at the foot of a page, no row on two pages, every head repeated."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from drafter.actions.composing import Composer, loaded
from drafter.actions.settings import settings_for
from drafter.document.tree import Block, Heading, Line, Row, Table, Text
from tests.bench.material import make
from tests.word.page.rendering import Page, missing, rendered
from tests.word.trees import Plan

WHY = missing()
pytestmark = [
    pytest.mark.office,
    pytest.mark.slow,
    pytest.mark.skipif(bool(WHY), reason=WHY),
]

Printed = tuple[tuple[Page, ...], tuple[Block, ...], Mapping[str, str]]
SAME_HEIGHT = 1.5  # mm
FRAGMENTS, CHARACTERS = 14, 33_000


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """The pages of a generated plan, and its blocks with their labels."""
    root = tmp_path_factory.mktemp("long")
    make(root / "workspace", CHARACTERS, FRAGMENTS)
    workspace, _ = loaded(root / "workspace")
    plan = workspace.plans["speed"]
    settings = settings_for(workspace, plan, None, None, internal=False, public=False)
    composer = Composer(workspace)
    document, file = composer.composed(plan, settings).value, composer.written(plan, settings).value
    assert document
    assert file
    labels = {node: label.label for node, label in document.numbering.labels.items()}
    return rendered(file.data, root / "printed"), document.document.blocks, labels


def _said(line: Line) -> str:
    text = "".join(inline.mapped.text for inline in line.inlines if isinstance(inline, Text))
    return "".join(text.split())


def _tables(blocks: tuple[Block, ...]) -> list[Table]:
    return [block for block in blocks if isinstance(block, Table)]


def _cells(row: Row) -> list[str]:
    return [_said(cell.line) for cell in row.cells]


def _body(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    first = next(place for place, page in enumerate(pages) if page.number)
    return pages[first:]


def test_it_is_as_long_as_it_should_be(printed: Printed) -> None:
    pages, blocks, _ = printed
    assert len(pages) >= 60
    assert len(_tables(blocks)) >= 40


def test_no_heading_stands_at_the_foot_of_a_page(printed: Printed) -> None:
    pages, blocks, labels = printed
    headings = {labels[each.id] + _said(each.line) for each in blocks if isinstance(each, Heading)}
    captions = {labels[each.id] + _said(each.caption) for each in _tables(blocks) if each.caption}
    rows = {page.place: _rows(page) for page in _body(pages)}
    assert headings | captions <= {text for each in rows.values() for text in each}
    last = {place: each[-1] for place, each in rows.items()}
    assert {place: text for place, text in last.items() if text in headings | captions} == {}


def test_no_row_stands_on_two_pages_and_every_head_is_repeated(printed: Printed) -> None:
    pages, blocks, _ = printed
    texts = ["".join(_rows(page)) for page in _body(pages)]
    broken = 0
    at = 0
    for table in _tables(blocks):
        assert table.caption is not None
        caption = _said(table.caption)
        at = next(place for place in range(at, len(texts)) if caption in texts[place])
        start = texts[at].index(caption) + len(caption)
        head = "".join(cell for each in table.heads for cell in _cells(each))
        assert _stands(head, texts[at], start), caption
        start += len(head)
        for row in table.rows:
            cells = "".join(_cells(row))
            if not _stands(cells, texts[at], start):
                at, start = at + 1, len(head)
                assert _stands(head, texts[at], 0), f"page after {caption}"
                broken += 1
            assert _stands(cells, texts[at], start), f"{caption}: {cells}"
            start += len(cells)
    assert broken >= 5


def _stands(cells: str, text: str, start: int) -> bool:
    """Whether a row stands there, its cells' lines in whatever order."""
    return sorted(text[start : start + len(cells)]) == sorted(cells)


def _rows(page: Page) -> list[str]:
    """The text of a page by heights, what stands on one height from left to right."""
    rows: list[list[tuple[float, str]]] = []
    height = -1.0
    for line in page.body:
        middle = (line.top + line.bottom) / 2
        if abs(middle - height) > SAME_HEIGHT:
            rows.append([])
            height = middle
        rows[-1].append((line.left, line.text))
    return ["".join(text for _, text in sorted(row)) for row in rows]


def test_a_row_of_several_lines_goes_to_the_next_page_as_a_whole(tmp_path: Path) -> None:
    plan = Plan()
    words = "加强设施建设改善服务条件提高服务质量保障基本需求统筹城乡资源"
    contents = [f"{number:02}{words * (2 + number % 5)}完" for number in range(40)]
    rows = [plan.row(f"项目{number:02}", content) for number, content in enumerate(contents)]
    table = plan.table((plan.row("名称", "内容"),), tuple(rows), 2, "重点项目", 1)
    file = plan.written(plan.paragraph("见表1。"), table).value
    assert file
    pages = _body(rendered(file.data, tmp_path))
    texts = ["".join(line.text for line in page.body if "项目" not in line.text) for page in pages]
    assert len(pages) >= 4
    for content in contents:
        assert sum(content in text for text in texts) == 1, content[:2]
