"""The heaviest part of some pairs that keeps its order on both sides."""

from __future__ import annotations

from collections.abc import Sequence


def heaviest(pairs: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """Of pairs `(i, j, weight)` with each i and j once: the chain in which both rise whose weights sum up highest."""
    if not pairs:
        return []
    ordered = sorted(pairs)
    places = {j: at for at, j in enumerate(sorted(j for _, j, _ in ordered), 1)}
    best: list[tuple[int, int]] = [(0, -1)] * (
        len(places) + 1
    )  # a Fenwick tree of (weight so far, index of its last)
    before = [-1] * len(ordered)
    top, last = 0, -1
    for index, (_, j, weight) in enumerate(ordered):
        reached, before[index] = _highest(best, places[j] - 1)
        reached += weight
        _raise(best, places[j], (reached, index))
        if reached > top:
            top, last = reached, index
    chain = []
    while last >= 0:
        i, j, _ = ordered[last]
        chain.append((i, j))
        last = before[last]
    return chain[::-1]


def _highest(tree: list[tuple[int, int]], place: int) -> tuple[int, int]:
    found = (0, -1)
    while place:
        found = max(found, tree[place])
        place -= place & -place
    return found


def _raise(tree: list[tuple[int, int]], place: int, entry: tuple[int, int]) -> None:
    while place < len(tree):
        tree[place] = max(tree[place], entry)
        place += place & -place
