"""Which blocks of a plan are its cover, its contents and its text, as a reader finds them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafter.ooxml.xml import w
from drafter.source.frozen import dataclass
from drafter.word.office.kinds import kind_of
from drafter.word.office.story import Block, Paragraph

_TITLES = frozenset({"目录", "目次", "contents", "tableofcontents"})
_ENTRY = re.compile(r"^\S.{0,80}?(?:\t|[.…·．。]{3,}|\s{3,})[\s.…·．—-]*[\divxIVX]{1,5}[\s—-]*$", re.DOTALL)
_LONG = 60
"""Characters from which on a paragraph is running text, which a cover has none of."""
_COVER = 60
"""More blocks than any cover has."""


@dataclass(frozen=True, slots=True)
class Regions:
    """Numbers of blocks: the cover ends at `cover`, the contents run from `contents` to `text`, the text from there to the end.

    `title` is the heading of the contents. Where there are no contents, `contents` and `text` are the same.
    """

    cover: int
    title: int | None
    contents: int
    text: int


def regions(blocks: Sequence[Block]) -> Regions:
    """Where the parts of a file are."""
    first = next((at for at, each in enumerate(blocks) if _lists(each)), None)
    title = next(
        (at for at, each in enumerate(blocks[: first if first is not None else None]) if _is_title(each)),
        None,
    )
    if first is None and title is not None:
        # Contents that are still to be made, or are one picture.
        first = title + 1
        end = first
    elif first is not None:
        end = _end(blocks, first)
    else:
        cover = _cover(blocks)
        return Regions(cover, None, cover, cover)
    start = first if title is None else title + 1
    return Regions(start if title is None else title, title, start, _behind(blocks, end))


def _end(blocks: Sequence[Block], first: int) -> int:
    """Behind the last entry; a field may hold empty paragraphs too."""
    end, depth = first, 0
    for at in range(first, len(blocks)):
        block = blocks[at]
        listed = _lists(block)
        if isinstance(block, Paragraph):
            for mark in block.element.iter(w("fldChar")):
                depth += {"begin": 1, "end": -1}.get(mark.get(w("fldCharType"), ""), 0)
        if listed or depth > 0:
            end = at + 1
        elif block.text:
            break
    return end


def _behind(blocks: Sequence[Block], end: int) -> int:
    """Empty paragraphs and breaks behind the contents belong to them: the text begins with words."""
    while end < len(blocks) and isinstance(blocks[end], Paragraph) and not blocks[end].text:
        if _pictured(blocks[end]):
            break
        end += 1
    return end


def _pictured(block: Block) -> bool:
    return next(block.element.iter(w("drawing"), w("pict"), w("object")), None) is not None


def _lists(block: Block) -> bool:
    """Whether a block is an entry of the contents, or where their field begins."""
    if not isinstance(block, Paragraph):
        return False
    codes = [code.text or "" for code in block.element.iter(w("instrText"))]
    if any(code.strip().upper().startswith("TOC") for code in codes):
        return True
    name = block.style_name.casefold()
    return bool(block.text) and (name.startswith(("toc ", "目录 ")) or bool(_ENTRY.match(block.text)))


def _is_title(block: Block) -> bool:
    return isinstance(block, Paragraph) and "".join(block.text.split()).casefold() in _TITLES


def _cover(blocks: Sequence[Block]) -> int:
    """Without contents the cover ends where a page or section does; without such a break it is the title above the text."""
    for at, block in enumerate(blocks[:_COVER]):
        if isinstance(block, Paragraph):
            if len(block.text) > _LONG and at and not _centred(block):
                break
            if block.ends_section is not None or (at and block.breaks_page):
                return at + (0 if block.text and block.ends_section is None else 1)
    return _top(blocks)


def _top(blocks: Sequence[Block]) -> int:
    """The lines above the text that are set in the middle."""
    end = 0
    for at, block in enumerate(blocks[:_COVER]):
        if not isinstance(block, Paragraph) or (block.text and (not _centred(block) or kind_of(block))):
            break
        end = at + 1 if block.text else end
    return end


def _centred(paragraph: Paragraph) -> bool:
    return paragraph.look.align == "center"
