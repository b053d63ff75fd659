"""Tables: rows that came and went, cells changed inside, properties; a table whose columns differ is another table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lxml import etree

from drafter.ooxml.normal import Element
from drafter.ooxml.xml import w
from drafter.redline.align import align
from drafter.redline.names import FILLER, TBL, TC, TR
from drafter.redline.properties import canonical, changed, key
from drafter.redline.units import PLACES, Part, row_parts
from drafter.redline.writing import State

if TYPE_CHECKING:
    from drafter.redline.story import Loom

_TBLPR, _GRID, _TRPR, _EXCEPTIONS, _TCPR = map(w, ("tblPr", "tblGrid", "trPr", "tblPrEx", "tcPr"))
_HEAD = frozenset((_TBLPR, _GRID))
_ORDER = {_TBLPR: (), _GRID: (_TBLPR,), _EXCEPTIONS: (), _TRPR: (_EXCEPTIONS,), _TCPR: ()}
"""What stands before a kind of properties in its parent."""


def woven(loom: Loom, old: Element, new: Element) -> Element:
    """A table of both files: the new one, with the changes in it."""
    if loom.same(old, new):
        return new
    for tag in (_TBLPR, _GRID):
        _change(loom, old, new, tag)
    mine, behind = row_parts([child for child in old if child.tag not in _HEAD], loom.ids)
    other, last = row_parts([child for child in new if child.tag not in _HEAD], loom.ids)
    rows: list[Element] = []
    gone: list[Part] = []
    came: list[Part] = []
    for group in align([part.unit for part in mine], [part.unit for part in other]):
        if group.paired and _alike(mine[group.a].element, other[group.c].element):
            rows += _gap(loom, gone, came)
            gone, came = [], []
            rows += [*loom.kept(mine[group.a].places), *other[group.c].places]
            rows.append(_row(loom, mine[group.a].element, other[group.c].element))
        else:
            gone += mine[group.a : group.b]
            came += other[group.c : group.d]
    rows += [*_gap(loom, gone, came), *loom.kept(behind), *last]
    new[:] = [*(child for child in new if child.tag in _HEAD), *rows]
    return new


def _gap(loom: Loom, gone: Sequence[Part], came: Sequence[Part]) -> list[Element]:
    """Rows between two that both files have: what went, then what came."""
    out: list[Element] = []
    for part in gone:
        out += [*loom.kept(part.places), one_sided_row(loom, part.element, State.DELETED)]
    for part in came:
        out += [*part.places, one_sided_row(loom, part.element, State.INSERTED)]
    return out


def one_sided(loom: Loom, table: Element, state: State) -> Element:
    """A table that only one file has: every row of it."""
    first = len(loom.changed)
    for row in [row for row in table.iter(TR) if next(row.iterancestors(TBL)) is table]:
        one_sided_row(loom, row, state)
    loom.one_change(first)
    return table


def one_sided_row(loom: Loom, row: Element, state: State) -> Element:
    """A row that only one file has, its words marked too, as Word does it."""
    first = len(loom.changed)
    properties = _made(row, _TRPR)
    if not len(properties):  # the schema wants something else in it too: this says nothing
        etree.SubElement(properties, FILLER, {w("val"): "0" * 12})
    properties.append(loom.stamp.element(state.value))
    for cell in [cell for cell in row.iter(TC) if next(cell.iterancestors(TR)) is row]:
        content = [child for child in cell if child.tag != _TCPR]
        _refill(cell, loom.story(content, []) if state is State.DELETED else loom.story([], content))
    loom.one_change(first)
    return row


def _row(loom: Loom, old: Element, new: Element) -> Element:
    """A row of both files, whose cells are the same in number and width."""
    if loom.same(old, new):
        return new
    for tag in (_EXCEPTIONS, _TRPR):
        _change(loom, old, new, tag)
    for mine, other in zip(old.findall(TC), new.findall(TC), strict=True):
        if loom.same(mine, other):
            continue
        _change(loom, mine, other, _TCPR)
        olds, news = ([child for child in cell if child.tag != _TCPR] for cell in (mine, other))
        _refill(other, loom.story(olds, news))
    return new


def _alike(old: Element, new: Element) -> bool:
    """Whether two rows have the same cells; those with content controls around cells only where nothing differs."""
    return _shape(old) == _shape(new)


def _shape(row: Element) -> list[bytes]:
    out = []
    for child in row:
        if child.tag == TC:
            spans = [child.find(f"{_TCPR}/{w(name)}") for name in ("gridSpan", "hMerge", "vMerge")]
            out.append(b"|".join(b"" if span is None else canonical(span) for span in spans))
        elif child.tag not in (_TRPR, _EXCEPTIONS) and child.tag not in PLACES:
            out.append(canonical(child))
    skipped = [row.find(f"{_TRPR}/{w(name)}") for name in ("gridBefore", "gridAfter")]
    return out + [b"" if each is None else canonical(each) for each in skipped]


def _change(loom: Loom, old: Element, new: Element, tag: str) -> None:
    """Properties of the new element, with a record of the old ones where they differ."""
    before, after = old.find(tag), new.find(tag)
    if key(before) != key(after):
        changed(_made(new, tag) if after is None else after, before, tag, loom.stamp)
        loom.formats += 1


def _made(parent: Element, tag: str) -> Element:
    """Properties at their place, made where there are none."""
    found = parent.find(tag)
    if found is not None:
        return found
    made = etree.Element(tag)
    parent.insert(sum(child.tag in _ORDER[tag] for child in parent), made)
    return made


def _refill(cell: Element, content: Sequence[Element]) -> None:
    cell[:] = [*(child for child in cell if child.tag == _TCPR), *content]
