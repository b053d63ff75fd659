"""Datasets of kind indicators: a row for each indicator, a value for each of some years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType

from drafter.source.files import Source
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue
from drafter.source.nearest import nearest
from drafter.source.origins import Datum, SourceSlice
from drafter.source.yaml import Node, Scalar
from drafter.workspace import arithmetic
from drafter.workspace.derived import Calculation, Derived, Form
from drafter.workspace.fields import NUMBER, Entries, Report
from drafter.workspace.formulas import FormulaError
from drafter.workspace.names import Period, is_word, said
from drafter.workspace.shapes import DatasetFile, IndicatorRow
from drafter.workspace.values import Absent, Quantity, Scope, UnknownName, Value, Words

GROWTH = "增幅"

# What an indicator says of itself, by the Chinese name and by that of its key.
TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "编号": "id",
        "名称": "name",
        "简称": "short",
        "单位": "unit",
        "属性": "attribute",
        "责任单位": "owner",
        "类别": "group",
        "来源": "source",
        "增幅方式": "growth",
        "说明": "note",
        **{
            key: key
            for key in ("id", "name", "short", "unit", "attribute", "owner", "group", "source", "growth")
        },
    }
)


@dataclass(frozen=True, slots=True)
class Cell:
    """The value of one year: a number as written, a formula, or the problem that was found in it."""

    scalar: Scalar
    derived: Derived | None
    broken: Issue | None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row."""

    key: str
    entries: Entries
    cells: Mapping[int, Cell]
    unit: str
    decimals: int | None
    source: Source

    def at(self, year: int) -> Quantity:
        """The value of a year; raises `UnknownName`, `FormulaError`."""
        cell = self.cells.get(year)
        if cell is None:
            raise UnknownName(self.key, str(year), nearest(str(year), map(str, self.cells)))
        if cell.broken is not None:
            raise FormulaError(cell.broken)
        if cell.derived is not None:
            return cell.derived.quantity()
        datum = Datum(f"{self.key}[{year}]", cell.scalar.slice)
        return Quantity(Decimal(cell.scalar.text), self.unit, self.decimals, datum)

    def text(self, key: str, name: str) -> Words:
        """What the row says under a key; raises `Absent`."""
        found = self.entries.values.get(key)
        if not isinstance(found, Scalar):
            raise Absent(self.key, name)
        return Words(found.text, Datum(said(self.key, name), found.slice))

    def growth(self, base_year: int, target_year: int) -> Value:
        """How much it grows from one year to the other, by its own way to say so; `—` where it has none."""
        way = self.entries.get(IndicatorRow.GROWTH)
        if way is None or way.text == "none":
            return Words("—", Datum(said(self.key, GROWTH), None if way is None else way.slice))
        base, target = self.at(base_year), self.at(target_year)
        try:
            grown = self._grown(way.text, base, target, target_year - base_year)
        except arithmetic.ArithmeticFailed as failed:
            raise FormulaError(Issue(failed.code, self.source.place(way.start), failed.facts)) from None
        datum = grown.datum
        named = Datum(said(self.key, GROWTH), None, datum.formula, datum.inputs)
        return Quantity(grown.number, grown.unit, grown.decimals, named)

    def _grown(self, way: str, base: Quantity, target: Quantity, years: int) -> Quantity:
        if way == "年均增速":
            return arithmetic.cagr(base, target, arithmetic.number(years))
        if way == "五年累计":
            # two sums of five years each, compared
            return arithmetic.growth(base, target)
        grown = arithmetic.subtract(target, base)
        return arithmetic.converted(grown, "个百分点") if self.unit == "%" else grown


class IndicatorScope:
    """An indicator as formulas and fragments see it."""

    def __init__(self, indicator: Indicator, period: Period | None) -> None:
        self.indicator, self.period = indicator, period

    @property
    def key(self) -> str:
        """指标.护理型占比."""
        return self.indicator.key

    def member(self, name: str) -> Scope | Value:
        """Its texts, and how much it grows over the plan's period."""
        if name == GROWTH and self.period is not None:
            return self.indicator.growth(*self.period)
        key = TEXTS.get(name)
        if key is None:
            raise UnknownName(self.key, name, nearest(name, self.names()))
        return self.indicator.text(key, name)

    def at(self, year: int) -> Value:
        """Its value of a year."""
        return self.indicator.at(year)

    def value(self) -> Value | None:
        """An indicator without a year is no value."""
        return None

    def years(self) -> tuple[int, ...]:
        """The years that have a value."""
        return tuple(sorted(self.indicator.cells))

    def names(self) -> Iterable[str]:
        """What `member` knows."""
        return (*TEXTS, GROWTH) if self.period else tuple(TEXTS)

    def rows(self) -> Iterator[Scope]:
        """None."""
        return iter(())


