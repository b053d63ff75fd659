"""A plan's document → the extract of it: what its writers marked, under the titles above it.

Every text keeps its origin, so that what a reviewer does to the extract comes home to the plan's own fragments. A fragment whose front
matter names the mark gives all of it; of another only the paragraphs and list items that carry the mark as a class are taken, wherever
they stand, and none of its own headings.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from drafter.document.tree import (
    Block,
    Box,
    CrossReference,
    Definition,
    Document,
    Equation,
    Figure,
    Heading,
    Inline,
    Item,
    Line,
    ListBlock,
    NodeId,
    Note,
    NoteReference,
    Numbering,
    Paragraph,
    Picture,
    Quote,
    Row,
    Table,
    Text,
    ViewBlock,
)
from drafter.document.walk import blocks, lines
from drafter.source.files import Source
from drafter.source.frozen import dataclass
from drafter.source.origins import Generated, MappedText, Piece
from drafter.workspace.model import Fragment, Plan


@dataclass(frozen=True, slots=True)
class Whole:
    """The plan that an extract is taken from: its document, numbered, and how the extract calls it (`《规划》`)."""

    document: Document
    numbering: Numbering
    called: str


def extracted(plan: Plan, whole: Whole, taken: Container[str]) -> Document:
    """The extract `plan` of a whole plan; `taken` are the ids of the fragments that give all of theirs.

    A reference to what is not in the extract prints the label that it has in the whole plan, behind that plan's name.
    """
    mark = plan.extract.mark if plan.extract else ""
    source = whole.document
    found = tuple(_titled(source.blocks, source.plan, mark, taken))
    notes = dict(_notes(found, source.notes))
    named = {
        block.name
        for block in blocks(found)
        if isinstance(block, Heading | Table | ViewBlock | Box | Figure | Equation) and block.name
    }
    said = _Saying(whole, named)
    kept = tuple(map(said.block, found))
    noted = {key: replace(note, blocks=tuple(map(said.block, note.blocks))) for key, note in notes.items()}
    shown = {
        picture.key for picture in _pictures((*kept, *(b for note in noted.values() for b in note.blocks)))
    }
    return replace(
        source,
        plan=plan.id,
        title=plan.title,
        blocks=kept,
        notes=noted,
        pictures=tuple(picture for picture in source.pictures if picture.key in shown),
    )


def giving(plan: Plan, fragments: Iterable[Fragment], sources: Mapping[str, Source]) -> frozenset[str]:
    """The files of the fragments that a plan is made from; of an extract those that name its mark anywhere."""
    extract = plan.extract
    if extract is None:
        return frozenset(each.path for each in fragments if each.plan == plan.id)
    return frozenset(
        each.path
        for each in fragments
        if each.plan == extract.of
        and (extract.mark in each.extract or f".{extract.mark}" in sources[each.path].text)
    )


# -- what is taken -----------------------------------------------------------------------------------------------------


def _titled(roots: Iterable[Block], plan: str, mark: str, taken: Container[str]) -> Iterator[Block]:
    """What is taken, each with the titles above it that have not been said."""
    waiting: list[Heading] = []
    for fragment, group in groupby(roots, lambda block: block.id.rpartition("#")[0]):
        if fragment == plan or fragment in taken:
            for block in group:
                if isinstance(block, Heading):
                    waiting = [each for each in waiting if each.level < block.level]
                    waiting.append(block)
                else:
                    yield from waiting
                    waiting.clear()
                    yield block
            # a title of a fragment is not above what the next fragment says
            waiting = [each for each in waiting if fragment == plan]
            continue
        marked = tuple(_together(_marked(group, mark)))
        if marked:
            yield from waiting
            waiting.clear()
            yield from marked


def _marked(roots: Iterable[Block], mark: str) -> Iterator[Block]:
    """The paragraphs and lists of items that carry the mark; what stands in a marked item comes with it."""
    for block in roots:
        if isinstance(block, Paragraph):
            if mark in block.classes:
                yield block
        elif isinstance(block, Quote | Box | Definition):
            yield from _marked(block.blocks, mark)
        elif isinstance(block, ListBlock):
            for item in block.items:
                if mark in item.classes:
                    yield replace(block, start=1, items=(item,))
                else:
                    yield from _marked(item.blocks, mark)


def _together(found: Iterable[Block]) -> Iterator[Block]:
    """Lists that have come to stand one after another are one, counted from 1."""
    for kind, group in groupby(found, lambda block: block.ordered if isinstance(block, ListBlock) else None):
        if kind is None:
            yield from group
            continue
        lists = [block for block in group if isinstance(block, ListBlock)]
        yield replace(lists[0], items=tuple(item for each in lists for item in each.items))


def _inlines(roots: Iterable[Block]) -> Iterator[Inline]:
    for block in blocks(roots):
        for line in lines(block):
            yield from line.inlines


def _notes(roots: Iterable[Block], known: Mapping[NodeId, Note]) -> Iterator[tuple[NodeId, Note]]:
    for inline in _inlines(roots):
        if isinstance(inline, NoteReference) and inline.note in known:
            note = known[inline.note]
            yield inline.note, note
            rest = {key: each for key, each in known.items() if key != inline.note}
            yield from _notes(note.blocks, rest)


def _pictures(roots: Iterable[Block]) -> Iterator[Picture]:
    for block in blocks(roots):
        if isinstance(block, Figure):
            yield block.picture
    yield from (inline for inline in _inlines(roots) if isinstance(inline, Picture))


# -- what is said of the rest ------------------------------------------------------------------------------------------


class _Saying:
    """References to what the extract has not, as words."""

    def __init__(self, whole: Whole, named: Container[str]) -> None:
        self.whole = whole
        self.named = named

    def block(self, block: Block) -> Block:
        """A block whose references all lead somewhere; the same one where they do."""
        if not any(self.words(inline) is not None for inline in _inlines((block,))):
            return block
        match block:
            case Heading() | Paragraph():
                return replace(block, line=self.line(block.line))
            case ListBlock():
                return replace(block, items=tuple(map(self.item, block.items)))
            case Quote():
                return replace(block, blocks=tuple(map(self.block, block.blocks)))
            case Box():
                return replace(
                    block, title=self.line(block.title), blocks=tuple(map(self.block, block.blocks))
                )
            case Definition():
                return replace(block, term=self.line(block.term), blocks=tuple(map(self.block, block.blocks)))
            case Figure():
                notes = tuple(map(self.line, block.notes))
                return replace(block, caption=self.caption(block.caption), notes=notes)
            case Table():
                return self.table(block)
            case _:
                return block  # nothing else has references

    def item(self, item: Item) -> Item:
        """A list item."""
        return replace(item, blocks=tuple(map(self.block, item.blocks)))

    def table(self, table: Table) -> Table:
        """A table with all its cells."""

        def told(rows: tuple[Row, ...]) -> tuple[Row, ...]:
            return tuple(
                replace(row, cells=tuple(replace(cell, line=self.line(cell.line)) for cell in row.cells))
                for row in rows
            )

        return replace(
            table,
            heads=told(table.heads),
            rows=told(table.rows),
            caption=self.caption(table.caption),
            notes=tuple(map(self.line, table.notes)),
        )

    def caption(self, line: Line | None) -> Line | None:
        """A caption, where there is one."""
        return self.line(line) if line else None

    def line(self, line: Line) -> Line:
        """A line."""
        return replace(line, inlines=tuple(self.words(inline) or inline for inline in line.inlines))

    def words(self, inline: Inline) -> Text | None:
        """What stands for a reference that leads out of the extract; None for all else, and for what is nowhere (that is said)."""
        if not isinstance(inline, CrossReference) or inline.target in self.named:
            return None
        numbering = self.whole.numbering
        label = numbering.labels.get(numbering.targets.get(inline.target, ""))
        printed = (label.full or label.label) if label else ""
        if not printed:
            return None
        text = f"{self.whole.called}{printed}"
        return Text(MappedText(text, (Piece(0, len(text), Generated("label", inline.origin)),)))
