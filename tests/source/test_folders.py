import os
import subprocess
import sys
from pathlib import Path

import pytest

from drafter.source.folders import leftovers, locked, remove, write_folder
from drafter.source.issues import Refused

FILES = {"a.txt": b"one", "sub/b.txt": b"two"}


def test_a_folder_is_written_whole(tmp_path: Path) -> None:
    write_folder(tmp_path / "x/v1", FILES)
    assert (tmp_path / "x/v1/sub/b.txt").read_bytes() == b"two"
    assert list(leftovers(tmp_path)) == []


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    write_folder(tmp_path / "v1", FILES)
    with pytest.raises(Refused) as refused:
        write_folder(tmp_path / "v1", {"a.txt": b"other"})
    assert refused.value.issues[0].code == "source.unwritable"
    assert (tmp_path / "v1/a.txt").read_bytes() == b"one"


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("drafter.source.folders.os.fsync", full)
    with pytest.raises(Refused) as refused:
        write_folder(tmp_path / "v1", FILES)
    assert refused.value.issues[0].facts["reason"] != ""
    assert list(tmp_path.iterdir()) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from drafter.source import folders
calls = 0
real = os.fsync
def fsync(handle):
    global calls
    calls += 1
    if calls == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
    real(handle)
folders.os.fsync = fsync
folders.write_folder(Path(sys.argv[1]), {"a.txt": b"one", "sub/b.txt": b"two"})
"""


@pytest.mark.parametrize("moment", [1, 2, 3, 4, 5])
def test_a_killed_process_leaves_all_or_what_can_be_cleaned(tmp_path: Path, moment: int) -> None:
    target = tmp_path / "p/v1"
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", KILLED, str(target), str(moment)], cwd=root, check=False)
    left = list(leftovers(tmp_path))
    if target.exists():
        assert left == []
        assert {p.relative_to(target).as_posix() for p in target.rglob("*.txt")} == set(FILES)
    else:
        assert left == [tmp_path / "p/.new-v1"]
        remove(left[0])
    assert list(leftovers(tmp_path)) == []


def test_a_lock_is_had_by_one_and_freed_with_its_holder(tmp_path: Path) -> None:
    path = tmp_path / "deep/.lock"
    with locked(path):
        with pytest.raises(Refused) as refused, locked(path):
            pass
        assert [issue.code for issue in refused.value.issues] == ["source.locked"]
    with locked(path):
        pass
    code = "import sys, os; from pathlib import Path; from drafter.source.folders import locked\nwith locked(Path(sys.argv[1])): os._exit(9)"
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=Path(__file__).parents[2], check=False, env=os.environ
    )
    assert done.returncode == 9
    with locked(path):
        pass
