import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.source.files import Source
from drafter.source.issues import Issue
from drafter.source.origins import SourceSlice
from drafter.source.yaml import Mapping, Node, Scalar, Sequence, parse


def parsed(text: str) -> tuple[Node | None, tuple[Issue, ...]]:
    outcome = parse(Source("data/a.yaml", text))
    return outcome.value, outcome.issues


def scalar(text: str, key: str) -> Scalar:
    node, issues = parsed(text)
    assert issues == ()
    assert isinstance(node, Mapping)
    found = node.get(key)
    assert isinstance(found, Scalar)
    return found


def problems(text: str) -> list[tuple[str, int, int]]:
    return [(issue.code, issue.place.line, issue.place.column) for issue in parsed(text)[1]]


def scalars(node: Node) -> list[Scalar]:
    match node:
        case Scalar():
            return [node]
        case Mapping():
            return [found for key, value in node.entries for found in (key, *scalars(value))]
        case Sequence():
            return [found for item in node.items for found in scalars(item)]


@pytest.mark.parametrize("typed", ["no", "010", "12:30", "=", "~", "null", "1e3", "2020-01-01", "0x10", "是"])
def test_a_scalar_is_the_text_that_was_typed(typed: str) -> None:
    assert scalar(f"a: {typed}\n", "a").text == typed


def test_positions_count_characters_also_behind_chinese_and_astral_ones() -> None:
    text = "名称: 𠀀里 # 说明 𠮷\n值: '港城区'\n"
    found = scalar(text, "值")
    assert text[found.start : found.end] == "港城区"


def test_positions_hold_behind_next_line_and_line_separator_characters() -> None:
    text = 'a: "x\u2028y\x85z"\nb: c\n'
    found = scalar(text, "b")
    assert text[found.start : found.end] == "c"


def test_a_quoted_scalar_is_located_inside_its_quotes() -> None:
    found = scalar('unit: "%"\n', "unit")
    assert (found.start, found.end, found.exact) == (7, 8, True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('a: "x\\ty"\n', "x\ty"),
        ("a: 'it''s'\n", "it's"),
        ("a: one\n  two\n", "one two"),
        ("a: |\n  one\n  two\n", "one\ntwo\n"),
        ("a: >-\n  one\n  two\n", "one two"),
    ],
)
def test_an_escape_a_folded_line_or_a_block_is_not_exact(text: str, value: str) -> None:
    found = scalar(text, "a")
    assert (found.text, found.exact) == (value, False)


def test_an_exact_scalar_maps_character_by_character_and_another_as_a_whole() -> None:
    exact, whole = scalar("a: 标题\n", "a").mapped, scalar('a: "标\\u9898"\n', "a").mapped
    assert [piece.origin for piece in exact.pieces] == [SourceSlice("data/a.yaml", 3, 5)]
    assert whole.text == "标题"
    assert [piece.origin for piece in whole.pieces] == [SourceSlice("data/a.yaml", 4, 11)]


def test_nothing_behind_a_key_is_empty_and_an_empty_text_is_not() -> None:
    assert scalar("a:\nb: 1\n", "a").empty
    assert not scalar('a: ""\n', "a").empty


def test_a_part_of_a_source_is_read_with_offsets_of_the_whole() -> None:
    source = Source("a.md", "---\nid: 甲\n---\n正文\n")
    node = parse(source, 3, 10).value
    assert isinstance(node, Mapping)
    found = node.entries[0][1]
    assert isinstance(found, Scalar)
    assert source.text[found.start : found.end] == "甲"


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("a: 1\n甲: [1, 2\nb: 3\n", "yaml.bracket", 2, 4),
        ("甲: {a: 1, b: [2\n", "yaml.bracket", 1, 14),
        ("- {a: 1 b: 2}\n", "yaml.comma", 1, 10),
        ("a: [1, 2}\n", "yaml.comma", 1, 9),
        ("a: {b: 1}}\n", "yaml.comma", 1, 10),
        ("- {a: 1，b: 2}\n", "yaml.full-width", 1, 8),
        ("a: [甲、乙】\nb: 2\n", "yaml.full-width", 1, 8),
        ("a: b: c\n", "yaml.two-colons", 1, 5),
        ("a:\n  b: 1\n   c: 2\n", "yaml.indent", 3, 4),
        ("a:\n    b: 1\n  c: 2\n", "yaml.indent", 3, 3),
        ("- a: 1\n b: 2\n", "yaml.indent", 2, 2),
        ("a: 1\n- b\n", "yaml.indent", 2, 1),
        ("a:\n  甲:乙\n  c: 1\n", "yaml.space", 2, 4),
        ("a: 1\nb:2\n", "yaml.space", 2, 2),
        ("- {a:1, b: 2}\n", "yaml.space", 1, 5),
        ("- {a：1, b: 2}\n", "yaml.colon", 1, 5),
        ("甲：1\n乙：2\n", "yaml.colon", 1, 2),
        ("a: 甲\n乙丙\nb: 1\n", "yaml.no-colon", 2, 1),
        ('a: "甲" 乙\n', "yaml.after-quote", 1, 8),
        ("a: %\n", "yaml.needs-quotes", 1, 4),
        ("a: 1\na\u3000: 2\n", "yaml.odd-space", 2, 2),
        ("a:\n\u3000\u3000b: 1\n", "yaml.odd-space", 2, 1),
        ("a: 养老\u3000\nb: 1\n", "yaml.odd-space", 1, 6),
        ("a:\u00a01\nb: 2\n", "yaml.odd-space", 1, 3),
        ("a: 甲\u200b乙\n", "yaml.character", 1, 5),
        ('a: "C:\\甲"\n', "yaml.syntax", 1, 7),
        ('a: 1\nb: "x\nc: 2\n', "yaml.quote", 2, 4),
        ("标题：发展\nb: 2\n", "yaml.colon", 1, 3),
        ("a: 1\n标题：发展\nb: 2\n", "yaml.colon", 2, 3),
        ("a:\n\tb: 1\n", "yaml.tab", 2, 1),
        ("a:\t1\n", "yaml.tab", 1, 3),
        ("甲: 1\n乙: 2\n甲: 3\n", "yaml.duplicate-key", 3, 1),
        ("a: &x 1\n", "yaml.anchor", 1, 4),
        ("a: *x\n", "yaml.anchor", 1, 4),
        ("a: !!str 1\n", "yaml.tag", 1, 4),
        ("a: 1\n---\nb: 2\n", "yaml.documents", 2, 1),
        ("? [a]\n: 1\n", "yaml.key", 1, 3),
        ("a: 中\x01\n", "yaml.character", 1, 5),
        ("𠀀: \x02\n", "yaml.character", 1, 4),
        ("a: " + "[" * 200_000, "yaml.too-deep", 1, 4),
        ("- " * 20_000 + "x", "yaml.too-deep", 1, 1),
        ("[a, " * 900 + "]" * 900, "yaml.too-deep", 1, 1),
    ],
)
def test_what_is_wrong_has_its_line_and_column(text: str, code: str, line: int, column: int) -> None:
    assert problems(text) == [(code, line, column)]


