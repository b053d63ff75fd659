"""Arithmetic over quantities with units: what formulas in the data and expressions in a fragment share.

Numbers are exact decimals of forty digits; nothing is rounded here. Each result carries a datum that says the formula and the data it
was made from: `A / B` of two cells has their names in its formula and both as inputs.

Units: a sum or difference needs the same unit (万元 and 亿元, 公顷 and 平方米 are converted); a plain number changes no unit; a quotient
of equal units is a pure number; any other product or quotient is free and takes the unit of what it goes into. A free result that is
added to something takes that one's unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from types import MappingProxyType

from drafter.source.origins import Datum, SourceSlice
from drafter.workspace.values import Quantity

CONTEXT = Context(prec=40, rounding=ROUND_HALF_UP, traps=[DivisionByZero, InvalidOperation, Overflow])
# A power is only almost exact: 8 ** (1/3) must be 2, or a tie would round the wrong way when printed.
_POWERS = Context(prec=30, rounding=ROUND_HALF_UP)

_ONE, _HUNDRED = Decimal(1), Decimal(100)
_RATE_DECIMALS = 1
_QUOTIENT_DECIMALS = 2

# Units of one dimension, each with its size in the smallest of them. 个百分点 is how a difference of percentages is said.
_DIMENSIONS: tuple[Mapping[str, Decimal], ...] = tuple(
    MappingProxyType({unit: Decimal(size) for unit, size in sizes.items()})
    for sizes in (
        {"元": 1, "万元": 10_000, "亿元": 100_000_000},
        {"平方米": 1, "万平方米": 10_000, "公顷": 10_000, "平方公里": 1_000_000},
        {"%": 1, "个百分点": 1},
    )
)


class ArithmeticFailed(Exception):
    """A calculation that has no result: `code` is that of the catalogue (`formula.…`), `facts` are what its sentence names."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code, facts)
        self.code, self.facts = code, facts


def number(value: Decimal | int, text: str = "") -> Quantity:
    """A plain number, as it is written in a formula."""
    exact = Decimal(value)
    text = text or f"{exact:f}"
    return Quantity(exact, "", None, Datum(text, None, text))


def negative(a: Quantity) -> Quantity:
    """The negative of a."""
    return _made(CONTEXT.minus(a.number), a, f"-{_operand(a, _PRODUCT)}", a)


def add(a: Quantity, b: Quantity) -> Quantity:
    """The sum a + b, in the unit of a."""
    like, b_number = _alike(a, b)
    return _made(CONTEXT.add(a.number, b_number), like, f"{_operand(a, _SUM)} + {_operand(b, _SUM)}", a, b)


def subtract(a: Quantity, b: Quantity) -> Quantity:
    """The difference a - b, in the unit of a."""
    like, b_number = _alike(a, b)
    return _made(
        CONTEXT.subtract(a.number, b_number), like, f"{_operand(a, _SUM)} - {_operand(b, _PRODUCT)}", a, b
    )


def multiply(a: Quantity, b: Quantity) -> Quantity:
    """The product a * b."""
    like = a if _plain(b) else b if _plain(a) else _free(a)
    formula = f"{_operand(a, _PRODUCT)} * {_operand(b, _PRODUCT)}"
    return _made(CONTEXT.multiply(a.number, b.number), like, formula, a, b)


def divide(a: Quantity, b: Quantity) -> Quantity:
    """The quotient a / b."""
    return _quotient(a, b, f"{_operand(a, _PRODUCT)} / {_operand(b, _ATOM)}")


def share(a: Quantity, b: Quantity) -> Quantity:
    """The share a / b * 100, in %."""
    return _rate(CONTEXT.multiply(_quotient(a, b, "").number, _HUNDRED), f"share({_say(a)}, {_say(b)})", a, b)


def growth(a: Quantity, b: Quantity) -> Quantity:
    """(b / a - 1) * 100, in %."""
    _same(a, b)
    ratio = _quotient(b, a, "").number
    return _rate(
        CONTEXT.multiply(CONTEXT.subtract(ratio, _ONE), _HUNDRED), f"growth({_say(a)}, {_say(b)})", a, b
    )


