"""Which rows somebody means: `R2-003`, a range `R2-003..R2-009`, several of them in one word with `、` or a comma between."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from drafter.source.issues import Issue, Outcome, Place
from drafter.source.listed import listed
from drafter.source.nearest import suggestion

_SEPARATORS = re.compile("[、，,；;\\s]+")
_RANGE = re.compile(r"(?:\.\.+|…|—|～|~)")
_NOWHERE = Place("")


def named(ids: Iterable[str], words: Iterable[str], alone: Collection[str] = ()) -> Outcome[tuple[str, ...]]:
    """The ids that words of the command line mean, each once, in the order of `ids` inside a range.

    Every word that means nothing is an issue, with the nearest id. The second end of a range may be its number alone (`R2-003..009`). What must be named
    `alone` is left out of ranges, and that is told.
    """
    known = tuple(ids)
    out: dict[str, None] = {}
    left: dict[str, None] = {}
    issues: list[Issue] = []
    for word in (each for written in words for each in _SEPARATORS.split(written) if each):
        found = list(_meant(known, word))
        issues += [each for each in found if isinstance(each, Issue)]
        meant = [each for each in found if isinstance(each, str)]
        skipped = [each for each in meant if each in alone] if _RANGE.search(word) else []
        out.update(dict.fromkeys(each for each in meant if each not in skipped))
        left.update(dict.fromkeys(skipped))
    not_meant = [each for each in left if each not in out]
    if not_meant:
        issues.append(Issue("decide.left-out", _NOWHERE, {"rows": listed(not_meant)}))
    return Outcome(tuple(out), tuple(issues))


def round_of(id_: str) -> str:
    """The round that a row's id begins with."""
    return id_.partition("-")[0]


def _meant(known: Sequence[str], word: str) -> Iterator[str | Issue]:
    first, *rest = _RANGE.split(word, 1)
    if rest and not (first and rest[0]):
        yield Issue("decide.range", _NOWHERE, {"range": word})
        return
    if rest and rest[0] and "-" not in rest[0]:
        rest = [f"{first.rpartition('-')[0]}-{rest[0]}"]
    ends = [_exact(known, each) for each in (first, *rest)]
    wrong = [end for end in ends if isinstance(end, Issue)]
    if wrong:
        yield from wrong
        return
    at = [known.index(end) for end in ends if isinstance(end, str)]
    if at[0] > at[-1] or round_of(known[at[0]]) != round_of(known[at[-1]]):
        yield Issue("decide.range", _NOWHERE, {"range": word})
        return
    yield from known[at[0] : at[-1] + 1]


def _exact(known: Sequence[str], word: str) -> str | Issue:
    """The id as it is written, whatever the case of its letters and the zeros of its number."""
    same = {_plain(each): each for each in known}
    if _plain(word) in same:
        return same[_plain(word)]
    return Issue("decide.unknown-row", _NOWHERE, {"row": word, "nearest": suggestion(word.upper(), known)})


def _plain(id_: str) -> str:
    head, sign, number = id_.upper().rpartition("-")
    return f"{head}{sign}{number.lstrip('0')}"
