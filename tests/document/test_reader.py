"""Fragments into trees: what stands where, and where it came from."""

from __future__ import annotations

import pytest

from drafter.document.tree import (
    Box,
    CodeBlock,
    Comment,
    CrossReference,
    Definition,
    Equation,
    Figure,
    FragmentTree,
    Heading,
    Line,
    ListBlock,
    NoteReference,
    Paragraph,
    Proposed,
    Quote,
    Rule,
    Table,
    Text,
    ViewBlock,
    Width,
)
from drafter.document.walk import blocks, lines
from drafter.source.origins import SourceSlice
from tests.document.reading import (
    all_lines,
    check_origins,
    only,
    only_line,
    origins,
    places,
    printed,
    read,
    read_mapped,
    read_with_issues,
    said,
    with_values,
)


def test_a_paragraph_is_one_text_with_one_slice() -> None:
    line = only_line("到2025年，建成体系。\n")
    assert origins(line, "到2025年，建成体系。\n") == [("到2025年，建成体系。", "到2025年，建成体系。")]


def test_emphasis_is_a_mark_and_its_delimiters_are_spans() -> None:
    text = "**甲*乙*丙**丁~~戊~~"
    line = only_line(text)
    assert printed(line) == "甲*b*乙*bi*丙*b*丁戊*s*"
    spans = [(span.kind, slice_of(span.open, text), slice_of(span.close, text)) for span in line.spans]
    assert spans == [("italic", "*", "*"), ("bold", "**", "**"), ("strike", "~~", "~~")]


def slice_of(origin: SourceSlice | None, text: str) -> str | None:
    return text[origin.start : origin.end] if origin else None


def test_an_odd_tilde_stands_where_it_was_typed() -> None:
    text = "~~甲~~~乙"
    line = only_line(text)
    assert printed(line) == "甲*s*~乙"
    assert origins(line, text)[-1] == ("~乙", "~乙")
    assert line.spans[0].close == SourceSlice("sections/p/01/01.md", 3, 5)


def test_three_markers_are_bold_and_italic() -> None:
    text = "***甲***"
    line = only_line(text)
    assert printed(line) == "甲*bi*"
    assert [(span.kind, slice_of(span.open, text)) for span in line.spans] == [
        ("bold", "**"),
        ("italic", "*"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**推进两级设施建设。**实施项目", "推进两级设施建设。*b*实施项目"),
        ("以**“一港”**为重点", "以“一港”*b*为重点"),
        ("（**重点**）", "（重点*b*）"),
        ("占比**55.0%**以上", "占比55.0%*b*以上"),
    ],
)
def test_emphasis_opens_and_closes_beside_chinese_punctuation(text: str, expected: str) -> None:
    assert said(text) == [expected]


def test_escapes_and_entities_are_one_piece_each() -> None:
    text = "甲\\*乙&amp;丙&#x4e59;\\丁"
    assert origins(only_line(text), text) == [
        ("甲", "甲"),
        ("*", "\\*"),
        ("乙", "乙"),
        ("&", "&amp;"),
        ("丙", "丙"),
        ("乙", "&#x4e59;"),
        ("\\丁", "\\丁"),
    ]


def test_code_is_exact_and_a_line_end_in_it_a_space() -> None:
    text = "用`` a`b\nc ``写"
    line = only_line(text)
    assert printed(line) == "用a`b c*c*写"
    assert origins(line, text) == [("用", "用"), ("a`b", "a`b"), (" ", "\n"), ("c", "c"), ("写", "写")]


def test_links_keep_their_address_and_their_delimiters() -> None:
    text = '见[**民政部**](https://www.mca.gov.cn "题")和<https://a.cn/x>。'
    line = only_line(text)
    texts = [inline for inline in line.inlines if isinstance(inline, Text)]
    assert [(t.mapped.text, t.link) for t in texts] == [
        ("见", ""),
        ("民政部", "https://www.mca.gov.cn"),
        ("和", ""),
        ("https://a.cn/x", "https://a.cn/x"),
        ("。", ""),
    ]
    links = [span for span in line.spans if span.kind == "link"]
    assert [slice_of(span.close, text) for span in links] == ['](https://www.mca.gov.cn "题")', ">"]


