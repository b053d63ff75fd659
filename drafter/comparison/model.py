"""A change between two versions as people read it: where it stands, what went and what came."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from drafter.source.frozen import dataclass
from drafter.word.anchors import Anchor


class State(StrEnum):
    """What became of words."""

    KEPT = ""
    INSERTED = "ins"
    DELETED = "del"


class Kind(StrEnum):
    """What a change stands in. `version`: the lines of a cover that say which version it is, of which no reader wants to be told."""

    TEXT = "text"
    TABLE = "table"
    NOTE = "note"
    COVER = "cover"
    VERSION = "version"

    @property
    def counts(self) -> bool:
        """Whether it is listed and counted."""
        return self is not Kind.VERSION


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of one state; the end of a paragraph that was split or joined is a `\\n`."""

    state: State
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, or the cell of a table under its head."""

    segments: tuple[Segment, ...]
    head: str = ""

    def side(self, state: State) -> str:
        """What it said before (`DELETED`) or says now (`INSERTED`)."""
        return words(self.segments, state)


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `place` and `number` are its 章节 and 段号 (of the new version, where it is there), `table` and `row` name the row of a table.

    `olds` and `news` are the paragraphs that it stands in, of which one may be none; `at` is the paragraph of the redline's main story, counted
    from 0, that shows it. `moved`: the same words came or went elsewhere.
    """

    kind: Kind
    place: str
    number: str
    parts: tuple[Part, ...]
    olds: tuple[Anchor, ...]
    news: tuple[Anchor, ...]
    at: int
    table: str = ""
    row: str = ""
    moved: bool = False

    @property
    def came(self) -> bool:
        """Nothing of it was there before."""
        return all(segment.state is State.INSERTED for part in self.parts for segment in part.segments)

    @property
    def went(self) -> bool:
        """Nothing of it is there now."""
        return all(segment.state is State.DELETED for part in self.parts for segment in part.segments)

    def side(self, state: State) -> str:
        """All that it said before (`DELETED`) or says now (`INSERTED`), a line for each cell."""
        lines = ((part.head, part.side(state)) for part in self.parts)
        return "\n".join(f"{head}：{said}" if head else said for head, said in lines if said or not head)


def words(segments: Iterable[Segment], state: State) -> str:
    """The words of one side: what was kept, and what went or came."""
    return "".join(segment.text for segment in segments if segment.state in (State.KEPT, state))
