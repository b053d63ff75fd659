"""Golden Word files: each part as indented XML in a folder, so that a change can be read in a review as in a failing test."""

from __future__ import annotations

import difflib
import hashlib
import io
import zipfile
from pathlib import Path

from lxml import etree

_MOST = 60


def parts_of(data: bytes) -> dict[str, str]:
    """The parts of a Word file as indented XML. The identity is left out: it follows from the rest."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name not in _IDENTITY]
        return {name: _shown(name, archive.read(name)) for name in names}


_IDENTITY = frozenset(("docProps/custom.xml", "customXml/item1.xml"))


def _shown(name: str, body: bytes) -> str:
    return f"{hashlib.sha256(body).hexdigest()}\n" if "/media/" in name else _indented(body)


def _indented(body: bytes) -> str:
    parser = etree.XMLParser(remove_blank_text=False)
    root = etree.fromstring(body, parser)
    etree.indent(root)
    return etree.tostring(root, encoding="unicode") + "\n"


def differences(data: bytes, folder: Path, *, rewrite: bool) -> str:
    """What differs from the golden file, as a diff; nothing where it is the same, or was written anew."""
    parts = parts_of(data)
    if rewrite:
        _write(parts, folder)
        return ""
    known = {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }
    lines: list[str] = []
    for name in sorted({*parts, *known}):
        old, new = known.get(name, "").splitlines(), parts.get(name, "").splitlines()
        lines += difflib.unified_diff(old, new, f"golden/{name}", f"written/{name}", lineterm="", n=2)
    more = [f"... {len(lines) - _MOST} more lines; rewrite with --golden"] if len(lines) > _MOST else []
    return "\n".join(lines[:_MOST] + more)


def _write(parts: dict[str, str], folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            path.unlink()
    for name, text in parts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
