"""The benchmark's material is what the benchmark says of it."""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.material import TABLES_EACH, Material, make
from tests.bench.measure import Failed, in_turns, once


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Material:
    return make(tmp_path_factory.mktemp("material"), 13_500, 3)


def digests(folder: Path) -> dict[str, str]:
    """By path; the peers' frame comes from python-docx, which writes the clock into it."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "frame.docx"
    }


def test_the_same_size_gives_the_same_bytes(small: Material, tmp_path: Path) -> None:
    make(tmp_path, 13_500, 3)
    assert digests(tmp_path) == digests(small.folder)


def test_the_size_is_the_wanted_one(small: Material) -> None:
    assert small.characters == pytest.approx(13_500, rel=0.05)
    assert small.tables == 3 * TABLES_EACH


def test_the_peers_get_the_same_text_with_values_and_without_our_marks(small: Material) -> None:
    whole = (small.folder / "peers/whole.md").read_text("utf-8")
    assert "{{" not in whole
    assert "@tbl:" not in whole
    assert len(re.findall(r"^: .* \{#tbl:", whole, re.MULTILINE)) == small.tables
    ours = "".join(path.read_text("utf-8") for path in (small.folder / "sections").rglob("*.md"))
    assert len(whole) == pytest.approx(len(ours), rel=0.1)


def test_drafter_finds_nothing_wrong_with_it(small: Material) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "drafter", "check", "-w", str(small.folder)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_program_that_fails_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="out of luck"):
        once([sys.executable, "-c", "raise SystemExit('out of luck')"], tmp_path)


def test_time_and_memory_are_those_of_the_whole_process(tmp_path: Path) -> None:
    programs = {
        "idle": [sys.executable, "-c", "import time; time.sleep(0.3)"],
        "large": [sys.executable, "-c", "text = b'x' * 120_000_000"],
    }
    runs = in_turns(programs, tmp_path, 1)
    assert runs["idle"].seconds > 0.3
    assert runs["large"].memory > 100
