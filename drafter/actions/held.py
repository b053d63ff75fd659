"""What a returned file is a copy of: the record of a built file under `build/records`, or of an issued one with its release, found by the opaque id in it, else by its words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from drafter.actions.shelf import RECORDS as ISSUED
from drafter.actions.shelf import Shelf, Shelved
from drafter.actions.store import RECORDS
from drafter.ooxml.identity import MARKED
from drafter.picture.model import Picture, View
from drafter.picture.views import view
from drafter.release.manifest import MASTER, Copy
from drafter.review.resemblance import Likeness, clauses
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Place, Refused
from drafter.source.messages import os_reason
from drafter.word.anchors import Record
from drafter.word.record import UnreadableRecord, loaded


@dataclass(frozen=True, slots=True)
class Known:
    """What a returned file is a copy of.

    `how`: by its `id`, by its `text`. `version` is empty for a draft that was only built; `copy` None where nobody knows whose it was. `share` is how much of
    the file's words were issued in that version, `cover` how much of the version's words are in the file.
    """

    record: Record
    how: str
    version: str = ""
    copy: Copy | None = None
    share: float = 1.0
    cover: float = 1.0


@dataclass(frozen=True, slots=True)
class _Issued:
    """An issued file: its release, the name of its record, and whose copy it is."""

    shelved: Shelved
    record: str
    copy: Copy | None


class Records:
    """All records of a workspace; what was issued is looked through once, and a record that many copies share is read for the first of them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._shelf = Shelf(root)
        self._issued: dict[str, _Issued] | None = None
        self._clauses: dict[tuple[str, str], frozenset[str]] = {}
        self._last: tuple[bytes, Record] | None = None

    def find(self, release: str, returned: str) -> Record:
        """The record of a file that was built or issued here; refused where `returned` carries no id, an unknown one or a damaged record."""
        return self.known(release, returned).record

    def known(self, release: str, returned: str) -> Known:
        """What the file with this id is; refused where `returned` carries no id, an unknown one or a damaged record."""
        if release == MARKED:
            raise Refused(Issue("collect.marked-copy", Place(returned)))
        if not re.fullmatch(r"[0-9a-z]{8,64}", release):
            raise Refused(Issue("collect.no-id", Place(returned)))
        issued = self._by_id().get(release)
        if issued is not None:
            version = issued.shelved.manifest.issuance.version
            return Known(self._of(issued, returned), "id", version, issued.copy)
        path = self.root / RECORDS / f"{release}.json"
        try:
            return Known(self._loaded(path.read_bytes(), returned, path.name), "id")
        except FileNotFoundError:
            facts = {"record": (RECORDS / f"{release}.json").as_posix()}
            raise Refused(Issue("collect.no-record", Place(returned), facts)) from None
        except OSError as error:
            name = path.as_posix()
            raise Refused(Issue("source.unreadable", Place(name), {"reason": os_reason(error)})) from error

    def alike(
        self, picture: Picture, wanted: Mapping[str, str] | None = None, least: float = 0.0
    ) -> Known | None:
        """The issued version whose words a file has, None where it is like none, or where less than `least` of it is.

        `wanted` (plans and a version of each) says which, and then little is enough.

        Of versions that are equally like it the last is taken. Whose copy it is may be told by what its headers say.
        """
        texts = [each.text for each in view(picture, View.ORIGINAL)]
        words = clauses(texts)
        best: tuple[Likeness, Shelved] | None = None
        for shelved in self._releases():
            manifest = shelved.manifest
            if wanted is not None and wanted.get(manifest.plan) != manifest.issuance.version:
                continue
            like = Likeness.of(words, self._words(shelved))
            enough = like.share >= least and like.enough(asked=wanted is not None)
            if enough and (best is None or like.shared >= best[0].shared):
                best = like, shelved
        if best is None:
            return None
        like, shelved = best
        record = self._of(_Issued(shelved, ISSUED[MASTER], None), shelved.folder)
        edges = view(replace(picture, paragraphs=picture.edges), View.ORIGINAL)
        lines = {text.strip() for text in (*texts, *(each.text for each in edges))}
        copy = _whose(record, shelved.manifest.copies, lines)
        return Known(record, "text", shelved.manifest.issuance.version, copy, like.share, like.cover)

    def _words(self, shelved: Shelved) -> frozenset[str]:
        key = (shelved.manifest.plan, shelved.manifest.issuance.version)
        if key not in self._clauses:
            record = self._of(_Issued(shelved, ISSUED[MASTER], None), shelved.folder)
            self._clauses[key] = clauses(each.text for each in record.anchors.paragraphs)
        return self._clauses[key]

    def _releases(self) -> list[Shelved]:
        found: dict[str, Shelved] = {}
        for each in self._by_id().values():
            found.setdefault(each.shelved.folder, each.shelved)
        return list(found.values())

    def _by_id(self) -> Mapping[str, _Issued]:
        if self._issued is None:
            self._issued = dict(_ids(self._shelf))
        return self._issued

    def _of(self, issued: _Issued, returned: str) -> Record:
        data = self._shelf.bytes_of(issued.shelved, issued.record)
        return self._loaded(data, returned, f"{issued.shelved.folder}/{issued.record}")

    def _loaded(self, data: bytes, returned: str, record: str) -> Record:
        if self._last is None or self._last[0] != data:
            try:
                self._last = data, loaded(data)
            except UnreadableRecord:
                raise Refused(Issue("collect.bad-record", Place(returned), {"record": record})) from None
        return self._last[1]


def _ids(shelf: Shelf) -> Iterator[tuple[str, _Issued]]:
    """Every id that an issued file may carry, that of its master or that of its copy, with its release and the name of its record."""
    for found in shelf.all():
        if found.value is not None:
            manifest = found.value.manifest
            yield manifest.id or found.value.folder, _Issued(found.value, ISSUED[MASTER], None)
            for copy in manifest.copies:
                if copy.id:
                    yield copy.id, _Issued(found.value, ISSUED[copy.master], copy)


def _whose(record: Record, copies: Iterable[Copy], lines: set[str]) -> Copy | None:
    """The one copy whose headers have a line that is in the file and in no other copy's."""
    own = {id_: {line for part in parts for line in part} for id_, parts in record.copies.items()}
    often = Counter(line for each in own.values() for line in each)
    found = [
        copy
        for copy in copies
        if any(often[line] == 1 and line.strip() in lines for line in own.get(copy.id, ()))
    ]
    return found[0] if len(found) == 1 else None
