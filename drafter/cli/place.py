"""Which workspace a command means: the folder it was told, else the nearest one upward."""

from __future__ import annotations

import os
from pathlib import Path

from drafter.source.issues import Issue, Place, Refused

MARK = Path("data", "workspace.yaml")


def workspace_root(told: Path | None) -> Path:
    """The workspace's folder; Refused where there is none."""
    if told is not None:
        if (told / MARK).is_file():
            return told
        raise Refused(Issue("cli.not-a-workspace", Place(str(told))))
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / MARK).is_file():
            return Path(os.path.relpath(folder, here))  # what is said of files is said as seen from here
    raise Refused(Issue("cli.no-workspace", Place(str(here))))


def beside_drafts(told: Path | None, name: str) -> Path:
    """A file of this name in the workspace's build folder; in the current folder where no workspace is told or found."""
    try:
        return workspace_root(told) / "build" / name
    except Refused:
        if told is not None:
            raise
        return Path(name)
