"""The parts of the finished file: the frame's own, what the text adds to them, and the identity derived from all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from drafter.ooxml.normal import Element
from drafter.ooxml.package import (
    INDEX,
    Relationship,
    content_types,
    content_types_part,
    relations,
    relations_name,
    relations_part,
    relationship_type,
    zipped,
)
from drafter.ooxml.parts import parsed, serialised
from drafter.ooxml.xml import DECLARATION, TYPE_OF_PART, R, W, attribute, w
from drafter.source.frozen import dataclass
from drafter.word import properties
from drafter.word.anchors import Edges
from drafter.word.edges import written_edges
from drafter.word.frame import MAIN, RenderedFrame
from drafter.word.lines import Asides, comments_part
from drafter.word.lists import SCHEMES, Lists, abstract_lists, list_instances, numbering_part
from drafter.word.styles import STANDARD, all_styles, defaults, styles_part
from drafter.workspace.profile import FONTS, Profile

_STYLES, _NUMBERING, _NOTES = "word/styles.xml", "word/numbering.xml", "word/footnotes.xml"
_COMMENTS, _FONTS = "word/comments.xml", "word/fontTable.xml"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


@dataclass(frozen=True, slots=True)
class Texts:
    """What was written: document.xml in pieces, the footnotes, and for the properties title, stage, unit and ISO date.

    `reading` for a reading copy; `sections` are those that the text has made of its own.
    """

    main: tuple[str, ...]
    notes: list[str]
    title: str
    subject: str
    company: str
    day: str
    reading: bool = False
    sections: int = 0


def first_numbers(parts: Mapping[str, bytes]) -> tuple[int, int]:
    """The first number that the frame leaves free for lists, and for footnotes."""
    lists = _largest(parts.get(_NUMBERING), ("abstractNumId", "numId"))
    return lists + 1, max(_largest(parts.get(_NOTES), ("id",)), 0) + 1


def _largest(body: bytes | None, names: tuple[str, ...]) -> int:
    if body is None:
        return 0
    from lxml import etree

    values = [
        child.get(w(name)) for child in etree.fromstring(body) for name in names if isinstance(child.tag, str)
    ]
    return max((int(value) for value in values if value), default=0)


def assembled(frame: RenderedFrame, texts: Texts, lists: Lists, asides: Asides) -> tuple[bytes, str, Edges]:
    """The file, its opaque id, and what its headers and footers say."""
    given = frame.parts
    parts = dict(given)
    # A plan's text is megabytes: each piece is encoded by itself, so that the whole is copied once.
    declared = texts.main[0].startswith("<?xml")
    parts[MAIN] = b"".join(map(str.encode, texts.main if declared else (DECLARATION, *texts.main)))
    parts[_NUMBERING] = _numbering(given.get(_NUMBERING), lists)
    parts[_NOTES] = _notes(given.get(_NOTES), texts.notes)
    parts[_STYLES] = _styles(given.get(_STYLES) or styles_part(), lists)
    if replace(lists.profile, kind=STANDARD.kind, literal=False) != STANDARD:
        _set(parts, lists.profile)
    if texts.reading:
        from drafter.word.larger import reading_styles

        parts[_STYLES] = reading_styles(parts[_STYLES])
    parts["docProps/core.xml"] = properties.core(texts.title, texts.subject, texts.day)
    parts["docProps/app.xml"] = properties.app(texts.company)
    _add(parts, asides)
    release = properties.release_of(parts)
    parts["docProps/custom.xml"] = properties.custom(release)
    parts["customXml/item1.xml"] = properties.item(release)
    return zipped(parts), release, written_edges(frame.edges, parts, texts.sections)


def _numbering(body: bytes | None, lists: Lists) -> bytes:
    """Ours, or the frame's with ours added: Word wants all abstract lists before the first list."""
    if body is None:
        return numbering_part(lists)
    root = parsed(body)
    first = next((place for place, child in enumerate(root) if child.tag == w("num")), len(root))
    for place, child in enumerate(_children(abstract_lists(lists))):
        root.insert(first + place, child)
    for child in _children(list_instances(lists.instances)):
        root.append(child)
    return serialised(root)


