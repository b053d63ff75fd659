"""Which blocks stand on turned pages: tables that need the breadth, and in an annex the little text around them.

An annex of a title, two sentences and a broad table would otherwise be a nearly empty page and a turned one. In the chapters only the
table turns: there the text before and after it is what is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from drafter.document.tree import Block, Box, Heading, Line, ListBlock, Paragraph, Table, Text

LITTLE = 11
"""Lines of text that turn with the table beside them: half a page."""

_CHARACTERS = 28  # of an upright line
_TITLE = 3  # lines of a heading with the space around it
_REFERENCE = 3  # characters of what is no text: 表12


def turned(blocks: Sequence[Block]) -> tuple[bool, ...]:
    """For each block of the top whether its page is turned."""
    broad = [needs_breadth(block) for block in blocks]
    for start, end in _annexes(blocks):
        runs = [list(run) for _, run in groupby(range(start, end), key=broad.__getitem__)]
        if len(runs) > 1:
            for run in runs:
                if not broad[run[0]] and sum(_lines(blocks[each]) for each in run) <= LITTLE:
                    for each in run:
                        broad[each] = True
    return tuple(broad)


def needs_breadth(block: Block) -> bool:
    """Whether a block is a table that needs the breadth of a turned page, in a box or not."""
    if isinstance(block, Box):
        return len(block.blocks) == 1 and needs_breadth(block.blocks[0])
    return isinstance(block, Table) and block.landscape


def _annexes(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Where each annex begins and ends."""
    starts = [
        place
        for place, block in enumerate(blocks)
        if isinstance(block, Heading) and block.annex and block.level == 1
    ]
    yield from pairwise((*starts, len(blocks)))


def _lines(block: Block) -> int:
    """The lines that a block takes on an upright page; what is no text takes more than there are."""
    if isinstance(block, Heading):
        return _TITLE
    if isinstance(block, Paragraph):
        return -(-(_length(block.line) + 2) // _CHARACTERS)
    if isinstance(block, ListBlock):
        return _all(part for item in block.items for part in item.blocks)
    return LITTLE + 1


def _all(blocks: Iterable[Block]) -> int:
    return sum(map(_lines, blocks))


def _length(line: Line) -> int:
    return sum(len(inline.mapped.text) if isinstance(inline, Text) else _REFERENCE for inline in line.inlines)
