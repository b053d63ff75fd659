"""`python -m tests.fuzz --count N --seed S`: spoilt files collected, the faults printed, and 1 as exit code where there is one.

python -m tests.fuzz --count 1000 --seed 1              copies, forms and letters of a small workspace
python -m tests.fuzz --seed 1 --case 17 --keep DIR      that case again, its file kept
python -m tests.fuzz --peers DIR                        each Word file below a folder as it is, then spoilt
python -m tests.fuzz --seconds 120                      no more cases after so long
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.fuzz.material import collections
from tests.fuzz.registers import Registers
from tests.fuzz.running import Case, Running

_LINES = 14  # of a traceback, its end


def main() -> int:
    """Run from the command line."""
    options = argparse.ArgumentParser(
        prog="tests.fuzz", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--count", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--first", type=int, default=0, help="the number of the first case")
    options.add_argument("--case", type=int, help="this one alone")
    options.add_argument("--seconds", type=float, default=float("inf"))
    options.add_argument("--keep", type=Path, help="a folder for the files that something is wrong with")
    options.add_argument("--peers", type=Path, help="a folder of Word files")
    options.add_argument("--registers", action="store_true", help="registers edited wrong by hand")
    chosen = options.parse_args()
    os.environ["DRAFTER_MESSAGES"] = "strict"
    with tempfile.TemporaryDirectory() as folder:
        started = time.monotonic()
        done = wrong = 0
        for case in _cases(Path(folder), chosen):
            wrong += _told(case, chosen.keep)
            done += 1
            if time.monotonic() - started > chosen.seconds:
                break
        print(f"{done} cases, {wrong} wrong, {time.monotonic() - started:.0f} s")
    return 1 if wrong else 0


def _cases(folder: Path, chosen: argparse.Namespace) -> Iterator[Case]:
    numbers = [chosen.case] if chosen.case is not None else range(chosen.first, chosen.first + chosen.count)
    if chosen.registers:
        registers = Registers(folder, chosen.seed)
        for number in numbers:
            text, faults = registers.case(number)
            yield Case(number, "R1.yaml", text.encode("utf-8", "replace"), faults)
        return
    others = collections(chosen.peers) if chosen.peers else None
    running = Running(folder, chosen.seed, others)
    for name, data in (others or {}).items():
        yield Case(-1, name, data, tuple(running.judged(name, data, after=True)))
    for number in numbers:
        yield running.case(number, after=True if chosen.case is not None else None)


def _told(case: Case, keep: Path | None) -> bool:
    for fault in case.faults:
        lines = fault.strip().splitlines()
        print(f"case {case.number} {case.name}: {lines[0]}", *lines[1:][-_LINES:], sep="\n  ", flush=True)
    if case.faults and keep:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / f"{case.number}-{case.name}").write_bytes(case.data)
    return bool(case.faults)


if __name__ == "__main__":
    sys.exit(main())
