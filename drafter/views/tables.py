"""A view of a dataset → a table of the tree: rows in the order of the dataset, groups, totals, notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from drafter.document.tree import Align, Cell, Line, NodeId, Row, Table, Text
from drafter.merge.formats import read_number
from drafter.source.issues import Issue, Outcome, Place
from drafter.source.origins import MappedText, SourceSlice, generated
from drafter.views.cells import cell_text, is_number, nothing
from drafter.views.heads import Head, head_rows
from drafter.workspace.arithmetic import ArithmeticFailed
from drafter.workspace.formulas import FormulaError, value_of
from drafter.workspace.loading import for_plan
from drafter.workspace.model import Plan, View, ViewColumn, Workspace
from drafter.workspace.tables import NUMBER
from drafter.workspace.values import Absent, Quantity, Scope, UnknownName, Value, Words

_ALIGNS: Mapping[str, Align] = {"left": "left", "center": "center", "right": "right"}
_FAILED = "〔？〕"
_ROUNDED = "因四舍五入，各行之和与合计略有出入。"


@runtime_checkable
class Selectable(Protocol):
    """A dataset, of which a view takes the rows that fit."""

    def selected(self, where: Mapping[str, str]) -> Scope:
        """The rows whose cells are these."""
        ...


def table(
    view: View,
    workspace: Workspace,
    plan: Plan,
    node: NodeId,
    name: str = "",
    origin: SourceSlice | None = None,
) -> Outcome[Table]:
    """The table of a view, as a plan sees the data. Rows have ids `<node>/r3`, cells `<node>/r3/c2`."""
    building = _Building(view, workspace, for_plan(workspace, plan), node)
    made = building.table(name, origin)
    # a column that fails does so in each row
    told = [issue for n, issue in enumerate(building.issues) if issue not in building.issues[:n]]
    return Outcome(made, tuple(told))


@dataclass(frozen=True, slots=True)
class _Shown:
    """A row of the dataset with what its cells say."""

    cells: tuple[MappedText, ...]
    aligns: tuple[Align, ...]
    group: Words | None


class _Building:
    """One table being made."""

    def __init__(self, view: View, workspace: Workspace, names: Scope, node: NodeId) -> None:
        self.view, self.workspace, self.names, self.node = view, workspace, names, node
        self.issues: list[Issue] = []
        self.lead = 1 if view.group else 0
        self.rounding: tuple[Line, ...] = ()

    def table(self, name: str, origin: SourceSlice | None) -> Table:
        view = self.view
        selection = self._selection()
        shown = (
            [self._shown(row, number) for number, row in enumerate(selection.rows(), 1)] if selection else []
        )
        rows = self._rows(shown)
        if view.total and selection is not None:
            rows.append(self._total(selection, len(rows) + 1, shown))
        heads = [Head((view.group,))] if view.group else []
        heads += [Head(column.heads, column.head_places) for column in view.columns]
        return Table(
            id=self.node,
            heads=head_rows(self.node, heads),
            rows=tuple(rows),
            columns=len(heads),
            widths=self._widths(),
            caption=_line(view.caption),
            name=name,
            unit_line=view.unit_line,
            notes=(*(_line(note) for note in view.notes), *self.rounding),
            landscape=view.orientation == "landscape",
            origin=origin,
        )

    def _selection(self) -> Scope | None:
        try:
            dataset = self.names.member(self.view.dataset)
            if isinstance(dataset, Selectable):
                return dataset.selected(self.view.where)
        except (UnknownName, ArithmeticFailed, FormulaError) as error:
            self._failed(error, self.view.place)
            return None
        self._failed(UnknownName("", self.view.dataset), self.view.place)
        return None

    def _widths(self) -> tuple[float, ...]:
        """The weights of the columns, where any is given: the others take what is usual among those."""
        given = [column.width for column in self.view.columns if column.width is not None]
        if not given:
            return ()
        usual = sum(given) / len(given)
        widths = [usual if column.width is None else column.width for column in self.view.columns]
        return (*([usual] * self.lead), *widths)

    def _shown(self, row: Scope, number: int) -> _Shown:
        cells: list[MappedText] = []
        aligns: list[Align] = []
        for column in self.view.columns:
            text, align = self._cell(row, column, number)
            cells.append(text)
            aligns.append(_ALIGNS.get(column.align, align))
        return _Shown(tuple(cells), tuple(aligns), self._group(row))

    def _cell(self, row: Scope, column: ViewColumn, number: int) -> tuple[MappedText, Align]:
        if column.value.strip() == NUMBER:
            return generated(str(number), "number"), "center"
        try:
            value = value_of(column.value, row, self.names)
            return cell_text(value, column, row), "right" if is_number(value) else ""
        except Absent:
            return nothing(), "center"
        except (UnknownName, ArithmeticFailed, FormulaError) as error:
            return self._missing(error, column)

    def _missing(self, error: Exception, column: ViewColumn) -> tuple[MappedText, Align]:
        """A year that one indicator does not have is not applicable; what fails is said and seen."""
        if isinstance(error, UnknownName) and error.name.isdigit():
            return nothing(), "center"
        if isinstance(error, FormulaError) and error.issue.code == "formula.absent":
            return nothing(), "center"
        self._failed(error, column.place)
        return generated(_FAILED, "missing"), "center"

    def _group(self, row: Scope) -> Words | None:
        if not self.view.group:
            return None
        try:
            value = row.member(self.view.group)
        except (UnknownName, FormulaError):
            return None
        return value if isinstance(value, Words) else None

    def _rows(self, shown: Sequence[_Shown]) -> list[Row]:
        rows: list[Row] = []
        for index, each in enumerate(shown):
            node = f"{self.node}/r{index + 1}"
            cells: list[Cell] = []
            if self.lead and (index == 0 or not _same_group(shown[index - 1], each)):
                cells.append(self._group_cell(shown, index, node))
            for number, (text, align) in enumerate(zip(each.cells, each.aligns, strict=True), 1 + self.lead):
                cells.append(Cell(f"{node}/c{number}", _line(text), align))
            rows.append(Row(node, tuple(cells)))
        return rows

    def _group_cell(self, shown: Sequence[_Shown], index: int, node: NodeId) -> Cell:
        each = shown[index]
        count = 1
        while index + count < len(shown) and _same_group(each, shown[index + count]):
            count += 1
        text = nothing() if each.group is None else cell_text(each.group, self.view.columns[0], None)
        return Cell(f"{node}/c1", _line(text), "center", rows=count)

    def _total(self, selection: Scope, number: int, shown: Sequence[_Shown]) -> Row:
        """The sums, formulas over the sums; the label reaches over the columns before the first of them."""
        node = f"{self.node}/r{number}"
        texts = [self._sum(selection, column) for column in self.view.columns]
        if any(self._differs(at, text, shown) for at, text in enumerate(texts)):
            self.rounding = (_line(generated(_ROUNDED, "note")),)
        leading = next((at for at, text in enumerate(texts) if text is not None), len(texts))
        span = max(leading + self.lead, 1)
        cells = [Cell(f"{node}/c1", _line(generated(self.view.total, "total")), "center", columns=span)]
        for at in range(span - self.lead, len(texts)):
            text = texts[at]
            align: Align = "right" if text is not None else "center"
            given = _ALIGNS.get(self.view.columns[at].align, align)
            cells.append(Cell(f"{node}/c{at + 1 + self.lead}", _line(text or nothing()), given))
        return Row(node, tuple(cells), "total")

    def _differs(self, at: int, total: MappedText | None, shown: Sequence[_Shown]) -> bool:
        """Whether the printed parts of a column do not add up to its printed total; rates are no parts."""
        if total is None or not self.view.columns[at].value.strip().isidentifier():
            return False
        parts = [read_number(row.cells[at].text) for row in shown]
        return sum(part for part in parts if part is not None) != read_number(total.text)

    def _sum(self, selection: Scope, column: ViewColumn) -> MappedText | None:
        """A column over all rows: its sum, a formula over the sums, or None for what has none."""
        if column.value.strip() == NUMBER:
            return None
        try:
            value: Value = value_of(column.value, selection, self.names)
            return cell_text(value, column, None) if isinstance(value, Quantity) else None
        except (UnknownName, FormulaError):
            # words and years have no sum; what is really wrong has been told of each row already
            return None
        except ArithmeticFailed as error:
            self._failed(error, column.place)
            return None

    def _failed(self, error: Exception, place: SourceSlice) -> None:
        if isinstance(error, FormulaError):
            self.issues.append(error.issue)
            return
        source = self.workspace.sources.get(place.path)
        at = source.place(place.start) if source else Place(place.path)
        if isinstance(error, ArithmeticFailed):
            self.issues.append(Issue(error.code, at, error.facts))
        elif isinstance(error, UnknownName):
            name = f"{error.scope}.{error.name}" if error.scope else error.name
            self.issues.append(
                Issue("views.unknown-name", at, {"name": name, "nearest": error.nearest or "-"})
            )


def _same_group(a: _Shown, b: _Shown) -> bool:
    return (a.group.text if a.group else None) == (b.group.text if b.group else None)


def _line(text: MappedText) -> Line:
    return Line((Text(text),) if text.text else ())
