"""The document tree → a Word file and its anchors: the frame rendered, the text written, both joined, the whole given its identity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import groupby

from drafter.document.tree import (
    Block,
    Document,
    Heading,
    Line,
    NodeId,
    Numbering,
    Paragraph,
    Text,
)
from drafter.source.issues import Issue, Outcome, Place, Refused
from drafter.source.origins import Generated, MappedText, Piece, generated, joined, sliced
from drafter.word.anchors import Anchor, AnchorMap, Slot, WordFile
from drafter.word.assembling import Texts, assembled, first_numbers
from drafter.word.body import Setting, Story, typed_label
from drafter.word.contents import LEVELS, Entry, contents, pages_of
from drafter.word.counting import Counter
from drafter.word.facts import ANNEXES, BODY, CONTENTS, PAPER_SLOTS, tag_values
from drafter.word.frame import FrameParagraph, RenderedFrame, render
from drafter.word.keeping import Kept
from drafter.word.lines import Asides, LineWriter, References
from drafter.word.lists import Lists
from drafter.word.styles import STANDARD
from drafter.word.titles import title_lines
from drafter.word.turning import turned as turned_blocks
from drafter.workspace.papers import Paper
from drafter.workspace.pictures import PictureFile
from drafter.workspace.profile import Profile

_EMPTY = Line(())
# With the tab, because LibreOffice puts one there when it saves and there is none.
_NOTE_MARK = (
    '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r><w:r><w:tab/></w:r>'
)


def write(  # noqa: PLR0913 -- all that a file is made from
    document: Document,
    numbering: Numbering,
    frame: bytes,
    facts: Mapping[str, str],
    *,
    profile: Profile = STANDARD,
    frame_name: str = "templates/plan.docx",
    pages: Mapping[NodeId, int] | None = None,
    kept: Kept | None = None,
    pictures: Mapping[str, PictureFile] | None = None,
    formulas: Mapping[str, str] | None = None,
    paper: Paper | None = None,
    reading: bool = False,
) -> Outcome[WordFile]:
    """The plan as a Word file.

    `facts` are those of `drafter.word.facts.FACTS`, `日期` as ISO; `profile` are the settings of its looks; `pages` are the pages of the headings for
    the table of contents, where somebody has counted them; `kept` is what a running process keeps from one file to the next;
    `pictures` are the files of the document's pictures, by their keys; `paper` what an official paper says beside its text; `reading` makes a
    reading copy, which says the same with 段号 in the margin. Nothing is written where the frame cannot be used.
    """
    known = {**facts, "发文机关标志": paper.mark.text} if paper else facts
    values = tag_values(known, document.title.text)
    try:
        rendered = render(frame, values, frame_name)
    except Refused as refused:
        return Outcome(None, refused.issues)
    day = facts.get("日期", "")
    asked = {**document.authors, "": f"{day}T00:00:00Z" if day else ""}
    writing = _Writing(document, numbering, rendered, profile, kept)
    writing.frame_name = frame_name
    writing.references = replace(
        writing.references, pictures=pictures or {}, formulas=formulas or {}, authors=asked
    )
    writing.paper = paper
    return writing.finished(values, day, pages, reading=reading)


class _Writing:
    """One file in the making."""

    def __init__(
        self,
        document: Document,
        numbering: Numbering,
        frame: RenderedFrame,
        profile: Profile,
        kept: Kept | None,
    ) -> None:
        self.kept = kept
        self.paper: Paper | None = None
        self.cut = (0, 0)  # where the annexes begin in what was written
        self.document = document
        self.numbering = numbering
        self.frame = frame
        first_list, first_note = first_numbers(frame.parts)
        self.lists = Lists(profile, first_list, frame.annex_stop)
        self.asides = Asides(first_note)
        self.blocks = tuple(block for block in document.blocks if not _elsewhere(block))
        self.headings = _headings(self.blocks)
        self.references = _references(numbering, self.headings, profile)
        self.counter = Counter()
        self.frame_name = ""

    def finished(
        self, values: Mapping[str, str], day: str, pages: Mapping[NodeId, int] | None, *, reading: bool
    ) -> Outcome[WordFile]:
        """The file, with every problem met on the way."""
        body = self._story(LineWriter(self.references, self.asides))
        turned = self._write_top(body)
        notes, note_anchors, note_issues = self._notes()
        toc, toc_anchors = contents(self._entries(pages))
        slots = {**self._around(day), CONTENTS: Slot(toc, toc_anchors), **self._text(body)}
        main = self._main(slots, body)
        if turned:
            _exchange_last(main, self.frame.section.xml, turned)
        if reading:
            from drafter.word.reading import reading_copy

            main = [reading_copy("".join(main), body.anchors, self.lists.profile.line)]
        said = values["名称"], values["稿次"], values["编制单位"], day
        texts = Texts(tuple(main), notes, *said, reading, body.sections)
        data, release, edges = assembled(self.frame, texts, self.lists, self.asides)
        anchors = (*_in_order(self.frame.paragraphs, slots, self.document.title), *note_anchors)
        issues = (*self._of_frame(), *body.issues, *note_issues)
        questions = tuple(self.asides.questions)
        return Outcome(WordFile(data, AnchorMap(anchors), release, questions, edges), issues)

    def _of_frame(self) -> Iterator[Issue]:
        """What is odd about the frame; a changed style with words of this text that are set in it."""
        yield from self.frame.issues
        if self.frame.changed:
            from drafter.word.checking import changed_issues
            from drafter.word.examples import examples

            yield from changed_issues(self.frame.changed, examples(self.document), self.frame_name)

    def _text(self, story: Story) -> Mapping[str, Slot]:
        """What was written, in one slot or with the annexes in one of their own; their XML is left where it is."""
        _, first = self._cut(story)
        return {
            BODY: Slot("", tuple(story.anchors[:first])),
            ANNEXES: Slot("", tuple(story.anchors[first:])),
        }

    def _cut(self, story: Story) -> tuple[int, int]:
        return self.cut if ANNEXES in self.frame.slots else (len(story.out), len(story.anchors))

    def _main(self, slots: Mapping[str, Slot], story: Story) -> list[str]:
        """document.xml in pieces: the frame cut at its slots, and what stands in them."""
        at, _ = self._cut(story)
        texts = {BODY: story.out[:at], ANNEXES: story.out[at:]}
        main = []
        for segment, slot in zip(self.frame.segments, (*self.frame.slots, ""), strict=True):
            main.append(segment)
            if slot:
                main += texts.get(slot) or (slots[slot].xml,)
        return main

    def _around(self, day: str) -> Mapping[str, Slot]:
        """What a paper has around its text; in the frame of a paper a plan leaves it empty."""
        empty = dict.fromkeys(PAPER_SLOTS, Slot("", ()))
        if self.paper is None:
            return empty
        from drafter.word.official import Attachment, paper_slots

        annexes = [block for block in _headings(self.document.blocks) if block.annex]
        listed = [
            Attachment(number if len(annexes) > 1 else 0, _said(each))
            for number, each in enumerate(annexes, 1)
        ]
        dated = date.fromisoformat(day) if day else None
        made = paper_slots(self.paper, self.document.title, listed, dated, self.lists.profile)
        return {**empty, **made}

    def _story(self, lines: LineWriter) -> Story:
        return Story(self.numbering, self.references, lines, self.lists, self.counter)

    def _write_top(self, story: Story) -> str:
        """The blocks with sections turned for tables that need the breadth; gives what the frame's own section becomes, if it changes."""
        section = self.frame.section
        turned, first = False, True
        upright = Setting("GwBody", "body", section.width)
        across = Setting("GwBody", "body", section.turned_width)
        if self.kept is not None:
            self.kept.begin()
        first_annex = next((heading for heading in self.headings if heading.annex), None)
        parts = zip(self.blocks, turned_blocks(self.blocks), strict=True)
        for (_, wanted), blocks in groupby(parts, _part):
            if wanted != turned:
                if story.out:
                    story.end_section(section.turned(first=first) if turned else section.upright(first=first))
                    first = False
                turned = wanted
            setting = across if turned else upright
            group = tuple(block for block, _ in blocks)
            if first_annex is not None and group[0] is first_annex:
                self.cut = (len(story.out), len(story.anchors))
            self.counter.leap()
            self.lists.leap()
            if self.kept is None:
                story.blocks(group, setting)
            else:
                self.kept.write(story, self.asides, group, setting)
        if first_annex is None:
            self.cut = (len(story.out), len(story.anchors))
        if turned and not self.frame.ends:
            story.end_section(section.turned(first=first))
            turned, first = False, False
        if first and not turned:
            return ""
        return section.turned(first=first) if turned else section.upright(first=first)

    def _notes(self) -> tuple[list[str], list[Anchor], list[Issue]]:
        """The footnotes in order of their marks."""
        story = self._story(LineWriter(self.references, self.asides, notes=False))
        setting = Setting("FootnoteText", "footnote", self.frame.section.width)
        out = []
        marks = tuple(zip(self.asides.notes, self.asides.places, strict=True))
        for number, (node, story.place) in enumerate(marks, self.asides.first_note):
            note = self.document.notes[node]
            story.out.clear()
            blocks = note.blocks or (Paragraph(note.id, _EMPTY),)
            if not isinstance(blocks[0], Paragraph):
                blocks = (Paragraph(note.id, _EMPTY), *blocks)
            story.block(blocks[0], Setting(setting.style, setting.kind, setting.width, lead=_NOTE_MARK))
            story.blocks(blocks[1:], setting)
            out.append(f'<w:footnote w:id="{number}">{"".join(story.out)}</w:footnote>')
        nested = [self._nested(node) for node in self.asides.nested]
        return out, story.anchors, [*story.issues, *nested]

    def _nested(self, node: NodeId) -> Issue:
        note = self.document.notes.get(node)
        path = note.origin.path if note and note.origin else ""
        return Issue("word.note-in-note", Place(path))

    def _entries(self, pages: Mapping[NodeId, int] | None) -> Iterator[Entry]:
        lines = LineWriter(self.references, self.asides)
        for heading in self.headings:
            if heading.level > LEVELS:
                continue
            label = self.numbering.labels.get(heading.id)
            if label and label.scheme == "annex-heading":
                continue  # of an annex only its title is listed
            text = lines.plain(heading.line)
            if label and label.label:
                typed = typed_label(label.label)
                text = f"{typed if self.lists.profile.literal else typed.replace('　', ' ')}{text}"
            yield Entry(
                heading.id,
                heading.level,
                text,
                self.references.contents[heading.id],
                pages_of(pages, heading.id),
            )


