"""Whether indicators and shares make sense: targets in the direction that is good, percentages of a whole, an office for what binds."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from drafter.checks.draft import datasets, place
from drafter.merge.formats import format_number, format_quantity
from drafter.source.issues import Issue
from drafter.workspace.formulas import FormulaError
from drafter.workspace.indicators import Indicator, IndicatorDataset
from drafter.workspace.model import Workspace
from drafter.workspace.rows import RowScope
from drafter.workspace.shapes import IndicatorRow
from drafter.workspace.values import Absent, Quantity

_TARGET, _BINDING = "目标", "约束性"
_WHOLE = Decimal(100)


def check_sense(workspace: Workspace) -> Iterator[Issue]:
    """What cannot be, or hardly."""
    for dataset in datasets(workspace):
        if isinstance(dataset, IndicatorDataset):
            for indicator in dataset.indicators:
                yield from _direction(workspace, indicator)
                yield from _owner(workspace, indicator)
                yield from _percent(workspace, indicator)
            continue
        shares = [
            each.name for each in dataset.table.columns.values() if each.unit == "%" and each.type == "number"
        ]
        for row in dataset.rows if shares else ():
            scope = RowScope(dataset.table, row)
            for name in shares:
                yield from _whole(workspace, _cell(scope, name))


def _direction(workspace: Workspace, indicator: Indicator) -> Iterator[Issue]:
    """Targets go on from the last known value in the good direction, and each from the one before."""
    direction = indicator.entries.text(IndicatorRow.DIRECTION)
    if direction not in {"up", "down"}:
        return
    for (before, earlier), (year, value) in pairwise(_way(indicator)):
        better = value.number >= earlier.number if direction == "up" else value.number <= earlier.number
        if not better:
            facts = {
                "name": indicator.key,
                "year": str(year),
                "value": format_quantity(value),
                "before": str(before),
                "earlier": format_quantity(earlier),
                "direction": direction,
            }
            yield Issue("checks.direction", place(workspace, indicator.cells[year].scalar.slice), facts)


def _way(indicator: Indicator) -> list[tuple[int, Quantity]]:
    """The last value that is no target, and the targets, by year."""
    known: list[tuple[int, Quantity]] = []
    targets: list[tuple[int, Quantity]] = []
    for year, cell in sorted(indicator.entries.get(IndicatorRow.VALUES) or (), key=lambda each: each[0]):
        try:
            value = indicator.at(year)
        except FormulaError:
            continue
        (targets if cell.text(IndicatorRow.STATUS) == _TARGET else known).append((year, value))
    before = [each for each in known if targets and each[0] < targets[0][0]]
    return [*before[-1:], *targets]


def _owner(workspace: Workspace, indicator: Indicator) -> Iterator[Issue]:
    if indicator.entries.text(IndicatorRow.ATTRIBUTE) == _BINDING and not indicator.entries.text(
        IndicatorRow.OWNER
    ):
        facts = {"name": indicator.entries.text(IndicatorRow.NAME)}
        yield Issue("checks.no-owner", place(workspace, indicator.entries.node.slice), facts)


def _percent(workspace: Workspace, indicator: Indicator) -> Iterator[Issue]:
    """A share lies between nothing and the whole; what has neither growth nor direction may be a rate of change."""
    entries = indicator.entries
    free = (
        entries.text(IndicatorRow.GROWTH) in {"", "none"} and entries.text(IndicatorRow.DIRECTION) == "none"
    )
    if indicator.unit != "%" or free:
        return
    for year in indicator.cells:
        try:
            yield from _whole(workspace, indicator.at(year))
        except FormulaError:
            continue  # said by loading


def _cell(row: RowScope, name: str) -> Quantity | None:
    try:
        found = row.member(name)
    except (Absent, FormulaError):
        return None
    return found if isinstance(found, Quantity) else None


def _whole(workspace: Workspace, value: Quantity | None) -> Iterator[Issue]:
    if value is None or value.datum.place is None or 0 <= value.number <= _WHOLE:
        return
    facts = {"name": value.datum.key, "value": format_number(value.number, value.decimals)}
    yield Issue("checks.percent", place(workspace, value.datum.place), facts)
