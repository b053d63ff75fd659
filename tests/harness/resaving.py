"""Files that nobody changed, only opened and saved again: by LibreOffice, and by python-docx."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

TIME_LIMIT = 600


def resaved(paths: Iterable[Path], folder: Path) -> dict[str, bytes]:
    """The files as LibreOffice saves them, by name; one start for all."""
    out = folder / "resaved"
    command = [
        "soffice", f"-env:UserInstallation=file://{folder / 'profile'}", "--headless",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(out),
    ]  # fmt: skip
    named = [str(path) for path in paths]
    subprocess.run([*command, *named], check=True, capture_output=True, timeout=TIME_LIMIT)
    return {Path(name).name: (out / Path(name).name).read_bytes() for name in named}


def by_python_docx(data: bytes) -> bytes:
    """The file as python-docx saves it."""
    import docx

    out = BytesIO()
    docx.Document(BytesIO(data)).save(out)
    return out.getvalue()
