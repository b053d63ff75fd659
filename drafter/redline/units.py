"""The children of a story or cell as blocks to align: paragraphs, tables, content controls, contents that run over paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from drafter.ooxml.normal import Element
from drafter.ooxml.xml import w
from drafter.redline.align import Unit
from drafter.redline.fields import CONTENTS
from drafter.redline.names import (
    BOOKMARK,
    BOOKMARK_END,
    CODE,
    COMMENT_MARKS,
    FIELD_CHAR,
    FIELD_TYPE,
    SDT,
    SECT,
    TBL,
    TC,
    TR,
    P,
)
from drafter.redline.properties import canonical, key
from drafter.redline.strips import paragraph_text
from drafter.source.frozen import dataclass

PLACES = COMMENT_MARKS | {BOOKMARK, BOOKMARK_END, w("permStart"), w("permEnd")}
_IN_TABLES = frozenset((w("tblPr"), w("tblGrid"), TR))
_COLUMNS = f"{w('tblGrid')}/{w('gridCol')}"
_BETWEEN_CELLS = "\x1f"


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A block with the places right before it. `elements` are several only for a field that runs over paragraphs."""

    unit: Unit
    elements: tuple[Element, ...]
    places: tuple[Element, ...] = ()

    @property
    def element(self) -> Element:
        """The block."""
        return self.elements[0]


def parts(children: Sequence[Element], ids: Mapping[Element, str]) -> tuple[list[Part], tuple[Element, ...]]:
    """The blocks of a story in order, and the places behind the last one. Its section is left out: the caller minds it."""
    found: list[Part] = []
    places: list[Element] = []
    at = 0
    while at < len(children):
        child = children[at]
        if child.tag in PLACES:
            places.append(child)
        elif isinstance(child.tag, str) and child.tag != SECT:
            long = _field(children, at) if child.tag == P else None
            part = (
                Part(_unit(child, ids), (child,), tuple(places))
                if long is None
                else _long(*long, tuple(places))
            )
            found.append(part)
            places = []
            at += len(part.elements) - 1
        at += 1
    return found, tuple(places)


def _unit(element: Element, ids: Mapping[Element, str]) -> Unit:
    if element.tag == P:
        return Unit("p", paragraph_text(element), ids.get(element, ""), joins=True)
    if element.tag == TBL:
        return Unit(_table_kind(element), text_of(element))
    if element.tag == SDT:
        return Unit("sdt" + key(element.find(w("sdtPr")), (w("id"),)).decode(), text_of(element))
    return Unit("other", canonical(element).decode())


def _table_kind(table: Element) -> str:
    """Tables of one kind have the same number of columns; one with controls around its rows is paired with its like only."""
    if any(child.tag not in _IN_TABLES and child.tag not in PLACES for child in table):
        return f"tbl{canonical(table).decode()}"
    return f"tbl{len(table.findall(_COLUMNS))}"


def text_of(element: Element) -> str:
    """The words of a table or control."""
    return "\n".join(paragraph_text(paragraph) for paragraph in element.iter(P))


def row_parts(
    children: Sequence[Element], ids: Mapping[Element, str]
) -> tuple[list[Part], tuple[Element, ...]]:
    """Rows as blocks, and the places behind them: a row has the id of its first paragraph that has one, and a name (its first words)."""
    found: list[Part] = []
    places: list[Element] = []
    for child in children:
        if child.tag in PLACES:
            places.append(child)
        elif isinstance(child.tag, str):
            found.append(Part(_row(child, ids), (child,), tuple(places)))
            places = []
    return found, tuple(places)


def _row(row: Element, ids: Mapping[Element, str]) -> Unit:
    cells = [text_of(cell) for cell in row.findall(TC)]
    id = next((ids[paragraph] for paragraph in row.iter(P) if paragraph in ids), "") if ids else ""
    name = next((cell for cell in cells if len(cell) > 1 and not _number(cell)), "")
    return Unit(TR, _BETWEEN_CELLS.join(cells), id, name)


def _number(cell: str) -> bool:
    return all(character.isdigit() or character in ".,，%-—+ " for character in cell)


# -- fields over several paragraphs


def _field(children: Sequence[Element], at: int) -> tuple[Sequence[Element], str] | None:
    """The paragraphs from this one to the end of a field that begins in it and ends in another, and its instruction."""
    depth = _depth(children[at])
    if depth <= 0:
        return None
    for end in range(at + 1, len(children)):
        if children[end].tag != P:
            return None
        depth += _depth(children[end])
        if depth <= 0:
            return children[at : end + 1], _instruction(children[at])
    return None


def _depth(paragraph: Element) -> int:
    kinds = [char.get(FIELD_TYPE) for char in paragraph.iter(FIELD_CHAR)]
    return kinds.count("begin") - kinds.count("end") if kinds else 0


def _instruction(paragraph: Element) -> str:
    """The code of the first field of a paragraph."""
    words: list[str] = []
    for element in paragraph.iter(FIELD_CHAR, CODE):
        if element.get(FIELD_TYPE) == "separate":
            break
        words.append(element.text or "")
    return " ".join("".join(words).split())


def _long(elements: Sequence[Element], code: str, places: tuple[Element, ...]) -> Part:
    if code.partition(" ")[0].upper() in CONTENTS:
        return Part(Unit(f"contents{_outside(elements)}", code), tuple(elements), places)
    # shown as it is: the same in both, or another one
    return Part(
        Unit("field", "".join(canonical(each).decode() for each in elements)), tuple(elements), places
    )


def _outside(elements: Sequence[Element]) -> str:
    """What stands before the field in its first paragraph and behind it in its last."""
    return "\n".join(_shown((elements[0], elements[-1])))


def _shown(ends: tuple[Element, Element]) -> Iterator[str]:
    depth = 0
    for element in ends:
        words = []
        for each in element.iter(FIELD_CHAR, w("t")):
            kind = each.get(FIELD_TYPE)
            depth += 1 if kind == "begin" else -1 if kind == "end" else 0
            if kind is None and depth <= 0:
                words.append(each.text or "")
        yield "".join(words)
