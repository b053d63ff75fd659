"""Tracked changes, as the marks themselves tell them: no comparing, each change with its author and date.

A file is read as one string of atoms: the text of runs, and the ends of paragraphs. Changed atoms of one author that stand side by side
are one thing that was done (a word struck out and another typed); where such a stretch covers whole paragraphs, each is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import groupby

from drafter.picture.model import Change as Mark
from drafter.picture.model import Paragraph, Picture, Revision, ViewParagraph
from drafter.review.found import Found, kind_of, liking, put_in, shown
from drafter.review.hanging import NOTHING_HANGS, Hanging, stories_of
from drafter.review.own import NOBODYS, Own
from drafter.review.places import Places, Point
from drafter.review.remarks import BREAK, Change, Confidence, Kind
from drafter.review.wording import object_words
from drafter.source.frozen import dataclass
from drafter.word.anchors import OBJECT

_NEW = frozenset((Mark.INSERTED, Mark.MOVED_TO))
_GONE = frozenset((Mark.DELETED, Mark.MOVED_FROM))
_MOVES = frozenset((Mark.MOVED_FROM, Mark.MOVED_TO))


@dataclass(frozen=True, slots=True)
class Atom:
    """A run's text or a paragraph's end: its revisions, and its place in the original view (paragraph, offset)."""

    text: str
    revisions: tuple[Revision, ...]
    paragraph: int
    at: tuple[int, int]
    row: tuple[str, int, int] | None = None
    beside: str = ""  # what is told of an object

    @property
    def new(self) -> bool:
        """Not there before."""
        return any(revision.change in _NEW for revision in self.revisions)

    @property
    def gone(self) -> bool:
        """Not there any more."""
        return any(revision.change in _GONE for revision in self.revisions)

    @property
    def who(self) -> tuple[str, bool, bool, tuple[str, int, int] | None]:
        """What must be the same for two atoms to be parts of one change."""
        moved = any(revision.change in _MOVES for revision in self.revisions)
        return self.revisions[-1].author, moved, self.new and self.gone, self.row


def mark_of(revision: Revision) -> str:
    """How an account names a revision."""
    return f"{revision.change}:{revision.id}"


def atoms(
    picture: Picture, original: Sequence[ViewParagraph], hanging: Hanging = NOTHING_HANGS
) -> Iterator[Atom]:
    """The whole picture as atoms, in order; `hanging` are the notes and boxes that are told with their marks and objects."""
    of = {index: place for place, paragraph in enumerate(original) for index in paragraph.paragraphs}
    cursor = (0, 0)
    for paragraph in picture.paragraphs:
        place = of.get(paragraph.index)
        if place is not None and place != cursor[0]:
            cursor = (place, 0)
        outer = (*paragraph.row, *paragraph.column)
        row = _row(paragraph) if outer else None
        for run in paragraph.runs:
            revisions, words = (*outer, *run.revisions), ""
            if run.note or (run.thing is not None and not run.field):
                words, more = hanging.of_run(run)
                words, revisions = words or object_words(run), tuple(dict.fromkeys((*revisions, *more)))
            atom = Atom(run.text, revisions, paragraph.index, cursor, row, words)
            yield atom
            if place is not None and not atom.new:
                cursor = (place, cursor[1] + len(run.text))
        atom = Atom(BREAK, (*outer, *paragraph.mark), paragraph.index, cursor, row)
        yield atom
        if place is not None and not atom.new:
            cursor = (place + 1, 0)


def _row(paragraph: Paragraph) -> tuple[str, int, int] | None:
    cell = paragraph.cell
    return None if cell is None else (paragraph.story, cell.table, cell.row)


@dataclass(frozen=True)
class Tracked:
    """The tracked changes of a picture, held against the issued text."""

    picture: Picture
    places: Places
    styles: Mapping[int, str]
    own: Own = NOBODYS

    def found(self) -> Iterator[Found]:
        """Each change once, in order."""
        hanging = Hanging.of(self.picture)
        found = atoms(self.picture, self.places.original, hanging)
        if hanging.marks:
            found = self._apart(found, hanging)
        stream = [atom for atom in found if not self._ours(atom)]
        regions: list[list[Atom]] = []
        for changed, stretch in groupby(stream, key=lambda atom: bool(atom.revisions)):
            if changed:
                regions += _regions(list(stretch))
        for region in regions:
            yield from self._region(region)

    def _apart(self, found: Iterable[Atom], hanging: Hanging) -> Iterator[Atom]:
        """The atoms; those of notes and boxes without what is told with their marks."""
        stories = [paragraph.story for paragraph in self.picture.paragraphs]
        for atom in found:
            revisions = hanging.without(stories[atom.paragraph], atom.revisions)
            if revisions is not None:
                yield atom if revisions is atom.revisions else replace(atom, revisions=revisions)

    def _ours(self, atom: Atom) -> bool:
        """Whether an atom is what we proposed to put in, and nobody touched it."""
        return bool(atom.revisions) and all(map(self.own.revision, atom.revisions))

    def _region(self, region: list[Atom]) -> Iterator[Found]:
        if region[0].row is not None:
            yield self._row_change(region)
        elif any(atom.new and atom.gone for atom in region):
            yield from self._contested(region)
        else:
            for part in self._parts(region):
                yield self._made(part)

    def _parts(self, region: list[Atom]) -> Iterator[list[Atom]]:
        """A stretch cut where it covers whole paragraphs."""
        gone = [atom for atom in region if atom.gone]
        new = [atom for atom in region if atom.new]
        if not any(atom.text == BREAK for atom in region) or (gone and new):
            yield region
            return
        if self._at_end(region) and (new or self._ends_paragraph(region)):
            parts = _cut(region, leading=True)
        elif region[0].at[1] == 0:
            parts = _cut(region, leading=False)
        else:
            parts = [region]
        yield from (part for part in parts if part)

    def _at_end(self, region: list[Atom]) -> bool:
        """The stretch begins at the end of a paragraph, or (deleting) has a tail of one before its first paragraph end."""
        place, offset = region[0].at
        if place >= len(self.places.original):
            return False
        text = self.places.original[place].text
        if region[0].new:
            return offset == len(text) and bool(text)
        head = "".join(atom.text for atom in region).partition(BREAK)[0]
        return offset > 0 and offset + len(head) == len(text)

    def _ends_paragraph(self, region: list[Atom]) -> bool:
        place, offset = region[-1].at
        text = self.places.original[place].text if place < len(self.places.original) else ""
        return region[-1].text != BREAK and offset + len(region[-1].text) == len(text)

    def _made(self, part: list[Atom]) -> Found:
        old = "".join(atom.text for atom in part if atom.gone)
        new = "".join(atom.text for atom in part if atom.new)
        start = part[0].at
        end = (part[-1].at[0], part[-1].at[1] + (len(part[-1].text) if part[-1].gone else 0))
        if old.endswith(BREAK) and new.endswith(BREAK):
            old, new = old[:-1], new[:-1]
        return self._text_change(part, start, end, old, new)

    @cached_property
    def _objects(self) -> Mapping[str, tuple[int, int]]:
        """Where the object or mark of each note and box stands in the original view."""
        return {
            story: (index, stretch.start)
            for index, paragraph in enumerate(self.places.original)
            if OBJECT in paragraph.text
            for stretch in paragraph.stretches
            for story in stories_of(stretch.run)
        }

    def _point(self, index: int, offset: int) -> Point | None:
        """The issued place of a point of the original view; of words that hang on an object which was issued, that of the object."""
        point = self.places.point(index, offset)
        if point is not None or index >= len(self.places.original):
            return point
        at = self._objects.get(self.places.original[index].story)
        near = self.places.point(*at) if at is not None else None
        return replace(near, exact=False) if near is not None else None

    def _text_change(
        self, part: list[Atom], start: tuple[int, int], end: tuple[int, int], old: str, new: str
    ) -> Found:
        point = self.places.point(*start)
        if point is None and (beside := self._point(*start)) is not None:
            kind = _outlined(old, new)
            found = Found(
                kind, shown(old).strip("\n"), shown(new).strip("\n"), None, Confidence.LIKELY, "review.object"
            )
            return self._signed(part, found, beside)
        moved = any(revision.change in _MOVES for atom in part for revision in atom.revisions)
        kind, change = self._shape(part, point, start, old, new)
        known = change is not None and (point is None or (point.exact and self._untouched(part, point)))
        obstacle = "" if known else "review.unaligned"
        if moved:
            kind, obstacle = Kind.MOVE, "review.move"
        sure = Confidence.SURE if known else Confidence.UNSURE
        gone, come = (
            shown(words).strip("\n") + _told(part, new=n) for words, n in ((old, False), (new, True))
        )
        return self._signed(part, Found(kind, gone, come, change, sure, obstacle), point)

    def _untouched(self, part: list[Atom], point: Point) -> bool:
        """Whether what is struck out stood so in the issued text: as many characters from its first to its last, nothing changed silently."""
        gone = [atom for atom in part if atom.gone]
        if not gone:
            return True
        last = gone[-1]
        length = sum(len(atom.text) for atom in gone[:-1])
        tail = 0 if last.text == BREAK else len(last.text)
        end = self.places.point(last.at[0], last.at[1] + tail)
        if end is None or end.anchor < point.anchor:
            return False
        between = sum(len(each.text) + 1 for each in self.places.issued[point.anchor : end.anchor])
        return between + end.offset - point.offset == length + tail

    def _shape(
        self, part: list[Atom], point: Point | None, start: tuple[int, int], old: str, new: str
    ) -> tuple[Kind, Change | None]:
        """What kind of change it is, and the change in the issued text."""
        style = self.picture.paragraphs[part[-1].paragraph].style
        if not old and new.endswith(BREAK) and start[1] == 0:
            return Kind.PARAGRAPH_INSERTION, self._before(start, new[:-1], style)
        if point is None:
            return _outlined(old, new), None
        length = len(self.places.issued[point.anchor].text)
        if not old and new.startswith(BREAK) and point.offset == length:
            like = liking(self.styles, style, point.anchor)
            return Kind.PARAGRAPH_INSERTION, put_in(point.anchor, self.places.issued, new[1:], like)
        if not new and old.endswith(BREAK) and point.offset == 0:
            return Kind.PARAGRAPH_DELETION, Change(point.anchor, 0, len(old), "")
        if not new and old.startswith(BREAK) and len(old) > 1 and point.offset == length:
            return Kind.PARAGRAPH_DELETION, Change(point.anchor + 1, 0, len(old), "")
        whole = not new and point.offset == 0 and len(old) == length
        if whole and self.places.issued[point.anchor].column < 0:
            return Kind.PARAGRAPH_DELETION, Change(point.anchor, 0, length + 1, "")
        return kind_of(old, new), Change(point.anchor, point.offset, point.offset + len(old), new)

    def _before(self, start: tuple[int, int], text: str, style: str) -> Change | None:
        """A new paragraph before a paragraph of the original view: after the issued one that stands before it."""
        previous = start[0] - 1
        before = self.places.point(previous, len(self.places.original[previous].text)) if start[0] else None
        following = self.places.point(*start)
        if before is not None and (following is None or before.anchor + 1 == following.anchor):
            like = liking(self.styles, style, before.anchor)
            return put_in(before.anchor, self.places.issued, text, like)
        if following is None:
            return None
        like = following.anchor if self.styles.get(following.anchor) == style else -1
        return Change(following.anchor, 0, 0, text + BREAK, like)

    def _row_change(self, region: list[Atom]) -> Found:
        """A table row that was put in or struck out, or cells of one."""
        outer = region[0].revisions[0]
        here = (atom for atom in region if not (atom.gone if outer.change in _NEW else atom.new))
        text = "".join(atom.text for atom in here).removesuffix(BREAK)
        index = region[0].at[0]
        if outer.change in _NEW:
            before = self.places.point(index - 1, 0) if index else None
            change = None if before is None else put_in(before.anchor, self.places.issued, text, -1, row=True)
            found = self._signed(region, Found(Kind.PARAGRAPH_INSERTION, "", shown(text), change), before)
        else:
            first = self.places.point(*region[0].at)
            change = None if first is None else Change(first.anchor, 0, len(text) + 1, "", row=True)
            found = self._signed(region, Found(Kind.PARAGRAPH_DELETION, shown(text), "", change), first)
        return replace(found, author=outer.author, date=outer.date)

    def _contested(self, region: list[Atom]) -> Iterator[Found]:
        """One inserted it, another struck out part of it again: two remarks, and a person decides both."""
        point = self.places.point(*region[0].at)
        change = None if point is None else Change(point.anchor, point.offset, point.offset, "")
        text = shown("".join(atom.text for atom in region))
        outer = [replace(atom, revisions=_of(atom, _NEW)) for atom in region]
        inserted = Found(Kind.INSERTION, "", text, change, Confidence.SURE, "review.conflict")
        if not self.own.revision(outer[0].revisions[0]):
            yield self._signed(outer, inserted, point)
        struck = (atom for atom in region if atom.gone)
        for _, part in groupby(struck, key=lambda atom: atom.revisions[-1].author):
            inner = [replace(atom, revisions=_of(atom, _GONE)) for atom in part]
            words = shown("".join(atom.text for atom in inner))
            deleted = Found(Kind.DELETION, words, "", change, Confidence.SURE, "review.conflict")
            yield self._signed(inner, deleted, point)

    def _signed(self, part: list[Atom], found: Found, point: Point | None) -> Found:
        last = [atom.revisions[-1] for atom in part]
        marks = tuple(dict.fromkeys(mark_of(each) for atom in part for each in atom.revisions))
        date = next((revision.date for revision in last if revision.date), "")
        obstacle = found.obstacle or ("" if found.change is not None else "review.unaligned")
        order = (
            (point.anchor, point.offset) if point else (found.change.anchor, 0) if found.change else (-1, 0)
        )
        return Found(
            found.kind, found.original, found.proposed, found.change, found.confidence, obstacle,
            last[0].author, date, True, marks, order,  # noqa: FBT003 -- the field is named in Found
        )  # fmt: skip


def _told(part: Sequence[Atom], *, new: bool) -> str:
    """What is told of the objects that came or went."""
    return "".join(f"\n{atom.beside}" for atom in part if atom.beside and (atom.new if new else atom.gone))


def _of(atom: Atom, changes: frozenset[Mark]) -> tuple[Revision, ...]:
    return tuple(revision for revision in atom.revisions if revision.change in changes)


def _regions(stretch: list[Atom]) -> list[list[Atom]]:
    """Changed atoms side by side, cut by author; an insertion of which somebody struck out a part stays whole."""
    contested = {atom.revisions[0].author for atom in stretch if atom.new and atom.gone and atom.row is None}

    def key(atom: Atom) -> object:
        if atom.new and atom.row is None and atom.revisions[0].author in contested:
            return ("contested", atom.revisions[0].author)
        if atom.row is not None:  # what else was done inside a row that came or went is part of that
            return atom.row, atom.revisions[0].author, atom.revisions[0].change
        return atom.who

    return [list(part) for _, part in groupby(stretch, key=key)]


def _outlined(old: str, new: str) -> Kind:
    if not old and BREAK in new:
        return Kind.PARAGRAPH_INSERTION
    if not new and BREAK in old:
        return Kind.PARAGRAPH_DELETION
    return kind_of(old, new)


def _cut(region: list[Atom], *, leading: bool) -> list[list[Atom]]:
    """The atoms cut at paragraph ends, which begin (leading) or close their part."""
    parts: list[list[Atom]] = [[]]
    for atom in region:
        if atom.text != BREAK:
            parts[-1].append(atom)
        elif leading:
            parts.append([atom])
        else:
            parts[-1].append(atom)
            parts.append([])
    return parts
