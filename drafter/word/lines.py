"""A line of the tree as runs: its XML, the text that a reader sees, and the origin of each character of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from typing import NamedTuple, assert_never

from drafter.document.tree import (
    Comment,
    CrossReference,
    Formula,
    Inline,
    Line,
    LineBreak,
    Mark,
    NodeId,
    NoteReference,
    Numbering,
    Picture,
    Proposed,
    Text,
)
from drafter.ooxml.xml import R, delicate, escaped, printable
from drafter.source.frozen import dataclass
from drafter.source.origins import Generated, Piece, generated
from drafter.word.anchors import OBJECT, Extra, Question
from drafter.workspace.pictures import PictureFile

EAST = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
"""Without it Word draws Chinese quotation marks, dashes and dots in the Latin font."""

_FIRST_QUESTION = 1_000_000
_WRITERS = "编写组"
MISSING = "［图缺］"
_STYLES = ((Mark.CODE, "GwCodeText"), (Mark.TERM, "GwTerm"))
_LOOKS = ((Mark.BOLD, "<w:b/><w:bCs/>"), (Mark.ITALIC, "<w:i/><w:iCs/>"), (Mark.STRIKE, "<w:strike/>"))


_ENDS = ("：", ":", "。", "，", "；", "—", "？", "！")


class Written(NamedTuple):
    """A line as it was written."""

    xml: str
    text: str
    pieces: tuple[Piece, ...]
    extras: tuple[Extra, ...] = ()

    def behind(self, xml: str, text: str, pieces: tuple[Piece, ...]) -> Written:
        """The same behind something else in its line."""
        by = len(text)
        return Written(
            xml + self.xml, text + self.text, (*pieces, *shifted(self.pieces, by)), moved(self.extras, by)
        )


@dataclass(frozen=True, slots=True)
class References:
    """What can be referred to: the bookmark of each node for references and for the contents, the switches of its REF field, and the
    files of pictures by their keys.

    Two bookmarks, because Word throws away its `_Toc` ones when it makes the contents anew.
    """

    numbering: Numbering
    bookmarks: Mapping[NodeId, str]
    switches: Mapping[NodeId, str]
    contents: Mapping[NodeId, str]
    pictures: Mapping[str, PictureFile] = field(default_factory=dict)
    formulas: Mapping[str, str] = field(default_factory=dict)
    authors: Mapping[str, str] = field(default_factory=dict)
    """Who asks the open questions of a fragment, by its path; under the empty path the date."""

    def around(self, node: NodeId) -> tuple[str, ...]:
        """The bookmarks of a heading."""
        return tuple(names[node] for names in (self.contents, self.bookmarks) if node in names)


@dataclass(slots=True)
class Asides:
    """What a line sends elsewhere: addresses of links, files of pictures and notes, each in order of its first use; `drawings` are counted.

    `place` is the label of the 章节 that is being written, `places` those of the notes' marks.
    """

    first_note: int = 1
    links: dict[str, str] = field(default_factory=dict)
    notes: list[NodeId] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    place: str = ""
    nested: list[NodeId] = field(default_factory=list)
    pictures: dict[str, PictureFile] = field(default_factory=dict)
    drawings: int = 0
    questions: list[Question] = field(default_factory=list)

    def ask(self, question: Question) -> int:
        """The id of a tracked change or comment, far from those of bookmarks."""
        self.questions.append(question)
        return _FIRST_QUESTION + len(self.questions)

    def picture(self, file: PictureFile) -> str:
        """The relationship of a picture's file."""
        self.pictures.setdefault(file.sha256, file)
        return f"rIdPicture{list(self.pictures).index(file.sha256) + 1}"

    def link(self, address: str) -> str:
        """The relationship of a link."""
        return self.links.setdefault(address, f"rIdLink{len(self.links) + 1}")

    def note(self, note: NodeId) -> int:
        """The id of a footnote. A note that is referred to twice is printed twice."""
        self.notes.append(note)
        self.places.append(self.place)
        return self.first_note + len(self.notes) - 1


def text_xml(text: str) -> str:
    """The content of a run: `w:t`, with tabs and breaks as elements."""
    if "\n" in text or "\t" in text:
        return "".join(_text_parts(text))
    body = escaped(text)
    if text[0] == " " or text[-1] == " " or "  " in text:
        return f'<w:t xml:space="preserve">{body}</w:t>'
    return f"<w:t>{body}</w:t>"


def _text_parts(text: str) -> list[str]:
    out = []
    for number, line in enumerate(text.split("\n")):
        if number:
            out.append("<w:br/>")
        for place, part in enumerate(line.split("\t")):
            if place:
                out.append("<w:tab/>")
            if part:
                out.append(f'<w:t xml:space="preserve">{escaped(part)}</w:t>')
    return out


def run(text: str, look: str = "") -> str:
    """A run of plain text; `look` stands between the fonts and the end of its properties."""
    if not text:
        return ""
    if look:
        hint = "" if text.isascii() or "<w:rFonts" in look else '<w:rFonts w:hint="eastAsia"/>'
        return f"<w:r><w:rPr>{hint}{look}</w:rPr>{text_xml(text)}</w:r>"
    return f"<w:r>{'' if text.isascii() else EAST}{text_xml(text)}</w:r>"


