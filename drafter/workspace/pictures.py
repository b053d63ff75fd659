"""Picture files of a workspace: where the address of a picture leads, and how large the picture is.

Only PNG, JPEG and GIF, told by their first bytes and not by their name. Nothing outside the workspace is read, and nothing is fetched.
"""

from __future__ import annotations

import hashlib
import posixpath
import struct
from dataclasses import field
from pathlib import Path

from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Place, Refused
from drafter.source.messages import os_reason

LARGEST = 20 * 1024 * 1024
"""Bytes of one file."""
_MOST_PIXELS = 100_000_000
_USUAL_DPI = 96.0
_ODDEST_DPI = (20.0, 2400.0)
_METRE = 0.0254
_CENTIMETRE = 2.54
_SIZES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
_SCAN = 0xDA
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})


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
        form, pixels, dpi = _measured(data)
    except (ValueError, IndexError, struct.error) as error:
        raise Refused(Issue("figure.format", place, {"path": path})) from error
    if pixels[0] * pixels[1] > _MOST_PIXELS:
        facts = {"path": path, "limit": f"{_MOST_PIXELS // 1_000_000} MP"}
        raise Refused(Issue("figure.too-large", place, facts))
    width, height = pixels[0] / dpi[0], pixels[1] / dpi[1]
    return PictureFile(path, data, hashlib.sha256(data).hexdigest(), form, width, height, pixels)


Size = tuple[str, tuple[int, int], tuple[float, float]]


def _measured(data: bytes) -> Size:
    """Form, pixels and dots per inch; raises where the bytes are no such picture."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png", *_checked(*_png(data))
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg", *_checked(*_jpeg(data))
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return "gif", *_checked(struct.unpack("<HH", data[6:10]), (_USUAL_DPI, _USUAL_DPI))
    raise ValueError


def _checked(
    pixels: tuple[int, int], dpi: tuple[float, float]
) -> tuple[tuple[int, int], tuple[float, float]]:
    if not all(pixels):
        raise ValueError
    least, most = _ODDEST_DPI
    return pixels, dpi if all(least <= each <= most for each in dpi) else (_USUAL_DPI, _USUAL_DPI)


def _png(data: bytes) -> tuple[tuple[int, int], tuple[float, float]]:
    if data[12:16] != b"IHDR":
        raise ValueError
    pixels, dpi, at = struct.unpack(">II", data[16:24]), (_USUAL_DPI, _USUAL_DPI), 8
    while at + 12 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        if kind == b"pHYs":
            across, down, unit = struct.unpack(">IIB", data[at + 8 : at + 17])
            if unit == 1:
                dpi = (round(across * _METRE, 1), round(down * _METRE, 1))
        if kind == b"IDAT":
            return pixels, dpi
        at += 12 + length
    raise ValueError


def _jpeg(data: bytes) -> tuple[tuple[int, int], tuple[float, float]]:
    dpi, at = (_USUAL_DPI, _USUAL_DPI), 2
    while True:
        if data[at] != 0xFF:  # noqa: PLR2004 -- every marker begins so
            raise ValueError
        marker = data[at + 1]
        if marker == 0xFF:  # noqa: PLR2004 -- fill bytes
            at += 1
            continue
        if marker in _BARE:
            at += 2
            continue
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        if marker in _SIZES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return (width, height), dpi
        if marker == _SCAN:
            raise ValueError
        if marker == 0xE0 and data[at + 4 : at + 9] == b"JFIF\0":  # noqa: PLR2004 -- APP0
            unit, across, down = struct.unpack(">BHH", data[at + 11 : at + 16])
            scale = {1: 1.0, 2: _CENTIMETRE}.get(unit)
            dpi = (across * scale, down * scale) if scale else dpi
        at += 2 + length
