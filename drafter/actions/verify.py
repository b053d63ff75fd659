"""`drafter verify`: whether anything that was issued has changed since: the ledger, manifests, snapshots, masters, and the copies that still lie here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from drafter.actions.copies import copies_folder
from drafter.actions.shelf import FOLDER, SNAPSHOT, Shelf, Shelved
from drafter.release import ledger as ledgers
from drafter.release import manifest as manifests
from drafter.release.manifest import snapshot_hash
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Outcome, Place, Refused


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at, and the hash of the ledger's last entry, which a covering letter can carry; empty before the first release."""

    head: str
    releases: int
    files: int
    copies: int


def verify(root: Path) -> Outcome[Verified]:
    """Hold everything on the shelf against the ledger and its manifests; each thing that was altered, lost or added is an issue."""
    look = _Look(Shelf(root))
    issues = tuple(look.issues())
    head = look.head
    return Outcome(Verified(head, look.releases, look.files, look.copies), issues)


class _Look:
    """One look at the shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf, self.root = shelf, shelf.root
        self.head = ""
        self.releases = self.files = self.copies = 0

    def issues(self) -> Iterator[Issue]:
        entries = self._entries()
        if isinstance(entries, Refused):
            yield from entries.issues
            entries = ()
        self.head = entries[-1].hash if entries else ""
        yield from ledgers.altered(entries)
        stated: dict[tuple[str, str], ledgers.Entry] = {}
        for entry in entries:
            if (before := stated.get((entry.plan, entry.version))) is not None:
                yield Issue(
                    "release.entered-twice",
                    Place(ledgers.PATH),
                    {"release": f"{entry.plan} {entry.version}", "number": str(before.number)},
                )
            stated[entry.plan, entry.version] = entry
        for plan in self.shelf.plans():
            for version in self.shelf.versions(plan):
                yield from self._release(plan, version, stated.pop((plan, version), None))
        for plan, version in stated:
            facts = {"release": f"{plan} {version}"}
            yield Issue("release.gone", Place(f"{FOLDER}/{plan}/{version}"), facts)

    def _entries(self) -> tuple[ledgers.Entry, ...] | Refused:
        try:
            return self.shelf.ledger().entries
        except Refused as refused:
            return refused

    def _release(self, plan: str, version: str, entry: ledgers.Entry | None) -> Iterator[Issue]:
        self.releases += 1
        found = self.shelf.release(plan, version)
        if found.value is None:
            yield from found.issues
            return
        place = Place(f"{found.value.folder}/{manifests.NAME}")
        if entry is None:
            yield Issue("release.not-entered", place, {"release": f"{plan} {version}"})
        elif hashlib.sha256(found.value.data).hexdigest() != entry.manifest:
            yield Issue("release.manifest-altered", place, {"release": f"{plan} {version}"})
        yield from self._files(found.value)
        yield from self._copies(found.value)

    def _files(self, shelved: Shelved) -> Iterator[Issue]:
        manifest = shelved.manifest
        if manifest.snapshot != snapshot_hash(manifest.sources):
            yield Issue("release.snapshot-altered", Place(f"{shelved.folder}/{manifests.NAME}"))
        wanted = {
            **manifest.files,
            **{f"{SNAPSHOT}/{path}": digest for path, digest in manifest.sources.items()},
        }
        there = {
            path.relative_to(self.root / shelved.folder).as_posix()
            for path in (self.root / shelved.folder).rglob("*")
            if path.is_file()
        }
        for name, digest in wanted.items():
            self.files += 1
            if name not in there:
                yield Issue("release.file-gone", Place(f"{shelved.folder}/{name}"))
            elif self._digest(Path(shelved.folder, name)) != digest:
                yield Issue("release.file-altered", Place(f"{shelved.folder}/{name}"))
        for name in sorted(there - set(wanted) - {manifests.NAME}):
            yield Issue("release.file-added", Place(f"{shelved.folder}/{name}"))

    def _copies(self, shelved: Shelved) -> Iterator[Issue]:
        """The copies that are still under `build`; one that is not there can be made again and is no fault."""
        folder = copies_folder(shelved.manifest)
        for copy in shelved.manifest.copies:
            path = folder / copy.file
            if (self.root / path).is_file():
                self.copies += 1
                if self._digest(path) != copy.sha256:
                    yield Issue("release.copy-altered", Place(path.as_posix()))

    def _digest(self, path: Path) -> str:
        try:
            return hashlib.sha256((self.root / path).read_bytes()).hexdigest()
        except OSError:
            return ""
