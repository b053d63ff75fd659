"""What edits are made on, and the point of a source where words that were put in belong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from drafter.review.ground import TEMPLATES, places, tag
from drafter.review.locate import Printed, beside, exact, part
from drafter.source.files import Source
from drafter.source.origins import DataValue, Piece, SourceSlice
from drafter.word.anchors import Anchor


class Blocked(Exception):
    """There is no safe edit: a code of the catalogue, and the paragraphs that it speaks of."""

    def __init__(self, code: str, elsewhere: Sequence[int] = ()) -> None:
        super().__init__(code)
        self.code, self.elsewhere = code, tuple(elsewhere)


@dataclass(frozen=True)
class Ground:
    """What edits are made on: the issued paragraphs, the sources as they are, and how often each place is printed."""

    issued: Sequence[Anchor]
    sources: dict[str, Source]
    printed: Printed = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "printed", Printed(self.issued))

    def source(self, place: SourceSlice) -> Source:
        """The file of a place that may be edited."""
        if place.path.startswith(TEMPLATES):
            raise Blocked("review.template")
        source = self.sources.get(place.path)
        if source is None:
            raise Blocked("review.source-changed")
        return source

    def once(self, place: SourceSlice, index: int) -> SourceSlice:
        """The place, if it is printed only once."""
        found = self.printed.literal(place)
        if len(found) > 1:
            raise Blocked("review.printed-elsewhere", [each for each in found if each != index] or found[1:])
        return place

    def expression(self, place: SourceSlice, index: int) -> SourceSlice:
        """The whole tag of an expression, if its value is printed only once."""
        found = self.printed.expression(place)
        if len(found) > 1:
            raise Blocked("review.printed-elsewhere", [each for each in found if each != index] or found[1:])
        return tag(self.source(place), place)


def insertion_point(ground: Ground, index: int, at: int) -> SourceSlice:
    """Where words that were put in at a point belong: into the literal beside it, outside of its delimiters if it can be."""
    pieces = beside(ground.issued[index], at)
    if len(pieces) == 1 and pieces[0].start < at < pieces[0].end:
        place = part(pieces[0], pieces[0].start, at) if exact(pieces[0]) else None
        if place is None:
            raise Blocked("review.generated")
        ground.source(place)
        ground.once(SourceSlice(place.path, place.end - 1, place.end + 1), index)
        return SourceSlice(place.path, place.end, place.end)
    # Not the exception itself: kept in a variable it would hold this frame, and the frame would hold it.
    code: str = "review.generated"
    elsewhere: tuple[int, ...] = ()
    for piece in pieces:
        try:
            return _border(ground, index, piece, at)
        except Blocked as blocked:
            if code == "review.generated":
                code, elsewhere = blocked.code, blocked.elsewhere
    if not pieces and not ground.issued[index].text:
        code = "review.no-place"
    raise Blocked(code, elsewhere)


def _border(ground: Ground, index: int, piece: Piece, at: int) -> SourceSlice:
    """The point at the end, or at the beginning, of a piece."""
    origin = piece.origin
    if isinstance(origin, SourceSlice):
        ground.source(origin)
        whole = origin
        last = piece.end == at
        near = part(piece, at - 1, at) if last else part(piece, at, at + 1)
        ground.once(near or origin, index)
    elif origin.expression is not None:
        whole = ground.expression(origin.expression, index)
    else:
        raise Blocked("review.value-neighbour" if isinstance(origin, DataValue) else "review.generated")
    offset = whole.end if piece.end == at else whole.start
    return _outside(ground.issued[index], SourceSlice(whole.path, offset, offset), after=piece.end == at)


def _outside(anchor: Anchor, point: SourceSlice, *, after: bool) -> SourceSlice:
    """Past the delimiters that end (or begin) at a point."""
    spans = [span for span in anchor.spans if span.open and span.close and span.open.path == point.path]
    moved = True
    while moved:
        moved = False
        for span in spans:
            edge = span.close if after else span.open
            if edge and after and edge.start == point.start < edge.end:
                point, moved = SourceSlice(point.path, edge.end, edge.end), True
            elif edge and not after and edge.start < point.start == edge.end:
                point, moved = SourceSlice(point.path, edge.start, edge.start), True
    return point


def once(ground: Ground, index: int, path: str) -> None:
    """Makes sure that what a paragraph prints from a file is printed nowhere else; raises `Blocked`."""
    for place in places(ground.issued[index]):
        if place.path == path:
            ground.once(place, index)
            if len(ground.printed.expression(place)) > 1:
                raise Blocked("review.printed-elsewhere")
