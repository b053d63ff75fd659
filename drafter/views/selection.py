"""Which rows of its datasets a view shows, and in which order: filtered, sorted, the rows of a group together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Protocol, runtime_checkable

from drafter.source.frozen import dataclass
from drafter.workspace.fields import NUMBER
from drafter.workspace.formulas import misfit
from drafter.workspace.model import Filter, View
from drafter.workspace.rows import GroupScope, RowScope
from drafter.workspace.values import Absent, Quantity, Scope, UnknownName, Value, Words


@runtime_checkable
class Choosable(Protocol):
    """A dataset, of which some rows can be taken as a dataset in their turn."""

    def chosen(self, rows: Iterable[Scope]) -> Scope:
        """These rows alone."""
        ...


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows of a view in printing order; `over` makes one scope of some of them, None where they are of several datasets."""

    rows: tuple[Scope, ...]
    over: Callable[[Iterable[Scope]], Scope] | None


def selected(view: View, names: Scope) -> Selection:
    """The rows; raises `UnknownName`, `ArithmeticFailed` (a word that the column never has) or `FormulaError`."""
    datasets = [names.member(name) for name in view.datasets]
    scopes = [each for each in datasets if not isinstance(each, Quantity | Words)]
    rows = [row for scope in scopes for row in scope.rows()]
    for scope in scopes:
        _check_words(scope, view.where)
    rows = [row for row in rows if all(_fits(row, each) for each in view.where)]
    for name, falls in reversed(view.sort):
        rows.sort(key=_order(name, scopes[0], names, falls=falls), reverse=falls)
    for name in reversed(view.group):
        rows = _together(rows, name)
    only = scopes[0] if len(scopes) == 1 else None
    return Selection(tuple(rows), only.chosen if isinstance(only, Choosable) else None)


def word(row: Scope, name: str) -> Words | None:
    """What a row says in a column of words; None where that is empty or no word."""
    found = _value(row, name)
    return found if isinstance(found, Words) else None


def _value(row: Scope, name: str) -> Value | None:
    try:
        found = row.member(name)
    except Absent:
        return None
    return found if isinstance(found, Quantity | Words) else None


def _check_words(scope: Scope, where: Iterable[Filter]) -> None:
    """A word that the column never has would select nothing without a word."""
    if not isinstance(scope, GroupScope):
        return
    for each in where:
        column = scope.table.columns.get(each.column)
        if column is None or column.type not in {"ref", "text"}:
            continue
        known = {found.text for row in scope.rows() if (found := word(row, each.column)) is not None}
        for wanted in each.words:
            if wanted not in known:
                raise misfit(each.column, wanted, sorted(known))


def _fits(row: Scope, wanted: Filter) -> bool:
    value = _value(row, wanted.column)
    if wanted.words and not any(_is(value, each) for each in wanted.words):
        return False
    return all(_holds(value, operator, than) for operator, than in wanted.comparisons)


def _is(value: Value | None, wanted: str) -> bool:
    if isinstance(value, Quantity):
        return NUMBER.match(wanted) is not None and value.number == Decimal(wanted)
    # of a list, one of its words
    return value is not None and (value.text == wanted or wanted in value.text.split("、"))


_COMPARISONS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "≥": lambda a, b: a >= b,
    "≤": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
}
_TEXT_COMPARISONS: Mapping[str, Callable[[str, str], bool]] = {
    "≥": lambda a, b: a >= b,
    "≤": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
}


def _holds(value: Value | None, operator: str, than: str) -> bool:
    if operator == "≠":
        return not _is(value, than)
    if isinstance(value, Quantity):
        return NUMBER.match(than) is not None and _COMPARISONS[operator](value.number, Decimal(than))
    # a date is compared as it is written, 2020-12-31
    return value is not None and _TEXT_COMPARISONS[operator](value.text, than)


def _order(
    name: str, scope: Scope, names: Scope, *, falls: bool
) -> Callable[[Scope], tuple[int, Decimal, str]]:
    """Numbers by size, words of a choice or of another dataset in the order declared there, other words by themselves; nothing last."""
    known = {each: at for at, each in enumerate(_declared(name, scope, names))}
    last = -1 if falls else 2

    def key(row: Scope) -> tuple[int, Decimal, str]:
        value = _value(row, name)
        if value is None:
            return last, Decimal(0), ""
        if isinstance(value, Quantity):
            return 0, value.number, ""
        return 1, Decimal(known.get(value.text, len(known))), value.text

    return key


def _declared(name: str, scope: Scope, names: Scope) -> Sequence[str]:
    """The words that a column can have, in order, where it says so."""
    column = scope.table.columns.get(name) if isinstance(scope, GroupScope) else None
    if column is None or column.type not in {"choice", "ref"}:
        return ()
    if column.type == "choice":
        return column.of
    try:
        target = names.member(column.of[0]) if column.of else None
    except UnknownName:
        return ()
    if not isinstance(target, GroupScope):
        return ()
    return [row.row.keys[0] for row in target.rows() if isinstance(row, RowScope) and row.row.keys]


def values_of(name: str, rows: Iterable[Scope], names: Scope) -> tuple[str, ...]:
    """The words that rows have in a column: in the order declared, else in that of the rows."""
    found = list(dict.fromkeys(each.text for row in rows if (each := word(row, name)) is not None))
    first = next(iter(rows), None)
    declared: Sequence[str] = ()
    if isinstance(first, RowScope):
        declared = _declared(name, GroupScope(first.table, "", (), 0, summed=False), names)
    known = [each for each in declared if each in found]
    return (*known, *(each for each in found if each not in known))


def _together(rows: Sequence[Scope], name: str) -> list[Scope]:
    """The rows of one group one after another, the groups in the order of their first rows."""
    groups: dict[str, list[Scope]] = {}
    for row in rows:
        found = word(row, name)
        groups.setdefault("" if found is None else found.text, []).append(row)
    return [row for group in groups.values() for row in group]
