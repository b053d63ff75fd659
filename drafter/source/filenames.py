"""What a file name can hold on every system that a file may come to, and how one is told to people."""

from __future__ import annotations

import unicodedata

_RESERVED = frozenset('\\/:*?"<>|')
_UNSHOWN = frozenset(("Cc", "Cs", "Zl", "Zp"))
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of what is shown: `意见\u202ecod.exe` reads as a harmless name."""


def holdable(character: str) -> bool:
    """Whether a file name can hold this character."""
    return character not in _RESERVED and character >= " " and not _unshown(character)


def clean(name: str) -> str:
    """The name with `_` for each character that a file name cannot hold."""
    return "".join(character if holdable(character) else "_" for character in name)


def readable(name: str) -> str:
    """A path as people can read it on one line: bytes that are no UTF-8 are Chinese of an old Windows or nothing, what cannot be shown is U+FFFD."""
    if name.isascii() and name.isprintable():
        return name
    whole = "/".join(map(_decoded, name.split("/")))
    return "".join("\ufffd" if _unshown(character) else character for character in whole)


def _decoded(name: str) -> str:
    """The name of one file whose bytes Python has kept as they were."""
    if not any("\udc80" <= character <= "\udcff" for character in name):
        return name
    raw = name.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace")


def _unshown(character: str) -> bool:
    return character in _TURNING or unicodedata.category(character) in _UNSHOWN
