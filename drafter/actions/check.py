"""`drafter check`: everything that loading, merging, reading and referencing find, without writing a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from drafter.actions.build import once
from drafter.actions.composing import Composer, chosen_plans, loaded, settings_for
from drafter.source.issues import Issue, Outcome, Place, Refused
from drafter.workspace.model import Workspace


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at."""

    plans: tuple[str, ...]
    fragments: int


def check(root: Path, wanted: Iterable[str]) -> Outcome[Checked]:
    """Check the named plans, all without a name; where files are named, only what is wrong in those is said."""
    workspace, found = loaded(root)
    files, names = _files(root, workspace, tuple(wanted))
    composer = Composer(workspace)
    issues = list(found)
    plans = chosen_plans(workspace, names)
    for plan in plans:
        made = composer.written(plan, settings_for(workspace, plan, None, None, internal=False, public=False))
        issues += made.issues
    fragments = {f.path for f in workspace.fragments.values() if f.plan in {plan.id for plan in plans}}
    if files:
        issues = [issue for issue in issues if issue.place.file in files]
        fragments &= files
    return Outcome(Checked(tuple(plan.id for plan in plans), len(fragments)), once(issues))


def _files(root: Path, workspace: Workspace, wanted: tuple[str, ...]) -> tuple[set[str], tuple[str, ...]]:
    """Which of the words are files of the workspace, as their paths in it, and which are plans."""
    files: set[str] = set()
    names: list[str] = []
    for word in wanted:
        if word in workspace.plans or ("/" not in word and "." not in word):
            names.append(word)
            continue
        path = _inside(root, word)
        if path is None:
            raise Refused(Issue("check.unknown-file", Place(word)))
        files.add(path)
    return files, tuple(names)


def _inside(root: Path, word: str) -> str | None:
    """The path in the workspace of a file given as seen from here or from the workspace."""
    for path in (Path(word), root / word):
        if path.is_file() and path.resolve().is_relative_to(root.resolve()):
            return path.resolve().relative_to(root.resolve()).as_posix()
    return None
