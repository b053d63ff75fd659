"""A frame from an office's own Word file: taken apart, cleaned, its cover tagged, its contents and text replaced by slots, its styles mapped."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.ooxml.normal import Element
from drafter.ooxml.package import (
    INDEX,
    Relationship,
    content_types_part,
    relations_name,
    relations_part,
    relationship_type,
    resolved,
    unzipped,
    zipped,
)
from drafter.ooxml.parts import serialised
from drafter.ooxml.xml import TYPE_OF_PART, r, w
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Outcome, Place
from drafter.source.listed import listed
from drafter.word import properties
from drafter.word.facts import BODY, CONTENTS
from drafter.word.frame import checked_frame
from drafter.word.frames import plan_frame
from drafter.word.office.cleaning import clean, flatten
from drafter.word.office.cover import Cover, Placed, tag_around, tagged
from drafter.word.office.order import put_in_order
from drafter.word.office.package import MAIN, SINGLE, Taken, taken
from drafter.word.office.regions import regions
from drafter.word.office.revisions import decide, tracked
from drafter.word.office.roles import Roles, roles
from drafter.word.office.settling import let_go, settle
from drafter.word.office.slots import Emptied, emptied
from drafter.word.office.story import File, Paragraph
from drafter.word.office.styles import PROFILE, Mapped, mapped
from drafter.word.styleids import STYLES
from drafter.word.telling import style_name

_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_NEEDED = ("Heading1", "Heading2", "GwBody", "GwTbl")
"""Styles whose look an office would miss: without an example of them it is told."""


@dataclass(frozen=True, slots=True)
class Left:
    """What was not taken over: its kind and how many."""

    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class Made:
    """A frame and how it came about; `scheme` is 章节, 公文 or empty, `kept` the words that stay on the cover."""

    data: bytes
    tags: tuple[Placed, ...]
    styles: tuple[Mapped, ...]
    left: tuple[Left, ...]
    kept: tuple[str, ...]
    scheme: str


def frame_from(data: bytes, name: str, decision: str = "") -> Outcome[Made]:
    """The frame in the bytes of `name`; `decision` says what becomes of tracked changes. Raises `Refused` where it is no Word file."""
    parts = taken(data, name)
    changes = tracked(parts.roots.values())
    if changes and not decision:
        return Outcome(None, (_undecided(changes, name),))
    for root in parts.roots.values() if changes else ():
        decide(root, decision)
    parts.leave("changes", len(changes))
    clean(parts)
    settle(parts)
    around = (parts.roots.get(part) for part in (STYLES, "word/numbering.xml", "word/theme/theme1.xml"))
    file = File(parts.roots[MAIN], *around)
    where = regions(file.blocks)
    found = roles(file, where)
    cover = tagged(each for block in file.blocks[: where.cover] for each in file.paragraphs(block.element))
    cover.drawn = _drawn(file, where.cover)
    repeated = tuple(_repeated(parts, file, cover))
    slots = emptied(file, where, _standard())
    styles = mapped(parts, file, found, slots.width)
    _notes(parts)
    let_go(parts)
    for root in parts.roots.values():
        put_in_order(root)
        flatten(root)
        _name_fonts(root, file)
    _prune(parts)
    made = _packed(parts)
    left = tuple(Left(kind, count) for kind, count in sorted(parts.left.items()))
    tags = (*cover.placed, *repeated, *_slotted(slots))
    issues = (*_unsure(name, cover, slots, found, styles), *checked_frame(made, name)[1])
    return Outcome(Made(made, tags, styles, left, tuple(cover.kept), found.scheme), issues)


def _drawn(file: File, end: int) -> list[str]:
    """Words of WordArt on the cover, which no tag can stand in."""
    words = (
        path.get("string", "").strip()
        for block in file.blocks[:end]
        for path in block.element.iter("{urn:schemas-microsoft-com:vml}textpath")
    )
    return list(dict.fromkeys(filter(None, words)))


def _undecided(changes: list[Element], name: str) -> Issue:
    paragraph = next(changes[0].iterancestors(w("p")), None)
    texts = () if paragraph is None else paragraph.iter(w("t"), w("delText"))
    text = "".join(each.text or "" for each in texts)
    return Issue("frame-new.changes", Place(name, excerpt=text), {"count": str(len(changes))})


def _standard() -> Element:
    """The section of the text in the profile's own frame."""
    from lxml import etree

    sections = list(etree.fromstring(unzipped(plan_frame())[MAIN]).iter(w("sectPr")))
    return sections[-1]


def _repeated(parts: Taken, file: File, cover: Cover) -> Iterator[Placed]:
    for name, root in parts.roots.items():
        kind = name.removeprefix("word/").removesuffix(".xml").rstrip("0123456789")
        if kind in {"header", "footer"}:
            yield from tag_around(cover, (Paragraph(each, file) for each in root.iter(w("p"))), kind)


def _slotted(slots: Emptied) -> Iterator[Placed]:
    if slots.contents:
        yield Placed(CONTENTS, "", "contents")
    yield Placed(BODY, "", "text")


