"""A round and its register, as they stand in `data/rounds/<plan>/<round>.yaml`.

The file is written by the engine and read and edited by people: they fill in what was decided. What a row says of the issued text (`spot`)
counts from the record of the version that the round is on.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from drafter.review.remarks import Change, Confidence
from drafter.source.frozen import dataclass

SHORT: Final = 12
"""So many figures of a file's hash name it."""

EVIDENCE: Final = "evidence"
"""The kind of a row that stands for a file which a person has yet to read."""


_WHERE = re.compile(r"(?P<file>.*):(?P<line>[0-9]{1,9}):(?P<column>[0-9]{1,9})")


class RoundKind(StrEnum):
    """Who is asked (FORMAT B8)."""

    DEPARTMENTS = "部门"
    SYSTEM = "系统"
    PUBLIC = "公众"
    EXPERTS = "专家"


class Decision(StrEnum):
    """What was decided on an opinion."""

    OPEN = "open"
    ADOPTED = "采纳"
    PARTLY = "部分采纳"
    REJECTED = "未采纳"


class State(StrEnum):
    """What became of a file that came in."""

    READ = "read"
    EVIDENCE = "evidence"  # kept, and a person types what it says
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Asked:
    """Someone who is asked: the unit or person, the 份号 of their copy (0 for none), until when (ISO; empty for the round's day)."""

    unit: str
    copy: int = 0
    until: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """A file that came in: its name, its hash, what became of it, where it is kept (relative to the workspace, empty for nowhere), why it was refused (a code).

    `known` says how its version was found: `id`, `text`, `stated` by a person, or empty where it is no copy of the draft.
    """

    name: str
    sha256: str
    state: State
    kept: str = ""
    reason: str = ""
    known: str = ""

    @property
    def short(self) -> str:
        """The figures of the hash by which rows name the file."""
        return self.sha256[:SHORT]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: who, when (ISO day), by which channel (反馈意见表, 来函, 电话 …), what it concludes (无意见, 原则同意, 有意见; empty where it does not say), and its file.

    `collected` is the moment (ISO) of the collection that brought it.
    """

    unit: str
    person: str
    date: str
    channel: str
    conclusion: str
    file: Received
    collected: str


@dataclass(frozen=True, slots=True)
class Spot:
    """The issued words a row speaks of: characters `start:end` from the paragraph `paragraph` of the record on (see `review.remarks.Change`)."""

    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Applied:
    """A place that an applied row changed: the file, line and column as it was left then, and the hash of the whole file.

    `was` and `now` are the characters of the file before and after, with as many beside them as it takes to find them again; both empty
    where nothing was written, because the text said so already or a person wrote it. `at` is the moment (ISO) of the run, the same for all of its rows.
    """

    file: str
    line: int
    sha256: str
    column: int = 0
    was: str = ""
    now: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One remark and what became of it.

    Who and how: `unit`, `person` (masked in a round of the public), `date`, `channel`, `kind` (`review.remarks.Kind`, or `EVIDENCE`), `tracked`.
    Where: `chapter` (章节) and `number` (段号) as cited, `where` (`file:line:column`, as it was when collected), `key` of a datum, `unlocated` (a
    code) where there is no place; `confidence`. What: `original`, `proposed`, `comment`, `reply_to` (the row that a comment answers).
    For the machine: `spot`, `change` (what was done, exactly; None for words only), `obstacle` (a code: why it is for a person), `file` (the
    first 12 of the hash of its file) and `marks`, by which the same file again is known; `collected` and, where a later file has it no more,
    `withdrawn` (moments).
    Among others: `alike` (the first row that says the same) and `conflicts` (rows that want something else with the same words or datum).
    What people decide: `office` (承办科室), `decision`, `adopted` (the words to put where they are others than the proposed ones), `reason`,
    `contact` (沟通情况), `by` and `on` (who dealt with it, ISO day). What was done: `applied`.
    """

    id: str
    unit: str
    person: str
    date: str
    channel: str
    kind: str
    tracked: bool = False
    chapter: str = ""
    number: str = ""
    where: str = ""
    key: str = ""
    unlocated: str = ""
    confidence: Confidence = Confidence.UNSURE
    original: str = ""
    proposed: str = ""
    comment: str = ""
    reply_to: str = ""
    spot: Spot | None = None
    change: Change | None = None
    obstacle: str = ""
    file: str = ""
    marks: tuple[str, ...] = ()
    collected: str = ""
    withdrawn: str = ""
    alike: str = ""
    conflicts: tuple[str, ...] = ()
    office: str = ""
    decision: Decision = Decision.OPEN
    adopted: str = ""
    reason: str = ""
    contact: str = ""
    by: str = ""
    on: str = ""
    applied: tuple[Applied, ...] = ()

    @property
    def place(self) -> tuple[str, int, int]:
        """`where` as file, line and column, 0 for what it does not say."""
        found = _WHERE.fullmatch(self.where)
        return (found["file"], int(found["line"]), int(found["column"])) if found else (self.where, 0, 0)


@dataclass(frozen=True, slots=True)
class Round:
    """A round: `R2` of a plan on a version, who is asked, from when until when (ISO days).

    `used` is the highest number that a row of it ever had, so that none is given twice.
    """

    id: str
    plan: str
    version: str
    kind: RoundKind
    name: str
    opened: str
    until: str
    asked: tuple[Asked, ...]
    note: str = ""
    used: int = 0


@dataclass(frozen=True, slots=True)
class Register:
    """A round with all that came in, in the order in which it came."""

    round: Round
    replies: tuple[Reply, ...] = ()
    rows: tuple[Row, ...] = ()

    def row(self, id_: str) -> Row | None:
        """The row of this id."""
        return next((row for row in self.rows if row.id == id_), None)
