"""The two versions that somebody wants compared: issued ones as they lie on the shelf, or the workspace as it would be built now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from drafter.actions.build import QUIET, once
from drafter.actions.composing import Composer, chosen_plans, loaded
from drafter.actions.settings import frame_facts, noted_settings, settings_for
from drafter.actions.shelf import RECORDS, Shelf
from drafter.comparison.sheet import CURRENT, Version
from drafter.release.manifest import MASTER
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Outcome, Place, Refused
from drafter.word.anchors import Record
from drafter.word.record import UnreadableRecord
from drafter.word.record import loaded as record_of

WORKING = ("", ".")
"""How the workspace as it stands is called as a version."""


@dataclass(frozen=True, slots=True)
class Side:
    """A version: how it is called, its Word file and record, the revision of git that it was made at (empty where nobody knows), its title and unit."""

    version: Version
    data: bytes
    record: Record
    revision: str
    title: str
    unit: str

    @property
    def name(self) -> str:
        """`v1`, or 当前稿."""
        return self.version.name or CURRENT


@dataclass(frozen=True, slots=True)
class Asked:
    """Which versions of which plan, and what the workspace is built as where it is one of them."""

    plan: str
    old: str
    new: str = ""
    stage: str | None = None
    day: date | None = None


def sides(root: Path, asked: Asked) -> Outcome[tuple[Side, Side]]:
    """Both versions. Raises `Misnamed` for an unknown plan or version, `Refused` where one was altered or cannot be read."""
    shelf = Shelf(root)
    if asked.plan not in shelf.plans():
        workspace, found = loaded(root)
        chosen_plans(workspace, (asked.plan,), found)
    old = _issued(shelf, asked.plan, asked.old)
    if asked.new not in WORKING:
        return Outcome((old, _issued(shelf, asked.plan, asked.new)))
    made = _working(root, asked, old)
    return Outcome((old, made.value) if made.value else None, made.issues)


def _issued(shelf: Shelf, plan: str, version: str) -> Side:
    shelved = shelf.named(plan, version)
    data = shelf.bytes_of(shelved, MASTER)
    try:
        record = record_of(shelf.bytes_of(shelved, RECORDS[MASTER]))
    except UnreadableRecord:
        path = f"{shelved.folder}/{RECORDS[MASTER]}"
        raise Refused(Issue("compare.bad-record", Place(path), {"engine": shelved.manifest.engine})) from None
    manifest = shelved.manifest
    called = Version(manifest.issuance.label, version, manifest.date)
    return Side(called, data, record, manifest.revision, manifest.title, manifest.facts.get("编制单位", ""))


def _working(root: Path, asked: Asked, old: Side) -> Outcome[Side]:
    """The workspace as it stands, for the same readers as the old version."""
    workspace, found = loaded(root)
    (plan,) = chosen_plans(workspace, (asked.plan,), found)
    before = noted_settings(old.record)
    wanted = settings_for(
        workspace, plan, asked.stage, asked.day, internal=before.internal, public=before.public
    )
    settings = replace(wanted, tracking=before.tracking, watermark=before.watermark)
    composer = Composer(workspace)
    written = composer.written(plan, settings)
    issues = once(issue for issue in (*found, *written.issues) if issue.code not in QUIET)
    if written.value is None:
        return Outcome(None, issues)
    day = settings.date.isoformat() if settings.date else ""
    called = Version(settings.stage, "", day)
    record = composer.record(plan, settings, written.value)
    unit = frame_facts(plan, settings)["编制单位"]
    return Outcome(Side(called, written.value.data, record, "HEAD", plan.title.text, unit), issues)
