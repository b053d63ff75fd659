"""Where every character comes from: origins, pieces, and text that carries them.

A text is a `str` and its pieces, in order and without gaps. A piece whose origin is a `SourceSlice` of its own length maps
character by character; one of another length (an escape, an entity, a folded line end) maps as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from drafter.source.frozen import dataclass


@dataclass(frozen=True, slots=True)
class SourceSlice:
    """Characters `start:end` of the text of a user's file, printed as they stand there."""

    path: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Datum:
    """One value of the workspace's data, or one derived from others.

    `key` is its name as a writer says it (`指标.护理型占比[2025]`); `place` its scalar in the YAML file, None for a result that
    stands nowhere; `formula` the text of the formula that made it, whose `inputs` are data in their turn.
    """

    key: str
    place: SourceSlice | None
    formula: str = ""
    inputs: tuple[Datum, ...] = ()


def lineage(datum: Datum) -> Iterator[Datum]:
    """The datum and all that it rests on, each once, a result before its inputs."""
    # Formulas over formulas share what is behind them: walking every path would double at each step.
    seen: set[tuple[str, SourceSlice | None, str]] = set()
    waiting = [datum]
    while waiting:
        each = waiting.pop()
        known = (each.key, each.place, each.formula)
        if known not in seen:
            seen.add(known)
            yield each
            waiting.extend(reversed(each.inputs))


@dataclass(frozen=True, slots=True)
class DataValue:
    """A printed value: its datum, and what printed it: an expression of a fragment, or in a table made from data a column of the view.

    `form` is how it was printed (`数`, `亿元(2)`, empty for the datum's own form), so that a returned text can be read back. `column` is the
    scalar in the file of views that says what the column prints.
    """

    datum: Datum
    expression: SourceSlice | None = None
    form: str = ""
    column: SourceSlice | None = None


@dataclass(frozen=True, slots=True)
class Generated:
    """Characters that nobody typed: `what` is a word of the program (`label`, `frame`, `loop`, `expression`, `toc`).

    `expression` is the place in a fragment that made them, where there is one; `column` that in a file of data: the column of a view that counts
    or leaves a cell empty, the value that heads a column, the sign of an indicator.
    """

    what: str
    expression: SourceSlice | None = None
    column: SourceSlice | None = None


Origin = SourceSlice | DataValue | Generated


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start:end` of a text and their origin."""

    start: int
    end: int
    origin: Origin


@dataclass(frozen=True, slots=True)
class MappedText:
    """A text whose every character has an origin."""

    text: str
    pieces: tuple[Piece, ...]


def literal(path: str, text: str, start: int) -> MappedText:
    """A text that stands in a file exactly so, beginning at `start`."""
    return MappedText(
        text, (Piece(0, len(text), SourceSlice(path, start, start + len(text))),) if text else ()
    )


def generated(text: str, what: str, column: SourceSlice | None = None) -> MappedText:
    """A text that nobody typed; `column` is the place in a file of data that asked for it."""
    return MappedText(text, (Piece(0, len(text), Generated(what, None, column)),) if text else ())


def joined(parts: Iterable[MappedText]) -> MappedText:
    """The parts one after another; neighbouring slices that continue each other become one piece."""
    texts: list[str] = []
    pieces: list[Piece] = []
    length = 0
    for part in parts:
        texts.append(part.text)
        for piece in part.pieces:
            _append(pieces, Piece(piece.start + length, piece.end + length, piece.origin))
        length += len(part.text)
    return MappedText("".join(texts), tuple(pieces))


def _append(pieces: list[Piece], piece: Piece) -> None:
    last = pieces[-1] if pieces else None
    if last and isinstance(last.origin, SourceSlice) and isinstance(piece.origin, SourceSlice):
        a, b = last.origin, piece.origin
        exact = a.end - a.start == last.end - last.start and b.end - b.start == piece.end - piece.start
        if exact and a.path == b.path and a.end == b.start:
            pieces[-1] = Piece(last.start, piece.end, SourceSlice(a.path, a.start, b.end))
            return
    pieces.append(piece)


def sliced(mapped: MappedText, start: int, end: int) -> MappedText:
    """Characters `start:end` of a mapped text; a value that is cut keeps its origin."""
    out = []
    for piece in mapped.pieces:
        a, b = max(piece.start, start), min(piece.end, end)
        if a >= b:
            continue
        origin = piece.origin
        if isinstance(origin, SourceSlice) and origin.end - origin.start == piece.end - piece.start:
            shift = origin.start - piece.start
            origin = SourceSlice(origin.path, a + shift, b + shift)
        out.append(Piece(a - start, b - start, origin))
    return MappedText(mapped.text[start:end], tuple(out))
