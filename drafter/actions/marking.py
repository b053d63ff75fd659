"""`drafter redline PLAN OLD [NEW]`: the marked copy (花脸稿) of two versions, with the reason of each change as a comment."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from drafter.actions.build import OUT
from drafter.actions.differences import differences, told
from drafter.actions.opinions import causes, unmade
from drafter.actions.redline import Redlined
from drafter.actions.shelf import FOLDER
from drafter.actions.versions import Asked, Side, sides
from drafter.actions.words import refuse_unwritable
from drafter.comparison.comments import commented
from drafter.redline.stamp import Signature
from drafter.release.naming import between_name
from drafter.source.edits import write_atomically
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Misnamed, Outcome, Place
from drafter.source.messages import text

KIND = "花脸稿"


@dataclass(frozen=True, slots=True)
class Marks:
    """How the changes are marked: in whose name (empty for the plan's unit), when (None for the new version's day), with reasons or without."""

    author: str = ""
    moment: datetime | None = None
    reasons: bool = True


def mark(root: Path, asked: Asked, marks: Marks, out: Path | None = None) -> Outcome[Redlined]:
    """Write the marked copy, under `build` unless told otherwise. Raises `Misnamed` and `Refused` (see `drafter.actions.versions.sides`)."""
    refuse_unwritable({"--author": marks.author})
    found = sides(root, asked)
    if found.value is None:
        return Outcome(None, found.issues)
    old, new = found.value
    place = out or root / OUT / f"{between_name(new.title, KIND, old.name, new.name)}.docx"
    if (root / FOLDER).resolve() in place.resolve().parents:
        raise Misnamed(Issue("redline.overwrites", Place(place.as_posix())))
    signature = signed(new, marks)
    opinions = causes(root, asked.plan, old, new)
    made = differences(root, asked.plan, found.value, signature, opinions.value)
    issues = (*found.issues, *opinions.issues, *made.issues)
    if made.value is None:
        return Outcome(None, issues)
    value = made.value.redline
    data = commented(value.data, made.value.told if marks.reasons else (), signature)
    write_atomically(place, data)
    looked = opinions.value
    result = Redlined(
        place.as_posix(), signature.author, signature.date, told(made.value.told, looked), value.inserted, value.deleted,
        value.formatted, round(value.alike, 4), value.same, *unmade(made.value, looked),
    )  # fmt: skip
    return Outcome(result, issues)


def signed(new: Side, marks: Marks) -> Signature:
    """Author and time of the changes. Only a version without a day, and nobody who gives one, asks the clock."""
    author = marks.author or new.unit or text("redline.author")
    if marks.moment is None and new.version.day:
        return Signature(author, f"{new.version.day}T00:00:00Z")
    return Signature(author, (marks.moment or datetime.now(tz=UTC)).strftime("%Y-%m-%dT%H:%M:%SZ"))
