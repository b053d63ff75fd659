"""A small workspace with an extract of its one plan."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from drafter.word.frames import plan_frame

EXTRACT, INDICATORS = "data/plans/x1.yaml", "data/indicators.yaml"
FIRST, SECOND = "sections/p1/01.md", "sections/p1/02.md"

FILES: Mapping[str, str] = {
    "data/workspace.yaml": """\
workspace: {name: 工作区, bureau: 民政局}
stages: [讨论稿, 征求意见稿]
plans: [p1, x1]
calendar:
- {plan: p1, stage: 征求意见稿, date: 2021-01-15}
""",
    "data/plans/p1.yaml": """\
plan:
  id: p1
  title: 临港市规划
  short: 《规划》
  period: [2021, 2025]
  base_year: 2020
  target_year: 2025
  numbering: 章节
  frame: plan
  unit: 民政局
  stage: 征求意见稿
outline:
- {title: 总体要求, slots: [p1/a]}
- {title: 主要任务, slots: [p1/b, p1/c]}
""",
    EXTRACT: """\
plan:
  id: x1
  title: 重点内容
  period: [2021, 2025]
  base_year: 2020
  target_year: 2025
  numbering: 公文
  frame: plan
  unit: 民政局
  stage: 征求意见稿
  extract: {of: p1, mark: 纲要, limit: 400}
""",
    INDICATORS: """\
dataset: {name: indicators, title: 指标, kind: indicators, short: 指标}
rows:
- {id: I01, name: 养老床位, unit: 张, decimals: 0, attribute: 约束性, values: {2025: {value: 800, status: 目标}}}
- {id: I02, name: 护理型占比, unit: "%", decimals: 1, attribute: 约束性, values: {2025: {value: 55.0, status: 目标}}}
- {id: I03, name: 探访率, unit: "%", decimals: 1, attribute: 约束性, values: {2025: {value: 99.0, status: 目标}}}
""",
    FIRST: """\
---
id: p1/a
title: 指导思想
owner: 养老科
extract: [纲要]
---
坚持以人民为中心（见@box:goals，分工见@tbl:duties）。[^1]

# 具体目标

- 一是保障。

::: 专栏 目标 {#box:goals}
护理型占比达到{{ 指标.护理型占比[2025] }}。
:::

# 下面没有字的标题

[^1]: 以人民为中心是根本立场。
""",
    SECOND: """\
---
id: p1/b
title: 养老服务
owner: 养老科
---
# 任务 {#sec:tasks}

没有标记的一段。[^2]

全市床位达到{{ 指标.养老床位[2025] }}（见@sec:tasks）。[^1] {.纲要}

1. 不摘的一项。
2. 政府主导。 {.纲要}

::: 专栏 项目
1. 重点项目建设。 {.纲要}
2. 其他项目。
:::

3. 社会参与。 {.纲要}

[^1]: 床位含护理型床位。
[^2]: 不摘的脚注。
""",
    "sections/p1/03.md": """\
---
id: p1/c
title: 保障措施
owner: 养老科
---
尚未摘出。

::: table 分工 {#tbl:duties}
| 任务 | 单位 |
|---|---|
| 养老 | 养老科 |
:::
""",
}


def write(root: Path, changes: Mapping[str, tuple[str, str]] | None = None) -> Path:
    """The workspace at `root`; of some files a passage, which must be there once, is another."""
    for path, text in FILES.items():
        old, new = (changes or {}).get(path, ("", ""))
        assert not old or text.count(old) == 1, old
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text.replace(old, new) if old else text, encoding="utf-8")
    frame = root / "templates/plan.docx"
    frame.parent.mkdir(exist_ok=True)
    frame.write_bytes(plan_frame())
    return root
