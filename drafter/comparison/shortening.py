"""A long paragraph with a small change, cut to the sentences concerned; what is left out is an ellipsis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from drafter.comparison.model import Segment, State

WHOLE = 60
"""Characters up to which a paragraph is shown whole, sentences or not."""

LEFT_OUT = "…"
_ENDS, _CLOSING = "。！？；\n", "”’」』）》〕】"


def shortened(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The same without the sentences in which nothing was changed."""
    joined = merged(segments)
    if sum(len(segment.text) for segment in joined) <= WHOLE:
        return joined
    out: list[Segment] = []
    gap = False
    for sentence, shown in _concerned(list(_sentences(joined))):
        if not shown:
            gap = True
            continue
        out += [Segment(State.KEPT, LEFT_OUT)] if gap else []
        out += sentence
        gap = False
    out += [Segment(State.KEPT, LEFT_OUT)] if gap else []
    return merged(out)


def _concerned(sentences: Sequence[list[Segment]]) -> Iterator[tuple[list[Segment], bool]]:
    """Each sentence, and whether it is shown: because something was changed in it, or the one behind it is new or gone as a whole."""
    changed = [any(segment.state is not State.KEPT for segment in sentence) for sentence in sentences]
    shown = list(changed)
    for at, sentence in enumerate(sentences):
        if all(segment.state is not State.KEPT for segment in sentence):
            beside = at - 1 if at else next((n for n, each in enumerate(changed) if not each), at)
            shown[beside] = True
    yield from zip(sentences, shown, strict=True)


def merged(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """Neighbours of one state as one."""
    out: list[Segment] = []
    for segment in segments:
        if out and out[-1].state is segment.state:
            out[-1] = Segment(segment.state, out[-1].text + segment.text)
        elif segment.text:
            out.append(segment)
    return tuple(out)


def _sentences(segments: Sequence[Segment]) -> Iterator[list[Segment]]:
    """The sentences with what went and what came in them; a mark that ends one ends it whatever became of the mark."""
    sentence: list[Segment] = []
    for segment in segments:
        start = 0
        for end in _cuts(segment.text):
            sentence.append(Segment(segment.state, segment.text[start:end]))
            yield sentence
            sentence, start = [], end
        if start < len(segment.text):
            sentence.append(Segment(segment.state, segment.text[start:]))
    if sentence:
        yield sentence


def _cuts(text: str) -> Iterator[int]:
    for at, character in enumerate(text, 1):
        if character in _ENDS:
            end = at
            while end < len(text) and text[end] in _CLOSING:
                end += 1
            if end == len(text) or text[end] not in _ENDS:
                yield end
