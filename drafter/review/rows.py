"""Rows of hand-written pipe tables put in and struck out, as lines of their fragment. Each function raises `Blocked`."""

from __future__ import annotations

from collections.abc import Sequence

from drafter.review import escape
from drafter.review.ground import Block, block_of, line_end
from drafter.review.points import Blocked, Ground, once
from drafter.review.remarks import Change, SliceEdit
from drafter.source.origins import DataValue


def row_after(ground: Ground, index: int, texts: Sequence[str]) -> SliceEdit:
    """A new line of cells after the row of a paragraph."""
    if index < 0:
        raise Blocked("review.no-place")
    block, cells = _row(ground, index)
    if len(cells) != len(texts) or any("\n" in text for text in texts):
        raise Blocked("review.structure")
    text = block.source.text
    at = block.last
    if ground.issued[index].kind == "head":
        at = line_end(text, at + 1)  # the line of dashes
    indent = text[block.first : block.last][
        : len(text[block.first : block.last]) - len(text[block.first : block.last].lstrip())
    ]
    line = " | ".join(escape.spaces(escape.markdown(each), first=True, last=True) for each in texts)
    return SliceEdit(block.slice(at, at), f"\n{indent}| {line} |")


def row_struck(ground: Ground, change: Change) -> SliceEdit:
    """The line of a whole row taken out."""
    block, cells = _row(ground, change.anchor)
    if ground.issued[change.anchor].kind != "cell" or cells[0] != change.anchor:
        raise Blocked("review.structure")
    if change.end != sum(len(ground.issued[each].text) + 1 for each in cells):
        raise Blocked("review.structure")
    return SliceEdit(block.slice(block.first, min(block.last + 1, len(block.source.text))), "")


def _row(ground: Ground, index: int) -> tuple[Block, list[int]]:
    """The line of a hand-written table row, and the paragraphs of its cells."""
    anchor = ground.issued[index]
    if anchor.column < 0:
        raise Blocked("review.no-place")
    cells = [each for each in _beside(ground, index) if ground.issued[each].pieces]
    if any(
        isinstance(piece.origin, DataValue) and piece.origin.expression is None
        for each in cells
        for piece in ground.issued[each].pieces
    ):
        raise Blocked("review.data-row")
    blocks = [block for each in cells if (block := block_of(ground.issued[each], ground.sources))]
    if not blocks or len(blocks) < len(cells) or len({(block.path, block.first) for block in blocks}) > 1:
        raise Blocked("review.structure")
    for each in cells:
        once(ground, each, blocks[0].path)
    return blocks[0], _beside(ground, index)


def _beside(ground: Ground, index: int) -> list[int]:
    anchor = ground.issued[index]
    start = end = index
    while start and ground.issued[start - 1].name == anchor.name and ground.issued[start - 1].column >= 0:
        start -= 1
    while (
        end + 1 < len(ground.issued)
        and ground.issued[end + 1].name == anchor.name
        and ground.issued[end + 1].column >= 0
    ):
        end += 1
    return list(range(start, end + 1))
