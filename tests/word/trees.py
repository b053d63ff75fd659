"""Trees built by hand: short names for the nodes of a plan, and one specimen with everything in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from drafter.document.tree import (
    Block,
    Box,
    Cell,
    CodeBlock,
    CrossReference,
    Definition,
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
from drafter.source.issues import Outcome
from drafter.source.origins import literal
from drafter.word.anchors import WordFile
from drafter.word.frames import plan_frame
from drafter.word.writing import write
from drafter.workspace.profile import Profile

FACTS = {"稿次": "征求意见稿", "日期": "2021-01-15", "编制单位": "临港市民政局"}
TITLE = "临港市民政事业发展“十四五”规划"
LONG = "“十四五”时期，全市民政事业坚持以人民为中心的发展思想，聚焦脱贫攻坚、聚焦特殊群体、聚焦群众关切——成效显著…完成既定目标。"

Part = Inline | str


@dataclass
class Plan:
    """A plan in the making: nodes get their ids in order, labels and targets are kept beside them."""

    count: int = 0
    offset: int = 0
    labels: dict[str, Label] = field(default_factory=dict)
    targets: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    notes: dict[str, Note] = field(default_factory=dict)

    def id(self) -> str:
        self.count += 1
        return f"p145/c1s1#{self.count}"

    def text(self, text: str, *marks: Mark, link: str = "") -> Text:
        mapped = literal("sections/p145/01/01.md", text, self.offset)
        self.offset += len(text) + 1
        return Text(mapped, frozenset(marks), link)

    def line(self, *parts: Part) -> Line:
        return Line(tuple(self.text(part) if isinstance(part, str) else part for part in parts))

    def paragraph(self, *parts: Part) -> Paragraph:
        return Paragraph(self.id(), self.line(*parts))

    def heading(
        self, level: int, label: str, text: str, full: str = "", name: str = "", annex: bool = False
    ) -> Heading:
        id = self.id()
        if label:
            self.labels[id] = Label(label, full or label, "annex" if annex else "heading", 1)
        if name:
            self.targets[f"sec:{name}"] = id
        return Heading(id, level, self.line(text), name, annex)

    def items(self, *items: str | tuple[Block, ...], ordered: bool = True, start: int = 1) -> ListBlock:
        made = (Item(self.id(), (self.paragraph(item),) if isinstance(item, str) else item) for item in items)
        return ListBlock(self.id(), ordered, start, tuple(made))

    def note(self, *parts: Part) -> NoteReference:
        id = self.id()
        self.notes[id] = Note(id, (self.paragraph(*parts),))
        return NoteReference(id, None)

    def cell(self, text: str, columns: int = 1, rows: int = 1) -> Cell:
        return Cell(self.id(), self.line(text) if text else Line(()), "", columns, rows)

    def row(self, *cells: str | Cell, kind: str = "body") -> Row:
        made = tuple(self.cell(cell) if isinstance(cell, str) else cell for cell in cells)
        return Row(self.id(), made, kind)

    def table(  # noqa: PLR0913, PLR0917 -- a specimen says all of it in one place
        self, heads: tuple[Row, ...], rows: tuple[Row, ...], columns: int, caption: str = "", number: int = 0, name: str = "",
        unit: str = "", notes: tuple[str, ...] = (), landscape: bool = False,
    ) -> Table:  # fmt: skip
        id = self.id()
        if number:
            self.labels[id] = Label(f"表{number}", f"表{number}", "caption", number)
        if name:
            self.targets[f"tbl:{name}"] = id
        lines = tuple(self.line(note) for note in notes)
        line = self.line(caption) if caption else None
        above = self.line(unit) if unit else None
        return Table(id, heads, rows, columns, (), line, name, above, lines, landscape)

    def box(self, number: int, title: str, *blocks: Block, name: str = "") -> Box:
        id = self.id()
        self.labels[id] = Label(f"专栏{number}", f"专栏{number}", "caption", number)
        if name:
            self.targets[f"box:{name}"] = id
        return Box(id, self.line(title), blocks, name)

    def document(self, *blocks: Block, title: str = TITLE) -> Document:
        return Document("p145", literal("data/plans/p145.yaml", title, 30), blocks, self.notes)

    def numbering(self) -> Numbering:
        return Numbering(self.labels, self.targets, self.numbers)

    def written(
        self, *blocks: Block, scheme: str = "章节", frame: bytes = b"", profile: Profile | None = None
    ) -> Outcome[WordFile]:
        wanted = profile or Profile(scheme)
        return write(self.document(*blocks), self.numbering(), frame or plan_frame(), FACTS, profile=wanted)


def merged_table(plan: Plan, number: int, caption: str, name: str = "", landscape: bool = False) -> Table:
    """Two head rows merged both ways, and a first column merged over two rows."""
    heads = (
        plan.row(plan.cell("指标", rows=2), plan.cell("床位（张）", columns=2), plan.cell("备注", rows=2)),
        plan.row("总数", "护理型"),
    )
    rows = (
        plan.row(plan.cell("机构", rows=2), "1200", "55.0", "“好”"),
        plan.row("1300", "66.0", ""),
        plan.row("合计", "2500", "121.0", "—", kind="total"),
    )
    notes = ("注：数据为年末数。",)
    return plan.table(heads, rows, 4, caption, number, name, "单位：张", notes, landscape)


def specimen() -> tuple[Plan, tuple[Block, ...]]:
    """Every kind of block and inline that the writer knows."""
    plan = Plan()
    text, line_break = plan.text, LineBreak(None)

    def reference(target: str) -> CrossReference:
        return CrossReference(target, None)

    inner = plan.table(
        (plan.row("甲", "乙"),), (plan.row("一个很长的单元格里面的说明文字", "2"), plan.row("3", "4")), 2
    )
    blocks: tuple[Block, ...] = (
        plan.heading(1, "第一章", "发展基础和面临形势"),
        plan.heading(2, "第一节", "发展基础", "第一章第一节"),
        plan.paragraph(LONG, plan.note("名单见附表2，“机构”指……")),
        plan.paragraph(
            "参见", reference("sec:situation"), "、", reference("sec:whole"), "、", reference("tbl:main"), "和",
            reference("box:care"), "、", reference("sec:third"), "。", text("加粗", Mark.BOLD), text("斜体", Mark.ITALIC),
            text("删去", Mark.STRIKE), text("x = 1", Mark.CODE), text("又粗又斜", Mark.BOLD, Mark.ITALIC),
            text("链接", link="https://example.org/a?b=1&c=2"), "换", line_break, '行 <a> & "b"',
        ),
        plan.heading(3, "一、", "三级", "第一章第一节第一部分", "third"),
        plan.heading(4, "（一）", "四级"),
        plan.heading(5, "1.", "五级"),
        plan.heading(6, "（1）", "六级"),
        plan.items(
            (plan.paragraph(text("推进建设。", Mark.BOLD), LONG), plan.items("子项一", "子项二")),
            (plan.paragraph("第二项"), plan.paragraph("第二项第二段")),
        ),
        plan.paragraph("中间"),
        plan.items("重新一", "重新二"),
        plan.items("无序甲", (plan.paragraph("无序乙", plan.note("又一个注释")), plan.items("里层", ordered=False)), ordered=False),
        plan.heading(2, "第二节", "面临形势", "第一章第二节", "situation"),
        merged_table(plan, 1, "主要指标", "main"),
        plan.box(
            1, "养老服务设施建设工程",
            plan.paragraph(text("1.失能照护。", Mark.BOLD), LONG), plan.items("箱内一", "箱内二"), merged_table(plan, 0, ""),
            name="care",
        ),
        plan.box(2, "只有一张表", inner),
        Quote(plan.id(), (plan.paragraph("引文"),)),
        Definition(plan.id(), plan.line("护理型床位"), (plan.paragraph("指主要供失能老年人使用的床位。"), plan.paragraph("又一段"))),
        CodeBlock(plan.id(), plan.line("x = 1\n\ty = 2")),
        Rule(plan.id()),
        plan.heading(1, "第二章", "总体要求", name="whole"),
        plan.paragraph("横排之前"),
        merged_table(plan, 2, "横排表", landscape=True),
        plan.paragraph("横排之后"),
        plan.heading(1, "附件1", "重点任务分工方案", annex=True),
        plan.heading(3, "一、", "附件里的标题"),
        plan.paragraph(LONG),
        merged_table(plan, 3, "末尾横排表", landscape=True),
    )  # fmt: skip
    return plan, blocks
