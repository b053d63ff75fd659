"""What a printed character truly is and where it stands in the sources: the answer that the judge holds against the engine's."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from tests.harness.sources import Spot


class Nature(Enum):
    """What a printed character is."""

    TEXT = auto()  # words of a fragment, a template or the outline
    REPEATED = auto()  # such words, standing once and printed several times
    STRING = auto()  # words of a datum
    NUMBER = auto()  # a datum's number, printed as it stands
    DERIVED = auto()  # a number that is calculated, or printed in another unit
    UNKNOWN = auto()  # not told


@dataclass(frozen=True)
class Ground:
    """Where a printed character stands in the sources, as far as that is told, and what it is."""

    nature: Nature
    spot: Spot | None = None
    token: str = ""  # the number it belongs to
    also: frozenset[Spot] = frozenset()  # places that are as likely

    @property
    def untold(self) -> bool:
        """Whether nothing is known of its place."""
        return self.nature is Nature.UNKNOWN and self.spot is None and not self.also


class Truth(Protocol):
    """What printed characters are, by paragraph number and offset in the paragraph."""

    def at(self, number: int, index: int) -> Ground:
        """What a character is."""
        ...
