"""The records of built files, kept under `build/records` by the opaque id of the file."""

from __future__ import annotations

from pathlib import Path

from drafter.source.edits import write_atomically
from drafter.word.anchors import Record
from drafter.word.record import Parts, dumped

RECORDS = Path("build/records")


def keep(root: Path, record: Record, known: Parts | None = None) -> None:
    """Write the record of a built file; the same file gives the same record. `known` is what a running process keeps between two."""
    # while somebody types there is a next one in a moment: the disk need not be waited for
    data = dumped(record, known)
    write_atomically(root / RECORDS / f"{record.release}.json", data, durable=known is None)
