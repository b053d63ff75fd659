"""The relations that a dataset declares (`checks:`): `sum(项目.总投资) = sum(项目.中央预算内投资) + …`, or for each row `入住人数 <= 床位`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from drafter.checks.draft import datasets
from drafter.checks.relation import Comparison, NotAlike, Side, holds, printed, taken_apart
from drafter.source.files import Source
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Place
from drafter.source.nearest import suggestion
from drafter.source.origins import Datum, SourceSlice
from drafter.source.yaml import Scalar
from drafter.workspace.arithmetic import ArithmeticFailed
from drafter.workspace.expressions import Expression, Name, Quoted, names_in
from drafter.workspace.formulas import FormulaError, Setting, evaluated, tree
from drafter.workspace.indicators import TEXTS, IndicatorDataset, IndicatorScope
from drafter.workspace.model import Workspace
from drafter.workspace.records import RecordDataset
from drafter.workspace.rows import RowScope
from drafter.workspace.shapes import ATTRIBUTES, GROWTHS
from drafter.workspace.values import Absent, Scope, Value, Words

_CHOICES = {"属性": ATTRIBUTES, "attribute": ATTRIBUTES, "增幅方式": GROWTHS, "growth": GROWTHS}
_EMPTY = Words("", Datum('""', None))


def check_declared(workspace: Workspace) -> Iterator[Issue]:
    """Each relation that does not hold, with what both sides are."""
    for dataset in datasets(workspace):
        source = workspace.sources.get(dataset.place.path)
        if source is None:
            continue
        for scalar in dataset.checks:
            yield from _Relation(workspace, dataset, scalar, source).issues()


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A comparison with the trees of its sides."""

    comparison: Comparison
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class _Own:
    """A row of the dataset as a formula sees it, and where the row and its cells stand."""

    scope: Scope
    year: int | None
    place: SourceSlice
    cells: Mapping[str, SourceSlice]


