"""Several names in one fact of a message: what joins them is the reader's language, and is decided where the message is written.

A string, so that a fact stays a string: `、` joins the names, as in Chinese; `messages` has the items for another language.
"""

from __future__ import annotations

from collections.abc import Iterable


class Listed(str):
    """Names as a Chinese list, which remembers its items."""

    __slots__ = ("items",)
    items: tuple[str, ...]

    def joined(self, comma: str) -> str:
        """The same names with another sign between them."""
        return comma.join(self.items)


def listed(names: Iterable[object]) -> Listed:
    """The names in their order."""
    items = tuple(map(str, names))
    found = Listed("、".join(items))
    found.items = items
    return found
