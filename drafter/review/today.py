"""What was decided on an issued version, brought into the sources of today.

Each change is carried over to what the plan prints today (`threeway`); what can be is then done to the sources of today like any other change
(`apply`): rebuilt, each touched paragraph must read as it does today with the reviewer's change in it, and no other may change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from types import MappingProxyType

from drafter.review.apply import Plan, Rebuild, plan_edits
from drafter.review.remarks import Change, Confidence, Remark
from drafter.review.since import Since
from drafter.review.threeway import Carried, carry
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
) -> Brought:
    """Remarks on what `record` says, planned on the sources of today; `named` and `files` as in `plan_edits`.

    Remarks with an obstacle, and those without a change, are refused as they are.
    """
    since = Since.of(record.anchors.paragraphs, today.record.anchors.paragraphs)
    ready = [each for each in remarks if each.change is not None and not each.obstacle]
    carried = {each.id: carry(since, each.change) for each in ready if each.change is not None}
    first: dict[Change, str] = {}
    alike: dict[str, str] = {}
    moved: dict[str, Remark] = {}
    # of two that say the same the surer one stands for both
    for remark in sorted(
        ready, key=lambda each: each.confidence is Confidence.UNSURE and each.id not in named
    ):
        change = carried[remark.id].change
        if change is None:
            continue
        same = first.setdefault(replace(change, like=-1), remark.id)
        if same == remark.id:
            moved[remark.id] = replace(remark, change=change, anchor=change.anchor)
        else:
            alike[remark.id] = same
    in_order = [moved[each.id] for each in ready if each.id in moved]
    planned = plan_edits(today.record, in_order, today.sources, today.rebuild, named=named, files=files)
    return Brought(planned, since, carried, alike)
