"""Rows of the data that reach no plan: a ledger row, a project, a term that nobody prints and no printed number is made of.

A row reaches a plan when a text prints something of it, a table shows it, a printed value is derived from it or counts it, or a cell
is printed that names it (县区: 市本级). A relation under `checks` or a formula alone does not make it: what only checks use stays unread.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from drafter.checks.draft import Draft, datasets, place
from drafter.checks.printed import data_of
from drafter.document.tree import Table, Text
from drafter.document.walk import blocks
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue
from drafter.source.listed import listed
from drafter.source.origins import SourceSlice
from drafter.views.selection import selected
from drafter.workspace.arithmetic import ArithmeticFailed
from drafter.workspace.expressions import Call, Expression, Name, Negation, Operation, SyntaxFailed, parsed
from drafter.workspace.formulas import FormulaError
from drafter.workspace.indicators import IndicatorDataset, IndicatorScope, IndicatorsScope
from drafter.workspace.loading import for_plan
from drafter.workspace.model import Workspace
from drafter.workspace.records import REFERRING, RecordDataset
from drafter.workspace.rows import ColumnScope, GroupScope, RowScope
from drafter.workspace.shapes import IndicatorRow
from drafter.workspace.values import Quantity, Scope, UnknownName, Value, Words

_NAME = "名称"
_UNITS = "units"  # the list of who may own something; it is not there to be printed


@dataclass(frozen=True, slots=True)
class _Row:
    """A row: what a reference calls it, its name in a message, and whether it is said to be kept only."""

    id: str
    name: str
    place: SourceSlice
    kept: bool


def check_unused(workspace: Workspace, drafts: Sequence[Draft]) -> Iterator[Issue]:
    """Each dataset that reaches no plan, and of any other its rows that reach none, in one issue."""
    # what a broken fragment prints is not known
    if {draft.plan.id for draft in drafts if draft.whole} != set(workspace.plans):
        return
    used = _Used(workspace, drafts)
    for dataset in datasets(workspace):
        if dataset.unused or dataset.name == _UNITS:
            continue
        rows = tuple(_rows(workspace, dataset))
        idle = [row for row in rows if not used.row(dataset.name, row)]
        told = [row for row in idle if not row.kept]
        facts = {"name": dataset.name, "title": dataset.title or dataset.name}
        if len(idle) == len(rows) and (told or not rows):
            yield Issue("checks.unused", place(workspace, dataset.place), facts)
        elif told:
            names = listed(row.name for row in told)
            counted = {"count": str(len(told)), "all": str(len(rows)), "rows": names}
            yield Issue("checks.unused-rows", place(workspace, told[0].place), {**facts, **counted})


def _rows(workspace: Workspace, dataset: IndicatorDataset | RecordDataset) -> Iterator[_Row]:
    if isinstance(dataset, IndicatorDataset):
        for each in dataset.indicators:
            entries = each.entries
            name = entries.text(IndicatorRow.ID)
            said = f"{name} {entries.text(IndicatorRow.NAME)}"
            yield _Row(name, said, entries.node.slice, bool(entries.text(IndicatorRow.UNUSED)))
        return
    for row in dataset.rows:
        title = "" if _NAME in dataset.table.key_columns else "".join(each.text for each in row.words(_NAME))
        name = " ".join(filter(None, (".".join(row.keys), title)))
        at = place(workspace, row.place)
        called = row.keys[0] if len(row.keys) == 1 else ""
        yield _Row(called, name or f"{at.file}:{at.line}", row.place, row.unused)


class _Used:
    """What of the data reaches the plans."""

    def __init__(self, workspace: Workspace, drafts: Iterable[Draft]) -> None:
        printed: set[tuple[str, int]] = set()
        formulas: set[str] = set()
        for draft in drafts:
            for datum in data_of(draft.document):
                if datum.place is not None:
                    printed.add((datum.place.path, datum.place.start))
                if "count(" in datum.formula:
                    formulas.add(datum.formula)
            printed.update(_shown(workspace, draft))
        printed.update(_counted(workspace, formulas))
        self.named = frozenset(_named(workspace, printed))
        self.starts: dict[str, list[int]] = {}
        for path, start in sorted(printed):
            self.starts.setdefault(path, []).append(start)

    def row(self, dataset: str, row: _Row) -> bool:
        """Whether the row does."""
        if row.id and (dataset, row.id) in self.named:
            return True
        starts = self.starts.get(row.place.path, [])
        at = bisect_left(starts, row.place.start)
        return at < len(starts) and starts[at] < row.place.end


def _shown(workspace: Workspace, draft: Draft) -> Iterator[tuple[str, int]]:
    """Where the rows begin that the tables of a draft show, also where a line has only what the row looks up elsewhere."""
    captions = {
        piece.origin
        for block in blocks(draft.document.blocks)
        if isinstance(block, Table) and block.caption
        for inline in block.caption.inlines
        if isinstance(inline, Text)
        for piece in inline.mapped.pieces
        if isinstance(piece.origin, SourceSlice)
    }
    names = for_plan(workspace, draft.plan)
    for view in workspace.views.values():
        if captions.isdisjoint(piece.origin for piece in view.caption.pieces):
            continue
        try:
            rows = selected(view, names).rows
        except (UnknownName, ArithmeticFailed, FormulaError):
            continue  # said where the table is made
        yield from _places(rows)


def _places(rows: Iterable[Scope]) -> Iterator[tuple[str, int]]:
    for row in rows:
        if isinstance(row, RowScope):
            yield row.row.place.path, row.row.place.start
        elif isinstance(row, IndicatorScope):
            node = row.indicator.entries.node
            yield node.path, node.start


def _named(workspace: Workspace, printed: set[tuple[str, int]]) -> Iterator[tuple[str, str]]:
    """The rows that printed cells name, each with its dataset."""
    for dataset in datasets(workspace):
        if not isinstance(dataset, RecordDataset):
            continue
        referring = [each for each in dataset.table.columns.values() if each.type in REFERRING and each.of]
        for row in dataset.rows if referring else ():
            for column in referring:
                node = row.cells.get(column.name)
                if node is not None and (node.path, node.start) in printed:
                    yield from ((column.of[0], word.text) for word in row.words(column.name))


def _counted(workspace: Workspace, formulas: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Where the rows begin that these formulas count: a count has no cells behind it that would tell."""
    for formula in sorted(formulas):
        try:
            calls = tuple(_counts(parsed(formula)))
        except SyntaxFailed:
            continue  # words of a fragment that are no formula of the data
        for call in calls:
            try:
                yield from _matching(workspace.names, call)
            except (UnknownName, ArithmeticFailed):
                continue  # said where it is calculated


def _counts(expression: Expression) -> Iterator[Call]:
    match expression:
        case Negation():
            yield from _counts(expression.operand)
        case Operation():
            yield from _counts(expression.left)
            yield from _counts(expression.right)
        case Call():
            if expression.function == "count":
                yield expression
            for argument in expression.arguments:
                yield from _counts(argument)
        case _:
            return


def _matching(names: Scope, call: Call) -> Iterator[tuple[str, int]]:
    """The rows that fit; a filter by the own row is another one in each row, and lets all pass here."""
    where = {each.column: each.value for each in call.where if not each.own}
    for argument in call.arguments:
        found: Scope | Value = names
        for part, _ in argument.parts if isinstance(argument, Name) else ():
            found = found.member(part) if not isinstance(found, Quantity | Words) else found
        group = found.group if isinstance(found, ColumnScope) else found
        if isinstance(group, GroupScope):
            yield from ((row.place.path, row.place.start) for row in group.fitting(where, None))
        elif isinstance(group, IndicatorsScope):
            yield from _places(group.selected(where).rows())
