"""Bookmarks and the ends of comment ranges: where each stands, also those between paragraphs, rows and cells."""

from __future__ import annotations

from itertools import islice

from drafter.ooxml.normal import Element
from drafter.picture.drafts import Draft, Point
from drafter.picture.names import ID, NAME, w

_MOST_OPEN = 64  # names open at once; only a hostile file has more, and each paragraph would list them all


class Places:
    """The comment ranges of a file (`starts`, `ends` and `references` by comment id), and the bookmarks open in the story being read."""

    def __init__(self) -> None:
        self.starts: dict[str, Point] = {}
        self.ends: dict[str, Point] = {}
        self.references: dict[str, Point] = {}
        self._open: dict[str, str] = {}  # id → name
        self._ended: frozenset[str] = frozenset()
        self._names: list[str] = []  # begun since the last paragraph
        self._points: list[tuple[dict[str, Point], str]] = []  # ends of ranges since then

    def begin_story(self, root: Element) -> None:
        """A story has bookmarks of its own; one that it never ends is open nowhere."""
        self._open, self._names, self._points = {}, [], []
        self._ended = frozenset(end.get(ID, "") for end in root.iter(w("bookmarkEnd")))

    def end_story(self, last: Draft | None) -> None:
        """What stands behind the last paragraph belongs to it."""
        if last is not None:
            last.bookmarks += self._names
            self._settle(last)

    def begin_paragraph(self, draft: Draft) -> None:
        """What stands right before a paragraph belongs to it."""
        if self._open:
            draft.open = tuple(islice(reversed(self._open.values()), _MOST_OPEN))[::-1]
        if self._names:
            draft.open = tuple(name for name in draft.open if name not in self._names)
            draft.bookmarks, self._names = self._names, []
        if self._points:
            self._settle(draft)

    def _settle(self, draft: Draft) -> None:
        for points, comment in self._points:
            points.setdefault(comment, draft.point(closes=False))
        self._points.clear()

    def bookmark_start(self, element: Element, draft: Draft | None) -> None:
        """`bookmarkStart`, between paragraphs where `draft` is None."""
        name, id_ = element.get(NAME, ""), element.get(ID, "")
        if not name:
            return
        names = self._names if draft is None else draft.bookmarks
        names.append(name)
        if id_ in self._ended:
            self._open[id_] = name

    def bookmark_end(self, element: Element) -> None:
        """`bookmarkEnd`."""
        self._open.pop(element.get(ID, ""), None)

    def range_start(self, element: Element, draft: Draft | None) -> None:
        """`commentRangeStart`, between paragraphs where `draft` is None."""
        self._range(self.starts, element.get(ID, ""), draft, closes=False)

    def range_end(self, element: Element, draft: Draft | None) -> None:
        """`commentRangeEnd`; between paragraphs it ends with the one before, which is then `draft`."""
        self._range(self.ends, element.get(ID, ""), draft, closes=True)

    def reference(self, element: Element, draft: Draft) -> None:
        """`commentReference`."""
        self._range(self.references, element.get(ID, ""), draft, closes=False)

    def _range(self, points: dict[str, Point], comment: str, draft: Draft | None, *, closes: bool) -> None:
        if draft is None:
            self._points.append((points, comment))
        elif comment not in points:
            points[comment] = draft.point(closes=closes)
