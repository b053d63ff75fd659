"""The cover of an old plan: what on it is the title, the stage, the office, the date, and a tag in the place of each.

Looked at as a reader would: the title is the largest, the date reads like one. What cannot be told is left as it is and said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field

from drafter.source.frozen import dataclass
from drafter.word.facts import TAGS
from drafter.word.looks import own_text
from drafter.word.office.story import Paragraph
from drafter.word.office.words import replaced, vanish

_DATES = (
    ("汉字日期", re.compile(r"[二〇○零ＯO一三四五六七八九]{4}\s*年\s*[一二三四五六七八九十]{1,2}\s*月\s*[一二三四五六七八九十]{1,3}\s*日")),
    ("汉字年月", re.compile(r"[二〇○零ＯO一三四五六七八九]{4}\s*年\s*[一二三四五六七八九十]{1,2}\s*月")),
    ("日期", re.compile(r"(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}")),
    ("年月", re.compile(r"(?:19|20)\d\d\s*年\s*\d{1,2}\s*月|(?:19|20)\d\d[./-]\d{1,2}(?!\d)")),
)  # fmt: skip
_STAGE = re.compile(r"[（(〔\[]\s*([^（）()〔〕\[\]]{0,14}稿[^（）()〔〕\[\]]{0,8})\s*[）)〕\]]")
_BARE_STAGE = re.compile(
    r"^\S{0,8}(?:讨论|意见|送审|审议|报批|报审|评审|论证|征求意见|公示|印发|初|草|二|三|修改|修订)稿$"
)
_PERIOD = re.compile(r"(?:19|20)\d\d\s*年?\s*[—–－\-~～至到]{1,2}\s*(?:19|20)\d\d\s*年")
_LABEL = re.compile(r"^(?:编制单位|编制机关|编制部门|主编单位|编\s*制|单\s*位)\s*[：:]\s*(\S.*)$", re.DOTALL)
_OFFICE = re.compile(
    r"(?:局|委员会|委|办公室|办公厅|政府|厅|司|处|科|部|院|中心|大学|学院|公司|集团|协会|领导小组|工作组|专班|党组)$"
)
_PLAN = re.compile(r"规划|计划|纲要|方案|意见|报告|办法|规定|细则|行动|指南|导则|工作要点")
_LONGEST_OFFICE, _SMALLEST_TITLE = 40, 36


@dataclass(frozen=True, slots=True)
class Placed:
    """A tag that was put in the place of words."""

    tag: str
    replaced: str
    where: str


@dataclass(slots=True)
class Words:
    """The paragraphs that show the same words: a text box is written twice in a file, for new programs and for old ones."""

    text: str
    paragraphs: list[Paragraph]

    @property
    def size(self) -> int:
        """Half-points of its characters."""
        return max(paragraph.look.size for paragraph in self.paragraphs)


@dataclass(slots=True)
class Cover:
    """What was found on a cover: the tags, the words that stay, and what could not be told."""

    placed: list[Placed]
    kept: list[str]
    offices: list[str]
    drawn: list[str] = field(default_factory=list)
    title: str = ""
    office: str = ""


def tagged(paragraphs: Iterable[Paragraph]) -> Cover:
    """Put the tags on a cover."""
    groups = _groups(paragraphs)
    there = {tag for tag in TAGS for each in groups if "{{" in each.text and tag in each.text}
    cover = Cover([], [], [])
    left = [each for each in groups if "{{" not in each.text]
    for find in (_date, _period, _stage):
        left = find(cover, left, there)
    if "名称" not in there:
        left = _title(cover, left)
    if "编制单位" not in there:
        left = _unit(cover, left)
    cover.kept = [each.text for each in left]
    return cover


def _groups(paragraphs: Iterable[Paragraph]) -> list[Words]:
    out: dict[str, Words] = {}
    for each in paragraphs:
        if each.text:
            out.setdefault(each.text, Words(each.text, [])).paragraphs.append(each)
    return list(out.values())


def _put(cover: Cover, words: Words, old: str, tag: str, where: str = "cover") -> None:
    for paragraph in words.paragraphs:
        replaced(paragraph.element, old, f"{{{{ {tag} }}}}")
    cover.placed.append(Placed(tag, " ".join(old.split()), where))


def _date(cover: Cover, left: list[Words], there: set[str]) -> list[Words]:
    """The last date on the cover, written by the tag of its form; a day that no tag writes is left off."""
    if there & {tag for tag, _ in _DATES}:
        return left
    for words in reversed(left):
        for tag, pattern in _DATES:
            found = pattern.search(words.text)
            if found and len(words.text) - len(found[0]) <= _AROUND:
                _put(cover, words, found[0], tag if tag in TAGS else "汉字年月")
                return [each for each in left if each is not words]
    return left


_AROUND = 6
"""Characters beside a date, such as brackets or 编制于."""


def _period(cover: Cover, left: list[Words], there: set[str]) -> list[Words]:
    """The years of a plan on a line of their own."""
    out = []
    for words in left:
        found = None if "规划期" in there else _PERIOD.search(words.text)
        if found and len(words.text) - len(found[0]) <= _AROUND:
            _put(cover, words, found[0], "规划期")
        else:
            out.append(words)
    return out


def _stage(cover: Cover, left: list[Words], there: set[str]) -> list[Words]:
    """The stage, in brackets or not, on a line of its own or behind the title."""
    if there & {"稿次", "稿次行"}:
        return left
    for at, words in enumerate(left):
        bracketed = _STAGE.search(words.text)
        if bracketed and bracketed.end() == len(words.text):
            before = words.text[: bracketed.start()].rstrip()
            _put(cover, words, bracketed[0], "稿次行")
            rest = [Words(before, words.paragraphs)] if before else []
            return [*left[:at], *rest, *left[at + 1 :]]
        if _BARE_STAGE.match(words.text):
            _put(cover, words, words.text, "稿次")
            return [*left[:at], *left[at + 1 :]]
    return left


def _title(cover: Cover, left: list[Words]) -> list[Words]:
    """The largest words that read like a plan's name, over several lines where they follow each other in one size."""
    runs = _runs(left)
    named = [run for run in runs if _PLAN.search("".join(left[at].text for at in run))]
    large = [run for run in named or runs if named or left[run[0]].size >= _SMALLEST_TITLE]
    if not large:
        return left
    top = max(left[run[0]].size for run in large)
    best = [run for run in large if left[run[0]].size == top]
    if len(best) != 1:
        return left
    lines = [left[at] for at in best[0]]
    cover.title = "".join("".join(each.text.split()) for each in lines)
    _put(cover, lines[0], lines[0].text, "名称")
    cover.placed[-1] = Placed("名称", cover.title, "cover")
    for words in lines[1:]:
        for paragraph in words.paragraphs:
            replaced(paragraph.element, words.text, "")
            if not own_text(paragraph.element).strip():
                vanish(paragraph.element)
    return [each for each in left if each not in lines]


