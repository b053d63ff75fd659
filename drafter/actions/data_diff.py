"""`drafter data-diff`: what has changed in the data between two states of a workspace, and what that does to the plans.

A state is a folder or a git revision. A datum is a cell, named as a writer says it. Cells that people wrote are changes; what a formula makes
of them is told with each. Compared is what the files say, not how: order, comments and spelling of numbers do not count.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from drafter.actions.places import Issued, Line
from drafter.actions.states import opened
from drafter.actions.trace import Printed, Use, today, use_of
from drafter.merge.formats import format_quantity
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Outcome, Place, has_errors
from drafter.source.origins import DataValue, Datum, lineage
from drafter.workspace.formulas import FormulaError
from drafter.workspace.indicators import IndicatorScope
from drafter.workspace.loading import load
from drafter.workspace.model import Workspace
from drafter.workspace.names import Names
from drafter.workspace.shapes import IndicatorRow
from drafter.workspace.values import Quantity, Scope, UnknownName, Value, Words


@dataclass(frozen=True, slots=True)
class Derived:
    """A value that a formula makes, before and after."""

    key: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """A cell whose value or formula changed: empty where it was not, or is no more. Its place is that in the newer state that has it."""

    key: str
    old: str
    new: str
    file: str
    line: int
    column: int
    derived: tuple[Derived, ...]
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row that came or went; a dataset that did has only its name."""

    key: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Missed:
    """A target that the last actual value reached before, and does not reach now."""

    key: str
    target: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What is different."""

    changes: tuple[Change, ...]
    added: tuple[Row, ...]
    removed: tuple[Row, ...]
    missed: tuple[Missed, ...]


def data_diff(root: Path, old: str, new: str = "") -> Outcome[Compared]:
    """Compare two states of the workspace at `root`; without `new` the files as they are. `Refused` where a state cannot be had."""
    with tempfile.TemporaryDirectory() as folder:
        before = load(opened(root, old, Path(folder, "old")))
        after = load(opened(root, new, Path(folder, "new")) if new else root)
        issues = [*_incomplete(before, old), *_incomplete(after, new or root.as_posix())]
        if before.value is None or after.value is None:
            return Outcome(None, (*issues, *before.issues, *after.issues))
        return Outcome(_Comparison(_State(before.value), _State(after.value)).compared(), tuple(issues))


def _incomplete(outcome: Outcome[Workspace], name: str) -> Iterator[Issue]:
    count = sum(has_errors((issue,)) for issue in outcome.issues)
    if count:
        yield Issue("data-diff.incomplete", Place(""), {"state": name, "count": str(count)})


class _State:
    """The data of a workspace by their keys."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.lines = Issued(
            {path: source.text for path, source in workspace.sources.items()}, workspace.sources
        )
        self.cells: dict[str, Value] = {}
        self.rows: dict[str, Line] = {}
        self.datasets: dict[str, str] = {}
        self.indicators: dict[str, IndicatorScope] = {}
        names = workspace.names
        for dataset in names.datasets().values() if isinstance(names, Names) else ():
            self.datasets[dataset.short] = dataset.name
            for row in dataset.scope(None).rows():
                self._row(row)
        self.printed = tuple(today(workspace))

    def _row(self, row: Scope) -> None:
        place = Line("", 0, 0)
        seen = set()
        for value in _values(row):
            datum = value.datum
            if datum.place is None or datum.place in seen:
                continue
            seen.add(datum.place)
            place = place if place.file else self.lines.line(datum.place)
            self.cells[datum.key] = value
        self.rows[row.key] = place
        if isinstance(row, IndicatorScope):
            self.indicators[row.key] = row

    def texts(self) -> Mapping[tuple[str, str, str], tuple[str, Datum]]:
        """What is printed of data that stand in no file: how much something grows, sums, formulas in a fragment."""
        return {
            (one.plan, piece.origin.datum.key, piece.origin.form): (
                anchor.text[piece.start : piece.end],
                piece.origin.datum,
            )
            for one in self.printed
            for anchor in one.anchors
            for piece in anchor.pieces
            if isinstance(piece.origin, DataValue) and piece.origin.datum.place is None
        }


def _values(row: Scope) -> Iterator[Value]:
    asked: list[Callable[[], Scope | Value]] = [partial(row.member, name) for name in row.names()]
    if isinstance(row, IndicatorScope):
        asked += [partial(row.at, year) for year in row.years()]
    for ask in asked:
        try:
            value = ask()
        except (UnknownName, FormulaError):
            continue  # empty, or said by `check`
        if isinstance(value, Quantity | Words):
            yield value


def _text(value: Value | None, other: Value | None) -> str:
    """A value as it is printed, exactly where only that shows the difference."""
    if not isinstance(value, Quantity):
        return "" if value is None else value.text
    text = format_quantity(value, "")
    if isinstance(other, Quantity) and other.number != value.number and format_quantity(other, "") == text:
        return f"{value.number.normalize():f}{value.unit}"
    return text


