"""The canary: a small Word file with every feature that the writer uses, and what to do with it.

Word and WPS do not run where this program is tested. Whoever has them opens the canary, follows its first page and sends the file back;
dropped into `tests/fixtures/returned/` it is tested from then on.

`python -m drafter.word.canary build/canary.docx`
"""

from __future__ import annotations

import sys
from pathlib import Path

from drafter.document.tree import (
    Block,
    Box,
    Cell,
    CodeBlock,
    CrossReference,
    Document,
    Heading,
    Inline,
    Item,
    Label,
    Line,
    LineBreak,
    ListBlock,
    Mark,
    Note,
    NoteReference,
    Numbering,
    Paragraph,
    Quote,
    Row,
    Rule,
    Table,
    Text,
)
from drafter.source.issues import has_errors
from drafter.source.origins import literal
from drafter.word.anchors import WordFile
from drafter.word.frames import plan_frame
from drafter.word.writing import write

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
    "全部文件放进 tests/fixtures/returned/，文件名不要改，说明见那里的 README.md。",
)
LOOKS = (
    "封面、目录、正文各从新的一页开始；目录页码是罗马数字，正文从第1页起。",
    "页码在页脚外侧：单数页在右，双数页在左，两边有一字线。",
    "章、节、一、（一）、1.、（1）六级标题的序号由软件自动编排，附件里的“一、”重新从一数起。",
    "脚注序号带圈，每页从①起。引号“”、破折号——、省略号……都是全角宽度。",
    "表题在表上方；表头两行，跨页时重复；横排页的页码接着数。",
    "“参见”后面的章节号和表号是域：按住 Ctrl 点一下能跳到那里，更新域后不变。",
)
BODY = "“十四五”时期，聚焦脱贫攻坚、聚焦特殊群体、聚焦群众关切——到2025年，全市养老机构床位达到24000张，其中护理型床位占比不低于55.0%……"


class _Maker:
    """Nodes with ids in order, and the side tables that go with them."""

    def __init__(self) -> None:
        self.count = 0
        self.labels: dict[str, Label] = {}
        self.targets: dict[str, str] = {}
        self.notes: dict[str, Note] = {}
        self.offset = 0

    def id(self) -> str:
        self.count += 1
        return f"canary#{self.count}"

    def text(self, text: str, *marks: Mark, link: str = "") -> Text:
        start, self.offset = self.offset, self.offset + len(text)
        return Text(literal("canary.md", text, start), frozenset(marks), link)

    def line(self, *parts: Inline | str) -> Line:
        return Line(tuple(self.text(part) if isinstance(part, str) else part for part in parts))

    def paragraph(self, *parts: Inline | str) -> Paragraph:
        return Paragraph(self.id(), self.line(*parts))

    def heading(self, level: int, label: str, full: str, text: str, *, name: str = "") -> Heading:
        id = self.id()
        annex = label.startswith("附件")
        self.labels[id] = Label(label, full, "annex" if annex else "heading", 1)
        if name:
            self.targets[f"sec:{name}"] = id
        return Heading(id, level, self.line(text), name, annex)

    def items(self, *items: str | tuple[Block, ...], ordered: bool = True) -> ListBlock:
        blocks = [(self.paragraph(item),) if isinstance(item, str) else item for item in items]
        return ListBlock(self.id(), ordered, 1, tuple(Item(self.id(), each) for each in blocks))

    def note(self, text: str) -> NoteReference:
        id = self.id()
        self.notes[id] = Note(id, (self.paragraph(text),))
        return NoteReference(id, None)

    def row(self, *cells: str | tuple[str, int, int]) -> Row:
        made = []
        for cell in cells:
            text, columns, rows = (cell, 1, 1) if isinstance(cell, str) else cell
            made.append(Cell(self.id(), self.line(text) if text else Line(()), "", columns, rows))
        return Row(self.id(), tuple(made))

    def table(self, number: int, caption: str, *, landscape: bool = False) -> Table:
        id = self.id()
        self.labels[id] = Label(f"表{number}", f"表{number}", "caption", number)
        self.targets[f"tbl:t{number}"] = id
        heads = (self.row(("类别", 1, 2), ("床位（张）", 2, 1), ("备注", 1, 2)), self.row("总数", "护理型"))
        county = [self.row(f"第{n}县", str(2000 + 17 * n), str(900 + 13 * n), "") for n in range(1, 9)]
        rows = (self.row(("市本级", 1, 2), "3180", "1420", "“公办”"), self.row("1200", "660", "—"), *county)
        notes = (self.line("注：数据为年末数。"),)
        return Table(id, heads, rows, 4, (), self.line(caption), f"t{number}", "单位：张", notes, landscape)

    def box(self, *blocks: Block) -> Box:
        id = self.id()
        self.labels[id] = Label("专栏1", "专栏1", "caption", 1)
        self.targets["box:b1"] = id
        return Box(id, self.line("养老服务设施建设工程"), blocks, "b1")


