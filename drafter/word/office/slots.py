"""The places of contents and text in an office's file: what stood there goes, a slot stands there, the page that the text had stays."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from drafter.ooxml.normal import Element
from drafter.ooxml.xml import W, w
from drafter.source.frozen import dataclass
from drafter.word.facts import BODY, CONTENTS
from drafter.word.looks import own_properties, whole
from drafter.word.office.regions import Regions
from drafter.word.office.story import Block, File, Paragraph, Table

_REFERENCES = (w("headerReference"), w("footerReference"))


@dataclass(frozen=True, slots=True)
class Emptied:
    """What the slots stand for now, and what could not be settled: `alone` whether the text has a section of its own, `sized` whether its page has a size."""

    paragraphs: int
    tables: int
    contents: bool
    alone: bool
    sized: bool
    width: int
    sections: int


def emptied(file: File, parts: Regions, standard: Element) -> Emptied:
    """Put the slots in; `standard` are the section properties of the profile, for a page that has no size."""
    body = file.main.find(w("body"))
    if body is None:
        body = _element("<w:body/>")
        file.main.append(body)
    blocks = file.blocks
    listed, text = blocks[parts.contents : parts.text], blocks[parts.text :]
    breaks = _breaks(text)
    section, count = _section(body, text)
    alone = any(each.ends_section is not None for each in blocks[: parts.text] if isinstance(each, Paragraph))
    has_contents = parts.title is not None or bool(listed)
    _replace_contents(listed, has_contents=has_contents, title=_at(blocks, parts.title))
    for block in text:
        _drop(block.element)
    for old in body.findall(w("sectPr")):
        body.remove(old)
    for stray in [child for child in body if child.tag not in {w("p"), w("tbl")}]:
        body.remove(stray)
    if breaks and not alone and len(body):
        body.append(_element('<w:p><w:r><w:br w:type="page"/></w:r></w:p>'))
    body.append(_slot(BODY))
    sized = all(section.find(w(name)) is not None for name in ("pgSz", "pgMar"))
    if not sized:
        _sized(section, standard)
    body.append(section)
    tables = sum(isinstance(block, Table) for block in text)
    words = sum(isinstance(block, Paragraph) and bool(block.text) for block in text)
    return Emptied(words, tables, has_contents, alone, sized, width_of(section), count)


def _at(blocks: Sequence[Block], at: int | None) -> Element | None:
    return None if at is None else blocks[at].element


def _breaks(text: Sequence[Block]) -> bool:
    """Whether the text began on a page of its own by hand; a style of headings does so again."""
    first = text[0] if text else None
    return isinstance(first, Paragraph) and (
        own_properties(first.element).get("p.pageBreakBefore") == "1"
        or any(each.get(w("type")) == "page" for each in first.element.iter(w("br")))
    )


def _slot(name: str) -> Element:
    return _element(
        f'<w:p><w:pPr><w:pStyle w:val="GwBody"/></w:pPr><w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>{{{{ {name} }}}}</w:t></w:r></w:p>'
    )


def _replace_contents(listed: Sequence[Block], *, has_contents: bool, title: Element | None) -> None:
    """Entries go; where a section or a page ended among them, it ends behind the slot."""
    if not has_contents:
        return
    ends = [
        each.ends_section for each in listed if isinstance(each, Paragraph) and each.ends_section is not None
    ]
    paged = any(isinstance(each, Paragraph) and each.breaks_page for each in listed)
    anchor = title if title is not None else listed[0].element
    slot = _slot(CONTENTS)
    if title is not None:
        own = title.find(f"{w('pPr')}/{w('sectPr')}")
        if own is not None:
            ends.insert(0, own)
        title.addnext(slot)
    else:
        anchor.addprevious(slot)
    last = slot
    for section in ends:
        paragraph = _element("<w:p><w:pPr/></w:p>")
        paragraph[0].append(section)
        last.addnext(paragraph)
        last = paragraph
    if paged and not ends:
        last.addnext(_element('<w:p><w:r><w:br w:type="page"/></w:r></w:p>'))
    for block in listed:
        _drop(block.element)


def _section(body: Element, text: Sequence[Block]) -> tuple[Element, int]:
    """The section that the text begins in, upright where there is one, with the headers and footers that hold in it; and how many there were."""
    ended = [
        each.ends_section for each in text if isinstance(each, Paragraph) and each.ends_section is not None
    ]
    final = body.find(w("sectPr"))
    own = [*ended, *([final] if final is not None else [])]
    chosen = next((each for each in own if not _turned(each)), None)
    if chosen is None:
        return _element("<w:sectPr/>") if not own else deepcopy(own[0]), len(own)
    out = deepcopy(chosen)
    held: dict[tuple[str, str], Element] = {}
    for each in own[: own.index(chosen)]:
        for reference in each.iterchildren(*_REFERENCES):
            held[str(reference.tag), reference.get(w("type"), "default")] = reference
    there = {(str(each.tag), each.get(w("type"), "default")) for each in out.iterchildren(*_REFERENCES)}
    for at, (key, reference) in enumerate(held.items()):
        if key not in there:
            out.insert(at, deepcopy(reference))
    return out, len(own)


def _turned(section: Element) -> bool:
    size = section.find(w("pgSz"))
    return size is not None and (
        size.get(w("orient")) == "landscape" or whole(size.get(w("w"), "")) > whole(size.get(w("h"), ""))
    )


def _sized(section: Element, standard: Element) -> None:
    """Paper and margins of the profile where the file names none."""
    before = [w(name) for name in ("headerReference", "footerReference", "footnotePr", "endnotePr", "type")]
    for name in ("pgSz", "pgMar"):
        if section.find(w(name)) is None:
            found = standard.find(w(name))
            if found is not None:
                section.insert(sum(child.tag in before for child in section), deepcopy(found))
        before.append(w(name))


def width_of(section: Element) -> int:
    """Twips between the margins of a section."""
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    if size is None or margins is None:
        return 0
    sides = sum(whole(margins.get(w(name), "")) for name in ("left", "right"))
    return whole(size.get(w("w"), "")) - sides


def _drop(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _element(xml: str) -> Element:
    from lxml import etree

    head, _, tail = xml.partition(">")
    closed = head.endswith("/")
    name = head.removesuffix("/")
    return etree.fromstring(f'{name} xmlns:w="{W}"{"/" if closed else ""}>{tail}')
