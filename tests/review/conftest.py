from collections.abc import Callable
from pathlib import Path

import pytest

from tests.review.rig import Desk

DATA = {
    "data/workspace.yaml": "workspace: {name: 试验, bureau: 民政局}\nstages: [讨论稿]\nplans: [p]\ncalendar:\n- {plan: p, stage: 讨论稿, date: 2021-01-15}\n",
    "data/plans/p.yaml": "plan:\n  id: p\n  title: 试验规划\n  period: [2021, 2025]\n  base_year: 2020\n  target_year: 2025\n  numbering: 章节\n"
    "  frame: plan\n  unit: 民政局\noutline:\n- title: 总则\n  slots: [p/a]\n",
    "data/units.yaml": "dataset: {name: units, title: 单位, kind: records, short: 单位, key: [名称]}\ncolumns:\n- {name: 名称, type: text}\n"
    "rows:\n- {名称: 规划财务科}\n",
    "data/counties.yaml": "dataset: {name: counties, title: 县区, kind: records, short: 县区, key: [名称], year: 2020}\ncolumns:\n"
    "- {name: 名称, type: text}\n- {name: 床位, type: number, unit: 张, decimals: 0}\n- {name: 简介, type: text}\nrows:\n"
    "- {名称: 东岭县, 床位: 24000, 简介: 沿海山地}\n- {名称: 西泽县, 床位: 13111, 简介: 内陆平原}\n",
    "templates/macros.md.j2": "{% macro 说明(词) %}（{{ 词 }}另行说明）{% endmacro %}\n",
}


@pytest.fixture
def desk(tmp_path: Path) -> Callable[[str], Desk]:
    """A workspace with one fragment of this text, issued."""

    def make(body: str) -> Desk:
        front = "---\nid: p/a\ntitle: 本节标题\nowner: 规划财务科\nstatus: 初稿\n---\n"
        for path, text in {**DATA, "sections/p/01/01.md": front + body}.items():
            target = tmp_path / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode())
        frame = Path(__file__).parents[2] / "templates/plan.docx"
        (tmp_path / "templates/plan.docx").write_bytes(frame.read_bytes())
        return Desk(tmp_path)

    return make
