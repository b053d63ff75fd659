"""A running process makes, after any edit, the bytes that a new process would make: the drafts of the sample and their records."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from drafter.actions.build import build
from drafter.actions.watch import Watcher

SAMPLE = Path(__file__).parents[2]


def outputs(root: Path) -> dict[str, bytes]:
    """Every draft, and the record of the last one that it has."""
    drafts = {path.name: path.read_bytes() for path in sorted((root / "build").glob("*.docx"))}
    records = {path.name: path.read_bytes() for path in (root / "build/records").glob("*.json")}
    return {**drafts, **records}


def fragment(root: Path, number: int) -> Path:
    return sorted((root / "sections/p145").rglob("*.md"))[number]


def appended(number: int, text: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        path = fragment(root, number)
        path.write_text(path.read_text("utf-8").rstrip("\n") + text, "utf-8")

    return edit


def replaced(path: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        text = (root / path).read_text("utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new, 1), "utf-8")

    return edit


EDITS: dict[str, Callable[[Path], None]] = {
    "words": appended(3, "另行通知。\n"),
    "a paragraph": appended(0, "\n\n新增一段。\n"),
    "many paragraphs": appended(2, "".join(f"\n\n第{n}段新增。" for n in range(70)) + "\n"),
    "a list": appended(1, "\n\n1. 新增一项。\n2. 新增两项。\n"),
    "a heading": appended(1, "\n\n# 新增一节\n\n新增一段。\n"),
    "a footnote": appended(1, "\n\n新增一段。[^new]\n\n[^new]: 新增的注。\n"),
    "a link": appended(0, "\n\n见[网站](https://example.org/new)。\n"),
    "a table": appended(0, "\n\n::: table 新增的表 {#tbl:new}\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n:::\n"),
    "a box": appended(0, "\n\n::: 专栏 新增的专栏 {#box:new}\n新增一段。\n:::\n"),
    "an error": appended(4, "\n\n{{ 指标.没有 }}\n"),
    "a value": replaced("data/indicators.yaml", "{value: 950,", "{value: 960,"),
    "the title": replaced("data/plans/p145.yaml", "十四五", "十五五"),
    "a fragment gone": lambda root: fragment(root, 5).unlink(),
}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Watcher]:
    root = tmp_path_factory.mktemp("running")
    for part in ("data", "sections", "templates"):
        shutil.copytree(SAMPLE / part, root / part)
    watcher = Watcher(root)
    watcher.rebuild()
    return root, watcher


@pytest.mark.parametrize("what", list(EDITS))
def test_an_edit_makes_what_a_new_process_would(
    what: str, running: tuple[Path, Watcher], tmp_path: Path
) -> None:
    root, watcher = running
    EDITS[what](root)
    shutil.rmtree(root / "build")
    warm = watcher.rebuild()
    for part in ("data", "sections", "templates"):
        shutil.copytree(root / part, tmp_path / part)
    cold = build(tmp_path, ())
    assert outputs(root) == outputs(tmp_path)
    assert {(issue.code, issue.place) for issue in warm.issues} == {
        (issue.code, issue.place) for issue in cold.issues
    }
