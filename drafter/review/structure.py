"""Paragraphs and table rows put in, struck out, split and merged → changes of a fragment's lines.

Only what can be done by whole lines of one fragment is done; everything else is for a person. Each function raises `Blocked`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafter.review import escape
from drafter.review.edits import Edits
from drafter.review.ground import Block, block_of, body_of, in_markdown, line_end, line_start, places
from drafter.review.points import Blocked, Ground, insertion_point, once
from drafter.review.remarks import BREAK, Change, SliceEdit
from drafter.review.rows import row_after, row_struck
from drafter.source.origins import SourceSlice
from drafter.word.anchors import OBJECT, Anchor

_OWN = frozenset(("body", "item", "box", "heading"))
_HASHES = re.compile(r"[ \t]*#{1,6}[ \t]+")
_NEXT_ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<number>\d{1,9})(?=[.)][ \t])")
_LISTED = re.compile(r"[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]")
_NOTE = re.compile(r"\[\^[^\]\n]+\]:[ \t]*$")
_UNSEEN = ("<!--", "{%", "{##")


def of_change(ground: Ground, change: Change) -> Edits:
    """The edits of a change that puts in, strikes out, splits or joins paragraphs."""
    try:
        return Edits(tuple(_edits(ground, change)))
    except Blocked as blocked:
        return Edits(obstacle=blocked.code, elsewhere=blocked.elsewhere)


def _edits(ground: Ground, change: Change) -> list[SliceEdit]:
    anchor = ground.issued[change.anchor]
    length = len(anchor.text)
    if not change.new and change.start == 0 and change.end > length:
        return _struck(ground, change)
    if change.start == change.end and change.new.startswith(BREAK) and change.start == length:
        return _put_in(ground, change, change.new[1:], after=change.anchor)
    if change.start == change.end == 0 and change.new.endswith(BREAK):
        return _put_in(ground, change, change.new[:-1], after=change.anchor - 1)
    if change.start == change.end and BREAK in change.new:
        return [_split(ground, change)]
    if not change.new and (change.start, change.end) == (length, length + 1):
        return [_joined(ground, change.anchor)]
    raise Blocked("review.structure")


# -- put in ------------------------------------------------------------------------------------------------------------


def _put_in(ground: Ground, change: Change, text: str, *, after: int) -> list[SliceEdit]:
    if OBJECT in text or not escape.writable(text.replace(BREAK, "")):
        raise Blocked("review.object" if OBJECT in text else "review.character")
    if change.row:
        return [row_after(ground, after, text.split(BREAK))]
    if not text.strip():
        raise Blocked("review.empty-paragraph")
    before = after + 1
    tries = [(after, _after), (before, _before)]
    if (
        change.like == before != after
        and before < len(ground.issued)
        and not _continues(ground, after, before)
    ):
        tries.reverse()
    reason = "review.no-place"
    for index, make in tries:
        if not 0 <= index < len(ground.issued):
            continue
        try:
            return [make(ground, index, text.split(BREAK), alike=change.like == index)]
        except Blocked as blocked:
            if blocked.code == "review.printed-elsewhere" and change.like == index:
                raise  # one more of those that a loop prints: it may belong to each turn, or into the data
            if blocked.code != "review.no-place":
                reason = blocked.code
    raise Blocked(reason)


def _block(ground: Ground, index: int) -> Block:
    """The block of a paragraph that has lines of its own, printed once."""
    anchor = ground.issued[index]
    block = block_of(anchor, ground.sources) if anchor.kind in _OWN else None
    if block is None or not block.plain:
        raise Blocked("review.no-place")
    once(ground, index, block.path)
    return block


def _continues(ground: Ground, index: int, following: int) -> bool:
    """Whether the next paragraph is an item of the same list."""
    try:
        one, two = _block(ground, index), _block(ground, following)
    except Blocked:
        return False
    return bool(one.item and two.item and one.path == two.path)


def _after(ground: Ground, index: int, texts: Sequence[str], *, alike: bool) -> SliceEdit:
    anchor = ground.issued[index]
    if anchor.kind == "heading" and (opening := _opening(ground, anchor)) is not None:
        return SliceEdit(opening, "".join(_line(text) + "\n\n" for text in texts))
    block = _block(ground, index)
    text = block.source.text
    item = block.item
    if item and (alike or (index + 1 < len(ground.issued) and _continues(ground, index, index + 1))):
        words = "".join("\n" + mark + _line(each) for mark, each in zip(_marks(item), texts, strict=False))
    else:
        head = _head(block) if anchor.kind == "heading" and alike else block.indent
        gap = "\n" + block.indent.rstrip() + "\n"
        words = "".join(gap + head + _line(each) for each in texts)
        following = (
            text[block.last + 1 : line_end(text, block.last + 1)].strip() if block.last < len(text) else ""
        )
        if following and not following.startswith((":::", "{%")):
            words += "\n"
    return SliceEdit(block.slice(block.last, block.last), words)


def _marks(item: re.Match[str]) -> list[str]:
    """The marks of the items after this one."""
    if item["number"] is None:
        return [item.group()] * 99
    first = int(item["number"])
    return [f"{item['indent']}{first + step}{item['point']}{item['space']}" for step in range(1, 100)]


def _head(block: Block) -> str:
    found = _HASHES.match(block.prefix)
    return found.group() if found else ""


def _before(ground: Ground, index: int, texts: Sequence[str], *, alike: bool) -> SliceEdit:
    block = _block(ground, index)
    item = block.item
    if item and alike:
        words = "".join(item.group() + _line(each) + "\n" for each in texts)
    else:
        indent = "" if item or ground.issued[index].kind == "heading" else block.indent
        gap = "\n" + indent.rstrip() + "\n"
        words = "".join(indent + _line(each) + gap for each in texts)
    return SliceEdit(block.slice(block.first, block.first), words)


def _opening(ground: Ground, anchor: Anchor) -> SourceSlice | None:
    """Where a fragment's text begins, for the title in its front matter."""
    for place in places(anchor):
        source = ground.sources.get(place.path)
        if source is not None and source.path.endswith(".md") and not in_markdown(source, place.start):
            at = body_of(source)
            return SourceSlice(source.path, at, at)
    return None