def canary() -> bytes:
    """The canary's bytes; always the same."""
    maker = _Maker()
    blocks = (*_instructions(maker), *_features(maker), *_end(maker))
    document = Document("canary", literal("canary.yaml", TITLE, 0), blocks, maker.notes)
    outcome = write(document, Numbering(maker.labels, maker.targets, {}), plan_frame(), FACTS)
    file: WordFile | None = outcome.value
    if file is None or has_errors(outcome.issues):
        raise AssertionError(outcome.issues)
    return file.data


def _instructions(maker: _Maker) -> tuple[Block, ...]:
    return (
        maker.heading(1, "第一章", "第一章", "请您这样做"),
        maker.heading(2, "第一节", "第一章第一节", "步骤"),
        maker.items(*STEPS),
        maker.heading(2, "第二节", "第一章第二节", "请看一看", name="looks"),
        maker.items(*LOOKS),
    )


def _features(maker: _Maker) -> tuple[Block, ...]:
    references = [
        CrossReference(target, None) for target in ("sec:looks", "sec:two", "tbl:t1", "tbl:t2", "box:b1")
    ]
    shown = [part for each in references for part in (each, "、")][:-1]
    return (
        maker.heading(1, "第二章", "第二章", "请在这一章里修改", name="two"),
        maker.heading(2, "第一节", "第二章第一节", "正文"),
        maker.paragraph(BODY, maker.note("名单见附件1，“机构”指养老机构。"), "其他文字。"),
        maker.paragraph("参见", *shown, "。"),
        maker.paragraph(
            maker.text("加粗", Mark.BOLD), "、", maker.text("斜体", Mark.ITALIC), "、", maker.text("删除线", Mark.STRIKE), "、",
            maker.text("代码 x=1", Mark.CODE), "、", maker.text("网址", link="https://example.org/"), "，这里换", LineBreak(None), "行。",
        ),
        maker.heading(3, "一、", "第二章第一节第一部分", "三级标题"),
        maker.heading(4, "（一）", "第二章第一节第一部分（一）", "四级标题"),
        maker.heading(5, "1.", "", "五级标题"),
        maker.heading(6, "（1）", "", "六级标题"),
        maker.items((maker.paragraph(maker.text("第一项。", Mark.BOLD), BODY), maker.items("里层一", "里层二")), "第二项"),
        maker.items("无序甲", "无序乙", ordered=False),
        maker.table(1, "各县床位情况"),
        maker.box(maker.paragraph(maker.text("1.护理能力提升工程。", Mark.BOLD), BODY), maker.items("箱内一", "箱内二")),
        Quote(maker.id(), (maker.paragraph("引文：", BODY),)),
        CodeBlock(maker.id(), maker.line("x = 1\n    y = 2")),
        Rule(maker.id()),
    )  # fmt: skip


def _end(maker: _Maker) -> tuple[Block, ...]:
    return (
        maker.table(2, "横排的表", landscape=True),
        maker.paragraph("横排以后又是竖排。", maker.note("第二个脚注。")),
        maker.heading(1, "附件1", "附件1", "附件的标题"),
        maker.heading(3, "一、", "", "附件里的小标题"),
        maker.paragraph(BODY),
    )


def main(arguments: list[str]) -> None:
    """Write the canary to the file that is named."""
    target = Path(arguments[0] if arguments else "build/canary.docx")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(canary())


if __name__ == "__main__":
    main(sys.argv[1:])
