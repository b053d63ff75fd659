"""Tracked changes that show no words: a page break that was put in, a field's code that was rewritten."""

from __future__ import annotations

from drafter.ooxml.normal import Element
from drafter.picture.drafts import NEW, Point
from drafter.picture.model import Formatting, Look, Position, Revision
from drafter.picture.names import TYPE, w
from drafter.source.frozen import dataclass

_CODES = (w("instrText"), w("delInstrText"))


@dataclass(frozen=True, slots=True)
class Hollow:
    """Such a change: what it is about (`break` or `fieldCode`), and where it stands."""

    revision: Revision
    what: str
    point: Point

    def finished(self) -> Formatting:
        """The change as one of looks, which has the name of its mark for its id."""
        revision, at = self.revision, Position(self.point.paragraph, self.point.offset)
        put_in = revision.change in NEW
        look = Look(self.what, "" if put_in else "1", "1" if put_in else "")
        return Formatting(
            f"{revision.change}:{revision.id}", self.what, revision.author, revision.date, at, at, (look,)
        )


def hollow(element: Element) -> str:
    """What a change without words is about; empty where nothing was done."""
    if next(element.iter(*_CODES), None) is not None:
        return "fieldCode"
    pages = (each.get(TYPE) in ("page", "column") for each in element.iter(w("br")))
    return "break" if any(pages) else ""
