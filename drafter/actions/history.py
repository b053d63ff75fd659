"""What git knows of the time between two versions: the commits, and the lines that each put in and took out."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from drafter.actions.states import FOLDERS
from drafter.comparison.reasons import History

_COMMIT = b"\0"
_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@")
_REVISION = re.compile(r"[0-9a-f]{7,64}|HEAD")
_LOG = (
    "-c", "core.quotePath=false", "-c", "i18n.logOutputEncoding=utf-8", "log", "--no-merges", "--topo-order", "--patch", "--unified=0",
    "--no-renames", "--no-color", "--no-ext-diff", "--no-textconv", "--relative", "--src-prefix=a/", "--dst-prefix=b/", "--format=%x00%s",
)  # fmt: skip


def history(root: Path, old: str, new: str) -> History:
    """The commits after revision `old` up to `new`; an empty history where git, the repository or one of the two is not there.

    A `+` behind a revision says that files differed from it: those differences are nobody's commit.
    """
    before, after = old.rstrip("+"), new.rstrip("+")
    if not (_REVISION.fullmatch(before) and _REVISION.fullmatch(after)):
        return History()
    command = ["git", *_LOG, f"{before}..{after}", "--", *FOLDERS, ":(exclude)data/releases"]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, check=True)  # noqa: S603 -- the user's own git, revisions looked at above
    except (OSError, subprocess.CalledProcessError):
        return History()
    came: dict[tuple[str, str], tuple[int, str]] = {}
    went: dict[tuple[str, str], tuple[int, str]] = {}
    for number, subject, sign, path, line in _lines(done.stdout):
        (came if sign == b"+" else went).setdefault((path, line), (number, subject))
    return History(came, went)


def _lines(log: bytes) -> Iterator[tuple[int, str, bytes, str, str]]:
    """Every line of every commit, the newest first: its commit's number and subject, `+` or `-`, its path and text."""
    number, subject, paths, left = -1, "", {b"-": "", b"+": ""}, 0
    for line in log.split(b"\n"):
        if left > 0:
            sign = line[:1]
            if sign in paths:  # else it is said that the file does not end with a line end
                left -= 1
                yield number, subject, sign, paths[sign], _text(line[1:])
        elif line.startswith(_COMMIT):
            number, subject = number + 1, _text(line[1:])
        elif line.startswith((b"--- ", b"+++ ")):
            paths[line[:1]] = _text(line[4:]).partition("/")[2].rstrip("\t")
        elif found := _HUNK.match(line):
            left = sum(1 if count is None else int(count) for count in found.groups())


def _text(line: bytes) -> str:
    """A line as its file is read: UTF-8, else GB18030."""
    try:
        return line.rstrip(b"\r").decode()
    except UnicodeDecodeError:
        return line.rstrip(b"\r").decode("gb18030", "replace")
