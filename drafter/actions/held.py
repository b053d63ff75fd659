"""The record that a returned file is held against: of a built file under `build/records`, of an issued one with its release, found by the opaque id in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from drafter.actions.shelf import RECORDS as ISSUED
from drafter.actions.shelf import Shelf, Shelved
from drafter.actions.store import RECORDS
from drafter.release.manifest import MASTER
from drafter.source.issues import Issue, Place, Refused
from drafter.source.messages import os_reason
from drafter.word.anchors import Record
from drafter.word.record import UnreadableRecord, loaded


class Records:
    """All records of a workspace; what was issued is looked through once, and a record that many copies share is read for the first of them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._issued: dict[str, tuple[Shelved, str]] | None = None
        self._last: tuple[bytes, Record] | None = None

    def find(self, release: str, returned: str) -> Record:
        """The record of a file that was built or issued here; refused where `returned` carries no id, an unknown one or a damaged record."""
        if not re.fullmatch(r"[0-9a-z]{8,64}", release):
            raise Refused(Issue("collect.no-id", Place(returned)))
        path = self.root / RECORDS / f"{release}.json"
        try:
            return self._loaded(path.read_bytes(), returned, path.name)
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
        return self._loaded(Shelf(self.root).bytes_of(shelved, name), returned, f"{shelved.folder}/{name}")

    def _loaded(self, data: bytes, returned: str, record: str) -> Record:
        if self._last is None or self._last[0] != data:
            try:
                self._last = data, loaded(data)
            except UnreadableRecord:
                raise Refused(Issue("collect.bad-record", Place(returned), {"record": record})) from None
        return self._last[1]


def _ids(shelf: Shelf) -> Iterator[tuple[str, tuple[Shelved, str]]]:
    """Every id that an issued file may carry, that of its master or that of its copy, with its release and the name of its record."""
    for found in shelf.all():
        if found.value is not None:
            yield found.value.manifest.id, (found.value, ISSUED[MASTER])
            for copy in found.value.manifest.copies:
                yield copy.id, (found.value, ISSUED[copy.master])
