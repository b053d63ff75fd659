"""Block rules of our own: `::: word title` … `:::`, the writer's comments, footnotes with their place."""

from __future__ import annotations

import re

from markdown_it.rules_block.state_block import StateBlock

from drafter.document.blocks import push_inline, trimmed
from drafter.document.ground import one_run

_CODE_INDENT = 4
_FENCE = re.compile(r"(`{3,}|~{3,})")


def container(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- a rule
    """A block opened by `::: word …`, closed by the bare `:::` that belongs to it; a bare one alone is reported."""
    begin, stop = state.bMarks[start] + state.tShift[start], state.eMarks[start]
    if not state.src.startswith(":::", begin, stop) or state.is_code_block(start):
        return False
    if silent:
        return True
    at = begin
    while at < stop and state.src[at] == ":":
        at += 1
    text, runs = trimmed(state.src[at:stop], one_run(stop - at, at))
    if not text:
        state.push("stray_close", "", 0).meta["at"] = begin
        state.line = start + 1
        return True
    close, closed = _closing(state, start, end)
    token = state.push("container_open", "div", 1)
    token.content, token.map = text, [start, start]
    last = close if closed else close - 1
    token.meta.update(runs=runs, at=begin, span=(begin, state.eMarks[last]), closed=closed)
    parent, limit = state.parentType, state.lineMax
    state.parentType, state.lineMax = "container", close
    state.md.block.tokenize(state, start + 1, close)
    state.parentType, state.lineMax = parent, limit
    state.line = last + 1
    state.push("container_close", "div", -1)
    return True


def _closing(state: StateBlock, start: int, end: int) -> tuple[int, bool]:
    """The line of the bare `:::` that closes the block opened at `start`; else the line where all around it ends, and False."""
    depth, fence = 0, ""
    for line in range(start + 1, end):
        at, stop = state.bMarks[line] + state.tShift[line], state.eMarks[line]
        indent = state.sCount[line] - state.blkIndent
        if at >= stop or indent >= _CODE_INDENT:
            continue
        if indent < 0:
            return line, False
        char = state.src[at]
        if char in "`~" and (match := _FENCE.match(state.src, at, stop)):
            if not fence:
                fence = match[0]
            elif match[0].startswith(fence):
                fence = ""
        elif char == ":" and not fence and state.src.startswith(":::", at, stop):
            if state.src[at:stop].strip(": \t"):
                depth += 1
            elif depth == 0:
                return line, True
            else:
                depth -= 1
    return end, False


def comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- a rule
    """`<!-- … -->` at the start of a line: nothing is printed; what follows on its last line is printed, and reported."""
    begin = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("<!--", begin) or state.is_code_block(start):
        return False
    close = state.src.find("-->", begin + 2, state.eMarks[end - 1])
    if close < 0:
        return False
    if silent:
        return True
    line = start
    while state.eMarks[line] < close:
        line += 1
    state.line = line + 1
    stop = state.eMarks[line]
    text, runs = trimmed(state.src[close + 3 : stop], one_run(stop - close - 3, close + 3))
    if text:
        token = state.push("paragraph_open", "p", 1)
        token.map = [line, line + 1]
        token.meta.update(span=(runs[0][2], stop), after_comment=True)
        push_inline(state, text, runs).map = [line, line + 1]
        state.push("paragraph_close", "p", -1)
    return True


def note(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- a rule
    """`[^label]: …`, as the footnote plugin reads it, with its place."""
    from mdit_py_plugins.footnote.index import footnote_def

    at, count = state.bMarks[start] + state.tShift[start], len(state.tokens)
    if not footnote_def(state, start, end, silent):
        return False
    if not silent:
        state.tokens[count].meta["at"] = at
    return True
