"""What each paragraph of a file is for: which of our styles stands for it, and how most of that role look."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from drafter.source.frozen import dataclass
from drafter.word.office.kinds import LEVELS, around_table, is_line, kind_of, opens_box
from drafter.word.office.regions import Regions
from drafter.word.office.story import Block, File, Paragraph, Table

_DEEPEST = 6
_TEXT = 9
"""`w:outlineLvl` of what is no heading."""
_NAMES = re.compile(
    r"^(?:heading|标题|标题样式|h|第)?\s*([1-6一二三四五六])\s*(?:级?标题|级)?$|^(章|节)(?:标题|名)?$",
    re.IGNORECASE,
)
_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "章": 1, "节": 2}


@dataclass(frozen=True, slots=True)
class Role:
    """How the paragraphs of one role look: the most common look, by a paragraph that shows it, and how many have it."""

    style: str
    example: Paragraph
    count: int
    all: int


@dataclass(frozen=True, slots=True)
class Roles:
    """What was found in a file; `scheme` is 章节, 公文 or empty, `typed` whether the numbers of headings are typed."""

    scheme: str
    typed: bool
    found: dict[str, Role]


def roles(file: File, parts: Regions) -> Roles:
    """The roles of a file's text."""
    text = file.blocks[parts.text :]
    headings = [block for block in text if isinstance(block, Paragraph) and _may_head(block)]
    kinds = Counter(kind_of(each) for each in headings)
    scheme = "章节" if kinds["章"] else "公文" if kinds["一、"] else ""
    given = [*_of_text(text, scheme), *_of_contents(file.blocks[parts.contents : parts.text])]
    typed = any(style.startswith("Heading") and not each.label and kind_of(each) for style, each in given)
    return Roles(scheme, typed, common(given))


def common(given: Sequence[tuple[str, Paragraph]]) -> dict[str, Role]:
    """The most common look of each role."""
    out: dict[str, Role] = {}
    for style in dict.fromkeys(style for style, _ in given):
        own = [each for role, each in given if role == style]
        looks = Counter((each.style, each.look) for each in own)
        (best, count), *_ = looks.most_common(1)
        example = next(each for each in own if (each.style, each.look) == best)
        out[style] = Role(style, example, count, len(own))
    return out


def _may_head(paragraph: Paragraph) -> bool:
    return _level_by_style(paragraph) is not None or (is_line(paragraph) and bool(kind_of(paragraph)))


def _level_by_style(paragraph: Paragraph) -> int | None:
    """The level that the outline or the name of the style says."""
    if not paragraph.text:
        return None
    if paragraph.look.outline < _TEXT:
        return paragraph.look.outline + 1
    found = _NAMES.match(paragraph.style_name.strip())
    if found is None:
        return None
    word = found[1] or found[2]
    return _DIGITS.get(word) or int(word)


def _heading(paragraph: Paragraph, scheme: str) -> str:
    """The style of a heading, by its number where it has one, else by its style; empty where it is none."""
    if not _may_head(paragraph):
        return ""
    kind, level = kind_of(paragraph), _level_by_style(paragraph)
    if kind == "附件":
        return "GwAnnex" if level == 1 or level is None else ""
    if kind in LEVELS.get(scheme, ()):
        return f"Heading{LEVELS[scheme].index(kind) + 1}"
    return f"Heading{level}" if level is not None and level <= _DEEPEST else ""


def _of_text(blocks: Sequence[Block], scheme: str) -> Iterator[tuple[str, Paragraph]]:
    for at, block in enumerate(blocks):
        if isinstance(block, Table):
            yield from _of_table(block)
        elif block.text:
            beside = [each for each in blocks[max(at - 2, 0) : at + 3] if isinstance(each, Table)]
            role = around_table(block.text)
            if role and (beside or role == "GwFigureCaption" or _captioned(block)):
                yield role, block
            elif heading := _heading(block, scheme):
                yield heading, block
            elif not is_line(block) or block.text[-1] in "。；":
                yield "GwBody", block


def _captioned(paragraph: Paragraph) -> bool:
    return paragraph.style_name.casefold() in {"caption", "题注", "表题", "图题"}


def _of_table(table: Table) -> Iterator[tuple[str, Paragraph]]:
    box = opens_box(table.text)
    for number, row in enumerate(table.rows):
        for cell in row:
            for paragraph in cell:
                if not paragraph.text:
                    continue
                if box and table.columns == 1:
                    yield ("GwBox" if number else "GwBoxTitle"), paragraph
                elif box and not number:
                    yield "GwBoxTitle", paragraph
                else:
                    yield ("GwTbl" if number > box else "GwTblHead"), paragraph


def _of_contents(blocks: Sequence[Block]) -> Iterator[tuple[str, Paragraph]]:
    for block in blocks:
        if isinstance(block, Paragraph) and block.text:
            second = block.style_name.casefold() in {"toc 2", "目录 2"} or kind_of(block) in {"节", "（一）"}
            yield ("TOC2" if second else "TOC1"), block
