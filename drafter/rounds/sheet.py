"""The register as a table that is handed out to be filled in (意见办理表), before anybody writes it as Excel or Word, and how it is known again.

Every row carries a stamp: the plan, its id, a hash of the cells that nobody may change, and one of each cell to be filled in as it was handed out. By it
a file that comes back is held against both what went out and what the register says meanwhile, whatever was sorted, moved or added around the cells.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from drafter.ooxml.xml import printable
from drafter.rounds.counting import Counts
from drafter.rounds.model import Decision, Register, Row
from drafter.rounds.words import THING, Issued, answered, said
from drafter.source.frozen import dataclass
from drafter.word.anchors import OBJECT


class Head(StrEnum):
    """The columns, by their heads."""

    ID = "编号"
    WHO = "提出单位（个人）"
    PLACE = "章节（段号）"
    ORIGINAL = "原文"
    SAID = "意见建议"
    BESIDE = "相同或矛盾的意见"
    OFFICE = "承办科室"
    DECISION = "采纳情况"
    ADOPTED = "采用的文字"
    REASON = "修改情况或未采纳理由"
    CONTACT = "沟通情况"
    BY = "经办人"
    ON = "办理日期"
    STAMP = "校验码"


FIXED: Final = (Head.WHO, Head.ORIGINAL, Head.SAID)
"""What nobody may change beside the id."""

FILLED: Final = (Head.OFFICE, Head.DECISION, Head.ADOPTED, Head.REASON, Head.CONTACT, Head.BY, Head.ON)
"""What is to be filled in, in the order of the stamps."""

PARTS: Final = (
    (Head.DECISION, Head.ADOPTED, Head.REASON, Head.BY, Head.ON),
    (Head.OFFICE,),
    (Head.CONTACT,),
)
"""What belongs together: where two have changed the same part otherwise, they contradict each other."""

RESULTS: Final = tuple(each for each in Decision if each is not Decision.OPEN)

_ASKED = (
    "请填写从“承办科室”起的各格，其余各格和编号不要改动；采纳情况填采纳、部分采纳或未采纳，部分采纳和未采纳要写理由；"
    "“采用的文字”与建议的文字不同时才填。"
)
_HASH = 6  # of 16^6 changed cells one would pass for unchanged
_STAMP = re.compile(
    rf"\{{(?P<plan>[^\s/{{}}]{{1,80}})/(?P<id>R\d{{1,6}}-\d{{1,9}})(?P<hashes>(?: (?:[0-9a-f]{{{_HASH}}}|-)){{{len(FILLED) + 1}}})\}}"
)
_CONTENTS = re.compile(
    r"\{(?P<plan>[^\s/{}]{1,80})/(?P<round>R\d{1,6}) (?P<numbers>\d{1,9}(?:-\d{1,9})?(?:,\d{1,9}(?:-\d{1,9})?)*)\}"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it is handed out: its cells by their heads."""

    id: str
    cells: Mapping[Head, str]


@dataclass(frozen=True, slots=True)
class Handout:
    """A table that is handed out: the plan, the round, its title, the sentences above, its lines."""

    plan: str
    round: str
    title: str
    above: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a row was when it was handed out: the hashes of its cells, of the fixed ones together (`fixed`); a cell that was not handed out has none."""

    plan: str
    id: str
    fixed: str
    filled: Mapping[Head, str]


def lines(register: Register, rows: Iterable[Row], text: Issued | None = None) -> tuple[Line, ...]:
    """The lines of these rows of a register."""
    answers = answered(row for row in register.rows if not row.withdrawn)
    return tuple(Line(row.id, _cells(row, text, answers.get(row.id, ()))) for row in rows)


def values(row: Row) -> Mapping[Head, str]:
    """What is to be filled in as a row says it."""
    decision = "" if row.decision is Decision.OPEN else row.decision.value
    own = (row.office, decision, row.adopted, row.reason, row.contact, row.by, row.on)
    return MappingProxyType(dict(zip(FILLED, own, strict=True)))


def filled(row: Row) -> Mapping[Head, str]:
    """The same as cells show it."""
    return MappingProxyType({head: _shown(text) for head, text in values(row).items()})


def fixed(row: Row) -> Mapping[Head, str]:
    """The cells that say whose row it is and what it speaks of; how the opinion is said hangs on the issued text."""
    who = "\n".join(filter(None, (row.unit, row.person)))
    return MappingProxyType({Head.WHO: _shown(who), Head.ORIGINAL: _shown(row.original)})


def sentences(counts: Counts) -> tuple[str, ...]:
    """What stands above a table that is to be filled in."""
    decided = (
        f"采纳{counts.adopted}条、部分采纳{counts.partly}条、未采纳{counts.rejected}条、未定{counts.open}条"
    )
    return f"共{counts.opinions}条意见：{decided}。", _ASKED


def same(text: str) -> str:
    """A text as it is compared: blanks and ends of lines are the word processor's."""
    return "".join(text.split())


