"""The ledger of releases: one entry for each, only ever added to, each with the hash of the one before.

Who changes an entry must change all that follow, and the last hash with them; that one stands in a covering letter, out of reach.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from drafter.source.files import decode
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Outcome, Place
from drafter.source.yaml import Node, parse
from drafter.source.yaml import Sequence as YamlSequence
from drafter.workspace.fields import Entries, Field, Record, Report, Text, Whole

PATH: Final = "data/releases/ledger.yaml"

HEAD: Final = "# 发出稿台账：一次发出记一条，只增不改，每条带着上一条的校验值。drafter verify 核对。\n"
_TEXT = Text()


@dataclass(frozen=True, slots=True)
class Entry:
    """One release in the ledger: its place from 1, what it was, the sha256 of its manifest, the hash of the entry before, and its own.

    The first has an empty `previous`.
    """

    number: int
    plan: str
    version: str
    stage: str
    issued: str
    manifest: str
    previous: str
    hash: str


class _Shape:
    """The keys of an entry."""

    NUMBER = Field("number", Whole(), required=True)
    PLAN = Field("plan", _TEXT, required=True)
    VERSION = Field("version", _TEXT, required=True)
    STAGE = Field("stage", _TEXT, required=True)
    ISSUED = Field("issued", _TEXT, required=True)
    MANIFEST = Field("manifest", _TEXT, required=True)
    PREVIOUS = Field("previous", _TEXT)
    HASH = Field("hash", _TEXT, required=True)
    RECORD = Record((NUMBER, PLAN, VERSION, STAGE, ISSUED, MANIFEST, PREVIOUS, HASH))


@dataclass(frozen=True, slots=True)
class Ledger:
    """The entries in order, and the text of the file that they were read from."""

    entries: tuple[Entry, ...] = ()
    text: str = HEAD

    @property
    def head(self) -> str:
        """The hash of the last entry, empty before the first."""
        return self.entries[-1].hash if self.entries else ""


def entry_after(ledger: Ledger, plan: str, version: str, stage: str, issued: str, manifest: bytes) -> Entry:
    """The entry that a release adds to the ledger; `manifest` are the bytes of its manifest."""
    digest = hashlib.sha256(manifest).hexdigest()
    draft = Entry(len(ledger.entries) + 1, plan, version, stage, issued, digest, ledger.head, "")
    return replace(draft, hash=_hash(draft))


def _hash(entry: Entry) -> str:
    """Over everything but the hash itself, as JSON with sorted keys, so that layout and quoting of the file do not count."""
    return hashlib.sha256(json.dumps(_fields(entry), ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _fields(entry: Entry) -> dict[str, int | str]:
    return {
        "number": entry.number,
        "plan": entry.plan,
        "version": entry.version,
        "stage": entry.stage,
        "issued": entry.issued,
        "manifest": entry.manifest,
        "previous": entry.previous,
    }


def dumped(entry: Entry) -> str:
    """The lines that an entry adds to the file."""
    import yaml

    present = {key: value for key, value in _fields(entry).items() if value != ""}
    whole = {**present, "hash": entry.hash}
    return yaml.safe_dump([whole], allow_unicode=True, sort_keys=False, width=1000)


def added(ledger: Ledger, entry: Entry) -> Ledger:
    """The ledger with one entry more; what was in its file stays to the letter."""
    gap = "" if ledger.text.endswith("\n") or not ledger.text else "\n"
    return Ledger((*ledger.entries, entry), f"{ledger.text}{gap}{dumped(entry)}")


def loaded(data: bytes) -> Outcome[Ledger]:
    """The ledger in the bytes of its file; None where it cannot be read. Whether the entries are true is asked of `altered`."""
    decoded = decode(PATH, data)
    if decoded.value is None:
        return Outcome(None, decoded.issues)
    source = decoded.value
    parsed = parse(source)
    if parsed.value is None:
        # nothing but comments is an empty ledger
        return Outcome(None, parsed.issues) if parsed.issues else Outcome(Ledger((), source.text))
    report = Report(source)
    entries = tuple(_entries(parsed.value, report))
    issues = (*parsed.issues, *report.issues)
    return Outcome(None, issues) if issues else Outcome(Ledger(entries, source.text))


def _entries(node: Node, report: Report) -> Iterator[Entry]:
    if not isinstance(node, YamlSequence):
        report.add("workspace.not-list", node, key=PATH)
        return
    for item in node.items:
        read = _Shape.RECORD.read(item, "entry", report)
        if read is not None:
            yield _entry(read)


def _entry(read: Entries) -> Entry:
    return Entry(
        read.get(_Shape.NUMBER) or 0,
        read.text(_Shape.PLAN),
        read.text(_Shape.VERSION),
        read.text(_Shape.STAGE),
        read.text(_Shape.ISSUED),
        read.text(_Shape.MANIFEST),
        read.text(_Shape.PREVIOUS),
        read.text(_Shape.HASH),
    )


def altered(entries: Sequence[Entry]) -> Iterator[Issue]:
    """What was changed in the ledger since it was written: entries that are not what their hash says, and gaps in the chain."""
    previous = ""
    for number, entry in enumerate(entries, 1):
        facts = {"number": str(number), "release": f"{entry.plan} {entry.version}"}
        if entry.hash != _hash(entry):
            yield Issue("release.ledger-altered", Place(PATH), facts)
        elif entry.previous != previous or entry.number != number:
            yield Issue("release.ledger-broken", Place(PATH), facts)
        previous = entry.hash


def of_plan(entries: Iterable[Entry], plan: str) -> tuple[Entry, ...]:
    """The entries of one plan, in order."""
    return tuple(entry for entry in entries if entry.plan == plan)
