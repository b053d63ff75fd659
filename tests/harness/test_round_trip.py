"""The round trip on a smaller number of edits than `python -m tests.harness` makes; untouched and re-saved copies."""

import io
import shutil
import subprocess
from pathlib import Path

import docx
import pytest

from tests.harness import office
from tests.harness.__main__ import ROOT, issue_sample, run
from tests.harness.engine import Drafter
from tests.harness.issued import Issued
from tests.harness.report import failures, passed

needs_office = pytest.mark.skipif(bool(office.missing()), reason=office.missing())


def test_edits_come_home(issued: Issued, tmp_path: Path) -> None:
    verdicts = run(issued, Drafter(), 150, 11, tmp_path / "scratch")
    assert passed(verdicts), "\n".join(failures(verdicts))


@pytest.mark.office
@needs_office
def test_edits_made_inside_libreoffice_come_home(issued: Issued, tmp_path: Path) -> None:
    verdicts = office.run(issued, Drafter(), 4, 5, tmp_path / "scratch")
    assert len(verdicts) >= 40
    assert passed(verdicts), "\n".join(failures(verdicts))


def remarks_on(issued: Issued, data: bytes, folder: Path) -> object:
    root = folder / "workspace"
    shutil.copytree(issued.root, root)
    file = folder / "returned.docx"
    file.write_bytes(data)
    return Drafter().collect(root, file, apply=False).remarks


def test_an_untouched_copy_has_no_remark(issued: Issued, tmp_path: Path) -> None:
    assert remarks_on(issued, issued.data, tmp_path) == []


def test_a_copy_saved_by_python_docx_has_no_remark(issued: Issued, tmp_path: Path) -> None:
    out = io.BytesIO()
    docx.Document(io.BytesIO(issued.data)).save(out)
    assert remarks_on(issued, out.getvalue(), tmp_path) == []


@pytest.mark.office
@needs_office
def test_a_copy_saved_by_libreoffice_has_no_remark(issued: Issued, tmp_path: Path) -> None:
    source = tmp_path / "in.docx"
    source.write_bytes(issued.data)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "docx",
        "--outdir",
        str(tmp_path / "out"),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert remarks_on(issued, (tmp_path / "out/in.docx").read_bytes(), tmp_path) == []


@pytest.mark.parametrize(("plan", "edits"), [("p145", 40), ("pfac", 60)])
def test_edits_of_the_sample_come_home(plan: str, edits: int, tmp_path: Path) -> None:
    issued, engine = issue_sample(tmp_path / "workspace", ROOT, plan)
    verdicts = run(issued, engine, edits, 12, tmp_path / "scratch")
    assert passed(verdicts), "\n".join(failures(verdicts))
