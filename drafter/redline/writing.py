"""Things back into runs: what is kept stands as it is, what came or went in `w:ins` and `w:del`, inside the wraps they stand in.

Neighbours of one state and one look share a run, a run of text one `w:t`.
"""

from __future__ import annotations

from collections.abc import Collection
from copy import deepcopy
from enum import StrEnum

from lxml import etree

from drafter.ooxml.normal import Element
from drafter.ooxml.xml import w
from drafter.redline.items import Item, Wrap
from drafter.redline.names import (
    BOX,
    CODE,
    COMMENT,
    DEL_CODE,
    DEL_TEXT,
    ENDNOTE,
    FOOTNOTE,
    SDT,
    SDT_CONTENT,
    SPACE,
    R,
    T,
)
from drafter.redline.properties import looks_changed
from drafter.redline.stamp import Stamp
from drafter.source.frozen import dataclass


class State(StrEnum):
    """What became of a thing; the values are the elements that say so."""

    KEPT = ""
    INSERTED = "ins"
    DELETED = "del"


_RANGES = {State.INSERTED: "customXmlIns", State.DELETED: "customXmlDel"}
_NO_LOOKS = b"?"


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """A note mark or a shape with words that was written: its state, and what it was in the old file where both have it."""

    state: State
    element: Element
    former: Element | None


_SIGNS = frozenset(map(w, ("tab", "br", "cr", "noBreakHyphen", "softHyphen")))
"""What stands among words in one run."""

_FOLLOWED = frozenset((FOOTNOTE, ENDNOTE))


