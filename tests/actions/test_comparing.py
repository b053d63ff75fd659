"""Two versions of a plan compared, as a coordinator does it: the marked copy and the table of changes."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock

from drafter.actions.release import Wanted, release
from drafter.picture import read
from drafter.picture.model import Picture, View
from drafter.picture.views import view
from drafter.redline.resolve import Revisions
from drafter.word.frames import compare_frame
from tests.actions.workspace import FILES, FIRST, INDICATORS, SECOND, WORKSPACE, Desk, W, packed, parts, write
from tests.redline.saying import said
from tests.word.audit import audited

STAGES = FILES[WORKSPACE].replace("stages: [讨论稿, 征求意见稿]", "stages: [讨论稿, 征求意见稿, 送审稿]") + (
    "- {plan: p1, stage: 征求意见稿, date: 2021-11-30}\n- {plan: p1, stage: 送审稿, date: 2022-01-10}\n"
)
MARKED = "build/临港市规划（花脸稿 v1—{}）.docx"
TABLE = "build/临港市规划（修改对照表 v1—{}）"
NOW = datetime(2021, 11, 30, 9, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """A workspace without git whose first version was issued."""

    def reading() -> tuple[str, str]:
        captured = capsys.readouterr()
        return captured.out, captured.err

    made = Desk(write(tmp_path / "w", {WORKSPACE: STAGES}), reading)
    issue(made, "征求意见稿")
    return made


def issue(desk: Desk, stage: str) -> None:
    assert release(desk.root, "p1", Wanted(stage), NOW).value is not None


def edit(desk: Desk, path: str, old: str, new: str) -> None:
    file = desk.root / path
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")


def git(desk: Desk, *arguments: str) -> None:
    who = ["-c", "user.name=王五", "-c", "user.email=wang@example.org"]
    subprocess.run(["git", *who, *arguments], cwd=desk.root, check=True, capture_output=True)


def commit(desk: Desk, subject: str) -> None:
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", subject)


def picture(path: Path) -> Picture:
    value = read(path.read_bytes(), path.name).value
    assert value is not None
    return value


def comments(desk: Desk, new: str = "当前稿") -> list[str]:
    return [comment.text for comment in picture(desk.root / MARKED.format(new)).comments]


def cells(desk: Desk) -> dict[str, Cell | MergedCell]:
    """The cells of the Excel table, by their addresses."""
    book = openpyxl.load_workbook(desk.root / f"{TABLE.format('当前稿')}.xlsx", rich_text=True)
    page = book.worksheets[0]
    return {cell.coordinate: cell for row in page.iter_rows() for cell in row}


def brief(change: dict[str, Any]) -> tuple[str, str, str, str]:
    return change["place"], change["number"], change["old"], change["new"]


# -- the marked copy


def test_the_marked_copy_is_the_new_version_accepted_and_the_old_one_rejected(desk: Desk) -> None:
    edit(desk, FIRST, "以人民为中心", "以群众为中心")
    edit(desk, INDICATORS, "2025: {value: 800", "2025: {value: 900")
    issue(desk, "送审稿")
    made = desk.json("redline", "p1", "v1", "v2")
    data = (desk.root / MARKED.format("v2")).read_bytes()
    shelf = desk.root / "data/releases/p1"
    assert Path(made["path"]) == desk.root / MARKED.format("v2")
    assert said(data, Revisions.REJECT) == said((shelf / "v1/master.docx").read_bytes())
    assert said(data, Revisions.ACCEPT) == said((shelf / "v2/master.docx").read_bytes())
    assert audited(data) == []


def test_changes_are_in_the_name_of_the_unit_and_of_the_day_of_the_new_version(desk: Desk) -> None:
    edit(desk, FIRST, "以人民为中心", "以群众为中心")
    made = desk.json("redline", "p1", "v1", "--stage", "送审稿")
    assert (made["author"], made["date"]) == ("民政局", "2022-01-10T00:00:00Z")
    first = (desk.root / MARKED.format("当前稿")).read_bytes()
    desk.json("redline", "p1", "v1", ".", "--stage", "送审稿")
    assert (desk.root / MARKED.format("当前稿")).read_bytes() == first
    made = desk.json("redline", "p1", "v1", "--author", "规划财务科", "--date", "2022-02-03T09:30")
    assert (made["author"], made["date"]) == ("规划财务科", "2022-02-03T09:30:00Z")


def test_the_working_tree_is_compared_as_it_stands(desk: Desk) -> None:
    edit(desk, FIRST, "以人民为中心", "以群众为中心")
    (change,) = [each for each in desk.json("redline", "p1", "v1")["changes"] if each["place"]]
    assert brief(change) == (
        "第一章第一节",
        "1.1-1",
        "坚持以人民为中心，保障基本民生。",
        "坚持以群众为中心，保障基本民生。",
    )
    assert change["reason"] == "文字修改"


def test_rows_are_told_by_their_data_and_cells_by_their_heads(desk: Desk) -> None:
    edit(
        desk,
        "data/facilities.yaml",
        "- {类型: 机构, 县区: 滨海区, 床位: 100, 护理型: 60}\n",
        "- {类型: 机构, 县区: 东渚市, 床位: 40, 护理型: 10}\n- {类型: 机构, 县区: 滨海区, 床位: 130, 护理型: 60}\n",
    )
    rows = [each for each in desk.json("redline", "p1", "v1")["changes"] if each["row"]]
    assert [(each["table"], each["row"], each["old"], each["new"]) for each in rows] == [
        ("各县区设施", "东渚市", "", "县区：东渚市\n床位：40"),
        ("各县区设施", "滨海区", "床位：100", "床位：130"),
    ]


def test_a_heading_in_other_words_is_the_same_heading(desk: Desk) -> None:
    edit(desk, FIRST, "title: 指导思想", "title: 遵循什么")
    changes = [each for each in desk.json("redline", "p1", "v1")["changes"] if each["place"]]
    assert [brief(each) for each in changes] == [("第一章第一节", "1.1-0", "指导思想", "遵循什么")]


def test_a_footnote_that_goes_is_told_with_its_section(desk: Desk) -> None:
    edit(desk, FIRST, "。[^1]\n\n[^1]: 名单见附表。", "。")
    changes = desk.json("compare", "p1", "v1")["changes"]
    assert [brief(each) for each in changes if each["number"] == ""] == [
        ("第一章第一节", "", "名单见附表。", "")
    ]
    assert "脚注1处" in desk.json("compare", "p1", "v1")["sentence"]


def test_a_paragraph_that_moved_is_said_to_have_moved(desk: Desk) -> None:
    text = FILES[FIRST].replace("坚持以人民为中心，保障基本民生。\n\n", "")
    (desk.root / FIRST).write_text(
        text.replace("[^1]\n", "[^1]\n\n坚持以人民为中心，保障基本民生。\n"), "utf-8"
    )
    changes = [each for each in desk.json("redline", "p1", "v1")["changes"] if each["place"]]
    assert [each["reason"] for each in changes] == ["位置调整", "位置调整"]


def test_split_and_joined_paragraphs_are_one_change_each(desk: Desk) -> None:
    edit(desk, SECOND, "**政府主导。**落实各级责任（", "**政府主导。**明确分工，落实各级责任（")
    edit(desk, FIRST, "坚持以人民为中心，保障基本民生。", "坚持以人民为中心。\n\n保障基本民生。")
    (split, _) = [each for each in desk.json("redline", "p1", "v1")["changes"] if each["place"]]
    assert (split["old"], split["new"]) == (
        "坚持以人民为中心，保障基本民生。",
        "坚持以人民为中心。\n保障基本民生。",
    )
    issue(desk, "送审稿")
    edit(desk, FIRST, "坚持以人民为中心。\n\n保障", "坚持以人民为中心，保障")
    joined = [each for each in desk.json("redline", "p1", "v2")["changes"] if each["place"]]
    assert [(each["old"], each["new"]) for each in joined] == [(split["new"], split["old"])]


def test_a_marked_copy_is_not_collected_as_a_returned_one(desk: Desk) -> None:
    edit(desk, FIRST, "以人民为中心", "以群众为中心")
    issue(desk, "送审稿")
    desk.json("redline", "p1", "v1", "v2")
    desk.json("compare", "p1", "v1", "v2")
    for path, code in (
        (MARKED.format("v2"), "collect.marked-copy"),
        (f"{TABLE.format('v2')}.docx", "collect.no-id"),
    ):
        (said_,) = desk.json("collect", str(desk.root / path), code=1)["issues"]
        assert said_["code"] == code


# -- reasons


def test_reasons_are_the_subjects_of_the_commits_that_touched_the_lines(tmp_path: Path, desk: Desk) -> None:
    git(desk, "init", "-q")
    commit(desk, "起点")
    issue(desk, "征求意见稿")
    commit(desk, "发出 v2")
    edit(desk, FIRST, "以人民为中心", "以群众为中心")
    commit(desk, "采纳市财政局意见")
    edit(desk, INDICATORS, "2025: {value: 800", "2025: {value: 900")
    commit(desk, "按联审结果调整床位")
    edit(desk, SECOND, "2. **社会参与。**激发市场活力。\n", "")
    commit(desk, "精简原则 (sections/p1/01/02.md) <wang@example.org>")
    edit(desk, SECOND, "落实各级责任", "落实部门责任")
    made = desk.json("redline", "p1", "v2")
    reasons = {each["old"][:4]: each["reason"] for each in made["changes"] if each["place"]}
    assert reasons == {
        "坚持以人": "采纳市财政局意见",
        "到202": "按联审结果调整床位",
        "政府主导": "文字修改",  # in no commit yet
        "社会参与": "精简原则",
    }
    path = desk.root / "build/临港市规划（花脸稿 v2—当前稿）.docx"
    texts = [comment.text for comment in picture(path).comments]
    assert set(reasons.values()) <= set(texts)
    assert not any(word in text for text in texts for word in ("sections", ".md", "@"))


def test_a_comment_stands_at_its_change(desk: Desk) -> None:
    edit(desk, FIRST, "以人民为中心", "以群众为中心")
    desk.json("redline", "p1", "v1")
    marked = picture(desk.root / MARKED.format("当前稿"))
    places = [each.start.paragraph for each in marked.comments if each.text == "文字修改" and each.start]
    texts = ["".join(run.text for run in marked.paragraphs[at].runs) for at in places]
    assert texts == ["坚持以人民群众为中心，保障基本民生。"]


def test_a_comment_does_not_reach_over_the_mark_of_a_note(desk: Desk) -> None:
    edit(desk, FIRST, "[^1]\n", "[^1]另外，还要加快建设。\n")
    desk.json("redline", "p1", "v1")
    marked = picture(desk.root / MARKED.format("当前稿"))
    (comment,) = [each for each in marked.comments if each.text == "文字修改"]
    assert comment.start
    assert comment.end
    text = "".join(run.text for run in marked.paragraphs[comment.start.paragraph].runs)
    assert text[comment.start.offset : comment.end.offset] == text[: text.index("\ufffc")]


def test_without_reasons_there_is_no_comment(desk: Desk) -> None:
    edit(desk, FIRST, "以人民为中心", "以群众为中心")
    desk.json("redline", "p1", "v1", "--no-reasons")
    assert comments(desk) == []


def test_a_version_that_enforces_tracking_gives_a_copy_whose_changes_can_be_taken(desk: Desk) -> None:
    edit(desk, FIRST, "以人民为中心", "以群众为中心")
    assert release(desk.root, "p1", Wanted("送审稿", enforce=True), NOW).value is not None
    assert (
        b"documentProtection"
        in parts((desk.root / "data/releases/p1/v2/master.docx").read_bytes())["word/settings.xml"]
    )
    desk.json("redline", "p1", "v1", "v2", "--no-reasons")
    assert (
        b"documentProtection"
        not in parts((desk.root / MARKED.format("v2")).read_bytes())["word/settings.xml"]
    )


def test_a_version_for_the_public_does_not_tell_what_the_office_wrote_to_itself(desk: Desk) -> None:
    git(desk, "init", "-q")
    commit(desk, "起点")
    assert release(desk.root, "p1", Wanted("征求意见稿", public=True), NOW).value is not None
    commit(desk, "发出公开稿")
    edit(desk, FIRST, "以人民为中心", "以群众为中心")
    commit(desk, "张局长口头要求")
    changes = desk.json("compare", "p1", "v2")["changes"]
    assert [each["reason"] for each in changes] == ["文字修改"]


# -- the table of changes


def test_the_table_is_written_as_word_and_as_excel(desk: Desk) -> None:
    edit(desk, FIRST, "以人民为中心", "以群众为中心")
    edit(desk, INDICATORS, "2025: {value: 800", "2025: {value: 900")
    made = desk.json("compare", "p1", "v1", "--stage", "送审稿")
    assert [Path(path).suffix for path in made["files"]] == [".docx", ".xlsx"]
    assert made["sentence"] == (
        "送审稿（2022年1月10日）与征求意见稿（v1，2021年11月30日）相比，共改动2处：修改2处；正文2处。"
    )
    data = (desk.root / f"{TABLE.format('当前稿')}.docx").read_bytes()
    assert audited(data) == []
    shown = [
        each.text
        for each in view(picture(desk.root / f"{TABLE.format('当前稿')}.docx"), View.ACCEPTED)
        if each.cell
    ]
    assert shown == [
        *("序号", "章节", "原稿（征求意见稿）", "修改稿（送审稿）", "修改依据"),
        *(
            "1",
            "第一章第一节",
            "1.1-1",
            "坚持以人民为中心，保障基本民生。",
            "坚持以群众为中心，保障基本民生。",
            "文字修改",
        ),
        *("2", "第一章第一节", "1.1-2", "到2025年，养老床位达到800张，2020年护理型占比为40.0%。［注］"),
        *("到2025年，养老床位达到900张，2020年护理型占比为40.0%。［注］", "文字修改"),
    ]


def test_what_went_is_struck_and_red_what_came_bold_and_underlined(desk: Desk) -> None:
    edit(desk, FIRST, "以人民为中心", "以群众为中心")
    desk.json("compare", "p1", "v1")
    body = etree.fromstring(
        parts((desk.root / f"{TABLE.format('当前稿')}.docx").read_bytes())["word/document.xml"]
    )
    looks = {
        "".join(each.text or "" for each in run.iter(f"{{{W}}}t")): {
            etree.QName(each).localname for each in run.iterfind(f"{{{W}}}rPr/*")
        }
        for run in body.iter(f"{{{W}}}r")
    }
    assert looks["人民"] == {"rFonts", "strike", "color"}
    assert looks["群众"] == {"rFonts", "b", "bCs", "u"}
    old, new = (cells(desk)[f"{column}4"].value for column in "CD")
    assert isinstance(old, CellRichText)
    assert isinstance(new, CellRichText)
    blocks = [block for block in (old[1], new[1]) if isinstance(block, TextBlock)]
    assert [(each.text, bool(each.font.strike), bool(each.font.b), each.font.u) for each in blocks] == [
        ("人民", True, False, None),
        ("群众", False, True, "single"),
    ]


def test_words_that_look_like_a_formula_are_text_in_excel(desk: Desk) -> None:
    edit(desk, FIRST, "坚持以人民为中心，保障基本民生。", '\\=HYPERLINK("x")\n\n\\+1\n\n\\-2\n\n\\@SUM(1)')
    desk.json("compare", "p1", "v1", "--xlsx")
    risky = [cell for cell in cells(desk).values() if str(cell.value).startswith(("=", "+", "-", "@"))]
    assert {str(cell.value)[0] for cell in risky} == set("=+-@")
    assert {(cell.data_type, cell.quotePrefix) for cell in risky} == {("s", True)}


def test_one_form_alone_and_another_folder(desk: Desk, tmp_path: Path) -> None:
    edit(desk, FIRST, "以人民为中心", "以群众为中心")
    made = desk.json("compare", "p1", "v1", "--docx", "-o", str(tmp_path / "发"))
    assert [Path(path).name for path in made["files"]] == ["临港市规划（修改对照表 v1—当前稿）.docx"]
    assert [path.name for path in (tmp_path / "发").iterdir()] == ["临港市规划（修改对照表 v1—当前稿）.docx"]


def test_the_same_versions_give_the_same_bytes(desk: Desk) -> None:
    edit(desk, FIRST, "以人民为中心", "以群众为中心")
    desk.json("compare", "p1", "v1")
    paths = [desk.root / f"{TABLE.format('当前稿')}.{form}" for form in ("docx", "xlsx")]
    before = [path.read_bytes() for path in paths]
    desk.json("compare", "p1", "v1")
    assert [path.read_bytes() for path in paths] == before


def test_the_office_may_have_a_frame_of_its_own(desk: Desk) -> None:
    from tests.actions.workspace import parts

    files = parts(compare_frame())
    body = files["word/document.xml"].decode().replace("修改对照表", "送审稿修改情况对照表")
    (desk.root / "templates/compare.docx").write_bytes(packed({**files, "word/document.xml": body.encode()}))
    desk.json("compare", "p1", "v1", "--docx")
    shown = [each.text for each in view(picture(desk.root / f"{TABLE.format('当前稿')}.docx"), View.ACCEPTED)]
    assert shown[:2] == ["临港市规划", "送审稿修改情况对照表"]
    (desk.root / "templates/compare.docx").write_bytes(b"no Word file")
    assert desk.said("compare", "p1", "v1", "--docx") == ["templates/compare.docx frame.not-word"]
    desk.json("compare", "p1", "v1", "--xlsx")


# -- what people do wrong


def test_a_version_beside_itself_does_not_differ(desk: Desk) -> None:
    for command in ("redline", "compare"):
        made = desk.json(command, "p1", "v1", "v1")
        assert [each["code"] for each in made["issues"]] == ["redline.same"]
        assert (made["changes"], made["same"]) == ([], True)
    assert made["sentence"].endswith("没有修改。")


def test_unknown_plans_and_versions_are_named(desk: Desk) -> None:
    for command in ("redline", "compare"):
        assert desk.said(command, "p2", "v1", code=2) == ["data/workspace.yaml build.unknown-plan"]
        assert desk.said(command, "p1", "v7", code=2) == ["data/releases/p1 release.unknown-version"]
        assert desk.said(command, "p1", "v1", "V2", code=2) == ["data/releases/p1 release.unknown-version"]
        assert desk.said(command, "p1", "v1", "--stage", "定稿", code=2) == [
            "data/workspace.yaml build.unknown-stage"
        ]


def test_a_plan_of_which_nothing_was_issued_has_no_versions(tmp_path: Path, desk: Desk) -> None:
    new = Desk(write(tmp_path / "n"), desk._read)
    assert new.run("redline", "p1", "v1") == 2
    assert "还没有发出过任何一版" in new.err


def test_a_master_that_was_altered_is_refused_and_named(desk: Desk) -> None:
    master = desk.root / "data/releases/p1/v1/master.docx"
    master.write_bytes(master.read_bytes() + b"\0")
    for command in ("redline", "compare"):
        assert desk.said(command, "p1", "v1") == ["data/releases/p1/v1/master.docx release.file-altered"]
    assert not list((desk.root / "build").glob("*花脸*"))


def test_two_states_with_nothing_in_common_are_compared_and_it_is_said(desk: Desk) -> None:
    other = "---\nid: {}\ntitle: 甲乙丙丁\nowner: 养老科\nstatus: 初稿\n---\n春夏秋冬，东西南北。{}\n"
    many = "山川河流湖泊海洋沙漠草原森林岛屿，晨昏朝暮。" * 40
    (desk.root / FIRST).write_text(other.format("p1/a", many), "utf-8")
    (desk.root / SECOND).write_text(other.format("p1/b", many), "utf-8")
    made = desk.json("redline", "p1", "v1")
    assert "redline.unrelated" in [each["code"] for each in made["issues"]]
    data = (desk.root / MARKED.format("当前稿")).read_bytes()
    assert said(data, Revisions.REJECT) == said((desk.root / "data/releases/p1/v1/master.docx").read_bytes())


@pytest.mark.parametrize(
    "wrong",
    [
        ["redline", "p1"],
        ["redline", "p1", "v1", "v2", "v3"],
        ["redline", "p1", "v1", "--revisions", "accept"],
        ["redline", "--docx", "a.docx", "b.docx", "--stage", "送审稿"],
        ["redline", "--docx", "a.docx", "b.docx", "--no-reasons"],
        ["redline", "p1", "v1", "--date", "昨天"],
        ["compare", "p1"],
        ["compare", "p1", "v1", "--date", "昨天"],
    ],
)
def test_wrong_usage_is_2(wrong: list[str], desk: Desk) -> None:
    assert desk.run(*wrong) == 2


def test_what_was_issued_is_not_written_over(desk: Desk) -> None:
    master = desk.root / "data/releases/p1/v1/master.docx"
    before = master.read_bytes()
    assert desk.said("redline", "p1", "v1", "-o", str(master), code=2) == [
        f"{master.as_posix()} redline.overwrites"
    ]
    assert master.read_bytes() == before


def test_comparing_two_files_loads_no_plan() -> None:
    """A fast start is promised: what reads workspaces is not imported for two Word files."""
    code = "import sys, drafter.actions.redline; sys.exit('drafter.actions.composing' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
