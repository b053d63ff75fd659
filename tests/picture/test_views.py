from dataclasses import replace

import pytest

from drafter.picture.model import Position, View
from drafter.picture.views import view
from tests.picture.making import A, B, dele, ins, p, picture, r, table, tr, views

INS, DEL = f"<w:ins {A}/>", f"<w:del {B}/>"
FROM, TO = f"<w:moveFrom {A}/>", f"<w:moveTo {A}/>"


@pytest.mark.parametrize(
    ("body", "original", "accepted"),
    [
        # words
        (p(r("共"), ins("新"), dele("旧"), r("床")), ["共旧床"], ["共新床"]),
        (p(f"<w:ins {A}>{r('甲')}{dele('乙')}</w:ins>", r("丙")), ["丙"], ["甲丙"]),
        (p(f"<w:moveFrom {A}>{r('甲')}</w:moveFrom>", r("乙"), f"<w:moveTo {A}>{r('甲')}</w:moveTo>"), ["甲乙"], ["乙甲"]),
        # a paragraph split, merged, inserted, deleted
        (p(r("甲"), mark=INS) + p(r("乙")), ["甲乙"], ["甲", "乙"]),
        (p(r("甲"), mark=DEL) + p(r("乙")), ["甲", "乙"], ["甲乙"]),
        (p(r("甲"), mark=DEL) + p(r("乙"), mark=DEL) + p(r("丙")), ["甲", "乙", "丙"], ["甲乙丙"]),
        (p(r("甲")) + p(ins("新"), mark=INS) + p(r("乙")), ["甲", "乙"], ["甲", "新", "乙"]),
        (p(r("甲")) + p(dele("旧"), mark=DEL) + p(r("乙")), ["甲", "旧", "乙"], ["甲", "乙"]),
        (p(r("甲"), mark=INS) + p(ins("新")), ["甲"], ["甲", "新"]),
        (p(r("甲"), mark=INS + DEL) + p(r("乙")), ["甲乙"], ["甲乙"]),
        (p(r("甲"), dele("末"), mark=DEL) + p(dele("中"), mark=DEL) + p(dele("首"), r("乙")), ["甲末", "中", "首乙"], ["甲乙"]),
        # a paragraph moved
        (
            p(f"<w:moveFrom {A}>{r('甲')}</w:moveFrom>", mark=FROM) + p(r("乙")) + p(f"<w:moveTo {A}>{r('甲')}</w:moveTo>", mark=TO)
            + p(r("丙")),
            ["甲", "乙", "丙"],
            ["乙", "甲", "丙"],
        ),
        # the end of the text, and before a table
        (p(r("甲")) + p(dele("末"), mark=DEL), ["甲", "末"], ["甲"]),
        (p(r("甲"), mark=DEL) + table(tr(p(r("乙")))), ["甲", "乙"], ["甲", "乙"]),
        (p(dele("甲"), mark=DEL) + table(tr(p(r("乙")))), ["甲", "乙"], ["乙"]),
        # rows, tables and cells
        (table(tr(p(r("甲"))), tr(p(ins("新")), change=INS)), ["甲"], ["甲", "新"]),
        (table(tr(p(r("甲"))), tr(p(dele("旧")), change=DEL)), ["甲", "旧"], ["甲"]),
        (p(r("甲"), mark=INS) + table(tr(p(), change=INS)) + p(r("乙")), ["甲乙"], ["甲", "", "乙"]),
        (table(tr(p(r("甲"), mark=DEL) + p(r("乙")), p(r("丙")))), ["甲", "乙", "丙"], ["甲乙", "丙"]),
        (table(tr(p(dele("甲"), mark=DEL), p(r("乙")))), ["甲", "乙"], ["", "乙"]),
        (table(tr(p(dele("甲"), mark=DEL) + p(dele("乙"), mark=DEL), p())), ["甲", "乙", ""], ["", ""]),
        (table(tr(p(r("甲")) + p(dele("乙"), mark=DEL), p())), ["甲", "乙", ""], ["甲", ""]),
        (table(tr(p(dele("甲"), mark=DEL) + table(tr(p(r("内")))) + p(r("乙")))), ["甲", "内", "乙"], ["内", "乙"]),
        (table(tr(p(r("甲"))), tr(table(tr(p(r("内")))) + p(), change=DEL)), ["甲", "内", ""], ["甲"]),
    ],
)  # fmt: skip
def test_three_ways_to_read(body: str, original: list[str], accepted: list[str]) -> None:
    assert views(body) == (original, accepted)


