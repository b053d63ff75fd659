"""A ZIP archive opened with suspicion: the files in it, by the names that they were given, one archive in another opened as well.

Nothing is written anywhere: a member is bytes and a name. What is larger than the limits, broken, a link, or named so that it would lie elsewhere
is not taken, and told; the others are. An archive with a password, or with more than all its files may have, is not opened at all.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from drafter.ooxml.entries import at_most, overlapping
from drafter.source.filenames import readable
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Outcome, Place, Refused

MAGIC = b"PK\x03\x04"
NOT_TAKEN: Final = frozenset(
    f"archives.{kind}" for kind in ("link", "path", "member-large", "member-damaged", "damaged", "encrypted")
)
"""What is said of a file that was left in its archive; the place names it."""

_LONGEST = 200  # bytes of a mimetype
_UTF_8, _ENCRYPTED = 0x800, 0x1
_UNIX = 3  # who made an entry, where its mode says what it is
_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError, RuntimeError)
_OFFICE = frozenset(
    {
        *("[Content_Types].xml", "OFD.xml", "mimetype", "META-INF/container.xml"),
        *("_rels/.rels", "word/document.xml", "xl/workbook.xml"),
    }
)
"""One of these in it, and the ZIP file is a document."""
MOST: Final = 50_000
"""Entries of a file that is looked at; an archive of files that are archives has theirs too."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an archive may hold with all that is in it: files, bytes of one and of all, unpacked bytes for each packed one (of a file over `small`)."""

    files: int = 1_000
    file: int = 200_000_000
    total: int = 500_000_000
    ratio: int = 200
    small: int = 1_000_000


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: its path there (behind that of the archive it was in), and its bytes."""

    name: str
    data: bytes


def is_archive(data: bytes) -> bool:
    """Whether this is a ZIP archive of files, not an Office file that is one inside."""
    names = names_in(data)
    return bool(names) and not _OFFICE & set(names)


def names_in(data: bytes) -> tuple[str, ...]:
    """The names in a ZIP file as they stand there; none where it is not one, broken, or has more of them than anybody sends."""
    if not data.startswith((MAGIC, b"PK\x05\x06")) or at_most(data) > MOST:
        return ()
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return tuple(entry.filename for entry in archive.infolist())
    except _BROKEN:
        return ()


def mimetype(data: bytes) -> str:
    """What an OpenDocument file says that it is; empty for any other."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive, archive.open("mimetype") as entry:
            return entry.read(_LONGEST).decode("ascii", "replace").strip()
    except (KeyError, *_BROKEN):
        return ""


def unpacked(data: bytes, name: str, limits: Limits = LIMITS) -> Outcome[tuple[Member, ...]]:
    """The files of an archive, in its order, those of an archive inside it in its place. Raises `Refused` where it cannot be opened."""
    taking = _Taking(name, limits)
    members = tuple(taking.members(data, name, inner=False))
    return Outcome(members, tuple(taking.issues))


class _Taking:
    """The taking out of files, and how much room is left."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name = name
        self.limits = limits
        self.files, self.room = limits.files, limits.total
        self.issues: list[Issue] = []

    def members(self, data: bytes, name: str, *, inner: bool) -> Iterator[Member]:
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                entries = archive.infolist()
                if overlapping(entries):
                    raise Refused(Issue("archives.damaged", Place(name), {"reason": "overlapping entries"}))
                for entry in entries:
                    yield from self._taken(archive, entry, name, inner=inner)
        except _BROKEN as error:
            raise Refused(Issue("archives.damaged", Place(name), {"reason": str(error)})) from error

    def _taken(
        self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, *, inner: bool
    ) -> Iterator[Member]:
        path = _named(entry)
        if (
            not path
            or path.endswith("/")
            or path.startswith(_LITTER)
            or path.rsplit("/", 1)[-1].startswith(("._", *_LITTER))
        ):
            return
        whole = f"{name}/{path}"
        fault = self._fault(entry, path, whole)
        if fault is not None:
            self.issues.append(fault)
            return
        try:
            body = archive.read(entry)
        except _BROKEN as error:
            facts = {"file": path, "reason": str(error)}
            self.issues.append(Issue("archives.member-damaged", Place(whole), facts))
            return
        if not is_archive(body):
            yield Member(whole, body)
        elif inner:
            self.issues.append(Issue("archives.deep", Place(whole)))
            yield Member(whole, body)
        else:
            yield from self._inner(body, whole)

    def _inner(self, body: bytes, name: str) -> Iterator[Member]:
        """The files of an archive in this one; where that cannot be opened, the others come in all the same."""
        try:
            yield from self.members(body, name, inner=True)
        except Refused as refused:
            if any(issue.place.file == self.name for issue in refused.issues):
                raise
            self.issues += refused.issues

    def _fault(self, entry: zipfile.ZipInfo, path: str, whole: str) -> Issue | None:
        """Why a file is left in its archive; before anything is unpacked, for zipfile reads no more bytes than the directory declares.

        Raises `Refused` where the archive is not to be opened at all.
        """
        if entry.flag_bits & _ENCRYPTED:
            raise Refused(Issue("archives.encrypted", Place(whole.removesuffix(f"/{path}"))))
        self.files -= 1
        if self.files < 0:
            raise Refused(Issue("archives.too-many", Place(self.name), {"limit": str(self.limits.files)}))
        if entry.create_system == _UNIX and stat.S_ISLNK(entry.external_attr >> 16):
            return Issue("archives.link", Place(whole), {"file": path})
        if path.startswith("/") or ":" in path.split("/", 1)[0] or ".." in path.split("/"):
            return Issue("archives.path", Place(whole), {"file": path})
        too_tight = entry.file_size > self.limits.ratio * max(entry.compress_size, 1)
        if entry.file_size > self.limits.file or (entry.file_size > self.limits.small and too_tight):
            facts = {
                "file": path,
                "limit": str(self.limits.file // 1_000_000),
                "ratio": str(self.limits.ratio),
            }
            return Issue("archives.member-large", Place(whole), facts)
        self.room -= entry.file_size
        if self.room < 0:
            facts = {"limit": str(self.limits.total // 1_000_000)}
            raise Refused(Issue("archives.too-large", Place(self.name), facts))
        return None


def _named(entry: zipfile.ZipInfo) -> str:
    """The name that somebody gave: what is not marked as UTF-8 is that all the same, or what a Chinese Windows writes."""
    name = entry.filename
    if not entry.flag_bits & _UTF_8:
        raw = entry.orig_filename.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return readable(name.replace("\\", "/"))
