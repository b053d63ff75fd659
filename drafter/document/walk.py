"""All blocks and lines of a tree, in printing order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from drafter.document.tree import (
    Block,
    Box,
    CodeBlock,
    Definition,
    Figure,
    Heading,
    Line,
    ListBlock,
    Paragraph,
    Quote,
    Table,
)


def blocks(roots: Iterable[Block]) -> Iterator[Block]:
    """Every block, each before those in it."""
    for block in roots:
        yield block
        if isinstance(block, Box | Quote | Definition):
            yield from blocks(block.blocks)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from blocks(item.blocks)


def lines(block: Block) -> Iterator[Line]:
    """The lines of a block itself, not of the blocks in it."""
    if isinstance(block, Heading | Paragraph | CodeBlock):
        yield block.line
    elif isinstance(block, Box):
        yield block.title
    elif isinstance(block, Definition):
        yield block.term
    elif isinstance(block, Figure):
        if block.caption:
            yield block.caption
        yield from block.notes
    elif isinstance(block, Table):
        if block.caption:
            yield block.caption
        if block.unit_line:
            yield block.unit_line
        for row in (*block.heads, *block.rows):
            for cell in row.cells:
                yield cell.line
        yield from block.notes
