"""Table views (`data/tables.yaml`), read and held against the datasets they show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from drafter.source.issues import Issue
from drafter.source.nearest import suggestion
from drafter.source.yaml import Node, Scalar
from drafter.workspace.expressions import Call, Expression, Name, Negation, Operation, SyntaxFailed, parsed
from drafter.workspace.fields import Entries, Report
from drafter.workspace.indicators import IndicatorDataset
from drafter.workspace.model import View, ViewColumn
from drafter.workspace.names import Names
from drafter.workspace.records import RecordDataset
from drafter.workspace.shapes import TablesFile, ViewShape

NUMBER = "序号"  # the row's number in the table: known to every view, whatever the dataset

_YEAR = re.compile(r"\s*\[([12][0-9]{3})\]\s*\Z")


def read_views(node: Node, report: Report, names: Names) -> dict[str, View]:
    """The views by name; one that is not right in a column keeps its other columns."""
    entries = TablesFile.RECORD.read(node, "tables", report)
    views: dict[str, View] = {}
    for table in () if entries is None else entries.get(TablesFile.TABLES) or ():
        name, caption = table.get(ViewShape.NAME), table.get(ViewShape.CAPTION)
        dataset = _dataset(table, report, names)
        if name is None or caption is None or dataset is None:
            continue
        if name.text in views:
            line = str(report.source.position(views[name.text].place.start)[0])
            report.add("workspace.duplicate-id", name, id=name.text, line=line)
            continue
        views[name.text] = _view(table, name, caption, dataset, report, names)
    return views


def _dataset(table: Entries, report: Report, names: Names) -> IndicatorDataset | RecordDataset | None:
    wanted = table.get(ViewShape.FROM)
    if wanted is None:
        return None
    found = names.datasets().get(wanted.text)
    if isinstance(found, IndicatorDataset | RecordDataset):
        return found
    if wanted.text in names.unread:
        return None
    near = suggestion(wanted.text, names.datasets())
    report.add("workspace.unknown-dataset", wanted, name=wanted.text, nearest=near)
    return None


def _view(
    table: Entries,
    name: Scalar,
    caption: Scalar,
    dataset: IndicatorDataset | RecordDataset,
    report: Report,
    names: Names,
) -> View:
    check = _Check(dataset, report, names)
    columns = [_column(each, check) for each in table.get(ViewShape.COLUMNS) or ()]
    where = table.get(ViewShape.WHERE) or ()
    for column, value in where:
        check.filter(column, value)
    group = table.get(ViewShape.GROUP)
    if group is not None:
        check.name(group.text, group)
    return View(
        name=name.text,
        caption=caption.mapped,
        dataset=dataset.name,
        where=MappingProxyType({column.text: value.text for column, value in where}),
        group=table.text(ViewShape.GROUP),
        columns=tuple(column for column in columns if column is not None),
        total=table.text(ViewShape.TOTAL),
        unit_line=table.text(ViewShape.UNIT_LINE),
        notes=tuple(note.mapped for note in table.get(ViewShape.NOTES) or ()),
        orientation=table.text(ViewShape.ORIENTATION, "portrait"),
        place=name.slice,
    )


def _column(entries: Entries, check: _Check) -> ViewColumn | None:
    heads, value = entries.get(ViewShape.HEAD), entries.get(ViewShape.VALUE)
    if heads is None or value is None:
        return None
    check.value(value)
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
    )


class _Check:
    """Whether what a view names is in its dataset."""

    def __init__(self, dataset: IndicatorDataset | RecordDataset, report: Report, names: Names) -> None:
        self.dataset, self.report, self.names = dataset, report, names

    def name(self, name: str, at: Scalar, offset: int = 0, others: Iterable[str] = ()) -> None:
        columns = (*self.dataset.columns(), *others)
        if name not in columns:
            near = suggestion(name, columns)
            self.report.add("workspace.unknown-column", at.start + offset, name=name, nearest=near)

    def filter(self, column: Scalar, value: Scalar) -> None:
        self.name(column.text, column)
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
        if value.text == NUMBER:
            return
        try:
            expression = parsed(value.text)
        except SyntaxFailed as failed:
            offset = failed.offset if value.exact else 0
            place = self.report.source.place(value.start + offset)
            self.report.issues.append(Issue(failed.code, place, failed.facts))
            return
        for name in _names(expression):
            offset = name.start if value.exact else 0
            first = name.parts[0][0]
            if len(name.parts) == 1:
                self.name(first, value, offset, self.names.names())
            elif first not in (known := (*self.names.names(), *self.names.datasets(), *self.names.unread)):
                near = suggestion(first, known)
                self.report.add("workspace.unknown-dataset", value.start + offset, name=first, nearest=near)

    def year(self, year: int, value: Scalar) -> None:
        if not isinstance(self.dataset, IndicatorDataset):
            self.report.add("workspace.view-year", value, year=str(year))
        elif not any(year in indicator.cells for indicator in self.dataset.indicators):
            years: Mapping[str, None] = {
                str(each): None for indicator in self.dataset.indicators for each in indicator.cells
            }
            self.report.add("workspace.no-year", value, year=str(year), nearest=suggestion(str(year), years))


def _names(expression: Expression) -> Iterator[Name]:
    match expression:
        case Name():
            yield expression
        case Negation():
            yield from _names(expression.operand)
        case Operation():
            yield from _names(expression.left)
            yield from _names(expression.right)
        case Call():
            for argument in expression.arguments:
                yield from _names(argument)
        case _:
            return
