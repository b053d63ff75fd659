"""The styles of a reading copy: those of the ordinary copy with larger type, and the style of the numbers in its margin."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.ooxml.normal import Element
from drafter.ooxml.parts import serialised
from drafter.ooxml.xml import R, W, w
from drafter.word.styles import Look, Style, style_xml

NUMBER_STYLE = "GwParagraphNumber"

_COVER = frozenset(("GwTitle", "GwSub", "GwUnitName", "GwContents", "GwAnnex"))
_LINES = frozenset(("exact", "atLeast"))
_BEHIND_SIZE = frozenset(
    map(w, ("highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang"))
)


def larger(size: int) -> int:
    """A size or a line of the text in a reading copy: 16 pt becomes 18 pt."""
    return (size * 9 + 4) // 8


def larger_indent(indent: Element) -> None:
    """An indent in characters goes with the type; the twips beside it are for programs that do not read it."""
    for name in ("left", "right", "firstLine", "hanging"):
        value = indent.get(w(name))
        if value is not None and indent.get(w(f"{name}Chars")) is not None:
            indent.set(w(name), str(larger(int(value))))


def reading_styles(styles: bytes) -> bytes:
    """styles.xml with larger type in the text, and the style of the numbers; cover, contents and titles of annexes stay as they are."""
    from lxml import etree

    root = etree.fromstring(styles)
    size = root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('sz')}")
    usual = "32" if size is None else size.get(w("val"), "32")
    for style in _of_text(root):
        _enlarge(style, usual)
    root.append(_made(style_xml(_NUMBERS)))
    return serialised(root)


_NUMBERS = Style(
    NUMBER_STYLE,
    "规划段号",
    Look(
        "",
        20,
        '<w:snapToGrid w:val="0"/>',
        '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>',
        '<w:ind w:firstLineChars="0" w:firstLine="0"/>',
        "right",
        run='<w:color w:val="595959"/>',
    ),
)


def _of_text(root: Element) -> Iterator[Element]:
    for style in root.findall(w("style")):
        name = style.get(w("styleId"), "")
        ours = name.startswith(("Gw", "Heading")) or name == "FootnoteText"
        if ours and name not in _COVER and style.get(w("type")) == "paragraph":
            yield style


def _enlarge(style: Element, usual: str) -> None:
    look, letters = style.find(w("pPr")), style.find(w("rPr"))
    sizes = [] if letters is None else letters.findall(w("sz")) + letters.findall(w("szCs"))
    for size in sizes:
        size.set(w("val"), str(larger(int(size.get(w("val"), usual)))))
    if not sizes and _style(style, "basedOn") in {"", "Normal"}:
        _sized(style, letters, larger(int(usual)))
    for spacing in () if look is None else look.findall(w("spacing")):
        if spacing.get(w("lineRule")) in _LINES:
            spacing.set(w("line"), str(larger(int(spacing.get(w("line"), "0")))))
    for indent in () if look is None else look.findall(w("ind")):
        larger_indent(indent)


def _sized(style: Element, letters: Element | None, size: int) -> None:
    """A style that took the size of the whole file gets one of its own."""
    if letters is None:
        letters = _made("<w:rPr/>")
        style.append(letters)
    before = sum(child.tag not in _BEHIND_SIZE for child in letters)
    for place, name in enumerate(("sz", "szCs")):
        letters.insert(before + place, _made(f'<w:{name} w:val="{size}"/>'))


def _style(properties: Element | None, name: str) -> str:
    found = None if properties is None else properties.find(w(name))
    return "" if found is None else found.get(w("val"), "")


def _made(xml: str) -> Element:
    from lxml import etree

    return etree.fromstring(f'<x xmlns:w="{W}" xmlns:r="{R}">{xml}</x>'.encode())[0]