def test_a_line_end_between_chinese_characters_prints_nothing_and_stands_beside_the_text() -> None:
    text = "> 推进\n>   建设"
    line = only_line(text)
    assert printed(line) == "推进建设"
    assert origins(line, text) == [("推进", "推进"), ("建设", "建设")]
    assert [(span.kind, slice_of(span.open, text), span.close) for span in line.spans] == [
        ("fold", "\n>   ", None)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("推进。\n建设", "推进。建设"),
        ("推进\n“建设”\n实施", "推进“建设”实施"),
        ("at\nwork", "at work"),
        ("达到\n2025张", "达到 2025张"),
        ("**推进。**\n建设", "推进。*b*建设"),
        ("**a**\nb", "a*b* b"),
        ("见\n@tbl:x", "见@tbl:x"),
        ("甲  \n乙", "甲/乙"),
        ("甲\\\n乙", "甲/乙"),
    ],
)
def test_line_ends_in_a_paragraph(text: str, expected: str) -> None:
    assert said(text) == [expected]


def test_a_space_for_a_line_end_has_the_whole_line_end_as_its_origin() -> None:
    text = "- as\n  well"
    assert origins(only_line(text), text) == [("as", "as"), (" ", "\n  "), ("well", "well")]


def test_headings_count_from_the_slots_level() -> None:
    text = "# 一级 {#sec:one}\n\n## 二级 ##\n\n三级\n---\n"
    tree = read(text, level=2)
    headings = [block for block in tree.blocks if isinstance(block, Heading)]
    assert [(h.level, printed(h.line), h.name) for h in headings] == [
        (3, "一级", "sec:one"),
        (4, "二级", ""),
        (4, "三级", ""),
    ]
    check_origins(tree, text)


def test_a_heading_below_the_sixth_level_is_said() -> None:
    _, issues = read_with_issues("# 甲\n\n## 乙\n", level=5)
    assert [(issue.code, issue.place.line) for issue in issues] == [("document.level", 3)]


def test_lists_nest_and_keep_their_first_number() -> None:
    text = "3. 甲\n   - 乙\n\n     丙\n4. 丁 {.纲要}\n"
    tree = read(text)
    outer = only(tree)
    assert isinstance(outer, ListBlock)
    assert (outer.ordered, outer.start, len(outer.items)) == (True, 3, 2)
    inner = outer.items[0].blocks[1]
    assert isinstance(inner, ListBlock)
    assert [type(block) for block in inner.items[0].blocks] == [Paragraph, Paragraph]
    assert outer.items[1].classes == ("纲要",)
    assert [printed(line) for line in all_lines(tree)] == ["甲", "乙", "丙", "丁"]
    check_origins(tree, text)
    assert slice_of(outer.items[1].origin, text) == "4. 丁 {.纲要}"


def test_nodes_are_counted_in_the_order_of_the_text() -> None:
    tree = read("# 甲\n\n- 乙\n")
    heading, block = tree.blocks
    assert isinstance(block, ListBlock)
    paragraph = block.items[0].blocks[0]
    ids = [heading.id, block.id, block.items[0].id, paragraph.id]
    assert ids == ["p/f#1", "p/f#2", "p/f#3", "p/f#4"]


def test_quotes_rules_and_code() -> None:
    text = "> 甲\n> 乙\n\n---\n\n```python\na = 1\n\tb\n```\n\n    行一\n    行二\n"
    tree = read(text)
    assert [type(block) for block in tree.blocks] == [Quote, Rule, CodeBlock, CodeBlock]
    assert [printed(line) for line in all_lines(tree)] == ["甲乙", "a = 1*c*/\tb*c*", "行一*c*/行二*c*"]
    check_origins(tree, text)


def test_classes_at_the_end_of_a_paragraph_are_not_printed() -> None:
    block = only(read("推进建设。 {.纲要 .近期}\n"))
    assert isinstance(block, Paragraph)
    assert (printed(block.line), block.classes) == ("推进建设。", ("纲要", "近期"))


@pytest.mark.parametrize("text", ["集合 {x=1}", "集合 \\{.x}", "用 `{.x}`", "空 {}", "{.x} 在前"])
def test_other_braces_are_text(text: str) -> None:
    assert "{" in said(text)[0]


# tables