class _Relation:
    """One declared relation."""

    def __init__(
        self, workspace: Workspace, dataset: IndicatorDataset | RecordDataset, scalar: Scalar, source: Source
    ) -> None:
        self.workspace, self.dataset, self.scalar, self.source = workspace, dataset, scalar, source

    def issues(self) -> Iterator[Issue]:
        comparisons = taken_apart(self.scalar.text)
        if comparisons is None:
            yield Issue("checks.broken", self.place(0), {"check": self.scalar.text})
            return
        try:
            parsed = [self.parsed(each) for each in comparisons]
        except FormulaError as failed:
            yield failed.issue
            return
        misspelt = [issue for each in parsed for issue in self.misspelt(each)]
        if misspelt:
            yield from misspelt
            return
        told: set[tuple[str, Place]] = set()
        for row in self.rows(parsed):
            issue = self.failing(parsed, row)
            # what is wrong with the relation itself is so in each row
            if issue is not None and (issue.code, issue.place) not in told:
                told.add((issue.code, issue.place))
                yield issue

    def place(self, offset: int) -> Place:
        return self.source.place(self.scalar.start + (offset if self.scalar.exact else 0))

    def parsed(self, comparison: Comparison) -> _Parsed:
        left, right = (
            tree(side.text, lambda offset, side=side: self.place(side.start + offset))  # type: ignore[misc]
            for side in (comparison.left, comparison.right)
        )
        return _Parsed(comparison, left, right)

    def columns(self) -> Mapping[str, tuple[str, ...]]:
        """What a row of the dataset answers, each with the words it may have, none where any."""
        if isinstance(self.dataset, IndicatorDataset):
            return {name: _CHOICES.get(name, ()) for name in TEXTS}
        declared = self.dataset.table.columns
        return {name: each.of if each.type == "choice" else () for name, each in declared.items()}

    def misspelt(self, parsed: _Parsed) -> Iterator[Issue]:
        """Words that would make a condition that never speaks: one that the column never has, one without quotes."""
        sides = parsed.comparison
        for column, word, side in (
            (parsed.left, parsed.right, sides.right),
            (parsed.right, parsed.left, sides.left),
        ):
            name = column.parts[0][0] if isinstance(column, Name) and len(column.parts) == 1 else ""
            known = self.columns().get(name, ())
            at = self.place(side.start + word.start)
            if isinstance(word, Quoted) and word.text and known and word.text not in known:
                near = suggestion(word.text, known)
                yield Issue(
                    "formula.unknown-value", at, {"column": name, "value": word.text, "nearest": near}
                )
            elif isinstance(word, Name) and len(word.parts) == 1 and word.parts[0][0] in known:
                yield Issue("checks.quotes", at, {"column": name, "word": word.parts[0][0]})

    def rows(self, parsed: list[_Parsed]) -> Iterator[_Own | None]:
        """Each row, where a side speaks of columns of the dataset; else nothing, once."""
        columns = self.columns()
        named = [name for each in parsed for side in (each.left, each.right) for name in names_in(side)]
        own = any(name.keys or (len(name.parts) == 1 and name.parts[0][0] in columns) for name in named)
        if not own:
            yield None
        elif isinstance(self.dataset, RecordDataset):
            for row in self.dataset.rows:
                cells = {name: node.slice for name, node in row.cells.items()}
                yield _Own(RowScope(self.dataset.table, row), row.year, row.place, cells)
        else:
            for indicator in self.dataset.indicators:
                found = {name: indicator.entries.values.get(key) for name, key in TEXTS.items()}
                cells = {name: each.slice for name, each in found.items() if isinstance(each, Scalar)}
                yield _Own(IndicatorScope(indicator, None), None, indicator.entries.node.slice, cells)

    def failing(self, parsed: list[_Parsed], row: _Own | None) -> Issue | None:
        try:
            for each in parsed:
                left = self.value(each, each.left, row)
                right = None if left is None else self.value(each, each.right, row)
                if left is None or right is None:
                    return None
                if not holds(left, each.comparison.sign, right):
                    return self.failed(each, row, left, right) if each is parsed[-1] else None
        except NotAlike as unlike:
            first, second = printed(unlike.left, unlike.right)
            facts = {"check": self.said(), "left": first, "right": second}
            return Issue("checks.not-alike", self.place(each.comparison.left.start), facts)
        except FormulaError as failed:
            return None if failed.issue.code == "formula.absent" else failed.issue
        except ArithmeticFailed as failed:
            return Issue(failed.code, self.place(each.comparison.left.start), failed.facts)
        return None

    def value(self, parsed: _Parsed, expression: Expression, row: _Own | None) -> Value | None:
        """What a side is; None where a cell is empty, unless the other side asks for just that: `隐患 != ""`."""
        at_left = expression is parsed.left
        side: Side = parsed.comparison.left if at_left else parsed.comparison.right
        setting = Setting(
            self.workspace.names,
            None if row is None else row.scope,
            None if row is None else row.year,
            lambda offset: self.place(side.start + offset),
        )
        other = parsed.right if at_left else parsed.left
        asked = isinstance(other, Quoted) and not other.text
        try:
            return evaluated(expression, setting)
        except Absent:
            return _EMPTY if asked else None
        except FormulaError as failed:
            if asked and failed.issue.code == "formula.absent":
                return _EMPTY
            raise

    def failed(self, parsed: _Parsed, row: _Own | None, left: Value, right: Value) -> Issue:
        at = self.place(0) if row is None else self.at(parsed, row)
        title = self.dataset.title or self.dataset.name
        facts = {"check": self.said(), "row": title if row is None else row.scope.key}
        if left == right == _EMPTY:
            name = parsed.comparison.left if isinstance(parsed.right, Quoted) else parsed.comparison.right
            return Issue("checks.not-filled", at, {**facts, "name": name.text.strip()})
        first, second = printed(left, right)
        return Issue("checks.failed", at, {**facts, "left": first, "right": second})

    def at(self, parsed: _Parsed, row: _Own) -> Place:
        """The first cell that the relation names, the row where it is empty."""
        named = [name.parts[0][0] for side in (parsed.left, parsed.right) for name in names_in(side)]
        cell = next((row.cells[name] for name in named if name in row.cells), row.place)
        return self.source.place(cell.start)

    def said(self) -> str:
        return " ".join(self.scalar.text.split())
