"""A build that is interrupted or killed leaves no half file under a file's own name, and the next one goes through."""

import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from tests.actions.workspace import NAME, drafter, texts, tracked, write

REPOSITORY = Path(__file__).parents[2]
MOMENTS = 8

# The process stops itself where the test says: before, during and after each write.
STOPPING = """
import os, signal, sys
from drafter.source import edits
calls, (number, name, *command) = 0, sys.argv[1:]
real = os.fsync
def fsync(handle):
    global calls
    calls += 1
    if calls == int(number):
        os.kill(os.getpid(), getattr(signal, name))
    real(handle)
edits.os.fsync = fsync
sys.argv = ["drafter", *command]
from drafter.cli import main
main()
"""


def whole(root: Path) -> None:
    """Whatever has a file's own name is a whole file."""
    for path in (root / "build").rglob("*.docx"):
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
    for path in (root / "build").rglob("*.json"):
        assert path.read_bytes().endswith(b"}")


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(REPOSITORY)}


@pytest.mark.parametrize("write_number", [1, 2])
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_a_build_stopped_while_it_writes_leaves_no_half_file(
    tmp_path: Path, write_number: int, name: str
) -> None:
    root = write(tmp_path)
    command = [sys.executable, "-c", STOPPING, str(write_number), name, "build"]
    done = subprocess.run(command, cwd=root, env=environment(), capture_output=True, check=False)
    assert done.returncode == (130 if name == "SIGINT" else -getattr(signal, name))
    assert not (root / "build" / NAME).exists()
    whole(root)
    if name == "SIGINT":
        assert done.stderr.decode() == "已中断。没有留下写了一半的文件。\n"
        assert not list((root / "build").rglob("*.tmp"))
    assert drafter(root, "build").returncode == 0
    assert (root / "build" / NAME).is_file()


@pytest.mark.parametrize("name", ["SIGINT", "SIGKILL"])
def test_applying_stopped_while_it_writes_leaves_every_source_as_it_was(tmp_path: Path, name: str) -> None:
    root = write(tmp_path / "w")
    assert drafter(root, "build").returncode == 0
    data = tracked((root / "build" / NAME).read_bytes(), "激发市场活力", "激发社会活力")
    returned = tmp_path / "退回.docx"
    returned.write_bytes(tracked(data, "以人民为中心", "人民至上"))
    before = texts(root)
    for write_number in ("1", "2"):
        command = [sys.executable, "-c", STOPPING, write_number, name, "collect", "--apply", str(returned)]
        done = subprocess.run(command, cwd=root, env=environment(), capture_output=True, check=False)
        assert done.returncode == (130 if name == "SIGINT" else -signal.SIGKILL)
        assert texts(root) == before
    done = drafter(root, "collect", "--apply", str(returned), "--json")
    assert [row["result"] for row in json.loads(done.stdout)["rows"]] == ["applied", "applied"]
    assert drafter(root, "check").returncode == 0


def test_an_interrupt_at_any_moment_is_no_traceback_of_ours_and_no_half_file(tmp_path: Path) -> None:
    root = write(tmp_path)
    started = time.perf_counter()
    assert drafter(root, "build").returncode == 0
    length = time.perf_counter() - started
    first = (root / "build" / NAME).read_bytes()
    moments = random.Random(7)
    for moment in range(MOMENTS):
        process = subprocess.Popen(
            [sys.executable, "-m", "drafter", "build"],
            cwd=root,
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(length * moments.uniform(0.2, 1.0))
        process.send_signal(signal.SIGINT if moment % 2 else signal.SIGKILL)
        process.wait()
        whole(root)
        assert (root / "build" / NAME).read_bytes() == first
