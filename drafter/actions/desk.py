"""The desk that edits are tried on: the workspace as it stands, and a plan built from it with other texts for some of its files.

Nothing is written here. What was read once and is the same still is not read again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from drafter.actions.composing import Composer, Trees, usable
from drafter.actions.settings import noted_settings, settings_for
from drafter.review.apply import Rebuild
from drafter.source.issues import Issue, Refused, has_errors
from drafter.word.anchors import Anchor, AnchorMap, Record
from drafter.workspace.loading import Loader


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

    def rebuilding(self, record: Record) -> Rebuild:
        """How an edit is tried: the record's plan built with it, None where that makes an error that was not there before."""
        before: list[set[tuple[str, str]]] = []

        def rebuild(overlay: Mapping[str, str]) -> AnchorMap | None:
            try:
                anchors, errors = self._tried(record, overlay)
            except Refused:
                return None
            if errors and not before:
                before.append(self._tried(record, {})[1])
            return None if errors and errors - before[0] else anchors

        return rebuild

    def _tried(
        self, record: Record, overlay: Mapping[str, str]
    ) -> tuple[AnchorMap | None, set[tuple[str, str]]]:
        workspace, problems = usable(self._loader.load(overlay))
        plan = workspace.plans.get(record.plan)
        if plan is None:
            return None, _errors(problems)
        made = Composer(workspace, self._trees).written(plan, noted_settings(record))
        return made.value.anchors if made.value else None, _errors((*problems, *made.issues))


def _errors(issues: Iterable[Issue]) -> set[tuple[str, str]]:
    return {(issue.code, issue.place.file) for issue in issues if has_errors((issue,))}
