"""A table that LibreOffice has opened and saved is taken back like any other."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.rounds.handing import as_excel, as_word, typed, written
from tests.rounds.test_taking import FILLED, take

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine"),
]


@pytest.mark.parametrize(
    ("data", "form", "needs"),
    [(typed(as_excel(), FILLED), "xlsx", "scalc"), (written(as_word(), FILLED), "docx", "swriter")],
)
def test_what_was_filled_in_survives(data: bytes, form: str, needs: str, tmp_path: Path) -> None:
    program = Path(shutil.which("soffice") or "").resolve().parent
    if not any((program / f"{needs}{end}").exists() for end in ("", ".exe", ".bin")):
        pytest.skip(f"LibreOffice has no {needs} on this machine")
    (tmp_path / f"in.{form}").write_bytes(data)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path / 'profile'}", "--headless"]
    command += ["--convert-to", form, "--outdir", str(tmp_path / "out"), str(tmp_path / f"in.{form}")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    found = take((tmp_path / f"out/in.{form}").read_bytes(), name=f"{{}}.{form}")
    assert found.issues == ()
    assert found.rows == take(data, name=f"{{}}.{form}").rows
    assert found.same == 2
