from drafter.picture.model import Change, Edge, Picture
from tests.picture.making import A, B, dele, docx, ends, field, ins, p, picture, r, section, table, text, tr

TITLE_PAGE = "<w:titlePg/>"
BOTH = "<w:evenAndOddHeaders/>"


def stories(whole: Picture) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for paragraph in whole.edges:
        found.setdefault(paragraph.story, []).append(text(paragraph))
    return found


def test_each_part_is_read_once_and_each_section_says_what_its_pages_show() -> None:
    body = (
        ends(section("header1:first", "footer1:default", inner=TITLE_PAGE))
        + p(r("文"))
        + ends(section("footer2:default", "footer1:even"))
    )
    whole = picture(body, header1=p(r("密级")), footer1=p(r("一")), footer2=p(r("二")), settings=BOTH)
    assert stories(whole) == {"header:1": ["密级"], "footer:2": ["一"], "footer:3": ["二"]}
    first, second, last = whole.sections
    assert first == (
        Edge("header", "first", "header:1"),
        Edge("header", "default", ""),
        Edge("header", "even", ""),
        Edge("footer", "first", ""),
        Edge("footer", "default", "footer:2"),
        Edge("footer", "even", ""),
    )
    assert second[-2:] == (Edge("footer", "default", "footer:3"), Edge("footer", "even", "footer:2"))
    # What a section does not say is as in the one before it; without a title page its first page shows what all do.
    assert last == second
    assert Edge("header", "first", "header:1", seen=False) in last


def test_without_the_setting_no_even_pages_are_told_apart() -> None:
    whole = picture(ends(section("header1:even")), header1=p(r("偶")))
    assert Edge("header", "even", "header:1", seen=False) in whole.sections[0]
    whole = picture(
        ends(section("header1:even")), header1=p(r("偶")), settings='<w:evenAndOddHeaders w:val="0"/>'
    )
    assert Edge("header", "even", "header:1", seen=False) in whole.sections[0]


def test_words_in_tables_and_boxes_of_a_header_belong_to_it() -> None:
    box = "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    inner = box.format(p(r("盒"), box.format(p(r("盒中盒")))))
    whole = picture(ends(section("header1:default")), header1=table(tr(p(r("格")))) + p(r("段"), inner))
    assert stories(whole) == {"header:1": ["格", "段\ufffc", "盒\ufffc", "盒中盒"]}


def test_changes_in_a_header_have_ids_of_their_own() -> None:
    whole = picture(
        p(ins("文", A)) + ends(section("header1:default", "footer1:default")),
        header1=p(ins("甲", A)),
        footer1=p(dele("乙", B), field("PAGE", r("1"))),
    )
    found = [each for paragraph in whole.edges for run in paragraph.runs for each in run.revisions]
    assert [(each.change, each.id) for each in found] == [(Change.INSERTED, "1~2"), (Change.DELETED, "2")]
    assert [run.field for run in whole.edges[1].runs] == ["", "PAGE"]


def test_a_header_that_is_not_there_or_cannot_be_read_is_no_obstacle() -> None:
    from drafter.picture import read

    assert picture(ends(section("header9:default"))).sections[0][0] == Edge("header", "default", "")
    broken = docx(ends(section("header1:default")), header1="<w:p>")
    outcome = read(broken, "稿")
    assert [issue.code for issue in outcome.issues] == ["ooxml.part-left-out"]
    assert outcome.value is not None
    assert outcome.value.edges == ()


def test_a_part_that_no_section_shows_is_not_read() -> None:
    assert picture(p(), header1=p(ins("甲"))).edges == ()
