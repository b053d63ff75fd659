"""What was done, found but not yet located: and how a silent change is found, by comparing what was issued with what came back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rapidfuzz.distance import Indel

from drafter.picture.model import ViewParagraph
from drafter.review.align import Alignment
from drafter.review.diff import changes
from drafter.review.pairs import Pair
from drafter.review.remarks import BREAK, Change, Confidence, Kind
from drafter.review.wording import NAMES, object_words
from drafter.source.frozen import dataclass
from drafter.word.anchors import OBJECT, Anchor

_LIKELY, _UNSURE = 0.75, 0.55


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was done: `change` in the issued text, or None with the obstacle that says why there is none."""

    kind: Kind
    original: str
    proposed: str
    change: Change | None
    confidence: Confidence = Confidence.SURE
    obstacle: str = ""
    author: str = ""
    date: str = ""
    tracked: bool = False
    marks: tuple[str, ...] = ()
    order: tuple[int, int] = (0, 0)


def silent(
    issued: Sequence[Anchor], returned: Sequence[ViewParagraph], alignment: Alignment
) -> Iterator[Found]:
    """What differs between the issued text and the view of a returned file that should equal it."""
    styles = styles_of(alignment, returned)
    aside = Aside.of(returned)
    last = -1
    for pair in alignment.pairs:
        if pair.how in {"inserted", "copy"}:
            made = _inserted(issued, returned, pair, last, styles)
            yield replace(made, proposed=aside.shown(pair.returned, made.proposed, 0, len(made.proposed)))
            continue
        if pair.how == "deleted":
            yield _deleted(issued, pair)
        else:
            yield from _compared(issued, returned, pair, aside)
        if not pair.moved:
            last = max(last, *pair.issued)


def styles_of(alignment: Alignment, returned: Sequence[ViewParagraph]) -> Mapping[int, str]:
    """The style that each issued paragraph has in the returned file."""
    return {
        mine: returned[other].style
        for pair in alignment.pairs
        if pair.how != "copy"
        for mine, other in zip(pair.issued, pair.returned, strict=False)
    }


def liking(styles: Mapping[int, str], style: str, before: int) -> int:
    """Which neighbour a new paragraph of this style is like: the one before, the one after, or neither (-1)."""
    for index in (before, before + 1):
        if styles.get(index) == style:
            return index
    return -1


def put_in(after: int, issued: Sequence[Anchor], text: str, like: int, *, row: bool = False) -> Change:
    """A new paragraph after the issued one with index `after`; before the first where that is -1."""
    if after < 0:
        return Change(0, 0, 0, text + BREAK, like, row)
    end = len(issued[after].text)
    return Change(after, end, end, BREAK + text, like, row)


def _inserted(
    issued: Sequence[Anchor],
    returned: Sequence[ViewParagraph],
    pair: Pair,
    last: int,
    styles: Mapping[int, str],
) -> Found:
    text = BREAK.join(returned[index].text for index in pair.returned)
    like = liking(styles, returned[pair.returned[0]].style, last)
    kind = Kind.COPY if pair.how == "copy" else Kind.PARAGRAPH_INSERTION
    original = BREAK.join(issued[index].text for index in pair.issued)
    change = put_in(last, issued, text, like, row=pair.row)
    return Found(
        kind,
        shown(original),
        shown(text),
        change,
        obstacle="review.copy" if kind is Kind.COPY else "",
        order=(max(last, 0), len(issued[last].text) if last >= 0 else 0),
    )


def _deleted(issued: Sequence[Anchor], pair: Pair) -> Found:
    text = BREAK.join(issued[index].text for index in pair.issued)
    change = Change(pair.issued[0], 0, len(text) + 1, "", row=pair.row)
    gone = shown(text) + _objects(issued, pair.issued, 0, len(text))
    return Found(Kind.PARAGRAPH_DELETION, gone, "", change, order=(pair.issued[0], 0))


