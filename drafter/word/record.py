"""What stays at home for a built file, as JSON: the record that a returned copy is held against.

The form is compact, because a plan of 270 thousand characters has some 20 thousand anchors. They stand in parts, one for each run of paragraphs
of one fragment, so that a running process writes anew only what has changed: each part lists its paths and data once and refers to them by number.
An origin is `[path, start, end]`, `["d", datum, expression, form, column]` or `["g", what, expression, column]`, without the column where none is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby, islice
from operator import is_

from drafter.document.tree import Span
from drafter.source.frozen import dataclass
from drafter.source.origins import DataValue, Datum, Generated, Origin, Piece, SourceSlice
from drafter.word.anchors import NO_EDGES, Anchor, AnchorMap, Edges, Extra, Question, Record, Shown

_EDGES = 4  # what is kept of headers and footers; where it is less, they were not kept as they are read now
FORM = 2
"""Version of the form; a record of another version is not read."""

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


class UnreadableRecord(Exception):
    """The file is no record of this version."""


class _Tables:
    """Things that are listed once, in order of first use."""

    def __init__(self) -> None:
        self.paths: dict[str, int] = {}
        self.data: dict[int, int] = {}
        self.rows: list[Json] = []
        self._kept: list[Datum] = []  # keeps ids valid while they are keys

    def slice(self, part: SourceSlice | None) -> Json:
        if part is None:
            return None
        return [self.paths.setdefault(part.path, len(self.paths)), part.start, part.end]

    def datum(self, datum: Datum) -> int:
        known = self.data.get(id(datum))
        if known is not None:
            return known
        inputs: list[Json] = [self.datum(each) for each in datum.inputs]
        number = len(self.rows)
        self.rows.append([datum.key, self.slice(datum.place), datum.formula, inputs])
        self.data[id(datum)] = number
        self._kept.append(datum)
        return number

    def origin(self, origin: Origin) -> Json:
        if isinstance(origin, SourceSlice):
            return [self.paths.setdefault(origin.path, len(self.paths)), origin.start, origin.end]
        column: list[Json] = [] if origin.column is None else [self.slice(origin.column)]
        if isinstance(origin, DataValue):
            return ["d", self.datum(origin.datum), self.slice(origin.expression), origin.form, *column]
        return ["g", origin.what, self.slice(origin.expression), *column]


@dataclass(frozen=True, slots=True)
class _Part:
    """The anchors of a part, and the same as JSON."""

    anchors: tuple[Anchor, ...]
    text: bytes


Parts = dict[int, _Part]
"""The parts of the last record, by the identity of the first anchor of each."""


def dumped(record: Record, known: Parts | None = None) -> bytes:
    """The record as bytes; the same record gives the same bytes. `known` is what a running process keeps from one record to the next."""
    known = {} if known is None else known
    parts = list(_parts(record.anchors.paragraphs, known))
    known.clear()
    known.update((id(part.anchors[0]), part) for part in parts)
    head: dict[str, Json] = {
        "form": FORM,
        "release": record.release,
        "plan": record.plan,
        "engine": record.engine,
        "settings": dict(sorted(record.settings.items())),
        "sources": dict(sorted(record.sources.items())),
        "texts": dict(sorted(record.texts.items())),
        "questions": [[each.kind, each.author, each.date, each.text] for each in record.questions],
        "edges": _edges(record.edges),
        "copies": {id: _lists(parts) for id, parts in sorted(record.copies.items())},
    }
    listed = [each for part in parts for each in (b",", part.text)][1:]
    return b"".join((_json(head)[:-1], b',"parts":[', *listed, b"]}"))


def _edges(edges: Edges) -> Json:
    sections: list[Json] = [[[*shown] for shown in section] for section in edges.sections]
    return [list(edges.names), _lists(edges.parts), sections, _lists(edges.pictures)]


def _lists(rows: Iterable[Iterable[str]]) -> Json:
    return [list(row) for row in rows]


def _fragment(anchor: Anchor) -> str:
    return anchor.node.partition("#")[0]


def _parts(anchors: tuple[Anchor, ...], known: Parts) -> Iterator[_Part]:
    """The runs of one fragment each; one that stands as it did is the same as it was."""
    at = 0
    while at < len(anchors):
        part = known.get(id(anchors[at]))
        if part is None or not _stands(part.anchors, anchors, at):
            _, run = next(groupby(islice(anchors, at, None), _fragment))
            part = _made(tuple(run))
        yield part
        at += len(part.anchors)


def _stands(run: tuple[Anchor, ...], anchors: tuple[Anchor, ...], at: int) -> bool:
    """Whether this run stands at `at`, anchor for anchor, and no more of its fragment behind it."""
    end = at + len(run)
    if end > len(anchors) or not all(map(is_, run, anchors[at:end])):
        return False
    return end == len(anchors) or _fragment(anchors[end]) != _fragment(run[0])


def _made(anchors: tuple[Anchor, ...]) -> _Part:
    tables = _Tables()
    rows: list[Json] = [_anchor_row(anchor, tables) for anchor in anchors]
    return _Part(anchors, _json({"paths": list(tables.paths), "data": tables.rows, "anchors": rows}))


def _json(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _anchor_row(anchor: Anchor, tables: _Tables) -> Json:
    pieces: list[Json] = [[piece.end, tables.origin(piece.origin)] for piece in anchor.pieces]
    spans: list[Json] = [
        [span.kind, tables.slice(span.open), tables.slice(span.close)] for span in anchor.spans
    ]
    extras: list[Json] = [[*each] for each in anchor.extras]
    return [
        anchor.name, anchor.kind, anchor.node, anchor.text, pieces, spans, anchor.column, anchor.place, anchor.number,
        *([extras] if extras else []),
    ]  # fmt: skip


def loaded(data: bytes) -> Record:
    """The record again; raises `UnreadableRecord` for bytes that are not one."""
    try:
        whole = json.loads(data)
        if not isinstance(whole, dict) or whole.get("form") != FORM:
            raise UnreadableRecord
        return _record(whole)
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise UnreadableRecord from error


def _record(whole: Mapping[str, object]) -> Record:
    paragraphs = [anchor for part in _list(whole["parts"]) for anchor in _Reader(part).anchors()]
    return Record(
        release=str(whole["release"]),
        plan=str(whole["plan"]),
        engine=str(whole["engine"]),
        settings=_settings(whole["settings"]),
        sources=_texts(whole["sources"]),
        texts=_texts(whole["texts"]),
        anchors=AnchorMap(tuple(paragraphs)),
        questions=tuple(Question(*map(str, _list(row))) for row in _list(whole.get("questions", []))),
        edges=_read_edges(whole.get("edges")),
        copies={id: _lines(parts) for id, parts in _dict(whole.get("copies", {})).items()},
    )


def _read_edges(whole: object) -> Edges:
    """The headers and footers; none of a record that was made before they were kept."""
    if whole is None or len(_list(whole)) != _EDGES:
        return NO_EDGES
    names, parts, sections, pictures = _list(whole)
    shown = tuple(tuple(_shown(_list(each)) for each in _list(section)) for section in _list(sections))
    drawn = tuple((str(side), str(what)) for side, what in map(_list, _list(pictures)))
    return Edges(tuple(map(str, _list(names))), _lines(parts), shown, drawn)


def _shown(row: list[object]) -> Shown:
    side, page, number = row
    return str(side), str(page), _int(number)


def _extra(row: list[object]) -> Extra:
    start, end, kind, what = row
    return _int(start), _int(end), str(kind), str(what)


def _lines(rows: object) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(str, _list(row))) for row in _list(rows))


class _Reader:
    """Rebuilds the objects of one part. What is not of the promised shape raises ordinary look-up errors."""

    def __init__(self, part: object) -> None:
        if not isinstance(part, dict):
            raise TypeError
        self.rows = _list(part["anchors"])
        self.paths = _list(part["paths"])
        self.data: list[Datum] = []
        for key, place, formula, inputs in map(_list, _list(part["data"])):
            datum = Datum(
                str(key), self.slice(place), str(formula), tuple(self.data[_int(n)] for n in _list(inputs))
            )
            self.data.append(datum)

    def anchors(self) -> Iterator[Anchor]:
        return (self.anchor(_list(row)) for row in self.rows)

    def anchor(self, row: list[object]) -> Anchor:
        name, kind, node, text, pieces, spans, column, place, number, *more = row
        return Anchor(
            str(name), str(kind), str(node), str(text), self.pieces(_list(pieces)),
            tuple(self.span(_list(each)) for each in _list(spans)), _int(column), str(place), str(number),
            tuple(_extra(_list(each)) for rows in more for each in _list(rows)),
        )  # fmt: skip

    def pieces(self, rows: list[object]) -> tuple[Piece, ...]:
        out, start = [], 0
        for row in rows:
            end, origin = _list(row)
            out.append(Piece(start, _int(end), self.origin(_list(origin))))
            start = _int(end)
        return tuple(out)

    def origin(self, row: list[object]) -> Origin:
        head = row[0]
        if head == "d":
            column = self.slice(row[4]) if len(row) > 4 else None  # noqa: PLR2004 -- the last of the row, if it is there
            return DataValue(self.data[_int(row[1])], self.slice(row[2]), str(row[3]), column)
        if head == "g":
            return Generated(str(row[1]), self.slice(row[2]), self.slice(row[3]) if row[3:] else None)
        return SourceSlice(str(self.paths[_int(head)]), _int(row[1]), _int(row[2]))

    def slice(self, row: object) -> SourceSlice | None:
        if row is None:
            return None
        path, start, end = _list(row)
        return SourceSlice(str(self.paths[_int(path)]), _int(start), _int(end))

    def span(self, row: list[object]) -> Span:
        kind, opened, closed = row
        return Span(str(kind), self.slice(opened), self.slice(closed))


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _int(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError
    return value


def _settings(value: object) -> Mapping[str, str]:
    settings = _texts(value)
    if settings.get("date"):
        date.fromisoformat(settings["date"])  # what a rebuild will read again
    return settings


def _texts(value: object) -> Mapping[str, str]:
    return {key: str(text) for key, text in _dict(value).items()}


def _dict(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise TypeError
    return value
