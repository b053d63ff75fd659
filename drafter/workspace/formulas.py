"""Formulas calculated over the names of a workspace, and the functions that formulas and fragments share.

A formula in the data and an expression in a fragment mean the same: both end in `arithmetic`. What fails is a `FormulaError` with a
finished issue, placed inside the formula; whoever depends on it raises the same issue again, so that it is said once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import InvalidOperation, Overflow
from typing import assert_never

from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Place
from drafter.source.listed import listed
from drafter.source.nearest import nearest, suggestion
from drafter.source.origins import Datum
from drafter.workspace import arithmetic
from drafter.workspace.arithmetic import ArithmeticFailed
from drafter.workspace.expressions import (
    Call,
    Expression,
    Literal,
    Name,
    Negation,
    Operation,
    Quoted,
    SyntaxFailed,
    parsed,
)
from drafter.workspace.scopes import Column, Dated, is_column, is_rows
from drafter.workspace.values import Absent, Quantity, Scope, UnknownName, Value, Words, is_reference

_YEAR = re.compile(r"\[([12][0-9]{3})\]")
_BARE = re.compile(r"(?:[^\W\d]\w*|[0-9]+(?:\.[0-9]+)?)\Z")  # what a filter may ask for without quotes
_LARGEST = 25  # as a power of ten: what is larger is no number of a plan, and could not be printed exactly
_SAID = 60


class FormulaError(Exception):
    """A formula that has no result; `issue` says why and where in the data, and has been or will be reported by loading."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(issue.code, dict(issue.facts))
        self.issue = issue


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a formula is calculated: the workspace's names, its own row, the year of its cell, and what its offsets mean."""

    names: Scope
    row: Scope | None = None
    year: int | None = None
    place: Callable[[int], Place] = lambda offset: Place("", 1, offset + 1)


def calculated(text: str, setting: Setting) -> Value:
    """The value of a formula; raises `FormulaError`, or `Absent` where a cell of its own row is empty."""
    return evaluated(tree(text, setting.place), setting)


def tree(text: str, place: Callable[[int], Place]) -> Expression:
    """The syntax tree of a formula; raises `FormulaError` with the place where it stops being one."""
    try:
        return parsed(text)
    except SyntaxFailed as failed:
        raise FormulaError(Issue(failed.code, place(failed.offset), failed.facts)) from None


def evaluated(expression: Expression, setting: Setting) -> Value:
    """The value of a syntax tree; raises as `calculated` does."""
    try:
        value = _Evaluation(setting).value(expression)
    except RecursionError:
        raise FormulaError(Issue("formula.too-deep", setting.place(0))) from None
    except (Overflow, InvalidOperation):
        raise FormulaError(Issue("formula.too-large", setting.place(0), {"formula": "…"})) from None
    if isinstance(value, Quantity) and value.number.adjusted() > _LARGEST:
        raise FormulaError(Issue("formula.too-large", setting.place(0), {"formula": value.datum.key[:_SAID]}))
    return value


def value_of(text: str, row: Scope, names: Scope, place: Callable[[int], Place] | None = None) -> Value:
    """What a column of a table view says of a row: a member, `[2025]`, or a formula over the row.

    `place` says where an offset of the text stands. Raises `Absent` where a cell is empty, `UnknownName` where the row has no such year,
    `FormulaError`.
    """
    text = text.strip()
    if (year := _YEAR.fullmatch(text)) is not None:
        return row.at(int(year[1]))
    return calculated(text, Setting(names, row) if place is None else Setting(names, row, None, place))


