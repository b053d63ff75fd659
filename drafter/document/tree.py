"""The tree of a plan: blocks that hold lines of inlines, every text with its origin.

Nothing here knows of Markdown or Word. Inlines are flat, as Word's runs are: emphasis is a set of marks on a text, and the
places of its delimiters stand beside the inlines (`Line.spans`), because an edit that empties a bold text must take them along.
Numbers, labels and anchors are not in the tree; they live in side tables keyed by node id.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import Literal

from drafter.source.frozen import dataclass
from drafter.source.issues import Place
from drafter.source.origins import MappedText, SourceSlice

NodeId = str
"""`<fragment id>#<n>`, n counting the fragment's nodes from 1; `<plan>#<n>` for a heading of the outline."""


class Mark(StrEnum):
    """A look of a text that its writer asked for, or that a term of a definition has."""

    BOLD = "bold"
    ITALIC = "italic"
    STRIKE = "strike"
    CODE = "code"
    TERM = "term"


class Proposed(StrEnum):
    """What an open question proposes for a text: put it in, strike it out, or only look at it."""

    IN = "in"
    OUT = "out"
    MARKED = "marked"


@dataclass(frozen=True, slots=True)
class Text:
    """Characters of one look. `link` is the address of a link they belong to, empty for none; `proposed` by the fragment `base`."""

    mapped: MappedText
    marks: frozenset[Mark] = frozenset()
    link: str = ""
    proposed: Proposed | None = None
    base: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """What a writer of the fragment `base` asks beside the text; it is about the `covers` inlines before it."""

    words: str
    base: str
    covers: int
    origin: SourceSlice | None


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A hard line break."""

    origin: SourceSlice | None


@dataclass(frozen=True, slots=True)
class NoteReference:
    """The mark of a footnote; `note` is its key in `Document.notes`."""

    note: NodeId
    origin: SourceSlice | None


@dataclass(frozen=True, slots=True)
class CrossReference:
    """`@tbl:x`: `target` is the id with its kind (`tbl:x`), printed as the label that numbering gives it."""

    target: str
    origin: SourceSlice | None


@dataclass(frozen=True, slots=True)
class Width:
    """How broad a picture is to be: a share of the line, or inches where that is 0."""

    share: float = 0.0
    inches: float = 0.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: `address` as it was written in the fragment `base`, what it shows in words, its width where one is asked for."""

    base: str
    address: str
    alt: str
    width: Width | None
    origin: SourceSlice | None

    @property
    def key(self) -> str:
        """What its file is known by."""
        return f"{self.base}\n{self.address}"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in TeX."""

    tex: str
    origin: SourceSlice | None
    place: Place


Inline = Text | LineBreak | NoteReference | CrossReference | Picture | Comment | Formula


@dataclass(frozen=True, slots=True)
class Span:
    """A pair of delimiters in the source (`**…**`, `[…](…)`): the slices of both, None where a value or loop printed them.

    A `fold` is a soft line break between Chinese characters, which prints nothing: `open` is its slice, `close` None.
    """

    kind: str  # bold | italic | strike | code | link | fold | question
    open: SourceSlice | None
    close: SourceSlice | None


@dataclass(frozen=True, slots=True)
class Line:
    """The inlines of one paragraph, heading, cell or title, and the delimiters among them."""

    inlines: tuple[Inline, ...]
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` from 1 as numbering counts it; `name` is its `{#sec:x}` or empty; `annex` for 附件 headings.

    One that is not `printed` counts: it names an attachment that travels by itself.
    """

    id: NodeId
    level: int
    line: Line
    name: str = ""
    annex: bool = False
    origin: SourceSlice | None = None
    printed: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of body text. `classes` are those of a trailing `{.…}`."""

    id: NodeId
    line: Line
    classes: tuple[str, ...] = ()
    origin: SourceSlice | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A list item: blocks, the first usually a paragraph. `origin` covers its marker too."""

    id: NodeId
    blocks: tuple[Block, ...]
    classes: tuple[str, ...] = ()
    origin: SourceSlice | None = None


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; `start` is the first number of an ordered one."""

    id: NodeId
    ordered: bool
    start: int
    items: tuple[Item, ...]


Align = Literal["", "left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell of one line. Spans count columns and rows; a cell covered by another's span is not listed."""

    id: NodeId
    line: Line
    align: Align = ""
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A table row. `kind`: body, total, subtotal or group."""

    id: NodeId
    cells: tuple[Cell, ...]
    kind: str = "body"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `heads` are repeated on every page. `widths` are relative. `name` is its `tbl:x` or empty.

    `caption` None means that it is neither titled nor counted. A table alone in a box is that box: see `Box.table`. `view` is the whole
    entry of its view, where it is made from data.
    """

    id: NodeId
    heads: tuple[Row, ...]
    rows: tuple[Row, ...]
    columns: int
    widths: tuple[float, ...] = ()
    caption: Line | None = None
    name: str = ""
    unit_line: Line | None = None
    notes: tuple[Line, ...] = ()
    landscape: bool = False
    origin: SourceSlice | None = None
    view: SourceSlice | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture in a paragraph of its own, with what stands below it. Without caption and name it is not counted. `name` is its `fig:x`."""

    id: NodeId
    picture: Picture
    caption: Line | None = None
    name: str = ""
    notes: tuple[Line, ...] = ()
    origin: SourceSlice | None = None


@dataclass(frozen=True, slots=True)
class Equation:
    """A formula in a paragraph of its own; counted where it has a `name`, its `eq:x`."""

    id: NodeId
    formula: Formula
    name: str = ""
    origin: SourceSlice | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A 专栏: title and blocks. `name` is its `box:x` or empty. Where its only block is a table, that table's first head row is the title."""

    id: NodeId
    title: Line
    blocks: tuple[Block, ...]
    name: str = ""
    origin: SourceSlice | None = None

    @property
    def table(self) -> Table | ViewBlock | None:
        """The table that this box is, where nothing else stands in it."""
        only = self.blocks[0] if len(self.blocks) == 1 else None
        return only if isinstance(only, Table | ViewBlock) else None


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quotation."""

    id: NodeId
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and what it means: blocks, the first usually a paragraph, which is printed behind the term."""

    id: NodeId
    term: Line
    blocks: tuple[Block, ...]
    origin: SourceSlice | None = None


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Text printed as it stands."""

    id: NodeId
    line: Line


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""

    id: NodeId


@dataclass(frozen=True, slots=True)
class ViewBlock:
    """`::: table 视图名`: the place of a table made from data, until `views` puts the table there."""

    id: NodeId
    view: str
    name: str
    origin: SourceSlice | None = None


Block = (
    Heading
    | Paragraph
    | ListBlock
    | Table
    | Box
    | Figure
    | Equation
    | Quote
    | Definition
    | CodeBlock
    | Rule
    | ViewBlock
)


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its blocks."""

    id: NodeId
    blocks: tuple[Block, ...]
    origin: SourceSlice | None = None


