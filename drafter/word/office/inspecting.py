"""Any Word file beside a profile: page, grid, sections, page numbers, numbering, and how each kind of paragraph looks, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from drafter.ooxml.normal import Element
from drafter.ooxml.reading import Package, open_package, parse, relations
from drafter.ooxml.xml import r, w
from drafter.source.frozen import dataclass
from drafter.source.listed import listed
from drafter.source.messages import text as message
from drafter.word.frames import plan_frame
from drafter.word.looks import Appearance, Stylesheet, whole
from drafter.word.office.kinds import LEVELS
from drafter.word.office.regions import regions
from drafter.word.office.roles import Role, Roles, common, roles
from drafter.word.office.story import File, Paragraph
from drafter.word.styles import all_styles, defaults
from drafter.word.telling import differences, font_name, item_name, points, style_name, told
from drafter.workspace.profile import Profile

PROFILES: Mapping[str, Profile] = {"plan": Profile(), "gongwen": replace(Profile(), scheme="公文")}
"""The profiles that a file can be held against, by their names on the command line."""

_SHOWN = ("font", "size", "pitch", "indent", "align")
"""Items of a look that are always shown; the others where they differ."""
_TWIP = 56.6929
"""Twips of a millimetre: 1440 / 25.4."""
_NEAR = 15
"""Twips that a printer does not keep either."""


@dataclass(frozen=True, slots=True)
class Line:
    """One item: to what it belongs, what the profile says, what the file has, whether they differ."""

    group: str
    item: str
    profile: str
    file: str
    differs: bool


@dataclass(slots=True)
class _Whole:
    """A file as it is inspected."""

    file: File
    settings: Element | None
    parts: Mapping[str, tuple[str, Element]]
    text: Element | None = None  # the section that the text stands in, where that is known

    def section(self) -> Element | None:
        """The upright section that the text begins in, else the last."""
        if self.text is not None:
            return self.text
        blocks = self.file.blocks
        where = regions(blocks).text
        start = blocks[where].element if where < len(blocks) else None
        seen, last = start is None, None
        for element in self.file.main.iter(w("p"), w("tbl"), w("sectPr")):
            seen = seen or element is start
            if element.tag == w("sectPr"):
                last = element
                if seen and not _turned(element):
                    break
        self.text = last
        return last


def inspected(data: bytes, name: str, profile: str) -> tuple[Line, ...]:
    """A file beside a profile. Raises `Refused` where it is no Word file that can be read."""
    found, ours = _opened(open_package(data, name)), _ours()
    wanted = PROFILES[profile]
    return (
        *_page(ours, found),
        *_numbers(ours, found),
        *_looks(found, wanted),
    )


def _ours() -> _Whole:
    out = _opened(open_package(plan_frame(), ""))
    out.text = list(out.file.main.iter(w("sectPr")))[-1]
    return out


def _opened(package: Package) -> _Whole:
    found: dict[str, Element] = {}
    parts: dict[str, tuple[str, Element]] = {}
    for tie in relations(package, package.main):
        if tie.target in package.parts:
            root = parse(package, tie.target)
            found.setdefault(tie.kind, root)
            parts[tie.target] = (tie.kind, root)
    file = File(parse(package, package.main), *(found.get(kind) for kind in ("styles", "numbering", "theme")))
    return _Whole(file, found.get("settings"), _by_id(package, parts))


def _by_id(package: Package, parts: Mapping[str, tuple[str, Element]]) -> Mapping[str, tuple[str, Element]]:
    """Headers and footers by the ids under which sections name them."""
    from drafter.ooxml.package import relations as ties
    from drafter.ooxml.package import resolved

    out = {}
    for tie in ties(package.parts, package.main):
        target = resolved(package.main, tie.target)
        if target in parts:
            out[tie.id] = parts[target]
    return out


# -- the page ----------------------------------------------------------------------------------------------------------


def _line(group: str, item: str, expected: str, found: str, *, differs: bool | None = None) -> Line:
    group, item = message(f"inspect.group.{group}"), message(f"inspect.item.{item}")
    return Line(group, item, expected, found, expected != found if differs is None else differs)


def _page(ours: _Whole, found: _Whole) -> Iterator[Line]:
    one, other = ours.section(), found.section()
    for tag, key in (
        ("pgSz", "w"),
        ("pgSz", "h"),
        ("pgMar", "top"),
        ("pgMar", "bottom"),
        ("pgMar", "left"),
        ("pgMar", "right"),
        ("pgMar", "header"),
        ("pgMar", "footer"),
    ):
        first, second = _value(one, tag, key), _value(other, tag, key)
        near = bool(second) and abs(whole(first) - whole(second)) <= _NEAR
        yield _line(
            "page", f"{tag}-{key}".lower(), _millimetres(first), _millimetres(second), differs=not near
        )
    yield _line("page", "grid", _grid(one), _grid(other))
    turned = sum(_turned(each) for each in found.file.main.iter(w("sectPr")))
    sections = sum(1 for _ in found.file.main.iter(w("sectPr")))
    shown = message("inspect.value.sections", count=str(sections), turned=str(turned))
    yield _line("page", "sections", "", shown, differs=False)


def _turned(section: Element) -> bool:
    return whole(_value(section, "pgSz", "w")) > whole(_value(section, "pgSz", "h"))


def _value(section: Element | None, tag: str, key: str) -> str:
    element = None if section is None else section.find(w(tag))
    return "" if element is None else element.get(w(key), "")


def _millimetres(twips: str) -> str:
    return f"{abs(whole(twips)) / _TWIP:.1f} mm" if twips else message("look.value.none")


def _grid(section: Element | None) -> str:
    kind = _value(section, "docGrid", "type")
    if kind not in {"lines", "linesAndChars", "snapToChars"}:
        return message("look.value.none")
    pitch, space = _value(section, "docGrid", "linePitch"), _value(section, "docGrid", "charSpace")
    code = "inspect.value.grid" if kind == "lines" else "inspect.value.grid-characters"
    return message(code, points=points(whole(pitch)), space=space or "0")


# -- page numbers ------------------------------------------------------------------------------------------------------


def _numbers(ours: _Whole, found: _Whole) -> Iterator[Line]:
    for side in ("default", "even"):
        yield _line("numbers", f"number-{side}", _number(ours, side), _number(found, side))
    yield _line("numbers", "start", _start(ours), _start(found))
    headers = [
        "".join(text.text or "" for text in root.iter(w("t"))).strip()
        for kind, root in found.parts.values()
        if kind == "header"
    ]
    yield _line("numbers", "headers", "", str(listed(text for text in headers if text)), differs=False)


def _number(whole_file: _Whole, side: str) -> str:
    """The form of the page number and where it stands (`— 1 —`, right)."""
    both = whole_file.settings is not None and whole_file.settings.find(w("evenAndOddHeaders")) is not None
    footers: dict[str, tuple[str, Element]] = {}
    section = whole_file.section()
    for each in whole_file.file.main.iter(w("sectPr")):
        for reference in each.findall(w("footerReference")):
            part = whole_file.parts.get(reference.get(r("id"), ""))
            if part is not None:
                footers[reference.get(w("type"), "default")] = part
        if each is section:
            break
    part = footers.get(side if both else "default")
    if part is None:
        return message("look.value.none")
    for paragraph in whole_file.file.paragraphs(part[1]):
        if _has_number(paragraph):
            look = told(paragraph.look)
            return f"{_form(paragraph)} {look['align']} {look['font']} {look['size']}"
    return message("look.value.none")


def _has_number(paragraph: Paragraph) -> bool:
    codes = [each.text or "" for each in paragraph.element.iter(w("instrText"))]
    codes += [each.get(w("instr"), "") for each in paragraph.element.iter(w("fldSimple"))]
    return any("PAGE" in code.upper().split() for code in codes)


def _form(paragraph: Paragraph) -> str:
    """What stands around the number, the number itself as 1."""
    return "".join("1" if character.isdigit() else character for character in paragraph.text).strip() or "1"


def _start(whole_file: _Whole) -> str:
    return _value(whole_file.section(), "pgNumType", "start") or message("inspect.value.goes-on")


# -- looks -------------------------------------------------------------------------------------------------------------


def _looks(found: _Whole, profile: Profile) -> Iterator[Line]:
    file = found.file
    known = roles(file, regions(file.blocks))
    label = {"章节": "章节", "公文": "公文"}.get(known.scheme, message("look.value.none"))
    yield _line("numbering", "scheme", profile.scheme, label)
    if known.scheme:
        typed = message("inspect.value.typed" if known.typed else "inspect.value.automatic")
        yield _line("numbering", "typed", message("inspect.value.automatic"), typed)
    ours = _sheet(profile)
    for style, role in {**known.found, **_notes(found)}.items():
        yield from _of_role(style, role, ours, profile, known)
    yield from _fonts(known, ours)


def _notes(found: _Whole) -> Mapping[str, Role]:
    given = [
        ("FootnoteText", paragraph)
        for kind, root in found.parts.values()
        if kind == "footnotes"
        for paragraph in found.file.paragraphs(root)
        if paragraph.text
    ]
    return common(given)


def _sheet(profile: Profile) -> Stylesheet:
    from lxml import etree

    from drafter.ooxml.xml import W
    from drafter.word.office.styles import profile_xml

    body = "".join((defaults(profile), profile_xml("Normal"), *all_styles(profile).values()))
    return Stylesheet(etree.fromstring(f'<w:styles xmlns:w="{W}">{body}</w:styles>'))


def _of_role(style: str, role: Role, ours: Stylesheet, profile: Profile, known: Roles) -> Iterator[Line]:
    expected, look = ours.appearance(style), role.example.look
    if style.startswith("Heading"):
        # Whether a level is one of the outline is no matter of looks where numbers are typed.
        look = replace(look, outline=expected.outline)
    sample = " ".join(role.example.text.split())[:_SAMPLE]
    kinds = LEVELS.get(known.scheme or profile.scheme, ())
    level = int(style[-1]) if style.startswith("Heading") else 0
    name = kinds[level - 1] if 0 < level <= len(kinds) else style_name(ours.entries[style].name)
    group = message(
        "inspect.group.role",
        role=name,
        style=style_name(role.example.style_name),
        count=str(role.all),
        sample=sample,
    )
    unlike = {each.item for each in differences(expected, look)}
    for item, value in told(look).items():
        differs = item_name(item) in unlike
        if differs or item in _SHOWN:
            yield Line(group, item_name(item), told(expected)[item], value, differs)
    if role.count < role.all:
        mixed = message("inspect.value.mixed", count=str(role.all - role.count))
        yield Line(group, message("inspect.item.mixed"), "", mixed, differs=True)


_SAMPLE = 16


def _fonts(known: Roles, ours: Stylesheet) -> Iterator[Line]:
    """Chinese fonts in use that the profile has not."""
    looks: list[Appearance] = [role.example.look for role in known.found.values()]
    used = dict.fromkeys(font_name(look.font) for look in looks if look.font)
    wanted = dict.fromkeys(font_name(ours.appearance(style).font) for style in known.found)
    strange = [font for font in used if font not in wanted]
    yield _line("fonts", "fonts", str(listed(wanted)), str(listed(used)), differs=bool(strange))
