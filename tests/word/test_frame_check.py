"""What is said of a frame before it is used: every fault at once, each with its paragraph; an office's own looks only as notes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drafter.ooxml.package import unzipped, zipped
from drafter.source.codes import Severity
from drafter.source.issues import Issue
from drafter.source.messages import LANGUAGES, hint, sentence
from drafter.word.frame import checked_frame
from drafter.word.frames import plan_frame
from drafter.word.writing import write
from drafter.workspace.profile import Profile
from tests.word.audit import audited
from tests.word.reading_back import W, found, paragraphs, part
from tests.word.trees import Plan

MAIN, STYLES, SETTINGS = "word/document.xml", "word/styles.xml", "word/settings.xml"
NEXT = "</w:t></w:r></w:p><w:p><w:r><w:t>"


def changed(*changes: tuple[str, str], name: str = MAIN) -> bytes:
    """The plan's frame with other words in one part."""
    parts = unzipped(plan_frame())
    xml = parts[name].decode()
    for old, new in changes:
        assert old in xml, old
        xml = xml.replace(old, new)
    return zipped({**parts, name: xml.encode()})


def issues(frame: bytes) -> tuple[Issue, ...]:
    return checked_frame(frame, "templates/plan.docx")[1]


def codes(frame: bytes) -> list[str]:
    return [issue.code for issue in issues(frame)]


def cover(text: str) -> bytes:
    """The frame with something else where the cover names the office."""
    return changed(("{{ 编制单位 }}", text))


def restyled(style: str, old: str, new: str) -> bytes:
    """The frame with a property of one style changed."""
    parts = unzipped(plan_frame())
    xml = parts[STYLES].decode()
    start = xml.index(f'w:styleId="{style}"')
    end = xml.index("</w:style>", start)
    assert old in xml[start:end]
    xml = xml[:start] + xml[start:end].replace(old, new) + xml[end:]
    return zipped({**parts, STYLES: xml.encode()})


def test_nothing_is_said_of_the_frame_of_the_program() -> None:
    assert issues(plan_frame()) == ()
    assert checked_frame(plan_frame(), "x")[2] == ()


# -- tags --------------------------------------------------------------------------------------------------------------


def test_every_unknown_tag_is_said_with_its_paragraph_and_the_nearest_known() -> None:
    found = issues(cover("由{{ 编制单 }}和{{ 电话 }}编"))
    assert [issue.code for issue in found] == ["frame.unknown-tag", "frame.unknown-tag"]
    assert [issue.facts["tag"] for issue in found] == ["编制单", "电话"]
    assert found[0].facts["nearest"] == "编制单位"
    assert {issue.place.excerpt for issue in found} == {"由{{ 编制单 }}和{{ 电话 }}编"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{ 名称", "frame.unclosed"),
        ("名称 }}", "frame.unclosed"),
        ("{{ 名称 }", "frame.unclosed"),
        ("｛｛ 名称 ｝｝", "frame.braces"),
        ("{{ 名称 ｝｝", "frame.braces"),
        ("｛名称｝", "frame.braces"),
        ("{名称}", "frame.braces"),
        ("｛% if 稿次 %｝", "frame.braces"),
        ("{{ }}", "frame.syntax"),
        ("{{ 名 称 }}", "frame.syntax"),
        ("{{r 名称 }}", "frame.syntax"),
        ("{{ 名称 | 没有 }}", "frame.filter"),
        ("{{ 名称.电话 }}", "frame.failed"),
        ("{{ 名称 + 1 }}", "frame.failed"),
        ("{{ 名称 / 2 }}", "frame.failed"),
        ("{{ 名称() }}", "frame.failed"),
        ("{% 如果 稿次 %}", "frame.statement"),
        ("{%p if 稿次 %}", "frame.block"),
        ("{%p if %}", "frame.syntax"),
        ("{%p endif %}", "frame.statement"),
        ("{%p if 电话 %}" + NEXT + "{%p endif %}", "frame.unknown-tag"),
    ],
)
def test_a_tag_that_is_wrong_is_said(text: str, code: str) -> None:
    assert codes(cover(text)) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "{{名称}}",
        "集合{甲}、｛乙｝",
        "{%p if 稿次 %}" + NEXT + "{{ 稿次 }}" + NEXT + "{%p endif %}",
        "{% for 字 in 名称 %}{{ 字 }}{% endfor %}",
        "{# 说明 #}",
        "{{ 名称|upper }}",
    ],
)
def test_what_docxtpl_understands_is_let_through(text: str) -> None:
    assert issues(cover(text)) == ()
    assert Plan().written(frame=cover(text)).value


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_jinja_shows(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAFTER_LANG", language)
    frame = cover("{{ 名 称 }}，{{ }}，{{ 名称 | 没有 }}" + NEXT + "{%p if 稿次 %}" + NEXT + "{{ 日期[ }}")
    said = [f"{sentence(issue)} {hint(issue)}" for issue in issues(frame)]
    assert len(said) == 5
    if language == "zh_CN":
        words = {word for text in said for word in text.split() if word.isascii() and word.isalpha()}
        assert words <= {"if", "endif", "p"}
    assert not [text for text in said if "expected token" in text or "statement'" in text]


def test_a_tag_that_word_has_split_is_checked_as_one() -> None:
    split = "{{ 编</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>制单 }}"
    assert [(issue.code, issue.facts["tag"]) for issue in issues(cover(split))] == [
        ("frame.unknown-tag", "编制单")
    ]


def test_tags_in_footers_and_text_boxes_are_checked_too() -> None:
    box = (
        '</w:t></w:r><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
        "<w:p><w:r><w:t>{{ 电话 }}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r><w:r><w:t>"
    )
    assert [issue.facts["tag"] for issue in issues(cover(box))] == ["电话"]
    footer = changed(("— </w:t>", "{{ 传真 }}— </w:t>"), name="word/footer1.xml")
    assert [issue.facts["tag"] for issue in issues(footer)] == ["传真"]


# -- slots -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ([("{{ 正文 }}", "此处")], "frame.no-slot"),
        ([("{{ 正文 }}", "正文：{{ 正文 }}")], "frame.slot-not-alone"),
        ([("{{ 正文 }}", "{{ 正文 }}{{ 名称 }}")], "frame.slot-not-alone"),
        ([("{{ 目录 }}", "{{ 目录 }}" + NEXT + "{{ 目录 }}")], "frame.two-slots"),
        ([("{{ 编制单位 }}", "{{ 正文 }}")], "frame.two-slots"),
        ([("{{ 编制单位 }}", "抄送{{ 版记 }}")], "frame.slot-not-alone"),
        ([("{{ 编制单位 }}", "{{ 附注 }}" + NEXT + "{{ 附注 }}")], "frame.two-slots"),
    ],
)
def test_a_slot_that_would_lose_words_is_refused(changes: list[tuple[str, str]], code: str) -> None:
    assert codes(changed(*changes)) == [code]


