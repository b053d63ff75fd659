"""`{#id .class key=value}` at the end of a content."""

from __future__ import annotations

import re

from drafter.document.ground import Runs, merged_offset, part
from drafter.document.shield import original
from drafter.source.frozen import dataclass

_PICTURE = re.compile(r"!\[[^\]]*\]\([^()]*\)\{[^{}\n]*\}\Z")
_BEHIND = re.compile(r"\{([^{}\n]*)\}")
_BRACES = re.compile(r"[ \t]*(?<!\\)\{([^{}\n]*)\}\Z")
_ITEM = re.compile(
    r"""\s*(?:#(?P<id>[^\s{}#.="]+)|\.(?P<class>[^\s{}#.="]+)|(?P<key>[\w-]+)=(?:"(?P<quoted>[^"]*)"|(?P<plain>[^\s"{}]+)))(?=\s|\Z)"""
)


@dataclass(frozen=True, slots=True)
class Attributes:
    """What a pair of braces says; `at` is its merged offset."""

    at: int
    name: str = ""
    classes: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of its values."""
        return tuple(key for key, _ in self.values)


def attributes(text: str, runs: Runs) -> tuple[str, Runs, Attributes | None]:
    """The content without its attributes, and them, if it ends in any; braces that say something else stay text."""
    if not text.endswith("}"):
        return text, runs, None
    match = _BRACES.search(text)
    if match and _PICTURE.search(text):
        return text, runs, None  # they are the picture's
    found = _parsed(original(match[1])) if match else None
    if not match or not found:
        return text, runs, None
    name, classes, values = found
    at = merged_offset(runs, match.start(1) - 1)
    return text[: match.start()], part(runs, 0, match.start()), Attributes(at, name, classes, values)


def behind(text: str, at: int) -> tuple[int, Attributes] | None:
    """The attributes that begin right at `at`, behind a picture or a formula, and where they end; `at` of them is that of the text."""
    match = _BEHIND.match(text, at)
    found = _parsed(original(match[1]), values=True) if match else None
    return (match.end(), Attributes(at, *found)) if match and found else None


Parsed = tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]]


def _parsed(body: str, *, values: bool = False) -> Parsed | None:
    name, classes, keys, at = "", list[str](), list[tuple[str, str]](), 0
    body = body.strip()
    # `{x=1}` alone is more likely a set in somebody's text than an attribute
    if not values and body[:1] not in ("#", "."):
        return None
    while at < len(body):
        match = _ITEM.match(body, at)
        if not match:
            return None
        if match["id"]:
            name = match["id"]
        elif match["class"]:
            classes.append(match["class"])
        else:
            keys.append((match["key"], match["plain"] if match["quoted"] is None else match["quoted"]))
        at = match.end()
    return name, tuple(classes), tuple(keys)
