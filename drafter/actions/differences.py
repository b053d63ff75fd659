"""What differs between two versions of a plan, with reasons; `drafter redline` marks it in the text, `drafter compare` lists it in a table."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from drafter.actions.history import history
from drafter.actions.redline import Told
from drafter.actions.versions import Side
from drafter.comparison.changes import changes
from drafter.comparison.identities import identities
from drafter.comparison.model import Change, State
from drafter.comparison.reasons import Commits, Teller, reasons
from drafter.papers.causes import Causes
from drafter.redline import redline
from drafter.redline.making import Redline, Settings
from drafter.redline.stamp import Signature
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Outcome, Place


@dataclass(frozen=True, slots=True)
class Differences:
    """The redline of two versions without comments, and each change with its reason."""

    redline: Redline
    told: tuple[tuple[Change, str], ...]


def differences(
    root: Path, plan: str, sides: tuple[Side, Side], signature: Signature, register: Teller | None = None
) -> Outcome[Differences]:
    """What differs. `register` says which opinion a change answers, and goes before what git knows."""
    old, new = sides
    names = (f"{plan} {old.name}", f"{plan} {new.name}")
    ids = identities(old.record, new.record)
    made = redline(old.data, new.data, Settings(signature, names, ids=ids))
    if made.value is None:
        return Outcome(None, made.issues)
    own = (old.title, new.title, old.unit, new.unit)
    found = changes(made.value.data, old.record, new.record, own)
    tellers = (*((register,) if register else ()), *_commits(root, old, new))
    issues = made.issues
    if made.value.same:
        issues = (*issues, Issue("redline.same", Place(names[1]), {"old": names[0]}))
    return Outcome(Differences(made.value, tuple(zip(found, reasons(found, tellers), strict=True))), issues)


def _commits(root: Path, old: Side, new: Side) -> Iterable[Teller]:
    """Subjects of commits are the office's own: a version for the public does not tell them."""
    public = any(side.record.settings.get("public") for side in (old, new))
    if old.revision and new.revision and not public and old.record.texts != new.record.texts:
        yield Commits(old.record, new.record, history(root, old.revision, new.revision))


def told(found: Iterable[tuple[Change, str]], opinions: Causes | None = None) -> tuple[Told, ...]:
    """The changes as they are printed: what the cover says of its version is marked, and told nowhere."""
    return tuple(
        Told(
            change.place, change.number, change.table, change.row,
            "" if change.came else change.side(State.DELETED), "" if change.went else change.side(State.INSERTED), reason,
            tuple(row.id for row in opinions.rows(change)) if opinions else (),
        )
        for change, reason in found
        if change.kind.counts
    )  # fmt: skip
