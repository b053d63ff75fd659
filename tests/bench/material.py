"""A workspace of a wanted size for drafter, and the same Markdown in pandoc's dialect for the peers.

    DIR/data, DIR/sections, DIR/templates      the workspace
    DIR/peers/sections/*.md, DIR/peers/frame.docx, DIR/peers/whole.md      what the recipe and bare pandoc read

What differs between the two dialects is only how a caption, a box and a reference are written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.bench import prose

TABLES_EACH = 3
PER_CHAPTER = 10

WORKSPACE = """workspace: {name: 测速工作区, bureau: 临港市民政局}
stages: [讨论稿, 征求意见稿]
plans: [speed]
calendar:
- {plan: speed, stage: 讨论稿, date: 2021-01-15}
- {plan: speed, stage: 征求意见稿, date: 2021-02-15}
"""
PLAN = """plan:
  id: speed
  title: 临港市民政事业发展“十四五”规划
  period: [2021, 2025]
  base_year: 2020
  target_year: 2025
  numbering: 章节
  frame: plan
  unit: 临港市民政局
outline:
"""
UNITS = """dataset: {name: units, title: 责任单位, kind: records, short: 单位, key: [名称]}
columns:
- {name: 名称, type: text}
rows:
- {名称: 规划财务科}
"""
COUNTIES = """dataset: {name: counties, title: 县（市、区）, kind: records, short: 县区, key: [名称], unused: ok}
columns:
- {name: 名称, type: text}
rows:
"""
FACILITIES = """dataset: {name: facilities_county, title: 设施台账, kind: records, short: 设施, key: [类型, 县区], year: 2020}
columns:
- {name: 类型, type: choice, of: [养老机构]}
- {name: 县区, type: ref, of: counties}
- {name: 床位, type: number, unit: 张, decimals: 0}
- {name: 护理型床位, type: number, unit: 张, decimals: 0}
rows:
"""
INDICATORS = (
    ("I01", "城市最低生活保障标准", "城市低保标准", "元/人·月", 0, 710, 950),
    ("I02", "养老机构和设施床位数", "养老床位", "张", 0, 18800, 24000),
    ("I03", "养老机构护理型床位占比", "护理型占比", "%", 1, 34.9, 55),
    ("I04", "社会工作专业人才数", "社工人数", "人", 0, 2310, 4200),
)


@dataclass(frozen=True, slots=True)
class Material:
    """A folder made for one size."""

    folder: Path
    characters: int
    fragments: int
    tables: int


def make(folder: Path, characters: int, fragments: int) -> Material:
    """Write the workspace and the peers' files; the same arguments write the same bytes."""
    _data(folder)
    texts = [_fragment(number, characters // fragments) for number in range(1, fragments + 1)]
    outline = []
    for number, text in enumerate(texts, 1):
        chapter = (number - 1) // PER_CHAPTER + 1
        if (number - 1) % PER_CHAPTER == 0:
            outline.append(f"- title: {prose.title(Random(-chapter))}\n  slots:")
        outline.append(f"  - speed/f{number}")
        _write(folder / f"sections/speed/{chapter:02}-chapter/{number:02}-fragment.md", text)
    _write(folder / "data/plans/speed.yaml", PLAN + "\n".join(outline) + "\n")
    _frame(folder)
    _peers(folder, texts)
    return Material(folder, sum(map(len, texts)), fragments, fragments * TABLES_EACH)


def _fragment(number: int, size: int) -> str:
    random = Random(number)
    label = f"f{number}"
    head = f"---\nid: speed/{label}\ntitle: {prose.title(random)}\nowner: 规划财务科\nstatus: 初稿\n---\n"
    blocks = [prose.paragraph(random, 4) + f"（见@tbl:{label}-1）[^{label}]"]
    for part in range(1, TABLES_EACH + 1):
        blocks += [f"# {prose.title(random)} {{#sec:{label}-{part}}}", prose.paragraph(random, 5)]
        blocks += [prose.items(random, 3), prose.bullets(random, 3)]
        caption = f"{prose.title(random)}情况（{number}.{part}）"
        blocks.append(f"::: table {caption} {{#tbl:{label}-{part}}}\n\n{prose.table(random, 8)}\n\n:::")
    box = f"::: 专栏 {prose.title(random)}工程 {{#box:{label}}}\n\n{prose.items(random, 3)}\n\n:::"
    blocks += [box, f"[^{label}]: {prose.sentence(random)}"]
    missing = size - len(head) - sum(len(block) + 2 for block in blocks)
    while missing > 0:
        blocks.insert(-2, prose.paragraph(random, 4))
        missing -= len(blocks[-3]) + 2
    return head + "\n\n".join(blocks) + "\n"


def _data(folder: Path) -> None:
    _write(folder / "data/workspace.yaml", WORKSPACE)
    _write(folder / "data/units.yaml", UNITS)
    _write(
        folder / "data/counties.yaml", COUNTIES + "".join(f"- {{名称: {name}}}\n" for name in prose.COUNTIES)
    )
    rows = [
        f"- {{类型: 养老机构, 县区: {name}, 床位: {1500 + 37 * n}, 护理型床位: {500 + 29 * n}}}\n"
        for n, name in enumerate(prose.COUNTIES)
    ]
    _write(folder / "data/facilities_county.yaml", FACILITIES + "".join(rows))
    _write(folder / "data/indicators.yaml", _indicators())


def _indicators() -> str:
    lines = ["dataset: {name: indicators, title: 指标, kind: indicators, short: 指标}", "rows:"]
    for id_, name, short, unit, decimals, before, after in INDICATORS:
        lines += [
            f"- id: {id_}",
            f"  name: {name}",
            f"  short: {short}",
            f'  unit: "{unit}"',
            f"  decimals: {decimals}",
        ]
        lines += [
            "  values:",
            f"    2020: {{value: {before}, status: 实际}}",
            f"    2025: {{value: {after}, status: 目标}}",
        ]
        lines += ["  attribute: 预期性", "  growth: none", "  owner: 规划财务科"]
    return "\n".join(lines) + "\n"


def _frame(folder: Path) -> None:
    """Our own frame, where the room that makes it stands already."""
    try:
        from drafter.word.frames import plan_frame
    except ImportError:
        return
    target = folder / "templates/plan.docx"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(plan_frame())


def _peers(folder: Path, texts: list[str]) -> None:
    from tests.bench import recipe

    bodies = [text.split("---\n", 2)[2] for text in texts]
    numbers = {label: n for n, label in enumerate(re.findall(r"\{#tbl:([a-z0-9-]+)\}", "\n".join(bodies)), 1)}
    for number, (text, body) in enumerate(zip(texts, bodies, strict=True), 1):
        heading = re.search(r"^title: (.*)$", text, re.MULTILINE)
        named = f"# {heading.group(1) if heading else ''}\n\n{body.replace(chr(10) + '# ', chr(10) + '## ')}"
        _write(folder / f"peers/sections/{number:02}.md", _pandoc_dialect(named, numbers))
    recipe.frame(folder / "peers/frame.docx")
    _write(folder / "peers/whole.md", recipe.merged(folder))


def _pandoc_dialect(text: str, tables: dict[str, int]) -> str:
    text = re.sub(
        r"^::: table ([^\n]*) (\{#[^}]*\})\n\n(.*?)\n\n:::$",
        r"\3\n\n: \1 \2",
        text,
        flags=re.MULTILINE | re.DOTALL,
    )
    text = re.sub(r"^::: 专栏 (.*) \{(#[^}]*)\}$", r"::: {\2 .box}\n\n**专栏 \1**", text, flags=re.MULTILINE)
    return re.sub(r"@tbl:([a-z0-9-]+)", lambda found: f"表{tables[found.group(1)]}", text)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
