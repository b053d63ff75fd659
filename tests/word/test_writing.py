"""The writer: what stands in the file is what the anchors say, and what Word must be told it is told."""

from __future__ import annotations

from itertools import pairwise

import pytest

from drafter.document.tree import CrossReference, Label, Note, NoteReference, Paragraph, ViewBlock
from drafter.ooxml.identity import NAMESPACE
from drafter.source.origins import Generated, SourceSlice
from drafter.word.anchors import WordFile
from drafter.word.frames import plan_frame
from drafter.word.writing import write
from tests.word.audit import audited
from tests.word.reading_back import NS, W, found, paragraphs, part
from tests.word.trees import FACTS, TITLE, Plan, merged_table, specimen


@pytest.fixture(scope="module")
def file() -> WordFile:
    plan, blocks = specimen()
    outcome = plan.written(*blocks)
    assert outcome.issues == ()
    assert outcome.value
    return outcome.value


def _file(plan: Plan, *blocks: object, scheme: str = "章节") -> WordFile:
    outcome = plan.written(*blocks, scheme=scheme)  # type: ignore[arg-type]
    assert outcome.value
    return outcome.value


def test_every_paragraph_of_the_file_has_its_anchor_in_order_with_the_same_text(file: WordFile) -> None:
    read = paragraphs(file.data)
    assert [text for _, text in read] == [anchor.text for anchor in file.anchors.paragraphs]


def test_the_bookmark_of_a_paragraph_is_that_of_its_anchor(file: WordFile) -> None:
    for (name, _), anchor in zip(paragraphs(file.data), file.anchors.paragraphs, strict=True):
        # A row has its bookmark in the first cell that says something.
        assert name == anchor.name or (not name and anchor.column >= 0)


def test_pieces_cover_the_text_of_each_anchor_without_gaps(file: WordFile) -> None:
    for anchor in file.anchors.paragraphs:
        ends = [0, *(piece.end for piece in anchor.pieces)]
        assert [piece.start for piece in anchor.pieces] == ends[:-1]
        assert ends[-1] == len(anchor.text)
        assert all(a < b for a, b in pairwise(ends))


def test_a_piece_of_a_fragment_is_as_long_as_its_slice(file: WordFile) -> None:
    slices = [p for a in file.anchors.paragraphs for p in a.pieces if isinstance(p.origin, SourceSlice)]
    assert len(slices) > 100
    assert all(
        p.end - p.start == p.origin.end - p.origin.start for p in slices if isinstance(p.origin, SourceSlice)
    )


def test_auditor_and_linter_find_nothing(file: WordFile) -> None:
    assert audited(file.data) == []


@pytest.mark.parametrize("scheme", ["章节", "公文"])
def test_small_plans_of_both_schemes_are_clean(scheme: str) -> None:
    plan = Plan()
    file = _file(plan, plan.heading(1, "一、", "总则"), plan.paragraph("正文"), scheme=scheme)
    assert audited(file.data) == []


def test_a_plan_without_text_is_a_clean_file() -> None:
    assert audited(_file(Plan()).data) == []


def test_the_same_plan_gives_the_same_bytes_twice(file: WordFile) -> None:
    plan, blocks = specimen()
    assert _file(plan, *blocks) == file


def test_another_word_gives_another_identity(file: WordFile) -> None:
    plan, blocks = specimen()
    other = _file(plan, *blocks, plan.paragraph("一段"))
    assert other.release != file.release


def test_the_identity_stands_twice_and_nothing_tells_of_files_or_keys(file: WordFile) -> None:
    assert part(file.data, "customXml/item1.xml").tag == f"{{{NAMESPACE}}}release"
    assert part(file.data, "customXml/item1.xml").text == file.release
    assert file.release in "".join(part(file.data, "docProps/custom.xml").itertext())
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    for secret in ("sections/", "p145", ".md", ".yaml", "c1s1"):
        assert secret not in everything
    assert not any(tag in everything for tag in ("w:sdt", "paraId", "w:rsid", "asciiTheme", "eastAsiaTheme"))


def test_the_dates_are_those_of_the_draft(file: WordFile) -> None:
    texts = [each.text for each in part(file.data, "docProps/core.xml")]
    assert texts == [TITLE, "征求意见稿", "zh-CN", "2021-01-15T00:00:00Z", "2021-01-15T00:00:00Z"]


def test_runs_with_chinese_characters_say_so(file: WordFile) -> None:
    for name in ("word/document.xml", "word/footnotes.xml", "word/footer1.xml"):
        for run in found(file.data, "//w:r[w:t]", name):
            if not "".join(run.itertext()).isascii():
                assert run.find(f"{W}rPr/{W}rFonts").get(f"{W}hint") == "eastAsia"


