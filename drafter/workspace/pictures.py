"""Picture files of a workspace: where the address of a picture leads, and how large the picture is.

Only PNG, JPEG and GIF, told by their first bytes and not by their name. Nothing outside the workspace is read, and nothing is fetched.
"""

from __future__ import annotations

import hashlib
import posixpath
from dataclasses import field
from pathlib import Path

from drafter.ooxml.images import NoPicture, measured
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Place, Refused
from drafter.source.messages import os_reason

LARGEST = 20 * 1024 * 1024
"""Bytes of one file."""
_MOST_PIXELS = 100_000_000


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture: its path in the workspace, bytes, `png`, `jpeg` or `gif`, its natural size in inches, and in pixels."""

    path: str
    data: bytes = field(compare=False, repr=False)
    sha256: str
    form: str
    width: float
    height: float
    pixels: tuple[int, int] = (0, 0)


def picture_file(root: Path, base: str, address: str, place: Place) -> PictureFile:
    """The picture that `address` means in the fragment `base`: beside it, else below `sections/`. Raises `Refused` at `place`."""
    for folder in (posixpath.dirname(base), "sections"):
        path = posixpath.normpath(posixpath.join(folder, address))
        if not _inside(root, path, address):
            raise Refused(Issue("figure.outside", place, {"address": address}))
        if (root / path).is_file():
            return _read(root / path, path, place)
    raise Refused(Issue("figure.missing", place, {"address": address}))


def _inside(root: Path, path: str, address: str) -> bool:
    if ":" in address or "\\" in address or "\0" in address or path.startswith(("/", "..")):
        return False
    return (root / path).resolve().is_relative_to(root.resolve())


def _read(file: Path, path: str, place: Place) -> PictureFile:
    try:
        if file.stat().st_size > LARGEST:
            facts = {"path": path, "limit": f"{LARGEST // 1024 // 1024} MB"}
            raise Refused(Issue("figure.too-large", place, facts))
        data = file.read_bytes()
    except OSError as error:
        raise Refused(
            Issue("figure.unreadable", place, {"path": path, "reason": os_reason(error)})
        ) from error
    try:
        form, pixels, dpi = measured(data)
    except NoPicture as error:
        raise Refused(Issue("figure.format", place, {"path": path})) from error
    if pixels[0] * pixels[1] > _MOST_PIXELS:
        facts = {"path": path, "limit": f"{_MOST_PIXELS // 1_000_000} MP"}
        raise Refused(Issue("figure.too-large", place, facts))
    width, height = pixels[0] / dpi[0], pixels[1] / dpi[1]
    return PictureFile(path, data, hashlib.sha256(data).hexdigest(), form, width, height, pixels)
