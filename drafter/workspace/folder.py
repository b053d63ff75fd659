"""The files of a workspace as sources, with texts of an overlay in their places."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from drafter.source.files import Source, read
from drafter.source.issues import Issue

WORKSPACE = "data/workspace.yaml"
TABLES = "data/tables.yaml"


class Folder:
    """One look at a folder: what was read of it, and what could not be read."""

    def __init__(self, root: Path, overlay: Mapping[str, str]) -> None:
        self.root, self.overlay = root, overlay
        self.sources: dict[str, Source] = {}
        self.issues: list[Issue] = []

    def source(self, path: str) -> Source | None:
        """The text of a file, or what stands in for it."""
        if path in self.overlay:
            self.sources[path] = Source(path, self.overlay[path])
        elif path not in self.sources:
            outcome = read(self.root, path)
            self.issues.extend(outcome.issues)
            if outcome.value is None:
                return None
            self.sources[path] = outcome.value
        return self.sources[path]

    def listed(self, folder: str, ending: str, *, deep: bool = False) -> list[str]:
        """The files of a folder with this ending, by name, those of the overlay included and hidden ones left out."""
        found: set[str] = set()
        for directory, folders, files in os.walk(self.root / folder):
            folders[:] = [each for each in folders if deep and not each.startswith(".")]
            inside = Path(directory).relative_to(self.root).as_posix()
            found.update(f"{inside}/{each}" for each in files if each.endswith(ending) and each[0] != ".")
        for path in self.overlay:
            parent = path.rpartition("/")[0]
            if path.endswith(ending) and (parent == folder or (deep and path.startswith(f"{folder}/"))):
                found.add(path)
        return sorted(found)

    def data(self) -> dict[str, Source]:
        """All files that say what is true: the workspace's own, datasets, table views and plans."""
        paths = [WORKSPACE, *self.listed("data", ".yaml"), *self.listed("data/plans", ".yaml")]
        found = ((path, self.source(path)) for path in dict.fromkeys(paths))
        return {path: source for path, source in found if source is not None}
