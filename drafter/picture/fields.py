"""Fields, complex and simple: a computed result is one object, a readable one (contents, links) stays text.

A field is collapsed when it ends in the paragraph where it began. One that nobody ends, or that runs over paragraphs, keeps its text:
nothing that a reader sees is lost to a missing mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from drafter.picture.drafts import GONE, NEW, OBJECT, Draft, read_without
from drafter.picture.model import Change, Revision, Run, Thing
from drafter.picture.things import tracked_field

CONTENTS = "TOC"
_READABLE = frozenset(("TOC", "HYPERLINK", "INDEX", "BIBLIOGRAPHY", "INCLUDETEXT", "ADDIN", "FORMTEXT"))
_HIDDEN = frozenset(("XE", "TC", "TA", "RD", "PRIVATE"))


@dataclass(slots=True, eq=False)
class Field:
    """A field that has begun: where, under which revisions, and its instruction as far as it was read."""

    draft: Draft
    runs: int
    length: int
    revisions: tuple[Revision, ...]
    marks: frozenset[str]
    codes: list[str] = field(default_factory=list)
    separated: bool = False

    @property
    def instruction(self) -> str:
        """The code, one blank between its words."""
        return " ".join("".join(self.codes).split())

    @property
    def kind(self) -> str:
        """Its first word."""
        return self.instruction.partition(" ")[0].partition("\\")[0].upper()


@dataclass(slots=True, eq=False)
class Fields:
    """The fields open at a point of a story, the innermost last; `contents` counts those whose result is a table of contents."""

    stack: list[Field] = field(default_factory=list)
    contents: int = 0
    first: int = 0

    def begin(self, draft: Draft, revisions: tuple[Revision, ...], marks: frozenset[str]) -> None:
        """`fldChar begin`."""
        self.stack.append(Field(draft, draft.part(), draft.length, revisions, marks))

    def code(self, text: str) -> None:
        """`instrText`; outside a field it means nothing."""
        if self.stack and not self.stack[-1].separated:
            self.stack[-1].codes.append(text)

    def came_with(self, change: Change) -> bool:
        """Whether a field that is open was put in or struck out itself, so that the same done to its code says nothing more."""
        return any(each.change is change for field in self.stack for each in field.revisions)

    def separate(self, draft: Draft) -> None:
        """`fldChar separate`: results of fields inside the code are not shown."""
        if not self.stack or self.stack[-1].separated:
            return
        top = self.stack[-1]
        top.separated = True
        if top.draft is draft:
            draft.cut(top.runs, top.length)
        if top.kind == CONTENTS:
            self.first = self.first if self.contents else top.draft.index
            self.contents += 1

    def end(self, draft: Draft, drafts: list[Draft]) -> None:
        """`fldChar end`: one object for a computed result."""
        if not self.stack:
            return
        top = self.stack.pop()
        kind = top.kind
        if kind == CONTENTS and top.separated:
            self._end_contents(draft, drafts)
        if top.draft is not draft or (kind in _READABLE and top.separated):
            return
        gone = draft.cut(top.runs, top.length)
        result = read_without(gone, GONE)
        if kind in _READABLE or kind in _HIDDEN:
            return
        if kind == "PAGEREF" and result.startswith(
            "\t"
        ):  # where LibreOffice keeps the tab of a line of contents
            result = result[1:]
            draft.add("\t", top.revisions, top.marks)
        revisions, thing = _changed(top.revisions, gone, result)
        draft.add_object(Run(OBJECT, revisions, top.marks, field=top.instruction, result=result, thing=thing))

    def _end_contents(self, draft: Draft, drafts: list[Draft]) -> None:
        self.contents -= 1
        if not self.contents:
            for other in drafts[self.first : draft.index + 1]:
                other.in_contents = other.in_contents or other.story == draft.story


def _changed(
    outer: tuple[Revision, ...], gone: Sequence[Run], result: str
) -> tuple[tuple[Revision, ...], Thing | None]:
    """The revisions of a field that shrinks to its sign, and of what was changed inside it.

    Word cuts one change into several where a field begins: what was done to the inside as to the whole is the whole's. A result that was
    struck out and put in again is a word processor's counting, and nobody's.
    """
    inner = [each for run in gone for each in run.revisions if each not in outer]
    if not inner:
        return outer, None
    if outer and {each.change for each in inner} <= {each.change for each in outer}:
        return (*outer, *dict.fromkeys(inner)), None
    before = read_without(gone, NEW)
    return outer, None if before == result else tracked_field(before, result, tuple(dict.fromkeys(inner)))
