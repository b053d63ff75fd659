"""A remark: something a reviewer did to an issued file, and the place in the sources that it speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

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


@dataclass(frozen=True, slots=True)
class InSource:
    """The words stand in a fragment (or in a title in the outline) at this slice."""

    slice: SourceSlice


@dataclass(frozen=True, slots=True)
class InData:
    """The words are a datum's; `slice` is its scalar, None for a derived value, whose formula and inputs are then named."""

    key: str
    slice: SourceSlice | None
    formula: str = ""
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unlocated:
    """There is no place, and why: a code of the catalogue (`review.…`)."""

    reason: str


Target = InSource | InData | Unlocated


@dataclass(frozen=True, slots=True)
class SliceEdit:
    """New characters for a slice of a source; `slice.start == slice.end` inserts."""

    slice: SourceSlice
    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that a reviewer did.

    `tracked`: by a tracked change, else silently. `original` and `proposed` are the words before and after, `context` the paragraph as issued
    (empty for a new one), `anchor` the index of that paragraph in the anchor map (-1 for none). `edits` are the changes of source that would
    do it, empty where there is no safe one; `obstacle` says why (a code of the catalogue), empty where it may be applied.
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
