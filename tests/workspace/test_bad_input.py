from pathlib import Path

import pytest

from drafter.source import messages
from drafter.workspace.loading import load
from tests.workspace.world import FILES, loaded, replaced, said, write

WORKSPACE, PLAN = "data/workspace.yaml", "data/plans/p145.yaml"
COUNTIES, FACILITIES, INDICATORS = "data/counties.yaml", "data/facilities.yaml", "data/indicators.yaml"
TABLES, FRAGMENT = "data/tables.yaml", "sections/p145/01/01.md"
CELL = "设施.养老机构.护理型 / 设施.养老机构.床位 * 100"


def test_the_workspace_as_it_is_has_only_a_slot_to_be_written(tmp_path: Path) -> None:
    (issue,) = loaded(tmp_path).issues
    assert (issue.code, issue.severity, issue.facts["owner"]) == (
        "workspace.slot-empty",
        "warning",
        "养老服务科",
    )


# One passage of a right workspace is changed; `¦` stands where the problem is, and in no file.
SPOILED = [
    # keys
    (PLAN, "short: 《规划》", "¦shrot: 《规划》", "workspace.unknown-key"),
    (PLAN, "id: p145\n  title: 临港市", "¦title: 临港市", "workspace.missing-key"),
    (PLAN, "base_year: 2020", "base_year:¦", "workspace.missing-key"),
    (PLAN, "short: 《规划》", "¦id: p146", "yaml.duplicate-key"),
    # papers
    (PLAN, "outline:", "gongwen: ¦{mark: 甲}\noutline:", "workspace.paper-profile"),
    (PLAN, "  id: p145\n", "  id: p145\n  profile: ¦公文\n", "workspace.choice"),
    (PLAN, "plan:\n  id: p145\n", "¦plan:\n  id: p145\n  profile: gongwen\n", "workspace.missing-key"),
    *(
        (
            PLAN,
            "plan:\n  id: p145\n",
            f"gongwen: {{mark: 甲, {fact}}}\nplan:\n  id: p145\n  profile: gongwen\n",
            code,
        )
        for fact, code in (
            ('number: "¦临民发[2021]5号"', "workspace.paper-number"),
            ("number: ¦临民发〔2021〕05号", "workspace.paper-number"),
            ("number: ¦临民发〔2021〕第5号", "workspace.paper-number"),
            ("number: ¦临民发〔21〕5号", "workspace.paper-number"),
            ("copy: ¦12", "workspace.paper-copy"),
            ("secrecy: ¦保密", "workspace.paper-secrecy"),
            ("secrecy: ¦机密★3年", "workspace.paper-no-copy"),
            ("urgency: ¦急", "workspace.choice"),
            ("to: ¦各县民政局：", "workspace.paper-end"),
            ("date: ¦2021-02-30", "workspace.not-date"),
        )
    ),
    # looks
    (WORKSPACE, "plans: [p145]", "plans: [p145]\nformat: {¦lines: 28}", "workspace.unknown-key"),
    (WORKSPACE, "plans: [p145]", "plans: [p145]\nformat: {line: ¦18}", "workspace.format-line"),
    (WORKSPACE, "plans: [p145]", "plans: [p145]\nformat: {line: ¦28.01}", "workspace.format-line"),
    (WORKSPACE, "plans: [p145]", "plans: [p145]\nformat: {line: ¦28磅}", "workspace.not-number"),
    (PLAN, "outline:", "format: {page_number: ¦左边}\noutline:", "workspace.choice"),
    (PLAN, "outline:", "format: {page_dashes: ¦有}\noutline:", "workspace.not-flag"),
    (PLAN, "outline:", 'format: {latin: "¦a<b"}\noutline:', "workspace.format-font"),
    (PLAN, "outline:", "format: {fonts: {¦隶书: 隶书}}\noutline:", "workspace.unknown-key"),
    (PLAN, "outline:", "format: {headings: {¦2.: {bold: true}}}\noutline:", "workspace.unknown-key"),
    (PLAN, "outline:", "format: {headings: {1.: {size: ¦16}}}\noutline:", "workspace.choice"),
    # types
    (PLAN, "base_year: 2020", "base_year: ¦二〇二〇", "workspace.not-year"),
    (PLAN, "[2021, 2025]", "¦[2025, 2021]", "workspace.period"),
    (PLAN, "[2021, 2025]", "¦2021-2025", "workspace.not-list"),
    (PLAN, "numbering: 章节", "numbering: ¦章", "workspace.choice"),
    (PLAN, "id: p145\n", "id: ¦规划\n", "workspace.not-identifier"),
    (PLAN, "id: p145\n", "id: ¦p146\n", "workspace.plan-id"),
    (PLAN, "title: 临港市“十四五”规划", "title: ¦[临港市]", "workspace.not-text"),
    (WORKSPACE, "2020-08-20", "¦2020-08-32", "workspace.not-date"),
    (WORKSPACE, "stage: 讨论稿", "stage: ¦讨论", "workspace.unknown-stage"),
    (WORKSPACE, "plan: p145", "plan: ¦p146", "workspace.unknown-plan"),
    (WORKSPACE, "plans: [p145]", "plans: [p145, ¦p146]", "workspace.plan-missing"),
    (WORKSPACE, "{name: 工作区, bureau: 民政局}", "¦工作区", "workspace.not-mapping"),
    (INDICATORS, "value: 55.0", "value: ¦55%", "workspace.not-number"),
    (INDICATORS, "value: 55.0", 'value: "¦1,055"', "workspace.not-number"),
    (INDICATORS, "value: 55.0", "value: ¦1e3", "workspace.not-number"),
    (INDICATORS, "value: 55.0", "value: ¦５５", "workspace.not-number"),
    (INDICATORS, "value: 55.0", f"value: ¦{'9' * 5000}", "workspace.not-number"),
    (INDICATORS, "decimals: 1", "decimals: ¦一", "workspace.not-whole"),
    (INDICATORS, "decimals: 1", f"decimals: ¦{'9' * 5000}", "workspace.not-whole"),
    (INDICATORS, CELL, f"¦{'9' * 5000} + 1", "formula.too-large"),
    (INDICATORS, CELL, f"¦1{' * 99999999999999999999' * 9}", "formula.too-large"),
    (INDICATORS, CELL, f"¦1{' + 1' * 5000}", "formula.too-deep"),
    (INDICATORS, "{value: 55.0, status: 目标}", "¦{status: 目标}", "workspace.value-or-formula"),
    (INDICATORS, "{value: 55.0, ", '¦{value: 55.0, formula: "1", ', "workspace.value-or-formula"),
    (INDICATORS, "55.0, status: 目标", "55.0, status: ¦完成", "workspace.choice"),
    (INDICATORS, "{value: 55.0, status: 目标}", "¦{value: 55.0}", "workspace.missing-key"),
    (INDICATORS, "{value: 55.0, status: 目标}", "¦55.0", "workspace.not-mapping"),
    (INDICATORS, "attribute: 约束性", "attribute: ¦约束", "workspace.choice"),
    (INDICATORS, "id: I02", "id: ¦I01", "workspace.duplicate-id"),
    (INDICATORS, "short: 护理型占比", "short: ¦养老床位", "workspace.duplicate-id"),
    (INDICATORS, "short: 指标}", "short: 指标, ¦key: [id]}", "workspace.only-records"),
    # records
    (COUNTIES, "人口: 46.2", "人口: ¦46.2万", "workspace.not-number"),
    (COUNTIES, "人口: 46.2", "¦人囗: 46.2", "workspace.unknown-column"),
    (COUNTIES, "层级: 市级", "层级: ¦省级", "workspace.choice"),
    (COUNTIES, "key: [名称]", "key: [¦名字]", "workspace.unknown-column"),
    (COUNTIES, "{名称: 市本级, 层级: 市级}", "¦{层级: 市级}", "workspace.missing-key"),
    (
        COUNTIES,
        "{name: 层级, type: choice, of: [县级, 市级]}",
        "¦{name: 层级, type: choice}",
        "workspace.missing-key",
    ),
    (COUNTIES, "name: 人口, type: number", "name: ¦层级, type: number", "workspace.duplicate-column"),
    (COUNTIES, "{name: 名称, type: text}", "{name: 名称, type: text, ¦unit: 个}", "workspace.option"),
    (COUNTIES, "名称: 市本级", "名称: ¦人口", "workspace.ambiguous"),
    (COUNTIES, "short: 县区", "short: ¦规划", "workspace.reserved"),
    (COUNTIES, "kind: records", "kind: ¦record", "workspace.choice"),
    (FACILITIES, "short: 设施", "short: ¦县区", "workspace.dataset-clash"),
    (FACILITIES, "县区: 滨海区", "县区: ¦海滨区", "workspace.unknown-row"),
    (FACILITIES, "养老机构, 县区: 滨海区", "¦养老机构, 县区: 港城区", "workspace.duplicate-id"),
    (
        FACILITIES,
        "name: 县区, type: ref, of: counties",
        "name: ¦县区, type: ref, of: county",
        "workspace.unknown-dataset",
    ),
    (FACILITIES, "床位: 100,", "床位: 100, 占比: ¦60,", "workspace.formula-cell"),
    # formulas
    (INDICATORS, CELL, "设施.养老机构.护理型 /¦", "formula.unfinished"),
    (INDICATORS, CELL, "设施.养老机构.护理型 ¦× 100", "formula.syntax"),
    (INDICATORS, CELL, "设施.养老机构.¦护理形 * 100", "formula.unknown-name"),
    (INDICATORS, CELL, "¦设备.养老机构.护理型 * 100", "formula.unknown-dataset"),
    (INDICATORS, CELL, "100 * 指标.养老床位[¦2021]", "formula.missing-year"),
    (INDICATORS, CELL, "设施.养老机构.床位[¦2021]", "formula.missing-year"),
    (INDICATORS, CELL, "指标.养老床位.名称.¦长 + 1", "formula.no-member"),
    (INDICATORS, CELL, "¦指标.养老床位.名称 + 1", "formula.text"),
    (INDICATORS, CELL, "1 ¦+ 设施.养老机构.床位", "formula.units"),
    (INDICATORS, CELL, "¦设施.养老机构.床位", "formula.unit"),
    (INDICATORS, CELL, "1 ¦/ (3 - 3)", "formula.division-by-zero"),
    (INDICATORS, CELL, "¦cagr(1, 2, 0)", "formula.division-by-zero"),
    (INDICATORS, CELL, "¦cagr(1, -2, 5)", "formula.cagr-sign"),
    (INDICATORS, CELL, "¦sun(设施.床位)", "formula.unknown-function"),
    (INDICATORS, CELL, "¦share(设施.养老机构.床位)", "formula.arguments"),
    (INDICATORS, CELL, "¦设施.床位 * 100", "formula.column"),
    (INDICATORS, CELL, "¦设施.养老机构 * 100", "formula.no-value"),
    (INDICATORS, CELL, "¦sum(设施.类型)", "formula.not-numbers"),
    (INDICATORS, CELL, "¦sum(设施.床位, 类型=机构)", "formula.unknown-value"),
    (INDICATORS, CELL, "¦sum(设施.床位, 种类=机构)", "formula.unknown-name"),
    (INDICATORS, CELL, "县区.市本级.¦人口 * 1", "formula.absent"),
    (INDICATORS, CELL, "¦指标.护理型占比 * 1", "formula.cycle"),
    (INDICATORS, "value: 800", 'formula: "1 + 指标.护理型占比[¦2030]"', "formula.missing-year"),
    (FACILITIES, "share(护理型, 床位)", "share(¦护理形, 床位)", "formula.unknown-name"),
    # tables
    (TABLES, "from: facilities", "from: ¦facility", "workspace.unknown-dataset"),
    (TABLES, "value: 县区", "value: ¦县", "workspace.unknown-column"),
    (TABLES, "share(护理型, 床位)", "share(护理型, ¦床数)", "workspace.unknown-column"),
    (TABLES, "share(护理型, 床位)", "share(护理型, 床位¦", "formula.unfinished"),
    (TABLES, "where: {类型: 养老机构}", "where: {¦类别: 养老机构}", "workspace.unknown-column"),
    (TABLES, "where: {类型: 养老机构}", "where: {类型: ¦养老院}", "workspace.choice"),
    (TABLES, '"[2020]"', '"¦[2021]"', "workspace.no-year"),
    (TABLES, "value: 县区", 'value: "¦[2020]"', "workspace.view-year"),
    (TABLES, "name: 设施表", "name: ¦主要指标", "workspace.duplicate-id"),
    # fragments and outlines
    (PLAN, "p145/c1s1", "¦p145/c1s3", "workspace.fragment-missing"),
    (PLAN, "- p145/a1", "- ¦p145/c1s1", "workspace.duplicate-slot"),
    (PLAN, "- p145/a1", "- ¦p146/a1", "workspace.slot-plan"),
    (PLAN, "- p145/a1", "- ¦附件一", "workspace.not-slot"),
    (PLAN, "- p145/a1", "- {id: ¦p145/a1, title: 指标解释}", "workspace.slot-written"),
    (PLAN, "owner: 养老服务科", "owner: ¦养老科", "workspace.unknown-owner"),
    (FRAGMENT, "id: p145/c1s1", "id: ¦p146/c1s1", "workspace.unknown-plan"),
    (FRAGMENT, "id: p145/c1s1", "id: ¦p145/c9s1", "workspace.fragment-orphan"),
    (FRAGMENT, "owner: 规划财务科", "owner: ¦财务科", "workspace.unknown-owner"),
    (FRAGMENT, "[养老服务科]", "[养老服务科, ¦民政科]", "workspace.unknown-owner"),
    (FRAGMENT, "status: 初稿", "status: ¦完稿", "workspace.choice"),
    (FRAGMENT, "id: p145/c1s1\ntitle: 指导思想\n", "¦id: p145/c1s1\n", "workspace.missing-key"),
    (FRAGMENT, "title: 指导思想", "title¦：指导思想", "yaml.colon"),
    (FRAGMENT, "---\nid: p145/c1s1", "¦id: p145/c1s1", "workspace.no-front-matter"),
]


