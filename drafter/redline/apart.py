"""Insertions on both sides of a paragraph mark that both files have, kept apart.

LibreOffice takes neighbouring insertions of one author for one, the mark between them too: rejected, the paragraphs would run together. Where
whole paragraphs follow, the other file's mark is set at the end of the last one, as if they had been typed there; where a deletion stands
at the end, it is set between; else the mark is inserted and deleted.
"""

from __future__ import annotations

from collections.abc import Sequence

from drafter.ooxml.normal import Element
from drafter.redline.lines import Line
from drafter.redline.marks import Entry, opened
from drafter.redline.names import DEL, FLOATS, INS, SDT, SDT_CONTENT, WRAPS


def apart(entries: Sequence[Entry]) -> list[Entry]:
    """The entries, no insertion at the end of a paragraph followed by one at the begin of the next."""
    out = list(entries)
    at = 0
    while at < len(out):
        line = out[at]
        if isinstance(line, Line) and line.old is not None and line.new is not None and _ends_inserted(line):
            _separate(out, at)
        at += 1
    return out


def _separate(entries: list[Entry], at: int) -> None:
    line = entries[at]
    following = _next(entries, at)
    if not isinstance(line, Line) or following is None or not _begins_inserted(following):
        return
    if following.old is None:
        last = following
        index = entries.index(following)
        while (later := _next(entries, index)) is not None and later.old is None:
            last, index = later, entries.index(later)
        if line.old is not None and last.new is not None and line.old.section is last.new.section:
            opened(line)
            line.old, last.old = None, line.old
            return
    if not _deletion_last(line):
        old, line.old = line.old, None
        entries.insert(at + 1, Line([], old, None))


def _next(entries: Sequence[Entry], at: int) -> Line | None:
    """The paragraph right behind, if no table stands between."""
    for entry in entries[at + 1 :]:
        if isinstance(entry, Line):
            return entry
        if not entry.place:
            return None
    return None


def _ends_inserted(line: Line) -> bool:
    return line.whole is None and _inserted(_shown(line.children)[-1:])


def _begins_inserted(line: Line) -> bool:
    if line.whole is not None:
        return False
    shown = _shown(line.children)
    return _inserted(shown[:1]) if shown else line.old is None


def _inserted(found: Sequence[Element]) -> bool:
    return bool(found) and found[0].tag == INS


def _shown(children: Sequence[Element]) -> list[Element]:
    """What stands in a paragraph, without places, and looked for in the wraps."""
    out: list[Element] = []
    for child in children:
        if child.tag == SDT:
            content = child.find(SDT_CONTENT)
            out += _shown(list(content)) if content is not None else []
        elif child.tag in WRAPS:
            out += _shown(list(child))
        elif child.tag not in FLOATS:
            out.append(child)
    return out


def _deletion_last(line: Line) -> bool:
    """Set the deletion that belongs to the insertion at the end of a paragraph behind it, where there is one."""
    if len(line.children) > 1 and line.children[-1].tag == INS and line.children[-2].tag == DEL:
        line.children[-2:] = line.children[:-3:-1]
        return True
    return False