class IndicatorsScope:
    """All or some indicators of a dataset."""

    def __init__(
        self, key: str, indicators: Iterable[Indicator], known: Mapping[str, Indicator], period: Period | None
    ) -> None:
        self.key, self._indicators, self._known, self._period = key, tuple(indicators), known, period

    def member(self, name: str) -> Scope | Value:
        """The indicator of this id, name or short name."""
        found = self._known.get(name)
        if found is None:
            raise UnknownName(self.key, name, nearest(name, self._known))
        return IndicatorScope(found, self._period)

    def at(self, year: int) -> Value:
        """Years belong to indicators."""
        raise UnknownName(self.key, str(year))

    def value(self) -> Value | None:
        """None."""
        return None

    def names(self) -> Iterable[str]:
        """Ids, names and short names."""
        return tuple(self._known)

    def rows(self) -> Iterator[Scope]:
        """Each indicator."""
        return (IndicatorScope(indicator, self._period) for indicator in self._indicators)

    def matching(self, where: Mapping[str, str], year: int | None) -> int:
        """How many indicators fit."""
        return sum(1 for _ in self.selected(where).rows())

    def alike(self, where: Mapping[str, str]) -> IndicatorsScope:
        """The indicators whose texts are these; raises `UnknownName`."""
        return self.selected(where)

    def chosen(self, rows: Iterable[Scope]) -> IndicatorsScope:
        """Some of its rows, in this order."""
        found = [each.indicator for each in rows if isinstance(each, IndicatorScope)]
        return IndicatorsScope(self.key, found, self._known, self._period)

    def selected(self, where: Mapping[str, str]) -> IndicatorsScope:
        """The indicators whose texts are these; raises `UnknownName`."""
        for name in where:
            if name not in TEXTS:
                raise UnknownName(self.key, name, nearest(name, TEXTS))
        rows = [each for each in self._indicators if _fits(each, where)]
        return IndicatorsScope(self.key, rows, self._known, self._period)


def _fits(indicator: Indicator, where: Mapping[str, str]) -> bool:
    for name, wanted in where.items():
        found = indicator.entries.values.get(TEXTS[name])
        if not isinstance(found, Scalar) or found.text != wanted:
            return False
    return True


@dataclass(frozen=True, slots=True)
class IndicatorDataset:
    """A dataset of indicators as read."""

    name: str
    short: str
    indicators: tuple[Indicator, ...]
    known: Mapping[str, Indicator]
    place: SourceSlice
    title: str = ""
    unused: bool = False  # said to be kept only
    checks: tuple[Scalar, ...] = ()  # what its numbers must hold to, as written

    def scope(self, period: Period | None) -> IndicatorsScope:
        """Its names, for a plan's base and target year."""
        return IndicatorsScope(self.short, self.indicators, self.known, period)

    def derived(self) -> Iterator[Derived]:
        """Its cells with formulas."""
        for indicator in self.indicators:
            for cell in indicator.cells.values():
                if cell.derived is not None:
                    yield cell.derived

    def columns(self) -> Iterable[str]:
        """What a row answers, besides years."""
        return (*TEXTS, GROWTH)

    def ids(self) -> frozenset[str]:
        """What a reference may say."""
        return frozenset(self.known)


def read_indicators(
    head: Entries, rows: Iterable[Node], report: Report, shared: Calculation
) -> IndicatorDataset:
    """The dataset of these rows; what is wrong with a row costs that row only what it must."""
    name = head.text(DatasetFile.NAME)
    short = head.text(DatasetFile.SHORT, name)
    for unfitting in ("key", "year"):
        if head.node.get(unfitting) is not None:
            key = next(key for key, _ in head.node.entries if key.text == unfitting)
            report.add("workspace.only-records", key, key=unfitting)
    indicators: list[Indicator] = []
    known: dict[str, Indicator] = {}
    places: dict[str, Scalar] = {}
    for node in rows:
        entries = IndicatorRow.RECORD.read(node, "rows", report)
        if entries is None:
            continue
        indicator = _indicator(short, entries, report, shared)
        names = [entries.get(each) for each in (IndicatorRow.ID, IndicatorRow.NAME, IndicatorRow.SHORT)]
        for scalar in dict.fromkeys(each for each in names if each is not None):
            first = places.setdefault(scalar.text, scalar)
            if known.setdefault(scalar.text, indicator) is not indicator:
                line = str(report.source.position(first.start)[0])
                report.add("workspace.duplicate-id", scalar, id=scalar.text, line=line)
        indicators.append(indicator)
    title, kept = head.text(DatasetFile.TITLE), head.get(DatasetFile.UNUSED) is not None
    found = tuple(indicators)
    return IndicatorDataset(name, short, found, MappingProxyType(known), head.node.slice, title, kept)


def _indicator(dataset: str, entries: Entries, report: Report, shared: Calculation) -> Indicator:
    short, name = entries.text(IndicatorRow.SHORT), entries.text(IndicatorRow.NAME)
    # a name with brackets or signs is no word that anybody would type: the id is shorter then
    named = (short, name if is_word(name) else "", entries.text(IndicatorRow.ID), name)
    key = said(dataset, next((each for each in named if each), "?"))
    unit, decimals = entries.text(IndicatorRow.UNIT), entries.get(IndicatorRow.DECIMALS)
    cells: dict[int, Cell] = {}
    for year, written in entries.get(IndicatorRow.VALUES) or ():
        cell_key = f"{key}[{year}]"
        number, formula = written.get(IndicatorRow.VALUE), written.get(IndicatorRow.FORMULA)
        if formula is not None and number is None:
            derived = Derived(cell_key, formula, report.source, shared, Form(unit, decimals), year=year)
            cells[year] = Cell(formula, derived, None)
        elif number is None or formula is not None:
            code = "workspace.value-or-formula"
            cells[year] = Cell(
                number or _nothing(written), None, report.add(code, written.node, year=str(year))
            )
        else:
            cells[year] = Cell(number, None, _broken(number, report))
    return Indicator(key, entries, MappingProxyType(cells), unit, decimals, report.source)


def _broken(number: Scalar, report: Report) -> Issue | None:
    if NUMBER.match(number.text):
        return None
    return report.add("workspace.not-number", number, key="value", value=number.text)


def _nothing(written: Entries) -> Scalar:
    return Scalar("", written.node.path, written.node.start, written.node.start, "", exact=True)
