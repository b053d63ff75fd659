"""Headers and footers: what the pages of each section show, and the paragraphs of each part."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from drafter.ooxml.normal import Element
from drafter.picture.model import Edge
from drafter.picture.names import RELATION, TYPE, VAL, w
from drafter.picture.story import Walk

_SIDES = {w("headerReference"): "header", w("footerReference"): "footer"}
_PAGES = ("first", "default", "even")
_OFF = frozenset(("0", "false", "off"))
_MOST = 2000  # sections with edges of their own; only a hostile file has more


def sections_of(
    found: Sequence[Element], targets: Mapping[str, str], settings: Callable[[], Element | None]
) -> tuple[tuple[tuple[Edge, ...], ...], tuple[tuple[str, str], ...]]:
    """What each section shows, and the stories that this takes, each with the name of its part.

    `targets` are the parts of headers and footers by the ids of their relationships. A reference that a section lacks is that of the one before.
    """
    stories: dict[tuple[str, str], str] = {}
    last: dict[tuple[str, str], str] = {}
    out = []
    both = bool(targets) and _is_on(_both(settings()))
    for section in found[:_MOST]:
        for child in section:
            side = _SIDES.get(child.tag)
            name = targets.get(child.get(RELATION, "")) if side else None
            if side and name:
                story = stories.setdefault((side, name), f"{side}:{len(stories) + 1}")
                last[side, child.get(TYPE, "default")] = story
        seen = {"first": _is_on(section.find(w("titlePg"))), "default": True, "even": both}
        out.append(tuple(_shown(last, seen)))
    return tuple(out), tuple((story, name) for (_, name), story in stories.items())


def _shown(last: Mapping[tuple[str, str], str], seen: Mapping[str, bool]) -> Iterator[Edge]:
    for side in ("header", "footer"):
        for page in _PAGES:
            story = last.get((side, page), "")
            if seen[page] or story:
                yield Edge(side, page, story, seen[page])


def _both(settings: Element | None) -> Element | None:
    return None if settings is None else settings.find(w("evenAndOddHeaders"))


def _is_on(element: Element | None) -> bool:
    return element is not None and element.get(VAL, "") not in _OFF


def walked(walk: Walk, root: Element, story: str) -> None:
    """Walk over a header or footer; the words of boxes in it belong to it."""
    at = len(walk.boxes)
    walk.story(root, story)
    while at < len(walk.boxes):  # a box may hold objects with boxes of their own
        box, revisions = walk.boxes[at]
        walk.story(box, story, revisions)
        at += 1
