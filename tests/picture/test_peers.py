"""Real files from Word, WPS, LibreOffice and libraries, read as pandoc, mammoth and LibreOffice read them."""

import shutil
import subprocess
from pathlib import Path

import pytest

from drafter.picture import read
from drafter.picture.model import View
from tests.picture.oracles import PEERS, by_mammoth, by_pandoc, ours
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
