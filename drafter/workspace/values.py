"""Typed values of the data, each with its datum; and the names by which formulas and fragments reach them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Protocol, runtime_checkable

from drafter.source.frozen import dataclass
from drafter.source.origins import Datum


@dataclass(frozen=True, slots=True)
class Quantity:
    """An exact number with its unit.

    `decimals` is how many are printed (None: as many as it has, normalised); rounding happens only when printed, half up.
    `unit` is printed behind it, `%` included, empty for a pure number. `free`: the product or quotient of two different units; it has
    none of its own (`unit` is empty) and takes that of the cell or the sum it goes into.
    """

    number: Decimal
    unit: str
    decimals: int | None
    datum: Datum
    free: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A text value (a name, a choice, a date as written)."""

    text: str
    datum: Datum


Value = Quantity | Words


class Scope(Protocol):
    """Something that has named members: the workspace's names, a dataset, a row, a group of rows, a column.

    A formula and a fragment see the same scopes, so that `设施.养老机构.床位` means one thing everywhere.
    """

    @property
    def key(self) -> str:
        """Its name as a writer says it, `指标.护理型占比`."""
        ...

    def member(self, name: str) -> Scope | Value:
        """What `.name` or `["name"]` is; raises `UnknownName`, or `formulas.FormulaError` where a formula fails."""
        ...

    def at(self, year: int) -> Value:
        """What `[2025]` is; raises `UnknownName` where the year is missing or the scope has no years."""
        ...

    def value(self) -> Value | None:
        """The value that the scope itself is where it is printed or calculated with (a column's sum of a group), else None.

        Raises as `member` does.
        """
        ...

    def names(self) -> Iterable[str]:
        """The names that `member` knows, for the nearest name in a message."""
        ...

    def rows(self) -> Iterator[Scope]:
        """Its rows, for a loop; empty where it has none."""
        ...


@runtime_checkable
class Referring(Protocol):
    """A row of which some columns name rows of other datasets."""

    def refers(self, column: str) -> bool:
        """Whether the word in a column is a key of another dataset."""
        ...


def is_reference(row: Scope, column: str) -> bool:
    """Whether the word that a row has in a column is a key of another dataset."""
    return isinstance(row, Referring) and row.refers(column)


class UnknownName(Exception):
    """`name` is not in `scope`; `nearest` is the closest name it does have, or empty."""

    def __init__(self, scope: str, name: str, nearest: str = "") -> None:
        super().__init__(f"{scope}.{name}")
        self.scope, self.name, self.nearest = scope, name, nearest


class Absent(UnknownName):
    """The name is known but nothing is written there: an empty cell of a row, a text that an indicator does not have."""
