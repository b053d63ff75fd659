"""LibreOffice accepts and rejects the changes of files, as the judge that did not write them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from drafter.redline.resolve import Revisions

SCRIPT = Path(__file__).parents[1] / "picture" / "office_accept.py"
PYTHON = "/usr/bin/python3"  # the system's own has `uno`


def needed() -> None:
    """Skip where there is no LibreOffice that a script can drive."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    if subprocess.run([PYTHON, "-c", "import uno"], capture_output=True, check=False).returncode:
        pytest.skip("the system's Python has no uno")


def resolved(files: Mapping[str, bytes], how: Revisions, folder: Path) -> dict[str, bytes]:
    """Each file with all changes accepted or rejected, as LibreOffice saves it."""
    paths = []
    for name, data in files.items():
        source = folder / f"{how}-{name}.docx"
        source.write_bytes(data)
        paths += [str(source), str(folder / f"{how}-{name}-out.docx")]
    subprocess.run([PYTHON, str(SCRIPT), str(folder), how.value, *paths], check=True, timeout=600)
    return {name: (folder / f"{how}-{name}-out.docx").read_bytes() for name in files}
