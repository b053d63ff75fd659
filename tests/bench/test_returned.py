"""The returned copies of the benchmark are what reviewers send: comments, tracked changes and silent ones, no copy like another."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.bench.material import make
from tests.bench.measure import once
from tests.bench.returned import write_copies
from tests.harness.package import Package, text

COPIES = 8


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("issued")
    make(folder, 13_500, 3)
    once([sys.executable, "-m", "drafter", "build", "-w", str(folder)], folder)
    (path,) = (folder / "build").glob("*.docx")
    return path


def test_the_same_file_gives_the_same_copies_and_none_is_like_another(issued: Path, tmp_path: Path) -> None:
    first = [path.read_bytes() for path in write_copies(issued, tmp_path / "a", COPIES)]
    again = [path.read_bytes() for path in write_copies(issued, tmp_path / "b", COPIES)]
    assert len(first) == COPIES
    assert [Package.read(data).parts for data in first] == [Package.read(data).parts for data in again]
    assert len(set(first)) == COPIES


def test_among_them_are_comments_tracked_changes_and_silent_ones(issued: Path, tmp_path: Path) -> None:
    said = [text(each) for each in Package.read(issued.read_bytes()).paragraphs()]
    found: set[str] = set()
    for path in write_copies(issued, tmp_path, COPIES):
        with zipfile.ZipFile(path) as archive:
            main = archive.read("word/document.xml").decode()
            found |= {"comments"} if "word/comments.xml" in archive.namelist() else set()
        marks = any(f"<w:{name} " in main for name in ("ins", "del", "moveFrom"))
        found |= {"tracked"} if marks else set()
        if not marks and [text(each) for each in Package.read(path.read_bytes()).paragraphs()] != said:
            found.add("silent")
    assert found == {"comments", "tracked", "silent"}


def test_collecting_finds_remarks_in_each(issued: Path, tmp_path: Path) -> None:
    files = [str(path) for path in write_copies(issued, tmp_path, COPIES)]
    command = [sys.executable, "-m", "drafter", "collect", "--json", "-w", str(issued.parents[1]), *files]
    done = subprocess.run(command, capture_output=True, check=False)
    account = json.loads(done.stdout)["account"]
    assert (account["received"], account["read"], account["refused"]) == (COPIES, COPIES, 0)
    assert account["remarks"] >= COPIES
