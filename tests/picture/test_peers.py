"""Real files from Word, WPS, LibreOffice and libraries, read as pandoc, mammoth and LibreOffice read them."""

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from drafter.picture import read
from drafter.picture.model import Picture, View
from drafter.picture.views import view
from drafter.review.account import account
from drafter.review.match import match
from drafter.review.remarks import Kind
from drafter.word.anchors import Anchor, AnchorMap, Record
from tests.harness.resaving import resaved
from tests.picture.oracles import (
    PEERS,
    by_mammoth,
    by_native,
    by_pandoc,
    marks_of_parts,
    ours,
    tracked_by_pandoc,
    tracked_by_us,
)
from tests.picture.test_returned import whole

REVIEW, PANDOC = (sorted((PEERS / folder).glob("*.docx")) for folder in ("review", "pandoc"))
PAIRS = sorted((PEERS / "pairs").glob("*/*.docx"))
MODES = {"accept": View.ACCEPTED, "reject": View.ORIGINAL}

BIG = "70_none_unstructured_handbook-872p.docx"
# pandoc leaves out 223 paragraphs that hold REF fields; mammoth and we read them.
PANDOC_LOSES = frozenset(("35_Word_safe-docx_atomizer_redline.docx",))
# LibreOffice 7.4 does not open the first, and keeps an insertion that was moved away in the second.
OFFICE_DIFFERS = frozenset(("35_Word_safe-docx_atomizer_redline.docx", "37_Word_poi_Tika-792.docx"))

pytestmark = pytest.mark.skipif(not REVIEW, reason=f"the peers are not here: {PEERS}")


def name(path: Path) -> str:
    return path.name if path.parent.parent == PEERS else f"{path.parent.name}/{path.name}"


def has_boxes(path: Path) -> bool:
    value = read(path.read_bytes(), path.name).value
    assert value is not None
    return any(paragraph.story.startswith("textbox") for paragraph in value.paragraphs)


@pytest.mark.parametrize("path", [*REVIEW, *PANDOC], ids=name)
def test_a_real_file_is_read_whole_and_nothing_in_it_is_unknown(path: Path) -> None:
    outcome = read(path.read_bytes(), path.name)
    assert outcome.value is not None
    said = [issue.code for issue in outcome.issues]
    assert (said, outcome.value.unknown) == ([], ())
    whole(outcome.value)


@pytest.mark.parametrize("path", [path for path in (*REVIEW, *PANDOC, *PAIRS) if path.name != BIG], ids=name)
def test_the_accepted_view_is_that_of_mammoth(path: Path) -> None:
    theirs = by_mammoth(path)
    if has_boxes(path):  # mammoth reads boxes where they hang, and in both alternatives
        known = set(ours(path.read_bytes(), View.ALL, "body", "textbox", "footnote", "endnote"))
        assert set(theirs) <= known | set(ours(path.read_bytes(), View.ACCEPTED, "body", "textbox"))
        return
    mine = ours(path.read_bytes(), View.ACCEPTED, "body")
    assert theirs[: len(mine)] == mine  # its notes follow


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("path", [path for path in (*REVIEW, *PANDOC) if path.name != BIG], ids=name)
def test_both_views_are_those_of_pandoc(path: Path, mode: str) -> None:
    if path.name in PANDOC_LOSES or has_boxes(path):
        pytest.skip("pandoc leaves out paragraphs of this file")
    assert ours(path.read_bytes(), MODES[mode], "body") == by_pandoc(path, mode)


# pandoc shows what was changed inside computed fields; here it is told of the field, not of the text.
CHANGED_FIELDS = frozenset(("35_Word_safe-docx_atomizer_redline.docx",))
# pandoc leaves out paragraph marks at the end of cells, and those of empty paragraphs.
PANDOC_LOSES_MARKS = frozenset(
    (
        "14_WPS_poi-tl_636.docx",
        "35_Word_safe-docx_atomizer_redline.docx",
        "45_Word_Open-XML-SDK_Comment042.docx",
    )
)
# pandoc leaves out comments at a point, and some at the edge of another.
PANDOC_LOSES_COMMENTS = frozenset(
    (
        "01_LibreOffice_rs-docx-comments_sample-with-comment.docx",
        "02_LibreOffice_rs-docx-comments_sample-with-highlight.docx",
        "50_Word_mammoth.js_comments.docx",
        "65_none_Docxodus_DD002-DenseComments.docx",
    )
)


