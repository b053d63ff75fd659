"""The functions and filters that a fragment may use: those of formulas, the forms of values, and a chosen few of Jinja2's.

What is left out of Jinja2's own: what draws lots (`random`), what escapes markup (a value is text already), what makes huge strings out
of small ones (`center`, `indent`, `format`), and what would round before printing (`round`, `float`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import wraps

from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.filters import FILTERS
from jinja2.sandbox import safe_range

from drafter.merge import formats
from drafter.merge.figures import Captured, CapturedUsedError, Figure, Missing, Named
from drafter.workspace.arithmetic import ArithmeticFailed, number
from drafter.workspace.expressions import FUNCTIONS
from drafter.workspace.formulas import applied
from drafter.workspace.values import Quantity, Scope, Value, Words

_KEPT = [
    "batch",
    "capitalize",
    "count",
    "default",
    "d",
    "dictsort",
    "first",
    "groupby",
    "int",
    "items",
    "join",
    "last",
    "length",
    "list",
    "lower",
    "map",
    "max",
    "min",
    "reject",
    "rejectattr",
    "replace",
    "reverse",
    "select",
    "selectattr",
    "slice",
    "sort",
    "string",
    "sum",
    "title",
    "trim",
    "truncate",
    "unique",
    "upper",
    "wordcount",
]
_SEES_ALL = frozenset({"default", "d"})


def operand(value: object) -> Quantity | None:
    """A value as a quantity to calculate with, None for what is none."""
    if isinstance(value, Figure):
        return value.value if isinstance(value.value, Quantity) else None
    if isinstance(value, Named):
        figure = value.figure()
        return None if figure is None else operand(figure)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return number(value)
    return number(Decimal(str(value))) if isinstance(value, float) else None


def _argument(value: object) -> Scope | Value:
    if isinstance(value, Named):
        return value.scope
    if isinstance(value, Figure):
        return value.value
    quantity = operand(value)
    if quantity is None:
        raise ArithmeticFailed("merge.argument", value=str(value)[:40])
    return quantity


def _function(name: str) -> Callable[..., object]:
    def called(*arguments: object, **where: object) -> object:
        for each in (*arguments, *where.values()):
            if isinstance(each, Missing):
                return each
        listed = [_argument(each) for each in arguments]
        return Figure(applied(name, listed, {column: str(value) for column, value in where.items()}))

    called.__name__ = name
    return called


def functions() -> dict[str, object]:
    """The functions of formulas, and Jinja2's that are harmless."""
    kept = {name: DEFAULT_NAMESPACE[name] for name in ("dict", "cycler", "joiner", "namespace")}
    return kept | {"range": safe_range} | {name: _function(name) for name in FUNCTIONS}


def _form(name: str) -> Callable[..., object]:
    def filtered(value: object, decimals: int | None = None) -> object:
        return in_form(value, name, decimals)

    return filtered


def in_form(value: object, name: str, decimals: int | None = None) -> object:
    """A value in another form; raises `ArithmeticFailed` where it has none such."""
    if isinstance(value, Missing):
        return value
    if isinstance(value, date) and name == formats.DATE:
        return formats.spoken(value)
    if isinstance(value, str) and name == formats.MARKUP:
        return Marked(value)
    if isinstance(value, Named):
        value = value.figure() or value
    if not isinstance(value, Figure):
        quantity = operand(value)
        if quantity is None:
            raise ArithmeticFailed("merge.form", name=str(value)[:40], form=name)
        value = Figure(quantity)
    held = value.value
    words = isinstance(held, Words)
    if isinstance(held, Words) and name == formats.DATE and formats.format_date(held.text) is None:
        raise ArithmeticFailed("merge.form", name=value.text(), form=name)
    if words != (name == formats.DATE) and name != formats.MARKUP:
        raise ArithmeticFailed("merge.form", name=value.value.datum.key, form=name)
    shown = value.in_form(_composed(value.form, name, decimals))
    shown.text()  # a unit that does not convert is told here, at this filter
    return shown


def _composed(before: str, name: str, decimals: int | None) -> str:
    """`标记` adds to a form, and so does `数` to one that converts; any other replaces it."""
    if before and (name == formats.MARKUP or (name == formats.NUMBER and formats.parts(before)[0])):
        return f"{before}|{name}"
    return formats.form(name, decimals)


class Marked(str):
    """A text that a writer lets carry markup."""

    __slots__ = ()


FORMS = (formats.NUMBER, *formats.UNITS, formats.CHINESE, formats.DATE, formats.MARKUP)


def guarded(call: Callable[..., object], *, sees_missing: bool = False) -> Callable[..., object]:
    """A filter or test that hands on what is missing and refuses captured text."""

    @wraps(call)
    def checked(*arguments: object, **options: object) -> object:
        for each in (*arguments, *options.values()):
            if isinstance(each, Captured):
                raise CapturedUsedError
            if isinstance(each, Missing) and not sees_missing:
                return each
        return call(*arguments, **options)

    return checked


def filters() -> Mapping[str, Callable[..., object]]:
    """The filters of fragments by name."""
    kept = {name: guarded(FILTERS[name], sees_missing=name in _SEES_ALL) for name in _KEPT}
    return kept | {name: guarded(_form(name)) for name in FORMS}
