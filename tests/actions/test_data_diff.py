"""What has changed in the data between two states, and what that does to the plan."""

import shutil
import subprocess
from pathlib import Path

import pytest

from drafter.actions.data_diff import Compared, Derived, Missed, data_diff
from drafter.source.issues import Misnamed, Refused
from tests.actions.workspace import FILES, FIRST, INDICATORS, Desk, write

FACILITIES = "data/facilities.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "w")


def compared(root: Path, tmp_path: Path, path: str, *replaced: tuple[str, str]) -> Compared:
    """The workspace before against itself with other words in one file."""
    old = tmp_path / "old"
    shutil.copytree(root, old)
    text = FILES[path]
    for before, after in replaced:
        assert before in text
        text = text.replace(before, after)
    (root / path).write_text(text, "utf-8")
    outcome = data_diff(root, str(old))
    assert outcome.issues == ()
    assert outcome.value is not None
    return outcome.value


def test_a_changed_cell_says_what_follows_and_where_it_is_printed(root: Path, tmp_path: Path) -> None:
    found = compared(root, tmp_path, FACILITIES, ("护理型: 100", "护理型: 140"))
    (change,) = found.changes
    assert (change.key, change.old, change.new) == ("设施.机构.港城区.护理型", "100张", "140张")
    assert (change.file, change.line) == (FACILITIES, 8)
    assert Derived("指标.护理型占比[2020]", "40.0%", "50.0%") in change.derived
    (use,) = change.uses
    assert (use.plan, use.place, use.file, use.line) == ("p1", "第一章第一节 1.1-2", FIRST, 9)
    assert "护理型占比为50.0%" in use.text


def test_a_datum_printed_in_a_table_names_its_row(root: Path, tmp_path: Path) -> None:
    found = compared(root, tmp_path, FACILITIES, ("床位: 300", "床位: 310"))
    (change,) = found.changes
    places = {(use.place, use.file) for use in change.uses}
    assert ("第一章第二节 1.2-3/1", "data/tables.yaml") in places
    assert "指标.养老床位[2020]" in {each.key for each in change.derived}


def test_another_formula_is_a_change_of_its_own(root: Path, tmp_path: Path) -> None:
    found = compared(
        root, tmp_path, INDICATORS, ('formula: "设施.机构.床位"', 'formula: "设施.机构.床位 * 2"')
    )
    (change,) = found.changes
    assert (change.key, change.old, change.new) == ("指标.养老床位[2020]", "400张", "800张")


def test_what_only_looks_different_is_no_change(root: Path, tmp_path: Path) -> None:
    found = compared(root, tmp_path, FACILITIES, ("床位: 300", "床位: 300.0"), ("rows:", "# 台账\nrows:"))
    assert found == Compared((), (), (), ())


def test_a_change_below_what_is_printed_is_shown_exactly(root: Path, tmp_path: Path) -> None:
    (change,) = compared(root, tmp_path, INDICATORS, ("value: 55.0", "value: 55.01")).changes
    assert (change.old, change.new) == ("55%", "55.01%")


def test_rows_that_come_and_go_are_told_as_rows(root: Path, tmp_path: Path) -> None:
    found = compared(root, tmp_path, FACILITIES, ("县区: 滨海区", "县区: 临山县"))
    assert [row.key for row in found.added] == ["设施.机构.临山县"]
    assert [(row.key, row.file, row.line) for row in found.removed] == [("设施.机构.滨海区", FACILITIES, 9)]
    assert found.changes == ()


def test_a_dataset_that_came_is_told_by_its_name(root: Path, tmp_path: Path) -> None:
    old = tmp_path / "old"
    shutil.copytree(root, old)
    (root / "data/terms.yaml").write_text(
        "dataset: {name: terms, title: 名词, kind: records, short: 名词, key: [名]}\n"
        "columns:\n- {name: 名, type: text}\nrows:\n- {名: 甲}\n",
        "utf-8",
    )
    value = data_diff(root, str(old)).value
    assert value is not None
    assert [(row.key, row.file) for row in value.added] == [("名词", "data/terms.yaml")]


def test_a_target_that_is_no_longer_reached_is_told(root: Path, tmp_path: Path) -> None:
    found = compared(root, tmp_path, INDICATORS, ("{value: 800,", "{value: 390,"))
    assert found.missed == ()
    shutil.rmtree(tmp_path / "old")
    shutil.copytree(root, tmp_path / "old")
    text = (root / FACILITIES).read_text("utf-8").replace("床位: 300", "床位: 280")
    (root / FACILITIES).write_text(text, "utf-8")
    value = data_diff(root, str(tmp_path / "old")).value
    assert value is not None
    assert value.missed == (Missed("指标.养老床位[2025]", "390张", "400张", "380张"),)


def test_a_state_with_errors_is_said_to_be_incomplete(root: Path, tmp_path: Path) -> None:
    old = tmp_path / "old"
    shutil.copytree(root, old)
    (root / FACILITIES).write_text("dataset: {", "utf-8")
    outcome = data_diff(root, str(old))
    assert [issue.code for issue in outcome.issues] == ["data-diff.incomplete"]


# -- revisions ---------------------------------------------------------------------------------------------------------


def git(root: Path, *arguments: str) -> None:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)


def test_a_revision_is_read_from_git_without_touching_the_files(root: Path) -> None:
    git(root, "init")
    git(root, "add", ".")
    git(root, "commit", "-m", "x")
    text = FILES[FACILITIES].replace("床位: 300", "床位: 310")
    (root / FACILITIES).write_text(text, "utf-8")
    value = data_diff(root, "HEAD").value
    assert value is not None
    assert [change.key for change in value.changes] == ["设施.机构.港城区.床位"]
    assert (root / FACILITIES).read_text("utf-8") == text
    same = data_diff(root, "HEAD", "HEAD").value
    assert same == Compared((), (), (), ())


@pytest.mark.parametrize("state", ["v9.9", "--output=x", "HEAD; ls"])
def test_what_is_no_revision_is_wrong_usage(root: Path, state: str) -> None:
    git(root, "init")
    with pytest.raises(Misnamed) as wrong:
        data_diff(root, state)
    assert [issue.code for issue in wrong.value.issues] == ["data-diff.unknown"]


def test_without_git_only_folders_can_be_compared(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(root))
    with pytest.raises(Refused) as refused:
        data_diff(root, "HEAD")
    assert [issue.code for issue in refused.value.issues] == ["data-diff.no-git"]
    assert data_diff(root, str(root)).value == Compared((), (), (), ())


def test_the_command_prints_it_for_people_and_machines(desk: Desk, tmp_path: Path) -> None:
    shutil.copytree(desk.root, tmp_path / "old")
    text = FILES[FACILITIES].replace("护理型: 100", "护理型: 140")
    (desk.root / FACILITIES).write_text(text, "utf-8")
    assert desk.run("data-diff", str(tmp_path / "old")) == 0
    assert "设施.机构.港城区.护理型：100张 -> 140张（data/facilities.yaml:8:" in desk.out
    document = desk.json("data-diff", str(tmp_path / "old"))
    assert set(document) == {"changes", "added", "removed", "missed", "issues"}
    (change,) = document["changes"]
    assert set(change) == {"key", "old", "new", "file", "line", "column", "derived", "uses"}
