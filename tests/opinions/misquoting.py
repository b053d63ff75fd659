"""Forms as reviewers fill them in: words copied from a plan, a fifth of them with a slip, a 段号 or none."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

from drafter.opinions.locate import Locator
from drafter.opinions.model import Opinion
from drafter.review.remarks import Confidence
from drafter.source.issues import Place
from drafter.word.anchors import OBJECT, Anchor, Record

ROWS = 300
TEXT = ("body", "item", "box")
ALL = (*TEXT, "cell", "note", "footnote", "heading")
_SHORTEST, _LONGEST, _WRONG = 12, 40, 5
_SLIPS = "的了是和与等及"


@dataclass(frozen=True, slots=True)
class Share:
    """Of the rows of one form: how many are at the paragraph that they were copied from, how many are not although sure, and how long it took (seconds of this process)."""

    right: float
    falsely_sure: int
    seconds: float


def measured(record: Record, seed: int, kinds: Sequence[str], *, numbered: bool) -> Share:
    """Fill in a form from a plan, and locate it; `numbered` rows name the 段号 too."""
    rows, truth = filled(record.anchors.paragraphs, random.Random(seed), kinds, numbered=numbered)
    start = time.process_time()
    remarks = Locator(record).remarks(rows)
    seconds = time.process_time() - start
    wrong = [remark for remark, home in zip(remarks, truth, strict=True) if remark.anchor != home]
    sure = sum(remark.confidence is Confidence.SURE for remark in wrong)
    return Share(1 - len(wrong) / len(rows), sure, seconds)


def filled(
    issued: Sequence[Anchor], chance: random.Random, kinds: Sequence[str], *, numbered: bool
) -> tuple[list[Opinion], list[int]]:
    """The rows of a form, and the paragraph that each was copied from; every character is as likely to be quoted as any other."""
    rows: list[Opinion] = []
    truth: list[int] = []
    pool = [
        index for index, anchor in enumerate(issued) if anchor.kind in kinds and len(anchor.text) >= _SHORTEST
    ]
    while len(rows) < ROWS:
        home = chance.choices(pool, [len(issued[index].text) for index in pool])[0]
        words = _copied(issued[home].text, chance)
        if len(words) < _SHORTEST:
            continue
        quote = _slipped(words, chance) if len(rows) % _WRONG == 0 else words
        at = chance.randrange(len(quote) + 1)
        place = issued[home].number if numbered else ""
        rows.append(
            Opinion(
                Place("表.xlsx", len(rows)), place=place, quote=quote, instead=f"{quote[:at]}切实{quote[at:]}"
            )
        )
        truth.append(home)
    return rows, truth


def _copied(text: str, chance: random.Random) -> str:
    length = chance.randint(_SHORTEST, min(_LONGEST, len(text)))
    start = chance.randint(0, len(text) - length)
    return text[start : start + length].replace(OBJECT, "").strip()


def _slipped(words: str, chance: random.Random) -> str:
    """The words with one character changed, dropped or added."""
    at, slip = chance.randrange(len(words)), chance.choice(_SLIPS)
    return words[:at] + chance.choice((slip, "", words[at] + slip)) + words[at + 1 :]
