"""A view of datasets → a table of the tree: lines, groups, sub-totals, totals, notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from drafter.document.tree import Align, Cell, Line, NodeId, Row, Table, Text
from drafter.merge.formats import read_number
from drafter.source.issues import Issue, Outcome, Place
from drafter.source.origins import MappedText, SourceSlice, generated
from drafter.views.cells import cell_text, is_number, nothing
from drafter.views.columns import Item, Printed, items, printed_columns, rows_for
from drafter.views.heads import Head, head_rows
from drafter.views.selection import Selection, selected, word
from drafter.workspace.arithmetic import ArithmeticFailed
from drafter.workspace.formulas import FormulaError, value_of
from drafter.workspace.loading import for_plan
from drafter.workspace.model import Plan, View, Workspace
from drafter.workspace.tables import GROUP_NUMBER, NUMBER
from drafter.workspace.values import Absent, Quantity, Scope, UnknownName, Words

_ALIGNS: Mapping[str, Align] = {"left": "left", "center": "center", "right": "right"}
_FAILED = "〔？〕"
_ROUNDED = "因四舍五入，各行之和与合计略有出入。"


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
    """A line with what its cells say, and the groups it is in."""

    item: Item
    cells: tuple[tuple[MappedText, Align], ...]
    groups: tuple[Words | None, ...]

    def same(self, other: _Shown, level: int) -> bool:
        """Whether another line is in the same groups, down to a level."""
        return _texts(self.groups[: level + 1]) == _texts(other.groups[: level + 1])


class _Building:
    """One table being made."""

    def __init__(self, view: View, workspace: Workspace, names: Scope, node: NodeId) -> None:
        self.view, self.workspace, self.names, self.node = view, workspace, names, node
        self.issues: list[Issue] = []
        self.lead = 0 if view.group_rows else len(view.group)
        self.rows: list[Row] = []
        self.rounding: tuple[Line, ...] = ()
        self.selection = self._selection()
        self.columns = printed_columns(view, self.selection, names)

    def table(self, name: str, origin: SourceSlice | None) -> Table:
        view = self.view
        shown = self._shown()
        self._body(shown)
        if view.total and self.selection.over is not None:
            self._sums("total", view.total, shown, 0)
        heads = [*(Head((each,)) for each in view.group[: self.lead]), *(each.head for each in self.columns)]
        return Table(
            id=self.node,
            heads=head_rows(self.node, heads),
            rows=tuple(self.rows),
            columns=len(heads),
            widths=self._widths(),
            caption=_line(view.caption),
            name=name,
            unit_line=view.unit_line,
            notes=(*(_line(note) for note in view.notes), *self.rounding),
            landscape=view.orientation == "landscape",
            origin=origin,
        )

    def _selection(self) -> Selection:
        try:
            return selected(self.view, self.names)
        except (UnknownName, ArithmeticFailed, FormulaError) as error:
            self._failed(error, self.view.place)
            return Selection((), None)

    def _widths(self) -> tuple[float, ...]:
        """The weights of the columns, where any is given: the others take what is usual among those."""
        given = [each.column.width for each in self.columns if each.column.width is not None]
        if not given:
            return ()
        usual = sum(given) / len(given)
        widths = [usual if each.column.width is None else each.column.width for each in self.columns]
        return (*([usual] * self.lead), *widths)

    # -- what the cells say --------------------------------------------------------------------------------------------

    def _shown(self) -> list[_Shown]:
        shown: list[_Shown] = []
        inside = 0
        for number, item in enumerate(items(self.view, self.selection), 1):
            groups = tuple(self._group(item.rows[0], name) for name in self.view.group)
            inside = inside + 1 if shown and _texts(shown[-1].groups) == _texts(groups) else 1
            numbers = {NUMBER: number, GROUP_NUMBER: inside}
            cells = tuple(self._cell(each, item, numbers) for each in self.columns)
            shown.append(_Shown(item, cells, groups))
        return shown

    def _group(self, row: Scope, name: str) -> Words | None:
        try:
            return word(row, name)
        except (UnknownName, FormulaError):
            return None

    def _cell(self, printed: Printed, item: Item, numbers: Mapping[str, int]) -> tuple[MappedText, Align]:
        column = printed.column
        given = _ALIGNS.get(column.align)
        if (number := numbers.get(column.value.strip())) is not None:
            return generated(str(number), "number"), given or "center"
        scope = self._scope(printed, item)
        if scope is None:
            return nothing(), given or "center"
        try:
            value = value_of(column.value, scope, self.names, self._place(column.place))
            align: Align = "right" if is_number(value) else ""
            return cell_text(value, column, scope), given or align
        except Absent:
            return nothing(), given or "center"
        except (UnknownName, ArithmeticFailed, FormulaError) as error:
            text, align = self._missing(error, column.place)
            return text, given or align

    def _scope(self, printed: Printed, item: Item) -> Scope | None:
        """What a cell is about: one row as it is, so that its own data are printed, or several as one."""
        rows = rows_for(printed, item.rows, self.view)
        if not rows:
            return None
        pivot = self.view.pivot
        same = pivot is not None and printed.column.value.strip() in {pivot.rows, *self.view.group}
        if len(rows) == 1 or same or self.selection.over is None:
            return rows[0]
        return self.selection.over(rows)

    def _missing(self, error: Exception, place: SourceSlice) -> tuple[MappedText, Align]:
        """A year that one indicator does not have is not applicable; what fails is said and seen."""
        if isinstance(error, UnknownName) and error.name.isdigit():
            return nothing(), "center"
        if isinstance(error, FormulaError) and error.issue.code == "formula.absent":
            return nothing(), "center"
        self._failed(error, place)
        return generated(_FAILED, "missing"), "center"

    # -- rows ----------------------------------------------------------------------------------------------------------

    def _body(self, shown: Sequence[_Shown]) -> None:
        for at, each in enumerate(shown):
            before = shown[at - 1] if at else None
            begins = [
                level
                for level in range(len(self.view.group))
                if before is None or not each.same(before, level)
            ]
            if self.view.group_rows:
                for level in begins:
                    self._group_row(each, level)
            self._line_of(each, [(level, _extent(shown, at, level)) for level in begins])
            last = at + 1 == len(shown) or not each.same(shown[at + 1], 0)
            if self.view.subtotal and self.view.group and last and self.selection.over is not None:
                of_group = [other for other in shown if other.same(each, 0)]
                self._sums("subtotal", self.view.subtotal, of_group, min(self.lead, 1))

    def _next(self) -> NodeId:
        return f"{self.node}/r{len(self.rows) + 1}"

    def _group_row(self, shown: _Shown, level: int) -> None:
        node = self._next()
        text = self._group_text(shown, level)
        cell = Cell(f"{node}/c1", _line(text), "left", columns=len(self.columns))
        self.rows.append(Row(node, (cell,), "group"))

    def _line_of(self, shown: _Shown, begins: Iterable[tuple[int, int]]) -> None:
        node = self._next()
        cells: list[Cell] = []
        for level, extent in begins if self.lead else ():
            # the row of the sub-totals belongs to the group as well
            rows = extent + (
                1 if level == 0 and self.view.subtotal and self.selection.over is not None else 0
            )
            text = _line(self._group_text(shown, level))
            cells.append(Cell(f"{node}/c{level + 1}", text, "center", rows=rows))
        for number, (mapped, align) in enumerate(shown.cells, 1 + self.lead):
            cells.append(Cell(f"{node}/c{number}", _line(mapped), align))
        self.rows.append(Row(node, tuple(cells)))

    def _group_text(self, shown: _Shown, level: int) -> MappedText:
        found = shown.groups[level]
        return nothing() if found is None else cell_text(found, self.columns[0].column, None)

    def _sums(self, kind: str, label: str, shown: Sequence[_Shown], first: int) -> None:
        """The sums, formulas over the sums, from the column `first` on; the label reaches over those before the first sum."""
        node = self._next()
        rows = [row for each in shown for row in each.item.rows]
        texts = [self._sum(each, rows) for each in self.columns]
        if any(self._differs(at, text, shown) for at, text in enumerate(texts)):
            self.rounding = (_line(generated(_ROUNDED, "note")),)
        leading = next((at for at, text in enumerate(texts) if text is not None), len(texts))
        span = max(leading + self.lead - first, 1)
        labelled = _line(generated(label, kind))
        cells = [Cell(f"{node}/c{first + 1}", labelled, "center", columns=span)]
        for at in range(first + span - self.lead, len(texts)):
            text = texts[at]
            align: Align = "right" if text is not None else "center"
            given = _ALIGNS.get(self.columns[at].column.align, align)
            cells.append(Cell(f"{node}/c{at + 1 + self.lead}", _line(text or nothing()), given))
        self.rows.append(Row(node, tuple(cells), kind))

    def _differs(self, at: int, total: MappedText | None, shown: Sequence[_Shown]) -> bool:
        """Whether the printed parts of a column do not add up to its printed total; rates are no parts."""
        if total is None or not self.columns[at].column.value.strip().isidentifier():
            return False
        parts = [read_number(row.cells[at][0].text) for row in shown]
        return sum(part for part in parts if part is not None) != read_number(total.text)

    def _sum(self, printed: Printed, rows: Sequence[Scope]) -> MappedText | None:
        """A column over some rows: its sum, a formula over the sums, or None for what has none."""
        column, over = printed.column, self.selection.over
        wanted = rows_for(printed, rows, self.view)
        if over is None or not wanted or column.value.strip() in {NUMBER, GROUP_NUMBER}:
            return None
        try:
            value = value_of(column.value, over(wanted), self.names)
            return cell_text(value, column, None) if isinstance(value, Quantity) else None
        except (UnknownName, FormulaError):
            # words and years have no sum; what is really wrong has been told of each row already
            return None
        except ArithmeticFailed as error:
            self._failed(error, column.place)
            return None

    # -- problems ------------------------------------------------------------------------------------------------------

    def _failed(self, error: Exception, place: SourceSlice) -> None:
        if isinstance(error, FormulaError):
            self.issues.append(error.issue)
            return
        at = self._place(place)(0)
        if isinstance(error, ArithmeticFailed):
            self.issues.append(Issue(error.code, at, error.facts))
        elif isinstance(error, UnknownName):
            name = f"{error.scope}.{error.name}" if error.scope else error.name
            self.issues.append(
                Issue("views.unknown-name", at, {"name": name, "nearest": error.nearest or "-"})
            )

    def _place(self, place: SourceSlice) -> _Places:
        return _Places(self.workspace, place)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the characters of a formula in the file of views stand."""

    workspace: Workspace
    slice: SourceSlice

    def __call__(self, offset: int) -> Place:
        source = self.workspace.sources.get(self.slice.path)
        if source is None:
            return Place(self.slice.path)
        return source.place(min(self.slice.start + offset, self.slice.end))


def _texts(groups: Iterable[Words | None]) -> list[str | None]:
    return [None if each is None else each.text for each in groups]


def _extent(shown: Sequence[_Shown], at: int, level: int) -> int:
    """How many lines from here on are in the same groups."""

    def alike() -> Iterator[bool]:
        for other in shown[at:]:
            if not shown[at].same(other, level):
                return
            yield True

    return sum(alike())


def _line(text: MappedText) -> Line:
    return Line((Text(text),) if text.text else ())
