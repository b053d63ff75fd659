"""Random edits: what a reviewer might do, where, and what the text must read afterwards."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from tests.harness.package import NOTES, OBJECT, Package, W, characters, text
from tests.harness.surgery import Surgeon

KINDS = (
    "insert", "delete", "replace", "start", "end", "bold", "value", "beside-value", "two-values", "punctuation", "several",
    "delete-paragraph", "insert-paragraph", "split", "merge", "move", "comment", "comment-point",
)  # fmt: skip
STRUCTURAL = {"delete-paragraph", "insert-paragraph", "split", "merge", "move"}
COMMENTS = {"comment", "comment-point"}
NEW = "审慎稳妥扎实细致及时高效便捷周到规范有序公平透明务实协同"
NUMBER = re.compile(r"\d{4,}")


@dataclass(frozen=True)
class Operation:
    """New characters for the characters `start:end` of a paragraph."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Edit:
    """One edit of one reviewer. `paragraph` counts the paragraphs of the file; `target` is where a move goes (after it)."""

    kind: str
    place: str
    paragraph: int
    said: str
    operations: tuple[Operation, ...] = ()
    new: str = ""
    target: int = -1
    author: str = ""  # empty: untracked

    @property
    def tracked(self) -> bool:
        """Whether it is made with tracking on."""
        return bool(self.author) and self.kind not in COMMENTS


@dataclass(frozen=True)
class Site:
    """A paragraph as a place for edits."""

    index: int
    element: etree._Element
    said: str
    place: str


def sites(package: Package) -> list[Site]:
    """Paragraphs that a fragment or the data printed, each with the kind of place it is."""
    out = []
    for index, paragraph in enumerate(package.paragraphs()):
        said = text(paragraph)
        place = _place(paragraph)
        if len(said) >= 4 and place:
            out.append(Site(index, paragraph, said, place))
    return out


def _place(paragraph: etree._Element) -> str:
    """heading, item, cell, box, footnote, caption, body; empty for the frame and the contents."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    name = (style.get(f"{W}val") or "") if style is not None else ""
    if paragraph.getroottree().getroot().tag == f"{W}footnotes":
        return "footnote"
    if not _bookmarked(paragraph) or name.upper().startswith("TOC"):
        return ""
    if name.startswith("Heading"):
        return "heading"
    tables = [parent for parent in paragraph.iterancestors() if parent.tag == f"{W}tbl"]
    if tables:
        return "box" if len(tables[0].findall(f"{W}tblGrid/{W}gridCol")) == 1 else "cell"
    if paragraph.find(f".//{W}instrText") is not None and "Caption" in name:
        return "caption"
    if paragraph.find(f"{W}pPr/{W}numPr") is not None:
        return "item"
    return "body"


def _bookmarked(paragraph: etree._Element) -> bool:
    own = any((mark.get(f"{W}name") or "").startswith("_pf_") for mark in paragraph.iter(f"{W}bookmarkStart"))
    return own or any(parent.tag == f"{W}tr" for parent in paragraph.iterancestors())


class Maker:
    """Makes random edits from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.count = 0

    def words(self, low: int = 2, high: int = 6) -> str:
        """Words that no source has."""
        self.count += 1
        length = self.random.randint(low, high)
        return "".join(self.random.choice(NEW) for _ in range(length)) + chr(0x4E00 + 7 * self.count % 0x5000)

    def edit(self, site: Site, kind: str, author: str, near: Site | None = None) -> Edit | None:
        """An edit of this kind on this paragraph, or None where there is no room for it."""
        said = site.said
        if kind in STRUCTURAL:
            return self._structural(site, kind, author, near)
        operations = self._operations(site, kind)
        if not operations or any(OBJECT in said[op.start : op.end] for op in operations):
            return None
        new = self.words(4, 8) if kind in COMMENTS else ""
        return Edit(
            kind, site.place, site.index, said, tuple(operations), new, author=author or ("甲" if new else "")
        )

    def _operations(self, site: Site, kind: str) -> list[Operation]:
        said, pick = site.said, self.random
        at = pick.randint(1, max(len(said) - 3, 1))
        until = min(at + pick.randint(1, 5), len(said) - 1)
        numbers = list(NUMBER.finditer(said))
        clear = not any(m.start() <= until and m.end() >= at for m in numbers)
        match kind:
            case "insert" if clear:
                return [Operation(at, at, self.words())]
            case "delete" if clear and until > at:
                return [Operation(at, until, "")]
            case "replace" if clear and until > at:
                return [Operation(at, until, self.words())]
            case "start":
                return [Operation(0, 0, self.words())]
            case "end":
                return [Operation(len(said), len(said), self.words())]
            case "bold":
                return self._bold(site)
            case "value" if numbers:
                m = pick.choice(numbers)
                return [Operation(m.start(), m.end(), str(int(m.group()) + pick.randint(100001, 900000)))]
            case "beside-value" if numbers:
                m = pick.choice(numbers)
                side = m.start() if pick.random() < 0.5 else _unit_end(said, m.end())
                return [Operation(side, side, self.words())]
            case "two-values" if len(numbers) > 1:
                a, b = numbers[0], numbers[1]
                return [
                    Operation(
                        a.start(),
                        b.end(),
                        f"{int(b.group()) + 777}{said[a.end() : b.start()]}{int(a.group()) + 555}",
                    )
                ]
            case "punctuation":
                marks = [n for n, character in enumerate(said[:-1]) if character == "，"]
                return [Operation(n, n + 1, "；") for n in marks[:1]]
            case "several" if len(said) > 24 and not numbers:
                third = len(said) // 3
                return [
                    Operation(third, third + 1, self.words()),
                    Operation(2 * third, 2 * third, self.words()),
                ]
            case "comment" if until > at:
                return [Operation(at, until, said[at:until])]
            case "comment-point":
                return [Operation(at, at, "")]
        return []

    def _bold(self, site: Site) -> list[Operation]:
        """A deletion or insertion across or inside a bold stretch."""
        shown = characters(site.element)
        bold = [n for n, c in enumerate(shown) if c.element.getparent().find(f"{W}rPr/{W}b") is not None]
        if len(bold) < 4 or len(bold) == len(shown):
            return []
        choice = self.random.randint(0, 3)
        first, last = bold[0], bold[-1]
        if choice == 0:
            return [Operation(first + 1, first + 3, self.words())]
        if choice == 1:
            return [Operation(max(first - 1, 0), first + 1, "")]
        if choice == 2 and last + 3 < len(shown):
            return [Operation(last, last + 2, self.words())]
        return [Operation(last + 1, last + 1, self.words())]

    def _structural(self, site: Site, kind: str, author: str, near: Site | None) -> Edit | None:
        if site.place not in ("body", "item"):
            return None
        if kind in ("merge", "move"):
            following = site.element.getnext()
            if near is None or following is None or following.tag != f"{W}p" or site.place != near.place:
                return None
            if kind == "merge" and following is not near.element:
                return None
            return Edit(kind, site.place, site.index, site.said, target=near.index, author=author)
        if kind == "split":
            stops = [n + 1 for n, character in enumerate(site.said[:-2]) if character == "，"]
            if not stops:
                return None
            at = self.random.choice(stops)
            return Edit(kind, site.place, site.index, site.said, (Operation(at, at, "\n"),), author=author)
        new = self.words(9, 14) + "。" if kind == "insert-paragraph" else ""
        return Edit(kind, site.place, site.index, site.said, new=new, author=author)


