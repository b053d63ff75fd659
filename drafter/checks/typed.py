"""Numbers typed by hand that stand in the data: same number, same unit, and in the same sentence the name of what it is.

A number alone proves nothing, so names and unit are asked for, and numbers of one digit are left alone. Tables and headings are not
looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from drafter.checks.draft import Draft, datasets, place
from drafter.document.tree import Line, Paragraph, Text
from drafter.document.walk import blocks
from drafter.merge.formats import format_number
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue
from drafter.source.origins import MappedText, SourceSlice, joined, sliced
from drafter.workspace.formulas import FormulaError
from drafter.workspace.indicators import Indicator, IndicatorDataset
from drafter.workspace.model import Workspace
from drafter.workspace.names import said
from drafter.workspace.records import RecordDataset
from drafter.workspace.rows import RowScope
from drafter.workspace.shapes import IndicatorRow
from drafter.workspace.values import Absent, Quantity

_NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.])")
_SENTENCE = re.compile(r"[。；！？\n]")
_DIGITS = 2
_NAME = "名称"


@dataclass(frozen=True, slots=True)
class _Datum:
    """A number of the data: what it is called by writers, and the names that stand beside it where it is meant.

    Of each tuple of `names` one must be there.
    """

    key: str
    names: tuple[tuple[str, ...], ...]
    years: frozenset[str]

    def meant(self, sentence: str) -> bool:
        """Whether a sentence names it."""
        return all(any(each in sentence for each in names) for names in self.names)


Index = dict[tuple[Decimal, str], list[_Datum]]


def check_typed(workspace: Workspace, drafts: Sequence[Draft]) -> Iterator[Issue]:
    """Each such number, with the name to write instead."""
    index = _index(workspace)
    units = sorted({unit for _, unit in index}, key=len, reverse=True)
    told: set[SourceSlice] = set()
    for draft in drafts:
        for block in blocks(draft.document.blocks):
            if not isinstance(block, Paragraph):
                continue
            mapped = _text(block.line)
            for at, found, unit in _numbers(mapped.text, units):
                key = _meant(index.get((Decimal(found), unit), ()), mapped.text, at)
                where = _typed(mapped, at, at + len(found))
                if key and where is not None and where not in told:
                    told.add(where)
                    facts = {"text": found + unit, "key": key}
                    yield Issue("checks.typed-number", place(workspace, where), facts)


def _text(line: Line) -> MappedText:
    return joined(inline.mapped for inline in line.inlines if isinstance(inline, Text))


def _numbers(text: str, units: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """The numbers of some digits, each with its offset and the unit behind it."""
    for found in _NUMBER.finditer(text):
        if sum(each.isdigit() for each in found[0]) < _DIGITS:
            continue
        unit = next((each for each in units if text.startswith(each, found.end())), "")
        if unit:
            yield found.start(), found[0], unit


def _meant(candidates: Sequence[_Datum], text: str, at: int) -> str:
    """The datum that the number is, by the names before it in its sentence; of several the one whose name is nearest."""
    before = _SENTENCE.split(text[:at])[-1]
    best, nearest = "", -1
    for each in candidates:
        if not each.meant(before):
            continue
        # a year that is written must be its own
        written = re.findall(r"(?<!\d)([12]\d{3})年", before)
        if each.years and written and written[-1] not in each.years:
            continue
        behind = min(max(before.rfind(name) for name in names) for names in each.names)
        if behind > nearest:
            best, nearest = each.key, behind
    return best


def _typed(mapped: MappedText, start: int, end: int) -> SourceSlice | None:
    """Where the characters were typed, None where they are data or made by the program."""
    pieces = sliced(mapped, start, end).pieces
    if len(pieces) != 1 or not isinstance(pieces[0].origin, SourceSlice):
        return None
    origin = pieces[0].origin
    return origin if origin.end - origin.start == end - start else None


def _index(workspace: Workspace) -> Index:
    index: Index = {}
    for dataset in datasets(workspace):
        found = _of_indicators(dataset) if isinstance(dataset, IndicatorDataset) else _of_records(dataset)
        for quantity, datum in found:
            number = format_number(quantity.number, quantity.decimals)
            if quantity.unit:
                index.setdefault((Decimal(number), quantity.unit), []).append(datum)
    return index


def _of_indicators(dataset: IndicatorDataset) -> Iterator[tuple[Quantity, _Datum]]:
    for indicator in dataset.indicators:
        names = _names(indicator)
        for year in indicator.cells:
            try:
                value = indicator.at(year)
            except FormulaError:
                continue
            yield value, _Datum(f"{indicator.key}[{year}]", (names,), frozenset({str(year)}))


def _names(indicator: Indicator) -> tuple[str, ...]:
    entries = indicator.entries
    return tuple(text for field in (IndicatorRow.NAME, IndicatorRow.SHORT) if (text := entries.text(field)))


def _of_records(dataset: RecordDataset) -> Iterator[tuple[Quantity, _Datum]]:
    table = dataset.table
    numeric = [
        each.name for each in table.columns.values() if each.type in {"number", "formula"} and each.unit
    ]
    for row in dataset.rows if numeric and table.key_columns else ():
        scope = RowScope(table, row)
        named = row.cells.get(_NAME)
        title = getattr(named, "text", "")
        names: tuple[tuple[str, ...], ...] = ((title,),) if title else tuple((key,) for key in row.keys)
        for column in numeric:
            try:
                value = scope.member(column)
            except (Absent, FormulaError):
                continue
            if isinstance(value, Quantity):
                yield value, _Datum(said(scope.key, column), names, frozenset())
