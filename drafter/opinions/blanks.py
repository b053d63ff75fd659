"""Forms to be filled in: 反馈意见表 for reviewers, as Word and Excel; 意见录入 for what came by telephone, in meetings, in pencil and by post."""

from __future__ import annotations

from datetime import date

from drafter.ooxml.grid import Column, Grid, Row
from drafter.ooxml.workbook import workbook
from drafter.opinions.channels import ENTERED
from drafter.source.frozen import dataclass
from drafter.source.issues import Outcome
from drafter.word import grids
from drafter.word.grids import Framed

FORM, ENTRY = "反馈意见表", "意见录入"
_ROWS, _LINES, _ENTRIES = 12, 2, 100
_GAP = "\u3000" * 12

_COLUMNS = (
    Column("序号", 6, 6, centred=True),
    Column("段号或章节", 16, 18),
    Column("原文", 29, 48),
    Column("建议改为", 29, 48),
    Column("理由", 20, 30),
)
_ENTRY_COLUMNS = (
    Column("单位", 14, 20),
    Column("姓名职务", 10, 14),
    Column("形式", 8, 10, centred=True, choices=tuple(map(str, ENTERED))),
    Column("段号或原文", 18, 32),
    Column("意见", 20, 40),
    Column("改为", 14, 32),
    Column("理由", 10, 24),
    Column("证据文件", 6, 18),
)
_HOW = (
    "填表说明：“段号或章节”写阅读稿左边印的段号（如3.2-14，表格第2行写3.2-14/2），或者写第几章第几节；“原文”照抄要改的话；"
    "“建议改为”写改好的话，要删去的写“删除”，只提看法的直接写看法。一条意见一行，不够可以加行。如无意见，请在“建议改为”栏写“无意见”。"
)
_HOW_ENTERED = (
    "填表说明：一条意见一行。“段号或原文”写段号（如3.2-14），或者抄几个字的原文；有改好的话写在“改为”，没有的写在“意见”；"
    "“证据文件”写录音、照片、扫描件的文件名。"
)


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is asked about: the plan's title, the stage as its cover shows it, the version, until when (ISO; empty where no day is set)."""

    plan: str
    stage: str
    version: str = ""
    until: str = ""


def form_as_word(occasion: Occasion, framed: Framed) -> Outcome[bytes]:
    """The blank form in a frame (`drafter.word.frames.feedback`), whose facts name the plan and the stage; none where the frame cannot be used."""
    fields = f"单位（盖章）：{_GAP}联系人：{_GAP}电话："
    grid = _form(occasion, (fields,))
    return grids.document(framed, grid.title, grid)


def form_as_excel(occasion: Occasion, day: str) -> bytes:
    """The blank form as a workbook; `day` (ISO) is what it says of its own making."""
    return workbook(_form(occasion, ("单位（盖章）：", "联系人：", "电话：")), FORM, day)


def entry_as_excel(occasion: Occasion, day: str) -> bytes:
    """The blank entry sheet (意见录入.xlsx)."""
    rows = tuple(Row(((),) * len(_ENTRY_COLUMNS)) for _ in range(_ENTRIES))
    title = f"{_titled(occasion)}{ENTRY}"
    return workbook(Grid(title, (_HOW_ENTERED,), _ENTRY_COLUMNS, rows, blank=1), ENTRY, day)


def _form(occasion: Occasion, fields: tuple[str, ...]) -> Grid:
    empty = ((),) * (len(_COLUMNS) - 1)
    rows = tuple(Row((number, *empty)) for number in range(1, _ROWS + 1))
    return Grid(
        f"{_titled(occasion)}{FORM}",
        (_asked(occasion), *fields),
        _COLUMNS,
        rows,
        (_HOW,),
        unbroken=True,
        blank=_LINES,
    )


def _titled(occasion: Occasion) -> str:
    return f"{occasion.plan}（{occasion.stage}）" if occasion.stage else occasion.plan


def _asked(occasion: Occasion) -> str:
    version = "，".join(filter(None, (occasion.stage, occasion.version)))
    told = f"《{occasion.plan}》（{version}）" if version else f"《{occasion.plan}》"
    if not occasion.until:
        return f"请对{told}提出意见，填在下面的表里。"
    day = date.fromisoformat(occasion.until)
    return f"请对{told}提出意见，填在下面的表里，于{day.year}年{day.month}月{day.day}日前反馈。"
