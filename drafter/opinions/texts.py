"""A letter in a text file: UTF-8, UTF-16 or GB18030, Markdown or not, its lines broken by whom or what ever."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.opinions.points import Paragraph, signed

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LIMIT = 2_000_000  # bytes of a letter; a longer text is none
_CHINESE = 0.2  # of the characters, in a text that is words
_MARKUP = re.compile(r"(?:#{1,6}|[-*+>])[ \t]+|\*\*")
_ENDS = '。；：！？!?;:.）)”"…】》、，,'
_FULL = 24  # characters of a line that was broken because it was full
_FOREIGN = re.compile(
    r"\s*(?:<\?xml|<!DOCTYPE|<html|\{\\rtf|(?:Received|Return-Path|MIME-Version|From|Date|Subject|X-[\w-]+):\s)",
    re.IGNORECASE,
)


def decoded(data: bytes) -> str | None:
    """The words of a text file; None where it is no text, or no text of words."""
    if len(data) > _LIMIT:
        return None
    encodings = [name for mark, name in _MARKS if data.startswith(mark)] or ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, UnicodeError):
            continue
        return text if _is_words(text) else None
    return None


def _is_words(text: str) -> bool:
    if "\0" in text or _FOREIGN.match(text):
        return False
    told = [character for character in text if not character.isspace()]
    chinese = sum("\u4e00" <= character <= "\u9fff" for character in told)
    return bool(told) and chinese >= len(told) * _CHINESE


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a text, each with the line that it begins in; a line that was broken where it was full goes on in the next."""
    return list(_paragraphs(text))


def _paragraphs(text: str) -> Iterator[Paragraph]:
    whole, first = "", 0
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        words = _MARKUP.sub("", line.strip(" \t\u3000"))
        if whole and not _goes_on(whole, line, words):
            yield Paragraph(whole, first)
            whole = ""
        if words:
            first = first if whole else number
            whole += words
    if whole:
        yield Paragraph(whole, first)


def _goes_on(before: str, line: str, words: str) -> bool:
    """Whether a line is the rest of the one above it."""
    if not words or signed(words) or line.startswith(("  ", "\u3000", "\t", "#", "-", "*")):
        return False
    return len(before) >= _FULL and before[-1] not in _ENDS
