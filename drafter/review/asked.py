"""Open questions that writers have put into the text since it was issued: what is proposed to come or to go is theirs, and nothing is put into it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from drafter.review.clauses import window
from drafter.review.ground import in_markdown
from drafter.review.remarks import BREAK, Change
from drafter.source.files import Source
from drafter.source.origins import SourceSlice
from drafter.word.anchors import Anchor

_QUESTION = re.compile(r"\{\+\+.*?\+\+\}|\{--.*?--\}|\{~~.*?~~\}", re.DOTALL)
_LONGEST = 4000  # characters before a place in which a question may begin that reaches to it


def asked(
    today: Sequence[Anchor], sources: Mapping[str, Source], issued: Iterable[str], change: Change
) -> bool:
    """Whether a change of paragraphs of today touches a clause with a question; one that stands in the `issued` texts was seen by who changed it."""
    known = tuple(issued)
    for index, start, end in _stretches(today, change):
        for path, first, last in _places(today[index], start, end):
            source = sources.get(path)
            if source is None or not in_markdown(source, first):
                continue
            for found in _QUESTION.finditer(source.text, max(first - _LONGEST, 0), last + _LONGEST):
                touches = found.start() <= last and first <= found.end()
                if touches and not any(found.group() in text for text in known):
                    return True
    return False


def _stretches(today: Sequence[Anchor], change: Change) -> Iterator[tuple[int, int, int]]:
    """The clauses that a change stands in; of one over several paragraphs the whole of these."""
    text = today[change.anchor].text
    if BREAK not in change.new and change.end <= len(text):
        yield change.anchor, *window(text, change.start, change.end, change.new)
        return
    left, index = change.end, change.anchor
    while index < len(today) and left >= 0:
        yield index, 0, len(today[index].text)
        left -= len(today[index].text) + 1
        index += 1


def _places(anchor: Anchor, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """The stretch of each file that characters of a paragraph come from."""
    found: dict[str, list[SourceSlice]] = {}
    for piece in anchor.pieces:
        if piece.start <= end and piece.end >= start:
            origin = piece.origin
            exact = isinstance(origin, SourceSlice) and origin.end - origin.start == piece.end - piece.start
            if isinstance(origin, SourceSlice):
                shift = (max(start - piece.start, 0), max(piece.end - end, 0)) if exact else (0, 0)
                place = SourceSlice(origin.path, origin.start + shift[0], origin.end - shift[1])
                found.setdefault(place.path, []).append(place)
            elif origin.expression is not None:
                found.setdefault(origin.expression.path, []).append(origin.expression)
    for path, places in found.items():
        yield path, min(each.start for each in places), max(each.end for each in places)
