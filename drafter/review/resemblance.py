"""How much of a file's words were issued in a version, told quickly for many versions: by clauses, of which an edit changes only its own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from drafter.source.frozen import dataclass

_BREAKS = re.compile(r"[\s，。；：！？、（）()“”《》,.;:!?\ufffc]+")
_LONG = 4  # characters below which a clause may stand anywhere
_LEAST = 12  # clauses that two texts must share
_SHARE = 0.5  # of a file's clauses; a letter that quotes the draft has more of its own
_ASKED_LEAST, _ASKED_SHARE = 4, 0.2


def clauses(texts: Iterable[str]) -> frozenset[str]:
    """The stretches between marks, those long enough to mean something."""
    return frozenset(each for text in texts for each in _BREAKS.split(text) if len(each) >= _LONG)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How many clauses a file and a version share, how much that is of the file's (`share`), and of the version's (`cover`)."""

    shared: int
    share: float
    cover: float

    @classmethod
    def of(cls, file: frozenset[str], version: frozenset[str]) -> Likeness:
        """The likeness of two sets of clauses."""
        shared = len(file & version)
        return cls(shared, shared / max(len(file), 1), shared / max(len(version), 1))

    def enough(self, *, asked: bool = False) -> bool:
        """Whether the file is a copy of the version, changed or in part; where somebody says that it is one, little is enough."""
        least, share = (_ASKED_LEAST, _ASKED_SHARE) if asked else (_LEAST, _SHARE)
        return self.shared >= least and self.share >= share
