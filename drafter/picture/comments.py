"""Comments with their ranges, threads and whether they are resolved.

Word keeps the text in `comments.xml` and the threads in `commentsExtended.xml`, tied by the `paraId` of the last paragraph of each
comment. A parent need not have an entry there, and a file may lack the whole part.

LibreOffice 7 keeps whether a comment is resolved and loses which one it answers. What it writes then is told by the ranges: an answer has
exactly that of its parent, stands behind it and is not older. In files of other programs two comments on the same words stay two.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from drafter.ooxml.normal import Element
from drafter.picture.drafts import Draft, Point
from drafter.picture.model import Change, Comment, Position
from drafter.picture.names import AUTHOR, DATE, ID, W14, W15, w
from drafter.picture.places import Places
from drafter.picture.story import Walk
from drafter.source.frozen import dataclass

_DATE = re.compile(r"[12]\d{3}-\d\d-\d\dT")


@dataclass(frozen=True, slots=True)
class _Thread:
    parent: str
    resolved: bool


def comments_of(
    root: Element, extended: Element | None, places: Places, *, flat: bool = False
) -> tuple[tuple[Comment, ...], tuple[str, ...]]:
    """The comments of `comments.xml`, in its order, and the names of unknown elements in them; `flat`: their threads were lost."""
    threads = _threads(extended)
    owners: dict[str, str] = {}
    found: list[Comment] = []
    keys: list[str] = []
    walk = Walk()
    counts: Counter[str] = Counter()
    for element in root.iter(w("comment")):
        id_ = element.get(ID, "")
        counts[id_] += 1
        key = next((p.get(W14 + "paraId", "") for p in reversed(list(element.iter(w("p"))))), "")
        own = id_ if counts[id_] == 1 else f"{id_}~{counts[id_]}"
        owners.setdefault(key, own)
        keys.append(key)
        start, end = _range(id_, places)
        text = _text(walk, element)
        found.append(Comment(own, element.get(AUTHOR, ""), element.get(DATE, ""), text, start, end))
    walk.close()
    threaded = _threaded(found, keys, threads, owners)
    if flat and not any(comment.parent for comment in threaded):
        threaded = _gathered(threaded)
    return threaded, tuple(walk.unknown)


def _gathered(comments: Sequence[Comment]) -> tuple[Comment, ...]:
    """The comments, each with the first one of exactly its range as its parent, where the dates do not speak against it."""
    first: dict[tuple[Position, Position], Comment] = {}
    last: dict[tuple[Position, Position], str] = {}
    out: list[Comment] = []
    for comment in comments:
        if comment.start is None or comment.end is None or not _DATE.match(comment.date):
            out.append(comment)
            continue
        at = (comment.start, comment.end)
        root = first.setdefault(at, comment)
        answers = root is not comment and comment.date >= last[at]
        out.append(replace(comment, parent=root.id) if answers else comment)
        last[at] = max(last.get(at, ""), comment.date)
    return tuple(out)


def _text(walk: Walk, element: Element) -> str:
    """What the comment says, its own tracked changes accepted."""
    first = len(walk.drafts)
    walk.story(element, "comment")
    return "\n".join(_shown(draft) for draft in walk.drafts[first:])


def _shown(draft: Draft) -> str:
    gone = (Change.DELETED, Change.MOVED_FROM)
    runs = (
        run for run in draft.finished().runs if not any(revision.change in gone for revision in run.revisions)
    )
    return "".join(run.result if run.field else run.text for run in runs)


def _threads(extended: Element | None) -> dict[str, _Thread]:
    if extended is None:
        return {}
    return {
        entry.get(W15 + "paraId", ""): _Thread(
            entry.get(W15 + "paraIdParent", ""), entry.get(W15 + "done") in ("1", "true", "on")
        )
        for entry in extended.iter(W15 + "commentEx")
    }


def _range(id_: str, places: Places) -> tuple[Position | None, Position | None]:
    """A comment's range; with one end lost the mark stands for it, with no range the mark is a point."""
    start, end, mark = places.starts.get(id_), places.ends.get(id_), places.references.get(id_)
    first, last = start or mark or end, end or mark or start
    if first is None or last is None:
        return None, None
    a, b = _position(first), _position(last)
    return (b, a) if (b.paragraph, b.offset) < (a.paragraph, a.offset) else (a, b)


def _position(point: Point) -> Position:
    return Position(point.paragraph, point.offset)


def _threaded(
    found: list[Comment], keys: list[str], threads: dict[str, _Thread], owners: dict[str, str]
) -> tuple[Comment, ...]:
    """The comments with parent and state; an answer is resolved when its parent is."""
    first = {comment.id: comment for comment in reversed(found)}
    done = {owners[key]: thread.resolved for key, thread in threads.items() if key in owners}
    out = []
    for comment, key in zip(found, keys, strict=True):
        thread = threads.get(key) if key else None
        parent = owners.get(thread.parent, "") if thread and thread.parent else ""
        parent = "" if parent == comment.id else parent
        resolved = bool(thread and thread.resolved) or done.get(parent, False)
        changed = replace(comment, parent=parent, resolved=resolved)
        if changed.start is None and parent:
            changed = replace(changed, start=first[parent].start, end=first[parent].end)
        out.append(changed)
    return tuple(out)
