"""Writers who go on writing while a version is out: random edits of the sources, some of them where reviewers edit too."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

NEW = "先行试点联动共享精准长效多元均衡智慧绿色"
MARKS = 0xA000
"""What writers put in is known by signs of the Yi script, each used once; reviewers' are others."""

NEAR = 0.8
"""How often a writer works where a reviewer does."""

_PROSE = re.compile(r"[\u4e00-\u9fff，。；：、]{6,}")
_NUMBER = re.compile(r"(?<=value: )\d+(?=[,}])|(?<=床位: )\d+(?=[,}])")


def is_mark(sign: str) -> bool:
    """Whether a writer of the harness put it in."""
    return MARKS <= ord(sign) < MARKS + 0x48D


@dataclass
class Writers:
    """Changes the fragments of a plan and its data at `root`; `near` are beginnings of paragraphs that reviewers edit."""

    root: Path
    plan: str
    seed: int
    near: Sequence[str] = ()
    done: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.marks = iter(range(MARKS, MARKS + 0x48D))
        self.kinds: list[tuple[str, Callable[[], bool]]] = [
            ("words", self._words),
            ("words", self._words),
            ("words", self._words),
            ("strike", self._strike),
            ("paragraph", self._paragraph),
            ("gone", self._gone),
            ("moved", self._moved),
            ("bold", self._bold),
            ("broken", self._broken),
            ("comment", self._comment),
            ("renamed", self._renamed),
            ("number", self._number),
        ]

    def write(self, count: int) -> None:
        """So many edits, of any kind."""
        while len(self.done) < count:
            kind, act = self.random.choice(self.kinds)
            if act():
                self.done.append(kind)

    def words(self) -> str:
        """Words that no source has."""
        return "".join(self.random.choice(NEW) for _ in range(self.random.randint(1, 4))) + chr(
            next(self.marks)
        )

    def _fragments(self) -> list[Path]:
        return sorted((self.root / "sections" / self.plan).rglob("*.md"))

    def _chosen(self) -> tuple[Path, list[str], int] | None:
        """A fragment, its blocks, and one of them; half of the time one that a reviewer edits too."""
        paths = self._fragments()
        if self.near and self.random.random() < NEAR:
            said = self.random.choice(self.near)
            paths = [path for path in paths if said in path.read_text("utf-8")] or paths
        path = self.random.choice(paths)
        blocks = path.read_text("utf-8").split("\n\n")
        plain = [n for n, block in enumerate(blocks) if _PROSE.search(block) and _plain(block, n)]
        if not plain:
            return None
        near = [n for n in plain if any(said in blocks[n] for said in self.near)]
        return path, blocks, self.random.choice(near if near and self.random.random() < NEAR else plain)

    def _at(self) -> Iterator[tuple[Path, str, int]]:
        """A place between two Chinese signs of a fragment."""
        chosen = self._chosen()
        if chosen is None:
            return
        path, blocks, n = chosen
        spots = [
            at
            for found in _PROSE.finditer(blocks[n])
            for at in range(found.start() + 1, found.end() - 4)
            if not _inside(blocks[n], at)
        ]
        if spots:
            before = "\n\n".join(blocks[:n]) + ("\n\n" if n else "")
            yield path, "\n\n".join(blocks), len(before) + self.random.choice(spots)

    def _put(self, path: Path, text: str) -> bool:
        path.write_bytes(text.encode())
        return True

    def _words(self) -> bool:
        for path, text, at in self._at():
            gone = self.random.choice((0, 0, 2))
            return self._put(path, text[:at] + self.words() + text[at + gone :])
        return False

    def _strike(self) -> bool:
        for path, text, at in self._at():
            return self._put(path, text[:at] + text[at + self.random.randint(1, 3) :])
        return False

    def _bold(self) -> bool:
        for path, text, at in self._at():
            if "**" in text[text.rfind("\n", 0, at) : at + 40]:
                return False
            return self._put(path, f"{text[:at]}**{text[at : at + 3]}**{text[at + 3 :]}")
        return False

    def _broken(self) -> bool:
        for path, text, at in self._at():
            stop = text.find("，", at, at + 30)
            if stop < 0 or "|" in text[text.rfind("\n", 0, at) : stop] or "\n" in text[at:stop]:
                return False
            return self._put(path, f"{text[: stop + 1]}\n{text[stop + 1 :]}")
        return False

    def _paragraph(self) -> bool:
        chosen = self._chosen()
        if chosen is None:
            return False
        path, blocks, n = chosen
        return self._put(path, "\n\n".join([*blocks[: n + 1], f"另行{self.words()}。", *blocks[n + 1 :]]))

    def _comment(self) -> bool:
        chosen = self._chosen()
        if chosen is None:
            return False
        path, blocks, n = chosen
        return self._put(path, "\n\n".join([*blocks[: n + 1], "<!-- 待核 -->", *blocks[n + 1 :]]))

    def _gone(self) -> bool:
        chosen = self._chosen()
        if chosen is None or chosen[2] == 0:
            return False
        path, blocks, n = chosen
        return self._put(path, "\n\n".join([*blocks[:n], *blocks[n + 1 :]]))

    def _moved(self) -> bool:
        chosen = self._chosen()
        if chosen is None or chosen[2] == 0:
            return False
        path, blocks, n = chosen
        left = [*blocks[:n], *blocks[n + 1 :]]
        goal = self.random.randint(1, len(left))
        return self._put(path, "\n\n".join([*left[:goal], blocks[n].rstrip("\n"), *left[goal:]]))

    def _renamed(self) -> bool:
        path = self.random.choice(self._fragments())
        path.rename(path.with_name(f"改名{next(self.marks)}.md"))
        return True

    def _number(self) -> bool:
        path = self.random.choice(sorted((self.root / "data").glob("*.yaml")))
        text = path.read_text("utf-8")
        found = list(_NUMBER.finditer(text))
        if not found:
            return False
        one = self.random.choice(found)
        return self._put(
            path, f"{text[: one.start()]}{int(one.group()) + self.random.randint(1, 9)}{text[one.end() :]}"
        )


def _plain(block: str, n: int) -> bool:
    """Whether a block is words alone: not the front matter, no tag, no fence, no footnote."""
    return n > 0 and not re.search(r"^(---|:::|\{%|\[\^|```|\||\$\$)", block, re.MULTILINE)


def _inside(block: str, at: int) -> bool:
    """Whether a place is inside of an expression, a reference or a link."""
    before = block[:at]
    return (
        before.rfind("{") > before.rfind("}")
        or before.rfind("[") > before.rfind("]")
        or before.rfind("(") > before.rfind(")")
    )
