"""A cell with a formula: calculated when it is first asked for, once, whatever comes of it."""

from __future__ import annotations

from drafter.source.files import Source
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Place
from drafter.source.origins import Datum
from drafter.source.yaml import Scalar
from drafter.workspace.arithmetic import ArithmeticFailed, fitted
from drafter.workspace.formulas import FormulaError, Setting, calculated
from drafter.workspace.values import Absent, Quantity, Scope, Words


@dataclass(frozen=True, slots=True)
class Form:
    """How the numbers of a cell are given: their unit, and how many decimals are printed."""

    unit: str
    decimals: int | None


class Calculation:
    """What the formulas of one workspace share: its names, and the cells that are being calculated, outermost first."""

    def __init__(self, names: Scope) -> None:
        self.names = names
        self.running: list[Derived] = []


class Derived:
    """One cell with a formula; `key` is its name as a writer says it."""

    __slots__ = (
        "_failure",
        "_result",
        "calculation",
        "form",
        "key",
        "row",
        "scalar",
        "source",
        "year",
    )

    def __init__(
        self,
        key: str,
        scalar: Scalar,
        source: Source,
        calculation: Calculation,
        form: Form,
        *,
        year: int | None,
        row: Scope | None = None,
    ) -> None:
        self.key, self.scalar, self.source, self.calculation = key, scalar, source, calculation
        self.form, self.year, self.row = form, year, row
        self._result: Quantity | None = None
        self._failure: FormulaError | Absent | None = None

    def quantity(self) -> Quantity:
        """Its number; raises `FormulaError`, or `Absent` where a cell of its own row is empty."""
        if self._result is None:
            if self._failure is None:
                self._calculate()
            if self._failure is not None:
                raise self._failure.with_traceback(None)
        assert self._result is not None  # noqa: S101 -- one of the two was set
        return self._result

    def place(self, offset: int) -> Place:
        """The place of a character of the formula; its beginning where the scalar is not what stands in the file."""
        return self.source.place(self.scalar.start + (offset if self.scalar.exact else 0))

    def _calculate(self) -> None:
        running = self.calculation.running
        if self in running:
            chain = [*(each.key for each in running[running.index(self) :]), self.key]
            # not kept here: each cell of the circle keeps it on the way out
            raise FormulaError(Issue("formula.cycle", self.place(0), {"chain": " -> ".join(chain)}))
        running.append(self)
        try:
            self._result = self._calculated()
        except FormulaError as failed:
            self._failure = failed
        except Absent:
            self._failure = Absent(self.key, self.key)
        except RecursionError:
            self._failure = FormulaError(Issue("formula.too-deep", self.place(0)))
        finally:
            running.pop()

    def _calculated(self) -> Quantity:
        setting = Setting(self.calculation.names, self.row, self.year, self.place)
        value = calculated(self.scalar.text, setting)
        if isinstance(value, Words):
            facts = {"name": value.datum.key, "text": value.text}
            raise FormulaError(Issue("formula.text", self.place(0), facts))
        try:
            found = fitted(value, self.form.unit)
        except ArithmeticFailed as failed:
            raise FormulaError(Issue(failed.code, self.place(0), failed.facts)) from None
        behind = value.datum
        # a formula that is one name alone has that datum behind it, any other the data of its own datum
        inputs = (behind,) if behind.place is not None or behind.key != behind.formula else behind.inputs
        datum = Datum(self.key, self.scalar.slice, self.scalar.text, inputs)
        return Quantity(found.number, self.form.unit, self.form.decimals, datum)
