"""Where edits can be made: the paragraphs of a built file that sources printed, and the stretches in them that are hard."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from tests.harness.fixture import LOOP, MACRO
from tests.harness.package import NOTES, OBJECT, Package, W, characters, style_of, text
from tests.harness.truth import NUMBER, Nature, Sources

MARKUP = {"bold": f"{W}rPr/{W}b", "italic": f"{W}rPr/{W}i"}


@dataclass(frozen=True)
class Stretch:
    """Characters `start:end` of a paragraph that are something special."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Site:
    """A paragraph as a place for edits: its number in the file, its text, the kind of place, and what in it is special."""

    index: int
    element: etree._Element
    said: str
    place: str
    stretches: tuple[Stretch, ...] = ()


def sites(package: Package, sources: Sources) -> list[Site]:
    """Paragraphs that a fragment or the data printed."""
    strings = sources.strings()
    out = []
    for index, paragraph in enumerate(package.paragraphs()):
        said = text(paragraph)
        place = place_of(paragraph)
        if len(said) >= 2 and place:
            if place == "cell" and _is_datum(said, sources):
                place = "data cell"
            out.append(
                Site(index, paragraph, said, place, tuple(_stretches(paragraph, said, strings, sources)))
            )
    return out


def _is_datum(said: str, sources: Sources) -> bool:
    return sources.ground(said, 0).nature in {Nature.STRING, Nature.NUMBER, Nature.DERIVED}


STYLES = {"GwQuote": "quote", "GwBoxTitle": "box title", "GwCaption": "caption", "GwBox": "box"}


def place_of(paragraph: etree._Element) -> str:
    """The kind of place; empty for the frame, the contents and what else no fragment printed."""
    name = style_of(paragraph)
    if paragraph.getroottree().getroot().tag == f"{W}{NOTES.removeprefix('word/').removesuffix('.xml')}":
        return "footnote"
    if name.upper().startswith("TOC") or not _bookmarked(paragraph):
        return ""
    if name.startswith("Heading"):
        return "heading"
    if name in STYLES:
        return STYLES[name]
    if any(True for _ in paragraph.iterancestors(f"{W}tbl")):
        return "cell"
    return "item" if paragraph.find(f"{W}pPr/{W}numPr") is not None else "body"


def _bookmarked(paragraph: etree._Element) -> bool:
    own = any((mark.get(f"{W}name") or "").startswith("_pf_") for mark in paragraph.iter(f"{W}bookmarkStart"))
    return own or any(True for _ in paragraph.iterancestors(f"{W}tr"))


def _stretches(
    paragraph: etree._Element, said: str, strings: Iterable[str], sources: Sources
) -> Iterator[Stretch]:
    yield from _marked(paragraph)
    for match in NUMBER.finditer(said):
        derived = sources.ground(said, match.start()).nature is Nature.DERIVED
        yield Stretch("derived value" if derived else "value", match.start(), match.end(1))
    fixed = {MACRO: "macro", LOOP: "loop", "\\*": "escape", "&": "entity", OBJECT: "object"}
    fixed |= dict.fromkeys((each for each in strings if len(each) < len(said)), "string value")
    for words, name in fixed.items():
        for match in re.finditer(re.escape(words.lstrip("\\")), said):
            yield Stretch(name, match.start(), match.end())
    for match in re.finditer("[，。]", said):
        at = match.end()
        if at < len(said) and _line(sources, said, at - 1) != _line(sources, said, at):
            yield Stretch("soft wrap", at, at)


def _line(sources: Sources, said: str, index: int) -> object:
    """A line of a fragment, or the same for all that stands in none."""
    ground = sources.ground(said, index)
    return ground.spot if ground.nature is Nature.TEXT else None


def _marked(paragraph: etree._Element) -> Iterator[Stretch]:
    """Bold, italic and linked stretches that do not fill the paragraph."""
    shown = characters(paragraph)
    for name in (*MARKUP, "link"):
        flags = [
            character.text != OBJECT
            and (
                any(True for _ in character.element.iterancestors(f"{W}hyperlink"))
                if name == "link"
                else character.run.find(MARKUP[name]) is not None
            )
            for character in shown
        ]
        if not all(flags):
            yield from (
                Stretch(name, *match.span())
                for match in re.finditer("1+", "".join("01"[flag] for flag in flags))
            )
