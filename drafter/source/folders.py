"""A folder of files that appears whole or not at all, and a lock that dies with its process.

The folder is written under a hidden name beside its own, waited for until it is on the disk, and put in place by one rename. A process that
is killed before leaves the hidden folder, which `leftovers` finds, and after it the whole.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from drafter.source.issues import Issue, Place, Refused
from drafter.source.messages import os_reason

_NEW = ".new-"


def write_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Writes `files` (names with `/` relative to `path`) as the folder `path`, all or none. Raises `Refused`; a folder that is there is left alone."""
    fresh = path.with_name(f"{_NEW}{path.name}")
    try:
        if path.exists():
            raise FileExistsError(17, os.strerror(17), str(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            _write(fresh / name, data)
        for folder, _, _ in os.walk(fresh, topdown=False):
            settle(Path(folder))
        fresh.rename(path)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise Refused(Issue("source.unwritable", Place(str(path)), {"reason": os_reason(error)})) from None
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    settle(path.parent)


def unwrite_folder(path: Path) -> None:
    """Takes back a folder that was just written, in one rename: a process killed on the way leaves what `leftovers` finds."""
    fresh = path.with_name(f"{_NEW}{path.name}")
    with contextlib.suppress(OSError):
        path.rename(fresh)
        settle(path.parent)
    shutil.rmtree(fresh, ignore_errors=True)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def settle(folder: Path) -> None:
    """Waits until the names in a folder are on the disk, where the system can say so."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def leftovers(parent: Path) -> Iterator[Path]:
    """The hidden folders that killed processes left below `parent`, at any depth, in order."""
    for folder, inner, _ in os.walk(parent):
        yield from sorted(Path(folder, each) for each in inner if each.startswith(_NEW))
        inner[:] = sorted(each for each in inner if not each.startswith("."))


def remove(folder: Path) -> None:
    """Takes a folder of ours away. Raises `Refused`."""
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise Refused(Issue("source.unwritable", Place(str(folder)), {"reason": os_reason(error)})) from None


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Nobody else holds this lock meanwhile; who comes second is refused at once. The system frees it with the process, however that ends."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise Refused(Issue("source.unwritable", Place(str(path)), {"reason": os_reason(error)})) from None
    try:
        if not _taken(handle):
            raise Refused(Issue("source.locked", Place(str(path))))
        yield
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    """Whether the lock could be had; closing the file gives it back."""
    try:
        import fcntl
    except ImportError:
        return _taken_on_windows(handle)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _taken_on_windows(handle: int) -> bool:
    import importlib

    msvcrt = importlib.import_module("msvcrt")  # there is none where the types are checked
    try:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    return True
