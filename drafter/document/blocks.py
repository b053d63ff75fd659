"""Block Markdown with the exact range of every content: the library's parser, with own rules where ranges are made or lost.

Paragraphs, headings and tables hand over their content with its `Runs` (token.meta["runs"]) and their extent in the merged text
(token.meta["span"]); code blocks, which the library reads, get theirs from `getLines`. Rules are chosen by the first character of a
line: a plan is mostly paragraphs of one line that no rule but one can want.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it.common.utils import MD_TRIM_CHARS, isStrSpace
from markdown_it.main import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.rules_block.state_block import StateBlock
from markdown_it.token import Token
from markdown_it.utils import EnvType

from drafter.document.definitions import defined, definition
from drafter.document.ground import Run, Runs, one_run, part

Rule = Callable[[StateBlock, int, int, bool], bool]

_PARAGRAPH = ("lheading", "paragraph")
_FIRST: dict[str, str] = {
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "footnote_def": "[",
    "reference": "[",
    "html_block": "<",
    "comment": "<",
    "heading": "#",
    "container": ":",
    "equation": "$",
}
"""The first characters of each rule; indented code, tables and paragraphs are asked for elsewhere."""

_UNDERLINE = re.compile(r"(=+|-+)[ \t]*\Z")
_CODE_INDENT = 4


class BlockState(StateBlock):
    """The library's state, which remembers where cut lines came from."""

    def getLines(self, begin: int, end: int, indent: int, keepLastLF: bool) -> str:  # noqa: N802, N803, FBT001
        """Lines without their prefixes, as the library cuts them; their runs go to the block that asks."""
        parts: list[str] = []
        runs: Runs = []
        at = 0
        for line in range(begin, end):
            last = self.eMarks[line] + (1 if line + 1 < end or keepLastLF else 0)
            first, missing = self._cut(line, indent, last)
            if missing:
                parts.append(" " * missing)
                runs.append((at, at + missing, first - 1, first))
                at += missing
            text = self.src[first:last]
            parts.append(text)
            runs.append((at, at + len(text), first, first + len(text)))
            at += len(text)
        if self.tokens and self.tokens[-1].type in ("fence", "code_block"):
            self.tokens[-1].meta["runs"] = runs
        return "".join(parts)

    def _cut(self, line: int, indent: int, last: int) -> tuple[int, int]:
        """Where a line begins behind `indent` columns, and how many spaces of a cut tab are left before that."""
        start = first = self.bMarks[line]
        column = 0
        while first < last and column < indent:
            char = self.src[first]
            if char == "\t":
                column += 4 - (column + self.bsCount[line]) % 4
            elif char == " " or first - start < self.tShift[line]:
                column += 1
            else:
                break
            first += 1
        return first, max(column - indent, 0)


class PlacedBlocks(ParserBlock):
    """The library's block parser, by first character. `prepare` must be called once the rules are chosen."""

    definitions = False
    """Whether there are definitions, which CommonMark does not know."""

    def prepare(self) -> None:
        """Make the tables of rules by first character: those that begin a block, and those that end a paragraph."""
        self.ruler.at("paragraph", paragraph)
        self.ruler.at("heading", heading, {"alt": ["paragraph", "reference", "blockquote"]})
        active = dict(zip(self.ruler.get_active_rules(), self.ruler.getRules(""), strict=True))
        self.table: Rule | None = active.get("table")
        self.beginning = _by_first(active)
        ending = set(self.ruler.getRules("paragraph"))
        self.ending = _by_first({name: rule for name, rule in active.items() if rule in ending})

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803 -- the library's
        """The blocks of lines `startLine:endLine`."""
        line, gap = startLine, False
        src, begin, shift, stop = state.src, state.bMarks, state.tShift, state.eMarks
        while line < endLine:
            state.line = line = state.skipEmptyLines(line)
            if line >= endLine or state.sCount[line] < state.blkIndent:
                break
            if state.level >= state.md.options["maxNesting"]:
                state.env.setdefault("skipped", []).append(begin[line] + shift[line])
                state.line = endLine
                break
            if state.is_code_block(line):
                self._code(state, line, endLine)
            elif not self._is_table(state, line, endLine):
                for rule in self.beginning.get(src[begin[line] + shift[line]], ()):
                    if rule(state, line, endLine, False):  # noqa: FBT003 -- the library's signature
                        break
                else:
                    paragraph(state, line, endLine, False)  # noqa: FBT003
            state.tight = not gap
            line = state.line
            # a paragraph in a nested list may have eaten the line end after it
            if line - 1 < endLine and state.isEmpty(line - 1):
                gap = True
            if line < endLine and begin[line] + shift[line] >= stop[line]:
                gap = True
                line += 1
                state.line = line

    def _is_table(self, state: StateBlock, line: int, end: int) -> bool:
        table = self.table
        return bool(table and underlined(state, line, end) and table(state, line, end, False))  # noqa: FBT003

    def _code(self, state: StateBlock, line: int, end: int) -> None:
        from markdown_it.rules_block import code

        code(state, line, end, False)  # noqa: FBT003 -- the library's signature

    def parse(self, src: str, md: MarkdownIt, env: EnvType, outTokens: list[Token]) -> list[Token] | None:  # noqa: N803
        """The tokens of a whole text."""
        if not src:
            return None
        state = BlockState(src, md, env, outTokens)
        env["lines"] = (tuple(state.bMarks), tuple(state.eMarks))
        self.tokenize(state, state.line, state.lineMax)
        return state.tokens