@pytest.mark.parametrize(("path", "old", "new", "code"), SPOILED)
def test_what_is_wrong_is_said_with_its_place(
    tmp_path: Path, path: str, old: str, new: str, code: str
) -> None:
    (text,) = replaced(path, old, new).values()
    before = text[: text.index("¦")]
    place = f"{path}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
    assert f"{place} {code}" in said(loaded(tmp_path, {path: text.replace("¦", "")}).issues)


def test_front_matter_that_is_not_closed_is_said(tmp_path: Path) -> None:
    outcome = loaded(tmp_path, replaced(FRAGMENT, "\n---\n坚持", "\n坚持"))
    assert said(outcome.issues) == ["sections/p145/01/01.md:1:1 workspace.unclosed-front-matter"]


def test_a_problem_has_a_sentence_and_a_hint_in_both_languages(tmp_path: Path) -> None:
    outcome = loaded(tmp_path, replaced(FRAGMENT, "owner: 规划财务科", "owner: 财务科"))
    (issue,) = [each for each in outcome.issues if each.code == "workspace.unknown-owner"]
    assert messages.translate(issue.code, issue.facts, "zh_CN") == "没有名为“财务科”的责任单位。"
    assert "规划财务科" in messages.translate(f"{issue.code}.hint", issue.facts, "zh_CN")
    assert "规划财务科" in messages.translate(f"{issue.code}.hint", issue.facts, "en")


