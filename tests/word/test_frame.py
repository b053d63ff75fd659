"""Frames: the one that comes with the program, an office's own, and what is wrong with one."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

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
from drafter.source.issues import Issue
from drafter.word.facts import UnknownFact, tag_values
from drafter.word.frames import plan_frame
from drafter.word.frames.__main__ import main
from drafter.word.writing import write
from tests.word.audit import audited
from tests.word.reading_back import W, found, paragraphs, part
from tests.word.trees import FACTS, Plan

COMMITTED = Path(__file__).parents[2] / "templates"
BLANK = '<w:p><w:pPr><w:pStyle w:val="GwSub"/></w:pPr></w:p>'


def _changed(old: str, new: str, name: str = "word/document.xml") -> bytes:
    parts = unzipped(plan_frame())
    xml = parts[name].decode()
    assert old in xml
    return zipped({**parts, name: xml.replace(old, new).encode()})


def _issues(frame: bytes) -> tuple[Issue, ...]:
    outcome = Plan().written(frame=frame)
    assert outcome.value is None
    return outcome.issues


def test_the_committed_frames_are_what_the_script_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    main([])
    made = {path.name: path.read_bytes() for path in (tmp_path / "templates").iterdir()}
    assert made == {path.name: path.read_bytes() for path in COMMITTED.glob("*.docx")}
    assert made["plan.docx"] == plan_frame()


def test_the_frame_is_clean() -> None:
    assert audited(plan_frame()) == []


def test_the_cover_says_the_facts() -> None:
    file = Plan().written().value
    assert file
    texts = [text for _, text in paragraphs(file.data)]
    assert [text for text in texts if text] == [
        "临港市民政事业发展\n“十四五”规划",
        "（征求意见稿）",
        "临港市民政局",
        "二〇二一年一月",
        "目　　录",
    ]


def test_without_a_stage_there_is_no_line_for_it() -> None:
    plan = Plan()
    file = write(plan.document(), plan.numbering(), plan_frame(), {}).value
    assert file
    assert "（）" not in [text for _, text in paragraphs(file.data)]
    assert audited(file.data) == []


def test_facts_are_text_and_never_markup() -> None:
    plan = Plan()
    facts = {**FACTS, "编制单位": "甲<乙>&{{ 名称 }}"}
    file = write(plan.document(), plan.numbering(), plan_frame(), facts).value
    assert file
    assert "甲<乙>&{{ 名称 }}" in [text for _, text in paragraphs(file.data)]


def test_a_frame_without_a_place_for_the_text_is_refused() -> None:
    assert [issue.code for issue in _issues(_changed("{{ 正文 }}", "此处"))] == ["frame.no-slot"]


def test_what_is_no_word_file_is_refused() -> None:
    assert [issue.code for issue in _issues(b"no zip at all")] == ["frame.not-word"]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert [issue.code for issue in _issues(out.getvalue())] == ["frame.unreadable"]


def test_a_frame_with_broken_xml_is_refused() -> None:
    assert [issue.code for issue in _issues(_changed("</w:body>", ""))] == ["frame.unreadable"]


def test_a_truncated_frame_is_refused() -> None:
    assert _issues(plan_frame()[:3000])[0].code == "frame.not-word"


def test_a_tag_that_word_has_split_into_runs_is_still_a_tag() -> None:
    split = "{{ 编</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>制单位 }}"
    file = Plan().written(frame=_changed("{{ 编制单位 }}", split)).value
    assert file
    assert "临港市民政局" in [text for _, text in paragraphs(file.data)]


def _split(text: str) -> bytes:
    """Some run in a frame that docxtpl must put together."""
    return _changed("{{ 封面年月 }}", text)


def test_plain_tags_are_filled_as_docxtpl_fills_them(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = Plan()
    facts = {**FACTS, "编制单位": "甲<乙>&“丙”"}
    block = plan.paragraph("文")
    quick = write(plan.document(block), plan.numbering(), plan_frame(), facts).value
    monkeypatch.setattr("drafter.word.frame.filled_plainly", lambda *_: None)
    slow = write(plan.document(block), plan.numbering(), plan_frame(), facts, frame_name="other").value
    assert quick
    assert slow
    assert quick.anchors == slow.anchors
    assert paragraphs(quick.data) == paragraphs(slow.data)
    assert audited(slow.data) == []


def test_a_condition_is_docxtpls_business() -> None:
    frame = _split(
        "{%p if 稿次 %}</w:t></w:r></w:p><w:p><w:r><w:t>第{{ 稿次 }}</w:t></w:r></w:p><w:p><w:r><w:t>{%p endif %}"
    )
    file = Plan().written(frame=frame).value
    assert file
    assert "第征求意见稿" in [text for _, text in paragraphs(file.data)]
    assert audited(file.data) == []


def test_a_fact_of_two_lines_is_two_lines() -> None:
    plan = Plan()
    file = write(plan.document(), plan.numbering(), plan_frame(), {**FACTS, "编制单位": "甲局\n乙局"}).value
    assert file
    assert "甲局\n乙局" in [text for _, text in paragraphs(file.data)]


def test_a_frame_without_styles_gets_ours() -> None:
    parts = unzipped(plan_frame())
    del parts["word/styles.xml"]
    types = {key: value for key, value in content_types(parts).items() if key != "/word/styles.xml"}
    kept = [each for each in relations(parts, "word/document.xml") if each.target != "styles.xml"]
    parts |= {INDEX: content_types_part(types), relations_name("word/document.xml"): relations_part(kept)}
    plan = Plan()
    file = plan.written(plan.paragraph("文"), frame=zipped(parts)).value
    assert file
    assert audited(file.data) == []


def test_what_a_frame_lacks_in_styles_is_added() -> None:
    parts = unzipped(plan_frame())
    root = part(plan_frame(), "word/styles.xml")
    for style in root.findall(f"{W}style"):
        if style.get(f"{W}styleId").startswith(("Gw", "Heading", "TOC", "Footnote")):
            root.remove(style)
    from lxml import etree

    frame = zipped({**parts, "word/styles.xml": etree.tostring(root)})
    plan = Plan()
    file = plan.written(
        plan.heading(1, "第一章", "甲"), plan.paragraph("乙", plan.note("丙")), frame=frame
    ).value
    assert file
    assert audited(file.data) == []


def test_text_after_the_slot_stays_after_the_text() -> None:
    after = "{{ 正文 }}</w:t></w:r></w:p><w:p><w:r><w:t>抄送：各县"
    plan = Plan()
    blocks = (plan.heading(1, "第一章", "甲"), plan.paragraph("乙"))
    file = plan.written(*blocks, frame=_changed("{{ 正文 }}", after)).value
    assert file
    assert [a.text for a in file.anchors.paragraphs][-3:] == ["甲", "乙", "抄送：各县"]
    assert [text for _, text in paragraphs(file.data)][-1] == "抄送：各县"


def test_a_turned_table_before_text_of_the_frame_ends_its_section() -> None:
    plan = Plan()
    table = plan.table((), (plan.row("甲"),), 1, landscape=True)
    after = "{{ 正文 }}</w:t></w:r></w:p><w:p><w:r><w:t>抄送：各县"
    file = plan.written(table, frame=_changed("{{ 正文 }}", after)).value
    assert file
    turned = [each.find(f"{W}pgSz").get(f"{W}orient") for each in found(file.data, "//w:sectPr")]
    assert turned == [None, None, "landscape", None]
    assert audited(file.data) == []


def test_a_frame_that_begins_its_text_on_a_right_page_does_so_once() -> None:
    plan = Plan()
    wide = plan.table((), (plan.row("甲"),), 1, landscape=True)
    parts = unzipped(plan_frame())
    head, _, tail = parts["word/document.xml"].decode().rpartition('w:val="nextPage"')
    frame = zipped({**parts, "word/document.xml": f'{head}w:val="oddPage"{tail}'.encode()})
    file = plan.written(plan.paragraph("文"), wide, plan.paragraph("文"), frame=frame).value
    assert file
    assert found(file.data, "//w:sectPr/w:type/@w:val") == [
        "nextPage",
        "nextPage",
        "oddPage",
        "nextPage",
        "nextPage",
    ]


def test_dates_are_written_as_documents_write_them() -> None:
    values = tag_values({"日期": "2020-08-20"}, "题")
    assert (values["名称"], values["日期"], values["年月"], values["汉字年月"]) == (
        "题", "2020年8月20日", "2020年8月", "二〇二〇年八月",
    )  # fmt: skip


def test_an_unknown_fact_is_a_fault_of_the_program() -> None:
    with pytest.raises(UnknownFact):
        tag_values({"电话": "1"}, "题")
