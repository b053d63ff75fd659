"""How a paragraph of any Word file looks once its styles have been followed: defaults, the chain of styles, what is set by hand, theme fonts.

Lengths are twips, sizes half-points, as in the file. Not here: what the looks ought to be (`drafter.word.styles`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType

from drafter.ooxml.normal import Element
from drafter.ooxml.xml import w
from drafter.source.frozen import dataclass

Properties = Mapping[str, str]
"""Flat properties: `p.jc.val` → `center`, `r.sz.val` → `32`; `p.keepNext` → `1` or `0`."""

_FLAGS = {
    "p": ("keepNext", "pageBreakBefore", "snapToGrid", "widowControl"),
    "r": ("b", "i"),
}
_VALUES = {"p": ("spacing", "ind", "jc", "outlineLvl"), "r": ("rFonts", "color", "spacing", "sz")}
_FONTS = {
    "eastAsia": ("eastAsiaTheme",),
    "ascii": ("asciiTheme",),
    "hAnsi": ("hAnsiTheme",),
    "cs": ("cstheme",),
}
_FIRST = ("firstLine", "firstLineChars", "hanging", "hangingChars")
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DEPTH = 32


@dataclass(frozen=True, slots=True)
class Indent:
    """An indent: hundredths of a character where it is given so, and twips."""

    characters: int = 0
    twips: int = 0


@dataclass(frozen=True, slots=True)
class Appearance:
    """What a reader sees of a paragraph. `first` is negative where the line hangs; `rule` is auto, exact or atLeast."""

    font: str = ""
    latin: str = ""
    size: int = 20
    bold: bool = False
    italic: bool = False
    colour: str = ""
    squeeze: int = 0
    line: int = 240
    rule: str = "auto"
    before: int = 0
    after: int = 0
    first: Indent = Indent()
    left: Indent = Indent()
    align: str = "left"
    outline: int = 9


@dataclass(frozen=True, slots=True)
class StyleEntry:
    """A style of a file: its id, the name that Word shows, what it is based on, and what it sets itself."""

    id: str
    name: str
    kind: str
    based: str = ""
    default: bool = False
    own: Properties = field(default_factory=lambda: MappingProxyType({}))
    number: str = ""


class Stylesheet:
    """The styles of one file."""

    def __init__(self, styles: Element | None, theme: Element | None = None) -> None:
        self.defaults: Properties = {}
        self.entries: dict[str, StyleEntry] = {}
        self.theme = _theme_fonts(theme)
        self._chains: dict[str, Properties] = {}
        if styles is None:
            return
        self.defaults = _merged(
            own_properties(styles.find(f"{w('docDefaults')}/{w('pPrDefault')}")),
            own_properties(styles.find(f"{w('docDefaults')}/{w('rPrDefault')}")),
        )
        for element in styles.findall(w("style")):
            entry = _entry(element)
            self.entries.setdefault(entry.id, entry)
        self.normal = next((each.id for each in self.entries.values() if each.default), "")

    normal = ""

    def named(self, name: str) -> StyleEntry | None:
        """The style that Word shows under a name; Word does not tell capitals apart."""
        wanted = name.casefold()
        return next((each for each in self.entries.values() if each.name.casefold() == wanted), None)

    def effective(self, style: str, *more: Properties) -> Properties:
        """Everything that holds for a paragraph of a style, with what is set by hand on top."""
        known = style if style in self.entries else self.normal
        if known not in self._chains:
            self._chains[known] = _merged(self.defaults, *(each.own for each in self._chain(known)))
        return _merged(self._chains[known], *more) if more else self._chains[known]

    def appearance(self, style: str, *more: Properties) -> Appearance:
        """How a paragraph of a style looks."""
        return seen(self.effective(style, *more), self.theme)

    def numbered(self, style: str) -> str:
        """The list that a style is linked to, itself or through its bases; `0` and empty are none."""
        return next((each.number for each in reversed(self._chain(style)) if each.number), "")

    def _chain(self, style: str) -> list[StyleEntry]:
        chain: list[StyleEntry] = []
        while style in self.entries and len(chain) < _DEPTH:
            entry = self.entries[style]
            if entry in chain:
                break
            chain.insert(0, entry)
            style = entry.based
        return chain


def _entry(element: Element) -> StyleEntry:
    def value(name: str) -> str:
        child = element.find(w(name))
        return "" if child is None else child.get(w("val"), "")

    number = element.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
    kind = element.get(w("type"), "paragraph")
    return StyleEntry(
        element.get(w("styleId"), ""),
        value("name"),
        kind,
        value("basedOn"),
        kind == "paragraph" and element.get(w("default"), "0") in _ON,
        own_properties(element),
        "" if number is None else number.get(w("val"), ""),
    )


_ON = ("1", "true", "on")


def own_properties(owner: Element | None) -> Properties:
    """What an element sets in its own `w:pPr` and `w:rPr`: a style, a paragraph's or the document's defaults, a run."""
    out: dict[str, str] = {}
    for kind, tag in (("p", "pPr"), ("r", "rPr")):
        look = None if owner is None else owner.find(w(tag))
        if look is None:
            continue
        for name in _FLAGS[kind]:
            flag = look.find(w(name))
            if flag is not None:
                out[f"{kind}.{name}"] = "1" if flag.get(w("val"), "1") in _ON else "0"
        for name in _VALUES[kind]:
            found = look.find(w(name))
            for key, value in () if found is None else found.attrib.items():
                out[f"{kind}.{name}.{str(key).rpartition('}')[2]}"] = str(value)
    return out


def _merged(*layers: Properties) -> Properties:
    """Layers on top of each other: a name of a font takes away a theme's below it, and one kind of first indent the other."""
    out: dict[str, str] = {}
    for layer in layers:
        for name, themes in _FONTS.items():
            if f"r.rFonts.{name}" in layer:
                for theme in themes:
                    out.pop(f"r.rFonts.{theme}", None)
        hangs = any(f"p.ind.hanging{end}" in layer for end in ("", "Chars"))
        if hangs or any(f"p.ind.firstLine{end}" in layer for end in ("", "Chars")):
            for name in _FIRST:
                # Twips alone do not take away characters below: Word goes by those.
                if name.startswith("hanging") is not hangs:
                    out.pop(f"p.ind.{name}", None)
        out.update(layer)
    return out


