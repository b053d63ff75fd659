"""User files as text: decoded once, byte-order mark dropped, line ends made `\\n`, the original bytes remembered.

Not here: what the text means, and writing it back (`edits`).
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from drafter.source.issues import Issue, Outcome, Place
from drafter.source.messages import os_reason


@dataclass(frozen=True)
class Source:
    """One text file of a workspace.

    `path` is relative to the workspace, with `/`; `sha256` is that of the bytes on disk; `crlf` holds the offsets in `text`
    of the line ends that were `\\r\\n` in the file, so that an edit leaves them as they were.
    """

    path: str
    text: str
    sha256: str = ""
    encoding: str = "utf-8"
    bom: bool = False
    crlf: tuple[int, ...] = field(default=(), repr=False)

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        at = self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a character offset, both counted from 1."""
        starts = self._line_starts
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its end."""
        starts = self._line_starts
        end = starts[number] - 1 if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end]

    def place(self, offset: int) -> Place:
        """The place of a character offset, with its line for the message."""
        line, column = self.position(offset)
        return Place(self.path, line, column, self.line(line))

    def encoded(self, text: str, crlf: tuple[int, ...] | None = None) -> bytes:
        """`text` as bytes of this file: same encoding and mark; `crlf` says which line ends are `\\r\\n`."""
        marks = self.crlf if crlf is None else crlf
        out, last = [], 0
        for offset in marks:
            out += [text[last:offset], "\r"]
            last = offset
        out.append(text[last:])
        body = "".join(out).encode(self.encoding)
        return b"\xef\xbb\xbf" + body if self.bom else body


def decode(path: str, data: bytes) -> Outcome[Source]:
    """Bytes of a user's file as a `Source`; GB18030 is read and said, anything else that is not UTF-8 is an error."""
    digest = hashlib.sha256(data).hexdigest()
    bom = data.startswith(b"\xef\xbb\xbf")
    body = data[3:] if bom else data
    issues: tuple[Issue, ...] = ()
    encoding = "utf-8"
    try:
        raw = body.decode(encoding)
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        encoding = "gb18030"
        try:
            raw = body.decode(encoding)
        except UnicodeDecodeError:
            return Outcome(None, (Issue("source.encoding", Place(path, line, 1)),))
        issues = (Issue("source.gb18030", Place(path, line, 1)),)
    text, crlf = _normalised(raw)
    if "\0" in text:
        at = text.index("\0")
        return Outcome(None, (*issues, Issue("source.binary", Place(path, text.count("\n", 0, at) + 1, 1))))
    return Outcome(Source(path, text, digest, encoding, bom, crlf), issues)


def _normalised(raw: str) -> tuple[str, tuple[int, ...]]:
    """Text with `\\n` only, and the offsets in it of line ends that were `\\r\\n` (a lone `\\r` stays a character)."""
    if "\r\n" not in raw:
        return raw, ()
    pieces = raw.split("\r\n")
    marks, length = [], 0
    for piece in pieces[:-1]:
        length += len(piece)
        marks.append(length)
        length += 1
    return "\n".join(pieces), tuple(marks)


def read(root: Path, path: str) -> Outcome[Source]:
    """The file `path` of the workspace at `root`; what cannot be read is an issue, not an exception."""
    try:
        data = (root / path).read_bytes()
    except OSError as error:
        return Outcome(None, (Issue("source.unreadable", Place(path), {"reason": os_reason(error)}),))
    return decode(path, data)
