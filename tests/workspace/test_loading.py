import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from drafter.source.origins import SourceSlice
from drafter.workspace.loading import Loader, load
from drafter.workspace.model import Entry, StageDate, Workspace
from drafter.workspace.schema import schemas
from tests.workspace.test_bad_input import SPOILED
from tests.workspace.world import FILES, loaded, replaced, said, write

PLAN, FRAGMENT = "data/plans/p145.yaml", "sections/p145/01/01.md"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    found = loaded(tmp_path).value
    assert found is not None
    return found


def test_the_workspace_says_what_its_file_says(workspace: Workspace) -> None:
    assert (workspace.name, workspace.bureau) == ("工作区", "民政局")
    assert workspace.stages == ("讨论稿", "征求意见稿")
    assert workspace.calendar == (StageDate("p145", "讨论稿", date(2020, 8, 20)),)


def test_a_plan_says_what_its_file_says(workspace: Workspace) -> None:
    plan = workspace.plans["p145"]
    assert (plan.title.text, plan.short, plan.unit) == ("临港市“十四五”规划", "《规划》", "民政局")
    assert (plan.period, plan.base_year, plan.target_year, plan.far_year) == ((2021, 2025), 2020, 2025, None)
    assert (plan.numbering, plan.frame, plan.path) == ("章节", "plan", PLAN)


def test_an_outline_nests_and_its_annexes_come_last(workspace: Workspace) -> None:
    def drawn(entry: Entry) -> tuple[object, ...]:
        title = entry.title.text if entry.title else None
        return (
            entry.level,
            entry.slot,
            title,
            entry.owner,
            entry.annex,
            [drawn(each) for each in entry.entries],
        )

    assert [drawn(entry) for entry in workspace.plans["p145"].outline] == [
        (
            1,
            "",
            "总体要求",
            "",
            False,
            [
                (2, "p145/c1s1", None, "", False, []),
                (2, "p145/c1s2", "基本原则", "养老服务科", False, []),
            ],
        ),
        (1, "p145/a1", None, "", True, []),
    ]


def test_chapters_nest_as_deep_as_they_are_written(tmp_path: Path) -> None:
    nested = "  - {title: 篇, slots: [{title: 节, slots: [p145/c1s1]}]}\n  - {id: p145/c1s2"
    found = loaded(tmp_path, replaced(PLAN, "  - p145/c1s1\n  - {id: p145/c1s2", nested)).value
    assert found is not None
    chapter = found.plans["p145"].outline[0]
    assert [entry.level for entry in chapter.entries[0].entries[0].entries] == [4]


def test_titles_are_slices_of_the_files_they_stand_in(workspace: Workspace) -> None:
    plan = workspace.plans["p145"]
    titles = [plan.title, workspace.fragments["p145/c1s1"].title, workspace.views["主要指标"].caption]
    titles += [entry.title for entry in plan.outline if entry.title]
    for title in titles:
        (piece,) = title.pieces
        assert isinstance(piece.origin, SourceSlice)
        text = workspace.sources[piece.origin.path].text
        assert text[piece.origin.start : piece.origin.end] == title.text


def test_a_fragment_says_its_front_matter_and_where_its_text_begins(workspace: Workspace) -> None:
    fragment = workspace.fragments["p145/c1s1"]
    assert (fragment.title.text, fragment.owner, fragment.status) == ("指导思想", "规划财务科", "初稿")
    assert (fragment.plan, fragment.path, fragment.extract) == ("p145", FRAGMENT, ("纲要",))
    assert workspace.sources[FRAGMENT].text[fragment.body :] == "坚持以人民为中心。\n"


def test_a_fragment_of_front_matter_only_is_empty(workspace: Workspace) -> None:
    fragment = workspace.fragments["p145/a1"]
    assert workspace.sources[fragment.path].text[fragment.body :] == ""


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    dressed = {path: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() for path, text in FILES.items()}
    outcome = loaded(tmp_path, dressed)
    assert said(outcome.issues) == []
    assert outcome.value is not None
    assert outcome.value.fragments["p145/c1s1"].title.text == "指导思想"


