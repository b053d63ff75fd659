"""Three ways: what was issued, what a reviewer made of it, and what it reads today, because its writers went on writing.

The change of the reviewer is carried over from the issued paragraph to that of today, in the printed text: there all three can be read side by
side, whatever happened to the markup, the lines and the files underneath. It is carried where the clause around it reads today as it was issued;
where today already reads as proposed there is nothing left to do; where the writers changed the same clause, nobody but a person can tell what it
should say, and the three texts are given. The edit itself is then made on the sources of today, under the guard of `apply`.
"""

from __future__ import annotations

from dataclasses import replace

from drafter.review.carried import Carried, Stuck, Texts, like, shown, stuck
from drafter.review.clauses import found, region, telling, window
from drafter.review.diff import Op
from drafter.review.locate import touched
from drafter.review.paragraphs import joined, put_in, split_already, struck, whole
from drafter.review.remarks import BREAK, Change
from drafter.review.since import Since
from drafter.review.values import take_apart
from drafter.source.lines import common
from drafter.source.origins import DataValue, Generated
from drafter.word.anchors import Anchor


def carry(since: Since, change: Change) -> Carried:
    """A change of issued paragraphs, as one of those of today."""
    try:
        return _notes(since, change, _carried(since, change))
    except Stuck as reason:
        return reason.carried


def _carried(since: Since, change: Change) -> Carried:
    length = len(since.issued[change.anchor].text)
    if BREAK not in change.new and change.end <= length:
        return _words(since, change)
    if change.start == change.end == length and change.new.startswith(BREAK):
        return put_in(since, change, change.new[1:].split(BREAK), 1)
    if change.start == change.end == 0 and change.new.endswith(BREAK):
        return put_in(since, change, change.new[:-1].split(BREAK), -1)
    if not change.new and change.start == 0 and change.end > length:
        return struck(since, change)
    if not change.new and (change.start, change.end) == (length, length + 1):
        return joined(since, change)
    if change.end <= length:
        return split_already(since, change) or _words(since, change)
    return whole(since, change)


def _notes(since: Since, change: Change, carried: Carried) -> Carried:
    """The footnotes that go along are the same ones still."""
    if carried.change is None or not change.notes:
        return carried
    for note in change.notes:
        here = since.now.get(note)
        if here is None or since.today[here].text != since.issued[note].text:
            raise stuck(since, "apply.changed", note, "", here)
    notes = tuple(since.now[note] for note in change.notes)
    return replace(carried, change=replace(carried.change, notes=notes))


def _words(since: Since, change: Change) -> Carried:
    """A change of words: to where its clause stands today, as it was issued, else as other opinions that were brought in have left it."""
    index, start, end = change.anchor, change.start, change.end
    a, here = since.issued[index].text, since.now.get(index)
    wanted = a[:start] + change.new + a[end:]
    if here is None:
        raise stuck(since, "apply.gone", index, wanted, None)
    b = since.today[here].text
    if b == wanted:
        return Carried(paragraph=here, at=start)
    if b == a:
        return _settled(since, change, here, 0)
    try:
        place = _clause(since, change, here, a)
    except Stuck as reason:
        carried = _beside_others(since, change, here)
        if carried is None:
            raise reason from None
        return carried
    return place if place.change is None else _settled(since, change, here, place.change.start - start)


def _settled(since: Since, change: Change, here: int, shift: int) -> Carried:
    """A change at its place today, if the words there come from where they came from."""
    index, start, end = change.anchor, change.start, change.end
    before, after = since.issued[index], since.today[here]
    if index in since.doubtful:
        wanted = before.text[:start] + change.new + before.text[end:]
        raise stuck(since, "apply.ambiguous", index, wanted, here)
    if _ground(before, start, end) != _ground(after, start + shift, end + shift):
        raise Stuck("apply.other-source", _three(since, change, here), here)
    moved = replace(change, anchor=here, start=start + shift, end=end + shift, like=like(since, change))
    return Carried(moved, paragraph=here, at=start + shift)


def _beside_others(since: Since, change: Change, here: int) -> Carried | None:
    """The same where others were brought in beside it; None where none were, at the very place, or that is not what stands there."""
    text = since.issued[change.anchor].text
    own = _differing(text, change)
    others = {_differing(text, each) for each in since.made.get(change.anchor, ()) if BREAK not in each.new}
    beside = [each for each in others if each.end <= own.start or each.start >= own.end]
    if not beside or any((each.start, each.end) == (own.start, own.end) for each in beside):
        return None
    start, end = own.start, own.end
    for each in sorted(beside, key=lambda one: (one.start, one.end), reverse=True):
        text = text[: each.start] + each.new + text[each.end :]
        grown = len(each.new) - (each.end - each.start)
        start, end = (start + grown, end + grown) if each.end <= own.start else (start, end)
    try:
        place = _clause(since, replace(own, start=start, end=end), here, text)
    except Stuck:  # the three texts that are shown are those without the others
        return None
    return place if place.change is None else _settled(since, own, here, place.change.start - own.start)


def _differing(text: str, change: Change) -> Change:
    """A change of words without those at its borders that stay."""
    old = text[change.start : change.end]
    head = common(old, change.new)
    tail = min(common(old[::-1], change.new[::-1]), len(old) - head, len(change.new) - head)
    new = change.new[head : len(change.new) - tail]
    return replace(change, start=change.start + head, end=change.end - tail, new=new)


def _clause(since: Since, change: Change, here: int, a: str) -> Carried:
    """Where the clause of a change of a text stands in a paragraph that was changed since: there still, or as proposed already."""
    start, end = change.start, change.end
    b = since.today[here].text
    x, y = telling(a, start, end, change.new)
    wanted = a[x:start] + change.new + a[end:y]
    done = found(b, wanted)
    if len(done) > len(found(a, wanted)):
        return Carried(paragraph=here, at=done[-1] + start - x)
    x, y = window(a, start, end, change.new)
    was = a[x:y]
    issued, today = found(a, was), found(b, was)
    if not was or x not in issued or len(issued) != len(today):
        raise Stuck("apply.changed", _three(since, change, here), here)
    place = today[issued.index(x)]
    if start == end and ((start == 0 and place > 0) or (start == len(a) and place + len(was) < len(b))):
        # what was put in at the border of the paragraph meets what its writers put in there
        raise Stuck("apply.same-place", _three(since, change, here), here)
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
    return Texts(a[x:y], shown(a[x:start] + change.new + a[end:y]), b[first:last])


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
