"""What stays at home for a built file, as JSON: the record that a returned copy is held against.

The form is compact, because a plan of 270 thousand characters has some 20 thousand anchors: paths, data and marks of origin are listed once and
referred to by number. An origin is `[path, start, end]`, `["d", datum, expression, form]` or `["g", what, expression]`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from drafter.document.tree import Span
from drafter.source.origins import DataValue, Datum, Generated, Origin, Piece, SourceSlice
from drafter.word.anchors import Anchor, AnchorMap, Record

FORM = 1
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
        if isinstance(origin, DataValue):
            return ["d", self.datum(origin.datum), self.slice(origin.expression), origin.form]
        return ["g", origin.what, self.slice(origin.expression)]


def dumped(record: Record) -> bytes:
    """The record as bytes; the same record gives the same bytes."""
    tables = _Tables()
    anchors: list[Json] = [_anchor_row(anchor, tables) for anchor in record.anchors.paragraphs]
    whole: dict[str, Json] = {
        "form": FORM,
        "release": record.release,
        "plan": record.plan,
        "engine": record.engine,
        "settings": dict(sorted(record.settings.items())),
        "sources": dict(sorted(record.sources.items())),
        "texts": dict(sorted(record.texts.items())),
        "paths": list(tables.paths),
        "data": tables.rows,
        "anchors": anchors,
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def _anchor_row(anchor: Anchor, tables: _Tables) -> Json:
    pieces: list[Json] = [[piece.end, tables.origin(piece.origin)] for piece in anchor.pieces]
    spans: list[Json] = [
        [span.kind, tables.slice(span.open), tables.slice(span.close)] for span in anchor.spans
    ]
    return [
        anchor.name, anchor.kind, anchor.node, anchor.text, pieces, spans, anchor.column, anchor.place, anchor.number
    ]  # fmt: skip


def loaded(data: bytes) -> Record:
    """The record again; raises `UnreadableRecord` for bytes that are not one."""
    try:
        whole = json.loads(data)
        if not isinstance(whole, dict) or whole.get("form") != FORM:
            raise UnreadableRecord
        return _Reader(whole).record()
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise UnreadableRecord from error


class _Reader:
    """Rebuilds the objects of one record. What is not of the promised shape raises ordinary look-up errors."""

    def __init__(self, whole: dict[str, object]) -> None:
        self.whole = whole
        self.paths = _list(whole["paths"])
        self.data: list[Datum] = []
        for key, place, formula, inputs in map(_list, _list(whole["data"])):
            datum = Datum(
                str(key), self.slice(place), str(formula), tuple(self.data[_int(n)] for n in _list(inputs))
            )
            self.data.append(datum)

    def record(self) -> Record:
        paragraphs = tuple(self.anchor(_list(row)) for row in _list(self.whole["anchors"]))
        return Record(
            release=str(self.whole["release"]),
            plan=str(self.whole["plan"]),
            engine=str(self.whole["engine"]),
            settings=_texts(self.whole["settings"]),
            sources=_texts(self.whole["sources"]),
            texts=_texts(self.whole["texts"]),
            anchors=AnchorMap(paragraphs),
        )

    def anchor(self, row: list[object]) -> Anchor:
        name, kind, node, text, pieces, spans, column, place, number = row
        return Anchor(
            str(name), str(kind), str(node), str(text), self.pieces(_list(pieces)),
            tuple(self.span(_list(each)) for each in _list(spans)), _int(column), str(place), str(number),
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
            return DataValue(self.data[_int(row[1])], self.slice(row[2]), str(row[3]))
        if head == "g":
            return Generated(str(row[1]), self.slice(row[2]))
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


def _texts(value: object) -> Mapping[str, str]:
    if not isinstance(value, dict):
        raise TypeError
    return {str(key): str(text) for key, text in value.items()}
