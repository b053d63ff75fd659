"""The records that returned files are held against: of built files under `build/records`, of issued ones with their release, found by the opaque id in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from drafter.actions.shelf import RECORDS as ISSUED
from drafter.actions.shelf import Shelf, Shelved
from drafter.release.manifest import MASTER
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


class Records:
    """All records of a workspace; what was issued is looked through once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._issued: dict[str, tuple[Shelved, str]] | None = None

    def find(self, release: str, returned: str) -> Record:
        """The record of a file that was built or issued here; refused where `returned` carries no id, an unknown one or a damaged record."""
        if not re.fullmatch(r"[0-9a-z]{8,64}", release):
            raise Refused(Issue("collect.no-id", Place(returned)))
        path = self.root / RECORDS / f"{release}.json"
        try:
            return _loaded(path.read_bytes(), returned, path.name)
        except FileNotFoundError:
            return self._of_issued(release, returned)
        except OSError as error:
            name = path.as_posix()
            raise Refused(Issue("source.unreadable", Place(name), {"reason": os_reason(error)})) from error

    def _of_issued(self, release: str, returned: str) -> Record:
        if self._issued is None:
            self._issued = dict(_ids(Shelf(self.root)))
        found = self._issued.get(release)
        if found is None:
            facts = {"record": (RECORDS / f"{release}.json").as_posix()}
            raise Refused(Issue("collect.no-record", Place(returned), facts))
        shelved, name = found
        return _loaded(Shelf(self.root).bytes_of(shelved, name), returned, f"{shelved.folder}/{name}")


def _ids(shelf: Shelf) -> Iterator[tuple[str, tuple[Shelved, str]]]:
    """Every id that an issued file may carry, that of its master or that of its copy, with its release and the name of its record."""
    for found in shelf.all():
        if found.value is not None:
            yield found.value.manifest.id, (found.value, ISSUED[MASTER])
            for copy in found.value.manifest.copies:
                yield copy.id, (found.value, ISSUED[copy.master])


def _loaded(data: bytes, returned: str, record: str) -> Record:
    try:
        return loaded(data)
    except UnreadableRecord:
        raise Refused(Issue("collect.bad-record", Place(returned), {"record": record})) from None
