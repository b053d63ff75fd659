"""Who may receive a copy: the workspace's dataset `recipients`, with the groups that they are asked in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Outcome, Place
from drafter.source.nearest import suggestion
from drafter.source.yaml import Scalar, Sequence
from drafter.workspace.model import Workspace
from drafter.workspace.names import Names
from drafter.workspace.records import RecordDataset

_SEPARATORS = re.compile("[、，,；;]")
DATASET: Final = "recipients"
GROUPS: Final = "组"
"""The column that names the groups of a recipient, one or several; the key names the recipient."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """A unit, expert or office that copies are sent to."""

    name: str
    groups: tuple[str, ...]


def known(workspace: Workspace) -> tuple[Recipient, ...]:
    """All recipients, in the order of their dataset; none where there is no such dataset."""
    names = workspace.names
    dataset = names.datasets().get(DATASET) if isinstance(names, Names) else None
    if not isinstance(dataset, RecordDataset):
        return ()
    return tuple(Recipient(row.keys[-1], _groups(row.cells)) for row in dataset.rows if row.keys)


def _groups(cells: Mapping[str, object]) -> tuple[str, ...]:
    cell = cells.get(GROUPS)
    items = cell.items if isinstance(cell, Sequence) else (cell,)
    return tuple(each.text for each in items if isinstance(each, Scalar))


def chosen(recipients: Iterable[Recipient], wanted: Iterable[str]) -> Outcome[tuple[str, ...]]:
    """The names that words of the command line mean, each once: a group stands for its members, a name for itself.

    Several may stand in one, with `、` or a comma between them. Order: as asked, a group's members as the dataset has them. Every unknown word is an issue, with the nearest known.
    """
    everyone = tuple(recipients)
    members: dict[str, list[str]] = {}
    for each in everyone:
        for group in each.groups:
            members.setdefault(group, []).append(each.name)
    names = {each.name for each in everyone}
    out: dict[str, None] = {}
    issues = []
    for word in (each for words in wanted for each in _SEPARATORS.split(words) if each):
        if word in names:
            out[word] = None
        elif word in members:
            out.update(dict.fromkeys(members[word]))
        else:
            facts = {"name": word, "nearest": suggestion(word, (*members, *names))}
            issues.append(Issue("release.unknown-recipient", Place(f"data/{DATASET}.yaml"), facts))
    return Outcome(tuple(out), tuple(issues))
