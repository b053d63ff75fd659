"""The comments of a picture, each at the issued words that it stands at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from drafter.picture.model import Comment, Picture
from drafter.review.account import comment_mark
from drafter.review.own import Own
from drafter.review.remarks import Confidence, Kind, Remark, Unlocated
from drafter.review.spots import Spots, at_spot
from drafter.word.anchors import OBJECT, Anchor

PICTURE = "［图］"
"""Stands in a comment for what is no text."""


def comment_remarks(picture: Picture, spots: Spots, issued: Sequence[Anchor], own: Own) -> Iterator[Remark]:
    """A remark for each comment that is not ours, the answers behind what they answer, the older first."""
    for comment in _in_threads(picture.comments):
        if not own.comment(comment):
            yield _remark(comment, spots, issued)


def _in_threads(comments: Sequence[Comment]) -> Iterator[Comment]:
    answers: dict[str, list[Comment]] = {}
    known = {comment.id for comment in comments}
    for comment in comments:
        if comment.parent in known:
            answers.setdefault(comment.parent, []).append(comment)
    given: set[str] = set()
    roots = [comment for comment in comments if comment.parent not in known]
    for root in (*roots, *comments):  # at last those that answer one another in a ring
        waiting = [root]
        while waiting:
            comment = waiting.pop()
            if comment.id not in given:
                given.add(comment.id)
                yield comment
                waiting += sorted(answers.get(comment.id, ()), key=lambda each: each.date, reverse=True)


def _remark(comment: Comment, spots: Spots, issued: Sequence[Anchor]) -> Remark:
    remark = Remark(
        id="",
        kind=Kind.COMMENT,
        tracked=False,
        author=comment.author,
        date=comment.date,
        original="",
        proposed="",
        comment=comment.text.replace(OBJECT, PICTURE),
        confidence=Confidence.UNSURE,
        target=Unlocated("review.no-range"),
        obstacle="review.comment",
        marks=(comment_mark(comment.id),),
        parent=comment_mark(comment.parent) if comment.parent else "",
        resolved=comment.resolved,
    )
    if comment.start is None or comment.end is None:
        return remark
    remark = replace(remark, original=spots.words(comment.start, comment.end))
    spot = spots.spot(comment.start, comment.end)
    if spot is None:
        return replace(remark, target=Unlocated("review.unaligned"))
    return at_spot(remark, spot, issued)
