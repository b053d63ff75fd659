"""A redline read back: each change with its place in the plan, in the order of the plan.

The redline is exact both ways, so that its paragraphs read as before are those of the old version one by one, and read as now those of the new one:
each is tied to what the two records say of it. Paragraphs that one side joins are one change; cells of one row are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from drafter.comparison.heads import Heads
from drafter.comparison.model import Change, Kind, Part, Segment, State
from drafter.picture import read
from drafter.picture.model import Change as Mark
from drafter.picture.model import Paragraph, Picture, Revision, Run, View, ViewParagraph
from drafter.picture.views import view
from drafter.source.frozen import dataclass
from drafter.word.anchors import OBJECT, Anchor, Record

_CAME, _WENT = frozenset((Mark.INSERTED, Mark.MOVED_TO)), frozenset((Mark.DELETED, Mark.MOVED_FROM))
_NOTE_MARK, _PICTURE = "［注］", "［图］"
_LONG_ENOUGH = 8  # characters that a paragraph must have to be found elsewhere


def changes(redline: bytes, old: Record, new: Record, named: Iterable[str] = ()) -> tuple[Change, ...]:
    """The changes of a redline. `named` are the words of a cover that are the plan's own, not the version's: its title, its unit."""
    picture = read(redline, "").value
    if picture is None:
        return ()
    return _with_moves(tuple(_Reading(picture, old, new, named).changes()))


@dataclass(frozen=True, slots=True)
class _Tied:
    """One side: what the record says of each paragraph, and which paragraphs it joins."""

    anchors: Mapping[int, Anchor]
    chains: tuple[tuple[int, ...], ...]


class _Reading:
    def __init__(self, picture: Picture, old: Record, new: Record, named: Iterable[str]) -> None:
        self.paragraphs = picture.paragraphs
        self.before = _tied(view(picture, View.ORIGINAL), old.anchors.paragraphs)
        self.after = _tied(view(picture, View.ACCEPTED), new.anchors.paragraphs)
        self.heads = Heads(old.anchors.paragraphs), Heads(new.anchors.paragraphs)
        self.named = tuple(map(_compact, named))
        self.marked = {
            f"footnote:{run.note}": paragraph.index
            for paragraph in picture.paragraphs
            for run in paragraph.runs
            if run.note
        }

    def changes(self) -> Iterator[Change]:
        found: list[Change] = []
        row, cells = -1, list[Change]()
        for group in self._groups():
            first = self.paragraphs[group[0]]
            for change in self._of_group(group):
                if change.kind is not Kind.TABLE or first.cell is None:
                    found.append(change)
                    continue
                if first.cell.row != row and cells:
                    found.append(_of_row(cells))
                    cells.clear()
                row = first.cell.row
                cells.append(change)
        if cells:
            found.append(_of_row(cells))
        yield from sorted(found, key=lambda change: (change.at, change.kind is Kind.NOTE))

    def _groups(self) -> Iterator[tuple[int, ...]]:
        """The paragraphs that became one another, in order."""
        group = {paragraph.index: [paragraph.index] for paragraph in self.paragraphs}
        for chain in (*self.before.chains, *self.after.chains):
            joined = sorted({each for index in chain for each in group[index]})
            group.update(dict.fromkeys(joined, joined))
        for index, members in group.items():
            known = any(member in side.anchors for side in (self.before, self.after) for member in members)
            if members[0] == index and known:
                yield tuple(members)

    def _of_group(self, group: tuple[int, ...]) -> Iterator[Change]:
        written = {index: tuple(_segments(self.paragraphs[index])) for index in group}
        if len(group) == 1 and all(segment.state is State.KEPT for segment in written[group[0]]):
            return
        rest, behind = list(group), list[int]()
        # whole paragraphs that were typed behind another one, or taken away there, are changes of their own
        while len(rest) > 1 and _one_sided(written[rest[-1]]) is not State.KEPT:
            behind.insert(0, rest.pop())
        gone = [index for index in behind if _one_sided(written[index]) is State.DELETED]
        came = [index for index in behind if _one_sided(written[index]) is State.INSERTED]
        olds = [each for index in group if index not in gone for each in self._anchor(self.before, index)]
        news = [each for index in group if index not in came for each in self._anchor(self.after, index)]
        if len(rest) > 1 or any(segment.state is not State.KEPT for segment in written[rest[0]]):
            yield from self._change(rest, _joined(rest, written, self.paragraphs), olds, news)
        for index in behind:
            own = self.after if index in came else self.before
            anchors = list(self._anchor(own, index))
            sides = ([], anchors) if index in came else (anchors, [])
            yield from self._change([index], written[index], *sides)

    def _anchor(self, side: _Tied, index: int) -> Iterator[Anchor]:
        if index in side.anchors:
            yield side.anchors[index]

    def _change(
        self, group: Sequence[int], segments: tuple[Segment, ...], olds: list[Anchor], news: list[Anchor]
    ) -> Iterator[Change]:
        olds, news = list(dict.fromkeys(olds)), list(dict.fromkeys(news))
        anchor = next(iter((*news, *olds)), None)
        if anchor is None or not any(segment.text for segment in segments):
            return
        kind = self._kind(anchor, segments)
        heads = self.heads[1 if news else 0]
        index = group[0]
        at = self.marked.get(self.paragraphs[index].story, index) if kind is Kind.NOTE else index
        table = kind is Kind.TABLE
        part = Part(segments, heads.column(anchor) if anchor.kind == "cell" else "")
        yield Change(
            kind, anchor.place, anchor.number, (part,), tuple(olds), tuple(news), at,
            heads.caption(anchor) if table else "", heads.row(anchor) if anchor.kind == "cell" else "",
        )  # fmt: skip

    def _kind(self, anchor: Anchor, segments: Iterable[Segment]) -> Kind:
        if anchor.kind == "footnote":
            return Kind.NOTE
        if anchor.kind == "frame":
            sides = {
                _compact("".join(s.text for s in segments if s.state is not not_in)) for not_in in _SIDES
            }
            own = any(len(side) > 1 and side in name for side in sides for name in self.named)
            return Kind.COVER if own else Kind.VERSION
        return Kind.TABLE if anchor.kind in ("cell", "head") else Kind.TEXT


_SIDES = (State.INSERTED, State.DELETED)


def _tied(shown: Iterable[ViewParagraph], anchors: Iterable[Anchor]) -> _Tied:
    """Contents are made anew in every version and no change of anybody's."""
    read_ = [each for each in shown if not each.toc and not each.story.startswith("textbox")]
    wanted = [anchor for anchor in anchors if anchor.kind != "toc"]
    found = zip(read_, wanted, strict=True) if len(read_) == len(wanted) else _by_words(read_, wanted)
    tied = {index: anchor for each, anchor in found for index in each.paragraphs}
    return _Tied(tied, tuple(each.paragraphs for each in read_ if len(each.paragraphs) > 1))


