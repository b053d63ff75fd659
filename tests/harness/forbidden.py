"""What must never be made automatically, whatever the engine thinks of it: a person decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tests.harness.edits import COMMENTS, QUIET, STRUCTURES, Edit, Operation
from tests.harness.issued import Issued, touched
from tests.harness.truth import Ground, Nature


def forbidden(issued: Issued, edit: Edit) -> str:
    """Why an edit must never be made automatically, or empty. Where nobody can tell which of like characters went, any will do."""
    reasons = [_forbidden(issued, each) for each in (edit, *_readings(edit))]
    return min(reasons, key=len)


def _readings(edit: Edit) -> Iterator[Edit]:
    """Other deletions that leave the same text, where no tracked change says which it was."""
    (operation, *others) = edit.operations
    if edit.tracked or others or operation.new or edit.kind in QUIET or edit.kind in STRUCTURES:
        return
    for step in (-1, 1):
        start, end = operation.start + step, operation.end + step
        left = edit.said[: operation.start] + edit.said[operation.end :]
        while start >= 0 and end <= len(edit.said) and edit.said[:start] + edit.said[end:] == left:
            yield replace(edit, operations=(replace(operation, start=start, end=end),))
            start, end = start + step, end + step


def _forbidden(issued: Issued, edit: Edit) -> str:
    if edit.kind in QUIET:
        return "a comment" if edit.kind in COMMENTS else "no change of words"
    for operation in edit.operations:
        inside = [issued.truth.at(number, n) for number, n in touched(issued.text.paragraphs, operation)]
        natures = {ground.nature for ground in inside}
        if operation.start == operation.end:
            # At the border of words that are printed once the new ones belong to these.
            if Nature.REPEATED in natures and Nature.TEXT not in natures:
                return "words that are printed in several places"
            continue
        if edit.kind in {"delete-paragraph", "delete-row", "move"}:
            continue  # the whole of it, not words of it; the rebuilt text tells
        if edit.kind == "each-value" and not edit.tracked:
            continue  # two values with untouched words between: without tracking nobody can tell this from two edits
        if not operation.new and _all_gone(issued, operation):
            natures -= {
                Nature.DERIVED
            }  # a number that goes altogether goes with its tag; the rebuilt text tells
        if why := _mixed(inside, natures):
            return why
    return ""


def _all_gone(issued: Issued, operation: Operation) -> bool:
    """Whether each derived value that is touched is taken away as a whole, its unit included."""
    cells = set(touched(issued.text.paragraphs, operation))
    for number in {number for number, _ in cells}:
        grounds = [issued.truth.at(number, at) for at in range(len(issued.text.paragraphs[number]))]
        tokens = {grounds[at].token for at in range(len(grounds)) if (number, at) in cells}
        if any(
            ground.nature is Nature.DERIVED and ground.token in tokens and (number, at) not in cells
            for at, ground in enumerate(grounds)
        ):
            return False
    return True


def _mixed(inside: Sequence[Ground], natures: set[Nature]) -> str:
    if len({ground.token for ground in inside if ground.nature is Nature.NUMBER}) > 1:
        return "two values at once"
    if Nature.STRING in natures and natures & {Nature.TEXT, Nature.REPEATED}:
        return "a string value with its neighbours"
    if Nature.DERIVED in natures:
        return "a derived value"
    return "words that are printed in several places" if Nature.REPEATED in natures else ""
