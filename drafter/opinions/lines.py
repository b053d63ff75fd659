"""A form as lines, whatever it was filled in with: the rows of its tables, and the paragraphs around them as lines of one cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from drafter.ooxml.sheets import Sheet
from drafter.picture.model import CellPlace, Picture, View, ViewParagraph
from drafter.picture.views import view
from drafter.source.frozen import dataclass
from drafter.source.issues import Place
from drafter.word.anchors import OBJECT


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its cells by column, those without words left out; `table` is -1 for a paragraph outside tables. `where` for messages."""

    cells: Mapping[int, str]
    table: int
    where: Place

    @property
    def text(self) -> str:
        """All its words."""
        return "\t".join(self.cells[column] for column in sorted(self.cells))


def of_picture(picture: Picture, name: str) -> tuple[Line, ...]:
    """The lines of a Word file as it reads with every tracked change accepted."""
    return tuple(_lines(view(picture, View.ACCEPTED), name))


def _lines(paragraphs: Iterable[ViewParagraph], name: str) -> Iterator[Line]:
    first: dict[int, int] = {}
    for (cell, _), group in groupby(paragraphs, _row):
        if cell is None:
            for paragraph in group:
                text = _clean(paragraph.text)
                if text:
                    yield Line({0: text}, -1, Place(name))
            continue
        table, row = cell
        cells: dict[int, str] = {}
        for paragraph in group:
            place, text = paragraph.cell, _clean(paragraph.text)
            if place is not None and text:
                cells[place.cell] = "\n".join(filter(None, (cells.get(place.cell, ""), text)))
        number = row - first.setdefault(table, row) + 1
        yield Line(cells, table, Place(name, number))


def _row(paragraph: ViewParagraph) -> tuple[tuple[int, int] | None, int]:
    place: CellPlace | None = paragraph.cell
    return (None, 0) if place is None else ((place.table, place.row), 1)


def _clean(text: str) -> str:
    return text.replace(OBJECT, "").strip()


def of_sheets(sheets: Iterable[Sheet], name: str) -> tuple[Line, ...]:
    """The lines of an Excel file, hidden sheets too: what somebody wrote there was written."""
    out: list[Line] = []
    for table, sheet in enumerate(sheets):
        for number in sorted(sheet.rows):
            cells = {column: text.strip() for column, text in sheet.rows[number].items() if text.strip()}
            if cells:
                out.append(Line(cells, table, Place(f"{name}（{sheet.name}）", number)))
    return tuple(out)
