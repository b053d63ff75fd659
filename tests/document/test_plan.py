"""A plan from its outline and fragments: headings, labels, references, 段号."""

from __future__ import annotations

import pytest

from drafter.document.assemble import assemble, levels
from drafter.document.numbering import number
from drafter.document.numerals import chinese
from drafter.document.reader import read_fragment
from drafter.document.references import references
from drafter.document.tree import Document, Heading, Label, ListBlock, Numbering, Text, ViewBlock
from drafter.document.walk import blocks
from drafter.source.files import Source
from drafter.source.messages import hint
from drafter.source.origins import MappedText, SourceSlice, literal
from drafter.workspace.model import Entry, Fragment, Plan
from drafter.workspace.profile import Profile
from tests.document.reading import printed


def title(text: str) -> MappedText:
    return literal("data/plans/p.yaml", text, 0)


def entry(level: int, text: str, *entries: Entry, slot: str = "", annex: bool = False) -> Entry:
    place = SourceSlice("data/plans/p.yaml", 0, len(text))
    return Entry(level, slot, title(text) if text else None, "", annex, place, entries)


def plan(*outline: Entry) -> Plan:
    return Plan(
        "p",
        "data/plans/p.yaml",
        title("规划"),
        "",
        (2021, 2025),
        2020,
        2025,
        None,
        Profile(),
        "plan",
        "",
        outline,
        {},
    )


def document(outline: tuple[Entry, ...], texts: dict[str, str]) -> tuple[Document, dict[str, Source]]:
    """The plan of an outline, and of fragments whose first line is their title."""
    made = plan(*outline)
    sources = {f"sections/{id}.md": Source(f"sections/{id}.md", text) for id, text in texts.items()}
    fragments, trees = {}, {}
    for id, text in texts.items():
        path = f"sections/{id}.md"
        name, _, body = text.partition("\n")
        start = len(name) + 1
        fragments[id] = Fragment(id, path, "p", literal(path, name, 0), "", "初稿", (), start)
        outcome = read_fragment(id, literal(path, body, start), path, sources, levels(made)[id])
        assert outcome.value is not None
        assert outcome.issues == ()
        trees[id] = outcome.value
    assembled = assemble(made, fragments, trees)
    assert assembled.value is not None
    return assembled.value, sources


def headings(made: Document, numbering: Numbering) -> list[tuple[str, str, str]]:
    """Label, title and full reference of each heading."""
    return [
        (label(numbering, block).label, printed(block.line), label(numbering, block).full)
        for block in made.blocks
        if isinstance(block, Heading)
    ]


def label(numbering: Numbering, block: Heading) -> Label:
    return numbering.labels[block.id]


OUTLINE = (
    entry(1, "基础", entry(2, "", slot="p/a"), entry(2, "未写", slot="p/none")),
    entry(1, "要求", entry(2, "", slot="p/b")),
)
TEXTS = {"p/a": "成就\n甲\n\n# 一\n\n## 二\n\n# 三\n", "p/b": "思想\n# 四\n\n## 五\n\n### 六\n\n#### 七\n"}


def test_the_scheme_of_chapters() -> None:
    made, _ = document(OUTLINE, TEXTS)
    assert headings(made, number(made, "章节")) == [
        ("第一章", "基础", "第一章"),
        ("第一节", "成就", "第一章第一节"),
        ("一、", "一", "第一章第一节第一部分"),
        ("（一）", "二", "第一章第一节第一部分（一）"),
        ("二、", "三", "第一章第一节第二部分"),
        ("第二节", "未写", "第一章第二节"),
        ("第二章", "要求", "第二章"),
        ("第一节", "思想", "第二章第一节"),
        ("一、", "四", "第二章第一节第一部分"),
        ("（一）", "五", "第二章第一节第一部分（一）"),
        ("1.", "六", "第二章第一节第一部分（一）1"),
        ("（1）", "七", "第二章第一节第一部分（一）1（1）"),
    ]


def test_the_scheme_of_official_papers_has_four_levels() -> None:
    made, _ = document(OUTLINE, TEXTS)
    assert headings(made, number(made, "公文"))[6:] == [
        ("二、", "要求", "第二部分"),
        ("（一）", "思想", "第二部分（一）"),
        ("1.", "四", "第二部分（一）1"),
        ("（1）", "五", "第二部分（一）1（1）"),
        ("", "六", ""),
        ("", "七", ""),
    ]