def cagr(a: Quantity, b: Quantity, years: Quantity) -> Quantity:
    """((b / a) ** (1 / years) - 1) * 100, in %."""
    _same(a, b)
    ratio = _quotient(b, a, "").number
    formula = f"cagr({_say(a)}, {_say(b)}, {_say(years)})"
    if not years.number:
        raise ArithmeticFailed("formula.division-by-zero", divisor=_say(years))
    if ratio <= 0:
        raise ArithmeticFailed("formula.cagr-sign", first=_say(a), second=_say(b))
    try:
        root = _POWERS.plus(CONTEXT.power(ratio, CONTEXT.divide(_ONE, years.number)))
    except (Overflow, InvalidOperation):
        raise ArithmeticFailed("formula.too-large", formula=formula) from None
    return _rate(CONTEXT.multiply(CONTEXT.subtract(root, _ONE), _HUNDRED), formula, a, b, years)


def per(a: Quantity, b: Quantity, base: Quantity) -> Quantity:
    """How many a there are for each `base` of b: a / b * base."""
    quotient = _quotient(a, b, "")
    formula = f"per({_say(a)}, {_say(b)}, {_say(base)})"
    return _made(CONTEXT.multiply(quotient.number, base.number), quotient, formula, a, b, base)


def total(terms: Sequence[Quantity], formula: str, unit: str = "", decimals: int | None = None) -> Quantity:
    """The sum of the terms; `unit` and `decimals` are those of a sum of nothing."""
    if not terms:
        return Quantity(Decimal(0), unit, decimals, Datum(formula, None, formula))
    result = terms[0].number
    for term in terms[1:]:
        result = CONTEXT.add(result, _alike(terms[0], term)[1])
    return _made(result, terms[0], formula, *terms)


def count(things: int, formula: str, inputs: tuple[Datum, ...] = ()) -> Quantity:
    """How many; it takes the unit of the cell it goes into (个, 处, 项)."""
    return Quantity(Decimal(things), "", 0, Datum(formula, None, formula, inputs), free=True)


def smallest(terms: Sequence[Quantity], formula: str) -> Quantity:
    """The least of the terms, all in one unit."""
    if not terms:
        raise ArithmeticFailed("formula.nothing", formula=formula)
    found = min(terms, key=lambda term: _alike(terms[0], term)[1])
    return _made(found.number, found, formula, *terms)


def largest(terms: Sequence[Quantity], formula: str) -> Quantity:
    """The greatest of the terms, all in one unit."""
    if not terms:
        raise ArithmeticFailed("formula.nothing", formula=formula)
    found = max(terms, key=lambda term: _alike(terms[0], term)[1])
    return _made(found.number, found, formula, *terms)


def converted(quantity: Quantity, unit: str) -> Quantity:
    """The quantity in another unit of its dimension (万元 → 亿元, 公顷 → 平方米, % → 个百分点); its datum stays what it is."""
    if quantity.unit == unit and not quantity.free:
        return quantity
    if quantity.free:
        return Quantity(quantity.number, unit, quantity.decimals, quantity.datum)
    factor = _factor(quantity.unit, unit)
    if factor is None:
        raise ArithmeticFailed("formula.unit", expected=unit, found=quantity.unit)
    decimals = quantity.decimals if factor == 1 else None
    return Quantity(CONTEXT.multiply(quantity.number, factor), unit, decimals, quantity.datum)


def fitted(quantity: Quantity, unit: str) -> Quantity:
    """The quantity as the value of a cell of this unit: a free one takes it, a pure number fits `%` and no unit."""
    if not quantity.free and not quantity.unit and unit == "%":
        return Quantity(quantity.number, unit, quantity.decimals, quantity.datum)
    return converted(quantity, unit)


