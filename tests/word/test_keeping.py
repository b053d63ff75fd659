"""What is kept from one file to the next changes no byte of any of them."""

from dataclasses import replace

import pytest

from drafter.document.tree import Block, Document, Heading, Label, ListBlock, Numbering, Paragraph
from drafter.source.issues import Outcome
from drafter.word.anchors import Record, WordFile
from drafter.word.frames import plan_frame
from drafter.word.keeping import Kept
from drafter.word.record import Parts, dumped
from drafter.word.writing import write
from tests.word.trees import FACTS, Plan, specimen


def written(document: Document, numbering: Numbering, kept: Kept | None) -> Outcome[WordFile]:
    return write(document, numbering, plan_frame(), FACTS, kept=kept)


def test_a_second_file_reads_as_if_nothing_had_been_kept() -> None:
    plan, blocks = specimen()
    document, numbering = plan.document(*blocks), plan.numbering()
    cold = written(document, numbering, None)
    kept = Kept()
    assert written(document, numbering, kept) == cold
    warm = written(document, numbering, kept)
    assert warm == cold


def test_what_has_not_changed_is_not_written_again(monkeypatch: pytest.MonkeyPatch) -> None:
    plan, blocks = specimen()
    document, numbering, kept = plan.document(*blocks), plan.numbering(), Kept()
    written(document, numbering, kept)
    monkeypatch.setattr("drafter.word.body.Story.table_or_box", None)
    assert written(document, numbering, kept).value is not None


def changes(plan: Plan, blocks: tuple[Block, ...]) -> dict[str, tuple[tuple[Block, ...], Numbering]]:
    """What may change before or beside a part that itself stays: its words, its counts, its labels."""
    numbering = plan.numbering()
    renamed = {**plan.labels, **{node: Label("表9", "表9", "caption", 9) for node in plan.targets.values()}}
    return {
        "words": ((other(plan.paragraph("新的一段")), *blocks), numbering),
        "many words": ((*(other(plan.paragraph("新的一段")) for _ in range(70)), *blocks), numbering),
        "a list": ((other(plan.items("新的一项")), *blocks), numbering),
        "a note": ((other(plan.paragraph("新的一段", plan.note("新的注"))), *blocks), numbering),
        "a link": (
            (other(plan.paragraph(plan.text("新", link="https://example.org/new"))), *blocks),
            numbering,
        ),
        "labels": (blocks, replace(numbering, labels=renamed)),
        "targets": (blocks, replace(numbering, targets={})),
        "numbers": (blocks, replace(numbering, paragraph_numbers={blocks[2].id: "9.9-9"})),
        "less": (blocks[3:], numbering),
        "an annex before": ((other(plan.heading(1, "附件9", "附", annex=True)), *blocks), numbering),
    }


def other(block: Paragraph | ListBlock | Heading) -> Block:
    """A block of another fragment: what follows it is a part of its own."""
    return replace(block, id=f"p145/c0s1#{block.id.partition('#')[2]}")


@pytest.mark.parametrize("what", list(changes(*specimen())))
def test_a_change_elsewhere_reaches_what_rests_on_it(what: str) -> None:
    plan, blocks = specimen()
    parts: Parts = {}
    kept = Kept()
    before = written(plan.document(*blocks), plan.numbering(), kept)
    assert before.value is not None
    dumped(record(before.value), parts)
    changed, numbering = changes(plan, blocks)[what]
    warm = written(plan.document(*changed), numbering, kept)
    cold = written(plan.document(*changed), numbering, None)
    assert warm == cold
    assert warm.value is not None
    assert dumped(record(warm.value), parts) == dumped(record(warm.value))


def record(file: WordFile) -> Record:
    return Record(file.release, "p145", "0.1", {}, {}, {"sections/a.md": "文"}, file.anchors)
