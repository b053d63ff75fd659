"""The heads of forms: which column says what. Offices make their own forms, and no two have the same words over their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import groupby

from drafter.opinions.lines import Line
from drafter.opinions.normal import plain
from drafter.source.frozen import dataclass


class Role(StrEnum):
    """What a column says."""

    NUMBER = "number"
    UNIT = "unit"
    PERSON = "person"
    CHANNEL = "channel"
    DATE = "date"
    PLACE = "place"
    SPOT = "spot"  # 段号 or words of the draft
    QUOTE = "quote"
    INSTEAD = "instead"  # the new words
    WISH = "wish"  # the new words, or advice
    WORDS = "words"
    REASON = "reason"
    EVIDENCE = "evidence"
    NOTE = "note"
    OURS = "ours"  # what the drafters fill in


_ALSO = "(?:和|及|与|或|、|/|以及)?"
_IN_BRACKETS = r"(?:\(.*\))?"
_DRAFT = "(?:规划|文稿|文件|征求意见稿|送审稿|讨论稿|评审稿|初稿|稿件|现)"
_HEADS: Mapping[Role, tuple[str, ...]] = {
    Role.NUMBER: ("序号", "编号", "顺序号?", r"No\.?", "号"),
    Role.SPOT: ("(?:段号|章节|位置)(?:或|/|、|及)原文.*", "原文或段号.*"),
    Role.EVIDENCE: (
        "证据(?:文件|材料)?",
        "证明材料",
        "佐证(?:材料)?",
        "来源文件",
        "附件(?:名称|材料)?",
        "录音",
        "凭证",
    ),
    Role.UNIT: (
        rf"(?:反馈|提出|征求|意见|来文|填报|回复|征求意见|提出意见)?(?:的)?(?:单位|部门|处室|科室)(?:名称)?{_IN_BRACKETS}",
    ),
    Role.PERSON: (
        "姓名.*",
        "(?:意见)?提出人.*",
        "意见人.*",
        "专家(?:姓名)?",
        "代表(?:姓名)?",
        "人员",
        "职务.*",
        "联系人.*",
    ),
    Role.CHANNEL: ("(?:反馈)?(?:形式|方式|途径|渠道)", "来源"),
    Role.DATE: ("(?:反馈|提出|收到)?(?:日期|时间)",),
    Role.QUOTE: (
        rf"{_DRAFT}?(?:的)?原(?:文|稿|表述|条文|句|内容|文内容)(?:内容|表述|摘录|文字|条款)*{_IN_BRACKETS}",
        rf"{_DRAFT}(?:表述|内容|条文)?{_IN_BRACKETS}",
        "修改前.*",
        "条文内容",
        "文本内容",
        "(?:需要?|拟)?修改(?:的)?(?:原文|原内容)",
    ),
    Role.REASON: (
        rf"(?:修改|调整|建议|提出|采纳)?(?:的)?(?:理由|依据|原因|说明){_ALSO}(?:理由|依据|原因|说明|政策依据)?{_IN_BRACKETS}",
        "理由.*",
        "依据.*",
    ),
    Role.INSTEAD: (
        r"(?:建议|拟|应|宜)?(?:修改|调整|改|修订|更改|变更|表述)(?:为|成|后)(?:的)?(?:内容|表述|文字|条文|表述内容)?(?:\(.*\))?",
        "建议(?:修改为|改为|表述).*",
        "修改后.*",
        "修改稿.*",
    ),
    Role.WISH: (
        rf"(?:具体|建议)?(?:修改|修订|反馈|补充|完善|调整)(?:的)?(?:意见|建议){_ALSO}(?:意见|建议|内容|理由)*{_IN_BRACKETS}",
        "建议(?:修改)?(?:内容|修改)?",
        f"(?:修改)?(?:意见|建议){_ALSO}(?:意见|建议)",
        "意见建议.*",
        f"具体(?:意见|建议){_ALSO}(?:意见|建议)?",
        "修改内容",
    ),
    Role.WORDS: (
        rf"(?:具体|主要|您的|反馈|评审|专家|审稿)?(?:的)?意见(?:内容|及理由|情况)?{_IN_BRACKETS}",
        "内容",
        "(?:存在(?:的)?)?问题(?:描述)?",
        "评论",
        "反馈内容",
        "意见反馈",
    ),
    Role.PLACE: (
        "段号.*",
        "章节.*",
        "(?:所在|涉及|对应|具体)?(?:的)?(?:章节|页码|位置|条款|条目|段落|页数|行数|行号|部分|章|节|页|行|条).{0,14}",
    ),
    Role.OURS: (
        "(?:是否|意见)?(?:采纳|采用|吸收).*",
        "(?:处理|办理|落实|研究)(?:意见|情况|结果|建议).*",
        "(?:承办|责任)(?:单位|科室|处室)",
    ),
    Role.NOTE: ("备注", "其他", "其它", "附注"),
}
_KNOWN = tuple((role, re.compile("|".join(patterns), re.IGNORECASE)) for role, patterns in _HEADS.items())
_SAYING = frozenset((Role.QUOTE, Role.INSTEAD, Role.WISH, Role.WORDS, Role.SPOT))
_LONGEST = 24  # plain characters of a head


@dataclass(frozen=True, slots=True)
class Columns:
    """The role of each column; several columns may have one."""

    roles: Mapping[int, Role]

    def cells(self, line: Line, role: Role) -> str:
        """What a row says in the columns of a role."""
        texts = [
            line.cells[column] for column, each in self.roles.items() if each is role and column in line.cells
        ]
        return (" " if role is Role.PLACE else "\n").join(texts)

    def others(self, line: Line) -> str:
        """What stands in columns without a role: nothing that was written is lost."""
        return "\n".join(text for column, text in sorted(line.cells.items()) if column not in self.roles)


def role_of(head: str) -> Role | None:
    """What a column of this head says."""
    words = plain(head).text
    if not words or len(words) > _LONGEST:
        return None
    return next((role for role, pattern in _KNOWN if pattern.fullmatch(words)), None)


def columns_of(lines: Sequence[Line], at: int) -> tuple[Columns, int] | None:
    """The columns that the row `at` heads, with those of a second row of heads below it, and how many rows that is."""
    first = _roles(lines[at])
    if not _heads(lines[at], first):
        return None
    below = lines[at + 1] if at + 1 < len(lines) and lines[at + 1].table == lines[at].table else None
    second = _roles(below) if below is not None else {}
    if below is not None and second and len(second) == len(below.cells) and _SAYING & set(second.values()):
        return Columns(_two_rows(lines[at], first, second)), 2
    return Columns(first), 1


def _roles(line: Line) -> dict[int, Role]:
    found = {column: role_of(text) for column, text in line.cells.items()}
    return {column: role for column, role in sorted(found.items()) if role is not None}


def _heads(line: Line, roles: Mapping[int, Role]) -> bool:
    """Whether a row is one of heads: most of its cells are known, and one of them is for what people have to say."""
    saying = {role for role in roles.values() if role in _SAYING}
    if saying == {Role.WORDS} and Role.PLACE not in roles.values():  # many tables have a column 内容
        saying = {role for column, role in roles.items() if role in saying and "意见" in line.cells[column]}
    return len(roles) > 1 and len(roles) * 2 >= len(line.cells) and bool(saying)


def _two_rows(top: Line, first: Mapping[int, Role], second: Mapping[int, Role]) -> dict[int, Role]:
    """In Excel the cells of both rows have the same columns; in Word those above a row are counted without what they span."""
    if _spanned(top, second):
        return {**{column: role for column, role in first.items() if column not in second}, **second}
    out: dict[int, Role] = {}
    column = min(*top.cells, *second)
    for above in sorted(top.cells):
        if column in second:  # a head over those of the second row
            while column in second:
                column += 1
            continue
        if above in first:
            out[column] = first[above]
        column += 1
    return out | dict(second)


def _spanned(top: Line, second: Mapping[int, Role]) -> bool:
    """Whether the upper row leaves the columns free that its head goes over: so it is where columns are counted through."""
    return any(column not in top.cells for run in _runs(second) for column in run[1:])


def _runs(columns: Mapping[int, Role]) -> Iterator[list[int]]:
    """Columns side by side."""
    for _, run in groupby(enumerate(sorted(columns)), lambda pair: pair[1] - pair[0]):
        yield [column for _, column in run]
