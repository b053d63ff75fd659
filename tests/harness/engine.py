"""The few calls by which the harness drives drafter; everything else about it stays outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from drafter.cli.show import plain


@dataclass(frozen=True)
class Answer:
    """What `collect` said: remarks and rows as `--json` prints them."""

    remarks: Sequence[Mapping[str, object]]
    rows: Sequence[Mapping[str, object]]


class NotBuilt(Exception):
    """The workspace cannot be built; the argument is what was said of it."""


class Engine(Protocol):
    """What the harness judges."""

    def build(self, root: Path) -> Path:
        """Build the workspace's plan and give the Word file."""
        ...

    def collect(self, root: Path, returned: Path, *, apply: bool) -> Answer:
        """Collect a returned file."""
        ...


@dataclass(frozen=True)
class Drafter:
    """drafter, in this process; `plan` is the one that is built, all where it is empty."""

    plan: str = ""

    def build(self, root: Path) -> Path:
        from drafter.actions.build import build

        outcome = build(root, (self.plan,) if self.plan else ())
        if outcome.value is None:
            raise NotBuilt(outcome.issues)
        return Path(outcome.value.files[0].path)

    def collect(self, root: Path, returned: Path, *, apply: bool) -> Answer:
        from drafter.actions.collect import collect

        outcome = collect(root, (returned,), apply=apply)
        assert outcome.value is not None, outcome.issues
        fields = plain(outcome.value)
        assert isinstance(fields, dict)
        return Answer(fields["remarks"], fields["rows"])  # type: ignore[arg-type]
