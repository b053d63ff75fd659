"""From a point in a returned file to the issued text: first into its original view, then into the paragraph as it was issued.

The two differ only where somebody changed the file silently before or beside the tracked changes; there a point is carried over by
comparing the texts, and a point that falls inside such a change has no exact place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import field

from drafter.picture.model import ViewParagraph
from drafter.review.align import Alignment
from drafter.review.diff import Op, changes
from drafter.review.remarks import BREAK
from drafter.source.frozen import dataclass
from drafter.word.anchors import Anchor


@dataclass(frozen=True, slots=True)
class Point:
    """A place in the issued text: paragraph and offset; `exact` is False inside or beside a silent change."""

    anchor: int
    offset: int
    exact: bool = True


@dataclass(frozen=True)
class Places:
    """The way from paragraphs of the original view to issued ones."""

    issued: Sequence[Anchor]
    original: Sequence[ViewParagraph]
    partners: Mapping[int, tuple[tuple[int, ...], tuple[int, ...]]]
    _ops: dict[int, tuple[Op, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, issued: Sequence[Anchor], original: Sequence[ViewParagraph], alignment: Alignment) -> Places:
        """Places by an alignment of the original view."""
        partners = {
            index: (pair.issued, pair.returned)
            for pair in alignment.pairs
            if pair.issued and pair.how != "copy"
            for index in pair.returned
        }
        return cls(issued, original, partners)

    def point(self, paragraph: int, offset: int) -> Point | None:
        """The issued place of an offset in a paragraph of the original view; None for a paragraph that was never issued."""
        partner = self.partners.get(paragraph)
        if partner is None:
            return None
        mine, other = partner
        before = sum(len(self.original[index].text) + 1 for index in other if index < paragraph)
        offset, exact = self._carried(mine, other, before + offset)
        lengths = [0]
        for index in mine:
            lengths.append(lengths[-1] + len(self.issued[index].text) + 1)
        at = min(bisect_right(lengths, offset) - 1, len(mine) - 1)
        return Point(mine[at], offset - lengths[at], exact)

    def _carried(self, mine: tuple[int, ...], other: tuple[int, ...], offset: int) -> tuple[int, bool]:
        if (
            other[0] not in self._ops
        ):  # thousands of points may fall in one paragraph: its texts are held together once
            old = BREAK.join(self.issued[index].text for index in mine)
            new = BREAK.join(self.original[index].text for index in other)
            self._ops[other[0]] = () if new == old else changes(old, new)
        shift = 0
        for op in self._ops[other[0]]:
            start = op.start + shift
            if offset < start:
                break
            if offset <= start + len(op.new):
                return (op.start, False) if offset < start + len(op.new) else (op.end, False)
            shift += len(op.new) - (op.end - op.start)
        return offset - shift, True
