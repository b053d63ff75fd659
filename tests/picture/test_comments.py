import gc

import pytest

from drafter.picture import read
from drafter.picture.model import Comment, Position
from drafter.picture.story import Walk
from tests.picture.making import docx, field, ins, p, picture, r, with_part


def opened(number: int = 0) -> str:
    return f'<w:commentRangeStart w:id="{number}"/>'


def closed(number: int = 0) -> str:
    return f'<w:commentRangeEnd w:id="{number}"/>'


def mark(number: int = 0) -> str:
    return f'<w:r><w:commentReference w:id="{number}"/></w:r>'


def said(
    number: int, *words: str, who: str = 'w:author="王" w:date="2026-03-01T09:00:00Z"', key: str = ""
) -> str:
    inner = "".join(
        f'<w:p w14:paraId="{key}{i}"><w:r><w:annotationRef/></w:r>{r(word)}</w:p>'
        for i, word in enumerate(words)
    )
    return f'<w:comment w:id="{number}" {who}>{inner}</w:comment>'


def comments(body: str, parts: str, extended: str = "") -> tuple[Comment, ...]:
    hanging = {"commentsExtended": f"<w15:commentsEx>{extended}</w15:commentsEx>"} if extended else {}
    return picture(body, comments=parts, **hanging).comments


def ends(comment: Comment) -> tuple[tuple[int, int], tuple[int, int]] | None:
    if comment.start is None or comment.end is None:
        return None
    return (comment.start.paragraph, comment.start.offset), (comment.end.paragraph, comment.end.offset)


def test_a_comment_has_words_author_date_and_range() -> None:
    (comment,) = comments(
        p(r("共"), opened(), r("120"), closed(), mark(), r("张")), said(0, "与上文不一致", "请核")
    )
    assert comment == Comment(
        "0", "王", "2026-03-01T09:00:00Z", "与上文不一致\n请核", Position(0, 1), Position(0, 4)
    )


@pytest.mark.parametrize(
    ("body", "range_"),
    [
        (p(r("甲乙"), opened()) + p(r("丙"), closed(), mark()), ((0, 2), (1, 1))),
        (p(r("甲乙"), mark(), r("丙")), ((0, 2), (0, 2))),
        (p(r("甲"), opened(), r("乙"), mark()), ((0, 1), (0, 2))),
        (p(r("甲"), opened(), r("乙")), ((0, 1), (0, 1))),
        (p(r("甲")) + opened() + p(r("乙")) + closed() + p(mark()), ((1, 0), (1, 1))),
        (opened() + closed() + p(r("甲"), mark()), ((0, 0), (0, 0))),
        (p(r("甲"), closed(), r("乙"), opened(), mark()), ((0, 1), (0, 2))),
        (p(r("甲")), None),
        (p(ins("甲"), opened(), r("乙"), closed(), mark()), ((0, 1), (0, 2))),
        (
            p(r("见"), field("REF a", r("第") + opened() + r("三") + closed() + mark()), r("章")),
            ((0, 1), (0, 2)),
        ),
        (p(opened(), field("REF a", r("第三")), r("章"), closed(), mark()), ((0, 0), (0, 2))),
    ],
)
def test_where_a_comment_stands(body: str, range_: object) -> None:
    assert ends(comments(body, said(0, "？"))[0]) == range_


def test_ranges_may_overlap() -> None:
    body = p(opened(0), r("甲"), opened(1), r("乙"), closed(0), mark(0), r("丙"), closed(1), mark(1))
    assert [ends(c) for c in comments(body, said(0, "一") + said(1, "二"))] == [
        ((0, 0), (0, 2)),
        ((0, 1), (0, 3)),
    ]


def test_author_and_date_may_be_absent_or_nonsense() -> None:
    (a, b) = comments(p(), said(0, "一", who="") + said(1, "二", who='w:date="0-00-00T00:00:00Z"'))
    assert (a.author, a.date, b.date) == ("", "", "0-00-00T00:00:00Z")


def test_threads_hang_on_the_last_paragraph_and_answers_share_state_and_range() -> None:
    body = p(opened(0), r("甲"), closed(0), mark(0))
    parts = said(0, "一", "二", key="A") + said(1, "答", key="B")
    extended = (
        '<w15:commentEx w15:paraId="A1" w15:done="1"/><w15:commentEx w15:paraId="B0" w15:paraIdParent="A1"/>'
    )
    first, answer = comments(body, parts, extended)
    assert (first.parent, first.resolved) == ("", True)
    assert (answer.parent, answer.resolved, ends(answer)) == ("0", True, ((0, 0), (0, 1)))


