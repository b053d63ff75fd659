"""A line of a user's file with a caret under one character, as a terminal shows it.

Chinese characters take two columns, combining marks none; a long paragraph is cut to a window around the place.
"""

import unicodedata

ELLIPSIS = "…"
BEFORE, WIDTH = 40, 90


def excerpt(line: str, column: int) -> tuple[str, ...]:
    """The line and, for a column from 1, a second line with the caret; cut where it is too wide for a terminal."""
    line = line.rstrip("\r\n").translate(_FLAT)
    at = min(max(column - 1, 0), len(line))
    start = _start(line, at)
    shown = (ELLIPSIS if start else "") + line[start:]
    room = WIDTH
    end = 0
    while end < len(shown) and room > 0:
        room -= width(shown[end])
        end += 1
    cut = shown[:end] + (ELLIPSIS if end < len(shown) else "")
    if not column:
        return (cut,)
    before = shown[: at - start + (1 if start else 0)]
    return (cut, " " * width(before) + "^")


# A tab and other controls would move the caret; the line is for looking, not for copying.
_FLAT = dict.fromkeys((*range(32), 0x7F), " ")


def width(shown: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(_columns(character) for character in shown)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    # Quotation marks, dashes and the ellipsis are "ambiguous": narrow in most terminals, wide in Chinese ones.
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _start(line: str, at: int) -> int:
    """Where to begin so that the place is in sight: at the beginning if that is near enough."""
    room, start = BEFORE, at
    while start and room > 0:
        start -= 1
        room -= _columns(line[start])
    return start if room <= 0 else 0
