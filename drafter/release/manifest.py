"""The manifest of a release: what was issued, when, by whom, from what, and to whom. Written once and never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final

from drafter.release.stages import Issuance
from drafter.source.files import Source, decode
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Outcome
from drafter.source.yaml import Scalar, parse
from drafter.workspace.fields import (
    ByText,
    Choice,
    Day,
    Entries,
    Field,
    ListOf,
    Pattern,
    Record,
    Report,
    Text,
    Whole,
)

NAME: Final = "manifest.yaml"
"""The manifest's file in the folder of its release."""

MASTER: Final = "master.docx"
READING: Final = "reading.docx"
"""What copies are made from: the version, and the same as a reading copy, with the numbers of its paragraphs in the margin."""

_HEAD = "# 由 drafter release 写出，发出后不改；改动任何一处，drafter verify 都会指出。\n"
_TEXT = Text()
_PATH = "release.manifest-path"
_FILE = Pattern(r'(?!\.{1,2}\Z)[^\\/:*?"<>|\x00-\x1f]+', _PATH)


@dataclass(frozen=True, slots=True)
class Copy:
    """One numbered copy: its 份号 from 1 (0 for the public, who have none), who it went to, until when they are asked (ISO or empty), its opaque id, its file and hash."""

    number: int
    recipient: str
    deadline: str
    id: str
    file: str
    sha256: str
    master: str = MASTER


@dataclass(frozen=True, slots=True)
class Manifest:
    """All that is known of a release.

    `date` is that of the draft, `issued` the moment of the release as ISO with its zone; `settings` are what a rebuild repeats, `facts` what
    the frame printed and `frame` its path; `sources` are
    the sha256 of every file that went in, by path, `snapshot` the hash of them all, `files` the sha256 of what lies beside the manifest.
    `forced` is the reason why the release was made against what speaks against it, empty where nothing did.
    """

    plan: str
    title: str
    issuance: Issuance
    date: str
    issued: str
    by: str
    note: str
    forced: str
    engine: str
    revision: str
    id: str
    settings: Mapping[str, str]
    frame: str
    facts: Mapping[str, str]
    snapshot: str
    sources: Mapping[str, str]
    files: Mapping[str, str]
    copies: tuple[Copy, ...]


class _Shape:
    """The keys of a manifest."""

    NUMBER = Field("number", Whole(), required=True)
    RECIPIENT = Field("recipient", _TEXT)
    DEADLINE = Field("deadline", Day())
    ID = Field("id", _TEXT)
    FILE = Field("file", _FILE, required=True)
    SHA256 = Field("sha256", _TEXT, required=True)
    OF = Field("master", Choice((MASTER, READING)))
    COPY = Record((NUMBER, RECIPIENT, DEADLINE, ID, FILE, SHA256, OF))

    PLAN = Field("plan", _TEXT, required=True)
    TITLE = Field("title", _TEXT, required=True)
    VERSION = Field("version", _TEXT, required=True)
    STAGE = Field("stage", _TEXT, required=True)
    TIME = Field("time", Whole(), required=True)
    DATE = Field("date", Day())
    ISSUED = Field("issued", _TEXT, required=True)
    BY = Field("by", _TEXT)
    NOTE = Field("note", _TEXT)
    FORCED = Field("forced", _TEXT)
    ENGINE = Field("engine", _TEXT, required=True)
    REVISION = Field("revision", _TEXT)
    SETTINGS = Field("settings", ByText(_TEXT), required=True)
    FRAME = Field("frame", _TEXT, required=True)
    FACTS = Field("facts", ByText(_TEXT), required=True)
    SNAPSHOT = Field("snapshot", _TEXT, required=True)
    SOURCES = Field("sources", ByText(_TEXT), required=True)
    FILES = Field("files", ByText(_TEXT), required=True)
    COPIES = Field("copies", ListOf(COPY), required=True)
    RECORD = Record(
        (
            PLAN,
            TITLE,
            VERSION,
            STAGE,
            TIME,
            DATE,
            ISSUED,
            BY,
            NOTE,
            FORCED,
            ENGINE,
            REVISION,
            ID,
            SETTINGS,
            FRAME,
            FACTS,
            SNAPSHOT,
            SOURCES,
            FILES,
            COPIES,
        )
    )


def snapshot_hash(sources: Mapping[str, str]) -> str:
    """One hash for all sources, from their paths and sha256."""
    digest = hashlib.sha256()
    for path in sorted(sources):
        digest.update(f"{path}\0{sources[path]}\n".encode())
    return digest.hexdigest()


