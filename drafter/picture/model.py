"""What a Word file shows, in our own types, whoever wrote it.

Paragraphs stand in document order: the main story first (cells of tables in reading order), then footnotes and endnotes in the order of
their marks, then text boxes. A run is text of one
look and one revision state. Revisions are never resolved here; `views` reads the picture as original, all or accepted.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from drafter.source.frozen import dataclass


class Change(StrEnum):
    """What a tracked change says of a run, a paragraph mark, a row or a cell."""

    INSERTED = "ins"
    DELETED = "del"
    MOVED_FROM = "moveFrom"
    MOVED_TO = "moveTo"


@dataclass(frozen=True, slots=True)
class Revision:
    """A tracked change: author and date as the file gives them, empty where it gives none."""

    id: str
    change: Change
    author: str
    date: str


@dataclass(frozen=True, slots=True)
class Thing:
    """What an object is, beside the sign that stands for it in the text.

    `kind`: `picture`, `formula`, `field`, `box`, `wordart`, `chart`, `diagram`, `embedded` (a file in another's format), `ink`, `control`,
    `chunk` (a document put into this one as a whole) or `drawing`. `id` tells pictures and embedded files apart (checksum and length of the bytes), `across` and
    `down` are its size in EMU, `pixels` those of its picture, `form` the form of that; `cropped`: not all of it is shown.
    `boxes` are the stories of the boxes that hang on it. `words` are what it says, `before` what it said before the tracked changes inside it, which are `revisions`.
    """

    kind: str
    id: str = ""
    form: str = ""
    across: int = 0
    down: int = 0
    pixels: tuple[int, int] = (0, 0)
    cropped: bool = False
    words: str = ""
    before: str = ""
    revisions: tuple[Revision, ...] = ()
    boxes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look. `text` has U+FFFC for an object (field result, footnote mark, picture), `\\t` and `\\n`.

    `revisions` are from outside in: an insertion that somebody else deleted again has two. `field` is the instruction of the field whose
    result this is and `result` what it showed, `note` the id of the footnote whose mark this is (`endnote:<id>` for an endnote),
    `marks` the looks that count for a plan (bold, italic) and those that people mark words with by hand (strike, highlight, underline, and
    `color` for letters that are neither black nor grey), as the run itself says it. The contents of a text box inside an object are a story of their own;
    `result` has their words too. `thing` is what else there is to say of an object: of a field only where something was tracked inside it.
    """

    text: str
    revisions: tuple[Revision, ...] = ()
    marks: frozenset[str] = frozenset()
    field: str = ""
    note: str = ""
    result: str = ""
    thing: Thing | None = None


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Where a paragraph stands in a table: table and row counted through the story from 0, cell counted in the row's cells from 0.

    The rows are those of all the story's tables together. In a table inside a cell, it is the inner place.
    """

    table: int
    row: int
    cell: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as it stands in the file.

    `bookmarks` are the names that start in it or right before it, between paragraphs or rows; `open` those started earlier and not ended
    before it (a name that nothing ends is open nowhere). `mark` are the revisions of the paragraph mark, `row` those of the table row it
    stands in (and of the rows around a table in a cell), `column` those of its cell. `style` is the id of its style. `story` is `body`,
    `footnote:<id>`, `endnote:<id>` or `textbox:<n>`; what a reviewer inserted or deleted with its mark or object carries those revisions.
    `toc`: it belongs to a contents field.
    """

    index: int
    runs: tuple[Run, ...]
    style: str
    bookmarks: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    mark: tuple[Revision, ...] = ()
    cell: CellPlace | None = None
    row: tuple[Revision, ...] = ()
    story: str = "body"
    toc: bool = False
    column: tuple[Revision, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """A point in a picture: paragraph index, and offset in the concatenated text of its runs, revisions included."""

    paragraph: int
    offset: int


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment: its text, its range (both ends None where the file has lost it), the comment it answers, and whether it is resolved.

    Its paragraphs are joined by `\n`. A point has equal ends. An answer without a range of its own has that of its parent.
    """

    id: str
    author: str
    date: str
    text: str
    start: Position | None
    end: Position | None
    parent: str = ""
    resolved: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """A property of looks that was changed, by the name of its element: what it said before and after, empty where it said nothing."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Formatting:
    """A tracked change of looks, and the words that it is about.

    `of` says of what: `characters`, `paragraph`, `numbering`, `table`, `row`, `cell`, `section`, `control` (a content control put in or taken
    away around the words), `break` (of a page or column) or `fieldCode`. Author and date are as the file gives them; some of these have none.
    """

    id: str
    of: str
    author: str
    date: str
    start: Position
    end: Position
    looks: tuple[Look, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """A header or footer that pages of a section show.

    `side` is `header` or `footer`, `page` says which pages: `first`, `default` (all, or the odd ones) or `even`; `story` is that of its
    paragraphs, empty where the pages show nothing. Pages that the section does not tell apart (`seen` is False) do not show it.
    """

    side: str
    page: str
    story: str
    seen: bool = True


@dataclass(frozen=True, slots=True)
class Picture:
    """A Word file as it stands. `release` is the opaque id that we wrote into it, empty where there is none.

    `edges` are the paragraphs of headers and footers (stories `header:<n>` and `footer:<n>`, each part once), with indexes of their own;
    `sections` say what the pages of each section show of them, what is inherited included.

    `properties` are the custom properties by name, and of the core ones `core:creator`, `core:lastModifiedBy` and their like.
    """

    paragraphs: tuple[Paragraph, ...]
    comments: tuple[Comment, ...]
    release: str
    properties: Mapping[str, str]
    unknown: tuple[str, ...] = ()  # element names that no rule reads, each once
    formats: tuple[Formatting, ...] = ()
    edges: tuple[Paragraph, ...] = ()
    edge_formats: tuple[Formatting, ...] = ()  # in headers and footers: positions are among `edges`
    sections: tuple[tuple[Edge, ...], ...] = ()


class View(StrEnum):
    """Three ways to read a file with tracked changes."""

    ORIGINAL = "original"
    ALL = "all"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters `start:end` of a view paragraph's text and where they stand in the picture."""

    start: int
    end: int
    at: Position
    run: Run


@dataclass(frozen=True, slots=True)
class ViewParagraph:
    """A paragraph of a view: paragraphs whose mark the view drops are joined. `paragraphs` are the indexes it was made of.

    One that gave nothing (all its words and its mark are dropped) is not among them, and its bookmarks are gone with it.
    A name stands once in `bookmarks`, however often the file begins it there.
    """

    text: str
    stretches: tuple[Stretch, ...]
    paragraphs: tuple[int, ...]
    bookmarks: tuple[str, ...]
    open: tuple[str, ...]
    cell: CellPlace | None
    style: str
    story: str
    toc: bool
