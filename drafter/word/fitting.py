"""The name of an office in red, made narrower where it would not fit into its line: GB/T 9704-2012, 7.2.4 leaves the size to the office."""

from __future__ import annotations

from collections.abc import Mapping

from drafter.ooxml.normal import Element
from drafter.ooxml.parts import serialised
from drafter.ooxml.xml import w
from drafter.word.official_styles import MARK_SIZES

_ROOM = 8845  # twips of the type area
_HALF_POINT = 10  # twips


def fitted(parts: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The parts, with the runs of each mark scaled (`w:w`) to one line."""
    out = dict(parts)
    for name, body in parts.items():
        if not name.startswith("word/") or not any(style.encode() in body for style in MARK_SIZES):
            continue
        if name.rpartition("/")[2] == "styles.xml":
            continue
        from lxml import etree

        root = etree.fromstring(body)
        if sum(_fit(paragraph) for paragraph in root.iter(w("p"))):
            out[name] = serialised(root)
    return out


def _fit(paragraph: Element) -> bool:
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    size = MARK_SIZES.get("" if style is None else style.get(w("val"), ""))
    texts = [run for run in paragraph.iter(w("r")) if run.find(w("t")) is not None]
    count = sum(len(text.text or "") for run in texts for text in run.iter(w("t")))
    if size is None or not count or count * size * _HALF_POINT <= _ROOM:
        return False
    scale = _ROOM * 100 // (count * size * _HALF_POINT)
    for run in texts:
        look = run.find(w("rPr"))
        if look is None:
            look = run.makeelement(w("rPr"), {})
            run.insert(0, look)
        for old in look.findall(w("w")):
            look.remove(old)
        # Of what our frames write, only the fonts stand before it.
        look.insert(
            sum(child.tag in _BEFORE for child in look), look.makeelement(w("w"), {w("val"): str(scale)})
        )
    return True


_BEFORE = frozenset(map(w, ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "strike", "color", "spacing")))
