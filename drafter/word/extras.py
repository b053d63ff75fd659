"""What of a frame's paragraph is more than words: marked letters and drawings, which the office has put there and no reviewer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

from drafter.ooxml.normal import Element
from drafter.ooxml.xml import w
from drafter.word.anchors import OBJECT, Extra
from drafter.word.signs import text_of

_SIGNS = tuple(
    f"<w:{name}".encode()
    for name in ("strike", "dstrike", "highlight", "shd", "color", "u ", "drawing", "pict", "object")
)
_HANDS = ("strike", "highlight", "underline", "color")


def reader(main: str, parts: Mapping[str, bytes]) -> Callable[[Element], tuple[Extra, ...]]:
    """What tells the extras of the paragraphs of a frame's document; nothing of one that can have none."""
    body = parts[main]
    if not any(sign in body for sign in _SIGNS) and b"oMath" not in body:
        return lambda _: ()
    return _Reader(main, parts).extras


def pictures_of(name: str, parts: Mapping[str, bytes]) -> Iterator[str]:
    """The pictures of a header or footer, with what they are known by."""
    if b"blip" not in parts[name] and b"imagedata" not in parts[name]:
        return
    from lxml import etree

    read = _Reader(name, parts)
    for paragraph in etree.fromstring(parts[name]).iter(w("p")):
        yield from (what for _, _, kind, what in read.things(paragraph) if kind == "picture")


class _Reader:
    """The extras of a frame's paragraphs, read with the rooms that read what comes back."""

    def __init__(self, main: str, parts: Mapping[str, bytes]) -> None:
        from lxml import etree

        from drafter.ooxml.images import NoPicture, checksum, measured
        from drafter.ooxml.package import relations, resolved
        from drafter.ooxml.reading import Binary
        from drafter.picture.things import Links

        def binary(data: bytes) -> Binary:
            try:
                form, pixels, _ = measured(data)
            except NoPicture:
                return Binary(checksum(data))
            return Binary(checksum(data), form, pixels)

        def xml(name: str) -> Element | None:
            return etree.fromstring(parts[name]) if name.endswith(".xml") and name in parts else None

        targets = {
            each.id: resolved(main, each.target) for each in relations(parts, main) if not each.external
        }
        shown = {
            name: binary(parts[name])
            for name in targets.values()
            if name in parts and not name.endswith(".xml")
        }
        self._links = Links(lambda: targets, shown, xml)

    def extras(self, paragraph: Element) -> tuple[Extra, ...]:
        """Of one paragraph, kind by kind; none of one with fields, whose signs stand for more than their runs."""
        if any(paragraph.find(f".//{w(name)}") is not None for name in ("fldChar", "fldSimple")):
            return ()
        return (*self._marks(paragraph), *self.things(paragraph))

    def _marks(self, paragraph: Element) -> Iterator[Extra]:
        from drafter.picture.looks import marks

        at = 0
        runs: list[tuple[int, int, frozenset[str]]] = []
        for run in paragraph.iter(w("r")):
            if next(run.iterancestors(w("txbxContent")), None) is None:
                look = run.find(w("rPr"))
                length = len(text_of(_alone(run)))
                runs.append((at, at + length, frozenset() if look is None else marks(look)))
                at += length
        for what in _HANDS:
            yield from _stretches(runs, what)

    def things(self, paragraph: Element) -> Iterator[Extra]:
        """The objects of a paragraph."""
        from drafter.ooxml.normal import decide_alternatives
        from drafter.picture.names import OBJECTS, M
        from drafter.picture.story import Walk
        from drafter.picture.things import known_by, thing_of

        copied = _alone(paragraph)
        decide_alternatives(copied)
        drawn = (each for each in copied.iter(*OBJECTS, f"{M}oMath") if not _is_inside(each))
        text = text_of(paragraph)
        places = (at for at, sign in enumerate(text) if sign == OBJECT)
        walk = Walk()
        for at, element in zip(places, drawn, strict=False):
            thing = thing_of(element, self._links, walk.revised)
            yield at, at + 1, thing.kind, known_by(thing)


def _is_inside(element: Element) -> bool:
    """Whether an object stands in a box, or in another object."""
    from drafter.picture.names import OBJECTS

    return any(each.tag in OBJECTS or each.tag == w("txbxContent") for each in element.iterancestors())


def _alone(element: Element) -> Element:
    """A copy in a paragraph of its own."""
    from copy import deepcopy

    paragraph = element.makeelement(w("p"), {})
    paragraph.append(deepcopy(element))
    return paragraph


def _stretches(runs: list[tuple[int, int, frozenset[str]]], what: str) -> Iterator[Extra]:
    for marked, group in groupby(runs, key=lambda run: what in run[2]):
        found = list(group)
        if marked and found[-1][1] > found[0][0]:
            yield found[0][0], found[-1][1], what, ""
