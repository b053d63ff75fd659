"""Definitions: a line of its own with the term, below it `: ` and what it means, as in Pandoc.

    护理型床位
    : 指养老机构中主要供失能老年人使用的床位。

An empty line may stand between the two. What is indented as far as the text behind the colon belongs to the definition, too; the next
line that is followed by a `: ` is the next term.
"""

from __future__ import annotations

from markdown_it.rules_block.state_block import StateBlock

_CODE_INDENT = 4
_MARK = 2
"""Columns that the colon and a space behind it take: what is indented so far continues a definition."""


def defined(state: StateBlock, line: int, end: int) -> int:
    """The line of the `: ` that makes a term of `line`, 0 where there is none."""
    line += 1
    if line < end and state.bMarks[line] + state.tShift[line] >= state.eMarks[line]:
        line += 1
    return line if line < end and marked(state, line) else 0


def marked(state: StateBlock, line: int) -> bool:
    """Whether a line begins a meaning."""
    at = state.bMarks[line] + state.tShift[line]
    return (
        at + 1 < state.eMarks[line]
        and state.src[at] == ":"
        and state.src[at + 1] in " \t"
        and 0 <= state.sCount[line] - state.blkIndent < _CODE_INDENT
    )


def definition(state: StateBlock, start: int, first: int, end: int) -> None:
    """The term of line `start` and its meanings, the first of which begins at line `first`."""
    # imported here because paragraphs and definitions know each other
    from drafter.document.blocks import content, push_inline

    opened = state.push("definition_open", "dl", 1)
    push_inline(state, *content(state, start, start + 1)).map = [start, start + 1]
    line = first
    while True:
        stop = _end(state, line, end)
        _meaning(state, line, stop)
        following = _skip(state, stop, end)
        if following >= end or not marked(state, following):
            break
        line = following
    state.line = stop
    last = stop - 1
    while state.isEmpty(last):
        last -= 1
    opened.map = [start, stop]
    opened.meta["span"] = (state.bMarks[start] + state.tShift[start], state.eMarks[last])
    state.push("definition_close", "dl", -1)


def _skip(state: StateBlock, line: int, end: int) -> int:
    while line < end and state.isEmpty(line):
        line += 1
    return line


def _end(state: StateBlock, line: int, end: int) -> int:
    """The line behind a meaning that begins at `line`: the next mark or term, or what stands further left behind an empty line."""
    gap = False
    line += 1
    while line < end:
        if state.isEmpty(line):
            gap = True
        elif state.sCount[line] - state.blkIndent < _MARK and (
            gap or state.sCount[line] < state.blkIndent or marked(state, line) or defined(state, line, end)
        ):
            break
        else:
            gap = False
        line += 1
    return line


def _meaning(state: StateBlock, line: int, stop: int) -> None:
    """The blocks of one meaning, the mark of its first line taken off."""
    at = state.bMarks[line] + state.tShift[line] + 1
    indent = state.sCount[line] + 1
    while at < state.eMarks[line] and state.src[at] in " \t":
        at, indent = at + 1, indent + 1
    kept = state.tShift[line], state.sCount[line], state.blkIndent, state.parentType, state.lineMax
    state.tShift[line] = at - state.bMarks[line]
    state.blkIndent = state.sCount[line] + _MARK
    # further spaces are no code: nobody would see them
    state.sCount[line] = state.blkIndent
    state.parentType, state.lineMax = "definition", stop
    state.md.block.tokenize(state, line, stop)
    state.tShift[line], state.sCount[line], state.blkIndent, state.parentType, state.lineMax = kept
