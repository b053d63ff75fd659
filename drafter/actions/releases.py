"""`drafter releases`: what was issued of each plan, to whom, until when, and which of its sources have changed since; its copies made again on request."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from drafter.actions.composing import chosen_plans, loaded
from drafter.actions.copies import copies_folder, made_again, master_of, write_copies
from drafter.actions.shelf import SNAPSHOT, Shelf, Shelved
from drafter.release.ledger import Entry, of_plan
from drafter.release.manifest import NAME, READING, Manifest
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Outcome, Place, Refused


@dataclass(frozen=True, slots=True)
class Sent:
    """A copy: its 份号, who received it, until when they are asked (ISO or empty), its file, whether that still lies under `build`, and whether it is a reading copy."""

    number: int
    recipient: str
    deadline: str
    file: str
    there: bool
    reading: bool


@dataclass(frozen=True, slots=True)
class Release:
    """One version. `changed` are those of its sources that are not any more what they were, `forced` the reason given against what spoke against it."""

    plan: str
    version: str
    stage: str
    date: str
    issued: str
    by: str
    note: str
    forced: str
    revision: str
    copies: tuple[Sent, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Releases:
    """All versions that were asked for, the first one first; `written` are copies that were made again."""

    releases: tuple[Release, ...]
    written: tuple[str, ...] = ()


def releases(root: Path, plan: str = "", version: str = "", *, copies: bool = False) -> Outcome[Releases]:
    """List what was issued: of all plans, of one, or one version of it; `copies` makes the copies again that are not there.

    Raises `Misnamed` for a plan that is not there and was never issued, and for an unknown version.
    """
    shelf = Shelf(root)
    found, issues = _asked(shelf, plan, version)
    now: dict[str, str] = {}
    written: list[str] = []
    if copies:
        entered = shelf.ledger().entries
        for shelved in found:
            written += _again(shelf, shelved, entered)
    listed = tuple(_release(root, shelved.manifest, now) for shelved in found)
    return Outcome(Releases(listed, tuple(written)), issues)


def _asked(shelf: Shelf, plan: str, version: str) -> tuple[list[Shelved], tuple[Issue, ...]]:
    if version:
        return [shelf.named(plan, version)], ()
    if plan and plan not in shelf.plans():
        workspace, found = loaded(shelf.root)
        chosen_plans(workspace, (plan,), found)
        return [], ()
    outcomes = [
        shelf.release(each, name)
        for each in ([plan] if plan else shelf.plans())
        for name in shelf.versions(each)
    ]
    issues = tuple(issue for outcome in outcomes for issue in outcome.issues)
    return [outcome.value for outcome in outcomes if outcome.value is not None], issues


def _release(root: Path, manifest: Manifest, now: dict[str, str]) -> Release:
    made = manifest.issuance
    return Release(
        plan=manifest.plan,
        version=made.version,
        stage=made.label,
        date=manifest.date,
        issued=manifest.issued,
        by=manifest.by,
        note=manifest.note,
        forced=manifest.forced,
        revision=manifest.revision,
        copies=tuple(_sent(root, manifest)),
        changed=tuple(_changed(root, manifest.sources, now)),
    )


def _sent(root: Path, manifest: Manifest) -> Iterator[Sent]:
    folder = root / copies_folder(manifest)
    for copy in manifest.copies:
        there = (folder / copy.file).is_file()
        yield Sent(
            copy.number, copy.recipient, copy.deadline, copy.file, there, reading=copy.master == READING
        )


def _changed(root: Path, sources: Mapping[str, str], now: dict[str, str]) -> Iterator[str]:
    """The sources whose bytes are others today; `now` remembers what was looked at."""
    for path, digest in sources.items():
        if path not in now:
            try:
                now[path] = hashlib.sha256((root / path).read_bytes()).hexdigest()
            except OSError:
                now[path] = ""
        if now[path] != digest:
            yield path


def _again(shelf: Shelf, shelved: Shelved, entered: Sequence[Entry]) -> list[str]:
    """The copies of a release that are not there, made from its master. Raises `Refused` where its manifest is not what was issued."""
    manifest = shelved.manifest
    version = manifest.issuance.version
    stated = [entry.manifest for entry in of_plan(entered, manifest.plan) if entry.version == version]
    if hashlib.sha256(shelved.data).hexdigest() not in stated:
        code = "release.manifest-altered" if stated else "release.not-entered"
        raise Refused(
            Issue(code, Place(f"{shelved.folder}/{NAME}"), {"release": f"{manifest.plan} {version}"})
        )
    folder = shelf.root / copies_folder(manifest)
    if all((folder / copy.file).is_file() for copy in manifest.copies):
        return []
    frame = shelf.bytes_of(shelved, f"{SNAPSHOT}/{manifest.frame}")
    masters = {
        name: master_of(manifest, shelf.bytes_of(shelved, name), frame)
        for name in {copy.master for copy in manifest.copies}
    }
    return [
        path
        for copy, data in made_again(manifest, masters)
        if not (folder / copy.file).is_file()
        for path in write_copies(shelf.root, manifest, {copy.file: data})
    ]