def test_a_slot_in_a_footer_is_refused() -> None:
    footer = changed(("— </w:t>", "{{ 目录 }}</w:t>"), name="word/footer1.xml")
    (issue,) = issues(footer)
    assert (issue.code, issue.facts["where"]) == ("frame.slot-place", "页脚")


def test_a_section_that_ends_in_the_paragraph_of_the_contents_is_kept() -> None:
    """As somebody leaves it who deletes the empty paragraph below the contents."""
    middle = (
        '{{ 目录 }}</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val="GwSub"/>',
        '{{ 目录 }}</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val="GwSub"/>',
    )
    assert middle[0] in unzipped(plan_frame())[MAIN].decode()
    xml = part(plan_frame())
    contents = next(each for each in xml.iter(f"{W}p") if "{{ 目录 }}" in "".join(each.itertext()))
    ending = contents.getnext()
    contents.find(f"{W}pPr").append(ending.find(f"{W}pPr/{W}sectPr"))
    ending.getparent().remove(ending)
    from lxml import etree

    plan = Plan()
    frame = zipped({**unzipped(plan_frame()), MAIN: etree.tostring(xml)})
    file = plan.written(plan.heading(1, "第一章", "甲"), frame=frame).value
    assert file
    assert len(found(file.data, "//w:sectPr")) == 3
    assert audited(file.data) == []


# -- pages -------------------------------------------------------------------------------------------------------------


def test_a_section_without_a_page_size_is_a_warning() -> None:
    frame = changed(('<w:pgSz w:w="11906" w:h="16838"/>', ""))
    assert {(issue.code, issue.severity) for issue in issues(frame)} == {
        ("frame.page-size", Severity.WARNING)
    }
    assert Plan().written(frame=frame).value


def test_even_pages_without_a_number_are_a_warning() -> None:
    frame = changed(('<w:footerReference w:type="even" r:id="rId5"/>', ""))
    assert codes(frame) == ["frame.even-footer"]


def test_changes_that_somebody_left_in_a_frame_are_a_warning() -> None:
    marked = '局</w:t></w:r><w:ins w:id="9" w:author="甲"><w:r><w:t>和厅</w:t></w:r></w:ins><w:r><w:t>'
    (issue,) = issues(cover(marked))
    assert (issue.code, issue.place.excerpt, issue.facts["count"]) == ("frame.marks", "局和厅", "1")


# -- styles ------------------------------------------------------------------------------------------------------------


