"""A title in lines: none much longer than another, broken where the sense allows it (GB/T 9704-2012, 7.3.1: 词意完整、排列对称).

There is no dictionary here. What holds names together is punctuation: a break is free before an opening bracket and behind a closing
one, cheap behind 关于 and 的, and dear anywhere else.
"""

from __future__ import annotations

from functools import lru_cache

_OPENS, _CLOSES = "《（“〈‘", "》）”〉’"
_NEVER_FIRST = _CLOSES + "，。、；：的"
_FREE, _CHEAP, _DEAR = 0.0, 2.0, 8.0
_LINE = 3.0  # what one more line costs, in characters of unevenness
_WORDS = ("关于", "印发", "做好", "开展")


@lru_cache(maxsize=64)
def balanced(text: str, longest: int) -> tuple[str, ...]:
    """The text in lines of at most `longest` characters; a text that fits is one line."""
    if len(text) <= longest:
        return (text,)
    fewest = -(-len(text) // longest)
    found = [_best(text, lines, longest) for lines in range(fewest, fewest + 2)]
    return min((each for each in found if each), key=lambda each: each[0])[1]


def _best(text: str, lines: int, longest: int) -> tuple[float, tuple[str, ...]]:
    """The cheapest way to so many lines, and what it costs."""
    wanted = len(text) / lines
    # By how many characters are used: cost and the ends of lines.
    states: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for count in range(1, lines + 1):
        following: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, ends) in states.items():
            last = count == lines
            for end in range(start + 1, min(start + longest, len(text)) + 1):
                if last != (end == len(text)):
                    continue
                total = cost + abs(end - start - wanted) + (0.0 if last else _break(text, end))
                if end not in following or total < following[end][0]:
                    following[end] = (total, (*ends, end))
        states = following
    if len(text) not in states:
        return (float("inf"), (text,))
    cost, ends = states[len(text)]
    return cost + _LINE * lines, tuple(text[a:b] for a, b in zip((0, *ends[:-1]), ends, strict=True))


def _break(text: str, at: int) -> float:
    """What it costs to break before the character at `at`."""
    before, behind = text[at - 1], text[at]
    if before in _OPENS or behind in _NEVER_FIRST or (before.isascii() and behind.isascii()):
        return 1000.0
    if behind in _OPENS or before in _CLOSES:
        return _FREE
    if before == "的" or text[:at].endswith(_WORDS):
        return _CHEAP
    return _DEAR
