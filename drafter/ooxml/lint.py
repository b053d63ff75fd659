"""What makes Word repair a file and schema validators let pass: bookmarks, fields, revisions, references between parts, order of properties;
and what keeps out those who cannot see it (`accessible`).

For our own files and for files that we change; a returned file is read by `reading`, which refuses what is dangerous.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from lxml import etree

from drafter.ooxml.accessible import accessible
from drafter.ooxml.normal import Element
from drafter.ooxml.package import INDEX, content_types, relations, resolved, unzipped
from drafter.ooxml.xml import r, w
from drafter.source.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: its kind (`bookmark.unclosed`), the part, and what exactly."""

    kind: str
    part: str
    detail: str


_MAIN = "word/document.xml"
_STORIES = ("document", "footnotes", "endnotes", "comments", "header", "footer")
_REVISIONS = tuple(map(w, ("ins", "del", "moveFrom", "moveTo")))
_TEXTS = {
    w("t"): (False, "revision.text-in-deletion"),
    w("instrText"): (False, "revision.code-in-deletion"),
    w("delText"): (True, "revision.deleted-text-outside"),
    w("delInstrText"): (True, "revision.deleted-code-outside"),
}
"""Elements of text: whether they stand in a deletion, and what it is called where they do not."""


def lint(data: bytes) -> tuple[Finding, ...]:
    """Everything that is wrong with a Word file."""
    try:
        parts = unzipped(data)
        roots = {
            name: etree.fromstring(body) for name, body in parts.items() if name.endswith((".xml", ".rels"))
        }
    except (zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        return (Finding("package.unreadable", "", str(error)),)
    if INDEX not in parts or _MAIN not in parts:
        return (Finding("package.no-main", "", _MAIN),)
    stories = {name: root for name, root in roots.items() if _is_story(name)}
    out = list(_package(parts))
    out += _bookmarks(stories)
    for name, root in stories.items():
        for check in _CHECKS:
            out += (Finding(kind, name, detail) for kind, detail in check(root))
    out += _references(stories, roots)
    out += (Finding(kind, part, detail) for kind, part, detail in accessible(stories, roots))
    out += (Finding("order", name, detail) for name, root in roots.items() for detail in _order(root))
    return tuple(out)


def _is_story(name: str) -> bool:
    base = name.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")
    return name.startswith("word/") and base in _STORIES


def _package(parts: Mapping[str, bytes]) -> Iterator[Finding]:
    """Parts without a type, types without a part, relationships to nowhere or with an id twice."""
    types = content_types(parts)
    for name in parts:
        extension = "." + name.rsplit(".", 1)[-1]
        if name != INDEX and f"/{name}" not in types and extension not in types:
            yield Finding("package.no-type", name, extension)
    for name in types:
        if name.startswith("/") and name[1:] not in parts:
            yield Finding("package.missing-part", INDEX, name)
    for owner in ("", *parts):
        known = relations(parts, owner)
        for id, count in Counter(each.id for each in known).items():
            if count > 1:
                yield Finding("relationship.doubled", owner, id)
        for each in known:
            if not each.external and resolved(owner, each.target) not in parts:
                yield Finding("relationship.dangling", owner, each.target)
        used = _used_relationships(parts.get(owner))
        for id in sorted(used - {each.id for each in known}):
            yield Finding("relationship.missing", owner, id)


def _used_relationships(body: bytes | None) -> set[str]:
    if body is None or b"relationships" not in body or b"<Relationships" in body:
        return set()
    names = (r("id"), r("embed"), r("link"))
    root = etree.fromstring(body)
    return {value for element in root.iter(etree.Element) for name in names if (value := element.get(name))}


def _bookmarks(stories: Mapping[str, Element]) -> Iterator[Finding]:
    """Ids are counted through all stories, names too; a bookmark starts and ends in one story, the start first."""
    ids: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for name, root in stories.items():
        open_ids: set[str] = set()
        for element in root.iter(w("bookmarkStart"), w("bookmarkEnd")):
            id = element.get(w("id"), "")
            if element.tag == w("bookmarkStart"):
                ids[id] += 1
                names[element.get(w("name"), "").lower()] += 1
                open_ids.add(id)
            elif id in open_ids:
                open_ids.discard(id)
            else:
                yield Finding("bookmark.unopened", name, id)
        for id in sorted(open_ids):
            yield Finding("bookmark.unclosed", name, id)
    yield from (Finding("bookmark.doubled-id", "", id) for id, count in ids.items() if count > 1)
    yield from (Finding("bookmark.doubled-name", "", name) for name, count in names.items() if count > 1)
    yield from (Finding("bookmark.long-name", "", name) for name in names if len(name) > _LONGEST)


_LONGEST = 40

Pairs = Iterator[tuple[str, str]]


def _revisions(root: Element) -> Pairs:
    """Deleted text is `w:delText` and stands in `w:del`; other text, moved text too, is `w:t` and does not."""
    for element in root.iter(*_TEXTS):
        inside, kind = _TEXTS[str(element.tag)]
        if (next(element.iterancestors(w("del")), None) is not None) is not inside:
            yield kind, (element.text or "")[:40]
    seen = Counter(each.get(w("id"), "") for each in root.iter(*_REVISIONS))
    yield from (("revision.doubled-id", id) for id, count in seen.items() if count > 1)


def _fields(root: Element) -> Pairs:
    """Each field begins, is separated at most once, and ends in its own story."""
    open_fields: list[bool] = []
    for element in root.iter(w("fldChar")):
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            open_fields.append(False)
        elif not open_fields:
            yield "field.unopened", str(kind)
        elif kind == "separate":
            if open_fields[-1]:
                yield "field.separated-twice", ""
            open_fields[-1] = True
        else:
            open_fields.pop()
    if open_fields:
        yield "field.unclosed", str(len(open_fields))


def _cells(root: Element) -> Pairs:
    """A cell ends with a paragraph, a row has a cell, and its cells fill the grid."""
    for cell in root.iter(w("tc")):
        if not len(cell) or cell[-1].tag != w("p"):
            yield "table.cell-without-end", _shown(cell)
    for table in root.iter(w("tbl")):
        columns = len(table.findall(f"{w('tblGrid')}/{w('gridCol')}"))
        for row in table.findall(w("tr")):
            spans = [cell.find(f"{w('tcPr')}/{w('gridSpan')}") for cell in row.findall(w("tc"))]
            width = sum(1 if span is None else int(span.get(w("val"), "1")) for span in spans)
            skipped = (
                row.find(f"{w('trPr')}/{w('gridBefore')}") is not None
                or row.find(f"{w('trPr')}/{w('gridAfter')}") is not None
            )
            if width != columns and not skipped:
                yield "table.row-width", f"{width}/{columns}: {_shown(row)}"


def _shown(element: Element) -> str:
    return "".join(each.text or "" for each in element.iter(w("t")))[:40]


_CHECKS: tuple[Callable[[Element], Pairs], ...] = (_revisions, _fields, _cells)


def _references(stories: Mapping[str, Element], roots: Mapping[str, Element]) -> Iterator[Finding]:
    """Styles, lists, notes and bookmarks that are named but not there."""
    styles = _values(roots.get("word/styles.xml"), "style", "styleId")
    lists = {"0", *_values(roots.get("word/numbering.xml"), "num", "numId")}
    notes = _values(roots.get("word/footnotes.xml"), "footnote", "id")
    names = {name for root in stories.values() for name in _values(root, "bookmarkStart", "name")}
    wanted = [(tag, "val", styles, "style.missing") for tag in ("pStyle", "rStyle", "tblStyle")]
    wanted += [
        ("numId", "val", lists, "list.missing"),
        ("footnoteReference", "id", notes, "footnote.missing"),
    ]
    wanted.append(("hyperlink", "anchor", names, "bookmark.missing"))
    everywhere = [*stories.items(), ("word/styles.xml", roots.get("word/styles.xml"))]
    for part, root in everywhere:
        for tag, key, known, kind in wanted:
            for value in sorted(_values(root, tag, key) - known):
                yield Finding(kind, part, value)
        for target in sorted(_field_targets(root) - names):
            yield Finding("bookmark.missing", part, target)
    used = [each.get(w("id"), "") for root in stories.values() for each in root.iter(w("footnoteReference"))]
    yield from (Finding("footnote.doubled", "", id) for id, count in Counter(used).items() if count > 1)
    doubled = _doubled(roots)
    yield from (Finding(kind, part, id) for kind, part, id in doubled)


def _doubled(roots: Mapping[str, Element]) -> Iterator[tuple[str, str, str]]:
    for part, tag, key, kind in (
        ("word/styles.xml", "style", "styleId", "style.doubled"),
        ("word/numbering.xml", "num", "numId", "list.doubled"),
        ("word/numbering.xml", "abstractNum", "abstractNumId", "list.doubled-abstract"),
        ("word/footnotes.xml", "footnote", "id", "footnote.doubled-id"),
    ):
        root = roots.get(part)
        seen = (
            Counter(each.get(w(key), "") for each in root.iter(w(tag)))
            if root is not None
            else Counter[str]()
        )
        yield from ((kind, part, id) for id, count in seen.items() if count > 1)


def _values(root: Element | None, tag: str, key: str) -> set[str]:
    if root is None:
        return set()
    return {value for each in root.iter(w(tag)) if (value := each.get(w(key))) is not None}


def _field_targets(root: Element | None) -> set[str]:
    words = [(each.text or "").split() for each in root.iter(w("instrText"))] if root is not None else []
    return {code[1] for code in words if len(code) > 1 and code[0] in ("REF", "PAGEREF", "NOTEREF")}


_ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens "
    "kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing "
    "mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof "
    "snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath rPrChange",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders "
    "shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark headers cellIns "
    "cellDel cellMerge tcPrChange",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt "
    "vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange",
}
_RANKS = {
    w(tag): {w(name): rank for rank, name in enumerate(names.split())} for tag, names in _ORDERS.items()
}
_RANKS[w("sectPr")][w("footerReference")] = 0  # headers and footers may stand in any order


def _order(root: Element) -> Iterable[str]:
    """Children of properties that do not stand in the order of the schema."""
    for element in root.iter(*_RANKS):
        ranks = _RANKS[str(element.tag)]
        found = [ranks[str(child.tag)] for child in element if child.tag in ranks]
        if found != sorted(found):
            yield f"{etree.QName(element).localname}: {' '.join(etree.QName(child).localname for child in element)}"
