"""Our styles with an office's looks: each role of its text gives one of ours, what it has no example of comes from the profile.

A style of ours rests on the office's own where it can, so that a change of that one in Word is followed; where it cannot (a style would
rest on itself), and for what comes from the profile, it says everything itself, because the office's defaults are not ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from drafter.ooxml.normal import Element
from drafter.ooxml.xml import R, W, w
from drafter.source.frozen import dataclass
from drafter.word.looks import Properties, StyleEntry, Stylesheet, whole
from drafter.word.office.order import PARAGRAPH, RUN, rank
from drafter.word.office.package import Taken
from drafter.word.office.roles import Role, Roles
from drafter.word.office.story import File
from drafter.word.styleids import STYLES, profile_styles, rename, renaming
from drafter.word.styles import all_styles

STYLE, LOOK, NAME, PROFILE = "style", "look", "name", "profile"
"""Where a style of ours has its look from: a style of the text, what was set by hand, a style of the same name that no text uses, the profile."""

_PLAIN: Properties = {
    "p.autoSpaceDE": "0", "p.autoSpaceDN": "0", "p.widowControl": "0", "p.snapToGrid": "1", "p.keepNext": "0",
    "p.pageBreakBefore": "0", "p.spacing.before": "0", "p.spacing.after": "0", "p.spacing.line": "240",
    "p.spacing.lineRule": "auto", "p.ind.left": "0", "p.ind.leftChars": "0", "p.ind.right": "0", "p.ind.rightChars": "0",
    "p.ind.firstLine": "0", "p.ind.firstLineChars": "0", "p.jc.val": "both", "r.b": "0", "r.i": "0", "r.color.val": "auto",
    "r.spacing.val": "0",
}  # fmt: skip
"""What holds where a style says nothing: written out, so that the office's defaults do not reach in."""

_TABBED = frozenset({"TOC1", "TOC2"})
_NUMBERED = ("Heading", "GwAnnex")


@dataclass(frozen=True, slots=True)
class Mapped:
    """A style of ours: its id and name, where its look is from, whose, and a paragraph that shows it."""

    style: str
    name: str
    source: str
    origin: str = ""
    text: str = ""
    paragraphs: int = 0


def mapped(taken: Taken, file: File, roles: Roles, width: int) -> tuple[Mapped, ...]:
    """Write our styles into the file's and say where each is from; `width` is that of the text, in twips."""
    root = taken.roots.get(STYLES)
    if root is None:
        root = taken.roots[STYLES] = _element(f'<w:styles xmlns:w="{W}"/>')
    out = [_Styling(root, file, width).put(each, roles.found.get(each.id)) for each in _ours()]
    names = renaming(Stylesheet(root))
    for part in taken.roots.values():
        rename(part, names)
    _unlink(taken)
    return tuple(each for each in out if each.style)


def _ours() -> tuple[StyleEntry, ...]:
    # Tables and characters first: nothing of ours rests on them, but Word wants what is rested on to be there.
    entries = profile_styles().entries.values()
    return tuple(sorted(entries, key=lambda each: (not each.default, each.kind == "paragraph")))