def _runs(left: Sequence[Words]) -> list[list[int]]:
    """Neighbours of one size; an office's name is no line of a title."""
    runs: list[list[int]] = []
    for at, words in enumerate(left):
        before = left[at - 1] if at else None
        if before and runs and words.size == before.size and not _is_office(before) and not _is_office(words):
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def _is_office(words: Words) -> bool:
    return (len(words.text) <= _LONGEST_OFFICE and bool(_OFFICE.search(words.text))) or bool(
        _LABEL.match(words.text)
    )


def _unit(cover: Cover, left: list[Words]) -> list[Words]:
    """The office: named as such, else the last of the offices, which stands above the date."""
    offices = [words for words in left if _is_office(words)]
    if not offices:
        return left
    chosen = next((each for each in offices if _LABEL.match(each.text)), offices[-1])
    label = _LABEL.match(chosen.text)
    cover.office = label[1] if label else chosen.text
    _put(cover, chosen, cover.office, "编制单位")
    cover.offices = [each.text for each in offices if each is not chosen]
    return [each for each in left if each is not chosen]


def tag_around(cover: Cover, paragraphs: Iterable[Paragraph], where: str) -> Iterator[Placed]:
    """The title and the office where a header or footer repeats them."""
    for paragraph in paragraphs:
        for tag, words in (("名称", cover.title), ("编制单位", cover.office)):
            if words and words in paragraph.text and replaced(paragraph.element, words, f"{{{{ {tag} }}}}"):
                yield Placed(tag, words, where)
