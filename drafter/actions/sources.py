"""数据来源表: an annex that says of each printed number where it is printed and where it comes from. No file is named in it.

A number in the text has a row of its own; a row of a table made from data has one row, which names all its numbers. Everything in the annex is
generated: the number itself is where it is printed first, and an edit belongs there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from drafter.document.tree import (
    Block,
    Cell,
    Document,
    Heading,
    Line,
    NodeId,
    NoteReference,
    Numbering,
    Row,
    Table,
    Text,
)
from drafter.document.walk import blocks, lines
from drafter.source.frozen import dataclass
from drafter.source.origins import DataValue, Datum, generated
from drafter.workspace.formulas import FormulaError
from drafter.workspace.model import Workspace
from drafter.workspace.names import Names
from drafter.workspace.values import Scope, UnknownName, Words

TITLE = "数据来源表"
HEADS = ("序号", "位置", "数值", "数据", "来源")
WIDTHS = (8.0, 21.0, 24.0, 20.0, 27.0)
NONE = "—"
FOOTNOTE = "脚注"
_SECTION = 2  # the level of a 节, down to which headings name a place


@dataclass(frozen=True, slots=True)
class Printed:
    """One line of the table."""

    place: str
    text: str
    key: str
    source: str


def annex(document: Document, numbering: Numbering, workspace: Workspace) -> tuple[Block, ...]:
    """The annex's heading and table, for a document that is numbered without them."""
    node = f"{document.plan}#sources"
    listed = tuple(printed(document, numbering, workspace))
    heads = (_row(f"{node}/h1", HEADS),)
    rows = tuple(
        _row(f"{node}/r{count}", (str(count), each.place, each.text, each.key, each.source))
        for count, each in enumerate(listed, 1)
    )
    heading = Heading(f"{node}-title", 1, _line(TITLE), annex=True)
    return heading, Table(node, heads, rows, len(HEADS), WIDTHS)


def _row(node: NodeId, texts: Iterable[str]) -> Row:
    return Row(node, tuple(Cell(f"{node}/c{n}", _line(text)) for n, text in enumerate(texts, 1)))


def _line(text: str) -> Line:
    return Line((Text(generated(text, "sources")),) if text else ())


def printed(document: Document, numbering: Numbering, workspace: Workspace) -> Iterator[Printed]:
    """Every number of the data that a document prints, in order."""
    said = _sources(workspace)
    section = ""
    for block in blocks(document.blocks):
        if isinstance(block, Heading) and block.level <= _SECTION:
            label = numbering.labels.get(block.id)
            section = (label.full or label.label) if label else ""
        number = numbering.paragraph_numbers.get(block.id, "")
        place = " ".join(filter(None, (section, number)))
        if isinstance(block, Table):
            yield from _of_table(block, place, said)
            continue
        for line in lines(block):
            yield from _each(line, place, said)
            yield from _of_notes(line, document, place, said)


def _of_notes(line: Line, document: Document, place: str, said: Mapping[str, str]) -> Iterator[Printed]:
    for inline in line.inlines:
        note = document.notes.get(inline.note) if isinstance(inline, NoteReference) else None
        for block in blocks(note.blocks) if note else ():
            for inner in lines(block):
                yield from _each(inner, f"{place} {FOOTNOTE}", said)


def _of_table(table: Table, place: str, said: Mapping[str, str]) -> Iterator[Printed]:
    for line in (*([table.caption] if table.caption else []), *table.notes):
        yield from _each(line, place, said)
    for count, row in enumerate(table.rows, 1):
        values = [value for cell in row.cells for value in _values(cell.line)]
        by_hand = [value for value in values if value[1].expression is not None]
        for text, value in by_hand:
            yield _printed(f"{place}/{count}", text, value.datum, said)
        numbers = [
            (text, value.datum) for text, value in values if value.expression is None and _counts(text)
        ]
        if numbers:
            keys = [datum.key for _, datum in numbers]
            sources = dict.fromkeys(_source(datum, said) for _, datum in numbers)
            yield Printed(
                f"{place}/{count}",
                "；".join(text for text, _ in numbers),
                _shared(keys),
                "；".join(sources) if len(sources) > 1 else next(iter(sources)),
            )


def _each(line: Line, place: str, said: Mapping[str, str]) -> Iterator[Printed]:
    for text, value in _values(line):
        yield _printed(place, text, value.datum, said)


def _printed(place: str, text: str, datum: Datum, said: Mapping[str, str]) -> Printed:
    return Printed(place, text, datum.key, _source(datum, said))


def _values(line: Line) -> Iterator[tuple[str, DataValue]]:
    for inline in line.inlines:
        if not isinstance(inline, Text):
            continue
        for piece in inline.mapped.pieces:
            if isinstance(piece.origin, DataValue):
                yield inline.mapped.text[piece.start : piece.end], piece.origin


def _counts(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _shared(keys: Sequence[str]) -> str:
    """What the keys of a row have in common, cut where a name ends; the only key as it is."""
    if len(set(keys)) == 1:
        return keys[0]
    alike = takewhile(lambda signs: len(set(signs)) == 1, zip(*(f"{key}." for key in keys), strict=False))
    common = "".join(signs[0] for signs in alike)
    at = max(common.rfind("."), common.rfind("["))
    return common[:at] if at > 0 else "、".join(dict.fromkeys(keys))


def _source(datum: Datum, said: Mapping[str, str]) -> str:
    """The source that its row names, else the formula, else the dataset."""
    if datum.formula:
        return datum.formula
    row = datum.key
    while row:
        if row in said:
            return said[row]
        row = row[: max(row.rfind("."), row.rfind("["), 0)]
    return NONE


def _sources(workspace: Workspace) -> Mapping[str, str]:
    """What the rows say of their source, by the key of the row; the name of a dataset for its other rows."""
    names = workspace.names
    found: dict[str, str] = {}
    for dataset in names.datasets().values() if isinstance(names, Names) else ():
        found[dataset.short] = dataset.short
        for row in dataset.scope(None).rows():
            source = _of_row(row)
            if source:
                found[row.key] = source
    return found


def _of_row(row: Scope) -> str:
    for name in ("来源", "数据来源"):
        try:
            value = row.member(name)
        except (UnknownName, FormulaError):
            continue
        if isinstance(value, Words):
            return value.text
    return ""
