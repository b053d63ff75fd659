"""The table of changes as an Excel workbook."""

from __future__ import annotations

from drafter.comparison.grid import grid
from drafter.comparison.sheet import TITLE, Sheet
from drafter.ooxml.workbook import workbook as written

_CUT = "……（过长，全文见花脸稿）"


def workbook(sheet: Sheet, day: str) -> bytes:
    """The bytes of the workbook; `day` as ISO, empty where the version has none."""
    return written(grid(sheet), TITLE, day, cut=_CUT)