def stamp(plan: str, line: Line, heads: Sequence[Head]) -> str:
    """The stamp of a line of which these columns are handed out, in braces, by which it is found quickly in long words."""
    own = [_hash(line.cells[head]) if head in heads else "-" for head in FILLED]
    return f"{{{' '.join((f'{plan}/{line.id}', fixed_hash(line.cells), *own))}}}"


def fixed_hash(cells: Mapping[Head, str]) -> str:
    """The hash of the cells that nobody may change."""
    return _hash("\0".join(same(cells.get(head, "")) for head in FIXED))


def changed(text: str, hashed: str) -> bool:
    """Whether a cell says something else than what the hash is of."""
    return _hash(text) != hashed


def stamp_in(text: str) -> Stamp | None:
    """The stamp that stands anywhere in a text."""
    found = _STAMP.search(text)
    if found is None:
        return None
    first, *others = found["hashes"].split()
    own = {head: value for head, value in zip(FILLED, others, strict=True) if value != "-"}
    return Stamp(found["plan"], found["id"], first, MappingProxyType(own))


def unstamped(text: str) -> str:
    """A text without the stamps in it."""
    return _CONTENTS.sub("", _STAMP.sub("", text)).strip()


def contents(handout: Handout) -> str:
    """Which rows a table was handed out with: `{p145/R2 1-5,8}`."""
    numbers = sorted(int(line.id.rpartition("-")[2]) for line in handout.lines)
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    told = ",".join(str(a) if a == b else f"{a}-{b}" for a, b in spans)
    return f"{{{handout.plan}/{handout.round} {told}}}"


def contents_in(text: str, ids: Iterable[str]) -> tuple[str, ...]:
    """Those of the ids that a text says a table was handed out with."""
    found = _CONTENTS.search(text)
    if found is None:
        return ()
    spans = [tuple(map(int, each.split("-"))) for each in found["numbers"].split(",")]

    def among(id_: str) -> bool:
        head, _, number = id_.rpartition("-")
        return head == found["round"] and any(span[0] <= int(number) <= span[-1] for span in spans)

    return tuple(id_ for id_ in ids if among(id_))


def _cells(row: Row, text: Issued | None, answers: Sequence[Row]) -> Mapping[Head, str]:
    cited = "\n".join(filter(None, (row.chapter, row.number)))
    beside = (
        f"与{row.alike}相同" if row.alike else "",
        f"与{'、'.join(row.conflicts)}要求不同" if row.conflicts else "",
        f"答复{row.reply_to}" if row.reply_to else "",
        "后来撤回" if row.withdrawn else "",
    )
    own = {
        Head.ID: row.id,
        Head.PLACE: _shown(cited),
        Head.SAID: _shown(said(row, text, answers)),
        Head.BESIDE: "\n".join(filter(None, beside)),
    }
    return MappingProxyType({**own, **fixed(row), **filled(row)})


def _shown(text: str) -> str:
    return printable(text.replace(OBJECT, THING))


def _hash(text: str) -> str:
    return hashlib.sha256(same(text).encode()).hexdigest()[:_HASH]
