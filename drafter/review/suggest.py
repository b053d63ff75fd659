"""An edit as an open question in the words of CriticMarkup, which the next build prints as a tracked change.

Whether it can be one is told by building: what the plan prints must be as before, and what is proposed to come and to go must be what the plain
edit would have put in and taken away. What stands in YAML, and what makes or takes away whole paragraphs, cannot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from drafter.review.ground import in_markdown
from drafter.review.points import Blocked
from drafter.review.remarks import SliceEdit
from drafter.source.files import Source
from drafter.word.anchors import Anchor, WordFile

_SIGNS = ("++}", "--}", "~~", "~>", "<<}", "==}")


def suggested(source: Source, edits: Sequence[SliceEdit], note: str) -> tuple[SliceEdit, ...]:
    """The edits of one remark in one file as open questions, `note` behind the last one. Raises `Blocked`."""
    made = [SliceEdit(edit.slice, _asked(source, edit)) for edit in edits]
    last = max(range(len(made)), key=lambda each: made[each].slice.end)
    comment = f"{{>>{_plain(note)}<<}}" if note else ""
    made[last] = SliceEdit(made[last].slice, made[last].text + comment)
    return tuple(made)


def _asked(source: Source, edit: SliceEdit) -> str:
    old, new = source.text[edit.slice.start : edit.slice.end], edit.text
    if not in_markdown(source, edit.slice.start):
        raise Blocked("apply.not-markdown")
    if "\n" in old or "\n" in new:
        raise Blocked("apply.whole-lines")
    if any(sign in each for each in (old, new) for sign in _SIGNS):
        raise Blocked("apply.not-suggested")
    if old and new:
        return f"{{~~{old}~>{new}~~}}"
    return f"{{++{new}++}}" if new else f"{{--{old}--}}"


def _plain(note: str) -> str:
    """Words that can stand in a comment: no line ends, no braces."""
    return " ".join(note.replace("{", "（").replace("}", "）").split())


def asks(before: WordFile, after: WordFile, wanted: Sequence[Anchor]) -> bool:
    """Whether a file with open questions prints what it printed before, and would print what is wanted with all of the new ones accepted."""
    if _said(before.anchors.paragraphs) != _said(after.anchors.paragraphs):
        return False
    new = Counter((each.kind, each.text) for each in after.questions)
    new.subtract((each.kind, each.text) for each in before.questions)
    if any(count < 0 for count in new.values()):
        return False
    come = Counter(
        _characters(text for (kind, text), count in new.items() if kind == "ins" for _ in range(count))
    )
    gone = Counter(
        _characters(text for (kind, text), count in new.items() if kind == "del" for _ in range(count))
    )
    have = Counter(_characters(text for _, text in _said(before.anchors.paragraphs)))
    want = Counter(_characters(text for _, text in _said(wanted)))
    have.update(come)
    have.subtract(gone)
    return {sign: count for sign, count in have.items() if count} == dict(want)


def _said(anchors: Iterable[Anchor]) -> list[tuple[str, str]]:
    return [(each.kind, each.text) for each in anchors if each.kind != "toc"]


def _characters(texts: Iterable[str]) -> Iterable[str]:
    return (sign for text in texts for sign in text)
