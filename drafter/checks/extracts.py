"""Whether an extract keeps within its limit of characters, and has every binding indicator of its plan."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.document.tree import CrossReference, Document, Numbering, Proposed, Text
from drafter.document.walk import blocks, lines
from drafter.source.issues import Issue, Place
from drafter.source.origins import DataValue, SourceSlice
from drafter.workspace.indicators import IndicatorDataset
from drafter.workspace.model import Plan, Workspace
from drafter.workspace.names import Names
from drafter.workspace.shapes import IndicatorRow

_BINDING = "约束性"


def check_extract(
    workspace: Workspace, plan: Plan, document: Document, numbering: Numbering, whole: Document
) -> Iterator[Issue]:
    """What is wrong with the extract `plan`, printed as `document`, of the plan printed as `whole`."""
    extract = plan.extract
    if extract is None:
        return
    count = characters(document, numbering)
    if extract.limit is not None and count > extract.limit:
        facts = {"count": str(count), "limit": str(extract.limit), "over": str(count - extract.limit)}
        yield Issue("checks.extract-limit", _place(workspace, extract.limit_place), facts)
    printed, there = _printed(document), _printed(whole)
    for name, target in _binding(workspace, workspace.plans[extract.of].target_year):
        if target in there and target not in printed:
            facts = {"name": name, "mark": extract.mark}
            yield Issue("checks.binding-left-out", _place(workspace, extract.place), facts)


def characters(document: Document, numbering: Numbering) -> int:
    """The characters of a printed text, its tables and footnotes included, without blanks, cover, contents and the numbers of headings and lists."""
    count = 0
    for block in blocks((*document.blocks, *(b for note in document.notes.values() for b in note.blocks))):
        label = numbering.labels.get(block.id)
        if label and label.scheme == "caption":
            count += len(label.label)
        for line in lines(block):
            for inline in line.inlines:
                if isinstance(inline, Text) and inline.proposed is not Proposed.IN:
                    count += len("".join(inline.mapped.text.split()))
                elif isinstance(inline, CrossReference):
                    target = numbering.labels.get(numbering.targets.get(inline.target, ""))
                    count += len((target.full or target.label) if target else "")
    return count


def _printed(document: Document) -> set[SourceSlice]:
    """Where the data stand that a document prints."""
    found: set[SourceSlice] = set()
    for block in blocks((*document.blocks, *(b for note in document.notes.values() for b in note.blocks))):
        for line in lines(block):
            for inline in line.inlines:
                for piece in inline.mapped.pieces if isinstance(inline, Text) else ():
                    origin = piece.origin
                    if isinstance(origin, DataValue) and origin.datum.place:
                        found.add(origin.datum.place)
    return found


def _binding(workspace: Workspace, year: int) -> Iterator[tuple[str, SourceSlice]]:
    """Each binding indicator that has a target of the year, and where that stands."""
    for dataset in workspace.names.datasets().values() if isinstance(workspace.names, Names) else ():
        for indicator in dataset.indicators if isinstance(dataset, IndicatorDataset) else ():
            entries = indicator.entries
            if entries.text(IndicatorRow.ATTRIBUTE) == _BINDING and year in indicator.cells:
                yield entries.text(IndicatorRow.NAME), indicator.cells[year].scalar.slice


def _place(workspace: Workspace, at: SourceSlice) -> Place:
    source = workspace.sources.get(at.path)
    return source.place(at.start) if source else Place(at.path)
