from __future__ import annotations

import pytest

from drafter.document.tree import Block
from tests.word.page.rendering import Page, rendered
from tests.word.trees import Plan, merged_table

PLAIN = (
    "全市民政系统坚持以人民为中心的发展思想扎实履行基本民生保障基层社会治理基本社会服务等职责"
    "为决胜全面建成小康社会发挥兜底作用"
)
"""汉字 only: LibreOffice 7.4 puts space beside digits whatever it is told."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Page, ...]:
    """Cover, contents, some pages of plain text, an upright and a turned annex, and text behind them."""
    plan = Plan()
    blocks: list[Block] = [plan.heading(1, "第一章", "总则")]
    blocks += [plan.paragraph(PLAIN * 3) for _ in range(20)]
    blocks += [plan.heading(1, "附件1", "指标", annex=True), plan.paragraph(PLAIN * 6)]
    blocks += [merged_table(plan, 1, "指标", landscape=True), plan.paragraph(PLAIN * 6)]
    file = plan.written(*blocks).value
    assert file
    return rendered(file.data, tmp_path_factory.mktemp("pages"))
