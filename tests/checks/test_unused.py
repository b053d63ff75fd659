"""Which rows reach no plan, told in one issue for each dataset; and sections whose fragment prints nothing."""

from pathlib import Path

import pytest

from drafter.checks import Draft, run
from drafter.document.tree import Document, Heading, Line, Paragraph, Text
from drafter.source.codes import Severity
from drafter.source.origins import literal
from drafter.workspace.loading import load
from tests.checks.world import INDICATOR, PROJECTS, VIEW, codes, draft, workspace, write

COUNTIES = """dataset: {name: counties, title: 县区表, kind: records, short: 县区表, key: 名称}
columns:
- {name: 名称, type: text}
- {name: 人口, type: number, unit: 万人, decimals: 1}
rows:
- {名称: 港城区, 人口: 20}
- {名称: 云山县, 人口: 30}
- {名称: 市本级}
"""
HOMES = """dataset: {name: homes, title: 机构表, kind: records, short: 机构, key: 编号}
columns:
- {name: 编号, type: text}
- {name: 名称, type: text}
- {name: 县区, type: ref, of: counties}
- {name: 协作, type: list, of: counties}
- {name: 床位, type: number, unit: 张, decimals: 0}
rows:
- {编号: H1, 名称: 颐养院, 县区: 港城区, 协作: [云山县], 床位: 100}
- {编号: H2, 名称: 康复院, 县区: 市本级, 床位: 50}
- {编号: H3, 名称: 敬老院, 县区: 云山县, 床位: 30}
"""


def told(root: Path, value: str = "床位", where: str = "", **data: str) -> list[tuple[str, str]]:
    """What is told as unused where a view of the homes prints one column: the code, and the rows."""
    view = (VIEW % ("homes", value)).replace("  columns:", f"{where}  columns:")
    found = workspace(root, **{"counties": COUNTIES, "homes": HOMES, **data}, tables=view)
    return [(each.code, each.facts.get("rows", "")) for each in run(found, [draft(found, view="表")])]


def test_a_dataset_that_no_plan_uses_is_told_unless_it_is_said_to_be_kept(tmp_path: Path) -> None:
    tables = VIEW % ("indicators", "[2025]")
    projects = PROJECTS % '- "床位 > 0"'
    found = workspace(tmp_path, indicators=INDICATOR, projects=projects, tables=tables)
    (issue,) = run(found, [draft(found, view="表")])
    assert (issue.code, issue.severity, issue.place.file) == (
        "checks.unused",
        Severity.INFO,
        "data/projects.yaml",
    )
    assert run(found, []) == ()  # not all plans were looked at
    for reason in ("ok", "只作留存"):
        kept = projects.replace("key: 编号", f"key: 编号, unused: {reason}")
        found = workspace(tmp_path, indicators=INDICATOR, projects=kept, tables=tables)
        assert run(found, [draft(found, view="表")]) == ()


def test_rows_that_no_plan_prints_are_told_together_with_their_names(tmp_path: Path) -> None:
    view = (VIEW % ("homes", "床位")).replace("  columns:", '  where: {床位: ">= 100"}\n  columns:')
    found = workspace(
        tmp_path, homes=HOMES, counties=COUNTIES.replace("key: 名称", "key: 名称, unused: ok"), tables=view
    )
    (issue,) = run(found, [draft(found, view="表")])
    assert (issue.code, issue.severity) == ("checks.unused-rows", Severity.WARNING)
    assert (issue.place.file, issue.place.line) == ("data/homes.yaml", 10)
    facts = [issue.facts[each] for each in ("count", "all", "title", "rows")]
    assert facts == ["2", "3", "机构表", "H2 康复院、H3 敬老院"]


def test_a_row_is_used_where_a_printed_cell_names_it_alone_or_in_a_list(tmp_path: Path) -> None:
    assert told(tmp_path, "县区") == []
    assert told(tmp_path, "协作") == [("checks.unused-rows", "港城区、市本级")]


def test_a_name_in_a_cell_that_is_not_printed_uses_nothing(tmp_path: Path) -> None:
    assert told(tmp_path, "床位") == [("checks.unused", "")]


def test_a_row_is_used_where_a_printed_number_is_made_of_it_or_counts_it(tmp_path: Path) -> None:
    assert told(tmp_path, "床位 / sum(县区表.人口)") == [("checks.unused-rows", "市本级")]
    assert told(tmp_path, "床位 * count(县区表)") == []
    assert told(tmp_path, "床位 * count(县区表, 名称=云山县)") == [("checks.unused-rows", "港城区、市本级")]
    # an empty cell is counted by no count of its column, but the row is one of those that were asked
    assert told(tmp_path, "床位 * count(县区表.人口)") == []


