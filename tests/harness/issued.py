"""A built workspace that copies are made of, and where in its sources an edit truly is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tests.harness.edits import Edit, Operation, Text
from tests.harness.engine import Engine
from tests.harness.experiment import Experiment
from tests.harness.package import Package, is_contents, text
from tests.harness.places import Site, sites
from tests.harness.truth import Ground, Nature, Truth


@dataclass(frozen=True)
class Issued:
    """A built workspace that copies are made of: its folder, the file, its paragraphs, the search over its sources."""

    root: Path
    data: bytes
    text: Text
    truth: Truth
    sites: list[Site]
    sample: bool = False

    @classmethod
    def of(cls, root: Path, engine: Engine, plan: str = "") -> Issued:
        """Build and read the file, and find by experiment where it comes from; `plan`: one of a real workspace."""
        data = engine.build(root).read_bytes()
        package = Package.read(data)
        printed = ["" if is_contents(each) else text(each) for each in package.paragraphs()]
        truth = Experiment(root, root.with_name(f"{root.name}-changed"), engine, data, plan)
        return cls(root, data, Text.of(printed), truth, sites(package, truth), sample=bool(plan))


def grounds_of(issued: Issued, edit: Edit) -> Iterator[Ground]:
    """Where an edit may truly be said to be: the characters it changes, or those beside the point; of whole paragraphs all of them."""
    for operation in edit.operations:
        for number, index in touched(issued.text.paragraphs, operation):
            yield issued.truth.at(number, index)
        if operation.new.startswith("\n"):
            yield from _frame(issued, operation)


def _frame(issued: Issued, operation: Operation) -> Iterator[Ground]:
    """A paragraph is made by the last words of the one before it that no datum printed."""
    said = issued.text.paragraphs[operation.paragraph]
    grounds = (
        issued.truth.at(operation.paragraph, at) for at in range(min(operation.end, len(said)) - 1, -1, -1)
    )
    yield from islice(
        (each for each in grounds if each.spot and each.nature in {Nature.TEXT, Nature.REPEATED}), 1
    )


def touched(paragraphs: Sequence[str], operation: Operation) -> Iterator[tuple[int, int]]:
    start, end = operation.start, operation.end
    if start == end:  # a point: what is on both sides
        start, end = start - 1, end + 1
    for number in range(operation.paragraph, min(operation.paragraph + 6, len(paragraphs))):
        said = paragraphs[number]
        yield from ((number, index) for index in range(max(start, 0), min(end, len(said))))
        if end <= len(said):
            return
        start, end = start - len(said) - 1, end - len(said) - 1
