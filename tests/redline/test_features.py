"""What Word files hold besides plain words, each in a pair small enough to read."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree

from drafter.ooxml.normal import Element
from drafter.ooxml.package import (
    INDEX,
    content_types,
    content_types_part,
    relations,
    relations_name,
    relations_part,
    unzipped,
    zipped,
)
from drafter.ooxml.xml import w
from drafter.redline import redline
from drafter.redline.resolve import Revisions
from drafter.source.issues import Issue
from tests.redline.making import SETTINGS, STYLES, compared, faults, field, note, p, r, table, tc, word
from tests.redline.saying import said
from tests.word.audit import audited
from tests.word.pictures import png

CENTRED, WIDE = '<w:vAlign w:val="center"/>', '<w:gridSpan w:val="2"/>'
TALL = '<w:vMerge w:val="restart"/>'
NUMBERING = (
    '<w:abstractNum w:abstractNumId="{0}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="{1}"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
)


def in_list(words: str, number: int) -> str:
    return p(words, mark=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')


def num(number: int, abstract: int) -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/></w:num>'


def picture(id: str, number: int = 1) -> str:
    wp = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    pic = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{wp}"><wp:extent cx="9525" cy="9525"/><wp:docPr id="{number}" name="图"/>'
        f'<a:graphic xmlns:a="{a}"><a:graphicData uri="{pic}"><pic:pic xmlns:pic="{pic}">'
        f'<pic:nvPicPr><pic:cNvPr id="0" name="图"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{id}"/>'
        '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9525" cy="9525"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def body(data: bytes, part: str = "word/document.xml") -> Element:
    with ZipFile(BytesIO(data)) as archive:
        return etree.fromstring(archive.read(part))


def count(data: bytes, *tags: str, part: str = "word/document.xml") -> list[int]:
    root = body(data, part)
    return [sum(1 for _ in root.iter(w(tag))) for tag in tags]


def bare(data: bytes) -> bytes:
    """The file without its styles."""
    parts = {name: part for name, part in unzipped(data).items() if name != "word/styles.xml"}
    main = "word/document.xml"
    kept = [each for each in relations(parts, main) if each.target != "styles.xml"]
    parts[relations_name(main)] = relations_part(kept)
    types = {name: type for name, type in content_types(parts).items() if name != "/word/styles.xml"}
    return zipped({**parts, INDEX: content_types_part(types)})


def issues(old: bytes, new: bytes) -> tuple[Issue, ...]:
    return redline(old, new, SETTINGS).issues


PAIRS = {
    "format": (f"<w:p>{r('养老')}{r('服务')}</w:p>", f"<w:p>{r('养老')}{r('服务', '<w:b/>')}</w:p>"),
    "paragraph format": (p("甲"), p("甲", mark='<w:jc w:val="center"/>')),
    "style": (p("第一章"), p("第一章", "1")),
    "looks of the mark": (p("甲"), p("甲", mark="<w:rPr><w:b/></w:rPr>")),
    "section": (p("甲", mark='<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>') + p("乙"),
                p("甲", mark='<w:sectPr><w:pgSz w:w="16838" w:h="11906"/></w:sectPr>') + p("乙")),
    "section gone": (p("甲", mark='<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>') + p("乙"), p("甲") + p("乙")),
    "line break and tab": (f"<w:p>{r('甲')}<w:r><w:tab/></w:r>{r('乙')}</w:p>", f"<w:p>{r('甲')}<w:r><w:br/></w:r>{r('乙')}</w:p>"),
    "field": (f"<w:p>{r('表')}{field('SEQ 表', '1')}</w:p>", f"<w:p>{r('表')}{field('SEQ 图', '1')}</w:p>"),
    "simple field": (f'<w:p>{r("第")}<w:fldSimple w:instr=" PAGE ">{r("1")}</w:fldSimple>{r("页")}</w:p>', p("第页")),
    "formula": (f"<w:p>{r('式')}<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></w:p>",
                f"<w:p>{r('式')}<m:oMath><m:r><m:t>y</m:t></m:r></m:oMath></w:p>"),
    "control": (f'<w:p>{r("甲")}</w:p>', f'<w:p><w:sdt><w:sdtPr><w:id w:val="5"/></w:sdtPr><w:sdtContent>{r("甲")}</w:sdtContent></w:sdt></w:p>'),
    "control around blocks": (p("甲") + p("乙"),
                              p("甲") + f'<w:sdt><w:sdtPr><w:id w:val="5"/></w:sdtPr><w:sdtContent>{p("丙")}</w:sdtContent></w:sdt>' + p("乙")),
    "words in a control": (f'<w:sdt><w:sdtPr><w:id w:val="5"/></w:sdtPr><w:sdtContent>{p("丙丁戊己")}</w:sdtContent></w:sdt>' + p(),
                           f'<w:sdt><w:sdtPr><w:id w:val="9"/></w:sdtPr><w:sdtContent>{p("丙丁戊庚")}</w:sdtContent></w:sdt>' + p()),
    "cell looks": (table(f'<w:tr>{tc("甲")}</w:tr>') + p(), table(f"<w:tr>{tc('甲', CENTRED)}</w:tr>") + p()),
    "widths": (table("一|二", widths="1000 2000") + p(), table("一|二", widths="1500 1500") + p()),
    "merged cells": (table("一|二", "三|四", columns=2) + p(),
                     table(f"<w:tr>{tc('一二', WIDE)}</w:tr>", "三|四", columns=2) + p()),
    "rows merged": (table(f"<w:tr>{tc('甲')}{tc('一')}</w:tr>", f"<w:tr>{tc('乙')}{tc('二')}</w:tr>", columns=2) + p(),
                    table(f"<w:tr>{tc('甲', TALL)}{tc('一')}</w:tr>",
                          f"<w:tr>{tc('<w:p/>', '<w:vMerge/>')}{tc('二')}</w:tr>", columns=2) + p()),
    "table in a cell": (table(f"<w:tr>{tc(table('内|里') + p())}</w:tr>", columns=1) + p(),
                        table(f"<w:tr>{tc(table('内|外') + p())}</w:tr>", columns=1) + p()),
    "other columns": (p("甲") + table("一|二"), p("甲") + table("一|二|三") + p()),
    "table at the end": (p("甲"), p("甲") + table("一|二")),
    "numbered row": (table("云山县|1,200|23%", "海滨区|800|31%") + p(), table("云山县|4,567|88%", "海滨区|800|31%") + p()),
}  # fmt: skip


@pytest.mark.parametrize("name", PAIRS)
def test_each_is_exact_both_ways_and_clean(name: str) -> None:
    old, new = map(word, PAIRS[name])
    made = compared(old, new)
    back = compared(new, old)
    assert faults(made.data, old, new) + faults(back.data, old, new) == []
    assert set(audited(made.data)) <= set(audited(old)) | set(audited(new))
    assert not made.same


def test_a_format_is_a_change_of_properties_and_no_deletion() -> None:
    old, new = map(word, PAIRS["format"])
    assert count(compared(old, new).data, "rPrChange", "ins", "del") == [1, 0, 0]


def test_a_moved_paragraph_is_deleted_and_inserted() -> None:
    first, second, third = p("养老服务设施建设任务"), p("社会救助兜底保障制度更加健全完善"), p("儿童福利")
    made = compared(word(first + second + third), word(second + first + third))
    assert count(made.data, "moveFrom", "moveTo") == [0, 0]
    assert {change.old for change in made.changes} == {"养老服务设施建设任务", ""}


def test_what_a_field_computes_is_no_change() -> None:
    old, new = (word(f"<w:p>{r('表')}{field('SEQ 表', number)}</w:p>") for number in "34")
    assert compared(old, new).same


def test_contents_are_taken_from_the_new_file() -> None:
    def contents(*lines: str) -> str:
        begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC </w:instrText></w:r>'
        begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        end = '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        return f"<w:p>{begin}{r(lines[0])}</w:p>" + "".join(map(p, lines[1:])) + end

    old = word(contents("第一章", "第二章") + p("正文"))
    new = word(contents("第一章", "第一章半", "第二章") + p("正文改"))
    made = compared(old, new)
    assert [(change.old, change.new) for change in made.changes] == [("正文", "正文改")]
    assert faults(made.data, word(p())) == []


def test_only_the_note_that_went_goes() -> None:
    old = word(
        f"<w:p>{r('甲')}{note(1)}{r('乙')}{note(2)}</w:p>", {1: p("旧注", "a3"), 2: p("留下的注", "a3")}
    )
    new = word(f"<w:p>{r('甲')}{r('乙')}{note(1)}</w:p>", {1: p("留下的注", "a3")})
    made = compared(old, new)
    assert count(made.data, "ins", "del", part="word/footnotes.xml") == [0, 1]
    assert set(audited(made.data)) <= set(audited(old)) | set(audited(new))


def test_notes_come_along_where_the_new_file_has_none() -> None:
    old, new = word(f"<w:p>{r('甲')}{note(1)}</w:p>", {1: p("旧注", "a3")}), word(p("甲"))
    made = compared(old, new)
    assert faults(made.data, word(p())) == []
    assert set(audited(made.data)) <= set(audited(old)) | set(audited(new))


def test_a_style_is_known_by_its_name_and_brought_where_it_is_missing() -> None:
    other = STYLES.replace('w:styleId="1"', 'w:styleId="10"').replace('w:styleId="a3"', 'w:styleId="1"')
    old = word(p("第一章", "10") + p("只在旧文件里的样式", "old"), styles=other + (
        '<w:style w:type="paragraph" w:styleId="old"><w:name w:val="旧样式"/><w:basedOn w:val="a"/></w:style>'))  # fmt: skip
    new = word(p("第一章", "1") + p("完"))
    made = compared(old, new)
    assert [change.old for change in made.changes if "第一章" in change.old] == []
    assert faults(made.data, word(p())) == []


def test_a_style_that_is_defined_otherwise_is_said() -> None:
    bold = STYLES.replace('<w:name w:val="heading 1"/>', '<w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr>')
    bold = bold.replace(
        '<w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr><w:basedOn w:val="a"/>',
        '<w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:rPr><w:b/></w:rPr>',
    )
    found = issues(word(p("第一章", "1"), styles=bold), word(p("第一章", "1")))
    assert [(issue.code, issue.facts) for issue in found if issue.code == "redline.styles"] == [
        ("redline.styles", {"styles": "heading 1"})
    ]


def test_a_list_of_the_old_file_comes_along_and_the_same_list_is_the_same() -> None:
    old = word(
        in_list("第一项", 1) + in_list("旧的列表", 2),
        numbering=NUMBERING.format(0, "decimal") + NUMBERING.format(1, "upperLetter") + num(1, 0) + num(2, 1),
    )
    new = word(in_list("第一项", 7) + p("完"), numbering=NUMBERING.format(4, "decimal") + num(7, 4))
    made = compared(old, new)
    assert [change.old for change in made.changes if "第一项" in change.old] == []
    assert faults(made.data, word(p())) == []
    without = compared(old, word(p("完")))
    assert faults(without.data, word(p())) == []


def test_pictures_and_links_of_what_was_deleted_come_along_and_the_same_picture_is_the_same() -> None:
    link = f'<w:hyperlink r:id="a">{r("网址")}</w:hyperlink>'
    old = word(
        f"<w:p>{r('图')}{picture('p1')}</w:p><w:p>{r('旧图')}{picture('p2', 2)}</w:p><w:p>{link}</w:p>{p('完')}",
        pictures={"p1": png(3, 3), "p2": png(5, 5)},
        links={"a": "https://example.org/"},
    )
    new = word(f"<w:p>{r('图')}{picture('p9', 2)}</w:p>{p('完')}", pictures={"p9": png(3, 3)})
    made = compared(old, new)
    assert len(made.changes) == 2
    assert faults(made.data, old, new) == []
    with ZipFile(BytesIO(made.data)) as archive:
        assert len([name for name in archive.namelist() if name.startswith("word/media/")]) == 2


def test_headers_of_both_files_are_woven_and_one_of_the_old_file_alone_is_said() -> None:
    old, new = (word(p("甲"), header=p(f"征求意见稿第{number}稿")) for number in "一二")
    made = compared(old, new)
    assert count(made.data, "ins", "del", part="word/header.xml") == [1, 1]
    assert [issue.code for issue in issues(old, word(p("甲")))] == ["redline.header"]


def test_comments_of_the_new_file_stay_and_those_of_the_old_one_are_said() -> None:
    marks = '<w:commentRangeStart w:id="0"/>{}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    comment = f'<w:comment w:id="0" w:author="王" w:date="2026-03-01T09:00:00Z" w:initials="王">{p("看一下")}</w:comment>'
    commented = word(f"<w:p>{marks.format(r('养老床位'))}</w:p>", comments=comment)
    plain = word(p("养老设施床位"))
    made = compared(plain, commented)
    assert count(made.data, "commentReference") == [1]
    assert [issue.code for issue in issues(commented, plain)] == ["redline.comments"]
    assert faults(compared(commented, plain).data, plain) == []


def test_bookmarks_of_both_files_are_there_once() -> None:
    def marked(words: str, *names: str) -> str:
        starts = "".join(f'<w:bookmarkStart w:id="{id}" w:name="{name}"/>' for id, name in enumerate(names))
        ends = "".join(f'<w:bookmarkEnd w:id="{id}"/>' for id in range(len(names)))
        return f"<w:p>{starts}{r(words)}{ends}</w:p>"

    made = compared(word(marked("养老床位", "甲", "旧")), word(marked("养老服务床位", "甲", "新")))
    names = [each.get(w("name")) for each in body(made.data).iter(w("bookmarkStart"))]
    assert sorted(map(str, names)) == ["新", "旧", "甲"]
    assert faults(made.data, word(p())) == []


def test_blocks_of_one_id_are_one_block_whatever_they_say() -> None:
    old, new = word(p("旧的说法") + p("养老床位")), word(p("养老床位") + p("全新的文字"))
    ids = ({0: "b1", 1: "b2"}, {0: "b3", 1: "b1"})
    value = redline(old, new, replace(SETTINGS, ids=ids)).value
    assert value is not None
    assert said(value.data, Revisions.ACCEPT) == said(new)
    assert said(value.data, Revisions.REJECT) == said(old)
    assert ("b1", "旧的说法", "全新的文字") in [(each.id, each.old, each.new) for each in value.changes]


def test_each_change_carries_its_reason_as_a_comment() -> None:
    rows = ("云山县|1,200", "海滨区|800")
    old = word(p("新增床位18,800张。") + p("不变") + table(*rows) + p("完"))
    new = word(p("新增床位19,000张。") + p("不变") + table(rows[0], "新城区|500", rows[1]) + p("完了"))
    settings = replace(
        SETTINGS, ids=({0: "b1"}, {0: "b1"}), reasons={"b1": "采纳市财政局意见"}, otherwise="文字修改"
    )
    value = redline(old, new, settings).value
    assert value is not None
    texts = [
        "".join(t.text or "" for t in each.iter(w("t"))) for each in body(value.data, "word/comments.xml")
    ]
    assert texts == ["采纳市财政局意见", "文字修改", "文字修改"]
    assert count(value.data, "commentRangeStart", "commentRangeEnd", "commentReference") == [3, 3, 3]
    assert said(value.data, Revisions.ACCEPT) == said(new)
    assert said(value.data, Revisions.REJECT) == said(old)
    assert faults(value.data, old) == []
    assert set(audited(value.data)) <= set(audited(old)) | set(audited(new))


def test_every_revision_has_its_own_number_the_author_and_the_date() -> None:
    old = word(p("甲乙丙丁", mark='<w:jc w:val="left"/>') + table("一|二", "三|四") + p("戊"))
    new = word(p("甲乙戊己") + table("一|二二", "三|四", "五|六") + p("己"))
    root = body(compared(old, new).data)
    marks = [each for each in root.iter() if each.get(w("author"))]
    assert {(each.get(w("author")), each.get(w("date"))) for each in marks} == {
        ("规划财务科", "2026-03-01T09:00:00Z")
    }
    assert len({each.get(w("id")) for each in marks}) == len(marks) > 5


@pytest.mark.parametrize(
    ("old", "new", "gone", "come"),
    [
        ("床位达到18,800张。", "床位达到19,200张。", "18,800张", "19,200张"),
        ("占比达到23.2%以上", "占比达到25.2%以上", "23.2%", "25.2%"),
        ("自2021年1月15日起施行", "自2021年1月18日起施行", "2021年1月15日", "2021年1月18日"),
        ("按照《养老规划》执行", "按照《养老服务规划》执行", "《养老规划》", "《养老服务规划》"),
        ("落实“十三五”规划", "落实“十四五”规划", "“十三五”", "“十四五”"),
        ("依照第十二条办理", "依照第十三条办理", "第十二条", "第十三条"),
        ("以town为单位", "以towns为单位", "town", "towns"),
    ],
)
def test_what_a_reader_takes_as_one_changes_as_one(old: str, new: str, gone: str, come: str) -> None:
    root = body(compared(word(p(old)), word(p(new))).data)
    assert ["".join(map(str, each.itertext())) for tag in ("del", "ins") for each in root.iter(w(tag))] == [
        gone,
        come,
    ]


def test_a_strict_file_and_one_from_another_program_are_compared() -> None:
    with ZipFile(BytesIO(word(p("甲乙丙丁")))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    space = "http://schemas.openxmlformats.org/{}/2006/{}"
    for kind, name in (("wordprocessingml", "main"), ("officeDocument", "relationships")):
        strict = f"http://purl.oclc.org/ooxml/{kind}/{name}".encode()
        parts = {
            part: data.replace(space.format(kind, name).encode(), strict) for part, data in parts.items()
        }
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    value = redline(buffer.getvalue(), word(p("甲乙丙戊")), SETTINGS).value
    assert value is not None
    assert [(change.old, change.new) for change in value.changes] == [("甲乙丙丁", "甲乙丙戊")]
    back = redline(word(p("甲乙丙戊")), buffer.getvalue(), SETTINGS).value
    assert back is not None
    assert said(back.data, Revisions.REJECT) == said(word(p("甲乙丙戊")))
    assert b"purl.oclc.org" not in b"".join(ZipFile(BytesIO(back.data)).read(name) for name in parts)


def test_a_file_without_a_last_section_is_one_that_says_nothing_of_it() -> None:
    with_it, without_it = word(p("一")), word(p("一"), section="")
    for old, new in ((with_it, without_it), (without_it, with_it)):
        made = redline(old, new, SETTINGS).value
        assert made is not None
        sections = [said(made.data, how)[0][-1] for how in (Revisions.REJECT, Revisions.ACCEPT)]
        nothing, whole = ("section", ""), said(with_it)[0][-1]
        assert sections == ([whole, nothing] if old == with_it else [nothing, whole])
        assert audited(made.data) == audited(with_it)


def test_styles_come_along_into_a_file_that_has_none() -> None:
    compared(word(p("标题", "1") + p("一")), bare(word(p("一"))))


def test_headers_and_notes_do_not_count_in_how_alike_the_text_is() -> None:
    old, new = (word(p("甲"), header=p(words * 200)) for words in ("旧", "新"))
    assert compared(old, new).alike == 1
