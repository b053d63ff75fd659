"""Where the paragraphs of one version are in another: those that read the same, and between them those that were changed in their places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from rapidfuzz.distance import Indel, LCSseq

from drafter.word.anchors import Anchor

_ALIKE = 0.5
"""The share of words that a changed paragraph must have kept, that it is the same."""


def followed(one: Sequence[Anchor], other: Sequence[Anchor]) -> Mapping[int, int]:
    """The paragraph of the other version for each of this one that is there, by their numbers in the records."""
    mine, theirs = ([f"{each.kind} {each.text}" for each in side] for side in (one, other))
    same = [
        (step.src_start + more, step.dest_start + more)
        for step in LCSseq.opcodes(mine, theirs)
        if step.tag == "equal"
        for more in range(step.src_end - step.src_start)
    ]
    found = dict(same)
    for (a, b), (c, d) in pairwise(((-1, -1), *same, (len(mine), len(theirs)))):
        found.update(_changed(one, other, range(a + 1, c), range(b + 1, d)))
    return MappingProxyType(found)


def _changed(
    one: Sequence[Anchor], other: Sequence[Anchor], mine: range, theirs: range
) -> Iterator[tuple[int, int]]:
    """Pairs of one kind that are alike enough, in order: each with the first that is left."""
    at = theirs.start
    for number in mine:
        for place in range(at, theirs.stop):
            same = one[number].kind == other[place].kind
            if same and Indel.normalized_similarity(one[number].text, other[place].text) >= _ALIKE:
                yield number, place
                at = place + 1
                break
