"""`numbering: literal`: numbers as text. They are nobody's words, references print them, and edits beside them come home."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from drafter.ooxml.package import unzipped, zipped
from drafter.source.origins import Generated
from drafter.word.lists import typed_sign
from drafter.workspace.profile import Profile
from tests.actions.workspace import FILES, PLAN, WORKSPACE, silently
from tests.word.audit import audited
from tests.word.reading_back import found, paragraphs
from tests.word.road import Road
from tests.word.trees import specimen

LITERAL = {WORKSPACE: FILES[WORKSPACE] + "format: {numbering: literal}\n"}
TEXT = """\
见@sec:care、@tbl:beds、@box:care和@eq:need。

# 补齐短板 {#sec:care}

1. **推进建设。**实施项目。
   1. 新建机构。
      1. 第一期。
   2. 改造床位。
2. 激发活力。

- 甲类机构。
  - 乙类机构。

::: table 床位表 {#tbl:beds}
| 甲 | 乙 |
|---|---|
| 1 | 2 |
:::

::: 专栏 建设工程 {#box:care}
1. 失能照护。
:::

$$x = 1$$ {#eq:need}
"""
PRINTED = [
    "见第一章第二节第一部分、表1、专栏1和式（1）。",
    "一、补齐短板",
    "1.推进建设。实施项目。",
    "（1）新建机构。",
    "①第一期。",
    "（2）改造床位。",
    "2.激发活力。",
    "•甲类机构。",
    "—乙类机构。",
    "表1　床位表",
]


def _chapters(numbering: str, more: Mapping[str, str] | None = None) -> dict[str, str | bytes]:
    plan = FILES[PLAN].replace("numbering: 章节", f"numbering: {numbering}")
    return {**LITERAL, PLAN: plan, **(more or {})}


def test_every_number_is_text_and_references_print_it(road: Road) -> None:
    road.put(TEXT, LITERAL)
    data = road.built()
    texts = [text for _, text in paragraphs(data)]
    assert "第一章　总体要求" in texts
    assert "第二节　基本原则" in texts
    start = texts.index("第二节　基本原则") + 1
    assert texts[start : start + len(PRINTED)] == PRINTED
    assert "专栏1　建设工程" in texts
    assert "1.失能照护。" in texts
    assert any(text.endswith("\t（1）") for text in texts)
    assert "第三节　保障措施" in texts


def test_nothing_is_left_that_word_would_count(road: Road) -> None:
    road.put(TEXT, LITERAL)
    data = road.built()
    assert not found(data, "//w:numPr")
    assert not found(data, "//w:numPr", "word/styles.xml")
    assert not found(data, "//w:pStyle", "word/numbering.xml")
    codes = " ".join(element.text for element in found(data, "//w:instrText"))
    assert "SEQ" not in codes
    assert "REF _Ref" not in codes


def test_the_contents_say_what_word_would_make_of_the_headings(road: Road) -> None:
    road.put(TEXT, LITERAL)
    toc = [text.partition("\t")[0] for _, text in paragraphs(road.built()) if "\t\ufffc" in text]
    assert toc == ["第一章　总体要求", "第一节　指导思想", "第二节　基本原则", "第三节　保障措施"]


def test_in_official_numbering_they_are_typed_without_a_space(road: Road) -> None:
    road.put(TEXT, _chapters("公文"))
    texts = [text for _, text in paragraphs(road.built())]
    assert {"一、总体要求", "（二）基本原则", "1.补齐短板"} <= set(texts)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("激发活力", "充分激发活力"),
        ("补齐短板", "加快补齐短板"),
        ("床位表", "床位情况表"),
        ("第一期", "首期"),
        ("甲类", "一类"),
    ],
)
def test_an_edit_beside_a_typed_number_comes_home(road: Road, old: str, new: str) -> None:
    road.put(TEXT, LITERAL)
    assert road.applied(silently(road.built(), old, new)) == [("applied", "")]
    assert road.text == TEXT.replace(old, new, 1)


def test_an_edit_of_the_number_itself_is_told_and_left(road: Road) -> None:
    road.put(TEXT, LITERAL)
    (row,) = road.applied(silently(road.built(), "<w:t>2.</w:t>", "<w:t>3.</w:t>"))
    assert row[0] == "open"
    assert road.text == TEXT


def test_the_typed_numbers_are_nobodys_words() -> None:
    plan, blocks = specimen()
    file = plan.written(*blocks, profile=Profile(literal=True)).value
    assert file
    assert audited(file.data) == []
    assert [text for _, text in paragraphs(file.data)] == [each.text for each in file.anchors.paragraphs]
    chapter = next(
        each for each in file.anchors.paragraphs if each.kind == "heading" and "第一章" in each.text
    )
    first = chapter.pieces[0]
    assert chapter.text[first.start : first.end] == "第一章　"
    assert first.origin == Generated("label")


@pytest.mark.parametrize(
    ("ordered", "level", "count", "sign"),
    [
        (True, 0, 3, "3."), (True, 1, 12, "（12）"), (True, 2, 20, "⑳"), (True, 2, 21, "21"), (True, 5, 1, "①"),
        (False, 0, 1, "•"), (False, 1, 1, "—"), (False, 2, 1, "·"), (False, 7, 1, "·"),
    ],
)  # fmt: skip
def test_a_sign_is_that_of_the_native_list(ordered: bool, level: int, count: int, sign: str) -> None:
    assert typed_sign(ordered=ordered, level=level, count=count) == sign


def test_an_item_taken_out_leaves_the_source_with_its_number(road: Road) -> None:
    road.put(TEXT, LITERAL)
    assert road.applied(_paragraph(road.built(), "激发活力", "")) == [("applied", "")]
    assert road.text == TEXT.replace("2. 激发活力。\n", "")


def test_an_item_put_in_with_a_number_of_its_own_is_left_to_a_person(road: Road) -> None:
    road.put(TEXT, LITERAL)
    new = '<w:p><w:pPr><w:pStyle w:val="GwBody"/></w:pPr><w:r><w:t>3.加强监测。</w:t></w:r></w:p>'
    ((result, _),) = road.applied(_paragraph(road.built(), "激发活力", new))
    assert result == "open"
    assert road.text == TEXT


def _paragraph(data: bytes, words: str, new: str) -> bytes:
    """The paragraph with these words taken out, or followed by another."""
    parts = unzipped(data)
    main = parts["word/document.xml"].decode()
    at = main.index(words)
    start, end = main.rindex("<w:p>", 0, at), main.index("</w:p>", at) + len("</w:p>")
    changed = main[:end] + new + main[end:] if new else main[:start] + main[end:]
    return zipped({**parts, "word/document.xml": changed.encode()})
