"""Official papers: what stands around their text, where it comes from, and both frames (GB/T 9704-2012, 7 and 10.1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from drafter.document.numbering import number
from drafter.document.tree import Block, Document, Heading
from drafter.ooxml.package import unzipped, zipped
from drafter.source.origins import SourceSlice, literal
from drafter.word.anchors import WordFile
from drafter.word.frames import FRAMES, letter_frame, notice_frame
from drafter.word.official import lines_of, shown_day
from drafter.word.writing import write
from drafter.workspace.papers import Paper
from drafter.workspace.profile import SCHEMES, HeadingForm, Profile
from tests.word.audit import audited
from tests.word.reading_back import W, found, paragraphs, part
from tests.word.trees import Plan, merged_table

YAML = "data/plans/notice.yaml"
TITLE = "临港市民政局关于印发《临港市民政事业发展“十四五”规划》的通知"
DAY = "2021-04-29"


def _said(text: str, at: int = 0) -> Any:
    return literal(YAML, text, at)


PAPER = Paper(
    mark=_said("临港市民政局文件"),
    signature=_said("临港市民政局", 100),
    number=_said("临民发〔2021〕12号", 200),
    to=_said("各县（市、区）民政局", 300),
    note=_said("此件公开发布", 400),
    cc=_said("市委办公室，市政府办公室", 500),
    printer=_said("临港市民政局办公室", 600),
    printed=date(2021, 4, 30),
)


def _written(paper: Paper = PAPER, frame: bytes = b"", *annexes: Heading, **settings: Any) -> WordFile:
    plan = Plan()
    blocks: tuple[Block, ...] = (plan.paragraph("现印发给你们。"), *annexes)
    document = Document("notice", _said(TITLE, 700), blocks, {})
    profile = Profile(**{"scheme": "公文", "kind": "gongwen", **settings})
    numbering = number(document, profile.scheme, paper=True)
    outcome = write(document, numbering, frame or notice_frame(), {"日期": DAY}, profile=profile, paper=paper)
    assert outcome.issues == ()
    assert outcome.value
    assert audited(outcome.value.data) == []
    return outcome.value


def _annex(name: str, *, printed: bool = True) -> Heading:
    plan = Plan()
    return Heading(f"notice#{name}", 1, plan.line(name), annex=True, printed=printed)


def _texts(file: WordFile) -> list[str]:
    return [text for _, text in paragraphs(file.data) if text]


def _of(file: WordFile, text: str, skip: str = "GwMark") -> Any:
    """The paragraph that begins so; the mark, which says the office's name too, is asked for by skipping nothing."""
    for paragraph in part(file.data).iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val")
        if "".join(paragraph.itertext(f"{W}t")).startswith(text) and style not in {skip, "GwDocTitle"}:
            return paragraph
    raise AssertionError(text)


def _indent(file: WordFile, text: str) -> dict[str, str]:
    element = _of(file, text).find(f"{W}pPr/{W}ind")
    return {str(key).removeprefix(W): str(value) for key, value in element.attrib.items()}


@pytest.mark.parametrize("name", FRAMES)
def test_the_committed_frames_are_what_the_script_makes_and_clean(name: str) -> None:
    made = FRAMES[name]()
    assert (Path(__file__).parents[2] / f"templates/{name}.docx").read_bytes() == made
    assert audited(made) == []


def test_a_notice_says_everything_in_the_order_of_the_standard() -> None:
    assert _texts(_written()) == [
        "临港市民政局文件",
        "临民发〔2021〕12号",
        "临港市民政局关于印发\n《临港市民政事业发展\n“十四五”规划》的通知",
        "各县（市、区）民政局：",
        "现印发给你们。",
        "临港市民政局",
        "2021年4月29日",
        "（此件公开发布）",
        "抄送：市委办公室，市政府办公室。",
        "临港市民政局办公室\t2021年4月30日印发",
    ]


def test_what_the_file_of_the_paper_says_has_its_place_there() -> None:
    file = _written()
    anchor = next(each for each in file.anchors.paragraphs if each.text.startswith("抄送："))
    typed = [piece.origin for piece in anchor.pieces if isinstance(piece.origin, SourceSlice)]
    assert typed == [SourceSlice(YAML, 500, 512)]
    title = next(each for each in file.anchors.paragraphs if each.text.startswith("临港市民政局关于"))
    places = [
        (piece.origin.start, piece.origin.end)
        for piece in title.pieces
        if isinstance(piece.origin, SourceSlice)
    ]
    assert places == [(700, 710), (710, 720), (720, 731)]
    assert [text for _, text in paragraphs(file.data)] == [each.text for each in file.anchors.paragraphs]


