"""What was handed in, one file after the other: files as named, and those of folders at any depth in the order of their names, and those of archives."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from drafter.opinions.archives import is_archive, unpacked
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Outcome, Place, Refused
from drafter.source.messages import os_reason

_LEFT_OUT = frozenset({"archives.link", "archives.path"})
_NOBODYS = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as it came: its name for messages, its bytes and their hash. `said` are the names that may tell whose it is: the file's, then its folders', the nearest first."""

    name: str
    data: bytes
    sha256: str
    said: tuple[str, ...]

    @property
    def ending(self) -> str:
        """The ending of the name, with its dot, in small letters."""
        return Path(self.said[0]).suffix.lower()


def listed(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files meant by these paths. What a folder holds for a system or a running word processor is none; an empty one stands for itself."""
    return tuple(
        each for path in paths for each in ((tuple(_walked(path)) or (path,)) if path.is_dir() else (path,))
    )


def _walked(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        yield from (Path(parent, name) for name in sorted(files) if _counts(name))


def opened(path: Path) -> Incoming:
    """A file with its bytes. Raises `Refused` where it cannot be read."""
    name = path.as_posix()
    if path.is_dir():
        raise Refused(Issue("collect.no-files", Place(name)))
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refused(Issue("source.unreadable", Place(name), {"reason": os_reason(error)})) from error
    return _incoming(name, data)


def inside(item: Incoming) -> Outcome[tuple[Incoming, ...]]:
    """The files of an archive; None for what is none. Raises `Refused` for one that is encrypted, broken, or larger than the limits."""
    if not is_archive(item.data):
        return Outcome(None)
    outcome = unpacked(item.data, item.name)
    members = tuple(_incoming(each.name, each.data) for each in outcome.value or () if _counts(each.name))
    return Outcome(members, outcome.issues)


def left_out(issues: Iterable[Issue]) -> Iterator[str]:
    """The names of what an archive has and nobody takes."""
    for issue in issues:
        if issue.code in _LEFT_OUT:
            yield f"{issue.place.file}/{issue.facts['file']}"


def _incoming(name: str, data: bytes) -> Incoming:
    # a name of bytes that are no UTF-8 could be written nowhere
    name = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return Incoming(name, data, hashlib.sha256(data).hexdigest(), tuple(reversed(name.split("/"))))


def _counts(name: str) -> bool:
    """Whether a name is that of somebody's file."""
    own = name.rpartition("/")[2]
    return not own.startswith((".", "~$")) and own.lower() not in _NOBODYS
