"""Judges what became of each edit of one returned copy: located, applied, exact, refused, lost or wrong.

Four things are held against the engine: a remark that is sure of a wrong place; text that differs from the reviewer's after an edit was applied;
an edit made automatically that only a person may make; a remark of something nobody did. What comes back without any remark is lost.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

from tests.harness.edits import FOOTER, STRUCTURES, Edit, Expected, expected
from tests.harness.engine import Answer, Engine
from tests.harness.follow import Changes, totals
from tests.harness.forbidden import forbidden
from tests.harness.issued import Issued, grounds_of
from tests.harness.owners import Remark, about, owners, target_of
from tests.harness.package import accepted
from tests.harness.sources import Spot
from tests.harness.truth import Ground, Nature


class BadSurgery(AssertionError):
    """The edited file does not read as the edits say: a fault of the harness (or of LibreOffice), not of the engine."""


@dataclass(frozen=True)
class Verdict:
    """What became of one edit."""

    edit: Edit
    located: bool
    applied: bool
    exact: bool
    refused: str  # the reason, where it was not applied
    lost: bool
    wrong: str  # what was wrong, or empty
    remarks: tuple[Remark, ...] = ()
    told: bool = True  # whether the true place is known to be one line


@dataclass(frozen=True)
class Case:
    """One returned copy with all that is known of it."""

    issued: Issued
    edits: Sequence[Edit]
    owned: Mapping[Edit, Sequence[Remark]]
    rows: Mapping[str, Remark]
    strays: Sequence[Remark]

    def applied(self, edit: Edit) -> bool:
        """Whether all of an edit was applied.

        Where a second author cuts what the first has put in, the words that go never stood in a source: the first one's remarks are what is
        applied, the cut may stay open. The text is held against the accepted one all the same.
        """
        found = self.owned[edit]
        if edit.kind == "contested":
            found = [each for each in found if each["author"] == edit.author] or found
        return bool(found) and all(self._done(each) for each in found)

    def partly(self, edit: Edit) -> bool:
        """Whether only some of it was."""
        return not self.applied(edit) and any(self._done(each) for each in self.owned[edit])

    def reasons(self, edit: Edit) -> str:
        """Why it was not applied."""
        found = (self.rows.get(str(each["id"])) for each in self.owned[edit])
        return "; ".join(sorted({str(row["reason"]) for row in found if row and row["result"] != "applied"}))

    def _done(self, remark: Remark) -> bool:
        row = self.rows.get(str(remark["id"]))
        return row is not None and row["result"] == "applied"


def judge(
    issued: Issued, engine: Engine, returned: bytes, edits: Sequence[Edit], scratch: Path
) -> list[Verdict]:
    """Collect a copy in a fresh workspace, apply, rebuild, and hold everything against what the reviewer did."""
    wanted = [each.said for each in expected(issued.text, edits)]
    if accepted(returned) != wanted:
        raise BadSurgery("\n".join(sorted(set(accepted(returned)) ^ set(wanted)))[:2000] or "the order")
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(issued.root, scratch)
    file = scratch / "returned.docx"
    file.write_bytes(returned)
    before = [] if issued.sample else totals(scratch)
    # Places are judged by what is said before anything is written: applying edits moves the lines below them.
    told = engine.collect(scratch, file, apply=False)
    done = engine.collect(scratch, file, apply=True)
    if [(each["id"], each["kind"]) for each in told.remarks] != [
        (each["id"], each["kind"]) for each in done.remarks
    ]:
        raise AssertionError("collecting with and without applying does not tell the same remarks")
    case = _case(issued, edits, Answer(told.remarks, done.rows))
    rebuilt = accepted(engine.build(scratch).read_bytes())
    hoped = expected(issued.text, [edit for edit in edits if case.applied(edit)])
    # A derived value follows the data that was changed; the harness adds it up itself.
    if issued.sample:
        changes = Changes.between(issued.root, scratch)
        rebuilt = changes.followed(rebuilt, [(each.said, bool(each.edits)) for each in hoped])
        strange = changes.strange(
            {spot for edit in edits if case.applied(edit) for spot in _spots(issued, edit, case.owned[edit])}
        )
    else:
        hoped = [Expected(_summed(each.said, before, totals(scratch)), each.edits) for each in hoped]
        strange = []
    blamed = set(_blamed(rebuilt, hoped, case))
    verdicts = [_verdict(case, edit, touched=edit in blamed) for edit in edits]
    if strange and not any(each.wrong for each in verdicts):
        verdicts[0] = replace(verdicts[0], wrong=f"data that no applied edit is about was changed: {strange}")
    return verdicts


def _spots(issued: Issued, edit: Edit, found: Sequence[Remark]) -> Iterator[Spot]:
    grounds = list(grounds_of(issued, edit))
    yield from _all_spots(grounds)
    if any(each.untold for each in grounds):
        # Where the experiment does not tell, the engine's word is held against the text that is rebuilt.
        yield from (spot for each in found if (spot := _spot(each)))


def _summed(said: str, before: Sequence[str], after: Sequence[str]) -> str:
    for old, new in zip(before, after, strict=True):
        said = said.replace(old, new)
    return said


def _case(issued: Issued, edits: Sequence[Edit], answer: Answer) -> Case:
    known = [(remark, owners(remark, edits)) for remark in answer.remarks]
    owned = {edit: [remark for remark, found in known if edit in found] for edit in edits}
    for edit in edits:
        if not owned[edit] and edit.kind in STRUCTURES:
            # Beside words changed in the same paragraph a split, merge, move or copy is often told in one remark with these.
            owned[edit] = [
                r
                for r in answer.remarks
                if r["author"] == edit.author and r["kind"] != "comment" and about(r, edit)
            ]
    strays = [remark for remark, found in known if not found]
    return Case(issued, edits, owned, {str(row["id"]): row for row in answer.rows}, strays)


def _blamed(rebuilt: Sequence[str], hoped: Sequence[Expected], case: Case) -> Iterator[Edit]:
    """Edits of the paragraphs that read otherwise than they should; the nearest ones where no edit was made in these."""
    said = [each.said for each in hoped]
    if len(said) == len(rebuilt):
        differing = [n for n, (a, b) in enumerate(zip(said, rebuilt, strict=True)) if a != b]
        if not differing:
            return
    for sign, a, b, _, _ in SequenceMatcher(None, said, rebuilt, autojunk=False).get_opcodes():
        if sign == "equal":
            continue
        texts = set(said[a:b])
        known = {edit for each in hoped[a:b] for edit in each.edits}
        known |= {edit for edit in case.edits if edit.said in texts}
        radius = 1
        while not known and radius < len(hoped):
            known = {edit for each in hoped[max(a - radius, 0) : b + radius] for edit in each.edits}
            radius *= 2
        yield from known or case.edits


def _verdict(case: Case, edit: Edit, *, touched: bool) -> Verdict:
    found = case.owned[edit]
    applied, grounds = case.applied(edit), list(grounds_of(case.issued, edit))
    spots = set(_all_spots(grounds))
    wrong = _fault(case, edit, spots, grounds, touched=touched)
    if not wrong and edit is case.edits[0] and case.strays:
        wrong = f"remarks of what nobody did: {[dict(each) for each in case.strays]}"
    located = any(_right(remark, spots, grounds) or _in_frame(remark, edit) for remark in found)
    return Verdict(
        edit,
        located,
        applied,
        applied and not touched,
        case.reasons(edit),
        not found or (bool(edit.answer) and len(found) < len((edit.new, edit.answer))),
        wrong,
        tuple(found),
        told=not any(each.untold or each.also for each in grounds),
    )


def _all_spots(grounds: Iterable[Ground]) -> Iterator[Spot]:
    for ground in grounds:
        yield from (*([ground.spot] if ground.spot else ()), *ground.also)


def _fault(case: Case, edit: Edit, spots: set[Spot], grounds: Sequence[Ground], *, touched: bool) -> str:
    found = case.owned[edit]
    if edit.answer and not _threaded(edit, found):
        return "an answer that does not name the comment it answers"
    if touched and case.applied(edit):
        return "applied, and the rebuilt text differs from the reviewer's"
    if touched and case.partly(edit):
        return "half of it was applied"
    if touched and not any(case.applied(other) for other in case.edits if other is not edit):
        return "not applied, and yet the text changed"
    if case.applied(edit) and (why := forbidden(case.issued, edit)):
        return f"applied automatically: {why}"
    if any(ground.untold for ground in grounds):
        return ""
    for remark in found:
        if _of_one(remark, grounds) or (_derived(grounds) and target_of(remark).get("key")):
            continue  # a number that is printed in another unit than it has in the data
        # A remark that may be one of two edits (a paragraph split twice) is right at the place of either.
        others = [other for other, own in case.owned.items() if remark in own and other is not edit]
        right = spots | set(_all_spots(g for other in others for g in grounds_of(case.issued, other)))
        if spots and remark["confidence"] == "sure" and _spot(remark) and _spot(remark) not in right:
            return f"sure of a wrong place: {_spot(remark)} instead of {sorted(spots)}"
    return ""


def _threaded(edit: Edit, found: Sequence[Remark]) -> bool:
    """Whether the answer to a comment, where both are told, names it."""
    ids = {each["comment"]: each["id"] for each in found}
    parents = {each["comment"]: each["parent"] for each in found}
    return len(ids) < len((edit.new, edit.answer)) or parents[edit.answer] == ids[edit.new]


def _right(remark: Remark, spots: set[Spot], grounds: Sequence[Ground]) -> bool:
    """Whether a remark has the true place; of what has no place in the sources, whether it says so or names what it comes from."""
    target = target_of(remark)
    if spots:
        return (
            _spot(remark) in spots
            or _of_one(remark, grounds)
            or (
                _derived(grounds)
                and bool(
                    target.get("key")
                    or target.get("formula")
                    or (target.get("unlocated") and _no_spot(grounds))
                )
            )
        )
    return bool(target.get("unlocated") or target.get("key") or target.get("formula") or target.get("file"))


def _in_frame(remark: Remark, edit: Edit) -> bool:
    """Whether what was put into a footer is said to be the frame's."""
    return edit.kind == FOOTER and str(target_of(remark).get("file")).endswith(".docx")


def _derived(grounds: Iterable[Ground]) -> bool:
    """Whether something in it is calculated, or may be."""
    return any(
        ground.nature is Nature.DERIVED or (ground.token and ground.spot is None) for ground in grounds
    )


def _of_one(remark: Remark, grounds: Iterable[Ground]) -> bool:
    """Whether a number that is one datum's is told as calculated from one: the sub-total of a group of one is the same number."""
    inputs = target_of(remark).get("inputs")
    alone = isinstance(inputs, list) and len(inputs) == 1 and bool(target_of(remark).get("formula"))
    return alone and all(ground.nature is Nature.NUMBER for ground in grounds)


def _no_spot(grounds: Iterable[Ground]) -> bool:
    """Whether searching knows no place, only some where the same number stands."""
    return all(ground.spot is None for ground in grounds)


def _spot(remark: Remark) -> Spot | None:
    target = target_of(remark)
    return (
        Spot(str(target["file"]), int(str(target["line"])))
        if target.get("file") and target.get("line")
        else None
    )
