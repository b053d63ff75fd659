"""Which remarks may be edits at all, before any is tried: those that can be written, that no other one contradicts, and that leave nothing half done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace

from drafter.review.diff import Op
from drafter.review.edits import Edits, in_paragraph
from drafter.review.follow import followers
from drafter.review.ground import places
from drafter.review.points import Blocked, Ground
from drafter.review.remarks import BREAK, Change, Confidence, Kind, Remark, SliceEdit
from drafter.review.structure import notes_struck, of_change
from drafter.source.files import Source
from drafter.source.frozen import dataclass
from drafter.source.origins import DataValue, SourceSlice, lineage
from drafter.word.anchors import Anchor, Record

_WORDS = 6  # as many characters are no coincidence
_WHOLE = frozenset((Kind.PARAGRAPH_INSERTION, Kind.PARAGRAPH_DELETION))
_ALONE = frozenset((Kind.COMMENT, Kind.COPY, Kind.OPINION))


def weighed(
    record: Record, remarks: Iterable[Remark], sources: Mapping[str, Source], changed: Iterable[str] = ()
) -> tuple[Remark, ...]:
    """The remarks with all that stands against writing them back which is known without trying; trying may find more."""
    candidates = Candidates(tuple(remarks), dict(sources), record, frozenset(changed))
    candidates.weigh()
    return tuple(candidates.now)


@dataclass
class Candidates:
    """The remarks; `now` are they with their edits or obstacles, `alive` the places of those still in the race.

    `named` are the ids of those that a person asked for; `files` the file of each, by its id, where they are not all from one.
    """

    remarks: tuple[Remark, ...]
    sources: dict[str, Source]
    record: Record
    changed: frozenset[str]
    named: frozenset[str] = frozenset()
    files: Mapping[str, str] = field(default_factory=dict)
    now: list[Remark] = field(default_factory=list)
    alive: list[int] = field(default_factory=list)
    ground: Ground = field(init=False)
    silent: frozenset[tuple[int, str]] = field(init=False)
    kept: list[int] = field(default_factory=list)
    remarks_edits: dict[int, tuple[SliceEdit, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        issued = self.record.anchors.paragraphs
        self.ground = Ground(issued, self.sources)
        self.kept = [index for index, anchor in enumerate(issued) if self.counts(anchor)]
        self.now = list(self.remarks)
        self.silent = frozenset(
            (each.anchor, self._file(each))
            for each in self.now
            if not each.tracked and each.kind not in _ALONE
        )

    def _file(self, remark: Remark) -> str:
        return self.files.get(remark.id, "")

    def asked(self, indexes: Iterable[int]) -> bool:
        """Whether a person named one of these: then all that prints their datum follows it, and is told."""
        return any(self.now[index].id in self.named for index in indexes)

    def counts(self, anchor: Anchor) -> bool:
        """Whether the guard compares a paragraph: not the contents, and none of a source that was changed since."""
        return anchor.kind != "toc" and (not self.changed or not self.changed & set(_paths(anchor)))

    def refuse(self, index: int, code: str, elsewhere: Iterable[int] = ()) -> None:
        """Set a remark aside with its obstacle."""
        remark = self.now[index]
        self.now[index] = replace(
            remark,
            obstacle=remark.obstacle or code,
            edits=(),
            elsewhere=remark.elsewhere or self._cited(elsewhere),
        )
        if index in self.alive:
            self.alive.remove(index)

    def _cited(self, paragraphs: Iterable[int]) -> tuple[str, ...]:
        anchors = [self.ground.issued[index] for index in paragraphs]
        return tuple(
            dict.fromkeys(
                anchor.number or anchor.place for anchor in anchors if anchor.number or anchor.place
            )
        )

    def weigh(self) -> None:
        """Set aside all that needs no trying."""
        self.prepare()
        self.values()
        self.conflicts()
        self.together()

    def prepare(self) -> None:
        """Make the edits of every remark that has no obstacle yet."""
        for index, remark in enumerate(self.remarks):
            if remark.obstacle or remark.change is None:
                self.refuse(index, "review.no-place")
            elif remark.confidence is Confidence.UNSURE and remark.id not in self.named:
                self.refuse(index, "review.unsure")
            elif self.changed & set(self._touched_paths(remark.change)):
                self.refuse(index, "review.source-changed")
            else:
                self._make(index, remark, remark.change)

    def _make(self, index: int, remark: Remark, change: Change) -> None:
        made = self._edits(change)
        if made.obstacle:
            self.refuse(index, made.obstacle, made.elsewhere)
        elif self.changed & {edit.slice.path for edit in made.edits}:
            self.refuse(index, "review.source-changed")
        else:
            self.now[index] = replace(remark, edits=made.edits)
            self.remarks_edits[index] = made.edits
            self.alive.append(index)

    def _edits(self, change: Change) -> Edits:
        if BREAK in change.new or change.end > len(self.ground.issued[change.anchor].text):
            made = of_change(self.ground, change)
        else:
            op = Op(change.start, change.end, change.new)
            made = in_paragraph(self.ground, change.anchor, op, notes=bool(change.notes))
        if made.obstacle or not change.notes:
            return made
        try:
            return replace(made, edits=(*made.edits, *notes_struck(self.ground, change.notes)))
        except Blocked as blocked:
            return Edits(obstacle=blocked.code, elsewhere=blocked.elsewhere)

    def _touched_paths(self, change: Change) -> set[str]:
        return set(_paths(self.ground.issued[change.anchor]))

    def values(self) -> None:
        """A datum printed in several places is changed where every one of them was changed alike, or there is only one.

        Cells of tables that are calculated from it are no places of it: they follow.
        """
        self._several_values()
        printed = self.ground.printed
        by_place: dict[SourceSlice, list[int]] = defaultdict(list)
        for index in self.alive:
            for edit in self.now[index].edits:
                if printed.datum(edit.slice):
                    by_place[edit.slice].append(index)
        for place, holders in by_place.items():
            texts = {edit.text for index in holders for edit in self.now[index].edits if edit.slice == place}
            anchors = [self.now[index].anchor for index in holders]
            cells = followers(self.ground, (place,))
            direct = [each for each in printed.datum(place) if each in self.kept and each not in cells]
            left = [each for each in direct if each not in anchors]
            for index in [*holders]:
                if len(texts) > 1:
                    self.refuse(index, "review.conflict", left)
                elif (left or len(direct) > len(holders)) and not self.asked(holders):
                    self.refuse(index, "review.printed-elsewhere", left or anchors[:1])

    def _several_values(self) -> None:
        """Where one paragraph has two values changed silently, they may have been swapped: which is which is for a person."""
        changed: dict[tuple[int, str], dict[int, set[SourceSlice]]] = defaultdict(dict)
        for index in self.alive:
            remark = self.now[index]
            places = {edit.slice for edit in remark.edits if self.ground.printed.datum(edit.slice)}
            if places and not remark.tracked:
                changed[remark.anchor, self._file(remark)][index] = places
        for found in changed.values():
            if len(set().union(*found.values())) > 1:
                for index in found:
                    self.refuse(index, "review.two-values")

    def conflicts(self) -> None:
        """Edits that take the same characters exclude each other; pure deletions do not."""
        taken = sorted(
            (edit.slice.path, edit.slice.start, edit.slice.end, edit.text, index)
            for index in self.alive
            for edit in self.now[index].edits
        )
        clashing: set[int] = set()
        for number, one in enumerate(taken):
            for two in taken[number + 1 :]:
                if two[0] != one[0] or two[1] >= max(one[2], one[1] + 1):
                    break
                if one[4] != two[4] and _clash(one, two):
                    clashing |= {one[4], two[4]}
        for index in sorted(clashing):
            self.refuse(index, "review.conflict")

    def together(self) -> None:
        """What one person did to one paragraph stands or falls together: half of it is a text that nobody wrote."""
        for group in self.groups(range(len(self.now))):
            if any(index not in self.alive for index in group):
                for index in group:
                    self.refuse(index, "review.together")

    def _paragraph(self, index: int) -> object:
        """Who did it to which paragraph. Comments and tracked new paragraphs stand alone; beside a silent change nothing does."""
        remark = self.now[index]
        apart = remark.kind in _ALONE or (remark.tracked and remark.kind is Kind.PARAGRAPH_INSERTION)
        if apart or remark.anchor < 0:
            return index
        file = self._file(remark)
        return (remark.anchor, file, "" if (remark.anchor, file) in self.silent else remark.author)

    def _shared(self, index: int) -> frozenset[object]:
        """The data that a remark changes."""
        edits = self.remarks_edits.get(index, ())
        return frozenset(edit.slice for edit in edits if self.ground.printed.datum(edit.slice))

    def groups(self, pending: Sequence[int]) -> list[list[int]]:
        """Remarks that stand or fall together: of one datum, of one person in one paragraph, of words that were carried elsewhere."""
        return _connected(
            {
                index: [self._paragraph(index), *self._shared(index), *self._carried(index)]
                for index in pending
            }
        )

    def _carried(self, index: int) -> list[object]:
        """Words taken out here and put in there are one thing: neither half is done without the other."""
        remark = self.now[index]
        if bool(remark.original) is bool(remark.proposed) or remark.kind in _ALONE:
            return []
        words = (remark.original or remark.proposed).strip()
        return [
            *([("words", self._file(remark), words)] if len(words) >= _WORDS else []),
            *([("paragraph", self._file(remark), words)] if words and remark.kind in _WHOLE else []),
        ]


def _connected(keys: Mapping[int, Sequence[object]]) -> list[list[int]]:
    """Numbers that share a key, directly or through others, together; in order of their first."""
    leader: dict[object, object] = {}

    def find(key: object) -> object:
        while leader.setdefault(key, key) != key:
            key = leader[key]
        return key

    for own in keys.values():
        for key in own[1:]:
            leader[find(key)] = find(own[0])
    groups: dict[object, list[int]] = defaultdict(list)
    for number, own in keys.items():
        groups[find(own[0])].append(number)
    return list(groups.values())


def _clash(one: tuple[str, int, int, str, int], two: tuple[str, int, int, str, int]) -> bool:
    """Both in one file, the second beginning at or after the first."""
    if one[1:4] == two[1:4] and one[1] < one[2]:
        return False  # the same edit, of a datum that is printed twice
    overlap = two[1] < one[2] and (two[1] > one[1] or two[2] > two[1])
    return overlap and bool(one[3] or two[3])


def _paths(anchor: Anchor) -> Iterable[str]:
    yield from (place.path for place in places(anchor))
    for piece in anchor.pieces:
        if isinstance(piece.origin, DataValue):
            yield from (each.place.path for each in lineage(piece.origin.datum) if each.place is not None)
