"""A view of datasets → a table of the tree: lines, groups, sub-totals, totals, notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

from drafter.document.tree import Align, Cell, Line, NodeId, Row, Table, Text
from drafter.merge.formats import read_number
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Outcome, Place
from drafter.source.origins import MappedText, SourceSlice, generated, joined
from drafter.views.cells import cell_text, is_number, nothing
from drafter.views.columns import Item, Printed, head_of, items, printed_columns, rows_for
from drafter.views.heads import head_rows
from drafter.views.selection import Selection, selected, word
from drafter.workspace.arithmetic import ArithmeticFailed
from drafter.workspace.formulas import FormulaError, value_of
from drafter.workspace.loading import for_plan
from drafter.workspace.model import Plan, View, ViewColumn, Workspace
from drafter.workspace.tables import GROUP_NUMBER, NUMBER
from drafter.workspace.values import Absent, Quantity, Scope, UnknownName, Words

_ALIGNS: Mapping[str, Align] = {"left": "left", "center": "center", "right": "right"}
_FAILED = "〔？〕"
_SAID = ("注：", "资料来源：", "数据来源：")
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

    def repeats(self, other: _Shown, column: int) -> bool:
        """Whether another line of the same groups says the same in a column."""
        return (
            self.same(other, len(self.groups)) and self.cells[column][0].text == other.cells[column][0].text
        )


class _Building:
    """One table being made."""

    def __init__(self, view: View, workspace: Workspace, names: Scope, node: NodeId) -> None:
        self.view, self.workspace, self.names, self.node = view, workspace, names, node
        self.issues: list[Issue] = []
        self.lead = len(view.leads)
        self.rows: list[Row] = []
        self.rounding: tuple[MappedText, ...] = ()
        self.selection = self._selection()
        self.subtotals = bool(view.subtotal.text and view.group) and self.selection.over is not None
        self.columns = printed_columns(view, self.selection, names)

    def table(self, name: str, origin: SourceSlice | None) -> Table:
        view = self.view
        shown = self._shown()
        self._body(shown)
        if view.total.text and self.selection.over is not None:
            self._sums("total", view.total, shown, 0)
        heads = [*map(head_of, view.leads), *(each.head for each in self.columns)]
        return Table(
            id=self.node,
            heads=head_rows(self.node, heads),
            rows=tuple(self.rows),
            columns=len(heads),
            widths=self._widths(),
            caption=_line(view.caption),
            name=name,
            unit_line=_line(view.unit_line) if view.unit_line.text else None,
            notes=_notes((*view.notes, *self.rounding)),
            landscape=view.orientation == "landscape",
            origin=origin,
            view=view.entry,
        )

    def _selection(self) -> Selection:
        try:
            return selected(self.view, self.names)
        except (UnknownName, ArithmeticFailed, FormulaError) as error:
            self._failed(error, self.view.place)
            return Selection((), None)

    def _widths(self) -> tuple[float, ...]:
        """The weights of the columns, where any is given: the others take what is usual among those."""
        columns = [*self.view.leads, *(each.column for each in self.columns)]
        given = [each.width for each in columns if each.width is not None]
        if not given:
            return ()
        usual = sum(given) / len(given)
        return tuple(usual if each.width is None else each.width for each in columns)

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
            return generated(str(number), "number", column.place), given or "center"
        scope = self._scope(printed, item)
        if scope is None:
            return nothing(column), _beside(given)
        try:
            value = value_of(column.value, scope, self.names, self._place(column.place))
            align: Align = "right" if is_number(value) else ""
            return cell_text(value, column, scope), given or align
        except Absent:
            return nothing(column), _beside(given)
        except (UnknownName, ArithmeticFailed, FormulaError) as error:
            return self._missing(error, column), _beside(given)

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

    def _missing(self, error: Exception, column: ViewColumn) -> MappedText:
        """A year that one indicator does not have is not applicable; what fails is said and seen."""
        if isinstance(error, UnknownName) and error.name.isdigit():
            return nothing(column)
        if isinstance(error, FormulaError) and error.issue.code == "formula.absent":
            return nothing(column)
        self._failed(error, column.place)
        return generated(_FAILED, "missing", column.place)

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
            self._line_of(shown, at, begins)
            last = at + 1 == len(shown) or not each.same(shown[at + 1], 0)
            if self.subtotals and last:
                of_group = [other for other in shown if other.same(each, 0)]
                self._sums("subtotal", self.view.subtotal, of_group, min(self.lead, 1))

    def _next(self) -> NodeId:
        return f"{self.node}/r{len(self.rows) + 1}"

    def _group_row(self, shown: _Shown, level: int) -> None:
        node = self._next()
        text = self._group_text(shown, level)
        cell = Cell(f"{node}/c1", _line(text), "left", columns=len(self.columns))
        self.rows.append(Row(node, (cell,), "group"))

    def _line_of(self, shown: Sequence[_Shown], at: int, begins: Iterable[int]) -> None:
        node, line = self._next(), shown[at]
        cells: list[Cell] = []
        for level in begins if self.lead else ():
            # the row of the sub-totals belongs to the group as well
            rows = _extent(shown, at, level) + int(level == 0 and self.subtotals)
            align = _ALIGNS.get(self.view.leads[level].align, "center")
            text = _line(self._group_text(line, level))
            cells.append(Cell(f"{node}/c{level + 1}", text, align, rows=rows))
        for column, (mapped, align) in enumerate(line.cells):
            merged = self.columns[column].column.merged
            if merged and at and line.repeats(shown[at - 1], column):
                continue
            rows = _repeated(shown, at, column) if merged else 1
            cells.append(Cell(f"{node}/c{column + 1 + self.lead}", _line(mapped), align, rows=rows))
        self.rows.append(Row(node, tuple(cells)))

    def _group_text(self, shown: _Shown, level: int) -> MappedText:
        found = shown.groups[level]
        column = self.view.leads[level] if self.lead else self.columns[0].column
        return nothing(column) if found is None else cell_text(found, column, None)

    def _sums(self, kind: str, label: MappedText, shown: Sequence[_Shown], first: int) -> None:
        """The sums, formulas over the sums, from the column `first` on; the label reaches over those before the first sum."""
        node = self._next()
        rows = [row for each in shown for row in each.item.rows]
        texts = [self._sum(each, rows) for each in self.columns]
        if any(self._differs(at, text, shown) for at, text in enumerate(texts)):
            self.rounding = (generated(_ROUNDED, "note"),)
        leading = next((at for at, text in enumerate(texts) if text is not None), len(texts))
        span = max(leading + self.lead - first, 1)
        cells = [Cell(f"{node}/c{first + 1}", _line(label), "center", columns=span)]
        for at in range(first + span - self.lead, len(texts)):
            text = texts[at]
            column = self.columns[at].column
            given = _ALIGNS.get(column.align)
            align = _beside(given) if text is None else given or "right"
            cells.append(Cell(f"{node}/c{at + 1 + self.lead}", _line(text or nothing(column)), align))
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
    return 1 + sum(1 for _ in takewhile(lambda each: each.same(shown[at], level), shown[at + 1 :]))


def _repeated(shown: Sequence[_Shown], at: int, column: int) -> int:
    """How many lines from here on say the same in a column."""
    return 1 + sum(1 for _ in takewhile(lambda each: each.repeats(shown[at], column), shown[at + 1 :]))


def _beside(given: Align | None) -> Align:
    """How a dash stands in a column: below the numbers, or in the middle where words are on the left."""
    return given if given == "right" else "center"


def _notes(texts: Sequence[MappedText]) -> tuple[Line, ...]:
    """The notes: 注： before the first, numbers where there are several; one that says itself what it is stays as it is."""
    plain = [text for text in texts if not text.text.startswith(_SAID)]
    numbers = {id(text): f"{n}." if len(plain) > 1 else "" for n, text in enumerate(plain, 1)}
    leads = (
        ("注：" if text is plain[0] else "") + numbers[id(text)] if id(text) in numbers else ""
        for text in texts
    )
    return tuple(
        Line((Text(joined((generated(lead, "note"), text))),))
        for lead, text in zip(leads, texts, strict=True)
    )


def _line(text: MappedText) -> Line:
    return Line((Text(text),) if text.text else ())