@pytest.mark.parametrize("path", [path for path in FILES if path.endswith(".yaml")])
def test_every_problem_that_a_spoiled_line_makes_can_be_said(tmp_path: Path, path: str) -> None:
    lines = FILES[path].splitlines(keepends=True)
    root, found = write(tmp_path), {}
    for number, line in enumerate(lines):
        for spoiled in ("", line.replace("1", "甲").replace("床", "楼")):
            text = "".join((*lines[:number], spoiled, *lines[number + 1 :]))
            found.update({issue.code: issue for issue in load(root, {path: text}).issues})
    for code, issue in found.items():
        for language in messages.LANGUAGES:
            assert messages.translate(code, issue.facts, language)
            if messages.has(f"{code}.hint"):
                assert messages.translate(f"{code}.hint", issue.facts, language)


def test_all_problems_of_all_files_are_said_in_one_run(tmp_path: Path) -> None:
    changes = {
        **replaced(WORKSPACE, "stage: 讨论稿", "stage: 讨论"),
        **replaced(PLAN, "  short: 《规划》", "  shrot: 《规划》"),
        **replaced(COUNTIES, "人口: 46.2", "人口: 多"),
        **replaced(FRAGMENT, "owner: 规划财务科", "owner: 财务科"),
        "data/broken.yaml": "dataset: {name: x\n",
    }
    assert said(loaded(tmp_path, changes).issues) == [
        "data/broken.yaml:1:10 yaml.bracket",
        "data/counties.yaml:8:25 workspace.not-number",
        "data/plans/p145.yaml:4:3 workspace.unknown-key",
        "data/workspace.yaml:5:23 workspace.unknown-stage",
        "sections/p145/01/01.md:4:8 workspace.unknown-owner",
    ]


