"""Whole paragraphs put in, struck out, split and joined, carried over to what a plan prints today (see `threeway`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from drafter.review.carried import Carried, Stuck, Texts, like, shown, stuck
from drafter.review.clauses import telling, window
from drafter.review.remarks import BREAK, Change
from drafter.review.since import Since
from drafter.word.anchors import Anchor


def put_in(since: Since, change: Change, texts: Sequence[str], step: int) -> Carried:
    """New paragraphs after one (`step` 1) or before one (-1): there, if its writers have put nothing in at the same place."""
    here = since.now.get(change.anchor)
    proposed = BREAK.join(texts)
    if here is None:
        raise stuck(since, "apply.gone", change.anchor, proposed, None)
    between: list[int] = []
    at = here + step
    while at in since.new:
        between.append(at)
        at += step
    between.sort()
    said = [since.today[each].text for each in between]
    for first in range(len(said) - len(texts) + 1):
        if said[first : first + len(texts)] == list(texts):
            return Carried(paragraph=between[first])
    if between:
        raise stuck(since, "apply.same-place", change.anchor, proposed, here, BREAK.join(said))
    if change.anchor in since.doubtful:
        raise stuck(since, "apply.ambiguous", change.anchor, proposed, here)
    if change.row and not _same_row(since, change.anchor, here):
        raise stuck(since, "apply.changed", change.anchor, proposed, here)
    point = len(since.today[here].text) if step > 0 else 0
    moved = replace(change, anchor=here, start=point, end=point, like=like(since, change))
    return Carried(moved, paragraph=here)


def _same_row(since: Since, index: int, here: int) -> bool:
    """Whether a cell ends its row today as it did, of as many cells."""
    return [each.column for each in _row(since.issued, index)] == [
        each.column for each in _row(since.today, here)
    ]


def _row(anchors: Sequence[Anchor], index: int) -> Sequence[Anchor]:
    first = last = index
    while first and anchors[first - 1].column >= 0 and anchors[first - 1].name == anchors[index].name:
        first -= 1
    while (
        last + 1 < len(anchors)
        and anchors[last + 1].column >= 0
        and anchors[last + 1].name == anchors[index].name
    ):
        last += 1
    return [*anchors[first : last + 1], anchors[index]]


def _covered(since: Since, change: Change) -> list[int]:
    """The issued paragraphs that a change begins in, ends in or takes away."""
    out, left = [], change.end
    index = change.anchor
    while index < len(since.issued):
        out.append(index)
        left -= len(since.issued[index].text) + 1
        if left <= 0:
            break
        index += 1
    return out


def struck(since: Since, change: Change) -> Carried:
    """Paragraphs struck out: those of today that read the same, side by side; if they are gone already it is done."""
    gone = _covered(since, change)
    if not any(index in since.now for index in gone) and _closed(since, gone[0] - 1, gone[-1] + 1):
        return Carried(paragraph=since.now.get(gone[0] - 1, -1))
    return whole(since, change)


def _closed(since: Since, before: int, after: int) -> bool:
    """Whether nothing new stands where paragraphs are gone."""
    left, right = since.now.get(before), since.now.get(after)
    return (left is not None and left + 1 not in since.new) and (
        right is not None and right - 1 not in since.new
    )


def whole(since: Since, change: Change) -> Carried:
    """A change over several paragraphs, where each of them reads today as it was issued, one after the other."""
    covered = _covered(since, change)
    here = since.now.get(covered[0])
    issued = BREAK.join(since.issued[index].text for index in covered)
    proposed = issued[: change.start] + change.new + issued[change.end :]
    partners = [since.now.get(index) for index in covered]
    known = [each for each in partners if each is not None]
    today = BREAK.join(since.today[each].text for each in known)
    texts = Texts(shown(issued), shown(proposed), shown(today))
    if here is None or len(known) < len(partners):
        raise Stuck("apply.gone", texts, known[0] if known else -1)
    if today != issued or known != list(range(here, here + len(known))):
        raise Stuck("apply.changed", texts, here)
    if since.doubtful & set(covered):
        raise Stuck("apply.ambiguous", texts, here)
    if change.row and not _same_row(since, covered[0], here):
        raise Stuck("apply.changed", texts, here)
    return Carried(replace(change, anchor=here, like=like(since, change)), paragraph=here)


def split_already(since: Since, change: Change) -> Carried | None:
    """A paragraph that is to be split, where it ends there already; None where it does not."""
    a, here = since.issued[change.anchor].text, since.now.get(change.anchor)
    start, end = change.start, change.end
    x, y = telling(a, start, end, change.new)
    first, *_, last = (a[x:start] + change.new + a[end:y]).split(BREAK)
    for at in range(here or 0, min((here or 0) + 2, len(since.today))) if here is not None else ():
        before = since.today[at - 1].text if at else ""
        if before.endswith(first) and since.today[at].text.startswith(last) and first and last:
            return Carried(paragraph=at)
    return None


def joined(since: Since, change: Change) -> Carried:
    """Two paragraphs made one: where they still meet as they did."""
    one, two = change.anchor, change.anchor + 1
    if two >= len(since.issued):
        return whole(since, change)
    a, b = since.issued[one].text, since.issued[two].text
    left, right = a[window(a, len(a), len(a), "")[0] :], b[: window(b, 0, 0, "")[1]]
    here, next_ = since.now.get(one), since.now.get(two)
    for at in (here, next_):
        if at is not None and left and right and left + right in since.today[at].text:
            return Carried(paragraph=at)
    if here is None or next_ is None or {one, two} & since.doubtful:
        return whole(since, change)
    before, after = since.today[here].text, since.today[next_].text
    if next_ != here + 1 or not before.endswith(left) or not after.startswith(right):
        return whole(since, change)
    moved = replace(change, anchor=here, start=len(before), end=len(before) + 1, like=like(since, change))
    return Carried(moved, paragraph=here)
