"""Properties as the schema wants them: some programs write them as they come, or twice, and Word may then offer to repair the file."""

from __future__ import annotations

from drafter.ooxml.normal import Element
from drafter.ooxml.xml import w

PARAGRAPH, RUN = (
    tuple(names.split())
    for names in (
        (
            "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens "
            "kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind "
            "contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle "
            "rPr sectPr pPrChange"
        ),
        (
            "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden "
            "color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout "
            "specVanish oMath rPrChange"
        ),
    )
)
_ORDERS = {w("pPr"): PARAGRAPH, w("rPr"): RUN}
_FLAGS = frozenset(map(w, ("qFormat", "semiHidden", "unhideWhenUsed", "hidden", "locked", "autoRedefine")))
_ON = ("1", "true", "on")


def rank(child: Element, order: tuple[str, ...]) -> int:
    """Where a property stands; one that the schema does not know is left at the end."""
    name = str(child.tag).rpartition("}")[2]
    return order.index(name) if name in order else len(order)


def put_in_order(root: Element) -> None:
    """Sort the properties of every paragraph, run and style, each once; flags of styles that are on say nothing more."""
    for element in root.iter(*_ORDERS):
        _once(element)
        order = _ORDERS[str(element.tag)]
        ranks = [rank(child, order) for child in element]
        if ranks != sorted(ranks):
            element[:] = sorted(element, key=lambda child: rank(child, order))
    for flag in root.iter(*_FLAGS):
        if flag.get(w("val")) in _ON:
            del flag.attrib[w("val")]
    for element in root.iter(*_MEASURED):
        for key, value in element.attrib.items():
            if str(value).endswith(".0"):
                element.set(str(key), str(value)[:-2])


_MEASURED = tuple(
    map(w, ("tblInd", "tblW", "tcW", "ind", "spacing", "pgMar", "pgSz", "tab", "gridCol", "trHeight"))
)


def _once(element: Element) -> None:
    """What is said twice counts as Word counts it: the later of two."""
    seen: dict[str, Element] = {}
    for child in list(element):
        first = seen.setdefault(str(child.tag), child)
        if first is not child:
            for key, value in child.attrib.items():
                first.set(str(key), str(value))
            element.remove(child)