def test_copy_number_class_and_urgency_leave_the_mark_where_it_is() -> None:
    full = replace(PAPER, copy=_said("000001"), secrecy=_said("机密★3年"), urgency=_said("特急"))
    for paper, lines in ((PAPER, []), (full, ["000001", "机密★3年", "特急"])):
        file = _written(paper)
        texts = [text for _, text in paragraphs(file.data)]
        assert texts.index("临港市民政局文件") == 3
        assert [text for text in texts[:3] if text] == lines
    assert _of(_written(full), "机密").find(f".//{W}rStyle").get(f"{W}val") == "GwHeiti"


def test_who_signs_stands_in_the_line_of_the_number() -> None:
    file = _written(replace(PAPER, signer=_said("王某某")))
    assert "临民发〔2021〕12号\t签发人：王某某" in _texts(file)
    line = _of(file, "临民发")
    assert line.find(f"{W}pPr/{W}jc").get(f"{W}val") == "left"
    assert _indent(file, "临民发") == {"firstLineChars": "100", "firstLine": "320"}
    assert [each.get(f"{W}val") for each in line.iter(f"{W}rStyle")] == ["GwKaiti"]


def test_with_a_seal_the_date_is_four_characters_from_the_right_and_the_office_over_its_middle() -> None:
    file = _written()
    assert _indent(file, "2021年4月29日") == {"rightChars": "400", "right": "1280"}
    # 2021年4月29日 is 6.5 characters broad, the name 6.
    assert _indent(file, "临港市民政局")["rightChars"] == "425"


def test_an_office_broader_than_the_type_area_leaves_pushes_the_date_in() -> None:
    name = "临港市民政事业发展规划编制工作领导小组办公室"
    file = _written(replace(PAPER, signature=_said(name)))
    assert _indent(file, name)["rightChars"] == "0"
    assert _indent(file, "2021年4月29日")["rightChars"] == "775"


@pytest.mark.parametrize(
    ("name", "above", "below"),
    [("临港市民政局", "450", "200"), ("临港市民政局规划财务科", "200", "450")],
)
def test_without_a_seal_the_date_begins_two_characters_right_of_the_office(
    name: str, above: str, below: str
) -> None:
    file = _written(replace(PAPER, signature=_said(name), seal=False))
    assert _indent(file, name)["rightChars"] == above
    assert _indent(file, "2021年4月29日")["rightChars"] == below


def test_attachments_are_listed_and_only_those_with_a_text_are_printed() -> None:
    file = _written(PAPER, b"", _annex("规划文本", printed=False), _annex("意见反馈表"))
    texts = _texts(file)
    listed = texts.index("附件：1.规划文本")
    assert texts[listed + 1] == "2.意见反馈表"
    assert texts[texts.index("（此件公开发布）") + 1 :][:2] == ["附件2", "意见反馈表"]
    assert "附件1" not in texts
    assert _indent(file, "附件：1.") == {
        "leftChars": "575", "left": "1840", "hangingChars": "375", "hanging": "1200",
    }  # fmt: skip
    assert _indent(file, "2.意见反馈表") == {
        "leftChars": "575", "left": "1840", "hangingChars": "75", "hanging": "240",
    }  # fmt: skip


def test_an_attachment_alone_has_no_number() -> None:
    texts = _texts(_written(PAPER, b"", _annex("意见反馈表")))
    assert "附件：意见反馈表" in texts
    assert "附件" in texts


def test_an_annex_begins_a_page_and_its_title_is_in_the_third_line() -> None:
    file = _written(PAPER, b"", _annex("意见反馈表"))
    styles = {
        name: found(file.data, f"//w:style[@w:styleId='{name}']/w:pPr", "word/styles.xml")[0]
        for name in ("GwAnnexMark", "GwAnnexTitle")
    }
    assert styles["GwAnnexMark"].find(f"{W}pageBreakBefore") is not None
    assert styles["GwAnnexTitle"].find(f"{W}spacing").get(f"{W}before") == "579"
    assert styles["GwAnnexTitle"].find(f"{W}jc").get(f"{W}val") == "center"


def test_the_imprint_stands_on_the_last_line_between_rules() -> None:
    table = part(_written().data).find(f".//{W}tbl/{W}tblPr")
    place = table.find(f"{W}tblpPr")
    assert (place.get(f"{W}vertAnchor"), place.get(f"{W}tblpYSpec")) == ("margin", "bottom")
    sizes = {each.tag.removeprefix(W): each.get(f"{W}sz") for each in table.find(f"{W}tblBorders")}
    assert sizes == {"top": "8", "bottom": "8", "insideH": "6"}


def test_a_paper_with_nothing_but_a_mark_leaves_no_empty_places() -> None:
    bare = Paper(_said("临港市民政局文件"), _said(""))
    file = _written(bare)
    assert _texts(file)[-2:] == ["现印发给你们。", "2021年4月29日"]
    assert not part(file.data).findall(f".//{W}tbl")