def test_headings_are_numbered_by_word() -> None:
    plan = Plan()
    file = _file(plan, plan.heading(1, "第一章", "总则"), plan.heading(2, "第一节", "目的"))
    texts = [anchor.text for anchor in file.anchors.paragraphs if anchor.kind == "heading"]
    assert texts == ["总则", "目的"]
    numbering = found(
        file.data,
        "//w:abstractNum[w:lvl/w:pStyle/@w:val='Heading1']/w:lvl/w:lvlText/@w:val",
        "word/numbering.xml",
    )
    assert numbering[:6] == ["第%1章", "第%2节", "%3、", "（%4）", "%5.", "（%6）"]
    suffix = found(file.data, "//w:lvl[w:pStyle/@w:val='Heading1']/w:suff/@w:val", "word/numbering.xml")
    assert suffix == ["space"]


def test_a_heading_without_a_label_has_no_number() -> None:
    plan = Plan()
    file = _file(plan, plan.heading(1, "", "前言"))
    assert found(file.data, "//w:p[w:pPr/w:pStyle/@w:val='Heading1']/w:pPr/w:numPr/w:numId/@w:val") == ["0"]


def test_in_the_official_scheme_heading_1_looks_like_a_first_level() -> None:
    plan = Plan()
    file = _file(plan, plan.heading(1, "一、", "总则"), scheme="公文")
    style = found(file.data, "//w:style[@w:styleId='Heading1']", "word/styles.xml")[0]
    assert style.find(f"{W}pPr/{W}jc").get(f"{W}val") == "both"
    assert style.find(f"{W}pPr/{W}outlineLvl").get(f"{W}val") == "0"


def test_headings_below_an_annex_count_anew() -> None:
    plan = Plan()
    blocks = [
        plan.heading(1, "第一章", "甲"),
        plan.heading(3, "一、", "乙"),
        plan.heading(1, "附件1", "丙", annex=True),
    ]
    file = _file(plan, *blocks, plan.heading(3, "一、", "丁"))
    number = found(file.data, "//w:p[w:pPr/w:pStyle/@w:val='Heading3']/w:pPr/w:numPr/w:numId/@w:val")
    assert len(number) == 1
    starts = found(
        file.data,
        f"//w:num[@w:numId='{number[0]}']/w:lvlOverride/w:startOverride/@w:val",
        "word/numbering.xml",
    )
    assert starts == ["1"] * 6


def test_a_heading_below_an_annex_is_numbered_as_its_label_says_and_is_not_in_the_contents() -> None:
    plan = Plan()
    below = plan.heading(2, "一、", "设施现状")
    plan.labels[below.id] = Label("一、", "附件1第一部分", "annex-heading", 1)
    file = _file(plan, plan.heading(1, "附件1", "说明", annex=True), below)
    level = found(file.data, "//w:p[w:pPr/w:pStyle/@w:val='Heading3']/w:pPr/w:numPr/w:ilvl/@w:val")
    assert level == ["2"]
    assert [
        anchor.text
        for anchor in file.anchors.paragraphs
        if anchor.kind == "toc" and "设施现状" in anchor.text
    ] == []


def test_each_list_starts_anew_and_nests_one_level_down() -> None:
    plan = Plan()
    inner = plan.items("子项")
    file = _file(
        plan,
        plan.items((plan.paragraph("一"), inner), "二"),
        plan.paragraph("间"),
        plan.items("又一", start=3),
    )
    places = found(file.data, "//w:p/w:pPr/w:numPr")
    levels = [each.find(f"{W}ilvl").get(f"{W}val") for each in places]
    numbers = [each.find(f"{W}numId").get(f"{W}val") for each in places]
    assert levels == ["0", "1", "0", "0"]
    assert numbers[0] == numbers[2]
    assert len(set(numbers)) == 3
    start = f"//w:num[@w:numId='{numbers[3]}']/w:lvlOverride/w:startOverride/@w:val"
    assert found(file.data, start, "word/numbering.xml") == ["3"]


def test_footnotes_have_separators_and_circled_numbers(file: WordFile) -> None:
    ids = found(file.data, "//w:footnote/@w:id", "word/footnotes.xml")
    assert ids == ["-1", "0", "1", "2"]
    assert found(file.data, "//w:footnotePr/w:numFmt/@w:val", "word/settings.xml") == [
        "decimalEnclosedCircle"
    ]
    anchors = [anchor for anchor in file.anchors.paragraphs if anchor.kind == "footnote"]
    assert [anchor.text for anchor in anchors] == ["名单见附表2，“机构”指……", "又一个注释"]


