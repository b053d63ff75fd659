"""Inline Markdown with the exact range of every token: markdown-it-py's own rules, placed.

Each token's `map` holds where it stands in the block's content, `[start, end]`. The library knows that only while a rule runs: literal
text is always one unbroken range (whatever interrupts it makes a token first), and what a rule pushed lies between the position
before it and the position after. Rules are chosen by their first character, so that plain text costs one search.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline.image import image
from markdown_it.rules_inline.state_inline import Scanned, StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from drafter.document.attributes import behind
from drafter.document.shield import original

Rule = Callable[[StateInline, bool], bool]
Placer = Callable[[StateInline, Sequence[Token], int], None]

_CROSS_REFERENCE = re.compile(r"@(tbl|fig|box|sec|eq):([a-z0-9]+(?:-[a-z0-9]+)*)")
_NOTE_REFERENCE = re.compile(r"\[\^([^\]\s]+)\]")


class InlineState(StateInline):
    """The library's state, which remembers where pending text began, and knows Chinese punctuation."""

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, out: list[Token]) -> None:
        self.pending_from = 0
        super().__init__(src, md, env, out)

    def append_pending(self, text: str) -> None:
        """Text that no rule claims, standing at `pos`."""
        if not self._pending and not self._pending_buffer:
            self.pending_from = self.pos
        self._pending_buffer.append(text)

    def pushPending(self) -> Token:  # noqa: N802 -- the library's name
        """The pending text as a token with its range."""
        token = super().pushPending()
        token.map = [self.pending_from, self.pending_from + len(token.content)]
        return token

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803, FBT001 -- the library's names
        """Whether a run of `*`, `_` or `~` can open or close.

        As in CommonMark, except that punctuation counts only where it is not Chinese, and that a Chinese character on the other
        side makes up for it: `**推进建设。**实施` closes, as whoever wrote it means.
        """
        src, end = self.src, start + 1
        while end < self.posMax and src[end] == src[start]:
            end += 1
        return Scanned(*flanks(src, start, end, self.posMax, word=not canSplitWord), end - start)


class Flanks(NamedTuple):
    """Whether a run of delimiters can open and close."""

    opens: bool
    closes: bool


def flanks(text: str, start: int, end: int, limit: int | None = None, *, word: bool = False) -> Flanks:
    """What the run `start:end` can do by what stands beside it; `word`: not inside a word (`_`)."""
    before = _beside(_before(text, start)) if start else _EDGE
    after = _beside(text[end]) if end < (len(text) if limit is None else limit) else _EDGE
    opens = not after.space and (not after.foreign or before.space or before.foreign or before.chinese)
    closes = not before.space and (not before.foreign or after.space or after.foreign or after.chinese)
    if not word:
        return Flanks(opens, closes)
    return Flanks(opens and (not closes or before.punctuation), closes and (not opens or after.punctuation))


def _before(src: str, at: int) -> str:
    """The character before `at`; a variation selector belongs to the character before it."""
    return src[max(at - 2, 0) : at] if "\ufe00" <= src[at - 1] <= "\ufe0f" else src[at - 1]


class _Beside(NamedTuple):
    """What a character beside a run of delimiters is. Punctuation is `foreign` where it is not Chinese."""

    space: bool
    punctuation: bool
    chinese: bool
    foreign: bool


@cache
def _beside(near: str) -> _Beside:
    """The kind of a character, which may have a variation selector behind it."""
    char = original(near[0])
    space = isWhiteSpace(ord(char))
    punctuation = isMdAsciiPunct(ord(char)) or isPunctChar(char)
    chinese = is_chinese(char) or (len(near) > 1 and char in _QUOTES)
    return _Beside(space, punctuation, chinese, punctuation and not chinese)


def is_chinese(char: str) -> bool:
    """Whether a character is of Chinese, Japanese or Korean writing, its full-width punctuation included."""
    code = ord(char)
    return code >= _FIRST_WIDE and (
        any(first <= code <= last for first, last in _CHINESE) or unicodedata.east_asian_width(char) in "WF"
    )


_QUOTES = "“”‘’"  # full-width where a variation selector says so
_EDGE = _Beside(space=True, punctuation=False, chinese=False, foreign=False)
_FIRST_WIDE = 0x1100  # nothing before it is wide
_CHINESE = ((0x2E80, 0x9FFF), (0xAC00, 0xD7A3), (0x1100, 0x11FF), (0xE0100, 0xE01EF))


