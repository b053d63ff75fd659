"""What a sentence of an opinion proposes: 建议将“A”改为“B”, 删去“A”, 在“A”后增加“B”. Only what stands in quotation marks, or is a number, is taken at its word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from drafter.opinions.quotation import unwrapped
from drafter.source.frozen import dataclass

_FIRST = 0xE100
"""Quoted words are read as one character each, from here on."""
_Q = "[\ue100-\ue8ff]"
_NO = "[^\ue100-\ue8ff。；;\n]"
_NOT = "(?<!不)(?<!不应)(?<!不宜)(?<!不要)(?<!不能)(?<!不得)(?<!不必)(?<!避免)(?<!勿)"
BECOMES = (
    rf"{_NOT}(?:(?:修改|更改|变更|调整|修订|更正|改正|完善|规范|替换|更换|优化|表述|统一|统称|改|换|变)(?:表述)?(?:为|成)"
    "|应为|应是|宜为|改用|换为|→)"
)
STRIKE = rf"{_NOT}(?:删除|删去|删掉|删减|去掉|去除|取消|不再保留|予以删除)"
_ADD = r"(?:增加|增补|补充|添加|加上|加入|增写|插入|补上|增设|增列|补写|写入|写明|明确|续写|增)"
_NUMBER = r"[0-9０-９][0-9０-９,，.．]*(?:[%％‰]|[一-龥]{1,6})?"

_REPLACE = re.compile(rf"(?P<a>{_Q}){_NO}{{0,16}}?(?:{BECOMES})[：:]?{_NO}{{0,4}}?(?P<b>{_Q})")
_INSIDE = re.compile(
    rf"(?P<all>{_Q})(?:一句|一段|这句话|段落|条)?(?:中|里|之中|当中)(?:的|，|,)?{_NO}{{0,8}}?(?P<a>{_Q})"
)
_DELETE = re.compile(
    rf"(?:(?P<x>{_Q})(?:等)?(?:一词|字样|二字|两字|一句|几个字|的表述|表述|部分|内容|一段|一条)?(?:建议|可|应|宜|请|可以|应当|应该|予以|一并|都|均|全部)*{STRIKE})"
    rf"|(?:{STRIKE}{_NO}{{0,12}}?(?P<y>{_Q}))"
)
_INSERT = re.compile(
    rf"(?P<a>{_Q}){_NO}{{0,6}}?(?P<side>之?后面?|后边|之?前面?|前边){_NO}{{0,10}}?{_ADD}{_NO}{{0,8}}?[：:]?(?P<b>{_Q})"
)
_BEFORE = "(?:(?![由从])[一-龥]){0,16}?"
_NUMBERS = re.compile(
    rf"(?:将|把|由|从)\s*(?P<x>{_BEFORE})(?P<a>{_NUMBER})\s*(?:{BECOMES}|改至|调到|调至)[：:]?\s*(?P<y>[一-龥]{{0,16}}?)(?P<b>{_NUMBER})"
)
_PLAIN = re.compile(
    rf"(?P<a>{_Q}){_NO}{{0,16}}?(?:{BECOMES})[：:]?(?P<b>[^\ue100-\ue8ff。；;，,、：:\n]{{1,20}})(?=[。；;\n]|$)"
)
_ADDED = re.compile(rf"{_ADD}{_NO}{{0,10}}$")
_LEAST = 4  # characters of quoted words that show where an opinion belongs


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words of the draft and those wanted instead (None: only spoken of), and where in the text this is said."""

    quote: str
    instead: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Skeleton:
    """A text in which each quotation is one character, and where each character stood."""

    text: str
    quoted: tuple[str, ...]
    at: tuple[int, ...]

    def words(self, mark: str) -> str:
        """What is quoted."""
        return self.quoted[ord(mark) - _FIRST]


def proposals(text: str) -> list[Proposal]:
    """Everything that a text proposes, in order; no two overlap."""
    skeleton = _skeleton(text)
    found: list[Proposal] = []
    taken = bytearray(len(text) + 1)
    for pattern, read in _RULES:
        for match in pattern.finditer(skeleton.text):
            read_as = read(skeleton, match)
            if (
                read_as is None or read_as[0] == read_as[1]
            ):  # “A”统一为“A”……: the words that differ stand outside
                continue
            start, end = skeleton.at[match.start()], skeleton.at[match.end()]
            if 1 not in taken[start:end]:
                taken[start:end] = b"\1" * (end - start)
                found.append(Proposal(*read_as, start, end))
    return sorted(found, key=lambda each: each.start)


def spoken_of(text: str) -> str:
    """The longest quoted words of a text that are long enough to show where it belongs, but not those that it wants to be put in."""
    skeleton = _skeleton(text)
    told = [
        skeleton.words(mark)
        for at, mark in enumerate(skeleton.text)
        if re.match(_Q, mark) and not _ADDED.search(skeleton.text[:at])
    ]
    return max((each for each in told if len(each) >= _LEAST), key=len, default="")