class _Evaluation:
    """One calculation; failures get their place here, where the offsets are known."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting

    def fail(self, at: int, code: str, facts: Mapping[str, str]) -> FormulaError:
        return FormulaError(Issue(code, self.setting.place(at), facts))

    def value(self, expression: Expression) -> Value:
        found = self.found(expression)
        if isinstance(found, Quantity | Words):
            return found
        return self.worth(found, expression)

    def number(self, expression: Expression) -> Quantity:
        value = self.value(expression)
        if isinstance(value, Words):
            raise self.fail(expression.start, "formula.text", {"name": value.datum.key, "text": value.text})
        return value

    def found(self, expression: Expression) -> Scope | Value:
        match expression:
            case Literal():
                return arithmetic.number(expression.number, expression.text)
            case Quoted():
                return Words(expression.text, Datum(f'"{expression.text}"', None))
            case Name():
                return self.named(expression)
            case Negation():
                return arithmetic.negative(self.number(expression.operand))
            case Operation():
                return self.operation(expression)
            case Call():
                return self.call(expression)
            case _:
                assert_never(expression)

    def operation(self, expression: Operation) -> Quantity:
        left, right = self.number(expression.left), self.number(expression.right)
        try:
            return OPERATORS[expression.operator](left, right)
        except ArithmeticFailed as failed:
            raise self.fail(expression.start, failed.code, failed.facts) from None

    def call(self, expression: Call) -> Quantity:
        found = [self.argument(each) for each in expression.arguments]
        where = {each.column: each.value for each in expression.where if not each.own}
        own = {each.column: self.key(each.value, each.start) for each in expression.where if each.own}
        try:
            if own:
                found = [each.alike(own) if is_column(each) or is_rows(each) else each for each in found]
            return applied(expression.function, found, where, self.setting.year)
        except ArithmeticFailed as failed:
            raise self.fail(expression.start, failed.code, failed.facts) from None
        except UnknownName as unknown:
            raise self.fail(expression.start, *_unknown(unknown)) from None

    def argument(self, expression: Expression) -> Scope | Value:
        found = self.found(expression)
        if isinstance(found, Quantity | Words) or is_column(found) or is_rows(found):
            return found
        return self.worth(found, expression)

    def named(self, name: Name) -> Scope | Value:
        """What a name is; a year that is written is asked for at once."""
        row = self.setting.row
        if name.keys and row is not None and (several := tuple(row.rows())):
            return self.looked_up(name, several)
        first, start = name.parts[0]
        local = row is not None and len(name.parts) == 1
        if row is not None and local and first in row.names():
            return self.dated(row.member(first), name)
        current: Scope | Value = self.setting.names
        for index, (written, start) in enumerate(name.parts):
            part = self.key(written, start) if index in name.keys else written
            if isinstance(current, Quantity | Words):
                raise self.fail(start, "formula.no-member", {"name": current.datum.key, "member": part})
            try:
                current = current.member(part)
            except UnknownName as unknown:
                if index in name.keys and row is not None and is_reference(row, written):
                    raise Absent(unknown.scope, unknown.name) from None  # nothing is said there of this row
                if row is None or not local:
                    raise self.fail(start, *_unknown(unknown)) from None
                near = nearest(first, (*row.names(), *self.setting.names.names()))
                raise self.fail(start, *_unknown(UnknownName(row.key, first, near))) from None
        return self.dated(current, name)

    def key(self, column: str, start: int) -> str:
        """What the own row says in a column, to find a row of another dataset by it."""
        row = self.setting.row
        found = None
        try:
            found = None if row is None else row.member(column)
        except Absent:
            raise
        except UnknownName as unknown:
            raise self.fail(start, *_unknown(unknown)) from None
        if isinstance(found, Words):
            return found.text
        if isinstance(found, Quantity):
            return f"{found.number:f}"
        raise self.fail(start, "formula.no-value", {"name": column})

    def looked_up(self, name: Name, rows: Sequence[Scope]) -> Quantity:
        """The sum of what several rows look up by their words, a datum that two of them name counted once."""
        terms: dict[str, Quantity] = {}
        for row in rows:
            one = _Evaluation(replace(self.setting, row=row))
            try:
                found = one.named(name)
                several = found.quantities({}, None) if is_column(found) else (one.number(name),)
            except Absent:
                continue
            terms.update((each.datum.key, each) for each in several)
        if not terms:
            raise Absent(name.said(), name.said())
        try:
            return arithmetic.total(tuple(terms.values()), f"sum({name.said()})")
        except ArithmeticFailed as failed:
            raise self.fail(name.start, failed.code, failed.facts) from None

    def dated(self, found: Scope | Value, name: Name) -> Scope | Value:
        if name.year is None:
            return found
        if isinstance(found, Quantity | Words):
            facts = {"scope": found.datum.key, "year": str(name.year), "nearest": ""}
            raise self.fail(name.year_start, "formula.no-years", facts)
        return self.at(found, name.year, name.year_start)

    def at(self, scope: Scope, year: int, start: int) -> Value:
        try:
            return scope.at(year)
        except UnknownName as unknown:
            known = listed(scope.years() if isinstance(scope, Dated) else ())
            facts = {"scope": unknown.scope, "year": str(year), "known": known}
            code = "formula.missing-year" if known else "formula.no-years"
            raise self.fail(start, code, facts) from None

    def worth(self, scope: Scope, name: Expression) -> Value:
        """The value of a scope: its own, or that of the year of the cell."""
        try:
            value = scope.value()
        except ArithmeticFailed as failed:
            raise self.fail(name.start, failed.code, failed.facts) from None
        except UnknownName as unknown:
            raise self.fail(name.start, *_unknown(unknown)) from None
        year = self.setting.year
        if value is not None and year is not None and is_column(scope) and scope.varies():
            return self.at(scope, year, name.start)
        if value is not None:
            return value
        if is_column(scope) or not isinstance(scope, Dated):
            code = "formula.column" if is_column(scope) else "formula.no-value"
            raise self.fail(name.start, code, {"name": scope.key})
        if year is None:
            raise self.fail(name.start, "formula.year-needed", {"name": scope.key})
        return self.at(scope, year, name.start)


def _unknown(unknown: UnknownName) -> tuple[str, Mapping[str, str]]:
    facts = {"scope": unknown.scope, "name": unknown.name, "nearest": unknown.nearest}
    if isinstance(unknown, Absent):
        return "formula.absent", facts
    if not unknown.scope:
        return "formula.unknown-dataset", facts
    return "formula.unknown-name", facts


OPERATORS: Mapping[str, Callable[[Quantity, Quantity], Quantity]] = {
    "+": arithmetic.add,
    "-": arithmetic.subtract,
    "*": arithmetic.multiply,
    "/": arithmetic.divide,
}

_FIXED: Mapping[str, tuple[int, Callable[..., Quantity], str]] = {
    "share": (2, arithmetic.share, "share(a, b)"),
    "growth": (2, arithmetic.growth, "growth(a, b)"),
    "cagr": (3, arithmetic.cagr, "cagr(a, b, years)"),
    "per": (3, arithmetic.per, "per(a, b, 1000)"),
}


def applied(
    function: str,
    arguments: Sequence[Scope | Value],
    where: Mapping[str, str] | None = None,
    year: int | None = None,
) -> Quantity:
    """A function of the formula language on values, columns and datasets; `where` are its filters `列=值`.

    The functions are those of `expressions.FUNCTIONS`. Raises `ArithmeticFailed`, `UnknownName` (a filter's column, a year) and
    `FormulaError` (a formula behind an argument).
    """
    where = where or {}
    if function == "count":
        return _count(arguments, where, year)
    if function in {"sum", "min", "max"}:
        return _fold(function, arguments, where, year)
    size, calculate, form = _FIXED[function]
    if len(arguments) != size or where:
        raise ArithmeticFailed("formula.arguments", function=function, form=form)
    return calculate(*(_quantity(each, year) for each in arguments))


def _count(arguments: Sequence[Scope | Value], where: Mapping[str, str], year: int | None) -> Quantity:
    if len(arguments) != 1:
        raise ArithmeticFailed("formula.arguments", function="count", form="count(dataset, 列=值)")
    (counted,) = arguments
    key = _key(counted)
    if is_rows(counted):
        return arithmetic.count(counted.matching(where, year), _call("count", (key,), where))
    if is_column(counted):
        return arithmetic.count(len(counted.quantities(where, year)), _call("count", (key,), where))
    raise ArithmeticFailed("formula.not-counted", name=key)


def _fold(
    function: str, arguments: Sequence[Scope | Value], where: Mapping[str, str], year: int | None
) -> Quantity:
    columns: list[Column] = [each for each in arguments if is_column(each)]
    if not arguments or (where and len(columns) != len(arguments)):
        raise ArithmeticFailed("formula.arguments", function=function, form=f"{function}(column, 列=值)")
    terms: list[Quantity] = []
    for each in arguments:
        terms.extend(each.quantities(where, year) if is_column(each) else (_quantity(each, year),))
    formula = _call(function, (_key(each) for each in arguments), where)
    if function == "sum":
        empty = columns[0].empty() if columns else arithmetic.number(0)
        return arithmetic.total(terms, formula, empty.unit, empty.decimals)
    return arithmetic.smallest(terms, formula) if function == "min" else arithmetic.largest(terms, formula)


def _quantity(argument: Scope | Value, year: int | None) -> Quantity:
    """An argument as one number."""
    if isinstance(argument, Quantity):
        return argument
    if isinstance(argument, Words):
        raise ArithmeticFailed("formula.text", name=argument.datum.key, text=argument.text)
    value = argument.value()
    if value is None and is_column(argument):
        raise ArithmeticFailed("formula.column", name=argument.key)
    if value is None and year is not None:
        value = argument.at(year)
    if not isinstance(value, Quantity):
        raise ArithmeticFailed("formula.no-value", name=argument.key)
    return value


def _key(argument: Scope | Value) -> str:
    return argument.datum.key if isinstance(argument, Quantity | Words) else argument.key


def _call(function: str, arguments: Iterable[str], where: Mapping[str, str]) -> str:
    filters = (f"{column}={_quoted(value)}" for column, value in where.items())
    return f"{function}({', '.join((*arguments, *filters))})"


def _quoted(value: str) -> str:
    return value if _BARE.match(value) else f'"{value}"'


def misfit(name: str, value: str, known: Iterable[str]) -> ArithmeticFailed:
    """A filter asks for a word that its column never has."""
    return ArithmeticFailed(
        "formula.unknown-value", column=name, value=value, nearest=suggestion(value, known)
    )