@pytest.mark.parametrize("path", [path for path in (*REVIEW, *PANDOC) if path.name != BIG], ids=name)
def test_what_was_tracked_and_said_is_what_pandoc_tells(path: Path) -> None:
    words, marks, comments = tracked_by_us(path.read_bytes())
    their_words, their_marks, their_comments = tracked_by_pandoc(path)
    if path.name not in CHANGED_FIELDS:
        assert words == their_words
    assert marks == their_marks if path.name not in PANDOC_LOSES_MARKS else marks > their_marks
    if path.name in PANDOC_LOSES_COMMENTS:
        assert set(their_comments) < set(comments)
    else:
        assert comments == their_comments


NATIVES = sorted(
    path for mode in ("accept", "reject") for path in (PEERS / "pandoc").glob(f"*_{mode}.native")
)


@pytest.mark.parametrize("path", NATIVES, ids=name)
def test_both_views_are_those_that_pandoc_expects_of_its_own_files(path: Path) -> None:
    stem, _, mode = path.stem.rpartition("_")
    data = path.with_name(f"{stem}.docx").read_bytes()
    assert ours(data, MODES[mode], "body") == by_native(path)


@pytest.mark.parametrize("path", [*REVIEW, *PANDOC, *PAIRS], ids=name)
def test_every_tracked_change_of_a_real_file_is_counted(path: Path) -> None:
    value = read(path.read_bytes(), path.name).value
    assert value is not None
    # A change without words is named after its mark: `format:ins:5`.
    marks = (re.sub("^format:(?=[a-z])", "", mark) for mark in account(value, ()).marks)
    counted = Counter(mark.partition(":")[0] for mark in marks)
    del counted["comment"]
    assert counted == marks_of_parts(path)


@pytest.mark.parametrize("path", [*REVIEW, *PANDOC], ids=name)
def test_a_real_file_held_against_itself_brings_each_mark_home_and_nothing_else(path: Path) -> None:
    value = read(path.read_bytes(), path.name).value
    assert value is not None
    outcome = match(issued_as(value), value)
    remarks = outcome.value or ()
    balance = account(value, remarks)
    assert (balance.missing, balance.repeated, outcome.issues) == (frozenset(), frozenset(), ())
    # What no mark says are comments, and words that somebody struck through, highlighted or coloured.
    assert {each.kind for each in remarks if not each.tracked} <= {Kind.COMMENT, Kind.FORMAT}


def issued_as(value: Picture) -> Record:
    """The record of a file that had read so before its tracked changes."""
    anchors = []
    for notes in (False, True):
        for each in view(value, View.ORIGINAL):
            if (
                not each.story.startswith(("textbox", "endnote"))
                and each.story.startswith("footnote") is notes
            ):
                kind = "footnote" if notes else "toc" if each.toc else "frame"
                anchors.append(Anchor("", kind, "", each.text, ()))
    return Record("r", "p", "0", {}, {}, {}, AnchorMap(tuple(anchors)))


@pytest.mark.office
def test_threads_that_libreoffice_loses_are_found_again(tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not on this machine")
    path = next(path for path in REVIEW if path.name.startswith("34_"))
    before = read(path.read_bytes(), path.name).value
    after = read(resaved([path], tmp_path)[path.name], path.name).value
    assert before is not None
    assert after is not None
    threads = [
        {each.text: next((other.text for other in value.comments if other.id == each.parent), "") for each in value.comments}
        for value in (before, after)
    ]  # fmt: skip
    assert threads[0] == threads[1]
    assert sum(bool(parent) for parent in threads[0].values()) == 4


@pytest.mark.slow
@pytest.mark.parametrize("mode", MODES)
def test_the_pairs_read_as_pandoc_reads_them(mode: str) -> None:
    paths = [path for path in PAIRS if not has_boxes(path)]
    different = [
        name(path) for path in paths if ours(path.read_bytes(), MODES[mode], "body") != by_pandoc(path, mode)
    ]
    assert (different, len(paths) >= 140) == ([], True)


@pytest.mark.office
@pytest.mark.parametrize("mode", MODES)
def test_both_views_are_those_of_libreoffice(tmp_path: Path, mode: str) -> None:
    if (
        shutil.which("soffice") is None
        or subprocess.run(["/usr/bin/python3", "-c", "import uno"], check=False).returncode
    ):
        pytest.skip("LibreOffice or its Python is not on this machine")
    paths = [path for path in (*REVIEW, *PANDOC) if path.name not in OFFICE_DIFFERS | {BIG}]
    jobs = [str(each) for path in paths for each in (path, tmp_path / path.name)]
    script = Path(__file__).with_name("office_accept.py")
    subprocess.run(["/usr/bin/python3", str(script), str(tmp_path), mode, *jobs], check=True, timeout=300)
    different = []
    for path in paths:
        theirs = ours((tmp_path / path.name).read_bytes(), View.ALL, "body")
        if ours(path.read_bytes(), MODES[mode], "body") != theirs:
            different.append(path.name)
    assert different == []
