"""What stands in a paragraph, one thing after the other: each child of a run with its looks and wraps, formulas, marks of places."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from drafter.ooxml.normal import Element
from drafter.ooxml.xml import w
from drafter.redline.names import (
    CODE,
    FIELD_CHAR,
    FIELD_TYPE,
    PPR,
    RPR,
    SDT,
    SDT_CONTENT,
    SIMPLE_FIELD,
    SPACE,
    WRAPS,
    R,
)
from drafter.redline.properties import key
from drafter.source.frozen import dataclass

_EDGE = " \t\r\n"


@dataclass(frozen=True, slots=True, eq=False)
class Wrap:
    """A hyperlink, content control or direction around runs; `key` says which."""

    element: Element
    key: str

    @classmethod
    def of(cls, element: Element) -> Wrap:
        """The wrap that an element is."""
        shell = f"{element.tag}{sorted(element.attrib.items())}"
        if element.tag == SDT:
            shell += key(element.find(w("sdtPr")), ()).decode()
        return cls(element, shell)


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A child of a run, or with `bare` something that stands outside of runs."""

    element: Element
    looks: Element | None = None
    look: bytes = b""
    wraps: tuple[Wrap, ...] = ()
    bare: bool = False

    @property
    def text(self) -> str:
        """What a `w:t` shows: Word trims what is not marked as preserved."""
        found = self.element.text or ""
        if self.element.get(SPACE) != "preserve":
            found = found.strip(_EDGE)
        return found.replace("\r\n", " ").replace("\n", " ").replace("\r", " ")


def items(parent: Element, wraps: tuple[Wrap, ...] = ()) -> Iterator[Item]:
    """Everything in a paragraph, or in a wrap of it."""
    for child in parent:
        tag = child.tag
        if tag == R:
            yield from _in_run(child, wraps)
        elif tag == PPR or not isinstance(tag, str):
            continue
        elif tag == SIMPLE_FIELD:
            yield from _simple_field(child, wraps)
        elif tag == SDT:
            content = child.find(SDT_CONTENT)
            if content is not None:
                yield from items(content, (*wraps, Wrap.of(child)))
        elif tag in WRAPS:
            yield from items(child, (*wraps, Wrap.of(child)))
        else:
            yield Item(child, wraps=wraps, bare=True)


def _in_run(run: Element, wraps: tuple[Wrap, ...]) -> Iterator[Item]:
    looks = run.find(RPR)
    look = key(looks, ())
    for child in run:
        if child.tag != RPR and isinstance(child.tag, str):
            yield Item(child, looks, look, wraps)


def _simple_field(element: Element, wraps: tuple[Wrap, ...]) -> Iterator[Item]:
    """`w:fldSimple` as the marks of a field: only these can be inserted and deleted."""
    inner = list(items(element, wraps))
    looks, look = next(((item.looks, item.look) for item in inner if not item.bare), (None, b""))
    code = etree.Element(CODE)
    code.text = element.get(w("instr"), "")
    code.set(SPACE, "preserve")
    yield Item(_field_char("begin"), looks, look, wraps)
    yield Item(code, looks, look, wraps)
    yield Item(_field_char("separate"), looks, look, wraps)
    yield from inner
    yield Item(_field_char("end"), looks, look, wraps)


def _field_char(kind: str) -> Element:
    made = etree.Element(FIELD_CHAR)
    made.set(FIELD_TYPE, kind)
    return made
