"""Against material nobody here wrote: CommonMark's own examples, and emphasis beside Chinese, Japanese and Korean punctuation."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from markdown_it.token import Token

from drafter.document.dialect import commonmark
from drafter.document.ground import Runs, merged_offset

DEVIATIONS = {
    # markdown-it-py renders an empty quotation as <blockquote></blockquote>, the specification with a line end inside: the renderer's
    # matter, which we do not use; the tokens are the same.
    218: "renderer: white space in an empty block quotation",
    239: "renderer: white space in an empty block quotation",
    240: "renderer: white space in an empty block quotation",
}


def examples(peers: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((peers / "markdown/commonmark.json").read_text("utf-8"))
    assert len(found) == 652
    return found


def test_commonmark_examples_render_as_the_specification_says(peers: Path) -> None:
    parser = commonmark()
    different = [
        case["example"] for case in examples(peers) if parser.render(case["markdown"]) != case["html"]
    ]
    assert different == sorted(DEVIATIONS)


def test_every_character_of_the_commonmark_examples_points_at_itself(peers: Path) -> None:
    parser = commonmark()
    count = 0
    for case in examples(peers):
        source = case["markdown"].replace("\0", "\ufffd")
        tokens: list[Token] = []
        env: dict[str, Any] = {}
        parser.block.parse(source, parser, env, tokens)
        for token in tokens:
            if token.type == "inline":
                children: list[Token] = []
                parser.inline.parse(token.content, parser, env, children)
                count += sum(check(child, token.content, token.meta["runs"], source) for child in children)
            elif token.type in ("fence", "code_block"):
                count += check_code(token, source)
    assert count > 6000


def check(token: Token, content: str, runs: Runs, source: str) -> int:
    """That a token's text stands where its range says, in the content and in the file."""
    if not token.content or token.type == "image":
        return 0
    assert token.map is not None, token
    start, end = token.map
    there = content[start:end]
    if token.type == "code_inline":
        assert there.startswith(token.markup)
        inner = there[len(token.markup) : -len(token.markup)].replace("\n", " ")
        assert token.content in (inner, inner[1:-1])
    elif token.type == "text_special":
        assert there == token.markup
    else:
        assert there == token.content
    for at in range(start, end):
        assert source[merged_offset(runs, at)] == content[at]
    return len(token.content)


def check_code(token: Token, source: str) -> int:
    for start, end, first, last in token.meta["runs"]:
        text = token.content[start:end]
        assert source[first:last] == text or (source[first:last] == "\t" and not text.strip(" "))
    return len(token.content)


def test_emphasis_beside_chinese_punctuation_is_what_its_writers_expect(peers: Path) -> None:
    cases = json.loads((peers / "markdown/cjk_pairs.json").read_text("utf-8"))
    expected: dict[str, set[str]] = defaultdict(set)
    for case in cases:
        expected[case["markdown"]].add(plain(case["html"]))
    assert len(expected) == 112
    parser = commonmark()
    # a case that the collections expect two things of cannot be met twice: one of them must be ours
    wrong = {
        text: plain(parser.render(text))
        for text in expected
        if plain(parser.render(text)) not in expected[text]
    }
    assert wrong == {}


def plain(html: str) -> str:
    return html.strip().replace("<br />", "<br>")
