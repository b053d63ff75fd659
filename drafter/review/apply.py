"""Remarks → changed sources, under the guard: rebuilt, they must read exactly as the reviewer wrote, and nothing else may change.

All edits are tried together; where that is not right, the ones that stand at a wrong place are set aside and tried alone, so that one
bad edit does not keep the others out. Writing the files is the caller's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace

from drafter.review.diff import Op
from drafter.review.edits import Edits, in_paragraph
from drafter.review.follow import Followed, followed, followers, foreseen
from drafter.review.ground import places
from drafter.review.guard import Verdict, compare, expected
from drafter.review.points import Blocked, Ground
from drafter.review.remarks import BREAK, Change, Confidence, Kind, Remark, SliceEdit
from drafter.review.structure import notes_struck, of_change
from drafter.source.files import Source
from drafter.source.frozen import dataclass
from drafter.source.origins import DataValue, SourceSlice, lineage
from drafter.word.anchors import Anchor, AnchorMap, Record

Rebuild = Callable[[Mapping[str, str]], AnchorMap | None]
"""Builds the plan from its sources, some of them replaced, as the record says; None where that cannot be done."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What may be written: `patched` are the whole new texts by path; every remark is in `applied` or in `refused`, with its obstacle.

    `follows` are, by the id of an applied remark, the calculated cells that say something else with it.
    """

    applied: tuple[Remark, ...]
    refused: tuple[Remark, ...]
    patched: Mapping[str, str]
    follows: Mapping[str, tuple[Followed, ...]] = field(default_factory=dict)

    @property
    def obstacles(self) -> Mapping[str, str]:
        """Why each refused remark is not applied, by its id."""
        return {remark.id: remark.obstacle for remark in self.refused}


def plan_edits(
    record: Record,
    remarks: Iterable[Remark],
    sources: Mapping[str, Source],
    rebuild: Rebuild,
    changed: Iterable[str] = (),
    named: frozenset[str] = frozenset(),
) -> Plan:
    """Which remarks can be brought into the sources, and the sources with them.

    `changed` are the sources that are not any more what the file was built from; `named` the ids of unsure remarks that a person asked for.
    """
    work = _Work(tuple(remarks), dict(sources), rebuild, record, frozenset(changed))
    work.prepare(named)
    work.values()
    work.conflicts()
    work.together()
    good = work.foreseen(work.settle())
    applied = tuple(work.now[index] for index in sorted(good))
    refused = tuple(remark for index, remark in enumerate(work.now) if index not in good)
    follows = {remark.id: followed(work.ground, remark, work.rebuilt) for remark in applied}
    return Plan(applied, refused, work.patched(good), {key: cells for key, cells in follows.items() if cells})


_WORDS = 6  # as many characters are no coincidence
_ALONE = frozenset((Kind.COMMENT, Kind.COPY, Kind.OPINION))


@dataclass
class _Work:
    """The work on one file's remarks; `now` are they with their edits or obstacles, `alive` the places of those still in the race."""

    remarks: tuple[Remark, ...]
    sources: dict[str, Source]
    rebuild: Rebuild
    record: Record
    changed: frozenset[str]
    now: list[Remark] = field(default_factory=list)
    alive: list[int] = field(default_factory=list)
    ground: Ground = field(init=False)
    silent: frozenset[int] = field(init=False)
    kept: list[int] = field(default_factory=list)
    remarks_edits: dict[int, tuple[SliceEdit, ...]] = field(default_factory=dict)
    rebuilt: Mapping[int, str] = field(default_factory=dict)  # what the issued paragraphs say after the edits

    def __post_init__(self) -> None:
        issued = self.record.anchors.paragraphs
        self.ground = Ground(issued, self.sources)
        self.kept = [index for index, anchor in enumerate(issued) if self._counts(anchor)]
        self.now = list(self.remarks)
        self.silent = frozenset(
            each.anchor for each in self.now if not each.tracked and each.kind not in _ALONE
        )

    def _counts(self, anchor: Anchor) -> bool:
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

    def prepare(self, named: frozenset[str]) -> None:
        """Make the edits of every remark that has no obstacle yet."""
        if self.changed and not self._still_reads():
            for index in range(len(self.now)):
                self.refuse(index, "review.source-changed")
            return
        for index, remark in enumerate(self.remarks):
            if remark.obstacle or remark.change is None:
                self.refuse(index, "review.no-place")
            elif remark.confidence is Confidence.UNSURE and remark.id not in named:
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

    def _still_reads(self) -> bool:
        """Whether what was built from unchanged sources still reads as issued."""
        return self._verdict(()).right

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
                elif left or len(direct) > len(holders):
                    self.refuse(index, "review.printed-elsewhere", left or anchors[:1])

    def _several_values(self) -> None:
        """Where one paragraph has two values changed silently, they may have been swapped: which is which is for a person."""
        changed: dict[int, dict[int, set[SourceSlice]]] = defaultdict(dict)
        for index in self.alive:
            remark = self.now[index]
            places = {edit.slice for edit in remark.edits if self.ground.printed.datum(edit.slice)}
            if places and not remark.tracked:
                changed[remark.anchor][index] = places
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
        for group in self._groups(range(len(self.now))):
            if any(index not in self.alive for index in group):
                for index in group:
                    self.refuse(index, "review.together")

    def _paragraph(self, index: int) -> object:
        """Who did it to which paragraph. Comments and tracked new paragraphs stand alone; beside a silent change nothing does."""
        remark = self.now[index]
        apart = remark.kind in _ALONE or (remark.tracked and remark.kind is Kind.PARAGRAPH_INSERTION)
        if apart or remark.anchor < 0:
            return index
        return (remark.anchor, "" if remark.anchor in self.silent else remark.author)

    def _shared(self, index: int) -> frozenset[object]:
        """The data that a remark changes."""
        edits = self.remarks_edits.get(index, ())
        return frozenset(edit.slice for edit in edits if self.ground.printed.datum(edit.slice))

    def settle(self) -> frozenset[int]:
        """The remarks whose edits, all together, rebuild to what the reviewer wrote."""
        pending = tuple(self.alive)
        verdict = self._verdict(pending)
        if verdict.right:
            return frozenset(pending)
        groups = self._groups(pending)
        suspects = [index for group in groups if verdict.suspects & set(group) for index in group]
        rest = tuple(index for index in pending if index not in suspects)
        good: frozenset[int] = frozenset()
        if suspects and rest and self._verdict(rest).right:
            good = frozenset(rest)
            pending = tuple(suspects)
        return self._bisect(pending, good)

    def _bisect(self, pending: Sequence[int], good: frozenset[int]) -> frozenset[int]:
        if not pending:
            return good
        verdict = self._verdict((*good, *pending))
        if verdict.right:
            return good | frozenset(pending)
        groups = self._groups(pending)
        if len(groups) == 1:
            code = (
                "review.printed-elsewhere" if verdict.elsewhere and not verdict.suspects else "review.guard"
            )
            for index in pending:
                self.refuse(index, code, verdict.elsewhere if code != "review.guard" else ())
            return good
        half = (len(groups) + 1) // 2
        good = self._bisect([index for group in groups[:half] for index in group], good)
        return self._bisect([index for group in groups[half:] for index in group], good)

    def _groups(self, pending: Sequence[int]) -> list[list[int]]:
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
        return [("words", words)] if len(words) >= _WORDS else []

    def _verdict(self, chosen: Sequence[int]) -> Verdict:
        changes = []
        position = {index: place for place, index in enumerate(self.kept)}
        for index in sorted(chosen):
            change = self.now[index].change
            if change is None or change.anchor not in position:
                return Verdict(right=False, suspects=frozenset((index,)))
            changes.append((index, replace(change, anchor=position[change.anchor])))
            for note in change.notes:
                length = len(self.ground.issued[note].text) + 1
                changes.append((index, Change(position[note], 0, length, "")))
        issued = [self.ground.issued[index] for index in self.kept]
        made = self.rebuild(self.patched(chosen))
        if made is None:
            return Verdict(right=False)
        rebuilt = [anchor for anchor in made.paragraphs if self._counts(anchor)]
        wanted = expected(issued, changes)
        places = (edit.slice for index in chosen for edit in self.now[index].edits)
        free = {position[each] for each in followers(self.ground, places) if each in position}
        verdict = compare(wanted, rebuilt, free)
        if verdict.right:
            pairs = zip(wanted, rebuilt, strict=True)
            self.rebuilt = {self.kept[each.issued]: now.text for each, now in pairs if each.issued >= 0}
        return self._named(verdict)

    def foreseen(self, good: frozenset[int]) -> frozenset[int]:
        """The applied remarks, and those on calculated cells that these have brought about."""
        cells = followers(self.ground, (edit.slice for index in good for edit in self.now[index].edits))
        on_cells = {n: each for n, each in enumerate(self.now) if each.anchor in cells}
        more = foreseen(self.ground, on_cells, self.rebuilt)
        for index in more:
            self.now[index] = replace(self.now[index], obstacle="")
        return good | more

    def _named(self, verdict: Verdict) -> Verdict:
        return replace(verdict, elsewhere=tuple(self.kept[index] for index in verdict.elsewhere))

    def patched(self, chosen: Iterable[int]) -> dict[str, str]:
        """The sources with the edits of some remarks."""
        by_path: dict[str, list[SliceEdit]] = defaultdict(list)
        made: set[SliceEdit] = set()
        for index in sorted(chosen):
            for edit in self.now[index].edits:
                # a datum printed twice is replaced once; the same words put in twice at one point stand there twice
                if edit not in made or edit.slice.start == edit.slice.end:
                    by_path[edit.slice.path].append(edit)
                    made.add(edit)
        return {path: patch(self.sources[path].text, edits) for path, edits in sorted(by_path.items())}


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


def patch(text: str, edits: Sequence[SliceEdit]) -> str:
    """A text after edits that do not clash; insertions at one point stand in the order given."""
    out: list[str] = []
    at = 0
    numbered = sorted(enumerate(edits), key=lambda each: (each[1].slice.start, each[1].slice.end, each[0]))
    for _, edit in numbered:
        out += [text[at : edit.slice.start], edit.text]
        at = max(at, edit.slice.end)
    out.append(text[at:])
    return "".join(out)


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
