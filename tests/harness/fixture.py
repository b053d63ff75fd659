"""A workspace with every kind of place that an edit can hit; every sentence and every number in it is unique.

Uniqueness is what makes the harness independent: the true place of a word is found by searching the sources for it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

WHO = [
    "各级民政部门",
    "社区工作者",
    "养老机构",
    "基层政府",
    "社会组织",
    "志愿队伍",
    "主管单位",
    "服务站点",
    "救助机构",
    "街道办事处",
    "慈善力量",
    "评估人员",
]
HOW = [
    "持续",
    "稳步",
    "全面",
    "协同",
    "有序",
    "切实",
    "统筹",
    "深入",
    "逐级",
    "分类",
    "定期",
    "联合",
    "主动",
    "规范",
    "依法",
    "及时",
]
DOES = [
    "推进",
    "完善",
    "落实",
    "健全",
    "优化",
    "拓展",
    "加强",
    "改进",
    "巩固",
    "细化",
    "公开",
    "核查",
    "补齐",
    "培育",
    "保障",
    "引导",
]
WHERE = [
    "城市街区",
    "沿海乡镇",
    "偏远村居",
    "老旧小区",
    "产业园区",
    "山区片区",
    "新建社区",
    "中心城区",
    "农场林场",
    "海岛渔村",
]
WHAT = [
    "探访制度",
    "服务网络",
    "评估标准",
    "信息台账",
    "安全管理",
    "培训体系",
    "补贴政策",
    "应急预案",
    "登记流程",
    "监督机制",
    "合作平台",
    "人才队伍",
    "设施布局",
    "供餐站点",
    "康复辅具",
    "档案管理",
    "殡葬服务",
    "困境帮扶",
    "邻里互助",
    "适老改造",
]
TAIL = [
    "形成长效安排",
    "接受群众评议",
    "纳入年度考核",
    "明确责任分工",
    "做到应保尽保",
    "减少重复填报",
    "提高办理效率",
    "守住安全底线",
    "留存完整记录",
    "按季通报进展",
]

KINDS = ("plain", "value", "bold", "lead", "wrapped", "marked", "bold-value", "string")
COUNTIES = ("东岭县", "西泽县", "南麓市", "北洲区", "中渚区")
MACRO = "由宏统一说明含义"
LOOP = "循环里的固定说法"
FRAGMENTS = (("one", "第一项内容"), ("two", "第二项内容"), ("three", "第三项内容"), ("crlf", "第四项内容"))
"""The last one is written with CRLF line ends."""


class Words:
    """Sentences that never repeat, and numbers that occur once."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.said: set[str] = set()
        self.number = 20011
        self.indicators = iter(range(1, 41))
        self.topics = iter(range(1, 21))

    def clause(self) -> str:
        """A clause that is said once."""
        pick = self.random.choice
        while True:
            made = f"{pick(WHO)}{pick(HOW)}{pick(DOES)}{pick(WHERE)}{pick(WHAT)}"
            if made not in self.said:
                self.said.add(made)
                return made

    def sentence(self) -> str:
        """Two clauses and a tail."""
        return f"{self.clause()}，{self.clause()}，{self.random.choice(TAIL)}。"

    def figure(self) -> int:
        """A number that occurs nowhere else."""
        self.number += self.random.randint(11, 60)
        return self.number


def write(root: Path, frame: Path, seed: int = 7) -> None:
    """Write the workspace into an empty folder; `frame` is copied as its Word frame."""
    words = Words(seed)
    for path, content in {**_data(words), **dict(_sections(words))}.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        raw = content.encode()
        target.write_bytes(raw.replace(b"\n", b"\r\n") if "crlf" in path else raw)
    (root / "templates").mkdir(exist_ok=True)
    (root / "templates/plan.docx").write_bytes(frame.read_bytes())


