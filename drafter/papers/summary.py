"""意见采纳情况汇总表: every opinion that counts with what became of it, over one round or, in groups, over all rounds of a plan."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

from drafter.ooxml.grid import Column, Grid, plain
from drafter.ooxml.grid import Row as GridRow
from drafter.papers import sentences
from drafter.papers.counts import counts, silent
from drafter.papers.speaking import Told, became, decided, ordered, where, who
from drafter.rounds.model import RoundKind

TITLE = "意见采纳情况汇总表"
COLUMNS = (
    Column("序号", 5, 6, centred=True),
    Column("提出单位（个人）", 14, 20),
    Column("章节（页码）", 13, 20),
    Column("意见建议", 30, 60),
    Column("采纳情况", 8, 10, centred=True),
    Column("修改情况或未采纳理由", 20, 40),
    Column("承办科室", 10, 16),
)
ORDER = (RoundKind.DEPARTMENTS, RoundKind.SYSTEM, RoundKind.PUBLIC, RoundKind.EXPERTS)


Late = Mapping[str, Collection[str]]
"""Who has not answered in time, by the id of the round."""

NOBODY: Late = MappingProxyType({})


def in_order(rounds: Iterable[Told]) -> tuple[Told, ...]:
    """部门, 系统, 公众, 专家; of one kind as they were opened."""
    return tuple(
        sorted(rounds, key=lambda each: (ORDER.index(each.round.kind), each.round.opened, each.round.id))
    )


def summary(name: str, rounds: Sequence[Told], late: Late = NOBODY) -> Grid:
    """The table of these rounds of the plan `name`; those among `late` are taken for 无意见."""
    found = counts(each.register for each in rounds)
    said = [sentences.whole(found, (each.round for each in rounds)), sentences.withdrawn(found)]
    if len(rounds) == 1:
        said[1:1] = _mute(rounds[0], late)
    return Grid(
        f"{name}{TITLE}",
        ("".join(said),),
        COLUMNS,
        tuple(_rows(in_order(rounds), late)),
        unbroken=True,
    )


def _mute(told: Told, late: Late) -> list[str]:
    names = [asked.unit for asked in silent(told.register)]
    over = late.get(told.round.id, ())
    return [
        sentences.mute([name for name in names if name in over], as_none=True),
        sentences.mute([name for name in names if name not in over], as_none=False),
    ]


def _rows(rounds: Sequence[Told], late: Late) -> Iterable[GridRow]:
    number = 0
    for told in rounds:
        if len(rounds) > 1:
            own = sentences.counted(counts((told.register,)))
            heading = f"{sentences.named(told.round, told.stage)}：{own}{''.join(_mute(told, late))}"
            yield GridRow((plain(heading),))
        for row in ordered(told.register):
            number += 1
            cells = (
                who(told.round, row.unit, row.person),
                where(row),
                told.opinion(row),
                decided(row),
                became(row),
                row.office,
            )
            yield GridRow((number, *map(plain, cells)))
