"""The same file read by others: pandoc, mammoth and LibreOffice, as lists of paragraphs without blanks and objects."""

from __future__ import annotations

import json
import os
import re
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import mammoth
import pypandoc
from lxml import etree

from drafter.ooxml.normal import decide_alternatives
from drafter.picture import read
from drafter.picture.model import Change, Revision, View
from drafter.picture.names import w
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


def by_native(path: Path) -> list[str]:
    """What pandoc's own test expects of a file: the tree beside it."""
    command = [pypandoc.get_pandoc_path(), "-f", "native", "-t", "json", str(path)]
    document = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return bare(_blocks(document["blocks"]))


Who = tuple[str, str, str]
_TRACKED = {"insertion": "ins", "deletion": "del"}


def tracked_by_pandoc(path: Path) -> tuple[Counter[Who], Counter[Who], list[Who]]:
    """How many characters were put in and struck out by whom and when, how many paragraph marks, and the comments with their words."""
    command = [pypandoc.get_pandoc_path(), "-f", "docx", "--track-changes=all", "-t", "json", str(path)]
    document = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    words: Counter[Who] = Counter()
    marks: Counter[Who] = Counter()
    comments: list[Who] = []

    def walk(node: Any, around: tuple[Who, ...]) -> None:
        if isinstance(node, list):
            for inner in node:
                walk(inner, around)
        elif isinstance(node, dict) and node.get("t") == "Span":
            (_, classes, pairs), inner = node["c"]
            facts = dict(pairs)
            who = facts.get("author", ""), facts.get("date", "")
            if "comment-start" in classes:
                comments.append((*who, _NOISE.sub("", _inlines(inner))))
                return
            for name in classes:
                kind = name.removeprefix("paragraph-")
                if kind != name and kind in _TRACKED:
                    marks[_TRACKED[kind], *who] += 1
                elif name in _TRACKED:
                    around = (*around, (_TRACKED[name], *who))
            walk(inner, around)
        elif isinstance(node, dict) and node.get("t") in ("Str", "Code"):
            text = node["c"] if node["t"] == "Str" else node["c"][1]
            for who_did in around:
                words[who_did] += len(_NOISE.sub("", text))
        elif isinstance(node, dict) and node.get("t") not in ("Note", "Image", "Math"):
            walk(node.get("c", []), around)

    walk([document["meta"], document["blocks"]], ())
    return words, marks, comments


def tracked_by_us(data: bytes) -> tuple[Counter[Who], Counter[Who], list[Who]]:
    """The same as this project reads it in the main story; a move is what pandoc takes it for."""
    value = read(data, "稿.docx").value
    assert value is not None
    words: Counter[Who] = Counter()
    marks: Counter[Who] = Counter()

    def who(revision: Revision) -> Who:
        kind = {Change.MOVED_FROM: "del", Change.MOVED_TO: "ins"}.get(revision.change, revision.change.value)
        return kind, revision.author, revision.date

    for paragraph in value.paragraphs:
        if paragraph.story == "body":
            marks.update(map(who, paragraph.mark))
            for run in paragraph.runs:
                length = len(_NOISE.sub("", run.result if run.field else run.text))
                words.update({each: length for each in map(who, run.revisions) if length})
    return words, marks, [(each.author, each.date, _NOISE.sub("", each.text)) for each in value.comments]


_CHANGED = ("rPr", "pPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "sectPr")
_MARKS = {
    **{w(tag): tag for tag in ("ins", "del", "moveFrom", "moveTo")},
    **{w(tag): tag[4:].lower() for tag in ("cellIns", "cellDel")},
    **{w(tag): "format" for tag in ("numberingChange", "cellMerge", *(f"{each}Change" for each in _CHANGED))},
}


def marks_of_parts(path: Path) -> Counter[str]:
    """How many tracked changes of each kind stand in the XML of the document, its notes, headers and footers."""
    found: Counter[str] = Counter()
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"word/(document|footnotes|endnotes|header\d*|footer\d*)\.xml", name):
                root = etree.fromstring(archive.read(name))
                decide_alternatives(root)
                found.update(_MARKS[str(each.tag)] for each in root.iter(*_MARKS))
    return found


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
