"""Pipe tables with the exact range of every cell: one token for a table, its cells in `meta`."""

from __future__ import annotations

import re

from markdown_it.common.utils import MD_TRIM_CHARS
from markdown_it.rules_block.state_block import StateBlock

from drafter.document.blocks import trimmed
from drafter.document.ground import Run, Runs
from drafter.document.tree import Align
from drafter.source.frozen import dataclass

_DASHES = re.compile(r":?-+:?\Z")
_ALLOWED = frozenset("|-: \t")

Cell = tuple[str, Runs]


@dataclass(frozen=True, slots=True)
class PipeTable:
    """What a pipe table's lines hold. A row's `extra` is where its first cell beyond the head's columns begins, or -1."""

    aligns: tuple[Align, ...]
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    extra: tuple[int, ...]
    starts: tuple[int, ...]


def pipe_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- a rule
    """A head line, a line of dashes with as many columns, and rows until an empty line or another block."""
    if start + 2 > end or state.sCount[start + 1] < state.blkIndent or state.is_code_block(start + 1):
        return False
    aligns = _aligns(_line(state, start + 1))
    if not aligns or "|" not in _line(state, start):
        return False
    head = _cells(state, start)
    if len(head) != len(aligns):
        return False
    if silent:
        return True
    parent, state.parentType = state.parentType, "table"
    rows, extra, starts, line = [], [], [], start + 2
    while line < end and not _stops(state, line, end):
        cells = _cells(state, line)
        extra.append(cells[len(head)][1][0][2] if _surplus(cells, len(head)) else -1)
        empty = (state.eMarks[line], state.eMarks[line])
        cells += [("", [(0, 0, *empty)])] * (len(head) - len(cells))
        rows.append(tuple(cells[: len(head)]))
        starts.append(state.bMarks[line] + state.tShift[line])
        line += 1
    state.parentType = parent
    token = state.push("pipe_table", "table", 0)
    token.map = [start, line]
    token.meta["table"] = PipeTable(aligns, tuple(head), tuple(rows), tuple(extra), tuple(starts))
    token.meta["span"] = (state.bMarks[start] + state.tShift[start], state.eMarks[line - 1])
    state.line = line
    return True


def _surplus(cells: list[Cell], count: int) -> bool:
    return any(text for text, _ in cells[count:])


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _aligns(line: str) -> tuple[Align, ...]:
    """The alignments that a line of dashes gives, none where it is no such line."""
    line = line.rstrip(" \t")
    if not _ALLOWED.issuperset(line) or line[:2] in ("- ", "-\t"):
        return ()
    out: list[Align] = []
    for cell in line.removeprefix("|").removesuffix("|").split("|"):
        dashes = cell.strip(" \t")
        if not _DASHES.match(dashes):
            return ()
        left, right = dashes[0] == ":", dashes[-1] == ":"
        out.append("center" if left and right else "left" if left else "right" if right else "")
    # a single column needs a pipe, else it underlines a heading
    return tuple(out) if len(out) > 1 or "|" in line or ":" in line else ()


def _stops(state: StateBlock, line: int, end: int) -> bool:
    if state.sCount[line] < state.blkIndent or state.isEmpty(line) or state.is_code_block(line):
        return True
    first = state.src[state.bMarks[line] + state.tShift[line]]
    if first == "|":
        return False
    rules = state.md.block.ruler.getRules("blockquote")
    return any(rule(state, line, end, True) for rule in rules)  # noqa: FBT003 -- the library's signature


def _cells(state: StateBlock, line: int) -> list[Cell]:
    """The cells of a line. A pipe behind a backslash is the cell's own."""
    src = state.src
    start, stop = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    while stop > start and src[stop - 1] in " \t":
        stop -= 1
    if src.startswith("|", start, stop):
        start += 1
    cells: list[Cell] = []
    escapes: list[int] = []
    begin, at = start, src.find("|", start, stop)
    while at >= 0:
        if at > begin and src[at - 1] == "\\":
            escapes.append(at - 1)
        else:
            cells.append(_cell(src, begin, at, escapes))
            begin, escapes = at + 1, []
        at = src.find("|", at + 1, stop)
    if begin < stop:
        cells.append(_cell(src, begin, stop, escapes))
    return cells


def _cell(src: str, start: int, end: int, escapes: list[int]) -> Cell:
    if not escapes:
        # by hand: most cells have one space on either side
        while start < end and src[start] in MD_TRIM_CHARS:
            start += 1
        while start < end and src[end - 1] in MD_TRIM_CHARS:
            end -= 1
        return src[start:end], [(0, end - start, start, end)]
    parts: list[str] = []
    runs: list[Run] = []
    length = 0
    for escape in escapes:
        runs.append((length, length + escape - start, start, escape))
        length += escape - start
        runs.append((length, length + 1, escape, escape + 2))
        length += 1
        parts += (src[start:escape], "|")
        start = escape + 2
    parts.append(src[start:end])
    runs.append((length, length + end - start, start, end))
    return trimmed("".join(parts), [run for run in runs if run[0] < run[1]])
