"""Copies edited inside LibreOffice through its own commands, tracking off and on."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tests.harness.edits import COMMENTS, Edit
from tests.harness.engine import Engine
from tests.harness.issued import Issued
from tests.harness.judge import BadSurgery, Verdict, judge
from tests.harness.maker import Maker
from tests.harness.package import Package

SYSTEM_PYTHON = "/usr/bin/python3"
DRIVER = Path(__file__).with_name("office_driver.py")
EDITS = 12  # in one copy
TIME_LIMIT = 600


def missing() -> str:
    """Why nothing can be done inside LibreOffice here, or empty."""
    if not shutil.which("soffice"):
        return "LibreOffice (soffice) is not installed"
    try:
        subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], check=True, capture_output=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        return f"{SYSTEM_PYTHON} has no uno (python3-uno)"
    return ""


def run(issued: Issued, engine: Engine, copies: int, seed: int, scratch: Path) -> list[Verdict]:
    """Judge the edits of so many copies that LibreOffice made."""
    maker = Maker(issued.sites, issued.text, seed, office=True)
    groups: list[list[Edit]] = []
    for group in maker.copies(100 * copies):
        if len(groups) == copies:
            break
        # LibreOffice's paragraphs are found by their text: each may be edited once.
        if len(group) >= EDITS and len({edit.said for edit in group}) == len(group):
            groups.append(_one_mind(group, tracked=len(groups) % 2 == 1)[:EDITS])
    verdicts: list[Verdict] = []
    with tempfile.TemporaryDirectory() as folder:
        for data, edits in perform(issued, groups, Path(folder)):
            verdicts += judge(issued, engine, data, edits, scratch)
    return verdicts


def _one_mind(edits: Sequence[Edit], *, tracked: bool) -> list[Edit]:
    """LibreOffice tracks all of a copy or nothing, under one name."""
    return [
        edit if edit.kind in COMMENTS else replace(edit, author="审稿人" if tracked else "") for edit in edits
    ]


def perform(issued: Issued, groups: Sequence[Sequence[Edit]], folder: Path) -> list[tuple[bytes, list[Edit]]]:
    """Returned files, each with the edits that LibreOffice made in it."""
    source = folder / "issued.docx"
    source.write_bytes(issued.data)
    jobs = [
        {
            "input": str(source), "output": str(folder / f"returned{n}.docx"), "author": "审稿人",
            "track": any(edit.tracked for edit in group), "edits": [_job(issued, edit) for edit in group],
        }
        for n, group in enumerate(groups)
    ]  # fmt: skip
    done = subprocess.run(
        [SYSTEM_PYTHON, str(DRIVER), str(folder)],
        input=json.dumps(jobs),
        capture_output=True,
        text=True,
        timeout=TIME_LIMIT,
        check=False,
    )
    if done.returncode:
        raise BadSurgery(done.stderr)
    out = []
    for n, (group, line) in enumerate(zip(groups, done.stdout.splitlines(), strict=True)):
        data = (folder / f"returned{n}.docx").read_bytes()
        # Word files have no comments in footnotes: LibreOffice leaves these out when it saves, so that nobody could find them.
        notes = Package.read(data).parts.get("word/comments.xml", b"").decode()
        made = [group[number] for number in json.loads(line)]
        out.append((data, [edit for edit in made if edit.kind not in COMMENTS or edit.new in notes]))
    return out


def _job(issued: Issued, edit: Edit) -> dict[str, object]:
    first, last = edit.operations[0], edit.operations[-1]
    new = edit.new if edit.kind in COMMENTS else first.new.removeprefix("\n")
    return {
        "kind": edit.kind, "said": edit.said, "start": first.start, "end": first.end, "new": new, "author": edit.author,
        "target": issued.text.paragraphs[last.paragraph],
    }  # fmt: skip
