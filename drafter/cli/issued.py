"""What the commands around releases print for people."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from drafter.source.listed import listed as joined
from drafter.source.messages import text

if TYPE_CHECKING:
    # Types only: an action is imported when its command runs.
    from drafter.actions.release import Released
    from drafter.actions.releases import Release, Releases
    from drafter.actions.verify import Verified

SHOWN = 5
"""Changed sources that are named before the rest is counted."""


def released(value: Released) -> None:
    """The version, each copy, and the hash for the covering letter."""
    print(
        text("cli.released", plan=value.plan, version=value.version, stage=value.stage, folder=value.folder)
    )
    for path in value.copies:
        print("    " + path)
    for each in value.proof:
        print("    " + text(f"cli.released.proof.{each.what}", count=len(each.found)))
    print(text("cli.released.head", head=value.head))


def listed(value: Releases) -> None:
    """Each version with its recipients and what has changed since."""
    if not value.releases:
        print(text("cli.releases.none"))
    for each in value.releases:
        _release(each)
    for path in value.written:
        print(text("cli.written", path=path))


def _release(each: Release) -> None:
    moment = each.issued[:16].replace("T", " ")
    facts = {"plan": each.plan, "version": each.version, "stage": each.stage, "date": each.date or "—"}
    print(text("cli.releases.one", **facts, issued=moment, by=each.by or "—"))
    for code, words in (("note", each.note), ("forced", each.forced)):
        if words:
            print("    " + text(f"cli.releases.{code}", words=words))
    for copy in each.copies:
        until = text("cli.releases.until", date=copy.deadline) if copy.deadline else ""
        name = copy.recipient or text("cli.releases.nobody")
        kind = text("cli.releases.reading") if copy.reading else ""
        gone = "" if copy.there else text("cli.releases.gone")
        print("    " + " ".join(filter(None, (f"{copy.number:02d}", name, kind, until, gone))))
    if each.changed:
        shown = joined(PurePosixPath(path).as_posix() for path in each.changed[:SHOWN])
        print("    " + text("cli.releases.changed", count=len(each.changed), files=shown))


def verified(value: Verified) -> None:
    """What was looked at, and the head of the ledger."""
    print(text("cli.verified", releases=value.releases, files=value.files, copies=value.copies))
    if value.head:
        print(text("cli.released.head", head=value.head))