class Writer:
    """Writes the content of one paragraph. `alone` are the keys of content controls that only one side has, by that side's state."""

    def __init__(self, stamp: Stamp, alone: Collection[tuple[State, str]] = ()) -> None:
        self.children: list[Element] = []
        self.changes = 0
        self.objects: list[Written] = []
        self._stamp = stamp
        self._alone = alone
        self._open: list[
            tuple[Wrap, Element, State]
        ] = []  # the wraps we are in, and where their content goes
        self._state = State.KEPT
        self._change: Element | None = None  # the `w:ins` or `w:del` we are in
        self._run: Element | None = None
        self._look: tuple[bytes, bytes] = (_NO_LOOKS, _NO_LOOKS)
        self._text: Element | None = None

    def text(self, state: State, wraps: tuple[Wrap, ...], looks: Looks, words: str) -> None:
        """Words of one look."""
        self._stamp.characters[state.value] += len(words)
        self._into(state, wraps)
        self._in_run(looks)
        if self._text is None:
            self._text = etree.SubElement(self._run_(), DEL_TEXT if state is State.DELETED else T)
            self._text.text = ""
        self._text.text = f"{self._text.text}{words}"

    def items(
        self, state: State, found: tuple[Item, ...], looks: Looks | None = None, former: Element | None = None
    ) -> None:
        """An object: what it is made of, each with its own looks where none are given for all."""
        for item in found:
            self._into(state, item.wraps)
            if item.bare:
                self._bare(item)
                continue
            alone = item.element.tag not in _SIGNS
            if alone:  # as Word writes it; LibreOffice 7.4 doubles words that share a run with a note's mark
                self._end_run()
            self._in_run(looks or Looks(item.looks, item.look))
            self._settle_text()
            element = deepcopy(item.element)
            element.tail = None
            self._run_().append(_deleted(element) if state is State.DELETED else element)
            if element.tag in _FOLLOWED or next(element.iter(BOX), None) is not None:
                self.objects.append(Written(state, element, former))
            if alone:
                self._end_run()

    def place(self, item: Item) -> None:
        """A mark of a place: never part of a change."""
        self._into(State.KEPT, item.wraps)
        self._bare(item)

    def close(self) -> list[Element]:
        """The children of the paragraph so far; the next one begins anew."""
        self._leave(0)
        out, self.children = self.children, []
        return out

    def _bare(self, item: Item) -> None:
        """Something that stands outside of runs, or a comment's mark in a run of its own."""
        element = deepcopy(item.element)
        element.tail = None
        self._end_run()
        if element.tag == COMMENT:
            run = etree.Element(R)
            if item.looks is not None:
                run.append(deepcopy(item.looks))
            run.append(element)
            element = run
        self._parent().append(element)

    # -- where the next thing goes

    def _into(self, state: State, wraps: tuple[Wrap, ...]) -> None:
        same = 0
        for (mine, _, _), other in zip(self._open, wraps, strict=False):
            if mine.key != other.key:
                break
            same += 1
        if same < len(self._open):
            self._leave(same)
        for wrap in wraps[same:]:
            self._enter(wrap, state)
        if state is not self._state:
            self._end_change()
            self._state = state
        if state is not State.KEPT and self._change is None:
            self._change = self._stamp.element(state.value)
            self._append(self._change)
            self.changes += 1

    def _enter(self, wrap: Wrap, state: State) -> None:
        self._end_change()
        shell = etree.Element(wrap.element.tag)
        for name, value in wrap.element.attrib.items():
            shell.set(name, value)
        content = shell
        alone = State.KEPT
        if wrap.element.tag == SDT:
            shell.extend(deepcopy(child) for child in wrap.element if child.tag != SDT_CONTENT)
            content = etree.SubElement(shell, SDT_CONTENT)
            alone = state if (state, wrap.key) in self._alone else State.KEPT
        self._border(shell, content, alone, opens=True)
        self._open.append((wrap, content, alone))

    def _leave(self, depth: int) -> None:
        self._end_change()
        while len(self._open) > depth:
            _, content, alone = self._open.pop()
            if alone is not State.KEPT:
                name, number = _RANGES[alone], self._stamp.element(f"{_RANGES[alone]}RangeStart")
                content.append(number)
                end = etree.Element(w(f"{name}RangeEnd"), {w("id"): number.get(w("id"), "")})
                self._append(end)

    def _border(self, shell: Element, content: Element, alone: State, *, opens: bool) -> None:
        """A wrap at its place; where only one side has it, its own begin is a revision."""
        if alone is not State.KEPT and opens:
            start = self._stamp.element(f"{_RANGES[alone]}RangeStart")
            self._append(start)
            content.append(etree.Element(w(f"{_RANGES[alone]}RangeEnd"), {w("id"): start.get(w("id"), "")}))
        self._append(shell)

    def _append(self, element: Element) -> None:
        if self._open:
            self._open[-1][1].append(element)
        else:
            self.children.append(element)

    def _parent(self) -> _Place:
        return (
            self._change if self._change is not None else self._open[-1][1] if self._open else self.children
        )

    def _end_change(self) -> None:
        self._end_run()
        self._change = None
        self._state = State.KEPT

    def _end_run(self) -> None:
        self._settle_text()
        self._run = None
        self._look = (_NO_LOOKS, _NO_LOOKS)

    def _settle_text(self) -> None:
        if self._text is not None:
            _preserve(self._text)
        self._text = None

    def _in_run(self, looks: Looks) -> None:
        if self._run is not None and looks.both == self._look:
            return
        self._end_run()
        self._look = looks.both
        self._run = etree.Element(R)
        properties = (
            looks.element
            if looks.former is None
            else looks_changed(looks.element, looks.former_element, self._stamp)
        )
        if properties is not None and len(properties):
            self._run.append(deepcopy(properties))
        if looks.former is not None:
            self.changes += 1
        self._parent().append(self._run)

    def _run_(self) -> Element:
        if self._run is None:  # each thing is written into the run that it has opened
            raise RuntimeError
        return self._run


class Looks:
    """The looks of a run, and with `former` those it had before."""

    __slots__ = ("element", "former", "former_element", "look")

    def __init__(
        self,
        element: Element | None,
        look: bytes,
        former_element: Element | None = None,
        former: bytes | None = None,
    ) -> None:
        self.element, self.look = element, look
        self.former = former if former != look else None
        self.former_element = former_element

    @property
    def both(self) -> tuple[bytes, bytes]:
        """What two runs must share to be one."""
        return self.look, _NO_LOOKS if self.former is None else self.former


_Place = Element | list[Element]


def _preserve(text: Element) -> None:
    words = text.text or ""
    if words[:1].isspace() or words[-1:].isspace() or "  " in words:
        text.set(SPACE, "preserve")


def _deleted(element: Element) -> Element:
    """A child of a run as it stands in a deletion."""
    if element.tag == CODE:
        element.tag = DEL_CODE
    elif element.tag == T:
        words = Item(element).text
        element.tag, element.text = DEL_TEXT, words
        element.attrib.clear()
        _preserve(element)
    return element