@pytest.mark.parametrize(
    ("count", "numeral"),
    [
        (1, "一"), (9, "九"), (10, "十"), (11, "十一"), (19, "十九"), (20, "二十"), (21, "二十一"),
        (99, "九十九"), (100, "一百"), (101, "一百零一"), (110, "一百一十"), (111, "一百一十一"), (1001, "一千零一"),
        (1010, "一千零一十"), (2100, "二千一百"), (10000, "10000"),
    ],
)  # fmt: skip
def test_chinese_numerals(count: int, numeral: str) -> None:
    assert chinese(count) == numeral


def test_the_eleventh_chapter_and_the_twenty_first_section() -> None:
    outline = tuple(entry(1, f"章{n}", *(entry(2, f"节{m}") for m in range(1, 22))) for n in range(1, 12))
    made, _ = document(outline, {})
    assert headings(made, number(made, "章节"))[-1] == ("第二十一节", "节21", "第十一章第二十一节")


def test_outline_headings_have_ids_of_the_plan_and_titles_from_where_they_stand() -> None:
    made, _ = document(OUTLINE, TEXTS)
    first, second = [block for block in made.blocks if isinstance(block, Heading)][:2]
    assert (first.id, second.id) == ("p#1", "p#2")
    assert first.origin == SourceSlice("data/plans/p.yaml", 0, 2)
    (text,) = second.line.inlines
    assert isinstance(text, Text)
    assert text.mapped == literal("sections/p/a.md", "成就", 0)


def test_annexes_count_by_themselves_and_their_headings_without_chapter() -> None:
    outline = (
        entry(1, "基础", entry(2, "", slot="p/a")),
        entry(1, "", slot="p/x", annex=True),
        entry(1, "分工", annex=True),
    )
    made, _ = document(outline, {"p/a": "成就\n甲\n", "p/x": "解释\n# 一\n\n甲\n\n## 二\n\n乙\n"})
    numbering = number(made, "章节")
    assert headings(made, numbering)[2:] == [
        ("附件1", "解释", "附件1"),
        ("一、", "一", "附件1第一部分"),
        ("（一）", "二", "附件1第一部分（一）"),
        ("附件2", "分工", "附件2"),
    ]
    schemes = [label(numbering, block).scheme for block in made.blocks if isinstance(block, Heading)]
    assert schemes == ["heading", "heading", "annex", "annex-heading", "annex-heading", "annex"]


def test_tables_and_figures_of_annexes_may_count_by_themselves() -> None:
    outline = (
        entry(1, "", slot="p/a"),
        entry(1, "", slot="p/x", annex=True),
        entry(1, "", slot="p/y", annex=True),
    )
    table, figure = "::: table 视图 {#tbl:%s}\n:::\n", "![题](a.png){#fig:%s}\n"
    texts = {
        "p/a": "甲\n" + table % "one" + "\n" + figure % "one",
        "p/x": "乙\n" + table % "two" + "\n" + figure % "two",
        "p/y": "丙\n" + table % "three",
    }
    made, _ = document(outline, texts)
    names = ("tbl:one", "fig:one", "tbl:two", "fig:two", "tbl:three")
    for apart, wanted in ((True, "表1 图1 附表1 附图1 附表2"), (False, "表1 图1 表2 图2 表3")):
        numbering = number(made, "章节", apart=apart)
        assert [numbering.labels[numbering.targets[name]].label for name in names] == wanted.split()


def test_tables_and_boxes_count_through_the_plan_and_a_table_alone_in_a_box_is_the_box() -> None:
    outline = (entry(1, "", slot="p/a"), entry(1, "", slot="p/b"))
    texts = {
        "p/a": "甲\n::: table 视图 {#tbl:one}\n:::\n\n::: box 目标 {#box:goals}\n::: table 主要指标 {#tbl:main}\n:::\n:::\n",
        "p/b": "乙\n|a|\n|-|\n\n::: table 表题 {#tbl:two}\n|a|\n|-|\n:::\n\n::: box 工程 {#box:works}\n甲\n:::\n",
    }
    made, _ = document(outline, texts)
    numbering = number(made, "章节")
    full = {name: numbering.labels[node].full for name, node in numbering.targets.items()}
    assert full == {
        "sec:a": "第一章",
        "sec:b": "第二章",
        "tbl:one": "表1",
        "box:goals": "专栏1",
        "tbl:main": "专栏1",
        "tbl:two": "表2",
        "box:works": "专栏2",
    }
    inner = [block for block in blocks(made.blocks) if isinstance(block, ViewBlock)][1]
    assert inner.id not in numbering.labels


