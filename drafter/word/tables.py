"""Tables and boxes: merged heads, rows that do not break, heads that repeat, captions above and notes below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from drafter.document.tree import Box, Cell, Line, NodeId, Row, Table, Text
from drafter.ooxml.xml import attribute
from drafter.word.anchors import OBJECT, PREFIX, Anchor
from drafter.word.body import Setting, Story, properties
from drafter.word.counting import base36
from drafter.word.lines import roomy

_BOX_MARGIN = 216  # twips that the borders of a box take from the line of its text
_SHORT = 10  # characters up to which the cells of a column stand in the middle
_NARROW, _BROAD = 4, 24  # bounds of a column's weight where nobody gave one
_HEAD = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
_ROW = "<w:trPr><w:cantSplit/></w:trPr>"
_KEEPS = "<w:keepNext/>"
_SUMS = ("subtotal", "total")
_TOGETHER = 5  # rows up to which those beside one merged cell stay on one page
_TABLE, _LONGEST = "表格", 200  # what a table without any words is called; characters of a description
_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="E7E6E6"/>'


def write_table(story: Story, table: Table, setting: Setting) -> None:
    """A table with what belongs above and below it."""
    if table.caption is not None:
        story.out.append(story.labelled("GwCaption", table.id, table.caption, "caption"))
    _unit(story, table)
    _Writer(story, table, setting).write(None)
    _close(story, table)


def write_box(story: Story, box: Box, setting: Setting) -> None:
    """A 专栏: a table of one column, or the table that it holds with the title as its first head row."""
    only = box.blocks[0] if len(box.blocks) == 1 else None
    if isinstance(only, Table):
        _unit(story, only)
        _Writer(story, only, setting).write(box)
        _close(story, only)
        return
    width = setting.width
    story.out.append(
        _opening("GwBoxTable", [width], _words(story, box.id, box.title)) + _title(story, box, width, 1)
    )
    story.out.append(f'<w:tr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>')
    story.blocks(box.blocks, Setting("GwBox", "box", width - _BOX_MARGIN))
    # A cell must end with a paragraph.
    if not box.blocks:
        story.generated("GwGap", "", "frame", box.id, "gap")
    story.out.append("</w:tc></w:tr></w:tbl>")
    story.generated("GwGap", "", "frame", box.id, "gap")


def _unit(story: Story, table: Table) -> None:
    """The unit of the numbers, on the right above the table."""
    if table.unit_line is not None:
        story.written(properties("GwUnit"), table.unit_line, "note", table.id)


def _close(story: Story, table: Table) -> None:
    """Notes, or a small gap: two tables without a paragraph between them are one table to Word."""
    for line in table.notes:
        story.written(properties("GwNote"), line, "note", table.id)
    if not table.notes:
        story.generated("GwGap", "", "frame", table.id, "gap")


def _opening(style: str, widths: Sequence[int], title: str, description: str = "") -> str:
    """A table up to its rows; `title` and `description` are what a screen reader says of it."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    said = f'<w:tblCaption w:val="{attribute(title)}"/>'
    said += f'<w:tblDescription w:val="{attribute(description)}"/>' if description else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{said}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )


def _words(story: Story, node: NodeId, line: Line | None) -> str:
    """A caption or title with its label, as a screen reader says it."""
    label = story.numbering.labels.get(node)
    return "　".join(filter(None, (label.label if label else "", story.lines.plain(line) if line else "")))


def _heads(story: Story, table: Table) -> str:
    """What the head says, for those who cannot look it up at the top of a column."""
    cells = (story.lines.plain(cell.line) for row in table.heads for cell in row.cells)
    return "、".join(dict.fromkeys(filter(None, cells)))[:_LONGEST]


def _title(story: Story, box: Box, width: int, columns: int) -> str:
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    paragraph = story.labelled("GwBoxTitle", box.id, box.title, "title")
    return f'<w:tr>{_HEAD}<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{_SHADE}</w:tcPr>{paragraph}</w:tc></w:tr>'