def dumped(manifest: Manifest) -> bytes:
    """The manifest as YAML; the same manifest gives the same bytes."""
    import yaml

    made = manifest.issuance
    head = {
        "plan": manifest.plan,
        "title": manifest.title,
        "version": made.version,
        "stage": made.stage,
        "time": made.time,
        "date": manifest.date,
        "issued": manifest.issued,
        "by": manifest.by,
        "note": manifest.note,
        "forced": manifest.forced,
        "engine": manifest.engine,
        "revision": manifest.revision,
        "id": manifest.id,
    }
    whole = {
        **{key: value for key, value in head.items() if value != ""},
        "settings": _present(manifest.settings),
        "frame": manifest.frame,
        "facts": _present(manifest.facts),
        "snapshot": manifest.snapshot,
        "sources": dict(sorted(manifest.sources.items())),
        "files": dict(sorted(manifest.files.items())),
        "copies": [_copy_fields(copy) for copy in manifest.copies],
    }
    body = yaml.safe_dump(whole, allow_unicode=True, sort_keys=False, width=1000)
    return (_HEAD + body).encode()


def _present(texts: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in texts.items() if value}


def _copy_fields(copy: Copy) -> dict[str, object]:
    fields = {
        "number": copy.number,
        "recipient": copy.recipient,
        "deadline": copy.deadline,
        "id": copy.id,
        "file": copy.file,
        "sha256": copy.sha256,
        "master": "" if copy.master == MASTER else copy.master,
    }
    return {key: value for key, value in fields.items() if value != ""}


def loaded(path: str, data: bytes) -> Outcome[Manifest]:
    """The manifest again; `path` is its file for messages. None where anything is missing or wrong, which the issues say."""
    decoded = decode(path, data)
    if decoded.value is None:
        return Outcome(None, decoded.issues)
    return _read(decoded.value)


def _read(source: Source) -> Outcome[Manifest]:
    parsed = parse(source)
    if parsed.value is None:
        empty = (Issue("workspace.empty-file", source.place(0)),)
        return Outcome(None, parsed.issues or empty)
    report = Report(source)
    entries = _Shape.RECORD.read(parsed.value, "manifest", report)
    for path in _leading_out(entries) if entries else ():
        report.add(_PATH, path, value=path.text)
    issues = (*parsed.issues, *report.issues)
    if entries is None or issues:
        return Outcome(None, issues)
    day = entries.get(_Shape.DATE)
    time = entries.get(_Shape.TIME)
    made = Issuance(entries.text(_Shape.VERSION), entries.text(_Shape.STAGE), 1 if time is None else time)
    manifest = Manifest(
        plan=entries.text(_Shape.PLAN),
        title=entries.text(_Shape.TITLE),
        issuance=made,
        date=day.isoformat() if day else "",
        issued=entries.text(_Shape.ISSUED),
        by=entries.text(_Shape.BY),
        note=entries.text(_Shape.NOTE),
        forced=entries.text(_Shape.FORCED),
        engine=entries.text(_Shape.ENGINE),
        revision=entries.text(_Shape.REVISION),
        id=entries.text(_Shape.ID),
        settings=_texts(entries.get(_Shape.SETTINGS)),
        frame=entries.text(_Shape.FRAME),
        facts=_texts(entries.get(_Shape.FACTS)),
        snapshot=entries.text(_Shape.SNAPSHOT),
        sources=_texts(entries.get(_Shape.SOURCES)),
        files=_texts(entries.get(_Shape.FILES)),
        copies=tuple(_copies(entries.get(_Shape.COPIES) or ())),
    )
    return Outcome(manifest)


def _leading_out(entries: Entries) -> Iterator[Scalar]:
    """Paths that leave the folder they are said to be in: nobody wrote those with `drafter release`."""
    pairs = (*(entries.get(_Shape.SOURCES) or ()), *(entries.get(_Shape.FILES) or ()))
    for path in (key for key, _ in pairs):
        pure = PurePosixPath(path.text)
        if pure.is_absolute() or ".." in pure.parts or "\\" in path.text or ":" in path.text:
            yield path


def _texts(pairs: Iterable[tuple[Scalar, Scalar]] | None) -> Mapping[str, str]:
    return MappingProxyType({key.text: value.text for key, value in pairs or ()})


def _copies(rows: Iterable[Entries]) -> Iterator[Copy]:
    for row in rows:
        day = row.get(_Shape.DEADLINE)
        yield Copy(
            row.get(_Shape.NUMBER) or 0,
            row.text(_Shape.RECIPIENT),
            day.isoformat() if day else "",
            row.text(_Shape.ID),
            row.text(_Shape.FILE),
            row.text(_Shape.SHA256),
            row.text(_Shape.OF, MASTER),
        )