def test_cells_are_exact_and_a_pipe_behind_a_backslash_is_the_cells_own() -> None:
    text = "| 甲 \\| 乙 | **丙** |\n|:--|--:|\n| `a\\|b` | |\n| 丁 \n"
    tree = read(text)
    table = only(tree)
    assert isinstance(table, Table)
    assert table.caption is None
    assert [
        [(printed(cell.line), cell.align) for cell in row.cells] for row in (*table.heads, *table.rows)
    ] == [
        [("甲 | 乙", "left"), ("丙*b*", "right")],
        [("a|b*c*", "left"), ("", "right")],
        [("丁", "left"), ("", "right")],
    ]
    check_origins(tree, text)
    assert origins(table.heads[0].cells[0].line, text)[1] == ("|", "\\|")


def test_a_table_may_stand_in_a_list_or_a_quotation() -> None:
    text = "- 甲\n\n  |a|b|\n  |-|-|\n  |c|d|\n\n> |e|f|\n> |-|-|\n"
    tree = read(text)
    check_origins(tree, text)
    assert [printed(line) for line in all_lines(tree)] == ["甲", "a", "b", "c", "d", "e", "f"]


def test_a_cell_too_many_is_said_because_it_would_not_be_printed() -> None:
    assert places("|a|b|\n|-|-|\n|1|2|3|\n") == [("document.table-cells", 3, 1)]


# ::: blocks


def test_a_box_has_a_title_a_name_and_blocks() -> None:
    text = "::: 专栏 养老**工程** {#box:care}\n1. 甲\n\n乙\n:::\n\n丙\n"
    tree = read(text)
    box, after = tree.blocks
    assert isinstance(box, Box)
    assert (printed(box.title), box.name) == ("养老工程*b*", "box:care")
    assert [type(block) for block in box.blocks] == [ListBlock, Paragraph]
    assert isinstance(after, Paragraph)
    assert slice_of(box.origin, text) == text[: text.index("\n\n丙")]
    check_origins(tree, text)


def test_an_empty_table_block_names_a_view() -> None:
    assert only(read("::: table 主要指标 {#tbl:indicators}\n:::\n")) == ViewBlock(
        "p/f#1", "主要指标", "tbl:indicators", SourceSlice("sections/p/01/01.md", 0, 36)
    )


def test_a_table_block_around_a_pipe_table_is_its_caption() -> None:
    table = only(read("::: 表 床位情况 {#tbl:beds}\n\n|a|\n|-|\n|1|\n\n:::\n"))
    assert isinstance(table, Table)
    assert table.caption is not None
    assert (printed(table.caption), table.name) == ("床位情况", "tbl:beds")


def test_a_box_that_holds_only_a_table_is_that_table() -> None:
    box = only(read("::: box 目标\n::: table 主要指标\n:::\n:::\n"))
    assert isinstance(box, Box)
    assert box.table == box.blocks[0]


def test_a_bare_closer_closes_the_innermost_and_code_closes_nothing() -> None:
    tree = read("::: box 外\n::: box 内\n```\n:::\n```\n:::\n后\n:::\n")
    outer = only(tree)
    assert isinstance(outer, Box)
    assert [type(block) for block in outer.blocks] == [Box, Paragraph]


def test_what_is_wrong_with_blocks_is_said_at_their_place() -> None:
    assert places("甲\n\n::: 专栏 乙\n丙\n") == [("document.unclosed-block", 3, 1)]
    assert places("甲\n:::\n") == [("document.stray-close", 2, 1)]
    assert places("::: 专拦 乙\n:::\n") == [("document.unknown-block", 1, 1)]
    assert places("::: table 甲\n乙\n:::\n") == [("document.table-block", 1, 1)]
    assert places("::: figure 甲\n:::\n") == [("figure.block", 1, 1)]
    assert places("# 甲 {#care}\n\n::: box 乙 {#tbl:x}\n:::\n") == [
        ("document.name", 1, 5),
        ("document.name", 3, 11),
    ]


def test_nobodys_text_vanishes_from_a_block_that_cannot_be_made() -> None:
    tree, _ = read_with_issues("::: 图 布局图\n说明\n:::\n")
    assert [printed(line) for line in all_lines(tree)] == ["布局图", "说明"]


# footnotes, references, notes of the writer


