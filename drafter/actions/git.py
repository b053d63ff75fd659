"""What git says of a workspace: its answer to a command, and who works here."""

from __future__ import annotations

import getpass
import subprocess
from pathlib import Path


def said(root: Path, *arguments: str) -> str:
    """What git answers. Raises `OSError` where there is no git, `CalledProcessError` where it refuses."""
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=True)  # noqa: S603, S607 -- the user's own git
    return done.stdout.decode(errors="replace").strip()


def user(root: Path) -> str:
    """Who works here: as git knows them, else as the system does; empty where neither says."""
    try:
        name = said(root, "config", "user.name")
    except (OSError, subprocess.CalledProcessError):
        name = ""
    try:
        return name or getpass.getuser().encode(errors="replace").decode()
    except (OSError, KeyError):
        return ""
