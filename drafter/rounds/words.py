"""An opinion in the sentence that papers print, whole: what somebody said, or what their change of the text asks for.

Papers are Chinese whoever makes them, so these words are in no catalogue. Nothing is ever shortened here but the issued words that only say where
something is to go.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from drafter.comparison.heads import Heads
from drafter.opinions.model import Channel
from drafter.review.remarks import Kind
from drafter.rounds.model import Row
from drafter.word.anchors import OBJECT, Anchor

SILENT = "（批注没有文字）"
"""A comment without a word."""

THING = "［图或注］"
"""Stands for a picture, a field or the mark of a note among words."""

_MARKED = frozenset((Channel.DRAFT.value, Channel.FORM.value))
"""Where what is asked for is no part of the comment: that is the reason for it."""

_NEAR = 16  # characters of the issued words before a place by which a reader finds it
_SHORT = 4  # characters below which nobody finds words again without those beside them
_ENDS = "。！？；\n"
_MARKS = re.compile("[，。！？；：、\\s]")
_TURNED = str.maketrans("“”‘’", "‘’“”")


class Issued:
    """The issued paragraphs (`Record.anchors`), for what a row does not say of its own place: the words before it, its table."""

    def __init__(self, paragraphs: Sequence[Anchor]) -> None:
        self.paragraphs = paragraphs
        self.heads = Heads(paragraphs)

    def before(self, paragraph: int, offset: int) -> str:
        """The last words of the sentence before a character; empty at the beginning of a paragraph, and where the row counts wrongly."""
        if not 0 <= paragraph < len(self.paragraphs):
            return ""
        text = self.paragraphs[paragraph].text[:offset].replace(OBJECT, "").rstrip()
        sentence = text[max((text.rfind(end, 0, -1) for end in _ENDS), default=-1) + 1 :]
        while len(sentence) > _NEAR and (mark := _MARKS.search(sentence, 0, len(sentence) - _SHORT)):
            sentence = sentence[mark.end() :]
        return sentence[-_NEAR:].strip()

    def around(self, paragraph: int, start: int, end: int) -> str:
        """The words between two marks in which short words stand; empty where they stand alone there."""
        if not 0 <= paragraph < len(self.paragraphs):
            return ""
        text = self.paragraphs[paragraph].text
        first = max((each.end() for each in _MARKS.finditer(text, 0, start)), default=0)
        after = _MARKS.search(text, end)
        last = after.start() if after else len(text)
        words = text[max(first, start - _NEAR) : min(last, end + _NEAR)].replace(OBJECT, "").strip()
        return words if words != text[start:end].strip() else ""

    def text(self, paragraph: int) -> str:
        """The words of a paragraph by which a reader knows it: how it begins."""
        if not 0 <= paragraph < len(self.paragraphs):
            return ""
        text = self.paragraphs[paragraph].text.replace(OBJECT, "").strip()
        return text if len(text) <= _NEAR else f"{text[:_NEAR]}…"

    def cell(self, paragraph: int, *, whole: bool) -> str:
        """`在《表》“行”行“列”列，` of a cell, without the column for a `whole` row; empty outside tables."""
        if not 0 <= paragraph < len(self.paragraphs) or self.paragraphs[paragraph].column < 0:
            return ""
        anchor = self.paragraphs[paragraph]
        table, row = self.heads.caption(anchor), self.heads.row(anchor)
        column = "" if whole or anchor.kind == "head" else self.heads.column(anchor)
        parts = (
            f"《{table}》" if table else "表中",
            f"{quoted(row)}行" if row and anchor.kind != "head" else "表头",
            f"{quoted(column)}列" if column else "",
        )
        return f"在{''.join(parts)}，"


def said(row: Row, issued: Issued | None = None, answers: Iterable[Row] = ()) -> str:
    """The opinion of a row. `issued` adds where words are to go in; `answers` are the rows that answer it, told behind it in their order."""
    told = _told(row, issued)
    for answer in answers:
        who = "".join(filter(None, (answer.unit, answer.person)))
        told += f"（{who}答：{answer.comment.strip() or SILENT}）"
    return told


def answered(rows: Iterable[Row]) -> Mapping[str, tuple[Row, ...]]:
    """The rows that answer a row, by its id, in the order of the register."""
    out: dict[str, list[Row]] = {}
    for row in rows:
        if row.reply_to:
            out.setdefault(row.reply_to, []).append(row)
    return MappingProxyType({id_: tuple(found) for id_, found in out.items()})


def quoted(words: str) -> str:
    """Words in quotation marks, those inside turned into the other kind (GB/T 15834-2011, 4.8.3.3); each line its own."""
    lines = [line for line in words.replace(OBJECT, THING).split("\n") if line.strip()]
    return "".join(f"“{line.strip().translate(_TURNED)}”" for line in lines) or f"“{words}”"


def _told(row: Row, issued: Issued | None) -> str:
    comment = row.comment.strip()
    if row.kind == Kind.COMMENT:
        return comment or SILENT
    if row.kind == Kind.FORMAT:
        return _formatted(row)
    if row.channel not in _MARKED and _says(comment, row):
        return comment
    asked = _WORDS.get(row.kind, _opinion)(row, issued)
    if not asked or not comment:
        return asked or comment or SILENT
    return f"{asked}{'' if asked[-1] in '。：' else '。'}{comment}"


def _says(comment: str, row: Row) -> bool:
    """Whether the words of a letter or a call hold both what stood there and what is asked for: they need no sentence of ours."""
    asked = [words for words in (row.original, row.proposed) if words]
    return bool(asked) and all(words in comment for words in asked)


def _lead(row: Row, issued: Issued | None) -> str:
    return issued.cell(row.change.anchor, whole=row.change.row) if issued and row.change else ""


def _replaced(row: Row, issued: Issued | None) -> str:
    if not row.original or not row.proposed:
        return (_inserted if row.proposed else _deleted)(row, issued)
    return f"{_lead(row, issued)}建议将{_found(row, issued)}改为{quoted(row.proposed)}"


def _found(row: Row, issued: Issued | None) -> str:
    """The words that are there, with those around them where they are too short to be found."""
    change = row.change
    if issued is None or change is None or len(row.original) >= _SHORT:
        return quoted(row.original)
    around = issued.around(change.anchor, change.start, change.end)
    return f"{quoted(around)}中的{quoted(row.original)}" if around else quoted(row.original)


def _inserted(row: Row, issued: Issued | None) -> str:
    before = issued.before(row.change.anchor, row.change.start) if issued and row.change else ""
    behind = f"在{quoted(before)}后" if before else ""
    return f"{_lead(row, issued)}建议{behind}增加{quoted(row.proposed)}"


def _deleted(row: Row, issued: Issued | None) -> str:
    return f"{_lead(row, issued)}建议删除{_found(row, issued)}"


def _paragraph_inserted(row: Row, issued: Issued | None) -> str:
    change = row.change
    if change is not None and change.row:
        before = issued.cell(change.anchor, whole=True) if issued else ""
        return f"{before.removesuffix('，') + '之后，' if before else ''}建议增加一行：{_cells(row.proposed)}"
    after = issued.text(change.anchor) if issued and change and change.start else ""
    behind = f"在{quoted(after)}一段后" if after else ""
    lines = [line for line in row.proposed.split("\n") if line.strip()]
    return f"建议{behind}增加{_count(len(lines))}段：{quoted(row.proposed)}"


def _paragraph_deleted(row: Row, issued: Issued | None) -> str:
    if row.change is not None and row.change.row:
        return f"{_lead(row, issued)}建议删除一行：{_cells(row.original)}"
    lines = [line for line in row.original.split("\n") if line.strip()]
    return f"{_lead(row, issued)}建议删除{_count(len(lines))}段：{quoted(row.original)}"


def _split(row: Row, issued: Issued | None) -> str:
    before = issued.before(row.change.anchor, row.change.start) if issued and row.change else ""
    behind = f"在{quoted(before)}后" if before else ""
    if row.original.strip() or row.proposed.strip():
        first, *rest = row.proposed.split("\n")
        words = f"将{quoted(row.original)}改为" if row.original.strip() else f"{behind}增加"
        parted = "，另起一段，写".join(quoted(line) for line in (first, *rest) if line.strip())
        return f"建议{words}{parted}" + ("" if first.strip() and any(rest) else "并另起一段")
    return f"建议{behind or '此处'}另起一段"


def _merged(row: Row, issued: Issued | None) -> str:
    if not row.original.strip() and not row.proposed.strip():
        head = issued.text(row.change.anchor) if issued and row.change else ""
        return f"建议将{quoted(head)}一段与后一段合为一段" if head else "建议与后一段合为一段"
    if row.proposed.strip():
        return f"建议将{quoted(row.original)}改为{quoted(row.proposed)}，前后合为一段"
    return f"建议删除{quoted(row.original)}，前后合为一段"


def _moved(row: Row, issued: Issued | None) -> str:
    if row.proposed and not row.original:
        before = issued.before(row.change.anchor, row.change.start) if issued and row.change else ""
        return f"建议将{quoted(row.proposed)}移到{quoted(before) + '之后' if before else '此处'}"
    return f"建议将{quoted(row.original)}移到别处"


def _copied(row: Row, _: Issued | None) -> str:
    return f"建议在此处重复{quoted(row.proposed or row.original)}"


def _headed(row: Row, issued: Issued | None) -> str:
    return f"页眉页脚中，{_replaced(row, issued)}" if row.original or row.proposed else ""


def _formatted(row: Row) -> str:
    """Looks that were changed; marks that somebody made by hand beside the words say nothing themselves."""
    words = quoted(row.original) if row.original.strip() else "此处"
    if row.tracked:
        return f"建议改变{words}的格式：{row.comment.strip()}"
    return f"{words}上作了标记（{row.comment.strip()}），没有写字"


def _opinion(row: Row, issued: Issued | None) -> str:
    """Words of a form or a letter; also of a kind that this version does not know, which is told by its words.

    Words for no words of the draft stand as they were written: nobody said that they are to be put in.
    """
    if row.proposed and not row.original and row.change is None:
        return row.proposed
    if row.proposed:
        return _replaced(row, issued)
    if row.original and row.change is not None:
        return _deleted(row, issued)
    return f"对{quoted(row.original)}：" if row.original and row.comment.strip() else ""


def _cells(words: str) -> str:
    return "、".join(quoted(cell) if cell.strip() else "（空）" for cell in words.split("\n"))


def _count(lines: int) -> str:
    return "一" if lines <= 1 else f"{lines}"


_WORDS: Mapping[str, Callable[[Row, Issued | None], str]] = MappingProxyType(
    {
        Kind.INSERTION: _inserted,
        Kind.DELETION: _deleted,
        Kind.REPLACEMENT: _replaced,
        Kind.VALUE: _replaced,
        Kind.PARAGRAPH_INSERTION: _paragraph_inserted,
        Kind.PARAGRAPH_DELETION: _paragraph_deleted,
        Kind.SPLIT: _split,
        Kind.MERGE: _merged,
        Kind.MOVE: _moved,
        Kind.COPY: _copied,
        Kind.HEADER: _headed,
        Kind.OPINION: _opinion,
    }
)