class _Comparison:
    """Two states held against each other."""

    def __init__(self, old: _State, new: _State) -> None:
        self.old, self.new = old, new
        self.uses = _uses(new.printed)
        self.derived = tuple(self._derived())

    def compared(self) -> Compared:
        return Compared(
            tuple(self._changes()),
            tuple(_only(self.new, self.old)),
            tuple(_only(self.old, self.new)),
            tuple(self._missed()),
        )

    def _changes(self) -> Iterator[Change]:
        for key in {**self.new.cells, **self.old.cells}:
            old, new = self.old.cells.get(key), self.new.cells.get(key)
            if not _differs(old, new) or not _by_hand(old, new) or self._whole_row(key):
                continue
            state, value = (self.new, new) if new is not None else (self.old, old)
            place = value.datum.place if value is not None else None
            line = state.lines.line(place) if place else Line("", 0, 0)
            derived = tuple(
                dict.fromkeys(each for each, data in self.derived if each.key != key and key in data)
            )
            uses = tuple(dict.fromkeys(self.uses.get(key, ())))
            yield Change(
                key, _text(old, new), _text(new, old), line.file, line.line, line.column, derived, uses
            )

    def _whole_row(self, key: str) -> bool:
        """Whether the cell belongs to a row that came or went, which is told as a row."""
        gone = (self.old.rows.keys() ^ self.new.rows.keys()) or ()
        return any(key.startswith((f"{row}.", f'{row}["', f"{row}[")) for row in gone)

    def _derived(self) -> Iterator[tuple[Derived, frozenset[str]]]:
        """Each value made by a formula that is another now, and all that it rests on."""
        for key, new in self.new.cells.items():
            old = self.old.cells.get(key)
            if new.datum.inputs and old is not None and _differs(old, new):
                yield Derived(key, _text(old, new), _text(new, old)), _all_keys(new.datum)
        before = self.old.texts()
        for where, (text, datum) in self.new.texts().items():
            if where in before and before[where][0] != text:
                yield Derived(datum.key, before[where][0], text), _all_keys(datum)

    def _missed(self) -> Iterator[Missed]:
        for key, now in self.new.indicators.items():
            then = self.old.indicators.get(key)
            if then is None:
                continue
            before, after = _reached(then), _reached(now)
            if before is not None and after is not None and before[0] and not after[0]:
                _, last, target = after
                yield Missed(
                    target.datum.key, _text(target, None), _text(before[1], last), _text(last, before[1])
                )


def _differs(old: Value | None, new: Value | None) -> bool:
    if isinstance(old, Quantity) and isinstance(new, Quantity):
        return (old.number, old.unit) != (new.number, new.unit) or old.datum.formula != new.datum.formula
    return _text(old, None) != _text(new, None)


def _by_hand(old: Value | None, new: Value | None) -> bool:
    """Whether somebody changed the cell itself, and not only what its formula rests on."""
    if old is None or new is None:
        return True
    return not new.datum.formula or old.datum.formula != new.datum.formula


def _only(one: _State, other: _State) -> Iterator[Row]:
    """The datasets and rows that only one state has; of a dataset that is not there its rows are not listed."""
    for short, name in one.datasets.items():
        if short not in other.datasets:
            yield Row(short, f"data/{name}.yaml" if f"data/{name}.yaml" in one.workspace.sources else "", 0)
    for key, line in one.rows.items():
        dataset = key.partition(".")[0].partition("[")[0]
        if key not in other.rows and dataset in other.datasets:
            yield Row(key, line.file, line.line)


def _reached(row: IndicatorScope) -> tuple[bool, Quantity, Quantity] | None:
    """Whether the last actual value of an indicator reaches its first target, and both; None where it cannot be said."""
    entries = row.indicator.entries
    status = {year: cell.text(IndicatorRow.STATUS) for year, cell in entries.get(IndicatorRow.VALUES) or ()}
    actual = [year for year, what in status.items() if what == "实际"]
    targets = [year for year, what in status.items() if what == "目标"]
    if not actual or not targets:
        return None
    try:
        last, target = row.indicator.at(max(actual)), row.indicator.at(min(targets))
    except (UnknownName, FormulaError):
        return None
    down = entries.text(IndicatorRow.DIRECTION) == "down" or entries.text(IndicatorRow.OPERATOR) in {"≤", "<"}
    return (last.number <= target.number if down else last.number >= target.number), last, target


def _uses(printed: Iterable[Printed]) -> Mapping[str, list[Use]]:
    """Where each datum is printed, by itself or in what rests on it."""
    found: defaultdict[str, list[Use]] = defaultdict(list)
    for one in printed:
        for anchor in one.anchors:
            for piece in anchor.pieces if anchor.kind != "toc" else ():
                if isinstance(piece.origin, DataValue):
                    use = use_of(one, anchor, piece)
                    for key in _all_keys(piece.origin.datum):
                        found[key].append(use)
    return found


def _all_keys(datum: Datum) -> frozenset[str]:
    """The keys of a datum and of all that it rests on."""
    return frozenset(each.key for each in lineage(datum))
