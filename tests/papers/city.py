"""The four rounds of the fictional city: 15 replies, 8 采纳, 3 部分采纳, 3 未采纳, 1 无意见."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from drafter.review.remarks import Kind
from drafter.rounds.model import Asked, Decision, Received, Register, Reply, Round, RoundKind, Row, State

SYSTEM, DEPARTMENTS, PUBLIC, EXPERTS = (
    RoundKind.SYSTEM,
    RoundKind.DEPARTMENTS,
    RoundKind.PUBLIC,
    RoundKind.EXPERTS,
)
ROUNDS = (
    ("R1", SYSTEM, "v1", "书面征求县（市、区）民政局和市局科室意见", "2020-08-21", "2020-09-10"),
    ("R2", DEPARTMENTS, "v2", "书面征求市直部门意见", "2020-12-01", "2020-12-18"),
    ("R3", PUBLIC, "v2", "向社会公开征求意见", "2020-12-21", "2021-01-20"),
    ("R4", EXPERTS, "v3", "专家论证会", "2021-02-26", "2021-02-26"),
)
SAID = (
    ("R1", "东渚市民政局", "", "第六章第一节", "区域养老服务中心建设数量建议按乡镇人口分类确定", "采纳", "已在第六章第一节补充分类确定的表述", "养老服务科"),
    ("R1", "北埝县民政局", "", "专栏4", "建议将北埝县公益性公墓列入项目表", "采纳", "已列入项目表", "社会事务科"),
    ("R1", "南塬县民政局", "", "第四章第一节", "农村社区综合服务设施覆盖率目标偏高", "未采纳", "与市级规划纲要指标衔接，且有项目支撑", "基层政权建设和社区治理科"),
    ("R2", "市发展和改革委员会", "", "专栏1", "约束性指标应与规划纲要保持一致", "采纳", "已逐项核对", "规划财务科"),
    ("R2", "市财政局", "张三", "第七章第二节", "建议将“加大财政投入”改为“按照财政事权和支出责任落实经费”", "采纳", "已修改", "规划财务科"),
    ("R2", "市自然资源和规划局", "", "第七章第二节", "建议明确新增用地与国土空间规划衔接", "采纳", "已补充", "规划财务科"),
    ("R2", "市卫生健康委员会", "", "第六章第一节", "建议增加医养结合签约率指标", "部分采纳", "作为任务表述，不列为指标", "养老服务科"),
    ("R2", "市人力资源和社会保障局", "", "第六章第三节", "建议明确养老护理员培训人数", "采纳", "已补充", "养老服务科"),
    ("R2", "市残疾人联合会", "", "", "", "无意见", "", ""),
    ("R3", "市民", "李大明", "第六章第二节", "希望增加老旧小区助餐点，联系电话13812345678", "部分采纳", "已在居家社区养老任务中体现", "养老服务科"),
    ("R3", "市民", "王某", "第五章第一节", "希望尽快明确殡仪馆迁建选址", "未采纳", "选址需按规划选址程序另行公示", "社会事务科"),
    ("R3", "海晏社会工作服务中心", "", "第四章第二节", "建议降低社会组织登记门槛", "未采纳", "依据《社会团体登记管理条例》等规定办理", "社会组织管理科"),
    ("R4", "", "陈思远", "专栏1", "护理型床位占比目标测算依据需说明", "采纳", "编制说明已补充测算", "养老服务科"),
    ("R4", "", "林晓", "第七章第二节", "建议补充护理员缺口的弥补措施", "采纳", "已补充政府购买服务100人", "养老服务科"),
    ("R4", "", "周文", "", "专栏与附表重复，建议合并", "部分采纳", "保留专栏，附表仅列明细", "规划财务科"),
)  # fmt: skip
"""Round, unit, person, 章节, words, result, reason, 承办科室."""

SILENT = ("市教育局", "市统计局")
"""Asked in the second round, and not heard of."""


def digest(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


def register(id_: str) -> Register:
    """One of the rounds, with everybody who answered in it among those who were asked."""
    round_ = next(
        Round(each[0], "p145", each[2], each[1], *each[3:], ()) for each in ROUNDS if each[0] == id_
    )
    said = [(number, *each[1:]) for number, each in enumerate(SAID, 1) if each[0] == id_]
    replies: list[Reply] = []
    rows: list[Row] = []
    for number, unit, person, chapter, words, result, reason, office in said:
        conclusion = "无意见" if result == "无意见" else "有意见"
        file = Received(f"{number}.docx", digest(number), State.READ)
        replies.append(
            Reply(unit, person, round_.until, "反馈意见表", conclusion, file, "2021-03-01T09:00:00+08:00")
        )
        if result == "无意见":
            continue
        rows.append(
            Row(
                f"{id_}-{len(rows) + 1:03d}", unit, person, round_.until, "反馈意见表", Kind.OPINION.value, chapter=chapter,
                comment=words, file=digest(number)[:12], office=office, decision=Decision(result), reason=reason,
            )
        )  # fmt: skip
    names = () if round_.kind is PUBLIC else (*(each.unit or each.person for each in replies),)
    more = SILENT if id_ == "R2" else ()
    asked = tuple(Asked(name) for name in (*names, *more))
    return Register(replace(round_, asked=asked), tuple(replies), tuple(rows))


def registers() -> tuple[Register, ...]:
    return tuple(register(each[0]) for each in ROUNDS)