def test_every_problem_of_a_file_is_said() -> None:
    text = "a: 1\na: 2\nb: &x 3\nc:\t4\n"
    assert problems(text) == [("yaml.duplicate-key", 2, 1), ("yaml.anchor", 3, 4), ("yaml.tab", 4, 3)]


@pytest.mark.parametrize("text", ['a: "x\ty"\n', "a: x\ty\n", "# 说\t明\na: 1 # x\ty\n", "a: |\n  x\ty\n"])
def test_a_tab_inside_a_text_or_a_comment_is_the_writers(text: str) -> None:
    assert problems(text) == []


def test_a_repeated_key_counts_as_first_written() -> None:
    node, _ = parsed("a: 1\na: 2\n")
    assert isinstance(node, Mapping)
    assert [value for _, value in node.entries] == [node.get("a")]


words = st.text(st.sampled_from("甲乙丙𠀀丁a1%（）“”，。·-"), min_size=1, max_size=6).filter(
    lambda text: not text.startswith("-") and text not in {"%", "，"} and text[0] != "%"
)


@st.composite
def written(draw: st.DrawFn) -> str:
    """A scalar as somebody may write it."""
    value = draw(words)
    style = draw(st.sampled_from(["plain", "single", "double", "escaped"]))
    match style:
        case "single":
            return f"'{value}'"
        case "double":
            return f'"{value}"'
        case "escaped":
            return '"' + "".join(f"\\U{ord(character):08X}" for character in value) + '"'
        case _:
            return value


@given(st.lists(st.tuples(written(), st.sampled_from(["", " # 注𠀀", "  "])), min_size=1, max_size=8))
def test_every_exact_scalar_is_what_stands_at_its_place(lines: list[tuple[str, str]]) -> None:
    text = "".join(f"键{number}: {value}{tail}\n" for number, (value, tail) in enumerate(lines))
    node, issues = parsed(text)
    assert issues == ()
    assert node is not None
    found = scalars(node)
    assert len(found) == 2 * len(lines)
    for each in found:
        if each.exact:
            assert text[each.start : each.end] == each.text
        else:
            assert "\\U" in text[each.start : each.end]


@given(st.lists(st.lists(written(), min_size=1, max_size=4), min_size=1, max_size=5))
def test_every_exact_scalar_of_a_flow_sequence_is_what_stands_at_its_place(rows: list[list[str]]) -> None:
    text = "".join(f"- [{', '.join(row)}]\n" for row in rows)
    node, issues = parsed(text)
    assert issues == ()
    assert node is not None
    assert all(text[each.start : each.end] == each.text for each in scalars(node) if each.exact)


@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_no_text_whatever_is_an_exception(text: str) -> None:
    node, issues = parsed(text)
    assert (
        node is not None
        or issues
        or not text.strip()
        or text.lstrip("\ufeff \n\r\t\x85\u2028\u2029")[:1] in "#.%-"
    )


def test_what_the_parser_says_is_said_in_the_language_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: | 甲\n"
    monkeypatch.setenv("DRAFTER_LANG", "zh_CN")
    assert [issue.facts["problem"] for issue in parsed(text)[1]] == ["这一行在这里应当结束，内容写到下一行"]
    monkeypatch.setenv("DRAFTER_LANG", "en")
    said = ["the line must end here, the content begins on the next"]
    assert [issue.facts["problem"] for issue in parsed(text)[1]] == said


@given(st.text(st.sampled_from("ab甲 \n:-[]{},\"'%&*!|>#\t：，】\u3000\\@`?"), max_size=40))
def test_no_text_is_too_strange_to_be_told(text: str) -> None:
    for issue in parsed(text)[1]:
        assert issue.place.line >= 1
        assert all(isinstance(fact, str) for fact in issue.facts.values())
