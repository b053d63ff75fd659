"""The shelf where releases stand: `data/releases/<plan>/<version>/` and the ledger. Read here, written here, and put in order after a killed process.

The rename of a release's folder is the moment at which it exists. Its ledger entry follows at once; where the process died between the two,
the next one adds it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from drafter.release import ledger as ledgers
from drafter.release import manifest as manifests
from drafter.release.ledger import Ledger, added, entry_after, of_plan
from drafter.release.manifest import MASTER, READING, Manifest
from drafter.release.stages import Issuance, labelled, number_of
from drafter.source.edits import write_atomically
from drafter.source.folders import leftovers, locked, remove, unwrite_folder, write_folder
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Misnamed, Outcome, Place, Refused
from drafter.source.messages import os_reason
from drafter.source.nearest import suggestion

FOLDER: Final = "data/releases"
RECORDS: Final[Mapping[str, str]] = MappingProxyType({MASTER: "record.json", READING: "reading.json"})
"""The record that copies of each master are held against."""

SNAPSHOT: Final = "snapshot"
_LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class Shelved:
    """A release on the shelf: its folder, relative to the workspace, its manifest and that file's bytes."""

    folder: str
    manifest: Manifest
    data: bytes


class Shelf:
    """The releases of a workspace."""

    def __init__(self, root: Path) -> None:
        self.root = root

    # reading

    def ledger(self) -> Ledger:
        """The ledger, empty where there is none yet. Raises `Refused` where it cannot be read."""
        try:
            data = (self.root / ledgers.PATH).read_bytes()
        except FileNotFoundError:
            return Ledger()
        except OSError as error:
            raise Refused(_unreadable(ledgers.PATH, error)) from None
        outcome = ledgers.loaded(data)
        if outcome.value is None:
            raise Refused(*outcome.issues)
        return outcome.value

    def plans(self) -> tuple[str, ...]:
        """The plans of which something was issued."""
        folder = self.root / FOLDER
        if not folder.is_dir():
            return ()
        return tuple(sorted(each.name for each in folder.iterdir() if each.is_dir() and each.name[0] != "."))

    def versions(self, plan: str) -> tuple[str, ...]:
        """The versions of a plan, the first one first."""
        folder = self.root / FOLDER / plan
        names = [each.name for each in folder.iterdir() if each.is_dir()] if folder.is_dir() else []
        return tuple(sorted((name for name in names if number_of(name)), key=number_of))

    def release(self, plan: str, version: str) -> Outcome[Shelved]:
        """One release; None, and why, where its manifest cannot be read."""
        folder = f"{FOLDER}/{plan}/{version}"
        path = f"{folder}/{manifests.NAME}"
        try:
            data = (self.root / path).read_bytes()
        except OSError as error:
            return Outcome(None, (_unreadable(path, error),))
        outcome = manifests.loaded(path, data)
        said = outcome.value and (outcome.value.plan, outcome.value.issuance.version)
        if said and said != (plan, version):
            return Outcome(None, (Issue("release.misplaced", Place(path), {"release": " ".join(said)}),))
        return Outcome(Shelved(folder, outcome.value, data) if outcome.value else None, outcome.issues)

    def named(self, plan: str, version: str) -> Shelved:
        """The release that a person named. Raises `Misnamed` where there is none, `Refused` where it cannot be read."""
        known = self.versions(plan)
        if version not in known:
            facts = {"plan": plan, "version": version, "nearest": suggestion(version, known)}
            raise Misnamed(Issue("release.unknown-version", Place(f"{FOLDER}/{plan}"), facts))
        outcome = self.release(plan, version)
        if outcome.value is None:
            raise Refused(*outcome.issues)
        return outcome.value

    def all(self) -> Iterator[Outcome[Shelved]]:
        """Every release, plan by plan."""
        for plan in self.plans():
            for version in self.versions(plan):
                yield self.release(plan, version)

    def bytes_of(self, shelved: Shelved, name: str) -> bytes:
        """A file of a release as it was issued. Raises `Refused` where it cannot be read or was altered since."""
        path = f"{shelved.folder}/{name}"
        try:
            data = (self.root / path).read_bytes()
        except OSError as error:
            raise Refused(_unreadable(path, error)) from None
        if hashlib.sha256(data).hexdigest() != expected(shelved.manifest, name):
            raise Refused(Issue("release.file-altered", Place(path)))
        return data

    # writing

    @contextmanager
    def held(self) -> Iterator[tuple[Issue, ...]]:
        """The shelf for one process alone, put in order first; gives what had to be done. Raises `Refused` where another holds it."""
        with locked(self.root / FOLDER / _LOCK):
            yield tuple(self._recovered())

    def put(self, manifest: Manifest, files: Mapping[str, bytes]) -> Ledger:
        """A new release with the files beside its manifest; the ledger with its entry. Only while the shelf is held. Raises `Refused`."""
        body = manifests.dumped(manifest)
        folder = self.root / FOLDER / manifest.plan / manifest.issuance.version
        written = manifests.loaded(manifests.NAME, body)
        if written.value is None:  # a version that nobody can read again would keep every later one back
            raise Refused(*written.issues)
        write_folder(folder, {**files, manifests.NAME: body})
        try:
            return self._entered(manifest, body)
        except Refused:
            unwrite_folder(folder)
            raise

    def _entered(self, manifest: Manifest, body: bytes) -> Ledger:
        before = self.ledger()
        made = manifest.issuance
        entry = entry_after(before, manifest.plan, made.version, made.label, manifest.issued, body)
        after = added(before, entry)
        written = ledgers.loaded(after.text.encode())
        if written.value is None:  # somebody has written lines of their own there that nothing can follow
            raise Refused(*written.issues)
        write_atomically(self.root / ledgers.PATH, after.text.encode())
        return after

    def _recovered(self) -> Iterator[Issue]:
        """What a killed process left: half a release is taken away, a whole one that the ledger does not know is entered."""
        for folder in leftovers(self.root / FOLDER):
            remove(folder)
            yield Issue("release.cleaned", Place(folder.relative_to(self.root).as_posix()))
        for plan in self.plans():
            known = {entry.version for entry in of_plan(self.ledger().entries, plan)}
            missing = [version for version in self.versions(plan) if version not in known]
            # More than one is no accident of a killed process: `verify` says it, nobody enters it unasked.
            if len(missing) != 1 or missing != list(self.versions(plan)[-1:]):
                continue
            found = self.release(plan, missing[0])
            if found.value is not None:
                self._entered(found.value.manifest, found.value.data)
                yield Issue("release.entered", Place(found.value.folder), {"version": missing[0]})


def expected(manifest: Manifest, name: str) -> str:
    """The sha256 that a file of a release must have; empty for a file that does not belong to it."""
    inside = name.removeprefix(f"{SNAPSHOT}/")
    return manifest.sources.get(inside, "") if inside != name else manifest.files.get(name, "")


def issued_before(shelf: Shelf, plan: str) -> tuple[Issuance, ...]:
    """What was issued of a plan, in order. Raises `Refused` where a manifest cannot be read: nobody knows then what comes next.

    What only the ledger still knows counts too, so that no version is ever issued twice.
    """
    entered = of_plan(shelf.ledger().entries, plan)
    out = {entry.version: labelled(entry.version, entry.stage) for entry in entered}
    for version in shelf.versions(plan):
        found = shelf.release(plan, version)
        if found.value is None:
            raise Refused(*found.issues)
        manifest = found.value.manifest
        out[version] = replace(manifest.issuance, public=bool(manifest.settings.get("public")))
    return tuple(out[version] for version in sorted(out, key=number_of))


def _unreadable(path: str, error: OSError) -> Issue:
    return Issue("source.unreadable", Place(path), {"reason": os_reason(error)})
