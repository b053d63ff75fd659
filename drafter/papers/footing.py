"""Where the words stand that applying an opinion put into the sources, and whether a change was printed from there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from drafter.comparison.model import Change
from drafter.rounds.model import Applied, Row
from drafter.source.origins import DataValue, Piece, SourceSlice
from drafter.word.anchors import Record


def footing(row: Row, record: Record) -> tuple[SourceSlice, ...]:
    """The places in the sources of a version that an opinion was written into, as far as they are there still."""
    return tuple(place for each in row.applied if (place := _place(each, record)) is not None)


def _place(applied: Applied, record: Record) -> SourceSlice | None:
    """By the characters that were left there, which stand there once; else by the line, where the file has stayed as it was."""
    text = record.texts.get(applied.file, "")
    if applied.now and text.count(applied.now) == 1:
        start = text.index(applied.now)
        return SourceSlice(applied.file, start, start + len(applied.now))
    if not applied.line or record.sources.get(applied.file) != applied.sha256:
        return None
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: applied.line - 1])
    return SourceSlice(applied.file, start, start + len("".join(lines[applied.line - 1 : applied.line])))


def printed_from(change: Change, places: Iterable[SourceSlice]) -> bool:
    """Whether new words of a change were printed from one of these places, or from a datum there."""
    wanted = tuple(places)
    return bool(wanted) and any(
        _meets(source, place)
        for anchor in change.news
        for piece in anchor.pieces
        for source in _sources(piece)
        for place in wanted
    )


def _sources(piece: Piece) -> Iterator[SourceSlice]:
    match piece.origin:
        case SourceSlice():
            yield piece.origin
        case DataValue():
            yield from (place for place in (piece.origin.datum.place,) if place is not None)
        case _:
            return


def _meets(one: SourceSlice, other: SourceSlice) -> bool:
    return one.path == other.path and one.start < other.end and other.start < one.end
