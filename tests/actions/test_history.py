"""What git knows between two revisions, line by line."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from drafter.actions.history import history

FILE = "sections/一/01.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace below the top of its repository."""
    folder = tmp_path / "仓库/规划"
    folder.mkdir(parents=True)
    git(folder.parent, "init", "-q", "-b", "main")
    write(folder, "甲\n乙\n丙\n")
    commit(folder, "起点")
    return folder


def git(root: Path, *arguments: str) -> str:
    who = ["-c", "user.name=王五", "-c", "user.email=wang@example.org"]
    done = subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)
    return done.stdout.decode().strip()


def write(root: Path, text: str | bytes) -> None:
    (root / FILE).parent.mkdir(parents=True, exist_ok=True)
    (root / FILE).write_bytes(text if isinstance(text, bytes) else text.encode())


def commit(root: Path, subject: str) -> str:
    git(root, "add", "-A")
    git(root, "commit", "-qm", subject)
    return git(root, "rev-parse", "HEAD")


def test_the_newest_commit_of_a_line_is_known(root: Path) -> None:
    start = git(root, "rev-parse", "HEAD")
    write(root, "甲\n丁\n丙\n")
    commit(root, "改乙为丁")
    write(root, "甲\n戊\n丙\n")
    end = commit(root, "改丁为戊")
    found = history(root, start, end)
    assert found.came == {(FILE, "戊"): (0, "改丁为戊"), (FILE, "丁"): (1, "改乙为丁")}
    assert found.went == {(FILE, "丁"): (0, "改丁为戊"), (FILE, "乙"): (1, "改乙为丁")}
    assert history(root, f"{start}+", "HEAD") == found


def test_a_merge_does_not_hide_who_changed_the_line(root: Path) -> None:
    start = git(root, "rev-parse", "HEAD")
    git(root, "checkout", "-q", "-b", "养老科")
    write(root, "甲\n乙\n丙丙\n")
    commit(root, "养老科改丙")
    git(root, "checkout", "-q", "main")
    write(root, "甲甲\n乙\n丙\n")
    commit(root, "规划科改甲")
    git(root, "merge", "-q", "-m", "合并", "养老科")
    found = history(root, start, "HEAD")
    assert {line: subject for (_, line), (_, subject) in found.came.items()} == {
        "甲甲": "规划科改甲",
        "丙丙": "养老科改丙",
    }


def test_lines_that_look_like_the_patch_itself_are_lines(root: Path) -> None:
    start = git(root, "rev-parse", "HEAD")
    write(root, "甲\n乙\n丙\n--- a/别处\n+++ b/别处\n@@ -1 +1 @@\n没有换行")
    found = history(root, start, commit(root, "加一段"))
    assert {line for _, line in found.came} == {"--- a/别处", "+++ b/别处", "@@ -1 +1 @@", "没有换行"}
    assert {path for path, _ in found.came} == {FILE}


def test_files_in_gb18030_and_with_crlf_are_read(root: Path) -> None:
    start = git(root, "rev-parse", "HEAD")
    write(root, "甲\r\n新增\r\n丙\r\n".encode("gb18030"))
    found = history(root, start, commit(root, "换编码"))
    assert (FILE, "新增") in found.came


@pytest.mark.parametrize(
    ("old", "new"),
    [("", "HEAD"), ("0" * 40, "HEAD"), ("--output=x", "HEAD"), ("HEAD", "main; rm"), ("HEAD", "")],
)
def test_what_git_does_not_know_is_nothing(old: str, new: str, root: Path) -> None:
    assert history(root, old, new).came == {}
    assert not (root / "x").exists()


def test_without_a_repository_or_without_git_nothing_is_known(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert history(tmp_path, "HEAD", "HEAD").came == {}
    start = git(root, "rev-parse", "HEAD")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert history(root, start, "HEAD").came == {}
