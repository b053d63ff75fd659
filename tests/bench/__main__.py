"""`make bench`: the promised figures, measured against their peers in one run; exit code 1 where a demanded one is missed."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.material import Material, make
from tests.bench.measure import Failed, Run, in_turns

EDITS = 1000
# Markup of redlines: where the files of others are not there, only pairs full of moves are left.
ALL_PAIRS, MADE_PAIRS = 1.06, 1.2
SAMPLE_EDITS = 200
RECIPIENTS = 100
FORMS = 10
SAMPLE = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Figure:
    """One promise: what was measured, the most that is demanded and the most that is wanted."""

    name: str
    measured: float
    demanded: float
    wanted: float | None = None

    @property
    def kept(self) -> bool:
        """Whether the demanded figure is reached."""
        return self.measured <= self.demanded


def main() -> int:
    """Measure, print, judge."""
    figures: list[Figure] = []
    kept = True
    with tempfile.TemporaryDirectory() as folder:
        for measure in (
            help_figures,
            build_figures,
            sample_figures,
            release_figures,
            returned_figures,
            opinion_figures,
            redline_figures,
        ):
            try:
                figures += measure(Path(folder))
            except Failed as failed:
                print(f"FAILED {failed}\n", file=sys.stderr)
                kept = False
    show(figures)
    return 0 if harness() and kept and all(figure.kept for figure in figures) else 1


def help_figures(folder: Path) -> Iterator[Figure]:
    """How long `--help` takes."""
    peer = str(Path(__file__).with_name("two_commands.py"))
    runs = in_turns(
        {
            "drafter": (sys.executable, "-m", "drafter", "--help"),
            "two commands": (sys.executable, peer, "--help"),
        },
        folder,
        15,
    )
    print_runs("--help", runs)
    yield Figure("--help / a two-command typer program", ratio(runs, "two commands"), 1.5)


def build_figures(folder: Path) -> Iterator[Figure]:
    """How long a cold build takes, at two sizes."""
    small = make(folder / "small", 30_000, 7)
    large = make(folder / "large", 270_000, 60)
    at_small, at_large = build_runs(small, 9), build_runs(large, 5)
    yield Figure("30 thousand: time / recipe", ratio(at_small, "recipe"), 0.6, 0.4)
    yield Figure("270 thousand: time / recipe", ratio(at_large, "recipe"), 0.15, 0.1)
    yield Figure("270 thousand: time / pandoc", ratio(at_large, "pandoc"), 1.2, 0.6)
    growth = at_large["drafter"].seconds / at_small["drafter"].seconds
    yield Figure("ten times the text: times the time", growth * 10 * small.characters / large.characters, 11)
    yield Figure("270 thousand: memory / pandoc", at_large["drafter"].memory / at_large["pandoc"].memory, 1)
    again = max(rebuild_seconds(large, 5).values())
    yield Figure("270 thousand: rebuild / pandoc", again / at_large["pandoc"].seconds, 0.15, 0.05)
    yield Figure("270 thousand: collect / pandoc reads it", ratio(collect_runs(large, 5), "pandoc"), 1)


def build_runs(material: Material, rounds: int) -> dict[str, Run]:
    """The three programs on the same text."""
    import pypandoc

    folder = material.folder
    whole, bare = str(folder / "peers/whole.md"), str(folder / "pandoc.docx")
    peers = {
        "recipe": (sys.executable, "-m", "tests.bench.recipe", str(folder), str(folder / "recipe.docx")),
        "pandoc": (str(pypandoc.get_pandoc_path()), "-f", "markdown", whole, "-o", bare),
    }
    title = f"{material.characters} characters, {material.fragments} fragments, {material.tables} tables"
    drafter = (sys.executable, "-m", "drafter", "build", "-w", str(folder))
    try:
        runs = in_turns({"drafter": drafter, **peers}, folder, rounds)
    except Failed:
        print_runs(title, in_turns(peers, folder, 3))
        raise
    print_runs(title, runs)
    return runs


def sample_figures(folder: Path) -> Iterator[Figure]:
    """How long all plans of the sample take in one process, against the one that takes longest alone."""
    plans = sorted(path.stem for path in (SAMPLE / "data/plans").glob("*.yaml"))
    if len(plans) < len(("one", "two")):
        print("the whole sample / its largest plan: skipped, there is only one plan\n")
        return
    root = _sample(folder / "sample")
    build = (sys.executable, "-m", "drafter", "build", "-w", str(root))
    runs = in_turns({"drafter": build, **{plan: (*build, plan) for plan in plans}}, folder, 5)
    print_runs("sample", runs)
    largest = max(plans, key=lambda plan: runs[plan].seconds)
    yield Figure("the whole sample / its largest plan", ratio(runs, largest), 1.6)


def release_figures(folder: Path) -> Iterator[Figure]:
    """Copies for a hundred recipients against a copy for one."""
    root = _sample(folder / "releases")
    rows = "".join(f"- {{名称: 单位{number:03d}, 组: [百家]}}\n" for number in range(RECIPIENTS))
    with (root / "data/recipients.yaml").open("a", encoding="utf-8") as file:
        file.write(rows)
    release = (sys.executable, "-m", "drafter", "release", "p145", "--stage", "征求意见稿", "-w", str(root))
    programs = {"drafter": (*release, "--to", "百家"), "one recipient": (*release, "--to", "单位001")}
    runs = in_turns(programs, folder, 5)
    print_runs(f"release to {RECIPIENTS}", runs)
    yield Figure(f"release to {RECIPIENTS} / to one", ratio(runs, "one recipient"), 3)


def _sample(root: Path) -> Path:
    """The sample workspace, somewhere else."""
    for part in ("data", "sections", "templates"):
        shutil.copytree(SAMPLE / part, root / part)
    return root


def returned_figures(folder: Path) -> Iterator[Figure]:
    """Many returned copies collected in one process: against pandoc reading them, and against a few of them for memory."""
    from tests.bench.returned import FEW, RETURNED, runs

    few, many = runs(_sample(folder / "returned"), folder)
    print_runs(f"collect {FEW} returned copies", few)
    print_runs(f"collect {RETURNED} returned copies", {"drafter": many})
    pandoc = few["pandoc"].seconds * RETURNED / FEW  # which reads each in a process of its own
    yield Figure(f"collect {RETURNED} copies / pandoc reads them", many.seconds / pandoc, 0.25)
    yield Figure(f"collect {RETURNED} copies / {FEW}: memory", many.memory / few["drafter"].memory, 1.2)


def opinion_figures(folder: Path) -> Iterator[Figure]:
    """Forms of three hundred rows, a fifth of them misquoted: rows at a wrong paragraph, rows that are wrong though sure, and seconds."""
    from tests.opinions.misquoting import ALL, ROWS, TEXT, measured
    from tests.review.rig import Desk

    record = Desk(SAMPLE).record
    for name, kinds, numbered in (("text, no 段号", TEXT, False), ("text and tables, 段号", ALL, True)):
        shares = [measured(record, seed, kinds, numbered=numbered) for seed in range(FORMS)]
        wrong = 1 - sum(share.right for share in shares) / FORMS
        seconds, falsely = max(share.seconds for share in shares), sum(share.falsely_sure for share in shares)
        print(
            f"opinions, {name}: {wrong:.2%} of {ROWS * FORMS} at a wrong paragraph, {falsely} of them sure, {seconds:.2f} s for {ROWS}\n"
        )
        yield Figure(f"opinions, {name}: wrong %", wrong * 100, 2)
        yield Figure(f"opinions, {name}: wrong though sure", falsely, 0)


def redline_figures(folder: Path) -> Iterator[Figure]:
    """Redlines against python-redlines: time, and over every pair markup, exactness and moves."""
    if importlib.util.find_spec("python_redlines") is None:
        print("redlines: skipped, python-redlines is not installed (make environment)\n")
        return
    from tests.bench.redlining import tallies, times
    from tests.picture.oracles import PEERS

    for (name, runs), demanded in zip(times(folder, 5), (1 / 2, 1 / 3, 1 / 2), strict=True):
        print_runs(f"redline, {name}", runs)
        yield Figure(f"redline, {name}", ratio(runs, "python-redlines"), demanded)
    for name, tally in zip(("drafter", "python-redlines"), tallies(folder), strict=True):
        markup, exact = tally.marked / tally.least, f"{tally.exact} of {tally.pairs} exact"
        print(f"    {name:14} markup {markup:.3f} of the least, {exact}, {tally.moves} moves")
        if name == "drafter":
            yield Figure("redlines: markup / the least", markup, ALL_PAIRS if PEERS.is_dir() else MADE_PAIRS)
            yield Figure("redlines: pairs that are not exact", tally.pairs - tally.exact, 0)
            yield Figure("redlines: moves", tally.moves, 0)


def rebuild_seconds(material: Material, rounds: int) -> dict[str, float]:
    """Rebuilds after an edit of one fragment, inside one process that runs on; the worst kind of edit counts."""
    command = [sys.executable, "-m", "tests.bench.rebuild", str(material.folder), str(rounds)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(command, done.returncode, done.stderr[-2_000:])
    seconds: dict[str, float] = json.loads(done.stdout)
    print("rebuild after one changed fragment")
    for name, each in seconds.items():
        print(f"    {name:14} {each:7.3f} s")
    return seconds


def collect_runs(material: Material, rounds: int) -> dict[str, Run]:
    """Collecting an untouched copy, against pandoc reading the same file with its changes."""
    import pypandoc

    folder = material.folder
    (file,) = (folder / "build").glob("*.docx")
    programs = {
        "drafter": (sys.executable, "-m", "drafter", "collect", str(file), "-w", str(folder)),
        "pandoc": (str(pypandoc.get_pandoc_path()), "--track-changes=all", str(file), "-t", "native"),
    }
    runs = in_turns(programs, folder, rounds)
    print_runs("collect", runs)
    return runs


def ratio(runs: dict[str, Run], peer: str) -> float:
    """Our time as a multiple of a peer's."""
    return runs["drafter"].seconds / runs[peer].seconds


