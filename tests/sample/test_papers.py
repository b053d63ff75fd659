"""The sample's papers: clean, home without a remark, and edits of their facts written into the plan's file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.actions.workspace import Desk, silently
from tests.word.audit import audited
from tests.word.reading_back import paragraphs

ROOT = Path(__file__).resolve().parents[2]
PAPERS = {"yftz": "印发", "zqyj": "征求"}


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    for folder in ("data", "sections", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)

    def read() -> tuple[str, str]:
        captured = capsys.readouterr()
        return captured.out, captured.err

    return Desk(tmp_path, read)


def _built(desk: Desk, plan: str) -> Path:
    document = desk.json("build", plan)
    assert document["issues"] == []
    (file,) = document["files"]
    return Path(file["path"])


@pytest.mark.parametrize(("plan", "what"), PAPERS.items())
def test_a_paper_is_clean_and_comes_home_without_a_remark(desk: Desk, plan: str, what: str) -> None:
    path = _built(desk, plan)
    assert what in path.name
    assert "（征求意见稿）" not in path.name.partition("》")[2]
    assert audited(path.read_bytes()) == []
    assert desk.json("collect", str(path))["remarks"] == []


@pytest.mark.parametrize(
    ("plan", "old", "new", "file"),
    [
        ("yftz", "市财政局", "市财政局，市审计局", "data/plans/yftz.yaml"),
        ("yftz", "此件公开发布", "此件主动公开", "data/plans/yftz.yaml"),
        ("yftz", "局机关各科室、局属各单位", "局机关各科室", "data/plans/yftz.yaml"),
        ("zqyj", "市直有关部门", "市直各部门", "data/plans/zqyj.yaml"),
        ("zqyj", "也请书面回复", "也请书面说明", "sections/zqyj/01-正文.md"),
    ],
)
def test_an_edit_comes_home(desk: Desk, plan: str, old: str, new: str, file: str) -> None:
    path = _built(desk, plan)
    before = (desk.root / file).read_text("utf-8")
    returned = desk.root / "退回.docx"
    returned.write_bytes(silently(path.read_bytes(), old, new))
    rows = desk.json("collect", str(returned), "--apply")["rows"]
    assert {row["result"] for row in rows} == {"applied"}, rows
    assert (desk.root / file).read_text("utf-8") == before.replace(old, new)


def test_the_letter_lists_the_draft_and_prints_the_form(desk: Desk) -> None:
    texts = [text for _, text in paragraphs(_built(desk, "zqyj").read_bytes())]
    assert "附件：1.临港市民政事业发展“十四五”规划（征求意见稿）" in texts
    assert "2.意见反馈表" in texts
    assert texts.index("附件2") > texts.index("2021年1月15日")
    assert any("（见附件2）" in text for text in texts)
