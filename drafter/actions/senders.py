"""Whose a file is, told by its name or its folder's: the longest name of a unit that stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from drafter.release.recipients import known
from drafter.rounds.model import Round
from drafter.workspace.model import Workspace


class Senders:
    """The names that files may bear: those of who is asked, then of all recipients."""

    def __init__(self, workspace: Workspace) -> None:
        self._recipients = [each.name for each in known(workspace)]

    def named(self, said: Sequence[str], rounds: Iterable[Round]) -> str:
        """The unit that a file's name tells, else the nearest folder's; empty where none does."""
        asked = [each.unit for round_ in rounds for each in round_.asked]
        for names in (asked, self._recipients):
            for word in said:
                found = [name for name in names if name and name in word]
                if found:
                    return max(found, key=len)
        return ""
