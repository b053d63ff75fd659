"""Looks: those that people mark words with by hand, and what a tracked change of looks has changed.

A property is known by its element's name. Its value is said in a way that can be compared, not shown: `b` is `1`, `sz` is `32`, `ind` is
`firstLine=640`, `numPr` is `ilvl=0 numId=3`.
"""

from __future__ import annotations

from collections.abc import Iterator

from drafter.ooxml.normal import Element
from drafter.picture.drafts import NO_MARKS
from drafter.picture.model import Look
from drafter.picture.names import VAL, w

_CHANGE = "Change"
_OFF = frozenset(("0", "false", "off", "none"))
_CLEAR = frozenset(("auto", "ffffff", ""))
_CHROMA = 0x30  # letters whose red, green and blue differ by less are black, grey or white
# No looks of their own: what stands inside for another level, and what only the word processor needs.
_BESIDE = frozenset(
    map(w, ("rPr", "sectPr", "cellIns", "cellDel", "ins", "del", "moveFrom", "moveTo", "lang", "noProof"))
)
_HINT = w("hint")
_LEVELS = {
    "rPr": "characters",
    "pPr": "paragraph",
    "numPr": "numbering",
    "fldChar": "numbering",
    "tblPr": "table",
    "tblGrid": "table",
    "tblPrEx": "row",
    "trPr": "row",
    "tcPr": "cell",
    "sectPr": "section",
}


def marks(properties: Element) -> frozenset[str]:
    """The looks of a run that count, as its properties say them."""
    found = NO_MARKS
    for child in properties:
        name = _MARKS.get(child.tag)
        if name is not None and _says(child, name):
            found |= {name}
    return found


_MARKS = {
    w("b"): "bold", w("i"): "italic", w("strike"): "strike", w("dstrike"): "strike",
    w("highlight"): "highlight", w("shd"): "highlight", w("color"): "color", w("u"): "underline",
}  # fmt: skip


def _says(child: Element, name: str) -> bool:
    value = child.get(VAL)
    if name == "underline":
        return value is not None and value not in _OFF
    if name == "color":
        return _is_bright(value or "")
    if child.tag == w("shd"):
        return child.get(w("fill"), "").lower() not in _CLEAR
    return value not in _OFF


def _is_bright(value: str) -> bool:
    try:
        red, green, blue = bytes.fromhex(value)
    except ValueError:
        return False
    return max(red, green, blue) - min(red, green, blue) >= _CHROMA


def changes(properties: Element) -> Iterator[tuple[Element, str, tuple[Look, ...]]]:
    """The tracked changes that stand in properties: the element, what it is about, and what it changed."""
    for child in properties:
        local = str(child.tag).rpartition("}")[2]
        if local.endswith(_CHANGE) and local != "numberingChange":
            name = local.removesuffix(_CHANGE)
            yield child, _LEVELS.get(name, "paragraph"), _changed(properties, child.find(w(name)))
        elif local == "cellMerge":
            before, after = child.get(w("vMergeOrig"), ""), child.get(w("vMerge"), "")
            yield child, "cell", (Look("cellMerge", before, after),)
        elif local == "numberingChange":
            yield child, "numbering", (Look("numPr", child.get(w("original"), ""), ""),)
        elif local == "numPr":
            for inner in child:
                if inner.tag in (w("ins"), w("numberingChange")):
                    yield inner, "numbering", (Look("numPr", inner.get(w("original"), ""), _value(child)),)


def _changed(now: Element, was: Element | None) -> tuple[Look, ...]:
    before, after = {} if was is None else _values(was), _values(now)
    names = dict.fromkeys((*before, *after))
    return tuple(
        Look(name, before.get(name, ""), after.get(name, ""))
        for name in names
        if before.get(name, "") != after.get(name, "")
    )


def _values(properties: Element) -> dict[str, str]:
    out: dict[str, str] = {}
    for child in properties:
        tag = child.tag
        if isinstance(tag, str) and tag not in _BESIDE and not tag.endswith(_CHANGE):
            name, value = tag.rpartition("}")[2], _value(child)
            out[name] = f"{out[name]} {value}" if name in out else value
    return out


def _value(element: Element) -> str:
    """What a property says: of a switch `1` or `0`, else its attributes and what stands in it."""
    said = {str(key).rpartition("}")[2]: str(value) for key, value in element.attrib.items() if key != _HINT}
    inner = [
        f"{str(each.tag).rpartition('}')[2]}={_value(each)}"
        for each in element
        if isinstance(each.tag, str) and each.tag not in _BESIDE and not each.tag.endswith(_CHANGE)
    ]
    if not said and not inner:
        return "" if element.attrib else "1"
    if not inner and said.keys() == {"val"}:
        return (
            "0" if said["val"] in ("false", "off") else "1" if said["val"] in ("true", "on") else said["val"]
        )
    return " ".join([*(f"{key}={value}" for key, value in sorted(said.items())), *inner])
