"""Whatever a fragment holds: every exact piece is its slice of the file, and nothing of the text vanishes."""

from __future__ import annotations

from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.document import lines as lines_room
from drafter.document.tree import Text, ViewBlock
from drafter.document.walk import blocks
from tests.document.reading import (
    all_lines,
    check_origins,
    printed,
    read_mapped,
    read_with_issues,
    with_values,
)

WORDS = st.text("推进建设，。“”（）ab 2.0", min_size=1, max_size=8).map(lambda word: f"字{word.strip()}尾")
MARKED = st.one_of(
    WORDS,
    WORDS.map(lambda word: f"**{word}**"),
    WORDS.map(lambda word: f"*{word}*"),
    WORDS.map(lambda word: f"~~{word}~~"),
    WORDS.map(lambda word: f"`{word}`"),
    WORDS.map(lambda word: f"[{word}](https://a.cn)"),
    st.sampled_from(["\\*", "\\|", "&amp;", "&#x4e59;", "\\\\", "<https://a.cn>", "<!-- 注 -->", "@tbl:x"]),
)
INLINE = st.lists(MARKED, min_size=1, max_size=5).map("".join).map(lambda text: "首" + text)
CELL = INLINE
LINES = st.lists(INLINE, min_size=1, max_size=3)
PARAGRAPH = st.builds(str.join, st.sampled_from(["\n", "\n  ", "  \n", "\\\n"]), LINES)


def heading(level: int, text: str) -> str:
    return f"{'#' * level} {text} {{#sec:x}}"


def indented(text: str, first: str, rest: str) -> str:
    """A text as the content of a list item or a quotation."""
    lines = text.split("\n")
    return "\n".join(
        [first + lines[0], *(rest + line if line or rest.strip() else line for line in lines[1:])]
    )


def table(rows: list[list[str]]) -> str:
    columns = len(rows[0])
    head, *body = ["| " + " | ".join((row + [""] * columns)[:columns]) + " |" for row in rows]
    return "\n".join([head, "|" + "---|" * columns, *body])


LEAF = st.one_of(
    PARAGRAPH,
    st.builds(heading, st.integers(1, 3), INLINE),
    st.lists(st.lists(CELL, min_size=2, max_size=3), min_size=1, max_size=3).map(table),
    INLINE.map(lambda text: f"```\n{text}\n\t{text}\n```"),
    INLINE.map(lambda text: f"::: table 表题{text} {{#tbl:t}}\n\n|a|\n|-|\n|b|\n\n:::"),
)
BLOCK = st.recursive(
    LEAF,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("\n\n".join).map(lambda t: indented(t, "1. ", "   ")),
        st.lists(inner, min_size=1, max_size=3).map("\n\n".join).map(lambda t: indented(t, "- ", "  ")),
        st.lists(inner, min_size=1, max_size=3).map("\n\n".join).map(lambda t: indented(t, "> ", "> ")),
        st.lists(inner, min_size=1, max_size=3).map("\n\n".join).map(lambda t: indented(t, ">\t", ">  ")),
        st.lists(inner, min_size=1, max_size=2).map("\n\n".join).map(lambda t: f"::: 专栏 工程\n{t}\n:::"),
    ),
    max_leaves=6,
)
FRAGMENT = st.lists(BLOCK, min_size=1, max_size=4).map("\n\n".join)


@settings(max_examples=120, deadline=None)
@given(FRAGMENT)
def test_every_exact_piece_is_its_slice_of_the_file(text: str) -> None:
    tree, issues = read_with_issues(text)
    assert not {issue.code for issue in issues} & {"document.untraced"}
    assert check_origins(tree, text) > 0


@settings(max_examples=80, deadline=None)
@given(FRAGMENT, st.text("推进建设", min_size=1, max_size=3))
def test_footnotes_are_traced_wherever_they_stand(text: str, label: str) -> None:
    whole = f"首[^{label}]\n\n{text}\n\n[^{label}]: {indented(text, '', '    ')}\n"
    tree, _ = read_with_issues(whole)
    assert list(tree.notes)
    check_origins(tree, whole)


@settings(max_examples=120, deadline=None)
@given(FRAGMENT)
def test_no_character_of_a_word_vanishes(text: str) -> None:
    tree, _ = read_with_issues(text)
    said = "".join(map(printed, all_lines(tree)))
    said += "".join(block.view for block in blocks(tree.blocks) if isinstance(block, ViewBlock))
    for word in ("字", "尾"):
        assert said.count(word) == text.count(word)


@settings(max_examples=120, deadline=None)
@given(st.text("*_`~[](){}<>!&@#|:-+.=$\\^\"' \t\n1字a", max_size=60))
def test_any_soup_of_markup_is_read_and_traced(text: str) -> None:
    tree, issues = read_with_issues(text)
    assert not {issue.code for issue in issues} & {"document.untraced"}
    check_origins(tree, text)


@settings(max_examples=120, deadline=None)
@given(FRAGMENT, st.text("*_`~[](){}<>!&@#|:-+.=$\\^\"' \t\n1字a", min_size=1, max_size=12), st.data())
def test_a_value_is_printed_as_it_is_wherever_a_word_may_stand(
    text: str, value: str, data: st.DataObject
) -> None:
    text = text.replace("{", "").replace("}", "")
    places = [at for at, char in enumerate(text) if char == "字"]
    if not places:
        return
    at = data.draw(st.sampled_from(places))
    mapped, source = with_values(text[:at] + "字{}字" + text[at + 1 :], value)
    tree, _ = read_mapped(mapped, source)
    said = [
        inline.mapped.text for line in all_lines(tree) for inline in line.inlines if isinstance(inline, Text)
    ]
    said += [block.view for block in blocks(tree.blocks) if isinstance(block, ViewBlock)]
    assert any(f"字{value}字" in text for text in said)
    check_origins(tree, source)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.one_of(WORDS, st.sampled_from(["**", "。", "“", "）", "%", " ", "a", "\ufe00"])),
        min_size=1,
        max_size=7,
    ).map("".join)
)
def test_one_bold_part_is_read_as_the_inline_parser_reads_it(text: str) -> None:
    tree, issues = read_with_issues(text)
    with mock.patch.object(lines_room.LineReader, "bold_part", return_value=None):
        assert read_with_issues(text) == (tree, issues)