def test_a_dataset_that_does_not_parse_is_one_problem_and_not_one_for_each_formula(tmp_path: Path) -> None:
    outcome = loaded(tmp_path, replaced(FACILITIES, "columns:", "columns"))
    assert said(outcome.issues) == ["data/facilities.yaml:2:1 yaml.no-colon"]
    assert outcome.value is not None
    assert set(outcome.value.fragments) == {"p145/c1s1", "p145/a1"}


def test_a_fragment_that_cannot_be_read_is_not_also_missing(tmp_path: Path) -> None:
    outcome = loaded(tmp_path, replaced(FRAGMENT, "title: 指导思想", "title: [指导思想"))
    assert said(outcome.issues) == ["sections/p145/01/01.md:3:8 yaml.bracket"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"---\nid: p145/c1s1\n\xff\xff\xff\n", "3:1 source.encoding"),
        (b"\xff\xff\xff\n", "1:1 source.encoding"),
        ("正文\n", "1:1 workspace.no-front-matter"),
    ],
)
def test_a_fragment_that_cannot_be_known_is_not_also_missing(
    tmp_path: Path, content: str | bytes, code: str
) -> None:
    assert said(loaded(tmp_path, {FRAGMENT: content}).issues) == [f"{FRAGMENT}:{code}"]