class _Now(NamedTuple):
    """The row that is being written: its node, bookmark, 段号, and the style and kind of its cells."""

    node: NodeId
    name: str
    start: str
    end: str
    marked: Cell | None
    number: str
    style: str
    kind: str
    keeps: bool = False  # on the page of the row after it


class _Writer:
    """One table: its columns are known before its rows."""

    def __init__(self, story: Story, table: Table, setting: Setting) -> None:
        self.story = story
        self.table = table
        self.columns = max(table.columns, 1)
        longest = _longest(table)
        self.widths = _shared(table.widths or [min(max(n, _NARROW), _BROAD) for n in longest], setting.width)
        self.align = ["left" if length > _SHORT else "center" for length in longest]
        self.starts: dict[tuple[int, str, str, bool], str] = {}
        # For each column that a cell above covers: how many rows more, and how many columns it covers.
        self.covered: dict[int, tuple[int, int]] = {}
        self._later: dict[int, tuple[int, int]] = {}
        self.beside = _beside(table.rows)

    def write(self, box: Box | None) -> None:
        """The whole `w:tbl`; `box` gives it a title row."""
        story, table = self.story, self.table
        heads = _heads(story, table)
        title = _words(story, table.id, table.caption) if box is None else _words(story, box.id, box.title)
        story.out.append(_opening("GwTable", self.widths, title or heads or _TABLE, heads if title else ""))
        if box is not None:
            story.out.append(_title(story, box, sum(self.widths), self.columns))
        number = story.number(table.id)
        for row in table.heads:
            self._row(row, _HEAD, self._now(row, "GwTblHead", "head", number))
        self.covered.clear()  # what is merged in the head ends with it: the head is repeated alone
        for count, row in enumerate(table.rows, 1):
            style = "GwTblHead" if row.kind == "group" else "GwTbl"
            now = self._now(row, style, "cell", f"{number}/{count}" if number else "")
            self._row(row, _ROW, now._replace(keeps=self._keeps(row, count)))
        story.out.append("</w:tbl>")

    def _keeps(self, row: Row, count: int) -> bool:
        """Whether row `count` (from 1) stays with the next: one row alone below its head, a group's name or a sum alone say nothing, notes
        belong to the last row, and a merged cell says its words but once."""
        rows = self.table.rows
        if count == len(rows):
            return bool(self.table.notes)
        return count == 1 or count in self.beside or row.kind == "group" or rows[count].kind in _SUMS

    def _now(self, row: Row, style: str, kind: str, number: str) -> _Now:
        count = self.story.counter.next()
        name = PREFIX + base36(count)
        start, end = f'<w:bookmarkStart w:id="{count}" w:name="{name}"/>', f'<w:bookmarkEnd w:id="{count}"/>'
        # A bookmark around nothing comes back doubled from LibreOffice, so it goes to the first cell that says something.
        marked = next((cell for cell in row.cells if cell.line.inlines), None)
        return _Now(row.id, name, start, end, marked, self.story.number(row.id) or number, style, kind)

    def _row(self, row: Row, look: str, now: _Now) -> None:
        out = self.story.out
        out.append(f"<w:tr>{look}")
        column = written = 0
        for cell in row.cells:
            if self.covered:
                column, written = self._continued(column, written, now)
            self._cell(cell, column, written, now)
            column += cell.columns
            written += 1
        if self.covered:
            column, written = self._continued(column, written, now)
        for missing in range(column, self.columns):
            self._blank(missing, 1, "", written + missing - column, now)
        out.append("</w:tr>")
        if self._later:
            self.covered |= self._later
            self._later = {}

    def _continued(self, column: int, written: int, now: _Now) -> tuple[int, int]:
        """The cells that continue one above: empty, but Word wants them."""
        while column in self.covered:
            rows, columns = self.covered.pop(column)
            if rows > 1:
                self._later[column] = (rows - 1, columns)
            self._blank(column, columns, "<w:vMerge/>", written, now)
            column, written = column + columns, written + 1
        return column, written

    def _blank(self, column: int, columns: int, merge: str, written: int, now: _Now) -> None:
        mark = now.start + now.end if written == 0 and now.marked is None else ""
        span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
        width = sum(self.widths[column : column + columns])
        self.story.out.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}</w:tcPr>'
            f"<w:p>{properties(now.style, _KEEPS if now.keeps else '')}{mark}</w:p></w:tc>"
        )
        self.story.anchors.append(
            Anchor(now.name, now.kind, now.node, "", (), (), written, self.story.place, now.number)
        )

    def _cell(self, cell: Cell, column: int, written: int, now: _Now) -> None:
        story = self.story
        xml, text, pieces, extras = story.lines.write(cell.line)
        if cell.columns == 1 and cell.rows == 1:
            key = (column, now.style, cell.align, now.keeps)
            start = self.starts.get(key)
            if start is None:
                start = self.starts[key] = self._start(cell, column, now)
        else:
            start = self._start(cell, column, now)
        if cell.rows > 1:
            self._later[column] = (cell.rows - 1, cell.columns)
        if OBJECT in text:
            start = roomy(start, cell.line)
        if cell is now.marked or (now.marked is None and written == 0):
            xml = f"{now.start}{xml}{now.end}"
        story.out.append(f"{start}{xml}</w:p></w:tc>")
        story.anchors.append(
            Anchor(
                now.name,
                now.kind,
                cell.id,
                text,
                pieces,
                cell.line.spans,
                written,
                story.place,
                now.number,
                extras,
            )
        )

    def _start(self, cell: Cell, column: int, now: _Now) -> str:
        """Everything of a cell before its text; equal for the plain cells of a column."""
        usual = "center" if now.kind == "head" else self.align[min(column, self.columns - 1)]
        align = cell.align or usual
        look = (_KEEPS if now.keeps else "") + ("" if align == "center" else f'<w:jc w:val="{align}"/>')
        span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
        merge = '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
        width = sum(self.widths[column : column + cell.columns])
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}</w:tcPr><w:p>{properties(now.style, look)}'


