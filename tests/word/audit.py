"""What an outside auditor and our own linter say of a Word file, as lines; nothing where it is clean."""

from __future__ import annotations

import tempfile
from pathlib import Path

from openxml_audit import OpenXmlValidator

from drafter.ooxml.lint import lint


def audited(data: bytes, *, theirs: bool = False) -> list[str]:
    """Every complaint; in `theirs`, a frame from an office's own file, what keeps readers out is the office's to mend."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.docx"
        path.write_bytes(data)
        result = OpenXmlValidator().validate(path)
    return [str(error) for error in result.errors] + [
        str(finding) for finding in lint(data) if not (theirs and finding.kind.startswith("access."))
    ]
