"""The sample's figures agree with each other: read with plain PyYAML, without a line of the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pytest
import yaml

DATA = Path(__file__).resolve().parents[2] / "data"
FUNDS = (
    "中央预算内投资",
    "省级补助",
    "市级财政",
    "县级财政",
    "福彩公益金",
    "地方政府专项债券",
    "社会资本",
)
Row: TypeAlias = Mapping[str, str]


@cache
def rows(name: str) -> tuple[Row, ...]:
    """The rows of a dataset, every scalar as text."""
    text = (DATA / f"{name}.yaml").read_text("utf-8")
    return tuple(yaml.load(text, Loader=yaml.BaseLoader)["rows"])  # noqa: S506 -- BaseLoader makes nothing but text


def total(found: Iterable[Row], column: str) -> Decimal:
    return sum((Decimal(row[column]) for row in found if column in row), Decimal(0))


def facilities(kind: str) -> list[Row]:
    return [row for row in rows("facilities_county") if row["类型"] == kind]


def counties() -> list[Row]:
    return [row for row in rows("counties") if row["层级"] == "县级"]


def projects(kind: str) -> list[Row]:
    return [row for row in rows("projects") if row["类型"] == kind]


def rounded(number: Decimal) -> str:
    return str(number.quantize(Decimal("0.1"), ROUND_HALF_UP))


def cells(name: str, short: str) -> Mapping[str, Mapping[str, str]]:
    """The values by year of the indicator that is called `short`."""
    for row in yaml.load((DATA / f"{name}.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)["rows"]:  # noqa: S506
        if row["short"] == short:
            values: Mapping[str, Mapping[str, str]] = row["values"]
            return values
    raise AssertionError(short)


def target(short: str, year: str = "2025") -> Decimal:
    return Decimal(cells("indicators", short)[year]["value"])


@pytest.mark.parametrize(
    ("kind", "column", "expected"),
    [
        ("养老机构", "机构数", 143),
        ("养老机构", "床位", 18800),
        ("养老机构", "护理型床位", 7000),
        ("养老机构", "入住人数", 10750),
        ("养老机构", "建筑面积", 527500),
        ("养老机构", "从业人员", 3268),
        ("区域养老服务中心", "设施数", 31),
        ("社区养老服务设施", "设施数", 1000),
        ("社区养老服务设施", "日间照料覆盖社区", 195),
        ("儿童福利机构", "床位", 200),
        ("未成年人救助保护机构", "机构数", 6),
        ("救助管理机构", "床位", 152),
        ("精神卫生福利机构", "床位", 360),
        ("殡仪馆", "机构数", 7),
        ("公益性安葬（放）设施", "县级设施数", 6),
        ("公益性安葬（放）设施", "乡村设施数", 204),
        ("城乡社区综合服务设施", "城市社区覆盖数", 235),
        ("城乡社区综合服务设施", "农村社区覆盖数", 1980),
        ("城乡社区综合服务设施", "建筑面积", 384000),
        ("婚姻登记机关", "辅导室数", 5),
    ],
)
def test_the_county_ledger_sums_to_the_city(kind: str, column: str, expected: int) -> None:
    assert total(facilities(kind), column) == expected


def test_no_county_has_more_nursing_beds_or_residents_than_beds() -> None:
    for row in facilities("养老机构"):
        beds = Decimal(row["床位"])
        assert Decimal(row["护理型床位"]) <= beds, row["县区"]
        assert Decimal(row["入住人数"]) <= beds, row["县区"]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("人口", "480.0"),
        ("户数", "160.0"),
        ("老年人口", "93.6"),
        ("乡镇街道", "142"),
        ("城市社区", "250"),
        ("农村社区", "3000"),
    ],
)
def test_the_eight_counties_make_the_city_and_the_city_itself_adds_nothing(
    column: str, expected: str
) -> None:
    assert len(counties()) == 8
    assert total(rows("counties"), column) == total(counties(), column) == Decimal(expected)


def test_ledgers_name_only_known_counties() -> None:
    known = {row["名称"] for row in rows("counties")}
    for name in ("facilities_county", "demand", "survey"):
        assert {row["县区"] for row in rows(name)} <= known, name


def test_owners_are_units() -> None:
    units = {row["名称"] for row in rows("units")}
    assert len(units) == 12
    assert {row["责任科室"] for row in rows("projects")} <= units
    assert {row["owner"] for name in ("indicators", "scale") for row in rows(name)} <= units


def test_twelve_projects_are_paid_for_by_their_sources() -> None:
    assert len(rows("projects")) == 12
    for row in rows("projects"):
        assert sum(Decimal(row[fund]) for fund in FUNDS) == Decimal(row["总投资"]), row["编号"]
        assert Decimal(row["存量用地"]) + Decimal(row["新增用地"]) == Decimal(row["用地"]), row["编号"]
        assert 2021 <= int(row["开工"]) <= int(row["竣工"]) <= 2025, row["编号"]


def test_funding_columns_make_the_investment() -> None:
    by_source = [int(total(rows("projects"), fund)) for fund in FUNDS]
    assert by_source == [34000, 18600, 35000, 43600, 15800, 32000, 44000]
    assert sum(by_source) == total(rows("projects"), "总投资") == 223000


def test_land_is_existing_and_new() -> None:
    existing, new = (total(rows("projects"), column) for column in ("存量用地", "新增用地"))
    assert (existing, new) == (Decimal("14.6"), Decimal("32.4"))
    assert existing + new == total(rows("projects"), "用地") == Decimal("47.0")


@pytest.mark.parametrize(
    ("column", "expected"),
    [("新增床位", 5200), ("新建护理型床位", 4500), ("改造护理型床位", 1700), ("新建中心", 55)],
)
def test_projects_meet_the_demand_of_the_counties(column: str, expected: int) -> None:
    assert total(projects("养老服务"), column) == total(rows("demand"), column) == expected


def test_demand_for_land_is_that_of_the_projects_and_the_far_reserve() -> None:
    near, far = (total(rows("demand"), column) for column in ("近期用地", "远期用地"))
    assert (near, far, near + far) == (Decimal("47.0"), Decimal("58.0"), Decimal("105.0"))


def test_beds_grow_from_base_to_target() -> None:
    homes = facilities("养老机构")
    beds = total(homes, "床位") + total(rows("projects"), "新增床位")
    nursing = total(homes, "护理型床位") + sum(
        total(rows("projects"), column) for column in ("新建护理型床位", "改造护理型床位")
    )
    assert [beds, nursing] == [24000, 13200]
    assert rounded(nursing / beds * 100) == "55.0" == str(target("护理型占比"))
    assert beds + total(rows("demand"), "远期新增床位") == 36000
    assert rounded(Decimal(cells("scale", "护理型床位")["2035"]["value"]) / 36000 * 100) == "65.0"


def test_centres_grow_to_more_than_the_target_share_of_towns() -> None:
    towns = total(counties(), "乡镇街道")
    centres = total(facilities("区域养老服务中心"), "设施数")
    reached = centres + total(rows("projects"), "新建中心")
    assert rounded(centres / towns * 100) == "21.8"
    assert reached == 86
    assert rounded(reached / towns * 100) == "60.6"
    assert reached / towns * 100 >= target("区域中心建有率")


@pytest.mark.parametrize(
    ("expected", "share"),
    [
        ("37.2", lambda: total(facilities("养老机构"), "护理型床位") / total(facilities("养老机构"), "床位")),
        (
            "78.0",
            lambda: total(facilities("社区养老服务设施"), "日间照料覆盖社区") / total(counties(), "城市社区"),
        ),
        (
            "94.0",
            lambda: (
                total(facilities("城乡社区综合服务设施"), "城市社区覆盖数") / total(counties(), "城市社区")
            ),
        ),
        (
            "66.0",
            lambda: (
                total(facilities("城乡社区综合服务设施"), "农村社区覆盖数") / total(counties(), "农村社区")
            ),
        ),
        ("75.0", lambda: total(facilities("公益性安葬（放）设施"), "县级设施数") / len(counties())),
        (
            "62.5",
            lambda: (
                total(facilities("婚姻登记机关"), "辅导室数") / total(facilities("婚姻登记机关"), "机构数")
            ),
        ),
        (
            "12.7",
            lambda: Decimal(cells("scale", "未保工作站")["2020"]["value"]) / total(counties(), "乡镇街道"),
        ),
        (
            "14.1",
            lambda: Decimal(cells("scale", "社工站")["2020"]["value"]) / total(counties(), "乡镇街道"),
        ),
        ("55.0", lambda: Decimal(cells("scale", "志愿服务站点")["2020"]["value"]) / 2215),
        ("24.0", lambda: total(facilities("城乡社区综合服务设施"), "建筑面积") / 1600000),
        ("57.2", lambda: total(facilities("养老机构"), "入住人数") / total(facilities("养老机构"), "床位")),
    ],
)
def test_base_year_shares_follow_from_the_ledger(expected: str, share: Callable[[], Decimal]) -> None:
    assert rounded(share() * 100) == expected


def test_rural_allowance_comes_near_the_urban_one() -> None:
    for year, expected in (("2020", "64.1"), ("2025", "70.0")):
        urban, rural = (
            Decimal(cells("indicators", short)[year]["value"]) for short in ("城市低保标准", "农村低保标准")
        )
        assert rounded(rural / (urban * 12) * 100) == expected


@pytest.mark.parametrize(
    ("short", "base", "expected"),
    [
        ("城市低保标准", "710", "6.0"),
        ("农村低保标准", "5460", "7.9"),
        ("持证社工", "2640", "12.8"),
        ("社会组织专职人员", "9800", "5.0"),
    ],
)
def test_amounts_grow_at_their_yearly_rate(short: str, base: str, expected: str) -> None:
    ratio = target(short) / Decimal(base)
    assert rounded((ratio ** (Decimal(1) / 5) - 1) * 100) == expected


def test_certified_social_workers_are_those_of_the_survey() -> None:
    assert total(rows("survey"), "持证社工") == 2640


def test_operating_funds_balance_year_by_year() -> None:
    sides = {
        side: [
            total((row for row in rows("operating") if row["方向"] == side), f"金额{year}")
            for year in range(2021, 2026)
        ]
        for side in ("支出", "来源")
    }
    assert sides["支出"] == sides["来源"]
    assert sum(sides["支出"]) == 108600
    assert sum(sides["支出"]) + total(rows("projects"), "总投资") == 331600


def test_city_and_county_budgets_carry_what_the_fiscal_account_says() -> None:
    budgets = [row for row in rows("operating") if row["类别"] == "市县财政预算"]
    operating = sum(total(budgets, f"金额{year}") for year in range(2021, 2026))
    own = sum(total(rows("projects"), fund) for fund in ("市级财政", "县级财政"))
    assert own + operating == 144800


def test_a_hundred_carers_are_missing() -> None:
    demand, supply = (
        total((row for row in rows("labour") if row["方向"] == side), "人数") for side in ("需求", "供给")
    )
    assert [demand, supply, demand - supply] == [4200, 4100, 100]


def test_there_are_24_indicators_of_which_6_are_binding() -> None:
    found = rows("indicators")
    assert sorted(row["id"] for row in found) == [f"I{number:02}" for number in range(1, 25)]
    assert sum(row["attribute"] == "约束性" for row in found) == 6
    assert len({row["short"] for row in found}) == 24


def test_indicators_of_one_group_stand_together() -> None:
    groups = [row["group"] for row in rows("indicators")]
    assert len(set(groups)) == sum(a != b for a, b in zip(["", *groups], groups, strict=False))


def test_every_indicator_knows_base_and_target_and_dates_what_was_counted_early() -> None:
    for row in rows("indicators"):
        series = cells("indicators", row["short"])
        assert {"2020", "2025"} <= set(series), row["id"]
        for year, cell in series.items():
            assert ("value" in cell) != ("formula" in cell), (row["id"], year)
            assert cell["status"] == ("实际" if int(year) <= 2020 else "目标"), (row["id"], year)
            assert ("date" in cell) == (year == "2019"), (row["id"], year)


@pytest.mark.parametrize(
    ("short", "found"),
    [
        (
            "养老床位",
            lambda: total(facilities("养老机构"), "床位") + total(rows("projects"), "新增床位"),
        ),
        (
            "护理型床位",
            lambda: (
                total(facilities("养老机构"), "护理型床位")
                + total(rows("projects"), "新建护理型床位")
                + total(rows("projects"), "改造护理型床位")
            ),
        ),
        (
            "区域中心",
            lambda: total(facilities("区域养老服务中心"), "设施数") + total(rows("projects"), "新建中心"),
        ),
        (
            "儿童床位",
            lambda: total(facilities("儿童福利机构"), "床位") + total(rows("projects"), "净增儿童床位"),
        ),
    ],
)
def test_a_target_is_the_base_year_and_what_the_projects_add(
    short: str, found: Callable[[], Decimal]
) -> None:
    assert found() == Decimal(cells("scale", short)["2025"]["value"])


@pytest.mark.parametrize(
    "kind", ["儿童福利机构", "救助管理机构", "精神卫生福利机构", "殡仪馆", "未成年人救助保护机构"]
)
def test_single_facilities_are_those_of_the_county_ledger(kind: str) -> None:
    single = [row for row in rows("facilities") if row["类型"] == kind]
    assert len(single) == total(facilities(kind), "机构数")
    if any("床位" in row for row in facilities(kind)):
        assert total(single, "床位") == total(facilities(kind), "床位")


def test_single_facilities_have_more_beds_than_nursing_beds_and_residents() -> None:
    assert len(rows("facilities")) == 33
    for row in rows("facilities"):
        beds, nursing, residents = (
            Decimal(row.get(column, "0")) for column in ("床位", "护理型床位", "入住人数")
        )
        assert nursing <= beds, row["编号"]
        assert residents <= beds, row["编号"]
        assert Decimal(row["持证人员"]) <= Decimal(row["工作人员"]), row["编号"]
        # Without fire acceptance there is a risk to be put right.
        assert row["消防验收"] == "是" or row["隐患等级"] != "无", row["编号"]


def test_every_indicator_and_project_belongs_to_one_matter() -> None:
    for column, wanted in (
        ("相关指标", sorted(row["id"] for row in rows("indicators"))),
        ("相关项目", sorted(row["编号"] for row in rows("projects"))),
    ):
        assert sorted(each for row in rows("matters") for each in row.get(column, ())) == wanted


def test_every_project_has_an_owner_an_operator_and_a_way_of_running() -> None:
    assert [row["项目"] for row in rows("assets")] == [row["编号"] for row in rows("projects")]
    for row in rows("assets"):
        assert all(row[column] for column in ("产权单位", "运营主体", "运营方式", "运行经费")), row["项目"]


def test_tasks_name_a_matter_a_leader_and_a_time() -> None:
    units = {row["名称"] for row in rows("units")}
    assert {row["事项"] for row in rows("tasks")} == {row["编号"] for row in rows("matters")}
    for row in rows("tasks"):
        assert row["牵头单位"] in units, row["编号"]
        assert row["配合单位"], row["编号"]
        assert row["完成时限"], row["编号"]
    domains = [row["领域"] for row in rows("tasks")]
    assert len(set(domains)) == sum(a != b for a, b in zip(["", *domains], domains, strict=False))


def test_the_last_period_reached_its_targets() -> None:
    names = {row["name"]: row["short"] for row in rows("indicators")}
    for row in rows("period13"):
        assert row["name"] in names, row["id"]
        series = cells("period13", row["short"])
        actual = cells("indicators", names[row["name"]])["2020"]
        if "value" in actual:
            assert Decimal(actual["value"]) >= Decimal(series["2020"]["value"]), row["id"]
        assert Decimal(series["2015"]["value"]) < Decimal(series["2020"]["value"]), row["id"]


def test_targets_are_no_lower_than_those_of_upper_plans() -> None:
    targets = {
        row["name"]: target(row["short"]) for row in rows("indicators") if row["short"] != "农村低保标准占比"
    }
    for row in rows("upper"):
        assert targets[row["名称"]] >= Decimal(row["省级数"]), row["名称"]
        assert ("国家数" in row) == ("国家文件" in row), row["名称"]


def test_a_term_is_explained_once_and_as_a_sentence() -> None:
    for row in rows("terms"):
        assert row["释义"].endswith("。"), row["名称"]


def test_the_calendar_runs_in_the_order_of_the_stages() -> None:
    workspace = yaml.load((DATA / "workspace.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    entries = [entry for entry in workspace["calendar"] if entry["plan"] == "p145"]
    assert [entry["stage"] for entry in entries] == workspace["stages"]
    other = [entry for entry in workspace["calendar"] if entry["plan"] == "pfac"]
    assert [entry["stage"] for entry in other] == workspace["stages"][1:]
    assert [entry["date"] for entry in other] == sorted(entry["date"] for entry in other)
    dates = [entry["date"] for entry in entries]
    assert dates == sorted(dates)
    # The base year's figures are known from its last day on.
    assert dict(zip(workspace["stages"], dates, strict=True))["征求意见稿"] > "2020-12-31"
