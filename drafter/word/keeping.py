"""What a running process keeps of the text that it has written, so that one changed fragment is written alone.

A part is a run of blocks of one fragment. It is written again unless everything that went into it is as it was: the blocks themselves, where
counting stood when it began, and every label, 段号 and bookmark that was asked for while it was written. Those are found out by watching
the tables, so that a writer of blocks need not know that anything is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Generic, TypeVar

from drafter.document.tree import Block, NodeId, Numbering
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue
from drafter.word.anchors import Anchor, Question
from drafter.word.body import Setting, Story
from drafter.word.lines import Asides, LineWriter, References
from drafter.word.lists import Instance
from drafter.workspace.pictures import PictureFile
from drafter.workspace.profile import Profile

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class _State:
    """Where counting stands between two parts; the tuples are what came before, of which only what is new is kept."""

    bookmarks: int
    profile: Profile
    base: int
    lists: int
    annex_stop: int
    first_note: int
    notes: int
    nested: int
    links: tuple[str, ...]
    pictures: tuple[PictureFile, ...]
    drawings: int
    questions: tuple[Question, ...]
    place: str
    annex: int


@dataclass(frozen=True, slots=True)
class _Part:
    """A run of blocks as it was written: from which state, what it saw, what it added, and where it left off."""

    blocks: tuple[Block, ...]
    before: _State
    seen: tuple[Mapping[str, object], ...]
    out: tuple[str, ...]
    anchors: tuple[Anchor, ...]
    issues: tuple[Issue, ...]
    instances: tuple[Instance, ...]
    notes: tuple[NodeId, ...]
    places: tuple[str, ...]
    nested: tuple[NodeId, ...]
    after: _State


@dataclass(slots=True)
class Kept:
    """The parts of the last time, by their first node and where they stand; those that were not used again are forgotten."""

    _parts: dict[tuple[NodeId, Setting], _Part] = field(default_factory=dict)
    _used: dict[tuple[NodeId, Setting], _Part] = field(default_factory=dict)

    def begin(self) -> None:
        """A file begins: what the one before did not use goes."""
        self._parts, self._used = self._used, {}

    def write(self, story: Story, asides: Asides, blocks: tuple[Block, ...], setting: Setting) -> None:
        """Write blocks to a story, or put down again what they were written as."""
        key = (blocks[0].id, setting)
        before = _state(story, asides)
        part = self._parts.get(key)
        if part is None or part.before != before or not _same(part, blocks, story):
            part = _written(story, asides, blocks, setting, before)
        else:
            _put_down(part, story, asides)
        self._used[key] = part


def _state(story: Story, asides: Asides) -> _State:
    lists = story.lists
    return _State(
        story.counter.last,
        lists.profile,
        lists.base,
        lists.count,
        lists.annex_stop,
        asides.first_note,
        len(asides.notes),
        len(asides.nested),
        tuple(asides.links),
        tuple(asides.pictures.values()),
        asides.drawings,
        tuple(asides.questions),
        story.place,
        story.annex,
    )


def _tables(story: Story) -> tuple[Mapping[str, object], ...]:
    numbering, references = story.numbering, story.references
    return (
        numbering.labels,
        numbering.targets,
        numbering.paragraph_numbers,
        references.bookmarks,
        references.switches,
        references.contents,
        references.pictures,
        references.formulas,
        references.authors,
    )


def _same(part: _Part, blocks: tuple[Block, ...], story: Story) -> bool:
    # Mostly the very same blocks; the headings of the outline are made anew each time.
    if part.blocks != blocks:
        return False
    tables = zip(part.seen, _tables(story), strict=True)
    return all(list(map(table.get, seen)) == list(seen.values()) for seen, table in tables)


def _put_down(part: _Part, story: Story, asides: Asides) -> None:
    story.out.extend(part.out)
    story.anchors.extend(part.anchors)
    story.issues.extend(part.issues)
    story.lists.instances.extend(part.instances)
    story.lists.count = part.after.lists
    asides.notes.extend(part.notes)
    asides.places.extend(part.places)
    asides.nested.extend(part.nested)
    for address in part.after.links[len(part.before.links) :]:
        asides.link(address)
    for file in part.after.pictures[len(part.before.pictures) :]:
        asides.picture(file)
    asides.drawings = part.after.drawings
    asides.questions.extend(part.after.questions[len(part.before.questions) :])
    story.counter.last, story.place, story.annex = part.after.bookmarks, part.after.place, part.after.annex
    asides.place = story.place


def _written(
    story: Story, asides: Asides, blocks: tuple[Block, ...], setting: Setting, before: _State
) -> _Part:
    """Write blocks, watching what they ask for."""
    out, anchors, issues = len(story.out), len(story.anchors), len(story.issues)
    instances = len(story.lists.instances)
    numbering, references, lines = story.numbering, story.references, story.lines
    labels, targets = _Watched(numbering.labels), _Watched(numbering.targets)
    numbers = _Watched(numbering.paragraph_numbers)
    bookmarks, switches = _Watched(references.bookmarks), _Watched(references.switches)
    contents, pictures = _Watched(references.contents), _Watched(references.pictures)
    formulas, authors = _Watched(references.formulas), _Watched(references.authors)
    story.numbering = Numbering(labels, targets, numbers)
    story.references = References(story.numbering, bookmarks, switches, contents, pictures, formulas, authors)
    story.lines = LineWriter(story.references, asides)
    try:
        story.blocks(blocks, setting)
    finally:
        story.numbering, story.references, story.lines = numbering, references, lines
    return _Part(
        blocks,
        before,
        (
            labels.seen,
            targets.seen,
            numbers.seen,
            bookmarks.seen,
            switches.seen,
            contents.seen,
            pictures.seen,
            formulas.seen,
            authors.seen,
        ),
        tuple(_few(story.out[out:])),
        tuple(story.anchors[anchors:]),
        tuple(story.issues[issues:]),
        tuple(story.lists.instances[instances:]),
        tuple(asides.notes[before.notes :]),
        tuple(asides.places[before.notes :]),
        tuple(asides.nested[before.nested :]),
        _state(story, asides),
    )


def _few(out: list[str]) -> list[str]:
    """The same XML in two strings: the last paragraph stays alone, because a section may end in it."""
    return ["".join(out[:-1]), out[-1]] if len(out) > 1 else out


class _Watched(Mapping[str, V], Generic[V]):
    """A table that remembers what was asked of it and what it answered, None for what it does not have."""

    def __init__(self, whole: Mapping[str, V]) -> None:
        self.whole = whole
        self.seen: dict[str, V | None] = {}

    def __getitem__(self, key: str) -> V:
        value = self.seen[key] = self.whole.get(key)
        if value is None:
            raise KeyError(key)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self.whole)

    def __len__(self) -> int:
        return len(self.whole)