def test_footnotes_stand_in_the_order_of_their_first_reference() -> None:
    text = "甲[^b]乙[^a]丙[^b]\n\n[^a]: 一\n\n[^b]: 二\n\n    续\n"
    tree = read(text)
    paragraph = only(tree)
    assert isinstance(paragraph, Paragraph)
    notes = [inline.note for inline in paragraph.line.inlines if isinstance(inline, NoteReference)]
    assert notes == [*tree.notes, notes[0]]
    assert [[printed(line) for line in lines_of(tree, note)] for note in tree.notes] == [["二", "续"], ["一"]]
    check_origins(tree, text)


def lines_of(tree: FragmentTree, note: str) -> list[Line]:
    return [line for block in blocks(tree.notes[note].blocks) for line in lines(block)]


def test_a_footnote_without_note_and_a_note_without_reference_are_said() -> None:
    assert places("甲[^1]\n") == [("document.note-undefined", 1, 2)]
    assert places("甲\n\n[^1]: 乙\n") == [("document.note-unused", 3, 1)]
    assert places("甲[^1]\n\n[^1]: 乙\n\n[^1]: 丙\n") == [("document.note-doubled", 5, 1)]


def test_a_cross_reference_ends_where_chinese_begins() -> None:
    text = "见@tbl:main-1所示，邮箱a@tbl:x。"
    line = only_line("见@tbl:main-1所示")
    (reference,) = [inline for inline in line.inlines if isinstance(inline, CrossReference)]
    assert reference.target == "tbl:main-1"
    assert slice_of(reference.origin, text) == "@tbl:main-1"


def test_a_reference_in_chinese_is_said() -> None:
    assert places("见@tbl:指标。") == [("document.reference", 1, 2)]
    assert said("见\\@tbl:指标。") == ["见@tbl:指标。"]


def test_the_writers_notes_are_never_printed() -> None:
    assert said("甲<!-- 一 -->乙\n\n<!-- 二\n\n三 -->\n\n丙\n") == ["甲乙", "丙"]
    assert said("- <!-- 一 -->\n- 甲 <!-- 二\n  三 -->\n") == ["甲 "]


def test_text_after_a_note_and_other_html_are_errors_and_still_printed() -> None:
    assert places("<!-- 一 -->甲\n") == [("document.html", 1, 11)]
    assert places("甲<b>乙</b>\n") == [("document.html", 1, 2), ("document.html", 1, 6)]
    assert places("<div>\n甲\n</div>\n") == [("document.html", 1, 1), ("document.html", 3, 1)]
    assert places("甲\n<!-- 没完\n\n乙\n") == [("document.html", 2, 1)]
    tree, _ = read_with_issues("<!-- 一\n二 -->甲\n乙\n")
    assert [printed(line) for line in all_lines(tree)] == ["甲", "乙"]


def test_formulas_are_read_as_they_stand() -> None:
    text = "甲$x_1*2*\\$y$乙$$a^2$$丙\n\n$$\na = b\n- c\n$$ {#eq:x}\n\n> $$d\n> $$\n"
    tree = read(text)
    assert [each.tex for each in tree.formulas] == ["x_1*2*\\$y", "a^2", "a = b\n- c", "d"]
    assert [slice_of(each.origin, text) for each in tree.formulas][:3] == [
        "$x_1*2*\\$y$",
        "$$a^2$$",
        "$$\na = b\n- c\n$$",
    ]
    _, equation, _ = tree.blocks
    assert isinstance(equation, Equation)
    assert equation.name == "eq:x"


def test_an_equation_that_nobody_ends_is_text() -> None:
    assert said("$$\na\n\nb$$\n") == ["$$ a", "b$$"]


def test_a_picture_alone_is_a_figure_and_its_words_the_caption() -> None:
    text = "![设施**布局**](图/a.png){#fig:x width=80%}\n"
    figure = only(read(text))
    assert isinstance(figure, Figure)
    assert figure.caption
    assert (printed(figure.caption), figure.name) == ("设施布局*b*", "fig:x")
    assert (figure.picture.address, figure.picture.alt, figure.picture.width) == (
        "图/a.png",
        "设施**布局**",
        Width(0.8),
    )
    # what the caption says is not the picture's
    assert slice_of(figure.picture.origin, text) == "](图/a.png){#fig:x width=80%}"


