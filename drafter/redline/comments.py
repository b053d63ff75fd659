"""Comments that say why something was changed, in the new file's part of comments or in one made for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from drafter.ooxml.normal import Element
from drafter.ooxml.xml import w
from drafter.redline.names import ENDNOTE, FOOTNOTE, ID, PPR, SPACE, P, R, T
from drafter.redline.opened import Opened, highest
from drafter.redline.stamp import Signature
from drafter.redline.story import Changed


def attach(
    new: Opened, changes: Sequence[Changed], reasons: Mapping[str, str], otherwise: str, signature: Signature
) -> int:
    """A comment for every change with a reason, one for each block; how many there are."""
    wanted: list[tuple[Element, str]] = []
    said: set[str] = set()
    for change in changes:
        reason = reasons.get(change.id) or otherwise
        if not reason or change.id in said:
            continue
        said.update((change.id,) if change.id else ())
        wanted.append((change.element, reason))
    if not wanted:
        return 0
    root = _tree(new)
    number = highest([root], w("comment"), ID)
    for element, reason in wanted:
        number += 1
        root.append(_comment(str(number), reason, signature))
        _anchor(element, str(number))
    return len(wanted)


def _tree(new: Opened) -> Element:
    part = new.related("comments")
    if part:
        return new.tree(part)
    root = etree.Element(w("comments"), nsmap={"w": w("x")[1:].partition("}")[0]})
    new.add("comments", root)
    return root


def _comment(number: str, reason: str, signature: Signature) -> Element:
    said = {
        "id": number,
        "author": signature.author,
        "date": signature.date,
        "initials": signature.author[:1],
    }
    made = etree.Element(w("comment"), {w(name): value for name, value in said.items()})
    for line in reason.splitlines():
        text = etree.SubElement(etree.SubElement(etree.SubElement(made, P), R), T)
        text.text = line
        text.set(SPACE, "preserve")
    return made


def _anchor(paragraph: Element, number: str) -> None:
    """Around the content of a paragraph, the mark behind it in a run of its own; only up to the first note, where it has any.

    A range over the mark of a note makes LibreOffice 7.4 show other notes' words from there on.
    """
    first = 1 if len(paragraph) and paragraph[0].tag == PPR else 0
    noted = (
        at for at, child in enumerate(paragraph) if next(child.iter(FOOTNOTE, ENDNOTE), None) is not None
    )
    last = next(noted, len(paragraph))
    run = etree.Element(R)
    etree.SubElement(run, w("commentReference"), {ID: number})
    paragraph[last:last] = [etree.Element(w("commentRangeEnd"), {ID: number}), run]
    paragraph.insert(first, etree.Element(w("commentRangeStart"), {ID: number}))
