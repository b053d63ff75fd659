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
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from drafter.document.attributes import Attributes
from drafter.document.ground import Ground, Runs, merged_offset
from drafter.document.inlines import flanks, is_chinese
from drafter.document.shield import original
from drafter.document.suspects import suspects
from drafter.document.texts import NO_MARKS, Texts
from drafter.document.tree import (
    Comment,
    CrossReference,
    Formula,
    Line,
    LineBreak,
    Mark,
    NodeId,
    NoteReference,
    Picture,
    Proposed,
    Span,
    Text,
)
from drafter.document.widths import asked_width
from drafter.source.issues import Issue, Place
from drafter.source.origins import Generated, SourceSlice

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markdown_it.utils import EnvType

_MARKS = {"strong": Mark.BOLD, "em": Mark.ITALIC, "s": Mark.STRIKE}
_PRINTED = ("text", "text_special", "code_inline", "cross_reference", "note_reference")
_TIGHT = "“”‘’—…·"
"""Punctuation of Chinese text that Unicode does not call wide."""

_BOLD = frozenset({Mark.BOLD})

NoteOf = Callable[[str], NodeId | None]
"""Label of a footnote → its node, None where there is none."""


class LineReader:
    """Reads contents of one fragment; what is wrong in them goes to `issues`."""

    def __init__(
        self, parser: MarkdownIt, ground: Ground, env: EnvType, note_of: NoteOf, issues: list[Issue]
    ) -> None:
        self._parser, self._env = parser, env
        self.ground, self.note_of, self.issues = ground, note_of, issues
        self.pictures: list[Picture] = []
        self.questions: list[Place] = []
        self.formulas: list[Formula] = []
        self.in_note = False
        markup = "${" + parser.inline.terminator_re.pattern[1:-1]
        self._marked = re.compile(f"[{markup}]").search
        # `1. **标题。**正文`, by far the most of what is marked at all: read without the inline parser
        self._bold = re.compile(rf"([^{markup}]*)\*\*([^{markup}]+)\*\*([^{markup}]*)").fullmatch

    def line(self, text: str, runs: Runs) -> Line:
        """The line that a content is."""
        if not text:
            return Line(())
        if not self._marked(text):
            if len(runs) == 1 and runs[0][3] - runs[0][2] == len(text):
                return Line((Text(self.ground.mapped(runs[0][2], runs[0][3])),))
            return _Writing(self, text, runs).plain()
        bold = self.bold_part(text)
        if bold:
            return _Writing(self, text, runs).bold(bold)
        tokens: list[Token] = []
        self._parser.inline.parse(text, self._parser, self._env, tokens)
        self._suspects(text, runs, tokens)
        return _Writing(self, text, runs).tokens(tokens)

    def picture(self, text: str, runs: Runs) -> tuple[Picture, Line, Attributes | None] | None:
        """The picture that a content is and nothing else, the words in its brackets, and what stands in its braces."""
        tokens: list[Token] = []
        self._parser.inline.parse(text, self._parser, self._env, tokens)
        if len(tokens) != 1 or tokens[0].type != "image":
            return None
        return _Writing(self, text, runs).figure(tokens[0])

    def formula(self, tex: str, runs: Runs, start: int, end: int) -> Formula:
        """The formula that content `start:end` is."""
        first, last = merged_offset(runs, start), merged_offset(runs, end - 1) + 1
        made = Formula(original(tex), self.ground.slice(first, last), self.ground.place(first))
        self.formulas.append(made)
        return made

    def bold_part(self, text: str) -> re.Match[str] | None:
        """Text before, in and after the only bold part of a content without other markup."""
        match = self._bold(text)
        if match and flanks(text, match.end(1), match.start(2)).opens:
            return match if flanks(text, match.end(2), match.start(3)).closes else None
        return None

    def verbatim(self, text: str, runs: Runs) -> Line:
        """The line of a content that is printed as it stands."""
        return _Writing(self, text, runs).plain() if text else Line(())

    def _suspects(self, text: str, runs: Runs, tokens: Sequence[Token]) -> None:
        for at, code, found in suspects(text, tokens):
            self.issues.append(self.ground.issue(code, merged_offset(runs, at), text=found))


