"""Random edits of reviewers, adopted and applied through a register, while writers go on writing; held against what is known without the engine.

    python -m tests.harness.applying                                  some copies over the harness's own workspace
    python -m tests.harness.applying --sample --plan p145 --copies 40 over the sample

With unchanged sources the files must be the same bytes as `collect --apply` makes. With changed ones: what reviewers put in (they use signs of
their own) is printed exactly where its row says applied, and nowhere else; of what writers put in nothing is lost; where git merges the printed
texts, character by character, without a conflict, the outcome is the same; applying again does nothing; undoing restores every byte.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from drafter.actions.apply import Wanted, apply
from drafter.actions.collect import collect
from drafter.actions.desk import Desk
from drafter.actions.registers import Registers
from drafter.actions.rowstates import Row as State
from drafter.actions.undoing import undo
from drafter.review.guard import expected
from drafter.review.remarks import Kind
from drafter.rounds.model import Decision, Row
from drafter.source.issues import has_errors
from drafter.word.anchors import Record
from tests.actions.registering import issued as released
from tests.actions.registering import opened, register, rows_of
from tests.harness import fixture
from tests.harness.__main__ import FRAME, ROOT, SAMPLE_LIMIT, SAMPLE_SHAPES
from tests.harness.edits import Edit, perform
from tests.harness.engine import Drafter
from tests.harness.issued import Issued
from tests.harness.maker import RARE, Maker
from tests.harness.writers import Writers, is_mark

MOMENT = "2021-09-01T09:00:00Z"
STAGES = {"p145": "征求意见稿", "pfac": "征求意见稿"}


@dataclass
class Case:
    """A workspace with its first version out, and how to make edits on it."""

    root: Path
    plan: str
    master: bytes
    issued: Issued

    @classmethod
    def of(cls, root: Path, plan: str = "", workspace: Path = ROOT) -> Case:
        """The harness's own workspace, or a copy of a real one."""
        if plan:
            for name in ("data", "sections", "templates"):
                shutil.copytree(workspace / name, root / name)
            found = Issued.of(root, Drafter(plan), plan)
        else:
            fixture.write(root, FRAME)
            found = Issued.of(root, Drafter())
        shutil.rmtree(root / "build", ignore_errors=True)
        name = plan or Desk(root).workspace.plans.__iter__().__next__()
        stage = STAGES.get(name) or Desk(root).workspace.stages[0]
        return cls(root, name, released(root, name, stage), found)

    def copies(self, count: int, seed: int) -> Iterator[list[Edit]]:
        """What the reviewers of so many copies do."""
        maker = (
            Maker(self.issued.sites, self.issued.text, seed, shapes=SAMPLE_SHAPES, limit=SAMPLE_LIMIT)
            if self.issued.sample
            else Maker(self.issued.sites, self.issued.text, seed)
        )
        for number, edits in enumerate(maker.copies(count * SAMPLE_LIMIT * 2)):
            if number == count:
                return
            yield edits


