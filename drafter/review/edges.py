"""What was done to headers and footers: their words are the frame's, but what a reviewer writes there is a remark like any other.

Word processors copy, rename and renumber these parts when they save, and move what only the first page shows to where all pages show it. So a
text is known by what it says, not by where it stands: one that was issued somewhere on its side of the page is no change. Only where the
sections show the same pages as they did, an empty place counts as words struck out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from rapidfuzz.distance import Indel

from drafter.picture.model import Paragraph, Picture, Run, Thing, View, ViewParagraph
from drafter.picture.views import view
from drafter.review.align import align
from drafter.review.found import Found, silent
from drafter.review.looks import edge_formats, signed
from drafter.review.own import Own
from drafter.review.places import Places
from drafter.review.remarks import Confidence, InFile, InSource, Kind, Remark, Target, Unlocated
from drafter.review.things import insides, is_picture, tracked_inside
from drafter.review.tracked import Tracked
from drafter.source.frozen import dataclass
from drafter.source.origins import SourceSlice
from drafter.word.anchors import NO_EDGES, OBJECT, Anchor, Edges, Record

_Lines = tuple[str, ...]
_NAMES = {"header": "页眉", "footer": "页脚"}
_PAGES = {"first": "（首页）", "even": "（偶数页）"}
_NUMBER, _FIELD = "［页码］", "［域］"
_FLOOR = 0.3  # less alike than this, one text is not the other changed


def edge_remarks(record: Record, picture: Picture, own: Own) -> list[Remark]:
    """The remarks on the headers and footers of a returned file, what was done alike in several sections as one."""
    if not picture.sections:
        return []
    edges = record.edges_of(picture.release)
    frame = next((path for path in record.sources if path.endswith(".docx")), "")
    place = InFile(frame) if frame else Unlocated("review.edge")
    work = _Edges(edges, picture, own, _stories(picture), _title(record.anchors.paragraphs), place)
    return _joined(work.remarks())


@dataclass(frozen=True, slots=True)
class _Story:
    """A header or footer that came back: its paragraphs as they were before tracked changes, and its lines, in no order."""

    side: str
    original: tuple[ViewParagraph, ...]
    paragraphs: tuple[Paragraph, ...]
    lines: _Lines

    @property
    def tracked(self) -> bool:
        """Whether there are tracked changes in it."""
        return any(
            each.mark or each.row or each.column or any(run.revisions for run in each.runs)
            for each in self.paragraphs
        )


def _stories(picture: Picture) -> Mapping[str, _Story]:
    paragraphs: dict[str, list[Paragraph]] = defaultdict(list)
    for paragraph in picture.edges:
        paragraphs[paragraph.story].append(paragraph)
    shown: dict[str, list[ViewParagraph]] = defaultdict(list)
    for each in view(replace(picture, paragraphs=picture.edges), View.ORIGINAL):
        shown[each.story].append(each)
    return {
        story: _Story(
            story.partition(":")[0], tuple(shown[story]), tuple(found), _lines(map(_words, shown[story]))
        )
        for story, found in paragraphs.items()
    }


def _words(paragraph: ViewParagraph) -> str:
    return "".join(_told(each.run) for each in paragraph.stretches)


def _told(run: Run) -> str:
    """The words of a run; of a drawing those of a watermark."""
    if run.text != OBJECT or run.field:
        return run.text
    return run.thing.words if run.thing is not None and run.thing.kind == "wordart" else ""


def _lines(texts: Iterable[str]) -> _Lines:
    """Lines that say something, in no order: LibreOffice puts a framed one into a box."""
    return tuple(sorted(line for line in map(str.strip, texts) if line))


@dataclass(frozen=True)
class _Edges:
    """The headers and footers of a file held against those that were issued."""

    issued: Edges
    picture: Picture
    own: Own
    stories: Mapping[str, _Story]
    title: tuple[str, Target] | None
    place: Target

    def remarks(self) -> Iterator[tuple[Remark, tuple[str, str]]]:
        """Each with the side and the pages it is on."""
        partners: list[tuple[str, _Lines]] = []
        formats = edge_formats(self.picture)
        for name, story in self.stories.items():
            changed = self.issued != NO_EDGES and self._is_seen(name) and not self._is_known(story)
            if changed or story.tracked:
                partner = self._partner(name, story)
                if changed:
                    partners.append((story.side, _lines(partner)))
                for found in self._found(story, partner, changed=changed):
                    yield self._remark(found, partner), self._page(name)
            for inside in insides(story.paragraphs):
                made = replace(tracked_inside(inside.thing), kind=Kind.HEADER)
                yield replace(made, target=self.place, obstacle="review.edge"), self._page(name)
            for group in formats.get(name, ()):
                yield replace(signed(group, ""), target=self.place, obstacle="review.edge"), self._page(name)
        yield from self._struck(partners)
        yield from self._pictures()

    def _pictures(self) -> Iterator[tuple[Remark, tuple[str, str]]]:
        """Pictures that are not any more those of their side of the page."""
        if self.issued == NO_EDGES:
            return
        there: dict[str, list[Thing]] = {"header": [], "footer": []}
        for name, story in self.stories.items():
            plain = (run.thing for each in story.paragraphs for run in each.runs if not run.revisions)
            found = [thing for thing in plain if thing is not None and thing.kind == "picture"]
            there[story.side] += found
            for thing in found if self._is_seen(name) else ():
                known = (what for side, what in self.issued.pictures if side == story.side)
                if not any(is_picture(what, thing) for what in known):
                    yield self._picture("换了图片或加了图片"), self._page(name)
        for side, what in self.issued.pictures:
            if not any(is_picture(what, thing) for thing in there[side]):
                yield self._picture("少了图片"), (side, "default")

    def _picture(self, comment: str) -> Remark:
        made = self._remark(Found(Kind.PICTURE, "", "", None), ())
        return replace(made, comment=comment)

    def _is_seen(self, name: str) -> bool:
        return any(edge.story == name and edge.seen for section in self.picture.sections for edge in section)

    def _is_known(self, story: _Story) -> bool:
        return not story.lines or any(_lines(part) == story.lines for part in self._parts(story.side))

    def _parts(self, side: str) -> list[_Lines]:
        """The texts that were issued on a side of the page."""
        shown = (each for section in self.issued.sections for each in section)
        return list(dict.fromkeys(self.issued.parts[n] for kind, _, n in shown if kind == side and n >= 0))

    def _page(self, name: str) -> tuple[str, str]:
        edges = (edge for section in self.picture.sections for edge in section)
        edge = next(each for each in edges if each.story == name)
        return edge.side, edge.page

    def _partner(self, name: str, story: _Story) -> _Lines:
        """The issued text that a story was: the same one, that of the same pages of the same section, or the one most like it.

        Of a record that knows none it is the story itself, before its tracked changes.
        """
        if self.issued == NO_EDGES:
            return tuple(line for line in (_words(each).strip() for each in story.original) if line)
        parts = self._parts(story.side)
        same = next((part for part in parts if _lines(part) == story.lines), None)
        if same is not None:
            return same
        for _, was, edge in self._places():
            if edge == name and was:
                return was
        alike = [(Indel.normalized_similarity("".join(part), "".join(story.lines)), part) for part in parts]
        likeness, nearest = max(alike, default=(0.0, ()))
        return nearest if likeness >= _FLOOR else ()

    def _places(self) -> Iterator[tuple[tuple[str, str], _Lines, str]]:
        """What each page was to show and the story that it shows now, where the file still has the sections that it was issued with."""
        if len(self.issued.sections) != len(self.picture.sections):
            return
        for was, now in zip(self.issued.sections, self.picture.sections, strict=True):
            seen = {(edge.side, edge.page): edge.story for edge in now if edge.seen}
            if {(side, page) for side, page, _ in was} == seen.keys():
                for side, page, part in was:
                    yield (side, page), self.issued.parts[part] if part >= 0 else (), seen[side, page]

    def _found(self, story: _Story, partner: _Lines, *, changed: bool) -> Iterator[Found]:
        """What differs, and what was tracked."""
        issued = tuple(Anchor("", "frame", "", line, ()) for line in partner)
        paragraphs = tuple(_bare(each, index) for index, each in enumerate(story.paragraphs))
        alone = replace(self.picture, paragraphs=paragraphs, comments=())
        original = view(alone, View.ORIGINAL)
        alignment = align(issued, original)
        if changed:
            for found in silent(issued, original, alignment):
                if found.original.strip() or found.proposed.strip():
                    yield found
        yield from Tracked(alone, Places.of(issued, original, alignment), {}, self.own).found()

    def _struck(self, partners: Sequence[tuple[str, _Lines]]) -> Iterator[tuple[Remark, tuple[str, str]]]:
        """Issued texts that are gone everywhere, or from one section while others keep them."""
        left = {(story.side, story.lines) for story in self.stories.values()} | set(partners)
        gone: dict[tuple[str, _Lines], tuple[str, str]] = {}
        for section in self.issued.sections:
            for side, page, part in section:
                lines = self.issued.parts[part] if part >= 0 else ()
                if lines and (side, _lines(lines)) not in left:
                    gone.setdefault((side, lines), (side, page))
        for place, was, name in self._places():
            empty = name not in self.stories or not self.stories[name].lines
            if was and empty and not (name in self.stories and self.stories[name].tracked):
                gone.setdefault((place[0], was), place)
        for (_, lines), place in gone.items():
            found = Found(Kind.PARAGRAPH_DELETION, "\n".join(lines), "", None)
            yield self._remark(found, lines), place

    def _remark(self, found: Found, partner: _Lines) -> Remark:
        change = found.change
        line = partner[change.anchor] if change is not None and change.anchor < len(partner) else ""
        target = self.place
        if change is not None and self.title is not None and found.original:
            at = line.find(self.title[0])
            if 0 <= at < change.end and change.start < at + len(self.title[0]):
                target = self.title[1]
        return Remark(
            id="",
            kind=Kind.HEADER,
            tracked=found.tracked,
            author=found.author,
            date=found.date,
            original=self._said(found.original),
            proposed=self._said(found.proposed),
            comment="",
            confidence=Confidence.SURE,
            target=target,
            context=self._said(line),
            obstacle="review.edge",
            marks=found.marks,
        )

    def _said(self, words: str) -> str:
        """Words for people: what a field shows differs from page to page."""
        if OBJECT not in words:
            return words
        fields = {run.field.split()[0] for each in self.picture.edges for run in each.runs if run.field}
        return words.replace(OBJECT, _NUMBER if fields <= {"PAGE"} else _FIELD)


def _bare(paragraph: Paragraph, index: int) -> Paragraph:
    """A paragraph of a story alone; of the pictures only those that came or went with a tracked change."""
    runs = ((run, run.text if run.revisions else _told(run)) for run in paragraph.runs)
    kept = tuple(replace(run, text=text) for run, text in runs if text)
    return replace(paragraph, index=index, runs=kept, cell=None)


def _title(issued: Sequence[Anchor]) -> tuple[str, Target] | None:
    """The plan's title as the frame prints it, and its place."""
    for anchor in issued:
        for piece in anchor.pieces if anchor.kind == "frame" else ():
            if isinstance(piece.origin, SourceSlice):
                return anchor.text[piece.start : piece.end], InSource(piece.origin)
    return None


def _joined(remarks: Iterable[tuple[Remark, tuple[str, str]]]) -> list[Remark]:
    """Remarks that say the same of several sections as one, with the marks of all."""
    found: dict[Remark, tuple[dict[str, None], set[tuple[str, str]]]] = {}
    for remark, page in remarks:
        marks, pages = found.setdefault(replace(remark, marks=(), place=_NAMES[page[0]]), ({}, set()))
        marks.update(dict.fromkeys(remark.marks))
        pages.add(page)
    return [
        replace(remark, marks=tuple(marks), place=remark.place + _only(pages))
        for remark, (marks, pages) in found.items()
    ]


def _only(pages: set[tuple[str, str]]) -> str:
    """Which pages are meant, where it is not all of them."""
    return _PAGES.get(next(iter(pages))[1], "") if len(pages) == 1 else ""
