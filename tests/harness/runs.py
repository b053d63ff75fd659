"""Runs and paragraph properties of WordprocessingML: the cuts and stitches that surgery is made of."""

from __future__ import annotations

import copy

from lxml import etree

from tests.harness.package import OBJECT, W, characters

XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class ObjectInTheWay(ValueError):
    """The harness does not cut through footnote marks and fields."""

    def __init__(self) -> None:
        super().__init__("the stretch holds an object")


def element(name: str, /, **attributes: str) -> etree._Element:
    """A WordprocessingML element."""
    made = etree.Element(f"{W}{name}")
    for key, value in attributes.items():
        made.set(f"{W}{key}", value)
    return made


def mark_at(paragraph: etree._Element, offset: int, mark: etree._Element) -> None:
    """Put an empty element before the character `offset`."""
    before, after = run_ending(paragraph, offset), run_starting(paragraph, offset)
    if after is not None:
        after.addprevious(mark)
    elif before is not None:
        before.addnext(mark)
    else:
        paragraph.append(mark)


def _border(paragraph: etree._Element, offset: int) -> None:
    """Make sure that a run begins at this character."""
    shown = characters(paragraph)
    if not 0 < offset < len(shown):
        return
    here, before = shown[offset], shown[offset - 1]
    if here.text != OBJECT and here.run is before.run:
        _split_run(here.run, here.element, here.offset)


def _split_run(run: etree._Element, at: etree._Element, offset: int) -> None:
    """Make a run border inside the text element `at` of a run, before its character `offset` (0: before the element)."""
    twin = element("r")
    properties = run.find(f"{W}rPr")
    if properties is not None:
        twin.append(copy.deepcopy(properties))
    moved = list(at.itersiblings())
    if offset:
        rest = element("t")
        said = at.text or ""
        at.text, rest.text = said[:offset], said[offset:]
        for each in (at, rest):
            each.set(XML_SPACE, "preserve")
        moved.insert(0, rest)
    else:
        moved.insert(0, at)
    for node in moved:
        twin.append(node)
    run.addnext(twin)


def run_ending(paragraph: etree._Element, offset: int) -> etree._Element | None:
    """The run whose last character is before `offset`."""
    _border(paragraph, offset)
    shown = characters(paragraph)
    return shown[offset - 1].run if 0 < offset <= len(shown) else None


def run_starting(paragraph: etree._Element, offset: int) -> etree._Element | None:
    """The run that begins with the character `offset`; for a field its first run."""
    _border(paragraph, offset)
    shown = characters(paragraph)
    if offset >= len(shown):
        return None
    run = shown[offset].run
    return _field_start(run) if shown[offset].element.tag == f"{W}fldChar" else run


def _field_start(run: etree._Element) -> etree._Element:
    depth = 0
    node = run
    while True:
        for char in reversed(node.findall(f"{W}fldChar")):
            depth += {"end": 1, "begin": -1}.get(char.get(f"{W}fldCharType") or "", 0)
        if depth == 0:
            return node
        previous = node.getprevious()
        assert previous is not None
        node = previous


def runs(paragraph: etree._Element, start: int, end: int) -> list[etree._Element]:
    """The runs of exactly these characters, none of which may be an object."""
    _border(paragraph, start)
    _border(paragraph, end)
    out: list[etree._Element] = []
    for character in characters(paragraph)[start:end]:
        if character.text == OBJECT:
            raise ObjectInTheWay
        if not out or out[-1] is not character.run:
            out.append(character.run)
    return out


def new_run(like: etree._Element | None, new: str) -> etree._Element:
    run = element("r")
    # Typing beside a footnote mark or a field does not take over its look.
    if like is not None and like.find(f".//{W}t") is not None:
        properties = like.find(f".//{W}rPr")
        if properties is not None:
            run.append(copy.deepcopy(properties))
    said = element("t")
    said.text = new
    said.set(XML_SPACE, "preserve")
    run.append(said)
    return run


def wrap(run: etree._Element, wrapper: etree._Element) -> None:
    """Put a run into a revision element at its place."""
    run.addprevious(wrapper)
    wrapper.append(run)


def remove(node: etree._Element) -> None:
    parent = node.getparent()
    assert parent is not None
    parent.remove(node)


def put(
    paragraph: etree._Element,
    made: etree._Element,
    before: etree._Element | None,
    after: etree._Element | None,
    *,
    outside: bool,
) -> None:
    """Put new words between two runs. Beside a revision or a link they stand beside it, not in it, where the other side allows that."""
    if before is None and outside and paragraph.find(f".//{W}footnoteRef") is None:
        properties = paragraph.find(f"{W}pPr")
        paragraph.insert(0 if properties is None else 1, made)
    elif after is None and outside:
        paragraph.append(made)
    elif before is not None and (before.getparent() is paragraph or after is None):
        _outermost(before).addnext(made)
    elif after is not None:
        inside = before is not None and before.getparent() is after.getparent()
        (after if inside and made.tag == f"{W}r" else _outermost(after)).addprevious(made)
    else:
        paragraph.append(made)


def _outermost(run: etree._Element) -> etree._Element:
    """The revision around a run, or the run: words that are put beside another author's do not become that author's."""
    parent = run.getparent()
    return parent if parent is not None and parent.tag in {f"{W}ins", f"{W}del"} else run


def blank_like(paragraph: etree._Element) -> etree._Element:
    made = element("p")
    properties = paragraph.find(f"{W}pPr")
    if properties is not None:
        properties = copy.deepcopy(properties)
        made.append(properties)
        for revision in mark_revisions(made):
            remove(revision)
    return made


def mark_revisions(paragraph: etree._Element) -> list[etree._Element]:
    """What was done to the paragraph's mark."""
    return [each for name in ("ins", "del") for each in paragraph.findall(f"{W}pPr/{W}rPr/{W}{name}")]


def mark_properties(paragraph: etree._Element) -> etree._Element:
    """The properties of the paragraph mark, made where they are missing, at their place in the schema's order."""
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = element("pPr")
        paragraph.insert(0, properties)
    mark = properties.find(f"{W}rPr")
    if mark is None:
        mark = element("rPr")
        later = [node for node in properties if node.tag in {f"{W}sectPr", f"{W}pPrChange"}]
        if later:
            later[0].addprevious(mark)
        else:
            properties.append(mark)
    return mark


def row_properties(row: etree._Element) -> etree._Element:
    properties = row.find(f"{W}trPr")
    if properties is None:
        properties = element("trPr")
        later = row.find(f"{W}tc")
        assert later is not None
        later.addprevious(properties)
    return properties
