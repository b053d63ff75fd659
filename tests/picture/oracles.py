"""The same file read by others: pandoc, mammoth and LibreOffice, as lists of paragraphs without blanks and objects."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import mammoth
import pypandoc

from drafter.picture import read
from drafter.picture.model import View
from drafter.picture.views import view

ROOT = Path(__file__).parents[2]
PEERS = Path(os.environ.get("DRAFTER_PEERS", ROOT.parent / "shared" / "peers"))
_NOISE = re.compile("[\\s\u200b\ufffc\u2011\xad-]+")
_TEXT = ("Str", "Space", "SoftBreak", "LineBreak")


def bare(paragraphs: Iterable[str]) -> list[str]:
    """Paragraphs as all agree on them: no blanks, hyphens or objects, none empty."""
    return [words for words in (_NOISE.sub("", paragraph) for paragraph in paragraphs) if words]


def ours(data: bytes, kind: View, *stories: str) -> list[str]:
    """What this project reads in stories of these kinds, with what fields show."""
    value = read(data, "稿.docx").value
    assert value is not None
    found = [paragraph for paragraph in view(value, kind) if paragraph.story.partition(":")[0] in stories]
    return bare(
        "".join(s.run.result if s.run.field else s.run.text for s in paragraph.stretches)
        for paragraph in found
    )


def by_mammoth(path: Path) -> list[str]:
    """The accepted view; mammoth adds the notes behind the text."""
    with path.open("rb") as file:
        return bare(mammoth.extract_raw_text(file).value.split("\n"))


def by_pandoc(path: Path, mode: str) -> list[str]:
    """`accept` or `reject`, without notes, comments, and texts that stand in for pictures."""
    command = [pypandoc.get_pandoc_path(), "-f", "docx", f"--track-changes={mode}", "-t", "json", str(path)]
    document = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    metadata = [_inlines(value.get("c", [])) for key, value in document["meta"].items() if key == "title"]
    return bare([*metadata, *_blocks(document["blocks"])])


def _blocks(node: Any) -> Iterator[str]:
    """The paragraphs in a part of pandoc's tree; what holds inlines is one, everything else is walked through."""
    if isinstance(node, dict) and node.get("t") in ("Para", "Plain"):
        yield _inlines(node["c"])
    elif isinstance(node, dict) and node.get("t") == "Header":
        yield _inlines(node["c"][2])
    elif isinstance(node, dict):
        yield from _blocks(node.get("c", []))
    elif isinstance(node, list):
        for inner in node:
            yield from _blocks(inner)


def _inlines(node: Any) -> str:
    if isinstance(node, list):
        return "".join(map(_inlines, node))
    if not isinstance(node, dict) or node["t"] in ("Note", "Image", "Math"):
        return ""
    kind, inner = node["t"], node.get("c", "")
    if kind in _TEXT:
        return inner or " "
    if kind in ("Link", "Span", "Quoted"):
        comment = kind == "Span" and "comment-start" in inner[0][1]
        return "" if comment else _inlines(inner[1])
    return inner[1] if kind == "Code" else _inlines(inner)
