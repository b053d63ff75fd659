"""Ink on a printed page: what pdftotext does not tell, such as rules, and where the strokes of a character really end."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

DPI = 127  # five dots to the millimetre
MM = 25.4 / DPI
_HEAD = re.compile(rb"P6\s+(\d+)\s+(\d+)\s+255\s")


@dataclass(frozen=True, slots=True)
class Band:
    """Rows of one colour that touch each other, in millimetres from the upper left corner of the sheet."""

    top: float
    bottom: float
    left: float
    right: float

    @property
    def is_rule(self) -> bool:
        """Broad and thin."""
        return self.bottom - self.top < 1.5 and self.right - self.left > 100


def _drawn(pdf: Path, page: int) -> tuple[int, bytes]:
    """The dots of a page: how many there are in a row, and three bytes for each."""
    command = ["pdftoppm", "-r", str(DPI), "-f", str(page), "-l", str(page), str(pdf)]
    image = subprocess.run(command, check=True, capture_output=True, timeout=120).stdout
    head = _HEAD.match(image)
    assert head is not None
    return int(head[1]), image[head.end() :]


def ground(pdf: Path, page: int, across: float, down: float) -> int:
    """How light a place of a page is, from 0 to 255."""
    width, body = _drawn(pdf, page)
    return body[(round(down / MM) * width + round(across / MM)) * 3]


def bands(pdf: Path, page: int, *, red: bool) -> tuple[Band, ...]:
    """The bands of red or of black ink on a page, from top to bottom."""
    width, body = _drawn(pdf, page)

    def inked(r: int, g: int) -> bool:
        return (r > 150 and g < 110) if red else (r < 120 and g < 120)

    return tuple(_bands(body, width, inked))


def _bands(body: bytes, width: int, inked: Callable[[int, int], bool]) -> Iterator[Band]:
    """Runs of rows with ink; a row that is white from side to side is skipped at once."""
    white = b"\xff" * width * 3
    start, ends = -1, (width, 0)
    for y in range(len(body) // (width * 3) + 1):
        row = body[y * width * 3 : (y + 1) * width * 3]
        places = [] if row in {white, b""} else [x for x in range(width) if inked(row[3 * x], row[3 * x + 1])]
        if places:
            start = y if start < 0 else start
            ends = (min(ends[0], places[0]), max(ends[1], places[-1] + 1))
        elif start >= 0:
            yield Band(start * MM, y * MM, ends[0] * MM, ends[1] * MM)
            start, ends = -1, (width, 0)
