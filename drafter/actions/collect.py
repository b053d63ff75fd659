"""`drafter collect`: what reviewers sent back, each remark with its place.

A copy of the draft is held against the record of exactly what was issued, found by the opaque id in it, else by its words; forms, letters and entry
sheets are read for what they say. Where a round is open on that version everything becomes rows of the register; else remarks are listed, and with
`--apply` the safe ones are written into the sources at once, each file seeing the workspace as the ones before it have left it. What cannot be read is
refused with its reason; the other files are collected all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

from drafter.actions.collected import Collected
from drafter.actions.collection import Collection
from drafter.actions.incoming import listed
from drafter.actions.registers import Registers
from drafter.actions.routing import Wanted
from drafter.actions.words import refuse_unwritable
from drafter.source.issues import Outcome

Progress = Callable[[int, int, str], None]
"""Told before each file: how many were done, how many there are, its name."""


def collect(
    root: Path,
    paths: Iterable[Path],
    apply: bool = False,  # noqa: FBT001, FBT002 -- a flag
    wanted: Wanted | None = None,
    progress: Progress | None = None,
    now: datetime | None = None,
) -> Outcome[Collected]:
    """Read what came back. With `apply`, the safe edits of copies that belong to no round are written into the sources.

    Raises `Refused` where a register cannot be written; nothing of the collection is in any register then. Raises `Misnamed` for a sender that no
    file can name.
    """
    wanted = wanted or Wanted()
    refuse_unwritable({"--for": wanted.sender})
    registers = Registers(root)
    alone = registers.held() if registers.plans() and not wanted.dry_run else nullcontext()
    with alone:
        moment = now or datetime.now().astimezone()
        collection = Collection(root, wanted, moment, apply=apply)
        files = listed(paths)
        with collection:
            for number, meant in enumerate(files):
                if progress:
                    progress(number, len(files), meant.name)
                collection.file(meant)
            if wanted.evidence:
                collection.evidence(wanted.evidence)
            collection.finish()
    return collection.outcome()
