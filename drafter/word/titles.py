"""A title in lines: broken at word sense, in the shape of a trapezoid or a diamond (GB/T 9704-2012, 7.3.1).

The title is cut into pieces that never break: words, numbers with their units, what stands in “”, 《》 and （）. Of all ways to put the pieces
into lines the cheapest is taken: each break costs by what it parts, each set of lines by its shape. The same title gives the same lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

from drafter.word.titlewords import SUFFIXES, UNITS, WORDS

MOST = 13.0
"""Characters of a line of the cover: 32 pt in 156 mm."""

_MOST_LINES = 4
_SHORT = 10.0  # a title of so many characters may stand in one line
_CLOSING = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "（": "）", "(": ")", "〔": "〕", "【": "】"}
_NUMERALS = "〇零一二三四五六七八九十百千万"
_NUMBER = re.compile(
    rf"第?(?:\d[\d.,]*|[{_NUMERALS}]+)(?:[%％‰]|[—–～~至-](?=[\d{_NUMERALS}])(?:\d[\d.,]*|[{_NUMERALS}]+))*[{UNITS}]*"
)
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.+/-]*")
_BEFORE = frozenset("的地得了、，。；：！？”’》〉）)〕】—…·")
"""Never begin a line."""
_LONGEST = max(map(len, WORDS))
_UNKNOWN = 4  # characters of a word that is not listed

# What a break costs by what stands beside it.
_GROUP, _PLAIN, _INSIDE, _WEAK, _UNLISTED, _FORCED = 0.0, 0.5, 1.0, 1.5, 2.5, 8.0
# What a shape costs.
_RECTANGLE, _HOURGLASS, _SINGLE, _STUB, _LINE = 0.8, 3.0, 50.0, 3.0, 1.6
_STUB_WIDTH = 2


class _Piece(NamedTuple):
    """What does not break, and what a break after it costs."""

    text: str
    kind: str  # word, unlisted, group, number, mark


def title_lines(title: str, most: float = MOST, one: float | None = None) -> tuple[str, ...]:
    """The lines of a title, none broader than `most` characters where that can be; joined they are the title.

    One of up to `one` characters is not broken.
    """
    return _lines(title, most, min(_SHORT, most) if one is None else one)


@lru_cache(maxsize=64)
def _lines(title: str, most: float, one: float) -> tuple[str, ...]:
    if width(title) <= one:
        return (title,)
    pieces = tuple(_fitting(_pieces(title), most))
    costs = [_break(before, after) for before, after in pairwise(pieces)]
    widths = [width(piece.text) for piece in pieces]
    best: tuple[float, tuple[int, ...]] | None = None
    for count in range(_MOST_LINES):
        for cuts in combinations(range(1, len(pieces)), count):
            lines = [sum(widths[a:b]) for a, b in pairwise((0, *cuts, len(pieces)))]
            if max(lines) > most:
                continue
            cost = sum(costs[cut - 1] for cut in cuts) + _shape(lines)
            if best is None or cost < best[0]:
                best = cost, cuts
    cuts = _filled(widths, most) if best is None else best[1]
    return tuple("".join(p.text for p in pieces[a:b]) for a, b in pairwise((0, *cuts, len(pieces))))


def width(text: str) -> float:
    """Characters of a text, those of ASCII counted half."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _filled(widths: Sequence[float], most: float) -> tuple[int, ...]:
    """A title too long for every shape: line after line filled."""
    cuts, line = [], 0.0
    for place, each in enumerate(widths):
        if line and line + each > most:
            cuts.append(place)
            line = 0.0
        line += each
    return tuple(cuts)


def _shape(lines: Sequence[float]) -> float:
    """A trapezoid or a diamond of few lines whose last is no stub."""
    longest, shortest = max(lines), min(lines)
    cost = _LINE * len(lines)
    if len(lines) == 1:
        # One line that fills the breadth reads worse than two.
        return cost + (longest - _SHORT) * 2
    cost += 6 * (1 - shortest / longest) ** 2
    if longest - shortest < 1:
        cost += _RECTANGLE
    if any(after < before and after < following for before, after, following in _threes(lines)):
        cost += _HOURGLASS
    if shortest <= 1:
        cost += _SINGLE
    elif shortest <= _STUB_WIDTH:
        cost += _STUB
    return cost


def _threes(lines: Sequence[float]) -> Iterator[tuple[float, float, float]]:
    return ((lines[n - 1], lines[n], lines[n + 1]) for n in range(1, len(lines) - 1))


