"""The directory of a ZIP file, looked at before and after it is read: how many entries it may have, and whether two of them share bytes."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from zipfile import ZipInfo

_SIGNATURE = b"PK\x01\x02"
_HEADER = 30  # bytes before the name of an entry, where its own bytes begin at the earliest


def at_most(data: bytes) -> int:
    """How many entries a ZIP file has at most: each has a signature in the directory. Asked before `zipfile`, which makes an object of each, however many there are."""
    return data.count(_SIGNATURE)


def overlapping(entries: Iterable[ZipInfo]) -> bool:
    """Whether bytes are unpacked by more than one entry: how a small file becomes a large one within any ratio."""
    spans = sorted(
        (each.header_offset, each.header_offset + _HEADER + each.compress_size) for each in entries
    )
    return any(end > start for (_, end), (start, _) in pairwise(spans))
