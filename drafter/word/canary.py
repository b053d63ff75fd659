"""The canary: a small Word file with every feature that the writer uses, and what to do with it.

Word and WPS do not run where this program is tested. Whoever has them opens the canary, follows its first page and sends the file back;
dropped into `tests/fixtures/returned/` it is tested from then on.

`python -m drafter.word.canary build/canary.docx`
"""

from __future__ import annotations

import hashlib
import struct
import sys
import zlib
from pathlib import Path

from drafter.document.numbering import CHAPTERS, number
from drafter.document.tree import (
    Block,
    Box,
    Cell,
    CodeBlock,
    Comment,
    CrossReference,
    Definition,
    Document,
    Equation,
    Figure,
    Formula,
    Heading,
    Inline,
    Item,
    Line,
    LineBreak,
    ListBlock,
    Mark,
    Note,
    NoteReference,
    Paragraph,
    Picture,
    Proposed,
    Quote,
    Row,
    Rule,
    Table,
    Text,
    Width,
)
from drafter.source.issues import Place, has_errors
from drafter.source.origins import literal
from drafter.word.anchors import WordFile
from drafter.word.formulas import formulas
from drafter.word.frames import plan_frame
from drafter.word.writing import write
from drafter.workspace.pictures import PictureFile

TITLE = "Word 与 WPS 试验文件"
FACTS = {"稿次": "试验稿", "日期": "2021-01-15", "编制单位": "请按第一章操作后寄回"}
STEPS = (
    "另存一份，文件名里写上软件和版本，例如 canary-word365.docx、canary-wps2023.docx。请用同一个软件做完下面各步，每做完一步另存一个文件（-1、-2、-3……）。",
    "第一份：打开后什么也不改，直接保存。如果打开时提示“需要修复”或“内容有错误”，请把提示的原话写在寄回的邮件里。",
    "第二份：右键点目录，选“更新域”，选“更新整个目录”，保存。页码、章节标题应当齐全。",
    "第三份：打开“修订”，把第二章里的“24000张”改成“25000张”；删去“聚焦特殊群体、”；在任意一段末尾加一句话；把“第二项”拆成两段；保存。",
    "第四份：关掉“修订”，做同样的修改，保存。",
    "第五份：选中“护理型床位”几个字，插入批注“请核实”；给别人的批注写一条答复；再把一条批注标为“已解决”，保存。",
    "第六份：在表1里改一个数；插入一行；删去一行；在脚注里改一个字；在专栏里改一个字，保存。",
    "第七份：打开“修订”，在图题、“护理型床位”的释义、公式前后的文字、附件的小标题、表1的小计行里各改一个字；把图1拉小一点，保存。",
    "第八份：在第二章第二节里，接受“养老科”的一处修订，拒绝一处，答复他的一条批注，其余不动，保存。",
    "全部文件放进 tests/fixtures/returned/，文件名不要改，说明见那里的 README.md。",
)
LOOKS = (
    "封面、目录、正文各从新的一页开始；目录页码是罗马数字，正文从第1页起。",
    "页码在页脚外侧：单数页在右，双数页在左，两边有一字线。",
    "章、节、一、（一）、1.、（1）六级标题的序号由软件自动编排；两个附件里的标题都是“一、（一）”，各自重新从一数起，不进目录。",
    "名词解释的词是黑体，后面接冒号和释义。图在版心正中，图题在图下方；行内的小图不被行距切掉。",
    "公式是软件自己的公式，点一下能编辑；单列的公式居中，编号（1）靠右，没有编号的也居中。",
    "“养老科”的修订（增加、删去、替换）和批注本来就有：打开就看得见，作者和日期对，黄底的几个字带批注。",
    "脚注序号带圈，每页从①起。引号“”、破折号——、省略号……都是全角宽度。",
    "表题在表上方；表头两行，跨页时重复；分组行、小计行、合计行不断开；表2单独横排一页，横排页的页码接着数。",
    "“参见”后面的章、节、表、专栏、图的号是域：按住 Ctrl 点一下能跳到那里；式的编号括号里的数是域。全选按 F9 更新，都不变（附件号是文字）。",
)
BASE, OWNER = "canary.md", "养老科"
BODY = "“十四五”时期，聚焦脱贫攻坚、聚焦特殊群体、聚焦群众关切——到2025年，全市养老机构床位达到24000张，其中护理型床位占比不低于55.0%……"


