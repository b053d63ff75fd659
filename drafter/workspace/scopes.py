"""What functions ask of the names they get: columns that are added up, rows that are counted, values of several years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeGuard, runtime_checkable

from drafter.workspace.values import Quantity, Scope, Value


class Column(Scope, Protocol):
    """A scope that functions add up: a column of a dataset or of a group of its rows."""

    def quantities(self, where: Mapping[str, str], year: int | None) -> Sequence[Quantity]:
        """Its numbers in the rows that fit; raises `UnknownName`, `ArithmeticFailed`."""
        ...

    def alike(self, where: Mapping[str, str]) -> Column:
        """The column over the rows whose cells are these, none where no row's are; raises `UnknownName`."""
        ...

    def empty(self) -> Quantity:
        """Its sum over no rows."""
        ...

    def varies(self) -> bool:
        """Whether its rows are of different years, so that a cell takes those of its own."""
        ...


class Rows(Scope, Protocol):
    """A scope that `count` counts: a dataset or a group of its rows."""

    def matching(self, where: Mapping[str, str], year: int | None) -> int:
        """How many of its rows fit; raises `UnknownName`, `ArithmeticFailed`."""
        ...

    def alike(self, where: Mapping[str, str]) -> Rows:
        """The rows whose cells are these, none where no row's are; raises `UnknownName`."""
        ...


def is_column(found: Scope | Value) -> TypeGuard[Column]:
    """Whether it is a column; by what it can do, since `isinstance` of a protocol takes longer than most sums."""
    return hasattr(found, "quantities")


def is_rows(found: Scope | Value) -> TypeGuard[Rows]:
    """Whether it is a dataset or a group of its rows."""
    return hasattr(found, "matching")


@runtime_checkable
class Dated(Scope, Protocol):
    """A scope that has a value for each of some years: an indicator."""

    def years(self) -> Sequence[int]:
        """The years, in order."""
        ...
