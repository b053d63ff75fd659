"""A remark: something a reviewer did to an issued file, and the place in the sources that it speaks of."""

from __future__ import annotations

from enum import StrEnum

from drafter.source.frozen import dataclass
from drafter.source.origins import SourceSlice


class Confidence(StrEnum):
    """How sure the place is."""

    SURE = "sure"
    LIKELY = "likely"
    UNSURE = "unsure"


class Kind(StrEnum):
    """What was done."""

    COMMENT = "comment"
    INSERTION = "insertion"
    DELETION = "deletion"
    REPLACEMENT = "replacement"
    PARAGRAPH_INSERTION = "paragraph-insertion"
    PARAGRAPH_DELETION = "paragraph-deletion"
    SPLIT = "split"
    MERGE = "merge"
    MOVE = "move"
    COPY = "copy"
    VALUE = "value"  # a printed datum was changed
    OPINION = "opinion"  # words in a form, a letter or a call, with no exact change
    PICTURE = "picture"  # another picture, or the same otherwise
    OBJECT = "object"  # what stands in a formula, a box, a field
    FORMAT = "format-change"  # looks, not words
    HEADER = "header"  # words of a header or footer


@dataclass(frozen=True, slots=True)
class InSource:
    """The words stand in a fragment (or in a title in the outline) at this slice."""

    slice: SourceSlice


@dataclass(frozen=True, slots=True)
class InData:
    """The words are a datum's; `slice` is its scalar, that of the formula for a derived value, whose formula and inputs are then named."""

    key: str
    slice: SourceSlice | None
    formula: str = ""
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InFile:
    """The words stand in a file without lines: a frame's header."""

    path: str


@dataclass(frozen=True, slots=True)
class Unlocated:
    """There is no place, and why: a code of the catalogue (`review.…`)."""

    reason: str


Target = InSource | InData | InFile | Unlocated


@dataclass(frozen=True, slots=True)
class SliceEdit:
    """New characters for a slice of a source; `slice.start == slice.end` inserts."""

    slice: SourceSlice
    text: str


BREAK = "\u2029"
"""The end of a paragraph inside the text of a change."""


@dataclass(frozen=True, slots=True)
class Change:
    """What was done to the issued text, exactly: characters `start:end` from the paragraph `anchor` on became `new`.

    The issued paragraphs are read as one text in which every paragraph ends with `BREAK`; offsets count from the beginning of paragraph
    `anchor` and may run into the next ones. A paragraph put in after another is `BREAK` + its text at the end of that one, one put in before
    another its text + `BREAK` at the beginning of that one. `like` is the index of the issued paragraph (the one before or the one after)
    whose style a new paragraph has, -1 for neither; `row` says that the paragraphs are the cells of a whole table row. `notes` are
    the issued paragraphs of footnotes that went with their marks.
    """

    anchor: int
    start: int
    end: int
    new: str
    like: int = -1
    row: bool = False
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that a reviewer did.

    `tracked`: by a tracked change, else silently. `original` and `proposed` are the words before and after, `context` the paragraph as issued
    (empty for a new one), `anchor` the index of that paragraph in the anchor map (-1 for none). `edits` are the changes of source that would
    do it, empty where there is no safe one or none was asked for yet (`apply.plan_edits`); `obstacle` says why there is none (a code of
    the catalogue), empty where it may be applied. `change` is None for a comment and for what has no place in the issued text; the `span` of a
    comment or an opinion are the characters of that paragraph that it speaks of.
    `marks` are the revisions and comments of the file that end in this remark (`ins:12`, `comment:3`), `elsewhere` the other places
    (段号, else 章节) that print the same words, `parent` the remark that a comment answers, `resolved` whether somebody has
    marked the comment as done.
    """

    id: str
    kind: Kind
    tracked: bool
    author: str
    date: str
    original: str
    proposed: str
    comment: str
    confidence: Confidence
    target: Target
    place: str = ""
    number: str = ""
    context: str = ""
    anchor: int = -1
    edits: tuple[SliceEdit, ...] = ()
    obstacle: str = ""
    change: Change | None = None
    marks: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    parent: str = ""
    resolved: bool = False
    span: tuple[int, int] | None = None
