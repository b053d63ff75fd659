"""A package of ours with a few parts put in the place of others: what stays is not packed again, only carried over as it lies there.

Gives to the byte what `zipped` gives for the same parts, so that nobody can tell how a file was made. For packages that `zipped` wrote.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

from drafter.ooxml.package import INDEX, zipped
from drafter.source.frozen import dataclass

# PKWARE's APPNOTE: 4.3.7 local file header, 4.3.12 central directory header, 4.3.16 end of central directory record.
_LOCAL, _CENTRAL, _END = 30, 46, 22
_OFFSET = 42  # of a part's local header, in its central header


class Packed:
    """A package taken apart into its packed parts, once for any number of copies."""

    def __init__(self, data: bytes) -> None:
        self._parts = {part.name: part for part in _packed(data)}

    def names(self) -> tuple[str, ...]:
        """The parts in their order."""
        return tuple(self._parts)

    def with_parts(self, parts: Mapping[str, bytes]) -> bytes:
        """The package with these parts, new ones and ones in the place of others."""
        new = {part.name: part for part in _packed(zipped(parts))} if parts else {}
        whole = {**self._parts, **new}
        ordered = [whole[name] for name in sorted(whole, key=lambda name: (name != INDEX, name))]
        return _joined(ordered)


@dataclass(frozen=True, slots=True)
class _Part:
    """One packed part: its local header with its data, and its central header."""

    name: str
    local: bytes
    central: bytes


def _packed(data: bytes) -> Iterator[_Part]:
    count, size, start = struct.unpack_from("<HLL", data, len(data) - _END + 10)
    at = start
    for _ in range(count):
        packed, name_length, extra, comment = struct.unpack_from("<L4xHHH", data, at + 20)
        offset = struct.unpack_from("<L", data, at + _OFFSET)[0]
        end = at + _CENTRAL + name_length + extra + comment
        local_name, local_extra = struct.unpack_from("<HH", data, offset + 26)
        local_end = offset + _LOCAL + local_name + local_extra + packed
        name = data[at + _CENTRAL : at + _CENTRAL + name_length].decode()
        yield _Part(name, data[offset:local_end], data[at:end])
        at = end
    if at != start + size:
        raise ValueError("no package of ours")


def _joined(parts: list[_Part]) -> bytes:
    out: list[bytes] = []
    index: list[bytes] = []
    at = 0
    for part in parts:
        out.append(part.local)
        index.append(part.central[:_OFFSET] + struct.pack("<L", at) + part.central[_OFFSET + 4 :])
        at += len(part.local)
    central = b"".join(index)
    end = struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, len(parts), len(parts), len(central), at, 0)
    return b"".join((*out, central, end))
