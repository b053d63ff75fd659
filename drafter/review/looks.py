"""Looks that a reviewer changed: each tracked change of formatting, and words that somebody marked by hand, as remarks for a person.

Tracked changes that stand side by side in one paragraph and have one author and date are one thing that was done, and so are those of one
table. Of the marks that people make by hand (struck through, highlighted, underlined, coloured) only those count that were not there when
the file was issued; on words that are new or gone they say nothing more than the change itself.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from drafter.picture.model import Formatting, Paragraph, Picture, Position, Run
from drafter.review.remarks import Confidence, Kind, Remark, Unlocated
from drafter.review.spots import Spot, Spots, at_spot
from drafter.review.wording import MARKS, told
from drafter.source.frozen import dataclass
from drafter.word.anchors import Anchor, Extra

NO_MARKS: frozenset[str] = frozenset()
_TABLES = frozenset(("table", "row", "cell"))
_TRACKED_AS = {
    "strike": ("strike", "dstrike"), "highlight": ("highlight", "shd"), "underline": ("u",), "color": ("color",),
}  # fmt: skip
_CELLS = 8  # so many cells are told of a changed table


@dataclass(frozen=True, slots=True)
class Marked:
    """Words from `start` to `end` of a picture that are marked by hand."""

    what: str
    start: Position
    end: Position


def format_mark(formatting: Formatting) -> str:
    """How an account names a change of looks."""
    return f"format:{formatting.id}"


def format_remarks(
    picture: Picture, hands: Iterable[Marked], spots: Spots, issued: Sequence[Anchor]
) -> Iterator[Remark]:
    """A remark for each change of looks; `hands` are what was marked by hand."""
    for group in grouped(picture.formats, picture.paragraphs):
        start, end = group[0].start, max((each.end for each in group), key=_order)
        if group[0].of in _TABLES:
            end = min(end, Position(start.paragraph + _CELLS, 0), key=_order)
        yield _placed(signed(group, spots.words(start, end)), spots.spot(start, end), issued)
    for marked in hands:
        yield from _by_hand(marked, spots, issued)


def _order(position: Position) -> tuple[int, int]:
    return position.paragraph, position.offset


def grouped(formats: Sequence[Formatting], paragraphs: Sequence[Paragraph]) -> Iterator[list[Formatting]]:
    """Changes of looks that are one thing that was done."""
    out: list[list[Formatting]] = []
    for each in formats:
        if out and _together(out[-1], each, paragraphs):
            out[-1].append(each)
        else:
            out.append([each])
    yield from out


def _together(group: Sequence[Formatting], each: Formatting, paragraphs: Sequence[Paragraph]) -> bool:
    first, last = group[0], group[-1]
    if (first.author, first.date) != (each.author, each.date) or (first.of in _TABLES) != (
        each.of in _TABLES
    ):
        return False
    if each.of in _TABLES:
        one, two = (paragraphs[at.start.paragraph].cell for at in (first, each))
        return one is not None and two is not None and one.table == two.table
    same = first.of == each.of and last.end.paragraph == each.start.paragraph
    return same and each.start.offset <= last.end.offset and each.of == "characters"


def signed(group: Sequence[Formatting], words: str) -> Remark:
    """The remark on a group of changes, without its place."""
    return Remark(
        id="",
        kind=Kind.FORMAT,
        tracked=True,
        author=group[0].author,
        date=group[0].date,
        original=words.strip("\n"),
        proposed="",
        comment=told(look for each in group for look in each.looks),
        confidence=Confidence.UNSURE,
        target=Unlocated("review.unaligned"),
        obstacle="review.format",
        marks=tuple(dict.fromkeys(map(format_mark, group))),
    )


def _placed(remark: Remark, spot: Spot | None, issued: Sequence[Anchor]) -> Remark:
    return remark if spot is None else at_spot(remark, spot, issued)


def by_hand(picture: Picture) -> list[Marked]:
    """Words that are marked though no tracked change says so, in order."""
    tracked: dict[int, list[Formatting]] = {}
    for each in picture.formats:
        tracked.setdefault(each.start.paragraph, []).append(each)
    found: list[Marked] = []
    for paragraph in picture.paragraphs:
        there = NO_MARKS
        for run in paragraph.runs:
            if run.marks:
                there |= run.marks
        if there and not paragraph.toc:
            for what in (each for each in MARKS if each in there):
                found += _stretches(paragraph, what, tracked.get(paragraph.index, ()))
    return found


def _stretches(paragraph: Paragraph, what: str, tracked: Sequence[Formatting]) -> Iterator[Marked]:
    covered = _Covered.of(tracked, _TRACKED_AS[what])
    at = 0
    placed: list[tuple[int, Run]] = []
    for run in paragraph.runs:
        placed.append((at, run))
        at += len(run.text)

    def marked(each: tuple[int, Run]) -> bool:
        start, run = each
        return what in run.marks and not run.revisions and not covered.has(start, start + len(run.text))

    for found, group in groupby(placed, key=marked):
        runs = list(group)
        if found and "".join(run.text for _, run in runs).strip():
            end = runs[-1][0] + len(runs[-1][1].text)
            yield Marked(what, Position(paragraph.index, runs[0][0]), Position(paragraph.index, end))


@dataclass(frozen=True, slots=True)
class _Covered:
    """The characters of a paragraph of which tracked changes say that they were marked, as stretches that do not touch."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, tracked: Sequence[Formatting], names: tuple[str, ...]) -> _Covered:
        """Those that changes of these looks speak of."""
        starts: list[int] = []
        ends: list[int] = []
        for change in tracked:  # in the order of their words
            if any(look.name in names for look in change.looks):
                start, end = change.start.offset, change.end.offset
                if ends and start <= ends[-1]:
                    ends[-1] = max(ends[-1], end)
                else:
                    starts.append(start)
                    ends.append(end)
        return cls(tuple(starts), tuple(ends))

    def has(self, start: int, end: int) -> bool:
        """Whether all these characters are among them."""
        at = bisect_right(self.starts, start) - 1
        return at >= 0 and end <= self.ends[at]