def test_a_view_says_what_its_file_says(workspace: Workspace) -> None:
    view = workspace.views["设施表"]
    where = [(each.column, each.words, each.comparisons) for each in view.where]
    assert (view.datasets, where, view.total.text, view.orientation) == (
        ("facilities",),
        [("类型", ("养老机构",), ())],
        "合计",
        "portrait",
    )
    assert [(column.heads, column.value, column.decimals, column.bare) for column in view.columns] == [
        (("县区",), "县区", None, True),
        (("占比",), "share(护理型, 床位)", 1, True),
    ]
    assert workspace.views["主要指标"].columns[1].heads == ("2020年", "基期")


def test_templates_are_read_as_texts(workspace: Workspace) -> None:
    assert workspace.sources["templates/macros.md.j2"].text == FILES["templates/macros.md.j2"]


def test_an_overlay_stands_in_for_files_and_leaves_them_alone(tmp_path: Path) -> None:
    root = write(tmp_path)
    text = FILES[FRAGMENT].replace("指导思想", "指导原则")
    found = load(root, {FRAGMENT: text}).value
    assert found is not None
    assert found.fragments["p145/c1s1"].title.text == "指导原则"
    assert (root / FRAGMENT).read_text() == FILES[FRAGMENT]


def test_an_overlay_may_add_a_file(tmp_path: Path) -> None:
    extra = "---\nid: p145/c1s2\ntitle: 基本原则\nowner: 规划财务科\n---\n"
    outcome = load(write(tmp_path), {"sections/p145/01/02.md": extra})
    assert outcome.value is not None
    assert set(outcome.value.fragments) == {"p145/c1s1", "p145/c1s2", "p145/a1"}


def test_the_same_files_are_the_same_workspace(tmp_path: Path) -> None:
    root = write(tmp_path)
    first, second = load(root), load(root)
    assert first.value is not None
    assert second.value is not None
    assert replace(first.value, names=second.value.names) == second.value
    assert first.issues == second.issues


def test_hidden_files_and_editors_copies_are_left_alone(tmp_path: Path) -> None:
    extra = {"data/.#units.yaml": "x", "sections/.trash/a.md": "x", "sections/p145/01/.01.md.swp": "x"}
    assert said(loaded(tmp_path, {**extra}).issues) == []


def test_every_kind_of_file_has_a_schema_of_the_keys_that_loading_knows() -> None:
    found = schemas()
    assert set(found) == {"workspace", "plan", "indicators", "records", "dataset", "tables", "fragment"}
    fragment = json.loads(json.dumps(found["fragment"]))
    assert fragment["required"] == ["id", "title", "owner"]
    assert fragment["properties"]["status"]["enum"] == ["待写", "初稿", "已核", "定稿"]
    assert fragment["additionalProperties"] is False


def test_the_sample_loads_without_an_error() -> None:
    root = Path(__file__).parents[2]
    outcome = load(root)
    assert [(each.code, each.place) for each in outcome.issues if each.severity == "error"] == []
    assert outcome.value is not None
    assert len(outcome.value.plans["p145"].outline) == 17


def test_a_loader_that_remembers_says_what_a_new_one_says(tmp_path: Path) -> None:
    root = write(tmp_path)
    loader = Loader(root)
    for path, old, new, _ in (*SPOILED, *reversed(SPOILED)):
        (text,) = replaced(path, old, new.replace("¦", "")).values()
        remembering, anew = loader.load({path: text}), load(root, {path: text})
        assert said(remembering.issues) == said(anew.issues)
        assert remembering.value is not None
        assert anew.value is not None
        assert remembering.value.fragments == anew.value.fragments
        assert remembering.value.views == anew.value.views
    assert said(loader.load().issues) == []


def test_a_loader_sees_what_changed_on_the_disk(tmp_path: Path) -> None:
    loader = Loader(write(tmp_path))
    loader.load()
    write(tmp_path, replaced(FRAGMENT, "指导思想", "指导原则"))
    (tmp_path / "sections/p145/02/01.md").unlink()
    outcome = loader.load()
    assert outcome.value is not None
    assert {each.title.text for each in outcome.value.fragments.values()} == {"指导原则"}
    assert said(outcome.issues) == ["data/plans/p145.yaml:17:3 workspace.fragment-missing"]
