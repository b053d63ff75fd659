"""What a file name can hold on every system that a file may come to."""

from __future__ import annotations

_RESERVED = frozenset('\\/:*?"<>|')


def holdable(character: str) -> bool:
    """Whether a file name can hold this character."""
    return character not in _RESERVED and character >= " "


def clean(name: str) -> str:
    """The name with `_` for each character that a file name cannot hold."""
    return "".join(character if holdable(character) else "_" for character in name)
