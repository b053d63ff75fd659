"""Remarks → changed sources, under the guard: rebuilt, they must read exactly as the reviewer wrote, and nothing else may change.

All edits are tried together; where that is not right, the ones that stand at a wrong place are set aside and tried alone, so that one
bad edit does not keep the others out. Writing the files is the caller's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace
from types import MappingProxyType

from drafter.review.candidates import Candidates
from drafter.review.follow import Followed, followed, followers, foreseen
from drafter.review.guard import Verdict, compare, expected
from drafter.review.remarks import Change, Remark, SliceEdit
from drafter.source.files import Source
from drafter.source.frozen import dataclass
from drafter.word.anchors import AnchorMap, Record

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
    files: Mapping[str, str] = MappingProxyType({}),
) -> Plan:
    """Which remarks can be brought into the sources, and the sources with them.

    `changed` are the sources that are not any more what the file was built from; `named` the ids of remarks that a person asked for, unsure or
    of data that are printed elsewhere too; `files` what file each remark is from, by its id, where they are not all from one.
    """
    work = _Work(tuple(remarks), dict(sources), record, frozenset(changed), named, files, rebuild=rebuild)
    work.weigh()
    good = work.foreseen(work.settle())
    applied = tuple(work.now[index] for index in sorted(good))
    refused = tuple(remark for index, remark in enumerate(work.now) if index not in good)
    follows = {remark.id: followed(work.ground, remark, work.rebuilt) for remark in applied}
    return Plan(applied, refused, work.patched(good), {key: cells for key, cells in follows.items() if cells})


@dataclass(kw_only=True)
class _Work(Candidates):
    """The candidates, tried by `rebuild`."""

    rebuild: Rebuild
    rebuilt: Mapping[int, str] = field(default_factory=dict)  # what the issued paragraphs say after the edits

    def prepare(self) -> None:
        """Make the edits, if what was built from unchanged sources still reads as issued."""
        if self.changed and not self._verdict(()).right:
            for index in range(len(self.now)):
                self.refuse(index, "review.source-changed")
            return
        super().prepare()

    def settle(self) -> frozenset[int]:
        """The remarks whose edits, all together, rebuild to what the reviewer wrote."""
        pending = tuple(self.alive)
        verdict = self._verdict(pending)
        if verdict.right:
            return frozenset(pending)
        groups = self.groups(pending)
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
        groups = self.groups(pending)
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
        rebuilt = [anchor for anchor in made.paragraphs if self.counts(anchor)]
        wanted = expected(issued, changes)
        free = {position[each] for each in self._free(chosen) if each in position}
        verdict = compare(wanted, rebuilt, free)
        if verdict.right:
            pairs = zip(wanted, rebuilt, strict=True)
            self.rebuilt = {self.kept[each.issued]: now.text for each, now in pairs if each.issued >= 0}
        return self._named(verdict)

    def _free(self, chosen: Sequence[int]) -> Iterable[int]:
        """The paragraphs that may say something else with these edits: calculated cells, and all that follows a datum that a person named."""
        edits = [(index, edit.slice) for index in chosen for edit in self.now[index].edits]
        yield from followers(self.ground, (place for _, place in edits))
        for index, place in edits:
            if self.asked((index,)):
                yield from self.ground.printed.datum(place)

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
