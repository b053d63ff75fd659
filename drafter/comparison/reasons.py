"""Why something was changed: said by whoever knows first, else that words were changed.

What git knows are the subjects of the commits between the two versions. That of a change is the newest one that touched a line which the change
was printed from: of its fragment, or of the data behind it. A reason is read by strangers: it names no file and no address.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import PurePosixPath

from rapidfuzz.distance import LCSseq

from drafter.comparison.model import Change, Kind
from drafter.source.frozen import dataclass
from drafter.source.origins import DataValue, Generated, Piece, SourceSlice, lineage
from drafter.word.anchors import Anchor, Record

OTHERWISE, MOVED, VERSION = "文字修改", "位置调整", "版次更新"

Teller = Callable[[Change], str]
"""Says why, or an empty text where it does not know: the register of opinions, what git knows."""


def reasons(changes: Iterable[Change], tellers: Sequence[Teller] = ()) -> tuple[str, ...]:
    """The reason of each change."""
    return tuple(_reason(change, tellers) for change in changes)


def _reason(change: Change, tellers: Sequence[Teller]) -> str:
    if change.kind is Kind.VERSION:
        return VERSION
    said = next((reason for tell in tellers if (reason := tell(change))), "")
    return said or (MOVED if change.moved else OTHERWISE)


@dataclass(frozen=True, slots=True)
class History:
    """The commits between two versions: for a line of a file the newest one that put it in, and that took it out.

    A line is a path and its text; a commit is its place, the newest 0, and its subject.
    """

    came: Mapping[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    went: Mapping[tuple[str, str], tuple[int, str]] = field(default_factory=dict)


class Commits:
    """Tells the reason of a change from the subjects of commits."""

    def __init__(self, old: Record, new: Record, history: History) -> None:
        paths = sorted({*old.texts, *new.texts})
        self._names = _names(paths)
        self._sides = (
            (_Lines(old.texts, new.texts), history.went),
            (_Lines(new.texts, old.texts), history.came),
        )

    def __call__(self, change: Change) -> str:
        """The subject of the newest commit that touched it; empty where there is none, or where it says nothing that may be said."""
        found = [
            touched[line]
            for (lines, touched), anchors in zip(self._sides, (change.olds, change.news), strict=True)
            for line in lines.changed(anchors)
            if line in touched
        ]
        return opaque(min(found)[1], self._names) if found else ""


class _Lines:
    """The lines of one side that the other has not."""

    def __init__(self, texts: Mapping[str, str], others: Mapping[str, str]) -> None:
        self._texts, self._others = texts, others
        self._starts: dict[str, list[int]] = {}
        self._own: dict[str, Mapping[int, str]] = {}

    def changed(self, anchors: Iterable[Anchor]) -> Iterator[tuple[str, str]]:
        """Those that these paragraphs were printed from."""
        for anchor in anchors:
            for piece in anchor.pieces:
                for place in _places(piece):
                    yield from self._of(place)

    def _of(self, place: SourceSlice) -> Iterator[tuple[str, str]]:
        own = self._owned(place.path)
        if not own:
            return
        starts = self._starts[place.path]
        first, last = (bisect_right(starts, at) - 1 for at in (place.start, max(place.end - 1, place.start)))
        for number in range(first, last + 1):
            if number in own:
                yield place.path, own[number]

    def _owned(self, path: str) -> Mapping[int, str]:
        if path not in self._own:
            text, other = self._texts.get(path, ""), self._others.get(path, "")
            self._own[path] = {} if text == other else dict(_alone(text.split("\n"), other.split("\n")))
            self._starts[path] = [0, *(at + 1 for at, character in enumerate(text) if character == "\n")]
        return self._own[path]


def _places(piece: Piece) -> Iterator[SourceSlice]:
    """Where a piece comes from: its slice, or the data it rests on and what printed them."""
    origin = piece.origin
    found: list[SourceSlice | None] = []
    match origin:
        case SourceSlice():
            found = [origin]
        case DataValue():
            found = [origin.expression, origin.column, *(datum.place for datum in lineage(origin.datum))]
        case Generated():
            found = [origin.expression, origin.column]
    yield from (place for place in found if place is not None)


def _alone(lines: Sequence[str], others: Sequence[str]) -> Iterator[tuple[int, str]]:
    for step in LCSseq.opcodes(lines, others):
        if step.tag != "equal":
            for number in range(step.src_start, step.src_end):
                yield number, lines[number].rstrip("\r")


# -- what a stranger may read

_ADDRESS = re.compile(r"<?[\w.+-]+@[\w-]+(\.[\w-]+)+>?")
_PATH = re.compile(
    r"[\w.\-/\\]+\.(?:md|ya?ml|docx?|xlsx?|csv|pdf|py|j2|json|txt)\b|[\w.\-]*[\w]/[\w./\-]*\w/[\w./\-]*"
)
_EMPTY = re.compile(r"[（(\[【《“\"'`]\s*[,，、;；]?\s*[）)\]】》”\"'`]")
_EDGES = " \t,，、;；:：.-—_/"


def opaque(subject: str, names: Iterable[str] = ()) -> str:
    """A commit's subject without addresses of mail, paths and names of files; empty where nothing is left that says anything."""
    text = subject
    for name in names:
        text = text.replace(name, "")
    text = _PATH.sub("", _ADDRESS.sub("", text))
    before = ""
    while before != text:
        before = text
        text = re.sub(r"([（(\[【])[\s,，、;；]+", r"\1", text)
        text = re.sub(r"[\s,，、;；]+([）)\]】])", r"\1", text)
        text = _EMPTY.sub("", text)
        text = re.sub(r"(^|\s)[,，、;；]+(?=\s|$)", r"\1", text)
    text = " ".join(text.split()).strip(_EDGES)
    return text if any(character.isalnum() for character in text) else ""


def _names(paths: Iterable[str]) -> tuple[str, ...]:
    """Paths, their files' names and those without their endings, the longest first. A bare word that is a file's name too may well mean the thing."""
    found = {name for path in paths for name in (path, PurePosixPath(path).name)}
    return tuple(sorted(found, key=lambda name: (-len(name), name)))
