"""`python -m tests.harness`: many random edits, a table of what became of them, and 1 as exit code where one is wrong or lost."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.harness.edits import COMMENTS, KINDS, STRUCTURAL, Edit, Maker, Site, perform, sites
from tests.harness.engine import Drafter, Engine
from tests.harness.fixture import write
from tests.harness.judge import Issued, Verdict, judge
from tests.harness.package import Package

FRAME = Path(__file__).parents[2] / "templates/plan.docx"
BATCH = 25
DENSE = 4
COLUMNS = ("edits", "located", "applied", "exact", "refused", "lost", "wrong")
DEMANDED = 0.98


def plan_copies(data: bytes, total: int, seed: int) -> Iterator[list[Edit]]:
    """Edits in groups, one group a returned copy: many far apart, single ones, and crowded ones, tracked and not."""
    maker = Maker(seed)
    places = sites(Package.read(data))
    done = 0
    turn = 0
    while done < total:
        shape = ("batch", "batch", "dense", "single")[turn % 4]
        turn += 1
        group = list(_group(maker, places, shape, min(total - done, BATCH)))
        done += len(group)
        if group:
            yield group


def _group(maker: Maker, places: Sequence[Site], shape: str, room: int) -> Iterator[Edit]:
    """Edits of one copy; no two touch the same paragraph, and those of a batch keep apart."""
    count = 1 if shape == "single" else min(room, BATCH)
    gap = 1 if shape == "dense" else DENSE
    taken: set[int] = set()
    tries = 0
    made = 0
    by_place: dict[str, list[int]] = {}
    for n, site in enumerate(places):
        by_place.setdefault(site.place, []).append(n)
    while made < count and tries < 40 * count:
        tries += 1
        n = maker.random.choice(by_place[maker.random.choice(list(by_place))])
        kind = maker.random.choice(KINDS)
        near = _near(maker, places, n, kind)
        wide = max(gap, 2) if kind in STRUCTURAL else gap
        used = {n} if near is None else {n, near}
        if any(abs(one - other) < wide for one in used for other in taken):
            continue
        author = f"审稿人{maker.count}号" if kind in COMMENTS or maker.random.random() < 0.5 else ""
        edit = maker.edit(places[n], kind, author, None if near is None else places[near])
        if edit is not None:
            taken |= used | ({n - 1, n + 1} if kind in STRUCTURAL else set())
            made += 1
            yield edit


def _near(maker: Maker, places: Sequence[Site], n: int, kind: str) -> int | None:
    if kind == "merge":
        return n + 1 if n + 1 < len(places) else None
    if kind == "move":
        same = [
            m
            for m in range(max(n - 30, 0), min(n + 30, len(places)))
            if abs(m - n) > 2 and places[m].place == places[n].place
        ]
        return maker.random.choice(same) if same else None
    return None


def run(root: Path, engine: Engine, total: int, seed: int, scratch: Path) -> list[Verdict]:
    """Build the workspace, edit copies of the file, and judge each."""
    issued = Issued.of(root, engine)
    verdicts: list[Verdict] = []
    for edits in plan_copies(issued.data, total, seed):
        verdicts += judge(issued, engine, perform(issued.data, edits), edits, scratch)
    return verdicts


def table(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """The figures by kind of place and by kind of edit."""
    yield f"{'':34}" + "".join(f"{name:>9}" for name in COLUMNS)
    for title, key in (("place", "place"), ("edit", "kind")):
        for value in sorted({getattr(v.edit, key) for v in verdicts}):
            yield _row(f"{title} {value}", [v for v in verdicts if getattr(v.edit, key) == value])
    yield _row("tracked", [v for v in verdicts if v.edit.tracked])
    yield _row("untracked", [v for v in verdicts if not v.edit.tracked])
    yield _row("all", verdicts)


def _row(title: str, some: Sequence[Verdict]) -> str:
    numbers = (
        len(some), sum(v.located for v in some), sum(v.applied for v in some), sum(v.exact for v in some),
        sum(bool(v.refused) for v in some), sum(v.lost for v in some), sum(bool(v.wrong) for v in some),
    )  # fmt: skip
    return f"{title:34}" + "".join(f"{number:9}" for number in numbers)


def main() -> int:
    """Run from the command line."""
    options = argparse.ArgumentParser(prog="tests.harness")
    options.add_argument("--edits", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("-w", "--workspace", type=Path)
    options.add_argument("--show", type=int, default=12, help="how many failures to print")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = chosen.workspace or Path(folder) / "workspace"
        if chosen.workspace is None:
            root.joinpath("templates").mkdir(parents=True)
            write(root, FRAME)
        began = time.perf_counter()
        verdicts = run(root, Drafter(), chosen.edits, chosen.seed, Path(folder) / "scratch")
        took = time.perf_counter() - began
    print("\n".join(table(verdicts)))
    for verdict in [v for v in verdicts if v.wrong or v.lost or not v.located][: chosen.show]:
        print(
            "\n",
            verdict.edit,
            "\n   located" if verdict.located else "\n   not located",
            verdict.refused,
            "WRONG" if verdict.wrong else "",
            verdict.wrong,
            "LOST" if verdict.lost else "",
        )
    share = sum(v.located for v in verdicts) / len(verdicts)
    bad = sum(bool(v.wrong) or v.lost for v in verdicts)
    print(f"{len(verdicts)} edits in {took:.0f} s: located {share:.1%}, wrong or lost {bad}")
    return 1 if bad or share < DEMANDED else 0


if __name__ == "__main__":
    sys.exit(main())
