"""The frame of a paper: the office's own under `templates`, else the one that comes with the program."""

from __future__ import annotations

from pathlib import Path

from drafter.source.issues import Issue, Place, Refused
from drafter.source.messages import os_reason


def frame_of(root: Path, name: str) -> tuple[bytes, str]:
    """The frame `name` (of `drafter.word.frames.FRAMES`), and its file for messages. Raises `Refused` where the office's own cannot be read."""
    path = f"templates/{name}.docx"
    try:
        return (root / path).read_bytes(), path
    except FileNotFoundError:
        from drafter.word.frames import FRAMES

        return FRAMES[name](), path
    except OSError as error:
        raise Refused(Issue("frame.unreadable", Place(path), {"reason": os_reason(error)})) from None
