"""Datasets of kind records: rows of declared columns, read and checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from drafter.source.frozen import dataclass
from drafter.source.listed import listed
from drafter.source.nearest import suggestion
from drafter.source.origins import SourceSlice
from drafter.source.yaml import Mapping as YamlMapping
from drafter.source.yaml import Node, Scalar, Sequence
from drafter.workspace.derived import Calculation, Derived, Form
from drafter.workspace.fields import NUMBER, YEAR, Entries, Report, day_of
from drafter.workspace.model import Column
from drafter.workspace.names import Period, said
from drafter.workspace.rows import GroupScope, Row, RowScope, Table
from drafter.workspace.shapes import ColumnShape, DatasetFile, RecordsFile

_NUMERIC = frozenset({"number", "formula"})
REFERRING = frozenset({"ref", "list"})
"""The types of columns whose words may be rows of another dataset, the one of `of`; a list without it holds any words."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A cell that points into another dataset, to be looked at when all are read."""

    dataset: str
    scalar: Scalar


@dataclass(frozen=True, slots=True)
class RecordDataset:
    """A dataset of records as read."""

    name: str
    short: str
    table: Table
    rows: tuple[Row, ...]
    references: tuple[Reference, ...]
    place: SourceSlice
    root: GroupScope
    title: str = ""
    unused: bool = False  # said to be kept only
    checks: tuple[Scalar, ...] = ()  # what its numbers must hold to, as written

    def scope(self, period: Period | None) -> GroupScope:
        """Its names; records know no period."""
        return self.root

    def derived(self) -> Iterator[Derived]:
        """Its cells with formulas."""
        for row in self.rows:
            yield from row.derived.values()

    def columns(self) -> Iterable[str]:
        """What a row answers."""
        return tuple(self.table.columns)

    def ids(self) -> frozenset[str]:
        """What a reference may say: the keys, where one column is the key."""
        return frozenset(row.keys[0] for row in self.rows if len(row.keys) == 1)


def read_columns(declared: Iterable[Entries], report: Report) -> dict[str, Column]:
    """The columns by name; what a type needs and what it must not have is checked."""
    columns: dict[str, Column] = {}
    for entries in declared:
        name, kind = entries.get(ColumnShape.NAME), entries.text(ColumnShape.TYPE)
        if name is None or not kind:
            continue
        if name.text in columns:
            first = report.source.position(columns[name.text].place.start)[0]
            report.add("workspace.duplicate-column", name, name=name.text, line=str(first))
            continue
        _check_options(kind, entries, report)
        columns[name.text] = Column(
            name.text,
            kind,
            entries.text(ColumnShape.UNIT),
            entries.get(ColumnShape.DECIMALS),
            tuple(each.text for each in entries.get(ColumnShape.OF) or ()),
            entries.text(ColumnShape.FORMULA),
            name.slice,
        )
    return columns


_OPTIONS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "unit": _NUMERIC,
        "decimals": _NUMERIC,
        "of": frozenset({"choice", "ref", "list"}),
        "formula": frozenset({"formula"}),
    }
)


def _check_options(kind: str, entries: Entries, report: Report) -> None:
    for option in ("of", "formula"):
        if kind in _OPTIONS[option] and kind != "list" and entries.node.get(option) is None:
            report.add("workspace.missing-key", entries.node, key=option)
    for key, _ in entries.node.entries:
        if key.text in _OPTIONS and kind not in _OPTIONS[key.text]:
            report.add("workspace.option", key, key=key.text, type=kind)
    of = entries.get(ColumnShape.OF)
    if kind in REFERRING and of is not None and len(of) > 1:
        report.add("workspace.one-dataset", of[1])


def read_records(
    head: Entries, columns: list[Entries], rows: Iterable[Node], report: Report, shared: Calculation
) -> RecordDataset:
    """The dataset of these rows."""
    name = head.text(DatasetFile.NAME)
    declared = read_columns(columns, report)
    key_columns = []
    for key in head.get(DatasetFile.KEY) or ():
        if key.text in declared:
            key_columns.append(key.text)
        else:
            near = suggestion(key.text, declared)
            report.add("workspace.unknown-column", key, name=key.text, nearest=near)
    table = Table(
        head.text(DatasetFile.SHORT, name),
        MappingProxyType(declared),
        tuple(dict.fromkeys(key_columns)),
        head.get(DatasetFile.YEAR),
        next((column.name for column in declared.values() if column.type == "year"), ""),
    )
    formulas = _formulas(columns, declared)
    reader = _Rows(table, report)
    found = [row for node in rows if (row := reader.row(node)) is not None]
    for row in found:
        scope = RowScope(table, row)
        for column, scalar in formulas.items():
            form = Form(declared[column].unit, declared[column].decimals)
            key_said = said(scope.key, column)
            row.derived[column] = Derived(
                key_said, scalar, report.source, shared, form, year=row.year, row=scope
            )
    reader.check_names(found)
    root = GroupScope(table, table.key, found, 0, summed=False)
    title, kept = head.text(DatasetFile.TITLE), head.get(DatasetFile.UNUSED) is not None
    references = tuple(reader.references)
    return RecordDataset(name, table.key, table, tuple(found), references, head.node.slice, root, title, kept)