def test_a_letter_has_its_mark_and_rules_on_the_first_page_and_no_number_there() -> None:
    file = _written(
        replace(PAPER, mark=_said("临港市民政局"), printer=_said(""), printed=None), letter_frame()
    )
    assert "".join(part(file.data, "word/header1.xml").itertext(f"{W}t")) == "临港市民政局"
    assert "".join(part(file.data, "word/footer3.xml").itertext(f"{W}t")) == ""
    section = found(file.data, "//w:sectPr")[0]
    assert section.find(f"{W}titlePg") is not None
    assert "\t临民发〔2021〕12号" in _texts(file)
    # 10.1: no rules around what a letter says at its end
    assert not found(file.data, "//w:tblBorders")


def test_a_later_section_of_a_letter_is_no_first_page() -> None:
    plan = Plan()
    blocks = (plan.paragraph("文"), merged_table(plan, 1, "横排", landscape=True), plan.paragraph("后"))
    document = Document("notice", _said(TITLE), blocks, {})
    file = write(
        document,
        plan.numbering(),
        letter_frame(),
        {"日期": DAY},
        profile=Profile("公文", kind="gongwen"),
        paper=PAPER,
    ).value
    assert file
    assert [each.find(f"{W}titlePg") is not None for each in found(file.data, "//w:sectPr")] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("name", "scale"), [("临港市民政局文件", None), ("临港市民政事业发展规划领导小组办公室文件", "42")]
)
def test_a_long_mark_is_made_narrower(name: str, scale: str | None) -> None:
    look = _of(_written(replace(PAPER, mark=_said(name))), name, "").find(f".//{W}rPr/{W}w")
    assert (None if look is None else look.get(f"{W}val")) == scale


@pytest.mark.parametrize("scheme", SCHEMES)
def test_both_profiles_go_with_both_schemes(scheme: str) -> None:
    plan = Plan()
    blocks = (plan.heading(1, "一、", "总则"), plan.heading(2, "（一）", "目的"), plan.paragraph("文"))
    document = Document("notice", _said(TITLE), blocks, {})
    for kind in ("plan", "gongwen"):
        profile = Profile(scheme, kind=kind, line=560, headings=(("一、", HeadingForm(size=36)),))
        numbering = number(document, scheme, paper=True)
        file = write(document, numbering, notice_frame(), {"日期": DAY}, profile=profile, paper=PAPER).value
        assert file
        assert audited(file.data) == []
        body = found(
            file.data, "//w:style[@w:styleId='GwPaperLine']/w:pPr/w:spacing/@w:line", "word/styles.xml"
        )
        assert body == (["560"] if kind == "gongwen" else ["579"])


def test_dates_have_no_zeros_in_front() -> None:
    assert shown_day(date(2021, 1, 5)) == "2021年1月5日"
    assert shown_day(None) == ""


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于召开会议的通知", ("关于召开会议的通知",)),
        (TITLE, ("临港市民政局关于印发", "《临港市民政事业发展", "“十四五”规划》的通知")),
        ("一" * 45, ("一" * 14, "一" * 15, "一" * 16)),
    ],
)
def test_a_title_is_broken_into_lines_of_like_length(title: str, lines: tuple[str, ...]) -> None:
    assert lines_of(title) == lines


def test_no_line_of_a_title_begins_with_what_belongs_to_the_one_before() -> None:
    for count in range(1, 30):
        for line in lines_of("临港市民政局关于" + "做" * count + "（试行）的通知"):
            assert line[0] not in "）的"
            assert len(line) <= 20


def test_a_frame_that_word_has_saved_under_ids_of_its_own_is_still_ours() -> None:
    parts = unzipped(notice_frame())
    saved = {
        name: body.replace(b'"GwMark"', b'"a7"').replace(b'"GwDocTitle"', b'"a8"')
        if name.endswith(".xml")
        else body
        for name, body in parts.items()
    }
    name = "临港市民政事业发展规划领导小组办公室文件"
    file = _written(replace(PAPER, mark=_said(name)), zipped(saved))
    assert _of(file, name, "").find(f".//{W}rPr/{W}w") is not None


def test_the_mark_stays_where_it_is_whatever_the_pitch() -> None:
    for line in (540, 560, 579, 640):
        data = _written(line=line).data
        above = found(data, "//w:style[@w:styleId='GwMark']/w:pPr/w:spacing/@w:before", "word/styles.xml")
        assert int(above[0]) + 3 * line == 3 * 579 + 290
        blank = found(data, "//w:style[@w:styleId='GwDocTitle']/w:pPr/w:spacing/@w:before", "word/styles.xml")
        assert blank == [str(2 * line)]
