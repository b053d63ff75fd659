"""Lines as paragraphs: their properties and marks, and the last mark of a story, which nothing can delete or insert."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from drafter.ooxml.normal import Element
from drafter.redline.lines import Line
from drafter.redline.names import PPR, RPR, SECT, P
from drafter.redline.properties import changed, key, marked
from drafter.redline.stamp import Stamp
from drafter.redline.strips import Mark
from drafter.redline.writing import State
from drafter.source.frozen import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """What is no paragraph (a table, a place between paragraphs), and whether both files have it."""

    element: Element
    state: State
    place: bool = False


Entry = Line | Block


def settled(entries: list[Entry]) -> list[Entry]:
    """A stretch of paragraphs before a border (a table of both files, the end of a story), its last mark that of both files.

    A mark that is inserted or deleted joins its paragraph to the next one. At a border there is none: so the other file's last mark is
    taken from where it stands and set there, and what stood before it runs on.
    """
    last = next(
        (entry for entry in reversed(entries) if not isinstance(entry, Block) or not entry.place), None
    )
    if not isinstance(last, Line) or not last.one_sided:
        return entries
    missing_old = last.old is None
    barrier = State.DELETED if missing_old else State.INSERTED
    for index in range(len(entries) - 1, -1, -1):
        entry = entries[index]
        if isinstance(entry, Block):
            if entry.state is barrier and not entry.place:
                return entries
            continue
        mark = entry.old if missing_old else entry.new
        if mark is None:
            continue
        given = last.new if missing_old else last.old
        if given is None or mark.section is not given.section:
            return entries
        opened(entry)
        if missing_old:
            entry.old, last.old = None, mark
        else:
            entry.new, last.new = None, mark
        return _run_on(entries, index)
    return entries


def opened(line: Line) -> None:
    """A paragraph that was to be taken whole, as its parts."""
    if line.whole is not None:
        line.children = [child for child in line.whole if child.tag != PPR]
        line.whole = None


def _run_on(entries: list[Entry], index: int) -> list[Entry]:
    """A line without any mark, set before the content of the next line."""
    line = entries[index]
    if not isinstance(line, Line) or line.old is not None or line.new is not None:
        return entries
    following = next(entry for entry in entries[index + 1 :] if isinstance(entry, Line))
    opened(following)
    following.children = line.children + following.children
    following.objects = line.objects + following.objects
    following.changes += line.changes
    return [entry for entry in entries if entry is not line]


def parted(entries: Sequence[Entry], stamp: Stamp) -> list[Entry]:
    """A deleted table and an inserted one next to each other, kept apart by a paragraph that neither file has: Word joins neighbours."""
    out: list[Entry] = []
    before: Entry | None = None
    for entry in entries:
        if isinstance(entry, Block) and not entry.place and isinstance(before, Block):
            states = {before.state, entry.state}
            if states == {State.INSERTED, State.DELETED}:
                properties = marked(marked(None, stamp, "del"), stamp, "ins")
                paragraph = etree.Element(P)
                paragraph.append(properties)
                out.append(Block(paragraph, State.KEPT, place=True))
        out.append(entry)
        before = before if isinstance(entry, Block) and entry.place else entry
    return out


def paragraph(line: Line, stamp: Stamp) -> Element:
    """The paragraph of a line."""
    if line.whole is not None:
        return line.whole
    made = etree.Element(P)
    properties = _properties(line.old, line.new, stamp)
    if properties is not None and (len(properties) or properties.attrib):
        made.append(properties)
    made.extend(line.children)
    return made


def _properties(old: Mark | None, new: Mark | None, stamp: Stamp) -> Element | None:
    if new is None:  # a line without any mark has run on before
        return marked(None if old is None else deepcopy(old.properties), stamp, "del")
    made = deepcopy(new.properties)
    if old is None:
        return marked(made, stamp, "ins")
    if old.looks != new.looks:
        made = _with_looks(made, old, stamp)
    if made is not None and new.section:
        section_changed(made.find(SECT), None if old.properties is None else old.properties.find(SECT), stamp)
    return changed(made, old.properties, PPR, stamp)


def _with_looks(properties: Element | None, old: Mark, stamp: Stamp) -> Element:
    """The properties with a record of how the mark looked."""
    made = etree.Element(PPR) if properties is None else properties
    looks = made.find(RPR)
    if looks is None:
        looks = etree.Element(RPR)
        section = made.find(SECT)
        if section is None:
            made.append(looks)
        else:
            section.addprevious(looks)
    changed(looks, None if old.properties is None else old.properties.find(RPR), RPR, stamp)
    return made


def section_changed(new: Element | None, old: Element | None, stamp: Stamp) -> bool:
    """A section of both files with a record of its former properties, headers and footers aside; whether they differ."""
    if new is None or old is None or key(new) == key(old):
        return False
    changed(new, old, SECT, stamp)
    return True
