"""Pairs of Word files for the redline figures: a plan's text of a wanted size, and the same after an office has gone over it.

One paragraph in twenty and one cell in twenty are edited; besides, one paragraph is split, two are merged, one is moved, one comes, one goes,
a row comes, a row goes. Everything hangs on the seed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from tests.bench import prose
from tests.redline.making import p, table, word

COLUMNS = 5
ROWS = 9
SHARE = 20


@dataclass(slots=True)
class Text:
    """Paragraphs and tables in order; a table is rows of cells."""

    blocks: list[str | list[list[str]]] = field(default_factory=list)

    def word(self) -> bytes:
        """As a Word file."""
        made = [
            p(block) if isinstance(block, str) else table(*map("|".join, block)) + p()
            for block in self.blocks
        ]
        return word("".join(made) + p("完"))


def pair(paragraphs: int, tables: int, seed: int) -> tuple[bytes, bytes]:
    """The old and the new file."""
    random = Random(seed)
    old = Text([plain(prose.paragraph(random, random.randint(2, 5))) for _ in range(paragraphs)])
    for number in range(tables):
        at = (number + 1) * paragraphs // (tables + 1) + number
        old.blocks.insert(at, [[cell(random, column) for column in range(COLUMNS)] for _ in range(ROWS)])
    new = Text([block if isinstance(block, str) else [list(row) for row in block] for block in old.blocks])
    edit(new, random)
    return old.word(), new.word()


def plain(sentence: str) -> str:
    """Prose without Markdown and data."""
    head, *rest = sentence.replace("**", "").split("{{ ")
    return head + "".join(f"{len(each) * 137 % 9000}张" + each.partition(" }}")[2] for each in rest)


def cell(random: Random, column: int) -> str:
    """Words in the first and last column, numbers between."""
    if column in (0, COLUMNS - 1):
        return random.choice(prose.COUNTIES) if not column else prose.title(random)
    return f"{random.randint(100, 9_000):,}"


def edit(text: Text, random: Random) -> None:
    """What the office did."""
    places = [at for at, block in enumerate(text.blocks) if isinstance(block, str)]
    for at in random.sample(places, max(1, len(places) // SHARE)):
        text.blocks[at] = random.choice(EDITS)(str(text.blocks[at]), random)
    cells = [
        (row, column)
        for block in text.blocks
        if not isinstance(block, str)
        for row in block
        for column in range(1, COLUMNS)
    ]
    for row, column in random.sample(cells, len(cells) // SHARE):
        row[column] = cell(random, column)
    tables = [block for block in text.blocks if not isinstance(block, str)]
    if tables:
        tables[0].insert(3, [cell(random, column) for column in range(COLUMNS)])
        del tables[-1][4]
    _structure(text, random)


def _structure(text: Text, random: Random) -> None:
    """A split, a merge, a move, a paragraph more, one less, from the end to the beginning."""
    places = [at for at, block in enumerate(text.blocks) if isinstance(block, str)]
    step = len(places) // 6
    moved, gone, come, merged, split = (places[step * number] for number in (5, 4, 3, 2, 1))
    block = text.blocks.pop(moved)
    del text.blocks[gone]
    text.blocks.insert(come, plain(prose.paragraph(random, 3)))
    if isinstance(text.blocks[merged + 1], str):
        text.blocks[merged : merged + 2] = [f"{text.blocks[merged]}{text.blocks[merged + 1]}"]
    head, stop, rest = str(text.blocks[split]).partition("。")
    text.blocks[split : split + 1] = [head + stop, rest] if rest else [head + stop]
    text.blocks.insert(2, block)


def _number(words: str, random: Random) -> str:
    digits = [at for at, character in enumerate(words) if character.isdigit()]
    if not digits:
        return _word(words, random)
    at = random.choice(digits)
    return words[:at] + str((int(words[at]) + 1) % 10) + words[at + 1 :]


def _word(words: str, random: Random) -> str:
    old, new = random.choice(prose.WHAT), random.choice(prose.WHAT)
    found = next((each for each in (old, *prose.WHAT) if each in words), "")
    return words.replace(found, new, 1) if found else words + "并建立台账。"


def _clause(words: str, random: Random) -> str:
    parts = words.split("，")
    parts.insert(random.randint(0, len(parts) - 1), random.choice(prose.AIM))
    return "，".join(parts)


def _shorter(words: str, random: Random) -> str:
    parts = words.split("，")
    if len(parts) > 2:
        del parts[random.randint(1, len(parts) - 1)]
    return "，".join(parts)


EDITS: tuple[Callable[[str, Random], str], ...] = (_number, _word, _clause, _shorter)