def _by_words(
    shown: Sequence[ViewParagraph], anchors: Sequence[Anchor]
) -> Iterator[tuple[ViewParagraph, Anchor]]:
    """Where the two do not have as many paragraphs: those that say the same, in order."""
    at = 0
    for each in shown:
        found = next((n for n in range(at, len(anchors)) if anchors[n].text == each.text), None)
        if found is not None:
            yield each, anchors[found]
            at = found + 1


def _segments(paragraph: Paragraph) -> Iterator[Segment]:
    """The words of a paragraph; what one inserted and deleted again is nowhere."""
    around = (*paragraph.row, *paragraph.column)
    for run in paragraph.runs:
        state = _state((*around, *run.revisions))
        text = _shown(run)
        if state is not None and text:
            yield Segment(state, text)


def _state(revisions: Sequence[Revision]) -> State | None:
    kinds = {revision.change for revision in revisions}
    if kinds & _CAME:
        return None if kinds & _WENT else State.INSERTED
    return State.DELETED if kinds & _WENT else State.KEPT


def _shown(run: Run) -> str:
    if run.field:
        return run.result
    return _NOTE_MARK if run.note else run.text.replace(OBJECT, _PICTURE)


def _one_sided(segments: Sequence[Segment]) -> State:
    """The state of a paragraph all of whose words came, or went; else `KEPT`."""
    states = {segment.state for segment in segments}
    return next(iter(states)) if len(states) == 1 else State.KEPT


def _joined(
    group: Sequence[int], written: Mapping[int, tuple[Segment, ...]], paragraphs: Sequence[Paragraph]
) -> tuple[Segment, ...]:
    """The words of several paragraphs, each end of one between them with its state."""
    out = list(written[group[0]])
    for before, index in pairwise(group):
        state = _state(paragraphs[before].mark)
        out += [] if state is None else [Segment(state, "\n")]
        out += written[index]
    return tuple(out)


def _of_row(cells: Sequence[Change]) -> Change:
    """The changed cells of a row as one change."""
    parts = tuple(part for cell in cells for part in cell.parts)
    olds = tuple(anchor for cell in cells for anchor in cell.olds)
    news = tuple(anchor for cell in cells for anchor in cell.news)
    return replace(cells[0], parts=parts, olds=olds, news=news)


def _with_moves(found: tuple[Change, ...]) -> tuple[Change, ...]:
    """Words that went in one place and came in another."""
    went = {change.side(State.DELETED) for change in found if change.went}
    came = {change.side(State.INSERTED) for change in found if change.came}
    both = {text for text in went & came if len(text) >= _LONG_ENOUGH}
    return tuple(
        replace(change, moved=True)
        if (change.went and change.side(State.DELETED) in both)
        or (change.came and change.side(State.INSERTED) in both)
        else change
        for change in found
    )


def _compact(text: str) -> str:
    return "".join(text.split())
