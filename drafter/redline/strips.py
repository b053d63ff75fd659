"""A paragraph as one strip of text: a character for each thing that stands in it, with its looks and what is around it.

A tab is a tab, a line break a line end; a picture, a note mark, a formula, a whole field is one object character. Bookmarks and comment
marks float between characters and take no place. Several paragraphs can be joined into one strip with their marks as characters.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import field, replace

from lxml import etree

from drafter.ooxml.normal import Element
from drafter.ooxml.xml import w
from drafter.redline import fields
from drafter.redline.items import Item, Wrap, items
from drafter.redline.names import BOX, COMMENT, ENDNOTE, FLOATS, FOOTNOTE, PPR, RPR, SECT, T
from drafter.redline.properties import canonical, key
from drafter.redline.tokens import MARK, OBJECT
from drafter.source.frozen import dataclass

_SIGNS = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "\u2011", w("softHyphen"): "\xad"}
_SHAPES = frozenset(
    (
        w("drawing"),
        w("pict"),
        w("object"),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent",
    )
)
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_VOLATILE = tuple(
    f"{{http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing}}{name}"
    for name in ("anchorId", "editId")
)
_NOTES = frozenset((FOOTNOTE, ENDNOTE))


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """The end of a paragraph: its properties, and what must be equal for two to say the same."""

    properties: Element | None
    said: bytes
    looks: bytes
    section: bool

    @classmethod
    def of(cls, paragraph: Element) -> Mark:
        """The mark of a paragraph."""
        found = paragraph.find(PPR)
        if found is None:
            return _PLAIN
        return cls(found, key(found), key(found.find(RPR)), found.find(SECT) is not None)


_PLAIN = Mark(None, b"", b"", section=False)


@dataclass(frozen=True, slots=True, eq=False)
class Span:
    """Characters `start:end` of one look in the same wraps. An object's `key` says what it is, `items` what it is made of."""

    start: int
    end: int
    looks: Element | None
    look: bytes
    wraps: tuple[Wrap, ...]
    key: str = ""
    items: tuple[Item, ...] = ()
    mark: Mark | None = None

    @property
    def around(self) -> str:
        """What the wraps are."""
        return "".join(wrap.key for wrap in self.wraps)


@dataclass(frozen=True, slots=True)
class Strip:
    """The text, its spans in order without a gap, what floats at which offset, and the mark at its end."""

    text: str
    spans: tuple[Span, ...]
    floats: tuple[tuple[int, Item], ...]
    mark: Mark | None
    starts: tuple[int, ...] = field(default=())
    wrapped: bool = False

    def token_key(self, at: int, token: str) -> str:
        """What tells a token of this strip from another that reads alike."""
        if token in _SPECIAL:
            span = self.span(at)
            return f"{token}{span.key}{span.around}"
        if not self.wrapped:
            return token
        parts = [(span.around, end - start) for start, end, span in self.pieces(at, at + len(token))]
        return token if not any(around for around, _ in parts) else f"{token}{parts}"

    def span(self, at: int) -> Span:
        """The span that a character stands in."""
        return self.spans[bisect_right(self.starts, at) - 1]

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int, Span]]:
        """The parts of a stretch, each in one span."""
        index = bisect_right(self.starts, start) - 1
        while start < end:
            span = self.spans[index]
            stop = min(end, span.end)
            yield start, stop, span
            start, index = stop, index + 1


_SPECIAL = frozenset((OBJECT, MARK, "\t", "\n", "\u2011", "\xad"))


def strip(paragraph: Element, notes: Mapping[tuple[str, str], str]) -> Strip:
    """The strip of one paragraph; `notes` says of a note what tells it from others, by the tag of its mark and its number."""
    texts: list[str] = []
    spans: list[Span] = []
    floats: list[tuple[int, Item]] = []
    at = 0
    for found in fields.gathered(list(items(paragraph))):
        first = found[0]
        if len(found) == 1 and (first.element.tag in FLOATS or first.element.tag == COMMENT):
            floats.append((at, first))
            continue
        text, said = _shown(found, notes)
        if not text:
            continue
        last = spans[-1] if spans else None
        if last is not None and not said and not last.key and _alike(last, first):
            spans[-1] = replace(last, end=at + len(text))
        else:
            spans.append(
                Span(at, at + len(text), first.looks, first.look, first.wraps, said, found if said else ())
            )
        texts.append(text)
        at += len(text)
    return _strip("".join(texts), spans, floats, Mark.of(paragraph))


def _alike(last: Span, item: Item) -> bool:
    return last.look == item.look and last.around == "".join(wrap.key for wrap in item.wraps)


def _strip(text: str, spans: Sequence[Span], floats: Sequence[tuple[int, Item]], mark: Mark | None) -> Strip:
    starts = tuple(span.start for span in spans)
    return Strip(text, tuple(spans), tuple(floats), mark, starts, any(span.wraps for span in spans))


def joined(strips: Sequence[Strip]) -> Strip:
    """Several paragraphs as one strip; the last mark stays at its end."""
    if not strips:
        return _strip("", (), (), None)
    if len(strips) == 1:
        return strips[0]
    texts, spans, floats = [], [], []
    at = 0
    for number, each in enumerate(strips):
        texts.append(each.text)
        spans += [replace(span, start=span.start + at, end=span.end + at) for span in each.spans]
        floats += [(offset + at, item) for offset, item in each.floats]
        at += len(each.text)
        if number < len(strips) - 1 and each.mark is not None:
            texts.append(MARK)
            said = "section" if each.mark.section else "mark"
            spans.append(Span(at, at + 1, None, b"", (), said, mark=each.mark))
            at += 1
    return _strip("".join(texts), spans, floats, strips[-1].mark)


def _shown(found: Sequence[Item], notes: Mapping[tuple[str, str], str]) -> tuple[str, str]:
    """The characters of a thing, and for an object what it is."""
    first = found[0]
    if len(found) > 1:
        return OBJECT, fields.said(found)
    tag = first.element.tag
    if tag == T:
        return first.text, ""
    if tag in _SIGNS:
        return _SIGNS[str(tag)], canonical(first.element).decode()
    if tag in _NOTES:
        its = notes.get((str(tag), first.element.get(w("id"), "")), "")
        return OBJECT, f"note:{tag}:{first.element.get(w('customMarkFollows'), '')}:{its}"
    return OBJECT, _object(first.element)


def _object(element: Element) -> str:
    """What an object is: a shape with words is told apart by everything but the words."""
    if element.tag not in _SHAPES:
        return canonical(element).decode()
    bare = deepcopy(element)
    for box in list(bare.iter(BOX)):
        del box[:]
    return canonical(_still(bare)).decode()


def _still(element: Element) -> Element:
    """An object without the numbers that a word processor gives it anew."""
    for named in element.iter(_DRAWN):
        named.attrib.pop("id", "")
        named.attrib.pop("name", "")
    etree.strip_attributes(element, *_VOLATILE)
    return element


def paragraph_text(paragraph: Element) -> str:
    """The text for the alignment: quickly read, and only nearly that of the strip."""
    return "".join(
        element.text or "" if element.tag == T else _SIGNS.get(str(element.tag), OBJECT)
        for element in paragraph.iter(*_READ)
    )


_READ = (T, *_SIGNS, *map(w, ("drawing", "pict", "object", "footnoteReference", "endnoteReference", "sym")))
