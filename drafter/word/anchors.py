"""What was written where: every paragraph of an issued file with its bookmark, its text and the origin of each character.

This is what a returned file is held against. `text` reads as `picture` reads the file: the result of a field, a footnote mark and a
picture are one U+FFFC each, a tab is `\\t`, a line break `\\n`; native list numbers are not text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace

from drafter.document.tree import NodeId, Span
from drafter.source.frozen import dataclass
from drafter.source.origins import Piece

OBJECT = "\ufffc"
"""Stands for a field's result, a footnote mark or a picture in the text of a paragraph."""

PREFIX = "_pf_"
"""Begins the name of every bookmark of ours."""

READING = "reading"
"""The setting of a record that says that the file is a reading copy. A rebuild need not repeat it: the text is the same."""


Extra = tuple[int, int, str, str]
"""Characters `start:end` of a text that are more than words: `strike`, `highlight`, `underline` or `color` (marked so from the beginning), and
what stands at an object, a `picture` or `formula` or another kind of `drafter.picture.model.Thing`, with what it is known by."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """One written paragraph.

    `name`: the bookmark of its block, of its table row or of its footnote (`_pf_1a`), empty for a paragraph of the frame. `kind`:
    heading, body, item, figure (a picture of its own), cell, head (a cell of a head row), box (a paragraph inside a box), title (of a box), caption, note (below a table),
    footnote, frame, toc. `column` is the place of the cell in its row, counted in written cells from 0; -1 outside tables made from rows.
    `place` is how a person cites it: the label of its 章节 (`第一章第二节`), and `number` the 段号. `pieces` cover `text` without gaps.
    `extras` are what of it is more than words.
    """

    name: str
    kind: str
    node: NodeId
    text: str
    pieces: tuple[Piece, ...]
    spans: tuple[Span, ...] = ()
    column: int = -1
    place: str = ""
    number: str = ""
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """What stands for a slot of the frame: its XML and the anchors of its paragraphs."""

    xml: str
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class AnchorMap:
    """All paragraphs of the main story in order, those of the footnotes after them in order of their notes."""

    paragraphs: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A tracked change (`ins`, `del`) or comment (`comment`) that was in the file when it was issued: an open question of its writers.

    What is proposed to be put in is no text of an anchor; what is proposed to go still is.
    """

    kind: str
    author: str
    date: str
    text: str


Shown = tuple[str, str, int]
"""What pages of a section show: `header` or `footer`; of which pages, `first`, `default` or `even`; and the number of the part, -1 for none."""


@dataclass(frozen=True, slots=True)
class Edges:
    """The headers and footers of a file: the names of their parts, the lines of each, and for each section what its pages show.

    A line is a paragraph that says something, also one in a table or in a box. The result of a field is one U+FFFC, a watermark its words;
    `pictures` are those of each side of the page, with what they are known by.
    """

    names: tuple[str, ...] = ()
    parts: tuple[tuple[str, ...], ...] = ()
    sections: tuple[tuple[Shown, ...], ...] = ()
    pictures: tuple[tuple[str, str], ...] = ()


NO_EDGES = Edges()
"""Of a record that was made before they were kept: nothing is held against it."""


@dataclass(frozen=True, slots=True)
class WordFile:
    """A finished Word file: its bytes and what was written where. `release` is its opaque id, derived from the content."""

    data: bytes
    anchors: AnchorMap
    release: str
    questions: tuple[Question, ...] = ()
    edges: Edges = NO_EDGES


@dataclass(frozen=True, slots=True)
class Record:
    """What stays at home for a built file: the plan, every source that it was made from, and the anchors.

    `settings` are what a rebuild must repeat (稿次, date, internal, public); `sources` the sha256 of the bytes of each file, by path;
    `texts` what those files said, so that a place can be shown as it was and found again in a file that changed since.
    `edges` are the headers and footers, `copies` the lines of their parts in each numbered copy, by its id.
    """

    release: str
    plan: str
    engine: str
    settings: Mapping[str, str]
    sources: Mapping[str, str]
    texts: Mapping[str, str]
    anchors: AnchorMap
    questions: tuple[Question, ...] = ()
    edges: Edges = NO_EDGES
    copies: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)

    def edges_of(self, copy: str) -> Edges:
        """The headers and footers of the file with this id."""
        return replace(self.edges, parts=self.copies[copy]) if copy in self.copies else self.edges
