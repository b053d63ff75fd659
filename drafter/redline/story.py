"""Two stories woven into one: the blocks of a body, a cell, a note, a header, a text box, with every change marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import field

from lxml import etree

from drafter.ooxml.normal import Element
from drafter.ooxml.xml import w
from drafter.redline import tables
from drafter.redline.align import Group, align
from drafter.redline.apart import apart
from drafter.redline.items import Item
from drafter.redline.lines import Line, weave
from drafter.redline.marks import Block, Entry, paragraph, parted, settled
from drafter.redline.names import (
    BOOKMARK,
    BOOKMARK_END,
    BOX,
    COMMENT_MARKS,
    ENDNOTE,
    FOOTNOTE,
    ID,
    SDT_CONTENT,
    SECT,
)
from drafter.redline.properties import canonical, key
from drafter.redline.stamp import Stamp
from drafter.redline.strips import Mark, strip
from drafter.redline.units import Part, parts
from drafter.redline.writing import State, Written
from drafter.source.frozen import dataclass

_NOTES = (FOOTNOTE, ENDNOTE)


@dataclass(frozen=True, slots=True)
class NotePair:
    """A note that both files have, or one of them: ids of the old and the new one, empty where it has none."""

    tag: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, eq=False)
class Changed:
    """A block that was changed: its words in both files, its id where it has one, and the paragraph that it is now."""

    id: str
    old: str
    new: str
    element: Element


@dataclass(slots=True, eq=False)
class Loom:
    """What the weaving of one file needs and finds.

    `ids` are those of paragraphs of both files, `carried` the ids of bookmarks of the old file that the new one has not.
    """

    stamp: Stamp
    ids: Mapping[Element, str] = field(default_factory=dict)
    carried: frozenset[str] = frozenset()
    noted: Mapping[tuple[str, str], str] = field(default_factory=dict)  # words of notes that both files have
    notes: list[NotePair] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    formats: int = 0  # changes of tables' properties
    lost: dict[str, None] = field(
        default_factory=dict
    )  # names of old blocks that cannot be marked as deleted

    def story(
        self, old: Sequence[Element], new: Sequence[Element], *, last_kept: bool = False
    ) -> list[Element]:
        """The children of the woven story. `last_kept`: the mark at its end stays, also where only one file has the story."""
        mine, behind = parts(old, self.ids)
        other, last = parts(new, self.ids)
        groups = align([part.unit for part in mine], [part.unit for part in other])
        stretch: list[Entry] = []
        out: list[Entry] = []
        for group in groups:
            self._places(stretch, mine[group.a : group.b], other[group.c : group.d])
            found, border = self._group(group, mine, other)
            if border:
                out += settled(stretch)
                stretch = []
            stretch += found
            if border:
                out += stretch
                stretch = []
        if last_kept:
            _keep_last(stretch)
        out += settled(stretch)
        self._behind(out, behind, last)
        return self._written(out)

    def same(self, old: Element, new: Element) -> bool:
        """Whether nothing was changed, so that the new element can be taken whole; its notes are looked at all the same."""
        if self._carries(old) or canonical(old) != canonical(new):
            return False
        for mine, its in zip(old.iter(*_NOTES), new.iter(*_NOTES), strict=True):
            self.notes.append(NotePair(str(its.tag), mine.get(ID, ""), its.get(ID, "")))
        return True

    def kept(self, places: Sequence[Element]) -> list[Element]:
        """Of places between blocks of the old file those that are kept."""
        return [each for each in places if each.tag not in COMMENT_MARKS and each.get(ID) in self.carried]

    def one_change(self, first: int) -> None:
        """Count the changes from this one on as one: a row, a table."""
        found = self.changed[first:]
        if len(found) > 1:
            words = [
                "\n".join(filter(None, said))
                for said in zip(*((each.old, each.new) for each in found), strict=True)
            ]
            id = next((each.id for each in found if each.id), "")
            self.changed[first:] = [Changed(id, words[0], words[1], found[0].element)]

    # -- groups

    def _group(self, group: Group, mine: Sequence[Part], other: Sequence[Part]) -> tuple[list[Entry], bool]:
        """The entries of a group, and whether paragraphs end before and behind it."""
        olds, news = mine[group.a : group.b], other[group.c : group.d]
        kind = (olds or news)[0].unit.kind
        if kind == "p" or (not group.paired and (kind == "field" or kind.startswith("contents"))):
            return list(self._lines(olds, news)), False
        if kind == "field" or kind.startswith("contents"):
            marks = Mark.of(olds[0].elements[-1])
            return [Line([], marks, Mark.of(each), whole=each) for each in news[0].elements], False
        if kind.startswith("tbl"):
            return self._table(olds, news), group.paired
        if kind.startswith("sdt"):
            return self._control(olds, news), group.paired
        return self._other(olds, news), group.paired

    def _lines(self, olds: Sequence[Part], news: Sequence[Part]) -> list[Line]:
        if len(olds) == 1 == len(news) and self.same(olds[0].element, news[0].element):
            one, other = olds[0].element, news[0].element
            return [Line([], Mark.of(one), Mark.of(other), whole=other)]
        elements = [[each for part in side for each in part.elements] for side in (olds, news)]
        mine, its = ([strip(each, self.noted) for each in side] for side in elements)
        lines = weave(mine, its, self.stamp, self._carried)
        touched = self._objects(lines)
        if not touched and len(lines) == 1 and not _changes(lines[0]):
            if elements[0] and not self._carries(elements[0][0]):
                return [Line([], lines[0].old, lines[0].new, whole=elements[1][0])]
            return lines
        self._note_change(lines, elements)
        return lines

    def _note_change(self, lines: Sequence[Line], elements: Sequence[Sequence[Element]]) -> None:
        texts = [
            "\n".join("".join(t.text or "" for t in each.iter(w("t"))) for each in side) for side in elements
        ]
        id = next((self.ids[each] for side in reversed(elements) for each in side if each in self.ids), "")
        for line in lines:
            line.id = id
        lines[-1].words = (texts[0], texts[1])

    def _table(self, olds: Sequence[Part], news: Sequence[Part]) -> list[Entry]:
        if olds and news:
            return [Block(tables.woven(self, olds[0].element, news[0].element), State.KEPT)]
        state = State.DELETED if olds else State.INSERTED
        return [Block(tables.one_sided(self, part.element, state), state) for part in (*olds, *news)]

    def _control(self, olds: Sequence[Part], news: Sequence[Part]) -> list[Entry]:
        """A content control around blocks: its content is a story of its own."""
        made = (news or olds)[0].element
        content = made.find(SDT_CONTENT)
        before = olds[0].element.find(SDT_CONTENT) if olds else None
        after = content if news else None
        if content is None:
            return [Block(made, State.KEPT)]
        inner = self.story(
            list(before) if before is not None else [], list(after) if after is not None else []
        )
        content[:] = inner
        if olds and news:
            return [Block(made, State.KEPT)]
        state = State.DELETED if olds else State.INSERTED
        return list(_ranged(made, content, state, self.stamp))

    def _other(self, olds: Sequence[Part], news: Sequence[Part]) -> list[Entry]:
        """What no revision can take: the new file's stays, the old file's is left out and named."""
        if not news:
            self.lost[etree.QName(olds[0].element).localname] = None
        return [Block(part.element, State.KEPT) for part in news]

    # -- what hangs on a paragraph

    def _objects(self, lines: Sequence[Line]) -> bool:
        """Notes and text boxes of the lines; whether anything in them was changed (notes are looked at later)."""
        touched = False
        for line in lines:
            for written in line.objects:
                if written.element.tag in _NOTES:
                    self._note(written)
                else:
                    touched = self._boxes(written) or touched
        return touched

    def _note(self, written: Written) -> None:
        id, tag = written.element.get(ID, ""), str(written.element.tag)
        if written.state is State.DELETED:
            self.notes.append(NotePair(tag, id, ""))
        else:
            former = "" if written.former is None else written.former.get(ID, "")
            self.notes.append(NotePair(tag, former, id))

    def _boxes(self, written: Written) -> bool:
        """The words of text boxes; whether they differ."""
        if written.state is State.INSERTED:
            return False
        touched = False
        boxes = _outermost(written.element)
        formers = _outermost(written.former) if written.former is not None else [None] * len(boxes)
        for box, former in zip(boxes, formers, strict=True):
            if former is None:
                box[:] = self.story(list(box), [], last_kept=True)
            elif canonical(box) != canonical(former):
                box[:] = self.story(list(deepcopy(former)), list(box))
                touched = True
        return touched

    # -- places

    def _carried(self, item: Item) -> bool:
        return item.element.tag in (BOOKMARK, BOOKMARK_END) and item.element.get(ID) in self.carried

    def _carries(self, element: Element) -> bool:
        return bool(self.carried) and any(
            each.get(ID) in self.carried for each in element.iter(BOOKMARK, BOOKMARK_END)
        )

    def _places(self, stretch: list[Entry], olds: Sequence[Part], news: Sequence[Part]) -> None:
        """Bookmarks and comment marks between blocks."""
        for part in olds:
            stretch += (Block(each, State.KEPT, place=True) for each in self.kept(part.places))
        for part in news:
            stretch += (Block(each, State.KEPT, place=True) for each in part.places)

    def _behind(self, out: list[Entry], old: Sequence[Element], new: Sequence[Element]) -> None:
        out += (Block(each, State.KEPT, place=True) for each in (*self.kept(old), *new))

    def _written(self, entries: Sequence[Entry]) -> list[Element]:
        out = []
        for entry in parted(apart(entries), self.stamp):
            if isinstance(entry, Block):
                out.append(entry.element)
                continue
            made = paragraph(entry, self.stamp)
            if entry.words is not None:
                self.changed.append(Changed(entry.id, *entry.words, made))
            out.append(made)
        return out


def _changes(line: Line) -> bool:
    """Whether a line holds any revision."""
    old, new = line.old, line.new
    if line.changes or old is None or new is None or (old.said, old.looks) != (new.said, new.looks):
        return True
    return new.section and key(_section(old)) != key(_section(new))


def _section(mark: Mark) -> Element | None:
    return None if mark.properties is None else mark.properties.find(SECT)


def _outermost(element: Element) -> list[Element]:
    """The text boxes that stand in no other."""
    return [box for box in element.iter(BOX) if next(box.iterancestors(BOX), None) is None]


def _keep_last(entries: list[Entry]) -> None:
    last = entries[-1] if entries else None
    if isinstance(last, Line) and last.one_sided:
        last.old = last.old or last.new
        last.new = last.new or last.old


def _ranged(control: Element, content: Element, state: State, stamp: Stamp) -> list[Block]:
    """A content control of one file between the marks that say so."""
    name = "customXmlIns" if state is State.INSERTED else "customXmlDel"
    opening, closing = stamp.element(f"{name}RangeStart"), stamp.element(f"{name}RangeStart")
    ends = [etree.Element(w(f"{name}RangeEnd"), {ID: start.get(ID, "")}) for start in (opening, closing)]
    content.insert(0, ends[0])
    content.append(closing)
    around = (opening, control, ends[1])
    return [Block(each, state, place=each is not control) for each in around]
