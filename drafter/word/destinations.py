"""What a PDF says of itself: on which page a name stands, how many pages there are, and which characters its fonts could draw.

No reader of PDF: it knows the objects of a file that LibreOffice has just made of one of ours, packed into object streams or not
(ISO 32000-1, 7.5.7), and looks at no page.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping

_OBJECT = re.compile(rb"(\d+)\s+0\s+obj\b(.*?)\bendobj\b", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n")
_END = b"endstream"
_KIDS = re.compile(rb"/Kids\s*\[([^\]]*)\]")
_ROOT = re.compile(
    rb"/Type\s*/Catalog\b.*?/Pages\s+(\d+)\s+0\s+R|/Pages\s+(\d+)\s+0\s+R.*?/Type\s*/Catalog\b", re.DOTALL
)
_REFERENCE = re.compile(rb"(\d+)\s+0\s+R")
_NAMED = re.compile(rb"[/(]([A-Za-z0-9]+)\)?\s*\[\s*(\d+)\s+0\s+R")
_MAPPED = re.compile(rb"beginbf(?:char|range)(.*?)endbf(?:char|range)", re.DOTALL)
_CODE = re.compile(rb"<((?:[0-9A-Fa-f]{4})+)>\s*\n")
_DEEPEST = 32


class Pdf:
    """A PDF taken apart once."""

    def __init__(self, data: bytes) -> None:
        self._streams: list[bytes] = []
        self._objects: dict[int, bytes] = {}
        plain = self._without_streams(data)
        for found in _OBJECT.finditer(plain):
            self._objects[int(found[1])] = found[2]
        for stream in self._streams:
            self._objects |= _packed(stream)
        self._pages = tuple(self._leaves())

    @property
    def pages(self) -> int:
        """How many pages there are; 0 where that could not be read."""
        return len(self._pages)

    def places(self) -> Mapping[str, int]:
        """The named destinations, each with its page counted from 1."""
        order = {page: number for number, page in enumerate(self._pages, 1)}
        return {
            found[1].decode(): order[int(found[2])]
            for body in self._objects.values()
            for found in _NAMED.finditer(body)
            if int(found[2]) in order and not _KIDS.match(body, found.start())
        }

    def characters(self) -> frozenset[str]:
        """Every character that a font of the file has a shape for (and the text makes use of)."""
        out: set[str] = set()
        for stream in self._streams:
            if b"begincmap" in stream:
                for table in _MAPPED.findall(stream):
                    out.update(
                        *(
                            bytes.fromhex(code.decode()).decode("utf-16-be", "ignore")
                            for code in _CODE.findall(table)
                        )
                    )
        return frozenset(out)

    def _without_streams(self, data: bytes) -> bytes:
        """The file without what stands in its streams, which are kept unpacked where they can be."""
        out: list[bytes] = []
        at = 0
        for found in _STREAM.finditer(data):
            if found.start() < at:
                continue
            end = data.find(_END, found.end())
            if end < 0:
                break
            out.append(data[at : found.start()])
            try:
                head = out[-1][out[-1].rfind(b" obj") :]
                self._streams.append(
                    head + b"\nstream\n" + zlib.decompressobj().decompress(data[found.end() : end])
                )
            except zlib.error:
                pass  # a picture or a font that is packed in another way
            at = end + len(_END)
        return b"".join([*out, data[at:]])

    def _leaves(self) -> Iterator[int]:
        root = next(
            (found[1] or found[2] for body in self._objects.values() if (found := _ROOT.search(body))), None
        )
        if root is not None:
            yield from self._below(int(root), 0)

    def _below(self, node: int, depth: int) -> Iterator[int]:
        kids = _KIDS.search(self._objects.get(node, b""))
        if kids is None:
            yield node
        elif depth < _DEEPEST:
            for kid in _REFERENCE.findall(kids[1]):
                yield from self._below(int(kid), depth + 1)


def _packed(stream: bytes) -> dict[int, bytes]:
    """The objects in an object stream: pairs of number and offset first, then the objects."""
    head, _, body = stream.partition(b"\nstream\n")
    first = re.search(rb"/First\s+(\d+)", head)
    if b"/ObjStm" not in head or first is None:
        return {}
    start = int(first[1])
    numbers = [int(each) for each in body[:start].split() if each.isdigit()]
    pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
    ends = [*(offset for _, offset in pairs[1:]), len(body) - start]
    return {
        number: body[start + offset : start + end] for (number, offset), end in zip(pairs, ends, strict=True)
    }
