"""Two texts compared by the tokens that a Chinese reader takes as one.

A number with its unit (`23.2%`, `18,800张`), a date, a numbered article (`第十二条`), a name in `《》` or `“”` and a Latin word are one token;
any other character stands alone. A single character that is kept between two changes is an accident of the alphabet: it is taken into
the change. Among the ways to place a change that cost the same, the one that begins where a clause begins is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rapidfuzz.distance import Indel

from drafter.source.frozen import dataclass
from drafter.source.lines import common

OBJECT = "\ufffc"
"""A picture, field, note mark or formula in a text."""

MARK = "\u2029"
"""The end of a paragraph inside a text of several."""

_MANY = "(?:万亿|百|千|万|亿)"
_COUNTED = (
    "个百分点|百分点|平方公里|平方千米|平方米|立方米|千瓦时|公里|千米|公顷|人次|床位|"
    "[%％‰℃元人户张个家所处岁天次项件名床座辆间套米里顷亩吨倍岁周条款章节编期批届村县]"
)
_DIGITS = r"\d[\d,，]*(?:\.\d+)?"
_NUMERALS = "[零〇一二三四五六七八九十百千万亿两]"
_TOKEN = re.compile(
    "|".join(
        (
            r"《[^《》\t\n\xad\u2011\u2029\ufffc]{1,40}》",
            r"“[^“”\t\n\xad\u2011\u2029\ufffc]{1,20}”",
            r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)",
            r"\d{2,4}年(?:\d{1,2}月(?:\d{1,2}日)?)?",
            r"\d{1,2}月(?:\d{1,2}日)?",
            rf"{_DIGITS}{_MANY}?(?:{_COUNTED}|年|日)?",
            rf"第{_NUMERALS}+(?:{_COUNTED})?",
            rf"{_NUMERALS}{{2,}}(?:{_COUNTED}|年|月|日)?",
            rf"{_NUMERALS}(?:[条款项章节编年月日倍元]|万元)",
            r"[A-Za-z\u00c0-\u024f]+(?:['’-][A-Za-z\u00c0-\u024f]+)*",
            ".",
        )
    ),
    re.DOTALL,
)
_KEPT = frozenset((OBJECT, MARK, "\t", "\n"))
"""What is never taken into a change for standing alone between two: to delete and insert it again would be a lie."""

_OPENERS = frozenset("，。；：、！？,;:.!?）)" + MARK)
"""Behind these a new clause begins."""


@dataclass(frozen=True, slots=True)
class Step:
    """Characters `a:b` of the old text became `c:d` of the new one; `kept` where they are the same."""

    kept: bool
    a: int
    b: int
    c: int
    d: int


def tokens(text: str) -> list[str]:
    """The tokens of a text; together they are the text."""
    return _TOKEN.findall(text)


def steps(
    old: str, new: str, old_key: Callable[[int, str], str], new_key: Callable[[int, str], str]
) -> list[Step]:
    """From the old text to the new one, covering both; a key tells tokens apart that read alike (objects, links).

    A key function gets the offset of a token and the token, and gives what must be equal for two tokens to be the same.
    """
    a, b = tokens(old), tokens(new)
    keys_a, keys_b = _keyed(a, old_key), _keyed(b, new_key)
    head = common(keys_a, keys_b)
    tail = min(common(keys_a[::-1], keys_b[::-1]), len(a) - head, len(b) - head)
    core_a, core_b = keys_a[head : len(a) - tail], keys_b[head : len(b) - tail]
    blocks = [_Block(head + i, head + j, head + k, head + m) for i, j, k, m in _changes(core_a, core_b)]
    settled = _without_islands(blocks, a)
    for n in range(len(settled)):  # one after the other: each sees where its neighbour has come to
        settled[n] = _slid(settled, n, keys_a, keys_b)
    return _covering(_without_islands(settled, a), _offsets(a), _offsets(b))


def distance(old: str, new: str) -> int:
    """The least number of tokens that must be deleted and inserted."""
    return Indel.distance(tokens(old), tokens(new))


def _keyed(found: Sequence[str], key: Callable[[int, str], str]) -> list[str]:
    out, at = [], 0
    for token in found:
        out.append(key(at, token))
        at += len(token)
    return out


def _offsets(found: Sequence[str]) -> list[int]:
    out = [0]
    for token in found:
        out.append(out[-1] + len(token))
    return out


@dataclass(frozen=True, slots=True)
class _Block:
    """Tokens `i:j` of the old text became `k:m` of the new one."""

    i: int
    j: int
    k: int
    m: int


def _changes(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int, int, int]]:
    if not a or not b:
        return [(0, len(a), 0, len(b))] if a or b else []
    return [
        (op.src_start, op.src_end, op.dest_start, op.dest_end)
        for op in Indel.opcodes(a, b)
        if op.tag != "equal"
    ]


def _without_islands(blocks: Sequence[_Block], a: Sequence[str]) -> list[_Block]:
    """Blocks joined where nothing or a single character stands between them."""
    out: list[_Block] = []
    for block in blocks:
        last = out[-1] if out else None
        if last is not None and _accidental(a[last.j : block.i]):
            out[-1] = _Block(last.i, block.j, last.k, block.m)
        else:
            out.append(block)
    return out


def _accidental(island: Sequence[str]) -> bool:
    return not island or (len(island) == 1 and len(island[0]) == 1 and island[0] not in _KEPT)


def _slid(blocks: Sequence[_Block], n: int, a: Sequence[str], b: Sequence[str]) -> _Block:
    """A pure insertion or deletion moved to where a clause begins, as far as the same tokens allow."""
    block = blocks[n]
    if (block.i == block.j) is (block.k == block.m):
        return block
    tokens_, start, end = (b, block.k, block.m) if block.i == block.j else (a, block.i, block.j)
    low = blocks[n - 1].j if n else 0
    high = blocks[n + 1].i if n + 1 < len(blocks) else len(a)
    back = 0
    while block.i - back > low and tokens_[start - back - 1] == tokens_[end - back - 1]:
        back += 1
    forth = 0
    while block.j + forth < high and tokens_[start + forth] == tokens_[end + forth]:
        forth += 1
    best = max(
        range(-back, forth + 1), key=lambda shift: (_begins(tokens_, start + shift, end + shift), -abs(shift))
    )
    return _Block(block.i + best, block.j + best, block.k + best, block.m + best)


def _begins(tokens_: Sequence[str], start: int, end: int) -> int:
    """How well a change that covers these tokens starts and ends: with a clause, or at the edge."""
    before = tokens_[start - 1][-1:] if start else MARK
    last = tokens_[end - 1][-1:]
    return 2 * (before in _OPENERS) + (last in _OPENERS)


def _covering(blocks: Sequence[_Block], at_a: Sequence[int], at_b: Sequence[int]) -> list[Step]:
    """The blocks as characters, with what is kept between them."""
    out: list[Step] = []
    i = k = 0
    for block in (*blocks, _Block(len(at_a) - 1, len(at_a) - 1, len(at_b) - 1, len(at_b) - 1)):
        if block.i > i:
            out.append(Step(kept=True, a=at_a[i], b=at_a[block.i], c=at_b[k], d=at_b[block.k]))
        if block.j > block.i or block.m > block.k:
            out.append(Step(kept=False, a=at_a[block.i], b=at_a[block.j], c=at_b[block.k], d=at_b[block.m]))
        i, k = block.j, block.m
    return out
