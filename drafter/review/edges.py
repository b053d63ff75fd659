"""What was done to headers and footers: their words are the frame's, but what a reviewer writes there is a remark like any other.

Word processors copy, rename and renumber these parts when they save, and move what only the first page shows to where all pages show it. So a
text is known by what it says, not by where it stands: one that was issued somewhere on its side of the page is no change. Only where the
sections show the same pages as they did, an empty place counts as words struck out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from drafter.picture.model import Paragraph, Picture, Thing, View
from drafter.picture.views import view
from drafter.review.align import align
from drafter.review.found import Found, silent
from drafter.review.looks import edge_formats, signed
from drafter.review.own import Own
from drafter.review.places import Places
from drafter.review.remarks import Confidence, InFile, InSource, Kind, Remark, Target, Unlocated
from drafter.review.sides import Lines, Page, Sides, Story, lines_of, told_of
from drafter.review.things import insides, is_picture, tracked_inside
from drafter.review.tracked import Tracked
from drafter.source.frozen import dataclass
from drafter.source.origins import SourceSlice
from drafter.word.anchors import OBJECT, Anchor, Record

_NAMES = {"header": "页眉", "footer": "页脚"}
_PAGES = {"first": "（首页）", "even": "（偶数页）"}
_NUMBER, _FIELD = "［页码］", "［域］"


def edge_remarks(record: Record, picture: Picture, own: Own) -> list[Remark]:
    """The remarks on the headers and footers of a returned file, what was done alike in several sections as one."""
    if not picture.sections:
        return []
    edges = record.edges_of(picture.release)
    frame = next((path for path in record.sources if path.endswith(".docx")), "")
    place = InFile(frame) if frame else Unlocated("review.edge")
    sides = Sides(edges, picture)
    return _joined(_Edges(sides, picture, own, _title(record.anchors.paragraphs), place).remarks())


@dataclass(frozen=True)
class _Edges:
    """The headers and footers of a file held against those that were issued."""

    sides: Sides
    picture: Picture
    own: Own
    title: tuple[str, Target] | None
    place: Target

    def remarks(self) -> Iterator[tuple[Remark, Page]]:
        """Each with the side and the pages it is on."""
        partners: list[tuple[str, Lines]] = []
        formats = edge_formats(self.picture)
        for name, story in self.sides.stories.items():
            changed = self.sides.known and name in self.sides.seen and not self.sides.was_issued(story)
            if changed or story.tracked:
                partner = self.sides.partner(name, story)
                if changed:
                    partners.append((story.side, lines_of(partner)))
                for found in self._found(story, partner, changed=changed):
                    yield self._remark(found, partner), self.sides.pages[name]
            for inside in insides(story.paragraphs):
                made = replace(tracked_inside(inside.thing), kind=Kind.HEADER)
                yield replace(made, target=self.place, obstacle="review.edge"), self.sides.pages[name]
            for group in formats.get(name, ()):
                yield (
                    replace(signed(group, ""), target=self.place, obstacle="review.edge"),
                    self.sides.pages[name],
                )
        yield from self._struck(partners)
        yield from self._pictures()

    def _pictures(self) -> Iterator[tuple[Remark, Page]]:
        """Pictures that are not any more those of their side of the page."""
        if not self.sides.known:
            return
        there: dict[str, list[Thing]] = {"header": [], "footer": []}
        for name, story in self.sides.stories.items():
            plain = (run.thing for each in story.paragraphs for run in each.runs if not run.revisions)
            found = [thing for thing in plain if thing is not None and thing.kind == "picture"]
            there[story.side] += found
            for thing in found if name in self.sides.seen else ():
                known = (what for side, what in self.sides.issued.pictures if side == story.side)
                if not any(is_picture(what, thing) for what in known):
                    yield self._picture("换了图片或加了图片"), self.sides.pages[name]
        for side, what in self.sides.issued.pictures:
            if not any(is_picture(what, thing) for thing in there[side]):
                yield self._picture("少了图片"), (side, "default")

    def _picture(self, comment: str) -> Remark:
        made = self._remark(Found(Kind.PICTURE, "", "", None), ())
        return replace(made, comment=comment)

    def _found(self, story: Story, partner: Lines, *, changed: bool) -> Iterator[Found]:
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

    def _struck(self, partners: Sequence[tuple[str, Lines]]) -> Iterator[tuple[Remark, Page]]:
        """Issued texts that are gone everywhere, or from one section while others keep them."""
        left = {(story.side, story.lines) for story in self.sides.stories.values()} | set(partners)
        gone: dict[tuple[str, Lines], tuple[str, str]] = {}
        for section in self.sides.issued.sections:
            for side, page, part in section:
                lines = self.sides.issued.parts[part] if part >= 0 else ()
                if lines and (side, lines_of(lines)) not in left:
                    gone.setdefault((side, lines), (side, page))
        for place, was, name in self.sides.places():
            empty = name not in self.sides.stories or not self.sides.stories[name].lines
            if was and empty and not (name in self.sides.stories and self.sides.stories[name].tracked):
                gone.setdefault((place[0], was), place)
        for (_, lines), place in gone.items():
            found = Found(Kind.PARAGRAPH_DELETION, "\n".join(lines), "", None)
            yield self._remark(found, lines), place

    def _remark(self, found: Found, partner: Lines) -> Remark:
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
    runs = ((run, run.text if run.revisions else told_of(run)) for run in paragraph.runs)
    kept = tuple(replace(run, text=text) for run, text in runs if text)
    return replace(paragraph, index=index, runs=kept, cell=None)


def _title(issued: Sequence[Anchor]) -> tuple[str, Target] | None:
    """The plan's title as the frame prints it, and its place."""
    for anchor in issued:
        for piece in anchor.pieces if anchor.kind == "frame" else ():
            if isinstance(piece.origin, SourceSlice):
                return anchor.text[piece.start : piece.end], InSource(piece.origin)
    return None


def _joined(remarks: Iterable[tuple[Remark, Page]]) -> list[Remark]:
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