class _Maker:
    """Nodes with ids in order, and the footnotes and formulas among them."""

    def __init__(self) -> None:
        self.count = 0
        self.notes: dict[str, Note] = {}
        self.formulas: list[Formula] = []
        self.offset = 0

    def id(self) -> str:
        self.count += 1
        return f"canary#{self.count}"

    def text(self, text: str, *marks: Mark, link: str = "", proposed: Proposed | None = None) -> Text:
        start, self.offset = self.offset, self.offset + len(text)
        return Text(literal(BASE, text, start), frozenset(marks), link, proposed, BASE if proposed else "")

    def line(self, *parts: Inline | str) -> Line:
        return Line(tuple(self.text(part) if isinstance(part, str) else part for part in parts))

    def paragraph(self, *parts: Inline | str) -> Paragraph:
        return Paragraph(self.id(), self.line(*parts))

    def heading(self, level: int, text: str, *, name: str = "", annex: bool = False) -> Heading:
        return Heading(self.id(), level, self.line(text), name, annex)

    def items(self, *items: str | tuple[Block, ...], ordered: bool = True) -> ListBlock:
        blocks = [(self.paragraph(item),) if isinstance(item, str) else item for item in items]
        return ListBlock(self.id(), ordered, 1, tuple(Item(self.id(), each) for each in blocks))

    def note(self, text: str) -> NoteReference:
        id = self.id()
        self.notes[id] = Note(id, (self.paragraph(text),))
        return NoteReference(id, None)

    def formula(self, tex: str) -> Formula:
        self.formulas.append(Formula(tex, None, Place(BASE)))
        return self.formulas[-1]

    def row(self, *cells: str | tuple[str, int, int], kind: str = "body") -> Row:
        made = []
        for cell in cells:
            text, columns, rows = (cell, 1, 1) if isinstance(cell, str) else cell
            made.append(Cell(self.id(), self.line(text) if text else Line(()), "", columns, rows))
        return Row(self.id(), tuple(made), kind)

    def table(self, name: str, caption: str, *, landscape: bool = False) -> Table:
        heads = (self.row(("类别", 1, 2), ("床位（张）", 2, 1), ("备注", 1, 2)), self.row("总数", "护理型"))
        beds = [(2000 + 17 * n, 900 + 13 * n) for n in range(1, 9)]
        total, nursing = sum(each for each, _ in beds), sum(each for _, each in beds)
        rows = (
            self.row(("市级", 4, 1), kind="group"),
            self.row(("市本级", 1, 2), "3180", "1420", "“公办”"),
            self.row("1200", "660", "—"),
            self.row("小计", "4380", "2080", "", kind="subtotal"),
            self.row(("县级", 4, 1), kind="group"),
            *(self.row(f"第{n}县", str(some), str(part), "") for n, (some, part) in enumerate(beds, 1)),
            self.row("小计", str(total), str(nursing), "", kind="subtotal"),
            self.row("合计", str(4380 + total), str(2080 + nursing), "", kind="total"),
        )
        notes = (self.line("注：数据为年末数。"),)
        return Table(
            self.id(), heads, rows, 4, (), self.line(caption), name, self.line("单位：张"), notes, landscape
        )


def _drawn() -> PictureFile:
    """A chequered PNG of one bit a pixel, stored and not compressed: the same bytes whatever zlib there is."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    width, height, square = 192, 96, 16
    light, dark = b"\xff\xff\x00\x00" * (width // 32), b"\x00\x00\xff\xff" * (width // 32)
    rows = b"".join(b"\0" + (dark if y // square % 2 else light) for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 0)) + chunk(b"IEND", b"")
    data = b"\x89PNG\r\n\x1a\n" + chunks
    return PictureFile("图.png", data, hashlib.sha256(data).hexdigest(), "png", 2.0, 1.0)


def _picture(alt: str, width: Width) -> Picture:
    return Picture(BASE, "图.png", alt, width, None)


def canary() -> bytes:
    """The canary's bytes; always the same."""
    maker = _Maker()
    blocks = (*_instructions(maker), *_features(maker), *_drafting(maker), *_end(maker))
    document = Document(
        "canary", literal("canary.yaml", TITLE, 0), blocks, maker.notes, authors={BASE: OWNER}
    )
    outcome = write(
        document,
        number(document, CHAPTERS),
        plan_frame(),
        FACTS,
        pictures={f"{BASE}\n图.png": _drawn()},
        formulas=formulas(each.tex for each in maker.formulas),
    )
    file: WordFile | None = outcome.value
    if file is None or has_errors(outcome.issues):
        raise AssertionError(outcome.issues)
    return file.data


def _instructions(maker: _Maker) -> tuple[Block, ...]:
    return (
        maker.heading(1, "请您这样做"),
        maker.heading(2, "步骤"),
        maker.items(*STEPS),
        maker.heading(2, "请看一看", name="sec:looks"),
        maker.items(*LOOKS),
    )


