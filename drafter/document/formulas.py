"""Formulas in TeX: `$…$` among words, `$$ … $$ {#eq:x}` in lines of their own. What they say is not read here."""

from __future__ import annotations

import re

from markdown_it.rules_block.state_block import StateBlock
from markdown_it.rules_inline.state_inline import StateInline

# Pandoc's rule: no space inside, no digit behind, so that prices stay prices
_INLINE = re.compile(r"\$\$([^$]+)\$\$|\$(?![\s$])((?:\\.|[^$\\\n])*?)(?<!\s)\$(?![\d$])", re.DOTALL)
EQUATION = re.compile(r"\$\$(.+?)\$\$(?P<rest>[ \t]*(?:\{[^{}\n]*\})?)\s*", re.DOTALL)
_CLOSED = re.compile(r"\$\$[ \t]*(?:\{[^{}\n]*\})?[ \t]*\Z")
_WIDTH = 2


def formula(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- a rule of the library
    """`$…$`, or `$$…$$` among words."""
    match = _INLINE.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        state.push("formula", "", 0).content = match[1] or match[2]
    state.pos = match.end()
    return True


def equation(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 -- a rule
    """`$$` at the start of a line, up to the line that ends in `$$` and perhaps a name."""
    # imported here because blocks know their rules
    from drafter.document.blocks import content, push_inline

    begin = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("$$", begin) or state.is_code_block(start):
        return False
    line = start
    while line < end and not state.isEmpty(line):
        at = state.bMarks[line] + state.tShift[line] + (_WIDTH if line == start else 0)
        if _CLOSED.search(state.src[at : state.eMarks[line]]):
            break
        line += 1
    else:
        return False
    text, runs = content(state, start, line + 1)
    if not EQUATION.fullmatch(text):
        return False
    if silent:
        return True
    opened = state.push("equation_open", "div", 1)
    opened.map, opened.meta["span"] = [start, line + 1], (begin, state.eMarks[line])
    push_inline(state, text, runs).map = [start, line + 1]
    state.push("equation_close", "div", -1)
    state.line = line + 1
    return True
