"""What the checks look at: a plan as it would be printed, and the datasets behind it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from drafter.document.tree import Document
from drafter.source.frozen import dataclass
from drafter.source.issues import Place
from drafter.source.origins import SourceSlice
from drafter.workspace.indicators import IndicatorDataset
from drafter.workspace.model import Plan, Workspace
from drafter.workspace.names import Names
from drafter.workspace.records import RecordDataset


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan's document with its tables, and the stage and day it is made for.

    `whole` where nothing of it failed; `broken` are the files that have errors.
    """

    plan: Plan
    document: Document
    stage: str
    day: date | None
    whole: bool = True
    broken: frozenset[str] = frozenset()


def datasets(workspace: Workspace) -> Iterator[IndicatorDataset | RecordDataset]:
    """All datasets."""
    if isinstance(workspace.names, Names):
        for each in workspace.names.datasets().values():
            if isinstance(each, IndicatorDataset | RecordDataset):
                yield each


def place(workspace: Workspace, at: SourceSlice) -> Place:
    """Where a slice begins."""
    source = workspace.sources.get(at.path)
    return source.place(at.start) if source else Place(at.path)
