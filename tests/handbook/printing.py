"""How a fragment prints, as plain lines: labels, text, references in full, cells between bars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from drafter.actions.build import QUIET, once
from drafter.actions.composing import Composed, Composer
from drafter.actions.settings import settings_for
from drafter.document.tree import (
    Block,
    Box,
    CodeBlock,
    Comment,
    CrossReference,
    Definition,
    Equation,
    Figure,
    Formula,
    Heading,
    Item,
    Line,
    LineBreak,
    ListBlock,
    NoteReference,
    Paragraph,
    Picture,
    Proposed,
    Quote,
    Row,
    Rule,
    Table,
    Text,
)
from drafter.source.issues import Issue
from drafter.workspace.loading import load

PICTURE = "〔图片〕"
PROPOSED = {Proposed.IN: "［增加：{}］", Proposed.OUT: "［删去：{}］"}
PLAN, FRAGMENT = "plan", "plan/first"


def built(root: Path, options: Iterable[str] = ()) -> tuple[str, list[Issue]]:
    """What the workspace's fragment prints under these options of `build`, and what is wrong with it."""
    loaded = load(root)
    assert loaded.value is not None, loaded.issues
    workspace = loaded.value
    words = list(options)
    stage = words[words.index("--stage") + 1] if "--stage" in words else None
    plan = workspace.plans[PLAN]
    internal, public = "--internal" in words, "--public" in words
    settings = settings_for(workspace, plan, stage, None, internal=internal, public=public)
    composer = Composer(workspace)
    composed = composer.composed(plan, settings)
    assert composed.value is not None, composed.issues
    issues = (*loaded.issues, *composer.written(plan, settings).issues)
    lines = list(_Printing(composed.value).fragment())
    return "".join(f"{line}\n" for line in lines), [
        issue for issue in once(issues) if issue.code not in QUIET
    ]


class _Printing:
    def __init__(self, composed: Composed) -> None:
        self.document, self.numbering = composed.document, composed.numbering
        self.notes: list[str] = []

    def fragment(self) -> Iterator[str]:
        """The blocks of the fragment, then its footnotes."""
        own = [block for block in self.document.blocks if block.id.startswith(f"{FRAGMENT}#")]
        yield from self.blocks(own)
        for number, note in enumerate(self.notes, 1):
            below = " ".join(self.blocks(self.document.notes[note].blocks))
            yield f"（脚注{number}：{below}）"

    def blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        for block in blocks:
            yield from self.block(block)

    def block(self, block: Block) -> Iterator[str]:
        label = self.label(block.id)
        match block:
            case Heading() | Paragraph() | CodeBlock():
                yield label + self.line(block.line)
            case ListBlock():
                for item in block.items:
                    yield from self.item(item)
            case Definition():
                first, *rest = self.blocks(block.blocks)
                yield f"{self.line(block.term)}：{first}"
                yield from rest
            case Quote():
                yield from self.blocks(block.blocks)
            case Box():
                yield f"{label}　{self.line(block.title)}"
                yield from self.blocks(block.blocks)
            case Table():
                yield from self.table(block, label)
            case Figure():
                yield PICTURE
                if block.caption is not None:
                    yield f"{label}　{self.line(block.caption)}"
                yield from (self.line(note) for note in block.notes)
            case Equation():
                yield self.inline(block.formula) + (f"　{label}" if label else "")
            case Rule():
                yield "----"
            case _:
                msg = f"the handbook's tests do not know how {type(block).__name__} prints"
                raise NotImplementedError(msg)

    def item(self, item: Item) -> Iterator[str]:
        first, *rest = self.blocks(item.blocks)
        yield self.label(item.id) + first
        yield from (f"    {line}" for line in rest)

    def table(self, table: Table, label: str) -> Iterator[str]:
        if table.caption is not None:
            yield f"{label}　{self.line(table.caption)}"
        if table.unit_line is not None:
            yield self.line(table.unit_line)
        for row in (*table.heads, *table.rows):
            yield self.row(row)
        for note in table.notes:
            yield self.line(note)

    def row(self, row: Row) -> str:
        return " | ".join(self.line(cell.line) for cell in row.cells)

    def label(self, node: str) -> str:
        found = self.numbering.labels.get(node)
        return found.label if found else ""

    def full(self, target: str) -> str:
        found = self.numbering.labels.get(self.numbering.targets.get(target, ""))
        return found.full if found else ""

    def line(self, line: Line) -> str:
        return "".join(self.inline(inline) for inline in line.inlines)

    def inline(self, inline: object) -> str:
        match inline:
            case Text():
                frame = PROPOSED.get(inline.proposed, "{}") if inline.proposed else "{}"
                return frame.format(inline.mapped.text)
            case Comment():
                return f"［批注：{inline.words}］"
            case Picture():
                return PICTURE
            case Formula():
                return f"〔{inline.tex.strip()}〕"
            case LineBreak():
                return " / "
            case CrossReference():
                return self.full(inline.target) or f"@{inline.target}"
            case NoteReference():
                self.notes.append(inline.note)
                return f"［{len(self.notes)}］"
        msg = f"the handbook's tests do not know how {type(inline).__name__} prints"
        raise NotImplementedError(msg)
