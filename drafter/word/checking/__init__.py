"""What is wrong with a Word frame, all of it at once and before it is used: its tags and slots, its pages, its styles.

Errors are what would lose words or leave a tag in print; whatever an office may have meant so is a warning or a note.
"""

from __future__ import annotations

from collections.abc import Mapping

from drafter.source.issues import Issue
from drafter.word.checking.pages import page_issues
from drafter.word.checking.parts import Frame
from drafter.word.checking.styles import Changed, changed_issues, changed_styles, style_issues
from drafter.word.checking.tags import tag_issues

__all__ = ["Changed", "changed_issues", "checked"]


def checked(parts: Mapping[str, bytes], name: str) -> tuple[tuple[Issue, ...], tuple[Changed, ...]]:
    """Everything that is wrong with the parts of a frame, and the styles that do not look as ours do; `name` is its file for messages."""
    frame = Frame(parts, name)
    found = (*tag_issues(frame), *page_issues(frame), *style_issues(frame))
    # A text box is written twice in a file, for new programs and for old ones.
    return tuple({_key(issue): issue for issue in found}.values()), changed_styles(frame)


def _key(issue: Issue) -> tuple[object, ...]:
    return issue.code, tuple(sorted(issue.facts.items()))
