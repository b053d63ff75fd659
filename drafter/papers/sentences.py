"""The sentences of the papers: how many were asked and answered, and what was decided (FORMAT B8), each figure from `drafter.papers.counts`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from drafter.papers.counts import Counts
from drafter.papers.speaking import OPEN
from drafter.rounds.model import Round, RoundKind


def counted(counts: Counts) -> str:
    """How many were asked, answered, said nothing, said what: `征求 N 个单位意见，收到反馈 n 份（其中无意见 k 份），提出意见 m 条，采纳 a 条……`."""
    what = f"提出意见{counts.opinions}条，{results(counts)}" if counts.opinions else "没有提出意见"
    return f"{_asked(counts)}收到反馈{counts.replies}份{_none(counts)}，{what}。"


def results(counts: Counts, *, zeros: bool = True) -> str:
    """`采纳 a 条、部分采纳 b 条、未采纳 c 条`, in a draft with those still open; without `zeros` only what there is."""
    shown = [("采纳", counts.adopted), ("部分采纳", counts.partly), ("未采纳", counts.rejected)]
    shown = [each for each in shown if zeros or each[1]] + ([(OPEN, counts.open)] if counts.open else [])
    return "、".join(f"{word}{count}条" for word, count in shown)


def _asked(counts: Counts) -> str:
    whom = [
        f"{count}{what}" for count, what in ((counts.asked, "个单位"), (counts.experts, "位专家")) if count
    ]
    asked = [f"征求{'、'.join(whom)}意见"] if whom else []
    asked += ["向社会公开征求意见"] if counts.public else []
    return f"{'，并'.join(asked)}，" if asked else ""


def _none(counts: Counts) -> str:
    """Of units it is always said; experts and the public seldom write to say nothing."""
    parts = [f"无意见{counts.none}份"] if counts.none or counts.asked else []
    parts += [f"原则同意、未提具体意见{counts.agreed}份"] if counts.agreed else []
    parts += [f"未列入征求范围的{counts.unasked}份"] if counts.unasked else []
    return f"（其中{'，'.join(parts)}）" if parts else ""


def withdrawn(counts: Counts) -> str:
    """What is not among the opinions; nothing where there is none."""
    return f"另有{counts.withdrawn}条意见由提出者撤回，未计入。" if counts.withdrawn else ""


def mute(names: Sequence[str], *, as_none: bool) -> str:
    """Who was asked and did not answer, by name; `as_none`: it is late, and the coordinator takes it for 无意见."""
    if not names:
        return ""
    listed = "、".join(names)
    if as_none:
        return f"逾期未反馈的有{len(names)}个，视为无意见：{listed}。"
    return f"未反馈的有{len(names)}个：{listed}。"


def period(round_: Round) -> str:
    """From when until when, as `2020年12月1日至12月18日`."""
    first, last = (date.fromisoformat(each) if each else None for each in (round_.opened, round_.until))
    if first is None or last is None or first == last:
        return day((first or last or date.min).isoformat()) if first or last else ""
    shown = f"{last.month}月{last.day}日" if first.year == last.year else day(last.isoformat())
    return f"{day(first.isoformat())}至{shown}"


def day(iso: str) -> str:
    """A day as papers write it; nothing for none."""
    if not iso:
        return ""
    found = date.fromisoformat(iso)
    return f"{found.year}年{found.month}月{found.day}日"


def named(round_: Round, stage: str) -> str:
    """A round in a heading: its name, whom it asked, on which version, when."""
    facts = "，".join(filter(None, (round_.kind.value, f"{stage}{round_.version}", period(round_))))
    return f"{round_.id}　{round_.name or KINDS[round_.kind]}（{facts}）"


KINDS = {
    RoundKind.DEPARTMENTS: "征求部门意见",
    RoundKind.SYSTEM: "征求系统内意见",
    RoundKind.PUBLIC: "向社会公开征求意见",
    RoundKind.EXPERTS: "征求专家意见",
}
"""What a round is called that has no name of its own."""


def whole(counts: Counts, rounds: Iterable[Round]) -> str:
    """The sentence above all rounds of a plan."""
    number = len(tuple(rounds))
    return f"先后{number}轮征求意见：{counted(counts)}" if number > 1 else counted(counts)
