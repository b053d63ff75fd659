"""Words of a paragraph replaced by a tag, whole in one run, whatever runs they stood in."""

from __future__ import annotations

from drafter.ooxml.normal import Element
from drafter.ooxml.xml import w

_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"
_SHOWN = (w("t"), w("tab"), w("br"), w("cr"))


def replaced(paragraph: Element, old: str, new: str) -> bool:
    """Put `new` where `old` stands first; whether it was there. `new` takes the look of the first character of `old`."""
    spots = [
        each
        for each in paragraph.iter(*_SHOWN)
        if _in_run(each) and next(each.iterancestors(w("p")), None) is paragraph
    ]
    texts = [(each.text or "") if each.tag == w("t") else _SIGNS[str(each.tag)] for each in spots]
    start = "".join(texts).find(old)
    if start < 0 or not old:
        return False
    end, at, put = start + len(old), 0, False
    for spot, text in zip(spots, texts, strict=True):
        first, last = max(start - at, 0), min(end - at, len(text))
        at += len(text)
        if first >= last:
            continue
        if spot.tag != w("t"):
            _drop(spot)
            continue
        spot.text = text[:first] + ("" if put else new) + text[last:]
        spot.set(_PRESERVE, "preserve")
        put = True
    return put


_SIGNS = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n"}


def _in_run(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == w("r")


def _drop(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def vanish(paragraph: Element) -> None:
    """Take a paragraph out that has no words left; one that something else depends on stays, empty."""
    parent = paragraph.getparent()
    holds = next(paragraph.iter(w("sectPr"), w("drawing"), w("pict"), w("object")), None) is not None
    alone = parent is None or sum(child.tag == w("p") for child in parent) == 1
    if not holds and not alone and parent is not None:
        parent.remove(paragraph)
