"""Footnotes and endnotes: those of both files woven, those of one marked whole."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from drafter.ooxml.normal import Element
from drafter.ooxml.xml import w
from drafter.redline.names import ENDNOTE, FOOTNOTE, ID, T
from drafter.redline.opened import Opened, highest
from drafter.redline.story import Loom, NotePair

KINDS = {FOOTNOTE: "footnotes", ENDNOTE: "endnotes"}
_NOTE = {"footnotes": w("footnote"), "endnotes": w("endnote")}


def renumber(old: Opened, new: Opened) -> None:
    """Give the notes of the old file numbers that none of the new one has."""
    for reference, kind in KINDS.items():
        mine = old.notes[kind]
        if not mine:
            continue
        other = [new.tree(new.notes[kind])] if new.notes[kind] else []
        first = highest(other, _NOTE[kind], ID) + 1000
        for note in old.tree(mine).iter(_NOTE[kind]):
            if note.get(w("type"), "normal") == "normal":
                note.set(ID, str(int(note.get(ID, "0")) + first))
        for part in (old.main, mine):
            for each in old.tree(part).iter(reference):
                each.set(ID, str(int(each.get(ID, "0")) + first))


def in_both(old: Opened, new: Opened) -> dict[tuple[str, str], str]:
    """The words of the notes that both files have, by the tag of the mark and the number: these are not taken for one another."""
    words: list[dict[tuple[str, str], str]] = []
    for opened in (old, new):
        found = {
            (reference, id): "".join(t.text or "" for t in note.iter(T))
            for reference, kind in KINDS.items()
            for id, note in _notes(opened, kind).items()
        }
        words.append(found)
    both = set(words[0].values()) & set(words[1].values())
    return {key: said for each in words for key, said in each.items() if said in both}


def weave(loom: Loom, old: Opened, new: Opened) -> None:
    """Weave every note that the stories so far have come across; what is found in notes themselves too."""
    known = {(opened is new, kind): _notes(opened, kind) for opened in (old, new) for kind in _NOTE}
    done: set[NotePair] = set()
    while loom.notes:
        pair = loom.notes.pop(0)
        if pair in done:
            continue
        done.add(pair)
        kind = KINDS[pair.tag]
        mine, other = known[False, kind].get(pair.old), known[True, kind].get(pair.new)
        if mine is not None and other is not None:
            if not loom.same(mine, other):
                other[:] = loom.story(list(mine), list(other))
        elif other is not None:
            other[:] = loom.story([], list(other), last_kept=True)
        elif mine is not None:
            root = _tree(old, new, kind)
            mine[:] = loom.story(list(mine), [], last_kept=True)
            root.append(mine)


def order(new: Opened) -> None:
    """The notes of a part in the order of their marks and numbered so, those without one last: LibreOffice 7.4 goes by place."""
    for reference, kind in KINDS.items():
        part = new.notes[kind]
        if not part:
            continue
        root = new.tree(part)
        marks = [each for story in (new.tree(new.main), root) for each in story.iter(reference)]
        places = {id: at for at, id in enumerate(dict.fromkeys(each.get(ID, "") for each in marks))}
        special = [note for note in root if note.get(w("type"), "normal") != "normal"]
        others = [note for note in root if note not in special]
        others.sort(key=lambda note: places.get(note.get(ID, ""), len(places)))
        if [*special, *others] != list(root):
            root[:] = [*special, *others]
        first = max((int(note.get(ID, "0")) for note in special), default=0) + 1
        numbers = {note.get(ID, ""): str(first + at) for at, note in enumerate(others)}
        for each in (*others, *marks):
            each.set(ID, numbers.get(each.get(ID, ""), each.get(ID, "")))


def _notes(opened: Opened, kind: str) -> dict[str, Element]:
    part = opened.notes[kind]
    return {note.get(ID, ""): note for note in opened.tree(part).iter(_NOTE[kind])} if part else {}


def _tree(old: Opened, new: Opened, kind: str) -> Element:
    """The notes of the new file; where it has none, a part with the lines above notes, as the old file has them."""
    if not new.notes[kind]:
        source = old.tree(old.notes[kind])
        root = etree.Element(
            source.tag, nsmap={prefix or "w": space for prefix, space in source.nsmap.items()}
        )
        root.extend(deepcopy(note) for note in source if note.get(w("type"), "normal") != "normal")
        new.notes[kind] = new.add(kind, root)
    return new.tree(new.notes[kind])
