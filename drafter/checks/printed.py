"""The data that plans print or derive from: none of them of a later day than the draft."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from drafter.checks.draft import Draft, datasets, place
from drafter.document.tree import Document, Text
from drafter.document.walk import blocks, lines
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue
from drafter.source.origins import DataValue, Datum, MappedText, SourceSlice
from drafter.workspace.indicators import IndicatorDataset
from drafter.workspace.model import Workspace
from drafter.workspace.records import RecordDataset
from drafter.workspace.shapes import IndicatorRow

_ACTUAL = "实际"
_ASKED = "征求意见稿"  # from this stage on a draft goes out of the house

Known = tuple[str, int]
"""A datum by the path and the offset of its scalar."""


@dataclass(frozen=True, slots=True)
class _Actual:
    """A number that is only known from a day on."""

    name: str
    known: date
    place: SourceSlice


def data_of(document: Document) -> Iterator[Datum]:
    """Every datum that a document prints, and those that these are derived from."""
    seen: set[tuple[str, SourceSlice | None]] = set()
    waiting: list[Datum] = []
    for mapped in _texts(document):
        waiting.extend(piece.origin.datum for piece in mapped.pieces if isinstance(piece.origin, DataValue))
        while waiting:
            datum = waiting.pop()
            if (datum.key, datum.place) not in seen:
                seen.add((datum.key, datum.place))
                yield datum
                waiting.extend(datum.inputs)


def _texts(document: Document) -> Iterator[MappedText]:
    yield document.title
    roots = [*document.blocks, *(block for note in document.notes.values() for block in note.blocks)]
    for block in blocks(roots):
        for line in lines(block):
            for inline in line.inlines:
                if isinstance(inline, Text):
                    yield inline.mapped


def check_known(workspace: Workspace, drafts: Iterable[Draft]) -> Iterator[Issue]:
    """Each actual number that a plan uses before anybody can know it; of a ledger that is one of a year, the ledger once."""
    numbers = dict(_indicators(workspace))
    ledgers = dict(_ledgers(workspace))
    for draft in drafts:
        if draft.day is None:
            continue
        told: set[SourceSlice] = set()
        for datum in data_of(draft.document):
            if datum.place is None:
                continue
            at = datum.place
            actual = numbers.get((at.path, at.start)) or ledgers.get(at.path)
            if actual is not None and actual.known > draft.day and actual.place not in told:
                told.add(actual.place)
                yield _later(workspace, draft, actual, draft.day)


def _later(workspace: Workspace, draft: Draft, actual: _Actual, day: date) -> Issue:
    at = place(workspace, actual.place)
    facts = {
        "plan": draft.plan.id,
        "name": actual.name,
        "known": actual.known.isoformat(),
        "day": day.isoformat(),
    }
    stages = workspace.stages
    asked = _ASKED in stages and draft.stage in stages[stages.index(_ASKED) :]
    return Issue("checks.later", at, facts) if asked else Issue("checks.later-draft", at, facts)


def _indicators(workspace: Workspace) -> Iterator[tuple[Known, _Actual]]:
    for dataset in datasets(workspace):
        for indicator in dataset.indicators if isinstance(dataset, IndicatorDataset) else ():
            for year, cell in indicator.entries.get(IndicatorRow.VALUES) or ():
                if cell.text(IndicatorRow.STATUS) != _ACTUAL:
                    continue
                known = cell.get(IndicatorRow.DATE) or date(year, 12, 31)
                at = indicator.cells[year].scalar.slice
                yield (at.path, at.start), _Actual(f"{indicator.key}[{year}]", known, at)


def _ledgers(workspace: Workspace) -> Iterator[tuple[str, _Actual]]:
    """Records that are all of one year are a ledger of what is; a column of years may as well tell what is planned."""
    for dataset in datasets(workspace):
        if isinstance(dataset, RecordDataset) and dataset.table.year is not None:
            known = date(dataset.table.year, 12, 31)
            yield dataset.place.path, _Actual(dataset.title or dataset.name, known, dataset.place)
