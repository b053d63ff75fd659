"""Which lines of a text became which of another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_WEIGHED = 2_000_000_000  # pairs of lines; the comparing takes a bit of memory for each

Stretch = tuple[int, int, int, int]
"""Lines `a:b` of the old text became lines `c:d` of the new one, as `(a, b, c, d)`."""


def changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    """The stretches that differ, in order; what stands between two of them is the same.

    Files beyond all use, of some ten thousand lines changed from end to end, are held against each other line by line.
    """
    head = common(old, new)
    tail = min(common(old[::-1], new[::-1]), len(old) - head, len(new) - head)
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    found = _compared(a, b) if len(a) * len(b) <= _WEIGHED else _in_step(a, b)
    yield from ((w + head, x + head, y + head, z + head) for w, x, y, z in found)


def common(old: Sequence[str], new: Sequence[str]) -> int:
    """With how many equal items both begin."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    if not old or not new:
        yield from [(0, len(old), 0, len(new))] if old or new else ()
        return
    # not difflib: lines that stand in every row of a table cost it the square of their number
    from rapidfuzz.distance import Indel

    at = to = 0
    for op in Indel.opcodes(old, new):
        if op.tag == "equal":
            if (at, to) != (op.src_start, op.dest_start):
                yield at, op.src_start, to, op.dest_start
            at, to = op.src_end, op.dest_end
    if (at, to) != (len(old), len(new)):
        yield at, len(old), to, len(new)


def _in_step(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    both = min(len(old), len(new))
    yield from ((at, at + 1, at, at + 1) for at in range(both) if old[at] != new[at])
    if len(old) != len(new):
        yield both, len(old), both, len(new)
