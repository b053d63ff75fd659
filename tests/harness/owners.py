"""Which edits a remark speaks of, told from its words and its paragraph alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.harness.edits import COMMENTS, FOOTER, LOOK, QUIET, STRUCTURES, Edit
from tests.harness.package import OBJECT

Remark = Mapping[str, object]
ECHO = 14
"""So many characters in a row are no chance; the fixture's sentences end in a few common phrases of seven."""


def owners(remark: Remark, edits: Sequence[Edit]) -> list[Edit]:
    """The edits that a remark speaks of: by its words first, by its paragraph where these do not tell."""
    if remark["kind"] == "comment":
        return [
            edit for edit in edits if edit.kind in COMMENTS and remark["comment"] in {edit.new, edit.answer}
        ]
    if remark["kind"] in {"format-change", "header"}:
        return [edit for edit in edits if edit.kind in QUIET and _is_quiet(remark, edit)]
    possible = [
        edit for edit in edits
        if edit.kind not in QUIET and remark["author"] in {edit.author, edit.second} and (edit.author or not remark["author"])
    ]  # fmt: skip
    if alike := [
        edit
        for edit in possible
        if edit.kind == remark["kind"] and edit.kind in STRUCTURES and about(remark, edit)
    ]:
        return alike
    named = [edit for edit in possible if _names(remark, edit)]
    near = [edit for edit in possible if _plain(remark["context"]) == _plain(edit.said)]
    # Two edits with a few characters between are told in one remark.
    named += [edit for edit in possible if named and edit not in named and _covers(remark, edit)]
    return (
        named
        or [edit for edit in near if _overlaps(remark, edit)]
        or near
        or [e for e in possible if _tells(remark, e)]
        or [e for e in possible if _echoes(remark, e)]
    )


def _is_quiet(remark: Remark, edit: Edit) -> bool:
    """Whether a remark on looks or a footer tells of just these words and of who did it."""
    if remark["author"] != edit.author:
        return False
    if edit.kind == FOOTER:
        return remark["kind"] == "header" and edit.new == str(remark["proposed"]).strip()
    operation = edit.operations[0]
    words = edit.said[operation.start : operation.end]
    here = _plain(remark["context"]) == _plain(edit.said)
    return edit.kind == LOOK and remark["original"] == words and here


def _names(remark: Remark, edit: Edit) -> bool:
    """Whether its new words, of which the last character is used once only, are in the remark."""
    words = str(remark["proposed"]) + str(remark["original"])
    return any(
        0x3400 <= ord(sign) < 0x4E00 and sign in words for op in edit.operations for sign in op.new + edit.new
    )


def _covers(remark: Remark, edit: Edit) -> bool:
    """Whether what a remark speaks of, which its paragraph has once only, holds all that the edit changes."""
    original = str(remark["original"])
    if not original or edit.said.count(original) != 1 or _plain(remark["context"]) != _plain(edit.said):
        return False
    start = edit.said.index(original)
    return all(
        op.paragraph == edit.paragraph and start <= op.start and op.end <= start + len(original)
        for op in edit.operations
    )


def _overlaps(remark: Remark, edit: Edit) -> bool:
    original = _plain(remark["original"])
    gone = [_plain(edit.said[op.start : op.end]) for op in edit.operations]
    return any(each and original and (each in original or original in each) for each in gone)


def about(remark: Remark, edit: Edit) -> bool:
    return _plain(remark["context"]) == _plain(edit.said) or _echoes(remark, edit)


def _echoes(remark: Remark, edit: Edit) -> bool:
    """Whether a remark repeats a whole stretch of the edit's paragraph, as one on a paragraph put in or taken away does."""
    words = _plain(remark["proposed"]) + "|" + _plain(remark["original"])
    own = _plain(edit.said)
    at = edit.operations[0].start
    halves = {_plain(edit.said[:at]), _plain(edit.said[at:])} - {""}
    if edit.kind == "split" and halves & set(words.split("|")):
        return True
    return _tells(remark, edit) or any(own[at : at + ECHO] in words for at in range(len(own) - ECHO + 1))


def _tells(remark: Remark, edit: Edit) -> bool:
    """Whether a remark tells the whole row or paragraph that an edit takes, puts or carries, and nothing else."""
    own = _plain(edit.said)
    whole = edit.kind.endswith("-row") or edit.kind in {"move", "copy", "delete-paragraph"}
    return bool(own) and whole and own in {_plain(remark["proposed"]), _plain(remark["original"])}


def _plain(said: object) -> str:
    return "".join(sign for sign in str(said) if sign not in f"{OBJECT}\t\v\n\u2029")


def target_of(remark: Remark) -> Mapping[str, object]:
    aim = remark["target"]
    assert isinstance(aim, Mapping)
    return aim