def _children(xml: str) -> list[Element]:
    return list(parsed(f'<x xmlns:w="{W}" xmlns:r="{R}">{xml}</x>'.encode()))


def _notes(body: bytes | None, notes: list[str]) -> bytes:
    if body is None:
        from drafter.word.frames.plan import SEPARATORS

        body = f'{DECLARATION}<w:footnotes xmlns:w="{W}">{SEPARATORS}</w:footnotes>'.encode()
    # Normalised first, so that it ends in a plain end tag.
    text = serialised(parsed(body)).decode()
    head, _, tail = text.rpartition("</")
    return f"{head}{''.join(notes)}</{tail}".encode()


def _joined(body: bytes | None, comments: str) -> bytes:
    """Our comments behind those of the frame."""
    if body is None:
        return f'{DECLARATION}<w:comments xmlns:w="{W}">{comments}</w:comments>'.encode()
    root = parsed(body)
    for child in _children(comments):
        root.append(child)
    return serialised(root)


def _styles(body: bytes, lists: Lists) -> bytes:
    """The frame's styles, those that it lacks, and the headings linked to their lists."""
    root = parsed(body)
    there = {style.get(w("styleId")): style for style in root if style.tag == w("style")}
    standard, own = all_styles(replace(STANDARD, kind=lists.profile.kind)), all_styles(lists.profile)
    if defaults(lists.profile) != defaults():
        _exchange(root, root.find(w("docDefaults")), defaults(), defaults(lists.profile))
    for name, xml in own.items():
        if name not in there:
            there[name] = _children(xml)[0]
            root.append(there[name])
        elif xml != standard[name]:
            there[name] = _exchange(root, there[name], standard[name], xml)
    if lists.profile.literal:
        return serialised(root)
    for level in range(len(SCHEMES[lists.scheme])):
        _link(there[f"Heading{level + 1}"], level, lists.headings)
    _link(there["GwAnnex"], 0, lists.annexes)
    return serialised(root)


def _exchange(parent: Element, there: Element | None, standard: str, wanted: str) -> Element:
    """What the profile wants in the place of what the frame came with. What somebody has changed in Word stays as it is."""
    if there is None:
        there = _children(wanted)[0]
        parent.insert(0, there)
    elif _said(there) == _said(_children(standard)[0]):
        new = _children(wanted)[0]
        parent.replace(there, new)
        return new
    return there


_SIDE = frozenset(
    map(
        w,
        (
            "rsid",
            "uiPriority",
            "unhideWhenUsed",
            "semiHidden",
            "qFormat",
            "locked",
            "next",
            "link",
            "aliases",
            "lang",
        ),
    )
)
"""What Word adds to a style, or leaves out, when it saves: it says nothing about looks."""


def _said(look: Element) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a style says, in no order: Word writes the same thing in other words whenever it saves."""
    inside = (each for each in look.iterdescendants() if each.tag not in _SIDE)
    return sorted(
        (str(each.tag), sorted((str(key), str(value)) for key, value in each.attrib.items()))
        for each in inside
    )


def _set(parts: dict[str, bytes], profile: Profile) -> None:
    """The page numbers and the table of fonts as the profile wants them, where the frame has its own."""
    from drafter.word.footers import LETTER_BELOW, footer

    for even in (False, True):
        for below in (0, LETTER_BELOW):
            standard = _canonical(parsed(footer(STANDARD, even=even, below=below)))
            for name, body in parts.items():
                if name.startswith("word/footer") and _canonical(parsed(body)) == standard:
                    parts[name] = footer(profile, even=even, below=below)
    if _FONTS in parts:
        parts[_FONTS] = _with_fonts(parts[_FONTS], profile)


def _with_fonts(body: bytes, profile: Profile) -> bytes:
    """The office's fonts, each with the one that it stands for as another name."""
    root = parsed(body)
    known = {font.get(w("name")) for font in root}
    for face, name in profile.fonts:
        if name not in known:
            other = f'<w:altName w:val="{attribute(FONTS[face])}"/>' if name != FONTS[face] else ""
            xml = f'<w:font w:name="{attribute(name)}">{other}<w:charset w:val="86"/></w:font>'
            root.append(_children(xml)[0])
    return serialised(root)


