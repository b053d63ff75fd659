"""What an accessibility checker would find in a Word file: words for pictures and tables, head rows, title and language, links that say something.

After the rules of Word's own checker and PDF/UA-1 (ISO 14289-1, 7) as far as a file can be held to them by itself. Merged cells are no fault
here: tables of plans have them. Nor is a heading level that is left out: below an annex the headings begin with 一、, whose style is the third.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from drafter.ooxml.normal import Element
from drafter.ooxml.xml import w

_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_TRUE = frozenset(("1", "true"))
_PERSONS = (
    "{http://purl.org/dc/elements/1.1/}creator",
    "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy",
)

Fault = tuple[str, str, str]
"""Kind, part, detail, as the linter's findings have them."""


def accessible(stories: Mapping[str, Element], roots: Mapping[str, Element]) -> Iterator[Fault]:
    """Everything that keeps a reader from a file who cannot see it, and names of persons that it carries along."""
    yield from _properties(roots.get("docProps/core.xml"))
    yield from _language(roots.get("word/styles.xml"))
    for name, root in stories.items():
        yield from _drawings(name, root)
        yield from _links(name, root)
        for table in root.iter(w("tbl")):
            yield from _table(name, table)
    ids = Counter(each.get("id", "") for root in stories.values() for each in root.iter(_DRAWN))
    yield from (("drawing.doubled-id", "", id) for id, count in ids.items() if count > 1)


def _properties(core: Element | None) -> Iterator[Fault]:
    part = "docProps/core.xml"
    if core is None or not (core.findtext(_TITLE) or "").strip():
        yield "access.no-title", part, ""
    for name in _PERSONS:
        person = "" if core is None else (core.findtext(name) or "").strip()
        if person:
            yield "access.person", part, person


def _language(styles: Element | None) -> Iterator[Fault]:
    path = f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('lang')}"
    language = None if styles is None else styles.find(path)
    if language is None or not language.get(w("eastAsia")):
        yield "access.no-language", "word/styles.xml", ""


def _drawings(part: str, root: Element) -> Iterator[Fault]:
    for drawn in root.iter(_DRAWN):
        decorative = any(each.get("val") in _TRUE for each in drawn.iter(_DECORATIVE))
        if not decorative and not (drawn.get("descr") or drawn.get("title") or "").strip():
            yield "access.no-words", part, drawn.get("name", "")


def _links(part: str, root: Element) -> Iterator[Fault]:
    for link in root.iter(w("hyperlink")):
        shown = "".join(each.text or "" for each in link.iter(w("t"), w("delText")))
        if not shown.strip() and next(link.iter(w("drawing")), None) is None:
            yield "access.empty-link", part, link.get(w("anchor"), "")


def _table(part: str, table: Element) -> Iterator[Fault]:
    """A table in a style is one of data; without one, or where it floats, it is a frame's way to place things (the 版记 of a paper)."""
    look = table.find(w("tblPr"))
    if look is None or look.find(w("tblStyle")) is None or look.find(w("tblpPr")) is not None:
        return
    rows = table.findall(w("tr"))
    shown = "".join(each.text or "" for each in table.iter(w("t")))[:40]
    if len(rows) > 1 and rows[0].find(f"{w('trPr')}/{w('tblHeader')}") is None:
        yield "access.no-head", part, shown
    words = look.find(w("tblCaption"))
    if words is None or not words.get(w("val"), "").strip():
        yield "access.no-words", part, shown