def counts(unit: str) -> bool:
    """Whether a unit counts things one by one (张, 人, 个): no amount of money or land, no share, no 万人."""
    return not any(unit in sizes for sizes in _DIMENSIONS) and unit[:1] not in {"千", "万", "亿"}


def _factor(unit: str, other: str) -> Decimal | None:
    for sizes in _DIMENSIONS:
        if unit in sizes and other in sizes:
            return CONTEXT.divide(sizes[unit], sizes[other])
    return None


def _plain(a: Quantity) -> bool:
    return not a.unit and not a.free


def _free(a: Quantity) -> Quantity:
    return Quantity(a.number, "", _QUOTIENT_DECIMALS, a.datum, free=True)


def _alike(a: Quantity, b: Quantity) -> tuple[Quantity, Decimal]:
    """What gives the unit of a sum of a and b, and the number of b in it."""
    decimals = None if a.decimals is None or b.decimals is None else max(a.decimals, b.decimals)
    like = b if a.free else a
    result = Quantity(a.number, like.unit, decimals, a.datum, like.free)
    if a.free or b.free or a.unit == b.unit:
        return result, b.number
    factor = _factor(b.unit, a.unit)
    if factor is None:
        raise ArithmeticFailed("formula.units", first=_unit(a), second=_unit(b))
    return result, CONTEXT.multiply(b.number, factor)


def _same(a: Quantity, b: Quantity) -> None:
    """A rate of growth compares like with like."""
    _alike(a, b)


def _unit(a: Quantity) -> str:
    return a.unit or "1"


def _quotient(a: Quantity, b: Quantity, formula: str) -> Quantity:
    if not b.number:
        raise ArithmeticFailed("formula.division-by-zero", divisor=_say(b))
    if _plain(b):
        return _made(CONTEXT.divide(a.number, b.number), a, formula, a, b)
    pure = Quantity(a.number, "", _QUOTIENT_DECIMALS, a.datum)
    factor = None if a.free or b.free else _ONE if a.unit == b.unit else _factor(a.unit, b.unit)
    if factor is None:
        return _made(CONTEXT.divide(a.number, b.number), _free(a), formula, a, b)
    return _made(CONTEXT.divide(CONTEXT.multiply(a.number, factor), b.number), pure, formula, a, b)


def _rate(value: Decimal, formula: str, *inputs: Quantity) -> Quantity:
    return _made(value, Quantity(value, "%", _RATE_DECIMALS, inputs[0].datum), formula, *inputs)


def _made(value: Decimal, like: Quantity, formula: str, *inputs: Quantity) -> Quantity:
    """A result with the unit of `like`, and the data behind its inputs."""
    # by name and place: to compare whole data would walk all that is behind them, again at each step
    data: dict[tuple[str, SourceSlice | None], Datum] = {}
    for quantity in inputs:
        datum = quantity.datum
        for each in datum.inputs if _anonymous(datum) else (datum,):
            data[each.key, each.place] = each
    return Quantity(
        value, like.unit, like.decimals, Datum(formula, None, formula, tuple(data.values())), like.free
    )


def _anonymous(datum: Datum) -> bool:
    """Whether it is only a step on the way (or a number in a formula), with no name of its own."""
    return datum.place is None and datum.key == datum.formula


def _say(a: Quantity) -> str:
    return a.datum.key


_SUM, _PRODUCT, _ATOM = 1, 2, 3


def _operand(a: Quantity, least: int) -> str:
    """How the quantity is said as an operand: in brackets where it binds less than `least`."""
    said = a.datum.key
    return said if not _anonymous(a.datum) or _binding(said) >= least else f"({said})"


def _binding(formula: str) -> int:
    depth, binding, quoted = 0, _ATOM, False
    for at, character in enumerate(formula):
        if character == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif character in "([":
            depth += 1
        elif character in ")]":
            depth -= 1
        elif depth == 0 and formula[at - 1 : at + 2] in {" + ", " - "}:
            return _SUM
        elif depth == 0 and formula[at - 1 : at + 2] in {" * ", " / "}:
            binding = _PRODUCT
    return binding