def test_a_row_that_a_table_shows_is_used_though_its_line_has_only_what_it_looks_up(tmp_path: Path) -> None:
    assert told(tmp_path, "县区表[县区].人口") == [("checks.unused-rows", "市本级")]


def test_a_relation_that_must_hold_uses_nothing(tmp_path: Path) -> None:
    checked = COUNTIES.replace("columns:", "checks: [sum(县区表.人口) = 50]\ncolumns:", 1)
    assert told(tmp_path, "床位", counties=checked) == [("checks.unused", "")]


def test_a_row_that_says_why_it_is_kept_is_not_told(tmp_path: Path) -> None:
    kept = COUNTIES.replace("{名称: 市本级}", "{名称: 市本级, unused: 只供台账引用}")
    assert told(tmp_path, "床位 / sum(县区表.人口)", counties=kept) == []
    empty = COUNTIES.replace("{名称: 市本级}", "{名称: 市本级, unused: }")
    assert told(tmp_path, "床位 / sum(县区表.人口)", counties=empty) == [("checks.unused-rows", "市本级")]


def test_a_column_called_unused_is_a_column(tmp_path: Path) -> None:
    column = COUNTIES.replace("rows:", "- {name: unused, type: text}\nrows:").replace(
        "{名称: 市本级}", "{名称: 市本级, unused: 无}"
    )
    assert told(tmp_path, "床位 / sum(县区表.人口)", counties=column) == [("checks.unused-rows", "市本级")]


def test_an_indicator_may_say_why_it_is_kept(tmp_path: Path) -> None:
    second = "- {id: I2, name: 没用, unit: 个, values: {2020: {value: 1, status: 实际}}%s}\n"
    tables = (VIEW % ("indicators", "[2025]")).replace("  columns:", "  where: {编号: I1}\n  columns:")
    found = workspace(tmp_path, indicators=INDICATOR + second % "", tables=tables)
    (issue,) = run(found, [draft(found, view="表")])
    assert (issue.code, issue.place.line, issue.facts["rows"]) == ("checks.unused-rows", 4, "I2 没用")
    found = workspace(tmp_path, indicators=INDICATOR + second % ", unused: 备查", tables=tables)
    assert run(found, [draft(found, view="表")]) == ()


@pytest.mark.parametrize("whole", [True, False])
def test_nothing_is_said_while_a_part_of_a_plan_cannot_be_read(tmp_path: Path, whole: bool) -> None:
    found = workspace(tmp_path, indicators=INDICATOR)
    plan = found.plans["p145"]
    made = Draft(plan, Document("p145", plan.title, (), {}), "讨论稿", None, whole)
    assert codes(run(found, [made]), "checks.unused") == ([("checks.unused", 1)] if whole else [])


# -- sections without text ---------------------------------------------------------------------------------------------

FRAGMENT = "---\nid: p145/first\ntitle: 发展基础\nowner: 民政局\n---\n"


def unwritten(
    root: Path, *blocks: Paragraph | Heading, broken: frozenset[str] = frozenset()
) -> list[tuple[str, int]]:
    """What is told of a plan whose one fragment prints these blocks."""
    write(root)
    path = root / "data/plans/p145.yaml"
    path.write_text(path.read_text("utf-8").replace("outline: []", "outline: [p145/first]"), "utf-8")
    (root / "sections").mkdir(exist_ok=True)
    (root / "sections/a.md").write_text(FRAGMENT, "utf-8")
    found = load(root).value
    assert found is not None
    plan = found.plans["p145"]
    title = Heading("p145#1", 1, Line((Text(literal("sections/a.md", "发展基础", 28)),)))
    made = Draft(plan, Document("p145", plan.title, (title, *blocks), {}), "讨论稿", None, broken=broken)
    return [
        (each.place.file, each.place.line) for each in run(found, [made]) if each.code == "checks.not-written"
    ]


def test_a_fragment_that_prints_nothing_below_its_title_is_told(tmp_path: Path) -> None:
    words = Line((Text(literal("sections/a.md", "发展", 0)),))
    assert unwritten(tmp_path) == [("sections/a.md", 6)]
    assert unwritten(tmp_path, Heading("p145/first#1", 2, words)) == [("sections/a.md", 6)]
    assert unwritten(tmp_path, Paragraph("p145/first#1", words)) == []
    assert unwritten(tmp_path, broken=frozenset({"sections/a.md"})) == []