@dataclass(frozen=True, slots=True)
class FragmentTree:
    """One fragment as a tree: its blocks (title not included) and its footnotes in order of first reference; its pictures, and where it
    has open questions."""

    fragment: str
    path: str
    blocks: tuple[Block, ...]
    notes: Mapping[NodeId, Note]
    pictures: tuple[Picture, ...] = ()
    questions: tuple[Place, ...] = ()
    formulas: tuple[Formula, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A plan as one tree: outline headings, fragments' blocks, footnotes, in printing order; `authors` are the owners by fragment's path."""

    plan: str
    title: MappedText
    blocks: tuple[Block, ...]
    notes: Mapping[NodeId, Note]
    pictures: tuple[Picture, ...] = ()
    questions: tuple[Place, ...] = ()
    formulas: tuple[Formula, ...] = ()
    authors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Label:
    """What numbering says of a node: `label` as printed before it (`第一章`, `表1`, `专栏2`, `1.`), `full` as a reference prints it
    (`第三章第二节`), `scheme` the style and native numbering it takes (`heading`, `annex`, `annex-heading`, `caption`, `list`), `number` its own count."""

    label: str
    full: str
    scheme: str
    number: int


@dataclass(frozen=True, slots=True)
class Numbering:
    """Side tables: node id → label; reference target (`tbl:x`) → node id; node id → 段号 (`3.2-14`)."""

    labels: Mapping[NodeId, Label]
    targets: Mapping[str, NodeId]
    paragraph_numbers: Mapping[NodeId, str]