class _Styling:
    """The styles of one file in the making."""

    def __init__(self, root: Element, file: File, width: int) -> None:
        self.root, self.file, self.width = root, file, width
        self.sheet = file.sheet

    def put(self, ours: StyleEntry, role: Role | None) -> Mapped:
        there = next((each for each in self.sheet.entries.values() if _same(each, ours)), None)
        if ours.kind != "paragraph" or ours.default:
            if there is None:
                self._add(_profile_element(ours.id, self.width))
            return Mapped("", "", "")
        if role is not None:
            return self._from_role(ours, role, there)
        if there is not None and not self._bare(ours, there):
            self._settle(self._find(there.id), ours)
            return Mapped(ours.id, ours.name, NAME, there.name)
        element = _complete(ours, self.width)
        if there is None:
            self._add(element)
        else:
            element.set(w("styleId"), there.id)
            self.root.replace(self._find(there.id), element)
        return Mapped(ours.id, ours.name, PROFILE)

    def _bare(self, ours: StyleEntry, there: StyleEntry) -> bool:
        """A heading as a word processor brings it, coloured, which nobody has used: no office means that."""
        look = self.sheet.appearance(there.id)
        rested = any(each.based == there.id for each in self.sheet.entries.values())
        return ours.id.startswith("Heading") and not rested and bool(look.colour or look.italic)

    def _from_role(self, ours: StyleEntry, role: Role, there: StyleEntry | None) -> Mapped:
        base, example = self.sheet.entries.get(role.example.style), role.example
        own = _wanted(example.by_hand, example.look.size)
        chain = {each.id for each in self.sheet._chain(example.style)}  # noqa: SLF001 -- the chain is the question here
        tabs = example.element.find(f"{w('pPr')}/{w('tabs')}")
        if there is not None and there is base:
            element = self._find(there.id)
        else:
            new = there.id if there else ours.id
            lone = base is None or new in chain
            if lone:
                own = {
                    **_PLAIN,
                    **_named(self.sheet.effective(example.style, example.by_hand), self.sheet),
                    **own,
                }
            based = "" if lone or base is None else base.id
            element = _new(new, ours, based)
            if there:
                self.root.replace(self._find(there.id), element)
            else:
                self._add(element)
        _set(element, _named(own, self.sheet))
        if ours.id in _TABBED:
            self._tabs(element, tabs, chain)
        self._settle(element, ours)
        by_hand = bool(_named(own, self.sheet)) and (base is None or base.default)
        origin = (base.name if base else "") or example.style
        return Mapped(ours.id, ours.name, LOOK if by_hand else STYLE, origin, example.text, role.all)

    def _find(self, id: str) -> Element:
        return next(each for each in self.root.findall(w("style")) if each.get(w("styleId")) == id)

    def _add(self, element: Element) -> None:
        self.root.append(element)

    def _settle(self, element: Element, ours: StyleEntry) -> None:
        """What our styles must have: their level, words kept with the text below, no number of the office's."""
        own: dict[str, str] = {}
        if ours.id.startswith("Heading"):
            own = {"p.keepNext": "1", "p.outlineLvl.val": str(int(ours.id[-1]) - 1)}
        elif ours.id == "GwAnnex":
            own = {"p.keepNext": "1", "p.outlineLvl.val": "0"}
        _set(element, own)
        look = element.find(w("pPr"))
        if look is not None:
            for number in look.findall(w("numPr")):
                look.remove(number)
        base = element.find(w("basedOn"))
        linked = self.sheet.numbered("" if base is None else base.get(w("val"), ""))
        if linked and not ours.id.startswith(_NUMBERED):
            _child(element, "p", "numPr").append(_element(f'<w:numId xmlns:w="{W}" w:val="0"/>'))
        link = element.find(w("link"))
        if link is not None:
            element.remove(link)

    def _tabs(self, element: Element, own: Element | None, chain: set[str]) -> None:
        """Contents need a stop at the right for their numbers."""
        if own is None and any(self._find(id).find(f"{w('pPr')}/{w('tabs')}") is not None for id in chain):
            return
        ours = f'<w:tabs xmlns:w="{W}"><w:tab w:val="right" w:leader="dot" w:pos="{self.width}"/></w:tabs>'
        look = _child(element, "p", "tabs")
        look.clear()
        for stop in _element(ours) if own is None else deepcopy(own):
            look.append(stop)


def _same(entry: StyleEntry, ours: StyleEntry) -> bool:
    return entry.kind == ours.kind and (
        entry.name.casefold() == ours.name.casefold() or (entry.default and ours.default)
    )


def _wanted(by_hand: Properties, size: int) -> dict[str, str]:
    """What is set by hand in a paragraph that shows a role, as its style would say it."""
    out = {key: value for key, value in by_hand.items() if not key.startswith("p.outlineLvl")}
    for name in ("firstLine", "left", "hanging"):
        count = whole(out.get(f"p.ind.{name}Chars", ""))
        if count and f"p.ind.{name}" not in out:
            # Not every word processor reads the form in characters.
            out[f"p.ind.{name}"] = str(round(count * size / 10))
    return out


def _named(properties: Properties, sheet: Stylesheet) -> dict[str, str]:
    """The same with fonts by name instead of a theme's."""
    out = dict(properties)
    for theme, name in (
        ("eastAsiaTheme", "eastAsia"),
        ("asciiTheme", "ascii"),
        ("hAnsiTheme", "hAnsi"),
        ("cstheme", "cs"),
    ):
        word = out.pop(f"r.rFonts.{theme}", "")
        if word in sheet.theme:
            out[f"r.rFonts.{name}"] = sheet.theme[word]
    return out