def test_a_fragment_that_is_no_text_hides_no_other_that_is_missing(tmp_path: Path) -> None:
    issues = said(loaded(tmp_path, {FRAGMENT: b"---\nid: p145/c9s9\n\xff\xff\xff\n"}).issues)
    assert [issue.split()[1] for issue in issues] == ["workspace.fragment-missing", "source.encoding"]


def test_a_cycle_names_its_chain_and_is_said_once(tmp_path: Path) -> None:
    changes = {
        INDICATORS: FILES[INDICATORS]
        .replace("{value: 800, status: 目标}", '{formula: "指标.护理型占比 * 1", status: 目标}')
        .replace("{value: 55.0, status: 目标}", '{formula: "指标.养老床位 / 2", status: 目标}')
    }
    issues = [each for each in loaded(tmp_path, changes).issues if each.code == "formula.cycle"]
    assert [each.facts["chain"] for each in issues] == [
        "指标.养老床位[2025] -> 指标.护理型占比[2025] -> 指标.养老床位[2025]"
    ]


def test_a_file_that_is_not_text_is_said_and_hides_no_other(tmp_path: Path) -> None:
    outcome = loaded(tmp_path, {"data/extra.yaml": b"\xff\xfe\x00\x01\xff"})
    assert said(outcome.issues) == ["data/extra.yaml:1:1 source.encoding"]


