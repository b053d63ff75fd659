"""What the table of changes (修改对照表) says of the opinions behind them: how many changes answer one, which answer none, which opinions were not done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from drafter.comparison.model import Change
from drafter.comparison.sheet import Sheet
from drafter.papers.causes import Causes


def annotated(table: Sheet, changes: Iterable[Change], opinions: Causes) -> Sheet:
    """The table of these changes with it; strangers are told no more than the reasons themselves."""
    everything = tuple(changes)
    listed = [change for change in everything if change.kind.counts]
    if not opinions.rounds:
        return table
    alone = [number for number, change in enumerate(listed, 1) if not opinions.rows(change)]
    sentence = table.sentence
    if listed:
        sentence += f"其中依据意见的{len(listed) - len(alone)}处，没有对应意见的{len(alone)}处。"
    if opinions.public:
        return replace(table, sentence=sentence)
    left = [opinions.told(row) for row in opinions.unmade(everything)]
    below = (
        *((f"没有对应意见的改动：序号{'、'.join(map(str, alone))}。",) if alone else ()),
        *((f"已经采纳、两版之间没有找到改动的意见：{'；'.join(left)}。",) if left else ()),
    )
    return replace(table, sentence=sentence, below=below)
