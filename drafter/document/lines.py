"""The content of one block → a `Line`: inlines with their origins, delimiters beside them.

What a soft line break does. Between Chinese characters it prints nothing: the line end then stands in `Line.spans` as
`Span("fold", slice, None)`, its slice being everything from the last character before it to the first after it (the indentation and
the `> ` of the next line included). The texts on both sides are pieces whose slices leave that gap, so that an edit that replaces
characters on both sides goes into both slices and the fold stays, or, where the new text would bring a space back (a Latin letter next
to the fold), the fold's slice is taken out too. Elsewhere it prints one space whose origin is the same slice, as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from drafter.document.ground import Ground, Runs, merged_offset, part
from drafter.document.inlines import is_chinese
from drafter.document.shield import original
from drafter.document.tree import (
    CrossReference,
    Inline,
    Line,
    LineBreak,
    Mark,
    NodeId,
    NoteReference,
    Span,
    Text,
)
from drafter.source.issues import Issue
from drafter.source.origins import Generated, MappedText, Piece, SourceSlice

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markdown_it.utils import EnvType

_MARKS = {"strong": Mark.BOLD, "em": Mark.ITALIC, "s": Mark.STRIKE}
_PRINTED = ("text", "text_special", "code_inline", "cross_reference", "note_reference")
_TIGHT = "“”‘’—…·"
"""Punctuation of Chinese text that Unicode does not call wide."""

_NOT_YET = re.compile(
    r"(?P<math>\$\$[^$]+\$\$|(?<!\$)\$(?![\s$])[^$\n]*?(?<!\s)\$(?![\d$]))"
    r"|(?P<critic>\{(?:\+\+|--|~~|==|>>).*?(?:\+\+|--|~~|==|<<)\})"
    r"|(?P<html><!--)"
    r"|(?P<reference>@(?:tbl|fig|box|sec|eq):)",
    re.DOTALL,
)
_SUSPICIOUS = re.compile(r"[${<@]")
_NO_MARKS: frozenset[Mark] = frozenset()

NoteOf = Callable[[str], NodeId | None]
"""Label of a footnote → its node, None where there is none."""


class LineReader:
    """Reads contents of one fragment; what is wrong in them goes to `issues`."""

    def __init__(
        self, parser: MarkdownIt, ground: Ground, env: EnvType, note_of: NoteOf, issues: list[Issue]
    ) -> None:
        self._parser, self._env = parser, env
        self.ground, self.note_of, self.issues = ground, note_of, issues
        self._marked = re.compile("[${" + parser.inline.terminator_re.pattern[1:]).search

    def line(self, text: str, runs: Runs) -> Line:
        """The line that a content is."""
        if not text:
            return Line(())
        if not self._marked(text):
            if len(runs) == 1 and runs[0][3] - runs[0][2] == len(text):
                return Line((Text(self.ground.mapped(runs[0][2], runs[0][3])),))
            return _Writing(self, text, runs).plain()
        tokens: list[Token] = []
        self._parser.inline.parse(text, self._parser, self._env, tokens)
        if _SUSPICIOUS.search(text):
            self._suspicious(text, runs, tokens)
        return _Writing(self, text, runs).tokens(tokens)

    def verbatim(self, text: str, runs: Runs) -> Line:
        """The line of a content that is printed as it stands."""
        return _Writing(self, text, runs).plain() if text else Line(())

    def _suspicious(self, text: str, runs: Runs, tokens: Sequence[Token]) -> None:
        """Report what looks like markup of ours and was not read; code and escapes are what they are."""
        left = text
        for token in tokens:
            if (
                token.type in ("code_inline", "text_special", "html_inline", "cross_reference", "link_close")
                and token.map
            ):
                a, b = token.map
                left = left[:a] + " " * (b - a) + left[b:]
        for match in _NOT_YET.finditer(left):
            at = merged_offset(runs, match.start())
            if match["html"]:
                self.issues.append(self.ground.issue("document.html", at, text="<!--"))
            elif match["reference"]:
                self.issues.append(
                    self.ground.issue("document.reference", at, text=text[match.start() : match.end()])
                )
            else:
                self.issues.append(self.ground.issue("document.not-yet", at, text=original(match[0])))


class _Writing:
    """One line in the making: exact ranges are gathered and cut once, as far as they continue each other."""

    def __init__(self, reader: LineReader, content: str, runs: Runs) -> None:
        self._reader, self._ground = reader, reader.ground
        self._content, self._runs = content, runs
        # most contents are one run: content and merged text differ by a constant
        a, b, c, d = runs[0]
        self._base = c - a if len(runs) == 1 and b - a == d - c else None
        self._inlines: list[Inline] = []
        self._spans: list[Span] = []
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self._length = 0
        self._from = self._to = -1
        self._marks: frozenset[Mark] = _NO_MARKS
        self._link = ""
        self._open: list[tuple[str, SourceSlice | None, str]] = []
        self._last = ""
        self._shift = 0

    def plain(self) -> Line:
        """The line of a content without markup."""
        self._exact(0, len(self._content))
        return self._line()

    def tokens(self, tokens: Sequence[Token]) -> Line:
        """The line of inline tokens."""
        self._all(tokens)
        return self._line()

    def _line(self) -> Line:
        self._flush()
        return Line(tuple(self._inlines), tuple(self._spans))

    def _all(self, tokens: Sequence[Token]) -> None:
        for index, token in enumerate(tokens):
            kind = token.type
            if token.map is None:
                self._untraced(token)
                continue
            start, end = token.map[0] + self._shift, token.map[1] + self._shift
            if kind == "text":
                if start < end and token.content:
                    self._text(token, start, end)
            elif kind in ("softbreak", "hardbreak"):
                self._break(kind, tokens, index, start, end)
            elif token.nesting:
                self._delimiter(tokens, index, start, end)
            else:
                self._other(token, start, end)
            if kind in _PRINTED and token.content:
                self._last = original(token.content[-1])

    def _text(self, token: Token, start: int, end: int) -> None:
        if self._content[start:end] == token.content:
            self._exact(start, end)
        elif "auto" not in (token.info, self._open[-1][0] if self._open else ""):
            self._untraced(token)
        else:
            self._whole(token.content, start, end)

    def _untraced(self, token: Token) -> None:
        """What we cannot place is said, and printed without an origin: it must neither vanish nor be guessed."""
        at = merged_offset(self._runs, 0)
        self._reader.issues.append(self._ground.issue("document.untraced", at, text=original(token.content)))
        self._cut()
        self._add(
            original(token.content),
            [Piece(self._length, self._length + len(token.content), Generated("untraced"))],
        )

    def _other(self, token: Token, start: int, end: int) -> None:
        if token.type == "text_special":
            if token.content == self._content[start:end]:
                self._exact(start, end)
            else:
                self._whole(token.content, start, end)
        elif token.type == "code_inline":
            self._code(token, start, end)
        elif token.type == "html_inline":
            if not token.content.startswith("<!--"):
                self._issue("document.html", start, original(token.content))
                self._exact(start, end)
        elif token.type == "image":
            self._picture(token, start)
        elif token.type == "note_reference":
            self._note(token, start, end)
        elif token.type == "cross_reference":
            self._flush()
            self._inlines.append(CrossReference(token.content, self._slice(start, end)))
        else:
            self._untraced(token)

    def _picture(self, token: Token, start: int) -> None:
        self._issue(
            "document.not-yet", start, original(self._content[start : (token.map or [0, 0])[1] + self._shift])
        )
        shift, self._shift = self._shift, start + len("![")
        self._all(token.children or ())
        self._shift = shift

    def _note(self, token: Token, start: int, end: int) -> None:
        note = self._reader.note_of(token.content)
        if note is None:
            self._issue("document.note-undefined", start, original(token.content))
            self._exact(start, end)
        else:
            self._flush()
            self._inlines.append(NoteReference(note, self._slice(start, end)))

    def _code(self, token: Token, start: int, end: int) -> None:
        """Code as it stands; a line end in it prints a space."""
        self._flush()
        marks, ticks = self._marks, len(token.markup)
        first, last = start + ticks, end - ticks
        inner = self._content[first:last]
        if len(inner) > len(token.content):
            first, last = first + 1, last - 1
        self._marks = marks | {Mark.CODE}
        while (at := self._content.find("\n", first, last)) >= 0:
            self._exact(first, at)
            self._whole(" ", at, at + 1)
            first = at + 1
        self._exact(first, last)
        self._flush()
        self._marks = marks
        self._spans.append(Span("code", self._slice(start, start + ticks), self._slice(end - ticks, end)))

    def _break(self, kind: str, tokens: Sequence[Token], index: int, start: int, end: int) -> None:
        if kind == "hardbreak":
            self._flush()
            self._inlines.append(LineBreak(self._ground.slice(*self._fold(start, end))))
            self._last = ""
        elif self._prints_nothing(_following(tokens, index)):
            self._spans.append(Span("fold", self._ground.slice(*self._fold(start, end)), None))
        else:
            self._cut()
            self._add(
                " ", [Piece(self._length, self._length + 1, self._ground.whole(*self._fold(start, end)))]
            )
            self._last = " "

    def _fold(self, start: int, end: int) -> tuple[int, int]:
        """A line end in the merged text, up to the next line's first character."""
        return self._merged(start, end)[0], merged_offset(self._runs, end)

    def _prints_nothing(self, following: str) -> bool:
        before = self._last
        if not before or before == " ":
            return True
        return _is_tight(before) and (not following or _is_tight(following))

    def _delimiter(self, tokens: Sequence[Token], index: int, start: int, end: int) -> None:
        token = tokens[index]
        self._flush()
        kind = token.type.rpartition("_")[0]
        if token.nesting > 0:
            if kind == "strong":  # two markers, the outer one left empty before this
                start = self._map(tokens[index - 1])[0]
            self._open.append((token.info or kind, self._slice(start, end), self._link))
            if kind == "link":
                self._link = original(str(token.attrs.get("href", "")))
            else:
                self._marks = self._marks | {_MARKS[kind]}
            return
        if kind == "strong":
            end = self._map(tokens[index + 1])[1]
        elif kind == "s":
            start, end = _without_lone_tilde(tokens, index, start, end)
        _, opened, link = self._open.pop()
        if kind == "link":
            self._link = link
        else:
            self._marks = self._marks - {_MARKS[kind]}
        name = "link" if kind == "link" else _MARKS[kind].value
        self._spans.append(Span(name, opened, self._slice(start, end)))

    def _map(self, token: Token) -> tuple[int, int]:
        at = token.map or [0, 0]
        return at[0] + self._shift, at[1] + self._shift

    def _issue(self, code: str, at: int, text: str) -> None:
        self._reader.issues.append(self._ground.issue(code, merged_offset(self._runs, at), text=text))

    def _merged(self, start: int, end: int) -> tuple[int, int]:
        """Content `start:end` in the merged text, with whatever stands between its lines there."""
        if self._base is not None:
            return start + self._base, end + self._base
        if start >= end:
            at = merged_offset(self._runs, start)
            return at, at
        inner = part(self._runs, start, end)
        return inner[0][2], inner[-1][3]

    def _slice(self, start: int, end: int) -> SourceSlice | None:
        return self._ground.slice(*self._merged(start, end))

    def _exact(self, start: int, end: int) -> None:
        """Characters that print as they stand."""
        base = self._base
        if base is not None:
            self._range(start + base, end + base)
            return
        for a, b, c, d in part(self._runs, start, end):
            if b - a != d - c:
                self._whole(self._content[start + a : start + b], start + a, start + b)
            else:
                self._range(c, d)

    def _range(self, start: int, end: int) -> None:
        """Merged characters, which continue those before them or not."""
        if self._to == start:
            self._to = end
        else:
            self._cut()
            self._from, self._to = start, end

    def _whole(self, text: str, start: int, end: int) -> None:
        """Characters that print as something else."""
        self._cut()
        origin = self._ground.whole(*self._merged(start, end))
        self._add(text, [Piece(self._length, self._length + len(text), origin)])

    def _cut(self) -> None:
        if self._from >= 0:
            start, end = self._from, self._to
            self._from = self._to = -1
            self._add(self._ground.text[start:end], self._ground.pieces(start, end, self._length))

    def _add(self, text: str, pieces: list[Piece]) -> None:
        self._parts.append(text)
        self._pieces += pieces
        self._length += len(text)

    def _flush(self) -> None:
        """End the text of one look."""
        self._cut()
        if self._length:
            mapped = MappedText("".join(self._parts), tuple(self._pieces))
            self._inlines.append(Text(mapped, self._marks, self._link))
            self._parts, self._pieces, self._length = [], [], 0


def _is_tight(char: str) -> bool:
    return char in _TIGHT or is_chinese(char)


def _following(tokens: Sequence[Token], index: int) -> str:
    """The first character printed after a token; a reference prints a Chinese label, a note nothing of its own."""
    for token in tokens[index + 1 :]:
        if token.type == "cross_reference":
            return "表"
        if token.type in ("note_reference", "hardbreak"):
            return ""
        if token.content and token.type in ("text", "text_special", "code_inline", "image"):
            return original(token.content[0])
    return ""


def _without_lone_tilde(tokens: Sequence[Token], index: int, start: int, end: int) -> tuple[int, int]:
    """The library moves the odd tilde of `~~~` behind the closing pair; so do the ranges."""
    lone = tokens[index + 1] if index + 1 < len(tokens) else None
    if (
        lone
        and lone.type == "text"
        and lone.content == "~"
        and lone.map
        and lone.map[1] == (tokens[index].map or [0])[0]
    ):
        at = lone.map[0]
        lone.map = [at + 2, at + 3]
        return start - 1, end - 1
    return start, end
