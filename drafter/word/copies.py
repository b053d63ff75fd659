"""Copies of a finished Word file: what a frame prints of a copy outside the text (its headers and footers) and its opaque id, nothing else.

The text is not written again and not even packed again, so that a hundred copies cost little more than one.
"""

from __future__ import annotations

from collections.abc import Mapping

from drafter.ooxml.package import unzipped
from drafter.ooxml.reuse import Packed
from drafter.word import properties
from drafter.word.facts import tag_values
from drafter.word.frame import MAIN, render
from drafter.word.tags import filled_plainly

_TAG = b"{"
_OURS = ("word/styles.xml", "word/numbering.xml", "word/footnotes.xml", "word/comments.xml")
"""Parts of a frame that the writer has changed: they are the same in every copy."""


class Master:
    """A finished file and the frame that it was made in, ready to be copied."""

    def __init__(self, data: bytes, frame: bytes, frame_name: str) -> None:
        self._packed = Packed(data)
        self._frame, self._frame_name = frame, frame_name
        parts = unzipped(frame)
        self._tagged = {
            name: body
            for name, body in parts.items()
            if name.startswith("word/")
            and name.endswith(".xml")
            and name not in (MAIN, *_OURS)
            and _TAG in body
        }

    def copied(self, facts: Mapping[str, str], id: str) -> bytes:
        """The copy with these facts (those of `drafter.word.facts.FACTS`) and this id; the same give the same bytes."""
        parts = {
            **self._filled(tag_values(facts, facts.get("名称", ""))),
            "docProps/custom.xml": properties.custom(id),
            "customXml/item1.xml": properties.item(id),
        }
        return self._packed.with_parts(parts)

    def _filled(self, values: Mapping[str, str]) -> Mapping[str, bytes]:
        if not self._tagged:
            return {}
        plain = filled_plainly(self._tagged, values)
        if plain is not None:
            return plain
        # A condition or a tag in pieces is docxtpl's, which renders the frame as a whole.
        rendered = render(self._frame, values, self._frame_name).parts
        return {name: rendered[name] for name in self._tagged}