def test_a_note_that_is_referred_to_twice_is_printed_twice() -> None:
    plan = Plan()
    note = plan.note("注释")
    file = _file(plan, plan.paragraph("甲", note, "乙", note))
    assert audited(file.data) == []
    assert found(file.data, "//w:footnoteReference/@w:id") == ["1", "2"]


def test_a_note_in_a_note_is_said() -> None:
    plan = Plan()
    inner = plan.note("里")
    outcome = plan.written(plan.paragraph("甲", plan.note("外", inner)))
    assert [issue.code for issue in outcome.issues] == ["word.note-in-note"]


def test_a_note_may_begin_with_a_list() -> None:
    plan = Plan()
    id = plan.id()
    plan.notes[id] = Note(id, (plan.items("甲", "乙"),))
    file = _file(plan, plan.paragraph("文", NoteReference(id, None)))
    assert audited(file.data) == []
    assert [a.text for a in file.anchors.paragraphs if a.kind == "footnote"] == ["", "甲", "乙"]


def test_heads_are_merged_both_ways_and_repeated() -> None:
    plan = Plan()
    file = _file(plan, merged_table(plan, 1, "表题"))
    rows = found(file.data, "//w:tr")
    assert [len(row.findall(f"{W}tc")) for row in rows] == [3, 4, 4, 4, 4]
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    merges = [cell.get(f"{W}val") for cell in found(file.data, "//w:vMerge")]
    assert merges == ["restart", "restart", None, None, "restart", None]


def test_cells_are_counted_as_they_are_written() -> None:
    plan = Plan()
    file = _file(plan, merged_table(plan, 1, "表题"))
    cells = [anchor for anchor in file.anchors.paragraphs if anchor.kind == "cell"]
    assert [(a.column, a.text) for a in cells[:8]] == [
        (0, "机构"), (1, "1200"), (2, "55.0"), (3, "“好”"), (0, ""), (1, "1300"), (2, "66.0"), (3, ""),
    ]  # fmt: skip
    assert len({anchor.name for anchor in cells}) == 3


def test_merged_cells_of_neighbouring_columns_end_each_in_its_own_row() -> None:
    plan = Plan()
    rows = (
        plan.row(plan.cell("甲", rows=3), plan.cell("乙", rows=2), "1"),
        plan.row("2"),
        plan.row(plan.cell("丙", columns=2)),
    )
    file = _file(plan, plan.table((plan.row("子", "丑", "寅"),), rows, 3))
    assert audited(file.data) == []


def test_captions_stand_above_with_a_counting_field(file: WordFile) -> None:
    codes = [" ".join(code.split()) for code in found(file.data, "//w:instrText/text()")]
    assert codes.count("SEQ 表 \\* ARABIC") == 3
    assert codes.count("SEQ 专栏 \\* ARABIC") == 2
    captions = [anchor.text for anchor in file.anchors.paragraphs if anchor.kind == "caption"]
    assert captions[0] == "表\ufffc　主要指标"


def test_a_box_with_only_a_table_is_that_table_with_a_title_row(file: WordFile) -> None:
    anchors = file.anchors.paragraphs
    at = next(n for n, anchor in enumerate(anchors) if anchor.text == "专栏\ufffc　只有一张表")
    assert [(a.kind, a.text) for a in anchors[at : at + 3]] == [
        ("title", "专栏\ufffc　只有一张表"), ("head", "甲"), ("head", "乙"),
    ]  # fmt: skip


def test_chapters_sections_tables_and_boxes_are_referred_to_by_field_the_rest_as_text(file: WordFile) -> None:
    codes = [" ".join(code.split()) for code in found(file.data, "//w:instrText/text()") if " REF " in code]
    assert [code.split(maxsplit=2)[2] for code in codes] == ["\\w \\h", "\\w \\h", "\\h", "\\h"]
    anchor = next(a for a in file.anchors.paragraphs if a.text.startswith("参见"))
    assert anchor.text.startswith("参见\ufffc、\ufffc、\ufffc和\ufffc、第一章第一节第一部分。")


def test_a_reference_to_nothing_prints_itself() -> None:
    plan = Plan()
    file = _file(plan, plan.paragraph("见", CrossReference("tbl:gone", None)))
    assert file.anchors.paragraphs[-1].text == "见@tbl:gone"


