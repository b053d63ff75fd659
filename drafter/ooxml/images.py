"""Pictures: what their first bytes say (form, size in pixels, dots per inch; of PNG, JPEG and GIF), and what they are known by."""

from __future__ import annotations

import struct
from zlib import crc32

_USUAL_DPI = 96.0
_ODDEST_DPI = (20.0, 2400.0)
_METRE = 0.0254
_CENTIMETRE = 2.54
_SIZES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
_SCAN = 0xDA
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})

Size = tuple[str, tuple[int, int], tuple[float, float]]


def checksum(data: bytes) -> str:
    """What bytes are known by in the directory of a package, where nobody has to unpack them."""
    return f"{crc32(data):08x}-{len(data)}"


class NoPicture(Exception):
    """The bytes are none of these, or broken off."""


def measured(data: bytes) -> Size:
    """Form, pixels and dots per inch. Raises `NoPicture`."""
    try:
        return _measured(data)
    except (ValueError, IndexError, struct.error) as error:
        raise NoPicture from error


def _measured(data: bytes) -> Size:
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
