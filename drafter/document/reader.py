"""A merged fragment → its tree."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from drafter.document.attributes import Attributes, attributes
from drafter.document.dialect import dialect
from drafter.document.formulas import EQUATION
from drafter.document.ground import Ground, Runs, merged_offset, part
from drafter.document.lines import LineReader
from drafter.document.notes import Footnotes
from drafter.document.openers import KINDS, MAKERS, Opened, loose
from drafter.document.shield import original, shielded
from drafter.document.tree import (
    Block,
    Cell,
    CodeBlock,
    Definition,
    Equation,
    Figure,
    Formula,
    FragmentTree,
    Heading,
    Inline,
    Item,
    Line,
    LineBreak,
    ListBlock,
    Mark,
    NodeId,
    Note,
    Paragraph,
    Picture,
    Quote,
    Row,
    Rule,
    Table,
    Text,
)
from drafter.source.files import Source
from drafter.source.issues import Issue, Outcome, Place
from drafter.source.nearest import suggestion
from drafter.source.origins import MappedText, SourceSlice

if TYPE_CHECKING:
    from markdown_it.token import Token
    from markdown_it.utils import EnvType

    from drafter.document.tables import Cell as PipeCell
    from drafter.document.tables import PipeTable

DEEPEST = 6

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NO_SPACE = re.compile(r"^\d{1,3}[.)](?=[^\s\d.)A-Za-z])", re.MULTILINE)
_DEFINITION = re.compile(r"^:[ \t]+", re.MULTILINE)


def read_fragment(
    fragment_id: str, mapped: MappedText, path: str, sources: Mapping[str, Source], level: int = 0
) -> Outcome[FragmentTree]:
    """The tree of a fragment.

    `mapped` is its merged body without front matter, `path` its file, `sources` all files that its pieces may point into. `level` is
    that of the slot's title: `#` makes a heading of `level + 1`.
    """
    reading = _Reading(fragment_id, Ground(mapped, path, sources), shielded(mapped), level)
    blocks = reading.fragment()
    tree = FragmentTree(
        fragment_id,
        path,
        blocks,
        reading.notes(),
        reading.pictures(),
        reading.questions(),
        reading.formulas(),
    )
    return Outcome(
        tree, tuple(sorted(reading.issues, key=lambda issue: (issue.place.line, issue.place.column)))
    )


class _References(dict[str, dict[str, Any]]):
    """Link definitions, which remember who was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.used: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 -- the library's own
        """The definition, which is used from now on."""
        self.used.add(key)
        return super().get(key, default)


