"""The ids of bookmarks, how they stand in names, and where a bookmark ends."""

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


def ended(xml: str, mark: str) -> str:
    """The runs of a paragraph with the ends of its bookmarks, which stand before a last sign that may hang over the edge of the line.

    Behind such a sign LibreOffice 7.4 puts the end on a line of its own, which is empty.
    """
    if not mark or not xml.endswith(_HANGING):
        return xml + mark
    start = xml.rfind("<w:r>")
    properties_end = xml.find("<w:t", start)
    last = f"{xml[start:properties_end]}<w:t>{xml[-_HANGING_LENGTH:]}"
    before = xml[:-_HANGING_LENGTH] + _RUN_END
    # A run of this sign alone is not cut.
    if before.endswith((f"<w:t>{_RUN_END}", f'preserve">{_RUN_END}')):
        return f"{xml[:start]}{mark}{xml[start:]}"
    return f"{before}{mark}{last}"


_RUN_END = "</w:t></w:r>"
_HANGING = tuple(f"{sign}{_RUN_END}" for sign in "。，、；：！？")
_HANGING_LENGTH = 1 + len(_RUN_END)
