"""`drafter init`: an empty workspace that builds."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

from drafter.source.edits import write_atomically
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Outcome, Place, Refused

STARTER = Path(__file__).parent / "starter"
RENAMED = {"gitignore": ".gitignore"}
"""Files that would mean something to git where they lie in our own tree."""


@dataclass(frozen=True, slots=True)
class Started:
    """The new workspace and the files that were written, relative to it."""

    directory: str
    files: tuple[str, ...]


def init(directory: Path) -> Outcome[Started]:
    """Write a workspace with one plan, one fragment and one dataset; refused where any of its files is there already."""
    from drafter.word.frames import FRAMES

    contents = {
        Path(RENAMED.get(relative.as_posix(), relative)): (STARTER / relative).read_bytes()
        for relative in sorted(path.relative_to(STARTER) for path in STARTER.rglob("*") if path.is_file())
    }
    contents |= {Path(f"templates/{name}.docx"): made() for name, made in FRAMES.items()}
    there = [path for path in contents if (directory / path).exists()]
    if there:
        raise Refused(*(Issue("init.exists", Place((directory / path).as_posix())) for path in there))
    _write(directory, contents)
    return Outcome(Started(directory.as_posix(), tuple(path.as_posix() for path in contents)))


def _write(directory: Path, contents: Mapping[Path, bytes]) -> None:
    """All files, or none: half a workspace could neither be used nor made again."""
    done: list[Path] = []
    try:
        for path, data in contents.items():
            done.append(directory / path)
            write_atomically(directory / path, data)
    except BaseException:
        for path in done:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        raise