def _exchange_last(pieces: list[str], old: str, new: str) -> None:
    """Put `new` where `old` stands last."""
    for at in reversed(range(len(pieces))):
        head, found, tail = pieces[at].rpartition(old)
        if found:
            pieces[at] = f"{head}{new}{tail}"
            return


def _elsewhere(block: Block) -> bool:
    """An attachment that travels by itself is named, and no more."""
    return isinstance(block, Heading) and not block.printed


def _said(heading: Heading) -> MappedText:
    return joined(each.mapped for each in heading.line.inlines if isinstance(each, Text))


def _headings(blocks: Iterable[Block]) -> tuple[Heading, ...]:
    return tuple(block for block in blocks if isinstance(block, Heading))


def _references(numbering: Numbering, headings: Iterable[Heading], profile: Profile) -> References:
    """What is named in the text gets a bookmark: 章 and 节 refer by their number, captions and boxes by the text of their label.

    Typed numbers are referred to as text: there is nothing that Word could count.
    """
    top = {heading.id: heading for heading in headings}
    bookmarks, switches = {}, {}
    for count, node in enumerate(dict.fromkeys(numbering.targets.values()), 1):
        label = numbering.labels.get(node)
        if label is None or not label.label or profile.literal:
            continue
        heading = top.get(node)
        if heading is None:
            # Without a number of digits there is no SEQ field to point at.
            if not label.label[-1].isdigit():
                continue
            switches[node] = "\\h"
        elif profile.scheme == "章节" and heading.level <= LEVELS and label.scheme == "heading":
            switches[node] = "\\w \\h"
        else:
            continue
        bookmarks[node] = f"_Ref{count}"
    toc = {
        heading.id: f"_Toc{count}" for count, heading in enumerate(top.values(), 1) if heading.level <= LEVELS
    }
    return References(numbering, bookmarks, switches, toc)