def _unit_end(said: str, at: int) -> int:
    return at + 1 if said[at : at + 1] in ("张", "%") else at


def perform(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The file with the edits made in it."""
    package = Package.read(data)
    elements = list(package.paragraphs())
    surgeon = Surgeon(package)
    for edit in edits:
        _perform(surgeon, elements, edit)
    return surgeon.data()


def _perform(surgeon: Surgeon, elements: list[etree._Element], edit: Edit) -> None:
    paragraph = elements[edit.paragraph]
    match edit.kind:
        case "comment" | "comment-point":
            op = edit.operations[0]
            surgeon.comment(paragraph, op.start, op.end, edit.new, edit.author)
        case "delete-paragraph":
            surgeon.delete_paragraph(paragraph, edit.author)
        case "insert-paragraph":
            surgeon.insert_paragraph(paragraph, edit.new, edit.author)
        case "split":
            surgeon.split(paragraph, edit.operations[0].start, edit.author)
        case "merge":
            surgeon.merge(paragraph, edit.author)
        case "move":
            surgeon.move(paragraph, elements[edit.target], edit.author)
        case _:
            for op in sorted(edit.operations, key=lambda op: -op.start):
                surgeon.replace(paragraph, op.start, op.end, op.new, edit.author)


def expected(before: list[str], edits: Iterable[Edit]) -> list[str]:
    """Texts of the paragraphs once these edits are made; `before` is by paragraph number, empty ones kept."""
    out: dict[int, list[str]] = {number: [said] for number, said in enumerate(before)}
    moved: list[Edit] = []
    for edit in edits:
        n = edit.paragraph
        match edit.kind:
            case "comment" | "comment-point":
                continue
            case "delete-paragraph":
                out[n] = []
            case "insert-paragraph":
                out[n] = [*out[n], edit.new]
            case "split":
                at = edit.operations[0].start
                out[n] = [before[n][:at], before[n][at:]]
            case "merge":
                out[n] = [before[n] + before[edit.target]]
                out[edit.target] = []
            case "move":
                moved.append(edit)
            case _:
                said = out[n][0]
                for op in sorted(edit.operations, key=lambda op: -op.start):
                    said = said[: op.start] + op.new + said[op.end :]
                out[n] = [said]
    for edit in moved:
        out[edit.target] = [*out[edit.target], *out[edit.paragraph]]
        out[edit.paragraph] = []
    return [said for number in sorted(out) for said in out[number] if said]


__all__ = ["NOTES", "Edit", "Maker", "Operation", "Site", "expected", "perform", "sites"]
