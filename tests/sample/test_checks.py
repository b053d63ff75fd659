"""The sample's own checks: they hold, each of them asks something, and one wrong number of any kind is named with both values."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from drafter.actions.check import check
from drafter.checks import run
from drafter.checks.declared import check_declared
from drafter.checks.draft import datasets
from drafter.checks.relation import taken_apart
from drafter.source.issues import Issue
from drafter.workspace.loading import load
from drafter.workspace.model import Workspace

ROOT = Path(__file__).resolve().parents[2]

# Conditions that no row of the sample meets today: there is no danger of the highest grade.
UNMET = {
    '隐患等级 = "重大" => 短板 != ""',
}


def test_the_sample_is_clean() -> None:
    outcome = check(ROOT, ())
    assert [(each.code, each.place.file, each.place.line) for each in outcome.issues] == []


@cache
def texts() -> dict[str, str]:
    """The data files by path."""
    return {f"data/{path.name}": path.read_text("utf-8") for path in (ROOT / "data").glob("*.yaml")}


def loaded(overlay: dict[str, str]) -> Workspace:
    outcome = load(ROOT, overlay)
    assert outcome.value is not None
    assert [issue.code for issue in outcome.issues] == []
    return outcome.value


def turned(check: str, sign: str) -> str:
    """The relation with another sign in what must hold."""
    last = (taken_apart(check) or ())[-1]
    return f"{check[: last.left.start]}{last.left.text}{sign}{last.right.text}"


def test_every_relation_of_the_sample_asks_something() -> None:
    said = {scalar.text for each in datasets(loaded({})) for scalar in each.checks}
    assert len(said) > 200
    speaks = set()
    for sign in ("<", ">"):
        overlay = {}
        for path, text in texts().items():
            head, mark, rest = text.partition("checks:\n")
            lines = rest.splitlines(keepends=True)
            for at, line in enumerate(lines):
                if line.startswith(("columns:", "rows:")):
                    break
                if line.startswith("- "):
                    lines[at] = f"- {turned(line[2:].rstrip(), sign)}\n"
            overlay[path] = head + mark + "".join(lines) if mark else text
        issues = tuple(check_declared(loaded(overlay)))
        speaks |= {issue.facts["check"] for issue in issues}
    silent = {
        each for each in said if not speaks & {" ".join(turned(each, sign).split()) for sign in ("<", ">")}
    }
    assert silent == UNMET


def mutated(name: str, old: str, new: str) -> list[Issue]:
    """What the checks tell of the sample with the first `old` of a data file changed."""
    path = f"data/{name}.yaml"
    assert old in texts()[path]
    return [
        each
        for each in run(loaded({path: texts()[path].replace(old, new, 1)}), ())
        if each.code in {"checks.failed", "checks.not-filled"}
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        # county sums make the city
        ("counties", "人口: 78.6", "人口: 78.7", ("县（市、区）基本情况", "480.1万人", "480")),
        ("facilities_county", "入住人数: 1980", "入住人数: 1981", ("设施台账（县级）", "10751人", "10750")),
        ("survey", "持证社工: 620", "持证社工: 621", ("摸底清单", "2641人", "2640")),
        # within a row
        ("facilities_county", "护理型床位: 1420", "护理型床位: 3181", ("设施.养老机构.港城区", "3181张", "3180张")),
        ("facilities", "入住人数: 171", "入住人数: 281", ("单体设施.F003", "281人", "280张")),
        ("facilities", "持证人员: 60", "持证人员: 85", ("单体设施.F002", "85人", "84人")),
        ("facilities", "建成年份: 2004", "建成年份: 2021", ("单体设施.F005", "2021", "2020")),
        # no acceptance of fire safety, no danger named; a danger without a word
        ("facilities", "消防验收: 是, 隐患等级: 无", "消防验收: 否, 隐患等级: 无", ("单体设施.F001", "无", "无")),
        ("facilities", "隐患: 部分消防设施超期, ", "", ("单体设施.F002", "", "")),
        # single facilities and the county summary, more than the county has
        ("facilities", "床位: 40, 护理型床位: 0, 入住人数: 12", "床位: 41, 护理型床位: 0, 入住人数: 12", ("设施.儿童福利机构.东渚市", "40张", "41张")),
        ("facilities", "类型: 殡仪馆, 县区: 北埝县", "类型: 殡仪馆, 县区: 南塬县", ("设施.殡仪馆.北埝县", "1个", "0")),
        ("facilities_county", "县区: 滨海区, 设施数: 3}", "县区: 滨海区, 设施数: 11}", ("设施.区域养老服务中心.滨海区", "11个", "10个")),
        # demand: base and new make the target, near and far, projects
        ("demand", "近期老年人口: 17.9", "近期老年人口: 24.3", ("需求.港城区", "24.3万人", "24.2万人")),
        ("demand", "新增床位: 900", "新增床位: 901", ("分县建设需求", "5201张", "5200张")),
        ("demand", "新增床位: 900", "新增床位: 499", ("需求.港城区", "500张", "499张")),
        ("scale", "2025: {value: 24000", "2025: {value: 24001", ("规模与测算", "24000张", "24001张")),
        ("scale", "2025: {value: 86,", "2025: {value: 87,", ("规模与测算", "86个", "87个")),
        ("scale", "2019: {value: 20.0", "2019: {value: 20.1", ("规模与测算", "20.1张", "20.00")),
        # projects: funds, land, years, owner, one matter
        ("projects", "市级财政: 4600", "市级财政: 4500", ("项目.P01", "9600万元", "9500万元")),
        ("projects", "存量用地: 1.2", "存量用地: 1.1", ("项目.P01", "1.2公顷", "1.1公顷")),
        ("projects", "竣工: 2024", "竣工: 2026", ("项目.P02", "2026", "2025")),
        ("projects", "开工: 2022\n  竣工: 2025", "开工: 2025\n  竣工: 2022", ("项目.P03", "2025", "2022")),
        ("projects", "  责任单位: 港城区人民政府\n", "", ("项目.P02", "", "")),
        ("projects", "责任科室: 儿童福利科", "责任科室: 养老服务科", ("项目.P09", "0", "1")),
        ("matters", "相关项目: [P09]", "相关项目: [P09, P10]", ("项目.P10", "2", "1")),
        ("assets", "运营主体: 市殡仪馆, ", "", ("管用.P10", "", "")),
        # accounts
        ("operating", "金额2023: 7100", "金额2023: 7101", ("设施运营资金测算", "21491万元", "21490万元")),
        ("labour", "人数: 3300", "人数: 3301", ("养老护理员供需平衡", "3301人", "3300张")),
        ("balances", "{value: 138000, status: 预计}", "{value: 137000, status: 预计}", ("要素平衡账", "1000万元", "0")),
        ("accounts", "缺口: B05, 弥补措施: 县（市、区）通过政府购买服务补足", "缺口: B05", ('四账["劳动力账（人）"]["1"]', "", "")),
        ("balances", "{formula: 'sum(项目.总投资)', status: 预计}", "{value: 223001, status: 预计}", ("要素平衡账", "223001万元", "223000万元")),
        # indicators: targets, shares, rates of growth, matters, upper plans, the last period
        ("indicators", "2025: {value: 100.0", "2025: {value: 99.0", ("指标.生活补贴覆盖率", "99.0%", "100.0%")),
        ("indicators", "2025: {value: 55.0", "2025: {value: 56.0", ("指标", "56.0%", "55.0%")),
        ("indicators", "2025: {value: 950", "2025: {value: 960", ("指标", "6.2%", "6")),
        ("indicators", "  source: 养老服务信息系统 2020-12-31\n", "", ("指标.月探访率", "", "")),
        ("indicators", "attribute: 约束性", "attribute: 预期性", ("指标", "5", "6")),
        ("matters", "相关指标: [I10]", "相关指标: [I10, I11]", ("指标.接送返回率", "2", "1")),
        ("matters", "措施: [部门协同], ", "", ("事项.M02", "", "")),
        ("matters", "承接课题: KT02", "承接课题: KT03", ("事项.M02", "儿童福利科", "社会救助科")),
        ("matters", "rows:\n", "rows:\n- {编号: M11, 名称: 新事项, 责任科室: 养老服务科, 承接课题: KT01}\n", ("事项.M11", "0", "1")),
        ("upper", "省级数: 60.0", "省级数: 61.0", ('衔接["乡镇（街道）区域养老服务中心建有率"]', "60.0%", "61.0")),
        ("period13", "2020: {value: 680", "2020: {value: 720", ("十三五.城市低保标准", "710元/人·月", "720元/人·月")),
        # papers
        ("policies", "文号: 国发〔2015〕52号", "文号: 国务院令第704号", ("政策.Z03", "2", "1")),
        ("topics", "完成时限: 2019-09-30", "完成时限: 2019-10-30", ("课题.KT01", "2019-10-30", "2019-09-30")),
        ("terms", "rows:\n", "rows:\n- {名称: 新词}\n", ("术语.新词", "", "")),
    ],
)  # fmt: skip
def test_one_wrong_number_is_named_with_its_row_and_both_values(
    name: str, old: str, new: str, told: tuple[str, str, str]
) -> None:
    found = [
        tuple(each.facts.get(key, "") for key in ("row", "left", "right")) for each in mutated(name, old, new)
    ]
    assert told in found