@dataclass
class Tally:
    """What was counted, and what was wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def texts(root: Path) -> dict[str, bytes]:
    """All sources."""
    paths = [
        *(root / "sections").rglob("*.md"),
        *(root / "data").glob("*.yaml"),
        *(root / "data/plans").glob("*.yaml"),
    ]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(paths)}


def fresh(case: Case, scratch: Path) -> Path:
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(case.root, scratch)
    return scratch


def unchanged(case: Case, edits: Sequence[Edit], scratch: Path, tally: Tally) -> None:
    """Through the register as `collect --apply` does it."""
    returned = perform(case.master, edits)
    root = fresh(case, scratch)
    file = root.parent / "returned.docx"
    file.write_bytes(returned)
    made = collect(root, (file,), apply=True).value
    assert made is not None
    wanted = texts(root)
    root = fresh(case, scratch)
    rows = rows_of(root, case.plan, [returned])
    opened(root, rows, case.plan)
    before = texts(root)
    done = apply(root, case.plan, Wanted(moment=MOMENT)).value
    assert done is not None
    tally.counts["rows"] += len(rows)
    tally.counts["applied"] += sum(row.result == "applied" for row in done.rows)
    if texts(root) != wanted:
        other = [path for path, data in texts(root).items() if wanted[path] != data]
        tally.wrong.append(f"not as collect --apply: {other}")
    if {row.id[3:]: row.result for row in done.rows if row.result == "applied"} != {
        f"{int(row.id[1:]):03d}": "applied" for row in made.rows if row.result == "applied"
    }:
        tally.wrong.append("other rows than collect --apply")
    _taken_back(case, root, before, tally)


def suggested(case: Case, edits: Sequence[Edit], scratch: Path, tally: Tally) -> None:
    """As open questions: accepted by who reads the fragment, they are what is applied plainly."""
    rows = rows_of(case.root, case.plan, [perform(case.master, edits)])
    root = fresh(case, scratch)
    opened(root, rows, case.plan)
    before = texts(root)
    made = apply(root, case.plan, Wanted(moment=MOMENT, suggestion=True)).value
    assert made is not None
    asked = {row.id for row in made.rows if row.result == "applied"}
    tally.counts["suggested"] += len(asked)
    accepted = {path: _accepted(data.decode()) for path, data in texts(root).items()}
    _taken_back(case, root, before, tally)
    root = fresh(case, scratch)
    opened(root, [row for row in rows if row.id in asked], case.plan)
    assert apply(root, case.plan, Wanted(moment=MOMENT)).value is not None
    wanted = {path: _accepted(data.decode()) for path, data in texts(root).items()}
    tally.wrong += [
        f"accepted it is another text: {path}" for path in wanted if wanted[path] != accepted[path]
    ]


def _accepted(text: str) -> str:
    """A fragment with its questions answered with yes."""
    text = re.sub(r"\{>>R\d+-.*?<<\}", "", text)
    text = re.sub(r"\{\+\+(.*?)\+\+\}", r"\1", text, flags=re.DOTALL)
    text = re.sub(r"\{--.*?--\}", "", text, flags=re.DOTALL)
    return re.sub(r"\{~~.*?~>(.*?)~~\}", r"\1", text, flags=re.DOTALL)


def changed(case: Case, edits: Sequence[Edit], scratch: Path, seed: int, tally: Tally) -> None:
    """While writers go on writing."""
    root = fresh(case, scratch)
    near = [edit.said[:8] for edit in edits if len(edit.said) > 20]
    writers = Writers(root, case.plan, seed, near)
    writers.write(40 if case.issued.sample else 12)
    desk, record = Desk(root), Registers(root).record(case.plan, "v1")
    tried = desk.tried(record)
    if tried.file is None or has_errors(tried.issues):
        tally.counts["writers broke it"] += 1
        return
    rows = rows_of(root, case.plan, [perform(case.master, edits)])
    if seed % 2:  # calculated cells follow a datum, which git knows nothing of
        rows = [replace(row, decision=Decision.OPEN) if row.kind == Kind.VALUE else row for row in rows]
    opened(root, rows, case.plan)
    before, printed = texts(root), _printed(root, record)
    done = apply(root, case.plan, Wanted(moment=MOMENT)).value
    assert done is not None
    after, now = texts(root), _printed(root, record)
    for row in done.rows:
        tally.counts[f"{row.result} {row.reason}".strip()] += 1
    tally.wrong += _marks(rows, done.rows, before, after, printed, now)
    if {path for path in after if after[path] != before[path]} <= {
        path for path in after if path.startswith("sections/")
    }:
        tally.wrong += _merged(record, rows, done.rows, printed, now, tally)
    again = apply(root, case.plan, Wanted(moment=MOMENT)).value
    assert again is not None
    first = {row.id: row.reason for row in done.rows}
    more = [(row.id, first[row.id], row.reason) for row in again.rows if row.result == "applied"]
    if more:
        tally.wrong.append(f"applied again: {more}")
    _taken_back(case, root, before, tally)


def _printed(root: Path, record: Record) -> list[str]:
    file = Desk(root).tried(record).file
    assert file is not None
    return [anchor.text for anchor in file.anchors.paragraphs if anchor.kind != "toc"]


def _reviewers(words: str) -> set[str]:
    return {sign for sign in words if 0x3400 <= ord(sign) < 0x3400 + RARE}


def _marks(
    rows: Sequence[Row],
    states: Sequence[State],
    before: dict[str, bytes],
    after: dict[str, bytes],
    printed: Sequence[str],
    now: Sequence[str],
) -> Iterator[str]:
    state = {each.id: each for each in states}
    there, then = Counter("".join(now)), Counter("".join(printed))
    done = {
        sign
        for row in rows
        if row.id in state and state[row.id].result == "applied"
        for sign in _reviewers(row.proposed)
    }
    left = {
        sign
        for row in rows
        if row.id in state and state[row.id].result != "applied"
        for sign in _reviewers(row.proposed)
    }
    for sign in done:
        if there[sign] != 1:
            yield f"{sign!r} of a reviewer was applied and is printed {there[sign]} times"
    for sign in left - done:
        if there[sign]:
            yield f"{sign!r} of a reviewer was not applied and is printed"
    for sign in {sign for sign in then if is_mark(sign)}:
        if there[sign] != then[sign]:
            yield f"{sign!r} of a writer is printed {there[sign]} times"
    one, two = (Counter(b"".join(found.values()).decode()) for found in (before, after))
    yield from (
        f"{sign!r} of a writer was lost in the files"
        for sign in one
        if is_mark(sign) and one[sign] != two[sign]
    )


def _merged(
    record: Record,
    rows: Sequence[Row],
    states: Sequence[State],
    printed: Sequence[str],
    now: Sequence[str],
    tally: Tally,
) -> Iterator[str]:
    """What git makes of the three printed texts, one character a line."""
    written = {each.id for each in states if each.result == "applied" and not each.reason}
    issued = [anchor for anchor in record.anchors.paragraphs if anchor.kind != "toc"]
    place = {
        n: k for k, n in enumerate(n for n, a in enumerate(record.anchors.paragraphs) if a.kind != "toc")
    }
    changes = [
        (n, replace(row.change, anchor=place[row.change.anchor]))
        for n, row in enumerate(rows)
        if row.id in written and row.change
    ]
    theirs = [each.text for each in expected(issued, changes)]
    merged = _git([anchor.text for anchor in issued], list(printed), theirs)
    if merged is None:
        tally.counts["git: conflict"] += 1
    elif merged != "\n".join(now):
        tally.counts["git: otherwise"] += 1
        yield f"not as git merges: {_difference(merged, chr(10).join(now))}"
    else:
        tally.counts["git: the same"] += 1


def _git(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> str | None:
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for name, found in (("ours", ours), ("base", base), ("theirs", theirs)):
            path = Path(folder, name)
            path.write_text("".join(f"{ord(sign):x}\n" for sign in "\n".join(found)), "ascii")
            names.append(str(path))
        done = subprocess.run(
            ["git", "merge-file", "-p", *names], capture_output=True, text=True, check=False
        )
        if done.returncode:
            return None
        return "".join(chr(int(line, 16)) for line in done.stdout.splitlines())


def _difference(a: str, b: str) -> str:
    at = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return f"…{a[max(at - 30, 0) : at + 30]!r} / …{b[max(at - 30, 0) : at + 30]!r}"


def _taken_back(case: Case, root: Path, before: dict[str, bytes], tally: Tally) -> None:
    if not any(row.applied for row in register(root, case.plan).rows):
        return
    back = undo(root, case.plan, Wanted()).value
    assert back is not None
    if texts(root) != before or any(row.applied for row in register(root, case.plan).rows):
        left = [(row.id, row.reason, row.file, row.line) for row in back.rows if row.result != "open"]
        tally.wrong.append(f"undoing does not restore: {left}")


def main() -> int:
    """Run from the command line."""
    options = argparse.ArgumentParser(
        prog="tests.harness.applying",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    options.add_argument("--copies", type=int, default=20)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--sample", action="store_true")
    options.add_argument("--plan", default="p145")
    options.add_argument("--only", choices=("unchanged", "changed", "suggested"))
    options.add_argument("--show", type=int, default=12)
    chosen = options.parse_args()
    began = time.perf_counter()
    tallies = {name: Tally() for name in ("unchanged", "changed", "suggested") if chosen.only in (None, name)}
    with tempfile.TemporaryDirectory() as folder:
        case = Case.of(Path(folder) / "workspace", chosen.plan if chosen.sample else "")
        for number, edits in enumerate(case.copies(chosen.copies, chosen.seed)):
            scratch = Path(folder) / "scratch"
            if "unchanged" in tallies:
                unchanged(case, edits, scratch, tallies["unchanged"])
            if "changed" in tallies:
                changed(case, edits, scratch, chosen.seed * 1000 + number, tallies["changed"])
            if "suggested" in tallies:
                suggested(case, edits, scratch, tallies["suggested"])
    for name, tally in tallies.items():
        print(name)
        print("".join(f"    {count:6} {what}\n" for what, count in tally.counts.most_common()), end="")
        print("".join(f"    WRONG {each}\n" for each in tally.wrong[: chosen.show]), end="")
    wrong = sum(len(tally.wrong) for tally in tallies.values())
    print(f"{chosen.copies} copies in {time.perf_counter() - began:.0f} s: {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
