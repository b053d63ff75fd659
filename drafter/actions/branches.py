"""Which lines of a fragment or macro a tag governs: what stands between `{% if … %}` and its end is printed by its leave."""

from __future__ import annotations

import re

_TAG = re.compile(r"\{%[-+]?\s*(?P<word>\w+)\b(?P<rest>.*?)[-+]?%\}", re.DOTALL)
_OPENS = frozenset(("if", "for", "macro", "call", "filter"))
_BRANCHES = frozenset(("else", "elif"))


def governed(text: str, number: int) -> range:
    """The lines, by number from 1, from that of the first tag on line `number` to the end of what it opens or of its branch; else none."""
    tags = [(text.count("\n", 0, found.start()) + 1, _word(found)) for found in _TAG.finditer(text)]
    first = next(
        (at for at, (line, word) in enumerate(tags) if line == number and word in _OPENS | _BRANCHES), None
    )
    if first is None:
        return range(0)
    branch, depth = tags[first][1] in _BRANCHES, 0
    for line, word in tags[first + 1 :]:
        if depth == 0 and (word.startswith("end") or (branch and word in _BRANCHES)):
            return range(number, line + 1)
        depth += (word in _OPENS) - word.startswith("end")
    return range(number, text.count("\n") + 2)


def conditional(text: str, number: int) -> bool:
    """Whether a line stands in what a condition governs, or is its tag."""
    tags = ((text.count("\n", 0, found.start()) + 1, found["word"]) for found in _TAG.finditer(text))
    return any(number in governed(text, line) for line, word in tags if word in {"if", *_BRANCHES})


def _word(tag: re.Match[str]) -> str:
    """The word of a tag; `set` with a value opens nothing."""
    if tag["word"] == "set":
        return "set" if "=" in tag["rest"] else "call"
    return tag["word"]
