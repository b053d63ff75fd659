"""What stands around the table of a form: 单位（盖章）, 联系人, 电话, 日期; in a line of its own or in cells side by side. And days as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from drafter.opinions.lines import Line
from drafter.source.frozen import dataclass

_FIELDS = {
    "unit": r"(?:反馈|填报|填表|回复|提出|征求意见|意见反馈|报送)?(?:意见)?(?:单位|部门)(?:名称)?(?:\s*[（(][^）)\n]{0,8}[）)])?",
    "person": r"(?:专家|评审人|审稿人|代表|委员)?姓名(?:\s*[（(][^）)\n]{0,8}[）)])?|(?:评审|论证)?专家(?:签名|签字)?|签\s*名|签\s*字",
    "post": r"职务(?:[/／、]?职称)?|职称(?:[/／、]?职务)?|专业|从事专业|研究领域",
    "contact": r"(?:联系人|填表人|经办人|填报人)(?:姓名|及职务|\s*[（(][^）)\n]{0,8}[）)])?",
    "telephone": r"(?:联系|办公)?(?:电话|手机)(?:号码)?|联系方式",
    "date": r"(?:填表|填报|反馈|回复|报送)?(?:日期|时间)",
}
_ANY = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _FIELDS.items())
_LABEL = re.compile(rf"(?:{_ANY})\s*[:：]")
_ALONE = re.compile(rf"(?:{_ANY})\s*[:：]?")
_BLANK = " \t\u3000_＿—-－:：,，;；"  # what stands where nothing was filled in
_DAY = re.compile(r"((?:19|20)\d\d)\s*[年./\-－]\s*(\d{1,2})\s*[月./\-－]\s*(\d{1,2})\s*日?")
_WRITTEN = re.compile(
    r"([一二三四五六七八九〇零○Ｏ]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_FIGURES = {**{c: n for n, c in enumerate("零一二三四五六七八九")}, "〇": 0, "○": 0, "Ｏ": 0}


@dataclass(frozen=True, slots=True)
class Label:
    """A field of a form and what was filled in."""

    name: str
    value: str


def labels_of(line: Line) -> tuple[Label, ...]:
    """The fields of a line, also the empty ones; none where it is something else."""
    found: list[Label] = []
    columns = sorted(line.cells)
    skipped = -1
    for at, column in enumerate(columns):
        text = line.cells[column]
        if column == skipped:
            continue
        alone = _ALONE.fullmatch(text.strip())
        if alone:
            following = columns[at + 1] if at + 1 < len(columns) else -1
            value = line.cells.get(following, "")
            if following >= 0 and not _ALONE.fullmatch(value) and not _LABEL.match(value):
                skipped = following
                found.append(Label(_name(alone), value.strip(_BLANK + "\n")))
            else:
                found.append(Label(_name(alone), ""))
            continue
        found += _inside(text)
    return tuple(found)


def _inside(text: str) -> Iterator[Label]:
    """Fields written one behind the other."""
    matches = list(_LABEL.finditer(text))
    if not matches or text[: matches[0].start()].strip(_BLANK + "\n"):
        return
    for match, following in zip(matches, [*matches[1:], None], strict=True):
        value = text[match.end() : following.start() if following else len(text)]
        yield Label(_name(match), value.strip(_BLANK + "\n"))


def _name(match: re.Match[str]) -> str:
    return next(name for name in _FIELDS if match[name] is not None)


def iso_day(text: str) -> str:
    """The first day that a text names, as ISO; empty where it names none that there is."""
    match = _DAY.search(text)
    parts: tuple[int, ...] = tuple(map(int, match.groups())) if match else ()
    if not match:
        written = _WRITTEN.search(text)
        if not written:
            return ""
        year = int("".join(str(_FIGURES[figure]) for figure in written[1]))
        parts = (year, _count(written[2]), _count(written[3]))
    try:
        return date(*parts).isoformat()
    except ValueError:
        return ""


def _count(words: str) -> int:
    tens, ten, ones = words.rpartition("十")
    return (_FIGURES.get(tens, 1) * 10 if ten else 0) + _FIGURES.get(ones, 0)
