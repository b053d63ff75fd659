"""Searching finds the line of a printed character in every kind of source text."""

from pathlib import Path

import pytest

from tests.harness.truth import Nature, Sources, Spot

PAGE = """---
title: 题目
---
甲方面的第一行文字，
乙方面的第二行文字。

前面的字**加粗的丙方面内容**后面的字，数是{{ 指标.甲 }}。

1. 列表里丁方面的话
   2. 更深一层戊方面的话

> 引文中己方面的话

| 庚方面的表头 | 辛方面的格子 |

脚注[^1]在句中壬方面。

[^1]: 脚注里癸方面的说明
"""


@pytest.fixture(params=["\n", "\r\n"], ids=["LF", "CRLF"])
def sources(request: pytest.FixtureRequest, tmp_path: Path) -> Sources:
    page = tmp_path / "sections/a.md"
    page.parent.mkdir()
    page.write_bytes(PAGE.replace("\n", request.param).encode())
    data = tmp_path / "data/d.yaml"
    data.parent.mkdir()
    data.write_text("rows:\n- {名: 甲, 数: 24680, 简介: 数据里的一句话}\n", "utf-8")
    return Sources(tmp_path, ["印了两遍的话", "列表里丁方面的话"])


@pytest.mark.parametrize(
    ("said", "words", "line"),
    [
        ("甲方面的第一行文字，乙方面的第二行文字。", "第一行", 4),
        ("甲方面的第一行文字，乙方面的第二行文字。", "乙方面", 5),
        ("前面的字加粗的丙方面内容后面的字，数是24680。", "丙方面", 7),
        ("前面的字加粗的丙方面内容后面的字，数是24680。", "内容后", 7),
        ("列表里丁方面的话", "丁方面", 9),
        ("更深一层戊方面的话", "戊", 10),
        ("引文中己方面的话", "己", 12),
        ("辛方面的格子", "格子", 14),
        ("脚注\ufffc在句中壬方面。", "壬", 16),
        ("脚注里癸方面的说明", "癸", 18),
    ],
)
def test_the_line_of_words_in_a_fragment(sources: Sources, said: str, words: str, line: int) -> None:
    ground = sources.ground(said, said.index(words))
    assert (ground.nature, ground.spot) == (Nature.TEXT, Spot("sections/a.md", line))


def test_a_number_belongs_to_its_datum_and_an_unknown_one_is_derived(sources: Sources) -> None:
    said = "数是24680，合计99999"
    assert sources.ground(said, 3).spot == Spot("data/d.yaml", 2)
    assert sources.ground(said, said.index("9")).nature is Nature.DERIVED


def test_words_of_a_datum_are_a_string(sources: Sources) -> None:
    assert sources.ground("其中数据里的一句话", 5).nature is Nature.STRING


def test_words_that_no_source_has_are_not_guessed(sources: Sources) -> None:
    assert sources.ground("完全陌生的一串文字", 3).spot is None
