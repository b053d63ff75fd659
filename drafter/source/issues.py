"""Problems in a user's files, as values: places, issues with a code of the catalogue (`codes`), and outcomes that carry them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from types import MappingProxyType
from typing import Generic, TypeVar

from drafter.source.codes import SEVERITIES, Severity
from drafter.source.frozen import dataclass

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: line and column from 1, or 0 where only the file is known; `excerpt` is the line itself."""

    file: str
    line: int = 0
    column: int = 0
    excerpt: str = field(default="", compare=False)


_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem: a code of the catalogue, its place, and the facts that its sentence names."""

    code: str
    place: Place
    facts: Mapping[str, str] = field(default_factory=lambda: _NOTHING)

    @property
    def severity(self) -> Severity:
        """What the catalogue says of this code."""
        return SEVERITIES[self.code]


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a stage could make, and what was wrong: `value` is None only where nothing could be made."""

    value: T | None
    issues: tuple[Issue, ...] = ()


class Refused(Exception):
    """An operation that cannot go on, with the issue that says why."""

    def __init__(self, *issues: Issue) -> None:
        super().__init__(*(issue.code for issue in issues))
        self.issues = issues


class Misnamed(Refused):
    """What was named on the command line is not there: wrong usage, and no fault of any file."""


def has_errors(issues: Iterable[Issue]) -> bool:
    """Whether any of the issues is an error."""
    return any(issue.severity is Severity.ERROR for issue in issues)
