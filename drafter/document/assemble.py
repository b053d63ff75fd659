"""A plan's outline and its fragments' trees → one document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from drafter.document.tree import (
    Block,
    Document,
    Formula,
    FragmentTree,
    Heading,
    Line,
    NodeId,
    Note,
    Picture,
    Text,
)
from drafter.source.issues import Outcome, Place
from drafter.source.origins import MappedText
from drafter.workspace.model import Entry, Fragment, Plan


def assemble(
    plan: Plan, fragments: Mapping[str, Fragment], trees: Mapping[str, FragmentTree]
) -> Outcome[Document]:
    """The plan as one tree: its outline's headings, under each slot the blocks of its fragment, annexes last.

    A 节 is named by the last part of its fragment's id, a 章 by its own: `@sec:c6s1`. A slot without a tree is its heading only. A slot without a title either (which loading has reported) prints nothing.
    The title of a slot of level 0 is not printed: it is the text of a paper.
    """
    making = _Making(plan.id, fragments, trees)
    blocks = tuple(making.entries(plan.outline))
    return Outcome(
        Document(
            plan.id,
            plan.title,
            blocks,
            making.notes,
            tuple(making.pictures),
            tuple(making.questions),
            tuple(making.formulas),
            making.authors,
        )
    )


def levels(plan: Plan) -> Mapping[str, int]:
    """The level of each slot's title, by fragment: what `read_fragment` wants to know."""
    return {entry.slot: entry.level for entry in _all(plan.outline) if entry.slot}


def _all(entries: tuple[Entry, ...]) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        yield from _all(entry.entries)


@dataclass(slots=True)
class _Making:
    """A document in the making: the count of its outline's nodes, and the footnotes so far."""

    plan: str
    fragments: Mapping[str, Fragment]
    trees: Mapping[str, FragmentTree]
    notes: dict[NodeId, Note] = field(default_factory=dict)
    pictures: list[Picture] = field(default_factory=list)
    questions: list[Place] = field(default_factory=list)
    formulas: list[Formula] = field(default_factory=list)
    authors: dict[str, str] = field(default_factory=dict)
    nodes: int = 0

    def entries(self, entries: tuple[Entry, ...]) -> Iterator[Block]:
        for entry in entries:
            fragment = self.fragments.get(entry.slot)
            title = fragment.title if fragment else entry.title
            if title is not None and entry.level:
                yield self._heading(entry, title)
            tree = self.trees.get(entry.slot)
            if tree:
                yield from tree.blocks
                self.notes.update(tree.notes)
                self.pictures += tree.pictures
                self.questions += tree.questions
                self.formulas += tree.formulas
            if fragment:
                self.authors[fragment.path] = fragment.owner
            yield from self.entries(entry.entries)

    def _heading(self, entry: Entry, title: MappedText) -> Heading:
        self.nodes += 1
        line = Line((Text(title),) if title.text else ())
        name = entry.name or entry.slot.rpartition("/")[2]
        return Heading(
            id=f"{self.plan}#{self.nodes}",
            level=entry.level,
            line=line,
            name=f"sec:{name}" if name else "",
            annex=entry.annex,
            origin=entry.place,
            printed=bool(entry.slot) or not entry.annex,
        )
