"""The table of changes (修改对照表) as rows, before anybody writes it: 序号, 章节, 原稿, 修改稿, 修改依据 (whoever asks for it knows these heads)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from drafter.comparison.model import Change, Kind, Part, Segment, State
from drafter.comparison.shortening import merged, shortened
from drafter.source.frozen import dataclass

TITLE = "修改对照表"
NEW, GONE = "（新增）", "（删去）"
CURRENT = "当前稿"
_PARAGRAPH_END = "¶\n"
_SAID = {Kind.TEXT: "正文", Kind.TABLE: "表格", Kind.NOTE: "脚注", Kind.COVER: "封面"}


@dataclass(frozen=True, slots=True)
class Version:
    """How a version is called: its stage, its version (empty for the one being written), and its day as ISO, empty where it has none."""

    stage: str
    name: str
    day: str

    def told(self, other: Version) -> str:
        """The stage; with the version where the other has the same stage."""
        if self.stage and self.stage != other.stage:
            return self.stage
        return " ".join(filter(None, (self.stage, self.name or CURRENT)))


@dataclass(frozen=True, slots=True)
class Row:
    """One line: the place in lines, what was and what is with the state of each word, and the reason."""

    number: int
    place: tuple[str, ...]
    old: tuple[Segment, ...]
    new: tuple[Segment, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole table: its title, the sentence above it, its heads, its rows, the sentences below it."""

    title: str
    sentence: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    below: tuple[str, ...] = ()


def sheet(title: str, versions: tuple[Version, Version], told: Iterable[tuple[Change, str]]) -> Sheet:
    """The table of these changes with their reasons. Which version it is needs no line: the heads say so."""
    shown = [(change, reason) for change, reason in told if change.kind.counts]
    old, new = versions
    heads = ("序号", "章节", f"原稿（{old.told(new)}）", f"修改稿（{new.told(old)}）", "修改依据")
    rows = tuple(_row(number, *each) for number, each in enumerate(shown, 1))
    return Sheet(f"{title}{TITLE}", _sentence(versions, [change for change, _ in shown]), heads, rows)


def _sentence(versions: tuple[Version, Version], changes: Sequence[Change]) -> str:
    old, new = versions
    between = f"{new.told(old)}{_dated(new)}与{old.told(new)}{_dated(old)}相比，"
    if not changes:
        return f"{between}没有修改。"
    came, went = (sum(1 for change in changes if getattr(change, side)) for side in ("came", "went"))
    counts = (("修改", len(changes) - came - went), ("新增", came), ("删去", went))
    kinds = ((said, sum(change.kind is kind for change in changes)) for kind, said in _SAID.items())
    moved = sum(change.moved for change in changes if change.came)
    where = "、".join(f"{said}{count}处" for said, count in kinds if count)
    what = "、".join(f"{said}{count}处" for said, count in counts if count)
    moves = f"（含位置调整{moved}处，新增、删去各计一次）" if moved else ""
    return f"{between}共改动{len(changes)}处：{what}{moves}；{where}。"


def _dated(version: Version) -> str:
    day = date.fromisoformat(version.day) if version.day else None
    told = "，".join(filter(None, (version.name, f"{day.year}年{day.month}月{day.day}日" if day else "")))
    return f"（{told}）" if told else ""


def _row(number: int, change: Change, reason: str) -> Row:
    old, new = (_side(change, state) for state in (State.DELETED, State.INSERTED))
    return Row(
        number, place(change), old or (Segment(State.KEPT, NEW),), new or (Segment(State.KEPT, GONE),), reason
    )


def place(change: Change) -> tuple[str, ...]:
    """Where a change stands, as a person finds it: its 章节, its 段号, in a table the row."""
    if change.kind is Kind.COVER:
        return (_SAID[Kind.COVER],)
    lines = [change.place, change.number]
    if change.kind is Kind.NOTE:
        lines.append(_SAID[Kind.NOTE])
    if change.kind is Kind.TABLE:
        table = f"《{change.table}》" if change.table else "表格"
        lines.append(f"{table}“{change.row}”行" if change.row else f"{table}表头")
    return tuple(filter(None, lines))


def _side(change: Change, state: State) -> tuple[Segment, ...]:
    """What one side says; nothing where the change is not there."""
    if change.came if state is State.DELETED else change.went:
        return ()
    out: list[Segment] = []
    for part in change.parts:
        said = _part(part, state)
        out += [Segment(State.KEPT, "\n")] if out and said else []
        out += said
    return merged(out)


def _part(part: Part, state: State) -> list[Segment]:
    shown = [
        Segment(each.state, each.text.replace("\n", _PARAGRAPH_END))
        for each in shortened(part.segments)
        if each.state in (State.KEPT, state)
    ]
    return [Segment(State.KEPT, f"{part.head}："), *shown] if part.head else shown
