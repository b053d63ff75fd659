"""What a file brought against what became of it: each revision, also of looks, and each comment must end in one remark."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from drafter.picture.model import Paragraph, Picture
from drafter.review.looks import format_mark
from drafter.review.own import NOBODYS, Own
from drafter.review.remarks import Remark
from drafter.review.tracked import mark_of
from drafter.source.frozen import dataclass


def comment_mark(comment: str) -> str:
    """How an account names a comment."""
    return f"comment:{comment}"


@dataclass(frozen=True, slots=True)
class Account:
    """What a file brought and what became of it: all `marks` must stand in the remarks, each in one only."""

    marks: frozenset[str]
    missing: frozenset[str]
    repeated: frozenset[str]


def account(picture: Picture, remarks: Sequence[Remark], own: Own | None = None) -> Account:
    """Every revision, also of looks, and every comment of the picture against the remarks made of it; `own` are nobody's."""
    own = own or NOBODYS
    marks = {comment_mark(comment.id) for comment in picture.comments if not own.comment(comment)}
    for paragraph in chain(picture.paragraphs, picture.edges):
        found = [*paragraph.mark, *paragraph.row, *paragraph.column] if _is_marked(paragraph) else []
        for run in paragraph.runs:
            if run.revisions:
                found += run.revisions
            if run.thing is not None:
                found += run.thing.revisions
        marks.update(mark_of(revision) for revision in found if not own.revision(revision))
    marks.update(map(format_mark, chain(picture.formats, picture.edge_formats)))
    seen: dict[str, int] = {}
    for remark in remarks:
        for mark in remark.marks:
            seen[mark] = seen.get(mark, 0) + 1
    return Account(
        frozenset(marks),
        frozenset(marks - seen.keys()),
        frozenset(mark for mark, count in seen.items() if count > 1),
    )


def _is_marked(paragraph: Paragraph) -> bool:
    return bool(paragraph.mark or paragraph.row or paragraph.column)
