"""An office's own frame with drawings, fields and marked letters: its paragraphs are kept as a returned file is read."""

from __future__ import annotations

import pytest

from drafter.ooxml.package import unzipped, zipped
from drafter.picture import read
from drafter.picture.model import View
from drafter.picture.views import view
from drafter.word.frames import letter_frame, notice_frame, plan_frame
from drafter.word.writing import write
from tests.word.trees import FACTS, specimen

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
BOX = "<w:txbxContent><w:p><w:r><w:t>盒子里的字</w:t></w:r></w:p></w:txbxContent>"
CODE = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {} </w:instrText></w:r>'
END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
RESULT = f'{CODE}<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>结果</w:t></w:r>{END}'
INNER = {
    "box": f"<w:r><w:t>前</w:t><w:pict>{BOX}</w:pict><w:t>后</w:t></w:r>",
    "alternative": f'<w:r><mc:AlternateContent xmlns:mc="{MC}"><mc:Choice xmlns:wps="{WPS}" Requires="wps"><w:drawing>{BOX}</w:drawing>'
    f"</mc:Choice><mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
    "date": "<w:r><w:t>于</w:t></w:r>" + RESULT.format("DATE") + "<w:r><w:t>印</w:t></w:r>",
    "link": RESULT.format("HYPERLINK a"),
    "hidden": "<w:r><w:t>甲</w:t></w:r>" + CODE.format("XE 甲") + END,
    "inside": CODE.format("IF") + RESULT.format("PAGE") + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + END,
    "simple": '<w:fldSimple w:instr=" AUTHOR "><w:r><w:t>某</w:t></w:r></w:fldSimple>',
    "readable": '<w:fldSimple w:instr=" HYPERLINK a "><w:r><w:t>某处</w:t></w:r></w:fldSimple>',
    "math": f'<m:oMath xmlns:m="{M}"><m:r><m:t>x</m:t></m:r></m:oMath><w:r><w:t> 得</w:t></w:r>',
    "signs": '<w:r><w:tab/><w:t xml:space="preserve"> 甲 </w:t><w:br/><w:noBreakHyphen/><w:br w:type="page"/><w:t>乙 </w:t></w:r>',
    "control": "<w:sdt><w:sdtContent><w:r><w:t>选</w:t></w:r></w:sdtContent></w:sdt>",
}  # fmt: skip


def with_paragraph(inner: str, frame: bytes) -> bytes:
    parts = unzipped(frame)
    xml = parts["word/document.xml"].decode()
    head, _, tail = xml.partition("<w:body>")
    return zipped({**parts, "word/document.xml": f"{head}<w:body><w:p>{inner}</w:p>{tail}".encode()})


def frame_texts(frame: bytes) -> tuple[list[str], list[str]]:
    """The paragraphs as they were kept, and as they are read."""
    plan, blocks = specimen()
    file = write(plan.document(*blocks), plan.numbering(), frame, FACTS).value
    assert file
    picture = read(file.data, "x.docx").value
    assert picture
    shown = [each.text for each in view(picture, View.ORIGINAL) if not each.toc and each.story == "body"]
    kept = [each.text for each in file.anchors.paragraphs if each.kind not in ("toc", "footnote")]
    return kept, shown


@pytest.mark.parametrize("inner", INNER.values(), ids=INNER)
def test_what_a_frame_shows_is_kept_as_it_is_read(inner: str) -> None:
    kept, shown = frame_texts(with_paragraph(inner, plan_frame()))
    assert kept == shown
    assert kept[0] or inner is INNER["hidden"]


@pytest.mark.parametrize(
    "frame", [plan_frame(), letter_frame(), notice_frame()], ids=["plan", "letter", "notice"]
)
def test_the_frames_that_come_with_the_program_too(frame: bytes) -> None:
    kept, shown = frame_texts(frame)
    assert kept == shown


def test_marked_letters_of_a_frame_are_kept() -> None:
    red = '<w:rPr><w:color w:val="FF0000"/></w:rPr>'
    inner = f"<w:r><w:t>绝密</w:t></w:r><w:r>{red}<w:t>内部</w:t></w:r><w:r>{red}<w:tab/><w:t>资料</w:t></w:r><w:r><w:t>。</w:t></w:r>"
    plan, blocks = specimen()
    file = write(plan.document(*blocks), plan.numbering(), with_paragraph(inner, plan_frame()), FACTS).value
    assert file
    first = file.anchors.paragraphs[0]
    assert (first.text, first.extras) == ("绝密内部\t资料。", ((2, 7, "color", ""),))


def test_what_an_object_of_a_frame_is_known_by_is_kept_as_it_is_read() -> None:
    from drafter.ooxml.package import Relationship as Tie
    from drafter.ooxml.package import relations, relations_name, relations_part, relationship_type
    from drafter.picture.things import known_by
    from tests.picture.test_things import blip, drawing, png

    frame = with_paragraph(INNER["box"] + drawing(blip("rIdLogo")) + INNER["math"], plan_frame())
    parts = unzipped(frame)
    main = "word/document.xml"
    tie = Tie("rIdLogo", relationship_type("image"), "media/logo.png")
    spaces = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    parts[main] = parts[main].replace(b"<w:drawing>", f"<w:drawing {spaces}>".encode())
    parts[relations_name(main)] = relations_part([*relations(parts, main), tie])
    parts["word/media/logo.png"] = png(30, 10)
    plan, blocks = specimen()
    file = write(plan.document(*blocks), plan.numbering(), zipped(parts), FACTS).value
    assert file
    picture = read(file.data, "x.docx").value
    assert picture
    things = [run.thing for run in picture.paragraphs[0].runs if run.thing]
    assert [each.kind for each in things] == ["box", "picture", "formula"]
    assert [each[2:] for each in file.anchors.paragraphs[0].extras] == [
        (each.kind, known_by(each)) for each in things
    ]
