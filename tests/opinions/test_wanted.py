"""What a form asks for is done to the issued words, or nothing is: a slip of copying never gets into the text."""

import random
from collections.abc import Iterator

import pytest

from drafter.opinions.locate import Locator
from drafter.opinions.model import Opinion
from drafter.opinions.normal import plain
from drafter.source.frozen import dataclass
from drafter.source.issues import Place
from drafter.word.anchors import OBJECT, Record

_KINDS = ("body", "item", "box", "cell", "note", "footnote", "heading", "caption")
_SLIPS = "的了是和与等及甲5"
_NEW = ("切实", "", "加快推进", "25000", "，进一步")
_MARKS = "，。；：、！？"


@dataclass(frozen=True, slots=True)
class Case:
    """A row of a form, the paragraph that it was copied from, and what that is to say."""

    opinion: Opinion
    home: int
    after: str


def cases(record: Record, seed: int, count: int) -> Iterator[Case]:
    chance = random.Random(seed)
    issued = record.anchors.paragraphs
    pool = [index for index, anchor in enumerate(issued) if anchor.kind in _KINDS and len(anchor.text) > 12]
    weights = [len(issued[index].text) for index in pool]
    while count:
        home = chance.choices(pool, weights)[0]
        case = made(
            issued[home].text, home, chance, chance.choice((issued[home].number, issued[home].place, ""))
        )
        if case is not None:
            count -= 1
            yield case


def made(text: str, home: int, chance: random.Random, place: str) -> Case | None:
    """Words copied with a slip in one half, changed in the other."""
    length = chance.randint(12, min(60, len(text)))
    start = chance.randint(0, len(text) - length)
    words = text[start : start + length]
    if OBJECT in words or words[-1] in _MARKS:
        return None
    near, far = chance.randrange(1, length // 2 - 2), chance.randrange(length // 2 + 2, length - 1)
    slip, edit = chance.choice(((near, far), (far, near)))
    end = edit + chance.choice((0, 0, 1)) if edit == near else min(edit + chance.choice((0, 1, 2, 4)), length)
    new = chance.choice(_NEW)
    if words[edit:end] == new:
        return None
    wrong = (slip, slip + 1, chance.choice((chance.choice(_SLIPS), "", words[slip] + "的", words[slip])))
    right = (edit, end, new)
    after = text[:start] + _with(words, right) + text[start + length :]
    row = Opinion(
        Place("表.docx"), place=place, quote=_with(words, wrong), instead=_with(words, wrong, right)
    )
    return Case(row, home, after)


def _with(words: str, *changes: tuple[int, int, str]) -> str:
    for start, end, new in sorted(changes, reverse=True):
        words = words[:start] + new + words[end:]
    return words


@pytest.mark.parametrize("seed", range(4))
def test_what_was_asked_for_is_done_or_nothing_is(sample: Record, locator: Locator, seed: int) -> None:
    done = 0
    for case in cases(sample, seed, 300):
        remark = locator.remark(case.opinion)
        change = remark.change
        if change is None or remark.confidence.value == "unsure":
            continue
        done += 1
        text = sample.anchors.paragraphs[change.anchor].text
        after = text[: change.start] + change.new + text[change.end :]
        assert plain(after).text == plain(case.after).text, case.opinion
    assert done > 240