def _objects(issued: Sequence[Anchor], indexes: Sequence[int], start: int, end: int) -> str:
    """What the objects were among the characters `start:end` of these issued paragraphs joined, each in a line."""
    at, out = 0, ""
    for index in indexes:
        for begin, _, kind, what in issued[index].extras:
            if kind in NAMES and start <= at + begin < end:
                out += f"\n［{NAMES[kind]}］{'' if kind == 'picture' else what}"
        at += len(issued[index].text) + 1
    return out


def _compared(
    issued: Sequence[Anchor], returned: Sequence[ViewParagraph], pair: Pair, aside: Aside
) -> Iterator[Found]:
    first = pair.issued[0]
    old = BREAK.join(issued[index].text for index in pair.issued)
    new = BREAK.join(returned[index].text for index in pair.returned)
    together = all(b == a + 1 for a, b in zip(pair.issued, pair.issued[1:], strict=False))
    sure = _confidence(pair, old, new)
    if pair.moved:
        yield Found(
            Kind.MOVE, shown(old), shown(old), None, Confidence.LIKELY, "review.move", order=(first, -1)
        )
    shift = 0
    for op in changes(old, new):
        before = old[op.start : op.end]
        start = op.start + shift
        shift += len(op.new) - len(before)
        head = old[: op.start]
        index, at = pair.issued[head.count(BREAK)], len(head) - head.rfind(BREAK) - 1
        yield Found(
            kind_of(before, op.new),
            shown(before) + _objects(issued, pair.issued, op.start, op.end),
            aside.shown(pair.returned, new, start, start + len(op.new)),
            Change(index, at, at + len(before), op.new) if together else None,
            sure,
            "" if together else "review.structure",
            order=(index, at),
        )


def _confidence(pair: Pair, old: str, new: str) -> Confidence:
    if pair.how in {"exact", "bookmark", "cell"}:
        return Confidence.SURE
    likeness = Indel.normalized_similarity(old, new)
    if pair.how == "rewritten" or likeness < _LIKELY:
        return Confidence.UNSURE if pair.how == "alike" and likeness < _UNSURE else Confidence.LIKELY
    return Confidence.SURE


def kind_of(original: str, proposed: str) -> Kind:
    """What a change of these words is, before anyone knows what they are."""
    if BREAK in original:
        return Kind.MERGE
    if BREAK in proposed:
        return Kind.SPLIT
    if original and proposed:
        return Kind.REPLACEMENT
    return Kind.INSERTION if proposed else Kind.DELETION


def shown(text: str) -> str:
    """Words as people read them: the end of a paragraph is a line end."""
    return text.replace(BREAK, "\n")


@dataclass(frozen=True, slots=True)
class Aside:
    """The words of text boxes and endnotes, which are told with the object that was put in: nobody issued such stories."""

    returned: Sequence[ViewParagraph]
    endnotes: Mapping[str, str]

    @classmethod
    def of(cls, returned: Sequence[ViewParagraph]) -> Aside:
        """The words beside a view."""
        found: dict[str, list[str]] = {}
        for paragraph in returned:
            if paragraph.story.startswith("endnote:"):
                found.setdefault(paragraph.story, []).append(paragraph.text)
        return cls(returned, {story: "\n".join(lines) for story, lines in found.items()})

    def shown(self, indexes: Sequence[int], text: str, start: int, end: int) -> str:
        """The words `start:end` of these paragraphs joined, each object with the words that hang on it."""
        piece = text[start:end]
        if OBJECT not in piece:
            return shown(piece)
        # Of objects side by side a comparison cannot say which is the new one.
        last = end
        while start and text[start - 1] == OBJECT:
            start -= 1
        while last < len(text) and text[last] == OBJECT:
            last += 1
        hanging = [words for at, words in self._objects(indexes) if start <= at < last and words]
        return shown(piece) + "".join(f"\n{words}" for words in hanging)

    def _objects(self, indexes: Sequence[int]) -> Iterator[tuple[int, str]]:
        """Where objects that are no fields stand in these paragraphs joined, and their words."""
        at = 0
        for index in indexes:
            for stretch in self.returned[index].stretches:
                run = stretch.run
                if run.text == OBJECT and not run.field:
                    yield at + stretch.start, object_words(run) or self.endnotes.get(run.note, "")
            at += len(self.returned[index].text) + 1