def _break(before: _Piece, after: _Piece) -> float:
    if after.text[0] in _BEFORE or before.text[-1] in _CLOSING:
        return _FORCED * 4
    if before.kind == after.kind == "forced":
        return _FORCED
    if before.text in _RIGHT:
        return _WEAK
    if after.text in _JOINING:
        return _WEAK
    if before.text in _JOINING or before.text.endswith(("的", "、", "，", "》", "”")):
        return _GROUP if before.text.endswith(("的", "，")) or before.text in _JOINING else _INSIDE
    if after.kind in ("group", "number"):
        return _GROUP
    if "unlisted" in (before.kind, after.kind):
        return _INSIDE if before.text[-1] in SUFFIXES else _UNLISTED
    return _PLAIN if len(before.text) > 1 and len(after.text) > 1 else _WEAK


_JOINING = frozenset(("和", "与", "及", "暨", "或", "以及"))
_RIGHT = frozenset(("关于", "印发", "拟纳入", "在", "对", "为", "以", "向", "将", "第"))
"""Belong to what follows."""


# -- pieces ------------------------------------------------------------------------------------------------------------


def _pieces(title: str) -> Iterator[_Piece]:
    """What does not break, in order."""
    held: list[_Piece] = []
    for piece in _cut(title):
        if held and (piece.text[0] in _BEFORE or (piece.text in SUFFIXES and held[-1].kind == "unlisted")):
            held[-1] = _Piece(held[-1].text + piece.text, held[-1].kind)
        else:
            held.append(piece)
    yield from held


def _cut(title: str) -> Iterator[_Piece]:
    at = 0
    plain = ""
    while at < len(title):
        found = _special(title, at)
        if found is None:
            # A listed word that begins with a numeral is taken whole: 第十四个五年.
            taken = max(_listed(title, at), 1) if _NUMBER.match(title, at) else 1
            plain += title[at : at + taken]
            at += taken
            continue
        yield from _words(plain)
        plain = ""
        yield found
        at += len(found.text)
    yield from _words(plain)


def _special(title: str, at: int) -> _Piece | None:
    """What begins here and is no word: something in brackets, a number, a Latin word."""
    closing = _CLOSING.get(title[at])
    if closing:
        depth = 0
        for end in range(at, len(title)):
            depth += (title[end] == title[at]) - (title[end] == closing)
            if depth == 0:
                return _Piece(title[at : end + 1], "group")
        return None
    # A listed word may begin with a numeral: 三年行动, 一体化.
    if _listed(title, at):
        return None
    number = _NUMBER.match(title, at)
    if number and (number[0][0].isdigit() or len(number[0]) > 1):
        return _Piece(number[0], "number")
    latin = _LATIN.match(title, at)
    return _Piece(latin[0], "word") if latin else None


def _listed(text: str, at: int) -> int:
    return next((n for n in range(min(_LONGEST, len(text) - at), 1, -1) if text[at : at + n] in WORDS), 0)


def _words(text: str) -> Iterator[_Piece]:
    """The fewest words and strangers that a text can be cut into."""
    best: list[tuple[int, int, int]] = [(0, 0, 0)]  # cost, where the last piece begins, whether it is listed
    for end in range(1, len(text) + 1):
        ways = [(best[end - 1][0] + 3, end - 1, int(text[end - 1] in _JOINING or text[end - 1] in _RIGHT))]
        ways += [
            (best[end - n][0] + 2, end - n, 1)
            for n in range(2, min(_LONGEST, end) + 1)
            if text[end - n : end] in WORDS or text[end - n : end] in _RIGHT
        ]
        best.append(min(ways))
    cuts: list[tuple[str, bool]] = []
    end = len(text)
    while end:
        _, start, listed = best[end]
        cuts.append((text[start:end], bool(listed)))
        end = start
    yield from _strangers(reversed(cuts))


def _strangers(cuts: Iterator[tuple[str, bool]]) -> Iterator[_Piece]:
    """Single characters that are no words, put together."""
    held = ""
    for text, listed in cuts:
        if listed or (held and len(held) >= _UNKNOWN and held[-1] in SUFFIXES):
            if held:
                yield _Piece(held, "unlisted")
            held = "" if listed else text
            if listed:
                yield _Piece(text, "word")
        else:
            held += text
    if held:
        yield _Piece(held, "unlisted")


def _fitting(pieces: Iterator[_Piece], most: float) -> Iterator[_Piece]:
    """What is too long for a line is cut after all: in brackets at its own words, else anywhere."""
    for piece in pieces:
        if width(piece.text) <= most:
            yield piece
        elif piece.kind == "group":
            opening, inner, closing = piece.text[0], piece.text[1:-1], piece.text[-1]
            inside = list(_fitting(_pieces(inner), most - 1))
            for place, each in enumerate(inside):
                text = (
                    (opening if place == 0 else "")
                    + each.text
                    + (closing if place == len(inside) - 1 else "")
                )
                yield _Piece(text, each.kind)
        else:
            yield from (_Piece(character, "forced") for character in piece.text)
