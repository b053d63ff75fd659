"""A walk that reads the tracked changes of looks too: for the files that have some, so that the others need not wait for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from drafter.ooxml.normal import Element
from drafter.picture.drafts import Draft, Point
from drafter.picture.looks import changes
from drafter.picture.model import Formatting, Look, Position
from drafter.picture.names import AUTHOR, CONTROLS, DATE, ID, w
from drafter.picture.story import Walk
from drafter.source.frozen import dataclass

_RPR, _PPR, _SECTION = w("rPr"), w("pPr"), w("sectPr")
_TABLE, _ROW, _CELL = (w("tblPr"), w("tblGrid")), (w("trPr"), w("tblPrEx")), (w("tcPr"),)
_SIGNS = (b"Change ", b"Change>", b"cellMerge", b"customXmlIns", b"customXmlDel", b"customXmlMove")
_WHOLE = 1 << 30  # an offset beyond any paragraph


def has_formats(body: bytes, root: Callable[[], Element | None]) -> bool:
    """Whether a part may have tracked changes of looks; `root` is only asked for where its bytes do not say."""
    if any(sign in body for sign in _SIGNS):
        return True
    if b"numPr" not in body or b":ins " not in body:
        return False
    found = root()
    return found is not None and next(found.iterfind(f".//{w('numPr')}/{w('ins')}"), None) is not None


@dataclass(frozen=True, slots=True)
class _Found:
    """A change while its words are read; an end that is a point moves when a field shrinks."""

    element: Element
    id: str
    of: str
    looks: tuple[Look, ...]
    start: tuple[int, int] | Point
    end: tuple[int, int] | Point


class FormatWalk(Walk):
    """A walk over the stories of a file whose looks were changed with tracking."""

    def __init__(self, ids: dict[tuple[str, str], int] | None = None) -> None:
        self._found: list[_Found] = []
        super().__init__(ids)

    def formats(self) -> tuple[Formatting, ...]:
        """The changes so far, in the order of their words."""
        made = [_finished(each, self.drafts) for each in self._found]
        return tuple(
            sorted(made, key=lambda each: (each.start.paragraph, each.start.offset, each.end.offset))
        )

    def _block_table(self) -> dict[str, Callable[[Element], None]]:
        return super()._block_table() | dict.fromkeys(CONTROLS, self._control) | {_SECTION: self._section}

    def _add(
        self,
        found: Iterable[tuple[Element, str, tuple[Look, ...]]],
        start: tuple[int, int] | Point,
        end: tuple[int, int] | Point,
    ) -> None:
        for element, of, looks in found:
            id_ = element.get(ID, "")
            count = self.ids["format", id_] = self.ids.get(("format", id_), 0) + 1
            own = id_ if count == 1 else f"{id_}~{count}"
            self._found.append(_Found(element, own, of, looks, start, end))

    def _run(self, run: Element) -> None:
        found = [*_in(run, (_RPR, w("fldChar")))]
        if not found:
            super()._run(run)
            return
        start = self._current().point(closes=False)
        super()._run(run)
        self._add(found, start, self._current().point(closes=True))

    def _paragraph(self, element: Element) -> None:
        index = len(self.drafts)
        super()._paragraph(element)
        properties = element.find(_PPR)
        if properties is None:
            return
        self._add(changes(properties), (index, 0), (index, _WHOLE))
        self._add(_in(properties, (_SECTION,)), (index, 0), (index, _WHOLE))
        # The looks of the paragraph's mark: they go with those of its last words.
        self._add(_in(properties, (_RPR,)), (index, _WHOLE), (index, _WHOLE))

    def _table_(self, element: Element) -> None:
        self._around(element, super()._table_, _TABLE)

    def _row_(self, element: Element) -> None:
        self._around(element, super()._row_, _ROW)

    def _cell_(self, element: Element) -> None:
        self._around(element, super()._cell_, _CELL)

    def _around(self, element: Element, walk: Callable[[Element], None], properties: tuple[str, ...]) -> None:
        first = len(self.drafts)
        walk(element)
        self._add(_in(element, properties), (first, 0), (len(self.drafts) - 1, _WHOLE))

    def _section(self, element: Element) -> None:
        self.sections.append(element)
        last = len(self.drafts) - 1
        self._add(changes(element), (last, 0), (last, _WHOLE))

    def _control(self, element: Element) -> None:
        put_in = "Ins" in element.tag or "MoveTo" in element.tag
        look = Look("sdt", "", "1") if put_in else Look("sdt", "1", "")
        draft = self._draft
        place = (len(self.drafts), 0) if draft is None else draft.point(closes=False)
        self._add([(element, "control", (look,))], place, place)


def _in(element: Element, names: tuple[str, ...]) -> Iterator[tuple[Element, str, tuple[Look, ...]]]:
    """The changes in some of the properties of an element."""
    for child in element:
        if child.tag in names:
            yield from changes(child)


def _finished(found: _Found, drafts: list[Draft]) -> Formatting:
    start, end = _position(found.start, drafts), _position(found.end, drafts)
    if (end.paragraph, end.offset) < (start.paragraph, start.offset):
        end = start
    element = found.element
    return Formatting(
        found.id, found.of, element.get(AUTHOR, ""), element.get(DATE, ""), start, end, found.looks
    )


def _position(at: tuple[int, int] | Point, drafts: list[Draft]) -> Position:
    index, offset = (at.paragraph, at.offset) if isinstance(at, Point) else at
    if index >= len(drafts):
        index, offset = len(drafts) - 1, _WHOLE
    return Position(index, min(offset, drafts[index].length)) if index >= 0 else Position(0, 0)


def in_order(formats: Iterable[Formatting]) -> tuple[Formatting, ...]:
    """Changes in the order of their words."""
    return tuple(sorted(formats, key=lambda each: (each.start.paragraph, each.start.offset, each.end.offset)))