def _line(text: str) -> str:
    """A whole paragraph's words as a line of Markdown."""
    words = escape.spaces(escape.markdown(text), first=True, last=True)
    mark = escape.line_mark(words)
    if mark >= 0:
        words = words[:mark] + "\\" + words[mark:]
    return escape.broken(words, "")


# -- struck out --------------------------------------------------------------------------------------------------------


def notes_struck(ground: Ground, notes: Sequence[int]) -> list[SliceEdit]:
    """The definitions of footnotes that went with their marks; raises `Blocked`."""
    edits: list[SliceEdit] = []
    for index in notes:
        block = block_of(ground.issued[index], ground.sources)
        if block is None or not _NOTE.match(block.prefix):
            raise Blocked("review.object")
        once(ground, index, block.path)
        start, end = _extent(block.source.text, block)
        edits.append(SliceEdit(block.slice(start, end), ""))
    return edits


def _struck(ground: Ground, change: Change) -> list[SliceEdit]:
    if change.row:
        return [row_struck(ground, change)]
    covered = change.end
    edits: list[SliceEdit] = []
    index = change.anchor
    while covered > 0:
        edits += _block_struck(ground, index)
        covered -= len(ground.issued[index].text) + 1
        index += 1
    return edits


def _block_struck(ground: Ground, index: int) -> list[SliceEdit]:
    block = _block(ground, index)
    text = block.source.text
    lines = text[block.first : block.last]
    if any(sign in lines for sign in _UNSEEN):
        raise Blocked("review.structure")
    if set(ground.printed.literal(block.slice(block.first, block.last))) - {index}:
        raise Blocked("review.structure")
    above = text[: block.first].rstrip("\n \t>")
    below = text[block.last :].lstrip("\n \t>")
    item = block.item
    if item and _has_children(text, block, len(item.group())):
        raise Blocked("review.structure")
    if not item and _LISTED.match(_last_line(above)) and _LISTED.match(below):
        raise Blocked("review.structure")
    start, end = _extent(text, block)
    return [SliceEdit(block.slice(start, end), ""), *_renumbered(text, block, item, end)]


def _last_line(text: str) -> str:
    return text[line_start(text, len(text)) :]


def _has_children(text: str, block: Block, width: int) -> bool:
    """Whether an item has more than this paragraph: the next line with words is indented below its mark."""
    at = block.last + 1
    while at < len(text) and not text[at : line_end(text, at)].strip():
        at = line_end(text, at) + 1
    line = text[at : line_end(text, at)]
    return bool(line) and len(line) - len(line.lstrip()) >= width


