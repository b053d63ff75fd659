"""Versions of a plan and the order of their stages: versions count up, a stage may come again, none goes back unasked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafter.document.numerals import chinese
from drafter.source.frozen import dataclass

_MOST = 100  # times that a stage is looked for
_VERSION = re.compile(r"v([1-9][0-9]{0,3})\Z")


@dataclass(frozen=True, slots=True)
class Issuance:
    """A stage of a plan as it was or will be issued: its version (`v2`), its stage, the how manyeth time this stage is, and whether for the public."""

    version: str
    stage: str
    time: int = 1
    public: bool = False

    @property
    def label(self) -> str:
        """The stage as a cover shows it: `征求意见稿`, the second time `二次征求意见稿`."""
        return self.stage if self.time == 1 else f"{chinese(self.time)}次{self.stage}"


def labelled(version: str, label: str) -> Issuance:
    """The issuance that its cover shows so: `label` backwards, for what only the ledger still knows."""
    count, _, stage = label.partition("次")
    time = next((number for number in range(2, _MOST) if chinese(number) == count), 1)
    return Issuance(version, stage, time) if stage and time > 1 else Issuance(version, label)


def number_of(version: str) -> int:
    """The number of a version (`v2` → 2), 0 for what is none."""
    found = _VERSION.match(version)
    return int(found[1]) if found else 0


def following(before: Sequence[Issuance], stage: str, *, public: bool = False) -> Issuance:
    """What a release of `stage` will be after those before it: the next version, and the time counted among those of its stage.

    Those for the public are counted by themselves: what goes to departments and to the public is one draft, and neither sees the other's.
    """
    last = max((number_of(each.version) for each in before), default=0)
    time = sum((each.stage, each.public) == (stage, public) for each in before) + 1
    return Issuance(f"v{last + 1}", stage, time, public)


def goes_back(stages: Sequence[str], before: Sequence[Issuance], stage: str) -> str:
    """The latest stage that was issued, where `stage` stands before it in the workspace's order; empty where all is well."""
    known = [each.stage for each in before if each.stage in stages]
    latest = max(known, key=stages.index, default="")
    return latest if latest and stages.index(stage) < stages.index(latest) else ""
