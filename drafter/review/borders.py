"""Two paragraphs between which words went over: the border was moved, by splitting the one and joining what was split off to the other.

Each paragraph by itself would lose words and get them, written as plain words: without the data that printed them, and with no place for what
else was done inside them. Held together, the two lost one paragraph end and got another, and every word keeps its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import Indel

from drafter.picture.model import ViewParagraph
from drafter.review.pairs import Pair
from drafter.word.anchors import Anchor

_MOVED = 8
"""As many characters over a border are no chance."""
_BORDER = "border"
_WHOLE = frozenset(("alike", "bookmark", "rewritten"))


def bordered(
    pairs: Iterable[Pair], issued: Sequence[Anchor], returned: Sequence[ViewParagraph]
) -> Iterator[Pair]:
    """The pairs, neighbours joined where words of the one stand in the other now."""
    last: Pair | None = None
    for pair in pairs:
        if last is not None and _went_over(last, pair, issued, returned):
            last = Pair((*last.issued, *pair.issued), (*last.returned, *pair.returned), _BORDER)
            continue
        if last is not None:
            yield last
        last = pair
    if last is not None:
        yield last


def _went_over(one: Pair, two: Pair, issued: Sequence[Anchor], returned: Sequence[ViewParagraph]) -> bool:
    """Whether the last paragraph of `one` and the only one of `two` explain each other better together than apart."""
    if not (_whole(two) and (_whole(one) or one.how == _BORDER)):
        return False
    k, j = one.issued[-1], one.returned[-1]
    if (k + 1, j + 1) != (two.issued[0], two.returned[0]):
        return False
    ours, theirs = (issued[k].text, issued[k + 1].text), (returned[j].text, returned[j + 1].text)
    if ours[0] == theirs[0] or ours[1] == theirs[1]:
        return False
    apart = sum(Indel.distance(a, b) for a, b in zip(ours, theirs, strict=True))
    return apart - Indel.distance("".join(ours), "".join(theirs)) >= _MOVED * 2


def _whole(pair: Pair) -> bool:
    """Whether it is one paragraph that stayed one, in its place, with other words."""
    return pair.how in _WHOLE and not pair.moved and len(pair.issued) == 1 == len(pair.returned)
