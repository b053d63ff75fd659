"""The scopes of a records dataset: the dataset or a group of its rows, a row, a column.

`数据集.X` is the row with key X, the group of rows whose first key column is X, or the column X. Loading has made sure that no name is
two of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from decimal import Decimal

from drafter.source.frozen import dataclass
from drafter.source.issues import Issue
from drafter.source.nearest import nearest
from drafter.source.origins import Datum, SourceSlice
from drafter.source.yaml import Node, Scalar
from drafter.source.yaml import Sequence as YamlSequence
from drafter.workspace import arithmetic
from drafter.workspace.derived import Derived
from drafter.workspace.fields import NUMBER
from drafter.workspace.formulas import FormulaError, misfit
from drafter.workspace.model import Column
from drafter.workspace.names import said
from drafter.workspace.values import Absent, Quantity, Scope, UnknownName, Value, Words


@dataclass(frozen=True, slots=True)
class Row:
    """A row as read: its key, its cells by column, its year where it has one, and its cells with formulas."""

    keys: tuple[str, ...]
    cells: Mapping[str, Node]
    place: SourceSlice
    year: int | None
    derived: dict[str, Derived] = field(default_factory=dict, compare=False)
    unused: bool = False  # said to be kept only

    def words(self, column: str) -> tuple[Scalar, ...]:
        """What is written in a cell: one word, those of a list, or nothing."""
        cell = self.cells.get(column)
        if isinstance(cell, YamlSequence):
            return tuple(each for each in cell.items if isinstance(each, Scalar))
        return (cell,) if isinstance(cell, Scalar) else ()


@dataclass(frozen=True, slots=True)
class Table:
    """What all rows of a dataset share: its name in formulas, its columns and key columns; `broken` are the problems of cells."""

    key: str
    columns: Mapping[str, Column]
    key_columns: tuple[str, ...]
    year: int | None
    year_column: str
    broken: dict[int, Issue] = field(default_factory=dict)


class RowScope:
    """One row."""

    def __init__(self, table: Table, row: Row) -> None:
        self.table, self.row = table, row

    @property
    def key(self) -> str:
        """设施.养老机构.港城区."""
        key = self.table.key
        for each in self.row.keys:
            key = said(key, each)
        return key

    def member(self, name: str) -> Scope | Value:
        """The cell in a column; raises `Absent` where it is empty."""
        column = self.table.columns.get(name)
        if column is None:
            raise UnknownName(self.key, name, nearest(name, self.table.columns))
        if (derived := self.row.derived.get(name)) is not None:
            return derived.quantity()
        node = self.row.cells.get(name)
        if node is None:
            raise Absent(self.key, name)
        if (issue := self.table.broken.get(node.start)) is not None:
            raise FormulaError(issue)
        datum = Datum(said(self.key, name), node.slice)
        if not isinstance(node, Scalar):
            return Words("、".join(each.text for each in self.row.words(name)), datum)
        if column.type == "number":
            return Quantity(Decimal(node.text), column.unit, column.decimals, datum)
        if column.type == "year":
            return Quantity(Decimal(node.text), "", 0, datum)
        return Words(node.text, datum)

    def at(self, year: int) -> Value:
        """A row has no years."""
        raise UnknownName(self.key, str(year))

    def value(self) -> Value | None:
        """A row is no value."""
        return None

    def refers(self, name: str) -> bool:
        """Whether the word in a column is a key of another dataset."""
        column = self.table.columns.get(name)
        return column is not None and column.type == "ref"

    def names(self) -> Iterable[str]:
        """The columns."""
        return self.table.columns.keys()

    def rows(self) -> Iterator[Scope]:
        """None."""
        return iter(())


class GroupScope:
    """All rows of a dataset, those with the same first keys, or those that were selected.

    `depth` is how many key columns have been said; `summed`: a number column of it is a value, its sum.
    """

    def __init__(self, table: Table, key: str, rows: Sequence[Row], depth: int, *, summed: bool) -> None:
        self.table, self.key, self._rows, self._depth, self._summed = table, key, rows, depth, summed
        self._children: dict[str, Scope] = {}
        self._index: dict[str, list[Row]] | None = None

    def _by_key(self) -> dict[str, list[Row]]:
        if self._index is None:
            self._index = {}
            if self._depth < len(self.table.key_columns):
                for row in self._rows:
                    self._index.setdefault(row.keys[self._depth], []).append(row)
        return self._index

    def member(self, name: str) -> Scope | Value:
        """The row or the group of this key, or the column of this name."""
        found = self._children.get(name)
        if found is None:
            found = self._children[name] = self._member(name)
        return found

    def _member(self, name: str) -> Scope:
        rows = self._by_key().get(name)
        if rows is None:
            if name in self.table.columns:
                return ColumnScope(self, self.table.columns[name])
            raise UnknownName(self.key, name, nearest(name, self.names()))
        if self._depth + 1 == len(self.table.key_columns):
            return RowScope(self.table, rows[0])
        return GroupScope(self.table, said(self.key, name), rows, self._depth + 1, summed=True)

    def at(self, year: int) -> Value:
        """Years belong to columns."""
        raise UnknownName(self.key, str(year))

    def value(self) -> Value | None:
        """None."""
        return None

    def names(self) -> Iterable[str]:
        """Keys and columns."""
        return (*self._by_key(), *self.table.columns)

    def rows(self) -> Iterator[Scope]:
        """Each row."""
        return (RowScope(self.table, row) for row in self._rows)

    def chosen(self, rows: Iterable[Scope]) -> GroupScope:
        """Some of its rows, in this order, as a group whose number columns are sums."""
        found = [each.row for each in rows if isinstance(each, RowScope)]
        return GroupScope(self.table, self.key, found, self._depth, summed=True)

    def selected(self, where: Mapping[str, str]) -> GroupScope:
        """The rows whose cells are these, as a group whose number columns are sums; raises `UnknownName`, `ArithmeticFailed`."""
        return GroupScope(self.table, self.key, self.fitting(where, None), self._depth, summed=True)

    def alike(self, where: Mapping[str, str]) -> GroupScope:
        """The rows whose cells are these, none where no row's are, under a name that says so; raises `UnknownName`."""
        for name in where:
            if name not in self.table.columns:
                raise UnknownName(self.key, name, nearest(name, self.table.columns))
        rows = [row for row in self._rows if all(self._fits(row, *each) for each in where.items())]
        key = f"{self.key}[{'、'.join(f'{name}={wanted}' for name, wanted in where.items())}]"
        return GroupScope(self.table, key, rows, self._depth, summed=True)

    def matching(self, where: Mapping[str, str], year: int | None) -> int:
        """How many rows fit."""
        return len(self.fitting(where, year))

    def summed(self) -> bool:
        """Whether a number column of it is a value."""
        return self._summed

    def fitting(self, where: Mapping[str, str], year: int | None) -> Sequence[Row]:
        """The rows whose cells are these; of a dataset with a year column, those of the year."""
        for name, wanted in where.items():
            self._check(name, wanted)
        rows = self._rows
        if year is not None and self.table.year_column:
            rows = [row for row in rows if row.year == year]
        return [row for row in rows if all(self._fits(row, name, wanted) for name, wanted in where.items())]

    def dated(self, year: int) -> Sequence[Row]:
        """The rows of a year; raises `UnknownName` where there are none."""
        rows = [row for row in self._rows if row.year == year]
        if not rows:
            raise UnknownName(self.key, str(year), nearest(str(year), map(str, self.row_years())))
        return rows

    def row_years(self) -> list[int]:
        """The years that rows have."""
        return sorted({row.year for row in self._rows if row.year is not None})

    def _check(self, name: str, wanted: str) -> None:
        """A word that the column never has would select nothing without a word."""
        column = self.table.columns.get(name)
        if column is None:
            raise UnknownName(self.key, name, nearest(name, self.table.columns))
        if column.type == "choice" and wanted not in column.of:
            raise misfit(name, wanted, column.of)
        if column.type in {"ref", "text", "list"}:
            known = {each.text for row in self._rows for each in row.words(name)}
            if wanted not in known:
                raise misfit(name, wanted, sorted(known))

    def _fits(self, row: Row, name: str, wanted: str) -> bool:
        """Whether the cell is the word, or a list with it."""
        if NUMBER.match(wanted):
            number = Decimal(wanted)
            return any(NUMBER.match(each.text) and Decimal(each.text) == number for each in row.words(name))
        return any(each.text == wanted for each in row.words(name))