def _features(maker: _Maker) -> tuple[Block, ...]:
    targets = ("sec:two", "sec:looks", "tbl:t1", "tbl:t2", "box:b1", "fig:f1", "eq:e1", "sec:annex")
    shown = [part for target in targets for part in (CrossReference(target, None), "、")][:-1]
    box = (
        maker.paragraph(maker.text("1.护理能力提升工程。", Mark.BOLD), BODY),
        maker.items("箱内一", "箱内二"),
    )
    return (
        maker.heading(1, "请在这一章里修改", name="sec:two"),
        maker.heading(2, "正文"),
        maker.paragraph(BODY, maker.note("名单见附件1，“机构”指养老机构。"), "其他文字。"),
        maker.paragraph("参见", *shown, "。"),
        maker.paragraph(
            maker.text("加粗", Mark.BOLD), "、", maker.text("斜体", Mark.ITALIC), "、", maker.text("删除线", Mark.STRIKE), "、",
            maker.text("代码 x=1", Mark.CODE), "、", maker.text("网址", link="https://example.org/"), "，这里换", LineBreak(None), "行。",
        ),
        maker.heading(3, "三级标题"),
        maker.heading(4, "四级标题"),
        maker.heading(5, "五级标题"),
        maker.heading(6, "六级标题"),
        maker.items((maker.paragraph(maker.text("第一项。", Mark.BOLD), BODY), maker.items("里层一", "里层二")), "第二项"),
        maker.items("无序甲", "无序乙", ordered=False),
        maker.table("tbl:t1", "各县床位情况"),
        Box(maker.id(), maker.line("养老服务设施建设工程"), box, "box:b1"),
        Quote(maker.id(), (maker.paragraph("引文：", BODY),)),
        CodeBlock(maker.id(), maker.line("x = 1\n    y = 2")),
        Rule(maker.id()),
    )  # fmt: skip


def _drafting(maker: _Maker) -> tuple[Block, ...]:
    """Open questions, terms, pictures and formulas."""
    beds = maker.paragraph("指主要供失能老年人使用的床位。", maker.note("以验收为准。"))
    links = maker.paragraph("指社区、社会组织、社会工作者的联动。")
    small = _picture("小图", Width(inches=0.4))
    need = maker.formula(r"S=\sum_{i=1}^{n}\frac{P_i}{1000}\times r_i")
    return (
        maker.heading(2, "没有定下来的地方、名词、图和公式"),
        maker.paragraph(
            "完善", maker.text("城乡统筹的", proposed=Proposed.IN), "社会", maker.text("救助", proposed=Proposed.OUT), "制度，",
            maker.text("推行", proposed=Proposed.OUT), maker.text("实行", proposed=Proposed.IN), Comment("哪个准？", BASE, 2, None), "分级管理，",
            maker.text("逐步", proposed=Proposed.MARKED), Comment("何时完成？", BASE, 1, None), "推开。",
        ),
        Definition(maker.id(), maker.line("护理型床位"), (beds,)),
        Definition(maker.id(), maker.line("三社联动"), (links,)),
        maker.paragraph("布局见下图，行内的小图", small, "后面还有字。"),
        Figure(maker.id(), _picture("", Width(share=0.4)), maker.line("养老服务设施布局示意"), "fig:f1", (maker.line("注：示意图。"),)),
        maker.paragraph("床位需求按", maker.formula(r"D=\frac{P}{1000}\times r"), "测算，汇总为"),
        Equation(maker.id(), need, "eq:e1"),
        Equation(maker.id(), maker.formula("a^2+b^2=c^2")),
    )  # fmt: skip


def _end(maker: _Maker) -> tuple[Block, ...]:
    return (
        maker.table("tbl:t2", "横排的表", landscape=True),
        maker.paragraph("横排以后又是竖排。", maker.note("最后一个脚注。")),
        maker.heading(1, "附件的标题", name="sec:annex", annex=True),
        maker.heading(2, "附件里的小标题"),
        maker.heading(3, "更小的标题"),
        maker.paragraph(BODY),
        maker.heading(2, "附件里的又一个小标题"),
        maker.heading(1, "又一个附件", annex=True),
        maker.heading(2, "又从一数起"),
        maker.paragraph("附件的文字。"),
    )


def main(arguments: list[str]) -> None:
    """Write the canary to the file that is named."""
    target = Path(arguments[0] if arguments else "build/canary.docx")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(canary())


if __name__ == "__main__":
    main(sys.argv[1:])
