"""Frames whose tags are all plain: `{{ 名称 }}`, whole in one run. They are filled here, because docxtpl costs more than a small plan.

A frame with a condition, a loop, a filter, an unknown name or a tag that Word has split into runs is none of these: docxtpl renders it.
A test holds that both give the same text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from drafter.ooxml.normal import Element
from drafter.ooxml.parts import serialised
from drafter.ooxml.xml import printable, w

_TAG = re.compile(r"\{\{ *(\w+) *\}\}")
_OPEN = re.compile(r"\{[{%#]|[}%#]\}")
_BREAKS = re.compile("[\t\a\f\v]")
_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"


def filled_plainly(parts: Mapping[str, bytes], values: Mapping[str, str]) -> dict[str, bytes] | None:
    """The parts with their tags filled, or None where that takes more than putting one text in the place of another."""
    if any(_BREAKS.search(value) for value in values.values()):
        return None
    from lxml import etree

    out = dict(parts)
    for name, body in parts.items():
        if not name.startswith("word/") or not name.endswith(".xml") or b"{" not in body:
            continue
        root = etree.fromstring(body)
        if not _fill(root, values):
            return None
        out[name] = serialised(root)
    return out


def vacated(body: bytes, values: Mapping[str, str]) -> bytes:
    """A header without the paragraphs that hold nothing but empty tags: what is not said leaves no line. The last of a cell or part stays, empty."""
    from lxml import etree

    root = etree.fromstring(body)
    for paragraph in list(root.iter(w("p"))):
        text = _text(paragraph)
        names = _TAG.findall(text)
        if not names or _TAG.sub("", text).strip() or any(values.get(name, "?") for name in names):
            continue
        parent = paragraph.getparent()
        if parent is not None and len(parent.findall(w("p"))) > 1:
            parent.remove(paragraph)
        else:
            for run in paragraph.findall(w("r")):
                paragraph.remove(run)
    return serialised(root)


def _text(paragraph: Element) -> str:
    return "".join(each.text or "" for each in paragraph.iter(w("t")))


def _fill(root: Element, values: Mapping[str, str]) -> bool:
    for element in root.iter(w("t")):
        text = element.text or ""
        if "{{" not in text:
            continue
        if any(name not in values for name in _TAG.findall(text)):
            return False
        # What is left of a text beside its tags must not be the half of another.
        if _OPEN.search(_TAG.sub("", text)):
            return False
        element.text = printable(_TAG.sub(lambda tag: _marked(values[tag[1]]), text))
        element.set(_PRESERVE, "preserve")
    if any(
        _OPEN.search("".join(text.text or "" for text in paragraph.iter(w("t"))))
        for paragraph in root.iter(w("p"))
    ):
        return False
    for element in list(root.iter(w("t"))):
        if element.text and _HELD in element.text:
            element.text = element.text.replace(_HELD, "{")
        if element.text and "\n" in element.text:
            _in_lines(element)
    return True


def _in_lines(element: Element) -> None:
    """A value of several lines stands in one run, with breaks."""
    first, *rest = (element.text or "").split("\n")
    element.text = first
    for line in reversed(rest):
        following = element.makeelement(w("t"), {_PRESERVE: "preserve"})
        following.text = line
        element.addnext(following)
        element.addnext(element.makeelement(w("br")))


_HELD = "\ue012"


def _marked(value: str) -> str:
    """A value's own braces are no tags."""
    return value.replace("{", _HELD)