def test_a_picture_among_words_stands_in_their_line() -> None:
    text = "甲![标](a.png){width=12.7mm}乙{.纲要}\n"
    tree = read(text)
    paragraph = only(tree)
    assert isinstance(paragraph, Paragraph)
    assert paragraph.classes == ("纲要",)
    (picture,) = tree.pictures
    assert paragraph.line.inlines[1] == picture
    assert slice_of(picture.origin, text) == "![标](a.png){width=12.7mm}"
    assert picture.width == Width(inches=0.5)


def test_a_figure_block_has_the_title_as_its_caption_and_notes_below() -> None:
    figure = only(read("::: figure 图题 {#fig:y}\n![](a.png)\n\n注：乙\n:::\n"))
    assert isinstance(figure, Figure)
    assert [printed(line) for line in lines(figure)] == ["图题", "注：乙"]
    assert figure.name == "fig:y"


def test_open_questions_are_read_with_what_they_propose() -> None:
    text = "甲{~~旧~>新**粗**~~}{>>为何？<<}乙{==看==}丙{--{{去}}--}\n"
    tree = read(text)
    (line,) = all_lines(tree)
    proposed = [
        (each.mapped.text, each.proposed) for each in line.inlines if isinstance(each, Text) and each.proposed
    ]
    assert proposed == [
        ("旧", Proposed.OUT),
        ("新", Proposed.IN),
        ("粗", Proposed.IN),
        ("看", Proposed.MARKED),
        ("{{去}}", Proposed.OUT),
    ]
    (comment,) = (each for each in line.inlines if isinstance(each, Comment))
    assert (comment.words, comment.covers) == ("为何？", 3)
    questions = [span for span in line.spans if span.kind == "question"]
    assert [(slice_of(span.open, text), slice_of(span.close, text)) for span in questions] == [
        ("{~~", "~>新**粗**~~}"),
        ("{==", "==}"),
        ("{--", "--}"),
    ]
    assert [place.column for place in tree.questions] == [2, 27, 35]
    assert check_origins(tree, text)


def test_an_open_question_without_an_end_is_said() -> None:
    assert places("甲{++乙\n") == [("document.critic-unclosed", 1, 2)]
    assert places("甲{~~乙~~}\n") == [("document.critic-unclosed", 1, 2)]
    assert places("甲`{++`乙\n") == []


def test_a_definition_has_a_term_and_blocks() -> None:
    text = "**床位**\n: 指……\n  续行\n\n  二段\n乙\n\n:  指乙\n: 又指\n后\n\n末\n"
    tree = read(text)
    first, second, last = tree.blocks
    assert isinstance(first, Definition)
    assert isinstance(second, Definition)
    assert isinstance(last, Paragraph)
    assert printed(first.term) == "床位*b*"
    assert [printed(line) for block in first.blocks for line in lines(block)] == ["指……续行", "二段"]
    assert [printed(line) for block in second.blocks for line in lines(block)] == ["指乙", "又指后"]
    assert slice_of(first.origin, text) == "**床位**\n: 指……\n  续行\n\n  二段"
    assert check_origins(tree, text)


def test_a_definition_stands_in_lists_boxes_and_quotations() -> None:
    for text in ("- 甲\n\n  词\n  : 义\n", "::: box 甲\n词\n: 义\n:::\n", "> 甲\n>\n> 词\n> : 义\n"):
        tree = read(text)
        assert [printed(block.term) for block in blocks(tree.blocks) if isinstance(block, Definition)] == [
            "词"
        ]
        assert check_origins(tree, text)


def test_a_meaning_without_a_term_of_one_line_is_said() -> None:
    assert places("甲\n乙\n: 丙\n") == [("document.definition", 3, 1)]
    assert places(": 丙\n") == [("document.definition", 1, 1)]
    assert places("甲：\n:乙\n") == []


@pytest.mark.parametrize("text", ["价格$100和$200", "`$x$`", "\\$x$", "5 < 6 且 7 > 6", "a@b.cn"])
def test_what_only_looks_like_it_is_text(text: str) -> None:
    assert places(text) == []


def test_a_list_number_without_space_is_a_warning() -> None:
    assert places("1.推进\n2.健全\n") == [("document.list-space", 1, 1), ("document.list-space", 2, 1)]
    assert places("3.5亿元\n") == []
    assert places("1\\.推进\n") == []


