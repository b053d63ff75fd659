"""The table of changes as a Word file, in a frame that an office may edit."""

from __future__ import annotations

from collections.abc import Mapping

from drafter.comparison.grid import grid
from drafter.comparison.sheet import Sheet
from drafter.source.issues import Outcome
from drafter.word import grids
from drafter.word.grids import Framed


def document(sheet: Sheet, frame: bytes, frame_name: str, facts: Mapping[str, str]) -> Outcome[bytes]:
    """The bytes of the Word file; none where the frame cannot be used. `facts` are those of `drafter.word.facts.FACTS`."""
    return grids.document(Framed(frame, frame_name, facts), sheet.title, grid(sheet))