def _data(words: Words) -> dict[str, str]:
    indicators = "\n".join(
        f"- {{id: I{n:02}, name: 试验指标{n:02}, short: 甲{n:02}, unit: 张, decimals: 0, growth: 年均增速, direction: up, "
        f"attribute: 预期性, owner: 规划财务科, values: {{2020: {{value: {words.figure()}, status: 实际}}, "
        f"2025: {{value: {words.figure()}, status: 目标}}}}}}"
        for n in range(1, 41)
    )
    counties = "\n".join(
        f"- {{名称: {name}, 床位: {words.figure()}, 简介: {words.clause()}}}" for name in COUNTIES
    )
    topics = "\n".join(
        f"- {{编号: T{n:02}, 经费: {words.figure()}, 要点: {words.clause()}}}" for n in range(1, 21)
    )
    return {
        "data/workspace.yaml": (
            "workspace: {name: 试验, bureau: 试验市民政局}\nstages: [讨论稿, 征求意见稿]\nplans: [probe]\n"
            "calendar:\n- {plan: probe, stage: 讨论稿, date: 2021-01-15}\n"
        ),
        "data/plans/probe.yaml": (
            "plan:\n  id: probe\n  title: 试验规划\n  period: [2021, 2025]\n  base_year: 2020\n  target_year: 2025\n"
            "  numbering: 章节\n  frame: plan\n  unit: 试验市民政局\noutline:\n"
            "- title: 甲部分的基础情况\n  slots: [probe/one, probe/two]\n"
            "- title: 乙部分的主要任务\n  slots: [probe/three, probe/crlf]\n"
        ),
        "data/units.yaml": (
            "dataset: {name: units, title: 单位, kind: records, short: 单位, key: [名称]}\n"
            "columns:\n- {name: 名称, type: text}\nrows:\n- {名称: 规划财务科}\n"
        ),
        "data/indicators.yaml": (
            f"dataset: {{name: indicators, title: 指标, kind: indicators, short: 指标}}\nrows:\n{indicators}\n"
        ),
        "data/counties.yaml": (
            "dataset: {name: counties, title: 县区, kind: records, short: 县区, key: [名称], year: 2020}\ncolumns:\n"
            "- {name: 名称, type: text}\n- {name: 床位, type: number, unit: 张, decimals: 0}\n- {name: 简介, type: text}\n"
            f"rows:\n{counties}\n"
        ),
        "data/topics.yaml": (
            "dataset: {name: topics, title: 专题, kind: records, short: 专题, key: [编号], year: 2020}\ncolumns:\n"
            "- {name: 编号, type: text}\n- {name: 经费, type: number, unit: 万元, decimals: 0}\n- {name: 要点, type: text}\n"
            f"rows:\n{topics}\n"
        ),
        "data/tables.yaml": (
            "tables:\n- name: 县区床位\n  caption: 试验县区床位一览\n  from: counties\n  columns:\n"
            "  - {head: 县区名称, value: 名称}\n  - {head: 床位总量, value: 床位}\n  - {head: 情况简介, value: 简介}\n"
            "  total: 合计\n"
        ),
        "templates/macros.md.j2": f"{{% macro 说明(词) %}}（{{{{ 词 }}}}{MACRO}）{{% endmacro %}}\n",
    }


def _sections(words: Words) -> Iterator[tuple[str, str]]:
    for chapter, (name, title) in enumerate(FRAGMENTS, start=1):
        body = "\n\n".join(_blocks(words, name))
        front = f"---\nid: probe/{name}\ntitle: {title}\nowner: 规划财务科\nstatus: 初稿\n---\n"
        head = "{% from 'macros.md.j2' import 说明 %}\n"
        yield f"sections/probe/{chapter:02}-{name}/01-{name}.md", front + head + body + "\n"


def _blocks(words: Words, fragment: str) -> Iterator[str]:
    clause, sentence = words.clause, words.sentence
    for turn in range(2):
        yield f"# {clause()} {{#sec:{fragment}{turn}}}"
        for kind in KINDS:
            yield _paragraph(words, kind)
        yield f"{_paragraph(words, 'plain')[:-1]}[^{turn}]。"
        yield f"[^{turn}]: {sentence()}"
        yield f"{clause()}（见@tbl:{fragment}{turn}），{sentence()}"
        yield f"1. **{clause()}。**{sentence()}\n2. {sentence()}\n   1. {sentence()}\n   2. {sentence()}\n3. {sentence()}"
        yield f"- {sentence()}\n- {sentence()}"
        yield f"## {clause()}"
        yield f"> {sentence()}{sentence()}"
        yield f"::: 专栏 {clause()}\n{sentence()}\n\n1. **{clause()}。**{sentence()}\n2. {sentence()}\n:::"
        yield (
            f"::: table {clause()} {{#tbl:{fragment}{turn}}}\n| 事项 | 说明 |\n|---|---|\n| {clause()} | {clause()} |\n"
            f"| {clause()} | **{clause()}** |\n| {clause()}\\|{clause()} | {words.figure()} |\n:::"
        )
        yield f"{clause()}，{{{{ 说明('词语{fragment}{turn}') }}}}，{sentence()}"
        yield _paragraph(words, "wrapped")
    if fragment == "two":
        yield f"{{% for 行 in 县区 %}}\n- {{{{ 行.名称 }}}}现有床位{{{{ 行.床位 }}}}，{LOOP}。\n{{% endfor %}}"
        yield "::: table 县区床位\n:::"
        yield f"{clause()}，合计{{{{ sum(县区.床位) }}}}，{clause()}。"
        yield f"{clause()}，经费共{{{{ sum(专题.经费) }}}}，{clause()}。"


def _paragraph(words: Words, kind: str) -> str:
    clause, sentence = words.clause, words.sentence
    match kind:
        case "value":
            name = f"指标.甲{next(words.indicators):02}"
            return f"{clause()}，到2025年达到{{{{ {name}[2025] }}}}，{clause()}，比{{{{ {name}[2020] }}}}有所增加。"
        case "bold-value":
            name = f"专题.T{next(words.topics):02}"
            return f"{clause()}，**安排{{{{ {name}.经费 }}}}用于{clause()}**，{sentence()}"
        case "string":
            name = f"专题.T{next(words.topics):02}"
            return f"{clause()}，其中{{{{ {name}.要点 }}}}的做法值得推广，{clause()}。"
        case "bold":
            return f"{clause()}，**{clause()}**，{sentence()}"
        case "lead":
            return f"**{clause()}。**{sentence()}*{clause()}*，{sentence()}"
        case "wrapped":
            return f"{clause()}，\n{sentence()}\n{sentence()}"
        case "marked":
            return f"{clause()}\\*，{clause()}&amp;{clause()}，见[{clause()}](https://example.org/a)。"
        case _:
            return sentence() + sentence()
