"""What only shows when all files are read: references between datasets, owners, fragments and outlines."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from drafter.source.frozen import dataclass
from drafter.source.nearest import suggestion
from drafter.source.origins import SourceSlice
from drafter.source.yaml import Scalar
from drafter.workspace.fields import Report
from drafter.workspace.fragments import Written
from drafter.workspace.indicators import IndicatorDataset
from drafter.workspace.model import Entry, Fragment, Plan
from drafter.workspace.names import Names
from drafter.workspace.papers import ENDS
from drafter.workspace.plans import slots
from drafter.workspace.records import REFERRING, RecordDataset
from drafter.workspace.shapes import IndicatorRow

# The dataset whose rows are the offices that may own a fragment or an indicator.
UNITS = "units"
_UNIT_NAME = "名称"

Dataset = IndicatorDataset | RecordDataset


def check_references(
    datasets: Iterable[Dataset], unread: Container[str], reports: Mapping[str, Report]
) -> None:
    """Every cell of a column of type ref, and every word of a list that has a dataset, names a row of it."""
    by_name = {dataset.name: dataset for dataset in datasets}
    ids = {name: dataset.ids() for name, dataset in by_name.items()}
    for dataset in by_name.values():
        if not isinstance(dataset, RecordDataset):
            continue
        report = reports[dataset.place.path]
        for column in dataset.table.columns.values():
            target = column.of[0] if column.type in REFERRING and column.of else ""
            if target and target not in by_name and target not in unread:
                near = suggestion(target, by_name)
                report.add("workspace.unknown-dataset", column.place.start, name=target, nearest=near)
        for reference in dataset.references:
            known = ids.get(reference.dataset)
            if known is not None and reference.scalar.text not in known:
                text = reference.scalar.text
                facts = {
                    "value": text,
                    "dataset": reference.dataset,
                    "nearest": suggestion(text, sorted(known)),
                }
                report.add("workspace.unknown-row", reference.scalar, **facts)


def check_units(
    names: Names,
    fragments: Mapping[str, Written],
    plans: Mapping[str, Plan],
    reports: Mapping[str, Report],
) -> None:
    """Every owner is one of the offices; nothing is said where the workspace has no list of them."""
    known = units(names)
    if not known:
        return

    def check(owner: Scalar | None) -> None:
        if owner is not None and owner.text not in known:
            _unknown_owner(reports, owner.slice, owner.text, known)

    for written in fragments.values():
        check(written.owner)
        for contributor in written.contributors:
            check(contributor)
    for dataset in names.datasets().values():
        if isinstance(dataset, IndicatorDataset):
            for indicator in dataset.indicators:
                check(indicator.entries.get(IndicatorRow.OWNER))
    for plan in plans.values():
        for slot in slots(plan.outline):
            if slot.owner and slot.owner not in known:
                _unknown_owner(reports, slot.owner_place or slot.place, slot.owner, known)


def _unknown_owner(reports: Mapping[str, Report], at: SourceSlice, owner: str, known: Iterable[str]) -> None:
    near = suggestion(owner, known)
    reports[at.path].add("workspace.unknown-owner", at.start, owner=owner, nearest=near)


def units(names: Names) -> tuple[str, ...]:
    """The offices that there are, in the order of their dataset; none where there is no such dataset."""
    dataset = names.datasets().get(UNITS)
    if not isinstance(dataset, RecordDataset):
        return ()
    cells = (row.cells.get(_UNIT_NAME) for row in dataset.rows)
    return tuple(cell.text for cell in cells if isinstance(cell, Scalar))


@dataclass(frozen=True, slots=True)
class Outlines:
    """Plans and fragments; `hidden` are the ids of fragments and `listed` those of plans that are there, readable or not.

    `unread` are the plans that have a fragment whose id nobody can know: any slot may be that one's.
    """

    fragments: Mapping[str, Written]
    plans: Mapping[str, Plan]
    hidden: Container[str]
    unread: Container[str]
    listed: Sequence[str]


def check_outlines(outlines: Outlines, reports: Mapping[str, Report]) -> None:
    """Every slot has its fragment or says what will stand there, and every fragment stands in the outline of its plan."""
    fragments, plans = outlines.fragments, outlines.plans
    placed: set[str] = set()
    for plan in plans.values():
        report = reports[plan.path]
        for slot in slots(plan.outline):
            placed.add(slot.slot)
            _check_slot(slot, plan, outlines, report)
        for slot in slots(plan.outline) if plan.paper else ():
            own = fragments.get(slot.slot)
            if slot.annex and own and own.fragment.title.text.endswith(tuple(ENDS)):
                _check_name(own.fragment, reports)
    for name, written in fragments.items():
        plan_id = written.fragment.plan
        report = reports[written.fragment.path]
        if plan_id not in outlines.listed:
            near = suggestion(plan_id, outlines.listed)
            report.add("workspace.unknown-plan", written.id, plan=plan_id, nearest=near)
        elif plan_id in plans and name not in placed:
            facts = {"id": name, "outline": plans[plan_id].path}
            report.add("workspace.fragment-orphan", written.id, **facts)


def _check_name(annex: Fragment, reports: Mapping[str, Report]) -> None:
    """The name of a paper's attachment ends without a sign."""
    title, report = annex.title, reports[annex.path]
    origin = title.pieces[0].origin
    at = origin.start if isinstance(origin, SourceSlice) else 0
    report.add("workspace.paper-end", at, value=title.text, sign=title.text[-1])


def _check_slot(slot: Entry, plan: Plan, outlines: Outlines, report: Report) -> None:
    fragments = outlines.fragments
    at = slot.place.start
    if slot.slot.partition("/")[0] != plan.id:
        report.add("workspace.slot-plan", at, id=slot.slot, plan=plan.id)
    elif slot.slot in fragments:
        if slot.title is not None:
            report.add("workspace.slot-written", at, id=slot.slot, file=fragments[slot.slot].fragment.path)
    elif slot.slot in outlines.hidden or (slot.title is None and plan.id in outlines.unread):
        return  # what is wrong with it is said where it stands
    elif slot.title is None:
        near = suggestion(slot.slot, fragments)
        report.add("workspace.fragment-missing", at, id=slot.slot, nearest=near)
    else:
        report.add("workspace.slot-empty", at, id=slot.slot, title=slot.title.text, owner=slot.owner or "?")
