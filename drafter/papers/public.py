"""The table of results for the public: 序号, 反馈人, 意见内容, 是否采纳, 理由; no names of persons, no telephones, no numbers of identity cards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from drafter.ooxml.grid import Column, Grid, plain
from drafter.ooxml.grid import Row as GridRow
from drafter.papers import sentences
from drafter.papers.counts import counts
from drafter.papers.speaking import Told, became, decided, ordered
from drafter.rounds.masking import called, in_clear, masked_words

TITLE = "意见采纳情况"
COLUMNS = (
    Column("序号", 7, 6, centred=True),
    Column("反馈人", 15, 16, centred=True),
    Column("意见内容", 40, 70),
    Column("是否采纳", 12, 10, centred=True),
    Column("理由", 26, 50),
)


def result(name: str, rounds: Sequence[Told], hidden: Iterable[str] = ()) -> Grid:
    """The table of these rounds of the plan `name`; `hidden` are names of persons that the registers have masked, for the words where they stand in full."""
    found = counts(each.register for each in rounds)
    when = "；".join(dict.fromkeys(filter(None, (sentences.period(each.round) for each in rounds))))
    said = f"{when}，{sentences.counted(found)}" if when else sentences.counted(found)
    return Grid(f"{name}{TITLE}", (said,), COLUMNS, tuple(_rows(rounds, tuple(hidden))), unbroken=True)


def _rows(rounds: Iterable[Told], hidden: tuple[str, ...]) -> Iterable[GridRow]:
    number = 0
    for told in rounds:
        names = (*persons((told,)), *hidden)
        for row in ordered(told.register):
            number += 1
            words = (masked_words(text, names) for text in (told.opinion(row), decided(row), became(row)))
            yield GridRow((number, plain(called(row.unit, row.person)), *map(plain, words)))


def persons(rounds: Sequence[Told]) -> tuple[str, ...]:
    """The names of persons that the registers have in clear, which no table for the public may have."""
    named = [(row.unit, row.person) for told in rounds for row in told.register.rows]
    named += [(reply.unit, reply.person) for told in rounds for reply in told.register.replies]
    return tuple(dict.fromkeys(name for each in named for name in in_clear(*each)))