def test_list_items_are_numbered_and_deeper_ones_in_brackets() -> None:
    made, _ = document((entry(1, "", slot="p/a"),), {"p/a": "甲\n3. 一\n   1. 二\n   2. 三\n4. 四\n\n- 五\n"})
    numbering = number(made, "章节")
    items = [item for block in blocks(made.blocks) if isinstance(block, ListBlock) for item in block.items]
    labels = [numbering.labels[item.id].label if item.id in numbering.labels else "" for item in items]
    assert labels == ["3.", "4.", "（1）", "（2）", ""]


def test_paragraph_numbers_count_under_their_section() -> None:
    outline = (entry(1, "章", entry(2, "", slot="p/a"), entry(2, "", slot="p/b")), entry(1, "", slot="p/c"))
    texts = {
        "p/a": "节\n甲\n\n1. 乙\n\n   丙\n2. 丁\n\n# 戊\n\n::: table 己\n:::\n",
        "p/b": "节\n::: box 庚\n辛\n:::\n",
        "p/c": "章\n壬\n",
    }
    made, _ = document(outline, texts)
    numbering = number(made, "章节")
    numbers = [
        numbering.paragraph_numbers[block.id]
        for block in blocks(made.blocks)
        if not isinstance(block, ListBlock)
    ]
    # 章 节 甲 乙 丙 丁 戊 己 | 节 庚 辛 | 章 壬
    assert numbers == [
        *("1.0-0", "1.1-0", "1.1-1", "1.1-2", "1.1-3", "1.1-4", "1.1-5", "1.1-6"),
        *("1.2-0", "1.2-1", "1.2-2", "2.0-0", "2.0-1"),
    ]


def test_an_unknown_target_is_said_with_the_nearest_name() -> None:
    texts = {"p/a": "甲\n见@tbl:beds。\n\n::: table 床位 {#tbl:bed}\n:::\n\n脚注[^1]\n\n[^1]: 见@sec:x\n"}
    made, sources = document((entry(1, "", slot="p/a"),), texts)
    issues = references(made, sources)
    assert [(issue.code, issue.place.line, issue.place.column) for issue in issues] == [
        ("refs.unknown-target", 2, 2),
        ("refs.unknown-target", 9, 8),
    ]
    assert issues[0].facts == {"target": "tbl:beds", "what": "表", "nearest": "tbl:bed"}


@pytest.mark.parametrize(
    ("target", "near"),
    [
        ("box:bed", "tbl:bed"),  # the name of another kind
        ("fig:nope", ""),  # two kinds of three letters are no likeness
        ("tbl:nope", ""),
    ],
)
def test_a_name_like_no_other_has_no_nearest(target: str, near: str) -> None:
    texts = {"p/a": f"甲\n见@{target}。\n\n::: table 床位 {{#tbl:bed}}\n:::\n"}
    made, sources = document((entry(1, "", slot="p/a"),), texts)
    (issue,) = references(made, sources)
    assert issue.facts["nearest"] == near
    assert ("写上名字" in hint(issue)) == (not near)
    assert f"@{near}" in hint(issue) or not near


def test_a_doubled_name_is_said_with_both_places_and_the_first_keeps_it() -> None:
    outline = (entry(1, "", slot="p/a"), entry(1, "", slot="p/b"))
    texts = {"p/a": "甲\n# 乙 {#sec:x}\n", "p/b": "丙\n\n# 丁 {#sec:x}\n"}
    made, sources = document(outline, texts)
    (issue,) = references(made, sources)
    assert (issue.code, issue.place.file, issue.place.line) == ("refs.doubled-id", "sections/p/b.md", 3)
    assert issue.facts["other"] == "sections/p/a.md:2:1"
    numbering = number(made, "章节")
    assert numbering.targets["sec:x"] == "p/a#1"
