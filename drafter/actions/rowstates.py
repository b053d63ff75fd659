"""What became of the rows that were to be brought into the text, as it is shown."""

from __future__ import annotations

from drafter.source.frozen import dataclass

APPLIED, OPEN = "applied", "open"


@dataclass(frozen=True, slots=True)
class Texts:
    """The same words as issued, as proposed and as they are today; `key` where they are a datum's."""

    issued: str
    proposed: str
    today: str
    key: str


@dataclass(frozen=True, slots=True)
class Row:
    """What became of a row: `applied`, or `open`; the reason (a code) of an open one, and of an applied one where nothing had to be written.

    `texts` are there, once, where the same words were changed by the writers.
    """

    id: str
    result: str
    reason: str
    file: str
    line: int
    texts: tuple[Texts, ...] = ()


@dataclass(frozen=True, slots=True)
class Follows:
    """Another place that a change of the data makes say something else: which rows do it, where a reader finds it, what prints it.

    `key` is the datum's, empty where words of a table are changed.
    """

    rows: tuple[str, ...]
    key: str
    plan: str
    place: str
    file: str
    line: int
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Diff:
    """What changes in a file, as a unified diff."""

    file: str
    diff: str


@dataclass(frozen=True, slots=True)
class Brought:
    """All rows that were asked for; `written` says whether the `files` were, which a dry run does not."""

    rows: tuple[Row, ...]
    follows: tuple[Follows, ...]
    files: tuple[str, ...]
    diffs: tuple[Diff, ...]
    written: bool