def test_a_deleted_column_takes_its_cells() -> None:
    row = f"<w:tr><w:tc><w:tcPr><w:cellDel {B}/></w:tcPr>{p(r('旧'))}</w:tc><w:tc>{p(r('甲'))}</w:tc></w:tr>"
    assert views(table(row)) == (["旧", "甲"], ["甲"])


def test_a_note_goes_with_its_mark() -> None:
    footnotes = f'<w:footnote w:id="5">{p(r("注一"))}{p(r("注二"))}</w:footnote>'
    body = p(r("甲"), f'<w:del {B}><w:r><w:footnoteReference w:id="5"/></w:r></w:del>')
    assert views(body, footnotes=footnotes) == (["甲\ufffc", "注一", "注二"], ["甲"])


def test_joined_paragraphs_take_the_look_of_the_last_and_the_names_of_all() -> None:
    a = p(
        '<w:bookmarkStart w:id="1" w:name="_pf_1"/>',
        r("甲"),
        '<w:bookmarkEnd w:id="1"/>',
        mark=DEL,
        style="a",
    )
    b = p('<w:bookmarkStart w:id="2" w:name="_pf_2"/>', r("乙"), '<w:bookmarkEnd w:id="2"/>', style="b")
    (joined,) = view(picture(a + b), View.ACCEPTED)
    assert (joined.style, joined.bookmarks, joined.paragraphs) == ("b", ("_pf_1", "_pf_2"), (0, 1))


def test_a_paragraph_wholly_deleted_takes_its_name_along() -> None:
    a = p('<w:bookmarkStart w:id="1" w:name="_pf_1"/>', dele("甲"), mark=DEL)
    b = p('<w:bookmarkStart w:id="2" w:name="_pf_2"/>', r("乙"))
    (left,) = view(picture(a + b), View.ACCEPTED)
    assert (left.bookmarks, left.paragraphs) == (("_pf_2",), (1,))


def test_an_empty_paragraph_split_off_in_front_gives_its_name_back() -> None:
    a = p('<w:bookmarkStart w:id="1" w:name="_pf_1"/>', mark=INS)
    b = p(r("甲"), '<w:bookmarkEnd w:id="1"/>')
    (whole,) = view(picture(a + b), View.ORIGINAL)
    assert (whole.text, whole.bookmarks, whole.open) == ("甲", ("_pf_1",), ())


def test_stretches_lead_back_to_the_picture() -> None:
    body = p(r("甲"), dele("乙乙"), r("丙"), mark=DEL) + p(ins("丁"), r("戊"))
    (joined,) = view(picture(body), View.ACCEPTED)
    assert joined.text == "甲丙丁戊"
    assert [(s.start, s.end, s.at, s.run.text) for s in joined.stretches] == [
        (0, 1, Position(0, 0), "甲"),
        (1, 2, Position(0, 3), "丙"),
        (2, 3, Position(1, 0), "丁"),
        (3, 4, Position(1, 1), "戊"),
    ]


def test_the_whole_view_joins_nothing() -> None:
    body = p(r("甲"), dele("乙"), mark=DEL) + table(tr(p(ins("丙")), change=DEL))
    assert [v.text for v in view(picture(body), View.ALL)] == ["甲乙", "丙"]


def test_a_name_begun_twice_in_a_paragraph_is_said_once_in_a_view() -> None:
    names = '<w:bookmarkStart w:id="1" w:name="a"/><w:bookmarkStart w:id="2" w:name="b"/><w:bookmarkStart w:id="3" w:name="a"/>'
    assert view(picture(p(names)), View.ALL)[0].bookmarks == ("a", "b")


def test_names_open_around_joined_paragraphs_are_those_that_none_of_them_begins() -> None:
    def named(id_: int, words: str, mark: str) -> str:
        return p(f'<w:bookmarkStart w:id="{id_}" w:name="n{id_}"/>', r(words), mark=mark)

    ends = "".join(f'<w:bookmarkEnd w:id="{id_}"/>' for id_ in (1, 2, 3))
    body = named(1, "甲", "") + named(2, "乙", DEL) + named(3, "丙", "") + ends
    joined = view(picture(body), View.ACCEPTED)[1]
    assert (joined.text, joined.bookmarks, joined.open) == ("乙丙", ("n2", "n3"), ("n1",))


def test_nothing_is_nothing_in_every_view() -> None:
    nothing = replace(picture(p(r("甲"))), paragraphs=())
    assert [view(nothing, kind) for kind in View] == [(), (), ()]
