"""The parts of an issued file, and which paragraphs somebody means who cites one: by 段号, by steps, by the words of a title.

The headings of a file make a tree by their order and depth; a citation walks down it. What is cited by page cannot be found: pages are the
reader's word processor's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import field

from drafter.opinions.citing import NUMBER, ROW, SMALL, STEP, N, figure
from drafter.opinions.normal import plain
from drafter.source.frozen import dataclass
from drafter.source.origins import DataValue, Generated, SourceSlice
from drafter.word.anchors import OBJECT, Anchor, Record

_HASHES = re.compile(r"[ \t>]*(#{1,6})[ \t]")
_LEAST = 4  # plain characters that make a title's words no coincidence
_OUTLINE = 2  # 章 and 节, whose depth their 段号 says


@dataclass(frozen=True, slots=True)
class Scope:
    """The paragraphs that are meant, the first of them that with the title or the 段号; `firm`: no other part could be meant."""

    paragraphs: tuple[int, ...]
    firm: bool = True
    numbered: bool = False  # cited by 段号


@dataclass(slots=True)
class _Part:
    """A heading, its children in order, and the paragraphs from it to the end of its part."""

    first: int
    level: int
    title: str
    annex: int = 0
    end: int = 0
    children: list[_Part] = field(default_factory=list)


class Chapters:
    """The parts of an issued file."""

    def __init__(self, record: Record) -> None:
        self.issued = record.anchors.paragraphs
        self._texts = record.texts
        self._numbers: dict[str, list[int]] = defaultdict(list)
        self._captions: dict[tuple[str, int], list[int]] = {}
        self._titles: list[tuple[str, tuple[int, ...]]] = []
        self.root = _Part(0, 0, "", end=len(self.issued))
        for index, anchor in enumerate(self.issued):
            if anchor.number and anchor.kind != "toc":
                self._numbers[anchor.number.partition("/")[0]].append(index)
                if "/" in anchor.number:
                    self._numbers[anchor.number].append(index)
        self._grow()
        self._count()

    # what stands where

    def _grow(self) -> None:
        stack = [self.root]
        for index, anchor in enumerate(self.issued):
            if anchor.kind != "heading":
                continue
            part = _Part(index, self._level(anchor), plain(anchor.text).text, _annex(anchor))
            while stack[-1].level >= part.level:
                stack.pop().end = index
            stack[-1].children.append(part)
            stack.append(part)
            self._titles.append((part.title, ()))
        last = next(
            (index for index, anchor in enumerate(self.issued) if anchor.kind == "footnote"), len(self.issued)
        )
        for part in stack:
            part.end = last
        self._titles = [(part.title, tuple(range(part.first, part.end))) for part in self._parts(self.root)]

    def _parts(self, part: _Part) -> Iterator[_Part]:
        for child in part.children:
            yield child
            yield from self._parts(child)

    def _level(self, anchor: Anchor) -> int:
        """1 for a 章 or an annex, 2 for a 节, more below: as deep as the source has it."""
        match = NUMBER.fullmatch(plain(anchor.number).text)
        if match and match[3] == "0":
            return 1 if match[2] == "0" else _OUTLINE
        for piece in anchor.pieces:
            origin = piece.origin
            place = origin.expression if isinstance(origin, DataValue | Generated) else origin
            if isinstance(place, SourceSlice):
                text = self._texts.get(place.path, "")
                line = text[text.rfind("\n", 0, place.start) + 1 :]
                hashes = _HASHES.match(line)
                if hashes:
                    return _OUTLINE + len(hashes[1])
        return _OUTLINE + 1

    def _count(self) -> None:
        counts: dict[str, int] = defaultdict(int)
        for index, anchor in enumerate(self.issued):
            if anchor.kind not in ("caption", "title") or OBJECT not in anchor.text:
                continue
            label = plain(anchor.text.partition(OBJECT)[0]).text
            counts[label] += 1
            paragraphs = (index, *self._below(index, anchor))
            self._captions[label, counts[label]] = list(paragraphs)
            title = plain(anchor.text.rpartition(OBJECT)[2]).text
            self._titles.append((title, paragraphs))

    def _below(self, index: int, anchor: Anchor) -> Iterator[int]:
        """The paragraphs of a table or a box: those behind its caption that are neither text nor another caption."""
        inside = (
            ("cell", "head", "note", "frame")
            if anchor.kind == "caption"
            else ("cell", "head", "note", "box", "item", "frame")
        )
        for at in range(index + 1, len(self.issued)):
            if self.issued[at].kind not in inside:
                return
            yield at

    # what is cited

    def cited(self, words: str) -> Scope | None:
        """The part that these words cite; None where they cite nothing that is there."""
        text = plain(words).text
        return self._by_number(text) or self._by_steps(text) or self._by_title(text)

    def _by_number(self, text: str) -> Scope | None:
        found: list[int] = []
        for match in NUMBER.finditer(text):
            row = match[4] or match[5]
            number = f"{match[1]}.{match[2]}-{match[3]}"
            rows = self._numbers.get(f"{number}/{row}", []) if row else []
            found += rows or self._numbers.get(number, [])
            if row and not rows and number in self._numbers:
                return Scope(tuple(self._numbers[number]), firm=False)
            if match[3] == "0" and not row and found:
                found += [each for each in self._part_of(found[0]) if each not in found]
        return Scope(tuple(dict.fromkeys(found)), numbered=True) if found else None

    def _part_of(self, first: int) -> Iterator[int]:
        for part in self._parts(self.root):
            if part.first == first:
                yield from range(part.first, part.end)

    def _by_steps(self, text: str) -> Scope | None:
        """Down the tree, one step for each number; a table or a box ends the way."""
        part, firm, walked = self.root, True, False
        for step in STEP.finditer(text):
            if step["caption"]:
                caption = self._caption(step["caption"])
                if caption:
                    return Scope(self._row_of(caption, text[step.end() :]))
                continue
            down = self._down(part, step)
            if down is None:
                firm = firm and step["unit"] in SMALL
                continue
            if not walked and step["series"] and self._of_chapters():
                firm = False  # 三、 alone is the third of which chapter?
            part, walked = down, True
        return Scope(tuple(range(part.first, part.end)), firm) if walked else None

    def _of_chapters(self) -> bool:
        return any("章" in self.issued[part.first].place for part in self.root.children)

    def _caption(self, words: str) -> list[int]:
        label, number = re.fullmatch(rf"(.+?)格?{N}", words).groups()  # type: ignore[union-attr]
        return self._captions.get((label, figure(number)), [])

    def _row_of(self, caption: list[int], behind: str) -> tuple[int, ...]:
        """Of a table the row that is named behind it (`第3行`), else all of it."""
        row = ROW.match(behind)
        end = f"/{figure(row[1])}" if row else ""
        rows = [index for index in caption if end and self.issued[index].number.endswith(end)]
        return tuple(rows or caption)

    def _down(self, part: _Part, step: re.Match[str]) -> _Part | None:
        if step["annex"]:
            return next(
                (each for each in self._parts(self.root) if each.annex == figure(step["annex"][2:])), None
            )
        count = figure(step["ordinal"] or re.sub(r"[^0-9一二三四五六七八九十]", "", step["series"]))
        unit = step["unit"]
        if unit == "章" or (unit == "部分" and part is self.root):
            part = self.root
        elif (unit == "节" and part.level != 1) or (part is self.root and unit in SMALL):
            return None
        children = [child for child in part.children if not child.annex]
        return children[count - 1] if 0 < count <= len(children) else None

    def _by_title(self, text: str) -> Scope | None:
        """The longest title that stands in the words, else the only one that they are part of."""
        if len(text) < _LEAST:
            return None
        within = [each for each in self._titles if len(each[0]) >= _LEAST and each[0] in text]
        if within:
            longest = max(len(title) for title, _ in within)
            best = [each for each in within if len(each[0]) == longest]
        else:
            said = re.sub(
                r"^关于|(?:部分|章节|一节|一章|章|节|中|内容|方面|的?问题)+$", "", text.strip('"<>()')
            )
            best = [each for each in self._titles if len(said) >= _LEAST and said in each[0]]
        return Scope(best[0][1], firm=len(best) == 1) if best else None


def _annex(anchor: Anchor) -> int:
    match = re.fullmatch(r"附([0-9]+)\.0-0", plain(anchor.number).text)
    return int(match[1]) if match else 0


def first_of(scope: Scope | None, issued: Sequence[Anchor]) -> int:
    """The first paragraph of a scope that has words, not only a number, else the first that has anything; -1 for none."""
    paragraphs = scope.paragraphs if scope else ()
    said = [index for index in paragraphs if issued[index].text.strip()]
    named = (index for index in said if any(character.isalpha() for character in issued[index].text))
    return next(named, said[0] if said else -1)