def cross_reference(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- a rule of the library
    """`@tbl:x`, not behind a letter or digit (an address of mail)."""
    before = state.src[state.pos - 1 : state.pos]
    match = _CROSS_REFERENCE.match(state.src, state.pos, state.posMax)
    if not match or (before.isascii() and before.isalnum()):
        return False
    if not silent:
        state.push("cross_reference", "", 0).content = match[0][1:]
    state.pos = match.end()
    return True


def note_reference(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- a rule of the library
    """`[^label]`; whether there is such a note is asked where the tree is made."""
    match = _NOTE_REFERENCE.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        state.push("note_reference", "", 0).content = match[1]
    state.pos = match.end()
    return True


def picture(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 -- a rule of the library
    """`![words](address)` with what stands in braces right behind it."""
    if not image(state, silent):
        return False
    found = (
        behind(state.src[: state.posMax], state.pos) if state.src[state.pos : state.pos + 1] == "{" else None
    )
    if found:
        state.pos = found[0]
        if not silent:
            state.tokens[-1].meta["attributes"] = found[1]
    return True


def _placed(_: StateInline, tokens: Sequence[Token], start: int) -> None:
    """Tokens that know their place."""


def _in_a_row(_: StateInline, tokens: Sequence[Token], start: int) -> None:
    """A run of delimiters: one token after another."""
    for token in tokens:
        token.map = [start, start + len(token.content)]
        start += len(token.content)


def _whole(state: StateInline, tokens: Sequence[Token], start: int) -> None:
    for token in tokens:
        token.map = [start, state.pos]


def _line_end(state: StateInline, tokens: Sequence[Token], start: int) -> None:
    """A line end takes the spaces before it along, as far as they are no token's."""
    at = len(state.tokens) - 2
    before = state.tokens[at].map if at >= 0 else None
    least = before[1] if before else 0
    while start > least and state.src[start - 1] == " ":
        start -= 1
    _whole(state, tokens, start)


def _link(state: StateInline, tokens: Sequence[Token], start: int) -> None:
    """`[` and `](...)`; what stands between is placed already. The label ends where its last token does."""
    tokens[0].map = [start, start + 1]
    inner = [token.map[1] for token in tokens[1:-1] if token.map]
    end = max(inner, default=start + 1)
    # Spaces before a line end may have been dropped; a closing mark of a token is inside its range.
    tokens[-1].map = [end, state.pos]


def _autolink(state: StateInline, tokens: Sequence[Token], start: int) -> None:
    tokens[0].map = [start, start + 1]
    tokens[1].map = [start + 1, state.pos - 1]
    tokens[2].map = [state.pos - 1, state.pos]


_FIRST: dict[str, tuple[str, Placer]] = {
    "newline": ("\n", _line_end),
    "escape": ("\\", _whole),
    "backticks": ("`", _whole),
    "strikethrough": ("~", _in_a_row),
    "emphasis": ("*_", _in_a_row),
    "note_reference": ("[", _whole),
    "link": ("[", _link),
    "image": ("!", _whole),
    "autolink": ("<", _autolink),
    "html_inline": ("<", _whole),
    "entity": ("&", _whole),
    "cross_reference": ("@", _whole),
    "question": ("{", _placed),
    "formula": ("$", _whole),
}
"""The first characters of each rule, and how its tokens are placed."""


class PlacedInlines(ParserInline):
    """The library's inline parser, by first character and with ranges. `prepare` must be called once the rules are chosen."""

    def prepare(self) -> None:
        """Make the table of rules by first character."""
        self.rules: dict[str, list[tuple[Rule, Placer]]] = {"]": []}
        for name, rule in zip(self.ruler.get_active_rules(), self.ruler.getRules(""), strict=True):
            if name == "text":
                continue
            first, placer = _FIRST[name]
            for char in first:
                self.rules.setdefault(char, []).append((rule, placer))
        self.terminator_re = re.compile("[" + re.escape("".join(self.rules)) + "]")

    def tokenize(self, state: StateInline) -> None:
        """Tokens of the range `pos:posMax`, each with its own range in `map`."""
        end, search = state.posMax, self.terminator_re.search
        while state.pos < end:
            start = state.pos
            rules = self.rules.get(state.src[start])
            if rules is None:
                match = search(state.src, start, end)
                stop = match.start() if match else end
                state.append_pending(state.src[start:stop])
                state.pos = stop
            elif not self._apply(state, rules):
                state.append_pending(state.src[start])
                state.pos = start + 1
        if state.pending:
            state.pushPending()

    def _apply(self, state: StateInline, rules: list[tuple[Rule, Placer]]) -> bool:
        if state.level >= state.md.options["maxNesting"]:
            return False
        start, count = state.pos, len(state.tokens)
        for rule, placer in rules:
            if rule(state, False):  # noqa: FBT003 -- the library's signature
                new = state.tokens[count:]
                if new and new[0].map is not None and new[0].type == "text":
                    del new[0]  # pending text, which knew its own place
                if new:
                    placer(state, new, start)
                return True
        return False

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 -- the library's name
        """One token further, without making it."""
        start = state.pos
        known = state.cache.get(start)
        if known is not None:
            state.pos = known
            return
        rules = self.rules.get(state.src[start])
        if rules is None:
            match = self.terminator_re.search(state.src, start)
            state.pos = match.start() if match else state.posMax
        elif state.level >= state.md.options["maxNesting"]:
            state.pos = state.posMax
        else:
            state.level += 1
            if not any(rule(state, True) for rule, _ in rules):  # noqa: FBT003 -- the library's signature
                state.pos += 1
            state.level -= 1
        state.cache[start] = state.pos

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """The tokens of one block's content."""
        state = InlineState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens
