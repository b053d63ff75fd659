"""Guarded edits: new characters for slices of user files, made in memory first and written whole or not at all.

An edit is `(path, start, end, text)` with offsets in `Source.text`; `start == end` inserts. A file keeps its encoding, its byte-order
mark and its line ends; a line end in new text is as most of its file's are. Files are written beside and put in place by a rename, so
that a reader sees the old file or the new one, never half of one.

What a rename cannot give: several files change one after another. An error or an interrupt on the way puts the earlier ones back; a
killed process in that moment leaves some old and some new, each of them whole.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from pathlib import Path
from typing import Self

from drafter.source.files import Source
from drafter.source.folders import settle
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Place, Refused
from drafter.source.lines import changed
from drafter.source.messages import os_reason

Edit = tuple[str, int, int, str]


_LEFT_OVER = re.compile(r"\..+\.[0-9]+\.tmp", re.DOTALL)
"""The name of a file that is being written."""


class EditsConflict(ValueError):
    """Two edits touch the same characters, or one reaches out of its file: a mistake of who made them, not of a user."""


def patched(source: Source, edits: Iterable[Edit]) -> Source:
    """The source after its edits; those of other files are not for it. Raises `EditsConflict`.

    Several insertions at one place stand in the order in which they are given.
    """
    own = _in_order(source, edits)
    ends_crlf = len(source.crlf) * 2 > source.text.count("\n")
    pieces: list[str] = []
    marks: list[int] = []
    at = length = 0
    for start, end, text in (*own, (len(source.text), len(source.text), "")):
        marks.extend(mark - at + length for mark in source.crlf if at <= mark < start)
        new = text.replace("\r\n", "\n")
        length += start - at
        if ends_crlf:
            marks.extend(length + offset for offset, character in enumerate(new) if character == "\n")
        pieces += (source.text[at:start], new)
        length += len(new)
        at = end
    whole = "".join(pieces)
    data = source.encoded(whole, tuple(marks))
    return Source(
        source.path, whole, hashlib.sha256(data).hexdigest(), source.encoding, source.bom, tuple(marks)
    )


def _in_order(source: Source, edits: Iterable[Edit]) -> list[tuple[int, int, str]]:
    own = sorted(((start, end, text) for path, start, end, text in edits if path == source.path), key=_first)
    last = 0
    for start, end, _ in own:
        if not last <= start <= end <= len(source.text):
            raise EditsConflict(f"{source.path}: {start}:{end}")
        last = end
    return own


def _first(edit: tuple[int, int, str]) -> tuple[int, int]:
    return edit[0], edit[1]


def patched_all(sources: Mapping[str, Source], edits: Iterable[Edit]) -> dict[str, Source]:
    """The sources that edits change, by path, as they will be. Raises `EditsConflict`; `KeyError` for a file that is not there."""
    edits = tuple(edits)
    return {path: patched(sources[path], edits) for path in dict.fromkeys(edit[0] for edit in edits)}


def retexted(source: Source, text: str) -> Source:
    """The source with another text: its lines keep the line ends that they had, new ones get what most of the file's have."""
    lines = source.text.count("\n")
    if not source.crlf or len(source.crlf) == lines:
        marks = [at for at, character in enumerate(text) if character == "\n"] if source.crlf else []
        data = source.encoded(text, tuple(marks))
        digest = hashlib.sha256(data).hexdigest()
        return Source(source.path, text, digest, source.encoding, source.bom, tuple(marks))
    return patched(source, _line_edits(source, text))


def _line_edits(source: Source, text: str) -> Iterator[Edit]:
    """What has to change, in whole lines."""
    old, new = source.text.splitlines(keepends=True), text.splitlines(keepends=True)
    starts = list(accumulate((len(line) for line in old), initial=0))
    for a, b, c, d in changed(old, new):
        yield source.path, starts[a], starts[b], "".join(new[c:d])


def write_sources(root: Path, sources: Iterable[Source], texts: Mapping[str, str]) -> None:
    """Writes new texts of sources, by path, all or none; raises `Refused` as `save` does."""
    before = {source.path: source for source in sources}
    save(root, before, {path: retexted(before[path], text) for path, text in texts.items()})


def save(root: Path, before: Mapping[str, Source], after: Mapping[str, Source]) -> None:
    """Writes the changed sources, all or none, if each file on disk is still what was read.

    Raises `Refused` with an issue for each file that changed meanwhile, lies outside the workspace or cannot be written.
    """
    with _Staged(root) as staged:
        for path, source in after.items():
            staged.add(path, before[path].sha256, source.encoded(source.text))
        staged.put_in_place()


def write_atomically(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Writes an output whole or not at all; its folder is made. `durable` waits for the disk. Raises `Refused`."""
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = _written_beside(path, data, None, durable=durable)
        temporary.replace(path)
    except OSError as error:
        raise Refused(_unwritable(str(path), error)) from None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Change:
    """A file to be put in place: where it really is, what it was, and the new file beside it."""

    path: str
    target: Path
    original: bytes
    temporary: Path


class _Staged:
    """New files written beside the old ones; on leaving, whatever happened, none of them is left."""

    def __init__(self, root: Path) -> None:
        self.root = Path(os.path.realpath(root))
        self.changes: list[_Change] = []
        self.refusals: list[Issue] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        for change in self.changes:
            with contextlib.suppress(OSError):
                change.temporary.unlink(missing_ok=True)

    def add(self, path: str, sha256: str, data: bytes) -> None:
        """Writes a file beside the one it will replace; what speaks against it is kept."""
        # a link is written through, not replaced
        target = Path(os.path.realpath(self.root / path))
        if self.root not in target.parents:
            self.refusals.append(Issue("source.outside", Place(path)))
            return
        try:
            original = target.read_bytes()
            if hashlib.sha256(original).hexdigest() != sha256:
                self.refusals.append(Issue("source.changed-meanwhile", Place(path)))
                return
            temporary = _written_beside(target, data, target.stat().st_mode & 0o777, durable=True)
        except OSError as error:
            self.refusals.append(_unwritable(path, error))
            return
        self.changes.append(_Change(path, target, original, temporary))

    def put_in_place(self) -> None:
        """Renames all, or, where one fails, none."""
        if not self.refusals:
            self.refusals.extend(self._changed_since())
        if self.refusals:
            raise Refused(*self.refusals)
        done: list[_Change] = []
        try:
            for change in self.changes:
                done.append(change)
                change.temporary.replace(change.target)
        except OSError as error:
            self._put_back(done)
            raise Refused(_unwritable(done[-1].path, error)) from None
        except BaseException:
            self._put_back(done)
            raise
        for folder in {change.target.parent for change in done}:
            settle(folder)

    def _changed_since(self) -> Iterator[Issue]:
        """Looks once more, right before the renames: writing and waiting for the disk has taken its time."""
        for change in self.changes:
            try:
                if change.target.read_bytes() != change.original:
                    yield Issue("source.changed-meanwhile", Place(change.path))
            except OSError as error:
                yield _unwritable(change.path, error)

    def _put_back(self, done: list[_Change]) -> None:
        for change in done:
            if not change.temporary.exists():
                mode = change.target.stat().st_mode & 0o777
                _written_beside(change.target, change.original, mode, durable=True).replace(change.target)


def _written_beside(target: Path, data: bytes, mode: int | None, *, durable: bool) -> Path:
    """A new file next to `target` with this content; nothing is left of it where that fails."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    # one left behind by a killed process of the same number is nobody's
    temporary.unlink(missing_ok=True)
    try:
        with temporary.open("xb") as file:
            file.write(data)
            if mode is not None:
                temporary.chmod(mode)
            if durable:
                file.flush()
                os.fsync(file.fileno())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def sweep(folder: Path) -> None:
    """Takes away the half files below a folder that killed processes left. For who alone may write there: those of a running one look the same."""
    for parent, _, names in os.walk(folder):
        for name in names:
            if _LEFT_OVER.fullmatch(name):
                with contextlib.suppress(OSError):
                    Path(parent, name).unlink()


def _unwritable(path: str, error: OSError) -> Issue:
    return Issue("source.unwritable", Place(path), {"reason": os_reason(error)})
