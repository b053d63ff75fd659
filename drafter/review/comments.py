"""The comments of a picture, each at the issued words that it stands at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from drafter.picture.model import Comment, Picture
from drafter.review.account import comment_mark
from drafter.review.own import Own
from drafter.review.remarks import Confidence, Kind, Remark, Unlocated
from drafter.review.spots import Spots, at_spot
from drafter.word.anchors import Anchor


def comment_remarks(picture: Picture, spots: Spots, issued: Sequence[Anchor], own: Own) -> Iterator[Remark]:
    """A remark for each comment that is not ours."""
    for comment in picture.comments:
        if not own.comment(comment):
            yield _remark(comment, spots, issued)


def _remark(comment: Comment, spots: Spots, issued: Sequence[Anchor]) -> Remark:
    remark = Remark(
        id="",
        kind=Kind.COMMENT,
        tracked=False,
        author=comment.author,
        date=comment.date,
        original="",
        proposed="",
        comment=comment.text,
        confidence=Confidence.UNSURE,
        target=Unlocated("review.no-range"),
        obstacle="review.comment",
        marks=(comment_mark(comment.id),),
        parent=comment_mark(comment.parent) if comment.parent else "",
    )
    if comment.start is None or comment.end is None:
        return remark
    remark = replace(remark, original=spots.words(comment.start, comment.end))
    spot = spots.spot(comment.start, comment.end)
    if spot is None:
        return replace(remark, target=Unlocated("review.unaligned"))
    return at_spot(remark, spot, issued)