def _formulas(columns: Iterable[Entries], declared: Mapping[str, Column]) -> dict[str, Scalar]:
    found = {}
    for entries in columns:
        name, scalar = entries.text(ColumnShape.NAME), entries.get(ColumnShape.FORMULA)
        if scalar is not None and name in declared and declared[name].type == "formula":
            found[name] = scalar
    return found


class _Rows:
    """Reads the rows of one dataset."""

    def __init__(self, table: Table, report: Report) -> None:
        self.table, self.report = table, report
        self.references: list[Reference] = []
        self.seen: dict[tuple[str, ...], int] = {}

    def row(self, node: Node) -> Row | None:
        if not isinstance(node, YamlMapping):
            self.report.add("workspace.not-mapping", node, key="rows")
            return None
        cells: dict[str, Node] = {}
        kept = False
        for name, value in node.entries:
            column = self.table.columns.get(name.text)
            if column is None and name.text == RecordsFile.UNUSED.name:
                reason = RecordsFile.UNUSED.kind.read(value, name.text, self.report)
                kept = reason is not None and not reason.empty
            elif column is None:
                near = suggestion(name.text, self.table.columns)
                self.report.add("workspace.unknown-column", name, name=name.text, nearest=near)
            elif not (isinstance(value, Scalar) and value.empty):
                cells[name.text] = value
                self.check(column, value)
        keys = self.keys(node, cells)
        return None if keys is None else Row(keys, cells, node.slice, self.year(cells), unused=kept)

    def check(self, column: Column, value: Node) -> None:
        """A cell against its column; what is wrong is kept, for who calculates with it."""
        if not isinstance(value, Scalar):
            if column.type != "list":
                self.broken("workspace.not-text", value, key=column.name)
            elif not isinstance(value, Sequence):
                self.broken("workspace.not-list", value, key=column.name)
            elif column.of:
                words = (each for each in value.items if isinstance(each, Scalar))
                self.references.extend(Reference(column.of[0], each) for each in words)
            return
        text = value.text
        match column.type:
            case "number" if not NUMBER.match(text):
                self.broken("workspace.not-number", value, key=column.name, value=text)
            case "choice" if text not in column.of:
                near = suggestion(text, column.of)
                self.broken("workspace.choice", value, key=column.name, value=text, nearest=near)
            case "year" if not YEAR.match(text):
                self.broken("workspace.not-year", value, key=column.name, value=text)
            case "date" if day_of(text) is None:
                self.broken("workspace.not-date", value, key=column.name, value=text)
            case "formula":
                self.broken("workspace.formula-cell", value, key=column.name)
            case "ref" | "list" if column.of:
                self.references.append(Reference(column.of[0], value))
            case _:
                pass

    def broken(self, code: str, at: Node, **facts: str) -> None:
        self.table.broken[at.start] = self.report.add(code, at, **facts)

    def keys(self, node: YamlMapping, cells: Mapping[str, Node]) -> tuple[str, ...] | None:
        """The key of a row; None where it has none, or where another row has it already."""
        keys = []
        for column in self.table.key_columns:
            cell = cells.get(column)
            if not isinstance(cell, Scalar):
                self.report.add("workspace.missing-key", node, key=column)
                return None
            keys.append(cell.text)
        found = tuple(keys)
        if found:
            first = self.seen.setdefault(found, node.start)
            if first != node.start:
                line = str(self.report.source.position(first)[0])
                at = cells[self.table.key_columns[0]]
                self.report.add("workspace.duplicate-id", at, id=listed(found), line=line)
                return None
        return found

    def year(self, cells: Mapping[str, Node]) -> int | None:
        cell = cells.get(self.table.year_column) if self.table.year_column else None
        if isinstance(cell, Scalar) and YEAR.match(cell.text):
            return int(cell.text)
        return self.table.year

    def check_names(self, rows: Iterable[Row]) -> None:
        """A name that is both a key and a column would mean two things."""
        said_before: set[str] = set()
        for row in rows:
            for column, key in zip(self.table.key_columns, row.keys, strict=True):
                if key in self.table.columns and key not in said_before:
                    said_before.add(key)
                    self.report.add(
                        "workspace.ambiguous", row.cells[column], name=key, dataset=self.table.key
                    )
