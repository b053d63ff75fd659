"""The answer to each unit that gave opinions (意见采纳情况反馈), as a letter: what became of each of them, and why."""

from __future__ import annotations

from collections.abc import Iterable

from drafter.ooxml.grid import Column, Grid, plain
from drafter.ooxml.grid import Row as GridRow
from drafter.papers import sentences
from drafter.papers.counts import Answer, answers, by_person, counts
from drafter.papers.speaking import Told, became, decided, ordered, where
from drafter.rounds.model import Register, RoundKind
from drafter.source.frozen import dataclass

KIND = "意见采纳情况反馈"
COLUMNS = (
    Column("序号", 8, 6, centred=True),
    Column("章节", 16, 20),
    Column("意见建议", 36, 60),
    Column("采纳情况", 13, 10, centred=True),
    Column("修改情况或未采纳理由", 27, 40),
)


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter: the round, who it goes to, its title, what it says, the table of opinions, the last sentence."""

    round: str
    to: str
    title: str
    words: str
    grid: Grid
    end: str


def letters(told: Told, plan: str, sender: str) -> tuple[Letter, ...]:
    """A letter to each who gave opinions in this round; none to the public, who are answered by the table of results.

    `plan` is the plan's title, `sender` the unit that answers.
    """
    if told.round.kind is RoundKind.PUBLIC:
        return ()
    return tuple(_letter(told, answer, plan, sender) for answer in answers(told.register) if answer.rows)


def _letter(told: Told, answer: Answer, plan: str, sender: str) -> Letter:
    expert = told.round.kind is RoundKind.EXPERTS
    person = by_person(told.round, answer.unit, answer.person)
    to = answer.person if person else answer.unit or answer.person
    named = f"《{plan}{f'（{told.stage}）' if told.stage else ''}》"
    own = counts((Register(told.round, rows=answer.rows),))
    you, we = "您" if expert else "你单位", "我局" if sender.endswith("局") else "我单位"
    words = (
        f"{you}对{named}提出的意见收悉。{we}逐条作了研究：意见共{own.opinions}条，{sentences.results(own, zeros=False)}。"
        "现将采纳情况反馈如下。"
    )
    title = f"{sender}关于反馈{named}意见采纳情况的函"
    grid = Grid(f"{to}{KIND}", (), COLUMNS, tuple(_rows(told, answer)), unbroken=True)
    return Letter(told.round.id, to, title, words, grid, f"感谢{you}对规划编制工作的支持。")


def _rows(told: Told, answer: Answer) -> Iterable[GridRow]:
    ids = {row.id for row in answer.rows}
    rows = (row for row in ordered(told.register) if row.id in ids)
    for number, row in enumerate(rows, 1):
        cells = (where(row), told.opinion(row), decided(row), became(row))
        yield GridRow((number, *map(plain, cells)))