def _extent(text: str, block: Block) -> tuple[int, int]:
    """The lines of a block with the blank lines that parted it from the next; at the end of a file from the one before."""
    start, end = block.first, min(block.last + 1, len(text))
    blank_above = start == 0 or not text[line_start(text, start - 1) : start - 1].strip()
    after = end
    while after < len(text) and not text[after : line_end(text, after)].strip():
        after = min(line_end(text, after) + 1, len(text))
    if after < len(text):
        return start, after if blank_above else end
    kept = len(text[:start].rstrip())
    return (kept + 1, len(text)) if kept and text[kept : kept + 1] == "\n" else (start, end)


def _renumbered(text: str, block: Block, item: re.Match[str] | None, end: int) -> list[SliceEdit]:
    """A list keeps the number that it begins with: the item after the first one takes it."""
    if item is None or item["number"] is None:
        return []
    first = not _has_elder(text[: block.first], item["indent"])
    following = _NEXT_ITEM.match(text, end)
    if not first or following is None or following["indent"] != item["indent"]:
        return []
    return [SliceEdit(block.slice(following.start("number"), following.end("number")), item["number"])]


def _has_elder(above: str, indent: str) -> bool:
    """Whether an item of the same list stands above: lines that are indented deeper belong to it."""
    for line in reversed(above.split("\n")):
        depth = len(line) - len(line.lstrip())
        if line.strip() and depth <= len(indent):
            return depth == len(indent) and _LISTED.match(line) is not None
    return False


# -- split and joined --------------------------------------------------------------------------------------------------


def _split(ground: Ground, change: Change) -> SliceEdit:
    anchor = ground.issued[change.anchor]
    if anchor.kind not in _OWN or OBJECT in change.new:
        raise Blocked("review.structure")
    block = block_of(anchor, ground.sources)
    if block is None or not block.plain:
        raise Blocked("review.structure")
    point = insertion_point(ground, change.anchor, change.start)
    if point.path != block.path or not block.start <= point.start <= block.end:
        raise Blocked("review.structure")
    closing, opening = _delimiters_around(block, anchor, point.start)
    text = block.source.text
    rest = text[point.start : line_end(text, point.start)]
    item = block.item
    words = ""
    parts = change.new.split(BREAK)
    for number, part in enumerate(parts):
        if number:
            mark = _marks(item)[number - 1] if item else (_head(block) or block.indent)
            words += ("\n" if item else "\n" + block.indent.rstrip() + "\n") + mark
        line = escape.markdown(part)
        if number == len(parts) - 1:
            words += opening
        if number and not opening:
            at = escape.line_mark(line + rest)
            if at > len(line):
                raise Blocked("review.structure")
            line = line[:at] + "\\" + line[at:] if at >= 0 else line
        words += line if number else line + closing
    return SliceEdit(point, words)


def _delimiters_around(block: Block, anchor: Anchor, at: int) -> tuple[str, str]:
    """What closes the emphasis around a point, and what opens it again."""
    text = block.source.text
    around = [
        (
            span.open.start,
            text[span.open.start : span.open.end],
            text[span.close.start : span.close.end],
            span.kind,
        )
        for span in anchor.spans
        if span.open and span.close and span.open.end <= at <= span.close.start
    ]
    if any(kind in ("link", "code") for *_, kind in around):
        raise Blocked("review.structure")
    around.sort()
    return "".join(each[2] for each in reversed(around)), "".join(each[1] for each in around)


def _joined(ground: Ground, index: int) -> SliceEdit:
    """The space between two paragraphs of one fragment taken away."""
    if index + 1 >= len(ground.issued):
        raise Blocked("review.structure")
    try:
        one, two = _block(ground, index), _block(ground, index + 1)
    except Blocked as blocked:
        raise Blocked("review.structure" if blocked.code == "review.no-place" else blocked.code) from None
    kinds = {ground.issued[index].kind, ground.issued[index + 1].kind}
    between = two.source.text[one.end : two.start]
    mark = two.item
    if one.path != two.path or len(kinds) > 1 or "heading" in kinds or two.start < one.end:
        raise Blocked("review.structure")
    if mark and (one.item is None or one.item["indent"] != mark["indent"]):
        raise Blocked("review.structure")
    if between[: two.first - one.end].strip("\n \t>") or (not mark and two.prefix.strip("> \t")):
        raise Blocked("review.structure")
    return SliceEdit(one.slice(one.end, two.start), "")