def _new(id: str, ours: StyleEntry, based: str) -> Element:
    custom = ' w:customStyle="1"' if ours.id.startswith("Gw") else ""
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    return _element(
        f'<w:style xmlns:w="{W}" w:type="paragraph"{custom} w:styleId="{id}"><w:name w:val="{ours.name}"/>{base}<w:qFormat/></w:style>'
    )


def _profile_element(id: str, width: int) -> Element:
    """A style of the profile; stops that stand at the edges of the text are moved to those of this page."""
    xml = all_styles().get(id) or profile_xml(id)
    element = _element(f'<x xmlns:w="{W}" xmlns:r="{R}">{xml}</x>')[0]
    for stop in element.iter(w("tab")):
        part = 2 if stop.get(w("val")) == "center" else 1
        stop.set(w("pos"), str(width // part))
    return element


def profile_xml(id: str) -> str:
    """One of the styles that every file has, as the profile writes it."""
    from lxml import etree

    from drafter.word.styles import styles_part

    root = etree.fromstring(styles_part())
    found = next(each for each in root.findall(w("style")) if each.get(w("styleId")) == id)
    return etree.tostring(found, encoding="unicode")


def _complete(ours: StyleEntry, width: int) -> Element:
    """A style of the profile that rests on nothing and says everything."""
    element = _profile_element(ours.id, width)
    base = element.find(w("basedOn"))
    if base is not None:
        element.remove(base)
    _set(element, {**_PLAIN, **profile_styles().effective(ours.id)})
    return element


def _set(element: Element, properties: Mapping[str, str]) -> None:
    """Write flat properties into an element's own, in the order of the schema."""
    for key, value in properties.items():
        kind, name, *attribute = key.split(".")
        child = _child(element, kind, name)
        if attribute:
            child.set(w(attribute[0]), value)
        elif value == "1":
            child.attrib.pop(w("val"), "")
        else:
            child.set(w("val"), value)
    if "r.sz.val" in properties:
        _child(element, "r", "szCs").set(w("val"), properties["r.sz.val"])
    if "r.b" in properties:
        _set(element, {"r.bCs": properties["r.b"]})
    _one_first(element, properties)


def _one_first(element: Element, properties: Mapping[str, str]) -> None:
    """A first line stands in or hangs, not both."""
    indent = element.find(f"{w('pPr')}/{w('ind')}")
    if indent is None:
        return
    hangs = any(whole(properties.get(f"p.ind.hanging{end}", "")) for end in ("", "Chars"))
    for name in ("firstLine", "firstLineChars") if hangs else ("hanging", "hangingChars"):
        if indent.get(w(name)) is not None and (
            hangs or any(f"p.ind.firstLine{end}" in properties for end in ("", "Chars"))
        ):
            del indent.attrib[w(name)]


def _child(element: Element, kind: str, name: str) -> Element:
    """A child of an element's own properties, made where it is not there."""
    owner = element.find(w(f"{kind}Pr"))
    if owner is None:
        owner = _element(f'<w:{kind}Pr xmlns:w="{W}"/>')
        paragraph = element.find(w("pPr"))
        behind = [
            child
            for child in element
            if child.tag not in {w("pPr"), w("rPr"), w("tblPr"), w("trPr"), w("tcPr"), w("tblStylePr")}
        ]
        at = len(behind) if kind == "p" or paragraph is None else element.index(paragraph) + 1
        element.insert(at, owner)
    found = owner.find(w(name))
    if found is None:
        order = PARAGRAPH if kind == "p" else RUN
        found = _element(f'<w:{name} xmlns:w="{W}"/>')
        before = [child for child in owner if rank(child, order) <= order.index(name)]
        owner.insert(len(before), found)
    return found


def _unlink(taken: Taken) -> None:
    """The office's lists let go of our styles: their numbers come with the text."""
    ours = set(all_styles())
    root = taken.roots.get("word/numbering.xml")
    for style in () if root is None else list(root.iter(w("pStyle"))):
        if style.get(w("val")) in ours:
            owner = style.getparent()
            if owner is not None:
                owner.remove(style)


def _element(xml: str) -> Element:
    from lxml import etree

    return etree.fromstring(xml)
