"""The ids of bookmarks, and how they stand in names."""

from __future__ import annotations

_ROOM = 64
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def base36(number: int) -> str:
    """A count as it stands in the name of a bookmark."""
    out = ""
    while True:
        number, digit = divmod(number, 36)
        out = _DIGITS[digit] + out
        if not number:
            return out


class Counter:
    """The ids of bookmarks, through all parts of a document."""

    def __init__(self) -> None:
        self.last = 0

    def next(self) -> int:
        """The next id, from 1."""
        self.last += 1
        return self.last

    def leap(self) -> None:
        """To the next round number: what is written before may grow a little without renumbering what comes after."""
        self.last = -(-self.last // _ROOM) * _ROOM
