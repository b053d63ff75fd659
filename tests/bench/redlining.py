"""The figures of redlines: time against python-redlines, markup over the smallest possible, exactness, moves; each pair through both engines."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pypandoc
from rapidfuzz.distance import Indel

from drafter.picture import read
from drafter.redline import redline
from drafter.redline.making import Redline, Settings
from drafter.redline.resolve import Revisions
from drafter.redline.stamp import Signature
from drafter.redline.tokens import distance, tokens
from tests.bench.measure import Run, in_turns
from tests.bench.redlines import pair
from tests.picture.oracles import PEERS
from tests.redline.saying import said

SETTINGS = Settings(Signature("规划财务科", "2026-03-01T09:00:00Z"), revisions=Revisions.ACCEPT)
SIZES = {"400 paragraphs, 20 tables": (400, 20), "2,000 paragraphs": (2_000, 20)}
SEEDS = (2, 3, 4, 5)
SAMPLE = Path(__file__).parents[2]
_ALIKE = 0.5


@dataclass(slots=True)
class Tally:
    """Sums over pairs: tokens of markup and the least that was possible, pairs and how many are exact, moves."""

    marked: int = 0
    least: int = 0
    pairs: int = 0
    exact: int = 0
    moves: int = 0


def times(folder: Path, rounds: int) -> Iterator[tuple[str, dict[str, Run]]]:
    """Both engines as whole processes on the same files."""
    for name, (paragraphs, tables) in SIZES.items():
        yield name, _timed(folder, pair(paragraphs, tables, 1), rounds)
    yield "two versions of the sample plan", _timed(folder, sample(folder), rounds)


def _timed(folder: Path, files: tuple[bytes, bytes], rounds: int) -> dict[str, Run]:
    old, new = folder / "old.docx", folder / "new.docx"
    for path, data in zip((old, new), files, strict=True):
        path.write_bytes(data)
    own = ("-o", str(folder / "own.docx"), "--date", "2026-03-01")
    peer = str(Path(__file__).with_name("docxodus.py"))
    return in_turns(
        {
            "drafter": (sys.executable, "-m", "drafter", "redline", "--docx", str(old), str(new), *own),
            "python-redlines": (sys.executable, peer, str(old), str(new), str(folder / "peer.docx")),
        },
        folder,
        rounds,
    )


def sample(folder: Path) -> tuple[bytes, bytes]:
    """The sample's largest plan, built, gone over, built again."""
    root = folder / "sample-versions"
    for part in ("data", "sections", "templates"):
        shutil.copytree(SAMPLE / part, root / part, dirs_exist_ok=True)
    made = [_built(root)]
    for number, path in enumerate(sorted((root / "sections/p145").rglob("*.md"))):
        text = path.read_text("utf-8")
        path.write_text(
            text.replace("推进", "加快推进", 1) if number % 3 else text.replace("，", "，切实", 1), "utf-8"
        )
    made.append(_built(root))
    return made[0], made[1]


def _built(root: Path) -> bytes:
    command = [sys.executable, "-m", "drafter", "build", "p145", "-w", str(root), "-o", str(root / "out")]
    subprocess.run(command, capture_output=True, check=False)
    return max((root / "out").glob("*.docx"), key=lambda path: path.stat().st_size).read_bytes()


def tallies(folder: Path) -> tuple[Tally, Tally]:
    """Over every pair there is: generated ones, real statutes and the pairs of the peers where they are; ours and the peer's."""
    mine, peer = Tally(), Tally()
    for name, (old, new) in pairs(folder).items():
        value = redline(old, new, SETTINGS).value
        if value is None:
            raise ValueError(name)
        least = _least(value)
        _count(mine, value.data, (old, new), least, name)
        theirs = _by_peer(folder, old, new)
        if theirs is not None:
            _count(peer, theirs, (old, new), least, "")
    return mine, peer


def pairs(folder: Path) -> Mapping[str, tuple[bytes, bytes]]:
    """All pairs by name."""
    found = {f"generated {seed}": pair(400, 20, seed) for seed in SEEDS}
    for path in sorted((PEERS / "pairs_zh").glob("*/before.md")):
        files = []
        for side in ("before", "after"):
            target = folder / f"{side}.docx"
            pypandoc.convert_file(str(path.with_name(f"{side}.md")), "docx", outputfile=str(target))
            files.append(target.read_bytes())
        found[path.parent.name] = (files[0], files[1])
    for path in sorted((PEERS / "pairs").glob("*/before.docx")):
        found[path.parent.name] = (path.read_bytes(), path.with_name("after.docx").read_bytes())
    return found


def _by_peer(folder: Path, old: bytes, new: bytes) -> bytes | None:
    """What the peer makes of a pair; None where it cannot."""
    paths = [folder / name for name in ("a.docx", "b.docx", "c.docx")]
    paths[0].write_bytes(old)
    paths[1].write_bytes(new)
    script = str(Path(__file__).with_name("docxodus.py"))
    done = subprocess.run([sys.executable, script, *map(str, paths)], capture_output=True, check=False)
    return None if done.returncode else paths[2].read_bytes()


def _least(value: Redline) -> int:
    """The least markup: inside paired paragraphs what the tokens allow, everything of the others."""
    total = 0
    for change in value.changes:
        old, new = (side.replace("\n", "") for side in (change.old, change.new))
        alike = Indel.normalized_similarity(old, new) >= _ALIKE if old and new else False
        total += distance(old, new) if alike else len(tokens(old)) + len(tokens(new))
    return total


def _count(tally: Tally, data: bytes, files: tuple[bytes, bytes], least: int, name: str) -> None:
    value = read(data, "redline.docx").value
    if value is None:
        return
    tally.pairs += 1
    tally.least += least
    for paragraph in value.paragraphs:
        if paragraph.story != "body":
            continue
        for state, runs in groupby(paragraph.runs, key=lambda run: _state(run.revisions)):
            words = "".join(run.text for run in runs)
            tally.marked += len(tokens(words.replace("\ufffc", ""))) if state else 0
            tally.moves += state.startswith("move")
    exact = _exact(data, files)
    tally.exact += exact
    if name and not exact:
        print(f"    not exact: {name}")


def _state(revisions: tuple[object, ...]) -> str:
    return "".join(str(getattr(each, "change", "")) for each in revisions)


def _exact(data: bytes, files: tuple[bytes, bytes]) -> bool:
    old, new = files
    try:
        return said(data, Revisions.ACCEPT) == said(new, Revisions.ACCEPT) and said(
            data, Revisions.REJECT
        ) == said(old, Revisions.ACCEPT)
    except (ValueError, KeyError):  # the file is not whole
        return False
