"""Notes and boxes that came or went with their mark or object: what was done to the mark was done to their words, and is told once, with it.

Word and LibreOffice mark the words of a new note as inserted a second time; where that is the same person's doing it goes with the mark too. What
somebody else did to such words stays a change of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from drafter.picture.model import Change, Paragraph, Picture, Revision, Run
from drafter.source.frozen import dataclass

_GONE = frozenset((Change.DELETED, Change.MOVED_FROM))
_Revisions = tuple[Revision, ...]


@dataclass(frozen=True, slots=True)
class Hanging:
    """What was done to the marks and objects of stories, `marks`, and of those told whole with them their `words` and what else was done to these."""

    marks: Mapping[str, _Revisions] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, _Revisions] = field(default_factory=dict)

    @classmethod
    def of(cls, picture: Picture) -> Hanging:
        """Those of a picture."""
        marks = dict(_marks(picture.paragraphs))
        if not marks:
            return NOTHING_HANGS
        stories: dict[str, list[Paragraph]] = {}
        for paragraph in picture.paragraphs:
            if paragraph.story in marks:
                stories.setdefault(paragraph.story, []).append(paragraph)
        whole = {story: found for story, found in stories.items() if _is_whole(marks[story], found)}
        return cls(
            marks,
            {
                story: "\n".join("".join(run.text for run in each.runs) for each in found)
                for story, found in whole.items()
            },
            {
                story: tuple(
                    dict.fromkeys(r for each in found for r in _revisions(each) if r not in marks[story])
                )
                for story, found in whole.items()
            },
        )

    def of_run(self, run: Run) -> tuple[str, _Revisions]:
        """The words of the note of a mark, empty for an object, and what else goes with it."""
        stories = stories_of(run)
        words = "\n".join(self.words.get(story, "") for story in stories) if run.note else ""
        return words, tuple(each for story in stories for each in self.more.get(story, ()))

    def without(self, story: str, revisions: _Revisions) -> _Revisions | None:
        """The revisions of words in a story, less what is told with its mark; None where nothing of these words is to be told here."""
        if story in self.words:
            return None
        mark = self.marks.get(story, ())
        return revisions[len(mark) :] if mark and revisions[: len(mark)] == mark else revisions


NOTHING_HANGS = Hanging()


def stories_of(run: Run) -> tuple[str, ...]:
    """The stories that hang on a mark or object."""
    if run.note:
        return (run.note if ":" in run.note else f"footnote:{run.note}",)
    return run.thing.boxes if run.thing is not None else ()


def _marks(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[str, _Revisions]]:
    """What was done to the mark or object of each story. A footnote that went is not told with its mark: its own text, which was issued, is struck
    out with it (`notes.with_their_marks`)."""
    for paragraph in paragraphs:
        outer = (*paragraph.row, *paragraph.column)
        for run in paragraph.runs:
            if not run.note and run.thing is None:
                continue
            revisions = (*outer, *run.revisions)
            if revisions:
                gone = any(each.change in _GONE for each in revisions)
                for story in stories_of(run):
                    if not (gone and story.startswith("footnote:")):
                        yield story, revisions


def _revisions(paragraph: Paragraph) -> Iterator[Revision]:
    yield from paragraph.row
    yield from paragraph.column
    yield from paragraph.mark
    for run in paragraph.runs:
        yield from run.revisions


def _is_whole(mark: _Revisions, paragraphs: Sequence[Paragraph]) -> bool:
    """Whether all words of a story, as they stand there, are of the one who made the mark, and nothing else was done to them."""
    who = {(each.change, each.author) for each in mark}
    return all(
        (each.change, each.author) in who for paragraph in paragraphs for each in _revisions(paragraph)
    )