class _Writing(Texts):
    """One line in the making."""

    def __init__(self, reader: LineReader, content: str, runs: Runs) -> None:
        super().__init__(reader.ground, content, runs)
        self._reader = reader
        self._spans: list[Span] = []
        self._open: list[tuple[str, SourceSlice | None, str, frozenset[Mark]]] = []
        self._last = ""
        self._shift = 0
        self._covered, self._first, self._opened = (0, -1), 0, 0
        self._proposed: SourceSlice | None = None

    def plain(self) -> Line:
        """The line of a content without markup."""
        self.exact(0, len(self.content))
        return self._line()

    def bold(self, match: re.Match[str]) -> Line:
        """The line of a content that has one bold part and no other markup."""
        start, end = match.span(2)
        self.exact(*match.span(1))
        self.flush()
        self.marks = _BOLD
        self.exact(start, end)
        self.flush()
        self.marks = NO_MARKS
        self.exact(*match.span(3))
        self._spans.append(Span(Mark.BOLD.value, self.slice(start - 2, start), self.slice(end, end + 2)))
        return self._line()

    def tokens(self, tokens: Sequence[Token]) -> Line:
        """The line of inline tokens."""
        self._all(tokens)
        return self._line()

    def _line(self) -> Line:
        self.flush()
        return Line(tuple(self.inlines), tuple(self._spans))

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
            elif kind.startswith("question"):
                self._question(token, start, end)
            elif token.nesting:
                self._delimiter(tokens, index, start, end)
            else:
                self._other(token, start, end)
            if kind in _PRINTED and token.content:
                self._last = original(token.content[-1])

    def _text(self, token: Token, start: int, end: int) -> None:
        if self.content[start:end] == token.content:
            self.exact(start, end)
        elif "auto" not in (token.info, self._open[-1][0] if self._open else ""):
            self._untraced(token)
        else:
            self.whole(token.content, start, end)

    def _untraced(self, token: Token) -> None:
        """What we cannot place is said, and printed without an origin: it must neither vanish nor be guessed."""
        self._issue("document.untraced", 0, original(token.content))
        self.made(original(token.content), Generated("untraced"))

    def _other(self, token: Token, start: int, end: int) -> None:
        if token.type == "text_special":
            if token.content == self.content[start:end]:
                self.exact(start, end)
            else:
                self.whole(token.content, start, end)
        elif token.type == "code_inline":
            self._code(token, start, end)
        elif token.type == "html_inline":
            if not token.content.startswith("<!--"):
                self._issue("document.html", start, original(token.content))
                self.exact(start, end)
        elif token.type == "formula":
            self.flush()
            self.inlines.append(self._reader.formula(token.content, self.runs, start, end))
        elif token.type == "image":
            self._picture(token, start, end)
        elif token.type == "note_reference":
            self._note(token, start, end)
        elif token.type == "cross_reference":
            self.flush()
            self.inlines.append(CrossReference(token.content, self.slice(start, end)))
        else:
            self._untraced(token)

    def figure(self, token: Token) -> tuple[Picture, Line, Attributes | None]:
        """A picture in a paragraph of its own: it, its words as a line, and its attributes."""
        end = (token.map or [0, 0])[1]
        found = self._attributes(token)
        # the words are a paragraph of their own, the caption: their slice is not the picture's
        picture = self._made_picture(token, found, len("![") + len(token.content), end)
        self._shift = len("![")
        self._all(token.children or ())
        return picture, self._line(), found

    def _picture(self, token: Token, start: int, end: int) -> None:
        found = self._attributes(token)
        if found:
            for word in (found.name, *(f".{each}" for each in found.classes)):
                if word:
                    self._reader.issues.append(self.ground.issue("document.attribute", found.at, text=word))
        self.flush()
        self.inlines.append(self._made_picture(token, found, start, end))

    def _question(self, token: Token, start: int, end: int) -> None:
        self.flush()
        if token.type == "question_comment":
            first, last = self._covered
            covers = last - first if last == len(self.inlines) else 0
            if not covers:
                self._ask(start)
            if self._reader.in_note:
                self._issue("document.critic-in-note", start, original(token.content))
            else:
                origin = self.slice(start, end)
                words = original(token.content).strip().replace("\n", " ")
                self.inlines.append(Comment(words, self.ground.path, covers, origin))
        elif token.nesting > 0:
            if self.content[start] == "{":  # not the second half of a replacement
                self._covered = (len(self.inlines), -1)
                self._ask(start)
            self.proposed, self._proposed = Proposed(token.info), self.slice(start, end)
            self._first, self._opened = len(self.inlines), start
        else:
            for inline in self.inlines[self._first :]:
                if not isinstance(inline, Text):
                    words = original(self.content[self._opened : end])
                    self._issue("document.critic-content", self._opened, words)
            # what is proposed to be put in is no text of the file before anybody accepts it
            if self.proposed is not Proposed.IN:
                self._spans.append(Span("question", self._proposed, self.slice(start, end)))
            self.proposed = self._proposed = None
            self._covered = (self._covered[0], len(self.inlines))

    def _ask(self, start: int) -> None:
        self._reader.questions.append(self.ground.place(merged_offset(self.runs, start)))

    def _attributes(self, token: Token) -> Attributes | None:
        found: Attributes | None = token.meta.get("attributes")
        return replace(found, at=merged_offset(self.runs, found.at)) if found else None

    def _made_picture(self, token: Token, found: Attributes | None, start: int, end: int) -> Picture:
        address = unquote(original(str(token.attrs.get("src", ""))))
        width = asked_width(found, self._reader.issues, self.ground) if found else None
        reader = self._reader
        made = Picture(self.ground.path, address, original(token.content), width, self.slice(start, end))
        reader.pictures.append(made)
        return made

    def _note(self, token: Token, start: int, end: int) -> None:
        note = self._reader.note_of(token.content)
        if note is None:
            self._issue("document.note-undefined", start, original(token.content))
            self.exact(start, end)
        else:
            self.flush()
            self.inlines.append(NoteReference(note, self.slice(start, end)))

    def _code(self, token: Token, start: int, end: int) -> None:
        """Code as it stands; a line end in it prints a space."""
        self.flush()
        marks, ticks = self.marks, len(token.markup)
        first, last = start + ticks, end - ticks
        inner = self.content[first:last]
        if len(inner) > len(token.content):
            first, last = first + 1, last - 1
        self.marks = marks | {Mark.CODE}
        while (at := self.content.find("\n", first, last)) >= 0:
            self.exact(first, at)
            self.whole(" ", at, at + 1)
            first = at + 1
        self.exact(first, last)
        self.flush()
        self.marks = marks
        self._spans.append(Span("code", self.slice(start, start + ticks), self.slice(end - ticks, end)))

    def _break(self, kind: str, tokens: Sequence[Token], index: int, start: int, end: int) -> None:
        if kind == "hardbreak":
            self.flush()
            self.inlines.append(LineBreak(self.ground.slice(*self._fold(start, end))))
            self._last = ""
        elif self._prints_nothing(_following(tokens, index)):
            self._spans.append(Span("fold", self.ground.slice(*self._fold(start, end)), None))
        else:
            self.made(" ", self.ground.whole(*self._fold(start, end)))
            self._last = " "

    def _fold(self, start: int, end: int) -> tuple[int, int]:
        """A line end in the merged text, up to the next line's first character."""
        return self.merged(start, end)[0], merged_offset(self.runs, end)

    def _prints_nothing(self, following: str) -> bool:
        before = self._last
        if not before or before == " ":
            return True
        return _is_tight(before) and (not following or _is_tight(following))

    def _delimiter(self, tokens: Sequence[Token], index: int, start: int, end: int) -> None:
        token = tokens[index]
        self.flush()
        kind = token.type.rpartition("_")[0]
        if token.nesting > 0:
            if kind == "strong":  # two markers, the outer one left empty before this
                start = self._map(tokens[index - 1])[0]
            self._open.append((token.info or kind, self.slice(start, end), self.link, self.marks))
            if kind == "link":
                self.link = original(str(token.attrs.get("href", "")))
            else:
                self.marks = self.marks | {_MARKS[kind]}
            return
        if kind == "strong":
            end = self._map(tokens[index + 1])[1]
        elif kind == "s":
            start, end = _without_lone_tilde(tokens, index, start, end)
        _, opened, self.link, self.marks = self._open.pop()
        name = "link" if kind == "link" else _MARKS[kind].value
        self._spans.append(Span(name, opened, self.slice(start, end)))

    def _map(self, token: Token) -> tuple[int, int]:
        at = token.map or [0, 0]
        return at[0] + self._shift, at[1] + self._shift

    def _issue(self, code: str, at: int, text: str) -> None:
        self._reader.issues.append(self.ground.issue(code, merged_offset(self.runs, at), text=text))


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
