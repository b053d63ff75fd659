"""What `::: word title` … `:::` becomes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from drafter.document.attributes import Attributes
from drafter.document.tree import Block, Box, Figure, Line, NodeId, Paragraph, Table, ViewBlock
from drafter.source.frozen import dataclass

if TYPE_CHECKING:
    from drafter.source.origins import SourceSlice

KINDS = {"专栏": "box", "box": "box", "table": "table", "表": "table", "figure": "figure", "图": "figure"}


@dataclass(frozen=True, slots=True)
class Opened:
    """A `:::` block: its node, merged offset and extent, its title as a line and as text, its attributes, and what stands in it."""

    node: NodeId
    at: int
    origin: SourceSlice | None
    title: Line
    text: str
    attributes: Attributes | None
    blocks: tuple[Block, ...]


class Reader(Protocol):
    """What a fragment's reader does for a block."""

    def issue(self, code: str, at: int, **facts: str) -> None:
        """A problem at a merged offset."""

    def name(self, found: Attributes | None, kind: str) -> str:
        """The name that attributes give."""


def box(reader: Reader, opened: Opened) -> tuple[Block, ...]:
    """A 专栏."""
    name = reader.name(opened.attributes, "box")
    return (Box(opened.node, opened.title, opened.blocks, name, opened.origin),)


def table(reader: Reader, opened: Opened) -> tuple[Block, ...]:
    """A view's place, or a caption for the pipe table in it."""
    name, blocks = reader.name(opened.attributes, "tbl"), opened.blocks
    if not blocks and opened.text:
        return (ViewBlock(opened.node, opened.text, name, opened.origin),)
    if len(blocks) == 1 and isinstance(blocks[0], Table) and opened.title.inlines:
        titled = replace(blocks[0], id=opened.node, caption=opened.title, name=name, origin=opened.origin)
        return (titled,)
    reader.issue("document.table-block", opened.at)
    return loose(opened)


def figure(reader: Reader, opened: Opened) -> tuple[Block, ...]:
    """A caption for the picture in it, and notes below; without a title the picture's own words are the caption."""
    first, *rest = opened.blocks or (None,)
    if not isinstance(first, Figure) or not all(isinstance(each, Paragraph) for each in rest):
        reader.issue("figure.block", opened.at)
        return loose(opened)
    name = reader.name(opened.attributes, "fig") or first.name
    notes = tuple(each.line for each in rest if isinstance(each, Paragraph))
    caption = opened.title if opened.title.inlines else first.caption
    return (replace(first, id=opened.node, caption=caption, name=name, notes=notes, origin=opened.origin),)


def loose(opened: Opened) -> tuple[Block, ...]:
    """What stands in a block that cannot be made: nobody's text vanishes."""
    if not opened.title.inlines:
        return opened.blocks
    return (Paragraph(opened.node, opened.title, (), None), *opened.blocks)


MAKERS = {"box": box, "table": table, "figure": figure}
