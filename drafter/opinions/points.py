"""The points of a letter: 一、（一）1.（1）①, one below the other, also several in one paragraph; and what stands before the first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field

from drafter.document.numerals import chinese
from drafter.source.frozen import dataclass

_FIGURES = {chinese(number): number for number in range(1, 100)}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("一、", re.compile(r"(?P<n>[一二三四五六七八九十]{1,3})[、.．,，:：](?![0-9一二三四五六七八九十])")),
    ("（一）", re.compile(r"[（(](?P<n>[一二三四五六七八九十]{1,3})[）)][、.．]?")),
    (
        "第一",
        re.compile(r"(?:意见|建议|第)(?P<n>[一二三四五六七八九十]{1,3})(?:条(?:意见|建议)?)?[、，,：:.．]"),
    ),
    ("1.", re.compile(r"(?P<n>[0-9０-９]{1,3})\s*(?:[.．](?![0-9０-９])|[、:：])")),
    ("（1）", re.compile(r"[（(]\s*(?P<n>[0-9０-９]{1,3})\s*[）)][、.．]?")),
    ("1）", re.compile(r"(?P<n>[0-9０-９]{1,3})[）)]")),
    ("①", re.compile(rf"(?P<n>[{_CIRCLED}])[、.．]?")),
    ("一是", re.compile(r"(?P<n>[一二三四五六七八九十])(?:是|则)(?![一二三四五六七八九十])")),
)
_INSIDE = frozenset(("1.", "（1）", "①", "一是", "（一）", "1）", "一、"))
"""Signs that also begin a point in the middle of a paragraph."""
_AFTER = "。；;：:，,！!、 \u3000\n\t"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a letter and its number, from 1."""

    text: str
    line: int


@dataclass(slots=True, eq=False)
class Point:
    """A point: its sign's kind, its paragraphs, the points below it."""

    kind: str
    paragraphs: list[Paragraph] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All its words but those of the points below it."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Signed:
    """A paragraph with the sign that it begins with: its kind, its count, the words behind it."""

    kind: str
    count: int
    text: str


def signed(text: str) -> Signed | None:
    """The sign that a paragraph begins with."""
    body = text.lstrip(" \u3000\t#*")
    for kind, pattern in _SIGNS:
        match = pattern.match(body)
        if match and (kind != "一是" or len(body) > match.end()):
            return Signed(kind, _count(match["n"]), body[match.end() :].strip())
    return None


def outlined(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Point]]:
    """What stands before the first point, and the points as a tree; a paragraph without a sign belongs to the point above it."""
    before: list[Paragraph] = []
    roots: list[Point] = []
    stack: list[Point] = []
    for paragraph in (part for each in paragraphs for part in apart(each)):
        sign = signed(paragraph.text)
        if sign is None:
            (stack[-1].paragraphs if stack else before).append(paragraph)
            continue
        point = Point(sign.kind, [Paragraph(sign.text, paragraph.line)] if sign.text else [])
        kinds = [each.kind for each in stack]
        if sign.kind in kinds:
            del stack[kinds.index(sign.kind) :]
        (stack[-1].points if stack else roots).append(point)
        stack.append(point)
    return before, roots


def apart(paragraph: Paragraph) -> Iterator[Paragraph]:
    """A paragraph cut before each point in it: signs of one kind that count up from one."""
    text = paragraph.text
    own = signed(text)
    cuts = _cuts(text, own)
    if not cuts:
        yield paragraph
        return
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        part = text[start:end].strip()
        if part:
            yield Paragraph(part, paragraph.line)


def _cuts(text: str, own: Signed | None) -> list[int]:
    for kind, pattern in _SIGNS:
        if kind not in _INSIDE:
            continue
        first = own.count if own is not None and own.kind == kind else 0
        expected, cuts = (first or 0) + 1, []
        for match in pattern.finditer(text):
            at = match.start()
            begins = at > 0 and text[at - 1] in _AFTER
            if begins and _count(match["n"]) == expected:
                cuts.append(at)
                expected += 1
        if len(cuts) + bool(first) > 1 and (first <= 1):
            return cuts
    return []


def _count(words: str) -> int:
    if words in _CIRCLED:
        return _CIRCLED.index(words) + 1
    return int(words) if words.isdecimal() else _FIGURES.get(words, 0)
