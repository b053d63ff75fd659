import pytest

from drafter.picture.model import CellPlace, Change, Revision
from tests.picture.making import (
    A,
    B,
    dele,
    docx,
    field,
    ins,
    p,
    paragraphs,
    part,
    picture,
    r,
    table,
    text,
    tr,
)

WANG = Revision("1", Change.INSERTED, "王", "2026-03-01T09:00:00Z")
LI = Revision("2", Change.DELETED, "李", "2026-03-02T09:00:00Z")


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        ("<w:tab/>", "\t"),
        ("<w:br/>", "\n"),
        ("<w:cr/>", "\n"),
        ('<w:br w:type="page"/>', ""),
        ("<w:lastRenderedPageBreak/>", ""),
        ("<w:noBreakHyphen/>", "\u2011"),
        ("<w:softHyphen/>", "\xad"),
        ('<w:sym w:font="Wingdings" w:char="F0FE"/>', "\uf0fe"),
        ('<w:sym w:font="Wingdings" w:char="D800"/>', "\ufffd"),
        ('<w:sym w:char="no"/>', "\ufffd"),
        ("<w:drawing/>", "\ufffc"),
        ("<w:pict/>", "\ufffc"),
        ("<w:t> 两头 </w:t>", "两头"),
        ('<w:t xml:space="preserve"> 两头 </w:t>', " 两头 "),
        ("<w:t>甲&#13;乙&#13;&#10;丙</w:t>", "甲 乙 丙"),
        ("<w:t>上\n下</w:t>", "上 下"),
        (
            "<w:ruby><w:rt><w:r><w:t>lín</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>临</w:t></w:r></w:rubyBase></w:ruby>",
            "临",
        ),
    ],
)
def test_what_a_run_shows(inner: str, shown: str) -> None:
    (paragraph,) = paragraphs(f"<w:p><w:r>{inner}</w:r></w:p>")
    assert text(paragraph) == shown


def test_runs_of_one_look_are_one_and_looks_part_them() -> None:
    (paragraph,) = paragraphs(
        p(r("到"), r("2025年", "<w:b/>"), r("，", '<w:b w:val="0"/>'), r("力争", "<w:i/><w:strike/>"))
    )
    assert [(run.text, set(run.marks)) for run in paragraph.runs] == [
        ("到", set()),
        ("2025年", {"bold"}),
        ("，", set()),
        ("力争", {"italic", "strike"}),
    ]


def test_an_insertion_deleted_by_another_has_both_revisions_from_outside_in() -> None:
    (paragraph,) = paragraphs(p(r("甲"), f"<w:ins {A}>{r('乙')}{dele('丙')}</w:ins>"))
    assert [(run.text, run.revisions) for run in paragraph.runs] == [
        ("甲", ()),
        ("乙", (WANG,)),
        ("丙", (WANG, LI)),
    ]


def test_changes_that_all_bear_one_id_are_told_apart() -> None:
    (paragraph,) = paragraphs(
        p(f"<w:ins {A}>{r('乙')}</w:ins>", r("丙"), f"<w:ins {A}>{r('丁')}{r('戊')}</w:ins>")
    )
    ids = [[revision.id for revision in run.revisions] for run in paragraph.runs]
    assert [run.text for run in paragraph.runs] == ["乙", "丙", "丁戊"]
    assert ids == [["1"], [], ["1~2"]]


def test_moves_keep_their_names() -> None:
    (paragraph,) = paragraphs(
        p(f"<w:moveFrom {A}>{r('走')}</w:moveFrom>", f"<w:moveTo {B}>{r('来')}</w:moveTo>")
    )
    assert [run.revisions[0].change for run in paragraph.runs] == [Change.MOVED_FROM, Change.MOVED_TO]


def test_a_mark_carries_its_revisions() -> None:
    (paragraph,) = paragraphs(p(r("甲"), mark=f"<w:ins {A}/><w:del {B}/>", style="a3"))
    assert (paragraph.mark, paragraph.style) == ((WANG, LI), "a3")


def test_author_and_date_may_be_absent() -> None:
    (paragraph,) = paragraphs('<w:p><w:ins w:id="7"><w:r><w:t>甲</w:t></w:r></w:ins></w:p>')
    assert paragraph.runs[0].revisions == (Revision("7", Change.INSERTED, "", ""),)


