"""The file of a round, edited wrong by hand in every way: no command breaks on it, and none writes over what it did not understand."""

from __future__ import annotations

import json
import random
import re
import traceback
from collections.abc import Iterator
from pathlib import Path

from tests.fuzz import material
from tests.fuzz.judging import ROUND
from tests.fuzz.running import LIMIT, ROOM, Running, limits
from tests.fuzz.words import ALL

_COMMANDS = (
    ("round", "p1", "--date", "2021-12-31"),
    ("register", "p1"),
    ("check", "p1"),
    ("apply", "p1", "--dry-run"),
    ("answer", "p1", "--draft"),
    ("decide", "p1", "R1-001", "--result", "未采纳", "--reason", "试"),
    ("collect", "--undo"),
)
_VALUES = 0.5
_NUMBER = re.compile(r"(?<=[ :,\[])[0-9]+(?=[,\]}\n])")
_NUMBERS = ("0", "1", "2", "7", "99", "100000", "99999999999999999999")
_VALUE = re.compile(r"(?:^ *(?:- )?|[{,] ?)([a-z_]+): ([^\n{}\[\],]+)", re.MULTILINE)
_KEYS = (
    "decision",
    "reason",
    "id",
    "rows",
    "round",
    "unit",
    "file",
    "spot",
    "change",
    "collected",
    "version",
    "甲",
    "marks",
    "applied",
)


class Registers:
    """A register with rows of several kinds, spoilt again and again."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.running = Running(folder, seed)
        self.root, self.seed = self.running.root, seed
        came = folder / "来"
        came.mkdir()
        for name in ("批注.docx", "表.docx", "录入.xlsx"):
            (came / f"市财政局-{name}").write_bytes(self.running.material[name])
        for command in (
            ("collect", str(came)),
            ("decide", "p1", "R1-001", "--result", "采纳", "--reason", "照办"),
        ):
            code, _, err = material.said(*command, "-w", str(self.root))
            assert code == 0, err
        self.path = self.root / ROUND
        self.text = self.path.read_text("utf-8")
        self._kept = {
            path: path.read_bytes() for path in (self.root / "private").rglob("*") if path.is_file()
        }
        self._good = folder / "市教育局.docx"
        self._good.write_bytes(material.copies(self.root)["市教育局"])

    def case(self, number: int) -> tuple[str, tuple[str, ...]]:
        """A spoilt register, and what is wrong with what became of it."""
        chance = random.Random(f"{self.seed}:{number}")
        text = self.text
        for _ in range(chance.randint(1, 3)):
            text = _spoilt(text, chance)
        return text, tuple(self.judged(text))

    def judged(self, text: str) -> Iterator[str]:
        """What is wrong with what becomes of a register that reads so."""
        for command in (*_COMMANDS, ("collect", str(self._good), "--for", "市教育局")):
            data = text.encode("utf-8", "replace")
            self.path.write_bytes(data)
            for path, kept in self._kept.items():
                path.write_bytes(kept)
            try:
                with limits(LIMIT, ROOM):
                    code, _, err = material.said(*command, "-w", str(self.root))
            except Exception:  # noqa: BLE001 -- whatever it is, it is what was looked for
                yield f"{' '.join(command)}: {traceback.format_exc()}"
                continue
            if code not in {0, 1, 2}:
                yield f"{' '.join(command)}: exit code {code}"
            if code and not err.strip():
                yield f"{' '.join(command)}: exit code {code}, and nobody says why"
            if code and command[0] == "decide" and self.path.read_bytes() != data:
                yield f"{' '.join(command)}: written over what was not understood"


def _revalued(text: str, chance: random.Random) -> str:
    """One number or one value of a key is another: most of these a schema cannot see."""
    numbers, values = list(_NUMBER.finditer(text)), list(_VALUE.finditer(text))
    if not numbers or not values:
        return text
    if chance.random() < 0.5:
        found = chance.choice(numbers)
        return text[: found.start()] + chance.choice(_NUMBERS) + text[found.end() :]
    one = chance.choice(values)
    same = [each for each in values if each[1] == one[1]]
    value = chance.choice((chance.choice(same)[2], json.dumps(chance.choice(ALL), ensure_ascii=False)))
    return text[: one.start(2)] + value + text[one.end(2) :]


def _spoilt(text: str, chance: random.Random) -> str:
    """One slip of somebody who edits it."""
    lines = text.split("\n")
    at, word = chance.randrange(len(lines)), chance.choice(ALL)
    key, colon, _ = lines[at].partition(": ")
    if chance.random() < _VALUES:
        return _revalued(text, chance)
    match chance.randrange(11):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[at])
        case 2:
            lines[at] = " " * chance.randint(1, 3) + lines[at]
        case 3:
            lines[at] = lines[at].strip()
        case 4 if colon:
            lines[at] = f"{key}: {word}"
        case 5 if colon:
            lines[at] = f"{key}:"
        case 6:
            lines[at] = lines[at].replace(key.strip(" -"), chance.choice(_KEYS), 1)
        case 7:
            cut = chance.randint(0, len(lines[at]))
            lines[at] = lines[at][:cut] + word + lines[at][cut:]
        case 8:
            other = chance.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        case 9:
            return text[: chance.randrange(len(text))]
        case _:
            lines[at] = chance.choice(
                (
                    "\t" + lines[at],
                    lines[at].replace(":", "："),
                    lines[at].replace(" ", "\u3000"),
                    f"# {lines[at]}",
                    f"<<<<<<< {lines[at]}",
                    "---",
                )
            )
    return "\n".join(lines)
