"""What must hold of a collection, whatever came: found by looking at what it said, at what is in the register now, and at every file of the workspace."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

from drafter.actions.registers import Registers
from drafter.rounds.model import Row
from drafter.source.messages import LANGUAGES, translate
from tests.fuzz.material import said

ROUND = "data/rounds/p1/R1.yaml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = frozenset((f"{_W}del", f"{_W}moveFrom"))
_UNSHOWN = re.compile(r"[\s\x00-\x1f\ufffc\ufffd\u2028\u2029\x85]+")
_LEFT_OUT = frozenset(("ooxml.part-left-out", "picture.unknown-elements"))
"""Told of a file of which something could not be read."""


def files_of(root: Path) -> dict[str, bytes]:
    """Every file of a workspace that it does not keep for nobody."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def faults(root: Path, came: Path, before: Mapping[str, bytes], code: int, out: str) -> Iterator[str]:
    """All that is wrong with a collection of the files in `came`, which printed `out`."""
    if code not in {0, 1}:
        yield f"exit code {code}"
        return
    document = json.loads(out)
    yield from _told(document)
    if "account" not in document:
        yield "no account"
        return
    yield from _counted(document)
    yield from _written(root, before, document, came)
    outcome = Registers(root).of_plan("p1")
    if outcome.issues or not outcome.value:
        yield f"the register does not read: {[each.code for each in outcome.issues]}"
        return
    rows = outcome.value[0].register.rows
    if not any(row.unit == "市教育局" and row.person == "孙七" for row in rows):
        yield "the other file did not come in"
    left_out = {issue["file"] for issue in document["issues"] if issue["code"] in _LEFT_OUT}
    for file in document["files"]:
        if file["state"] == "read" and file["known"] and file["name"] not in left_out:
            yield from _lost(Path(file["name"]).read_bytes(), rows)


def _told(document: Mapping[str, Any]) -> Iterator[str]:
    for issue in document["issues"]:
        if issue["code"] == "collect.unaccounted":
            yield f"unaccounted: {issue['message']}"
        if not issue["message"] or issue["message"].startswith(issue["code"]):
            yield f"no sentence: {issue['code']}"
        for language in LANGUAGES:
            hint = f"{issue['code']}.hint"
            if issue["severity"] == "error" and translate(hint, {}, language) == hint:
                yield f"no hint: {issue['code']}"


def _counted(document: Mapping[str, Any]) -> Iterator[str]:
    account = document["account"]
    states = [file["state"] for file in document["files"]]
    if account["received"] != len(states) or account["received"] != sum(
        account[name] for name in ("read", "evidence", "refused")
    ):
        yield f"the account is not balanced: {account}"
    if "refused" in states and not any(
        issue["severity"] == "error" or issue["code"] == "collect.twice" for issue in document["issues"]
    ):
        yield "refused, and nobody says why"
    ids = [remark["id"] for remark in document["remarks"]]
    if len(set(ids)) != len(ids):
        yield "two remarks are one row"


def _written(
    root: Path, before: Mapping[str, bytes], document: Mapping[str, Any], came: Path
) -> Iterator[str]:
    """Nothing but the register has changed, and what is kept is what came."""
    after = files_of(root)
    kept = {name: data for name, data in after.items() if name.startswith("private/evidence/p1/R1/")}
    for name in sorted({*before, *after} - kept.keys() - {ROUND}):
        if before.get(name) != after.get(name):
            yield f"changed: {name}"
    hashes = {hashlib.sha256(path.read_bytes()).hexdigest()[:12] for path in came.iterdir()}
    archive = any(path.suffix == ".zip" for path in came.iterdir())
    for name, data in kept.items():
        short = hashlib.sha256(data).hexdigest()[:12]
        if short not in name or (short not in hashes and not archive):
            yield f"kept, but not as it came: {name}"
    for file in document["files"]:
        if file["kept"] and file["kept"] not in after:
            yield f"not kept: {file['kept']}"


# -- nothing that is in the file is lost -------------------------------------------------------------------------------


def _lost(data: bytes, rows: tuple[Row, ...]) -> Iterator[str]:
    """Words of comments and of tracked insertions in a copy that are in no row, read without any of our own reading."""
    told = _bare("".join(f"{row.comment}\n{row.proposed}\n{row.original}\n" for row in rows))
    for part, tag, kind in (("comments", "comment", "comment"), ("document", "ins", "insertion")):
        for text in _texts(data, f"word/{part}.xml", f"{_W}{tag}"):
            if _bare(text) not in told:
                yield f"lost {kind}: {text[:60]!r}"


def _texts(data: bytes, part: str, holder: str) -> Iterator[str]:
    """The words in each of these elements of a part, where it can be read at all, tracked deletions left out."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            root = etree.fromstring(archive.read(part), etree.XMLParser(resolve_entities=False))
    except (KeyError, zipfile.BadZipFile, etree.XMLSyntaxError, ValueError, OSError, EOFError):
        return
    for run in root.iter(f"{_W}r"):
        above = {each.tag for each in run.iterancestors()}
        if holder in above and not above & _GONE:
            yield from (each.text or "" for each in run.iterchildren(f"{_W}t"))


def _bare(text: str) -> str:
    return _UNSHOWN.sub("", text.replace("［图］", ""))


# -- what is done with it afterwards -----------------------------------------------------------------------------------


def afterwards(root: Path, rows: int) -> Iterator[str]:
    """What people do with a register next: nothing of it breaks, and nothing that was written is a formula or a broken source."""
    at = ("-w", str(root))
    decided = (f"R1-001..R1-{rows:03d}", "--result", "采纳", "--reason", "照办")
    for command in (
        ("round", "p1", "--date", "2021-12-31"),
        ("register", "p1"),
        ("register", "p1", "--export", "--to", "xlsx", "--to", "docx"),
        ("decide", "p1", *decided),
        ("answer", "p1", "--draft"),
        ("apply", "p1"),
        ("build", "p1"),
    ):
        code, _, err = said(*command, *at)
        if code not in {0, 1} or (command[0] in {"decide", "build"} and code):
            yield f"{' '.join(command)}: exit code {code}: {err[:300]}"
    for path in sorted((root / "build").rglob("*.xlsx")):
        yield from _formulas(path)


def _formulas(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                root = etree.fromstring(archive.read(name))
                if (
                    next(root.iter("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}f"), None)
                    is not None
                ):
                    yield f"a formula in {path.name}"
