"""What came in is kept, outside git: `private/evidence/<plan>/<round>/<sha12>-<name>`, so that nothing that anybody sent is lost."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Final

from drafter.rounds.model import SHORT, Round, RoundKind
from drafter.source.edits import write_atomically
from drafter.source.filenames import clean
from drafter.source.issues import Issue, Place, Refused
from drafter.source.messages import os_reason

FOLDER: Final = "private/evidence"
_MOST = 180  # bytes of a name; systems end at 255, and the hash stands in front


class Keeping:
    """The files of one collection: kept as they are met, and let go again where nothing comes of it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._new: list[Path] = []

    def keep(self, round_: Round, name: str, sha256: str, data: bytes) -> str:
        """Keep a file; its path in the workspace. Raises `Refused` where it cannot be written, or another one lies in its place.

        Two files whose names and hashes begin alike are made in a minute by who wants that; and what lies there may have been changed by hand.
        """
        path = kept_as(round_, name, sha256)
        target = self.root / path
        if not target.exists():
            write_atomically(target, data)
            self._new.append(target)
        elif not _is(target, data):
            raise Refused(Issue("collect.kept-other", Place(name), {"kept": path}))
        return path

    def settled(self) -> None:
        """What was kept so far stays: the registers speak of it."""
        self._new.clear()

    def let_go(self) -> None:
        """Take away what was kept, all of it."""
        for path in self._new:
            path.unlink(missing_ok=True)
        self._new.clear()


def _is(path: Path, data: bytes) -> bool:
    """Whether a file has these bytes."""
    try:
        return path.is_file() and path.read_bytes() == data
    except OSError as error:
        raise Refused(Issue("source.unreadable", Place(str(path)), {"reason": os_reason(error)})) from None


def kept_as(round_: Round, name: str, sha256: str) -> str:
    """Where a file of a round is kept. The name of a file of the public may be a person's: there the hash alone names it."""
    pure = PurePosixPath(clean(PurePosixPath(name).name))
    ending = pure.suffix if len(pure.suffix) <= len(".docxxx") else ""
    stem = "" if round_.kind is RoundKind.PUBLIC else pure.name.removesuffix(ending)
    short = stem.encode()[:_MOST].decode("utf-8", "ignore").strip(" .")
    return f"{FOLDER}/{round_.plan}/{round_.id}/{sha256[:SHORT]}{'-' if short else ''}{short}{ending}"
