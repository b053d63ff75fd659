"""The footnotes of one fragment while it is read: labels, nodes, the order of their first reference."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from drafter.document.tree import NodeId, Note


@dataclass(slots=True)
class Footnote:
    """A footnote: its node once it has one, its merged offset, its place among those referred to (-1: none yet)."""

    at: int
    id: NodeId = ""
    order: int = -1
    note: Note | None = None


class Footnotes:
    """All footnotes of a fragment; `node` gives the next node id. Labels are the fragment's own."""

    def __init__(self, node: Callable[[], NodeId]) -> None:
        self._node = node
        self._by_label: dict[str, Footnote] = {}
        self._referred = 0

    def define(self, label: str, at: int) -> bool:
        """Note that a label is defined; False where it is already."""
        if label in self._by_label:
            return False
        self._by_label[label] = Footnote(at)
        return True

    def referred(self, label: str) -> NodeId | None:
        """The node of the footnote that a reference means, None where there is none."""
        found = self._by_label.get(label)
        if found is None:
            return None
        if found.order < 0:
            found.order = self._referred
            self._referred += 1
        return self._with_id(found).id

    def of(self, label: str) -> Footnote:
        """The footnote of a label that was defined, with its node."""
        return self._with_id(self._by_label[label])

    def _with_id(self, footnote: Footnote) -> Footnote:
        footnote.id = footnote.id or self._node()
        return footnote

    def unused(self) -> Iterator[tuple[str, int]]:
        """Label and merged offset of each footnote that nothing refers to."""
        return ((label, note.at) for label, note in self._by_label.items() if note.order < 0)

    def notes(self) -> Mapping[NodeId, Note]:
        """The footnotes that are referred to, in order of their first reference."""
        used = sorted(
            (note for note in self._by_label.values() if note.order >= 0), key=lambda note: note.order
        )
        return {note.id: note.note for note in used if note.note}
