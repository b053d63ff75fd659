"""The title of an annex: its number at the upper left, the title in the middle of the third line, in one paragraph."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drafter.document.tree import LineBreak
from drafter.ooxml.package import unzipped, zipped
from drafter.source.origins import SourceSlice
from drafter.word.anchors import WordFile
from drafter.word.frames import plan_frame
from drafter.workspace.profile import Profile
from tests.actions.workspace import FILES, PLAN, silently, tracked
from tests.word.audit import audited
from tests.word.reading_back import W, found
from tests.word.road import Road
from tests.word.trees import Plan

SHORT = "重点任务分工方案"
LONG = "临港市各县（市、区）养老服务设施现状和二〇二五年建设需求汇总表"
STYLE = '<w:tabs><w:tab w:val="center" w:pos="4422"/></w:tabs>'


def written(
    title: str, frame: bytes = b"", profile: Profile | None = None, *, turned: bool = False
) -> WordFile:
    plan = Plan()
    blocks = [plan.heading(1, "附件1", title, annex=True)]
    table = plan.table((), (plan.row("甲"),), 1, landscape=turned)
    file = plan.written(*blocks, table, frame=frame, profile=profile).value
    assert file
    assert audited(file.data) == []
    return file


def title_of(file: WordFile) -> str:
    return next(anchor.text for anchor in file.anchors.paragraphs if anchor.kind == "heading")


def test_two_breaks_and_a_tab_stand_before_the_title_and_nobody_typed_them() -> None:
    file = written(SHORT)
    assert title_of(file) == f"\n\n\t{SHORT}"
    anchor = next(each for each in file.anchors.paragraphs if each.kind == "heading")
    typed = [each for each in anchor.pieces if isinstance(each.origin, SourceSlice)]
    assert [anchor.text[each.start : each.end] for each in typed] == [SHORT]
    assert len(found(file.data, "//w:p[w:pPr/w:pStyle/@w:val='GwAnnex']//w:br")) == 2


def test_the_number_is_16_points_of_heiti_beside_a_title_of_22() -> None:
    level = "//w:lvl[w:lvlText/@w:val='附件%1']/w:rPr"
    file = written(SHORT, profile=Profile(fonts=(("黑体", "方正黑体_GBK"),)))
    (look,) = found(file.data, level, "word/numbering.xml")[:1]
    assert look.find(f"{W}rFonts").get(f"{W}eastAsia") == "方正黑体_GBK"
    assert look.find(f"{W}sz").get(f"{W}val") == "32"
    assert found(file.data, "//w:style[@w:styleId='GwAnnex']/w:rPr/w:sz/@w:val", "word/styles.xml") == ["44"]


def test_a_title_that_does_not_fit_is_broken_at_word_sense_each_line_in_the_middle() -> None:
    lines = title_of(written(LONG)).removeprefix("\n\n\t").split("\n\t")
    assert len(lines) == 2
    assert "".join(lines) == LONG
    assert title_of(written("各县（市、区）养老机构基本情况")).count("\n\t") == 1


def test_a_title_that_somebody_broke_is_broken_there_alone() -> None:
    plan = Plan()
    heading = plan.heading(1, "附件1", "", annex=True)
    line = plan.line("甲" * 12, LineBreak(None), "乙" * 12)
    file = plan.written(replace(heading, line=line)).value
    assert file
    assert title_of(file) == f"\n\n\t{'甲' * 12}\n\t{'乙' * 12}"


def test_on_a_turned_page_the_middle_is_further_right() -> None:
    stops = "//w:p[w:pPr/w:pStyle/@w:val='GwAnnex']/w:pPr/w:tabs/w:tab/@w:pos"
    assert found(written(SHORT, turned=True).data, stops) == ["4422", "6378"]
    assert found(written(SHORT).data, stops) == []


def test_a_frame_whose_style_has_no_stop_in_the_middle_keeps_the_title_beside_its_number() -> None:
    parts = unzipped(plan_frame())
    styles = parts["word/styles.xml"].decode()
    assert styles.count(STYLE) == 1
    file = written(SHORT, zipped({**parts, "word/styles.xml": styles.replace(STYLE, "").encode()}))
    assert title_of(file) == SHORT
    assert found(file.data, "//w:lvl[w:lvlText/@w:val='附件%1']/w:rPr/w:sz", "word/numbering.xml") == []


def test_a_typed_number_has_its_look_in_the_run() -> None:
    file = written(SHORT, profile=Profile(literal=True))
    assert title_of(file) == f"附件1\n\n\t{SHORT}"
    (run,) = found(file.data, "//w:r[w:t='附件1' and w:rPr/w:sz]")
    assert run.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") == "黑体"


@pytest.mark.parametrize("change", [silently, tracked])
@pytest.mark.parametrize(("title", "old", "new"), [(SHORT, "分工方案", "分工表"), (LONG, "汇总表", "表")])
def test_an_edit_of_a_title_comes_home(road: Road, change: object, title: str, old: str, new: str) -> None:
    assert callable(change)
    annex = "sections/p1/02/01.md"
    head = f"---\nid: p1/x\ntitle: {title}\nowner: 养老科\nstatus: 初稿\n---\n\n附件的文字。\n"
    road.put("一段。\n", {annex: head, PLAN: FILES[PLAN] + "annexes:\n- p1/x\n"})
    assert road.applied(change(road.built(), old, new)) == [("applied", "")]
    assert (road.desk.root / annex).read_text("utf-8") == head.replace(old, new)