def test_a_turned_table_has_a_section_of_its_own_and_numbers_go_on(file: WordFile) -> None:
    sections = found(file.data, "//w:sectPr")
    turned = [each.find(f"{W}pgSz").get(f"{W}orient") for each in sections]
    assert turned == [None, None, None, "landscape", None, "landscape"]
    starts = [each.xpath("string(w:pgNumType/@w:start)", namespaces=NS) for each in sections]
    assert starts == ["", "", "1", "", "", ""]
    margins = sections[3].find(f"{W}pgMar")
    sides = [margins.get(f"{W}{side}") for side in ("top", "right", "bottom", "left")]
    assert sides == ["1587", "2098", "1474", "1984"]
    below = [each.find(f"{W}pgMar") for each in sections[2:4]]
    assert [int(each.get(f"{W}bottom")) - int(each.get(f"{W}footer")) for each in below] == [567, 567]


def test_the_contents_are_filled_in_with_labels() -> None:
    plan = Plan()
    chapter, part_ = plan.heading(1, "第一章", "总则"), plan.heading(2, "第一节", "目的")
    blocks = (chapter, part_, plan.heading(3, "一、", "不进目录"))
    outcome = write(
        plan.document(*blocks), plan.numbering(), plan_frame(), FACTS, pages={chapter.id: 1, part_.id: 12}
    )
    assert outcome.value
    entries = [a.text for a in outcome.value.anchors.paragraphs if a.kind == "toc"]
    assert entries == ["第一章 总则\t\ufffc", "第一节 目的\t\ufffc"]
    shown = [
        "".join(p.itertext(f"{W}t"))
        for p in found(outcome.value.data, "//w:p[w:pPr/w:pStyle[starts-with(@w:val, 'TOC')]]")
    ]
    assert shown == ["第一章 总则1", "第一节 目的12"]


def test_the_title_on_the_cover_is_the_one_of_the_plan(file: WordFile) -> None:
    cover = next(a for a in file.anchors.paragraphs if a.text == "临港市民政事业发展\n“十四五”规划")
    assert cover.kind == "frame"
    assert [piece.origin for piece in cover.pieces] == [
        SourceSlice("data/plans/p145.yaml", 30, 39),
        Generated("break"),
        SourceSlice("data/plans/p145.yaml", 39, 30 + len(TITLE)),
    ]


def test_places_and_numbers_of_paragraphs_are_on_the_anchors() -> None:
    plan = Plan()
    table = plan.table((plan.row("头"),), (plan.row("一"), plan.row("二")), 1)
    paragraph = plan.paragraph("文")
    plan.numbers = {paragraph.id: "1.1-1", table.id: "1.1-2"}
    blocks = (
        plan.heading(1, "第一章", "甲"),
        plan.heading(2, "第一节", "乙", "第一章第一节"),
        paragraph,
        table,
    )
    anchors = {anchor.text: anchor for anchor in _file(plan, *blocks).anchors.paragraphs}
    wanted = {"文": "1.1-1", "头": "1.1-2", "一": "1.1-2/1", "二": "1.1-2/2"}
    assert {text: (anchors[text].place, anchors[text].number) for text in wanted} == {
        text: ("第一章第一节", number) for text, number in wanted.items()
    }


def test_characters_that_xml_cannot_carry_are_replaced_one_for_one() -> None:
    plan = Plan()
    file = _file(plan, plan.paragraph("甲\x00乙\x0b丙\ud800\rd"))
    assert file.anchors.paragraphs[-1].text == "甲\ufffd乙\ufffd丙\ufffd\ufffdd"
    assert paragraphs(file.data)[-1][1] == "甲\ufffd乙\ufffd丙\ufffd\ufffdd"


def test_a_view_that_nobody_made_is_said() -> None:
    plan = Plan()
    outcome = plan.written(ViewBlock(plan.id(), "主要指标", ""))
    assert [issue.code for issue in outcome.issues] == ["word.view-unmade"]


def test_links_are_relationships_and_each_address_stands_once() -> None:
    plan = Plan()
    link = 'https://example.org/?a=1&b="2"'
    file = _file(plan, plan.paragraph(plan.text("甲", link=link), plan.text("乙", link=link)))
    rels = part(file.data, "word/_rels/document.xml.rels")
    assert [each.get("Target") for each in rels if each.get("TargetMode") == "External"] == [link]
    assert audited(file.data) == []


def test_an_empty_paragraph_is_a_paragraph() -> None:
    plan = Plan()
    file = _file(plan, Paragraph(plan.id(), plan.line()))
    assert (file.anchors.paragraphs[-1].kind, file.anchors.paragraphs[-1].text) == ("body", "")
