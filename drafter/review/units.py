"""What alignment pairs: a paragraph, or a whole table row, of the issued file and of the returned one.

Contents tables are left out on both sides. A row of one cell is taken as a paragraph, because a box may be drawn as a table of one
cell; and so are the cells of a table that belongs to the frame, whose paragraphs have no bookmarks.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from drafter.picture.model import ViewParagraph
from drafter.source.frozen import dataclass
from drafter.word.anchors import PREFIX, Anchor

_COPY = re.compile(r"(_Copy_\d+)+$")
CELL_END = "\x1f"


@dataclass(frozen=True, slots=True)
class Unit:
    """`members` are indexes of paragraphs, `names` the bookmarks as they stand, `copies` those that a word processor renamed."""

    row: bool
    text: str
    names: frozenset[str]
    copies: frozenset[str]
    members: tuple[int, ...]
    frame: bool = False


def issued_units(issued: Sequence[Anchor], *, notes: bool) -> list[Unit]:
    """The units of the main story, or of the footnotes."""
    units: list[Unit] = []
    group: list[int] = []
    for index, anchor in enumerate(issued):
        if (anchor.kind == "footnote") is not notes or anchor.kind == "toc":
            continue
        if group and not (anchor.column >= 0 and anchor.name and anchor.name == issued[group[-1]].name):
            units += _issued_row(issued, group)
            group = []
        if anchor.column >= 0:
            group.append(index)
        else:
            units.append(_issued_paragraph(issued, index))
    return [*units, *_issued_row(issued, group)]


def _issued_paragraph(issued: Sequence[Anchor], index: int) -> Unit:
    anchor = issued[index]
    names = frozenset({anchor.name} - {""})
    return Unit(
        row=False,
        text=anchor.text,
        names=names,
        copies=frozenset(),
        members=(index,),
        frame=anchor.kind == "frame",
    )


def _issued_row(issued: Sequence[Anchor], group: Sequence[int]) -> list[Unit]:
    if len({issued[index].column for index in group}) < 2:  # noqa: PLR2004 -- a row has two cells at least
        return [_issued_paragraph(issued, index) for index in group]
    text = CELL_END.join(issued[index].text for index in group)
    return [
        Unit(
            row=True,
            text=text,
            names=frozenset({issued[group[0]].name} - {""}),
            copies=frozenset(),
            members=tuple(group),
        )
    ]


def returned_units(returned: Sequence[ViewParagraph], issued: Sequence[Anchor], *, notes: bool) -> list[Unit]:
    """The units of a view, in the same terms."""
    rows: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, paragraph in enumerate(returned):
        if paragraph.cell is not None and not paragraph.toc:
            rows[paragraph.cell.table, paragraph.cell.row].append(index)
    loose = _tables_without_rows(returned, issued)
    known = frozenset(anchor.name for anchor in issued)
    units: list[Unit] = []
    for index, paragraph in enumerate(returned):
        if paragraph.story.startswith("footnote:") is not notes or paragraph.toc or _aside(paragraph):
            continue
        cell = paragraph.cell
        members = rows[cell.table, cell.row] if cell is not None and cell.table not in loose else [index]
        cells = {place.cell for member in members if (place := returned[member].cell) is not None}
        if len(cells) < 2:  # noqa: PLR2004 -- a row has two cells at least
            units.append(_returned_unit(returned, [index], known, row=False))
        elif members[0] == index:
            units.append(_returned_unit(returned, members, known, row=True))
    return units


def _aside(paragraph: ViewParagraph) -> bool:
    """We write no endnotes and no text boxes: their words are told with their mark or object, where that is new."""
    return paragraph.story.startswith(("endnote:", "textbox:"))


def _returned_unit(
    returned: Sequence[ViewParagraph], members: Sequence[int], known: frozenset[str], *, row: bool
) -> Unit:
    """A unit; names that nobody issued, of words pasted from another draft, say nothing."""
    found = [name for member in members for name in (*returned[member].bookmarks, *returned[member].open)]
    names, copies = split_names(found)
    text = CELL_END.join(returned[member].text for member in members)
    return Unit(row, text, names & known, copies & known, tuple(members))


def split_names(found: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Our bookmarks among the names: those as we wrote them, and those that a copy made, with `_Copy_n` taken off."""
    ours = [name for name in found if name.startswith(PREFIX)]
    copies = frozenset(_COPY.sub("", name) for name in ours if _COPY.search(name))
    return frozenset(name for name in ours if not _COPY.search(name)), copies


def _tables_without_rows(returned: Sequence[ViewParagraph], issued: Sequence[Anchor]) -> frozenset[int]:
    """Tables that are the frame's: no bookmark of a row, and most of their words stand in frame paragraphs."""
    rows = {anchor.name for anchor in issued if anchor.column >= 0} - {""}
    frame = {anchor.text for anchor in issued if anchor.kind == "frame" and anchor.text}
    ours: set[int] = set()
    known: dict[int, list[bool]] = defaultdict(list)
    for paragraph in returned:
        if paragraph.cell is None:
            continue
        names, copies = split_names(paragraph.bookmarks)
        if (names | copies) & rows:
            ours.add(paragraph.cell.table)
        elif paragraph.text.strip():
            known[paragraph.cell.table].append(paragraph.text in frame)
    return frozenset(
        table for table, votes in known.items() if table not in ours and sum(votes) * 2 > len(votes)
    )
