"""名词解释: the term in a look of its own, its meaning behind it, and edits of both brought home."""

from __future__ import annotations

import pytest

from tests.actions.workspace import silently, tracked
from tests.word.reading_back import found
from tests.word.road import Road, shown

TEXT = """\
**护理型床位**
: 指主要供失能老年人使用的床位，见{{ 指标.护理型占比[2025] }}。[^1]

[^1]: 以验收为准。

三社联动。
: 指社区、社会组织、社会工作者的联动。
  续行。

  第二段。

区域养老服务中心
: 指覆盖若干街道的机构。

见@tbl:facilities。

::: table 设施表 {#tbl:facilities}
:::
"""


def test_a_term_and_its_meaning_are_one_paragraph(road: Road) -> None:
    road.put(TEXT)
    data = road.built()
    assert shown(data)[:4] == [
        "护理型床位：指主要供失能老年人使用的床位，见55.0%。\ufffc",
        "三社联动。指社区、社会组织、社会工作者的联动。续行。",
        "第二段。",
        "区域养老服务中心：指覆盖若干街道的机构。",
    ]
    terms = found(data, "//w:r[w:rPr/w:rStyle/@w:val='GwTerm']/w:t/text()")
    assert terms == ["护理型床位", "：", "三社联动。", "区域养老服务中心", "："]


@pytest.mark.parametrize("change", [silently, tracked])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("覆盖若干街道", "覆盖街道"),
        ("区域养老服务中心", "区域性养老服务中心"),
        ("续行", "续写"),
        ("第二段", "第三段"),
        ("供失能老年人", "供失能、失智老年人"),
    ],
)
def test_an_edit_comes_home(road: Road, change: object, old: str, new: str) -> None:
    road.put(TEXT)
    assert callable(change)
    assert road.applied(change(road.built(), old, new)) == [("applied", "")]
    assert road.text == TEXT.replace(old, new)


def test_the_colon_that_nobody_typed_stays(road: Road) -> None:
    road.put(TEXT)
    assert road.applied(silently(road.built(), "：", " ")) == [("open", "review.generated")]
    assert road.text == TEXT