class ColumnScope:
    """A column of a dataset or of a group of its rows, for functions; of a group it is also its sum."""

    def __init__(self, group: GroupScope, column: Column) -> None:
        self.group, self.column = group, column

    @property
    def key(self) -> str:
        """设施.养老机构.床位."""
        return said(self.group.key, self.column.name)

    def member(self, name: str) -> Scope | Value:
        """A column has no members."""
        raise UnknownName(self.key, name)

    def at(self, year: int) -> Value:
        """Its sum over the rows of a year."""
        return self._sum(self._cells(self.group.dated(year)), f"{self.key}[{year}]")

    def value(self) -> Value | None:
        """The sum of a number column of a group; raises `Absent` where no row has a number."""
        if not self.group.summed() or not self.numeric:
            return None
        return self._sum(self.quantities({}, None), self.key)

    @property
    def numeric(self) -> bool:
        """Whether it holds numbers that can be added."""
        return self.column.type in {"number", "formula"}

    def _sum(self, terms: Sequence[Quantity], key: str) -> Quantity:
        if not terms:
            raise Absent(self.group.key, self.column.name)
        total = arithmetic.total(terms, f"sum({key})")
        datum = Datum(key, None, f"sum({key})", tuple(term.datum for term in terms))
        return Quantity(total.number, total.unit, total.decimals, datum)

    def varies(self) -> bool:
        """Whether a column gives each row its year."""
        return bool(self.group.table.year_column)

    def years(self) -> Sequence[int]:
        """The years that its rows are of."""
        return self.group.row_years()

    def names(self) -> Iterable[str]:
        """None."""
        return ()

    def rows(self) -> Iterator[Scope]:
        """None."""
        return iter(())

    def alike(self, where: Mapping[str, str]) -> ColumnScope:
        """The column over the rows whose cells are these; raises `UnknownName`."""
        return ColumnScope(self.group.alike(where), self.column)

    def quantities(self, where: Mapping[str, str], year: int | None) -> Sequence[Quantity]:
        """Its numbers in the rows that fit, empty cells left out."""
        return self._cells(self.group.fitting(where, year))

    def empty(self) -> Quantity:
        """Nothing, in its unit."""
        return Quantity(Decimal(0), self.column.unit, self.column.decimals, Datum(self.key, None))

    def _cells(self, rows: Iterable[Row]) -> list[Quantity]:
        if not self.numeric:
            raise arithmetic.ArithmeticFailed("formula.not-numbers", name=self.key)
        found = []
        for row in rows:
            try:
                value = RowScope(self.group.table, row).member(self.column.name)
            except Absent:
                continue
            if isinstance(value, Quantity):
                found.append(value)
        return found
