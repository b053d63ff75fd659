"""Headers and footers, those that came back beside those that were issued: what each says, where it is seen, and which one it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from rapidfuzz.distance import Indel

from drafter.picture.model import Paragraph, Picture, Run, View, ViewParagraph
from drafter.picture.views import view
from drafter.source.frozen import dataclass
from drafter.word.anchors import NO_EDGES, OBJECT, Edges

Lines = tuple[str, ...]
Page = tuple[str, str]
"""A side of the page, `header` or `footer`, and the pages: `first`, `default` or `even`."""

_FLOOR = 0.3  # less alike than this, one text is not the other changed


@dataclass(frozen=True, slots=True)
class Story:
    """A header or footer that came back: its paragraphs as they were before tracked changes, and its lines, in no order."""

    side: str
    original: tuple[ViewParagraph, ...]
    paragraphs: tuple[Paragraph, ...]
    lines: Lines

    @property
    def tracked(self) -> bool:
        """Whether there are tracked changes in it."""
        return any(
            each.mark or each.row or each.column or any(run.revisions for run in each.runs)
            for each in self.paragraphs
        )


def stories_of(picture: Picture) -> Mapping[str, Story]:
    """The headers and footers of a picture."""
    paragraphs: dict[str, list[Paragraph]] = defaultdict(list)
    for paragraph in picture.edges:
        paragraphs[paragraph.story].append(paragraph)
    shown: dict[str, list[ViewParagraph]] = defaultdict(list)
    for each in view(replace(picture, paragraphs=picture.edges), View.ORIGINAL):
        shown[each.story].append(each)
    return {
        story: Story(
            story.partition(":")[0], tuple(shown[story]), tuple(found), lines_of(map(words_of, shown[story]))
        )
        for story, found in paragraphs.items()
    }


def words_of(paragraph: ViewParagraph) -> str:
    """The words of a paragraph and the signs of its fields."""
    return "".join(told_of(each.run) for each in paragraph.stretches)


def told_of(run: Run) -> str:
    """The words of a run; of a drawing those of a watermark."""
    if run.text != OBJECT or run.field:
        return run.text
    return run.thing.words if run.thing is not None and run.thing.kind == "wordart" else ""


def lines_of(texts: Iterable[str]) -> Lines:
    """Lines that say something, in no order: LibreOffice puts a framed one into a box."""
    return tuple(sorted(line for line in map(str.strip, texts) if line))


class Sides:
    """What was issued and what came back, made ready to be held together: a file may have thousands of sections."""

    def __init__(self, issued: Edges, picture: Picture) -> None:
        self.issued = issued
        self.sections = picture.sections
        self.stories = stories_of(picture)
        self.pages: dict[str, Page] = {}
        self.seen: set[str] = set()
        for section in picture.sections:
            for edge in section:
                if edge.story:
                    self.pages.setdefault(edge.story, (edge.side, edge.page))
                    if edge.seen:
                        self.seen.add(edge.story)

    @property
    def known(self) -> bool:
        """Whether the record knows what was issued."""
        return self.issued != NO_EDGES

    @cached_property
    def _parts(self) -> Mapping[str, Mapping[Lines, Lines]]:
        """The texts that were issued on each side of the page, by their lines in no order."""
        out: dict[str, dict[Lines, Lines]] = {"header": {}, "footer": {}}
        for section in self.issued.sections:
            for side, _, number in section:
                if number >= 0:
                    part = self.issued.parts[number]
                    out[side].setdefault(lines_of(part), part)
        return out

    def was_issued(self, story: Story) -> bool:
        """Whether a story says nothing, or what was issued somewhere on its side of the page."""
        return not story.lines or story.lines in self._parts[story.side]

    def partner(self, name: str, story: Story) -> Lines:
        """The issued text that a story was: the same one, that of the same pages of the same section, or the one most like it.

        Of a record that knows none it is the story itself, before its tracked changes.
        """
        if not self.known:
            return tuple(line for line in (words_of(each).strip() for each in story.original) if line)
        parts = self._parts[story.side]
        if story.lines in parts:
            return parts[story.lines]
        if name in self._was:
            return self._was[name]
        said = "".join(story.lines)
        alike = [(Indel.normalized_similarity("".join(part), said), part) for part in parts.values()]
        likeness, nearest = max(alike, default=(0.0, ()))
        return nearest if likeness >= _FLOOR else ()

    @cached_property
    def _was(self) -> Mapping[str, Lines]:
        """What stood where a story stands now."""
        out: dict[str, Lines] = {}
        for _, was, name in self.places():
            if was:
                out.setdefault(name, was)
        return out

    def places(self) -> Iterator[tuple[Page, Lines, str]]:
        """What each page was to show and the story that it shows now, where the file still has the sections that it was issued with."""
        if len(self.issued.sections) != len(self.sections):
            return
        for was, now in zip(self.issued.sections, self.sections, strict=True):
            seen = {(edge.side, edge.page): edge.story for edge in now if edge.seen}
            if {(side, page) for side, page, _ in was} == seen.keys():
                for side, page, part in was:
                    yield (side, page), self.issued.parts[part] if part >= 0 else (), seen[side, page]