def seen(properties: Properties, theme: Mapping[str, str]) -> Appearance:
    """Flat properties as a reader sees them; numbers that are none count as nought."""

    def number(key: str, default: int = 0) -> int:
        return whole(properties.get(key, ""), default)

    def indent(*names: str) -> Indent:
        out = Indent()
        for name in names:
            out = Indent(
                number(f"p.ind.{name}Chars", out.characters) or out.characters,
                number(f"p.ind.{name}") or out.twips,
            )
        return out

    hanging, first = indent("hanging"), indent("firstLine")
    colour = properties.get("r.color.val", "auto")
    return Appearance(
        _font(properties, theme, "eastAsia"),
        _font(properties, theme, "ascii"),
        number("r.sz.val", 20),
        properties.get("r.b") == "1",
        properties.get("r.i") == "1",
        "" if colour in {"auto", "000000"} else colour.upper(),
        number("r.spacing.val"),
        number("p.spacing.line", 240),
        properties.get("p.spacing.lineRule", "auto"),
        number("p.spacing.before"),
        number("p.spacing.after"),
        first if first != Indent() else Indent(-hanging.characters, -hanging.twips),
        indent("start", "left"),
        _ALIGNS.get(properties.get("p.jc.val", "left"), properties.get("p.jc.val", "left")),
        number("p.outlineLvl.val", 9),
    )


_ALIGNS = {"start": "left", "end": "right"}


def whole(text: str, default: int = 0) -> int:
    """A number of a file as a whole one."""
    try:
        return round(float(text))
    except (ValueError, OverflowError):
        return default


def _font(properties: Properties, theme: Mapping[str, str], name: str) -> str:
    for key in _FONTS[name]:
        if word := properties.get(f"r.rFonts.{key}"):
            return theme.get(word, word)
    return properties.get(f"r.rFonts.{name}", "")


def _theme_fonts(theme: Element | None) -> Mapping[str, str]:
    """What each word of a theme (`minorEastAsia`) stands for; for Chinese the theme's own font of the script goes first."""
    out: dict[str, str] = {}
    for kind in () if theme is None else ("major", "minor"):
        fonts = theme.find(f".//{_DRAWING}{kind}Font") if theme is not None else None
        if fonts is None:
            continue
        latin, east = (_typeface(fonts.find(f"{_DRAWING}{name}")) for name in ("latin", "ea"))
        script = next(
            (each for each in fonts.findall(f"{_DRAWING}font") if each.get("script") == "Hans"), None
        )
        out |= {f"{kind}Ascii": latin, f"{kind}HAnsi": latin, f"{kind}EastAsia": east or _typeface(script)}
    return {name: font for name, font in out.items() if font}


def _typeface(element: Element | None) -> str:
    return "" if element is None else element.get("typeface", "")


def own_text(paragraph: Element) -> str:
    """What a paragraph shows itself: tabs and breaks as such, nothing of a text box that is anchored in it."""
    out = []
    for element in paragraph.iter(*_SHOWN):
        run = element.getparent()
        if run is None or run.tag != w("r"):
            continue  # a tab inside properties is a tab stop
        if next(element.iterancestors(w("p")), None) is paragraph:
            out.append(_SHOWN[str(element.tag)] or element.text or "")
    return "".join(out)


_SHOWN = {w("t"): "", w("tab"): "\t", w("br"): "\n", w("cr"): "\n"}
