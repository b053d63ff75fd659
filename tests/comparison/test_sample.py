"""The sample plan edited as an office edits between two versions: marked exactly, told completely, clean."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from drafter.actions.compare import Tabled, compare
from drafter.actions.marking import Marks, mark
from drafter.actions.redline import Redlined
from drafter.actions.release import Wanted, release
from drafter.actions.versions import Asked
from drafter.picture import read
from drafter.redline.resolve import Revisions
from drafter.release.manifest import MASTER
from tests.redline import office
from tests.redline.saying import said
from tests.word.audit import audited

ROOT = Path(__file__).parents[2]
FIRST = "sections/p145/01-基础和形势/01-十三五时期发展成就.md"
RULES = "sections/p145/02-总体要求/02-基本原则.md"
GOALS = "sections/p145/02-总体要求/03-发展目标.md"
PROJECTS = "data/projects.yaml"
NOW = datetime(2021, 1, 15, 9, tzinfo=UTC)

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Versions:
    root: Path
    marked: Redlined
    tabled: Tabled


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Versions:
    root = tmp_path_factory.mktemp("sample")
    for folder in ("data", "sections", "templates"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("releases"))
    issue(root, "征求意见稿")
    edited(root, FIRST, lambda text: text.replace("扎实履行基本民生保障", "扎实履行民生保障"))
    edited(
        root, FIRST, lambda text: text.replace("。[^subsidy]", "。").replace(note(text, "[^subsidy]:"), "")
    )
    edited(
        root,
        FIRST,
        lambda text: text.replace("，部分经验在全省推广。面对新冠", "，部分经验在全省推广。\n\n面对新冠"),
    )
    edited(
        root, FIRST, lambda text: text.replace("基本实现县级全覆盖。\n\n**区划", "基本实现县级全覆盖。**区划")
    )
    edited(root, RULES, moved)
    edited(
        root, GOALS, lambda text: text.replace("# 实施步骤 {#sec:steps}", "# 分期推进和年度安排 {#sec:steps}")
    )
    edited(root, "data/survey.yaml", lambda text: text.replace("生活补贴对象: 4100,", "生活补贴对象: 4300,"))
    edited(root, PROJECTS, with_project)
    issue(root, "送审稿", force="演练")
    asked = Asked("p145", "v1", "v2")
    marked, tabled = mark(root, asked, Marks()).value, compare(root, asked).value
    assert marked is not None
    assert tabled is not None
    return Versions(root, marked, tabled)


def issue(root: Path, stage: str, force: str = "") -> None:
    assert release(root, "p145", Wanted(stage, force=force), NOW).value is not None


def edited(root: Path, path: str, change: Callable[[str], str]) -> None:
    file = root / path
    before = file.read_text("utf-8")
    after = change(before)
    assert after != before
    file.write_text(after, "utf-8")


def note(text: str, label: str) -> str:
    start = text.index(f"\n{label}")
    return text[start : text.index("\n\n", start) + 1]


def moved(text: str) -> str:
    """The sixth principle becomes the second."""
    lines = text.split("\n")
    second, sixth = (
        next(n for n, line in enumerate(lines) if line.startswith(start)) for start in ("2. ", "6. ")
    )
    lines.insert(second, lines.pop(sixth))
    return "\n".join(lines)


def with_project(text: str) -> str:
    """A project like the last one, of another name."""
    last = text[text.rindex("\n- 编号: ") :].rstrip("\n")
    name = last.partition("名称: ")[2].partition("\n")[0]
    code = last.partition("编号: ")[2].partition("\n")[0]
    return text.rstrip("\n") + last.replace(name, "未成年人保护工作站建设工程").replace(code, "P99") + "\n"


def data(versions: Versions) -> bytes:
    return Path(versions.marked.path).read_bytes()


def master(versions: Versions, version: str) -> bytes:
    return (versions.root / "data/releases/p145" / version / MASTER).read_bytes()


def test_accepted_it_is_the_new_version(versions: Versions) -> None:
    assert said(data(versions), Revisions.ACCEPT) == said(master(versions, "v2"))


def test_rejected_it_is_the_old_version(versions: Versions) -> None:
    assert said(data(versions), Revisions.REJECT) == said(master(versions, "v1"))


def test_the_marked_copy_and_the_table_are_clean(versions: Versions) -> None:
    assert audited(data(versions)) == []
    assert audited(Path(versions.tabled.files[0]).read_bytes()) == []


def notes(whole: bytes) -> list[str]:
    value = read(whole, "稿.docx").value
    assert value is not None
    found = [each for each in value.paragraphs if each.story.startswith("footnote")]
    return ["".join(run.text for run in each.runs).strip() for each in found]


@pytest.mark.office
def test_libreoffice_finds_every_note_at_its_mark_beside_the_comments(
    versions: Versions, tmp_path: Path
) -> None:
    office.needed()
    for how, version in ((Revisions.ACCEPT, "v2"), (Revisions.REJECT, "v1")):
        saved = office.resolved({"marked": data(versions)}, how, tmp_path)["marked"]
        assert notes(saved) == notes(master(versions, version))


def test_every_edit_is_told_where_it_stands(versions: Versions) -> None:
    told = {(each.place, each.old, each.new): each for each in versions.tabled.changes}
    words = [(place, old, new) for place, old, new in told]
    assert any("扎实履行基本民生保障" in old and "扎实履行民生保障" in new for _, old, new in words)
    assert any(old.startswith("两项补贴依据") and not new for _, old, new in words)
    assert ("第二章第三节", "实施步骤", "分期推进和年度安排") in words
    assert [each.reason for each in versions.tabled.changes if "共建共治共享" in each.old + each.new] == [
        "位置调整"
    ] * 2
    assert any("推广。\n面对新冠" in new and "推广。面对新冠" in old for _, old, new in words)
    assert any("全覆盖。\n区划" in old and "全覆盖。区划" in new for _, old, new in words)


def test_a_datum_is_told_in_the_text_and_in_every_table_that_prints_it(versions: Versions) -> None:
    changed = [
        each for each in versions.tabled.changes if "41000" in each.old or "4100" in each.old.split("：")
    ]
    assert {bool(each.table) for each in changed} == {False, True}
    assert all("41200" in each.new or "4300" in each.new for each in changed)


def test_a_new_project_is_a_row_of_its_own_and_no_other_row_is_taken_for_it(versions: Versions) -> None:
    rows = [each for each in versions.tabled.changes if each.row == "未成年人保护工作站建设工程"]
    assert len(rows) >= 2
    assert {each.old for each in rows} == {""}
    assert not any(each.old and "工作站建设工程" in each.new for each in versions.tabled.changes)


def test_both_tell_the_same_changes(versions: Versions) -> None:
    assert [each for each in versions.marked.changes if each.place] == [
        each for each in versions.tabled.changes if each.place
    ]