def _by_first(rules: dict[str, Rule]) -> dict[str, list[Rule]]:
    out: dict[str, list[Rule]] = {}
    for name, rule in rules.items():
        for char in _FIRST.get(name, ""):
            out.setdefault(char, []).append(rule)
    return out


def underlined(state: StateBlock, line: int, end: int) -> bool:
    """Whether the next line may be the rule below a table's head."""
    line += 1
    if line >= end:
        return False
    at = state.bMarks[line] + state.tShift[line]
    return at < state.eMarks[line] and state.src[at] in "|-:"


def content(state: StateBlock, first: int, last: int) -> tuple[str, Runs]:
    """The text of lines `first:last` without prefixes and indentation, trimmed, with its runs."""
    src, runs, parts, length = state.src, list[Run](), list[str](), 0
    for line in range(first, last):
        start = state.bMarks[line] + state.tShift[line]
        end = state.eMarks[line] + (1 if line + 1 < last else 0)
        if runs and runs[-1][3] == start:
            runs[-1] = (runs[-1][0], length + end - start, runs[-1][2], end)
        else:
            runs.append((length, length + end - start, start, end))
        parts.append(src[start:end])
        length += end - start
    return trimmed("".join(parts), runs)


def trimmed(text: str, runs: Runs) -> tuple[str, Runs]:
    """The text without space around it, and its runs."""
    inner = text.strip(MD_TRIM_CHARS)
    if len(inner) == len(text):
        return text, runs
    lead = len(text) - len(text.lstrip(MD_TRIM_CHARS))
    return inner, part(runs, lead, lead + len(inner))


def push_inline(state: StateBlock, text: str, runs: Runs) -> Token:
    """The content of a block, for the inline parser."""
    token = state.push("inline", "", 0)
    token.content, token.children = text, []
    token.meta["runs"] = runs
    return token


def paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001, FBT001 -- a rule
    """A paragraph, a heading where a line of `=` or `-` follows, a definition where one with `: ` does."""
    parser = state.md.block
    assert isinstance(parser, PlacedBlocks)  # noqa: S101 -- `dialect` makes no other
    if parser.definitions and (meaning := defined(state, start, end)):
        definition(state, start, meaning, end)
        return True
    line, level = _end_of_paragraph(state, start, end)
    text, runs = content(state, start, line)
    state.line = line + 1 if level else line
    kind, tag = ("heading", f"h{level}") if level else ("paragraph", "p")
    token = state.push(f"{kind}_open", tag, 1)
    token.map = [start, state.line]
    token.meta["span"] = (state.bMarks[start] + state.tShift[start], state.eMarks[state.line - 1])
    push_inline(state, text, runs).map = [start, line]
    state.push(f"{kind}_close", tag, -1)
    return True


def _end_of_paragraph(state: StateBlock, start: int, end: int) -> tuple[int, int]:
    """The line after a paragraph's last, and the level of the heading that its underline makes of it (0: none)."""
    parser = state.md.block
    assert isinstance(parser, PlacedBlocks)  # noqa: S101 -- `dialect` makes no other
    before, state.parentType = state.parentType, "paragraph"
    line, stop, level = start + 1, state.lineMax, 0
    while line < stop and not state.isEmpty(line):
        indent = state.sCount[line]
        # what is indented far continues lazily, as does a line left of a quotation
        if indent - state.blkIndent < _CODE_INDENT:
            at = state.bMarks[line] + state.tShift[line]
            char = state.src[at]
            if char in "-=" and line < end and _is_underline(state, line):
                level = 1 if char == "=" else 2
                break
            if indent >= 0 and _ends(parser, state, line, end):
                break
        line += 1
    state.parentType = before
    return line, level


def _is_underline(state: StateBlock, line: int) -> bool:
    at = state.bMarks[line] + state.tShift[line]
    return state.sCount[line] >= state.blkIndent and bool(_UNDERLINE.match(state.src, at, state.eMarks[line]))


def _ends(parser: PlacedBlocks, state: StateBlock, line: int, end: int) -> bool:
    rules = parser.ending.get(state.src[state.bMarks[line] + state.tShift[line]], ())
    if any(rule(state, line, end, True) for rule in rules):  # noqa: FBT003 -- the library's signature
        return True
    table = parser.table
    return bool(table and underlined(state, line, end) and table(state, line, end, True))  # noqa: FBT003


def heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001, FBT001 -- a rule
    """`# Title #`."""
    begin, stop = state.bMarks[start] + state.tShift[start], state.eMarks[start]
    at = begin
    while at < stop and state.src[at] == "#":
        at += 1
    level = at - begin
    if not 1 <= level <= 6 or (at < stop and not isStrSpace(state.src[at])) or state.is_code_block(start):  # noqa: PLR2004
        return False
    if silent:
        return True
    last = state.skipSpacesBack(stop, at)
    tail = state.skipCharsStrBack(last, "#", at)
    if tail > at and isStrSpace(state.src[tail - 1]):
        last = tail
    state.line = start + 1
    token = state.push("heading_open", f"h{level}", 1)
    token.map = [start, state.line]
    token.meta["span"] = (begin, stop)
    push_inline(state, *trimmed(state.src[at:last], one_run(last - at, at))).map = [start, state.line]
    state.push("heading_close", f"h{level}", -1)
    return True
