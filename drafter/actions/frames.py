"""`drafter frame`: an office's own Word file as a frame, and any Word file beside a profile."""

from __future__ import annotations

import re
from pathlib import Path

from drafter.source.edits import write_atomically
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Misnamed, Outcome, Place, Refused, has_errors
from drafter.source.messages import os_reason
from drafter.source.nearest import suggestion
from drafter.word.office.cover import Placed
from drafter.word.office.inspecting import PROFILES, Line, inspected
from drafter.word.office.making import Left, frame_from
from drafter.word.office.styles import Mapped
from drafter.workspace.shapes import IDENTIFIER


@dataclass(frozen=True, slots=True)
class Framed:
    """A new frame: its file, the numbering scheme of the old text, the tags that were put, the styles and where they are from.

    `left` is what was not taken over, `kept` the words that stay on the cover.
    """

    path: str
    scheme: str
    tags: tuple[Placed, ...]
    styles: tuple[Mapped, ...]
    left: tuple[Left, ...]
    kept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file beside a profile, and in how many lines they differ."""

    file: str
    profile: str
    lines: tuple[Line, ...]
    differing: int


def frame_new(
    root: Path, name: str, source: Path, decision: str = "", *, force: bool = False
) -> Outcome[Framed]:
    """Make `templates/<name>.docx` from a Word file. `decision` says what becomes of tracked changes: accept or reject."""
    if not re.fullmatch(IDENTIFIER.pattern, name):
        raise Misnamed(Issue("frame-new.name", Place(name)))
    path = root / "templates" / f"{name}.docx"
    if path.exists() and not force:
        raise Refused(Issue("frame-new.exists", Place(path.as_posix())))
    made = frame_from(_read(source), source.as_posix(), decision)
    if made.value is None or has_errors(made.issues):
        return Outcome(None, made.issues)
    write_atomically(path, made.value.data)
    value = made.value
    framed = Framed(path.as_posix(), value.scheme, value.tags, value.styles, value.left, value.kept)
    return Outcome(framed, made.issues)


def frame_inspect(source: Path, profile: str = "plan") -> Outcome[Inspected]:
    """Hold a Word file beside a profile."""
    if profile not in PROFILES:
        facts = {"profile": profile, "nearest": suggestion(profile, PROFILES)}
        raise Misnamed(Issue("inspect.unknown-profile", Place(source.as_posix()), facts))
    lines = inspected(_read(source), source.as_posix(), profile)
    return Outcome(Inspected(source.as_posix(), profile, lines, sum(line.differs for line in lines)))


def _read(source: Path) -> bytes:
    try:
        return source.read_bytes()
    except OSError as error:
        raise Refused(
            Issue("source.unreadable", Place(source.as_posix()), {"reason": os_reason(error)})
        ) from error
