"""Two texts compared by words: what a person would say was changed.

A number with its unit characters (`24000张`, `55.0%`) is one token, so is a Latin word; a Chinese character stands alone. A single kept
character between two changes is an accident of the alphabet, not something that was kept, and is taken into the change, unless it is a
number, an object or the end of a paragraph.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import Indel

from drafter.review.remarks import BREAK
from drafter.source.frozen import dataclass
from drafter.source.lines import common
from drafter.word.anchors import OBJECT

_UNITS = "%％‰张个万亿元人户家所处年月日岁天次项件名床座辆间套米里顷亩"
_TOKEN = re.compile(rf"[+-]?\d[\d,，]*(?:\.\d+)?[{_UNITS}]?|[A-Za-z]+|.", re.DOTALL)
_SOLID = re.compile(rf"[+-]?\d|{OBJECT}|{BREAK}")


@dataclass(frozen=True, slots=True)
class Op:
    """Characters `start:end` of the old text became `new`."""

    start: int
    end: int
    new: str


def tokens(text: str) -> list[str]:
    """The words that are compared."""
    return _TOKEN.findall(text)


def changes(old: str, new: str) -> tuple[Op, ...]:
    """What was changed, in order, with offsets in the old text."""
    if old == new:
        return ()
    a, b = tokens(old), tokens(new)
    head = common(a, b)
    tail = min(common(a[::-1], b[::-1]), len(a) - head, len(b) - head)
    blocks = _blocks(a[head : len(a) - tail], b[head : len(b) - tail])
    return _with_offsets(a, b, [(i + head, j + head, k + head, m + head) for i, j, k, m in blocks])


def _blocks(a: list[str], b: list[str]) -> list[tuple[int, int, int, int]]:
    """Changed stretches of tokens, islands taken in: (start, end) in `a`, (start, end) in `b`."""
    found: list[tuple[int, int, int, int]] = []
    for op in Indel.opcodes(a, b):
        if op.tag == "equal":
            continue
        block = (op.src_start, op.src_end, op.dest_start, op.dest_end)
        last = found[-1] if found else None
        if last and _accidental(a[last[1] : block[0]]) and not (_ends(a, b, last) or _ends(a, b, block)):
            found[-1] = (last[0], block[1], last[2], block[3])
        else:
            found.append(block)
    return found


def _ends(a: list[str], b: list[str], block: tuple[int, int, int, int]) -> bool:
    """Whether it is the end of a paragraph alone that came or went: a border and the words beside it are two things."""
    i, j, k, m = block
    return [*a[i:j], *b[k:m]] == [BREAK]


def _accidental(island: list[str]) -> bool:
    return not island or (len(island) == 1 and len(island[0]) == 1 and not _SOLID.match(island[0]))


def _with_offsets(a: list[str], b: list[str], blocks: list[tuple[int, int, int, int]]) -> tuple[Op, ...]:
    ops = []
    at, token = 0, 0
    for i, j, k, m in blocks:
        at += sum(map(len, a[token:i]))
        end = at + sum(map(len, a[i:j]))
        ops.append(Op(at, end, "".join(b[k:m])))
        at, token = end, j
    return tuple(ops)
