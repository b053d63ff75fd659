"""`{#id .class key=value}` at the end of a content."""

from __future__ import annotations

import re
from dataclasses import dataclass

from drafter.document.ground import Runs, merged_offset, part
from drafter.document.shield import original

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
    keys: tuple[str, ...] = ()


def attributes(text: str, runs: Runs) -> tuple[str, Runs, Attributes | None]:
    """The content without its attributes, and them, if it ends in any; braces that say something else stay text."""
    if not text.endswith("}"):
        return text, runs, None
    match = _BRACES.search(text)
    found = _parsed(original(match[1])) if match else None
    if not match or not found:
        return text, runs, None
    name, classes, keys = found
    at = merged_offset(runs, match.start(1) - 1)
    return text[: match.start()], part(runs, 0, match.start()), Attributes(at, name, classes, keys)


def _parsed(body: str) -> tuple[str, tuple[str, ...], tuple[str, ...]] | None:
    name, classes, keys, at = "", list[str](), list[str](), 0
    body = body.strip()
    # `{x=1}` alone is more likely a set in somebody's text than an attribute
    if body[:1] not in ("#", "."):
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
            keys.append(match["key"])
        at = match.end()
    return name, tuple(classes), tuple(keys)