_BEFORE_NUMBER = frozenset(
    map(w, ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl"))
)
_BEFORE_PROPERTIES = frozenset(
    map(
        w,
        [
            "name",
            "aliases",
            "basedOn",
            "next",
            "link",
            "autoRedefine",
            "hidden",
            "uiPriority",
            "semiHidden",
            "unhideWhenUsed",
            "qFormat",
            "locked",
            "personal",
            "personalCompose",
            "personalReply",
            "rsid",
        ],
    )
)


def _link(style: Element, level: int, number: int) -> None:
    look = style.find(w("pPr"))
    if look is None:
        look = _children("<w:pPr/>")[0]
        style.insert(sum(child.tag in _BEFORE_PROPERTIES for child in style), look)
    for old in look.findall(w("numPr")):
        look.remove(old)
    link = _children(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')[0]
    look.insert(sum(child.tag in _BEFORE_NUMBER for child in look), link)


def _add(parts: dict[str, bytes], asides: Asides) -> None:
    """Links and pictures, each tied to the parts that show it."""
    ties = [
        Relationship(id, relationship_type("hyperlink"), address, external=True)
        for address, id in asides.links.items()
    ]
    forms = set()
    for number, file in enumerate(asides.pictures.values(), 1):
        name = f"media/picture{number}.{file.form}"
        parts[f"word/{name}"] = file.data
        ties.append(Relationship(f"rIdPicture{number}", relationship_type("image"), name))
        forms.add(file.form)
    comments = comments_part(asides.questions)
    if comments:
        parts[_COMMENTS] = _joined(parts.get(_COMMENTS), comments)
    notes = parts[_NOTES].decode()
    there = list(relations(parts, _NOTES))
    shown = [tie for tie in ties if f'"{tie.id}"' in notes]
    if shown:
        parts[relations_name(_NOTES)] = relations_part([*there, *shown])
    main = parts[MAIN].decode() if shown else ""
    _index(parts, [tie for tie in ties if not shown or f'"{tie.id}"' in main], forms)


def _index(parts: dict[str, bytes], ties: list[Relationship], forms: set[str]) -> None:
    """Content types and relationships of what was added."""
    inner = list(relations(parts, MAIN))
    for name in ("numbering", "footnotes", "styles", "comments"):
        if f"word/{name}.xml" in parts and not any(each.type == relationship_type(name) for each in inner):
            inner.append(Relationship(f"rIdOf{name.title()}", relationship_type(name), f"{name}.xml"))
    inner += ties
    inner.append(Relationship("rIdOfRelease", relationship_type("customXml"), "../customXml/item1.xml"))
    parts[relations_name(MAIN)] = relations_part(inner)
    outer = {each.type: each for each in relations(parts, "")}
    for type, target in (
        (_CORE, "docProps/core.xml"),
        (relationship_type("extended-properties"), "docProps/app.xml"),
        (relationship_type("custom-properties"), "docProps/custom.xml"),
    ):
        outer.setdefault(type, Relationship(f"rIdOf{target[9:-4].title()}", type, target))
    parts[relations_name("")] = relations_part(outer.values())
    item = Relationship("rId1", relationship_type("customXmlProps"), "itemProps1.xml")
    parts[relations_name("customXml/item1.xml")] = relations_part((item,))
    parts["customXml/itemProps1.xml"] = properties.item_properties()
    types = content_types(parts)
    for part, kind in (
        (_NUMBERING, "numbering"),
        (_NOTES, "footnotes"),
        (_STYLES, "styles"),
        *(((_COMMENTS, "comments"),) if _COMMENTS in parts else ()),
        ("docProps/core.xml", "core"),
        ("docProps/app.xml", "app"),
        ("docProps/custom.xml", "custom"),
        ("customXml/itemProps1.xml", "itemProps"),
    ):
        types[f"/{part}"] = TYPE_OF_PART[kind]
    for form in sorted(forms):
        types[f".{form}"] = f"image/{form}"
    parts[INDEX] = content_types_part({**types, ".xml": "application/xml"})


def _canonical(element: Element) -> bytes:
    """Equal for elements that say the same."""
    from lxml import etree

    return etree.tostring(element, method="c14n", exclusive=True, with_tail=False)
