"""An opinion in the cells of a paper: who said it, where, what, what was decided, what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType

from drafter.papers.counts import by_person
from drafter.rounds.counting import is_opinion
from drafter.rounds.model import Decision, Register, Round, Row
from drafter.rounds.words import Issued, answered, quoted, said
from drafter.source.frozen import dataclass

OPEN = "待研究"
"""How an opinion on which nothing was decided is told in a draft."""

_WHOLE = "全文"
_NONE: Mapping[str, tuple[Row, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Told:
    """A round as papers tell it: its register, the stage that it was on (`征求意见稿`), and the issued text where that is there."""

    register: Register
    stage: str
    issued: Issued | None = None
    threads: Mapping[str, tuple[Row, ...]] = field(default_factory=lambda: _NONE)

    @property
    def round(self) -> Round:
        """The round."""
        return self.register.round

    def opinion(self, row: Row) -> str:
        """What was said, with what was said in answer to it in the same thread."""
        return said(row, self.issued, self.threads.get(row.id, ()))


def told(register: Register, stage: str, issued: Issued | None = None) -> Told:
    """A round, ready to be told."""
    threads = answered(row for row in register.rows if not row.withdrawn)
    return Told(register, stage, issued, threads)


def who(round_: Round, unit: str, person: str) -> str:
    """提出单位（个人）: the unit; of the public and of experts the person, with the unit that they gave."""
    return f"{unit}{person}" if by_person(round_, unit, person) else unit or person


def where(row: Row) -> str:
    """The 章节, and below it the 段号, called so because the column's head speaks of pages."""
    number = f"段号{row.number}" if row.number else ""
    return "\n".join(filter(None, (row.chapter, number))) or _WHOLE


def decided(row: Row) -> str:
    """采纳, 部分采纳, 未采纳, or 待研究."""
    return OPEN if row.decision is Decision.OPEN else row.decision.value


def became(row: Row) -> str:
    """修改情况或未采纳理由: the reason that was given; of an adopted opinion without one what was done to the text."""
    if row.reason.strip() or row.decision is not Decision.ADOPTED:
        return row.reason.strip()
    if row.adopted and row.adopted != row.proposed:
        return f"已修改为{quoted(row.adopted)}。"
    return "已按意见修改。" if row.applied else ""


def ordered(register: Register) -> tuple[Row, ...]:
    """The opinions as they came, those that say the same one after another."""
    rows = {row.id: row for row in register.rows if is_opinion(row)}
    groups: dict[str, list[Row]] = {}
    for row in rows.values():
        groups.setdefault(_head(row, rows), []).append(row)
    return tuple(row for group in groups.values() for row in group)


def _head(row: Row, rows: Mapping[str, Row]) -> str:
    """The first row that says the same, as far as it is one of these; of rows that name each other the first of them."""
    met = [row.id]
    while row.alike in rows and row.alike not in met:
        row = rows[row.alike]
        met.append(row.id)
    return min(met) if row.alike in met else row.id
