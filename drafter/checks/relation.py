"""A declared relation taken apart, and whether its two sides compare: `消防验收 = "否" => 隐患等级 != "无"`.

relation   := (comparison "=>")* comparison        what stands before `=>` are conditions: where one does not hold, nothing is asked
comparison := formula sign formula                 sign := = != <= >= < > ~=, or ≠ ≤ ≥ ≈ for them; == is =
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from drafter.merge.formats import format_number, format_quantity
from drafter.source.frozen import dataclass
from drafter.workspace.arithmetic import counts, subtract
from drafter.workspace.fields import NUMBER, day_of
from drafter.workspace.values import Quantity, Value, Words

# a quotient has forty digits, not all of them
_NEARLY = Decimal("1e-12")
_DIGITS = 12  # of decimals at most, to show how two numbers differ

_HOLDS: Mapping[str, Callable[[Decimal], bool]] = {
    "=": lambda difference: difference == 0,
    "!=": lambda difference: difference != 0,
    "<=": lambda difference: difference <= 0,
    ">=": lambda difference: difference >= 0,
    "<": lambda difference: difference < 0,
    ">": lambda difference: difference > 0,
    "~=": lambda difference: difference == 0,
}
_THEN = "=>"
_SIGNS = {"≤": "<=", "≥": ">=", "≠": "!=", "≈": "~=", "==": "=", "⇒": _THEN}
_WRITTEN = sorted({_THEN, *_HOLDS, *_SIGNS}, key=len, reverse=True)


class NotAlike(Exception):
    """The two sides are such that the sign means nothing: a text and a number, texts that have no order."""

    def __init__(self, left: Value, right: Value) -> None:
        super().__init__(left, right)
        self.left, self.right = left, right


@dataclass(frozen=True, slots=True)
class Side:
    """A formula, and where it begins in the text of the relation."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two formulas with a sign between them."""

    left: Side
    sign: str
    right: Side


def taken_apart(text: str) -> tuple[Comparison, ...] | None:
    """The conditions of a relation and, last, what must hold; None where a part compares nothing, or more than two things."""
    found: list[Comparison] = []
    sides: list[Side] = []
    signs: list[str] = []
    begun = 0
    for start, end, sign in (*_signs(text), (len(text), len(text), _THEN)):
        sides.append(Side(text[begun:start], begun))
        begun = end
        if sign != _THEN:
            signs.append(sign)
            continue
        if len(signs) != 1:
            return None
        found.append(Comparison(sides[0], signs[0], sides[1]))
        sides, signs = [], []
    return tuple(found)


def _signs(text: str) -> list[tuple[int, int, str]]:
    """The signs of comparison outside all brackets and quotes, each with where it begins and ends."""
    found = []
    depth, quote, at = 0, "", 0
    while at < len(text):
        character = text[at]
        written = next((each for each in _WRITTEN if text.startswith(each, at)), "")
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character in "([":
            depth += 1
        elif character in ")]":
            depth -= 1
        elif depth == 0 and written:
            found.append((at, at + len(written), _SIGNS.get(written, written)))
            at += len(written) - 1
        at += 1
    return found


def holds(left: Value, sign: str, right: Value) -> bool:
    """Whether it is so; raises `NotAlike`, and `ArithmeticFailed` where the units do not fit."""
    if _is_nothing(left) or _is_nothing(right):
        return _empty(left, right, sign)
    first, second = _number(left), _number(right)
    if isinstance(left, Words) and isinstance(right, Words) and (first is None or second is None):
        return _texts(left, sign, right)
    if first is None or second is None:
        raise NotAlike(left, right)
    difference = _difference(first, second)
    if sign == "~=":
        difference = _rounded(first, difference, second)
    elif abs(difference) <= _NEARLY * max(abs(first.number), abs(second.number), Decimal(1)):
        difference = Decimal(0)
    return _HOLDS[sign](difference)


def _is_nothing(value: Value) -> bool:
    return isinstance(value, Words) and not value.text


def _empty(left: Value, right: Value, sign: str) -> bool:
    """`列 != ""`: whether something is written there."""
    if sign not in {"=", "!="}:
        raise NotAlike(left, right)
    return (_is_nothing(left) and _is_nothing(right)) == (sign == "=")


def _texts(left: Words, sign: str, right: Words) -> bool:
    if sign in {"=", "!="}:
        return (left.text == right.text) == (sign == "=")
    first, second = day_of(left.text), day_of(right.text)
    if first is None or second is None or sign == "~=":
        raise NotAlike(left, right)
    return _HOLDS[sign](Decimal((first - second).days))


def _number(value: Value) -> Quantity | None:
    """A number, also one that stands in a column of text (开工: 2021)."""
    if isinstance(value, Quantity):
        return value
    return Quantity(Decimal(value.text), "", None, value.datum) if NUMBER.match(value.text) else None


def _difference(left: Quantity, right: Quantity) -> Decimal:
    # a number without a unit compares with any: 床位 > 0; people with the beds they lie in: 入住人数 <= 床位
    plain = not left.unit or not right.unit or (counts(left.unit) and counts(right.unit))
    return left.number - right.number if plain else subtract(left, right).number


def _rounded(left: Quantity, difference: Decimal, right: Quantity) -> Decimal:
    """The difference of both, each rounded to the decimals of the left side (of the right, where that has no count of them)."""
    decimals = right.decimals if left.decimals is None else left.decimals
    if decimals is None:
        return difference
    step = Decimal(1).scaleb(-decimals)
    other = left.number - difference
    return left.number.quantize(step, ROUND_HALF_UP) - other.quantize(step, ROUND_HALF_UP)


def printed(left: Value, right: Value) -> tuple[str, str]:
    """Both sides as a message shows them: numbers as they print, with more decimals where they would look the same."""
    first, second = _said(left), _said(right)
    if first != second or not isinstance(left, Quantity) or not isinstance(right, Quantity):
        return first, second
    for decimals in range(_DIGITS + 1):
        first, second = (format_number(each.number, decimals) for each in (left, right))
        if first != second:
            return first + left.unit, second + right.unit
    return _said(left), _said(right)


def _said(value: Value) -> str:
    return format_quantity(value) if isinstance(value, Quantity) else value.text or '""'
