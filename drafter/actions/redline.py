"""`drafter redline --docx`: two Word files into one with tracked changes.

The author and the time of the changes are decided here and nowhere below. An old `.doc` file is converted where LibreOffice is present.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from drafter.actions.words import refuse_unwritable
from drafter.redline import redline
from drafter.redline.making import Settings
from drafter.redline.resolve import Revisions
from drafter.redline.stamp import Signature
from drafter.source.edits import write_atomically
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Misnamed, Outcome, Place, Refused
from drafter.source.messages import os_reason, text

_OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PATIENCE = 120  # seconds for one conversion


@dataclass(frozen=True, slots=True)
class Told:
    """A change as `--json` prints it: where it stands (章节, 段号, the table and its row), its words before and after, the reason, the opinions it answers.

    Of Word files that no plan was written in only the words are known.
    """

    place: str
    number: str
    table: str
    row: str
    old: str
    new: str
    reason: str
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Redlined:
    """The file that was written, what was changed, how many revisions there are, and the share of the text that both files have.

    `rounds` are those whose opinions were looked through, `unmade` their adopted opinions that no change answers.
    """

    path: str
    author: str
    date: str
    changes: tuple[Told, ...]
    inserted: int
    deleted: int
    formatted: int
    alike: float
    same: bool
    rounds: tuple[str, ...] = ()
    unmade: tuple[str, ...] = ()


def compare_files(
    files: tuple[Path, Path],
    out: Path | None,
    author: str,
    date: datetime | None,
    revisions: Revisions | None,
) -> Outcome[Redlined]:
    """Write the redline of two files. Refused where one cannot be read, or the result would replace one of them."""
    old, new = files
    refuse_unwritable({"--author": author})
    place = out or new.parent / text("redline.name", name=new.stem)
    if any(_same_file(place, each) for each in files):
        raise Misnamed(Issue("redline.overwrites", Place(place.as_posix())))
    data: list[bytes] = []
    refused: list[Issue] = []
    issues: list[Issue] = []
    for path in files:
        try:
            data.append(_bytes(path, issues))
        except Refused as error:
            refused += error.issues
    if refused:
        raise Refused(*refused)
    signature = Signature(author or text("redline.author"), _written(date or datetime.now(tz=UTC)))
    made = redline(data[0], data[1], Settings(signature, (old.as_posix(), new.as_posix()), revisions))
    if made.value is None:
        return Outcome(None, (*issues, *made.issues))
    issues += made.issues
    if made.value.same:
        issues.append(Issue("redline.same", Place(new.as_posix()), {"old": old.as_posix()}))
    write_atomically(place, made.value.data)
    value = made.value
    changes = tuple(Told("", "", "", "", each.old, each.new, "") for each in value.changes)
    result = Redlined(
        place.as_posix(), signature.author, signature.date, changes, value.inserted, value.deleted,
        value.formatted, round(value.alike, 4), value.same,
    )  # fmt: skip
    return Outcome(result, tuple(issues))


def _written(date: datetime) -> str:
    """A time as Word writes it: to the second, with a Z behind whatever clock it is from."""
    return date.strftime("%Y-%m-%dT%H:%M:%SZ")


def _same_file(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


def _bytes(path: Path, issues: list[Issue]) -> bytes:
    """What a file holds, as .docx."""
    name = path.as_posix()
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refused(Issue("source.unreadable", Place(name), {"reason": os_reason(error)})) from error
    if path.suffix.lower() != ".doc" or not data.startswith(_OLD_FORMAT):
        return data
    converted = _converted(path)
    if converted is None:  # said when it is opened
        return data
    issues.append(Issue("redline.converted", Place(name)))
    return converted


def _converted(path: Path) -> bytes | None:
    """An old .doc as .docx through LibreOffice; None where that is not here or cannot read it."""
    program = shutil.which("soffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [
            program,
            profile,
            "--headless",
            "--convert-to",
            "docx",
            "--outdir",
            folder,
            str(path.resolve()),
        ]
        try:
            subprocess.run(command, capture_output=True, check=False, timeout=_PATIENCE)  # noqa: S603 -- no shell
        except (OSError, subprocess.TimeoutExpired):
            return None
        made = Path(folder) / f"{path.stem}.docx"
        return made.read_bytes() if made.is_file() else None