def test_a_style_that_was_changed_is_named_with_what_differs_and_a_paragraph() -> None:
    plan = Plan()
    frame = restyled("GwBody", 'w:line="579"', 'w:line="560"')
    outcome = plan.written(plan.paragraph("全市床位增加。"), frame=frame)
    assert outcome.value
    first = next(issue for issue in outcome.issues if issue.code == "frame.style-changed")
    assert sentence(first) == (
        "样式“规划正文”和程序自带的不一样：行距应为固定值28.95磅，现为固定值28磅。用它的一段：“全市床位增加。”"
    )
    assert {issue.severity for issue in outcome.issues} == {Severity.INFO}
    line = found(outcome.value.data, "//w:style[@w:styleId='GwBody']/w:pPr/w:spacing/@w:line", STYLES)
    assert line == ["560"]


def test_the_same_look_written_in_another_way_is_no_change() -> None:
    """Word writes an indent of two characters of 16 points as 640 twips where the characters are gone."""
    frame = restyled("Heading3", ' w:firstLineChars="200"', "")
    assert checked_frame(frame, "x")[2] == ()


def test_a_missing_style_is_named() -> None:
    xml = part(plan_frame(), STYLES)
    for style in xml.findall(f"{W}style"):
        if style.get(f"{W}styleId") in {"GwTitle", "GwTbl"}:
            xml.remove(style)
    from lxml import etree

    (issue,) = issues(zipped({**unzipped(plan_frame()), STYLES: etree.tostring(xml)}))
    assert (issue.code, issue.facts["styles"], issue.place.excerpt) == (
        "frame.style-missing", "规划标题、规划表格", "{{ 封面标题 }}",
    )  # fmt: skip


def test_a_paragraph_in_a_style_that_nobody_defined_is_shown() -> None:
    frame = changed(('w:val="GwContents"', 'w:val="Nobody"'))
    (issue,) = issues(frame)
    assert (issue.code, issue.facts["style"], issue.place.excerpt) == (
        "frame.style-undefined", "Nobody", "目 录",
    )  # fmt: skip


def test_a_theme_that_wins_over_a_named_font_is_said() -> None:
    frame = restyled("Heading1", 'w:eastAsia="黑体"', 'w:eastAsia="黑体" w:eastAsiaTheme="majorEastAsia"')
    (issue,) = issues(frame)
    assert (issue.code, issue.facts["style"], issue.facts["font"], issue.facts["theme"]) == (
        "frame.theme-font", "标题 1", "黑体", "仿宋_GB2312",
    )  # fmt: skip


def test_an_exact_pitch_that_cuts_pictures_off_is_said() -> None:
    frame = restyled("GwFigure", 'w:line="240" w:lineRule="auto"', 'w:line="579" w:lineRule="exact"')
    assert codes(frame) == ["frame.clips"]


def test_styles_keep_their_looks_under_the_ids_that_word_gives_them() -> None:
    """Word in Chinese saves 规划正文 as `a5` and heading 1 as `1`: the names are what stays."""
    parts = unzipped(restyled("GwBody", 'w:line="579"', 'w:line="560"'))
    renamed = {"GwBody": "a5", "Heading1": "1", "Normal": "a"}
    for name in (MAIN, STYLES):
        xml = parts[name].decode()
        for old, new in renamed.items():
            xml = xml.replace(f'"{old}"', f'"{new}"')
        parts[name] = xml.encode()
    plan = Plan()
    outcome = plan.written(plan.heading(1, "第一章", "甲"), plan.paragraph("乙"), frame=zipped(parts))
    assert outcome.value
    data = outcome.value.data
    assert found(data, "//w:style[w:name/@w:val='规划正文']/@w:styleId", STYLES) == ["GwBody"]
    assert found(data, "//w:style[@w:styleId='GwBody']/w:pPr/w:spacing/@w:line", STYLES) == ["560"]
    assert found(data, "//w:style[w:name/@w:val='heading 1']/@w:styleId", STYLES) == ["Heading1"]
    assert [text for _, text in paragraphs(data)][-2:] == ["甲", "乙"]
    assert audited(data) == []


def test_the_offices_format_reaches_a_frame_that_word_has_saved() -> None:
    """Word adds priorities and ids of savings to every style; what the style says is the same."""
    parts = unzipped(plan_frame())
    xml = (
        parts[STYLES]
        .decode()
        .replace("<w:qFormat/>", '<w:uiPriority w:val="9"/><w:qFormat/><w:rsid w:val="00A1"/>')
    )
    plan = Plan()
    profile = replace(Profile(), line=560)
    frame = zipped({**parts, STYLES: xml.encode()})
    file = write(plan.document(plan.paragraph("乙")), plan.numbering(), frame, {}, profile=profile).value
    assert file
    line = found(file.data, "//w:style[@w:styleId='GwBody']/w:pPr/w:spacing/@w:line", STYLES)
    assert line == ["560"]
