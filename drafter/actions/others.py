"""What the other plans of a workspace print: a datum that one plan's reviewer corrects is corrected in all of them."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.actions.desk import Desk
from drafter.review.locate import Printed
from drafter.review.remarks import InData, InSource, Remark
from drafter.source.origins import SourceSlice
from drafter.word.anchors import Anchor

_SHARED, _OWN = "data/", "data/plans/"


class Others:
    """The plans on a desk as they are printed today; each is composed once, and only if a remark would change what it may share."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._printed: dict[str, tuple[tuple[Anchor, ...], Printed]] = {}

    def printing(self, plan: str, remark: Remark) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The plans beside `plan` that print what a remark would change, each with the places (段号, else 章节) where they do."""
        place = _shared(remark)
        if place is None:
            return
        for other in self._desk.workspace.plans:
            if other != plan:
                anchors, printed = self._of(other)
                indexes = printed.datum(place) or printed.literal(place)
                cited = (anchors[index].number or anchors[index].place for index in indexes)
                if places := tuple(dict.fromkeys(filter(None, cited))):
                    yield other, places

    def _of(self, plan: str) -> tuple[tuple[Anchor, ...], Printed]:
        if plan not in self._printed:
            anchors = self._desk.printed(plan)
            self._printed[plan] = anchors, Printed(anchors)
        return self._printed[plan]


def _shared(remark: Remark) -> SourceSlice | None:
    """The place that a remark would change in files which every plan may print; None where it changes nothing there."""
    if remark.obstacle not in {"", "review.printed-elsewhere"} or not isinstance(
        remark.target, InData | InSource
    ):
        return None
    place = remark.target.slice
    if isinstance(remark.target, InData) and remark.target.formula:
        return None
    return place if place and place.path.startswith(_SHARED) and not place.path.startswith(_OWN) else None
