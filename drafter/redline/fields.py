"""Fields: one object each where they begin and end in a paragraph, so that no change ever cuts one.

What a field computes (a number, a reference, a page) is recomputed by every word processor and not compared; what is only shown by it (the
words of a link) is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from drafter.redline.items import Item
from drafter.redline.names import CODE, COMMENT, FIELD_CHAR, FIELD_TYPE, FLOATS, T
from drafter.redline.properties import canonical

READABLE = frozenset(("HYPERLINK", "INCLUDETEXT", "ADDIN", "FORMTEXT", "QUOTE", "FILLIN", "ASK", "SET"))
CONTENTS = frozenset(("TOC", "INDEX", "BIBLIOGRAPHY", "TOA"))
"""Fields whose result runs over paragraphs and is made anew by every word processor."""


def gathered(found: Sequence[Item]) -> Iterator[tuple[Item, ...]]:
    """The items one by one, those of a whole field together."""
    at = 0
    while at < len(found):
        end = _end(found, at)
        yield tuple(found[at:end])
        at = end


def _end(found: Sequence[Item], at: int) -> int:
    """Behind the item, or behind the field that it begins; a field that ends elsewhere is none."""
    if _kind(found[at]) != "begin":
        return at + 1
    depth = 0
    for number in range(at, len(found)):
        depth += {"begin": 1, "end": -1}.get(_kind(found[number]), 0)
        if not depth:
            return (
                number + 1
                if found[number].wraps == found[at].wraps or _same_wraps(found, at, number)
                else at + 1
            )
    return at + 1


def _same_wraps(found: Sequence[Item], at: int, number: int) -> bool:
    return [wrap.element for wrap in found[at].wraps] == [wrap.element for wrap in found[number].wraps]


def _kind(item: Item) -> str:
    return item.element.get(FIELD_TYPE, "") if item.element.tag == FIELD_CHAR else ""


def instruction(found: Sequence[Item]) -> str:
    """The code of a field, one blank between its words."""
    return " ".join("".join(item.element.text or "" for item in found if item.element.tag == CODE).split())


def said(found: Sequence[Item]) -> str:
    """What must be equal for two fields to be the same: the code and the looks of the result; the result itself where it is readable."""
    code = instruction(found)
    kind = code.partition(" ")[0].upper()
    if kind not in READABLE:
        return f"field:{code}:{_result_look(found).decode()}"
    shown = "".join(
        f"{item.look.decode()}{item.text if item.element.tag == T else canonical(item.element).decode()}"
        for item in found
        if item.element.tag not in FLOATS and item.element.tag != COMMENT
    )
    return f"field:{shown}"


def _result_look(found: Sequence[Item]) -> bytes:
    separated = False
    for item in found:
        if separated and item.element.tag not in (FIELD_CHAR, CODE) and not item.bare:
            return item.look
        separated = separated or _kind(item) == "separate"
    return found[0].look