@pytest.mark.parametrize(
    "wrapper",
    [
        "<w:smartTag><w:smartTagPr/>{}</w:smartTag>",
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:customXml><w:customXmlPr/>{}</w:customXml>",
        "<w:hyperlink>{}</w:hyperlink>",
        "<w:bdo>{}</w:bdo>",
    ],
)
def test_wrappers_are_walked_through(wrapper: str) -> None:
    inline, block = p(wrapper.format(ins("甲"))), wrapper.format(p(ins("甲")))
    assert paragraphs(inline)[0].runs == paragraphs(block)[0].runs
    assert picture(inline).unknown == ()


def test_cells_rows_and_tables_are_counted_through_the_story() -> None:
    inner = table(tr(p(r("内"))))
    body = table(tr(p(r("1")), p(r("2"))), tr(inner + p(r("3")))) + p() + table(tr(p(r("4"))))
    places = {text(paragraph): paragraph.cell for paragraph in paragraphs(body)}
    assert places["1"] == CellPlace(0, 0, 0)
    assert places["2"] == CellPlace(0, 0, 1)
    assert places["内"] == CellPlace(1, 2, 0)
    assert places["3"] == CellPlace(0, 1, 0)
    assert places["4"] == CellPlace(2, 3, 0)
    assert places[""] is None


def test_a_row_inserted_and_a_cell_deleted_say_so_at_their_paragraphs() -> None:
    body = f"<w:tbl><w:tr><w:trPr><w:ins {A}/></w:trPr><w:tc><w:tcPr><w:cellDel {B}/></w:tcPr>{p()}</w:tc></w:tr></w:tbl>"
    (paragraph,) = paragraphs(body)
    assert (paragraph.row, paragraph.column) == ((WANG,), (LI,))


def test_footnotes_follow_the_body_in_the_order_of_their_marks() -> None:
    note = '<w:footnote w:id="{}"><w:p><w:r><w:footnoteRef/><w:t>{}</w:t></w:r></w:p></w:footnote>'
    footnotes = (
        '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        + note.format(2, "乙")
        + note.format(5, "甲")
    )
    body = p(
        r("文"), '<w:r><w:footnoteReference w:id="5"/></w:r>', '<w:r><w:footnoteReference w:id="2"/></w:r>'
    )
    first, *notes = paragraphs(body, footnotes=footnotes)
    assert [(run.text, run.note) for run in first.runs] == [("文", ""), ("\ufffc", "5"), ("\ufffc", "2")]
    assert [(note.story, text(note)) for note in notes] == [("footnote:5", "甲"), ("footnote:2", "乙")]


def test_a_note_whose_mark_was_inserted_is_inserted() -> None:
    footnotes = f'<w:footnote w:id="5">{p(r("注"))}</w:footnote>'
    body = p(f'<w:ins {A}><w:r><w:footnoteReference w:id="5"/></w:r></w:ins>')
    note = paragraphs(body, footnotes=footnotes)[1]
    assert (note.mark, note.runs[0].revisions) == ((WANG,), (WANG,))


def test_a_text_box_is_a_story_read_once_from_the_choice_that_is_understood() -> None:
    def box(tag: str, words: str) -> str:
        return f"<{tag}><w:txbxContent>{p(r(words))}</w:txbxContent></{tag}>"

    choice = f'<mc:Choice Requires="wps"><w:drawing>{box("wps:txbx", "新")}</w:drawing></mc:Choice>'
    fallback = f"<mc:Fallback><w:pict>{box('v:textbox', '旧')}</w:pict></mc:Fallback>"
    body = f"<w:p><w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r></w:p>"
    assert [(q.story, text(q)) for q in paragraphs(body)] == [("body", "\ufffc"), ("textbox:1", "新")]
    other = body.replace('Requires="wps"', 'Requires="new"')
    assert [(q.story, text(q)) for q in paragraphs(other)] == [("body", "\ufffc"), ("textbox:1", "旧")]


