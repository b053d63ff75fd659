"""What an outside auditor and our own linter say of a Word file, as lines; nothing where it is clean."""

from __future__ import annotations

import tempfile
from pathlib import Path

from openxml_audit import OpenXmlValidator

from drafter.ooxml.lint import lint


def audited(data: bytes) -> list[str]:
    """Every complaint."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.docx"
        path.write_bytes(data)
        result = OpenXmlValidator().validate(path)
    return [str(error) for error in result.errors] + [str(finding) for finding in lint(data)]
