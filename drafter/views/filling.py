"""Tables in place of view blocks, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from drafter.document.tree import (
    Block,
    Box,
    Definition,
    FragmentTree,
    Item,
    ListBlock,
    Quote,
    Table,
    ViewBlock,
)
from drafter.source.issues import Issue, Outcome, Place
from drafter.source.nearest import suggestion
from drafter.workspace.model import Plan, View, Workspace


def filled(
    blocks: Iterable[Block], workspace: Workspace, plan: Plan, *, public: bool = False
) -> Outcome[tuple[Block, ...]]:
    """The blocks with each view block replaced by its table; one whose view is not known stays, and is said. `public` leaves internal columns out."""
    filling = _Filling(workspace, plan, public=public)
    found = filling.blocks(blocks)
    return Outcome(found, tuple(filling.issues))


def filled_tree(
    tree: FragmentTree, workspace: Workspace, plan: Plan, *, public: bool = False
) -> Outcome[FragmentTree]:
    """A fragment with its tables; the tree itself where it shows no data."""
    outcome = filled(tree.blocks, workspace, plan, public=public)
    if outcome.value is None or all(a is b for a, b in zip(outcome.value, tree.blocks, strict=True)):
        return Outcome(tree, outcome.issues)
    return Outcome(replace(tree, blocks=outcome.value), outcome.issues)


class _Filling:
    """One run over a tree."""

    def __init__(self, workspace: Workspace, plan: Plan, *, public: bool) -> None:
        self.workspace, self.plan, self.public = workspace, plan, public
        self.issues: list[Issue] = []

    def blocks(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        return tuple(self.block(each) for each in blocks)

    def block(self, block: Block) -> Block:
        if isinstance(block, ViewBlock):
            return self.view(block)
        if isinstance(block, Box | Quote | Definition):
            inner = self.blocks(block.blocks)
            return block if _same(inner, block.blocks) else replace(block, blocks=inner)
        if isinstance(block, ListBlock):
            items = tuple(self.item(each) for each in block.items)
            return (
                block
                if all(a is b for a, b in zip(items, block.items, strict=True))
                else replace(block, items=items)
            )
        return block

    def item(self, item: Item) -> Item:
        inner = self.blocks(item.blocks)
        return item if _same(inner, item.blocks) else replace(item, blocks=inner)

    def view(self, block: ViewBlock) -> Table | ViewBlock:
        view = self.workspace.views.get(block.view)
        if view is None:
            near = suggestion(block.view, self.workspace.views) or "-"
            facts = {"name": block.view, "nearest": near}
            self.issues.append(Issue("views.unknown-view", self.place(block), facts))
            return block
        from drafter.views.tables import table

        if self.public:
            view = for_the_public(view)
        outcome = table(view, self.workspace, self.plan, block.id, block.name, block.origin)
        self.issues.extend(outcome.issues)
        return outcome.value or block

    def place(self, block: ViewBlock) -> Place:
        if block.origin is None:
            return Place("")
        source = self.workspace.sources.get(block.origin.path)
        return source.place(block.origin.start) if source else Place(block.origin.path)


def for_the_public(view: View) -> View:
    """The view without its internal columns; one that would have no columns left stays as it is, for a table needs some."""
    left = tuple(each for each in view.columns if not each.internal)
    pivot = view.pivot
    if pivot is not None:
        pivot = replace(pivot, metrics=tuple(each for each in pivot.metrics if not each.internal))
    return replace(view, columns=left, pivot=pivot) if left or pivot else view


def _same(a: tuple[Block, ...], b: tuple[Block, ...]) -> bool:
    return all(x is y for x, y in zip(a, b, strict=True))
