"""What LibreOffice keeps when it opens and saves a file of ours: texts, bookmarks, fields, numbering, notes, sections."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from drafter.picture.model import View
from drafter.picture.reading import read
from drafter.picture.views import view
from drafter.word.anchors import WordFile
from tests.word.reading_back import W, found
from tests.word.trees import specimen

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine"),
]


@pytest.fixture(scope="module")
def file() -> WordFile:
    plan, blocks = specimen()
    value = plan.written(*blocks).value
    assert value
    return value


@pytest.fixture(scope="module")
def resaved(file: WordFile, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("resaved")
    (folder / "in.docx").write_bytes(file.data)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "out"),
    ]
    subprocess.run([*command, str(folder / "in.docx")], check=True, capture_output=True, timeout=120)
    return Path(folder / "out/in.docx").read_bytes()


def test_every_paragraph_reads_as_it_was_written(file: WordFile, resaved: bytes) -> None:
    for data in (file.data, resaved):
        picture = read(data, "x.docx").value
        assert picture
        shown = [paragraph.text for paragraph in view(picture, View.ACCEPTED) if not paragraph.toc]
        assert shown == [anchor.text for anchor in file.anchors.paragraphs if anchor.kind != "toc"]
        assert picture.release == file.release


def test_every_bookmark_of_the_text_is_there_once(file: WordFile, resaved: bytes) -> None:
    names = found(resaved, "//w:bookmarkStart/@w:name")
    written = {anchor.name for anchor in file.anchors.paragraphs if anchor.name and anchor.kind != "footnote"}
    assert written <= set(names)
    assert len(names) == len(set(names))


def test_fields_keep_their_codes_and_results(resaved: bytes) -> None:
    codes = [" ".join(code.split()) for code in found(resaved, "//w:instrText/text()")]
    for code in ("REF _Ref1 \\w \\h", "SEQ 表 \\* ARABIC", "SEQ 专栏 \\* ARABIC"):
        assert any(code.split()[0] == other.split()[0] for other in codes), code
    text = next(
        "".join(p.itertext(f"{W}t")) for p in found(resaved, "//w:p") if "参见" in "".join(p.itertext())
    )
    assert text.startswith("参见第一章第二节、第二章、表1和专栏1、第一章第一节第一部分。")


def test_notes_keep_their_circled_numbers_and_turned_pages_stay_turned(resaved: bytes) -> None:
    assert len(found(resaved, "//w:footnoteReference")) == 2
    assert set(found(resaved, "//w:footnotePr/w:numFmt/@w:val")) == {"decimalEnclosedCircle"}
    assert found(resaved, "//w:pgSz/@w:orient").count("landscape") == 2