def field_runs(instruction: str, result: str) -> str:
    """A complex field with its result."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


class LineWriter:
    """Writes lines of one plan; what they refer to is known beforehand."""

    def __init__(self, references: References, asides: Asides, *, notes: bool = True) -> None:
        self._references = references
        self.asides = asides
        self._notes = notes

    def write(self, line: Line) -> Written:
        """The line as runs."""
        inlines = line.inlines
        if len(inlines) == 1:
            only = inlines[0]
            if type(only) is Text and not only.marks and not only.link:
                text = only.mapped.text
                # Nearly every cell and most paragraphs are like this: nothing to escape, nothing to look at twice.
                if text and not delicate(text) and not only.proposed:
                    hint = "" if text.isascii() else EAST
                    return Written(f"<w:r>{hint}<w:t>{text}</w:t></w:r>", text, only.mapped.pieces)
                if not only.proposed:
                    return Written(run(text), printable(text), only.mapped.pieces)
        out: list[str] = []
        texts: list[str] = []
        pieces: list[Piece] = []
        extras: list[Extra] = []
        length = 0
        for inline in inlines:
            if type(inline) is Comment:
                self._comment(inline, out)
                continue
            part = self._inline(inline)
            out.append(part.xml)
            texts.append(part.text)
            pieces += shifted(part.pieces, length) if length else part.pieces
            if part.extras:
                extras += moved(part.extras, length)
            length += len(part.text)
        return Written("".join(out), "".join(texts), tuple(pieces), tuple(extras))

    def plain(self, line: Line) -> str:
        """What a line says without notes, as a table of contents repeats it."""
        out = []
        for inline in line.inlines:
            if isinstance(inline, Text):
                out.append("" if inline.proposed is Proposed.IN else inline.mapped.text)
            elif isinstance(inline, CrossReference):
                out.append(self.label(inline.target))
        return printable("".join(out)).replace("\n", "")

    def label(self, target: str) -> str:
        """What a reference prints."""
        node = self._references.numbering.targets.get(target)
        label = self._references.numbering.labels.get(node) if node else None
        return (label.full or label.label) if label else f"@{target}"

    def _inline(self, inline: Inline) -> Written:
        match inline:
            case Text():
                return self._text(inline)
            case LineBreak():
                return Written(
                    "<w:r><w:br/></w:r>", "\n", (Piece(0, 1, inline.origin or Generated("break")),)
                )
            case NoteReference():
                return self._note(inline)
            case CrossReference():
                return self._reference(inline)
            case Formula():
                return self.formula(inline)
            case Comment():
                return Written("", "", ())
            case Picture():
                return self.picture(inline)
            case _:
                assert_never(inline)

    def _text(self, inline: Text) -> Written:
        text = inline.mapped.text
        if not text:
            return Written("", "", ())
        look = "".join(xml for mark, xml in _LOOKS if mark in inline.marks)
        xml = run(text, look)
        style = "Hyperlink" if inline.link else ""
        if inline.marks:
            style = next((name for mark, name in _STYLES if mark in inline.marks), style)
        if style:
            xml = self._styled(text, style, look)
        gone = inline.proposed is Proposed.IN
        if inline.proposed:
            xml = self._proposed(inline, xml)
        if inline.link:
            xml = f'<w:hyperlink xmlns:r="{R}" r:id="{self.asides.link(inline.link)}">{xml}</w:hyperlink>'
        if gone:
            return Written(xml, "", ())
        text = printable(text)
        marked = ["strike"] if Mark.STRIKE in inline.marks else []
        marked += ["highlight"] if inline.proposed is Proposed.MARKED else []
        return Written(xml, text, inline.mapped.pieces, tuple((0, len(text), each, "") for each in marked))

    def _proposed(self, inline: Text, xml: str) -> str:
        """A run as a tracked change, or marked."""
        if inline.proposed is Proposed.MARKED:
            return xml.replace("</w:rPr>", _MARKED + "</w:rPr>", 1) if "<w:rPr>" in xml else _marked(xml)
        tag = "ins" if inline.proposed is Proposed.IN else "del"
        author, date = self._asker(inline.base)
        number = self.asides.ask(Question(tag, author, date, printable(inline.mapped.text)))
        if tag == "del":
            xml = (
                xml.replace("<w:t>", "<w:delText>")
                .replace("<w:t ", "<w:delText ")
                .replace("</w:t>", "</w:delText>")
            )
        return f"<w:{tag} {_signed(number, author, date)}>{xml}</w:{tag}>"

    def _comment(self, inline: Comment, out: list[str]) -> None:
        """A comment on what was written last."""
        author, date = self._asker(inline.base)
        number = self.asides.ask(Question("comment", author, date, printable(inline.words)))
        out.insert(len(out) - inline.covers, f'<w:commentRangeStart w:id="{number}"/>')
        end = f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'
        out.append(end)

    def _asker(self, base: str) -> tuple[str, str]:
        authors = self._references.authors
        return authors.get(base) or _WRITERS, authors.get("", "")

    def _styled(self, text: str, style: str, look: str) -> str:
        hint = "" if text.isascii() else '<w:rFonts w:hint="eastAsia"/>'
        return f'<w:r><w:rPr><w:rStyle w:val="{style}"/>{hint}{look}</w:rPr>{text_xml(text)}</w:r>'

    def _note(self, inline: NoteReference) -> Written:
        if not self._notes:
            self.asides.nested.append(inline.note)
            return Written("", "", ())
        number = self.asides.note(inline.note)
        origin = inline.origin or Generated("note")
        xml = f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'
        return Written(xml, OBJECT, (Piece(0, 1, origin),))

    def formula(self, inline: Formula) -> Written:
        """A formula; one that is no TeX (which was said) is printed as it was typed."""
        xml = self._references.formulas.get(inline.tex, "")
        if not xml:
            text = printable(inline.tex)
            return Written(run(text), text, (Piece(0, len(text), Generated("formula", inline.origin)),))
        from drafter.word.formulas import read_out

        made = ((0, 1, "formula", read_out(xml)),)
        return Written(xml, OBJECT, (Piece(0, 1, inline.origin or Generated("formula")),), made)

    def picture(self, inline: Picture, width: int = 0) -> Written:
        """A picture in a line of so many twips, or in one of the running text; one whose file cannot be used (which was said) leaves a word in its place."""
        file = self._references.pictures.get(inline.key)
        if file is None:
            return Written(
                run(MISSING), MISSING, (Piece(0, len(MISSING), Generated("picture", inline.origin)),)
            )
        self.asides.drawings += 1
        relation = self.asides.picture(file)
        from drafter.word.drawings import LINE_WIDTH, drawing, known_again

        line = width or LINE_WIDTH
        xml = drawing(inline, file, line, relation, self.asides.drawings)
        made = ((0, 1, "picture", known_again(file, inline.width, line)),)
        return Written(xml, OBJECT, (Piece(0, 1, inline.origin or Generated("picture")),), made)

    def _reference(self, inline: CrossReference) -> Written:
        label = self.label(inline.target)
        node = self._references.numbering.targets.get(inline.target, "")
        origin = inline.origin or Generated("label")
        if node not in self._references.switches:
            made = Generated("label", inline.origin)
            return Written(run(label), label, (Piece(0, len(label), made),) if label else ())
        instruction = f"REF {self._references.bookmarks[node]} {self._references.switches[node]}"
        return Written(field_runs(instruction, label), OBJECT, (Piece(0, 1, origin),))


_MARKED = '<w:highlight w:val="yellow"/>'


def _marked(xml: str) -> str:
    return xml.replace("<w:r>", f"<w:r><w:rPr>{_MARKED}</w:rPr>", 1)


def _signed(number: int, author: str, date: str) -> str:
    when = f' w:date="{date}"' if date else ""
    return f'w:id="{number}" w:author="{quoted(author)}"{when}'


def quoted(text: str) -> str:
    """A text as it stands in an attribute."""
    return escaped(text).replace('"', "&quot;")


def comments_part(questions: Iterable[Question]) -> str:
    """The comments of `comments.xml`."""
    out = []
    for number, each in enumerate(questions, _FIRST_QUESTION + 1):
        if each.kind == "comment":
            signed = _signed(number, each.author, each.date)
            words = run(each.text) or "<w:r/>"
            out.append(
                f'<w:comment {signed} w:initials="{quoted(each.author[:1])}"><w:p>{words}</w:p></w:comment>'
            )
    return "".join(out)


def defined(term: Line, meaning: Line) -> Line:
    """A term in its own look, a colon unless the writer set a sign, and what it means."""
    named = tuple(
        replace(each, marks=each.marks | {Mark.TERM}) if isinstance(each, Text) else each
        for each in term.inlines
    )
    last = term.inlines[-1] if term.inlines else None
    ends = isinstance(last, Text) and last.mapped.text.endswith(_ENDS)
    colon = () if ends or not meaning.inlines else (Text(generated("：", "label"), frozenset({Mark.TERM})),)
    return Line((*named, *colon, *meaning.inlines), (*term.spans, *meaning.spans))


def roomy(look: str, line: Line) -> str:
    """The properties of a paragraph: where something taller than text stands in its line, the line grows with it."""
    if not any(type(each) in (Picture, Formula) for each in line.inlines):
        return look
    at = min(place for mark in ("<w:ind", "<w:jc", "</w:pPr>") if (place := look.find(mark)) >= 0)
    return f'{look[:at]}<w:spacing w:line="400" w:lineRule="atLeast"/>{look[at:]}'


def moved(extras: Iterable[Extra], by: int) -> tuple[Extra, ...]:
    """The extras, `by` characters further on."""
    return tuple((start + by, end + by, kind, what) for start, end, kind, what in extras)


def shifted(pieces: Iterable[Piece], by: int) -> tuple[Piece, ...]:
    """The pieces, `by` characters further on."""
    return tuple(Piece(piece.start + by, piece.end + by, piece.origin) for piece in pieces)
