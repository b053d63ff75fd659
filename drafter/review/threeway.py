"""Three ways: what was issued, what a reviewer made of it, and what it reads today, because its writers went on writing.

The change of the reviewer is carried over from the issued paragraph to that of today, in the printed text: there all three can be read side by
side, whatever happened to the markup, the lines and the files underneath. It is carried where the clause around it reads today as it was issued;
where today already reads as proposed there is nothing left to do; where the writers changed the same clause, nobody but a person can tell what it
should say, and the three texts are given. The edit itself is then made on the sources of today, under the guard of `apply`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from drafter.review.clauses import found, region, telling, window
from drafter.review.diff import Op
from drafter.review.locate import touched
from drafter.review.remarks import BREAK, Change
from drafter.review.since import Since
from drafter.review.values import take_apart
from drafter.source.frozen import dataclass
from drafter.source.origins import DataValue, Generated
from drafter.word.anchors import Anchor


@dataclass(frozen=True, slots=True)
class Texts:
    """The same words three times: as issued, as the reviewer wants them, as they are today. `key` where they are a datum's."""

    issued: str
    proposed: str
    today: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Carried:
    """A change on the paragraphs of today; or `change` is None and today already reads so (no `obstacle`), or why it cannot be carried.

    `paragraph` is the one of today, -1 for none, and `at` where in it the words stand.
    """

    change: Change | None = None
    obstacle: str = ""
    texts: Texts | None = None
    paragraph: int = -1
    at: int = 0


class _Stuck(Exception):
    """The change cannot be carried over."""

    def __init__(self, code: str, texts: Texts, paragraph: int = -1) -> None:
        super().__init__(code)
        self.carried = Carried(obstacle=code, texts=texts, paragraph=paragraph)


def carry(since: Since, change: Change) -> Carried:
    """A change of issued paragraphs, as one of those of today."""
    try:
        return _notes(since, change, _carried(since, change))
    except _Stuck as stuck:
        return stuck.carried


def _carried(since: Since, change: Change) -> Carried:
    length = len(since.issued[change.anchor].text)
    if BREAK not in change.new and change.end <= length:
        return _words(since, change)
    if change.start == change.end == length and change.new.startswith(BREAK):
        return _put_in(since, change, change.new[1:].split(BREAK), 1)
    if change.start == change.end == 0 and change.new.endswith(BREAK):
        return _put_in(since, change, change.new[:-1].split(BREAK), -1)
    if not change.new and change.start == 0 and change.end > length:
        return _struck(since, change)
    if not change.new and (change.start, change.end) == (length, length + 1):
        return _joined(since, change)
    if change.end <= length:
        return _split(since, change)
    return _whole(since, change)


def _notes(since: Since, change: Change, carried: Carried) -> Carried:
    """The footnotes that go along are the same ones still."""
    if carried.change is None or not change.notes:
        return carried
    for note in change.notes:
        here = since.now.get(note)
        if here is None or since.today[here].text != since.issued[note].text:
            raise _stuck(since, "apply.changed", note, "", here)
    notes = tuple(since.now[note] for note in change.notes)
    return replace(carried, change=replace(carried.change, notes=notes))


def _stuck(
    since: Since, code: str, index: int, proposed: str, here: int | None, today: str | None = None
) -> _Stuck:
    said = today if today is not None else since.today[here].text if here is not None else ""
    texts = Texts(since.issued[index].text, _shown(proposed), _shown(said))
    return _Stuck(code, texts, -1 if here is None else here)


def _shown(text: str) -> str:
    return text.replace(BREAK, "\n")


# -- words inside one paragraph -----------------------------------------------------------------------------------------


def _words(since: Since, change: Change) -> Carried:
    """A change of words: to where its clause stands today."""
    index, start, end = change.anchor, change.start, change.end
    a, here = since.issued[index].text, since.now.get(index)
    wanted = a[:start] + change.new + a[end:]
    if here is None:
        raise _stuck(since, "apply.gone", index, wanted, None)
    b = since.today[here].text
    if b == wanted:
        return Carried(paragraph=here, at=start)
    if b == a:
        shift = 0
    else:
        place = _clause(since, change, here)
        if place.change is None:
            return place
        shift = place.change.start - start
    if index in since.doubtful:
        raise _stuck(since, "apply.ambiguous", index, wanted, here)
    before, after = since.issued[index], since.today[here]
    if _ground(before, start, end) != _ground(after, start + shift, end + shift):
        raise _Stuck("apply.other-source", _three(since, change, here), here)
    moved = replace(change, anchor=here, start=start + shift, end=end + shift, like=_like(since, change))
    return Carried(moved, paragraph=here, at=start + shift)


def _clause(since: Since, change: Change, here: int) -> Carried:
    """Where the clause of a change stands in a paragraph that was changed since: there still, or as proposed already."""
    start, end = change.start, change.end
    a, b = since.issued[change.anchor].text, since.today[here].text
    x, y = telling(a, start, end, change.new)
    wanted = a[x:start] + change.new + a[end:y]
    done = found(b, wanted)
    if len(done) > len(found(a, wanted)):
        return Carried(paragraph=here, at=done[-1] + start - x)
    x, y = window(a, start, end, change.new)
    was = a[x:y]
    issued, today = found(a, was), found(b, was)
    if not was or x not in issued or len(issued) != len(today):
        raise _Stuck("apply.changed", _three(since, change, here), here)
    place = today[issued.index(x)]
    if start == end and ((start == 0 and place > 0) or (start == len(a) and place + len(was) < len(b))):
        # what was put in at the border of the paragraph meets what its writers put in there
        raise _Stuck("apply.same-place", _three(since, change, here), here)
    return Carried(replace(change, anchor=here, start=start + place - x, end=end + place - x))


