"""A template as Jinja2 may see it: braces in math, code and comments hidden, plain value tags taken out.

GRAMMAR of hiding: read left to right, outside Jinja's own tags, every `{` inside a fence, a code span, `$...$`, `$$...$$`
(Pandoc's rule for `$`) and `<!-- -->` becomes one character, so that offsets stay. Indented code is not hidden.

Plain tags (`{{ 指标.养老床位[2025]|数 }}`: names, keys, years and filters, no whitespace control) are most of what fragments
hold, and Jinja2 takes a hundred times longer to compile one than to look it up. They are replaced by stand-ins of the same
length and looked up where the output shows one. Tags whose first name a block tag may bind stay with Jinja2.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from drafter.merge.marks import BRACE, FILLER, RETURN, VALUE
from drafter.source.frozen import dataclass

_NAME = r"[^\W\d]\w*"
_KEY = r"\d{1,9}|\"[^\"\\\n]*\"|'[^'\\\n]*'"
_STEP = rf"\.\s*{_NAME}|\[\s*(?:{_KEY})\s*\]"
_FILTER = rf"\|\s*{_NAME}(?:\(\s*\d{{0,3}}\s*\))?"
_PLAIN = re.compile(rf"\{{\{{\s*({_NAME})((?:\s*(?:{_STEP}))*)((?:\s*{_FILTER})*)\s*\}}\}}")
_STEPS = re.compile(rf"\.\s*({_NAME})|\[\s*(\d+)\s*\]|\[\s*(?:\"([^\"]*)\"|'([^']*)')\s*\]")
_FILTERS = re.compile(rf"\|\s*({_NAME})(?:\(\s*(\d*)\s*\))?")

_STRING = r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'"
_VARIABLE = re.compile(rf"\{{\{{(?:{_STRING}|[^'\"}}]|\}}(?!\}}))*\}}\}}", re.DOTALL)
_BLOCK = re.compile(rf"\{{%(?:{_STRING}|[^'\"%]|%(?!\}}))*%\}}", re.DOTALL)
_RAW = re.compile(r"\{%[-+]?\s*raw\s*-?%\}.*?\{%[-+]?\s*endraw\s*[-+]?%\}", re.DOTALL)
_NOTE = re.compile(r"\{##.*?##\}", re.DOTALL)
_TRIGGER = re.compile(r"[\\`$~]|<!--|\{(?=[{%#])")
_LEFT = re.compile(r"\{[{%]|\{##")
_FENCE = 3
_ESCAPED = frozenset("\\`$~<")
_BLANK = re.compile(r"\n[ \t>]*(?:\n|$)")
_FENCE_BEFORE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*$")
_RUN = {"`": re.compile("`+"), "~": re.compile("~+")}
# A dollar opens math where a character follows it, and closes where one stands before it and no digit behind.
_MATH = re.compile(
    r"\$\$(?:\\.|[^\\$]|\$(?!\$))+?\$\$|\$(?=[^\s$])(?:\\.|[^\\$])*?(?<!\s)\$(?!\d)", re.DOTALL
)

_BINDERS = re.compile(rf"\{{%[-+]?\s*({_NAME})(.*)%\}}", re.DOTALL)
_NAMES = re.compile(_NAME)


@dataclass(frozen=True, slots=True)
class PlainTag:
    """What a tag asks for that is looked up without Jinja2: a name, its steps (a name, a key or a year), filters with their argument."""

    root: str
    steps: tuple[str | int, ...]
    filters: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True)
class Scanned:
    """`text` is what Jinja2 may see of the file from its body on; `tags` holds the tags behind stand-ins as written, by offset in the file."""

    text: str
    tags: dict[int, str]
    dynamic: bool
    """Whether anything is left for Jinja2 to do."""


def scanned(text: str, body: int, known: Collection[str]) -> Scanned:
    """The text from `body` on with what Jinja2 must not see hidden; tags that begin with a known name are taken out."""
    scanner = _Scanner(text, body)
    scanner.run()
    chunks: list[str] = []
    last = body
    tags: dict[int, str] = {}
    for start, end, tag in scanner.found:
        chunks.append(text[last:start])
        if tag is None:
            chunks.append(text[start:end].replace("{", BRACE))
        elif tag[1] in scanner.bound or tag[1] not in known:
            chunks.append(text[start:end])
        else:
            chunks.append(VALUE + FILLER * (end - start - 1))
            tags[start] = tag[0]
        last = end
    chunks.append(text[last:])
    shown = "".join(chunks)
    if "\r" in shown:
        shown = shown.replace("\r", RETURN)
    return Scanned(shown, tags, _LEFT.search(shown) is not None)


@cache
def plain_tag(text: str) -> PlainTag:
    """What a plain tag asks for; the same few are written again and again."""
    tag = _PLAIN.match(text)
    if tag is None:
        raise ValueError(text)
    steps: list[str | int] = []
    for name, year, double, single in _STEPS.findall(tag[2]):
        steps.append(int(year) if year else name or double or single)
    filters = tuple((name, int(number) if number else None) for name, number in _FILTERS.findall(tag[3]))
    return PlainTag(tag[1], tuple(steps), filters)


class _Scanner:
    """One pass over a text. `found` holds hidden stretches (None) and plain tags, in order."""

    def __init__(self, text: str, body: int) -> None:
        self.text, self.at = text, body
        self.found: list[tuple[int, int, re.Match[str] | None]] = []
        self.bound: set[str] = set()

    def run(self) -> None:
        if "{" not in self.text:
            return
        while found := _TRIGGER.search(self.text, self.at):
            start = found.start()
            self.at = start + 1
            character = self.text[start]
            if character == "{":
                self._tag(start)
            elif character == "\\":
                self.at = start + (2 if self.text[start + 1 : start + 2] in _ESCAPED else 1)
            elif character == "$":
                self._hide(start, _MATH.match(self.text, start, self._paragraph_end(start)))
            elif character == "<":
                self._comment(start)
            else:
                self._code(start, character)

    def _tag(self, start: int) -> None:
        kind = self.text[start + 1]
        if kind == "{":
            if plain := _PLAIN.match(self.text, start):
                self.found.append((start, plain.end(), plain))
                self.at = plain.end()
                return
            self._skip(_VARIABLE.match(self.text, start))
        elif kind == "%":
            if raw := _RAW.match(self.text, start):
                self._skip(raw)
            elif block := _BLOCK.match(self.text, start):
                self._bind(block[0])
                self._skip(block)
        elif self.text.startswith("{##", start):
            self._skip(_NOTE.match(self.text, start))

    def _skip(self, found: re.Match[str] | None) -> None:
        if found:
            self.at = found.end()

    def _bind(self, block: str) -> None:
        found = _BINDERS.match(block)
        if found is None:
            return
        word, rest = found[1], found[2]
        if word == "for":
            rest = rest.partition(" in ")[0]
        elif word == "set":
            rest = rest.partition("=")[0]
        elif word not in {"macro", "call", "with", "from", "import"}:
            return
        self.bound.update(_NAMES.findall(rest))

    def _code(self, start: int, character: str) -> None:
        run = _RUN[character].match(self.text, start)
        length = run.end() - start if run else 1
        self.at = start + length
        line = self.text.rfind("\n", 0, start) + 1
        if length >= _FENCE and _FENCE_BEFORE.match(self.text, line, start):
            newline = self.text.find("\n", start)
            if newline < 0 or character == "~" or "`" not in self.text[self.at : newline]:
                self._fence(start, character, length)
                return
        if character == "`":
            close = re.compile(f"(?<!`){'`' * length}(?!`)")
            self._hide(start, close.search(self.text, self.at, self._paragraph_end(start)))

    def _comment(self, start: int) -> None:
        end = self.text.find("-->", start)
        line = self.text.rfind("\n", 0, start) + 1
        if end >= 0:
            self._hide_to(start, end + 3)
        elif not self.text[line:start].strip(" "):
            # CommonMark: one that begins a line and is never closed takes the rest of the text
            self._hide_to(start, len(self.text))

    def _fence(self, start: int, character: str, length: int) -> None:
        close = re.compile(rf"^[ \t>]*{re.escape(character)}{{{length},}}[ \t]*$", re.MULTILINE)
        newline = self.text.find("\n", start)
        found = close.search(self.text, newline + 1) if newline >= 0 else None
        self._hide_to(start, found.end() if found else len(self.text))

    def _paragraph_end(self, start: int) -> int:
        blank = _BLANK.search(self.text, start)
        return blank.start() if blank else len(self.text)

    def _hide(self, start: int, found: re.Match[str] | None) -> None:
        if found:
            self._hide_to(start, found.end())

    def _hide_to(self, start: int, end: int) -> None:
        self.at = end
        if self.text.find("{", start, end) >= 0:
            self.found.append((start, end, None))