def _skeleton(text: str) -> _Skeleton:
    text = re.sub(_Q, "\ufffd", text)  # characters that stand for quotations here may come from anywhere
    out: list[str] = []
    quoted: list[str] = []
    at: list[int] = []
    last = 0
    for start, end in _quotations(text):
        out += text[last:start]
        at += range(last, start)
        if len(quoted) < 0x700:  # noqa: PLR2004 -- as many as there are characters for
            out.append(chr(_FIRST + len(quoted)))
            at.append(start)
            quoted.append(unwrapped(text[start:end]))
        last = end
    out += text[last:]
    at += range(last, len(text) + 1)
    return _Skeleton("".join(out), tuple(quoted), tuple(at))


_OPENING = {"“": "”", "「": "」", "『": "』", "‘": "’", "〝": "〞"}


def _quotations(text: str) -> Iterator[tuple[int, int]]:
    """The outermost quotations, with their marks; straight marks come in twos."""
    closed = _closed(text)
    at = 0
    while at < len(text):
        mark = text[at]
        end = -1
        if mark in _OPENING:
            # typed without care: “A“ closes nothing, the next mark of the other kind does
            end = closed.get(at) or text.find(_OPENING[mark], at + 1, at + _LONGEST)
        elif mark in '"＂':
            end = text.find('"', at + 1, at + _LONGEST)
        if at < end < at + _LONGEST:
            yield at, end + 1
            at = end
        at += 1


def _closed(text: str) -> dict[int, int]:
    """Where each quotation ends; one inside it may have the same marks."""
    out: dict[int, int] = {}
    begun: dict[str, list[int]] = {closing: [] for closing in _OPENING.values()}
    for at, mark in enumerate(text):
        if mark in _OPENING:
            begun[_OPENING[mark]].append(at)
        elif begun.get(mark):
            out[begun[mark].pop()] = at
    return out


_LONGEST = 2_000  # characters of a quotation
_Reading = tuple[str, str | None]
_Rule = Callable[[_Skeleton, re.Match[str]], _Reading | None]


def _replaced(skeleton: _Skeleton, match: re.Match[str]) -> _Reading:
    return skeleton.words(match["a"]), skeleton.words(match["b"])


def _replaced_inside(skeleton: _Skeleton, match: re.Match[str]) -> _Reading | None:
    whole, part = skeleton.words(match["all"]), skeleton.words(match["a"])
    if whole.count(part) != 1:
        return None
    return whole, whole.replace(part, skeleton.words(match["b"]))


def _deleted_inside(skeleton: _Skeleton, match: re.Match[str]) -> _Reading | None:
    whole, part = skeleton.words(match["all"]), skeleton.words(match["a"])
    return (whole, whole.replace(part, "")) if whole.count(part) == 1 else None


def _deleted(skeleton: _Skeleton, match: re.Match[str]) -> _Reading:
    return skeleton.words(match["x"] or match["y"]), ""


def _inserted(skeleton: _Skeleton, match: re.Match[str]) -> _Reading:
    beside, new = skeleton.words(match["a"]), skeleton.words(match["b"])
    return beside, beside + new if "后" in match["side"] else new + beside


def _numbered(_: _Skeleton, match: re.Match[str]) -> _Reading:
    """A number with the words before it; new ones that leave those out do not mean to strike them."""
    return match["x"] + match["a"], (match["y"] or match["x"]) + match["b"]


def _plainly(skeleton: _Skeleton, match: re.Match[str]) -> _Reading | None:
    """New words without marks, up to the end of the clause, if they are of the same stuff."""
    old, new = skeleton.words(match["a"]), match["b"].strip()
    return (old, new) if set(old) & set(new) and not _VAGUE.match(new) else None


_VAGUE = re.compile("更|相关|具体|其他|上述|以下|下列|符合|准确|比较|较为|与|和|同")
_RULES: tuple[tuple[re.Pattern[str], _Rule], ...] = (
    (
        re.compile(rf"{_INSIDE.pattern}{_NO}{{0,10}}?(?:{BECOMES})[：:]?{_NO}{{0,4}}?(?P<b>{_Q})"),
        _replaced_inside,
    ),
    (re.compile(rf"{_INSIDE.pattern}{_NO}{{0,8}}?{STRIKE}"), _deleted_inside),
    (re.compile(rf"{STRIKE}{_INSIDE.pattern}"), _deleted_inside),
    (_INSERT, _inserted),
    (_REPLACE, _replaced),
    (_PLAIN, _plainly),
    (_DELETE, _deleted),
    (_NUMBERS, _numbered),
)
