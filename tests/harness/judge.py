"""Judges what became of each edit of one returned copy: located, applied, exact, refused, lost or wrong."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.harness.edits import COMMENTS, Edit, expected
from tests.harness.engine import Answer, Engine
from tests.harness.package import OBJECT, Package, accepted, text
from tests.harness.truth import NUMBER, Sources, Spot

Remark = Mapping[str, object]


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


@dataclass(frozen=True)
class Issued:
    """A built workspace that copies are made of: its folder, the file, its paragraphs, the search over its sources."""

    root: Path
    file: Path
    data: bytes
    before: list[str]
    sources: Sources

    @classmethod
    def of(cls, root: Path, engine: Engine) -> Issued:
        """Build and read the file."""
        file = engine.build(root)
        data = file.read_bytes()
        shown = set(accepted(data))
        before = [
            said if said in shown else "" for said in (text(p) for p in Package.read(data).paragraphs())
        ]
        return cls(root, file, data, _without_contents(data, before), Sources(root))


def _without_contents(data: bytes, before: list[str]) -> list[str]:
    from tests.harness.package import _is_contents

    return [
        "" if _is_contents(p) else said
        for p, said in zip(Package.read(data).paragraphs(), before, strict=True)
    ]


def judge(
    issued: Issued, engine: Engine, returned: bytes, edits: Sequence[Edit], scratch: Path
) -> list[Verdict]:
    """Collect a copy in a fresh workspace, apply, rebuild, and hold everything against what the reviewer did."""
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(issued.root, scratch)
    file = scratch / "returned.docx"
    file.write_bytes(returned)
    answer = engine.collect(scratch, file, apply=True)
    owned = {edit: _remarks(edit, edits, answer) for edit in edits}
    results = {str(row["id"]): row for row in answer.rows}
    done = {
        edit: bool(found) and edit.kind not in COMMENTS and all(_applied(results, each) for each in found)
        for edit, found in owned.items()
    }
    part = {
        edit: not done[edit] and any(_applied(results, each) for each in found)
        for edit, found in owned.items()
    }
    rebuilt = accepted(engine.build(scratch).read_bytes())
    wanted = expected(issued.before, [edit for edit in edits if done[edit]])
    difference = _difference(rebuilt, wanted)
    return [
        _verdict(
            issued, edit, owned[edit], results, applied=done[edit], partly=part[edit], difference=difference
        )
        for edit in edits
    ]


def _applied(results: Mapping[str, Mapping[str, object]], remark: Remark) -> bool:
    row = results.get(str(remark["id"]))
    return row is not None and row["result"] == "applied"


def _remarks(edit: Edit, edits: Sequence[Edit], answer: Answer) -> list[Remark]:
    """The remarks that speak of this edit: by its author if that is its alone, else by the paragraph's words."""
    if edit.author and sum(other.author == edit.author for other in edits) == 1:
        return [remark for remark in answer.remarks if remark["author"] == edit.author]
    if edit.kind == "insert-paragraph":
        return [r for r in answer.remarks if edit.new in str(r["proposed"]) and edit.new]
    comment = edit.kind in COMMENTS
    return [
        r for r in answer.remarks
        if _same(str(r["context"]), edit.said) and (r["kind"] == "comment") == comment and r["kind"] != "paragraph-insertion"
    ]  # fmt: skip


def _same(context: str, said: str) -> bool:
    return context == said or context.replace(OBJECT, "") == said.replace(OBJECT, "")


def _difference(rebuilt: list[str], wanted: list[str]) -> set[str]:
    """Texts that stand in one list and not in the other."""
    if rebuilt == wanted:
        return set()
    return set(rebuilt) ^ set(wanted) or {"(order)"}


def _verdict(
    issued: Issued, edit: Edit, found: Sequence[Remark], results: Mapping[str, Mapping[str, object]], *,
    applied: bool, partly: bool, difference: set[str],
) -> Verdict:  # fmt: skip
    after = {said for said in expected(issued.before, [edit]) if said not in set(issued.before)}
    touched = bool(difference & (after | {edit.said})) or any(_near(edit.said, other) for other in difference)
    wrong = ""
    if applied and difference and touched:
        wrong = "the rebuilt text differs from the reviewer's"
    elif applied and (why := forbidden(issued, edit)):
        wrong = f"applied automatically: {why}"
    elif partly:
        wrong = "half of it was applied" if touched else ""
    sure = [remark for remark in found if remark["confidence"] == "sure"]
    spots = true_spots(issued, edit)
    hit = [remark for remark in found if not spots or _spot(remark) in spots]
    if not wrong and spots and sure and not any(_spot(remark) in spots for remark in found):
        wrong = f"sure of a wrong place: {[_spot(remark) for remark in sure]} instead of {sorted(map(str, spots))}"
    reasons = {str(results[str(r["id"])]["reason"]) for r in found if str(r["id"]) in results and not applied}
    located = bool(hit) and any("unlocated" not in _target(remark) for remark in found)
    return Verdict(
        edit, located, applied, applied and not touched, "; ".join(sorted(reasons)), not found, wrong
    )


def _near(said: str, other: str) -> bool:
    """Whether two texts are versions of one paragraph."""
    return len(said) > 12 and len(other) > 12 and (said[:8] == other[:8] or said[-8:] == other[-8:])


def _target(remark: Remark) -> Mapping[str, object]:
    target = remark["target"]
    assert isinstance(target, Mapping)
    return target


def _spot(remark: Remark) -> Spot | None:
    target = _target(remark)
    return (
        Spot(str(target["file"]), int(str(target["line"])))
        if target.get("file") and target.get("line")
        else None
    )


def true_spots(issued: Issued, edit: Edit) -> set[Spot]:
    """Where the edit truly belongs; empty where searching cannot tell."""
    said = edit.said
    if edit.kind in ("insert-paragraph", "delete-paragraph", "merge", "move"):
        ends = (
            (len(said), len(said)) if edit.kind in ("insert-paragraph", "merge") else (0, min(len(said), 8))
        )
        return issued.sources.spots(said, *ends) | issued.sources.spots(said, 0, min(len(said), 8))
    out: set[Spot] = set()
    for op in edit.operations:
        if edit.kind in ("value", "two-values") and (spot := issued.sources.number(said, op.start, op.end)):
            out.add(spot)
        else:
            out |= issued.sources.spots(said, op.start, op.end)
            touched = issued.sources.number(said, op.start, op.end)
            if touched:
                out.add(touched)
    return out


def forbidden(issued: Issued, edit: Edit) -> str:
    """Why an edit must never be made automatically, or empty."""
    if edit.kind in COMMENTS:
        return ""
    if edit.kind == "two-values" and not issued.sources.count(
        edit.said[edit.operations[0].start : edit.operations[0].end]
    ):
        return "two values at once"
    for op in edit.operations:
        a, b = max(op.start - 3, 0), min(max(op.end, op.start) + 3, len(edit.said))
        near = edit.said[a:b]
        inside = edit.said[op.start : op.end] or near
        if OBJECT in near or NUMBER.search(near) or len(near) < 5:
            continue
        printed = sum(near in said for said in issued.before)
        if printed > 1 and issued.sources.count(near) == 1 and issued.sources.spots(near, 0, len(near)):
            return f"“{inside}” is printed {printed} times"
        if any(spot.file.startswith("templates/") for spot in issued.sources.spots(near, 0, len(near))):
            return "a macro's words"
    return ""
