"""A build that is interrupted or killed leaves no half file under a file's own name, and the next one goes through."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from drafter.actions.collect import collect
from tests.actions.test_release import killed_at
from tests.actions.workspace import NAME, Desk, drafter, texts, tracked, write

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


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes can be forked here")
@pytest.mark.parametrize("kind", ["部门", "公众"])
def test_collecting_killed_at_any_write_and_done_again_is_as_if_nothing_had_been(
    office: Desk, kind: str
) -> None:
    options = ("--to", "部门", "--deadline", "2021-12-20") if kind == "部门" else ("--public",)
    office.json("release", "p1", "--stage", "征求意见稿", *options)
    days = ("--date", "2021-12-01", "--until", "2021-12-31")
    office.json("round", "p1", "open", "--kind", kind, *days)
    copies = sorted((office.root / "build/releases/p1/v1").iterdir())
    came = office.root.parent / "退回"
    came.mkdir()
    (came / "a.docx").write_bytes(tracked(copies[0].read_bytes(), "激发市场活力", "激发社会活力", "朱小明"))
    (came / "b.docx").write_bytes(tracked(copies[-1].read_bytes(), "政府主导", "政府引导", "李小红"))
    register, private = office.root / "data/rounds/p1/R1.yaml", office.root / "private"
    blank = register.read_bytes()

    def act() -> object:
        return collect(office.root, [came], now=datetime(2021, 12, 15, 9, tzinfo=UTC))

    def now() -> dict[str, bytes]:
        found = {
            path: path.read_bytes()
            for top in (register.parent, private)
            for path in top.rglob("*")
            if path.is_file()
        }
        return {path.relative_to(office.root).as_posix(): data for path, data in found.items()}

    act()
    whole = now()
    number = 1
    while True:
        register.write_bytes(blank)
        shutil.rmtree(private)
        if not killed_at(number, act):
            break
        act()
        assert now() == whole
        number += 1
    assert number > len(whole)
