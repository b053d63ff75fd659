"""The numbered copies of a release: made from its master, and made again from it to the byte where `build` was cleared away."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from drafter.release.manifest import MASTER, READING, Copy, Manifest
from drafter.release.naming import copy_id, copy_name, public_name
from drafter.source.edits import write_atomically
from drafter.source.issues import Issue, Place, Refused
from drafter.word.anchors import Edges
from drafter.word.copies import Master
from drafter.word.dressing import dressed, noted_dress

_DIGITS = 6  # GB/T 9704-2012, 7.2.1: 份号 in six figures


def copies_folder(manifest: Manifest) -> Path:
    """Where the copies of a release are written, relative to the workspace."""
    return Path("build/releases", manifest.plan, manifest.issuance.version)


def master_of(manifest: Manifest, data: bytes, frame: bytes) -> Master:
    """The master of a release with the frame that it was made in, as both were issued."""
    return Master(data, dressed(frame, noted_dress(manifest.settings)), manifest.frame)


def public_copy(manifest: Manifest, data: bytes) -> tuple[Copy, bytes]:
    """The one file for the public: without a number, a recipient or an id."""
    file = public_name(manifest.title, manifest.issuance, manifest.date)
    return Copy(0, "", "", "", file, hashlib.sha256(data).hexdigest()), data


def made_copies(
    manifest: Manifest,
    release: str,
    master: Master,
    recipients: Iterable[str],
    deadline: str,
    name: str = MASTER,
) -> Iterator[tuple[Copy, bytes]]:
    """A copy for each recipient, numbered from 1; one without a recipient where there is none. `release` is the id of the master `name`."""
    for number, recipient in enumerate(tuple(recipients) or ("",), 1):
        id = copy_id(release, number)
        reading = name == READING
        file = copy_name(manifest.title, manifest.issuance, manifest.date, number, recipient, reading=reading)
        data = master.copied(_facts(manifest, number, recipient), id)
        yield Copy(number, recipient, deadline, id, file, hashlib.sha256(data).hexdigest(), name), data


def copy_edges(
    manifest: Manifest, copies: Iterable[Copy], master: Master, edges: Edges
) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """What the headers and footers of each copy say, by its id; `edges` are those of the master."""
    return {
        copy.id: master.lines(_facts(manifest, copy.number, copy.recipient), edges)
        for copy in copies
        if copy.number
    }


def _facts(manifest: Manifest, number: int, recipient: str) -> Mapping[str, str]:
    """What the frame prints of a copy. One for nobody has no number: it is the file copy of the office."""
    own = {"份号": f"{number:0{_DIGITS}d}", "收件单位": recipient} if recipient else {}
    return {**manifest.facts, **own}


def write_copies(root: Path, manifest: Manifest, copies: Mapping[str, bytes]) -> tuple[str, ...]:
    """Write the copies under `build`; their paths. Raises `Refused`."""
    folder = copies_folder(manifest)
    for name, data in copies.items():
        write_atomically(root / folder / name, data)
    return tuple((folder / name).as_posix() for name in copies)


def made_again(manifest: Manifest, masters: Mapping[str, Master]) -> Iterator[tuple[Copy, bytes]]:
    """The copies of a release once more. Raises `Refused` where one is not, to the byte, what was sent: then this engine is another."""
    for copy in manifest.copies:
        data = masters[copy.master].data
        if copy.number:
            data = masters[copy.master].copied(_facts(manifest, copy.number, copy.recipient), copy.id)
        if hashlib.sha256(data).hexdigest() != copy.sha256:
            raise Refused(Issue("release.copy-differs", Place(copy.file), {"engine": manifest.engine}))
        yield copy, data
