"""Where edits can be made: the paragraphs of a built file that sources printed, and the stretches in them that are hard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from lxml import etree

from tests.harness.package import NOTES, OBJECT, Package, W, characters, style_of, text
from tests.harness.truth import Ground, Nature, Truth

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


def sites(package: Package, truth: Truth) -> list[Site]:
    """Paragraphs that a fragment or the data printed."""
    out = []
    for index, paragraph in enumerate(package.paragraphs()):
        said = text(paragraph)
        place = place_of(paragraph)
        if len(said) >= 2 and place:
            if place == "cell" and _is_datum(index, truth):
                place = "data cell"
            special = (*_marked(paragraph), *_told(index, said, truth), *_stretches(index, said, truth))
            out.append(Site(index, paragraph, said, place, special))
    return out


def units(package: Package) -> Iterator[list[int]]:
    """Numbers of the paragraphs that belong together: each alone, the cells of a table row."""
    rows: dict[int | etree._Element, list[int]] = {}
    for index, paragraph in enumerate(package.paragraphs()):
        if place_of(paragraph):
            row = next(paragraph.iterancestors(f"{W}tr"), None)
            style = style_of(paragraph)
            alone = style.startswith("GwBox") or style == "GwCaption"
            rows.setdefault(index if row is None or alone else row, []).append(index)
    yield from rows.values()


def _is_datum(index: int, truth: Truth) -> bool:
    return truth.at(index, 0).nature in {Nature.STRING, Nature.NUMBER, Nature.DERIVED}


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


FIXED = {"*": "escape", "&": "entity", OBJECT: "object"}


def _told(index: int, said: str, truth: Truth) -> Iterator[Stretch]:
    """Stretches of one nature, as the truth tells them."""
    grounds = [truth.at(index, at) for at in range(len(said))]
    start = 0
    for (nature, token, file), group in groupby(grounds, _nature):
        end = start + len(list(group))
        digits = re.search(r"\d+(?:\.\d+)?", said[start:end]) if token else None
        if digits:
            name = "derived value" if nature is Nature.DERIVED else "value"
            yield Stretch(name, start + digits.start(), start + digits.end())
        elif nature is Nature.STRING and 1 < end - start < len(said):
            yield Stretch("string value", start, end)
        elif nature is Nature.REPEATED:
            yield Stretch("macro" if file.startswith("templates/") else "loop", start, end)
        start = end


def _nature(ground: Ground) -> tuple[Nature, str, str]:
    return ground.nature, ground.token, ground.spot.file if ground.spot else ""


def _stretches(index: int, said: str, truth: Truth) -> Iterator[Stretch]:
    """Objects, signs that the sources write otherwise, and the ends of their lines."""
    for words, name in FIXED.items():
        for match in re.finditer(re.escape(words), said):
            yield Stretch(name, *match.span())
    for match in re.finditer("[，。]", said):
        at = match.end()
        if at < len(said) and _line(truth, index, at - 1) != _line(truth, index, at):
            yield Stretch("soft wrap", at, at)


def _line(truth: Truth, number: int, index: int) -> object:
    """A line of a fragment, or the same for all that stands in none."""
    ground = truth.at(number, index)
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
