"""One case after another: a file is taken, spoilt, put beside a good one, collected, and judged; the workspace is then as it was."""

from __future__ import annotations

import contextlib
import faulthandler
import random
import resource
import shutil
import signal
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from drafter.actions.registers import Registers
from tests.actions.workspace import commented
from tests.fuzz import material
from tests.fuzz.judging import ROUND, afterwards, faults, files_of
from tests.fuzz.spoiling import spoilt

LIMIT = 30
"""Seconds for one case; a usual one takes a twentieth of a second."""
ROOM = 3 << 30
"""Bytes of memory that a process may have."""
_PRIVATE = 7  # so many cases, and people go on with what one of them brought


class TooLong(Exception):
    """A case has taken more than `LIMIT`."""


@dataclass(frozen=True, slots=True)
class Case:
    """A spoilt file: its number, what it was, its bytes, and what is wrong with what became of it."""

    number: int
    name: str
    data: bytes
    faults: tuple[str, ...]


@contextlib.contextmanager
def limits(seconds: int, room: int) -> Iterator[None]:
    """A case ends after so many seconds, and has no more memory than that; where nothing of Python runs any more, the process ends with its stack."""

    def late(*_: object) -> None:
        raise TooLong(f"more than {seconds} seconds")

    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (room, before[1]))
    old = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    faulthandler.dump_traceback_later(seconds * 4, exit=True)
    try:
        yield
    finally:
        signal.alarm(0)
        faulthandler.cancel_dump_traceback_later()
        signal.signal(signal.SIGALRM, old)
        resource.setrlimit(resource.RLIMIT_AS, before)


class Running:
    """A workspace with a round open, in which cases are tried."""

    def __init__(self, folder: Path, seed: int, others: Mapping[str, bytes] | None = None) -> None:
        self.root, self.came, self.seed = folder / "w", folder / "came", seed
        material.workspace(self.root)
        self.came.mkdir()
        self.material = dict(others or material.material(self.root))
        self._good = commented(material.copies(self.root)["市教育局"], material.OLD, "请说明。", "孙七")
        self._before = files_of(self.root)

    def case(self, number: int, *, after: bool | None = None) -> Case:
        """Try one case; the same seed and number make the same file. `after`: go on with the register as people do."""
        chance = random.Random(f"{self.seed}:{number}")
        name = chance.choice(sorted(self.material))
        data = spoilt(self.material[name], chance)
        go_on = number % _PRIVATE == 0 if after is None else after
        return Case(number, name, data, tuple(self.judged(name, data, after=go_on)))

    def judged(self, name: str, data: bytes, *, after: bool = False) -> Iterator[str]:
        """What is wrong with what becomes of a file."""
        self._restore()
        (self.came / f"市财政局-{name}").write_bytes(data)
        (self.came / "市教育局.docx").write_bytes(self._good)
        try:
            with limits(LIMIT, ROOM):
                yield from self._tried(after=after)
        except Exception:  # noqa: BLE001 -- whatever it is, it is what was looked for
            yield traceback.format_exc()

    def _tried(self, *, after: bool) -> Iterator[str]:
        code, out, err = material.said("collect", str(self.came), "--json", "-w", str(self.root))
        found = tuple(faults(self.root, self.came, self._before, code, out or err))
        yield from found
        if after and not found:
            rows = len(Registers(self.root).named("p1", "R1").register.rows)
            yield from afterwards(self.root, rows)

    def _restore(self) -> None:
        shutil.rmtree(self.came)
        self.came.mkdir()
        shutil.rmtree(self.root / "private", ignore_errors=True)
        now = files_of(self.root)
        for name in now.keys() - self._before.keys():
            (self.root / name).unlink()
        for name, data in self._before.items():
            if now.get(name) != data or name == ROUND:
                (self.root / name).parent.mkdir(parents=True, exist_ok=True)
                (self.root / name).write_bytes(data)
