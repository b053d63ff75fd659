"""Copies of a finished Word file: what a frame prints of a copy outside the text (its headers and footers) and its opaque id, nothing else.

The text is not written again and not even packed again, so that a hundred copies cost little more than one.
"""

from __future__ import annotations

from collections.abc import Mapping

from drafter.ooxml.reuse import Packed
from drafter.word import properties
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
        values = tag_values(facts, facts.get("名称", ""))
        parts = {
            **filled_headers(self._parts, values, self._frame_name),
            "docProps/custom.xml": properties.custom(id),
            "customXml/item1.xml": properties.item(id),
        }
        return self._packed.with_parts(parts)
