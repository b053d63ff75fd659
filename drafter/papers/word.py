"""The papers as Word files: the tables in frames of their own, the answers in the frame of a letter (公文, 信函格式)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from drafter.ooxml.grid import plain
from drafter.papers.letters import Letter
from drafter.source.issues import Outcome
from drafter.source.origins import generated
from drafter.word.facts import BODY
from drafter.word.frame import RenderedFrame
from drafter.word.grids import Framed, filled, paragraph, table
from drafter.word.official import paper_slots
from drafter.workspace.papers import Paper

_WITH_NEXT = "<w:keepNext/>"


def letter(framed: Framed, letter: Letter, sender: str, day: date | None) -> Outcome[bytes]:
    """A letter of `sender`, to be sealed; its 发文字号 is for the office to write."""
    made = {word: generated(text, "frame") for word, text in (("sender", sender), ("to", letter.to))}
    paper = Paper(mark=made["sender"], signature=made["sender"], to=made["to"], day=day)
    title = generated(letter.title, "frame")

    def slots(rendered: RenderedFrame) -> Mapping[str, str]:
        around = paper_slots(paper, title, (), day, framed.profile)
        text = (
            f"{paragraph('GwBody', plain(letter.words))}{paragraph('GwGap', ())}{table(letter.grid, rendered.section.width)}"
            # with the signature below it, so that none stands on a page without text (GB/T 9704-2012, 7.3.5.4)
            f"{paragraph('GwGap', ())}{paragraph('GwBody', plain(letter.end), _WITH_NEXT)}"
        )
        return {**{slot: each.xml for slot, each in around.items()}, BODY: text}

    return filled(framed, letter.title, slots)
