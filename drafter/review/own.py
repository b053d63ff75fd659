"""What was tracked or asked in a file already when it was issued: the open questions of its writers, which are nobody's remark.

They are known by kind, author and date, because word processors give them other ids when they save. What is proposed to be put in is no
issued text; what is proposed to go still is, and stands in the text like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from drafter.picture.model import Change, Comment, Picture, Revision
from drafter.review.found import Found
from drafter.review.remarks import Kind
from drafter.word.anchors import Question, Record

_ACCEPTED = frozenset((Kind.INSERTION, Kind.REPLACEMENT))


@dataclass(frozen=True)
class Own:
    """The questions of an issued file, to tell its own marks from those of a reviewer."""

    questions: tuple[Question, ...]
    revisions: frozenset[tuple[str, str, str]]
    comments: frozenset[tuple[str, str, str]]

    @classmethod
    def of(cls, record: Record) -> Own:
        """Those that the record knows."""
        asked = [each for each in record.questions if each.kind != "comment"]
        comments = [each for each in record.questions if each.kind == "comment"]
        return cls(
            record.questions,
            frozenset((each.kind, each.author, each.date) for each in asked),
            frozenset((each.author, each.date, each.text) for each in comments),
        )

    def revision(self, revision: Revision) -> bool:
        """Whether a tracked change is ours."""
        return (revision.change.value, revision.author, revision.date) in self.revisions

    def comment(self, comment: Comment) -> bool:
        """Whether a comment is ours, and says what it said."""
        return (comment.author, comment.date, comment.text) in self.comments

    def without(self, picture: Picture) -> Picture:
        """The picture without our marks: struck words stand there plainly; what we propose to put in stays, to be passed over."""
        if not self.revisions:
            return picture
        paragraphs = tuple(
            replace(
                paragraph,
                runs=tuple(
                    replace(run, revisions=tuple(self._others(run.revisions))) for run in paragraph.runs
                ),
            )
            if any(run.revisions for run in paragraph.runs)
            else paragraph
            for paragraph in picture.paragraphs
        )
        return replace(picture, paragraphs=paragraphs)

    def _others(self, revisions: Iterable[Revision]) -> Iterator[Revision]:
        return (each for each in revisions if each.change is Change.INSERTED or not self.revision(each))

    def settled(self, picture: Picture, changes: Sequence[Found]) -> list[Found]:
        """The changes; one that brings in silently what we proposed is an answer to the question, which a person writes down."""
        if not self.revisions:
            return list(changes)
        left = {
            run.text
            for paragraph in picture.paragraphs
            for run in paragraph.runs
            if any(self.revision(each) for each in run.revisions)
        }
        gone = [each.text for each in self.questions if each.kind == "ins" and each.text not in left]
        return [self._answered(found, gone) for found in changes]

    def _answered(self, found: Found, gone: Sequence[str]) -> Found:
        if found.tracked or found.kind not in _ACCEPTED or not any(text in found.proposed for text in gone):
            return found
        return replace(found, obstacle=found.obstacle or "review.question")


NOBODYS = Own((), frozenset(), frozenset())
"""A file that was issued without questions."""