def test_a_parent_needs_no_entry_of_its_own() -> None:
    extended = '<w15:commentEx w15:paraId="B0" w15:paraIdParent="A0" w15:done="0"/>'
    first, answer = comments(p(), said(0, "一", key="A") + said(1, "答", key="B"), extended)
    assert (first.parent, answer.parent, answer.resolved) == ("", "0", False)


def test_a_comment_that_answers_itself_is_no_answer() -> None:
    extended = '<w15:commentEx w15:paraId="A0" w15:paraIdParent="A0"/>'
    assert comments(p(), said(0, "一", key="A"), extended)[0].parent == ""


def test_the_words_of_a_comment_are_read_with_its_changes_accepted() -> None:
    inner = f'<w:comment w:id="0"><w:p>{ins("新")}<w:del w:id="9"><w:r><w:delText>旧</w:delText></w:r></w:del></w:p></w:comment>'
    assert comments(p(), inner)[0].text == "新"


# -- threads that LibreOffice 7 lost ------------------------------------------------------------------------------------

LIBRE = "LibreOffice/7.4.7.2$Linux_X86_64"
DATES = ["2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z", "2026-03-02T09:00:00Z"]


def flat(body: str, dates: list[str], application: str = LIBRE, extended: str = "") -> list[str]:
    """The parents of comments in a file of this program."""
    parts = "".join(
        said(number, "话", who=f'w:author="王" w:date="{date}"', key="ABC"[number])
        for number, date in enumerate(dates)
    )
    hanging = {"commentsExtended": f"<w15:commentsEx>{extended}</w15:commentsEx>"} if extended else {}
    data = with_part(
        docx(body, comments=parts, **hanging),
        "docProps/app.xml",
        f'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>{application}</Application></Properties>',
    )
    value = read(data, "稿.docx").value
    assert value is not None
    return [comment.parent for comment in value.comments]


SAME = p(opened(0), opened(1), opened(2), r("甲"), closed(0), closed(1), closed(2), mark(0), mark(1), mark(2))


def test_of_a_file_by_libreoffice_7_comments_of_one_range_are_one_thread() -> None:
    assert flat(SAME, DATES) == ["", "0", "0"]


@pytest.mark.parametrize(
    ("application", "extended"),
    [
        ("Microsoft Office Word", ""),
        ("LibreOffice/25.2.3.2$Linux", ""),
        (LIBRE, '<w15:commentEx w15:paraId="C0" w15:paraIdParent="B0"/>'),
    ],
)
def test_in_other_files_two_comments_on_the_same_words_stay_two(application: str, extended: str) -> None:
    assert flat(SAME, DATES, application, extended)[:2] == ["", ""]


def test_an_older_comment_is_no_answer_and_one_without_a_date_stands_alone() -> None:
    assert flat(SAME, [DATES[2], DATES[0], DATES[2]]) == ["", "", "0"]
    assert flat(SAME, [DATES[0], "0-00-00T00:00:00Z", DATES[2]]) == ["", "", "0"]


def test_another_range_is_another_thread() -> None:
    body = p(
        opened(0),
        opened(1),
        r("甲"),
        closed(0),
        mark(0),
        r("乙"),
        closed(1),
        mark(1),
        opened(2),
        r("丙"),
        closed(2),
        mark(2),
    )
    assert flat(body, DATES) == ["", "", ""]


def test_comments_of_one_id_are_each_counted() -> None:
    found = comments(p(opened(), r("甲"), closed(), mark()), said(0, "一") + said(0, "二"))
    assert [(each.id, each.text, ends(each)) for each in found] == [
        ("0", "一", ((0, 0), (0, 1))),
        ("0~2", "二", ((0, 0), (0, 1))),
    ]


def test_what_read_a_file_is_gone_once_it_is_read() -> None:
    gc.collect()
    gc.disable()
    try:
        assert comments(p(opened(), r("甲"), closed(), mark()), said(0, "请核"))
        assert [each for each in gc.get_objects() if isinstance(each, Walk)] == []
    finally:
        gc.enable()
