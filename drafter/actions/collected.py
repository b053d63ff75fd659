"""What a collection has brought, for people and as JSON."""

from __future__ import annotations

from drafter.actions.quick import Row
from drafter.actions.shown import Remark
from drafter.source.frozen import dataclass


@dataclass(frozen=True, slots=True)
class File:
    """A file that came in: `read`, `evidence` or `refused`; its round (`p145/R2`, empty for none), whose it is, how its version was found, where it is kept, and how many of its remarks are new rows, were there before, or are rows that it no longer has.

    `remarks` are its remarks by their ids, `conclusion` what it says as a whole (无意见, 原则同意, 有意见).
    """

    name: str
    state: str
    round: str = ""
    unit: str = ""
    known: str = ""
    kept: str = ""
    new: int = 0
    there: int = 0
    withdrawn: int = 0
    remarks: tuple[str, ...] = ()
    conclusion: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """What came in and what became of it: `received` files are `read`, kept as `evidence` or `refused`; in rounds each of the `remarks` is one of the `rows`."""

    received: int
    read: int
    evidence: int
    refused: int
    remarks: int
    rows: int


@dataclass(frozen=True, slots=True)
class Collected:
    """All that was found."""

    remarks: tuple[Remark, ...]
    rows: tuple[Row, ...]
    files: tuple[File, ...]
    account: Account
