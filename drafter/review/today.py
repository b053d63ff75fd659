"""What was decided on an issued version, brought into the sources of today.

Each change is carried over to what the plan prints today (`threeway`); what can be is then done to the sources of today like any other change
(`apply`): rebuilt, each touched paragraph must read as it does today with the reviewer's change in it, and no other may change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from itertools import accumulate
from types import MappingProxyType

from drafter.review.apply import Plan, Rebuild, plan_edits
from drafter.review.asked import asked
from drafter.review.carried import Carried
from drafter.review.remarks import BREAK, Change, Confidence, Remark
from drafter.review.since import Since
from drafter.review.threeway import carry
from drafter.source.files import Source
from drafter.source.frozen import dataclass
from drafter.word.anchors import Record


@dataclass(frozen=True, slots=True)
class Today:
    """The plan as it is: what it prints and from which sources, and how an edit of them is tried."""

    record: Record
    sources: Mapping[str, Source]
    rebuild: Rebuild


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of the remarks: those `carried` by their ids, and what is planned with the ones that could be.

    `alike` has for a remark the one that does the same and stands for both.
    """

    planned: Plan
    since: Since
    carried: Mapping[str, Carried] = field(default_factory=lambda: MappingProxyType({}))
    alike: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def bring(
    record: Record,
    today: Today,
    remarks: Iterable[Remark],
    named: frozenset[str] = frozenset(),
    files: Mapping[str, str] = MappingProxyType({}),
    made: Iterable[Change] = (),
) -> Brought:
    """Remarks on what `record` says, planned on the sources of today; `named` and `files` as in `plan_edits`, `made` are changes that were brought in before.

    Remarks with an obstacle are refused with it, and so are those that cannot be carried over; as anywhere they keep back what the same person did beside them.
    """
    before: dict[int, list[Change]] = defaultdict(list)
    for change in made:
        before[change.anchor].append(change)
    since = Since.of(record.anchors.paragraphs, today.record.anchors.paragraphs)
    since = replace(since, made={anchor: tuple(found) for anchor, found in before.items()})
    everything = tuple(remarks)
    carried = {
        each.id: _unasked(record, today, since, carry(since, each.change))
        for each in everything
        if each.change is not None and not each.obstacle
    }
    alike = _alike(everything, carried, named)
    moved: list[Remark] = []
    for remark in everything:
        found = carried.get(remark.id)
        if found is None or found.obstacle:
            obstacle = found.obstacle if found else remark.obstacle or "review.no-place"
            here = since.now.get(remark.anchor, -1)
            moved.append(replace(remark, change=None, anchor=here, obstacle=obstacle))
        elif found.change is not None and remark.id not in alike:
            moved.append(replace(remark, change=found.change, anchor=found.change.anchor))
    against = _contradicting(moved, since, files)
    moved = [
        replace(each, change=None, obstacle="review.conflict") if each.id in against else each
        for each in moved
    ]
    planned = plan_edits(today.record, moved, today.sources, today.rebuild, named=named, files=files)
    return Brought(planned, since, carried, alike)


def _unasked(record: Record, today: Today, since: Since, carried: Carried) -> Carried:
    """What was carried over, if its writers have no open question there."""
    change = carried.change
    if change is None or not asked(since.today, today.sources, record.texts.values(), change):
        return carried
    return Carried(obstacle="apply.question", paragraph=carried.paragraph, at=carried.at)


def _contradicting(remarks: Iterable[Remark], since: Since, files: Mapping[str, str]) -> frozenset[str]:
    """Remarks of different files on the same words, or at the same point of a paragraph: what both together should say nobody has written."""
    starts = [0, *accumulate(len(anchor.text) + 1 for anchor in since.today)]
    places = sorted(
        (
            starts[change.anchor] + change.start,
            starts[change.anchor] + change.end,
            BREAK in change.new,
            each.id,
        )
        for each in remarks
        if (change := each.change) is not None
    )
    found: set[str] = set()
    for number, (start, end, whole, id_) in enumerate(places):
        for other in places[number + 1 :]:
            if other[0] >= max(end, start + 1):
                break
            point = start == end == other[0] == other[1]
            meet = (point and not (whole and other[2])) or (other[0] < end and other[1] > start)
            if meet and files.get(id_, "") != files.get(other[3], ""):
                found |= {id_, other[3]}
    return frozenset(found)


def _alike(
    remarks: Sequence[Remark], carried: Mapping[str, Carried], named: frozenset[str]
) -> Mapping[str, str]:
    """For each remark that does the same as another one the one that stands for both: the surer one, else the first."""
    first: dict[Change, str] = {}
    alike: dict[str, str] = {}
    for remark in sorted(
        remarks, key=lambda each: each.confidence is Confidence.UNSURE and each.id not in named
    ):
        change = carried[remark.id].change if remark.id in carried else None
        if change is not None:
            same = first.setdefault(replace(change, like=-1), remark.id)
            alike |= {} if same == remark.id else {remark.id: same}
    return alike
