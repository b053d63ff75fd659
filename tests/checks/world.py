"""A small workspace of projects and an indicator, and drafts of one paragraph and one table."""

from datetime import date
from pathlib import Path

from drafter.checks import Draft
from drafter.document.tree import Document, Line, Paragraph, Text
from drafter.source.issues import Issue
from drafter.source.origins import literal
from drafter.views.tables import table
from drafter.workspace.loading import load
from drafter.workspace.model import Workspace

PLAN = """plan: {id: p145, title: 规划, period: [2021, 2025], base_year: 2020, target_year: 2025, numbering: 章节, frame: plan, unit: 民政局}
outline: []
"""
PROJECTS = """dataset: {name: projects, title: 项目表, kind: records, short: 项目, key: 编号}
checks:
%s
columns:
- {name: 编号, type: text}
- {name: 名称, type: text}
- {name: 总投资, type: number, unit: 万元, decimals: 0}
- {name: 中央, type: number, unit: 万元, decimals: 0}
- {name: 地方, type: number, unit: 亿元, decimals: 2}
- {name: 床位, type: number, unit: 张, decimals: 0}
- {name: 入住, type: number, unit: 人, decimals: 0}
rows:
- {编号: P1, 名称: 养老中心, 总投资: 30000, 中央: 10000, 地方: 2, 床位: 300, 入住: 200}
- {编号: P2, 名称: 康复中心, 总投资: 6000, 中央: 1000, 地方: 0.5, 床位: 100, 入住: 120}
- {编号: P3, 名称: 活动站, 总投资: 100, 中央: 100, 地方: 0}
"""
INDICATOR = """dataset: {name: indicators, title: 指标, kind: indicators, short: 指标}
rows:
- {id: I1, name: 养老床位, short: 床位数, unit: 张, decimals: 0, values: {2020: {value: 18800, status: 实际}, 2025: {value: 24000, status: 目标}}, direction: up}
"""


def write(root: Path, **data: str) -> None:
    """The files of the workspace, with these data files."""
    files = {
        "data/workspace.yaml": "workspace: {name: 工作区, bureau: 民政局}\nstages: [讨论稿, 征求意见稿, 送审稿]\nplans: [p145]\n",
        "data/plans/p145.yaml": PLAN,
        **{f"data/{name}.yaml": text for name, text in data.items()},
    }
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def workspace(root: Path, **data: str) -> Workspace:
    """The workspace with these data files, in which loading finds nothing wrong."""
    write(root, **data)
    outcome = load(root)
    assert outcome.value is not None
    assert [issue.code for issue in outcome.issues] == []
    return outcome.value


def draft(
    found: Workspace, text: str = "", stage: str = "征求意见稿", day: date | None = None, view: str = ""
) -> Draft:
    """A plan of one paragraph typed into `sections/a.md`, and the table of a view."""
    plan = found.plans["p145"]
    blocks = (Paragraph("f#1", Line((Text(literal("sections/a.md", text, 0)),))),)
    if view:
        made = table(found.views[view], found, plan, "f#2").value
        assert made is not None
        return Draft(plan, Document("p145", plan.title, (*blocks, made), {}), stage, day)
    return Draft(plan, Document("p145", plan.title, blocks, {}), stage, day)


def codes(issues: tuple[Issue, ...], code: str = "") -> list[tuple[str, int]]:
    return [(each.code, each.place.line) for each in issues if each.code.startswith(code or "checks.")]


VIEW = """tables:
- name: 表
  caption: 表题
  from: %s
  columns:
  - {head: 数, value: "%s"}
"""
