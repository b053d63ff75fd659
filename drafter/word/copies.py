"""Copies of a finished Word file: what a frame prints of a copy outside the text (its headers and footers) and its opaque id, nothing else.

The text is not written again and not even packed again, so that a hundred copies cost little more than one.
"""

from __future__ import annotations

from collections.abc import Mapping

from drafter.ooxml.reuse import Packed
from drafter.word import properties
from drafter.word.anchors import Edges
from drafter.word.edges import copied_lines
from drafter.word.facts import tag_values
from drafter.word.frame import checked_frame, filled_headers


class Master:
    """A finished file and the frame that it was made in, ready to be copied. Raises `Refused` where the frame cannot be opened."""

    def __init__(self, data: bytes, frame: bytes, frame_name: str) -> None:
        self.data = data
        self._packed = Packed(data)
        self._frame_name = frame_name
        self._parts = checked_frame(frame, frame_name)[0]

    def copied(self, facts: Mapping[str, str], id: str) -> bytes:
        """The copy with these facts (those of `drafter.word.facts.FACTS`) and this id; the same give the same bytes."""
        parts = {
            **self._headers(facts),
            "docProps/custom.xml": properties.custom(id),
            "customXml/item1.xml": properties.item(id),
        }
        return self._packed.with_parts(parts)

    def lines(self, facts: Mapping[str, str], edges: Edges) -> tuple[tuple[str, ...], ...]:
        """What the headers and footers say in the copy with these facts; `edges` are those of the master."""
        return copied_lines(edges, self._headers(facts))

    def _headers(self, facts: Mapping[str, str]) -> Mapping[str, bytes]:
        return filled_headers(self._parts, tag_values(facts, facts.get("名称", "")), self._frame_name)
