"""The records of built files, kept under `build/records` by the opaque id of the file."""

from __future__ import annotations

import re
from pathlib import Path

from drafter.source.edits import write_atomically
from drafter.source.issues import Issue, Place, Refused
from drafter.source.messages import os_reason
from drafter.word.anchors import Record
from drafter.word.record import Parts, UnreadableRecord, dumped, loaded

RECORDS = Path("build/records")


def keep(root: Path, record: Record, known: Parts | None = None) -> None:
    """Write the record of a built file; the same file gives the same record. `known` is what a running process keeps between two."""
    # while somebody types there is a next one in a moment: the disk need not be waited for
    data = dumped(record, known)
    write_atomically(root / RECORDS / f"{record.release}.json", data, durable=known is None)


def find(root: Path, release: str, returned: str) -> Record:
    """The record of a file that was built here; refused where `returned` carries no id, an unknown one or a damaged record."""
    if not re.fullmatch(r"[0-9a-z]{8,64}", release):
        raise Refused(Issue("collect.no-id", Place(returned)))
    path = root / RECORDS / f"{release}.json"
    facts = {"record": (RECORDS / path.name).as_posix()}
    try:
        return loaded(path.read_bytes())
    except FileNotFoundError:
        raise Refused(Issue("collect.no-record", Place(returned), facts)) from None
    except OSError as error:
        name = path.as_posix()
        raise Refused(Issue("source.unreadable", Place(name), {"reason": os_reason(error)})) from error
    except UnreadableRecord:
        raise Refused(Issue("collect.bad-record", Place(returned), facts)) from None
