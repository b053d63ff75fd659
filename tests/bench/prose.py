"""Deterministic prose of a Chinese plan: sentences, tables and boxes that read as planning papers read."""

from __future__ import annotations

from random import Random

WHO = (
    "市民政局",
    "各县（市、区）",
    "养老服务科",
    "乡镇（街道）",
    "社会组织",
    "社区居民委员会",
    "相关部门",
    "社会救助机构",
)
HOW = (
    "坚持统筹规划",
    "按照分级负责的原则",
    "以群众需求为导向",
    "依托现有设施",
    "通过政府购买服务",
    "结合城市更新",
    "围绕短板弱项",
)
VERB = ("健全", "完善", "推进", "优化", "加快建设", "规范", "拓展", "巩固提升", "改造", "盘活")
WHAT = (
    "县乡村三级养老服务网络",
    "分层分类的社会救助体系",
    "困难群众主动发现机制",
    "未成年人保护工作平台",
    "社区综合服务设施",
    "公益性安葬设施",
    "婚姻登记和家庭辅导服务",
    "精神障碍社区康复服务",
    "慈善信托和志愿服务",
    "地名公共服务",
    "区域养老服务中心",
    "儿童福利机构",
)
AIM = (
    "确保应保尽保、应救尽救",
    "形成布局合理、功能完备的格局",
    "让群众在家门口享受服务",
    "提高护理型床位占比",
    "逐步缩小城乡差距",
    "实现“一刻钟”服务全覆盖",
    "夯实基层基础",
    "增强兜底保障能力",
)
UNITS = ("张", "个", "人", "万元", "平方米", "处")
COUNTIES = ("港城区", "滨海区", "东渚市", "西泊市", "望潮县", "南塬县", "北埝县", "青泽县")
VALUES = (
    "指标.养老床位[2025]",
    "指标.护理型占比[2025]",
    "指标.城市低保标准[2020]",
    "指标.社工人数[2025]",
    "设施.养老机构.床位",
    "设施.养老机构.护理型床位",
)


def sentence(random: Random) -> str:
    """One sentence; one in six prints a value, one in five has words in bold."""
    what = random.choice(WHAT)
    if random.random() < 0.2:
        what = f"**{what}**"
    body = f"{random.choice(WHO)}{random.choice(HOW)}，{random.choice(VERB)}{what}，"
    roll = random.random()
    if roll < 1 / 6:
        return body + f"到2025年达到{{{{ {random.choice(VALUES)} }}}}，{random.choice(AIM)}。"
    if roll < 0.5:
        year, count = random.randint(2021, 2025), random.randint(10, 9_900)
        return body + f"{year}年底前完成{count}{random.choice(UNITS)}，{random.choice(AIM)}。"
    return body + f"{random.choice(AIM)}。"


def paragraph(random: Random, sentences: int) -> str:
    """Sentences in a row, as one line."""
    return "".join(sentence(random) for _ in range(sentences))


def title(random: Random) -> str:
    """The words of a heading."""
    return random.choice(VERB) + random.choice(WHAT)


def table(random: Random, rows: int) -> str:
    """A pipe table of five columns; the last row is a total."""
    unit = random.choice(UNITS)
    lines = [
        f"| 县（市、区） | 现有（{unit}） | 新增（{unit}） | 2025年（{unit}） | 说明 |",
        "|---|--:|--:|--:|---|",
    ]
    for number in range(rows):
        now, more = random.randint(100, 4_000), random.randint(1, 900)
        note = random.choice(VERB) + random.choice(WHAT)
        lines.append(f"| {COUNTIES[number % len(COUNTIES)]} | {now} | {more} | {now + more} | {note} |")
    return "\n".join([*lines, "| 合计 | 9600 | 3100 | 12700 | 含市本级 |"])


def items(random: Random, count: int) -> str:
    """An ordered list whose items begin in bold, the run-in headings of official texts."""
    return "\n".join(f"{n}. **{title(random)}。**{sentence(random)}" for n in range(1, count + 1))


def bullets(random: Random, count: int) -> str:
    """A bullet list."""
    return "\n".join(f"- {sentence(random)}" for _ in range(count))
