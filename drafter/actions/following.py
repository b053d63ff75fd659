"""What else says something else once a file of data is changed: every place of every plan that prints the datum, or something calculated from it.

The words of a table (its caption, its heads) stand in such a file too, and several plans may show the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from drafter.actions.rowstates import Follows
from drafter.actions.trace import Printed, today, use_of
from drafter.source.frozen import dataclass
from drafter.source.origins import DataValue, Piece, SourceSlice, lineage
from drafter.word.anchors import Anchor
from drafter.workspace.model import Workspace


@dataclass(frozen=True, slots=True)
class Moved:
    """A row that changes a datum, whose scalar stands at `place` in the sources before; `own` is the paragraph that the row speaks of."""

    row: str
    place: SourceSlice
    own: Anchor


def following(before: Workspace, after: Workspace, plan: str, changed: Sequence[Moved]) -> Iterator[Follows]:
    """The places that read otherwise, but for those that the rows themselves speak of, which are in `plan`."""
    now = {each.plan: each for each in today(after)}
    own = {_spot(each.own) for each in changed}
    for one in today(before):
        other = now.get(one.plan)
        texts = {_spot(each): each.text for each in other.anchors} if other else {}
        for anchor in one.anchors:
            said = texts.get(_spot(anchor), anchor.text)
            if anchor.kind == "toc" or said == anchor.text or (one.plan == plan and _spot(anchor) in own):
                continue
            for piece, rows in _touched(anchor, changed):
                yield _told(one, anchor, piece, rows, said)


def _spot(anchor: Anchor) -> tuple[str, str, int]:
    return anchor.node, anchor.kind, anchor.column


def _touched(anchor: Anchor, changed: Sequence[Moved]) -> Iterator[tuple[Piece, list[Moved]]]:
    """The values of a paragraph that rest on what is changed, and the words that stand there."""
    for piece in anchor.pieces:
        rows = [each for each in changed if _rests_on(piece, each.place)]
        if rows:
            yield piece, rows


def _rests_on(piece: Piece, place: SourceSlice) -> bool:
    origin = piece.origin
    if isinstance(origin, DataValue):
        return any(datum.place == place for datum in lineage(origin.datum))
    if not isinstance(origin, SourceSlice) or origin.path != place.path:
        return False
    return origin.start <= place.end and place.start <= origin.end


def _told(one: Printed, anchor: Anchor, piece: Piece, rows: Sequence[Moved], said: str) -> Follows:
    use = use_of(one, anchor, piece)
    tail = len(anchor.text) - piece.end
    whole = said.startswith(anchor.text[: piece.start]) and said.endswith(anchor.text[piece.end :])
    was, now = anchor.text, said
    if whole and len(said) >= piece.start + tail:
        was, now = anchor.text[piece.start : piece.end], said[piece.start : len(said) - tail]
    value = piece.origin
    key = value.datum.key if isinstance(value, DataValue) else ""
    ids = tuple(dict.fromkeys(each.row for each in rows))
    return Follows(ids, key, one.plan, use.place, use.file, use.line, was, now)
