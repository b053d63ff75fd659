"""The known name that is closest to one that is not known, for messages."""

from __future__ import annotations

from collections.abc import Iterable

from drafter.source.listed import listed

_LIKE_ENOUGH = 50
_SHOWN = 8


def nearest(name: str, known: Iterable[str]) -> str:
    """The closest of the known names, or empty where none is close."""
    # rapidfuzz costs more to import than most files to read: only who has mistyped pays for it
    from rapidfuzz import fuzz, process

    found = process.extractOne(name, tuple(known), scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH)
    return found[0] if found else ""


def suggestion(name: str, known: Iterable[str]) -> str:
    """What to write instead: the closest known name, or the first few known ones where none is close."""
    names = tuple(dict.fromkeys(known))
    return nearest(name, names) or listed(names[:_SHOWN])
