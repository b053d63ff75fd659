"""Whole processes, measured from outside: wall time and peak memory, programs taking turns."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class Failed(Exception):
    """A program under measurement ended with an error."""

    def __init__(self, command: Sequence[str], code: int, said: str) -> None:
        super().__init__(f"{' '.join(command)} -> {code}\n{said}")


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds on the wall and of the processors, and peak memory in MiB, of a process with its children.

    Of several processes at once the memory is that of the largest.

    Linux counts what the starting process had before `exec`, so that the figure is never below our own few MiB.
    """

    seconds: float
    cpu: float
    memory: float


UNWANTED = "PYTHONDONTWRITEBYTECODE"
"""With it Python would compile a program that was not installed by pip, ours, anew in every run, and none of its peers."""


def once(command: Sequence[str], folder: Path) -> Run:
    """Run a program to its end."""
    environment = {name: value for name, value in os.environ.items() if name != UNWANTED}
    log = folder / "bench.log"
    with log.open("wb") as out:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, env=environment
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise Failed(command, process.returncode, log.read_text("utf-8", "replace")[-2_000:])
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def in_turns(programs: Mapping[str, Sequence[str]], folder: Path, rounds: int) -> dict[str, Run]:
    """Medians over some rounds in which every program runs once; a first round only warms up."""
    for command in programs.values():
        once(command, folder)
    runs: dict[str, list[Run]] = {name: [] for name in programs}
    for _ in range(rounds):
        for name, command in programs.items():
            runs[name].append(once(command, folder))
    return {
        name: Run(
            statistics.median(run.seconds for run in each),
            statistics.median(run.cpu for run in each),
            statistics.median(run.memory for run in each),
        )
        for name, each in runs.items()
    }
