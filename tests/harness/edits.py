"""Edits: what a reviewer does, where, what the file reads afterwards, and how it is done in WordprocessingML.

The paragraphs of a file are read as one text in which each ends with a line feed; every edit is a few `Operation`s on that text. Splitting
inserts a line feed, merging deletes one, moving deletes in one place and inserts in another: one rule says what the result must read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from lxml import etree

from tests.harness.package import Package, W
from tests.harness.surgery import Surgeon

WORDS = (
    "insert",
    "delete",
    "replace",
    "rewrite",
    "value",
    "value-part",
    "two-values",
    "string-value",
    "with-neighbour",
    "contested",
)
STRUCTURES = (
    "insert-paragraph",
    "delete-paragraph",
    "split",
    "merge",
    "move",
    "copy",
    "insert-row",
    "delete-row",
)
COMMENTS = ("comment", "comment-point", "comment-across", "comment-reply")
LOOK, FOOTER = "look", "footer"
QUIET = (*COMMENTS, LOOK, FOOTER)
"""What leaves the text as it is."""


@dataclass(frozen=True)
class Operation:
    """New characters for the characters `start:end` of the text that begins with a paragraph; they may run into the next ones."""

    paragraph: int
    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Edit:
    """One act of one reviewer.

    `place` names where it is, `said` is the issued text of its paragraph, `new` the words of a comment or what is typed before a second author
    cuts it, `variant` the form that the program writes, `author` is empty where tracking is off.
    """

    kind: str
    place: str
    said: str
    operations: tuple[Operation, ...]
    new: str = ""
    cut: tuple[int, int] = (0, 0)
    variant: int = 0
    author: str = ""
    second: str = ""

    @property
    def paragraph(self) -> int:
        """The paragraph that it is about."""
        return self.operations[0].paragraph

    @property
    def answer(self) -> str:
        """What a second person answers to a comment."""
        return f"答复{self.new}" if self.kind == "comment-reply" else ""

    @property
    def tracked(self) -> bool:
        """Whether it is made with tracking on."""
        return bool(self.author) and self.kind not in COMMENTS


@dataclass(frozen=True)
class Text:
    """The issued paragraphs as one text; what stands in no source (cover, contents) is empty."""

    paragraphs: Sequence[str]
    starts: Sequence[int]

    @classmethod
    def of(cls, paragraphs: Sequence[str]) -> Text:
        """Paragraphs with the offsets at which they begin."""
        return cls(paragraphs, tuple(accumulate((len(said) + 1 for said in paragraphs), initial=0)))

    def span(self, operation: Operation) -> tuple[int, int]:
        """An operation's place in the whole text."""
        base = self.starts[operation.paragraph]
        return base + operation.start, base + operation.end


@dataclass(frozen=True)
class Expected:
    """A paragraph as it must read, and the edits that made it so."""

    said: str
    edits: frozenset[Edit]


def expected(text: Text, edits: Iterable[Edit]) -> list[Expected]:
    """The paragraphs once these edits are made, empty ones left out."""
    pieces: list[tuple[str, Edit | None]] = []
    whole = "".join(f"{said}\n" for said in text.paragraphs)
    at = 0
    changes = [
        (*text.span(operation), operation.new, edit)
        for edit in edits if edit.kind not in QUIET for operation in edit.operations
    ]  # fmt: skip
    for start, end, new, edit in sorted(changes, key=lambda change: change[:2]):
        assert start >= at, f"two edits overlap: {edit}"
        pieces += [(whole[at:start], None), (new, edit), ("", edit)]
        at = end
    pieces.append((whole[at:], None))
    return list(_lines(pieces))


def _lines(pieces: Iterable[tuple[str, Edit | None]]) -> Iterable[Expected]:
    said, made = "", set[Edit]()
    for piece, edit in pieces:
        first, *rest = piece.split("\n")
        said += first
        made |= {edit} if edit else set()
        for line in rest:
            if said:
                yield Expected(said, frozenset(made))
                made = set()
            # Of paragraphs that are gone the next one remembers the edit, so that a difference there finds it.
            said = line
            made |= {edit} if edit else set()


def perform(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The file with the edits made in it, from the end to the beginning, so that offsets stay."""
    package = Package.read(data)
    elements = list(package.paragraphs())
    surgeon = Surgeon(package)
    for edit in sorted(
        edits, key=lambda edit: (edit.operations[0].paragraph, edit.operations[0].start), reverse=True
    ):
        (_comment if edit.kind in COMMENTS else _quiet if edit.kind in QUIET else _perform)(
            surgeon, elements, edit
        )
    return surgeon.data()


def _quiet(surgeon: Surgeon, elements: list[etree._Element], edit: Edit) -> None:
    from tests.harness.quiet import footer, look

    if edit.kind == LOOK:
        look(surgeon, elements[edit.paragraph], edit)
    else:
        footer(surgeon, edit)


def _comment(surgeon: Surgeon, elements: list[etree._Element], edit: Edit) -> None:
    first, last = edit.operations[0], edit.operations[-1]
    start, end = (elements[first.paragraph], first.start), (elements[last.paragraph], last.end)
    surgeon.comment(start, end, edit.new, edit.author)
    if edit.answer:
        surgeon.comment(start, end, edit.answer, edit.second, reply=True)


def _perform(surgeon: Surgeon, elements: list[etree._Element], edit: Edit) -> None:
    first, last = edit.operations[0], edit.operations[-1]
    paragraph = elements[first.paragraph]
    match edit.kind:
        case "delete-paragraph":
            surgeon.delete_paragraph(paragraph, edit.author)
        case "insert-paragraph":
            surgeon.insert_paragraph(paragraph, first.new[1:], edit.author, edit.variant)
        case "split":
            surgeon.split(paragraph, first.start, edit.author, edit.variant)
        case "merge":
            surgeon.merge(paragraph, edit.author)
        case "move":
            surgeon.move(paragraph, elements[last.paragraph], edit.author, edit.variant)
        case "copy":
            surgeon.copy(paragraph, elements[last.paragraph], edit.author, edit.variant)
        case "insert-row":
            surgeon.insert_row(_row(elements[last.paragraph]), last.new[1:].split("\n"), edit.author)
        case "delete-row":
            surgeon.delete_row(_row(paragraph), edit.author)
        case "contested":
            surgeon.contested(paragraph, first.start, edit.new, edit.cut, (edit.author, edit.second))
        case _:
            for each in sorted(edit.operations, key=lambda each: -each.start):
                surgeon.replace(
                    paragraph, (each.start, each.end), each.new, edit.author, outside=bool(edit.variant)
                )


def _row(paragraph: etree._Element) -> etree._Element:
    return next(paragraph.iterancestors(f"{W}tr"))