def test_a_gb18030_file_is_read_and_said(tmp_path: Path) -> None:
    outcome = loaded(tmp_path, {COUNTIES: FILES[COUNTIES].encode("gb18030")})
    assert said(outcome.issues) == ["data/counties.yaml:1:1 source.gb18030"]


def test_a_fragment_that_no_outline_names_is_said(tmp_path: Path) -> None:
    extra = "---\nid: p145/c9s9\ntitle: 多余\nowner: 规划财务科\n---\n"
    outcome = loaded(tmp_path, {"sections/p145/09/09.md": extra})
    assert said(outcome.issues) == ["sections/p145/09/09.md:2:5 workspace.fragment-orphan"]


def test_of_two_fragments_with_one_id_the_first_is_kept(tmp_path: Path) -> None:
    outcome = loaded(tmp_path, {"sections/p145/09/09.md": FILES[FRAGMENT]})
    assert said(outcome.issues) == ["sections/p145/09/09.md:2:5 workspace.duplicate-fragment"]
    assert outcome.value is not None
    assert outcome.value.fragments["p145/c1s1"].path == FRAGMENT


def test_a_fragment_without_front_matter_is_said(tmp_path: Path) -> None:
    outcome = loaded(tmp_path, {"sections/p145/09/09.md": "正文\n"})
    assert said(outcome.issues) == ["sections/p145/09/09.md:1:1 workspace.no-front-matter"]


def test_a_plan_that_is_listed_but_not_there_is_said(tmp_path: Path) -> None:
    outcome = loaded(tmp_path, {**replaced(WORKSPACE, "plans: [p145]", "plans: [p145, p146]")})
    assert said(outcome.issues) == ["data/workspace.yaml:3:15 workspace.plan-missing"]


def test_a_plan_that_is_there_but_not_listed_is_said(tmp_path: Path) -> None:
    outcome = loaded(tmp_path, {"data/plans/p146.yaml": FILES[PLAN].replace("p145", "p146")})
    assert said(outcome.issues) == ["data/plans/p146.yaml:0:0 workspace.plan-unlisted"]


def test_a_file_in_data_that_is_no_dataset_is_said(tmp_path: Path) -> None:
    outcome = loaded(tmp_path, {"data/extra.yaml": "rows: []\n", "data/nothing.yaml": "# 空\n"})
    assert said(outcome.issues) == [
        "data/extra.yaml:1:1 workspace.no-dataset",
        "data/nothing.yaml:1:1 workspace.empty-file",
    ]


def test_without_the_workspace_file_there_is_no_workspace(tmp_path: Path) -> None:
    outcome = loaded(tmp_path, {WORKSPACE: "workspace: [\n"})
    assert outcome.value is None
    assert said(outcome.issues) == ["data/workspace.yaml:1:12 yaml.bracket"]


def test_formulas_nested_beyond_reason_are_an_error_and_no_crash(tmp_path: Path) -> None:
    outcome = loaded(tmp_path, replaced(INDICATORS, CELL, "(" * 5000 + "1" + ")" * 5000))
    assert said(outcome.issues) == ["data/indicators.yaml:19:22 formula.too-deep"]
