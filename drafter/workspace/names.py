"""The names that formulas and fragments start from: one for each dataset, `指标`, `设施`.

`Names` is the root scope of a workspace. How much an indicator grows (`.增幅`) depends on a plan's base and target year, so a plan sees
the same data through `Names.with_period`; the workspace's own names know no period.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from drafter.source.issues import Issue
from drafter.source.nearest import nearest
from drafter.workspace.formulas import FormulaError
from drafter.workspace.values import Scope, UnknownName, Value

Period = tuple[int, int]

_WORD = re.compile(r"[^\W\d]\w*\Z")


def is_word(name: str) -> bool:
    """Whether a name can be written behind a dot."""
    return _WORD.match(name) is not None


def said(scope: str, name: str) -> str:
    """A member of a scope as a writer says it: `.name`, or `["name"]` where the name is no word."""
    if not scope:
        return name
    return f"{scope}.{name}" if is_word(name) else f'{scope}["{name}"]'


class Dataset(Protocol):
    """What the names need of a dataset."""

    @property
    def name(self) -> str:
        """Its name in the files."""
        ...

    @property
    def short(self) -> str:
        """Its name in formulas and fragments."""
        ...

    def scope(self, period: Period | None) -> Scope:
        """Its members, for a plan's base and target year."""
        ...


class Names:
    """The datasets by the names that writers use; a dataset is also known by its file's name for it (`facilities_county`)."""

    key = ""

    def __init__(self, period: Period | None = None) -> None:
        self.period = period
        self._shorts: dict[str, Dataset] = {}
        self._names: dict[str, Dataset] = {}
        # datasets whose file could not be read: who names one fails with that problem, not with one of his own
        self.unread: dict[str, Issue] = {}

    def add(self, dataset: Dataset) -> None:
        """One more dataset."""
        self._shorts[dataset.short] = dataset
        self._names[dataset.name] = dataset

    def datasets(self) -> Mapping[str, Dataset]:
        """All datasets by their name in the files."""
        return self._names

    def with_period(self, base_year: int, target_year: int) -> Names:
        """The same names for a plan: here `.增幅` is known."""
        names = Names((base_year, target_year))
        names._shorts, names._names, names.unread = self._shorts, self._names, self.unread
        return names

    def member(self, name: str) -> Scope | Value:
        """The dataset of this name."""
        found = self._shorts.get(name) or self._names.get(name)
        if found is None and name in self.unread:
            raise FormulaError(self.unread[name])
        if found is None:
            raise UnknownName("", name, nearest(name, (*self._shorts, *self._names)))
        return found.scope(self.period)

    def at(self, year: int) -> Value:
        """A workspace has no years."""
        raise UnknownName(self.key, str(year))

    def value(self) -> Value | None:
        """A workspace is no value."""
        return None

    def names(self) -> Iterable[str]:
        """The short names."""
        return tuple(self._shorts)

    def rows(self) -> Iterator[Scope]:
        """A workspace has no rows."""
        return iter(())
