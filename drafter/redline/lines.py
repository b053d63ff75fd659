"""Some old paragraphs woven with the new ones that they became: lines, each the content of a paragraph and what became of its mark.

A split is a mark that was inserted, a merge one that was deleted. Whatever joins a deleted or inserted mark to the paragraph behind it, the
mark that survives gives the properties: so the last marks of both sides are one, whatever stands before them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from drafter.ooxml.normal import Element
from drafter.redline.items import Item
from drafter.redline.names import SDT
from drafter.redline.stamp import Stamp
from drafter.redline.strips import Mark, Span, Strip, joined
from drafter.redline.tokens import Step, steps
from drafter.redline.writing import Looks, State, Writer, Written


@dataclass(slots=True, eq=False)
class Line:
    """The content of one paragraph of the result, with the marks that it ends with in the old and in the new file; not both None.

    `whole` is the paragraph itself where nothing in it was changed. A line without any mark runs into the next one.
    """

    children: list[Element]
    old: Mark | None
    new: Mark | None
    whole: Element | None = None
    changes: int = 0
    objects: list[Written] = field(default_factory=list)
    id: str = ""
    words: tuple[str, str] | None = None  # what the group said before and says now, on its last line

    @property
    def one_sided(self) -> bool:
        """Whether its mark stands in one of the two files only."""
        return (self.old is None) is not (self.new is None)


def weave(
    olds: Sequence[Strip], news: Sequence[Strip], stamp: Stamp, carried: Callable[[Item], bool]
) -> list[Line]:
    """The lines of a group; `carried` says which floats of the old file are kept."""
    return list(_Weaving(joined(olds), joined(news), stamp, carried).lines())


class _Weaving:
    def __init__(self, old: Strip, new: Strip, stamp: Stamp, carried: Callable[[Item], bool]) -> None:
        self.old, self.new, self.stamp = old, new, stamp
        self.writer = Writer(stamp, _alone(old, new))
        self._old_floats = [(at, item) for at, item in old.floats if carried(item)]
        self._new_floats = list(new.floats)
        self._changes = 0

    def lines(self) -> Iterator[Line]:
        for step in self._steps():
            if step.kept:
                yield from self._kept(step)
            else:
                yield from self._one_side(State.DELETED, self.old, self._old_floats, step.a, step.b)
                yield from self._one_side(State.INSERTED, self.new, self._new_floats, step.c, step.d)
        self._float(self._old_floats, len(self.old.text))
        self._float(self._new_floats, len(self.new.text))
        yield from self._ended(self.old.mark, self.new.mark)

    def _steps(self) -> list[Step]:
        old, new = self.old, self.new
        if not old.text or not new.text:
            return [Step(kept=False, a=0, b=len(old.text), c=0, d=len(new.text))]
        return steps(old.text, new.text, old.token_key, new.token_key)

    def _float(self, floats: list[tuple[int, Item]], upto: int) -> None:
        while floats and floats[0][0] <= upto:
            self.writer.place(floats.pop(0)[1])

    def _one_side(
        self, state: State, side: Strip, floats: list[tuple[int, Item]], start: int, end: int
    ) -> Iterator[Line]:
        for first, stop, span in side.pieces(start, end):
            at = first
            for cut in (*_cuts(floats, first, stop), stop):
                if cut > at:
                    yield from self._piece(state, side, span, at, cut)
                    at = cut
                if cut < stop or cut == first:
                    self._float(floats, cut)

    def _piece(self, state: State, side: Strip, span: Span, start: int, end: int) -> Iterator[Line]:
        if span.mark is not None:
            yield self._line(
                span.mark if state is State.DELETED else None, span.mark if state is State.INSERTED else None
            )
        elif span.items:
            self.writer.items(state, span.items)
        else:
            self.writer.text(state, span.wraps, Looks(span.looks, span.look), side.text[start:end])

    def _kept(self, step: Step) -> Iterator[Line]:
        size = step.b - step.a
        borders = {0, size}
        for side, floats, at in ((self.old, self._old_floats, step.a), (self.new, self._new_floats, step.c)):
            borders.update(first - at for first, _, _ in side.pieces(at, at + size))
            borders.update(cut - at for cut in _cuts(floats, at, at + size))
        places = sorted(borders)
        for start, end in pairwise(places):
            self._float(self._old_floats, step.a + start)
            self._float(self._new_floats, step.c + start)
            mine, other = self.old.span(step.a + start), self.new.span(step.c + start)
            if other.mark is not None:
                yield from self._ended(mine.mark, other.mark)
                continue
            looks = Looks(other.looks, other.look, mine.looks, mine.look)
            if not other.items:
                self.writer.text(State.KEPT, other.wraps, looks, self.new.text[step.c + start : step.c + end])
            elif len(other.items) > 1:  # a field: what it shows is made anew
                self.writer.items(State.KEPT, other.items)
            else:
                self.writer.items(State.KEPT, other.items, looks, mine.items[0].element)

    def _ended(self, old: Mark | None, new: Mark | None) -> Iterator[Line]:
        """The line up to here; a mark that ends a section only on one side is not the other side's mark."""
        if old is not None and new is not None and old.section is not new.section:
            yield self._line(None, new)
            yield self._line(old, None)
        else:
            yield self._line(old, new)

    def _line(self, old: Mark | None, new: Mark | None) -> Line:
        children = self.writer.close()
        changes, self._changes = self.writer.changes - self._changes, self.writer.changes
        objects, self.writer.objects = self.writer.objects, []
        return Line(children, old, new, changes=changes, objects=objects)


def _cuts(floats: Sequence[tuple[int, Item]], start: int, end: int) -> list[int]:
    """Where floats part a stretch."""
    return sorted({at for at, _ in floats if start <= at < end})


def _alone(old: Strip, new: Strip) -> frozenset[tuple[State, str]]:
    """Content controls that only one side has."""
    if not old.wrapped and not new.wrapped:
        return frozenset()
    mine, other = (
        {wrap.key for span in side.spans for wrap in span.wraps if wrap.element.tag == SDT}
        for side in (old, new)
    )
    return frozenset(
        {(State.DELETED, each) for each in mine - other} | {(State.INSERTED, each) for each in other - mine}
    )
