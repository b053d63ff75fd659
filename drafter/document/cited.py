"""段号 as people say and type them: read from a telephone note or a pencil mark, and the nearest ones where there is none of that number.

As printed: `3.2-14`, row 3 of a table `3.2-14/3`, in an annex `附1.0-2`. As typed: the same with full-width signs (`＃３．２－１４`), with another
dash, or in words (`第三章第二节第14段`, `第一部分（二）第3段`, `附件1第2段第3行`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−~", "-") | {"。": ".", "·": "."})
_PRINTED = re.compile(r"(?P<annex>附件?)?(?P<chapter>\d+)\.(?P<section>\d+)-(?P<count>\d+)(?:/(?P<row>\d+))?")
_COUNT = r"[\d〇零一二三四五六七八九十百]{1,6}"
_SAID = re.compile(
    rf"(?:第(?P<chapter>{_COUNT})(?:章|部分)|附件(?P<annex>{_COUNT}))"
    rf"(?:第(?P<section>{_COUNT})节|\((?P<part>{_COUNT})\))?(?:第(?P<count>{_COUNT})[段条])?(?:第(?P<row>{_COUNT})行)?"
)
_DIGITS = "〇一二三四五六七八九"
_LONGEST = 40  # characters of what can be a 段号
_NEAR = 3


class _Number(NamedTuple):
    """A 段号 in parts; row 0 is the whole paragraph or table."""

    annex: bool
    chapter: int
    section: int
    paragraph: int
    row: int


def paragraph_number(words: str) -> str:
    """The 段号 that somebody wrote, as it is printed; empty where the words are none."""
    plain = "".join(unicodedata.normalize("NFKC", words[: _LONGEST + 1]).translate(_DASHES).split())
    if len(plain) > _LONGEST:
        return ""
    printed = _PRINTED.fullmatch(plain)
    if printed:
        return _joined(_read(printed, bool(printed["annex"]), printed["chapter"], printed["section"]))
    said = _SAID.fullmatch(plain)
    if not said:
        return ""
    chapter = said["annex"] or said["chapter"]
    return _joined(_read(said, bool(said["annex"]), chapter, said["section"] or said["part"]))


def _read(found: re.Match[str], annex: bool, chapter: str, section: str | None) -> _Number:  # noqa: FBT001 -- a part of the number
    return _Number(annex, *map(_counted, (chapter, section, found["count"], found["row"])))


def _counted(words: str | None) -> int:
    """A count in Arabic or Chinese numerals, 0 for none."""
    if not words:
        return 0
    if words.isdecimal():
        return int(words)
    total, digit = 0, 0
    for character in words.replace("零", "〇"):
        if character in "十百":
            total += max(digit, 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = digit * 10 + (int(character) if character.isdecimal() else _DIGITS.index(character))
    return total + digit


def _joined(number: _Number) -> str:
    row = f"/{number.row}" if number.row else ""
    return f"{'附' if number.annex else ''}{number.chapter}.{number.section}-{number.paragraph}{row}"


def nearest_numbers(number: str, known: Iterable[str]) -> tuple[str, ...]:
    """The few 段号 of `known` that are closest to one that is not among them, in reading order.

    The same chapter before another, then the same 节, then what is counted nearby; rows only where a row was asked for.
    """
    asked = _parts(number)
    if asked is None:
        return ()
    there = {each: parts for each in dict.fromkeys(known) if (parts := _parts(each)) is not None}
    near = sorted(
        (each for each, parts in there.items() if asked.row or not parts.row),
        key=lambda each: (_distance(asked, there[each]), there[each]),
    )[:_NEAR]
    return tuple(sorted(near, key=there.__getitem__))


def _parts(number: str) -> _Number | None:
    found = _PRINTED.fullmatch(number)
    return _read(found, bool(found["annex"]), found["chapter"], found["section"]) if found else None


def _distance(one: _Number, other: _Number) -> tuple[int, ...]:
    return tuple(abs(int(a) - int(b)) for a, b in zip(one, other, strict=True))
