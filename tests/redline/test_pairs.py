"""Real pairs: those that others wrote to break comparison engines, and statutes before and after an amendment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pypandoc
import pytest

from drafter.picture.model import View
from drafter.redline.resolve import Revisions
from tests.picture.oracles import PEERS
from tests.redline.making import compared, paragraphs, reading
from tests.word.audit import audited

PAIRS = sorted((PEERS / "pairs").glob("*/before.docx"))
STATUTES = sorted((PEERS / "pairs_zh").glob("*/before.md"))
# One of the two files has a footnote without any paragraph, which the schema forbids: no revision can make that, an empty one is left.
NOTE_WITHOUT_PARAGRAPH = frozenset(("WC-2050", "WC-2060"))


def name(path: Path) -> str:
    return path.parent.name


def complaints(*files: bytes) -> set[str]:
    """What the auditors say, without the places: what a source has wrong its redline may have too."""
    return {re.sub(r"\d+", "", line)[:60] for data in files for line in audited(data)}


@pytest.mark.skipif(not PAIRS, reason=f"the pairs are not here: {PEERS}")
@pytest.mark.parametrize("path", PAIRS, ids=name)
def test_a_pair_is_exact_both_ways_and_clean(path: Path) -> None:
    old, new = path.read_bytes(), path.with_name("after.docx").read_bytes()
    made = reading(old, new, Revisions.ACCEPT)
    assert complaints(made.data) <= complaints(old, new)
    if name(path) in NOTE_WITHOUT_PARAGRAPH:
        return
    assert paragraphs(made.data, View.ACCEPTED) == paragraphs(new, View.ACCEPTED)
    assert paragraphs(made.data, View.ORIGINAL) == paragraphs(old, View.ACCEPTED)


@pytest.mark.skipif(not PAIRS, reason=f"the pairs are not here: {PEERS}")
@pytest.mark.parametrize(
    "path", [path for path in PAIRS if name(path) in ("WC-1950", "WC-2090", "WC-2092")], ids=name
)
def test_a_pair_with_tracked_changes_is_exact_as_rejected_too(path: Path) -> None:
    reading(path.read_bytes(), path.with_name("after.docx").read_bytes(), Revisions.REJECT)


@pytest.mark.slow
@pytest.mark.skipif(not STATUTES, reason=f"the statutes are not here: {PEERS}")
@pytest.mark.parametrize("path", STATUTES, ids=name)
def test_a_statute_is_exact_both_ways_and_clean(path: Path, tmp_path: Path) -> None:
    old, new = as_word(path, tmp_path)
    made = compared(old, new)
    assert complaints(made.data) <= complaints(old, new)
    assert list(islands(made.data)) == []


def as_word(path: Path, folder: Path) -> tuple[bytes, bytes]:
    """Both versions of a statute through pandoc."""
    out = []
    for side in ("before", "after"):
        target = folder / f"{side}.docx"
        pypandoc.convert_file(str(path.with_name(f"{side}.md")), "docx", outputfile=str(target))
        out.append(target.read_bytes())
    return out[0], out[1]


def islands(data: bytes) -> Iterator[str]:
    """Single kept characters between two changes."""
    from drafter.picture import read

    value = read(data, "稿.docx").value
    assert value is not None
    for paragraph in value.paragraphs:
        states = [(bool(run.revisions), run.text) for run in paragraph.runs]
        for before, (changed, text), after in zip(states, states[1:], states[2:], strict=False):
            if before[0] and not changed and after[0] and len(text) == 1:
                yield paragraph.runs[0].text
