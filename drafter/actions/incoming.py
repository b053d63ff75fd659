"""What was handed in, one file after the other: files as named, and those of folders at any depth in the order of their names, and those of archives.

Only files of bytes are read, and no more of one than a file may have: a pipe, a device or a socket would be waited for without end. A link that stands
in a folder is not followed: where it leads nobody has looked.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from drafter.ooxml.reading import LIMITS
from drafter.opinions.archives import is_archive, unpacked
from drafter.rounds.model import SHORT
from drafter.source.filenames import readable
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Outcome, Place, Refused
from drafter.source.messages import os_reason

_NOBODYS = frozenset({"thumbs.db", "desktop.ini"})
_ONLY_BYTES = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as it came: its name for messages, its bytes and their hash. `said` are the names that may tell whose it is: the file's, then its folders', the nearest first."""

    name: str
    data: bytes
    sha256: str
    said: tuple[str, ...]

    @property
    def short(self) -> str:
        """The figures of the hash by which rows name the file."""
        return self.sha256[:SHORT]

    @property
    def ending(self) -> str:
        """The ending of the name, with its dot, in small letters."""
        return Path(self.said[0]).suffix.lower()


@dataclass(frozen=True, slots=True)
class Meant:
    """A file that is to come in: `found` in a folder, or named by a person; `fault` is why the folder at this path could not be looked into."""

    path: Path
    found: bool = False
    fault: Issue | None = None

    @property
    def name(self) -> str:
        """Its path as messages show it."""
        return readable(self.path.as_posix())


def listed(paths: Iterable[Path]) -> tuple[Meant, ...]:
    """The files meant by these paths. What a folder holds for a system or a running word processor is none; an empty one stands for itself, and so does one that cannot be looked into."""
    return tuple(
        each
        for path in paths
        for each in ((tuple(_walked(path)) or (Meant(path),)) if _is_folder(path) else (Meant(path),))
    )


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # opening it tells why
        return False


def _walked(top: Path) -> Iterator[Meant]:
    """The files of a folder, then those of the folders in it. By a list of what is left: `os.walk` calls itself, and the deepest folder may lie deeper than that goes."""
    left = [top]
    while left:
        folder = left.pop()
        try:
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda each: each.name)
        except OSError as error:
            yield Meant(folder, found=True, fault=_unreadable(readable(folder.as_posix()), error))
            continue
        inner: list[Path] = []
        for each in entries:
            if not each.is_dir(follow_symlinks=False):
                if _counts(each.name):
                    yield Meant(Path(each), found=True)
            elif not each.name.startswith("."):
                inner.append(Path(each))
        left += reversed(inner)


def opened(meant: Meant) -> Incoming:
    """A file with its bytes. Raises `Refused` where it cannot be read, is none, or is larger than any may be."""
    if meant.fault is not None:
        raise Refused(meant.fault)
    name = meant.name
    if meant.found and meant.path.is_symlink():
        raise Refused(Issue("collect.link", Place(name)))
    if _is_folder(meant.path):
        raise Refused(Issue("collect.no-files", Place(name)))
    try:
        data = _bytes_of(meant.path, name)
    except OSError as error:
        raise Refused(_unreadable(name, error)) from error
    return _incoming(name, data)


def _bytes_of(path: Path, name: str) -> bytes:
    """All bytes of a file, and of nothing else."""
    handle = os.open(path, os.O_RDONLY | _ONLY_BYTES)
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise Refused(Issue("collect.no-file", Place(name)))
        data = file.read(LIMITS.file + 1) if os.fstat(handle).st_size <= LIMITS.file else None
    if data is None or len(data) > LIMITS.file:
        facts = {"part": name.rpartition("/")[2], "limit": str(LIMITS.file // 1_000_000)}
        raise Refused(Issue("ooxml.too-large", Place(name), facts))
    return data


def _unreadable(name: str, error: OSError) -> Issue:
    return Issue("source.unreadable", Place(name), {"reason": os_reason(error)})


def inside(item: Incoming) -> Outcome[tuple[Incoming, ...]]:
    """The files of an archive; None for what is none. Raises `Refused` for one that is encrypted, broken, empty, or larger than the limits."""
    if not is_archive(item.data):
        return Outcome(None)
    outcome = unpacked(item.data, item.name)
    members = tuple(_incoming(each.name, each.data) for each in outcome.value or () if _counts(each.name))
    if not members and not outcome.issues:
        raise Refused(Issue("archives.empty", Place(item.name)))
    return Outcome(members, outcome.issues)


def _incoming(name: str, data: bytes) -> Incoming:
    return Incoming(name, data, hashlib.sha256(data).hexdigest(), tuple(reversed(name.split("/"))))


def _counts(name: str) -> bool:
    """Whether a name is that of somebody's file."""
    own = name.rpartition("/")[2]
    return not own.startswith((".", "~$")) and own.lower() not in _NOBODYS