def test_a_box_in_a_box_is_read_once() -> None:
    def box(inner: str) -> str:
        return f"<w:r><w:pict><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></w:pict></w:r>"

    body = p(box(p(r("外"), box(p(r("内"))))))
    assert [(q.story, text(q)) for q in paragraphs(body)[1:]] == [
        ("textbox:1", "外\ufffc"),
        ("textbox:2", "内"),
    ]


def test_the_unknown_speaks_once_and_the_rest_is_read() -> None:
    whole = picture(
        p(r("甲"), "<new:thing/>", "<new:thing/>", "<!-- 注 -->", "<w:proofErr/>") + "<new:block/>"
    )
    assert whole.unknown == ("new:thing", "new:block")
    assert text(whole.paragraphs[0]) == "甲"


def test_text_outside_paragraphs_is_not_lost() -> None:
    assert [text(q) for q in paragraphs(r("甲") + p(r("乙")))] == ["甲", "乙"]


def test_a_strict_file_reads_as_a_transitional_one() -> None:
    from tests.picture.making import ROOT, TYPES, W, package

    strict = part("document", f"<w:body>{p(ins('甲'), style='a3')}</w:body>").replace(
        W, "http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    from drafter.picture import read

    value = read(
        package({"[Content_Types].xml": TYPES, "_rels/.rels": ROOT, "word/document.xml": strict}), "稿"
    ).value
    assert value is not None
    assert value.paragraphs == picture(p(ins("甲"), style="a3")).paragraphs


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_parts_in_other_encodings_of_unicode(encoding: str) -> None:
    from drafter.picture import read
    from tests.picture.making import ROOT, TYPES, package

    declared = "utf-8" if encoding == "utf-8-sig" else "utf-16"
    xml = f'<?xml version="1.0" encoding="{declared}"?>' + part("document", f"<w:body>{p(r('甲'))}</w:body>")
    parts: dict[str, str | bytes] = {"_rels/.rels": ROOT, "[Content_Types].xml": TYPES}
    value = read(package(parts | {"word/document.xml": xml.encode(encoding)}), "稿").value
    assert value is not None
    assert text(value.paragraphs[0]) == "甲"


def test_a_formula_is_an_object() -> None:
    assert text(paragraphs(p(r("式"), "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"))[0]) == "式\ufffc"


def test_the_same_file_gives_the_same_picture() -> None:
    from drafter.picture import read

    data = docx(p(r("甲"), field(" PAGE ", r("1"))))
    assert read(data, "稿") == read(data, "稿")


@pytest.mark.parametrize(
    "behind", [r(" 注"), f"<w:r><w:tab/></w:r>{r('注')}", "<w:r><w:tab/><w:t>注</w:t></w:r>", r("注")]
)
def test_the_blank_behind_the_own_mark_of_a_note_is_no_text(behind: str) -> None:
    note = paragraphs(
        "", footnotes=f'<w:footnote w:id="5">{p("<w:r><w:footnoteRef/></w:r>", behind)}</w:footnote>'
    )[0]
    assert text(note) == "注"


def test_alternatives_side_by_side_keep_their_order_and_their_neighbours() -> None:
    several = (
        "<mc:AlternateContent><mc:Fallback><w:t>乙</w:t><w:t>丙</w:t></mc:Fallback></mc:AlternateContent>"
    )
    nothing = '<mc:AlternateContent><mc:Choice Requires="new"><w:t>无</w:t></mc:Choice></mc:AlternateContent>'
    body = p(f"<w:r><w:t>甲</w:t>{several}{nothing}{several}<w:t>丁</w:t></w:r>")
    assert [text(q) for q in paragraphs(body)] == ["甲乙丙乙丙丁"]


def test_what_xml_puts_between_words_hides_none_of_them() -> None:
    (found,) = paragraphs("<w:p><w:r><w:t>甲<!-- 注 -->乙<?x y?>丙<![CDATA[<丁>]]></w:t></w:r></w:p>")
    assert text(found) == "甲乙丙<丁>"


def test_elements_inside_words_are_told() -> None:
    whole = picture("<w:p><w:r><w:t>甲<w:r><w:t>乙</w:t></w:r></w:t></w:r></w:p>")
    assert whole.unknown == ("w:r",)
