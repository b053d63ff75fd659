import pytest

from tests.picture.making import A, dele, field, ins, p, paragraphs, picture, r, text


def runs(body: str) -> list[tuple[str, str, str]]:
    (paragraph,) = paragraphs(body)
    return [(run.text, run.field, run.result) for run in paragraph.runs]


def test_a_computed_result_is_one_object_with_its_instruction() -> None:
    body = p(r("见第"), field(' REF  _pf_1  \\r \\h "x"  ', r("三") + r("章", "<w:b/>")), r("。"))
    assert runs(body) == [("见第", "", ""), ("\ufffc", 'REF _pf_1 \\r \\h "x"', "三章"), ("。", "", "")]


def test_a_simple_field_is_one_too() -> None:
    assert runs(p(f'<w:fldSimple w:instr=" SEQ 表 ">{r("1")}</w:fldSimple>')) == [("\ufffc", "SEQ 表", "1")]


def test_an_instruction_in_several_runs_is_joined() -> None:
    body = p(field("PA</w:instrText></w:r><w:r><w:instrText>GE", r("3")))
    assert runs(body) == [("\ufffc", "PAGE", "3")]


def test_a_field_without_a_result_is_an_object_and_an_index_mark_is_nothing() -> None:
    bare = '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>{}</w:instrText><w:fldChar w:fldCharType="end"/></w:r>'
    assert runs(p(bare.format("PAGE"))) == [("\ufffc", "PAGE", "")]
    assert runs(p(r("词"), bare.format("XE 词"))) == [("词", "", "")]


def test_fields_nest_in_results_and_in_instructions() -> None:
    nested = field(
        "IF " + "</w:instrText></w:r>" + field("PAGE", r("2")) + "<w:r><w:instrText>= 2 甲", r("甲")
    )
    assert runs(p(nested)) == [("\ufffc", "IF = 2 甲", "甲")]
    assert runs(p(field("STYLEREF", r("第") + field("PAGE", r("2"))))) == [("\ufffc", "STYLEREF", "第2")]


def test_a_deleted_field_is_a_deleted_object() -> None:
    body = p(r("见"), f"<w:del {A}>{field('REF a', r('三')).replace('instrText', 'delInstrText')}</w:del>")
    run = paragraphs(body)[0].runs[1]
    assert (run.text, run.field, run.revisions[0].author) == ("\ufffc", "REF a", "王")


def test_a_result_that_was_edited_shows_what_is_accepted() -> None:
    assert runs(p(field("REF a", dele("三") + ins("四")))) == [("\ufffc", "REF a", "四")]


@pytest.mark.parametrize("code", ["HYPERLINK x", "ADDIN x", "FORMTEXT"])
def test_readable_results_stay_text(code: str) -> None:
    assert runs(p(r("见"), field(code, r("网站")))) == [("见网站", "", "")]


def test_a_field_that_nobody_ends_hides_nothing() -> None:
    body = p(field("PAGE", r("甲")).replace('w:fldCharType="end"', 'w:fldCharType="none"'), r("乙")) + p(
        r("丙")
    )
    assert [text(q) for q in paragraphs(body)] == ["甲乙", "丙"]


def test_a_field_over_paragraphs_keeps_its_text() -> None:
    whole = field("INCLUDETEXT x", r("甲") + "</w:p><w:p>" + r("乙"))
    assert [text(q) for q in paragraphs(p(whole))] == ["甲", "乙"]
    assert [text(q) for q in paragraphs(p(whole.replace("INCLUDETEXT", "IF")))] == ["甲", "乙"]


def test_an_end_without_a_begin_is_nothing() -> None:
    assert runs(
        p('<w:r><w:fldChar w:fldCharType="end"/><w:fldChar w:fldCharType="separate"/></w:r>', r("甲"))
    ) == [("甲", "", "")]


def test_paragraphs_of_a_contents_field_are_marked_and_readable() -> None:
    entry = r("第一章") + "<w:r><w:tab/></w:r>" + field("PAGEREF a", r("1"))
    toc = field("TOC \\o", f"<w:hyperlink>{entry}</w:hyperlink></w:p><w:p>{entry}</w:p><w:p>")
    found = picture(p(r("目录")) + p(toc) + p(r("正文"))).paragraphs
    assert [(text(q), q.toc) for q in found] == [
        ("目录", False),
        ("第一章\t\ufffc", True),
        ("第一章\t\ufffc", True),
        ("", True),
        ("正文", False),
    ]


def test_text_behind_the_end_of_the_contents_is_not_contents() -> None:
    found = paragraphs(p(field("TOC", r("第一章") + "</w:p><w:p>"), r("正文")))
    assert [(text(q), q.toc) for q in found] == [("第一章", True), ("正文", False)]


def test_contents_that_nobody_ends_swallow_no_body() -> None:
    toc = field("TOC", r("第一章")).replace('w:fldCharType="end"', 'w:fldCharType="none"')
    assert [q.toc for q in paragraphs(p(toc) + p(r("正文")))] == [False, False]


def test_the_tab_that_libreoffice_puts_into_a_page_reference_is_outside_it() -> None:
    assert runs(p(field("PAGEREF a", "<w:r><w:tab/><w:t>7</w:t></w:r>"))) == [
        ("\t", "", ""),
        ("\ufffc", "PAGEREF a", "7"),
    ]
