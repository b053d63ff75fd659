"""Small pictures made in memory."""

from __future__ import annotations

import struct
import zlib


def png(width: int, height: int, *, dpi: int = 0, colour: int = 200) -> bytes:
    """A grey PNG."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    metre = round(dpi / 0.0254)
    density = chunk(b"pHYs", struct.pack(">IIB", metre, metre, 1)) if dpi else b""
    rows = (b"\0" + bytes([colour]) * width) * height
    data = chunk(b"IDAT", zlib.compress(rows, 9))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + density + data + chunk(b"IEND", b"")


def gif(width: int, height: int) -> bytes:
    """The head of a GIF, which is all that is read here."""
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\0\0\0;"


def jpeg(width: int, height: int, *, dpi: int = 0) -> bytes:
    """The head of a JPEG, which is all that is read here."""
    density = struct.pack(">BHH", 1, dpi, dpi) if dpi else struct.pack(">BHH", 0, 1, 1)
    first = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0\x01\x02" + density + b"\0\0"
    size = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\1\x11\0"
    return b"\xff\xd8" + first + size + b"\xff\xda\0\2\xff\xd9"