def _unsure(
    name: str, cover: Cover, slots: Emptied, found: Roles, styles: tuple[Mapped, ...]
) -> Iterator[Issue]:
    """What could not be told by looking, each with what to do."""
    place = Place(name)
    put = {each.tag for each in cover.placed}
    wanted = ("名称", "编制单位", "稿次行", "汉字年月")
    same = {"稿次行": {"稿次"}, "汉字年月": {"年月", "日期", "汉字日期"}}
    missing = [tag for tag in wanted if tag not in put and not same.get(tag, set()) & put]
    if missing:
        yield Issue("frame-new.no-tag", place, {"tags": listed(missing), "kept": listed(cover.kept[:_SHOWN])})
    if cover.offices:
        yield Issue("frame-new.offices", place, {"chosen": cover.office, "others": listed(cover.offices)})
    if cover.drawn:
        yield Issue("frame-new.word-art", place, {"words": listed(cover.drawn)})
    if not slots.contents:
        yield Issue("frame-new.no-contents", place)
    if not slots.alone:
        yield Issue("frame-new.one-section", place)
    if not slots.sized:
        yield Issue("frame-new.page-size", place)
    if not found.scheme:
        yield Issue("frame-new.no-scheme", place)
    missed = [style_name(each.name) for each in styles if each.source == PROFILE and each.style in _NEEDED]
    if missed:
        yield Issue("frame-new.no-example", place, {"styles": listed(missed)})


_SHOWN = 8


def _notes(parts: Taken) -> None:
    """Notes of what stays, and the lines above notes; those of the text go with it."""
    main = parts.roots[MAIN]
    for kind in ("footnote", "endnote"):
        root = parts.roots.get(f"word/{kind}s.xml")
        used = {each.get(w("id")) for each in main.iter(w(f"{kind}Reference"))}
        if root is None:
            continue
        for note in list(root):
            if note.get(w("type")) is None and note.get(w("id")) not in used:
                root.remove(note)


def _name_fonts(root: Element, file: File) -> None:
    """Fonts of the theme by their names, so that a name put there later is not overruled."""
    for fonts in root.iter(w("rFonts")):
        for theme, name in (
            ("eastAsiaTheme", "eastAsia"),
            ("asciiTheme", "ascii"),
            ("hAnsiTheme", "hAnsi"),
            ("cstheme", "cs"),
        ):
            word = str(fonts.attrib.pop(w(theme), ""))
            if font := file.sheet.theme.get(word):
                fonts.set(w(name), font)


def _prune(parts: Taken) -> None:
    """Parts and pictures that nothing shows any more."""
    kept, waiting = {MAIN}, [MAIN]
    while waiting:
        owner = waiting.pop()
        root = parts.roots[owner]
        used = {
            str(value)
            for each in root.iter()
            for key, value in each.attrib.items()
            if str(key).startswith(r(""))
        }
        ties = parts.ties.get(owner, [])
        parts.ties[owner] = [
            tie for tie in ties if tie.id in used or tie.type.rpartition("/")[2] not in _SHOWN_BY_ID
        ]
        for tie in parts.ties[owner]:
            target = resolved(owner, tie.target)
            if not tie.external and target not in kept:
                kept.add(target)
                waiting += [target] if target in parts.roots else []
    parts.roots = {name: root for name, root in parts.roots.items() if name in kept or name == STYLES}
    parts.pictures = {name: data for name, data in parts.pictures.items() if name in kept}
    parts.ties = {name: ties for name, ties in parts.ties.items() if name in parts.roots}


_SHOWN_BY_ID = frozenset({"header", "footer", "image", "hyperlink"})
_FORMS = {"jpg": "jpeg", "tif": "tiff", "svg": "svg+xml", "emf": "x-emf", "wmf": "x-wmf"}


def _packed(parts: Taken) -> bytes:

    out = {name: serialised(root) for name, root in parts.roots.items()}
    out |= parts.pictures
    ties = list(parts.ties.get(MAIN, []))
    ours = unzipped(plan_frame())
    for kind in ("styles", "settings", "fontTable", "theme", "footnotes"):
        target = SINGLE[kind]
        if not any(tie.type == relationship_type(kind) for tie in ties):
            ties.append(Relationship(f"rIdOf{kind}", relationship_type(kind), target.removeprefix("word/")))
            out.setdefault(target, ours[target])
    for name, own in {**parts.ties, MAIN: ties}.items():
        if own:
            out[relations_name(name)] = relations_part(own)
    out["docProps/core.xml"], out["docProps/app.xml"] = (
        properties.core("{{ 名称 }}", "", ""),
        properties.app(""),
    )
    outer = (
        Relationship("rId1", relationship_type("officeDocument"), MAIN),
        Relationship("rId2", _CORE, "docProps/core.xml"),
        Relationship("rId3", relationship_type("extended-properties"), "docProps/app.xml"),
    )
    out[relations_name("")] = relations_part(outer)
    types = {f"/{name}": _type(name) for name in out if name.endswith(".xml")}
    types |= {".rels": "application/vnd.openxmlformats-package.relationships+xml", ".xml": "application/xml"}
    for name in parts.pictures:
        form = name.rpartition(".")[2]
        types[f".{form}"] = f"image/{_FORMS.get(form, form)}"
    return zipped({**out, INDEX: content_types_part(types)})


def _type(name: str) -> str:
    return TYPE_OF_PART[name.rpartition("/")[2].removesuffix(".xml").rstrip("0123456789")]
