"""A small workspace on disk that is right in everything, for tests to spoil one thing in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from drafter.source.issues import Issue, Outcome
from drafter.workspace.loading import load
from drafter.workspace.model import Workspace

FILES: Mapping[str, str] = {
    "data/workspace.yaml": """\
workspace: {name: 工作区, bureau: 民政局}
stages: [讨论稿, 征求意见稿]
plans: [p145]
calendar:
- {plan: p145, stage: 讨论稿, date: 2020-08-20}
""",
    "data/plans/p145.yaml": """\
plan:
  id: p145
  title: 临港市“十四五”规划
  short: 《规划》
  period: [2021, 2025]
  base_year: 2020
  target_year: 2025
  numbering: 章节
  frame: plan
  unit: 民政局
outline:
- title: 总体要求
  slots:
  - p145/c1s1
  - {id: p145/c1s2, title: 基本原则, owner: 养老服务科}
annexes:
- p145/a1
""",
    "data/units.yaml": """\
dataset: {name: units, title: 单位, kind: records, short: 单位, key: [名称]}
columns:
- {name: 名称, type: text}
- {name: 成员, type: list}
rows:
- {名称: 养老服务科}
- {名称: 规划财务科, 成员: [甲, 乙]}
""",
    "data/counties.yaml": """\
dataset: {name: counties, title: 县区, kind: records, short: 县区, key: [名称], year: 2020}
columns:
- {name: 名称, type: text}
- {name: 层级, type: choice, of: [县级, 市级]}
- {name: 人口, type: number, unit: 万人, decimals: 1}
rows:
- {名称: 港城区, 层级: 县级, 人口: 78.6}
- {名称: 滨海区, 层级: 县级, 人口: 46.2}
- {名称: 市本级, 层级: 市级}
""",
    "data/facilities.yaml": """\
dataset: {name: facilities, title: 设施, kind: records, short: 设施, key: [类型, 县区], year: 2020}
columns:
- {name: 类型, type: choice, of: [养老机构, 中心]}
- {name: 县区, type: ref, of: counties}
- {name: 床位, type: number, unit: 张, decimals: 0}
- {name: 护理型, type: number, unit: 张, decimals: 0}
- {name: 占比, type: formula, unit: "%", decimals: 1, formula: "share(护理型, 床位)"}
- {name: 投资, type: number, unit: 万元}
rows:
- {类型: 养老机构, 县区: 港城区, 床位: 300, 护理型: 100, 投资: 5000}
- {类型: 养老机构, 县区: 滨海区, 床位: 100, 护理型: 60}
- {类型: 中心, 县区: 港城区, 投资: 10000}
""",
    "data/indicators.yaml": """\
dataset: {name: indicators, title: 指标, kind: indicators, short: 指标}
rows:
- id: I01
  name: 养老床位
  unit: 张
  decimals: 0
  values:
    2020: {formula: "设施.养老机构.床位", status: 实际}
    2025: {value: 800, status: 目标}
  attribute: 预期性
  growth: 年均增速
  owner: 养老服务科
- id: I02
  name: 养老机构护理型床位占比
  short: 护理型占比
  unit: "%"
  decimals: 1
  values:
    2020: {formula: "设施.养老机构.护理型 / 设施.养老机构.床位 * 100", status: 实际}
    2025: {value: 55.0, status: 目标}
  attribute: 约束性
  growth: 累计
  owner: 养老服务科
""",
    "data/tables.yaml": """\
tables:
- name: 主要指标
  caption: 主要指标
  from: indicators
  columns:
  - {head: 指标, value: name}
  - {head: [2020年, 基期], value: "[2020]"}
  - {head: 增幅, value: 增幅}
- name: 设施表
  caption: 设施
  from: facilities
  where: {类型: 养老机构}
  columns:
  - {head: 县区, value: 县区}
  - {head: 占比, value: "share(护理型, 床位)", decimals: 1}
  total: 合计
""",
    "sections/p145/01/01.md": """\
---
id: p145/c1s1
title: 指导思想
owner: 规划财务科
contributors: [养老服务科]
status: 初稿
extract: [纲要]
---
坚持以人民为中心。
""",
    "sections/p145/02/01.md": """\
---
id: p145/a1
title: 指标解释
owner: 规划财务科
---
""",
    "templates/macros.md.j2": "{% macro a() %}{% endmacro %}\n",
}


def write(root: Path, changes: Mapping[str, str | bytes | None] | None = None) -> Path:
    """The workspace in a folder; a file of `changes` stands in for its own, None leaves it out."""
    files: dict[str, str | bytes | None] = {**FILES, **(changes or {})}
    for path, text in files.items():
        if text is None:
            continue
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def loaded(root: Path, changes: Mapping[str, str | bytes | None] | None = None) -> Outcome[Workspace]:
    """The workspace as it is read."""
    return load(write(root, changes))


def replaced(path: str, old: str, new: str) -> dict[str, str]:
    """One file with one passage changed."""
    assert FILES[path].count(old) == 1, f"{old} stands {FILES[path].count(old)} times in {path}"
    return {path: FILES[path].replace(old, new)}


def said(issues: tuple[Issue, ...]) -> list[str]:
    """Problems as `file:line:column code`, those of the unspoiled workspace left out."""
    known = "data/plans/p145.yaml:15:10 workspace.slot-empty"
    lines = [f"{each.place.file}:{each.place.line}:{each.place.column} {each.code}" for each in issues]
    return [line for line in lines if line != known]