def _part(block: tuple[Block, bool]) -> tuple[str, bool]:
    """What keeps blocks together: their fragment, and whether they stand on a turned page."""
    return block[0].id.rpartition("#")[0], block[1]


def _in_order(
    paragraphs: Iterable[FrameParagraph], slots: Mapping[str, Slot], title: MappedText
) -> Iterator[Anchor]:
    for paragraph in paragraphs:
        if paragraph.slot:
            yield from slots[paragraph.slot].anchors
        else:
            pieces = _frame_pieces(paragraph.text, title)
            yield Anchor("", "frame", "", paragraph.text, pieces, extras=paragraph.extras)


def _frame_pieces(text: str, title: MappedText) -> tuple[Piece, ...]:
    """A frame's paragraph is nobody's, but the plan's title in it has its place in the plan's file."""
    lines = title_lines(title.text)
    for shown in (title.text, "\n".join(lines)):
        at = text.find(shown) if shown else -1
        if at >= 0:
            break
    else:
        return (Piece(0, len(text), Generated("frame")),) if text else ()
    whole = MappedText(text, (Piece(0, len(text), Generated("frame")),))
    inner = title if shown == title.text else _in_lines(title, lines)
    return joined((sliced(whole, 0, at), inner, sliced(whole, at + len(shown), len(text)))).pieces


def _in_lines(title: MappedText, lines: Iterable[str]) -> MappedText:
    """The title with the breaks that were put into it."""
    out: list[MappedText] = []
    at = 0
    for line in lines:
        out += [generated("\n", "break")] if out else []
        out.append(sliced(title, at, at + len(line)))
        at += len(line)
    return joined(out)