def _three(since: Since, change: Change, here: int) -> Texts:
    """The clause as issued, proposed and today; of a datum its three values."""
    issued, today = since.issued[change.anchor], since.today[here]
    a, b = issued.text, today.text
    start, end = change.start, change.end
    value = take_apart(issued, Op(start, end, change.new)).value
    if value is not None:
        key = value.value.datum.key
        for piece in today.pieces:
            if isinstance(piece.origin, DataValue) and piece.origin.datum.key == key:
                return Texts(value.was, value.text, b[piece.start : piece.end], key)
    x, y = telling(a, start, end, change.new)
    first, last = region(a, b, x, y)
    return Texts(a[x:y], _shown(a[x:start] + change.new + a[end:y]), b[first:last])


def _ground(anchor: Anchor, start: int, end: int) -> list[str]:
    """What the characters of a change and those beside it are: words, data by their keys, what nobody typed."""
    out: list[str] = []
    for piece in touched(anchor, start - 1, end + 1):
        origin = piece.origin
        if isinstance(origin, DataValue):
            said = f"={origin.datum.key}"
        else:
            said = origin.what if isinstance(origin, Generated) else ""
        if said not in out[-1:]:
            out.append(said)
    return out


def _like(since: Since, change: Change) -> int:
    return since.now.get(change.like, -1)


# -- whole paragraphs ---------------------------------------------------------------------------------------------------


def _put_in(since: Since, change: Change, texts: Sequence[str], step: int) -> Carried:
    """New paragraphs after one (`step` 1) or before one (-1): there, if its writers have put nothing in at the same place."""
    here = since.now.get(change.anchor)
    proposed = BREAK.join(texts)
    if here is None:
        raise _stuck(since, "apply.gone", change.anchor, proposed, None)
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
        raise _stuck(since, "apply.same-place", change.anchor, proposed, here, BREAK.join(said))
    if change.anchor in since.doubtful:
        raise _stuck(since, "apply.ambiguous", change.anchor, proposed, here)
    if change.row and not _same_row(since, change.anchor, here):
        raise _stuck(since, "apply.changed", change.anchor, proposed, here)
    point = len(since.today[here].text) if step > 0 else 0
    moved = replace(change, anchor=here, start=point, end=point, like=_like(since, change))
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


def _struck(since: Since, change: Change) -> Carried:
    """Paragraphs struck out: those of today that read the same, side by side; if they are gone already it is done."""
    gone = _covered(since, change)
    if not any(index in since.now for index in gone) and _closed(since, gone[0] - 1, gone[-1] + 1):
        return Carried(paragraph=since.now.get(gone[0] - 1, -1))
    return _whole(since, change)


def _closed(since: Since, before: int, after: int) -> bool:
    """Whether nothing new stands where paragraphs are gone."""
    left, right = since.now.get(before), since.now.get(after)
    return (left is not None and left + 1 not in since.new) and (
        right is not None and right - 1 not in since.new
    )


def _whole(since: Since, change: Change) -> Carried:
    """A change over several paragraphs, where each of them reads today as it was issued, one after the other."""
    covered = _covered(since, change)
    here = since.now.get(covered[0])
    issued = BREAK.join(since.issued[index].text for index in covered)
    proposed = issued[: change.start] + change.new + issued[change.end :]
    partners = [since.now.get(index) for index in covered]
    known = [each for each in partners if each is not None]
    today = BREAK.join(since.today[each].text for each in known)
    texts = Texts(_shown(issued), _shown(proposed), _shown(today))
    if here is None or len(known) < len(partners):
        raise _Stuck("apply.gone", texts, known[0] if known else -1)
    if today != issued or known != list(range(here, here + len(known))):
        raise _Stuck("apply.changed", texts, here)
    if since.doubtful & set(covered):
        raise _Stuck("apply.ambiguous", texts, here)
    if change.row and not _same_row(since, covered[0], here):
        raise _Stuck("apply.changed", texts, here)
    return Carried(replace(change, anchor=here, like=_like(since, change)), paragraph=here)


def _split(since: Since, change: Change) -> Carried:
    """A paragraph split: where its clause stands, if it does not end there already."""
    a, here = since.issued[change.anchor].text, since.now.get(change.anchor)
    start, end = change.start, change.end
    x, y = telling(a, start, end, change.new)
    first, *_, last = (a[x:start] + change.new + a[end:y]).split(BREAK)
    for at in range(here or 0, min((here or 0) + 2, len(since.today))) if here is not None else ():
        before = since.today[at - 1].text if at else ""
        if before.endswith(first) and since.today[at].text.startswith(last) and first and last:
            return Carried(paragraph=at)
    return _words(since, change)


def _joined(since: Since, change: Change) -> Carried:
    """Two paragraphs made one: where they still meet as they did."""
    one, two = change.anchor, change.anchor + 1
    if two >= len(since.issued):
        return _whole(since, change)
    a, b = since.issued[one].text, since.issued[two].text
    left, right = a[window(a, len(a), len(a), "")[0] :], b[: window(b, 0, 0, "")[1]]
    here, next_ = since.now.get(one), since.now.get(two)
    for at in (here, next_):
        if at is not None and left and right and left + right in since.today[at].text:
            return Carried(paragraph=at)
    if here is None or next_ is None or {one, two} & since.doubtful:
        return _whole(since, change)
    before, after = since.today[here].text, since.today[next_].text
    if next_ != here + 1 or not before.endswith(left) or not after.startswith(right):
        return _whole(since, change)
    moved = replace(change, anchor=here, start=len(before), end=len(before) + 1, like=_like(since, change))
    return Carried(moved, paragraph=here)