def test_a_link_definition_that_nobody_uses_is_said_because_it_prints_nothing() -> None:
    assert places("甲\n\n[注]: 本表数据为快报数\n") == [("document.link-unused", 3, 1)]
    assert said("见[甲]\n\n[甲]: https://a.cn\n") == ["见甲"]


# values


@pytest.mark.parametrize(
    ("template", "value", "expected"),
    [
        ("甲{}乙", "*x* _y_ `z` [a](b) <i> &amp; \\", "甲*x* _y_ `z` [a](b) <i> &amp; \\乙"),
        ("{}", "# 题", "# 题"),
        ("{} 文", "1.", "1. 文"),
        ("{}. 文", "1", "1. 文"),
        ("{}", "- 甲\n\n- 乙", "- 甲\n\n- 乙"),
        ("{}", "    缩进", "    缩进"),
        ("&{};", "amp", "&amp;"),
        ("::{} 甲", ": box", "::: box 甲"),
        ("甲{}\n乙", "丙  ", "甲丙  乙"),
        ("见{}", "@tbl:x", "见@tbl:x"),
        ("甲{}", "[^1]", "甲[^1]"),
        ("价{}", "$x$", "价$x$"),
        ("甲 {}", "{.x}", "甲 {.x}"),
        ("{}", "<!-- x -->", "<!-- x -->"),
    ],
)
def test_a_value_is_text_and_never_markup(template: str, value: str, expected: str) -> None:
    tree, issues = read_mapped(*with_values(template, value))
    assert issues == ()
    assert [printed(line) for line in all_lines(tree)] == [expected]


@pytest.mark.parametrize(
    ("template", "value", "expected"),
    [
        ("**{}**以上", "55.0%", "55.0%*b*以上"),
        ("达到**{}**张", "（约）", "达到（约）*b*张"),
        ("x**{}**y", "%5%", "x**%5%**y"),
        ("x**{}**y", "5", "x5*b*y"),
        ("甲**{}**乙", " 5 ", "甲** 5 **乙"),
    ],
)
def test_a_values_own_characters_decide_whether_emphasis_opens(
    template: str, value: str, expected: str
) -> None:
    tree, _ = read_mapped(*with_values(template, value))
    assert [printed(line) for line in all_lines(tree)] == [expected]


def test_a_value_with_a_bar_stays_in_its_cell() -> None:
    tree, issues = read_mapped(*with_values("|{}|b|\n|-|-|\n| {} |d|\n", "甲|乙", "丙\n丁"))
    assert issues == ()
    assert [printed(line) for line in all_lines(tree)] == ["甲|乙", "b", "丙\n丁", "d"]


def test_a_value_may_stand_in_an_address_an_attribute_and_a_title() -> None:
    mapped, source = with_values(
        "::: box {}工程 {#box:{}}\n[甲](https://a.cn/{})\n:::\n", "养老", "x-1", "b c"
    )
    tree, issues = read_mapped(mapped, source)
    box = only(tree)
    assert issues == ()
    assert isinstance(box, Box)
    assert (printed(box.title), box.name) == ("养老工程", "box:x-1")
    (link,) = [t.link for line in all_lines(tree) for t in line.inlines if isinstance(t, Text) and t.link]
    assert link.startswith("https://a.cn/b")


def test_a_value_through_the_markup_filter_carries_markup() -> None:
    tree, _ = read_mapped(*with_values("甲{}", "**乙**", form="标记"))
    assert [printed(line) for line in all_lines(tree)] == ["甲乙*b*"]


def test_a_problem_in_a_value_is_said_where_the_value_is_printed() -> None:
    _, issues = read_mapped(*with_values("甲\n\n乙{}", "<b>", form="标记"))
    assert [(issue.code, issue.place.line, issue.place.column) for issue in issues] == [
        ("document.html", 3, 2)
    ]


def test_pieces_in_a_text_keep_their_values() -> None:
    mapped, source = with_values("床位达到{}，占比{}。", "24000张", "55.0%")
    tree, _ = read_mapped(mapped, source)
    (line,) = all_lines(tree)
    assert origins(line, source) == [
        ("床位达到", "床位达到"),
        ("24000张", "="),
        ("，占比", "，占比"),
        ("55.0%", "="),
        ("。", "。"),
    ]


def test_an_empty_fragment_has_no_blocks() -> None:
    assert read("").blocks == ()
    assert read("\n\n").blocks == ()
