"""`python -m tests.harness`: many random edits, a table of what became of them, and 1 as exit code where one is wrong or lost.

    python -m tests.harness                                               1,000 edits over the harness's own workspace
    python -m tests.harness --sample --edits 200                          what `make bench` runs over the sample
    python -m tests.harness --sample --plan p145 --edits 1000 --seed 1    the large run: each plan, with several seeds
    python -m tests.harness --libreoffice 20                              also copies edited inside LibreOffice

A large run of one plan takes minutes. The column `untold` counts edits whose true place the experiment does not tell to be one line.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.harness import fixture, office
from tests.harness.edits import perform
from tests.harness.engine import Drafter, Engine
from tests.harness.issued import Issued
from tests.harness.judge import Verdict, judge
from tests.harness.maker import Maker
from tests.harness.report import failures, passed, table

ROOT = Path(__file__).parents[2]
FRAME = ROOT / "templates/plan.docx"
PLANS = ("p145", "pfac")
SAMPLE_SHAPES = ("batch", "dense", "batch", "dense", "crowded")
SAMPLE_LIMIT = 40


def issue(root: Path, engine: Engine) -> Issued:
    """Write the harness's workspace and build it."""
    fixture.write(root, FRAME)
    return Issued.of(root, engine)


def issue_sample(root: Path, workspace: Path, plan: str) -> tuple[Issued, Engine]:
    """Copy a real workspace and build one of its plans."""
    for name in ("data", "sections", "templates"):
        shutil.copytree(workspace / name, root / name)
    engine = Drafter(plan)
    return Issued.of(root, engine, plan), engine


def run(issued: Issued, engine: Engine, total: int, seed: int, scratch: Path) -> list[Verdict]:
    """Edit copies of the built file, and judge each; of a real plan fewer and fuller ones, since each takes seconds."""
    maker = (
        Maker(issued.sites, issued.text, seed, shapes=SAMPLE_SHAPES, limit=SAMPLE_LIMIT)
        if issued.sample
        else Maker(issued.sites, issued.text, seed)
    )
    verdicts: list[Verdict] = []
    for edits in maker.copies(total):
        verdicts += judge(issued, engine, perform(issued.data, edits), edits, scratch)
    return verdicts


def main() -> int:
    """Run from the command line."""
    options = argparse.ArgumentParser(
        prog="tests.harness", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--edits", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument(
        "--libreoffice", type=int, default=0, metavar="N", help="also N copies edited inside LibreOffice"
    )
    options.add_argument("--sample", action="store_true", help="over a copy of a real workspace")
    options.add_argument("-w", "--workspace", type=Path, default=ROOT, help="which one, with --sample")
    options.add_argument("--plan", action="append", help="its plans, with --sample (p145 and pfac)")
    options.add_argument("--cross", action="store_true", help="figures by place and edit together, too")
    options.add_argument("--show", type=int, default=12, help="how many failures to print")
    chosen = options.parse_args()
    engine = Drafter()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder) / "scratch"
        began = time.perf_counter()
        verdicts: list[Verdict] = []
        if chosen.sample:
            plans = chosen.plan or list(PLANS)
            for n, plan in enumerate(plans):
                issued, built = issue_sample(Path(folder) / plan, chosen.workspace, plan)
                share = chosen.edits * (n + 1) // len(plans) - chosen.edits * n // len(plans)
                verdicts += run(issued, built, share, chosen.seed, scratch)
        else:
            issued = issue(Path(folder) / "workspace", engine)
            verdicts += run(issued, engine, chosen.edits, chosen.seed, scratch)
        if chosen.libreoffice and (missing := office.missing()):
            print(f"nothing done inside LibreOffice: {missing}")
        elif chosen.libreoffice:
            verdicts += office.run(issued, engine, chosen.libreoffice, chosen.seed, scratch)
        took = time.perf_counter() - began
    print("\n".join(table(verdicts, cross=chosen.cross)))
    print("\n".join(list(failures(verdicts))[: chosen.show]))
    print(f"{len(verdicts)} edits in {took:.0f} s: {'passed' if passed(verdicts) else 'failed'}")
    return 0 if passed(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