def _beside(rows: Sequence[Row]) -> frozenset[int]:
    """The rows (from 1) that stay with the next for the sake of a merged cell beside them: all of a few, of many the first and the last but one."""
    out: set[int] = set()
    for count, row in enumerate(rows, 1):
        for cell in row.cells:
            last = min(count + cell.rows - 1, len(rows))
            if 1 < cell.rows <= _TOGETHER:
                out.update(range(count, last))
            elif cell.rows > 1:
                out |= {count, last - 1}
    return frozenset(out)


def _longest(table: Table) -> list[int]:
    """The longest text of each column; cells that span several do not count."""
    out = [0] * max(table.columns, 1)
    plain = all(len(row.cells) == table.columns for row in table.rows)
    for row in table.rows if plain else ():
        for column, cell in enumerate(row.cells):
            for inline in cell.line.inlines:
                if type(inline) is Text and len(inline.mapped.text) > out[column]:
                    out[column] = len(inline.mapped.text)
    if not plain:
        _longest_placed(table.rows, out)
    return out


def _longest_placed(rows: Iterable[Row], out: list[int]) -> None:
    covered: dict[int, int] = {}
    for row in rows:
        column = 0
        for cell in row.cells:
            while covered.get(column, 0) > 0:
                covered[column] -= 1
                column += 1
            if cell.columns == 1 and column < len(out):
                length = sum(
                    len(inline.mapped.text) for inline in cell.line.inlines if isinstance(inline, Text)
                )
                out[column] = max(out[column], length)
            for each in range(column, column + cell.columns):
                covered[each] = cell.rows - 1
            column += cell.columns


def _shared(weights: Sequence[float], width: int) -> list[int]:
    """`width` twips shared by weight; what rounding leaves goes to the last column."""
    total = sum(weights) or 1
    out = [int(width * weight / total) for weight in weights]
    out[-1] += width - sum(out)
    return out
