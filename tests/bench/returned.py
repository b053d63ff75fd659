"""Returned copies of one file: what reviewers do to it is what the edit harness does, comments, tracked changes and silent ones."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path

from tests.bench.measure import Run, in_turns, once
from tests.harness.edits import Text, perform
from tests.harness.maker import Maker
from tests.harness.package import Package, is_contents, text
from tests.harness.places import sites
from tests.harness.truth import Ground, Nature

RETURNED, FEW = 100, 10
SEED = 20210120
ENOUGH = 1_000_000  # edits: the number of copies ends it


class _Untold:
    """What the harness finds out by experiment, and nothing here needs: where the printed characters come from."""

    def at(self, number: int, index: int) -> Ground:
        """Nobody has asked."""
        return Ground(Nature.UNKNOWN)


def runs(root: Path, folder: Path) -> tuple[dict[str, Run], Run]:
    """A few copies of the sample's plan, collected and read by pandoc in turns; and many collected."""
    import pypandoc

    once((sys.executable, "-m", "drafter", "build", "p145", "-w", str(root)), folder)
    (issued,) = (root / "build").glob("*.docx")
    files = [str(path) for path in write_copies(issued, folder / "copies", RETURNED)]
    tenth = files[:: RETURNED // FEW]
    collect = (sys.executable, "-m", "drafter", "collect", "-w", str(root))
    reads = (sys.executable, "-m", "tests.bench.reads", str(pypandoc.get_pandoc_path()))
    few = in_turns({"drafter": (*collect, *tenth), "pandoc": (*reads, *tenth)}, folder, 2)
    return few, once((*collect, *files), folder)


def write_copies(issued: Path, folder: Path, count: int) -> list[Path]:
    """Write so many returned copies of a built file, none like another; the same file gives the same copies."""
    data = issued.read_bytes()
    package = Package.read(data)
    printed = ["" if is_contents(each) else text(each) for each in package.paragraphs()]
    maker = Maker(sites(package, _Untold()), Text.of(printed), SEED)
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for number, edits in enumerate(islice(maker.copies(ENOUGH), count), 1):
        path = folder / f"{number:03}.docx"
        path.write_bytes(perform(data, edits))
        files.append(path)
    return files
