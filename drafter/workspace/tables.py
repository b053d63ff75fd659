"""Table views (`data/tables.yaml`), read and held against the datasets they show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from drafter.source.issues import Issue
from drafter.source.nearest import suggestion
from drafter.source.origins import MappedText
from drafter.source.yaml import Node, Scalar
from drafter.workspace.expressions import SyntaxFailed, names_in, parsed
from drafter.workspace.fields import NUMBER as NUMERAL
from drafter.workspace.fields import Entries, Field, Report, day_of
from drafter.workspace.indicators import IndicatorDataset
from drafter.workspace.model import Filter, Pivot, View, ViewColumn
from drafter.workspace.names import Names
from drafter.workspace.records import RecordDataset
from drafter.workspace.shapes import TablesFile, ViewShape

NUMBER = "序号"  # the row's number in the table: known to every view, whatever the dataset
GROUP_NUMBER = "组内序号"  # the same, from 1 in each group

_YEAR = re.compile(r"\s*\[([12][0-9]{3})\]\s*\Z")
_COMPARED = re.compile(r"\s*(>=|<=|!=|[≥≤≠><])\s*(\S.*?)\s*\Z")
_SIGNS = MappingProxyType({">=": "≥", "<=": "≤", "!=": "≠"})
_GROUPS = 2  # levels of groups that a table can show


def read_views(node: Node, report: Report, names: Names) -> dict[str, View]:
    """The views by name; one that is not right in a column keeps its other columns."""
    entries = TablesFile.RECORD.read(node, "tables", report)
    views: dict[str, View] = {}
    for table in () if entries is None else entries.get(TablesFile.TABLES) or ():
        name, caption = table.get(ViewShape.NAME), table.get(ViewShape.CAPTION)
        datasets = _datasets(table, report, names)
        if name is None or caption is None or not datasets:
            continue
        if name.text in views:
            line = str(report.source.position(views[name.text].place.start)[0])
            report.add("workspace.duplicate-id", name, id=name.text, line=line)
            continue
        views[name.text] = _view(table, name, caption, _Check(datasets, report, names))
    return views


def _datasets(table: Entries, report: Report, names: Names) -> tuple[IndicatorDataset | RecordDataset, ...]:
    """What a view shows: one dataset, or several of indicators; empty where any is not there, which is said."""
    wanted = table.get(ViewShape.FROM) or ()
    found: list[IndicatorDataset | RecordDataset] = []
    for scalar in wanted:
        dataset = names.datasets().get(scalar.text)
        if isinstance(dataset, IndicatorDataset | RecordDataset):
            found.append(dataset)
            if len(wanted) > 1 and not isinstance(dataset, IndicatorDataset):
                report.add("workspace.view-datasets", scalar, name=scalar.text)
                return ()
        elif scalar.text not in names.unread:
            near = suggestion(scalar.text, names.datasets())
            report.add("workspace.unknown-dataset", scalar, name=scalar.text, nearest=near)
    return tuple(found) if len(found) == len(wanted) else ()


def _view(table: Entries, name: Scalar, caption: Scalar, check: _Check) -> View:
    pivot = _pivot(table, check)
    columns = table.get(ViewShape.COLUMNS)
    if columns is None and table.node.get(ViewShape.PIVOT.name) is None:
        check.report.add("workspace.missing-key", table.node, key=ViewShape.COLUMNS.name)
    shown = tuple(column for each in columns or () if (column := _column(each, check)) is not None)
    group, rows = _group(table, check), table.get(ViewShape.GROUP_ROWS) is True
    return View(
        name=name.text,
        caption=caption.mapped,
        datasets=tuple(dataset.name for dataset in check.datasets),
        where=tuple(_filter(column, values, check) for column, values in table.get(ViewShape.WHERE) or ()),
        sort=tuple(check.order(each) for each in table.get(ViewShape.SORT) or ()),
        group=group,
        group_rows=rows,
        leads=() if rows else _leads(table, shown),
        subtotal=_mapped(table, ViewShape.SUBTOTAL),
        columns=tuple(each for each in shown if rows or each.value.strip() not in group),
        pivot=pivot,
        total=_mapped(table, ViewShape.TOTAL),
        unit_line=_mapped(table, ViewShape.UNIT_LINE),
        notes=tuple(note.mapped for note in table.get(ViewShape.NOTES) or ()),
        orientation=table.text(ViewShape.ORIENTATION, "portrait"),
        place=name.slice,
        entry=table.node.slice,
    )


def _filter(column: Scalar, values: tuple[Scalar, ...], check: _Check) -> Filter:
    words: list[str] = []
    comparisons: list[tuple[str, str]] = []
    for value in values:
        compared = _COMPARED.match(value.text)
        if compared is None:
            words.append(value.text)
            check.filter(column, value)
            continue
        operator = _SIGNS.get(compared[1], compared[1])
        comparisons.append((operator, compared[2]))
        if operator != "≠" and not NUMERAL.match(compared[2]) and day_of(compared[2]) is None:
            check.report.add("workspace.not-number", value, key=column.text, value=compared[2])
    check.name(column.text, column)
    return Filter(column.text, tuple(words), tuple(comparisons), column.slice)


def _group(table: Entries, check: _Check) -> tuple[str, ...]:
    group = table.get(ViewShape.GROUP) or ()
    for each in group:
        check.name(each.text, each)
    if len(group) > _GROUPS:
        check.report.add("workspace.view-groups", group[_GROUPS])
    if not group and table.get(ViewShape.SUBTOTAL) is not None:
        check.report.add("workspace.missing-key", table.node, key=ViewShape.GROUP.name)
    return tuple(each.text for each in group[:_GROUPS])


def _leads(table: Entries, columns: Iterable[ViewColumn]) -> tuple[ViewColumn, ...]:
    """The columns of the groups: those that say so, else one with the name of the group above it."""
    own = {column.value.strip(): column for column in columns}
    return tuple(own.get(each.text) or _plain(each) for each in (table.get(ViewShape.GROUP) or ())[:_GROUPS])


def _plain(name: Scalar) -> ViewColumn:
    """A column that nobody described."""
    return ViewColumn(
        (name.text,), name.text, None, "", None, "", bare=True, place=name.slice, head_places=(name.slice,)
    )


def _mapped(entries: Entries, wanted: Field[Scalar]) -> MappedText:
    found = entries.get(wanted)
    return MappedText("", ()) if found is None else found.mapped


def _pivot(table: Entries, check: _Check) -> Pivot | None:
    pivot = table.get(ViewShape.PIVOT)
    if pivot is None:
        return None
    rows, by = pivot.get(ViewShape.PIVOT_ROWS), pivot.get(ViewShape.PIVOT_BY)
    if rows is None or by is None:
        return None
    if isinstance(check.dataset, IndicatorDataset):
        check.report.add("workspace.only-records", pivot.node, key=ViewShape.PIVOT.name)
        return None
    for each in (rows, by):
        check.name(each.text, each)
    of = pivot.get(ViewShape.PIVOT_OF) or ()
    for each in of:
        check.filter(by, each)
    metrics = [_column(each, check, by) for each in pivot.get(ViewShape.PIVOT_METRICS) or ()]
    return Pivot(
        rows.text,
        by.text,
        tuple(each.text for each in of),
        tuple(each for each in metrics if each is not None),
        _mapped(pivot, ViewShape.PIVOT_SUM),
        _plain(rows),
        tuple(each.slice for each in of),
    )


def _column(entries: Entries, check: _Check, by: Scalar | None = None) -> ViewColumn | None:
    """A column; `by` is the column that a pivot goes across by, of which it can name some values."""
    heads, value = entries.get(ViewShape.HEAD), entries.get(ViewShape.VALUE)
    if heads is None or value is None:
        return None
    check.value(value)
    of = entries.get(ViewShape.METRIC_OF) or ()
    if by is not None:
        for each in of:
            check.filter(by, each)
    width = entries.get(ViewShape.WIDTH)
    return ViewColumn(
        heads=tuple(head.text for head in heads),
        value=value.text,
        width=None if width is None else float(width),
        align=entries.text(ViewShape.ALIGN),
        decimals=entries.get(ViewShape.DECIMALS),
        format=entries.text(ViewShape.FORMAT),
        bare=entries.get(ViewShape.BARE) is not False,
        place=value.slice,
        head_places=tuple(head.slice for head in heads),
        merged=entries.get(ViewShape.MERGED) is True,
        of=tuple(each.text for each in of),
        internal=entries.get(ViewShape.INTERNAL) is True,
    )


class _Check:
    """Whether what a view names is in its dataset."""

    def __init__(
        self, datasets: tuple[IndicatorDataset | RecordDataset, ...], report: Report, names: Names
    ) -> None:
        self.datasets, self.report, self.names = datasets, report, names
        self.dataset = datasets[0]

    def name(self, name: str, at: Scalar, offset: int = 0, others: Iterable[str] = ()) -> None:
        columns = (*self.dataset.columns(), *others)
        if name not in columns:
            near = suggestion(name, columns)
            self.report.add("workspace.unknown-column", at.start + offset, name=name, nearest=near)

    def order(self, written: Scalar) -> tuple[str, bool]:
        """A column that rows are sorted by, and whether from the greatest down."""
        falls = written.text.startswith("-")
        name = written.text[1:].strip() if falls else written.text
        self.name(name, written, int(falls and written.exact))
        return name, falls

    def filter(self, column: Scalar, value: Scalar) -> None:
        """A word that a column is to be."""
        if isinstance(self.dataset, RecordDataset):
            declared = self.dataset.table.columns.get(column.text)
            if declared is not None and declared.type == "choice" and value.text not in declared.of:
                near = suggestion(value.text, declared.of)
                facts = {"key": column.text, "value": value.text, "nearest": near}
                self.report.add("workspace.choice", value, **facts)

    def value(self, value: Scalar) -> None:
        """A column's value: a name, `[2025]`, or a formula over the row's columns and the workspace's names."""
        if (year := _YEAR.match(value.text)) is not None:
            self.year(int(year[1]), value)
            return
        if value.text in {NUMBER, GROUP_NUMBER}:
            return
        try:
            expression = parsed(value.text)
        except SyntaxFailed as failed:
            offset = failed.offset if value.exact else 0
            place = self.report.source.place(value.start + offset)
            self.report.issues.append(Issue(failed.code, place, failed.facts))
            return
        for name in names_in(expression):
            offset = name.start if value.exact else 0
            first = name.parts[0][0]
            for key in name.keys:
                self.name(name.parts[key][0], value, name.parts[key][1] if value.exact else 0)
            if len(name.parts) == 1:
                self.name(first, value, offset, self.names.names())
            elif first not in (known := (*self.names.names(), *self.names.datasets(), *self.names.unread)):
                near = suggestion(first, known)
                self.report.add("workspace.unknown-dataset", value.start + offset, name=first, nearest=near)

    def year(self, year: int, value: Scalar) -> None:
        if not isinstance(self.dataset, IndicatorDataset):
            self.report.add("workspace.view-year", value, year=str(year))
            return
        known = [
            one.cells
            for each in self.datasets
            if isinstance(each, IndicatorDataset)
            for one in each.indicators
        ]
        if not any(year in cells for cells in known):
            years: Mapping[str, None] = {str(each): None for cells in known for each in cells}
            self.report.add("workspace.no-year", value, year=str(year), nearest=suggestion(str(year), years))
