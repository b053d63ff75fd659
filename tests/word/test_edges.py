"""The headers and footers of a written file, as its record keeps them: the same that is read in the file."""

from __future__ import annotations

import pytest

from drafter.ooxml.package import unzipped, zipped
from drafter.picture import read
from drafter.picture.model import Picture
from drafter.word.anchors import OBJECT, WordFile
from drafter.word.copies import Master
from drafter.word.frames import letter_frame, notice_frame, plan_frame
from drafter.word.writing import write
from tests.word.trees import FACTS, TITLE, Plan, specimen

OWN = {**FACTS, "名称": TITLE, "份号": "12", "收件单位": "市财政局", "提示": "内部资料"}
HEADER = "word/header1.xml"
ODD = (
    '<w:p><w:r><w:t xml:space="preserve"> 临港市 </w:t><w:tab/><w:t> 规划 </w:t><w:noBreakHyphen/><w:t>稿</w:t></w:r>'
    '<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>9</w:t></w:r></w:fldSimple></w:p>'
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>甲</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    '<w:p><w:r><w:br/><w:t>乙</w:t><w:br w:type="page"/></w:r><w:sdt><w:sdtContent><w:r><w:t>丙</w:t></w:r></w:sdtContent></w:sdt></w:p>'
    '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" Requires="wps"><w:drawing><w:txbxContent>'
    "<w:p><w:r><w:t>盒</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>"
    "<w:p><w:r><w:t>盒</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)


def by_picture(data: bytes) -> tuple[list[list[tuple[str, str, list[str]]]], Picture]:
    """What the pages of each section show, as a returned file is read."""
    picture = read(data, "x.docx").value
    assert picture
    lines: dict[str, list[str]] = {"": []}
    for paragraph in picture.edges:
        line = "".join(run.text for run in paragraph.runs if run.text != OBJECT or run.field).strip()
        lines.setdefault(paragraph.story, []).extend([line] if line else [])
    shown = [
        [(edge.side, edge.page, lines[edge.story]) for edge in section if edge.seen]
        for section in picture.sections
    ]
    return shown, picture


def by_record(file: WordFile) -> list[list[tuple[str, str, list[str]]]]:
    parts = file.edges.parts
    return [
        [(side, page, list(parts[part]) if part >= 0 else []) for side, page, part in section]
        for section in file.edges.sections
    ]


def written(frame: bytes, facts: dict[str, str]) -> WordFile:
    plan, blocks = specimen()
    file = write(plan.document(*blocks), plan.numbering(), frame, facts).value
    assert file
    return file


def with_header(inner: str) -> bytes:
    parts = unzipped(plan_frame())
    head, _, _ = parts[HEADER].decode().partition("<w:tbl>")
    return zipped({**parts, HEADER: f"{head}{inner}</w:hdr>".encode()})


@pytest.mark.parametrize(
    "frame",
    [plan_frame(), letter_frame(), notice_frame(), with_header(ODD)],
    ids=["plan", "letter", "notice", "odd"],
)
@pytest.mark.parametrize("facts", [FACTS, OWN], ids=["nothing", "own"])
def test_the_record_keeps_what_the_file_shows(frame: bytes, facts: dict[str, str]) -> None:
    file = written(frame, facts)
    assert by_record(file) == by_picture(file.data)[0]
    assert any(lines for section in by_record(file) for *_, lines in section)


def test_pages_turned_for_a_table_show_what_the_others_do() -> None:
    file = written(plan_frame(), FACTS)
    sections = unzipped(file.data)["word/document.xml"].count(b"<w:sectPr")
    assert (
        len(file.edges.sections) == sections > unzipped(plan_frame())["word/document.xml"].count(b"<w:sectPr")
    )
    assert file.edges.sections[-1] == file.edges.sections[-2]


def test_a_copy_says_its_number_and_recipient_and_the_rest_like_the_master() -> None:
    plan = Plan()
    blocks = (plan.heading(1, "第一章", "总则"),)
    file = write(plan.document(*blocks), plan.numbering(), plan_frame(), FACTS).value
    assert file
    master = Master(file.data, plan_frame(), "templates/plan.docx")
    lines = master.lines(OWN, file.edges)
    shown, _ = by_picture(master.copied(OWN, "0123456789"))
    assert shown[0][0] == ("header", "first", ["000012", "内部资料", "收件单位：市财政局"])
    assert list(lines[file.edges.sections[0][0][2]]) == shown[0][0][2]
    assert lines[1:] == file.edges.parts[1:]
