"""`python -m tests.harness`: many random edits, a table of what became of them, and 1 as exit code where one is wrong or lost."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.harness import fixture, office
from tests.harness.edits import perform
from tests.harness.engine import Drafter, Engine
from tests.harness.judge import Issued, Verdict, judge
from tests.harness.maker import Maker
from tests.harness.report import failures, passed, table

FRAME = Path(__file__).parents[2] / "templates/plan.docx"


def issue(root: Path, engine: Engine) -> Issued:
    """Write the harness's workspace and build it."""
    fixture.write(root, FRAME)
    return Issued.of(root, engine)


def run(issued: Issued, engine: Engine, total: int, seed: int, scratch: Path) -> list[Verdict]:
    """Edit copies of the built file, and judge each."""
    maker = Maker(issued.sites, issued.text, seed)
    verdicts: list[Verdict] = []
    for edits in maker.copies(total):
        verdicts += judge(issued, engine, perform(issued.data, edits), edits, scratch)
    return verdicts


def main() -> int:
    """Run from the command line."""
    options = argparse.ArgumentParser(prog="tests.harness")
    options.add_argument("--edits", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument(
        "--libreoffice", type=int, default=0, metavar="N", help="also N copies edited inside LibreOffice"
    )
    options.add_argument("--show", type=int, default=12, help="how many failures to print")
    chosen = options.parse_args()
    engine = Drafter()
    with tempfile.TemporaryDirectory() as folder:
        issued = issue(Path(folder) / "workspace", engine)
        scratch = Path(folder) / "scratch"
        began = time.perf_counter()
        verdicts = run(issued, engine, chosen.edits, chosen.seed, scratch)
        if chosen.libreoffice and (missing := office.missing()):
            print(f"nothing done inside LibreOffice: {missing}")
        elif chosen.libreoffice:
            verdicts += office.run(issued, engine, chosen.libreoffice, chosen.seed, scratch)
        took = time.perf_counter() - began
    print("\n".join(table(verdicts)))
    print("\n".join(list(failures(verdicts))[: chosen.show]))
    print(f"{len(verdicts)} edits in {took:.0f} s: {'passed' if passed(verdicts) else 'failed'}")
    return 0 if passed(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
