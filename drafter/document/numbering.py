"""Labels, targets of references and 段号 of a document, as side tables by node.

Both schemes count alike: a heading counts under its parent, tables and boxes through the plan. In an annex the headings below its
title count 一、（一）1.（1） in both schemes (label scheme `annex-heading`), for there is no chapter above them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from drafter.document.numerals import chinese
from drafter.document.tree import (
    Block,
    Box,
    CodeBlock,
    Definition,
    Document,
    Equation,
    Figure,
    Heading,
    Item,
    Label,
    ListBlock,
    NodeId,
    Numbering,
    Paragraph,
    Quote,
    Table,
    ViewBlock,
)

CHAPTERS = "章节"
OFFICIAL = "公文"

_Form = Callable[[int], str]
_SERIES: tuple[_Form, ...] = (
    lambda n: f"{chinese(n)}、",
    lambda n: f"（{chinese(n)}）",
    lambda n: f"{n}.",
    lambda n: f"（{n}）",
)
_SERIES_FULL: tuple[_Form, ...] = (
    lambda n: f"第{chinese(n)}部分",
    lambda n: f"（{chinese(n)}）",
    str,
    lambda n: f"（{n}）",
)
_CHAPTERS: tuple[_Form, ...] = (lambda n: f"第{chinese(n)}章", lambda n: f"第{chinese(n)}节")
_LABELS = {CHAPTERS: _CHAPTERS + _SERIES, OFFICIAL: _SERIES}
_FULL = {CHAPTERS: _CHAPTERS + _SERIES_FULL, OFFICIAL: _SERIES_FULL}
_ITEMS: tuple[_Form, ...] = (lambda n: f"{n}.", lambda n: f"（{n}）")
_DEEPEST = 6
_SECTION = 2
"""The level of a 节, under which paragraphs are counted."""


def number(document: Document, scheme: str, *, paper: bool = False, apart: bool = False) -> Numbering:
    """The side tables of a document in the scheme `章节` or `公文`. In a paper an annex that is alone is 附件, without a number.

    With `apart` the tables and figures of the annexes count by themselves, as 附表 and 附图.

    A heading deeper than its scheme knows has an empty label. Where a name is used twice the first node has it
    (`references` reports the second).
    """
    annexes = sum(isinstance(block, Heading) and block.annex for block in document.blocks)
    counting = _Counting(scheme, alone=paper and annexes == 1, apart=apart)
    counting.blocks(document.blocks)
    return Numbering(counting.labels, counting.targets, counting.places)


@dataclass(slots=True)
class _Counting:
    """A document being counted: its counters by level, and the tables so far."""

    scheme: str
    alone: bool = False
    apart: bool = False
    labels: dict[NodeId, Label] = field(default_factory=dict)
    targets: dict[str, NodeId] = field(default_factory=dict)
    places: dict[NodeId, str] = field(default_factory=dict)
    counters: list[int] = field(default_factory=lambda: [0] * (_DEEPEST + 1))
    base: int = 0
    annexes: int = 0
    captions: Counter[str] = field(default_factory=Counter)
    boxes: int = 0
    equations: int = 0
    paragraphs: int = 0
    section: str = "0.0"

    def blocks(self, blocks: Iterable[Block], depth: int = 0) -> None:
        """Count blocks; `depth` is how many lists they stand in."""
        for block in blocks:
            if isinstance(block, Heading):
                self._heading(block)
            elif isinstance(block, ListBlock):
                self._list(block, depth)
            elif isinstance(block, Box):
                self._box(block, depth)
            elif isinstance(block, Quote):
                self.blocks(block.blocks, depth)
            elif isinstance(block, Definition):
                self._item(block, depth - 1)
            elif isinstance(block, Table | ViewBlock):
                self._table(block)
            elif isinstance(block, Paragraph | CodeBlock):
                self._place(block.id)
            elif isinstance(block, Equation):
                self._equation(block)
            elif isinstance(block, Figure):
                self._figure(block)

    def _target(self, name: str, node: NodeId) -> None:
        if name:
            self.targets.setdefault(name, node)

    def _place(self, node: NodeId) -> None:
        """The next 段号 of the 节."""
        self.paragraphs += 1
        self.places[node] = f"{self.section}-{self.paragraphs}"

    # headings

    def _heading(self, heading: Heading) -> None:
        level = heading.level
        if heading.annex:
            self._annex(heading)
        else:
            if self.base and level <= self.base:
                self.base = 0  # the body goes on behind an annex, should an outline say so
            self.counters[level] += 1
            self.counters[level + 1 :] = [0] * (_DEEPEST - level)
            self.labels[heading.id] = self._label(level)
        self._target(heading.name, heading.id)
        chapter = f"附{self.annexes}" if self.base else str(self.counters[1])
        self.section = f"{chapter}.{self.counters[2]}"
        if heading.annex or level <= _SECTION:
            self.paragraphs = 0
            self.places[heading.id] = f"{self.section}-0"
        else:
            self._place(heading.id)

    def _annex(self, heading: Heading) -> None:
        self.annexes += 1
        self.base = heading.level
        self.counters = [0] * (_DEEPEST + 1)
        label = self._annex_label()
        self.labels[heading.id] = Label(label, label, "annex", self.annexes)

    def _annex_label(self) -> str:
        return "附件" if self.alone else f"附件{self.annexes}"

    def _label(self, level: int) -> Label:
        forms, full = (_SERIES, _SERIES_FULL) if self.base else (_LABELS[self.scheme], _FULL[self.scheme])
        count, depth = self.counters[level], level - self.base
        if depth > len(forms):
            return Label("", "", "heading", count)
        parents = [
            full[n - 1](self.counters[self.base + n]) for n in range(1, depth) if self.counters[self.base + n]
        ]
        start = self._annex_label() if self.base else ""
        reference = start + "".join(parents) + full[depth - 1](count)
        return Label(forms[depth - 1](count), reference, "annex-heading" if self.base else "heading", count)

    # lists

    def _list(self, block: ListBlock, depth: int) -> None:
        for count, item in enumerate(block.items, block.start):
            if block.ordered:
                label = _ITEMS[min(depth, len(_ITEMS) - 1)](count)
                self.labels[item.id] = Label(label, label, "list", count)
            self._item(item, depth)

    def _item(self, item: Item | Definition, depth: int) -> None:
        """An item (or a term) and its first paragraph are one thing to a reader, and have one 段号."""
        self._place(item.id)
        rest = item.blocks
        if rest and isinstance(rest[0], Paragraph | CodeBlock):
            self.places[rest[0].id] = self.places[item.id]
            rest = rest[1:]
        self.blocks(rest, depth + 1)

    # tables and boxes

    def _table(self, table: Table | ViewBlock) -> None:
        self._place(table.id)
        self._target(table.name, table.id)
        if isinstance(table, ViewBlock) or table.caption is not None:
            self._caption(table.id, "表")

    def _equation(self, equation: Equation) -> None:
        self._place(equation.id)
        self._target(equation.name, equation.id)
        if equation.name:
            self.equations += 1
            label = f"（{self.equations}）"
            self.labels[equation.id] = Label(label, f"式{label}", "equation", self.equations)

    def _figure(self, figure: Figure) -> None:
        self._place(figure.id)
        self._target(figure.name, figure.id)
        if figure.name or figure.caption is not None:
            self._caption(figure.id, "图")

    def _caption(self, node: NodeId, kind: str) -> None:
        """The next 表 or 图; in an annex that counts by itself the next 附表 or 附图."""
        if self.apart and self.base:
            kind = f"附{kind}"
        self.captions[kind] += 1
        label = f"{kind}{self.captions[kind]}"
        self.labels[node] = Label(label, label, "caption", self.captions[kind])

    def _box(self, box: Box, depth: int) -> None:
        self.boxes += 1
        label = f"专栏{self.boxes}"
        self.labels[box.id] = Label(label, label, "caption", self.boxes)
        self._target(box.name, box.id)
        self._place(box.id)
        table = box.table
        if table is None:
            self.blocks(box.blocks, depth)
        else:  # the box is the table: one number, one place, and a reference to the table means the box
            self._target(table.name, box.id)
            self.places[table.id] = self.places[box.id]