def _by_hand(marked: Marked, spots: Spots, issued: Sequence[Anchor]) -> Iterator[Remark]:
    """A remark for what of a marked stretch was issued without the mark."""
    spot = spots.spot(marked.start, marked.end)
    if spot is None or spot.start == spot.stop:
        return  # new words: the change that brought them is told
    anchor = issued[spot.anchor]
    for start, stop in _without(spot.start, spot.stop, anchor.extras, marked.what):
        words = anchor.text[start:stop]
        if words.strip():
            part = spots.part(spot, start, stop)
            yield at_spot(_hand(marked.what, words), part, issued)


def _without(start: int, stop: int, extras: Iterable[Extra], what: str) -> Iterator[tuple[int, int]]:
    """What is left of characters `start:stop` without those that were issued with this mark."""
    for begin, end, kind, _ in extras:
        if kind == what and begin < stop and end > start:
            if begin > start:
                yield start, begin
            start = max(start, end)
    if start < stop:
        yield start, stop


def _hand(what: str, words: str) -> Remark:
    return Remark(
        id="",
        kind=Kind.FORMAT,
        tracked=False,
        author="",
        date="",
        original=words,
        proposed="",
        comment=MARKS[what],
        confidence=Confidence.SURE,
        target=Unlocated("review.unaligned"),
        obstacle="review.format",
    )


def edge_formats(picture: Picture) -> Mapping[str, list[list[Formatting]]]:
    """The changes of looks in headers and footers, by story."""
    out: dict[str, list[list[Formatting]]] = {}
    for group in grouped(picture.edge_formats, picture.edges):
        out.setdefault(picture.edges[group[0].start.paragraph].story, []).append(group)
    return out
