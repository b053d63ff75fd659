"""The relations that a dataset declares (`checks:`): `sum(项目.总投资) = sum(项目.中央预算内投资) + …`, or for each row `入住人数 <= 床位`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from drafter.checks.draft import datasets
from drafter.merge.formats import format_quantity
from drafter.source.files import Source
from drafter.source.issues import Issue, Place
from drafter.source.yaml import Scalar
from drafter.workspace.arithmetic import ArithmeticFailed, counts, subtract
from drafter.workspace.expressions import Expression, names_in
from drafter.workspace.formulas import FormulaError, Setting, evaluated, tree
from drafter.workspace.indicators import IndicatorDataset
from drafter.workspace.model import Workspace
from drafter.workspace.records import RecordDataset
from drafter.workspace.rows import RowScope
from drafter.workspace.values import Absent, Quantity, Value

# a quotient has forty digits, not all of them
_NEARLY = Decimal("1e-12")

_HOLDS: Mapping[str, Callable[[Decimal], bool]] = {
    "=": lambda difference: difference == 0,
    "<=": lambda difference: difference <= 0,
    ">=": lambda difference: difference >= 0,
    "<": lambda difference: difference < 0,
    ">": lambda difference: difference > 0,
}
_SIGNS = {"≤": "<=", "≥": ">=", "==": "="}


def check_declared(workspace: Workspace) -> Iterator[Issue]:
    """Each relation that does not hold, with what both sides are."""
    for dataset in datasets(workspace):
        source = workspace.sources.get(dataset.place.path)
        if source is None:
            continue
        for scalar in dataset.checks:
            yield from _Relation(workspace, dataset, scalar, source).issues()


@dataclass(frozen=True, slots=True)
class _Sides:
    """A relation taken apart; the offsets are those of the sides in its text."""

    left: str
    sign: str
    right: str
    right_start: int


class _Relation:
    """One declared relation."""

    def __init__(
        self, workspace: Workspace, dataset: IndicatorDataset | RecordDataset, scalar: Scalar, source: Source
    ) -> None:
        self.workspace, self.dataset, self.scalar, self.source = workspace, dataset, scalar, source

    def issues(self) -> Iterator[Issue]:
        sides = _sides(self.scalar.text)
        if sides is None:
            facts = {"check": self.scalar.text}
            yield Issue("checks.broken", self.place(0), facts)
            return
        try:
            left = tree(sides.left, self.place)
            right = tree(sides.right, lambda offset: self.place(sides.right_start + offset))
        except FormulaError as failed:
            yield failed.issue
            return
        told: set[tuple[str, Place]] = set()
        for row in self.rows(left, right):
            issue = self.failing(sides, left, right, row)
            # what is wrong with the relation itself is so in each row
            if issue is not None and (issue.code, issue.place) not in told:
                told.add((issue.code, issue.place))
                yield issue

    def place(self, offset: int) -> Place:
        return self.source.place(self.scalar.start + (offset if self.scalar.exact else 0))

    def rows(self, *sides: Expression) -> Iterator[RowScope | None]:
        """Each row, where a side speaks of columns of the dataset; else nothing, once."""
        dataset = self.dataset
        columns = dataset.table.columns if isinstance(dataset, RecordDataset) else {}
        named = [name for side in sides for name in names_in(side)]
        own = any(name.keys or (len(name.parts) == 1 and name.parts[0][0] in columns) for name in named)
        if not own or not isinstance(dataset, RecordDataset):
            yield None
            return
        for row in dataset.rows:
            yield RowScope(dataset.table, row)

    def failing(
        self, sides: _Sides, left: Expression, right: Expression, row: RowScope | None
    ) -> Issue | None:
        year = row.row.year if row is not None else None
        names = self.workspace.names
        try:
            first = evaluated(left, Setting(names, row, year, self.place))
            at_right = Setting(names, row, year, lambda offset: self.place(sides.right_start + offset))
            second = evaluated(right, at_right)
            if _holds(first, sides.sign, second):
                return None
        except Absent:
            return None
        except FormulaError as failed:
            return None if failed.issue.code == "formula.absent" else failed.issue
        except ArithmeticFailed as failed:
            return Issue(failed.code, self.place(0), failed.facts)
        at = self.place(0) if row is None else self.source.place(row.row.place.start)
        facts = {
            "check": " ".join(self.scalar.text.split()),
            "row": self.dataset.title or self.dataset.name if row is None else row.key,
            "left": _printed(first),
            "right": _printed(second),
        }
        return Issue("checks.failed", at, facts)


def _holds(left: Value, sign: str, right: Value) -> bool:
    if not isinstance(left, Quantity) or not isinstance(right, Quantity):
        same = not isinstance(left, Quantity) and not isinstance(right, Quantity) and left.text == right.text
        return same and sign in {"=", "<=", ">="}
    # a number without a unit compares with any: 床位 > 0; people with the beds they lie in: 入住人数 <= 床位
    plain = not left.unit or not right.unit or (counts(left.unit) and counts(right.unit))
    difference = left.number - right.number if plain else subtract(left, right).number
    if abs(difference) <= _NEARLY * max(abs(left.number), abs(right.number), Decimal(1)):
        difference = Decimal(0)
    return _HOLDS[sign](difference)


def _printed(value: Value) -> str:
    return format_quantity(value) if isinstance(value, Quantity) else value.text


def _sides(text: str) -> _Sides | None:
    """The two sides around the sign of comparison, which stands outside all brackets; None where there is none, or more than one."""
    depth, quote = 0, ""
    found: tuple[int, str] | None = None
    at = 0
    while at < len(text):
        character = text[at]
        written = text[at : at + 2] if text[at : at + 2] in {"<=", ">=", "=="} else character
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character in "([":
            depth += 1
        elif character in ")]":
            depth -= 1
        elif depth == 0 and (written in _HOLDS or written in _SIGNS):
            if found is not None:
                return None
            found = (at, written)
            at += len(written) - 1
        at += 1
    if found is None:
        return None
    start, sign = found
    right = start + len(sign)
    return _Sides(text[:start], _SIGNS.get(sign, sign), text[right:], right)
