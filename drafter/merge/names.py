"""What every fragment knows besides the data: 规划, 稿次, 日期, 内部, 公开."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from drafter.merge import formats
from drafter.merge.figures import Figure, Named, wrapped
from drafter.source.frozen import dataclass
from drafter.source.nearest import nearest
from drafter.source.origins import Datum
from drafter.workspace.model import Plan
from drafter.workspace.names import Names
from drafter.workspace.values import Quantity, Scope, UnknownName, Value, Words


@dataclass(frozen=True, slots=True)
class Settings:
    """What a build is asked for: the stage, the draft date, and for whom."""

    stage: str = ""
    date: date | None = None
    internal: bool = False
    public: bool = False
    sources: bool = False  # with the annex 数据来源表; no fragment can ask
    label: str = ""  # the stage as a cover shows it, where that is not the stage itself: 二次征求意见稿
    tracking: bool = False  # changes are tracked from the first key on
    enforced: bool = False  # and cannot be made otherwise
    watermark: str = ""  # behind every page


class Facts:
    """A scope of single values: 规划."""

    def __init__(self, key: str, members: Mapping[str, Value]) -> None:
        self._key, self._members = key, members

    @property
    def key(self) -> str:
        """Its name."""
        return self._key

    def member(self, name: str) -> Scope | Value:
        """One of its values."""
        if name not in self._members:
            raise UnknownName(self._key, name, nearest(name, self._members))
        return self._members[name]

    def at(self, year: int) -> Value:
        """It has no years."""
        raise UnknownName(self._key, str(year))

    def value(self) -> Value | None:
        """It is no value itself."""
        return None

    def names(self) -> tuple[str, ...]:
        """The names of its values."""
        return tuple(self._members)

    def rows(self) -> Iterator[Scope]:
        """It has no rows."""
        return iter(())


def plan_facts(plan: Plan) -> Facts:
    """规划: 名称, 简称, 基期, 目标年, 远期, 编制单位."""

    def datum(name: str) -> Datum:
        return plan.facts.get(name) or Datum(f"规划.{name}", None)

    members: dict[str, Value] = {
        "名称": Words(plan.title.text, datum("名称")),
        "简称": Words(plan.short or plan.title.text, datum("简称")),
        "编制单位": Words(plan.unit, datum("编制单位")),
    }
    for name, year in (("基期", plan.base_year), ("目标年", plan.target_year), ("远期", plan.far_year)):
        if year is not None:
            members[name] = Quantity(Decimal(year), "", 0, datum(name))
    return Facts("规划", members)


def known_to(plan: Plan, names: Scope, settings: Settings) -> dict[str, object]:
    """The names that a fragment of the plan starts from, the shorts of the datasets among them."""
    if isinstance(names, Names):
        names = names.with_period(plan.base_year, plan.target_year)
    known: dict[str, object] = {name: wrapped(names.member(name)) for name in names.names()}
    day = formats.spoken(settings.date) if settings.date else ""
    known |= {
        "规划": Named(plan_facts(plan)),
        "稿次": Figure(Words(settings.stage, Datum("稿次", None))),
        "日期": Figure(Words(day, Datum("日期", None))),
        "内部": settings.internal,
        "公开": settings.public,
    }
    return known
