"""Who changed, when, and under which number: the attributes of every revision in one file."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from drafter.ooxml.normal import Element
from drafter.ooxml.xml import w
from drafter.source.frozen import dataclass

_APART = 1_000_000


@dataclass(frozen=True, slots=True)
class Signature:
    """The author of the changes and their time, as Word writes it (`2026-03-01T09:00:00Z`)."""

    author: str
    date: str


class Stamp:
    """Gives each revision its element with the next number."""

    def __init__(self, signature: Signature, first: int) -> None:
        self.signature = signature
        self.given: Counter[str] = Counter()  # how many revisions of each kind
        self.characters: Counter[str] = Counter()  # how many characters came and went
        self._next = first
        self._again: dict[str, str] = {}

    def number(self) -> str:
        """A number that nothing else in the file has."""
        self._next += 1
        return str(self._next - 1)

    def again(self, name: str) -> str:
        """The number for a name, the same each time."""
        return self._again.setdefault(name, str(self._next + len(self._again) + _APART))

    def element(self, local: str) -> Element:
        """`w:ins`, `w:del`, `w:rPrChange` and their like."""
        self.given[local] += 1
        made = etree.Element(w(local))
        made.set(w("id"), self.number())
        made.set(w("author"), self.signature.author)
        made.set(w("date"), self.signature.date)
        return made
