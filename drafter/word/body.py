"""The blocks of a plan as the XML of a Word story, and the anchor of every paragraph written.

XML is built as text. What a block looks like is the business of its style; here stands only what Word must be told in the text itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import assert_never

from drafter.document.tree import (
    Block,
    Box,
    CodeBlock,
    Definition,
    Equation,
    Figure,
    Heading,
    Item,
    Line,
    ListBlock,
    NodeId,
    Numbering,
    Paragraph,
    Quote,
    Rule,
    Table,
    ViewBlock,
)
from drafter.ooxml.xml import MATH, printable
from drafter.source.frozen import dataclass
from drafter.source.issues import Issue, Place
from drafter.source.origins import Generated, Piece
from drafter.word.anchors import OBJECT, PREFIX, Anchor
from drafter.word.annexes import number_look, stops, titled
from drafter.word.counting import Counter, base36, ended
from drafter.word.lines import (
    LineWriter,
    References,
    Written,
    defined,
    field_runs,
    moved,
    roomy,
    run,
    shifted,
)
from drafter.word.lists import ANNEX_TOP, Lists, typed_sign

_EMPTY = Line(())
_ITEM_INDENTS = {
    "GwBody": '<w:ind w:left="0" w:firstLineChars="200" w:firstLine="640"/>',
    "GwQuote": '<w:ind w:leftChars="200" w:left="640" w:firstLineChars="200" w:firstLine="640"/>',
    "GwBox": '<w:ind w:left="0" w:firstLineChars="200" w:firstLine="480"/>',
    "FootnoteText": '<w:ind w:left="0" w:firstLineChars="200" w:firstLine="360"/>',
}
"""Written in the paragraph, because a list takes the indent of its style away."""

_STYLES = 6  # Heading 1 to 6
_SECTIONS = 2  # 章 and 节: what a place is named by


@dataclass(frozen=True, slots=True)
class Setting:
    """Where blocks stand: the style and kind of their paragraphs, twips of a line, depth of lists.

    `number` is the `w:numPr` of the next paragraph, `node` the list item it belongs to, `lead` what stands before its text and is none of it,
    `typed` the number that stands there as text.
    """

    style: str
    kind: str
    width: int
    depth: int = 0
    number: str = ""
    node: NodeId = ""
    lead: str = ""
    typed: str = ""


class Story:
    """Paragraphs of one part as they are written: XML and anchors."""

    def __init__(
        self, numbering: Numbering, references: References, lines: LineWriter, lists: Lists, counter: Counter
    ) -> None:
        self.numbering = numbering
        self.references = references
        self.lines = lines
        self.lists = lists
        self.counter = counter
        self.out: list[str] = []
        self.anchors: list[Anchor] = []
        self.issues: list[Issue] = []
        self.place = ""
        self.annex = 0
        self.sections = 0  # that have ended in it

    def blocks(self, blocks: Iterable[Block], setting: Setting) -> None:
        """Blocks one after another."""
        for block in blocks:
            self.block(block, setting)

    def block(self, block: Block, setting: Setting) -> None:
        """One block."""
        match block:
            case Paragraph():
                self.paragraph(block, setting)
            case ListBlock():
                self.list_block(block, setting)
            case Equation():
                self.equation(block, setting)
            case Figure():
                self.figure(block, setting)
            case Table() | Box():
                self.table_or_box(block, setting)
            case Heading():
                self.heading(block, setting)
            case Quote():
                style = "GwQuote" if setting.style == "GwBody" else setting.style
                self.blocks(block.blocks, replace(setting, style=style))
            case Definition():
                self.definition(block, setting)
            case CodeBlock():
                self.written(properties("GwCode"), block.line, setting.kind, block.id)
            case Rule():
                self.written(properties("GwRule"), _EMPTY, setting.kind, block.id)
            case ViewBlock():
                path = block.origin.path if block.origin else ""
                self.issues.append(Issue("word.view-unmade", Place(path), {"view": block.view}))
            case _:
                assert_never(block)

    def paragraph(self, block: Paragraph, setting: Setting) -> None:
        """A paragraph of text, of a list item, of a box or of a note."""
        number = self.number(block.id) or self.number(setting.node)
        look = properties(setting.style, setting.number)
        self.written(
            look, block.line, setting.kind, block.id, number=number, lead=setting.lead, typed=setting.typed
        )

    def definition(self, block: Definition, setting: Setting) -> None:
        """A term and its meaning as one paragraph; further paragraphs of the meaning follow."""
        rest = block.blocks
        meaning = _EMPTY
        if rest and isinstance(rest[0], Paragraph):
            meaning, rest = rest[0].line, rest[1:]
        line = defined(block.term, meaning)
        number = self.number(block.id)
        self.written(properties(setting.style), line, setting.kind, block.id, number=number)
        self.blocks(rest, setting)

    def written(  # noqa: PLR0913 -- all that a paragraph is made of
        self,
        look: str,
        line: Line,
        kind: str,
        node: NodeId,
        *,
        number: str = "",
        lead: str = "",
        typed: str = "",
        typed_look: str = "",
        around: Iterable[str] = (),
    ) -> None:
        """One paragraph with its bookmark, and `around` it the bookmarks of those who refer to it; `typed` is its number as text."""
        written = self.lines.write(line)
        if typed:
            written = written.behind(run(typed, typed_look), typed, _made(typed))
        if OBJECT in written.text:
            look = roomy(look, line)
        name, mark, end_mark = self._named(written.text)
        start, end = self._around(around)
        # LibreOffice 7.4 keeps the bookmarks of footnotes only behind the note's own mark.
        self.out.append(f"<w:p>{look}{lead}{mark}{start}{ended(written.xml, end + end_mark)}</w:p>")
        self._keep(name, kind, node, written, line, number)

    def _keep(self, name: str, kind: str, node: NodeId, written: Written, line: Line, number: str) -> None:
        text, pieces, extras = written.text, written.pieces, written.extras
        self.anchors.append(
            Anchor(name, kind, node, text, pieces, line.spans, -1, self.place, number, extras)
        )

    def _named(self, text: str) -> tuple[str, str, str]:
        """A bookmark's name, start and end. Around nothing there is none: LibreOffice would give it back doubled."""
        if not text:
            return "", "", ""
        count = self.counter.next()
        name = PREFIX + base36(count)
        return name, f'<w:bookmarkStart w:id="{count}" w:name="{name}"/>', f'<w:bookmarkEnd w:id="{count}"/>'

    def end_section(self, section: str) -> None:
        """The paragraph written last ends a section; one of its own for that would get lost in LibreOffice."""
        head, end, tail = self.out[-1].partition("</w:pPr>")
        self.out[-1] = f"{head}{section}{end}{tail}"
        self.sections += 1

    def _around(self, names: Iterable[str]) -> tuple[str, str]:
        start, end = "", ""
        for name in names:
            count = self.counter.next()
            start += f'<w:bookmarkStart w:id="{count}" w:name="{name}"/>'
            end = f'<w:bookmarkEnd w:id="{count}"/>{end}'
        return start, end

    def generated(self, style: str, text: str, kind: str, node: NodeId, what: str) -> None:
        """A paragraph that nobody typed, without a bookmark."""
        self.out.append(f"<w:p>{properties(style)}{run(text)}</w:p>")
        text = printable(text)
        pieces = (Piece(0, len(text), Generated(what)),) if text else ()
        self.anchors.append(Anchor("", kind, node, text, pieces, (), -1, self.place))

    def heading(self, block: Heading, setting: Setting) -> None:
        """A heading; in a box or a note it is a paragraph like the others there."""
        own = block.annex and block.level == 1
        style = "GwAnnex" if own else f"Heading{self._style_level(block)}"
        label = self.numbering.labels.get(block.id)
        if setting.kind != "body":
            style = setting.style
        number, typed = "", ""
        if setting.kind == "body":
            number = self._heading_number(block, unnumbered=not (label and label.label))
            if self.literal and label:
                typed, number = typed_label(label.label), ""
            if label and block.level <= _SECTIONS:
                self.place = self.lines.asides.place = label.full or label.label
        if own and self.lists.profile.kind == "gongwen" and setting.kind == "body" and label:
            # 7.3.7: the number at the upper left corner of a new page, the title in the middle of the third line.
            self.generated("GwAnnexMark", label.label, "frame", block.id, "label")
            style, number, typed = "GwAnnexTitle", "", ""
        line = block.line
        if style == "GwAnnex" and self.lists.annex_stop:
            line = titled(line, setting.width, numbered=bool(label and label.label))
            typed = label.label if typed and label else ""
            number += stops(self.lists.annex_stop, setting.width)
        self.written(
            properties(style, number),
            line,
            "heading",
            block.id,
            number=self.number(block.id),
            typed=typed,
            typed_look=number_look(self.lists.profile) if line is not block.line else "",
            around=self.references.around(block.id),
        )

    @property
    def literal(self) -> bool:
        """Whether numbers are typed."""
        return self.lists.profile.literal

    def _heading_number(self, block: Heading, *, unnumbered: bool) -> str:
        """What a heading adds to the number of its style: none where it has no label, a new count below an annex."""
        if block.annex and block.level == 1:
            self.annex = self.lists.new_headings()
        if unnumbered:
            return _numbered(0, 0)
        if self.annex and not (block.annex and block.level == 1):
            return _numbered(self._style_level(block) - 1, self.annex) + _ITEM_INDENTS["GwBody"]
        return ""

    def _style_level(self, block: Heading) -> int:
        """The level of a heading's style. Below an annex's title there is no 章 or 节: what stands first there is 一、 as elsewhere."""
        label = self.numbering.labels.get(block.id)
        if label is None or label.scheme != "annex-heading":
            return block.level
        return min(block.level - 2 + ANNEX_TOP[self.lists.scheme], _STYLES)

    def list_block(self, block: ListBlock, setting: Setting) -> None:
        """A list with a native number of its own, or with typed ones."""
        number = (
            0
            if self.literal
            else self.lists.new(ordered=block.ordered, level=setting.depth, start=block.start)
        )
        level = min(setting.depth, 8)
        kind = "item" if setting.kind == "body" else setting.kind
        for count, item in enumerate(block.items, block.start):
            look, sign = _ITEM_INDENTS.get(setting.style, ""), ""
            if self.literal:
                sign = typed_sign(ordered=block.ordered, level=level, count=count)
            else:
                look = _numbered(level, number) + look
            self._item(item, replace(setting, kind=kind, number=look, node=item.id, typed=sign))

    def _item(self, item: Item, setting: Setting) -> None:
        inner = replace(setting, depth=setting.depth + 1, number="", node=item.id, lead="", typed="")
        rest = item.blocks
        if rest and isinstance(rest[0], Paragraph):
            self.paragraph(rest[0], setting)
            rest = rest[1:]
        else:
            look = properties(setting.style, setting.number)
            self.written(look, _EMPTY, setting.kind, item.id, typed=setting.typed)
        self.blocks(rest, inner)

    def equation(self, block: Equation, setting: Setting) -> None:
        """A formula in the middle of the line, its number at the end of it."""
        xml, text, pieces, extras = self.lines.formula(block.formula)
        if block.id in self.numbering.labels:
            count = str(self.numbering.labels[block.id].number)
            field = run(count) if self.literal else field_runs("SEQ 式 \\* ARABIC", count)
            xml = f"<w:r><w:tab/></w:r>{xml}<w:r><w:tab/></w:r>{run('（')}{field}{run('）')}"
            end = f"\t（{count if self.literal else OBJECT}）"
            tail = shifted(_made(end), len(text) + 1)
            text, pieces = f"\t{text}{end}", (*_made("\t"), *shifted(pieces, 1), *tail)
            extras = moved(extras, 1)
        elif text == OBJECT:
            xml = f'<m:oMathPara xmlns:m="{MATH}">{xml}</m:oMathPara>'
        name, start, end_mark = self._named(text)
        self.out.append(f"<w:p>{properties('GwEquation')}{start}{xml}{end_mark}</w:p>")
        kind = "figure" if setting.kind == "body" else setting.kind
        self._keep(name, kind, block.id, Written(xml, text, pieces, extras), _EMPTY, self.number(block.id))

    def figure(self, block: Figure, setting: Setting) -> None:
        """A picture as broad as asked for, its caption and notes below it."""
        picture = block.picture
        if block.caption is not None:
            picture = replace(picture, alt=self.lines.plain(block.caption))
        written = self.lines.picture(picture, setting.width)
        name, start, end = self._named(written.text)
        self.out.append(f"<w:p>{properties('GwFigure')}{start}{written.xml}{end}</w:p>")
        kind = "figure" if setting.kind == "body" else setting.kind
        self._keep(name, kind, block.id, written, _EMPTY, self.number(block.id))
        if block.id in self.numbering.labels:
            self.out.append(self.labelled("GwFigureCaption", block.id, block.caption or _EMPTY, "caption"))
        for line in block.notes:
            self.written(properties("GwNote"), line, "note", block.id)

    def table_or_box(self, block: Table | Box, setting: Setting) -> None:
        """A table or a box, whose writer stands in a module of its own."""
        from drafter.word.tables import write_box, write_table

        if isinstance(block, Table):
            write_table(self, block, setting)
        else:
            write_box(self, block, setting)

    def label(self, node: NodeId) -> tuple[str, Written]:
        """The label of a caption or box: its plain prefix, and the whole with its field, bookmarked where something refers to it."""
        label = self.numbering.labels.get(node)
        if not label or not label.label:
            return "", Written("", "", ())
        prefix = label.label.rstrip("0123456789")
        digits = label.label[len(prefix) :]
        if not prefix or not digits or self.literal:
            return label.label, Written(run(label.label), label.label, _made(label.label))
        start, end = self._around(
            [self.references.bookmarks[node]] if node in self.references.bookmarks else []
        )
        sequence = field_runs(f"SEQ {prefix} \\* ARABIC", digits)
        xml = f"{start}{run(prefix)}{sequence}{end}"
        text = prefix + OBJECT
        return prefix, Written(xml, text, _made(text))

    def labelled(self, style: str, node: NodeId, line: Line, kind: str) -> str:
        """The paragraph of a caption or of a box's title, to be put where it belongs; its anchor is added at once."""
        _, label = self.label(node)
        written = self.lines.write(line)
        before = label.text + ("　" if label.text and written.text else "")
        whole = written.behind(label.xml + run(before[len(label.text) :]), before, _made(before))
        name, start, end = self._named(whole.text)
        self._keep(name, kind, node, whole, line, self.number(node))
        return f"<w:p>{properties(style)}{start}{whole.xml}{end}</w:p>"

    def number(self, node: NodeId) -> str:
        """The 段号 of a node, or empty."""
        return self.numbering.paragraph_numbers.get(node, "")


def typed_label(label: str) -> str:
    """A label as it stands before a title: with a broad space unless it ends in a sign of its own."""
    return label if not label or label.endswith(("、", "）", ".")) else f"{label}　"


def _made(text: str) -> tuple[Piece, ...]:
    return (Piece(0, len(text), Generated("label")),) if text else ()


def properties(style: str, number: str = "") -> str:
    """The properties of a paragraph: its style and its place in a list."""
    return f'<w:pPr><w:pStyle w:val="{style}"/>{number}</w:pPr>'


def _numbered(level: int, number: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
