"""A faithful picture of any Word file: paragraphs, runs, tables, revisions, comments; and its three views. No meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drafter.picture.model import Picture
    from drafter.source.issues import Outcome


def read(data: bytes, name: str) -> Outcome[Picture]:
    """The picture of the Word file in `data`; `name` is the file's name for messages. Raises `Refused` with the reason."""
    from drafter.picture.reading import read as read_picture

    return read_picture(data, name)