def print_runs(title: str, runs: dict[str, Run]) -> None:
    """What was measured, before any ratio."""
    print(title)
    for name, run in runs.items():
        print(f"    {name:14} {run.seconds:7.3f} s {run.cpu:7.3f} s of processor {run.memory:7.1f} MiB")


def show(figures: list[Figure]) -> None:
    """The table of promises."""
    print(f"\n{'figure':42} {'measured':>9} {'demanded':>9} {'wanted':>7}")
    for figure in figures:
        wanted = "" if figure.wanted is None else f"{figure.wanted:.2f}"
        verdict = "" if figure.kept else "  MISSED"
        print(f"{figure.name:42} {figure.measured:9.2f} {figure.demanded:9.2f} {wanted:>7}{verdict}")


def harness() -> bool:
    """The edit harness prints its own table and judges itself."""
    if importlib.util.find_spec("tests.harness.__main__") is None:
        return True
    runs = (
        ("its own workspace", ("--edits", str(EDITS))),
        ("the sample", ("--sample", "--edits", str(SAMPLE_EDITS))),
    )
    passed = True
    for name, options in runs:
        print(f"\nedit harness, {options[-1]} edits over {name}", flush=True)
        done = subprocess.run([sys.executable, "-m", "tests.harness", *options], check=False)
        passed = passed and done.returncode == 0
    return passed


if __name__ == "__main__":
    sys.exit(main())
