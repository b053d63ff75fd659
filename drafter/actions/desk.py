"""The desk that edits are tried on: the workspace as it stands, and a plan built from it with other texts for some of its files.

Nothing is written here. What was read once and is the same still is not read again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from drafter.actions.composing import Composer, Trees, usable
from drafter.actions.settings import noted_settings, settings_for
from drafter.review.apply import Rebuild
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Refused, has_errors
from drafter.word.anchors import Anchor, AnchorMap, Record, WordFile
from drafter.workspace.loading import Loader
from drafter.workspace.model import Workspace

_NOTHING: Mapping[str, str] = MappingProxyType({})

Refile = Callable[[Mapping[str, str]], WordFile | None]
"""Builds a plan from its sources, some of them replaced; None where that makes an error that was not there before."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A plan built from other texts: the workspace with them, the Word file (None where there can be none), and what is wrong."""

    workspace: Workspace
    file: WordFile | None
    issues: tuple[Issue, ...]


class Desk:
    """The workspace at `root`; refused where nothing of it can be used. `problems` are those of its files."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._loader = Loader(root)
        self._trees: Trees = {}
        self.workspace, self.problems = usable(self._loader.load())

    def renew(self) -> None:
        """Read the workspace again, after files of it were written."""
        self.workspace, self.problems = usable(self._loader.load())

    def loaded(self, overlay: Mapping[str, str]) -> Workspace:
        """The workspace with other texts for some of its files. Raises `Refused` where nothing can be read any more."""
        return usable(self._loader.load(overlay))[0]

    def changed(self, record: Record) -> set[str]:
        """The files that are not any more what the file of a record was built from."""
        return {path for path, digest in record.sources.items() if self._digest(path) != digest}

    def printed(self, plan: str) -> tuple[Anchor, ...]:
        """The paragraphs of a plan as it is today; none where it cannot be made."""
        found = self.workspace.plans[plan]
        settings = settings_for(self.workspace, found, None, None, internal=False, public=False)
        made = Composer(self.workspace, self._trees).written(found, settings)
        return made.value.anchors.paragraphs if made.value else ()

    def _digest(self, path: str) -> str:
        if path in self.workspace.sources:
            return self.workspace.sources[path].sha256
        try:
            return hashlib.sha256((self.root / path).read_bytes()).hexdigest()
        except OSError:
            return ""

    def tried(self, record: Record, overlay: Mapping[str, str] = _NOTHING) -> Tried:
        """The plan of a record as it would be built now, with its settings. Raises `Refused` where nothing can be read any more."""
        workspace, problems = usable(self._loader.load(overlay))
        plan = workspace.plans.get(record.plan)
        if plan is None:
            return Tried(workspace, None, problems)
        made = Composer(workspace, self._trees).written(plan, noted_settings(record))
        return Tried(workspace, made.value, (*problems, *made.issues))

    def refiling(self, record: Record, pending: Mapping[str, str] = _NOTHING) -> Refile:
        """How an edit is tried; `pending` are texts that are to be written anyway."""
        before: list[set[tuple[str, str]]] = []

        def refile(overlay: Mapping[str, str]) -> WordFile | None:
            try:
                tried = self.tried(record, {**pending, **overlay})
            except Refused:
                return None
            errors = _errors(tried.issues)
            if errors and not before:
                before.append(_errors(self.tried(record, pending).issues))
            return None if errors and errors - before[0] else tried.file

        return refile

    def rebuilding(self, record: Record, pending: Mapping[str, str] = _NOTHING) -> Rebuild:
        """The same, for who looks at what is printed alone."""
        refile = self.refiling(record, pending)

        def rebuild(overlay: Mapping[str, str]) -> AnchorMap | None:
            file = refile(overlay)
            return file.anchors if file else None

        return rebuild


def _errors(issues: Iterable[Issue]) -> set[tuple[str, str]]:
    return {(issue.code, issue.place.file) for issue in issues if has_errors((issue,))}