class _Reading:
    """One fragment being read: its tokens, the place among them, and what was found."""

    def __init__(self, fragment: str, ground: Ground, text: str, level: int) -> None:
        self._fragment, self._ground, self._level = fragment, ground, level
        self._nodes = 0
        self.issues: list[Issue] = []
        self._footnotes = Footnotes(self._node)
        parser = dialect()
        self._references = _References()
        self._env: EnvType = {"references": self._references}
        self._tokens: list[Token] = []
        parser.block.parse(text, parser, self._env, self._tokens)
        lines: tuple[tuple[int, ...], tuple[int, ...]] = self._env.get("lines", ((0,), (0,)))
        self._starts, self._stops = lines
        self._at = 0
        self._lines = LineReader(parser, ground, self._env, self._footnotes.referred, self.issues)
        self._handlers = {
            "paragraph_open": self._paragraph,
            "definition_open": self._definition,
            "equation_open": self._equation,
            "heading_open": self._heading,
            "bullet_list_open": self._list,
            "ordered_list_open": self._list,
            "pipe_table": self._table,
            "container_open": self._container,
            "blockquote_open": self._quote,
            "fence": self._code,
            "code_block": self._code,
            "hr": self._rule,
            "stray_close": self._stray,
            "footnote_reference_open": self._footnote,
        }

    # the whole

    def fragment(self) -> tuple[Block, ...]:
        """All blocks of the fragment."""
        for token in self._tokens:
            if token.type == "footnote_reference_open":
                self._define(token)
        blocks = self._blocks("")
        self._unused()
        return blocks

    def notes(self) -> Mapping[NodeId, Note]:
        """The footnotes that are referred to, in order of their first reference."""
        return self._footnotes.notes()

    def pictures(self) -> tuple[Picture, ...]:
        """Every picture of the fragment, in order."""
        return tuple(self._lines.pictures)

    def questions(self) -> tuple[Place, ...]:
        """Where the fragment has open questions."""
        return tuple(self._lines.questions)

    def formulas(self) -> tuple[Formula, ...]:
        """Every formula of the fragment, in order."""
        return tuple(self._lines.formulas)

    def _define(self, token: Token) -> None:
        label, at = str(token.meta["label"]), int(token.meta["at"])
        if not self._footnotes.define(label, at):
            self.issue("document.note-doubled", at, text=original(label))

    def _unused(self) -> None:
        for label, at in self._footnotes.unused():
            self.issue("document.note-unused", at, text=original(label))
        for label, definition in self._references.items():
            if label not in self._references.used:
                line = definition["map"][0]
                self.issue("document.link-unused", self._starts[line], text=original(label).lower())
        for at in self._env.get("skipped", ()):
            self.issue("document.untraced", at, text="")

    def issue(self, code: str, at: int, **facts: str) -> None:
        """A problem at a merged offset."""
        self.issues.append(self._ground.issue(code, at, **facts))

    def _node(self) -> NodeId:
        self._nodes += 1
        return f"{self._fragment}#{self._nodes}"

    # blocks

    def _blocks(self, until: str) -> tuple[Block, ...]:
        """The blocks up to the token `until`, which is taken too."""
        out: list[Block] = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token.type == until:
                break
            handler = self._handlers.get(token.type)
            if handler:
                out += handler(token)
            else:
                self.issue("document.untraced", 0, text=token.type)
        return tuple(out)

    def _origin(self, token: Token) -> SourceSlice | None:
        return self._ground.hull(*token.meta["span"])

    def _content(self) -> tuple[str, Runs]:
        """The content of the block that was just opened; its tokens are taken."""
        inline = self._tokens[self._at]
        self._at += 2
        return inline.content, inline.meta["runs"]

    def _paragraph(self, token: Token) -> tuple[Block, ...]:
        text, runs = self._content()
        node = self._node()
        if "after_comment" in token.meta:
            self.issue("document.html", runs[0][2], text=original(text))
        if "\n" in text or text[:1] == ":" or text[:1].isdigit():
            self._warn_of_lines(text, runs)
        if text[0] == "!" and (alone := self._lines.picture(text, runs)):
            return (self._figure(node, *alone, origin=self._origin(token)),)
        text, runs, found = attributes(text, runs)
        if found:
            self._ignored(found, found.name, *found.keys)
        line = self._lines.line(text, runs)
        if not line.inlines:
            self._nodes -= 1
            return ()
        return (Paragraph(node, line, found.classes if found else (), self._origin(token)),)

    def _figure(
        self,
        node: NodeId,
        picture: Picture,
        caption: Line,
        found: Attributes | None,
        origin: SourceSlice | None,
    ) -> Figure:
        plain = replace(found, values=()) if found else None
        name = self.name(plain, "fig")
        return Figure(node, picture, caption if caption.inlines else None, name, (), origin)

    def _warn_of_lines(self, text: str, runs: Runs) -> None:
        for match in _NO_SPACE.finditer(text):
            self.issue("document.list-space", merged_offset(runs, match.start()), text=match[0])
        for match in _DEFINITION.finditer(text):
            self.issue("document.definition", merged_offset(runs, match.start()))

    def _definition(self, token: Token) -> tuple[Block, ...]:
        inline = self._tokens[self._at]
        self._at += 1
        node = self._node()
        term = self._lines.line(inline.content, inline.meta["runs"])
        return (Definition(node, term, self._blocks("definition_close"), self._origin(token)),)

    def _equation(self, token: Token) -> tuple[Block, ...]:
        text, runs = self._content()
        node = self._node()
        match = EQUATION.fullmatch(text)
        assert match  # noqa: S101 -- the rule has looked
        _, _, found = attributes(text, runs)
        formula = self._lines.formula(match[1].strip(), runs, 0, match.start("rest"))
        return (Equation(node, formula, self.name(found, "eq"), self._origin(token)),)

    def _heading(self, token: Token) -> tuple[Block, ...]:
        text, runs = self._content()
        node = self._node()
        level = self._level + int(token.tag[1])
        start = token.meta["span"][0]
        if level > DEEPEST:
            self.issue("document.level", start, level=str(level), deepest=str(DEEPEST))
        text, runs, found = attributes(text, runs)
        name = self.name(found, "sec")
        return (
            Heading(
                node, min(level, DEEPEST), self._lines.line(text, runs), name, origin=self._origin(token)
            ),
        )

    def name(self, found: Attributes | None, kind: str) -> str:
        """The name that attributes give a heading, table or box; anything else they say has no use there."""
        if not found:
            return ""
        self._ignored(found, *(f".{word}" for word in found.classes), *found.keys)
        if found.name and not (
            found.name.startswith(kind + ":") and _NAME.fullmatch(found.name, len(kind) + 1)
        ):
            self.issue("document.name", found.at, text=found.name, kind=kind)
            return ""
        return found.name

    def _ignored(self, found: Attributes, *what: str) -> None:
        for word in what:
            if word:
                self.issue("document.attribute", found.at, text=word)

    def _list(self, token: Token) -> tuple[Block, ...]:
        node, ordered = self._node(), token.type == "ordered_list_open"
        items = []
        while self._tokens[self._at].type == "list_item_open":
            opened = self._tokens[self._at]
            self._at += 1
            items.append(self._item(opened))
        self._at += 1
        return (ListBlock(node, ordered, int(token.attrs.get("start", 1)), tuple(items)),)

    def _item(self, token: Token) -> Item:
        node = self._node()
        blocks = self._blocks("list_item_close")
        classes: tuple[str, ...] = ()
        if blocks and isinstance(blocks[0], Paragraph) and blocks[0].classes:
            classes = blocks[0].classes
            blocks = (replace(blocks[0], classes=()), *blocks[1:])
        first, last = token.map or [0, 1]
        return Item(node, blocks, classes, self._ground.hull(self._starts[first], self._stops[last - 1]))

    def _quote(self, token: Token) -> tuple[Block, ...]:
        return (Quote(self._node(), self._blocks("blockquote_close")),)

    def _rule(self, token: Token) -> tuple[Block, ...]:
        return (Rule(self._node()),)

    def _stray(self, token: Token) -> tuple[Block, ...]:
        self.issue("document.stray-close", token.meta["at"])
        return ()

    def _code(self, token: Token) -> tuple[Block, ...]:
        """Code line by line, with hard breaks between; its language tag is no text."""
        runs: Runs = token.meta.get("runs", [])
        text, at = token.content.removesuffix("\n"), 0
        inlines: list[Inline] = []
        for number, line in enumerate(text.split("\n")):
            if number:
                inlines.append(LineBreak(None))
            inlines += self._verbatim(line, part(runs, at, at + len(line)))
            at += len(line) + 1
        return (CodeBlock(self._node(), Line(tuple(inlines))),)

    def _verbatim(self, text: str, runs: Runs) -> tuple[Text, ...]:
        line = self._lines.verbatim(text, runs)
        return tuple(
            replace(text, marks=frozenset({Mark.CODE})) for text in line.inlines if isinstance(text, Text)
        )

    def _footnote(self, token: Token) -> tuple[Block, ...]:
        footnote = self._footnotes.of(str(token.meta["label"]))
        self._lines.in_note = True
        blocks = self._blocks("footnote_reference_close")
        self._lines.in_note = False
        if footnote.note is not None:
            return blocks  # a second note of the same label is an error, and still printed
        last = (token.map or [0, 1])[1]
        footnote.note = Note(footnote.id, blocks, self._ground.hull(footnote.at, self._stops[last - 1]))
        return ()

    # tables

    def _table(self, token: Token) -> tuple[Block, ...]:
        table: PipeTable = token.meta["table"]
        node = self._node()
        for number, (row, extra) in enumerate(zip(table.rows, table.extra, strict=True)):
            if extra >= 0:
                self.issue("document.table-cells", table.starts[number], columns=str(len(row)))
        head = self._row(table.head, table)
        rows = tuple(self._row(row, table) for row in table.rows)
        return (Table(node, (head,), rows, len(table.aligns), origin=self._origin(token)),)

    def _row(self, cells: tuple[PipeCell, ...], table: PipeTable) -> Row:
        node, line = self._node(), self._lines.line
        return Row(
            node,
            tuple(
                Cell(self._node(), line(text, runs), align)
                for (text, runs), align in zip(cells, table.aligns, strict=True)
            ),
        )

    # ::: blocks

    def _container(self, token: Token) -> tuple[Block, ...]:
        at, text, runs = token.meta["at"], token.content, token.meta["runs"]
        if not token.meta["closed"]:
            self.issue("document.unclosed-block", at, text=original(text))
        node = self._node()
        word = text.split(None, 1)[0]
        kind = KINDS.get(word, "")
        # the title of a block that nobody knows is all of it
        lead = len(word) + len(text[len(word) :]) - len(text[len(word) :].lstrip()) if kind else 0
        title, runs, found = attributes(text[lead:], part(runs, lead, len(text)))
        line, words = self._lines.line(title, runs), original(title)
        blocks = self._blocks("container_close")
        opened = Opened(node, at, self._origin(token), line, words, found, blocks)
        if kind:
            return MAKERS[kind](self, opened)
        self.issue("document.unknown-block", at, text=original(word), known=suggestion(word, KINDS))
        return loose(opened)
