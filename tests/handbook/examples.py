"""The examples of a page: every fence, with what stands behind its language.

| fence | what a test does with it |
|---|---|
| `yaml PATH`, `markdown PATH`, `jinja PATH` | written into the workspace as this file |
| `markdown fragment` | the body of the workspace's one fragment: built, and nothing may be wrong |
| `markdown wrong CODE…` | the same, and exactly these issues are found |
| `text prints [OPTION…]` | how the fragment before it prints, under these options of `build` |
| `console` | each `$ drafter …` is run, the lines below it are what it says |
| `text edit PATH` | lines of a file that are changed: `- before` and `+ after` |
| `text filled FILE NEW` | what somebody fills into an Excel table that was handed out: id, head and words of a cell, saved under a new name |
| `text reviewer FILE NEW` | what somebody changes in a built Word file: `- before` and `+ after`, sent back under a new name |
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from functools import cache

from drafter.handbook import FOLDER, PAGES

LANGUAGES = ("zh_CN", "en")
EVERY = [(language, page) for language in LANGUAGES for page in PAGES]
_FENCE = re.compile(r"^(`{3,})(\w*) ?([^\n]*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Example:
    """A fence: its language, the words behind it, what it holds, and where that stands in the page."""

    kind: str
    words: tuple[str, ...]
    text: str
    start: int

    @property
    def about(self) -> str:
        """The first word behind the language."""
        return self.words[0] if self.words else ""


@cache
def source(language: str, page: str) -> str:
    return (FOLDER / language / f"{page}.md").read_text("utf-8")


def examples(page: str) -> tuple[Example, ...]:
    """The fences of a page's text, in order."""
    return tuple(
        Example(found[2], tuple(shlex.split(found[3])), found[4], found.start(4))
        for found in _FENCE.finditer(page)
    )


def prose(page: str) -> str:
    """A page's text without its fences."""
    return _FENCE.sub("", page)


def headings(page: str) -> list[int]:
    """The levels of a page's headings, in order."""
    return [len(found[1]) for found in re.finditer(r"^(#+) ", prose(page), re.MULTILINE)]


def commands(console: str) -> list[str]:
    """What is typed in a console."""
    return [line[2:] for line in console.splitlines() if line.startswith("$ ")]
